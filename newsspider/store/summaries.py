"""What the archive's articles come to, by day and by place: counted when they are written, so that no page counts them.

Triggers of the table of articles keep the counts: they hold whatever wrote. Unlike the search index they are plain tables, to
which a savepoint means nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from newsspider.store.finding import EXAMPLES, Finding, number

_DAY = "source, coalesce(day, '')"
_MONTH = "coalesce(substr({}day, 1, 7), '')"
_FRESH = {
    "day_counts": (
        "source, day, articles, datelines",
        "SELECT source, day, count(*), count(dateline_place) FROM articles GROUP BY source, day",
    ),
    "place_counts": (
        "place, source, month, articles",
        f"""SELECT dateline_place, source, {_MONTH.format("")}, count(*) FROM articles
            WHERE dateline_place IS NOT NULL GROUP BY 1, 2, 3""",
    ),
}
_ADD = f"""
  INSERT INTO day_counts (source, day, articles, datelines)
    VALUES (new.source, new.day, 1, new.dateline_place IS NOT NULL)
    ON CONFLICT ({_DAY}) DO UPDATE SET articles = articles + 1, datelines = datelines + excluded.datelines;
  INSERT INTO place_counts (place, source, month, articles)
    SELECT new.dateline_place, new.source, {_MONTH.format("new.")}, 1 WHERE new.dateline_place IS NOT NULL
    ON CONFLICT (place, source, month) DO UPDATE SET articles = articles + 1;
"""
_AT_DAY = "source = old.source AND coalesce(day, '') = coalesce(old.day, '')"
_AT_PLACE = f"place = old.dateline_place AND source = old.source AND month = {_MONTH.format('old.')}"
_TAKE = f"""
  UPDATE day_counts SET articles = articles - 1, datelines = datelines - (old.dateline_place IS NOT NULL)
    WHERE {_AT_DAY};
  DELETE FROM day_counts WHERE {_AT_DAY} AND articles <= 0;
  UPDATE place_counts SET articles = articles - 1 WHERE {_AT_PLACE};
  DELETE FROM place_counts WHERE {_AT_PLACE} AND articles <= 0;
"""
_IS_OTHER = " OR ".join(f"old.{name} IS NOT new.{name}" for name in ("source", "day", "dateline_place"))
TRIGGERS = {
    "articles_are_counted": f"AFTER INSERT ON articles BEGIN{_ADD}END",
    "articles_are_uncounted": f"AFTER DELETE ON articles BEGIN{_TAKE}END",
    "articles_are_recounted": (
        f"AFTER UPDATE OF source, day, dateline_place ON articles WHEN {_IS_OTHER} BEGIN{_TAKE}{_ADD}END"
    ),
}


def create_triggers() -> list[str]:
    """The statements that make the triggers; who copies the table of articles into a new one makes them again."""
    return [f"CREATE TRIGGER {name} {sql}" for name, sql in TRIGGERS.items()]


def count(db: sqlite3.Connection) -> None:
    """Count all articles anew, and keep counting: the triggers are made where they are missing."""
    for name in TRIGGERS:
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
    for table, (columns, query) in _FRESH.items():
        db.execute(f"DELETE FROM {table}")
        db.execute(f"INSERT INTO {table} ({columns}) {query}")
    for statement in create_triggers():
        db.execute(statement)


def check_summaries(db: sqlite3.Connection) -> Iterator[Finding]:
    """Do the counts of articles hold what a fresh count finds, and will they go on doing so?"""
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    made = {row[0] for row in db.execute(query)}
    if missing := [name for name, sql in zip(TRIGGERS, create_triggers(), strict=True) if sql not in made]:
        what = f"lacks {number(len(missing), 'trigger')} by which articles are counted"
        yield _finding("archive.db", what, len(missing), tuple(missing))
    for table, (columns, fresh) in _FRESH.items():
        have = f"SELECT {columns} FROM {table}"
        other = db.execute(
            f"SELECT * FROM ({fresh} EXCEPT {have}) UNION ALL SELECT * FROM ({have} EXCEPT {fresh})"
        ).fetchall()
        if other:
            keys = sorted(
                {tuple("" if part is None else str(part) for part in row[:-1][:3]) for row in other}
            )
            what = f"wrong counts in {number(len(other), 'row')}"
            examples = tuple(", ".join(part for part in key if part) for key in keys[:EXAMPLES])
            yield _finding(f"archive.db, {table}", what, len(other), examples)


def _finding(where: str, what: str, count: int, examples: tuple[str, ...]) -> Finding:
    return Finding("summaries", where, what, count, examples, "the articles are counted again")
