"""Full-text search in every script: one SQL function segments what is indexed and what is asked for.

SQLite's tokenizer unicode61 takes a run of letters for a word, so nothing is found inside scripts that are
written without spaces. ``seg`` puts a blank around each character of those scripts, in the index and in the
query alike, and the query is matched as a phrase.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsspider.store.folding import is_token, seg
from newsspider.store.schema import SEARCH_COLUMNS

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"

_NO_WORDS = {0: " ", ord('"'): " "}  # what would end a term
# A word or phrase; a minus right before it, behind a blank (the one of Chinese and Japanese keyboards, too).
_TOKEN = re.compile(r'(?P<minus>(?<!\S)[-\uff0d])?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')
_PLAIN = re.compile(r'[^\s"\-\uff0d][^\s"]*(?<!\*)')  # a word that needs no quotes
_OPERATORS = ("AND", "OR", "NOT")

Indexed = tuple[str | None, ...]  # an article's text as the index holds it, one for each of SEARCH_COLUMNS
_NAMES = ", ".join(SEARCH_COLUMNS)
_MARKS = ", ".join("?" for _ in SEARCH_COLUMNS)
_INSERT = f"INSERT INTO articles_fts (rowid, {_NAMES}) VALUES (?, {_MARKS})"
_DELETE = f"INSERT INTO articles_fts (articles_fts, rowid, {_NAMES}) VALUES (?, ?, {_MARKS})"


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase that was typed; ``prefix``: what begins with it is meant, too."""

    text: str
    prefix: bool = False

    @property
    def match(self) -> str:
        """The term as FTS5 takes it: in quotes, so that no character of it has a meaning there."""
        text = (seg(self.text) or "").translate(_NO_WORDS).encode(errors="replace").decode()
        return f'"{text.strip()}"' + ("*" if self.prefix else "")

    def __str__(self) -> str:
        """The term as a person types it."""
        if self.prefix:
            return self.text.replace(" ", '"') + "*"  # its blanks were quotes
        quoted = self.text in _OPERATORS or not _PLAIN.fullmatch(self.text)
        return f'"{self.text}"' if quoted else self.text


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for. ``groups``: all are wanted, of each group one term at least; ``unwanted``: none of them."""

    groups: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms of all groups."""
        return tuple(term for group in self.groups for term in group)

    @property
    def match(self) -> str:
        """The query as FTS5 takes it; without a term that is wanted, one that finds nothing."""
        wanted = " AND ".join(_either(group) for group in self.groups)
        if not wanted:
            return '""'
        return f"({wanted}) NOT {_either(self.unwanted)}" if self.unwanted else wanted

    def __str__(self) -> str:
        """The query as a person types it."""
        groups = (" OR ".join(map(str, group)) for group in self.groups)
        return " ".join((*groups, *(f"-{term}" for term in self.unwanted)))


def _either(terms: Sequence[Term]) -> str:
    """Any of these terms, as FTS5 takes it."""
    joined = " OR ".join(term.match for term in terms)
    return f"({joined})" if len(terms) > 1 else joined


def read_query(typed: str | None) -> Query:
    """What a person typed.

    ``word*`` is a prefix; ``"two words"`` a phrase; ``OR`` in capitals between words means either of them and binds closer
    than the blank; ``-`` right before a word or phrase, or ``NOT`` in capitals, excludes it, whatever else is there. ``AND``
    between words says what the blank says. All punctuation is ordinary text; terms without any letter or digit are left
    out.
    """
    groups: list[list[Term]] = []
    unwanted: list[Term] = []
    either = without = False
    for match in _TOKEN.finditer((typed or "").replace("\x00", " ")):
        minus, phrase, word = match.groups()
        begun = bool(groups or unwanted or without)
        if not minus and (word == "NOT" or (word in _OPERATORS and begun)):
            either, without = either or word == "OR", without or word == "NOT"
            continue
        prefix = phrase is None and word.endswith("*")
        text = phrase if phrase is not None else word.lstrip("-\uff0d").rstrip("*").replace('"', " ").strip()
        term = Term(text, prefix)
        if not any(map(is_token, term.match)):
            continue
        if minus or without:
            unwanted.append(term)
        elif either and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = without = False
    return Query(tuple(map(tuple, groups)), tuple(unwanted))


def escape_fts(query: str | None) -> str:
    """What a person typed, as a query of FTS5 that is never a syntax error (see ``read_query``)."""
    return read_query(query).match


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions that the index and its triggers need."""
    connection.create_function("seg", 1, seg, deterministic=True)
    connection.create_function("escape_fts", 1, escape_fts, deterministic=True)


def create_index() -> list[str]:
    """The statements that make the search index over ``articles`` and fill it.

    No triggers keep it in step: FTS5 writes what it holds in memory to the file at every savepoint, and a
    trigger makes one, so that indexing took three times as long. The writer calls ``reindex`` instead. Who
    changes articles otherwise rebuilds the index (``INSERT INTO articles_fts (articles_fts) VALUES
    ('rebuild')``), on a connection with our functions (``register``).
    """
    options = f"content='articles_search', content_rowid='id', tokenize=\"{TOKENIZER}\""
    view = ", ".join(f"seg({name}) AS {name}" for name in SEARCH_COLUMNS)
    return [
        f"CREATE VIEW articles_search AS SELECT id, {view} FROM articles",
        f"CREATE VIRTUAL TABLE articles_fts USING fts5({_NAMES}, {options})",
        "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')",
    ]


def indexed(article: Mapping[str, Any] | sqlite3.Row) -> Indexed:
    """The text of an article as the index holds it."""
    return tuple(seg(article[name]) for name in SEARCH_COLUMNS)


def reindex(db: sqlite3.Connection, changes: Iterable[tuple[int, Indexed | None]]) -> None:
    """Bring the index in step with articles that were made, changed or deleted.

    ``changes``: the article with the text that the index holds of it (None: it is new), in the order of the
    changes. To be called outside savepoints.
    """
    former: dict[int, Indexed | None] = {}
    for article, text in changes:
        former.setdefault(article, text)
    # In order of the rows: FTS5 writes to the file whenever a lower number comes.
    for article, text in sorted(former.items()):
        if text is not None:
            db.execute(_DELETE, ("delete", article, *text))
        row = db.execute(f"SELECT {_NAMES} FROM articles WHERE id = ?", (article,)).fetchone()
        if row is not None:
            db.execute(_INSERT, (article, *indexed(row)))
