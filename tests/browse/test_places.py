"""Where the news is filed from: places that are certain on the map, the others counted and listed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from elements import Elements, read

from newsspider.browse.gazetteer import find
from newsspider.browse.maps import HEIGHT, WIDTH, project


@pytest.mark.parametrize(
    ("place", "country", "city"),
    [
        ("PHNOM PENH", None, ("Phnom Penh", "KH")),
        ("ភ្នំពេញ", "KH", ("Phnom Penh", "KH")),
        ("北京", None, ("Beijing", "CN")),
        ("Αθηνα", "GR", ("Athens", "GR")),
        ("London", "CA", ("London", "GB")),  # far bigger than that of Ontario
        ("Islamabad", "BD", ("Islamabad", "PK")),  # which Chattogram was once called, too
        ("Hamilton", "NZ", ("Hamilton", "NZ")),
        ("ST. PETERSBURG", None, ("Saint Petersburg", "RU")),
        ("Washington, D.C.", None, ("Washington", "US")),
        ("Άγκυρα", None, ("Ankara", "TR")),  # "Άγκυρα (Ankyra)" in the list
    ],
)
def test_a_name_is_the_city_that_a_reader_thinks_of(
    place: str, country: str | None, city: tuple[str, str]
) -> None:
    found = find(place, country).city
    assert found
    assert (found.name, found.country) == city


@pytest.mark.parametrize(
    ("place", "ambiguous"), [("Springfield", True), ("Hamilton", True), ("Lower Quayside", False)]
)
def test_what_is_not_certain_is_no_place(place: str, ambiguous: bool) -> None:
    found = find(place)
    assert (found.city, found.ambiguous) == (None, ambiguous)


def test_the_map_has_its_middle_where_the_world_has_it() -> None:
    assert project(0, 0)[0] == WIDTH / 2
    assert [round(x) for x in (project(-180, 0)[0], project(180, 0)[0])] == [0, WIDTH]
    assert 0 < project(100, 70)[1] < project(100, 0)[1] < project(100, -50)[1] < HEIGHT


async def shown(path: Path, address: str = "/archive/places", places: Sequence[str | None] = ()) -> Elements:
    with sqlite3.connect(path) as db:
        for number, place in enumerate(places, 1):
            db.execute("UPDATE articles SET dateline_place = ? WHERE id = ?", (place, number))
    datasette: Any = Datasette([str(path)])
    await datasette.invoke_startup()
    return (await read(datasette, address))[0]


WRITTEN = ("Phnom Penh", "ភ្នំពេញ", "PHNOM PENH", "Springfield", "Lower Quayside", None)


async def test_places_are_on_the_map_and_in_the_table_under_all_their_names(archive_path: Path) -> None:
    html = await shown(archive_path, places=WRITTEN)
    assert html.texts("circle", class_="ns-dot") == ["Phnom Penh, Cambodia: 3 articles"]
    cells = html.texts("td")
    assert cells[:4] == ["Phnom Penh", "Cambodia", "3", "2"]
    href = html.links()["Phnom Penh"]
    assert href
    assert href.startswith("/archive/articles?dateline_place__in=")
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    rows = (
        await datasette.client.get(href.replace("/articles?", "/articles.json?") + "&_shape=array")
    ).json()
    assert sorted(row["id"] for row in rows) == [1, 2, 3]


async def test_what_is_not_on_the_map_is_counted_and_listed(archive_path: Path) -> None:
    html = await shown(archive_path, places=WRITTEN)
    assert html.texts("dd") == ["1", "3", "1", "1", "1"]
    links = html.links()
    assert links["Springfield"] == "/archive/articles?dateline_place=Springfield"
    assert links["Lower Quayside"] == "/archive/articles?dateline_place=Lower+Quayside"


async def test_months_and_a_source_narrow_it(archive_path: Path) -> None:
    html = await shown(archive_path, "/archive/places?source=1&from=2026-11&to=2026-11", WRITTEN)
    assert html.texts("td")[2] == "2"
    (chosen,) = [text for tag, attrs, text in html.found if tag == "option" and "selected" in attrs]
    assert "".join(chosen) == "Mekong Courier"
    assert (await shown(archive_path, "/archive/places?from=2027-01")).texts("circle") == []


@pytest.mark.parametrize(
    "query", ["source=x&from=2026-13", "start=99999999999", "start=7", "to=%00", "source=99"]
)
async def test_what_makes_no_sense_is_no_error(archive_path: Path, query: str) -> None:
    await shown(archive_path, f"/archive/places?{query}")


async def test_what_a_page_calls_a_place_is_text(opened: Datasette) -> None:
    _, answer = await read(opened, "/archive/places")
    assert "<i>Nowhere" not in answer.text
    assert "&lt;i&gt;Nowhere&lt;/i&gt;" in answer.text
