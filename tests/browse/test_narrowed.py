"""Tables that are narrowed by more than one column: the same rows and counts as Datasette's, by an index that has them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted

from newsspider.browse import compat, narrowed, summed
from newsspider.store.search import register

_ARTICLES = "select id, source, headline from articles where {0} order by published desc limit 31"
_COUNT = "select count(*) from articles where {0}"
_PLACE_AND_LANGUAGE = '"dateline_place" = :p0 and "language" = :p1'


async def shown(datasette: Datasette, path: str) -> tuple[int, list[Any]]:
    """How many rows there are, and all of them, page by page."""
    count, rows = -1, []
    after = ""
    for _ in range(30):
        address = f"/archive/{path}&_size=2&_shape=objects&_extra=count{after}"
        answer = (await datasette.client.get(address.replace("?", ".json?"))).json()
        assert "rows" in answer, answer
        count = answer["count"] if "count" in answer else answer["filtered_table_rows_count"]
        rows += answer["rows"]
        if not answer["next"]:
            break
        after = f"&_next={answer['next']}"
    return count, rows


@pytest.mark.parametrize(
    "path",
    [
        "articles?source=1&language=en",
        "articles?source=1&dateline_place=Phnom+Penh",
        "articles?source=1&source=2&dateline_place=Phnom+Penh",
        "articles?source=1&source__gt=5&dateline_place=Phnom+Penh",
        "articles?language=en&dateline_place=Phnom+Penh",
        "articles?language=en&dateline_place=Nowhere",
        "articles?source=1&day=2026-11-24",
        "articles?source=1&dateline_place__isnull=1",
        "articles?language__not=en&dateline_place__notnull=1&_sort=source",
        "articles?language__in=en,km,ar&day__gte=2026-11-23&_sort_desc=id",
        "articles?source=1&headline__contains=a",
        "articles?source=1&id__gt=1",
        "articles?source=1&_where=language='km'+or+source=3",
        "articles?source=1&_where=(published=1)+or+(source=3)",
        "articles?_sort=headline",
        "articles?_sort_desc=headline",
        "pages?source=1",
        "pages?source=1&role=article",
        "ticker_wordings?source=1",
    ],
)
@pytest.mark.parametrize(("common", "tried"), [(0, True), (20_000, False)])
async def test_rows_and_counts_are_those_that_datasette_finds(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, common: int, tried: bool
) -> None:
    monkeypatch.setattr(narrowed, "_COMMON", common)
    if not tried:  # as if all that is tried first took too long
        monkeypatch.setattr(summed, "to_be_tried", lambda sql: None)
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    found = await shown(datasette, path)
    del datasette.databases["archive"].execute  # from here on Datasette asks by itself
    count, rows = await shown(datasette, path)
    assert (found[0], sorted(map(str, found[1]))) == (count, sorted(map(str, rows)))
    if "headline" in path and "_sort" in path:
        assert found[1] == rows
    if path.startswith("articles") and "_sort" not in path:
        times = [row["published"] or "" for row in found[1]]
        assert times == sorted(times, reverse=True)


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (
            _ARTICLES.format(_PLACE_AND_LANGUAGE),
            "COVERING INDEX articles_hits",
        ),
        (_ARTICLES.format('"source" = :p0 and "day" = :p1'), "USING INDEX idx_articles_day_source_byline"),
        (_ARTICLES.format('"dateline_place" is null and "source" = :p0'), "COVERING INDEX articles_hits"),
        (_COUNT.format(_PLACE_AND_LANGUAGE), "COVERING INDEX articles_hits"),
        (_COUNT.format('"language" = :p0 and "source" = :p1'), "COVERING INDEX articles_hits"),
        (_COUNT.format('"source" = :p0 and "dateline_place" = :p1'), "SEARCH place_counts USING INDEX"),
        (
            'select count(*) from (select * from articles where "language" = :p0 and "source" = :p1 limit 10001)',
            "COVERING INDEX articles_hits",
        ),
        (
            "select id, headline from articles order by headline limit 31",
            "SCAN articles USING COVERING INDEX idx_articles_source_headline",
        ),
        ('select id, url from pages where "source" = :p0 order by id desc limit 51', "SCAN pages"),
    ],
)
def test_no_article_is_read_for_what_an_index_has(archive_path: Path, sql: str, index: str) -> None:
    with closing(sqlite3.connect(archive_path)) as db:
        register(db)
        values = dict.fromkeys(re.findall(r":(\w+)", sql), "1")
        steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {narrowed.narrowed(sql)}", values)]
    assert any(index in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps if "pages" in sql), steps


@pytest.mark.parametrize(("limit", "plans"), [(1000, 1), (0, 2)])
async def test_what_is_common_is_met_at_once_and_what_is_rare_is_looked_for(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, plans: int
) -> None:
    datasette: Any = Datasette([str(archive_path)])
    db = datasette.databases["archive"]
    execute, asked = db.execute, []

    async def timed(sql: str, params: Any = None, **named: Any) -> Any:
        if "order by published" in sql.lower():
            asked.append(sql)
        if named.get("custom_time_limit") == summed._TRY_MS and not limit:
            raise QueryInterrupted(RuntimeError("interrupted"), sql, params)
        return await execute(sql, params, **named)

    monkeypatch.setattr(db, "execute", timed)
    summed.asked_cheaply(db)
    found = await db.execute(_ARTICLES.format('"source" = :p0 and "language" = :p1'), {"p0": "1", "p1": "en"})
    assert len(found.rows) == 2
    assert len(asked) == plans
    assert ("articles_hits" in asked[-1]) is (plans == 2)


async def test_the_search_index_is_not_counted_for_the_page_of_the_database(archive_path: Path) -> None:
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    counts = await datasette.databases["archive"].table_counts()
    assert counts["articles"] == 6
    assert counts["articles_fts_docsize"] == 6
    if compat.LEGACY:  # 1.0 counts no further than to ten thousand
        assert counts["articles_fts_data"] is None
    assert "articles" in (await datasette.client.get("/archive")).text
