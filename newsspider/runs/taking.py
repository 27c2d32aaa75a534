"""Writing down which captures a WARC file holds, so that they wait to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from newsspider import clock
from newsspider.addresses import parts_of
from newsspider.archive import Held, is_page_type, scan
from newsspider.errors import NewsspiderError, PageError
from newsspider.runs.hosts import Hosts
from newsspider.runs.progress import Progress
from newsspider.store import Arrival, Store

TOGETHER = 500  # captures that are written down in one transaction


class Taker:
    """Takes captures into a store. ``faults``: in words, what could not be taken; ``stop`` ends it soon."""

    def __init__(self, store: Store, crawl: int, hosts: Hosts, progress: Progress, warc: Path) -> None:
        """``warc``: the folder of the archive's WARC files."""
        self.counts: Counter[str] = Counter()  # new, known
        self.faults: list[str] = []
        self.stop = False
        self._store = store
        self._crawl = crawl
        self._hosts = hosts
        self._progress = progress
        self._ends = store.known_ends()
        self._lost = [name for name in self._ends if not (warc / name).exists()]

    def take_file(self, path: Path, name: str, *, whole: bool = False) -> int:
        """Take what stands in a file behind the last capture that has a row, or all of it that has none; ``name``: what
        rows call the file. Returns how many captures were new.
        """
        start, new = 0 if whole else self._ends.get(name, 0), 0
        self.counts["known"] += self._store.captures_in(name) if start else 0
        before = self._progress.done
        try:
            for some in _together(_each_once(scan(path, name, 0, self._odd), start), TOGETHER):
                new += self.take(some)
                self._progress.done = before + some[-1].place.offset
                if self.stop:
                    return new
        except PageError as error:
            self._odd(error)
        self._progress.done = before + path.stat().st_size
        return new

    def take(self, captures: Iterable[Held]) -> int:
        """Take these captures; returns how many were new."""
        arrivals = [arrival for arrival in map(self._arrival, captures) if arrival]
        new = self._store.arrive(self._crawl, arrivals, clock.now(), self._lost) if arrivals else 0
        self.counts["new"] += new
        self.counts["known"] += len(arrivals) - new
        return new

    def _odd(self, error: PageError) -> None:
        self.faults.append(str(error))

    def _arrival(self, held: Held) -> Arrival | None:
        source = self._hosts.source_of(held.url)
        if source is None:
            self._odd(PageError(held.url[:200], "is no http or https address"))
            return None
        page = _may_be_page(held)
        return Arrival(
            source, held.url, held.fetched_at, held.status, held.content_type, held.size, held.place,
            page=page, waits=page, origin=held.origin,
        )  # fmt: skip


def _may_be_page(held: Held) -> bool:
    """Whether a capture is one of a page: HTML or text, a redirect or an error, but no robots.txt."""
    if parts_of(held.url).path == "/robots.txt":
        return False
    return not 200 <= held.status < 300 or is_page_type(held.content_type)


def _each_once(held: Iterable[Held], start: int) -> Iterator[Held]:
    """Those from byte ``start`` on, without records that stand in the file a second time: of the same address, digest and
    moment, to the fraction of a second that WARC-Date has. Tries that a server refused alike within a second are not
    the same.
    """
    seen: set[tuple[str, datetime, str]] = set()
    for one in held:
        key = (one.url, one.fetched_at, one.place.digest)
        if one.place.offset >= start and (not one.place.digest or key not in seen):
            yield one
        seen.add(key)


def _together(held: Iterable[Held], count: int) -> Iterator[Sequence[Held]]:
    """So many at a time; where the file is damaged, those before the damage come first."""
    some: list[Held] = []
    try:
        for one in held:
            some.append(one)
            if len(some) == count:
                yield some
                some = []
    except NewsspiderError:
        if some:
            yield some
        raise
    if some:
        yield some
