"""Everything that the pages of the sources show: their nights, what those brought home, and why a source is red.

All of it is of a few weeks: what crawls did at each source is kept as a row, articles are only asked for by the crawl that
read them.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import dropwhile
from pathlib import Path
from typing import Any

from newsspider import clock
from newsspider.browse import charts
from newsspider.browse.nights import Night, Turning, averages, day_of, judged_sources, nights_of, turn
from newsspider.browse.rows import read_rows
from newsspider.browse.text import LOOK_AT, bare
from newsspider.store.nights import IS_CRAWL

TABLES = ("sources", "crawls", "crawl_sources", "notices", "articles", "captures", "pages", "day_counts")
NIGHTS = 30  # on the page of all sources
MORE_NIGHTS = 90  # on that of one
_WEEK = 7  # nights whose shares are shown, against those before
SOURCES = 24  # on a page
_FIELDS = {  # what is shown of the shares, and how it is called
    "headline": "headline",
    "dateline": "dateline",
    "authors": "byline",
    "published": "date",
    "body": "body",
    "ticker": "ticker",
    "related": "related",
}
_FIELD = re.compile(r"(?:.*?: )?(\w+) on \d+% of ")  # in a sentence of a red source

Row = Mapping[str, Any]

_ARTICLES = """
SELECT source, sum(articles) AS articles FROM day_counts WHERE source IN (SELECT value FROM json_each(?)) GROUP BY source
"""
_LAST = f"SELECT * FROM crawls WHERE {IS_CRAWL} ORDER BY id DESC LIMIT 1"
_OF_CRAWL = """
SELECT articles.id, articles.headline, articles.url, captures.fetched_at
FROM captures JOIN articles ON articles.capture = captures.id
WHERE captures.crawl = :crawl AND +articles.source = :source ORDER BY captures.id DESC LIMIT 1
"""
_AT = "SELECT id, headline, url, NULL AS fetched_at FROM articles WHERE url = ?"
_LOST = """
SELECT url FROM pages WHERE source = :source AND leased = :crawl AND state IN ('blocked', 'failed')
ORDER BY role = 'article' DESC, id DESC LIMIT 1
"""
_NOTICES = "SELECT * FROM notices WHERE source = ? ORDER BY id DESC LIMIT 12"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the articles' pages: the share that has it, and what that was where it is named as wrong."""

    name: str
    share: float | None
    was: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page to look at, in the archive where it is an article there."""

    url: str
    article: int | None
    headline: str | None
    at: str | None


@dataclass(frozen=True, slots=True)
class Red:
    """Why a source is red, since which night, and what to look at. ``rebuilt``: a field is what went, so that the pages may
    be built otherwise; ``check``: the command that says more.
    """

    reasons: tuple[str, ...]
    since: date
    nights: int
    good: Page | None
    bad: Page | None
    rebuilt: bool
    check: str


@dataclass(frozen=True, slots=True)
class Health:
    """A source (its row, with the ``state``: red, quiet, good, or none where no crawl was judged) and its nights, the oldest
    first.
    """

    row: Row
    nights: tuple[Night, ...]
    shares: tuple[Share, ...]
    red: Red | None

    @property
    def state(self) -> str:
        """How it was when it was crawled last."""
        value: str = self.row["state"]
        return value

    @property
    def strip(self) -> charts.Nights:
        """Its nights to be drawn."""
        return charts.nights([charts.Night(one.state, day_of(one.day), one.title) for one in self.nights])

    @property
    def yields(self) -> charts.Spark:
        """New articles a night, to be drawn."""
        return charts.spark([one.new for one in self.nights])

    @property
    def most(self) -> int:
        """The most new articles of a night."""
        return max((one.new or 0 for one in self.nights), default=0)

    @property
    def last(self) -> Night | None:
        """The last night with a crawl that was judged."""
        return next((one for one in reversed(self.nights) if one.state != "none"), None)

    @property
    def newest(self) -> str | None:
        """Publication of its newest article when it was crawled last."""
        value: str | None = self.row["newest"]
        return value

    @property
    def sentence(self) -> str:
        """What is worth a word, where it is not red."""
        still = 0
        for one in reversed([one for one in self.nights if one.state != "none"]):
            if one.state != "quiet":
                break
            still += 1
        if self.state == "quiet" and still:
            return f"Nothing new for {_nights(still)}, as on other such days."
        red = [one for one in self.nights if one.state == "red"]
        if self.state == "good" and red:
            return f"{day_of(red[-1].day)}: red, {bare(red[-1].red[0]) if red[-1].red else ''}. Well again since."
        return ""


@dataclass(frozen=True, slots=True)
class Sources:
    """Sources, red first, then quiet, then the rest: those of a page, and how many are ``before`` and ``behind`` them;
    ``last``: the last crawl.
    """

    sources: tuple[Health, ...]
    page: int
    before: int
    behind: int
    counts: Mapping[
        str, int
    ]  # by state; none: without a crawl, unjudged: with one that did not come to its end
    last: Row | None
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Detail:
    """One source: new articles a night as bars, each part's share over time, its notices."""

    health: Health
    bars: charts.Bars
    lines: tuple[tuple[Share, charts.Spark], ...]
    notices: Sequence[Row]

    @property
    def numbers(self) -> tuple[tuple[str, ...], ...]:
        """Those shares in figures, in the order of the lines: a row a night with a crawl, which comes first, the newest first."""
        return tuple(
            (str(night.day), *(_figure(night.fields.get(name)) for name in _FIELDS))
            for night in reversed(self.health.nights)
            if night.crawl
        )


async def read_sources(db: Any, page: int = 1) -> Sources:
    """A page of the sources of an archive that Datasette has open; the last one where there are not so many."""
    rows = sorted(await judged_sources(db), key=lambda row: (_RANK[row["state"]], row["name"].casefold()))
    last = next(iter(await read_rows(db, _LAST)), None)
    today = _today(last)
    page = min(page, max(1, -(-len(rows) // SOURCES)))
    before = (page - 1) * SOURCES
    shown = rows[before : before + SOURCES]
    nights = await nights_of(db, shown, today, NIGHTS)
    await _count(db, shown)
    found = tuple([await _health(db, row, nights[row["id"]]) for row in shown])
    counts = {state: sum(row["state"] == state for row in rows) for state in _RANK}
    counts["unjudged"] = sum(row["state"] == "none" and row["begun"] for row in rows)
    counts["none"] -= counts["unjudged"]
    behind = len(rows) - before - len(shown)
    return Sources(found, page, before, behind, counts, last, today - timedelta(days=NIGHTS - 1), today)


async def read_source(db: Any, source: str) -> Detail | None:
    """The source of that ID; None where there is none."""
    row = next((row for row in await judged_sources(db) if row["source"] == source), None)
    if row is None:
        return None
    last = next(iter(await read_rows(db, _LAST)), None)
    nights = (await nights_of(db, [row], _today(last), MORE_NIGHTS))[row["id"]]
    await _count(db, [row])
    health = await _health(db, row, nights)
    return Detail(health, _bars(health.nights), _lines(health), await read_rows(db, _NOTICES, (row["id"],)))


def _figure(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


_RANK = {"red": 0, "quiet": 1, "good": 2, "none": 3}


def _today(last: Row | None) -> date:
    """The last day shown: that of the last crawl, or yesterday where that was without one; what is long past stays."""
    now = clock.now()
    crawled = datetime.fromisoformat(last["started_at"]) if last else now
    return max(crawled, now - timedelta(days=1) if now - crawled < timedelta(days=NIGHTS) else crawled).date()


def _nights(count: int) -> str:
    return f"{count} night{'' if count == 1 else 's'}"


# ---- one source ------------------------------------------------------------------------------------------------------
async def _count(db: Any, rows: Sequence[dict[str, Any]]) -> None:
    """How many articles each has."""
    numbers = json.dumps([row["id"] for row in rows])
    counted = {row["source"]: row["articles"] for row in await read_rows(db, _ARTICLES, (numbers,))}
    for row in rows:
        row["articles"] = counted.get(row["id"], 0)


async def _health(db: Any, row: Row, every: tuple[Night, ...]) -> Health:
    """Before its first crawl a source has no nights."""
    nights = tuple(dropwhile(lambda one: one.crawl is None, every))
    last = next((one for one in reversed(nights) if one.state != "none"), None)
    red = await _red(db, row, nights, last) if row["state"] == "red" and last else None
    return Health(row, nights, _shares(nights, red), red)


def _shares(nights: Sequence[Night], red: Red | None) -> tuple[Share, ...]:
    """The shares of the last week; of fields that a reason names those since it is red, against those of before."""
    wrong = {found[1] for reason in (red.reasons if red else ()) if (found := _FIELD.match(reason))}
    week = averages((one.fields, one.articles) for one in nights[-_WEEK:])
    since = red.since if red else None
    now = averages((one.fields, one.articles) for one in nights if since and one.day >= since)
    before = averages(
        (one.fields, one.articles) for one in nights if since and one.day < since and one.state != "red"
    )
    return tuple(
        Share(label, now.get(name, 0.0), before.get(name)) if name in wrong else Share(label, week.get(name))
        for name, label in _FIELDS.items()
    )


async def _red(db: Any, row: Row, nights: Sequence[Night], last: Night) -> Red:
    """Since when a source is red, with the last good page before and the first bad one."""
    first, before = await turn(db, row)
    shown = [one for one in nights if one.state == "red" and one.day >= first.day]
    count = len(shown) if first.day >= nights[0].day else (last.day - first.day).days + 1
    good = await _article(db, row["id"], before.crawl) if before else None
    fields = any(_FIELD.match(reason) for reason in last.red)
    check = _check(db, row["source"], live=not fields)
    return Red(tuple(last.red), first.day, count, good, await _bad(db, row["id"], first), fields, check)


def _check(db: Any, source: str, *, live: bool) -> str:
    """The command that checks a source, with the archive's folder where that is not the default one."""
    folder = Path(db.path or "data/archive.db").resolve().parent
    where = [] if folder == Path("data").resolve() else ["--data", str(folder)]
    return shlex.join(["newsspider", "sources", "check", source, *(["--live"] if live else []), *where])


async def _article(db: Any, source: int, crawl: int | None) -> Page | None:
    """The last article that a crawl read."""
    found = await read_rows(db, _OF_CRAWL, {"source": source, "crawl": crawl})
    return _page(found[0]) if found else None


async def _bad(db: Any, source: int, night: Turning) -> Page | None:
    """The page that the first red night names, else one that was not to be had then."""
    named = LOOK_AT.search(" ".join(night.red))
    url = named[1] if named else None
    if url is None:
        lost = await read_rows(db, _LOST, {"source": source, "crawl": night.crawl})
        url = lost[0]["url"] if lost else None
    if url is None:
        return None
    found = await read_rows(db, _AT, (url,))
    return _page(found[0]) if found else Page(url, None, None, None)


def _page(row: Row) -> Page:
    return Page(row["url"], row["id"], row["headline"], row["fetched_at"])


def _bars(nights: Sequence[Night]) -> charts.Bars:
    return charts.bars(
        [
            charts.Value(
                one.new,
                one.title,
                day_of(one.day) if number % 7 == len(nights) % 7 else "",
                one.day.weekday() >= 5,
            )
            for number, one in enumerate(nights)
        ]
    )


def _lines(health: Health) -> tuple[tuple[Share, charts.Spark], ...]:
    names = {label: name for name, label in _FIELDS.items()}
    nights = [one.fields for one in health.nights]
    return tuple(
        (
            share,
            charts.spark([fields.get(names[share.name]) for fields in nights], most=1.0),
        )
        for share in health.shares
    )
