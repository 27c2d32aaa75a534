"""The counts of articles by day and by place are those of a fresh count, whatever was written."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from newsspider.records import Article, Dateline, Outcome
from newsspider.store import Store
from newsspider.store.check import reading
from newsspider.store.summaries import check_summaries

FERRY = Article(
    kind="article",
    headline="Ferry fares fall",
    published="2026-11-24T19:02:00+07:00",
    dateline=Dateline("PHNOM PENH —", "Phnom Penh"),
    body=("Fares fall by a fifth.",),
)
DAYS = (None, "2026-11-24T19:02:00+07:00", "2026-11-25T01:02:00+07:00", "2026-10-01")
PLACES = (None, "Phnom Penh", "ភ្នំពេញ", "Springfield")


def wrong(desk: Any) -> list[str]:
    with reading(desk.path) as db:
        return [f"{finding.where}: {finding.what} {finding.examples}" for finding in check_summaries(db)]


def step(desk: Any, dice: random.Random) -> None:
    """Something that can happen to one of a few pages."""
    place = dice.choice(PLACES)
    article = replace(
        FERRY,
        headline=f"Ferry fares {dice.random()}",
        published=dice.choice(DAYS),
        dateline=Dateline(f"{place} —", place) if place else None,
    )
    name, other = dice.sample("abcdef", 2)
    how = dice.random()
    if how < 0.1:
        desk.read(name, outcome=Outcome.GONE, status=404)
    elif how < 0.4:  # stories move, and are joined
        desk.read(name, article, answered=other, moved_permanently=dice.random() < 0.7)
    else:
        desk.read(name, article)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_the_counts_are_those_of_a_fresh_count(desk: Any, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(40):
        step(desk, dice)
        assert wrong(desk) == []
    known = [row["id"] for row in desk.rows("SELECT id FROM articles ORDER BY id")]
    desk.store.take_apart(desk.crawl, known[::2])
    assert wrong(desk) == []
    assert desk.one("SELECT coalesce(sum(articles), 0) FROM day_counts") == len(known[1::2])


def test_a_day_and_a_place_have_their_counts_as_long_as_they_have_articles(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", replace(FERRY, published=None))
    desk.read("c", replace(FERRY, dateline=None))
    days = "SELECT day, articles, datelines FROM day_counts ORDER BY day"
    assert [tuple(row.values()) for row in desk.rows(days)] == [(None, 1, 1), ("2026-11-24", 2, 1)]
    places = "SELECT place, month, articles FROM place_counts ORDER BY month"
    assert [tuple(row.values()) for row in desk.rows(places)] == [
        ("Phnom Penh", "", 1),
        ("Phnom Penh", "2026-11", 1),
    ]
    desk.read("a", replace(FERRY, dateline=Dateline("HANOI —", "Hanoi")))
    desk.read("b", replace(FERRY, dateline=None))
    assert [tuple(row.values()) for row in desk.rows(places)] == [("Hanoi", "2026-11", 1)]


def test_an_archive_of_an_older_version_is_counted(desk: Any) -> None:
    for name, day in zip("abcd", DAYS, strict=True):
        desk.read(name, replace(FERRY, published=day))
    desk.store.close()
    with sqlite3.connect(desk.path) as db:
        for trigger in ("articles_are_counted", "articles_are_uncounted", "articles_are_recounted"):
            db.execute(f"DROP TRIGGER {trigger}")
        for table in ("day_counts", "place_counts"):
            db.execute(f"DROP TABLE {table}")
        for index in ("idx_articles_dateline_place_published", "revisions_silent"):
            db.execute(f"DROP INDEX {index}")
        db.execute("CREATE INDEX idx_articles_dateline_place ON articles (dateline_place)")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'articles_are_counted'")
        db.execute("PRAGMA user_version = 5")
    desk.store = Store.open(desk.path)
    assert wrong(desk) == []
    assert desk.one("SELECT sum(articles) FROM day_counts") == 4
    indexes = {row["name"] for row in desk.rows("PRAGMA index_list(articles)")}
    assert "idx_articles_dateline_place_published" in indexes
    assert "idx_articles_dateline_place" not in indexes


def test_an_archive_of_an_older_version_gets_the_indexes_of_its_lists(desk: Any) -> None:
    wider = {"idx_articles_language_published": "language", "idx_articles_day_source_byline": "day"}
    desk.store.close()
    with sqlite3.connect(desk.path) as db:
        for name, column in wider.items():
            db.execute(f"DROP INDEX {name}")
            db.execute(f"CREATE INDEX idx_articles_{column} ON articles ({column})")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'lists_are_sorted_by_indexes'")
        db.execute("PRAGMA user_version = 5")
    desk.store = Store.open(desk.path)
    indexes = {row["name"] for row in desk.rows("PRAGMA index_list(articles)")}
    assert set(wider) <= indexes
    assert not {f"idx_articles_{column}" for column in wider.values()} & indexes
