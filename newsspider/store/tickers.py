"""Ticker entries and their wordings: stored with the page that shows them, summed up as they are written."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsspider.addresses import canonical
from newsspider.records import Article, Link
from newsspider.store.entries import Doubtful, new_entry, regroup, sum_up

Address = tuple[str, str | None]  # a link's text and canonical address
Key = tuple[int, str, str | None]  # source, text, canonical address: a wording

# The article of an address: the one that it stands for, or the one that the page of that address leads to.
ARTICLE_AT = (
    "coalesce((SELECT id FROM articles WHERE url = :url), (SELECT article FROM pages WHERE url = :url))"
)

# One without an address is told by its text, which is or was a headline: the article of the source that was first.
_HEADED = """(SELECT id FROM (
  SELECT id, first_seen_at, url FROM articles WHERE source = :source AND headline = :text
  UNION SELECT articles.id, first_seen_at, articles.url FROM revisions JOIN articles ON articles.id = article
    WHERE revisions.headline = :text AND source = :source)
  ORDER BY first_seen_at, url LIMIT 1)"""
_ARTICLE_OF = f"coalesce({ARTICLE_AT}, CASE WHEN :url IS NULL THEN {_HEADED} END)"

_KNOWN = """
SELECT said.id, entry, said.first_seen, said.last_seen, ticker_entries.first_seen AS since
FROM ticker_wordings AS said JOIN ticker_entries ON ticker_entries.id = entry
WHERE said.source = ? AND said.text = ? AND coalesce(said.url, '') = coalesce(?, '')
"""
_TWIN = """
SELECT 1 FROM ticker_wordings WHERE source = ? AND text = ? AND (url IS NULL) <> (? IS NULL) LIMIT 1
"""
_WORDING = f"""
INSERT INTO ticker_wordings (entry, source, text, url, first_seen, last_seen, sightings, highest, lowest, article)
VALUES (:entry, :source, :text, :url, :first, :last, :captures, :highest, :lowest, {_ARTICLE_OF}) RETURNING id
"""
_AGAIN = """
UPDATE ticker_wordings SET first_seen = min(first_seen, :first), last_seen = max(last_seen, :last),
  sightings = sightings + :captures, highest = min(highest, :highest), lowest = max(lowest, :lowest) WHERE id = :id
"""
_BEFORE = """
SELECT here.page, entry FROM captures AS here
  LEFT JOIN captures AS others ON others.page = here.page AND others.id <> here.id AND others.fetched_at >= ?
  LEFT JOIN ticker_sightings ON capture = others.id WHERE here.id = ?
"""


@dataclass(frozen=True, slots=True)
class Ticker:
    """The ticker of one capture: its entries in order."""

    source: int
    capture: int
    seen_at: str
    entries: tuple[Address, ...]


@dataclass(slots=True)
class _Sight:
    """How a batch saw one wording."""

    first: str
    last: str
    highest: int
    lowest: int
    captures: int

    def join(self, other: _Sight) -> None:
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.highest, self.lowest = min(self.highest, other.highest), max(self.lowest, other.lowest)
        self.captures += other.captures


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a wording is kept: its row, its entry's, and since when that is known."""

    wording: int
    entry: int
    since: str


def addresses(links: Iterable[Link]) -> tuple[Address, ...]:
    """The texts of links with their canonical addresses."""
    return tuple((link.text, canonical(link.url) if link.url else None) for link in links)


def read_ticker(
    db: sqlite3.Connection, article: Article, source: int, capture: int, now: str
) -> Ticker | None:
    """The ticker of a capture that is not stored yet; None where there is none. UnicodeError for no text."""
    if not article.ticker or has_ticker(db, capture):
        return None
    entries = addresses(article.ticker)
    for text, url in entries:  # refused with their page: later they would take the whole batch along
        f"{text}{url}".encode()
    return Ticker(source, capture, now, entries)


def has_ticker(db: sqlite3.Connection, capture: int) -> bool:
    """Whether a capture's ticker is stored."""
    row = db.execute("SELECT 1 FROM ticker_sightings WHERE capture = ? LIMIT 1", (capture,)).fetchone()
    return row is not None


def store_tickers(db: sqlite3.Connection, tickers: Iterable[Ticker], doubtful: Doubtful) -> None:
    """Note which entries ran on which captures; a wording is a text and its address at one source.

    The pages of a batch show much the same ticker: each wording is looked up once for all of them. To ``doubtful`` goes
    what may be one entry with another wording now, or is none any more.
    """
    by_capture = {ticker.capture: ticker for ticker in tickers}
    seen = _sights(by_capture.values())
    newest = _newest(db, {source for source, _, url in seen if url is None})
    rows = {key: _see(db, key, sight, newest, doubtful) for key, sight in seen.items()}
    for source, url, some in _shared(by_capture.values()):
        doubtful.addresses.add((source, url))
        db.executemany(_SHARED, [(rows[key].wording,) for key in some])
    pages = _new_pages(db, by_capture.values(), rows)
    db.executemany(
        "INSERT INTO ticker_sightings (capture, entry, wording, position) VALUES (?, ?, ?, ?)",
        [
            (ticker.capture, row.entry, row.wording, position)
            for ticker in by_capture.values()
            for position, row in enumerate((rows[ticker.source, *address] for address in ticker.entries), 1)
        ],
    )
    sum_up(db, {row.entry: pages[row.entry] for row in rows.values()})


_SHARED = "UPDATE ticker_wordings SET shared = 1 WHERE id = ? AND NOT shared"


def _sights(tickers: Iterable[Ticker]) -> dict[Key, _Sight]:
    """How each wording was seen. Tickers that are the same are looked at once."""
    times: dict[tuple[int, tuple[Address, ...]], list[str]] = {}
    for ticker in tickers:
        times.setdefault((ticker.source, ticker.entries), []).append(ticker.seen_at)
    seen: dict[Key, _Sight] = {}
    for (source, entries), at in times.items():
        first, last = min(at), max(at)
        here: dict[Key, _Sight] = {}
        for position, (text, url) in enumerate(entries, 1):
            sight = here.setdefault((source, text, url), _Sight(first, last, position, position, len(at)))
            sight.lowest = position
        for key, sight in here.items():
            if key in seen:
                seen[key].join(sight)
            else:
                seen[key] = sight
    return seen


def _newest(db: sqlite3.Connection, sources: Iterable[int]) -> dict[int, str]:
    """When the newest wording without an address was first seen, by source."""
    query = "SELECT max(first_seen) FROM ticker_wordings WHERE source = ? AND url IS NULL"
    return {source: db.execute(query, (source,)).fetchone()[0] or "" for source in sources}


def _see(
    db: sqlite3.Connection, key: Key, sight: _Sight, newest: Mapping[int, str], doubtful: Doubtful
) -> _Row:
    """Write how one wording was seen."""
    source, text, url = key
    known = db.execute(_KNOWN, key).fetchone()
    row = {"first": sight.first, "last": sight.last, "captures": sight.captures}
    row |= {"highest": sight.highest, "lowest": sight.lowest}
    if db.execute(_TWIN, key).fetchone():
        doubtful.texts.add((source, text))
    if known:
        db.execute(_AGAIN, row | {"id": known["id"]})
        if url is None and known["last_seen"] < min(sight.last, newest[source]):
            doubtful.add(source, None, known["last_seen"], sight.last)
        if sight.first < known["first_seen"]:
            doubtful.add(source, url, sight.first, known["first_seen"])
        return _Row(known["id"], known["entry"], min(sight.first, known["since"]))
    doubtful.add(source, url, sight.first, sight.last)
    entry = new_entry(db, source, text)
    values = row | {"entry": entry, "source": source, "text": text, "url": url}
    return _Row(db.execute(_WORDING, values).fetchone()[0], entry, sight.first)


def _shared(tickers: Iterable[Ticker]) -> Iterator[tuple[int, str, list[Key]]]:
    """The addresses that one capture shows with several texts: source, address and these wordings."""
    for source, entries in dict.fromkeys((ticker.source, ticker.entries) for ticker in tickers):
        texts: dict[str, dict[str, None]] = {}
        for text, url in entries:
            if url:
                texts.setdefault(url, {})[text] = None
        for url, some in texts.items():
            if len(some) > 1:
                yield source, url, [(source, text, url) for text in some]


def _new_pages(db: sqlite3.Connection, tickers: Iterable[Ticker], rows: Mapping[Key, _Row]) -> Counter[int]:
    """By entry, on how many pages it was not seen before. Captures from before all these entries can't have shown them."""
    since = min((row.since for row in rows.values()), default="")
    entries: dict[tuple[int, tuple[Address, ...]], set[int]] = {}
    had: dict[int, set[int]] = {}
    pages: Counter[int] = Counter()
    for ticker in tickers:
        known = (ticker.source, ticker.entries)
        if known not in entries:
            entries[known] = {rows[ticker.source, *address].entry for address in ticker.entries}
        found = db.execute(_BEFORE, (since, ticker.capture)).fetchall()
        if found and found[0][0] is not None:
            before = had.setdefault(found[0][0], {row[1] for row in found})
            pages.update(entries[known] - before)
            before |= entries[known]
    return pages


# ---- their articles ----------------------------------------------------------------------------------------
_CHANGED = "RETURNING source, text, url, first_seen, last_seen, entry"


def lead_to(
    db: sqlite3.Connection,
    article: int,
    urls: Iterable[str],
    source: int,
    headline: str | None,
    doubtful: Doubtful,
) -> None:
    """Addresses, and a headline of a source, lead to an article: ticker entries that were waiting for it know it now."""
    if headline:
        lead_headline(db, article, source, headline, doubtful)
    query = f"UPDATE ticker_wordings SET article = ? WHERE url = ? AND article IS NULL {_CHANGED}"
    for url in urls:
        _changed(db, db.execute(query, (article, url)).fetchall(), doubtful)


def lead_headline(
    db: sqlite3.Connection, article: int, source: int, headline: str, doubtful: Doubtful
) -> None:
    """A headline of a source leads to an article: ticker entries without an address that were waiting for it know it now."""
    query = (
        "UPDATE ticker_wordings SET article = ? WHERE source = ? AND text = ? AND url IS NULL AND article IS NULL"
        f" {_CHANGED}"
    )
    _changed(db, db.execute(query, (article, source, headline)).fetchall(), doubtful)


def lead_from(db: sqlite3.Connection, article: int, other: int | None, doubtful: Doubtful) -> None:
    """What led to an article leads to another one, or to none."""
    query = f"UPDATE ticker_wordings SET article = ? WHERE article = ? {_CHANGED}"
    _changed(db, db.execute(query, (other, article)).fetchall(), doubtful)


def find_headlines(db: sqlite3.Connection) -> None:
    """Look again for the articles of ticker entries without an address, as they would have been found had all captures
    come in the order of their times.
    """
    of = f"coalesce({_HEADED.replace(':', 'ticker_wordings.')}, article)"
    _find(db, f"UPDATE ticker_wordings SET article = {of} WHERE url IS NULL AND article IS NOT {of}")


def find_articles(db: sqlite3.Connection) -> None:
    """Look for the articles of all ticker entries that don't know theirs."""
    of = _ARTICLE_OF.replace(":", "ticker_wordings.")
    _find(db, f"UPDATE ticker_wordings SET article = {of} WHERE article IS NULL AND {of} IS NOT NULL")


def _find(db: sqlite3.Connection, update: str) -> None:
    doubtful = Doubtful()
    _changed(db, db.execute(f"{update} {_CHANGED}").fetchall(), doubtful)
    regroup(db, doubtful)


def _changed(db: sqlite3.Connection, rows: Sequence[sqlite3.Row], doubtful: Doubtful) -> None:
    for row in rows:
        doubtful.add(row["source"], row["url"], row["first_seen"], row["last_seen"])
        doubtful.texts.add((row["source"], row["text"]))
    sum_up(db, {row["entry"]: 0 for row in rows})
