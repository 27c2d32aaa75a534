"""``newsspider import``: WARC files of other crawlers and folders of saved pages, into an archive.

First the captures of each file are written down (``taking``), then all that wait are read (``replay``). Both go on
where they were when they are killed and run again: a capture is known by address, time and digest, a file by its name
in ``warc/`` and the last capture of it that has a row.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsspider import clock
from newsspider.addresses import absolute
from newsspider.archive import scan
from newsspider.clock import stamp
from newsspider.errors import PageError, UsageError
from newsspider.runs import leftovers
from newsspider.runs.holding import held, stopping
from newsspider.runs.hosts import Hosts
from newsspider.runs.inputs import WACZ, Inputs, files_of, is_page, together
from newsspider.runs.placing import Placed, place, unpack
from newsspider.runs.progress import Progress, Watch
from newsspider.runs.replay import Replay
from newsspider.runs.saved import SavedPages
from newsspider.runs.taking import TOGETHER, Taker
from newsspider.runs.workers import Workers
from newsspider.source import id_fault, sources_of
from newsspider.store import Store


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought: captures by whether they were new, outcomes (and reasons) of the pages that were read,
    faults in words, what was passed over, the IDs of sources that were made.
    """

    files: int
    captures: int
    known: int
    outcomes: Mapping[tuple[str, str], int]
    articles: int
    seconds: float
    stopped: bool
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 where a file or record could not be read."""
        return 1 if self.faults else 0


def import_files(
    folder: Path,
    inputs: Sequence[Path],
    *,
    command: str,
    source: str | None = None,
    in_place: bool = False,
    base: str | None = None,
    workers: int | None = None,
    watch: Watch,
) -> ImportReport:
    """Import WARC files and folders into the archive of a folder, which is made where it is missing.

    ``source``: the ID of the source that all is of; without it each capture goes to the source of its site, which is
    made where there is none. ``in_place``: WARC files stay where they are. ``base``: the address of the folder, for
    saved pages that don't say theirs. Raises ``UsageError`` for inputs that are none, ``ArchiveError`` where the
    archive is held or can't be written.
    """
    if base is not None and absolute(None, base) is None:
        raise UsageError("--base", f"{base!r} is no address", "write it as https://www.example.com/folder/")
    if source is not None and (fault := id_fault(source)):
        raise UsageError("--source", fault)
    given = files_of(inputs)
    with held(folder, command), Store.open(folder / "archive.db") as store:
        run = _Import(folder, store, command, source, in_place, base)
        with watch(run.progress), stopping(run.stop):
            return run.run(given, workers)


class _Import:
    """One import into an archive that is held."""

    def __init__(
        self, folder: Path, store: Store, command: str, source: str | None, in_place: bool, base: str | None
    ) -> None:
        self.progress = Progress()
        self._warc = folder / "warc"
        self._store = store
        self._in_place = in_place
        self._stopped = False
        self._replay: Replay | None = None
        files = sources_of(folder)
        self._crawl = store.begin_crawl(command, clock.now())
        store.sync_sources(files, clock.now(), crawled=False)
        if files:
            leftovers.take_up(self._warc, store, self._crawl, files)
        self._hosts = Hosts(store, files, source)
        self._taker = Taker(store, self._crawl, self._hosts, self.progress, self._warc)
        self._saved = SavedPages(self._warc, self._crawl, base)

    def stop(self) -> None:
        """End after what is being done."""
        self._stopped = self._taker.stop = True
        if self._replay:
            self._replay.stop = True

    def run(self, given: Inputs, workers: int | None) -> ImportReport:
        """Write down what the files hold, then read it."""
        begun, outcome = time.monotonic(), "failed"
        try:
            self._write_down(given.files)
            outcomes = self._read(workers)
            outcome = "stopped" if self._stopped else "finished"
        finally:
            self._store.end_crawl(self._crawl, outcome, clock.now())
        return ImportReport(
            files=len(given.files),
            captures=self._taker.counts["new"],
            known=self._taker.counts["known"],
            outcomes=outcomes,
            articles=self._store.crawl_summary(self._crawl).new_articles,
            seconds=time.monotonic() - begun,
            stopped=self._stopped,
            faults=(*given.faults, *self._taker.faults, *(self._replay.faults if self._replay else ())),
            notes=tuple(given.notes),
            sources=tuple(self._hosts.made),
        )

    def _write_down(self, files: Mapping[Path, Path | None]) -> None:
        self.progress.begin("reading files (bytes)", sum(path.stat().st_size for path in files))
        errors = []
        for path, folder in files.items():
            if self._stopped:
                break
            try:
                self._one_page(path, folder) if is_page(path) else self._warcs(path)
            except PageError as error:
                errors.append(error)
        self._taker.take(self._saved.flush())
        self._taker.faults += together(errors)

    def _warcs(self, path: Path) -> None:
        """The WARC files that an input is, or holds."""
        if path.name.lower().endswith(WACZ):
            for placed in unpack(path, self._warc, self._in_place):
                self._one_warc(placed)
        else:
            self._one_warc(place(path, self._warc, self._in_place))

    def _one_warc(self, placed: Placed) -> None:
        if not placed.copied:
            self._same_as_before(placed)
        new = self._taker.take_file(placed.path, placed.name)
        if placed.copied and not new and not self._store.captures_in(placed.name) and not self._stopped:
            placed.path.unlink()  # all that it holds stands in other files

    def _same_as_before(self, placed: Placed) -> None:
        """A file that stays where it is may have been replaced by another of the same name. Raises ``PageError``."""
        first = self._store.first_in(placed.name)
        if first is None:
            return
        url, at, offset = first
        held = None
        with suppress(PageError):
            held = next(scan(placed.path, placed.name, offset, lambda error: None), None)
        if held is None or (held.url, stamp(held.fetched_at), held.place.offset) != (url, at, offset):
            found = (
                f"holds at byte {offset} something else than when it was imported: it was replaced or damaged"
            )
            raise PageError(
                str(placed.path), found, "import another file under another name, or without --in-place"
            )

    def _one_page(self, path: Path, folder: Path | None) -> None:
        if not self._saved.add(path, self._store, folder):
            self._taker.counts["known"] += 1
        self.progress.done += path.stat().st_size
        if self._saved.waiting >= TOGETHER:
            self._taker.take(self._saved.flush())

    def _read(self, workers: int | None) -> Mapping[tuple[str, str], int]:
        if self._stopped:
            return {}
        pool = Workers(workers)
        try:
            self._replay = Replay(
                self._store, self._crawl, self._warc, self._hosts.sources, pool, self.progress
            )
            self._replay.run()
        finally:
            pool.close()
        return self._replay.outcomes
