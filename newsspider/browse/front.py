"""Everything that the front page of an archive shows, read from the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from newsspider.browse import charts
from newsspider.browse.edits import Changed, read_changed
from newsspider.browse.nights import Night, day_of, judged_sources, nights_of, turn
from newsspider.browse.rows import read_rows
from newsspider.store.nights import IS_CRAWL, LATEST_DAY, LATEST_TIME

TABLES = ("articles", "sources", "crawls", "crawl_sources", "revisions", "ticker_entries", "day_counts")
_SOURCES = 24  # the ones with the newest articles, or most articles of a day, come first
_EACH, _EACH_OF_DAY = 4, 12  # articles of a source,
_AT_LEAST = 24  # or more of each, where there are so few sources that these are not so many
_CHOICE = 5  # days to choose from
_DAYS = 90  # of the chart, at most,
_LEAST_DAYS = 14  # and at least
_NIGHTS = 14
_STRIPS = 40  # sources with their nights
_TICKER = 8  # entries, shared among the sources whose tickers were seen last
_DAY = timedelta(days=1)

Row = Mapping[str, Any]

_TOTALS = """
SELECT (SELECT coalesce(sum(articles), 0) FROM day_counts) AS articles, (SELECT count(*) FROM sources) AS sources,
  (SELECT date(min(started_at)) FROM crawls) AS begun
"""
_COLUMNS = """
articles.id, articles.headline, articles.summary, articles.published, articles.day, articles.language,
articles.source, sources.name AS source_name, sources.language AS source_language, sources.timezone,
(SELECT day_counts.articles FROM day_counts
  WHERE day_counts.source = sources.id AND coalesce(day_counts.day, '') = articles.day) AS of_day
"""
_NEWEST = f"""
SELECT {_COLUMNS} FROM (
  SELECT id AS number,
    (SELECT max(published) FROM articles WHERE source = sources.id AND published <= {LATEST_TIME}) AS newest FROM sources
  WHERE newest IS NOT NULL OR EXISTS (SELECT 1 FROM articles WHERE source = sources.id)
  ORDER BY newest DESC, id LIMIT {_SOURCES}
) JOIN sources ON sources.id = number JOIN articles ON articles.id IN
  (SELECT id FROM articles WHERE source = number AND coalesce(published, '') <= {LATEST_TIME}
   ORDER BY published DESC, id DESC LIMIT :each)
ORDER BY newest DESC, number, articles.published DESC, articles.id DESC
"""
_OF_DAY = f"""
SELECT {_COLUMNS} FROM (
  SELECT source AS number, articles AS many FROM day_counts WHERE day = :day ORDER BY many DESC, number LIMIT {_SOURCES}
) JOIN sources ON sources.id = number JOIN articles ON articles.id IN
  (SELECT id FROM articles WHERE source = number AND day = :day AND published BETWEEN :begins AND :ends
   ORDER BY published DESC, id DESC LIMIT :each)
ORDER BY many DESC, number, articles.published DESC, articles.id DESC
"""
_LAST_DAY = f"SELECT max(day) AS day FROM day_counts WHERE day <= {LATEST_DAY}"
_CHOICES = "SELECT DISTINCT day FROM day_counts WHERE day <= :day ORDER BY day DESC LIMIT :most"
_ON_DAY = (
    "SELECT coalesce(sum(articles), 0) AS articles, count(*) AS sources FROM day_counts WHERE day = :day"
)
_OLDER = "SELECT EXISTS (SELECT 1 FROM day_counts WHERE day < :first) AS older"
_FIRST_DAY = "SELECT min(day) AS day FROM day_counts WHERE day BETWEEN :first AND :last"
_PER_DAY = (
    "SELECT day, sum(articles) AS articles FROM day_counts WHERE day BETWEEN :first AND :last GROUP BY day"
)
_CRAWL_DAYS = f"SELECT DISTINCT date(started_at) AS day FROM crawls WHERE started_at >= :first AND {IS_CRAWL}"
_FIRST_CRAWL = f"SELECT date(started_at) AS day FROM crawls WHERE {IS_CRAWL} ORDER BY started_at LIMIT 1"
_TICKERS = f"""
SELECT entries.text, entries.first_seen, entries.last_seen, entries.pages, entries.article,
  entries.source, coalesce(articles.language, sources.language) AS language,
  sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM (
  SELECT id AS number, (SELECT max(last_seen) FROM ticker_entries WHERE source = sources.id) AS seen FROM sources
  WHERE seen IS NOT NULL ORDER BY seen DESC, id LIMIT {_TICKER}
) JOIN ticker_entries entries ON entries.id IN
  (SELECT id FROM ticker_entries WHERE source = number ORDER BY last_seen DESC, id DESC LIMIT {_TICKER})
JOIN sources ON sources.id = entries.source
LEFT JOIN articles ON articles.id = entries.article
ORDER BY seen DESC, number, entries.last_seen DESC, entries.id DESC
"""
_TICKERS_OF_DAY = f"""
SELECT entries.text, entries.first_seen, entries.last_seen, entries.pages, entries.article,
  entries.source, coalesce(articles.language, sources.language) AS language,
  sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM sources JOIN ticker_entries entries ON entries.id IN
  (SELECT id FROM ticker_entries WHERE source = sources.id AND last_seen >= :day AND first_seen < :next
   ORDER BY last_seen, id LIMIT {_TICKER})
LEFT JOIN articles ON articles.id = entries.article
ORDER BY entries.source, entries.last_seen DESC, entries.id DESC
"""
_CHANGES = """
SELECT revisions.id, revisions.seen_at, revisions.kind, revisions.changed, revisions.silent,
  articles.id AS article, articles.headline, articles.url, coalesce(articles.language, sources.language) AS language,
  sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
WHERE {} ORDER BY revisions.seen_at DESC, revisions.id DESC LIMIT 6
"""
_LAST = "SELECT * FROM crawls ORDER BY started_at DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Strip:
    """The last nights of a source; ``since``: where it is red, the day of the first of these nights."""

    row: Row
    nights: charts.Nights
    red: tuple[str, ...] = ()
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Articles per day: the first day, the chart, its sentence, and the numbers, the newest first."""

    first: str
    bars: charts.Bars
    label: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The front page: totals, the newest articles of each source, and what happened of late."""

    totals: Row
    day: str | None  # that was asked for
    newest: str | None  # the last day that has articles
    choices: tuple[str, ...]  # days to choose from
    of_day: Row | None  # how many articles, and sources with such, the day asked for has
    sources: Sequence[Sequence[Row]]  # of each source its newest articles
    more_sources: int  # that have articles and are not shown
    tickers: Sequence[Row]
    silent: bool  # whether all the changes are silent edits
    changes: Sequence[Changed]
    last: Row | None  # the last crawl
    strips: Sequence[Strip]  # red first
    more_strips: int
    days: Days | None

    @property
    def red(self) -> list[Strip]:
        """The sources that are red."""
        return [strip for strip in self.strips if strip.since]


async def read_front(db: Any, day: str | None = None) -> Front:
    """The front page of an archive that Datasette has open; ``day`` (YYYY-MM-DD): its articles instead of the newest."""
    totals = (await read_rows(db, _TOTALS))[0]
    known = _date(day)
    day = known.isoformat() if known else None  # however the address writes it
    newest = (await read_rows(db, _LAST_DAY))[0]["day"]
    of_day = (await read_rows(db, _ON_DAY, {"day": day}))[0] if known else None
    sources = of_day["sources"] if of_day else totals["sources"]
    each = max(_EACH_OF_DAY if known else _EACH, _AT_LEAST // max(1, sources))
    by_source: dict[int, list[Row]] = {}
    for row in await read_rows(
        db, _OF_DAY if known else _NEWEST, {**(_span(known) if known else {}), "each": each}
    ):
        by_source.setdefault(row["source"], []).append(row)
    span = _span(known) if known else None
    silent, changes = await _changes(db, span)
    strips, more_strips = await _strips(db)
    choices = await read_rows(db, _CHOICES, {"day": newest, "most": _CHOICE})
    return Front(
        totals=totals,
        day=day,
        newest=newest,
        choices=tuple(row["day"] for row in choices),
        of_day=of_day,
        sources=list(by_source.values()),
        more_sources=max(0, sources - _SOURCES),
        tickers=_shared(await read_rows(db, _TICKERS_OF_DAY if span else _TICKERS, span or {})),
        silent=silent,
        changes=changes,
        last=next(iter(await read_rows(db, _LAST)), None),
        strips=strips,
        more_strips=more_strips,
        days=await _days(db, newest) if newest else None,
    )


def _shared(entries: Sequence[Row]) -> list[Row]:
    """Some entries of each source, so that one paper's ticker does not fill the place of all."""
    by_source = [list(rows) for _, rows in groupby(entries, lambda row: row["source"])]
    each = -(-_TICKER // max(1, len(by_source)))
    return [row for rows in by_source for row in rows[:each]][:_TICKER]


def _date(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day and len(day) == len("YYYY-MM-DD") else None
    except ValueError:
        return None


def _span(day: date) -> dict[str, str]:
    """A day, the next one, and from when to when it is that day somewhere."""
    try:
        before, after = day - _DAY, day + _DAY
    except OverflowError:
        before = after = day
    return {
        "day": str(day),
        "next": str(after),
        "begins": f"{before}T00:00:00Z",
        "ends": f"{after}T23:59:59Z",
    }


# ---- articles per day --------------------------------------------------------------------------------------
async def _days(db: Any, newest: str) -> Days | None:
    """The last days up to the newest, at most from where the archive begins. A day without articles is a gap where no crawl
    ran though crawls had begun.
    """
    last = _date(newest)
    if last is None or last < date(1, 1, 1) + _DAYS * _DAY:
        return None
    values = {"first": str(last - (_DAYS - 1) * _DAY), "last": newest}
    older = (await read_rows(db, _OLDER, values))[0]["older"]
    first = values["first"] if older else (await read_rows(db, _FIRST_DAY, values))[0]["day"]
    days = max(_LEAST_DAYS, (last - date.fromisoformat(first)).days + 1)
    span = [last - number * _DAY for number in reversed(range(days))]
    counts = {row["day"]: row["articles"] for row in await read_rows(db, _PER_DAY, values)}
    crawled = {row["day"] for row in await read_rows(db, _CRAWL_DAYS, values)}
    begun = next((row["day"] for row in await read_rows(db, _FIRST_CRAWL)), "9999")

    def count(day: date) -> int | None:
        is_known = str(day) in counts or str(day) in crawled or str(day) < begun
        return counts.get(str(day), 0) if is_known else None

    known = [(day, count(day)) for day in span]
    shown = [(f"{day:%a} {day.day} {day:%b %Y}", number) for day, number in known]
    values_of = [
        charts.Value(number, _said(text, number), f"{day.day} {day:%b}" if (last - day).days % 10 == 0 else "",
                     day.weekday() > 4)
        for (day, number), (text, _) in zip(known, shown, strict=True)
    ]  # fmt: skip
    most = max(shown, key=lambda one: one[1] or 0)
    label = f"Articles per day from {shown[0][0]} to {shown[-1][0]}; most on {_said(*most)}"
    gaps = [text for text, number in shown if number is None]
    label += f"; no crawl on {', '.join(gaps)}" if gaps else ""
    numbers = tuple(
        (text, "no crawl" if number is None else f"{number:,}") for text, number in reversed(shown)
    )
    return Days(str(span[0]), charts.bars(values_of), label, numbers)


def _said(day: str, number: int | None) -> str:
    if number is None:
        return f"{day}: no crawl"
    return f"{day}: {number:,} article{'' if number == 1 else 's'}"


# ---- changes -----------------------------------------------------------------------------------------------
async def _changes(db: Any, span: Mapping[str, str] | None) -> tuple[bool, list[Changed]]:
    """The last silent edits; where there is none, the last changes of any kind; of a day all kinds."""
    if span:
        rows = await read_rows(db, _CHANGES.format("seen_at >= :day AND seen_at < :next"), span)
        return False, [await read_changed(db, row) for row in rows]
    rows = await read_rows(db, _CHANGES.format("silent = 1"))
    silent = bool(rows)
    return silent, [await read_changed(db, row) for row in rows or await read_rows(db, _CHANGES.format("1"))]


# ---- nights ------------------------------------------------------------------------------------------------
async def _strips(db: Any) -> tuple[list[Strip], int]:
    """The last nights of the sources, by the days of their zones, and how many more sources there are; red ones first."""
    known = [row for row in await judged_sources(db) if row["state"] != "none"]
    last = next(
        iter(await read_rows(db, f"SELECT started_at FROM crawls WHERE {IS_CRAWL} ORDER BY id DESC LIMIT 1")),
        None,
    )
    if last is None:
        return [], 0
    known.sort(key=lambda row: (row["state"] != "red", row["name"].casefold()))
    shown = known[:_STRIPS]
    nights = await nights_of(db, shown, datetime.fromisoformat(last["started_at"]).date(), _NIGHTS)
    return [await _strip(db, row, nights[row["id"]]) for row in shown], len(known) - len(shown)


async def _strip(db: Any, row: Row, nights: Sequence[Night]) -> Strip:
    strip = charts.nights([charts.Night(one.state, day_of(one.day), one.title) for one in nights])
    if row["state"] != "red":
        return Strip(row, strip)
    first, _ = await turn(db, row)
    return Strip(row, strip, row["red"], str(first.day))
