"""What a killed crawl left behind: whole WARC records that no row knows are taken up, a torn last one is cut
off.

So a page whose record was written before the kill is stored from that record and not fetched again: no page
stands twice in the WARC files, and none is lost. This is the only time that a WARC file is shortened."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from newsspider import archive
from newsspider.addresses import site
from newsspider.fetch.limits import LIMITS
from newsspider.records import Capture, DuePage, Outcome, Result, WarcPlace
from newsspider.runs.reading import read
from newsspider.runs.results import REDIRECTS, conclude, next_address, task_for
from newsspider.source import Source
from newsspider.store import Filed, Store

logger = logging.getLogger(__name__)
Left = tuple[Capture, WarcPlace]


def take_up(folder: Path, store: Store, crawl: int, sources: Sequence[Source]) -> int:
    """Store what stands in the WARC files behind the last record that a row knows. Returns how many captures
    that were.

    Raises ``ArchiveError`` where a file can't be read or cut.
    """
    ends = store.known_ends()
    taken = 0
    for path in sorted(folder.glob("newsspider-*.warc.gz")):
        known = ends.get(path.name, 0)
        if path.stat().st_size <= known:
            continue
        left, good_end = archive.tail(path, known)
        if good_end < path.stat().st_size:
            torn = archive.cut(path, good_end)
            what = "the last record was torn; cut off" if torn else "damaged; what follows is left unread"
            logger.warning("%s: %s at byte %d", path, what, good_end)
        results = [_filed(store, group, sources) for group in _groups(left)]
        if results:
            store.store(crawl, results)
            taken += len(left)
    return taken


def _groups(left: Sequence[Left]) -> list[list[Left]]:
    """The exchanges of one page together: redirect hops and failed tries stand before the answer, in the same
    append.
    """
    groups: list[list[Left]] = []
    expected: str | None = None  # the address of the exchange that belongs to the last one
    for capture, place in left:
        if expected is not None and capture.url == expected:
            groups[-1].append((capture, place))
        else:
            groups.append([(capture, place)])
        expected = next_address(capture)
    return groups


def _filed(store: Store, group: Sequence[Left], sources: Sequence[Source]) -> Filed:
    captures, places = zip(*group, strict=True)
    page = store.page(captures[0].url)
    source = next((s for s in sources if page and s.id == page.source), None)
    if page is None or source is None or captures[-1].status in REDIRECTS:
        return Filed(_alone(captures, sources), places)
    return Filed(_again(page, captures, source), places)


def _again(page: DuePage, captures: Sequence[Capture], source: Source) -> Result:
    """The result that the killed crawl was about to store."""
    task = task_for(page, captures, source, LIMITS["NEWSSPIDER_MAX_DECODED"][0])
    return conclude(page, captures, read(task) if task else None)


def _alone(captures: Sequence[Capture], sources: Sequence[Source]) -> Result:
    """Captures of no page that is due now (robots.txt, a redirect cut short): kept as captures."""
    home = site(captures[0].url)
    owner = next((source.id for source in sources if site(source.home) == home), sources[0].id)
    last = captures[-1]
    return Result(owner, Outcome.STORED, "leftover", last.fetched_at, url=last.url, captures=tuple(captures))
