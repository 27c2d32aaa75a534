"""What a new source's file is made of: TOML strings, patterns of addresses, time zones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.records import Article, Found, Role
from newsspider.runs.sourcing.look import Home, Look, Robots, Way
from newsspider.runs.sourcing.shapes import Proposal, pattern_of, propose
from newsspider.runs.sourcing.tries import Try, choose
from newsspider.runs.sourcing.writing import quoted, source_file
from newsspider.runs.sourcing.zones import offsets_of, zone_of
from newsspider.source import Source, load_source

HOME = "https://www.bell.example/"
ODD = [
    'Say "Bell"',
    "back\\slash",
    "it's \\d+",
    "\x00\x1f\x7f\u2028",
    "ល្ង\u200bាច",
    "🗞 شريط",
    "a\nb = 1\n[x]",
    "''' \"\"\"",
]


def seen(name: str = "Bell", feed: Sequence[str] = (), home: Sequence[Found] = ()) -> Look:
    source = Source("bell", "bell", HOME)
    named = tuple(map(Found, feed))
    ways = (Way(Role.FEED, f"{HOME}feed", "home", None, named, named),) if feed else ()
    return Look(source, HOME, Home(HOME, name=name, found=tuple(home)), Robots(exists=True), ways, ())


def proposed(feed: Sequence[str], home: Sequence[Found] = ()) -> Proposal | None:
    return propose(seen(feed=feed, home=home))


# ---- TOML ----------------------------------------------------------------------------------------------------
@given(st.text() | st.sampled_from(ODD))
def test_any_text_comes_back_from_the_file(text: str) -> None:
    whole = text.encode("utf-8", "replace").decode()
    assert tomllib.loads(f"name = {quoted(text)}") == {"name": whole}


@given(st.text(min_size=1) | st.sampled_from(ODD))
def test_whatever_a_page_calls_its_site_the_file_is_sound(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    text = source_file(seen(name=" ".join(name.split()) or "x"), date(2026, 11, 20))
    assert tomllib.loads(text)["home"] == HOME


@pytest.mark.parametrize("said", ODD)
def test_what_a_page_says_ends_in_no_line_of_its_own(tmp_path: Path, said: str) -> None:
    """A language, an address: each stands in a comment, too."""
    look = seen(home=[Found(f"{HOME}a")])
    tries = (Try(HOME, Article(language=said, published="2026-11-20T08:00:00")),) * 5
    file = tmp_path / "bell.toml"
    file.write_text(
        source_file(replace(look, tries=tries, asked=f"https://x.example/{said}"), date(2026, 11, 20)),
        "utf-8",
    )
    assert load_source(file).language is None


# ---- patterns ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        ([f"home/show/{n}" for n in range(95, 120)], r"/home/show/\d+$"),
        (
            [f"{part}/x{n}-{n}00.html" for n in range(10, 20) for part in "ab"],
            r"/[^/]+/[^/]*[-_]\d{3,}\.html$",
        ),
        ([f"index.php?lang=km&id={n}" for n in range(10, 30)], r"/index\.php\?(?:.*&)?id=\d+"),
        ([f"2026/11/{n}/tale" for n in range(10, 30)], r"/\d+/\d+/\d+/tale$"),
        ([f"{name}" for name in ("sport", "culture", "nation")], None),
    ],
)
def test_the_shape_that_addresses_share(paths: Sequence[str], pattern: str | None) -> None:
    urls = [HOME + path for path in paths]
    shape = pattern_of(urls)
    assert shape == (pattern and r"^https?://(?:www\.)?bell\.example" + pattern)
    assert shape is None or all(re.search(shape, url) for url in urls)


SHORT = [f"{HOME}s/{n}" for n in range(110, 140)]  # nothing in them looks like an article


def test_a_pattern_is_certain_where_all_speaks_for_it() -> None:
    home = [Found(SHORT[0]), Found(f"{HOME}sport", Role.SECTION)]
    assert proposed(SHORT, home) == Proposal(r"^https?://(?:www\.)?bell\.example/s/\d+$", 30, 30, True)
    text = source_file(seen(feed=SHORT, home=home), date(2026, 11, 20))
    assert tomllib.loads(text)["discover"]["articles"] == r"^https?://(?:www\.)?bell\.example/s/\d+$"


@pytest.mark.parametrize(
    "home",
    [
        [],
        [Found(f"{HOME}s/112", Role.SECTION)],
        [Found(f"{HOME}news/the-long-tale-of-a-short-town-1234")],
    ],
    ids=["nothing", "a section", "another article"],
)
def test_a_pattern_that_something_speaks_against_is_only_offered(home: Sequence[Found]) -> None:
    found = proposed(SHORT, home)
    assert found
    assert not found.certain
    text = source_file(seen(feed=SHORT, home=home), date(2026, 11, 20))
    assert "discover" not in tomllib.loads(text)
    assert r"# articles = '^https?://(?:www\.)?bell\.example/s/\d+$'" in text


def test_addresses_that_are_not_in_doubt_need_no_pattern() -> None:
    assert proposed([f"{HOME}2026/11/{n}/the-long-tale-of-a-town" for n in range(10, 30)]) is None
    assert proposed(SHORT[:5]) is None


# ---- zones ---------------------------------------------------------------------------------------------------
def test_the_offsets_of_pages_are_told() -> None:
    assert offsets_of(["2026-11-20T08:00:00+07:00"] * 2) == ["+07:00"]
    assert offsets_of(["2026-07-20T08:00:00-02:30", "2026-11-20T08:00:00-03:30"]) == ["-02:30", "-03:30"]
    assert offsets_of(["2026-11-20T08:00:00Z", "2026-11-20T08:00:00"]) == ["UTC", "no zone"]


@pytest.mark.parametrize(
    ("home", "zone"),
    [
        ("https://post.com.kh/", "Asia/Phnom_Penh"),
        ("https://post.co.uk/", None),  # where the offset is another one
        ("https://post.ru/", None),  # eleven zones
        ("https://post.io/", None),  # everybody's domain
        ("https://post.com/", None),
        ("http://127.0.0.1:8000/", None),
    ],
)
def test_a_country_of_one_time_has_a_zone(home: str, zone: str | None) -> None:
    assert zone_of(home, ["2026-11-20T08:00:00+07:00"]) == zone


def test_summer_time_is_counted() -> None:
    times = ["2026-07-20T08:00:00+02:00", "2026-01-20T08:00:00+01:00"]
    assert zone_of("https://post.de/", times) == "Europe/Berlin"
    assert zone_of("https://post.de/", ["2026-01-20T08:00:00+02:00"]) is None


# ---- which articles are tried --------------------------------------------------------------------------------
def test_articles_are_tried_in_turn_from_each_list_the_newest_first() -> None:
    feed = [
        Found("f/1", published="2026-11-01"),
        Found("f/2", published="2026-11-09"),
        Found("f/3", published="2999-01-01"),
    ]
    links = [Found("l/1"), Found("f/2"), Found("l/2")]
    assert [found.url for found in choose([feed, links], 4)] == ["f/2", "l/1", "f/1", "f/3"]


def test_the_newest_date_of_a_list_is_no_coming_one() -> None:
    found = (
        Found("a", published="2999-01-01"),
        Found("b", modified="2026-11-01"),
        Found("c", published="soon"),
    )
    assert Way(Role.FEED, "u", "home", articles=found).newest == datetime(2026, 11, 1, tzinfo=UTC)
