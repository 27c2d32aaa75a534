"""The pages of the sources: nights, yield and shares, why a source is red, and pages to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from datasette.app import Datasette
from elements import read

from newsspider.records import Article, Dateline

TODAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NIGHTS = 20
PLAIN = Article(
    headline="Ferry timetable agreed",
    authors=("Chea Rattana",),
    dateline=Dateline("PHNOM PENH", "Phnom Penh"),
    body=("The timetable was agreed on the river bank, and nobody was against it.",),
    language="en",
)
WRONG = "courier: dateline on 0% of 12 articles, 100% before; since 2026-11-22; look at https://courier.example/21-0"


def live(maker: Any, today: datetime) -> None:
    """Twenty nights: the courier loses its datelines on the third last, the Khmer paper rests on Sundays, one night is missing
    and one was cut short.
    """
    for night in range(NIGHTS):
        at = today - timedelta(days=NIGHTS - 1 - night)
        if night == 5:
            continue
        maker.crawl = maker.store.begin_crawl("nightly", at)
        lost = night >= NIGHTS - 3
        for number in range(4):
            story = replace(PLAIN, published=at.isoformat(), dateline=None if lost else PLAIN.dateline)
            maker.add("courier", f"{night}-{number}", story, at)
        if at.weekday() != 6:
            maker.add("donneng", f"{night}", replace(PLAIN, published=at.isoformat(), language="km"), at)
        else:
            maker.add("donneng", f"{night - 1}", replace(PLAIN, published=at.isoformat(), language="km"), at)
        if night == 8:
            continue  # the next one begins
        red = {"courier": [WRONG.replace("21-0", f"{NIGHTS - 3}-0")] if lost else [], "donneng": []}
        measures = {source: maker.store.history_of(source).measure(maker.crawl) for source in red}
        maker.store.end_crawl(maker.crawl, "finished", at + timedelta(hours=1), red, {}, measures)
    maker.store.close()


@pytest.fixture
async def lived(make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Datasette:
    """Plain Datasette with an archive of twenty nights."""
    monkeypatch.setattr("newsspider.clock.now", lambda: TODAY + timedelta(hours=3))
    return await served(make(), TODAY)


async def served(maker: Any, today: datetime) -> Datasette:
    """An archive whose last night is today's."""
    live(maker, today)
    datasette: Any = Datasette([str(maker.store.path)])
    await datasette.invoke_startup()
    return datasette


async def test_sources_are_told_red_first_with_their_nights(lived: Datasette) -> None:
    html, answer = await read(lived, "/archive/health")
    assert html.texts("h3") == ["Mekong Courier", "ដំណឹងទន្លេ", "الميناء اليوم", "南江日报"]
    strips = [own["aria-label"] for tag, own, _ in html.found if own.get("class") == "ns-strip"]
    assert strips[0] == (
        "Mekong Courier, 20 nights: 15 good, 3 red (22 Nov, 23 Nov, 24 Nov), 2 without crawl (10 Nov, 13 Nov)"
    )
    assert "15 good, 3 quiet, 2 without crawl" in (strips[1] or "")
    assert "4 sources: 1 red, 1 well, 2 not crawled yet." in html.texts("p", class_="ns-lede")[0]
    assert "Sun 15 Nov: nothing new" in answer.text
    assert "the crawl did not come to its end" in answer.text


async def test_a_red_source_says_since_when_and_leads_to_the_last_good_and_the_first_bad_page(
    lived: Datasette,
) -> None:
    html, _ = await read(lived, "/archive/health")
    (note,) = html.texts("div", class_="ns-red-note")
    assert note.startswith(
        "Red since 22 November 2026: dateline on 0% of 12 articles, 100% before; since 2026-11-22"
    )
    assert "If the site was redesigned: run newsspider sources check courier --data /" in note
    for label, address in (("Last good page", "/16-3"), ("First bad page", "/17-0")):
        page, _ = await read(lived, html.links()[label] or "")
        assert any((href or "").endswith(f"courier.example{address}") for href in page.links().values())


async def test_a_reason_that_came_later_has_its_own_day_and_pages(make: Callable[..., Any]) -> None:
    maker, refused = (
        make(),
        "courier: every article page failed or was blocked (http_403 {}); since 2026-11-18",
    )
    for day in range(10, 21):
        at = TODAY.replace(day=day)
        maker.crawl = maker.store.begin_crawl("nightly", at)
        if day < 18:
            maker.add("courier", f"{day}", replace(PLAIN, published=at.isoformat()), at)
        red = [] if day < 15 else [WRONG] if day < 18 else [refused.format(day)]
        maker.store.end_crawl(maker.crawl, "finished", at + timedelta(hours=1), {"courier": red})
    maker.store.close()
    datasette: Any = Datasette([str(maker.store.path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/health")
    (note,) = html.texts("div", class_="ns-red-note")
    assert note.startswith("Red since 18 November 2026: every article page failed")
    page, _ = await read(datasette, html.links()["Last good page"] or "")
    assert any((href or "").endswith("courier.example/17") for href in page.links().values())


async def test_nights_are_those_of_the_source_s_zone(
    make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsspider.clock.now", lambda: TODAY)
    evenings = await served(make(), TODAY - timedelta(hours=6))  # 20:00 in UTC, 3:00 of the next day there
    html, _ = await read(evenings, "/archive/health")
    (note,) = html.texts("div", class_="ns-red-note")
    assert note.startswith("Red since 22 November 2026")


async def test_the_share_of_a_part_that_vanished_stands_beside_what_it_was(lived: Datasette) -> None:
    html, _ = await read(lived, "/archive/health")
    shares = html.texts("dl", class_="ns-share")
    assert "dateline 0.00 (was 1.00) byline 1.00" in shares[0]
    assert "tickernone" in shares[0]
    assert "was" not in shares[1]


async def test_a_source_has_a_page_of_its_own(lived: Datasette) -> None:
    html, _ = await read(lived, "/archive/health/courier")
    assert html.texts("h1") == ["Mekong Courier"]
    assert html.texts("table", class_="ns-said")[0].count("red") == 3
    assert "red, 3 nights" in html.texts("span", class_="ns-tag")
    assert html.links()["76 articles"] == "/archive/articles?source=1"
    await read(lived, html.links()["ticker"] or "")
    assert sum(tag == "svg" and own.get("class") == "ns-spark" for tag, own, _ in html.found) == 7
    rows = html.texts("tr")
    assert rows[0] == "Nightheadlinedatelinebylinedatebodytickerrelated"
    assert rows[1] == "2026-11-241.000.001.001.001.000.000.00"
    await read(lived, "/archive/health/nobody", status=404)


async def test_an_archive_without_a_crawl_that_was_judged_has_the_page_too(opened: Datasette) -> None:
    html, _ = await read(opened, "/archive/health")
    assert len(html.texts("h3")) == 4
    assert html.texts("span", class_="ns-tag") == ["red, 1 night"] + ["not judged yet"] * 3
    assert "4 sources: 1 red, 3 not judged yet." in html.texts("p", class_="ns-lede")[0]
    html, _ = await read(opened, "/archive/health/nanjiang")
    assert html.texts("h1") == ["南江日报"]


async def test_a_backfill_that_went_well_does_not_hide_since_when_a_source_is_red(
    make: Callable[..., Any],
) -> None:
    maker = make()
    datasette = await served(maker, TODAY)
    with closing(sqlite3.connect(maker.store.path)) as db, db:
        crawl = db.execute(
            "INSERT INTO crawls (started_at, command, outcome) VALUES ('2026-11-24T06:00:00Z', 'backfill courier', 'finished')"
        ).lastrowid
        db.execute("INSERT INTO crawl_sources (crawl, source, state) VALUES (?, 1, 'green')", (crawl,))
    html, _ = await read(datasette, "/archive/health")
    assert html.texts("div", class_="ns-red-note")[0].startswith("Red since 22 November 2026")


@pytest.mark.parametrize(
    ("hours", "last"), [(20, "24 November 2026"), (26, "24 November 2026"), (50, "25 November 2026")]
)
async def test_a_night_that_is_yet_to_come_is_not_shown_as_one_without_a_crawl(
    lived: Datasette, monkeypatch: pytest.MonkeyPatch, hours: int, last: str
) -> None:
    monkeypatch.setattr("newsspider.clock.now", lambda: TODAY + timedelta(hours=hours))
    html, _ = await read(lived, "/archive/health")
    assert f"to {last} ·" in html.texts("h2", id="h-src")[0]


@pytest.mark.parametrize(
    ("page", "shown"), [("2", 1), ("3", 1), ("99999", 1), ("0", 24), ("-1", 24), ("x", 24), ("1", 24)]
)
async def test_a_page_that_there_is_not_is_the_nearest(archive_path: Any, page: str, shown: int) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        db.executemany(
            "INSERT INTO sources (source, name, home, added_at) VALUES (?, ?, 'https://x.example/', '2026-11-24T12:00:00Z')",
            [(f"more-{number}", f"More {number}") for number in range(21)],
        )
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, f"/archive/health?page={page}")
    assert len(html.texts("h3")) == shown
