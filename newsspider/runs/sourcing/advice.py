"""What a look at a site shows to be wrong or missing, in words, and what to do about it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from newsspider import clock
from newsspider.addresses import canonical, same_site
from newsspider.records import Article, Role
from newsspider.runs.sourcing.look import Look, Way
from newsspider.runs.sourcing.shapes import part_of
from newsspider.runs.sourcing.tries import Try
from newsspider.source import Source

_OLD = timedelta(days=30)  # a list without anything newer is hardly alive
_MANY = timedelta(hours=1)  # a first crawl that takes longer is worth a word

# What is shown of the articles that were tried, and whether one has it.
FIELDS: dict[str, Callable[[Article], object]] = {
    "headline": lambda article: article.headline,
    "published": lambda article: article.published,
    "authors": lambda article: article.authors,
    "dateline": lambda article: article.dateline,
    "body": lambda article: article.body,
    "ticker": lambda article: article.ticker,
    "related": lambda article: article.related,
}
_ALWAYS = ("headline", "published", "body")  # what every article has; the others not every site gives
_SHORT = 0.15  # of the usual length, below which a body is told
KINDS = {Role.FEED: "feed", Role.SITEMAP: "sitemap", Role.SECTION: "section"}


@dataclass(frozen=True, slots=True)
class Remark:
    """What was seen, and what to do (may be nothing). ``wrong``: it does not work; else it is worth knowing."""

    wrong: bool
    what: str
    cure: str = ""

    def __str__(self) -> str:
        text = f"{self.what}. {self.cure}" if self.cure else self.what
        return text if "://" in text.rpartition(" ")[2] else f"{text}."  # an address is to be copied


def remarks(look: Look) -> list[Remark]:
    """All remarks on a site, what does not work first."""
    found = [*_of_home(look), *_of_ways(look), *_of_tries(look), *_of_fields(look)]
    return sorted(found, key=lambda remark: not remark.wrong)


# ---- the home page and the ways ----------------------------------------------------------------------------
def _of_home(look: Look) -> Iterator[Remark]:
    home = look.home
    if home.fault:
        yield Remark(True, f"The home page {home.fault}", "Look at it in a browser")
    elif not same_site(home.url, look.asked) and home.url == look.source.home:
        what = f"{look.asked} leads to another site, of which the file is now: {home.url}"
        yield Remark(False, what, "It is not meant where that is a consent page")
    elif not same_site(home.url, look.source.home):
        yield Remark(True, f"The home page leads to another site: {home.url}", "Set home to that address")
    elif canonical(home.url) != canonical(look.source.home):
        yield Remark(False, f"The home page leads to {home.url}", "Set home to that address")
    elif not home.found:
        yield Remark(
            False,
            "The home page has no links to articles or sections",
            "Scripts may fill it: look without them",
        )
    if (look.robots.delay or 0.0) > look.source.fetch.delay:
        yield Remark(
            False,
            f"robots.txt asks for {look.robots.delay:g} seconds between requests, which a crawl keeps to",
        )
    for role, count in look.more:
        yield Remark(
            False, f"{_count(count, KINDS[role])} more: named, and not looked at now; a crawl reads them, too"
        )


def _of_ways(look: Look) -> Iterator[Remark]:
    for way in look.ways:
        is_home = way.role is Role.SECTION and way.url == look.home.url
        if way.fault and not is_home and not (way.named and look.source.discover.articles):
            yield _of_fault(way, look.source)
        elif _is_old(way):
            yield Remark(
                False, f"The newest article of {way.url} is of {way.newest:%Y-%m-%d}", "It may not be kept up"
            )
    yield from _of_pattern(look)
    if not look.useful:
        yield Remark(True, "Nothing that was looked at names an article")
    elif not any(way.role is not Role.SECTION for way in look.useful):
        yield Remark(
            False, "No feed and no sitemap: new articles are found by the links of home page and sections"
        )
    if part := part_of(look):
        cure = f"To keep to that part of the site: articles = {part!r} in {look.source.id}.toml"
        yield Remark(False, f"Feeds and sitemaps name articles that are not under {look.home.url}", cure)
    yield from _of_first_crawl(look)


def _of_fault(way: Way, source: Source) -> Remark:
    given = way.origin == "file"
    cure = f"Take it out of {source.id}.toml, or put the right address in" if given else ""
    return Remark(given, f"The {KINDS[way.role]} {way.url} {way.fault}", cure)


def _is_old(way: Way) -> bool:
    dated = way.role is Role.FEED or way.is_news
    return bool(dated and way.newest and way.newest < clock.now() - _OLD)


def _of_pattern(look: Look) -> Iterator[Remark]:
    """Where the file's own pattern leaves out what feeds and sitemaps name."""
    pattern = look.source.discover.articles
    if pattern is None:
        return
    for way in look.ways:
        pages = [found.url for found in way.named if found.role is Role.ARTICLE]
        if pages and not any(re.search(pattern, url) for url in pages):
            yield Remark(
                way.role is not Role.SITEMAP,  # one that lists other pages is no fault
                f"The pattern articles = {pattern!r} fits none of the {len(pages)} addresses that {way.url} names",
                f"One of them: {pages[0]}",
            )


def _of_first_crawl(look: Look) -> Iterator[Remark]:
    pages = len({found.url for way in look.ways for found in way.articles})
    opened = {way.url for way in look.ways}
    closed = sum(f.role is Role.SITEMAP and f.url not in opened for way in look.ways for f in way.named)
    seconds = max(look.source.fetch.delay, look.robots.delay or 0.0) / look.source.fetch.concurrency
    takes = timedelta(seconds=pages * seconds)
    more = f", and {_count(closed, 'sitemap')} more were not opened" if closed else ""
    if takes > _MANY or more:
        yield Remark(
            False,
            f"{pages:,} addresses are named by what was looked at{more}: at {seconds:g} seconds each the first crawl takes"
            f" {'at least ' if more else ''}{_hours(takes)}",
        )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _hours(takes: timedelta) -> str:
    hours = takes / timedelta(hours=1)
    if hours < 1:
        return _count(math.ceil(hours * 60), "minute")
    return f"{hours:,.1f} hours" if hours < 48 else f"{hours / 24:,.0f} days"


# ---- the articles ------------------------------------------------------------------------------------------
def _of_tries(look: Look) -> Iterator[Remark]:
    failed = [one for one in look.tries if one.fault]
    if failed and len(failed) == len(look.tries):
        yield Remark(
            True, f"None of the {len(failed)} articles that were tried could be read", _first(failed)
        )
    elif failed:
        yield Remark(
            False,
            f"{len(failed)} of the {len(look.tries)} pages that were tried {_are(failed)}",
            _first(failed),
        )
    for one in look.tries:
        if one.article and one.article.flags:
            yield Remark(False, f"{one.url} is {' and '.join(one.article.flags)}")


def _are(failed: Sequence[Try]) -> str:
    return "is none to keep" if len(failed) == 1 else "are none to keep"


def _first(failed: Sequence[Try]) -> str:
    return f"{failed[0].url} {failed[0].fault}"


def _of_fields(look: Look) -> Iterator[Remark]:
    read = [one for one in look.tries if one.article]
    without = {
        field: [one.url for one in read if one.article and not FIELDS[field](one.article)] for field in FIELDS
    }
    for field in _ALWAYS:
        if urls := without[field]:
            yield Remark(False, f"{field.capitalize()}: missing on {len(urls)} of {len(read)}", _why(urls[0]))
    never = [field for field in FIELDS if field not in _ALWAYS and len(without[field]) == len(read)]
    if never and read:
        what = f"{', '.join(never).capitalize()}: on none of {len(read)}. It may be that the site has none"
        yield Remark(False, what, _why(read[0].url))
    yield from _of_short(read)
    yield from _of_zone(look, [one.article for one in read if one.article])
    yield from _of_selectors(look, read)


def _why(url: str) -> str:
    return f"If the pages have it: newsspider split --explain {url}"


def _of_short(read: Sequence[Try]) -> Iterator[Remark]:
    """Bodies that are far shorter than the others: what is behind a paywall or a script, or a page of pictures."""
    lengths = {one.url: sum(map(len, one.article.body)) for one in read if one.article and one.article.body}
    usual = median(lengths.values()) if lengths else 0
    short = [url for url, length in lengths.items() if length < _SHORT * usual]
    if short:
        what = (
            f"Body: {len(short)} of {len(read)} far shorter than the others ({lengths[short[0]]} characters)"
        )
        yield Remark(False, what, _why(short[0]))


def _of_zone(look: Look, articles: Sequence[Article]) -> Iterator[Remark]:
    times = [article.published for article in articles if article.published and "T" in article.published]
    bare = sum(not re.search(r"(?:Z|[+-]\d\d:\d\d)$", time) for time in times)
    if bare and not look.source.timezone:
        yield Remark(
            False,
            f"Published: {bare} of {len(times)} times have no zone, and are read as UTC",
            f"Set timezone in {look.source.id}.toml",
        )


def _of_selectors(look: Look, read: Sequence[Try]) -> Iterator[Remark]:
    """Selectors of the file that find nothing, and fields that its ``[expect]`` wants."""
    layout = look.source.layout_at(clock.now().date())
    for field, selector in (layout.selectors if layout else {}).items():
        hits = sum(one.article is not None and one.article.provenance.get(field) == "layout" for one in read)
        if read and not hits:
            yield Remark(
                True,
                f"The layout's selector for {field}, {selector!r}, finds nothing on {len(read)} articles",
                f"See newsspider split --explain {read[0].url}",
            )
    for field, least in look.source.expect.shares.items():
        has = sum(one.article is not None and bool(getattr(one.article, field)) for one in read)
        if read and has < least * len(read):
            yield Remark(
                False, f"[expect] wants {field} on {least:.0%} of the articles; {has} of {len(read)} have it"
            )
