"""A backfill in an archive that is held: it keeps captures that other archives made, and reads them.

A capture is in a WARC file before it has a row, and has a row before the backfill goes on behind it. What a killed one
left in the file is taken up at the next start.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsspider import __version__, archive, clock
from newsspider.archive import Held, WarcWriter
from newsspider.fetch.limits import LIMITS
from newsspider.records import Capture
from newsspider.runs import leftovers
from newsspider.runs.holding import held, stopping
from newsspider.runs.hosts import Hosts
from newsspider.runs.progress import Progress, Watch
from newsspider.runs.replay import Replay
from newsspider.runs.taking import Taker
from newsspider.runs.workers import Workers
from newsspider.source import Source, load_sources
from newsspider.store import Store

_PREFIX = "backfill"
PORTION = 100  # captures that are read together


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """What a backfill brought. ``counts``: entries by what became of them, in the words of ``wayback`` and ``ccnews``;
    ``outcomes``: of the pages that were read; ``done``: whether all that was wanted has been gone through.
    """

    counts: Mapping[str, int]
    outcomes: Mapping[tuple[str, str], int]
    articles: int
    waiting: int
    seconds: float
    stopped: bool
    done: bool
    faults: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 where a service gave no answer any more, or a file could not be read."""
        return 1 if self.faults else 0


class Job:
    """One run. ``counts`` and ``faults`` are added to by whoever uses it; ``stopped`` says that it is to end soon."""

    def __init__(self, folder: Path, store: Store, command: str, source: Source, workers: int | None) -> None:
        self.progress = Progress()
        self.source = source
        self.store = store
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self.stopped = False
        self.done = False
        self._outcomes: Counter[tuple[str, str]] = Counter()
        self._warc = folder / "warc"
        self._workers = workers
        self._replay: Replay | None = None
        files = load_sources(folder / "sources")
        self._crawl = store.begin_crawl(command, clock.now())
        store.sync_sources(files, clock.now(), crawled=False)
        leftovers.take_up(self._warc, store, self._crawl, files)
        self._hosts = Hosts(store, files, source.id)
        self._taker = Taker(store, self._crawl, self._hosts, self.progress, self._warc)
        self._writer = WarcWriter(self._warc, f"{_PREFIX}-{self._crawl:05d}", f"newsspider/{__version__}")
        self._take_up()

    def stop(self) -> None:
        """End after what is being done."""
        self.stopped = self._taker.stop = True
        if self._replay:
            self._replay.stop = True

    def _take_up(self) -> None:
        """What a killed run wrote and no row knows; a torn last record is cut off."""
        ends = self.store.known_ends()
        for path in sorted(self._warc.glob(f"{_PREFIX}-*.warc.gz")):
            known = ends.get(path.name, 0)
            if path.stat().st_size > known:
                archive.cut(path, archive.tail(path, known)[1])
                if path.exists():
                    self._taker.take_file(path, path.name)
        self._unread = self.store.count_waiting()

    def keep(self, captures: Sequence[Capture]) -> int:
        """Store captures for good, to be read later. Returns how many the archive did not have."""
        new = [one for one in captures if not self.store.has_capture(*_identity(one))]
        places = self._writer.append(new)
        self._writer.sync()
        taken = self._taker.take(
            Held(
                one.url, one.fetched_at, one.status, one.header("Content-Type"), len(one.body), place, False, one.origin
            )
            for one, place in zip(new, places, strict=True)
        )  # fmt: skip
        self._unread += taken
        if self._unread >= PORTION:
            self.read()
        return taken

    def read(self) -> None:
        """Read what waits; what was shown of the progress is shown again afterwards."""
        if not self._unread:
            return
        former = (self.progress.doing, self.progress.done, self.progress.of, self.progress.since)
        pool = Workers(self._workers)
        try:
            self._replay = Replay(
                self.store, self._crawl, self._warc, self._hosts.sources, pool, self.progress
            )
            self._replay.run()
        finally:
            pool.close()
        self._outcomes.update(self._replay.outcomes)
        self.faults += [fault for fault in self._replay.faults if fault not in self.faults]
        self._replay, self._unread = None, 0
        self.progress.doing, self.progress.done, self.progress.of, self.progress.since = former

    def run(self, work: Callable[[Job], None]) -> BackfillReport:
        """Do the work, read what is left of it, and say what came of it."""
        begun, outcome = time.monotonic(), "failed"
        try:
            work(self)
            if not self.stopped:
                self.read()
            outcome = "stopped" if self.stopped else "finished"
        finally:
            self._writer.close()
            self.store.end_crawl(self._crawl, outcome, clock.now())
        return BackfillReport(
            counts=self.counts,
            outcomes=self._outcomes,
            articles=self.store.crawl_summary(self._crawl).new_articles,
            waiting=self.store.count_waiting(),
            seconds=time.monotonic() - begun,
            stopped=self.stopped,
            done=self.done,
            faults=(*self.faults, *self._taker.faults),
        )


def _identity(capture: Capture) -> tuple[str, Any, str]:
    return capture.url, capture.fetched_at, archive.digest_of(capture.body)


@contextmanager
def job(folder: Path, source: str, command: str, settings: Mapping[str, Any], watch: Watch) -> Iterator[Job]:
    """A job for a source (its ID) in the archive of a folder, which is held until the end; Ctrl-C and SIGTERM stop it.

    Raises ``UsageError`` for an unknown source, ``SourceError`` for a faulty file, ``ArchiveError`` where the archive is
    held by another or can't be written.
    """
    (wanted,) = load_sources(folder / "sources", [source])
    workers = int(settings.get("NEWSSPIDER_WORKERS", LIMITS["NEWSSPIDER_WORKERS"][0]))
    with held(folder, command), Store.open(folder / "archive.db") as store:
        made = Job(folder, store, command, wanted, workers)
        with watch(made.progress), stopping(made.stop):
            yield made
