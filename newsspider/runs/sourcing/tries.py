"""Trying a few articles: each is fetched and read exactly as a crawl reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from newsspider import clock
from newsspider.errors import PageError
from newsspider.fetch.limits import LIMITS
from newsspider.records import Article, Found, Outcome, Role
from newsspider.runs.reading import Task, read
from newsspider.runs.sourcing.asking import Asking
from newsspider.source import Source

_WORDS = {
    "not_an_article": "looks like no article",
    "block_page": "is a robot check, a consent or an error page",
    "leads_to_home": "leads to the home page",
    "other_site": "leads to another site",
    "meta_refresh": "sends its readers on to another page",
    "not_html": "is no HTML",
    "too_large": "is too large",
    "cut_off": "was cut off on its way",
}


@dataclass(frozen=True, slots=True)
class Try:
    """An article that was tried: what the splitter made of it, or why a crawl would not keep it."""

    url: str
    article: Article | None = None
    fault: str | None = None


def choose(lists: Sequence[Sequence[Found]], count: int) -> list[Found]:
    """So many addresses, in turn from each list, those named first or with the newest date first."""
    now = clock.now().isoformat()
    ordered = [sorted(found, key=lambda one: _said(one, now), reverse=True) for found in lists]
    chosen: dict[str, Found] = {}
    for round_ in zip_longest(*ordered):
        for one in round_:
            if one is not None and len(chosen) < count:
                chosen.setdefault(one.url, one)
    return list(chosen.values())


def _said(found: Found, now: str) -> str:
    """The day that is said, as text; none for one that lies ahead."""
    day = (found.published or found.modified or "")[:10]
    return day if day <= now else ""


def try_article(found: Found, source: Source, asking: Asking) -> Try:
    """Fetch and read one article of a source."""
    try:
        page = asking.page(found.url)
    except PageError as error:
        return Try(found.url, fault=error.found)
    most = int(LIMITS["NEWSSPIDER_MAX_DECODED"][0])
    reading = read(
        Task(
            page.url,
            found.url,
            Role.ARTICLE,
            page.body,
            page.content_type,
            None,
            page.fetched_at,
            source,
            most,
            found,
        )
    )
    if reading.outcome is Outcome.STORED:
        return Try(found.url, reading.article)
    return Try(found.url, fault=_WORDS.get(reading.reason, reading.reason))
