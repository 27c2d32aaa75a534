"""What Datasette shows of an archive's tables, on 0.65 and on 1.0."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from newsspider.browse import compat, nights
from newsspider.browse.metadata import metadata
from newsspider.browse.queries import QUERIES
from newsspider.store.schema import TABLES
from newsspider.store.search import register


async def page(datasette: Datasette, path: str) -> str:
    answer = await datasette.client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.text)


async def test_the_database_page_has_title_description_and_queries(opened: Datasette) -> None:
    html = await page(opened, "/archive")
    assert "<h1>News archive</h1>" in html
    assert 'href="/archive/front"' in html
    assert QUERIES[0].title in html
    assert "/archive/_sqlite_migrations" not in html


async def test_every_table_and_column_is_described(opened: Datasette) -> None:
    for table, spec in TABLES.items():
        html = await page(opened, f"/archive/{table}")
        described = metadata("archive", "/archive")["tables"][table]
        assert f"<h1>{described['title']}</h1>" in html
        descriptions = re.findall(r"<dt>(\w+)</dt><dd>(.*?)</dd>", html)
        assert {name for name, text in descriptions if text} == set(spec.columns), table


async def test_articles_come_newest_first_with_their_facets(opened: Datasette) -> None:
    answer = (
        await opened.client.get("/archive/articles.json?_extra=facet_results&_extra=suggested_facets")
    ).json()
    facets = answer["facet_results"].get("results", answer["facet_results"])
    assert set(facets) == {"source", "dateline_place", "language"}
    assert answer["suggested_facets"] == []
    html = await page(opened, "/archive/articles")
    assert "sorted by published descending" in html
    assert html.index("ميناء الشرق") < html.index("River Ferry Fares") < html.index("Kampot Salt")


async def test_foreign_keys_have_labels(opened: Datasette) -> None:
    html = await page(opened, "/archive/articles")
    assert re.search(r'<a href="/archive/sources/1">Mekong Courier</a>', html)
    assert re.search(
        r'<a href="/archive/articles/\d">Kampot Salt Growers', await page(opened, "/archive/related_links")
    )


async def search(datasette: Datasette, words: str) -> list[str]:
    """The last words of the addresses that the table's own search box finds."""
    answer = await datasette.client.get(
        "/archive/articles.json", params={"_search": words, "_shape": "array"}
    )
    assert answer.status_code == 200, words
    return [row["url"].rpartition("/")[2] for row in answer.json()]


async def test_the_search_box_finds_words_of_every_script(opened: Datasette) -> None:
    assert await search(opened, "北京") == ["zhuanjia"]
    assert await search(opened, "ភ្នំពេញ") == ["spean"]
    assert await search(opened, "حاويات") == ["safina"]
    assert await search(opened, "ferry quarter") == ["ferry"]
    assert await search(opened, '"crossing will fall"') == ["ferry"]
    assert await search(opened, "kamp*") == ["salt"]
    assert await search(opened, "kamp") == []


async def test_nothing_that_is_typed_is_a_syntax_error(opened: Datasette) -> None:
    for words in ('"', "AND", "NOT (", "a-b*:", "' OR 1=1 --", "^x", "*", "NEAR(a, b)", "{a} : b"):
        await search(opened, words)


@pytest.mark.parametrize("table", TABLES)
def test_sort_and_facets_are_served_from_indexes(archive_path: Path, table: str) -> None:
    described = metadata("archive", "/archive")["tables"][table]
    with closing(sqlite3.connect(archive_path)) as db:
        columns = ", ".join(f'"{column}"' for column in TABLES[table].columns)
        if "sort_desc" in described:
            plan = _plan(
                db, f"SELECT {columns} FROM {table} ORDER BY {described['sort_desc']} DESC LIMIT 101"
            )
            assert "TEMP B-TREE" not in plan
        for facet in described["facets"]:
            # As Datasette asks for a facet (ColumnFacet.facet_results).
            sql = (
                f"SELECT {facet} AS value, count(*) AS count FROM (SELECT {columns} FROM {table})"
                f" WHERE {facet} IS NOT NULL GROUP BY {facet} ORDER BY count DESC, value LIMIT 31"
            )
            plan = _plan(db, sql)
            assert "COVERING INDEX" in plan
            assert "B-TREE FOR GROUP BY" not in plan


@pytest.mark.parametrize("column", ["source", "dateline_place", "language"])
def test_the_articles_of_a_facet_are_found_and_sorted_by_one_index(archive_path: Path, column: str) -> None:
    with closing(sqlite3.connect(archive_path)) as db:
        plan = _plan(db, f"SELECT * FROM articles WHERE {column} = '1' ORDER BY published DESC LIMIT 31")
    assert f"idx_articles_{column}_published ({column}=?)" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("arguments", "least"),
    [
        ("", 1000),
        ("?source=1", 30),
        ("?headline__contains=a", 30),
        ("?_search=ferry", 30),
        ("?_where=id>1", 30),
        ("?_size=5", 1000),
        ("?source=1&_facet=section", 1000),
    ],
)
async def test_facets_of_a_narrowed_table_have_little_time(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, least: int
) -> None:
    datasette: Any = Datasette([str(archive_path)], settings={"facet_time_limit_ms": 1000})
    await datasette.invoke_startup()
    asked = []
    execute = datasette.databases["archive"].execute

    async def noted(sql: str, *args: Any, custom_time_limit: int | None = None, **named: Any) -> Any:
        if "as count from" in sql:
            asked.append(custom_time_limit)
        return await execute(sql, *args, custom_time_limit=custom_time_limit, **named)

    monkeypatch.setattr(datasette.databases["archive"], "execute", noted)
    await page(datasette, f"/archive/articles{arguments}")
    assert set(asked) == {least}


async def counted(datasette: Datasette, arguments: str) -> tuple[int, dict[str, list[Any]]]:
    """How many articles there are, and the facets of the table."""
    path = f"/archive/articles.json?{arguments}&_extra=count,facet_results"
    answer = (await datasette.client.get(path)).json()
    facets = answer["facet_results"].get("results", answer["facet_results"])
    count = answer["count"] if "count" in answer else answer["filtered_table_rows_count"]
    return count, {name: facet["results"] for name, facet in facets.items()}


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ("", 6),
        ("source=1", 3),
        ("source=x", 0),
        ("dateline_place=Phnom+Penh", 1),
        ("source=1&language=en", 2),
    ],
)
async def test_counts_of_articles_are_those_that_the_table_has(
    archive_path: Path, arguments: str, count: int
) -> None:
    datasette: Any = Datasette([str(archive_path)], settings={"facet_time_limit_ms": 1000})
    await datasette.invoke_startup()
    found = await counted(datasette, arguments)
    del datasette.databases["archive"].execute  # from here on Datasette counts by itself
    assert await counted(datasette, arguments) == found
    assert found[0] == count
    assert set(found[1]) == {"source", "dateline_place", "language"}


async def test_articles_of_a_source_or_a_place_are_not_counted_one_by_one(archive_path: Path) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        db.execute("UPDATE day_counts SET articles = 70 WHERE source = 1")
        db.execute("UPDATE place_counts SET articles = 40 WHERE place = 'Phnom Penh'")
    datasette = Datasette([str(archive_path)])
    _, facets = await counted(datasette, "")
    assert (facets["source"][0]["label"], facets["source"][0]["count"]) == ("Mekong Courier", 210)
    assert (facets["dateline_place"][0]["value"], facets["dateline_place"][0]["count"]) == ("Phnom Penh", 40)
    count, facets = await counted(datasette, "source=1")
    assert facets["dateline_place"][0]["count"] == 40
    if compat.LEGACY:  # 1.0 counts by itself, no further than to ten thousand
        assert count == 210
        assert (await counted(datasette, "dateline_place=Phnom+Penh"))[0] == 40


@pytest.mark.parametrize("table", ["crawls", "crawl_outcomes", "crawl_sources"])
def test_what_crawls_did_is_shown_newest_first(table: str) -> None:
    assert metadata("archive", "/archive")["tables"][table]["sort_desc"] in ("id", "started_at")


def _plan(db: sqlite3.Connection, sql: str) -> str:
    return " | ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}"))


async def test_what_the_user_configured_stays(archive_path: Path) -> None:
    own = {
        "databases": {
            "archive": {
                "title": "My papers",
                "tables": {"articles": {"sort": "headline", "facets": ["section"]}},
            }
        }
    }
    datasette: Any = Datasette([str(archive_path)], metadata=own)
    await datasette.invoke_startup()
    assert "<h1>My papers</h1>" in await page(datasette, "/archive")
    html = await page(datasette, "/archive/articles")
    assert "sorted by headline" in html
    assert "<h1>Articles</h1>" in html


async def test_what_the_user_says_of_columns_is_of_this_server_alone(archive_path: Path) -> None:
    assert (
        metadata("archive", "/archive")["tables"]["articles"]["columns"]
        is (metadata("archive", "/archive")["tables"]["articles"]["columns"])
    )  # of hundreds, asked for some forty times a page
    own = {"databases": {"archive": {"tables": {"articles": {"columns": {"headline": "My own words"}}}}}}
    mine: Any = Datasette([str(archive_path)], metadata=own)
    await mine.invoke_startup()
    assert "My own words" in await page(mine, "/archive/articles")
    other: Any = Datasette([str(archive_path)])
    await other.invoke_startup()
    assert "My own words" not in await page(other, "/archive/articles")


async def test_other_databases_are_left_as_they_are(archive_path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.executescript(
            """
            CREATE TABLE articles (id INTEGER PRIMARY KEY, headline TEXT, day TEXT, authors TEXT);
            INSERT INTO articles VALUES (1, 'A headline', '2026-11-24', '["A"]'),
              (2, 'Another', '2026-11-24', '["B"]'), (3, 'A third', '2026-11-25', '[]');
            """
        )
    datasette: Any = Datasette([str(archive_path), str(tmp_path / "other.db")])
    await datasette.invoke_startup()
    row = await page(datasette, "/other/articles/1")
    assert "newsspider.css" not in row
    html = await page(datasette, "/other/articles")
    assert "newsspider.css" not in html
    assert "<h1>articles</h1>" in html
    assert "[&#34;A&#34;]" in html
    suggested = (await datasette.client.get("/other/articles.json?_extra=suggested_facets")).json()[
        "suggested_facets"
    ]
    assert [facet["name"] for facet in suggested][:1] == ["day"]
    assert (await datasette.client.get("/other/front")).status_code == 404
    assert (await datasette.client.get("/")).status_code == 200
    own = await datasette.get_database("other").execute("SELECT escape_fts('a OR b') AS q")
    assert own.first()["q"] == '"a" "OR" "b"'
    ours = await datasette.get_database("archive").execute("SELECT escape_fts('a OR b') AS q")
    assert ours.first()["q"] == '("a" OR "b")'


async def test_an_archive_of_another_name_has_everything_too(
    make: Callable[..., Any], tmp_path: Path
) -> None:
    make("my news.v2.db").end()
    datasette: Any = Datasette([str(tmp_path / "my news.v2.db")])
    await datasette.invoke_startup()
    base = datasette.urls.database("my news.v2")
    assert "News archive: my news.v2" in await page(datasette, f"{base}/front")
    assert f'href="{base}/front"' in await page(datasette, base)


async def test_reading_does_not_change_the_file_and_sees_what_a_crawl_writes(
    archive_path: Path, opened: Datasette, ids: dict[str, int]
) -> None:
    before = archive_path.read_bytes()
    await page(opened, "/archive/articles")
    await page(opened, "/archive/front")
    assert archive_path.read_bytes() == before
    with closing(sqlite3.connect(archive_path, isolation_level=None)) as writer:
        register(writer)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(
            "UPDATE articles SET headline = 'While a crawl is writing' WHERE id = ?", (ids["salt"],)
        )
        assert "Kampot Salt Growers" in await page(opened, f"/archive/articles/{ids['salt']}")
        writer.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        writer.execute("COMMIT")
        assert "While a crawl is writing" in await page(opened, f"/archive/articles/{ids['salt']}")
        assert await search(opened, "writing") == ["salt"]


def test_the_last_nights_are_read_without_those_of_all_years(archive_path: Path) -> None:
    values = {"since": "2026-11-13T00:00:00Z", "sources": "[1, 2]"}
    with closing(sqlite3.connect(archive_path)) as db:
        plan = " | ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {nights._NIGHTS}", values))
    assert "SEARCH crawls USING INTEGER PRIMARY KEY (rowid>?)" in plan
    assert "crawl_sources_source" not in plan


async def test_the_users_own_words_and_queries_win(archive_path: Path) -> None:
    own = {
        "description": "My own description",
        "tables": {"captures": {"sortable_columns": ["url"]}},
        "queries": {"bylines": {"sql": "select 1 as one"}},
    }
    given: dict[str, Any] = {"metadata": {"databases": {"archive": own}}}
    if not compat.LEGACY:
        given["config"] = {"databases": {"archive": {"queries": own["queries"], "tables": own["tables"]}}}
    datasette: Any = Datasette([str(archive_path)], **given)
    await datasette.invoke_startup()
    assert "My own description" in await page(datasette, "/archive")
    assert "url" in await page(datasette, "/archive/captures")
    assert "Who wrote most" not in await page(datasette, "/archive/bylines")


@pytest.mark.parametrize("most", [1, 20])
async def test_a_server_that_allows_few_rows_shows_few(archive_path: Path, most: int) -> None:
    datasette: Any = Datasette([str(archive_path)], settings={"max_returned_rows": most})
    await datasette.invoke_startup()
    for path in ("articles", "articles.json", "articles.csv?_stream=on", "articles.jsonl", "pages"):
        assert (await datasette.client.get(f"/archive/{path}")).status_code == 200, path
