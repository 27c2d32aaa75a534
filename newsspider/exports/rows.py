"""Rows for other programs: which columns there are and what they mean, which rows are chosen, the rows in a stream.

The meaning of a column is written once, in ``schema``. A row is a tuple in the order of its columns, as SQLite has it
(lists and objects are JSON); ``value_reader`` turns such values into what they stand for.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsspider.errors import ArchiveError, UsageError
from newsspider.source import unknown_ids
from newsspider.store import search
from newsspider.store.dates import zone_of
from newsspider.store.folding import fold
from newsspider.store.opening import FIRST, check_ours, is_older
from newsspider.store.schema import TABLES

Row = tuple[Any, ...]


class Kind(StrEnum):
    """What the values of a column are; the words are what a reader is told."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "true or false"
    TIME = "time"  # YYYY-MM-DDTHH:MM:SSZ
    DAY = "day"  # YYYY-MM-DD
    PARAGRAPHS = "paragraphs"  # text, a blank line between them
    LIST = "list"  # of texts
    PARTS = "list of objects"  # each with kind, text, after
    LINKS = "links"  # objects with text and url
    OBJECT = "object"


_KINDS = {
    **dict.fromkeys(("published", "modified", "first_seen_at", "last_seen_at", "changed_at", "gone_at"), Kind.TIME),
    **dict.fromkeys(("seen_at", "first_seen", "last_seen", "fetched_at"), Kind.TIME),
    **dict.fromkeys(("authors", "tags", "flags", "changed"), Kind.LIST),
    "day": Kind.DAY,
    "silent": Kind.FLAG,
    "asides": Kind.PARTS,
    "provenance": Kind.OBJECT,
}  # fmt: skip

_STORED = re.compile(r"[,:] (?:a )?JSON (?:array|object)$|(?<=:) JSON array of")  # how the database has it


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an export: its name, what its values are and mean, and the SQL that reads it."""

    name: str
    kind: Kind
    sql: str
    description: str


def _field(
    table: str, column: str, name: str = "", sql: str = "", kind: Kind | None = None, of: str = ""
) -> Field:
    """A column of the archive; ``of``: whose it is, where the row is about something else."""
    described = TABLES[table].columns[column]
    kind = kind or _KINDS.get(column) or (Kind.NUMBER if described.sql.startswith("INTEGER") else Kind.TEXT)
    meaning = _STORED.sub("", described.description) + (f" ({of})" if of else "")
    return Field(name or column, kind, sql or f"{table}.{column}", meaning)


def _fields(table: str, columns: str) -> tuple[Field, ...]:
    return tuple(_field(table, column) for column in columns.split())


_SOURCE = _field("sources", "source")
_ITS_ARTICLE = _field("articles", "url", "article_url", of="the article")
_RELATED = (
    "(SELECT json_group_array(json_object('text', text, 'url', url)) FROM"
    " (SELECT text, url FROM related_links WHERE article = articles.id ORDER BY position))"
)
_TICKER = (
    "(SELECT json_group_array(json_object('text', text, 'url', url)) FROM (SELECT text, url FROM ticker_sightings"
    " JOIN ticker_wordings ON ticker_wordings.id = wording WHERE capture = articles.capture ORDER BY position))"
)
_WORDINGS = (
    "(SELECT json_group_array(text) FROM (SELECT text FROM ticker_wordings WHERE entry = ticker_entries.id"
    " GROUP BY text ORDER BY min(first_seen), text))"
)
_DATELINE = (
    "CASE WHEN articles.dateline IS NOT NULL THEN json_object('text', articles.dateline, 'place', dateline_place,"
    " 'date', dateline_date, 'agency', dateline_agency) END"
)
_OWN = "capture first_seen_at last_seen_at changed_at gone_at"  # what the archive adds to a record

FLAT: dict[str, tuple[Field, ...]] = {
    "articles": (
        *_fields("articles", "id"),
        _SOURCE,
        _field("sources", "name", "source_name", of="the source"),
        *_fields("articles", "url headline kicker summary authors published published_local modified"),
        *_fields("articles", "modified_local day dateline dateline_place dateline_date dateline_agency"),
        *_fields("articles", "section tags language image body asides flags canonical_url"),
        *_fields("articles", f"{_OWN} split_version provenance"),
    ),
    "links": (
        *_fields("related_links", "id"),
        _SOURCE,
        *_fields("related_links", "article"),
        _ITS_ARTICLE,
        *_fields("related_links", "position text url leads_to"),
        _field("articles", "url", "leads_to_url", "other.url", of="the article that it leads to"),
    ),
    "tickers": (
        *_fields("ticker_entries", "id"),
        _SOURCE,
        *_fields("ticker_entries", "text url first_seen last_seen sightings pages highest lowest"),
        Field("wordings", Kind.LIST, _WORDINGS, "All its wordings, the first one first"),
        *_fields("ticker_entries", "article"),
        _ITS_ARTICLE,
    ),
    "revisions": (
        *_fields("revisions", "id"),
        _SOURCE,
        *_fields("revisions", "article"),
        _ITS_ARTICLE,
        *_fields("revisions", "capture seen_at kind changed silent headline kicker summary byline dateline"),
        *_fields("revisions", "published modified section body"),
    ),
    "captures": (
        *_fields("captures", "id"),
        _SOURCE,
        *_fields("pages", "role article"),
        _ITS_ARTICLE,
        *_fields("captures", "crawl url fetched_at status content_type size digest"),
        *_fields("captures", "warc_file warc_offset warc_length revisits origin"),
    ),
}  # fmt: skip

# The record as ``newsspider split`` prints it, then what the archive adds.
RECORD: tuple[Field, ...] = (
    *_fields("articles", "id"),
    _SOURCE,
    *_fields("articles", "url canonical_url flags headline kicker summary authors"),
    _field("articles", "published_local", "published"),
    _field("articles", "modified_local", "modified"),
    Field("dateline", Kind.OBJECT, _DATELINE, f"{TABLES['articles'].columns['dateline'].description}: text, place, date, agency"),
    _field("articles", "body", kind=Kind.PARAGRAPHS),
    *_fields("articles", "asides"),
    Field("ticker", Kind.LINKS, _TICKER, "The ticker on the capture of its latest state"),
    Field("related", Kind.LINKS, _RELATED, TABLES["related_links"].description.rstrip(".")),
    *_fields("articles", "section tags language image split_version provenance"),
    _field("sources", "name", "source_name", of="the source"),
    _field("articles", "published", "published_utc"),
    _field("articles", "modified", "modified_utc"),
    *_fields("articles", f"day {_OWN}"),
)  # fmt: skip

_SOURCES = "LEFT JOIN sources ON sources.id ="
_JOINED = {  # LEFT: rows are read in the order of the first table, none is held back to be sorted
    "articles": f"articles {_SOURCES} articles.source",
    "links": "related_links LEFT JOIN articles ON articles.id = related_links.article"
    f" LEFT JOIN articles AS other ON other.id = leads_to {_SOURCES} articles.source",
    "tickers": f"ticker_entries LEFT JOIN articles ON articles.id = article {_SOURCES} ticker_entries.source",
    "revisions": f"revisions LEFT JOIN articles ON articles.id = article {_SOURCES} articles.source",
    "captures": "captures LEFT JOIN pages ON pages.id = captures.page LEFT JOIN articles ON articles.id = pages.article"
    f" {_SOURCES} pages.source",
}


# ---- which rows --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles are wanted; what is empty is no condition, all others must hold.

    ``since`` and ``until`` are days (YYYY-MM-DD, both included) in the source's time zone; ``place`` is a dateline's,
    whatever its accents and case; ``search`` is read as the archive's search box reads it. Of links, revisions and
    captures those of the chosen articles are taken (with sources alone every capture of theirs); of ticker entries
    those that ran on such days.
    """

    sources: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    language: str | None = None
    place: str | None = None
    search: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            if (day := getattr(self, name)) and not _is_day(day):
                raise UsageError(f"--{name}", f"{day!r} is no day", "write it as YYYY-MM-DD")
        if self.since and self.until and self.since > self.until:
            raise UsageError("--since", f"{self.since} is after --until {self.until}", "swap them")

    def given(self) -> set[str]:
        """The names of the conditions."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name for name, value in values.items() if (value.strip() if isinstance(value, str) else value)
        }


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return len(text) == 10


_OF_SOURCE = "source IN (SELECT sources.id FROM json_each(:sources) JOIN sources ON sources.source = value)"
_CONDITIONS = {
    "sources": _OF_SOURCE,
    "since": "day >= :since",
    "until": "day <= :until",
    "language": "language = lower(:language)",
    "place": "names_place(dateline_place, :place)",
    "search": "id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH escape_fts(:search))",
}
_ZONE = "(SELECT timezone FROM sources WHERE sources.id = ticker_entries.source)"
_TICKER_CONDITIONS = {
    "sources": _OF_SOURCE,
    "since": f"day_at(last_seen, {_ZONE}) >= :since",
    "until": f"day_at(first_seen, {_ZONE}) <= :until",
}


def _where(table: str, filters: Filters) -> tuple[str, dict[str, Any]]:
    """The condition for rows of a table, and its values.

    The rows' numbers are found first, by whatever index, and the rows read in their order: to sort whole rows would
    take a copy of them all.
    """
    given = filters.given()
    values = {name: getattr(filters, name) for name in given} | {"sources": json.dumps(filters.sources)}
    if not given:
        return "", {}
    if table == "tickers":
        if unknown := given - set(_TICKER_CONDITIONS):
            raise UsageError(
                f"--{min(unknown)}", "does not choose ticker entries", "use --source, --since and --until"
            )
        chosen = "SELECT id FROM ticker_entries WHERE " + _all(_TICKER_CONDITIONS, given)
        return f"WHERE ticker_entries.id IN ({chosen})", values
    chosen = "SELECT id FROM articles WHERE " + _all(_CONDITIONS, given)
    if table == "captures":
        condition = _OF_SOURCE if given == {"sources"} else f"article IN ({chosen})"
        chosen = f"SELECT id FROM captures WHERE page IN (SELECT id FROM pages WHERE {condition})"
    elif table != "articles":
        chosen = f"SELECT id FROM {_main(table)} WHERE article IN ({chosen})"
    return f"WHERE {_main(table)}.id IN ({chosen})", values


def _all(conditions: dict[str, str], given: set[str]) -> str:
    return " AND ".join(condition for name, condition in conditions.items() if name in given)


def _main(table: str) -> str:
    return _JOINED[table].split()[0]


# ---- SQL functions -----------------------------------------------------------------------------------------
_BETWEEN_PLACES = re.compile(r"[,/;()&、،]")


def _fold(text: str) -> str:
    """Without accents and case, marks that readers leave out, and differences of blanks."""
    return " ".join(fold(text).split())


@lru_cache(maxsize=4096)
def names_place(place: str | None, wanted: str) -> bool:
    """Whether a dateline's place is the wanted one, or one of several that it names ("Paris, France")."""
    if place is None:
        return False
    return _fold(wanted) in {_fold(part) for part in (place, *_BETWEEN_PLACES.split(place))} - {""}


def day_at(moment: str | None, zone: str | None) -> str | None:
    """The day of a moment (UTC, as the database has it) in a time zone."""
    if moment is None:
        return None
    return datetime.fromisoformat(moment).astimezone(zone_of(zone)).date().isoformat()


def register(db: sqlite3.Connection) -> None:
    """Give a connection the SQL functions that filters need."""
    search.register(db)
    db.create_function("names_place", 2, names_place, deterministic=True)
    db.create_function("day_at", 2, day_at, deterministic=True)


# ---- reading -----------------------------------------------------------------------------------------------
_OLDER = (
    "an older newsspider made it: newsspider runs, where the archive can be written, brings it up to date"
)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """An archive as it is at this moment, whatever is written meanwhile; for reading alone.

    Raises ``ArchiveError``: no such file, no archive, made by a newer version, can't be read.
    """
    if not path.exists():
        raise ArchiveError(str(path), "there is no archive", FIRST)
    db = None
    try:
        db = _open(path)
        register(db)
        check_ours(path, db)
        yield db
    except sqlite3.Error as error:
        older = db is not None and "no such " in str(error) and is_older(db)
        cure = _OLDER if older else "is it an archive, and whole?"
        raise ArchiveError(str(path), f"can't be read ({error})", cure) from error
    finally:
        if db:
            db.close()


def _open(path: Path) -> sqlite3.Connection:
    """A connection in a transaction. "rw", as "ro" would leave files of the log behind; a folder where nobody may
    write has no place for a log, so nobody writes and none is needed.
    """
    for mode in ("mode=rw", "mode=ro&immutable=1"):
        db = sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, timeout=30, isolation_level=None)
        try:
            db.execute("PRAGMA query_only = ON")
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment that is read
            return db
        except sqlite3.OperationalError:
            db.close()
            log = Path(f"{path}-wal")
            if mode != "mode=rw" or (log.exists() and log.stat().st_size):
                raise
    raise AssertionError


def check_sources(db: sqlite3.Connection, where: str, filters: Filters) -> None:
    """Raises ``UsageError`` for a source that the archive does not know, naming the nearest."""
    known = [row[0] for row in db.execute("SELECT source FROM sources ORDER BY source")]
    if unknown := [source for source in filters.sources if source not in known]:
        raise UsageError(where, *unknown_ids(unknown, known))


def count(db: sqlite3.Connection, table: str, filters: Filters) -> int:
    """How many rows ``read`` will give."""
    where, values = _where(table, filters)
    return int(db.execute(f"SELECT count(*) FROM {_main(table)} {where}", values).fetchone()[0])


def read(db: sqlite3.Connection, table: str, columns: tuple[Field, ...], filters: Filters) -> Iterator[Row]:
    """The chosen rows one by one, in the order in which the archive got them; SQLite reads on as they are taken."""
    where, values = _where(table, filters)
    names = ", ".join(column.sql for column in columns)
    cursor = db.cursor()
    cursor.row_factory = None
    main = _main(table)
    return cursor.execute(f"SELECT {names} FROM {_JOINED[table]} {where} ORDER BY {main}.id", values)


def pick(db: sqlite3.Connection, table: str, columns: Sequence[Field], numbers: Sequence[int]) -> list[Row]:
    """The rows of these numbers in the order of these; those that are there no more are left out. The first column is
    the number.
    """
    place = {number: at for at, number in enumerate(numbers)}
    names = ", ".join(column.sql for column in columns)
    chosen = f"{_main(table)}.id IN (SELECT value FROM json_each(?))"
    found = db.execute(f"SELECT {names} FROM {_JOINED[table]} WHERE {chosen}", (json.dumps(numbers),))
    return sorted(found, key=lambda row: place[row[0]])


# ---- values ------------------------------------------------------------------------------------------------
def _json_list(value: str | None) -> list[Any]:
    return json.loads(value) if value else []


# Strict: a file that is taken away is whole or isn't made. ``newsspider check`` names damaged values.
_VALUES: dict[Kind, Callable[[Any], Any]] = {
    Kind.FLAG: lambda value: None if value is None else bool(value),
    Kind.PARAGRAPHS: lambda value: value.split("\n\n") if value else [],
    Kind.LIST: _json_list,
    Kind.PARTS: _json_list,
    Kind.LINKS: _json_list,
    Kind.OBJECT: lambda value: json.loads(value) if value else None,
}


def value_reader(kind: Kind) -> Callable[[Any], Any] | None:
    """What turns a value of that kind into what it stands for; None where it is that already."""
    return _VALUES.get(kind)
