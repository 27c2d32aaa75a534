"""What a check found, mended: the database first, then what stands in the WARC files and in no row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from newsspider import archive, clock
from newsspider.archive import Held
from newsspider.runs import leftovers
from newsspider.runs.checking import files
from newsspider.runs.checking.misplaced import right_places
from newsspider.runs.checking.reading import OURS
from newsspider.runs.checking.relinking import link_again
from newsspider.runs.hosts import Hosts
from newsspider.runs.progress import Progress
from newsspider.runs.replay import Replay
from newsspider.runs.taking import TOGETHER, Taker
from newsspider.runs.workers import Workers
from newsspider.source import sources_of
from newsspider.store import Store
from newsspider.store.finding import Finding
from newsspider.store.mend import mend as mend_database
from newsspider.store.mend import put_right

_TO_READ = ("torn", "rowless", "waiting", "strays", "unread", "references", "sightings", "related")


def mend(folder: Path, findings: Sequence[Finding], progress: Progress) -> None:
    """Mend what can be mended in an archive that is held. Raises ``ArchiveError`` where something can't be written."""
    mendable = [finding for finding in findings if finding.repair]
    kinds = {finding.kind for finding in mendable}
    progress.begin("mending the database (steps)", 1)
    for finding in mendable:
        if finding.kind == "misplaced":
            put_right(folder / "archive.db", right_places(folder, finding.where))
    mend_database(folder / "archive.db", kinds, _rowless(folder, mendable) if "references" in kinds else ())
    progress.done = 1
    if "temporary" in kinds:
        for path in files.temporary_files(folder):
            path.unlink(missing_ok=True)
    for finding in mendable:
        if finding.kind == "empty":
            (folder / finding.where).unlink(missing_ok=True)
    if kinds & {*_TO_READ}:
        with Store.open(folder / "archive.db") as store:
            _TakingUp(folder, store, progress).run(mendable)


def _rowless(folder: Path, findings: Sequence[Finding]) -> Iterator[list[Held]]:
    """The captures that have no row, of each file that holds such."""
    for finding in findings:
        if finding.kind == "rowless":
            path = folder / finding.where
            yield list(files.without_row(folder / "archive.db", path, _name(folder / "warc", path)))


def _name(warc: Path, path: Path) -> str:
    """What rows call a file."""
    return path.name if path.parent == warc else str(path)


class _TakingUp:
    """Captures that have no row get one, and what waits is read: a run of its own."""

    def __init__(self, folder: Path, store: Store, progress: Progress) -> None:
        named = sources_of(folder)
        self._warc = folder / "warc"
        self._store = store
        self._progress = progress
        self._crawl = store.begin_crawl("check --repair", clock.now())
        store.sync_sources(named, clock.now(), crawled=False)
        self._hosts = Hosts(store, named)

    def run(self, findings: Sequence[Finding]) -> None:
        """Take up what these findings are about."""
        outcome = "failed"
        try:
            if sources := list(self._hosts.sources.values()):  # as the next crawl would do
                leftovers.take_up(self._warc, self._store, self._crawl, sources)
            for finding in findings:
                if finding.kind in ("torn", "rowless"):
                    self._file(self._warc.parent / finding.where)
            kinds = {finding.kind for finding in findings}
            self._hosts.let_wait()
            if self._store.count_waiting():
                self._read()
            if kinds & {"sightings", "related"}:
                link_again(self._store, self._warc, self._hosts.sources, self._progress)
            outcome = "finished"
        finally:
            self._store.end_crawl(self._crawl, outcome, clock.now())

    def _file(self, path: Path) -> None:
        """Cut off a torn end of a file of ours, and take what has no row."""
        name = _name(self._warc, path)
        if not path.exists():  # nothing in it was whole
            return
        if name.startswith(OURS):
            known = self._store.known_ends().get(name, 0)
            archive.cut(path, archive.tail(path, known)[1])
        taker = Taker(self._store, self._crawl, self._hosts, self._progress, self._warc)
        captures = files.without_row(self._warc.parent / "archive.db", path, name)
        while some := list(islice(captures, TOGETHER)):
            taker.take(some)

    def _read(self) -> None:
        pool = Workers()
        try:
            Replay(self._store, self._crawl, self._warc, self._hosts.sources, pool, self._progress).run()
        finally:
            pool.close()
