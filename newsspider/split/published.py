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
from functools import lru_cache

from newsspider.addresses import parts_of
from newsspider.split.classwords import ClassWords
from newsspider.split.dates import Moment, find_dates, read_stamp, tidy
from newsspider.split.headline import Headline
from newsspider.split.jsonld import Thing, text_of
from newsspider.split.machine import Given, Machine, is_article, live_address
from newsspider.split.table import Page
from newsspider.split.visible import Candidate, visible_dates
from newsspider.split.witnesses import SEPARATOR

FIRST_YEAR = 1995  # nothing on the web is older

_CLEAR = 2.0  # weight of a visible date that can put the address right by a day
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
    "dc.date.issued", "dcterms.issued", "dc.date.published", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publish_time", "published_time", "publication_date",
    "publication-date", "date_published", "originalpublicationdate", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "analyticsattributes.articledate", "article.published", "rnews:datepublished",
    "published", "apub:time", "weibo:article:create_at", "bytedance:published_time", "eprints.datestamp",
    "citation_publication_date", "citation_date", "dc.date", "dcterms.date",
)  # fmt: skip
_CREATED_METAS = ("dcterms.created", "dc.date.created", "article.created", "created")
_LOOSE_METAS = ("date", "displaydate")
# The names that publishers make up themselves, letters alone, without what stands before a colon or full stop.
_OWN_META = re.compile(
    r"[a-z]*?(?:first|original|initial)?(?:publish(?:ed)?|publication|pub)(?:date|time|datetime|at|on)(?:original|utc|iso)?"
    r"|(?:article|firstor|original|cb|cse|page)?(?:publish(?:ed)?|firstpublished|pubdate)"
    r"|date(?:published|publish|publication|pub|posted|issued|submitted|available|original)"
    r"|(?:article|news|post|posted|story|release|issue|issued|content|page|display)(?:date|time|datetime)(?:original)?|issued|ptime"
)
_OWN_CREATED = re.compile(
    r"(?:article|content|page|news)?(?:date)?(?:create|created|creation)(?:date|time|datetime|at|on)?"
)
_META_WORDS = ("date", "time", "pub", "create", "issued")  # one of them is in every name of that kind
_NO_OWN_META = re.compile(r"video|music|modif|updat|expir|unpub|comment|copyright|build|site|event")
_PARSELY = re.compile(r'"pub_date"\s*:\s*"([^"]{8,40})"')

# Types of schema.org whose date is not that of a story.
_STANDING = (
    "WebSite",
    "Person",
    "ImageObject",
    "VideoObject",
    "AudioObject",
    "Organization",
    "Corporation",
    "Event",
)

_KNOWN_METAS = frozenset((*_PUBLISHED_METAS, *_NAMED_METAS, *_CREATED_METAS, *_LOOSE_METAS))

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
                witnesses = list(self.read(self.feed, "feed"))
        if not witnesses:
            return None
        first = self._before_address(witnesses)
        if not _has_time(first.moment):
            first = self._with_time(first, witnesses)
        chosen = self._with_zone(first, witnesses)
        return Given(chosen.moment.iso(), chosen.source)

    def _before_address(self, witnesses: list[Candidate]) -> Candidate:
        """The first witness; where that is the address, a moment that the page tells within a day of it: sites name
        their folders by another clock.
        """
        first = witnesses[0]
        if first.source != "url":
            return first
        printed = sorted(self.visible(), key=lambda c: -c.weight)[:1]
        for other in [*witnesses, *(c for c in printed if c.weight > _CLEAR)]:
            if _has_time(other.moment) and abs((other.moment.day - first.moment.day).days) <= 1:
                return other
        return first

    # ---- what the page says outright ---------------------------------------------------------------------
    def _told(self) -> Iterator[Candidate]:
        machine = self.machine
        yield from self.read(machine.said("datePublished"), "json-ld")
        yield from self._metas(_PUBLISHED_METAS)
        for number in machine.props("datepublished")[:3]:
            if not _of_others(self.page, number):
                yield from self.read(
                    machine.prop_text(number), "meta" if self.page.nodes[number].tag == "meta" else "html"
                )
        yield from self._things(articles=False)
        yield from self._metas(_NAMED_METAS)
        yield from self._own_metas("published")
        for content in self.machine.metas.get("parsely-page", ())[:1]:
            if found := _PARSELY.search(content):
                yield from self.read(found[1], "meta")
        yield from self.read(machine.said("dateCreated") or machine.said("uploadDate"), "json-ld")
        yield from self._things(articles=True)
        yield from self._metas(_CREATED_METAS)
        yield from self._own_metas("created")
        for url in (machine.url, self.page.canonical, machine.meta("og:url")):
            yield from self._from_address(url)
        yield from self._metas(_LOOSE_METAS)
        yield from self._from_titles()

    def _from_titles(self) -> Iterator[Candidate]:
        """The day that ends a title as a segment of its own, behind the headline and the site ("| Daily | 28.04.2023")."""
        for title, source in ((self.page.title, "html"), (self.machine.meta("og:title"), "meta")):
            *others, last = SEPARATOR.split(title or "")
            found = list(find_dates(last, month_first=self.month_first)) if others else []
            if len(found) == 1 and (found[0].start, found[0].end) == (0, len(tidy(last).rstrip(". "))):
                yield from self.read(last, source)

    def _metas(self, names: tuple[str, ...]) -> Iterator[Candidate]:
        for name in names:
            for content in self.machine.metas.get(name, ())[:2]:
                yield from self.read(content, "meta")

    def _own_metas(self, kind: str) -> Iterator[Candidate]:
        """Metas whose name is not among the known ones and says what it is all the same."""
        yield from self._metas(tuple(name for name in self.machine.metas if _own_meta(name) == kind))

    def _things(self, *, articles: bool) -> Iterator[Candidate]:
        """``datePublished`` of other JSON-LD: pages and the like, or other articles at the top (a list of
        them says nothing).
        """
        for thing in self.machine.others():
            if "datePublished" in thing.data and is_article(thing) == articles and not _is_standing(thing):
                yield from self.read(text_of(thing.data["datePublished"]), "json-ld")

    def _from_address(self, url: str | None) -> Iterator[Candidate]:
        if url and (moment := date_in_address(url)) and self.allowed(moment):
            yield Candidate(moment, "url")

    def read(self, text: str | None, source: str) -> Iterator[Candidate]:
        """The date in a value for machines or in words, if it is allowed; none or one."""
        moment = read_stamp(text, month_first=self.month_first) if text else None
        if moment and text and not self.allowed(moment):  # 5/3/2024 lies ahead: it was the other way round
            moment = read_stamp(text, month_first=not self.month_first)
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
        for other in self._zoned(witnesses):
            theirs = other.moment.clock
            offset = theirs.utcoffset() if theirs else None
            if theirs is None or offset is None or not (offset or clock.tzinfo is None):
                continue
            same_minute = (theirs.hour, theirs.minute) == (clock.hour, clock.minute)
            if same_minute and other.moment.day == first.moment.day:
                return other
        return first

    def _zoned(self, witnesses: list[Candidate]) -> Iterator[Candidate]:
        """What can know the zone of a time: the other witnesses, the last change, time elements, the lines beside the
        headline.
        """
        yield from witnesses
        yield from self.read(self.machine.said("dateModified"), "json-ld")
        yield from self._metas(("article:modified_time", "og:updated_time"))
        yield from self.machine_times()
        yield from visible_dates(self.page, self.headline, month_first=self.month_first, near=True)

    def machine_times(self) -> Iterator[Candidate]:
        """``datetime`` attributes of time elements, in page order."""
        for number in self.page.times[:12]:
            yield from self.read(self.page.nodes[number].attributes.get("datetime"), "html")

    def visible(self) -> list[Candidate]:
        """Dates that a reader sees, weighed."""
        if self._visible is None:
            self._visible = []
            month = month_in_address(self.machine.url or "")
            for month_first in (self.month_first, not self.month_first):
                dates = list(visible_dates(self.page, self.headline, month_first=month_first, month=month))
                self._visible = [c for c in dates if self.allowed(c.moment)]
                if self._visible or not dates:
                    break  # else all lie ahead: perhaps read the wrong way round
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


@lru_cache(maxsize=4096)
def _own_meta(name: str) -> str | None:
    """What a meta that is not among the known ones calls its content: "published", "created" or neither. Compared are
    the letters behind the last colon or full stop; of "article:published:time" those of two parts.
    """
    if name in _KNOWN_METAS or not any(word in name for word in _META_WORDS) or _NO_OWN_META.search(name):
        return None
    parts = re.split(r"[:.]", name)
    last = parts[-1] if parts[-1] not in ("time", "date", "at") else "".join(parts[-2:])
    letters = re.sub(r"[^a-z]", "", last)
    if _OWN_META.fullmatch(letters):
        return "published"
    return "created" if _OWN_CREATED.fullmatch(letters) else None


def _is_standing(thing: Thing) -> bool:
    return any(kind.endswith(_STANDING) for kind in thing.types) and "headline" not in thing.data


def _of_others(page: Page, number: int) -> bool:
    """Whether a node stands in a list of other stories or in comments."""
    return any(_OTHER.search(node.classes) for node in page.chain(number, 6) if node.classes)


_OTHER = ClassWords(
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
