"""Reading captures that wait in an archive: of imported files, or all of them where the database is made anew.

They are read in the order of their times, the hops of a redirect together, split in worker processes and stored in
that order, so that an article's changes come out as a crawl would have seen them. Killed and run again it goes on
where it was: what is stored waits no longer.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from newsspider.addresses import canonical
from newsspider.archive import read_capture
from newsspider.errors import PageError
from newsspider.fetch.limits import LIMITS
from newsspider.records import Capture, DuePage, Former, Outcome, Result, WarcPlace
from newsspider.runs.progress import Progress
from newsspider.runs.reading import Reading
from newsspider.runs.results import REDIRECTS, conclude, former_task, next_address, task_for, unread
from newsspider.runs.workers import Unread, Workers
from newsspider.source import Source
from newsspider.store import Filed, Store, Waiting

_PAGE = 200  # captures that are asked for together
_WINDOW = 32  # pages that are being read
_BATCH = 100  # results in one transaction
_HOP = timedelta(minutes=10)  # from a redirect to its target's answer
_MAX_DECODED = int(LIMITS["NEWSSPIDER_MAX_DECODED"][0])


@dataclass(frozen=True, slots=True)
class _Visit:
    """The captures of one visit to a page, hops first, and its reading where there is something to read."""

    waiting: tuple[Waiting, ...]
    captures: tuple[Capture, ...]
    reading: Future[Reading] | None
    fault: str | None = None


class Replay:
    """Reads what waits in a store. ``stop`` may be set at any time; ``run`` then ends after what is being read."""

    def __init__(
        self,
        store: Store,
        crawl: int,
        warc: Path,
        sources: Mapping[str, Source],
        workers: Workers,
        progress: Progress,
    ) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()  # outcome and reason
        self.stop = False
        self._store = store
        self._crawl = crawl
        self._warc = warc
        self._sources = sources
        self._workers = workers
        self._progress = progress
        self._taken: set[int] = set()  # captures that went along with the one before them
        self.faults: list[str] = []  # in words, what goes on waiting

    def run(self) -> None:
        """Read and store all that waits. An article with an older capture is made anew from all its captures; where one of
        these can't be read any more it stays as it is, and the older one waits.
        """
        late = self._store.out_of_order()
        whole = {article for article, places in late.items() if all(map(self._can_be_read, places))}
        self._store.take_apart(self._crawl, whole)
        self._leave(self._store.left_alone(late.keys() - whole))
        self._progress.begin("reading captures", self._store.count_waiting())
        open_visits: deque[_Visit] = deque()
        batch: list[Filed] = []
        for visit in self._visits():
            open_visits.append(visit)
            if len(open_visits) >= _WINDOW:
                self._keep(batch, open_visits.popleft())
        while open_visits:
            self._keep(batch, open_visits.popleft())
        self._write(batch)
        self._store.find_headlines()

    def _can_be_read(self, place: WarcPlace) -> bool:
        with suppress(PageError):
            read_capture(self._warc, place)
            return True
        return False

    def _leave(self, captures: Mapping[int, str]) -> None:
        """These go on waiting; ``captures``: with the addresses of their articles."""
        self._taken.update(captures)
        self.faults += [
            f"{url}: an older capture waits, since a later one can't be read any more; newsspider check says which"
            for url in sorted(set(captures.values()))
        ]

    def _visits(self) -> Iterator[_Visit]:
        behind: Waiting | None = None
        while not self.stop:
            found = self._store.next_waiting(behind, _PAGE)
            if not found:
                return
            behind = found[-1]
            for one in found:
                if self.stop:
                    return
                if one.id in self._taken:
                    self._taken.discard(one.id)
                else:
                    yield self._visit(one)

    def _visit(self, first: Waiting) -> _Visit:
        """A capture, and those that belong to the same visit: they stand behind it in its file."""
        group, captures = [first], []
        try:
            captures.append(read_capture(self._warc, first.place))
            while wanted := next_address(captures[-1]):
                following = self._store.next_in_file(group[-1])
                if (
                    following is None
                    or following.id in self._taken
                    or canonical(following.url) != canonical(wanted)
                ):
                    break
                if following.fetched_at - group[-1].fetched_at > _HOP:  # another visit, whatever its address
                    break
                self._taken.add(following.id)
                group.append(following)
                captures.append(read_capture(self._warc, following.place))
        except PageError as error:
            captures += [_hollow(one) for one in group[len(captures) :]]
            return _Visit(tuple(group), tuple(captures), None, str(error))
        page, source = self._store.page(first.url), self._sources[first.source]
        task = task_for(page, captures, source, _MAX_DECODED) if page else None
        return _Visit(tuple(group), tuple(captures), self._workers.read(task) if task else None)

    def _keep(self, batch: list[Filed], visit: _Visit) -> None:
        result = self._result(visit)
        batch.append(Filed(result, tuple(one.place for one in visit.waiting), live=False))
        if len(batch) >= _BATCH:
            self._write(batch)

    def _write(self, batch: list[Filed]) -> None:
        for outcome, filed in zip(self._store.store(self._crawl, batch), batch, strict=True):
            self.outcomes[outcome.value, filed.result.reason] += 1
            self._progress.done += len(filed.places)
        batch.clear()

    def _result(self, visit: _Visit) -> Result:
        page = self._store.page(visit.waiting[0].url)
        assert page is not None  # every capture that waits has one
        last = visit.captures[-1]
        if visit.fault:
            return unread(
                page, visit.captures, Outcome.FAILED, "unreadable", last.fetched_at, problem=visit.fault
            )
        if last.status in REDIRECTS:
            return unread(page, visit.captures, Outcome.MOVED, f"http_{last.status}", last.fetched_at)
        try:
            reading = visit.reading.result() if visit.reading else None
            return conclude(page, visit.captures, reading, self._former(page, reading))
        except Unread as error:
            problem = f"{last.url}: {error}"
            return unread(page, visit.captures, Outcome.FAILED, "unsplit", last.fetched_at, problem=problem)

    def _former(self, page: DuePage, reading: Reading | None) -> Former | None:
        """What the stored state's capture comes out as today, where it was read otherwise."""
        found = reading and former_task(page, reading, self._sources[page.source], self._warc, _MAX_DECODED)
        if not found:
            return None
        with suppress(Unread):
            article = self._workers.read(found[1]).result().article
            return Former(found[0], article) if article else None
        return None


def _hollow(one: Waiting) -> Capture:
    """What is known of a capture that can't be read."""
    return Capture(one.url, one.fetched_at, one.status, (), (), b"")
