"""Everything that the page of one article shows, read from the database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import accumulate, islice
from typing import Any

from newsspider.browse.rows import read_rows
from newsspider.browse.text import HEADLINE, paragraphs, short, zone_of
from newsspider.history.amounts import length_of
from newsspider.history.changes import FIELDS, REVISIONS, Change, Touched, changes, states, touched
from newsspider.store.values import array, strings, strings_by_name

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
_MOST = 100  # captures, revisions, ticker entries, names, tags and flags shown
_ASIDES, _ASIDE = 500, 20_000  # asides shown, and characters of one
_COMPARED = 4_000_000  # characters of the states that are compared with each other, the newest ones

Row = Mapping[str, Any]

_ARTICLE = """
SELECT articles.*, length(articles.body) AS characters, sources.source AS source_file, sources.name AS source_name,
  sources.language AS source_language, sources.timezone
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
_FIRST = """
SELECT captures.id FROM pages JOIN captures ON captures.page = pages.id
WHERE pages.article = :id ORDER BY captures.fetched_at, captures.id LIMIT 1
"""
_RAN = """
SELECT id, text, first_seen, last_seen, pages FROM ticker_entries
WHERE article = :id ORDER BY first_seen LIMIT :most
"""
_REVISIONS = "SELECT count(*) AS count FROM revisions WHERE article = :id"
_LINKED_FROM = "SELECT count(*) AS count FROM related_links WHERE leads_to = :id"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text: a paragraph (``kind`` None) or an aside, which stood at this place. ``touched``: the last change
    of a paragraph, if there was any.
    """

    text: str
    kind: str | None = None
    touched: Touched | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A former state of an article: its number (0 is the first), from when until when it was seen so, and the numbers of
    those before and after it.
    """

    number: int
    since: str
    until: str
    earlier: int | None
    later: int


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
    known: int  # changes that can be shown, be they later than the state that is
    older: int  # changes before these
    length: tuple[int, str]  # of the text: how many, and of what (words or characters)
    first_length: tuple[int, str] | None  # of the first state, where it can be had
    capture: int | None  # that the text is of
    captures: Sequence[
        Row
    ]  # the newest first, with what ``became`` of each, and the ``change`` that it showed
    ran: Sequence[Row]  # its own headlines in the ticker
    linked_from: int
    state: State | None = None  # where it is shown as it was
    is_cut: bool = False  # the text goes on

    @property
    def newest(self) -> int:
        """The number of the newest state: that of all its changes."""
        return self.older + self.known

    @property
    def language(self) -> str | None:
        """The language of the text, or the source's main one where it is not known."""
        known: str | None = self.row["language"] or self.row["source_language"]
        return known


async def read_article(db: Any, article: int, state: int | None = None) -> Reading | None:
    """The article of that number in a database of Datasette's; None where there is none.

    ``state``: as it was, 0 for the first that was seen; None too where that one isn't known (any more).
    """
    found = await read_rows(db, _ARTICLE, {"id": article}, HEADLINE)
    if not found:
        return None
    row = found[0]
    language = row["language"] or row["source_language"]
    of = {"id": article, "capture": row["capture"], "language": language, "most": _MOST}
    older = (await read_rows(db, _REVISIONS, of))[0]["count"]
    revisions = _comparable(await read_rows(db, REVISIONS, of, HEADLINE), len(row["body"]))[::-1]
    older -= len(revisions)
    if state == older + len(revisions):
        state = None  # the newest
    if state is not None and not older <= state < older + len(revisions):
        return None
    # In a thread: comparing long texts may take a while.
    history = await asyncio.to_thread(_history, row, revisions, older, state)
    first = await read_rows(db, _FIRST, of)
    of["capture"] = history.capture or (first[0]["id"] if first else None)
    return Reading(
        row=history.row,
        zone=zone_of(row["timezone"]),
        parts=history.parts,
        authors=_names(row["authors"]),
        tags=_names(row["tags"]),
        flags=_names(row["flags"]),
        provenance={
            short(name): short(value)
            for name, value in islice(strings_by_name(row["provenance"]).items(), _MOST)
        },
        ticker=await read_rows(db, _TICKER, of),
        related=await read_rows(db, _RELATED, of),
        changes=history.changes[::-1],
        known=len(revisions),
        older=older,
        length=length_of(history.row["body"]),
        first_length=None if older else history.first_length,
        capture=of["capture"],
        captures=[_told(capture, history.changes, first) for capture in await read_rows(db, _CAPTURES, of)],
        ran=await read_rows(db, _RAN, of),
        linked_from=(await read_rows(db, _LINKED_FROM, of))[0]["count"],
        state=history.state,
        is_cut=row["characters"] > len(row["body"]),
    )


def _names(column: str | None) -> tuple[str, ...]:
    """The names that a column holds: of more than anybody reads the first."""
    return tuple(short(name) for name in strings(column)[:_MOST])


def _comparable(revisions: list[dict[str, Any]], newest: int) -> list[dict[str, Any]]:
    """Of revisions, the newest first, those whose states can be compared while a reader waits; ``newest``: the characters
    of the newest state's text.
    """
    sizes = accumulate((len(row["body"] or "") for row in revisions), initial=newest)
    return [row for row, before in zip(revisions, sizes, strict=False) if before < _COMPARED]


@dataclass(frozen=True, slots=True)
class _History:
    """What follows from an article's revisions."""

    row: Row
    parts: tuple[Part, ...]
    capture: int | None
    changes: Sequence[Change]
    first_length: tuple[int, str]
    state: State | None


def _history(row: Row, revisions: Sequence[Row], older: int, wanted: int | None) -> _History:
    """``revisions``: the newest ones, the oldest of them first; ``older``: how many there are before."""
    known = changes(row, revisions, first=older + 1)
    bodies = states(row, revisions)
    first = length_of(bodies[0]["body"] or "")
    if wanted is None:
        marks = touched(known, len(paragraphs(row["body"])))
        return _History(
            row, _parts(row["body"], array(row["asides"]), marks), row["capture"], known, first, None
        )
    at = wanted - older
    before, after = known[:at], known[at]
    capture = before[-1].capture if before else None
    state = State(
        number=wanted,
        since=before[-1].seen_at if before else row["first_seen_at"],
        until=after.seen_at,
        earlier=wanted - 1 if at else None,
        later=wanted + 1,
    )
    was = {**row, **{name: bodies[at][name] for name in FIELDS}, "body": bodies[at]["body"] or ""}
    if was["published"] != row["published"]:
        was |= {"published_local": None, "day": None}
    marks = touched(before, len(paragraphs(was["body"])))
    return _History(was, _parts(was["body"], [], marks), capture, before, first, state)


def _told(capture: Row, known: Sequence[Change], first: Sequence[Row]) -> Row:
    status = capture["status"]
    change = next((change for change in known if change.capture == capture["id"]), None)
    if capture["revisits"] or status == 304:
        became = "unchanged"
    elif status >= 300:
        became = "moved" if status < 400 else "gone" if status in (404, 410) else "no page"
    elif first and first[0]["id"] == capture["id"]:
        became = "first state"
    else:
        became = "no change" if capture["read_at"] else "not read yet"
    return {**capture, "became": became, "change": change}


def _parts(body: str, asides: list[Any], marks: Sequence[Touched | None]) -> tuple[Part, ...]:
    """The paragraphs with the asides where they stood: ``after`` counts the paragraphs before one."""
    texts = paragraphs(body)
    parts: list[Part] = []
    known = (aside for aside in asides if isinstance(aside, dict) and isinstance(aside.get("text"), str))
    standing = list(islice(known, _ASIDES))
    for place in range(len(texts) + 1):
        for aside in standing:
            after = aside.get("after")
            if min(max(after, 0), len(texts)) == place if isinstance(after, int) else place == len(texts):
                parts.append(Part(short(aside["text"], _ASIDE), short(str(aside.get("kind") or "aside"))))
        if place < len(texts):
            parts.append(Part(texts[place], touched=marks[place]))
    return tuple(parts)
