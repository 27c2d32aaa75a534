"""The front page: a day to choose, what changed without a word, how the nights were, articles per day."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from elements import Elements, read

from newsspider.records import Article


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)


async def test_a_day_has_its_articles_by_source(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, "/archive/front?day=2026-11-23")
    assert html.texts("h2", id="h-news")[0].startswith("23 November 2026 by source")
    assert html.texts("p", class_="ns-lead") == ["Kampot Salt Growers Ask for Later Start to Season"]
    links = html.links()
    assert links["1 article"] == "/archive/articles?source=1&day=2026-11-23"
    assert links["The one article of this day as a table"] == "/archive/articles?day=2026-11-23"
    assert links["Tue 24 Nov"] == "/archive/front?day=2026-11-24"
    empty, _ = await read(opened, "/archive/front?day=2026-01-01")
    assert empty.texts("p", class_="ns-off")[0] == "No articles are of this day."


async def test_a_day_is_one_however_it_is_written(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/front?day=2026-W48-1")
    assert html.links()["The one article of this day as a table"] == "/archive/articles?day=2026-11-23"


@pytest.mark.parametrize("day", ["yesterday", "2026-02-31", "9999-12-31", "0001-01-01", "%00", "<b>"])
async def test_what_is_no_day_of_the_archive_is_no_error(opened: Datasette, day: str) -> None:
    await read(opened, f"/archive/front?day={day}")


async def test_a_date_that_is_yet_to_come_is_not_the_newest_day(archive_path: Path) -> None:
    change(
        archive_path,
        "UPDATE articles SET day = '2031-01-01', published = '2031-01-01T00:00:00Z' WHERE id = 1",
    )
    datasette = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/front")
    assert html.texts("div", class_="ns-mast")[0].startswith("News archive Newest: 25 November 2026")


async def test_of_few_sources_more_articles_are_shown(make: Callable[..., Any], tmp_path: Path) -> None:
    maker = make()
    for number in range(9):
        maker.add(
            "courier",
            f"story-{number}",
            Article(headline=f"Story {number}", body=("Rain.",), published="2026-11-23T09:00:00+07:00"),
        )
    maker.end()
    datasette = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/front")
    assert (
        len([link for link in html.links() if link.startswith("Story ")]) == 6
    )  # of four sources, 24 in all


@pytest.mark.parametrize(("kept", "last"), [(9, "h-days"), (1, "h-hea")])
async def test_where_few_sources_fill_no_column_the_chart_is_in_it(
    archive_path: Path, kept: int, last: str
) -> None:
    change(archive_path, f"DELETE FROM articles WHERE source > {kept}")
    datasette = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/front")
    assert [own["id"] for own in html.all("h2")][-1] == last


async def test_silent_edits_show_what_went_and_what_came(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/front")
    assert html.texts("h2", id="h-chg") == ["Edited silently all silent edits"]
    assert (html.texts("del")[0], html.texts("ins")[0]) == ("Fifth", "Quarter")


async def test_an_edit_that_the_page_tells_of_is_none_of_the_silent_ones(make: Any, tmp_path: Path) -> None:
    maker, noon = make(), datetime(2026, 11, 24, 12, tzinfo=UTC)
    for hour, headline in enumerate(("Fares Rise", "Fares Fall", "Fares Stay")):
        modified = f"2026-11-24T{10 + hour // 2}:00:00Z"  # moves with the last edit alone
        article = Article(
            headline=headline, published="2026-11-24T09:00:00Z", modified=modified, body=("Text.",)
        )
        maker.add("courier", "fares", article, noon + timedelta(hours=hour))
    maker.end()
    html, _ = await read(Datasette([str(tmp_path / "archive.db")]), "/archive/front")
    assert (html.texts("del"), html.texts("ins")) == (["Rise"], ["Fall"])


def bars(html: Elements, kind: str) -> list[str]:
    return [title for title in html.texts("rect", class_=kind) if title]


async def test_a_day_without_a_crawl_is_a_gap_and_one_without_news_is_none(archive_path: Path) -> None:
    change(
        archive_path,
        "INSERT INTO crawls (started_at, command, outcome) VALUES ('2026-11-20T01:00:00Z', 'nightly', 'finished')",
        "INSERT INTO crawls (started_at, command, outcome) VALUES ('2026-11-22T01:00:00Z', 'rebuild', 'finished')",
    )
    datasette = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/front")
    assert bars(html, "ns-gap") == ["Sat 21 Nov 2026: no crawl", "Sun 22 Nov 2026: no crawl"]
    assert bars(html, "ns-bar")[-4:] == [
        "Fri 20 Nov 2026: 0 articles",
        "Mon 23 Nov 2026: 1 article",
        "Tue 24 Nov 2026: 3 articles",
        "Wed 25 Nov 2026: 1 article",
    ]
    assert html.texts("td")[:2] == ["Wed 25 Nov 2026", "1"]


async def test_sources_have_their_nights_the_red_ones_first(archive_path: Path) -> None:
    change(
        archive_path,
        "UPDATE crawl_sources SET state = 'green', red = '[]'",
        "UPDATE crawl_sources SET state = 'red', red = '[\"nothing came\"]' WHERE source = 3",
    )
    datasette = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/front")
    rows = html.texts("ul", class_="ns-health")[0]
    assert rows.startswith("الميناء اليوم")
    assert "Red since Tue 24 Nov: nothing came" in rows
    labels = [
        attrs["aria-label"]
        for tag, attrs, _ in html.found
        if tag == "svg" and attrs.get("class") == "ns-strip"
    ]
    assert labels[0]
    assert labels[0].startswith("14 nights: 1 red (24 Nov), 13 without crawl")


async def test_an_article_with_a_date_that_is_yet_to_come_does_not_lead(archive_path: Path) -> None:
    change(
        archive_path,
        "UPDATE articles SET day = '2031-01-01', published = '2031-01-01T00:00:00Z' WHERE url LIKE '%/salt'",
    )
    datasette = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/front")
    assert "Kampot Salt Growers Ask for Later Start to Season" not in html.links()
    assert "River Ferry Fares to Fall by a Quarter" in html.texts("p", class_="ns-lead")


@pytest.mark.parametrize("day", [None, "2026-11-24"])
async def test_where_dates_do_not_tell_the_last_found_leads(archive_path: Path, day: str | None) -> None:
    at = f"published = {'NULL' if day is None else repr(day + 'T12:00:00Z')}, day = {'NULL' if day is None else repr(day)}"
    change(archive_path, f"UPDATE articles SET {at}, headline = 'Number ' || id")
    numbers = [
        row[0] for row in sqlite3.connect(archive_path).execute("SELECT id FROM articles WHERE source = 1")
    ]
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, f"/archive/front?day={day}" if day else "/archive/front")
    courier = [
        text for text in html.texts("p", class_="ns-hl") if text in {f"Number {number}" for number in numbers}
    ]
    assert courier[: len(numbers)] == [f"Number {number}" for number in sorted(numbers, reverse=True)]


async def test_a_day_of_another_year_is_named_with_its_year(archive_path: Path) -> None:
    change(archive_path, "UPDATE day_counts SET day = '2024-11-23' WHERE day = '2026-11-23'")
    datasette = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    links = (await read(datasette, "/archive/front"))[0].links()
    assert links["Sat 23 Nov 2024"] == "/archive/front?day=2024-11-23"
    assert links["Tue 24 Nov"] == "/archive/front?day=2026-11-24"


async def test_the_tickers_of_several_sources_share_their_place(archive_path: Path) -> None:
    change(
        archive_path,
        *(f"INSERT INTO ticker_entries (source, text, first_seen, last_seen) SELECT id, source || ' {number}',"
          " '2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z' FROM sources WHERE id > 1" for number in range(9)),
    )  # fmt: skip
    datasette = Datasette([str(archive_path)])
    html, _ = await read(datasette, "/archive/front")
    shown = html.texts("ul", class_="ns-onair")[0]
    counts = [
        shown.count(name) for name in ("Salt Growers", "Night Market", "donneng ", "almina ", "nanjiang ")
    ]
    assert counts == [1, 1, 2, 2, 2]


async def test_the_chart_of_the_front_page_leads_to_its_numbers_by_source(opened: Datasette) -> None:
    links = (await read(opened, "/archive/front"))[0].links()
    days = "from_day=2026-11-12&until_day=2026-11-25"  # a fortnight, since it is not older
    assert links["by source"] == f"/archive/queries/articles_per_day?{days}"
    assert (await opened.client.get(links["CSV"])).text.startswith("day,source,articles")


async def test_a_day_has_the_tickers_and_changes_of_then(archive_path: Path) -> None:
    change(
        archive_path,
        "INSERT INTO ticker_entries (source, text, first_seen, last_seen) VALUES"
        " (1, 'Bridge closed', '2026-11-21T10:00:00Z', '2026-11-22T11:00:00Z')",
        "UPDATE revisions SET seen_at = '2026-11-22T09:00:00Z' WHERE silent = 1",
    )
    datasette = Datasette([str(archive_path)])
    html, _ = await read(datasette, "/archive/front?day=2026-11-22")
    assert html.texts("h2", id="h-tick") == ["In the tickers then all tickers"]
    assert html.texts("ul", class_="ns-onair")[0].startswith("Bridge closed")
    assert html.texts("h2", id="h-chg") == ["Changed on that day all revisions of it"]
    assert "Quarter" in html.texts("ins")
    html, _ = await read(datasette, "/archive/front?day=2026-11-20")
    assert html.texts("h2", id="h-tick") + html.texts("h2", id="h-chg") == []


async def test_what_is_no_day_is_said(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/front?day=banana")
    assert html.texts("p", class_="ns-off")[0].startswith("banana is no day (YYYY-MM-DD)")


async def test_one_wrong_date_does_not_make_the_archive_a_hundred_years_old(archive_path: Path) -> None:
    change(archive_path, "UPDATE articles SET day = '1901-01-01' WHERE id = 1")
    html, _ = await read(Datasette([str(archive_path)]), "/archive/front")
    assert "from 4 sources, archived since 24 November 2026" in html.texts("div", class_="ns-mast")[0]
