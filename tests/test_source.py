"""Source files: what they may say, and what is said of their faults."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsspider.errors import SourceError, UsageError
from newsspider.source import (
    EXPECT_FIELDS,
    LAYOUT_FIELDS,
    Discover,
    Expect,
    Fetch,
    Layout,
    Source,
    load_source,
    load_sources,
)

BUNDLED = Path(__file__).parents[1] / "data" / "sources"


def write(folder: Path, text: str, name: str = "daily.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def faults(folder: Path, text: str, name: str = "daily.toml") -> tuple[str, ...]:
    with pytest.raises(SourceError) as caught:
        load_source(write(folder, text, name))
    assert name in str(caught.value)
    return caught.value.faults


# ---- what a file may say -----------------------------------------------------------------------------------
def test_only_the_home_page_is_needed(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, 'home = "https://news.example"'))
    assert source == Source(id="daily", name="daily", home="https://news.example/")
    assert (source.fetch.delay, source.fetch.concurrency, source.fetch.recheck_days) == (2.0, 1, 14)
    assert source.fetch.allow_private is False


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).filter(
    str.strip
)
URLS = st.builds("https://news.example/{}".format, st.from_regex(r"[a-z0-9/-]{0,12}", fullmatch=True))
SELECTORS = st.sampled_from(["div.breaking a", "h1", "marquee", 'a[rel="author"]', "main > p:first-child"])


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


SOURCES = st.builds(
    Source,
    id=st.just("daily"),
    name=TEXT.map(str.strip),
    home=URLS,
    language=_maybe(st.sampled_from(["en", "km", "zh-Hant", "sr-Latn-RS"])),
    timezone=_maybe(st.sampled_from(["Asia/Phnom_Penh", "UTC", "America/Argentina/Ushuaia"])),
    discover=st.builds(
        Discover,
        *[st.lists(URLS, max_size=3).map(tuple)] * 3,
        articles=_maybe(st.sampled_from([r"^https://news\.example/\d+", "/a/(?:[a-z]+-)+", r"[?&]id=\d"])),
    ),
    fetch=st.builds(
        Fetch,
        st.floats(0, 86400),
        st.integers(1, 64),
        st.integers(0, 400),
        st.one_of(st.booleans(), st.just(("127.0.0.1:8000", "localhost"))),
    ),
    layouts=st.lists(
        st.builds(
            Layout,
            _maybe(st.dates(date(1990, 1, 1), date(2100, 1, 1))),
            st.dictionaries(st.sampled_from(LAYOUT_FIELDS), SELECTORS),
        ),
        max_size=3,
        unique_by=lambda layout: layout.valid_until,
    ).map(tuple),
    expect=st.builds(
        Expect,
        _maybe(st.integers(0, 1000)),
        st.dictionaries(st.sampled_from(EXPECT_FIELDS), st.floats(0, 1)),
    ),
)


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _lines(values: dict[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in values.items() if value is not None)


def as_toml(source: Source) -> str:
    """A source as its file would say it."""
    top = {key: getattr(source, key) for key in ("name", "home", "language", "timezone")}
    discover = {key: getattr(source.discover, key) for key in Discover.__slots__}
    fetch = {key: getattr(source.fetch, key) for key in Fetch.__slots__}
    expect = {"articles": source.expect.articles, **source.expect.shares}
    layouts = [{"valid_until": layout.valid_until, **layout.selectors} for layout in source.layouts]
    tables = {"[discover]": discover, "[fetch]": fetch, "[expect]": expect}
    parts = [_lines(top), *(f"{head}\n{_lines(values)}" for head, values in tables.items())]
    return "\n".join([*parts, *(f"[[layout]]\n{_lines(layout)}" for layout in layouts)])


@given(SOURCES)
@settings(max_examples=60)
def test_what_is_written_is_read(tmp_path: Path, source: Source) -> None:
    assert load_source(write(tmp_path, as_toml(source))) == source


def test_a_day_has_the_layout_that_was_valid_then() -> None:
    old, newer, present = Layout(date(2020, 6, 30)), Layout(date(2024, 6, 30)), Layout(None)
    source = Source("daily", "Daily", "https://news.example/", layouts=(newer, present, old))
    assert source.layout_at(date(2019, 1, 1)) is old
    assert source.layout_at(date(2020, 6, 30)) is old
    assert source.layout_at(date(2020, 7, 1)) is newer
    assert source.layout_at(date(2025, 1, 1)) is present
    assert (
        Source("daily", "Daily", "https://news.example/", layouts=(old,)).layout_at(date(2025, 1, 1)) is None
    )


def test_the_bundled_sources_are_read_and_find_their_articles() -> None:
    sources = {source.id: source for source in load_sources(BUNDLED)}
    assert len(sources) == 5
    pattern = sources["eacnews"].discover.articles
    assert pattern
    assert re.search(pattern, "https://eacnews.asia/home/details/12345")
    assert not re.search(pattern, "https://eacnews.asia/home/category/12345")


# ---- what is said of faults --------------------------------------------------------------------------------
def test_all_faults_are_named_at_once_with_their_keys(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """
        homepage = "https://news.example/"
        timezone = "Asia/Phnom_Pen"
        language = "English, mostly"
        delay = 3
        [discover]
        feeds = "https://news.example/feed"
        sections = ["/world"]
        articles = '(unclosed'
        [fetch]
        delay = "2"
        concurrency = 0
        allow_private = "yes"
        [[layout]]
        tikcer = "div"
        headline = "h1["
        valid_until = "2024-06-30"
        [expect]
        articles = -1
        dateline = 80
        """,
    )
    keys = [fault.partition(": ")[0] for fault in found if not fault.startswith("layout")]
    assert keys == [
        *("homepage", "timezone", "language", "delay", "home", "discover.feeds", "discover.sections"),
        *("discover.articles", "fetch.delay", "fetch.concurrency", "fetch.allow_private"),
        *("expect.articles", "expect.dateline"),
    ]
    assert [fault.split(": ")[:2] for fault in found if fault.startswith("layout")] == [
        ["layout 1", "tikcer"],
        ["layout 1", "headline"],
        ["layout 1", "valid_until"],
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("homw = 1", "'home'"),
        ("concurrency = 3", "[fetch]"),
        ('ticker = "a"', "[[layout]]"),
        ('timezone = "Asia/Phnom_Pen"', "'Asia/Phnom_Penh'"),
        ("fetch = 3", "must be a table"),
        ("layout = {}", "[[layout]]"),
        ("name = ''", "must be text"),
        (f"name = [{'1, ' * 500}]", ".. ("),
    ],
)
def test_a_fault_says_what_was_found_or_meant(tmp_path: Path, line: str, said: str) -> None:
    found = faults(tmp_path, f'{line}\nhome = "https://news.example/"')
    assert len(found) == 1
    assert said in found[0]
    assert len(found[0]) < 300


@pytest.mark.parametrize(
    "pattern", [r"(\w+)+$", r"(?:[a-z]+-?)*\.html", r"(\d*)*", r"(x+x+)+y", r"(\w+\s?)*", r"(?P<a>.+)+"]
)
def test_patterns_that_can_hang_are_refused(tmp_path: Path, pattern: str) -> None:
    found = faults(tmp_path, f"home = 'https://news.example/'\ndiscover.articles = '{pattern}'")
    assert "hang" in found[0]


@pytest.mark.parametrize(
    "pattern", [r"(?:/[a-z0-9-]+)+\.html", r"/(?:\d{4}/)+", r"([a-z]+-)+\d", r"(a|b)+", r"([*+])+"]
)
def test_patterns_that_only_look_like_it_are_taken(tmp_path: Path, pattern: str) -> None:
    path = write(tmp_path, f"home = 'https://news.example/'\ndiscover.articles = '{pattern}'")
    assert load_source(path).discover.articles == pattern


@pytest.mark.parametrize(
    "home", ["news.example", "ftp://news.example/", "https://", "https://a b/", "/x", 'https://[x"']
)
def test_a_home_page_is_an_address_of_the_web(tmp_path: Path, home: str) -> None:
    assert faults(tmp_path, f"home = '{home}'")[0].startswith("home: ")


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in faults(tmp_path, 'home = "https://news.example/"\nname = \n')[0]


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "daily.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="can't be read"):
        load_source(path)


@pytest.mark.parametrize("name", ["news.toml", "a b.toml", "é.toml", "-x.toml"])
def test_a_file_name_must_be_good_for_an_id(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, 'home = "https://news.example/"', name)[0].startswith("file name: ")


# ---- folders -----------------------------------------------------------------------------------------------
def test_only_the_named_sources_are_read(tmp_path: Path) -> None:
    write(tmp_path, 'home = "https://one.example/"', "one.toml")
    write(tmp_path, 'home = "https://two.example/"', "two.toml")
    write(tmp_path, "broken", "three.toml")
    assert [source.id for source in load_sources(tmp_path, ["two", "one", "two"])] == ["two", "one"]
    with pytest.raises(SourceError, match="three"):
        load_sources(tmp_path)


def test_an_unknown_source_is_named_with_near_ones(tmp_path: Path) -> None:
    write(tmp_path, 'home = "https://one.example/"', "eacnews.toml")
    with pytest.raises(UsageError, match=r"'eacnew'.*did you mean eacnews") as caught:
        load_sources(tmp_path, ["eacnew"])
    assert caught.value.exit_code == 2


def test_no_source_at_all_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such folder.*home = "):
        load_sources(tmp_path / "sources")
    (tmp_path / "sources").mkdir()
    with pytest.raises(UsageError, match=r"no source in it.*home = "):
        load_sources(tmp_path / "sources")


def test_two_files_for_one_home_page_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, 'home = "https://news.example"', "one.toml")
    write(tmp_path, 'home = "https://NEWS.example/"', "two.toml")
    with pytest.raises(SourceError, match=r"one\.toml and two\.toml: home"):
        load_sources(tmp_path)


def test_faults_of_several_files_come_together(tmp_path: Path) -> None:
    write(tmp_path, 'home = "x"', "one.toml")
    write(tmp_path, 'hom = "https://two.example/"', "two.toml")
    with pytest.raises(SourceError) as caught:
        load_sources(tmp_path)
    assert [fault.split(": ")[0] for fault in caught.value.faults] == ["one.toml", "two.toml", "two.toml"]
