"""Pages of a source's archive, read again as a crawl would read them today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from bs4 import BeautifulSoup

from newsspider.archive import read_capture
from newsspider.charsets.decode import decode
from newsspider.coding import TooLarge, decode_body
from newsspider.errors import PageError
from newsspider.fetch.limits import LIMITS
from newsspider.records import Article, Outcome
from newsspider.runs.reading import Task, read
from newsspider.runs.results import task_for
from newsspider.source import Layout, Source
from newsspider.store.samples import Sampled, Samples

T = TypeVar("T")
_MAX_DECODED = int(LIMITS["NEWSSPIDER_MAX_DECODED"][0])
_CRAWLS = 400  # that are looked back
_SPREAD = 16  # of them that are looked at first
_PAGES = 120  # read of these, together,
_LEAST = 6  # but so many of each
_LAST = 16  # and of the last crawls so many


@dataclass(frozen=True)
class Sample:
    """A page as it was fetched once. ``article``: what it is read as today; None where it is none."""

    of: Sampled
    task: Task
    article: Article | None

    @property
    def at(self) -> datetime:
        """When it was fetched (UTC)."""
        return self.task.fetched_at

    @cached_property
    def soup(self) -> BeautifulSoup:
        """Its elements."""
        body, _ = decode_body(self.task.body, self.task.content_encoding, _MAX_DECODED)
        return BeautifulSoup(decode(body, self.task.content_type)[0], "lxml")

    def read_with(self, layout: Layout) -> Article | None:
        """What it is read as with these selectors."""
        return read(replace(self.task, source=replace(self.task.source, layouts=(layout,)))).article


class Reader:
    """Reads pages of a source, some of a crawl, each crawl once."""

    def __init__(self, samples: Samples, warc: Path, source: Source) -> None:
        self.crawls = samples.crawls(_CRAWLS)
        self.samples: list[Sample] = []  # in the order of their captures
        self._samples = samples
        self._warc = warc
        self._source = source
        self._known: dict[int, int] = {}  # crawls, and how many of each were wanted

    def begin(self) -> None:
        """Read pages of some crawls that are spread evenly, and of the last ones."""
        chosen = spread(self.crawls, _SPREAD)
        for crawl in chosen:
            self.look_at(crawl, max(_LEAST, _PAGES // len(chosen)))
        last = 0
        for crawl in reversed(self.crawls[-_LAST:]):
            if last < _LAST:
                self.look_at(crawl, _LAST)
                last += sum(one.of.crawl == crawl for one in self.samples)

    def look_at(self, crawl: int, most: int = _LEAST) -> None:
        """Read so many pages of a crawl, spread evenly, where it was not looked at as closely before."""
        if self._known.get(crawl, 0) < most:
            self._known[crawl] = most
            known = {one.of.capture for one in self.samples}
            chosen = spread(self._samples.of_crawl(crawl), most)
            found = [self._read(one) for one in chosen if one.capture not in known]
            self.samples += [one for one in found if one]
            self.samples.sort(key=lambda one: one.of.capture)

    def between(self, first: Sample, last: Sample) -> list[int]:
        """The crawls between those of two samples that were not looked at."""
        return [
            crawl
            for crawl in self.crawls
            if first.of.crawl < crawl < last.of.crawl and crawl not in self._known
        ]

    def before(self, one: Sample, turn: Sample) -> Sample | None:
        """The same page as it was fetched last before the turn."""
        found = self._samples.before(one.of, turn.of.capture)
        return self._read(found) if found else None

    def _read(self, one: Sampled) -> Sample | None:
        """None for one that can't be read any more, and for a robot check and the like, which is no page of the site."""
        try:
            task = task_for(one.page, [read_capture(self._warc, one.place)], self._source, _MAX_DECODED)
        except (PageError, TooLarge):
            return None
        reading = read(task) if task else None
        if task is None or reading is None or reading.outcome in (Outcome.BLOCKED, Outcome.FAILED):
            return None
        return Sample(one, task, reading.article)


def spread(of: Sequence[T], most: int) -> list[T]:
    """So many of a sequence, evenly, the first and the last among them."""
    if len(of) <= most:
        return list(of)
    return [of[round(place * (len(of) - 1) / (most - 1))] for place in range(most)] if most > 1 else [of[-1]]
