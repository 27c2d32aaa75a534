"""Where the news is filed from: places that are certain on the map, the others counted and listed."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from elements import Elements, read

from newsspider.browse import places, regions
from newsspider.browse.dots import Spot, dots
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
        ("Київ", "UA", ("Kyiv", "UA")),
        ("Нью-Йорк", None, ("New York City", "US")),
        ("纽约", "CN", ("New York City", "US")),  # in the list with traditional characters alone
        ("河内", "JP", ("Hanoi", "VN")),
        ("ワシントン", "JP", ("Washington", "US")),
        ("សៀមរាប", "KH", ("Siem Reap", "KH")),  # in the list with the word for a city before it
        ("นครนิวยอร์ก", "TH", ("New York City", "US")),
        ("กรุงปักกิ่ง", "TH", ("Beijing", "CN")),
        ("TP Hồ Chí Minh", "VN", ("Ho Chi Minh City", "VN")),
        ("북경시", "KR", ("Beijing", "CN")),
        ("원산", "KR", ("Wŏnsan", "KP")),  # and not 원산시 in China
        ("長沙", "TW", ("Changsha", "CN")),  # the city, and the county beside it
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


SEVERAL = ("Bangkok", "Hanoi", "Bangkok", "Siem Reap", "=1+1", "Springfield")


@pytest.mark.parametrize(
    ("order", "names", "head", "sort"),
    [
        ("", ["Bangkok", "Hanoi", "Siem Reap"], "Articles", "descending"),
        ("-articles", ["Hanoi", "Siem Reap", "Bangkok"], "Articles", "ascending"),
        ("-place", ["Siem Reap", "Hanoi", "Bangkok"], "Place", "descending"),
        ("country", ["Siem Reap", "Bangkok", "Hanoi"], "Country", "ascending"),
        ("nonsense", ["Bangkok", "Hanoi", "Siem Reap"], "Articles", "descending"),
    ],
)
async def test_the_table_is_sorted_by_its_heads(
    archive_path: Path, order: str, names: list[str], head: str, sort: str
) -> None:
    html = await shown(archive_path, f"/archive/places?source=&order={order}", SEVERAL)
    assert html.texts("td", data_l="Place") == names
    (sorted_by,) = [(text, own["aria-sort"]) for tag, own, text in html.found if "aria-sort" in own]
    assert ("".join(sorted_by[0]), sorted_by[1]) == (head, sort)
    links = html.links()
    assert links["Place"] == f"/archive/places?order={'-place' if order == 'place' else 'place'}"
    turned = "/archive/places?order=-articles" if order in ("", "nonsense") else "/archive/places"
    assert links["Articles"] == turned


async def test_the_table_is_taken_away_whole_and_runs_no_formula(archive_path: Path) -> None:
    html = await shown(archive_path, "/archive/places?order=-place", SEVERAL)
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    answer = await datasette.client.get(html.links()["CSV"])
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["place"] for row in rows] == ["Siem Reap", "Hanoi", "Bangkok", "Springfield", "'=1+1"]
    assert [row["found"] for row in rows] == ["one", "one", "one", "several", "none"]
    assert [rows[2][name] for name in ("country_code", "articles", "first_month", "last_month", "written")] == [
        "TH", "2", "2026-11", "2026-11", "Bangkok",
    ]  # fmt: skip
    assert (float(rows[2]["latitude"]), float(rows[2]["longitude"])) == pytest.approx((13.75, 100.5), abs=0.1)
    lines = (await datasette.client.get(html.links()["JSON Lines"])).text.splitlines()
    assert [json.loads(line)["place"] for line in lines] == [
        "Siem Reap",
        "Hanoi",
        "Bangkok",
        "Springfield",
        "=1+1",
    ]
    assert json.loads(lines[-1])["latitude"] is None


@pytest.mark.parametrize(
    ("query", "said", "link", "to"),
    [
        ("start=9&order=place", "ends with place 3, before number 10", "the first places", "?order=place"),
        ("from=2031-01", "the archive has places from 2026-11 to 2026-11", "all sources and months", ""),
        ("source=99", "No article of this choice", "all sources and months", ""),
    ],
)
async def test_where_the_table_is_empty_it_says_why_and_what_to_do(
    archive_path: Path, query: str, said: str, link: str, to: str
) -> None:
    html = await shown(archive_path, f"/archive/places?{query}", SEVERAL)
    assert said in " ".join(html.texts("p"))
    assert html.links()[link] == f"/archive/places{to}"


async def test_the_table_has_pages(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ROWS", 2)
    first = await shown(archive_path, "/archive/places?order=place", SEVERAL)
    assert first.links()["Next"] == "/archive/places?order=place&start=2"
    last = await shown(archive_path, str(first.links()["Next"]), SEVERAL)
    assert last.texts("td", data_l="Place") == ["Siem Reap"]
    assert last.links()["Previous"] == "/archive/places?order=place"
    assert "3 to 3 of 3 places" in last.texts("span")


async def test_what_is_no_month_is_told(archive_path: Path) -> None:
    html = await shown(archive_path, "/archive/places?from=11/2026&to=2026-11", SEVERAL)
    (said,) = html.texts("p", role="status")
    assert said == "“11/2026” is no month and left out: write a month as 2026-11."
    assert html.texts("td", data_l="Place") == ["Bangkok", "Hanoi", "Siem Reap"]


@pytest.mark.parametrize(
    ("places", "longitude", "latitude", "height"),
    [
        ([(104.9, 11.6, 60), (103.9, 13.4, 20), (116.4, 39.9, 30)], 104, 12, 10),
        (
            [(178.4, -18.1, 9), (-175.2, -21.1, 8), (174.8, -36.9, 3)],
            -178,
            -20,
            10,
        ),  # around the 180th meridian
        ([(24.9, 60.2, 9), (18.1, 59.3, 9), (10.8, 59.9, 9), (-74, 40.7, 5)], 18, 60, 10),
        ([(0, 0, 9), (90, 0, 8), (-90, 0, 8), (180, 0, 8), (3, 16, 5)], 2, 8, 44),  # nowhere is half of it
    ],
)
def test_the_region_is_the_smallest_that_holds_most(
    places: list[tuple[float, float, int]], longitude: float, latitude: float, height: float
) -> None:
    window = regions.closest(places)
    assert window
    assert window.height == height
    assert (window.longitude, window.latitude) == pytest.approx((longitude, latitude), abs=1)
    assert regions.frame(window).count("M") == (2 if longitude == -178 else 1)


def test_one_place_has_no_region() -> None:
    assert regions.closest([]) is regions.closest([(104.9, 11.6, 60), (-74, 40.7, 50)]) is None


@pytest.mark.parametrize("longitude", [105, 179])
def test_a_region_is_drawn_up_to_its_edges(longitude: float) -> None:
    drawn = regions.region(regions.Window(longitude, 65 if longitude == 179 else 12, 15))
    across, down = [], []
    for path in drawn.land.removesuffix("z").split("z"):
        x, y, *steps = [int(number) for number in re.findall(r"-?\d+", path)]
        across += [x + sum(steps[:number:2]) for number in range(0, len(steps) + 1, 2)]
        down += [y + sum(steps[1:number:2]) for number in range(0, len(steps) + 1, 2)]
    assert (min(across), max(across)) == (-16, 816)  # land goes on at both sides
    assert -12 <= min(down) < max(down) <= 612


def test_names_of_places_cover_neither_each_other_nor_large_dots() -> None:
    spots = [
        Spot(x, y, name, "", articles)
        for x, y, name, articles in (
            (0.5, 0.5, "Largest", 100),
            (0.52, 0.5, "Beside it", 50),
            (0.5, 0.53, "Below it", 5),
            (0.99, 0.2, "At the edge", 5),
            (0.5, 0.9, "Far", 4),
            (0.46, 0.9, "Far too", 3),
        )
    ]
    drawn = {dot.spot.name: (dot.side, dot.minor) for dot in dots(spots, 800, 400)}
    assert drawn == {
        "Largest": ("start", False),  # behind it is the next one
        "Beside it": ("end", False),
        "Below it": ("", False),
        "At the edge": ("start", False),
        "Far": ("end", False),
        "Far too": ("start", False),
    }


def test_names_without_room_on_a_phone_are_left_out_there() -> None:
    spots = [Spot(0.3, 0.5, "One", "", 90), Spot(0.36, 0.5, "Another", "", 4)]
    assert [dot.minor for dot in dots(spots, 1000, 500)] == [False, True]


async def test_a_page_has_a_map_of_the_region_beside_that_of_the_world(archive_path: Path) -> None:
    html = await shown(archive_path, "/archive/places", SEVERAL)
    labels = [own["aria-label"] for tag, own, _ in html.found if tag == "svg" and own.get("role") == "img"][
        :2
    ]
    assert [str(label).split(" ", 2)[:2] for label in labels] == [["World", "map"], ["Map", "of"]]
    assert html.texts("circle", class_="ns-dot").count("Bangkok, Thailand: 2 articles") == 2
    assert "3 of the 4 articles on the map, closer." in html.texts("figcaption")


async def test_what_a_page_calls_a_place_is_text(opened: Datasette) -> None:
    _, answer = await read(opened, "/archive/places")
    assert "<i>Nowhere" not in answer.text
    assert "&lt;i&gt;Nowhere&lt;/i&gt;" in answer.text


@pytest.mark.parametrize(("oldest", "lines"), [("2026-09-30", 3), ("2026-10-01", 0)])
async def test_the_small_lines_have_their_numbers_beside_them_and_need_three_months(
    archive_path: Path, oldest: str, lines: int
) -> None:
    with sqlite3.connect(archive_path) as db:
        db.execute("UPDATE articles SET day = ? WHERE id = 1", (oldest,))
    html = await shown(archive_path, places=SEVERAL)
    assert len(html.texts("svg", class_="ns-spark")) == lines
    assert html.texts("th").count("Last 12 months") == bool(lines)
    rows = html.texts("td", class_="num")
    if lines:
        assert html.texts("th")[-4:] == ["2026-08", "2026-09", "2026-10", "2026-11"]
        assert rows[6:18] == [""] * 9 + ["1", "0", "1"]
