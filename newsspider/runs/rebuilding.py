"""``newsspider rebuild``: the database made again from the WARC files, by today's splitter.

It is made in a file of its own beside the old one, in which the captures wait to be read (``replay``), and takes the
old one's place when it is whole. Killed and run again it goes on where it was, unless the archive has changed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsspider import clock
from newsspider.errors import ArchiveError
from newsspider.runs.holding import held, stopping
from newsspider.runs.hosts import Hosts
from newsspider.runs.progress import Progress, Watch
from newsspider.runs.replay import Replay
from newsspider.runs.taking import Taker
from newsspider.runs.workers import Workers
from newsspider.source import Source, sources_of
from newsspider.split.version import SPLIT_VERSION
from newsspider.store import Change, Store
from newsspider.store.finding import EXAMPLES, number
from newsspider.store.keeping import Unread

NEW = ".new"  # behind the name of a database that is not whole yet
_MARK = ".new.json"  # what it is made from


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild made. ``replaced``: whether it took the old database's place; ``changes``: what is other than in
    the old one, where that was asked for; ``faults``, in words: why it was not replaced, or what can't be read any more
    and was kept as the old one has it; ``notes``: what is damaged or odd in the WARC files and cost nothing.
    """

    captures: int
    articles: int
    seconds: float
    replaced: bool
    stopped: bool
    changes: tuple[Change, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 where something that the old database has could not be read."""
        return 1 if self.faults else 0


def rebuild(
    folder: Path, *, command: str, changed: bool = False, workers: int | None = None, watch: Watch
) -> RebuildReport:
    """Make the database of an archive again; with ``changed`` only say what would be other.

    The article of a capture that can't be read any more is kept as the old database has it; where an article would
    vanish, the old database stays. Raises ``ArchiveError`` where there is no such folder, or the archive is held or can't
    be read or written.
    """
    if not folder.is_dir():
        raise ArchiveError(str(folder), "there is no such folder", "give that of the archive with --data")
    with held(folder, command):
        run = _Rebuild(folder, command)
        with watch(run.progress), stopping(run.stop):
            return run.run(changed, workers)


class _Rebuild:
    """One rebuild of an archive that is held."""

    def __init__(self, folder: Path, command: str) -> None:
        self.progress = Progress()
        self._folder = folder
        self._command = command
        self._path = folder / "archive.db"
        self._new = folder / f"archive.db{NEW}"
        self._mark = folder / f"archive.db{_MARK}"
        self._stopped = False
        self._work: list[Taker | Replay] = []
        self._files = sources_of(folder)

    def stop(self) -> None:
        """End after what is being done."""
        self._stopped = True
        for work in self._work:
            work.stop = True

    def run(self, changed: bool, workers: int | None) -> RebuildReport:
        """Make the new database, compare or replace."""
        begun = time.monotonic()
        had_one = self._path.exists()
        with self._begun(had_one) as store:
            crawl = store.begin_crawl(self._command, clock.now())
            notes = self._fill(store, crawl, workers)
            store.end_crawl(crawl, "stopped" if self._stopped else "finished", clock.now())
            if had_one and not self._stopped:
                store.finish_frame(self._path)
            compared = had_one and not self._stopped
            kept = store.keep_unread(self._path, crawl) if compared else []
            gone = self._vanished(store) if compared else []
            notes += _others(store, kept)
            changes = store.changes(self._path) if changed and compared else []
            captures, articles = store.count_captures(), store.totals().articles
            replaced = not (changed or gone or self._stopped)
            if replaced and had_one:
                store.copy_into(self._path)
        if replaced and not had_one:
            self._new.rename(self._path)
        if replaced or changed or gone:
            self._clear()
        return RebuildReport(
            captures,
            articles,
            time.monotonic() - begun,
            replaced,
            self._stopped,
            tuple(changes),
            tuple(gone + _kept(kept)),
            tuple(notes),
        )

    def _begun(self, had_one: bool) -> Store:
        """The new database, with what the old one alone knows; one of a rebuild that was killed, where it fits."""
        wanted = "[]"
        if had_one:
            with Store.open(self._path) as old:  # brings its schema up to date, too
                wanted = old.fingerprint(f"{SPLIT_VERSION} {self._files!r}")
        if not (self._new.exists() and self._mark.exists() and self._mark.read_text() == wanted):
            self._clear()
            store = Store.open(self._new)
            if had_one:
                store.copy_frame(self._path)
            self._mark.write_text(wanted)  # from here on it is worth going on with
        else:
            store = Store.open(self._new)
        if had_one:
            store.number_as(self._path)
        store.sync_sources(self._files, clock.now(), crawled=False)
        return store

    def _clear(self) -> None:
        for path in self._folder.glob(f"{self._new.name}*"):
            path.unlink()

    def _fill(self, store: Store, crawl: int, workers: int | None) -> list[str]:
        """Write down what no row knows, and read all that waits. Returns what is odd in the files, in words."""
        hosts = Hosts(store, self._files)
        taker = Taker(store, crawl, hosts, self.progress, self._folder / "warc")
        self._work.append(taker)
        paths = sorted(
            path for path in (self._folder / "warc").glob("*.warc*") if path.suffix in (".warc", ".gz")
        )
        files = {path: path.name for path in paths}
        if self._path.exists():
            elsewhere = store.files_elsewhere(self._path)
            files |= {Path(name): name for name in elsewhere if Path(name).exists()}
        self.progress.begin("reading files (bytes)", sum(path.stat().st_size for path in files))
        for path, name in files.items():
            if not self._stopped:
                taker.take_file(path, name, whole=True)
        if self._path.exists():
            store.number_captures(self._path)
        if not self._stopped:
            self._read(store, crawl, hosts.sources, workers)
        return taker.faults

    def _read(self, store: Store, crawl: int, sources: dict[str, Source], workers: int | None) -> None:
        pool = Workers(workers)
        try:
            replay = Replay(store, crawl, self._folder / "warc", sources, pool, self.progress)
            self._work.append(replay)
            replay.run()
        finally:
            pool.close()

    def _vanished(self, store: Store) -> list[str]:
        """In words, which articles of the old database nothing leads to."""
        gone = store.vanished(self._path)
        some = ", ".join(gone[:3])
        told = (
            f"{number(len(gone), 'article')} of the old database would be lost, since nothing leads to their captures"
            f" ({some}); newsspider check --repair first, or put them back from a backup"
        )
        return [told] if gone else []


def _others(store: Store, kept: Sequence[Unread]) -> list[str]:
    """In words, captures that could not be read and that no article was read from."""
    others = sorted({one.url for one in set(store.unread()).difference(kept)})
    more = [f"and {number(len(others) - EXAMPLES, 'more capture')}"] if len(others) > EXAMPLES else []
    return [f"{url}: a capture can't be read" for url in others[:EXAMPLES]] + more


def _kept(unread: Sequence[Unread]) -> list[str]:
    """In words, which captures could not be read."""
    counts = Counter(one.reason for one in unread)
    return [
        f"{number(count, 'capture')} can't be read ({reason}): {'its article keeps' if count == 1 else 'their articles keep'}"
        " the text of the splitter that read it last; newsspider check says which and where to get them from"
        for reason, count in counts.items()
    ]
