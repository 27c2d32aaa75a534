"""What is said where a search found nothing: what each word finds alone, words like it, fewer words, days without a crawl."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any, TypeVar

from datasette.utils import sqlite_timelimit

from newsspider.browse.searching import Asked, count
from newsspider.browse.snippets import folded
from newsspider.store.search import Query, Term, read_query

_TERMS = 6  # of a query, that are counted one by one
_NEAR = 2  # words that are offered for one
_ALIKE = 0.7  # share of letters that two words have in common
_NEAR_MS = 150  # looking for words alike may take so long
_RANGE = 62  # days of a range in which days without a crawl are looked for
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.articles_words USING fts5vocab(main, articles_fts, row)"
_ALIKE_SQL = """
SELECT term, doc FROM temp.articles_words
WHERE term >= :first AND term < :last AND length(term) BETWEEN :length - 2 AND :length + 2
"""
_CRAWLED = """
SELECT DISTINCT substr(started_at, 1, 10) FROM crawls WHERE started_at >= :since AND started_at < :until
"""
_FIRST_CRAWL = "SELECT substr(min(started_at), 1, 10) FROM crawls"

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Other:
    """Another search: what it is called, the arguments of its address, how many articles it finds."""

    label: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the search alone: how many articles it finds here and in the whole archive, and words like it."""

    label: str
    here: int
    everywhere: int
    address: str
    near: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Fewer:
    """What can be tried instead of a search that found nothing."""

    words: tuple[Word, ...]
    others: tuple[Other, ...]
    without_crawl: tuple[date, ...]  # days of the range that was asked for, UTC


def fewer(db: Any, asked: Asked, source: int | None, limit_ms: float) -> Fewer:
    """What to try instead; on a connection of SQLite that has our functions.

    What is not found within ``limit_ms`` is left out.
    """
    ends = time.perf_counter() + limit_ms / 1000
    query = read_query(asked.q)
    typed = query.wanted[:_TERMS]
    words = _within(db, ends, lambda: tuple(_word(db, asked, term, source) for term in typed))
    near = [
        () if word.everywhere else _near(db, term, ends) for word, term in zip(words, typed, strict=False)
    ]
    return Fewer(
        tuple(replace(word, near=alike) for word, alike in zip(words, near, strict=True)),
        _within(db, ends, lambda: _others(db, asked, query, source)),
        _within(db, ends, lambda: _without_crawl(db, asked)),
    )


def _within(db: Any, ends: float, read: Callable[[], tuple[Made, ...]]) -> tuple[Made, ...]:
    """What is read from the database until then (``time.perf_counter``); nothing where that is too short."""
    try:
        with sqlite_timelimit(db, max(0.0, 1000 * (ends - time.perf_counter()))):
            return read()
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return ()


def _word(db: Any, asked: Asked, term: Term, source: int | None) -> Word:
    """A term of the search alone, as yet without words like it."""
    query = Query(((term,),))
    alone = count(db, Asked(q=asked.q), query, None)
    here = alone
    if asked.q == str(term):
        here = 0  # it is the search that found nothing
    elif alone and asked.narrowed:
        here = count(db, asked, query, source)
    return Word(str(term), here, alone, asked.but(q=str(term)), ())


def _others(db: Any, asked: Asked, query: Query, source: int | None) -> tuple[Other, ...]:
    """The search without what narrows or excludes, without one of its words, and with any of them."""
    changed = [("", Query(query.groups))] if query.unwanted else []
    if 1 < len(query.groups) <= _TERMS:
        for left in range(len(query.groups)):
            changed.append(("", replace(query, groups=query.groups[:left] + query.groups[left + 1 :])))
        changed.append(("Any of the words", replace(query, groups=(query.wanted,))))
    tried = [
        (label or f"Search for {other}", replace(asked, q=str(other)), other) for label, other in changed
    ]
    if asked.narrowed:
        whole = Asked(q=asked.q, order=asked.order)
        tried.insert(0, ("The same words in the whole archive", whole, query))
    made = []
    for label, search, wanted in tried:
        found = count(db, search, wanted, source if search.source else None)
        made += [Other(label, search.but(), found)] if found else []
    return tuple(made)


def _near(db: Any, term: Term, ends: float) -> tuple[Other, ...]:
    """Words of the index that are spelled nearly so, the most frequent first."""
    word = folded(term.text)
    if len(word) < 4 or not word.isalpha():
        return ()
    first = word[:2]
    asked = {"first": first, "last": first + chr(0x10FFFF), "length": len(word)}
    until = min(ends, time.perf_counter() + _NEAR_MS / 1000)
    try:
        db.execute(_WORDS)
        known = _within(db, until, lambda: tuple(db.execute(_ALIKE_SQL, asked)))
    except sqlite3.Error:  # this SQLite has no vocabulary tables
        return ()
    matcher = SequenceMatcher(b=word, autojunk=False)
    alike = []
    for other, articles in known:
        matcher.set_seq1(other)
        if (
            matcher.real_quick_ratio() >= _ALIKE
            and matcher.quick_ratio() >= _ALIKE
            and matcher.ratio() >= _ALIKE
        ):
            alike.append((matcher.ratio(), articles, other))
    best = sorted(alike, reverse=True)[:_NEAR]
    return tuple(Other(other, Asked(q=other).but(), articles) for _, articles, other in best)


def _without_crawl(db: Any, asked: Asked) -> tuple[date, ...]:
    """The days of the range on which no crawl began, from the first crawl to yesterday."""
    if not asked.since:
        return ()
    today = datetime.now(UTC).date()
    first = db.execute(_FIRST_CRAWL).fetchone()[0]
    if first is None:
        return ()
    since = max(date.fromisoformat(asked.since), date.fromisoformat(first))
    until = min(date.fromisoformat(asked.until) if asked.until else today, today - timedelta(days=1))
    if not 0 <= (until - since).days < _RANGE:
        return ()
    span = {"since": since.isoformat(), "until": (until + timedelta(days=1)).isoformat()}
    crawled = {row[0] for row in db.execute(_CRAWLED, span)}
    days = (since + timedelta(days=number) for number in range((until - since).days + 1))
    return tuple(day for day in days if day.isoformat() not in crawled)
