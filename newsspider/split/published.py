"""When an article was published: which of the dates that a page gives is that one.

The order of trust: the article's JSON-LD, publication metas, microdata, other JSON-LD, the address, and only
where none of them gave a day, ``time`` elements and dates in the visible text, weighed by where they stand.
The time of day comes from the first witness that has one on that day. Nothing is completed: no time where the
page has none, no zone where it prints none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from newsspider.addresses import parts_of
from newsspider.split.dates import Moment, read_stamp
from newsspider.split.headline import Headline
from newsspider.split.jsonld import text_of
from newsspider.split.machine import Given, Machine, is_article, live_address
from newsspider.split.table import Page
from newsspider.split.visible import Candidate, visible_dates

FIRST_YEAR = 1995  # nothing on the web is older

LEAST = 0.15  # weight of a visible date below which it is no evidence

# Metas of publication: Open Graph's article vocabulary, Dublin Core, Parse.ly, Sailthru, Cxense, Google News
# and common content systems.
_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
)
_NAMED_METAS = (
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date.published",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "publish_time", "published_time", "publication_date", "publication-date", "date_published",
    "originalpublicationdate", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "analyticsattributes.articledate", "article.published", "article.created",
    "rnews:datepublished", "published", "created", "apub:time", "weibo:article:create_at",
    "bytedance:published_time", "eprints.datestamp", "citation_publication_date", "citation_date", "dc.date",
    "dcterms.date",
)  # fmt: skip
_LOOSE_METAS = ("date", "revised", "displaydate")

_IN_PATH = re.compile(
    r"[/_.-]((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2]|[a-z]{3,9}|[1-9](?=[/_-]))\2(0[1-9]|[12]\d|3[01]"
    r"|[1-9](?=[/_-]))(?!\d)",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])(?!\d)")


def find_published(
    page: Page,
    machine: Machine,
    headline: Headline | None,
    *,
    fetched_at: datetime | None = None,
    feed: str | None = None,
) -> Given[str] | None:
    """ISO 8601 with the zone that the page gave, the day alone where no time was given; None where no date
    can be trusted.

    Dates after ``fetched_at`` (aware) and before 1995 are refused. ``feed``: what a feed or sitemap said;
    taken last.
    """
    return Dates(page, machine, headline, fetched_at, feed).choose()


class Dates:
    """The dates of one page, in order of trust."""

    def __init__(
        self,
        page: Page,
        machine: Machine,
        headline: Headline | None,
        fetched_at: datetime | None = None,
        feed: str | None = None,
    ) -> None:
        self.page = page
        self.machine = machine
        self.headline = headline
        self.latest = latest_moment(fetched_at)
        self.feed = feed
        self.month_first = _month_first(page, machine)
        self._visible: list[Candidate] | None = None

    def choose(self) -> Given[str] | None:
        """The first date in order of trust, with the first time on its day."""
        witnesses = list(self._told())
        if not witnesses:
            witnesses = sorted(self.visible(), key=lambda c: -c.weight)
            if not witnesses or witnesses[0].weight < LEAST:
                witnesses = list(self._read(self.feed, "feed"))
        if not witnesses:
            return None
        first = witnesses[0]
        if not _has_time(first.moment):
            first = self._with_time(first, witnesses)
        chosen = self._with_zone(first, witnesses)
        return Given(chosen.moment.iso(), chosen.source)

    # ---- what the page says outright ---------------------------------------------------------------------
    def _told(self) -> Iterator[Candidate]:
        machine = self.machine
        yield from self._read(machine.said("datePublished"), "json-ld")
        yield from self._metas(_PUBLISHED_METAS)
        for number in machine.props("datepublished")[:3]:
            if not _of_others(self.page, number):
                yield from self._read(
                    machine.prop_text(number), "meta" if self.page.nodes[number].tag == "meta" else "html"
                )
        yield from self._things(articles=False)
        yield from self._metas(_NAMED_METAS)
        yield from self._read(machine.said("dateCreated") or machine.said("uploadDate"), "json-ld")
        yield from self._things(articles=True)
        for url in (machine.url, self.page.canonical, machine.meta("og:url")):
            yield from self._from_address(url)
        yield from self._metas(_LOOSE_METAS)

    def _metas(self, names: tuple[str, ...]) -> Iterator[Candidate]:
        for name in names:
            for content in self.machine.metas.get(name, ())[:2]:
                yield from self._read(content, "meta")

    def _things(self, *, articles: bool) -> Iterator[Candidate]:
        """``datePublished`` of other JSON-LD: pages and the like, or other articles at the top (a list of
        them says nothing).
        """
        for thing in self.machine.others():
            if "datePublished" in thing.data and is_article(thing) == articles:
                yield from self._read(text_of(thing.data["datePublished"]), "json-ld")

    def _from_address(self, url: str | None) -> Iterator[Candidate]:
        if url and (moment := date_in_address(url)) and self.allowed(moment):
            yield Candidate(moment, "url")

    def _read(self, text: str | None, source: str) -> Iterator[Candidate]:
        moment = read_stamp(text, month_first=self.month_first) if text else None
        if moment and self.allowed(moment):
            yield Candidate(moment, source)

    def allowed(self, moment: Moment) -> bool:
        """Not before 1995 and not after the fetch."""
        if moment.day.year < FIRST_YEAR:
            return False
        return self.latest is None or not moment.is_after(self.latest)

    # ---- the time of day ---------------------------------------------------------------------------------
    def _with_time(self, first: Candidate, witnesses: list[Candidate]) -> Candidate:
        """The first witness with a time on the same day; the visible ones come last."""
        for candidate in [*witnesses, *sorted(self.visible(), key=lambda c: -c.weight)]:
            if candidate.moment.day == first.moment.day and _has_time(candidate.moment):
                return candidate
        return first

    def _with_zone(self, first: Candidate, witnesses: list[Candidate]) -> Candidate:
        """The same time with its zone where the first witness has none (or calls local time UTC) and another
        has the zone.
        """
        clock = first.moment.clock
        if clock is None or clock.utcoffset() or not _has_time(first.moment):
            return first
        for other in [*witnesses, *self.machine_times()]:
            theirs = other.moment.clock
            offset = theirs.utcoffset() if theirs else None
            if theirs is None or offset is None or not (offset or clock.tzinfo is None):
                continue
            same_minute = (theirs.hour, theirs.minute) == (clock.hour, clock.minute)
            if same_minute and other.moment.day == first.moment.day:
                return other
        return first

    def machine_times(self) -> Iterator[Candidate]:
        """``datetime`` attributes of time elements, in page order."""
        for number in self.page.times[:12]:
            yield from self._read(self.page.nodes[number].attributes.get("datetime"), "html")

    def visible(self) -> list[Candidate]:
        """Dates that a reader sees, weighed."""
        if self._visible is None:
            month = month_in_address(self.machine.url or "")
            dates = visible_dates(self.page, self.headline, month_first=self.month_first, month=month)
            self._visible = [c for c in dates if self.allowed(c.moment)]
        return self._visible


def date_in_address(url: str) -> Moment | None:
    """The day that an address names whole (``/2021/03/05/``, ``-20210305.html``), or None."""
    path = parts_of(live_address(url)).path if "://" in url else url
    for found in _IN_PATH.finditer(path):
        year, mark, month, day = found.groups()
        if mark or (month.isdigit() and len(month) == len(day) == 2):
            moment = read_stamp(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")
            if moment:
                return moment
    return None


def month_in_address(url: str) -> str | None:
    """Year and month that an address names (YYYY-MM), or None."""
    found = _YEAR_MONTH.search(live_address(url))
    return f"{found[1]}-{found[2]}" if found else None


def _has_time(moment: Moment) -> bool:
    """Whether a time is given that is one: midnight to the second stands for none."""
    return moment.clock is not None and (moment.clock.hour, moment.clock.minute, moment.clock.second) != (
        0,
        0,
        0,
    )


def _of_others(page: Page, number: int) -> bool:
    """Whether a node stands in a list of other stories or in comments."""
    return any(_OTHER.search(node.classes) for node in page.chain(number)[:6] if node.classes)


_OTHER = re.compile(
    r"comment|related|recommend|sidebar|widget|teaser|most-?read|popular|recent-|latest|promo|footer"
    r"|copyright"
)


def _month_first(page: Page, machine: Machine) -> bool:
    """Whether figures are written month first here: English of the United States, as far as the page says."""
    language = (page.language or machine.meta("og:locale") or "").lower().replace("_", "-")
    if language != "en":
        return language == "en-us"
    host = parts_of(machine.url or "").hostname or ""
    return host.rpartition(".")[2] in ("com", "org", "net", "edu", "gov", "us")


def latest_moment(fetched_at: datetime | None) -> datetime | None:
    """The last moment that a page fetched then can tell of; a fetch at midnight sharp stands for its whole
    day.
    """
    if fetched_at is None:
        return None
    moment = fetched_at.astimezone(UTC)
    return moment + timedelta(days=1) if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment
