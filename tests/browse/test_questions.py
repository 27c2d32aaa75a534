"""The canned queries as pages: forms, answers to read, what leads on; and the tables, described."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from datasette.app import Datasette
from elements import read

from newsspider.browse.compat import LEGACY
from newsspider.browse.contents import GROUPS
from newsspider.browse.queries import QUERIES
from newsspider.browse.questions import EACH
from newsspider.records import Article
from newsspider.store.schema import TABLES

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
async def test_each_query_has_a_page_with_a_form_for_its_parameters(opened: Datasette, query: Any) -> None:
    assert (await read(opened, "/archive/queries"))[0].links()[
        query.title
    ] == f"/archive/queries/{query.name}"
    html, _ = await read(opened, f"/archive/queries/{query.name}")
    assert html.texts("h1") == [query.title]
    assert {field["name"] for field in html.all("input", "select") if "name" in field} == set(
        query.parameters
    )
    assert query.sql.strip().split()[-1] in html.texts("pre")[0]


async def test_a_changed_headline_is_shown_as_what_went_and_what_came(
    opened: Datasette, ids: dict[str, int]
) -> None:
    html, _ = await read(opened, "/archive/queries/headline_changes?source=courier")
    assert (html.texts("del"), html.texts("ins")) == (["Fifth"], ["Quarter"])
    assert html.links()["River Ferry Fares to Fall by a FifthQuarter"] == (
        f"/archive/articles/{ids['ferry']}#revisions"
    )
    assert html.texts("span", class_="ns-tag--bad") == ["silent"]
    assert html.links()["Keep as Atom feed"] == "/archive/headline_changes.atom?source=courier"


async def test_silent_edits_show_the_words(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, "/archive/queries/silent_edits")
    assert (html.texts("del"), html.texts("ins")) == (["Fifth"], ["Quarter"])
    assert html.links()["headline, body"] == f"/archive/articles/{ids['ferry']}#revisions"
    assert html.texts("th") == ["Seen (UTC)", "Source", "Headline", "What changed"]


async def test_a_query_leads_to_articles_days_and_itself_narrowed_to_a_source(
    opened: Datasette, ids: dict[str, int]
) -> None:
    links = (await read(opened, "/archive/queries/most_linked?until_day=2026-11-25"))[0].links()
    assert links["Kampot Salt Growers Ask for Later Start to Season"] == f"/archive/articles/{ids['salt']}"
    assert links["23 November 2026"] == "/archive/front?day=2026-11-23"
    assert links["Mekong Courier"] == "/archive/queries/most_linked?source=courier&until_day=2026-11-25"
    assert links["CSV"] == "/archive/most_linked.csv?until_day=2026-11-25"
    assert (await opened.client.get(links["CSV"])).text.startswith("headline,source,day")


async def test_articles_a_day_are_a_chart_too(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/queries/articles_per_day")
    assert "most on Tue 24 Nov 2026: 3 articles" in html.all("svg")[0]["aria-label"]
    html, _ = await read(opened, "/archive/queries/words_by_day?words=ferry")
    assert "Tue 24 Nov 2026: 33.33 per cent" in html.all("svg")[0]["aria-label"]


async def test_a_day_whose_rows_are_cut_off_is_no_bar(
    opened: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = await read(opened, "/archive/queries/articles_per_day")
    [query] = [query for query in QUERIES if query.name == "articles_per_day"]
    cut = replace(query, sql=query.sql.replace("LIMIT 1000", "LIMIT 4"))
    monkeypatch.setattr("newsspider.browse.pages.QUERIES", (cut,))
    monkeypatch.setattr("newsspider.browse.pages.canned_sql", AsyncMock(return_value=cut.sql.strip()))
    html, _ = await read(opened, "/archive/queries/articles_per_day")
    assert html.texts("h2", id="h-rows")[0].startswith("4 rows, the most that are shown")
    assert len(html.texts("rect", class_="ns-bar")) < len(whole.texts("rect", class_="ns-bar"))
    assert "Tue 24 Nov" not in html.all("svg")[0]["aria-label"]


async def test_what_is_no_day_is_no_bar(archive_path: Path) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        db.execute("UPDATE day_counts SET day = '2026-02-31' WHERE day = '2026-11-23'")
    html, _ = await read(Datasette([str(archive_path)]), "/archive/queries/articles_per_day")
    assert len(html.texts("rect", class_="ns-bar")) == 2


async def test_a_query_without_what_it_needs_asks_for_it(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/queries/words_by_day")
    assert html.texts("p", class_="ns-off")[0].startswith("Type words to count")


async def test_what_is_no_day_is_not_asked_for(opened: Datasette) -> None:
    html, answer = await read(
        opened, "/archive/queries/silent_edits?from_day=tomorrow&source=%22%3E%3Cscript%3E"
    )
    assert "tomorrow" not in answer.text
    assert "<script" not in answer.text
    assert html.texts("p", class_="ns-off") == ["Nothing was found: without choosing anything."]


async def test_a_long_answer_has_pages(make: Callable[..., Any], tmp_path: Path) -> None:
    maker = make()
    for number in range(EACH + 1):
        maker.add("courier", str(number), Article(headline=f"No. {number}", authors=(f"Name {number:03}",),
                  published=(NOON - timedelta(days=1)).isoformat(), body=("Text.",)))  # fmt: skip
    maker.end()
    datasette = Datasette([str(tmp_path / "archive.db")])
    html, _ = await read(datasette, "/archive/queries/bylines?page=99")
    assert html.texts("h2")[0].startswith("101 to 101 of 101 rows")
    assert html.links()["Previous"] == "/archive/queries/bylines?page=1"
    assert html.links()["Name 100"].startswith("/archive/articles?byline=Name")


async def test_stories_stand_together(make: Callable[..., Any], tmp_path: Path) -> None:
    maker = make()
    for source, name in (("courier", "a"), ("donneng", "b"), ("almina", "c")):
        text = "A fire destroyed the covered market of Marovar on Tuesday night; three stalls were saved."
        known = Article(headline=f"Market of Marovar burns {name}", published=NOON.isoformat(), body=(text,))
        maker.add(source, name, known)
    maker.end()
    datasette = Datasette([str(tmp_path / "archive.db")])
    html, _ = await read(datasette, "/archive/queries/same_story")
    assert html.texts("tr", class_="ns-group") == ["3 sources"]
    assert len(html.texts("td", class_="ns-c-headline")) == 3
    own, _ = await read(datasette, "/archive/articles/2")
    assert own.links()["Same story in other sources"] == "/archive/queries/same_story?article=2"
    html, _ = await read(datasette, "/archive/queries/same_story?article=2")
    assert len(html.texts("td", class_="ns-c-headline")) == 3
    html, _ = await read(datasette, "/archive/queries/same_story?article=99")
    assert html.texts("p", class_="ns-off")[0].startswith("Nothing was found")


async def test_an_own_query_of_that_name_is_shown_by_datasette(archive_path: Path) -> None:
    own = {"databases": {"archive": {"queries": {"bylines": {"sql": "select 'my own' as byline"}}}}}
    given: dict[str, Any] = {"metadata" if LEGACY else "config": own}
    datasette = Datasette([str(archive_path)], **given)
    await datasette.invoke_startup()
    answer = await datasette.client.get("/archive/queries/bylines")
    assert (answer.status_code, answer.headers["location"]) == (302, "/archive/bylines")


async def test_a_query_that_there_is_not_is_not_found(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/queries/nonsense", 404)
    assert html.texts("h1") == ["There is no query nonsense"]


async def test_all_tables_are_described_with_what_they_lead_to(opened: Datasette) -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(TABLES)
    html, answer = await read(opened, "/archive/tables")
    assert html.links()["Revisions"] == "/archive/revisions"
    for table in TABLES.values():
        assert table.description.partition(".")[0].replace("'", "&#39;") in answer.text
    assert '<code>leads_to</code> → <a href="#articles">' in answer.text
    assert (await opened.client.get(html.links()["Run it"], follow_redirects=True)).status_code == 200


async def test_datasettes_own_pages_have_the_navigation_of_ours(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/articles")
    links = html.links()
    assert links["Front page"] == "/archive/front"
    assert links["Queries"] == "/archive/queries"
    assert links["Skip to content"] == "#main"
    assert [link["href"] for link in html.all("a") if link.get("aria-current") == "page"] == [
        "/archive/articles"
    ]
