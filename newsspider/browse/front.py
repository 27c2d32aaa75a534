"""Everything that the front page of an archive shows, read from the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TABLES = ("articles", "sources", "crawls", "revisions", "ticker_entries")
_SOURCES = 24  # the ones with the newest articles come first
_EACH = 4  # articles of a source

Row = Mapping[str, Any]

_TOTALS = """
SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM sources) AS sources,
  (SELECT min(day) FROM articles) AS first_day
"""
_NEWEST = f"""
SELECT articles.id, articles.headline, articles.summary, articles.published, articles.day, articles.language,
  articles.source, sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM sources JOIN articles ON articles.id IN
  (SELECT id FROM articles WHERE articles.source = sources.id ORDER BY published DESC LIMIT {_EACH})
ORDER BY articles.published DESC
"""
_TICKERS = """
SELECT entries.text, entries.first_seen, entries.last_seen, entries.pages, entries.article,
  entries.source, coalesce(articles.language, sources.language) AS language,
  sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM ticker_entries entries JOIN sources ON sources.id = entries.source
LEFT JOIN articles ON articles.id = entries.article
ORDER BY entries.last_seen DESC LIMIT 8
"""
_CHANGES = """
SELECT revisions.seen_at, revisions.kind, revisions.changed, revisions.silent,
  articles.id AS article, articles.headline, articles.url,
  coalesce(articles.language, sources.language) AS language,
  sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
ORDER BY revisions.seen_at DESC LIMIT 6
"""
_CRAWLS = "SELECT * FROM crawls ORDER BY started_at DESC LIMIT 5"


@dataclass(frozen=True, slots=True)
class Front:
    """The front page: totals, the newest articles of each source, and what happened of late."""

    totals: Row
    sources: Sequence[Sequence[Row]]  # of each source its newest articles
    more_sources: int  # that have articles and are not shown
    tickers: Sequence[Row]
    changes: Sequence[Row]
    crawls: Sequence[Row]
    red: tuple[str, ...]  # why sources were red in the last crawl


async def read_front(db: Any) -> Front:
    """The front page of an archive that Datasette has open."""
    crawls = await _rows(db, _CRAWLS)
    by_source: dict[int, list[Row]] = {}
    for row in await _rows(db, _NEWEST):
        by_source.setdefault(row["source"], []).append(row)
    sources = list(by_source.values())
    return Front(
        totals=(await _rows(db, _TOTALS))[0],
        sources=sources[:_SOURCES],
        more_sources=max(0, len(sources) - _SOURCES),
        tickers=await _rows(db, _TICKERS),
        changes=[{**row, "fields": _strings(row["changed"])} for row in await _rows(db, _CHANGES)],
        crawls=crawls,
        red=_strings(crawls[0]["red"]) if crawls else (),
    )


async def _rows(db: Any, sql: str) -> list[Row]:
    return [dict(row) for row in await db.execute(sql)]


def _strings(text: str | None) -> tuple[str, ...]:
    try:
        known = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(value for value in known if isinstance(value, str)) if isinstance(known, list) else ()
