"""An archive held by one crawl: its lock, its database, its WARC file, and the one thread that writes both.

A result is one message to that thread and one transaction: the WARC records are appended and synced, then the
rows are committed. So a crawl that is killed at any moment has either stored a page or still has it due; what
stands in a WARC file without a row is taken up at the next start (``leftovers``)."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from newsspider import __version__, clock
from newsspider.archive import WarcWriter
from newsspider.discover import Shapes
from newsspider.errors import ArchiveError, NewsspiderError, SourceError
from newsspider.records import ALL_DAYS, DuePage, Found, Result, Window
from newsspider.runs import health, leftovers, lost
from newsspider.runs.holding import take
from newsspider.runs.lock import ArchiveLock
from newsspider.source import Source, load_source
from newsspider.store import Filed, Store

logger = logging.getLogger(__name__)
T = TypeVar("T")

BATCH_RESULTS = 100  # results in one transaction
BATCH_SECONDS = 0.25  # the longest that a result waits for its transaction

Message = tuple[str, object, "Future[object]"]


class Archive:
    """The archive of a folder for the length of one crawl. Made by ``open``, ended by ``close``; safe from
    any thread.
    """

    def __init__(
        self,
        folder: Path,
        lock: ArchiveLock,
        store: Store,
        crawl: int,
        sources: Sequence[Source],
        window: Window,
    ) -> None:
        self.window = window
        self._lost = frozenset(name for name in store.known_ends() if not (folder / "warc" / name).exists())
        self.folder = folder
        self.crawl = crawl
        self.sources = sources
        self.outcomes: Counter[str] = Counter()  # of this run, for a progress display
        self.articles = 0
        self.failure: NewsspiderError | None = None
        self._lock = lock
        self._store = store
        self._warc = WarcWriter(folder / "warc", f"newsspider-{crawl:05d}", f"newsspider/{__version__}")
        self._queue: queue.Queue[Message] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="newsspider-writer", daemon=True)
        self._thread.start()

    @classmethod
    def open(
        cls, folder: Path, command: str, sources: Sequence[Source], window: Window = ALL_DAYS
    ) -> Archive:
        """Take the archive of a folder (made where missing) for a crawl of these sources, and of the articles of a window
        of days.

        Raises ``ArchiveError`` where another process holds it, it was made by a newer version, or it can't be
        written."""
        lock = take(folder, command)
        try:
            store = Store.open(folder / "archive.db")
            known = _with_others(folder, sources)
            lost.bring_back(folder, store, known)
            now = clock.now()
            store.sync_sources(sources, now)
            crawl = store.begin_crawl(command, now)
            leftovers.take_up(folder / "warc", store, crawl, known)
        except BaseException:
            lock.release()
            raise
        return cls(folder, lock, store, crawl, sources, window)

    def lease(self, source: str, count: int) -> Future[list[DuePage]]:
        """Up to ``count`` due pages of a source, marked so that this crawl never takes them twice."""
        return self.call(
            lambda store: store.lease(self.crawl, source, count, clock.now(), self.window, self._lost)
        )

    def seed(
        self, source: str, found: Sequence[Found], *, recheck: bool = False, sitemaps: bool = False
    ) -> Future[None]:
        """Make these addresses due now; with ``recheck`` every known article of the source, with ``sitemaps`` every
        known sitemap of it, too.
        """
        return self.call(
            lambda store: store.seed(source, found, clock.now(), recheck=recheck, sitemaps=sitemaps)
        )

    def shapes(self, source: str) -> Future[Shapes]:
        """What is known of the shapes of a source's addresses."""
        return self.call(lambda store: store.shapes(source))

    def call(self, work: Callable[[Store], T]) -> Future[T]:
        """Run something on the writer's thread, between two batches."""
        future: Future[T] = Future()
        self._queue.put(("call", work, future))  # type: ignore[arg-type]
        return future

    def put(self, result: Result) -> Future[None]:
        """Hand a result to the writer; done when it is stored for good. Fails with the error that ended the
        writer.
        """
        future: Future[None] = Future()
        self._queue.put(("result", result, future))  # type: ignore[arg-type]
        return future

    def close(self, outcome: str, left: Mapping[str, str] = MappingProxyType({})) -> list[str]:
        """Store what waits, write the crawl's end, let go of the archive. Returns why sources are red, one
        sentence each.

        ``outcome``: finished, stopped or failed. ``left``: by source why not all was asked for (``health.LEFT``).
        """
        if not self._thread.is_alive():
            return []
        ended: Future[list[str]] = self.call(lambda store: self._end(store, outcome, left))
        self._queue.put(("end", None, Future()))
        self._thread.join()
        return ended.result()

    def _end(self, store: Store, outcome: str, left: Mapping[str, str]) -> list[str]:
        if self.failure or outcome != "finished":
            store.end_crawl(self.crawl, "failed" if self.failure else outcome, clock.now())
            return []
        left = {
            source: why
            for source, why in left.items()
            if why != "time_limit" or store.count_due(self.crawl, source, clock.now())
        }  # a source that was done in time is judged like any other
        measures = {source.id: store.history_of(source.id).measure(self.crawl) for source in self.sources}
        red = health.judge(store, self.crawl, self.sources, left, measures)
        notes = health.notes(store, self.crawl, self.sources, left, self.window)
        store.end_crawl(self.crawl, outcome, clock.now(), red, notes, measures)
        store.add_notes(self.crawl, lost.unread(store))
        return [sentence for sentences in red.values() for sentence in sentences]

    # ---- the writer's thread ---------------------------------------------------------------------
    def _run(self) -> None:
        try:
            while True:
                batch, message = self._gather()
                self._store_batch(batch)
                if message is None:
                    continue
                kind, work, future = message
                if kind == "end":
                    break
                self._answer(work, future)
        finally:
            self._warc.close()
            self._store.close()
            self._lock.release()

    def _gather(self) -> tuple[list[tuple[Result, Future[object]]], Message | None]:
        """Results until the batch is full, its time is up or something else is asked for; that is returned,
        too.
        """
        batch: list[tuple[Result, Future[object]]] = []
        until = None
        while len(batch) < BATCH_RESULTS:
            try:
                wait = None if until is None else max(0.0, until - time.monotonic())
                message = self._queue.get(timeout=wait)
            except queue.Empty:
                break
            if message[0] != "result":
                return batch, message
            batch.append((message[1], message[2]))  # type: ignore[arg-type]
            until = until or time.monotonic() + BATCH_SECONDS
        return batch, None

    def _store_batch(self, batch: list[tuple[Result, Future[object]]]) -> None:
        if not batch:
            return
        try:
            if self.failure:
                raise self.failure
            filed = [Filed(result, self._warc.append(result.captures)) for result, _ in batch]
            self._warc.sync()
            stored = self._store.store(self.crawl, filed)
        except Exception as error:
            self._fail(error, [future for _, future in batch])
            return
        for outcome, (result, future) in zip(stored, batch, strict=True):
            self.outcomes[outcome.value] += result.page is not None
            self.articles += result.article is not None and outcome.value in ("stored", "moved")
            future.set_result(None)

    def _answer(self, work: object, future: Future[object]) -> None:
        try:
            future.set_result(work(self._store))  # type: ignore[operator]
        except Exception as error:
            self._fail(error, [future])

    def _fail(self, error: Exception, futures: Sequence[Future[object]]) -> None:
        """The archive can't be written any more: everyone who waits hears why, and nothing further is stored."""
        known = isinstance(error, NewsspiderError)
        if not known:
            logger.error("the writer failed", exc_info=error)
        self.failure = self.failure or (
            error
            if isinstance(error, NewsspiderError)
            else ArchiveError(str(self.folder), f"can't be written ({error})", "mend it and run again")
        )
        for future in futures:
            future.set_exception(self.failure)


def _with_others(folder: Path, sources: Sequence[Source]) -> list[Source]:
    """These sources and the others of the folder: the crawl that was killed may have been of those. A broken
    file is not looked at now.
    """
    found = {source.id: source for source in sources}
    for path in sorted((folder / "sources").glob("*.toml")):
        if path.stem not in found:
            with suppress(SourceError):
                found[path.stem] = load_source(path)
    return list(found.values())
