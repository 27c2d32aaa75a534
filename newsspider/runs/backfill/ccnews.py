"""The captures of a source's site in files of Common Crawl News, which hold those of thousands of sites.

https://commoncrawl.org/news-crawl. Only the site's own records are copied; how far a file was read is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsspider import clock
from newsspider.addresses import same_site
from newsspider.archive import Held, has_joined_records, read_capture, scan
from newsspider.errors import PageError
from newsspider.records import Capture, Window
from newsspider.runs.backfill.days import as_words, bounds, is_within
from newsspider.runs.backfill.job import PORTION, BackfillReport, Job, job
from newsspider.runs.inputs import files_of, together
from newsspider.runs.progress import Watch
from newsspider.store import Backfill

_NAME = re.compile(r"CC-NEWS-(\d{4})(\d\d)\d{8}-\d+\.warc\.gz")
_PLACE = "https://data.commoncrawl.org/crawl-data/CC-NEWS"
_STEP = 10_000  # records after which it is kept how far it came, whatever was found


def backfill_ccnews(
    folder: Path,
    source: str,
    inputs: Sequence[Path],
    window: Window,
    *,
    command: str,
    settings: Mapping[str, Any] | None = None,
    watch: Watch,
) -> BackfillReport:
    """Take what WARC files (or folders of them) hold of a source's site, captured on these days.

    Raises ``UsageError`` for inputs that are none, and as ``job`` does.
    """
    meant = files_of(inputs)
    with job(folder, source, command, settings or {}, watch) as made:
        made.faults += meant.faults
        return made.run(lambda run: _files(run, list(meant.files), window))


def _files(run: Job, files: Sequence[Path], window: Window) -> None:
    run.progress.begin("reading files (bytes)", sum(path.stat().st_size for path in files))
    errors = []
    for path in files:
        if run.stopped:
            break
        before = run.progress.done
        try:
            _File(run, path, window).take()
        except PageError as error:
            errors.append(error)
        if not run.stopped:
            run.progress.done = before + path.stat().st_size
    run.faults += together(errors)
    run.done = not run.stopped and not errors


class _File:
    """One file: what was asked of it is known by its name and size."""

    def __init__(self, run: Job, path: Path, window: Window) -> None:
        self._run = run
        self._path = path.resolve()
        self._bounds = bounds(window, run.source)
        self._origin = _origin(path.name)
        self._waiting: list[Capture] = []
        self._wanted = json.dumps({**as_words(window), "file": path.name, "bytes": path.stat().st_size})

    def take(self) -> None:
        """Keep the site's captures. Raises ``PageError`` where the file can't be read, or only in part."""
        run, key = self._run, (self._run.source.id, "cc-news", self._wanted)
        if run.store.is_backfilled(*key):
            run.counts["files_known"] += 1
            return
        if not self._path.name.lower().endswith((".warc", ".warc.gz")) or has_joined_records(self._path):
            raise PageError(str(self._path), "is no WARC file whose records have places of their own")
        state = run.store.begin_backfill(*key, clock.now())
        run.counts["files"] += 1
        before = run.progress.done
        self._state = state
        try:
            for held in self._records(state):
                self._record(held)
                run.progress.done = before + held.place.offset
                if run.stopped:
                    break
        except PageError:  # of a damaged file all before the damage
            self._keep()
            raise
        self._keep()
        if not run.stopped:
            run.store.put_backfill(self._state, clock.now())

    def _record(self, held: Held) -> None:
        end = held.place.offset + held.place.length
        self._state = replace(self._state, cursor=str(end), entries=self._state.entries + 1)
        self._run.counts["records"] += 1
        if self._is_wanted(held):
            try:
                self._waiting.append(self._copy(held))
            except PageError as error:
                self._run.faults.append(str(error))
        if len(self._waiting) >= PORTION or self._state.entries % _STEP == 0:
            self._keep()

    def _records(self, state: Backfill) -> Iterator[Held]:
        """The captures that the file holds from where it was left. Those before a damage come first."""
        start = int(state.cursor or 0)
        if start >= self._path.stat().st_size:
            return
        yield from scan(self._path, str(self._path), start, self._odd)

    def _keep(self) -> None:
        """Store what waits, and how far that is."""
        new = self._run.keep(self._waiting)
        self._run.counts["captures"] += new
        self._run.counts["there"] += len(self._waiting) - new
        self._waiting = []
        self._state = replace(self._state, captures=self._state.captures + new)
        self._run.store.put_backfill(self._state)

    def _is_wanted(self, held: Held) -> bool:
        mine = same_site(held.url, self._run.source.home) and not held.revisit
        return mine and is_within(held.fetched_at, self._bounds)

    def _copy(self, held: Held) -> Capture:
        capture = read_capture(self._path.parent, held.place)
        return replace(capture, origin=capture.origin or self._origin)

    def _odd(self, error: PageError) -> None:
        if same_site(error.where, self._run.source.home):
            self._run.faults.append(str(error))


def _origin(name: str) -> str:
    """Where a file can be had from, by the name that Common Crawl gives it."""
    match = _NAME.fullmatch(name)
    return f"{_PLACE}/{match[1]}/{match[2]}/{name}" if match else f"file:{name}"
