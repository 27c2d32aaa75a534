"""From an exchange to the one result that a page ends in: used by the crawl and for leftovers of a killed
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

from newsspider import addresses
from newsspider.archive import digest_of, read_capture
from newsspider.discover import Shapes, shape_of
from newsspider.errors import PageError
from newsspider.records import Capture, DuePage, Former, Found, Outcome, Result, Role
from newsspider.runs.reading import Reading, Task
from newsspider.source import Source

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# What servers answer to visitors that they take for robots, or that they don't let in.
_BLOCKED = frozenset({401, 402, 403, 407, 429, 451})


def task_for(
    page: DuePage,
    captures: Sequence[Capture],
    source: Source,
    max_decoded: int,
    shapes: Shapes = MappingProxyType({}),
) -> Task | None:
    """What a worker has to read of the last exchange; None where its status says that there is no page, or it repeats
    what was read before.
    """
    last = captures[-1]
    if last.revisits or not 200 <= last.status < 300:
        return None
    return Task(
        url=last.url,
        asked=page.url,
        role=page.role,
        body=last.body,
        content_type=last.header("Content-Type"),
        content_encoding=last.header("Content-Encoding"),
        fetched_at=last.fetched_at,
        source=source,
        max_decoded=max_decoded,
        feed=Found(page.url, page.role, page.title, page.published) if page.title or page.published else None,
        shapes=dict(shapes),
    )


def former_task(
    page: DuePage, reading: Reading, source: Source, warc: Path, max_decoded: int
) -> tuple[int, Task] | None:
    """The capture that the state of a page's article was read from, with what a worker has to read of it, where that was
    read by another version of the splitter or with another layout: what the page said then is to be compared as pages are
    read today. None where it was read so, or is not there any more.
    """
    before = page.read_from
    if reading.article is None or before is None or before.split_version == reading.article.split_version:
        return None
    try:
        task = task_for(page, [read_capture(warc, before.place)], source, max_decoded)
    except PageError:
        return None
    return (before.capture, task) if task else None


def conclude(
    page: DuePage, captures: Sequence[Capture], reading: Reading | None, former: Former | None = None
) -> Result:
    """The result of a page that was answered; ``reading`` is None where ``task_for`` was. ``former``: what comes of
    ``former_task``.
    """
    last = captures[-1]
    if reading is None:
        same = last.revisits and 200 <= last.status < 300
        outcome, reason = (Outcome.UNCHANGED, "same_body") if same else _by_status(last.status)
        return unread(page, captures, outcome, reason, last.fetched_at)
    outcome, reason = reading.outcome, reading.reason
    if outcome is Outcome.STORED and page.role is Role.ARTICLE and _other_address(page.url, last.url):
        outcome, reason = Outcome.MOVED, "redirect"
    found = reading.found
    if reading.refresh:
        found = (*found, Found(reading.refresh, page.role))
    return Result(
        source=page.source,
        outcome=outcome,
        reason=reason,
        at=last.fetched_at,
        page=page.id,
        url=last.url,
        role=page.role,
        captures=tuple(captures),
        article=reading.article,
        article_url=reading.article_url,
        former=former,
        moved_permanently=_for_good(captures),
        found=found,
        further=reading.further,
        shape=_shape(page, reading),
    )


def _shape(page: DuePage, reading: Reading) -> str | None:
    """The shape of an article page's address, where it was read for the first time and so tells something."""
    told = reading.outcome is Outcome.STORED or reading.reason == "not_an_article"
    return shape_of(page.url) if page.role is Role.ARTICLE and page.is_new and told else None


def compared(page: DuePage, captures: Sequence[Capture]) -> Sequence[Capture]:
    """The exchanges of a page, the last one marked where it brought nothing but what is kept already. A page that moved
    brings its new address, whatever its body.
    """
    last, earlier = captures[-1], page.earlier
    if earlier is None or _other_address(page.url, last.url):
        return captures
    same = last.status == HTTPStatus.OK and digest_of(last.body) == earlier.digest
    if not same and last.status != HTTPStatus.NOT_MODIFIED:
        return captures
    return (*captures[:-1], replace(last, revisits=earlier))


def unread(
    page: DuePage,
    captures: Sequence[Capture],
    outcome: Outcome,
    reason: str,
    at: datetime,
    *,
    problem: str | None = None,
    retry_after: datetime | None = None,
) -> Result:
    """The result of a page that there is nothing to read of; earlier tries and hops are kept."""
    return Result(
        source=page.source,
        outcome=outcome,
        reason=reason,
        at=at,
        page=page.id,
        url=captures[-1].url if captures else page.url,
        role=page.role,
        captures=tuple(captures),
        problem=problem,
        retry_after=retry_after,
    )


def next_address(capture: Capture) -> str | None:
    """Where a crawl goes from here: to a redirect's target, to the same address after a failed try; None after an
    answer.
    """
    location = capture.header("Location")
    if capture.status in REDIRECTS and location:
        return addresses.absolute(capture.url, location)
    return capture.url if capture.status in (408, 429) or capture.status >= 500 else None


def robots_result(source: str, capture: Capture | None, found: Sequence[Found], at: datetime) -> Result:
    """The exchange about a robots.txt (None where another source of the site has it), with the sitemaps that
    it names.
    """
    return Result(
        source=source,
        outcome=Outcome.STORED,
        reason="robots_txt",
        at=at,
        url=capture.url if capture else None,
        captures=(capture,) if capture else (),
        found=tuple(found),
    )


def _by_status(status: int) -> tuple[Outcome, str]:
    reason = f"http_{status}"
    if status == HTTPStatus.NOT_MODIFIED:
        return Outcome.UNCHANGED, reason
    if status in _GONE:
        return Outcome.GONE, reason
    if status in REDIRECTS:  # followed wherever it leads to a page
        return Outcome.REFUSED, "bad_redirect"
    return (Outcome.BLOCKED if status in _BLOCKED else Outcome.FAILED), reason


def _other_address(asked: str, answered: str) -> bool:
    return addresses.canonical(asked) != addresses.canonical(answered)


def _for_good(captures: Sequence[Capture]) -> bool:
    hops = [capture.status for capture in captures[:-1] if capture.status in REDIRECTS]
    return bool(hops) and all(status in _PERMANENT for status in hops)
