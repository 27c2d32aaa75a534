"""Canned queries: each answers with nothing filled in, and says what happened."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from newsspider.browse.queries import QUERIES
from newsspider.browse.stories import register, same_stories
from newsspider.records import Article

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def ask(datasette: Datasette, name: str, **params: str) -> list[dict[str, Any]]:
    """The rows of a query; parameters that are not given are empty."""
    sql = next(query.sql for query in QUERIES if query.name == name)
    blank = dict.fromkeys(re.findall(r":(\w+)", sql), "")
    answer = await datasette.client.get(
        f"/archive/{name}.json", params={**blank, **params, "_shape": "array"}
    )
    rows: list[dict[str, Any]] = answer.json()
    assert answer.status_code == 200, (name, rows)
    return rows


def told(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
async def test_a_query_answers_with_nothing_filled_in(opened: Datasette, query: Any) -> None:
    page = await opened.client.get(f"/archive/{query.name}")
    assert page.status_code == 200
    assert query.title in page.text
    assert query.description.partition(".")[0].replace("'", "&#39;") in page.text
    await ask(opened, query.name)
    for parameter in set(re.findall(r":(\w+)", query.sql)):
        assert re.search(rf"\b{parameter}\b", query.description), parameter


async def test_queries_say_what_became_of_articles(opened: Datasette, ids: dict[str, int]) -> None:
    changes = await ask(opened, "headline_changes", source="courier")
    assert told(changes, "former_headline", "new_headline", "silent") == [
        ("River Ferry Fares to Fall by a Fifth", "River Ferry Fares to Fall by a Quarter", 1)
    ]
    assert told(await ask(opened, "deleted_articles"), "article") == [(ids["safina"],)]
    assert told(await ask(opened, "silent_edits"), "article") == [(ids["ferry"],)]
    assert await ask(opened, "silent_edits", source="almina") == []
    assert await ask(opened, "silent_edits", from_day="2026-11-25") == []
    assert len(await ask(opened, "silent_edits", from_day="2026-11-24", until_day="2026-11-24")) == 1
    assert {row["hours"] for row in await ask(opened, "ticker_time")} == {0.0, 1.0}


async def test_of_an_article_that_was_gone_before_the_last_time_counts(
    archive_path: Path, ids: dict[str, int]
) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        names = [row[1] for row in db.execute("PRAGMA table_info(revisions)")]
        for article, seen in (
            ("article", "2026-11-24T13:30:00Z"),
            (str(ids["ferry"]), "2026-11-24T13:40:00Z"),
        ):
            row = {"id": "NULL", "seen_at": f"'{seen}'", "article": article}
            values = ", ".join(row.get(name, name) for name in names)
            db.execute(
                f"INSERT INTO revisions SELECT {values} FROM revisions WHERE kind = 'deleted' AND seen_at > '{seen}'"
            )
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    gone = told(await ask(datasette, "deleted_articles"), "article", "gone_at")
    assert gone == [(ids["safina"], "2026-11-24T14:00:00Z")]  # the ferry's page came back


async def test_queries_count_articles(opened: Datasette, ids: dict[str, int]) -> None:
    assert told(await ask(opened, "most_linked"), "article", "linked_from") == [(ids["salt"], 1)]
    assert await ask(opened, "most_linked", from_day="2026-11-24") == []
    days = await ask(opened, "articles_per_day", source="courier")
    assert told(days, "day", "articles", "datelines") == [("2026-11-24", 1, 1), ("2026-11-23", 1, 0)]
    assert told(
        await ask(opened, "datelines_by_month", source="almina"), "month", "dateline_place", "articles"
    ) == [("2026-11", "مدينة المرسى", 1)]
    bylines = await ask(opened, "bylines", source="courier", until_day="2026-11-23")
    assert told(bylines, "byline", "articles", "article") == [("Chea Rattana", 1, ids["salt"])]
    words = await ask(opened, "words_by_day", words="ferry OR 北京")
    assert told(words, "day", "with_words", "articles") == [
        ("2026-11-25", 0, 1),
        ("2026-11-24", 2, 3),
        ("2026-11-23", 0, 1),
    ]


def test_queries_of_the_whole_archive_count_its_last_days_by_indexes(archive_path: Path) -> None:
    for name in ("most_linked", "bylines", "ticker_time"):
        sql = next(query.sql for query in QUERIES if query.name == name)
        blank = dict.fromkeys(re.findall(r":(\w+)", sql), "")
        with closing(sqlite3.connect(archive_path)) as db:
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", blank)]
        index = (
            "ticker_entries_last_seen (last_seen>"
            if name == "ticker_time"
            else "articles_day_source_byline (day>"
        )
        assert any(f"INDEX idx_{index}" in step for step in plan), (name, plan)
        assert not any(step.startswith("SCAN") and "INDEX" in step for step in plan), (name, plan)


def test_of_articles_that_are_too_many_to_compare_no_text_is_read(archive_path: Path) -> None:
    sql = next(query.sql for query in QUERIES if query.name == "same_story")
    with closing(sqlite3.connect(archive_path)) as db:
        register(db)
        plan = [
            row[3]
            for row in db.execute(
                f"EXPLAIN QUERY PLAN {sql}", dict.fromkeys(("from_day", "until_day", "source", "article"), "")
            )
        ]
    chosen = [step for step in plan if "idx_articles_day_source_byline (day>" in step]
    assert len(chosen) == 1
    assert "COVERING INDEX" in chosen[0], plan


async def test_older_days_are_counted_if_they_are_asked_for(archive_path: Path) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        db.execute("UPDATE articles SET day = '2025-01-01' WHERE byline = 'Chea Rattana'")
        db.execute("UPDATE ticker_entries SET first_seen = '2025-01-01T00:00:00Z', last_seen = '2025-01-01T05:00:00Z'"
                   " WHERE id = (SELECT min(id) FROM ticker_entries)")  # fmt: skip
    opened = Datasette([str(archive_path)])
    for name, column, value in (("bylines", "byline", "Chea Rattana"), ("ticker_time", "hours", 5.0)):
        assert value not in {row[column] for row in await ask(opened, name)}
        assert value in {row[column] for row in await ask(opened, name, from_day="2025-01-01")}
    assert await ask(opened, "most_linked") == []
    assert len(await ask(opened, "most_linked", until_day="2025-01-31")) == 1


async def test_an_article_in_a_query_is_a_link_to_it(opened: Datasette, ids: dict[str, int]) -> None:
    page = (await opened.client.get("/archive/silent_edits?source=&from_day=&until_day=")).text
    assert f'<a href="/archive/articles/{ids["ferry"]}">' in page


FIRE = "A fire destroyed the covered market of Marovar on Tuesday night; three stalls were saved, the mayor said."
WEATHER = (
    "Rain is expected on the coast, with light winds from the west and temperatures around twenty degrees"
)


DAY = [(f"s{n}", f"Council {n} votes on plan {n}", f"Ward {n} gets its plan, item {n}.") for n in range(90)]


def stories(*articles: tuple[str, str, str]) -> list[list[int]]:
    """The stories of articles among others of the day, each as the places of its articles: source, headline, text."""
    known = [[place, *article] for place, article in enumerate((*articles, *DAY))]
    found: dict[int, list[int]] = {}
    for story, article, _ in json.loads(same_stories(json.dumps(known))):
        found.setdefault(story, []).append(article)
    return list(found.values())


def test_reports_of_one_event_are_one_story() -> None:
    found = stories(
        ("one", "Fire destroys Marovar market", FIRE),
        ("two", "Marovar: covered market burns down", f"MAROVAR (AG) {FIRE}"),
        ("one", "Rain on the coast", f"{WEATHER} in Palu."),
        ("three", "Market of Marovar in flames", "Three stalls survive the fire in Marovar, the mayor says."),
    )
    assert found == [[0, 1, 3]]


def test_articles_of_one_source_and_of_one_kind_are_no_story() -> None:
    assert stories(("one", "Fire in Marovar", FIRE), ("one", "Fire in Marovar", FIRE)) == []
    places = "Palu Beno Sari Tovu Meri Kalo".split() * 8
    assert (
        stories(
            *(
                (f"s{n}", f"Weather: {place}{n}", f"{WEATHER} in {place}{n}.")
                for n, place in enumerate(places)
            )
        )
        == []
    )


def test_scripts_without_blanks_are_compared_too() -> None:
    found = stories(
        ("one", "马罗瓦尔市场发生大火", "周二晚间马罗瓦尔室内市场发生大火，市长称三个摊位幸免。"),
        ("two", "马罗瓦尔室内市场大火三摊位幸免", "马罗瓦尔市场周二晚间起火，市长表示。"),
        ("three", "渡轮票价下调", "部长称渡轮票价将下调五分之一。"),
    )
    assert found == [[0, 1]]
    assert same_stories(None) == "[]"
    assert stories(("one", "", "")) == []


@pytest.fixture
async def told_twice(make: Any, tmp_path: Path) -> Datasette:
    """An archive in which two sources tell one story."""
    maker = make()
    for source, name, headline in (
        ("courier", "fire", "Fire destroys Marovar market"),
        ("donneng", "feu", "Marovar market destroyed by fire"),
        ("nanjiang", "rain", "Rain on the coast"),
    ):
        body = (WEATHER if name == "rain" else FIRE,)
        maker.add(source, name, Article(headline=headline, body=body, published="2026-11-24T09:00:00+00:00"))
    maker.add(
        "almina",
        "old",
        Article(headline="Fire destroys Marovar market", body=(FIRE,), published="2026-10-01"),
    )
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    return datasette


async def test_the_same_story_is_found_in_several_sources(told_twice: Datasette) -> None:
    both = [(2, "courier"), (2, "donneng")]
    assert sorted(told(await ask(told_twice, "same_story"), "sources", "source")) == both
    assert sorted(told(await ask(told_twice, "same_story", source="courier"), "sources", "source")) == both
    assert await ask(told_twice, "same_story", source="nanjiang") == []
    assert await ask(told_twice, "same_story", until_day="2026-10-02") == []
    assert len(await ask(told_twice, "same_story", from_day="2026-09-01")) == 3


async def test_gaps_are_days_without_crawl_and_days_with_few_articles(make: Any, tmp_path: Path) -> None:
    maker = make()
    number = 0
    for week in range(6):
        for _ in range(2 if week == 5 else 6):  # the same day of the week, the last time with fewer
            number += 1
            day = (NOON - timedelta(weeks=5 - week)).isoformat()
            maker.add("courier", f"a{number}", Article(headline=f"H {number}", published=day))
    first = maker.crawl
    maker.store.end_crawl(first, "finished", NOON, {})
    maker.crawl = maker.store.begin_crawl("crawl", NOON + timedelta(days=2))
    maker.add(
        "courier",
        "new",
        Article(headline="New", published=(NOON + timedelta(days=2)).isoformat()),
        NOON + timedelta(days=2),
    )
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    span = {"from_day": "2026-11-20", "until_day": "2026-11-26", "source": "courier"}
    gaps = told(await ask(datasette, "coverage_gaps", **span), "day", "crawl", "articles", "usual")
    assert ("2026-11-24", "", 2, 6.0) in gaps
    assert ("2026-11-25", "no crawl", 0, 0.0) in gaps
    assert len(gaps) == 2
