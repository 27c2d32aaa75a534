"""What one looks at, taken away: Datasette's choice of rows in the forms of the exports."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from datasette.app import Datasette

from newsspider.exports.lines import json_chunks
from newsspider.exports.rows import RECORD, Filters, read, reading


async def get(datasette: Any, path: str) -> Any:
    return await datasette.client.get(path)


def urls(text: str) -> list[str]:
    return [json.loads(line)["url"].rpartition("/")[2] for line in text.splitlines()]


async def test_all_articles_are_those_of_the_command(opened: Datasette, archive_path: Path) -> None:
    answer = await get(opened, "/archive/articles.jsonl?_sort=id")
    assert answer.headers["content-disposition"] == 'attachment; filename="articles.jsonl"'
    with reading(archive_path) as db:
        assert answer.content == b"".join(json_chunks(RECORD, read(db, "articles", RECORD, Filters())))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("language__exact=km", ["spean"]),
        ("_search=fares", ["ferry"]),
        ("language=en&_sort_desc=published&_size=1", ["ferry", "salt"]),
        ("language=en&_sort_desc=published&_size=1&_next=2026-11-24T12%3A02%3A00Z%2C2", ["ferry", "salt"]),
        ("_where=headline+like+'%25Salt%25'", ["salt"]),
        ("day=1999-01-01", []),
    ],
)  # fmt: skip
async def test_filters_search_and_order_are_datasettes_and_the_rows_not_a_page_of_them(
    opened: Datasette, query: str, found: list[str]
) -> None:
    got = urls((await get(opened, f"/archive/articles.jsonl?{query}")).text)
    assert (got if "_sort" in query else sorted(got)) == (found if "_sort" in query else sorted(found))


async def test_more_rows_than_datasette_shows_at_once(make: Any, tmp_path: Path) -> None:
    maker = make()
    for number in range(12):
        maker.add("courier", f"s{number}", None)
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")], settings={"max_returned_rows": 5})
    await datasette.invoke_startup()
    assert len((await get(datasette, "/archive/captures.jsonl")).text.splitlines()) == 12


async def test_csv_for_spreadsheets_has_its_mark_and_runs_nothing(opened: Datasette) -> None:
    answer = await get(opened, "/archive/articles.excel")
    assert answer.headers["content-disposition"] == 'attachment; filename="articles.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert len(rows) == 6
    assert not [row for row in rows if row["headline"].startswith(("=", "+", "-", "@"))]


async def test_text_and_parquet(opened: Datasette) -> None:
    text = (await get(opened, "/archive/articles.text?language=zh")).text
    assert re.match(r"### id=\d+\tsource=nanjiang\t", text)
    table = pq.read_table(io.BytesIO((await get(opened, "/archive/ticker_entries.parquet")).content))
    assert {"text", "source", "sightings"} <= set(table.column_names)
    assert table.num_rows == 3


async def test_one_row_is_had_alone(opened: Datasette, ids: dict[str, int]) -> None:
    answer = await get(opened, f"/archive/articles/{ids['ferry']}.jsonl")
    assert answer.headers["content-disposition"] == f'attachment; filename="articles-{ids["ferry"]}.jsonl"'
    assert urls(answer.text) == ["ferry"]
    page = (await get(opened, f"/archive/articles/{ids['ferry']}")).text
    for form in ("jsonl", "text", "excel"):
        assert f'href="/archive/articles/{ids["ferry"]}.{form}"' in page


async def test_tables_offer_what_they_can_be_had_in(opened: Datasette) -> None:
    articles = (await get(opened, "/archive/articles?language=en")).text
    assert "/archive/articles.parquet?language=en" in articles
    links = (await get(opened, "/archive/related_links")).text
    assert ("related_links.jsonl" in links, "related_links.text" in links) == (True, False)
    assert ".parquet" not in (await get(opened, "/archive/crawls")).text
    assert (await get(opened, "/archive/related_links.text")).status_code == 404


async def test_who_may_not_see_the_articles_gets_none_of_them(archive_path: Path) -> None:
    rights = {"databases": {"archive": {"tables": {"articles": {"allow": False}}}}}
    datasette: Any = Datasette([str(archive_path)], metadata=rights)
    await datasette.invoke_startup()
    assert (await get(datasette, "/archive/related_links.jsonl")).status_code == 403
    assert (await get(datasette, "/archive/articles.jsonl")).status_code == 403


async def test_a_base_url_is_no_hindrance(archive_path: Path, ids: dict[str, int]) -> None:
    datasette: Any = Datasette([str(archive_path)], settings={"base_url": "/news/"})
    await datasette.invoke_startup()
    assert urls((await get(datasette, "/archive/articles.jsonl?language=km")).text) == ["spean"]
    page = (await get(datasette, f"/archive/articles/{ids['ferry']}")).text
    assert f'href="/news/archive/articles/{ids["ferry"]}.jsonl"' in page


async def test_what_datasette_refuses_is_refused_and_a_comment_is_no_hindrance(opened: Datasette) -> None:
    refused, own = [await get(opened, f"/archive/articles.{form}?_sort=nosuch") for form in ("jsonl", "json")]
    assert (refused.status_code, "nosuch" in refused.text) == (own.status_code, True)
    assert refused.status_code >= 400
    assert len(urls((await get(opened, "/archive/articles.jsonl?_where=1%3D1--")).text)) == 6


@pytest.mark.parametrize("table", ["related_links", "ticker_entries"])
async def test_what_stands_in_an_article_from_a_table_that_one_may_not_see_is_not_given_away(
    archive_path: Path, table: str
) -> None:
    rights = {"databases": {"archive": {"tables": {table: {"allow": False}}}}}
    datasette: Any = Datasette([str(archive_path)], metadata=rights)
    await datasette.invoke_startup()
    assert (await get(datasette, "/archive/articles.jsonl")).status_code == 403
    assert (await get(datasette, "/archive/revisions.jsonl")).status_code == 200
