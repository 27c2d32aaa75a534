"""The pages of tickers: what is on now, and the timeline of a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from desk import HOME, NOON, Desk
from elements import Elements, read

from newsspider.records import Article, Link

PAGE = Article(kind="article", headline="Page", body=("Text.",), language="en")
HOSTILE = "<script>alert(1)</script>"


def fill(path: Path) -> None:
    """Eight nights: one entry is worded anew and becomes an article, one never does, one is in Arabic, one is hostile."""
    desk = Desk(path)
    for night in range(8):
        desk.now = NOON + timedelta(days=night)
        desk.next_crawl()
        fares = "Ferry fares to fall by a tenth" if night < 4 else "Ferry fares to fall by a fifth"
        ticker = [Link(fares, HOME + "ferry")]
        if night in (2, 3):
            ticker += [
                Link("Night market fire contained", HOME + "fire"),
                Link(HOSTILE, "javascript:alert(1)"),
            ]
        if night == 5:
            ticker += [Link("الميناء يغلق أبوابه بسبب الضباب")]
        if night == 1:
            ferry = replace(PAGE, headline="Fares to fall by a fifth", published="2026-11-25T21:00:00+07:00")
            desk.read("ferry", replace(ferry, ticker=tuple(ticker)))
        desk.read(f"p{night}", replace(PAGE, ticker=tuple(ticker)))
        desk.store.end_crawl(desk.crawl, "finished", desk.now + timedelta(minutes=5), {"courier": []})
    desk.store.close()


def drawn(html: Elements, tag: str, *classes: str) -> list[dict[str, str]]:
    """The attributes of what stands on the axis of time."""
    found = [
        {key: value or "" for key, value in attrs.items()} for name, attrs, _ in html.found if name == tag
    ]
    return [
        attrs
        for attrs in found
        if attrs.get("class") in classes and "%" in attrs.get("x", attrs.get("cx", ""))
    ]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    path = tmp_path_factory.mktemp("tickers") / "archive.db"
    fill(path)
    return Datasette([str(path)])


async def test_what_is_on_now_leads_to_articles_and_timelines(ran: Datasette) -> None:
    html, _ = await read(ran, "/archive/tickers")
    links = html.links()
    assert links["Ferry fares to fall by a fifth"].startswith("/archive/articles/")
    assert links["Mekong Courier"] == links["Its timeline"] == "/archive/tickers/courier"
    assert "Night market fire contained" not in html.texts("p", class_="ns-hl")


async def test_a_timeline_has_the_last_days_and_says_of_each_entry_what_became_of_it(ran: Datasette) -> None:
    html, _ = await read(ran, "/archive/tickers/courier")
    assert html.texts("h1") == ["Ticker of Mekong Courier"]
    entries = [text for text in html.texts("li") if "place" in text]
    assert len(entries) == 4
    ferry = next(text for text in entries if "Ferry" in text)
    assert "28 Nov 19:00 Ferry fares to fall by a tenthfifth" in ferry
    assert "since 24 Nov 19:00 · 7 d 0 h · 9 pages · place 1" in ferry
    assert "Article, 25 Nov 21:001 d 2 h later" in ferry
    assert "As the article’s headline" in ferry
    assert (html.texts("del")[0], html.texts("ins")[0]) == ("tenth", "fifth")
    fire = next(text for text in entries if "fire" in text)
    assert "26 Nov 19:00 to 27 Nov 19:00 · 1 d 0 h · 2 pages · place 2 No article in the archive" in fire


async def test_the_bars_stand_on_one_axis_and_have_words(ran: Datasette) -> None:
    html, _ = await read(ran, "/archive/tickers/courier?from=2026-11-24&to=2026-12-01")
    bars = drawn(html, "rect", "ns-onbar", "ns-offbar")
    assert [bar["class"] for bar in bars] == ["ns-offbar"] * 3 + ["ns-onbar"]
    assert bars[-1]["x"] == "9.9%"  # 24 Nov 19:00 of eight days
    assert len(drawn(html, "circle", "ns-chg-dot")) == 1
    said = [attrs["aria-label"] for tag, attrs, _ in html.found if tag == "svg" and "aria-label" in attrs]
    assert "Bars: entries that were on air, by day: between 1 and 3" in said
    assert "On air since 24 Nov 19:00, worded anew" in said


async def test_time_on_air_is_told_of_what_more_than_one_crawl_saw(ran: Datasette) -> None:
    html, _ = await read(ran, "/archive/tickers/courier?from=2026-11-22&to=2026-12-01")
    told = dict(zip(html.texts("dt"), html.texts("dd"), strict=True))
    assert told["seen in one crawl only"] == "1"
    assert told["median time on air of the others"] == "1 d 0 h"
    assert "no crawl" in html.texts("li")
    html, _ = await read(ran, "/archive/tickers/courier?from=2026-11-24&to=2026-12-01")
    assert "no crawl" not in html.texts("li")


SHOWN = {"archived": ["Ferry"], "never": ["الميناء", HOSTILE, "Night"], "reworded": ["Ferry"]}


@pytest.mark.parametrize("show", SHOWN)
async def test_entries_can_be_chosen(ran: Datasette, show: str) -> None:
    html, _ = await read(ran, f"/archive/tickers/courier?show={show}")
    heads = html.texts("p", class_="ns-hl")
    assert sorted(head.split()[0] for head in heads) == sorted(SHOWN[show])


async def test_each_entry_is_in_its_script_and_nothing_of_it_is_markup(ran: Datasette) -> None:
    html, answer = await read(ran, "/archive/tickers/courier")
    assert html.texts("p", class_="ns-hl", dir="rtl") == ["الميناء يغلق أبوابه بسبب الضباب"]
    assert HOSTILE not in answer.text
    assert not [link for link in html.links().values() if link and link.startswith("javascript")]


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-13-45",
        "to=x",
        "from=9999-12-31",
        "from=0001-01-01&to=0001-01-01",
        "page=99",
        "page=-1",
        "show=%00",
    ],
)
async def test_what_makes_no_sense_in_an_address_shows_a_page(ran: Datasette, query: str) -> None:
    assert (await ran.client.get(f"/archive/tickers/courier?{query}")).status_code == 200


async def test_days_without_entries_lead_to_the_last_that_have_any(ran: Datasette) -> None:
    html, _ = await read(ran, "/archive/tickers/courier?from=2026-01-01&to=2026-01-07")
    assert html.links()["the last days that have any"] == "/archive/tickers/courier"
    assert html.links()["Later days"] == "/archive/tickers/courier?from=2026-01-08&to=2026-01-14"


async def test_the_form_and_an_entry_lead_to_their_timeline(ran: Datasette) -> None:
    form = await ran.client.get("/archive/tickers?source=courier&from=2026-11-25&to=&show=never")
    assert form.headers["location"] == "/archive/tickers/courier?from=2026-11-25&show=never"
    rows = (await ran.client.get("/archive/ticker_entries.json?_shape=array&text__startswith=Night")).json()
    entry = await ran.client.get(f"/archive/tickers?entry={rows[0]['id']}")
    place = f"/archive/tickers/courier?from=2026-11-26&to=2026-11-27#entry-{rows[0]['id']}"
    assert entry.headers["location"] == place
    for missing in ("tickers?entry=999", "tickers?entry=x", "tickers/nobody"):
        assert (await ran.client.get(f"/archive/{missing}")).status_code == 404


async def test_an_article_leads_to_its_own_entry(ran: Datasette) -> None:
    html, _ = await read(ran, "/archive/tickers/courier?show=archived")
    article, _ = await read(ran, html.links()["Article, 25 Nov 21:00"] or "")
    assert (article.links()["Ferry fares to fall by a fifth"] or "").startswith("/archive/tickers?entry=")


async def test_many_entries_are_divided_into_pages(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "archive.db")
    desk.read(
        "a", replace(PAGE, ticker=tuple(Link(f"Harbour notice no. {n}", f"{HOME}{n}") for n in range(60)))
    )
    desk.store.close()
    ran = Datasette([str(desk.path)])
    seen: list[str] = []
    address: Any = "/archive/tickers/courier"
    while address:
        html, _ = await read(ran, address)
        seen += html.texts("p", class_="ns-hl")
        address = html.links().get("Next")
    assert len(seen) == len(set(seen)) == 60
