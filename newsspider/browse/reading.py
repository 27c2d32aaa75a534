"""Everything that the page of one article shows, read from the database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from newsspider.browse.text import paragraphs, zone_of
from newsspider.history.changes import REVISIONS, Change, changes

TABLES = (
    "articles",
    "sources",
    "pages",
    "captures",
    "revisions",
    "ticker_entries",
    "ticker_wordings",
    "ticker_sightings",
    "related_links",
)
_MOST = 100  # captures, revisions and ticker entries shown

Row = Mapping[str, Any]

_ARTICLE = """
SELECT articles.*, sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM articles JOIN sources ON sources.id = articles.source WHERE articles.id = :id
"""
_TICKER = """
SELECT said.text, said.url, other.id AS article, coalesce(other.language, :language) AS language
FROM ticker_sightings sightings JOIN ticker_wordings said ON said.id = sightings.wording
JOIN ticker_entries entries ON entries.id = sightings.entry LEFT JOIN articles other ON other.id = entries.article
WHERE sightings.capture = :capture ORDER BY sightings.position LIMIT :most
"""
_RELATED = """
SELECT links.text, links.url, other.id AS article, other.headline, other.day,
  coalesce(other.language, :language) AS language,
  sources.name AS source_name, sources.language AS source_language, pages.state, pages.reason
FROM related_links links LEFT JOIN articles other ON other.id = links.leads_to
LEFT JOIN sources ON sources.id = other.source LEFT JOIN pages ON pages.url = links.url
WHERE links.article = :id ORDER BY links.position LIMIT :most
"""
_CAPTURES = """
SELECT captures.* FROM pages JOIN captures ON captures.page = pages.id
WHERE pages.article = :id ORDER BY captures.fetched_at DESC, captures.id DESC LIMIT :most
"""
_RAN = """
SELECT id, text, first_seen, last_seen, sightings FROM ticker_entries
WHERE article = :id ORDER BY first_seen LIMIT :most
"""
_LINKED_FROM = "SELECT count(*) AS count FROM related_links WHERE leads_to = :id"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text: a paragraph (``kind`` None) or an aside, which stood at this place."""

    text: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what belongs to it; ``row`` is its row with the source's name, language and zone."""

    row: Row
    zone: tzinfo
    parts: tuple[Part, ...]
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    flags: tuple[str, ...]
    provenance: Mapping[str, str]
    ticker: Sequence[Row]
    related: Sequence[Row]
    changes: Sequence[Change]  # the newest first
    captures: Sequence[Row]
    ran: Sequence[Row]  # its own headlines in the ticker
    linked_from: int

    @property
    def language(self) -> str | None:
        """The language of the text, or the source's main one where it is not known."""
        known: str | None = self.row["language"] or self.row["source_language"]
        return known


async def read_article(db: Any, article: int) -> Reading | None:
    """The article of that number in a database of Datasette's; None where there is none."""
    found = await _rows(db, _ARTICLE, {"id": article})
    if not found:
        return None
    row = found[0]
    language = row["language"] or row["source_language"]
    of = {"id": article, "capture": row["capture"], "language": language, "most": _MOST}
    return Reading(
        row=row,
        zone=zone_of(row["timezone"]),
        parts=_parts(row["body"], _list(row["asides"])),
        authors=_strings(row["authors"]),
        tags=_strings(row["tags"]),
        flags=_strings(row["flags"]),
        provenance=_strings_by_name(row["provenance"]),
        ticker=await _rows(db, _TICKER, of),
        related=await _rows(db, _RELATED, of),
        changes=await _changes(db, row, of),
        captures=await _rows(db, _CAPTURES, of),
        ran=await _rows(db, _RAN, of),
        linked_from=(await _rows(db, _LINKED_FROM, of))[0]["count"],
    )


async def _changes(db: Any, row: Row, of: Mapping[str, Any]) -> list[Change]:
    """The newest changes, compared in a thread: long texts may take a while."""
    revisions = await _rows(db, REVISIONS, of)
    return (await asyncio.to_thread(changes, row, revisions[::-1]))[::-1]


async def _rows(db: Any, sql: str, params: Mapping[str, Any]) -> list[Row]:
    return [dict(row) for row in await db.execute(sql, params)]


def _parts(body: str, asides: list[Any]) -> tuple[Part, ...]:
    """The paragraphs with the asides where they stood: ``after`` counts the paragraphs before one."""
    texts = paragraphs(body)
    parts: list[Part] = []
    standing = [aside for aside in asides if isinstance(aside, dict) and isinstance(aside.get("text"), str)]
    for place in range(len(texts) + 1):
        for aside in standing:
            after = aside.get("after")
            if min(max(after, 0), len(texts)) == place if isinstance(after, int) else place == len(texts):
                parts.append(Part(aside["text"], str(aside.get("kind") or "aside")))
        if place < len(texts):
            parts.append(Part(texts[place]))
    return tuple(parts)


def _list(text: str | None) -> list[Any]:
    try:
        known = json.loads(text or "[]")
    except ValueError:
        return []
    return known if isinstance(known, list) else []


def _strings(text: str | None) -> tuple[str, ...]:
    return tuple(value for value in _list(text) if isinstance(value, str))


def _strings_by_name(text: str | None) -> dict[str, str]:
    try:
        known = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}
