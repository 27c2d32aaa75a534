"""Captures read again for tickers and related links whose rows are lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

from newsspider.archive import read_capture
from newsspider.errors import PageError
from newsspider.fetch.limits import LIMITS
from newsspider.records import Article, Outcome
from newsspider.runs.progress import Progress
from newsspider.runs.reading import Reading
from newsspider.runs.results import task_for
from newsspider.runs.workers import Unread, Workers
from newsspider.source import Source
from newsspider.store import Store, ToLink

_WINDOW = 32  # captures that are being read
_MAX_DECODED = int(LIMITS["NEWSSPIDER_MAX_DECODED"][0])


def link_again(store: Store, warc: Path, sources: Mapping[str, Source], progress: Progress) -> None:
    """Put in again what captures show of tickers and related links. Where one of them can't be read, the counts go on
    telling that some are lost.
    """
    wanted = store.to_link()
    progress.begin("reading captures", len(wanted))
    pool, known = Workers(), True
    try:
        for one, record in _read(store, warc, sources, pool, wanted):
            if record is not None:
                store.link(one, record)
            known = known and record is not None
            progress.done += 1
    finally:
        pool.close()
    store.recount_sightings(known)


def _read(
    store: Store, warc: Path, sources: Mapping[str, Source], pool: Workers, wanted: Sequence[ToLink]
) -> Iterator[tuple[ToLink, Article | None]]:
    """What stands in each capture; None where it can't be read."""
    running: deque[tuple[ToLink, Future[Reading] | None]] = deque()
    for one in wanted:
        running.append((one, _begin(store, warc, sources, pool, one)))
        if len(running) >= _WINDOW:
            yield _end(*running.popleft())
    while running:
        yield _end(*running.popleft())


def _begin(
    store: Store, warc: Path, sources: Mapping[str, Source], pool: Workers, one: ToLink
) -> Future[Reading] | None:
    page = store.page(one.page)
    try:
        capture = read_capture(warc, one.capture.place)
    except PageError:
        return None
    task = task_for(page, [capture], sources[one.capture.source], _MAX_DECODED) if page else None
    return pool.read(task) if task else _nothing()


def _nothing() -> Future[Reading]:
    future: Future[Reading] = Future()
    future.set_result(Reading(Outcome.UNCHANGED, "revisit"))
    return future


def _end(one: ToLink, reading: Future[Reading] | None) -> tuple[ToLink, Article | None]:
    try:
        return one, (reading.result().article or Article()) if reading else None
    except Unread:
        return one, None
