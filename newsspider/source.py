"""A source file, read and checked: one TOML file for each site, ``DIR/sources/ID.toml``."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsspider.errors import SourceError, UsageError

# Fields of a page that a layout can point at with a CSS selector.
LAYOUT_FIELDS = ("headline", "kicker", "summary", "authors", "published", "dateline", "body", "ticker", "related", "section", "tags")
# Fields of which [expect] can want a share of the articles.
EXPECT_FIELDS = ("headline", "summary", "authors", "published", "dateline", "body", "ticker", "related", "section", "tags", "language")


@dataclass(frozen=True, slots=True)
class Discover:
    """Where articles are found; what is empty is found by itself."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    articles: str | None = None  # re.search over the whole address; what it doesn't match is no article


@dataclass(frozen=True, slots=True)
class Fetch:
    """How the site is asked."""

    delay: float = 2.0  # seconds from start to start of requests
    concurrency: int = 1
    recheck_days: int = 14
    allow_private: bool | tuple[str, ...] = False


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors by field, and the last day on which pages looked like that."""

    valid_until: date | None = None
    selectors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy crawl brings home: article pages, and the share of them that have a field."""

    articles: int | None = None
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A news site, as its file describes it."""

    id: str
    name: str
    home: str
    language: str | None = None
    timezone: str | None = None
    discover: Discover = Discover()
    fetch: Fetch = Fetch()
    layouts: tuple[Layout, ...] = ()
    expect: Expect = Expect()

    def layout_at(self, day: date) -> Layout | None:
        """The layout of pages fetched on that day: of those still valid then the one that ends first, else the undated one."""
        dated = [layout for layout in self.layouts if layout.valid_until and layout.valid_until >= day]
        if dated:
            return min(dated, key=lambda layout: layout.valid_until or date.max)
        return next((layout for layout in self.layouts if layout.valid_until is None), None)


def load_sources(folder: Path, ids: Sequence[str] | None = None) -> list[Source]:
    """The sources of a folder, all or those named, in the order of their names.

    Raises ``UsageError`` for an unknown ID or a folder without sources, ``SourceError`` with every fault of every file.
    """
    files = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    if not files:
        raise UsageError(str(folder), "there is no source", f"write {folder / 'ID.toml'} with at least: home = \"https://..\"")
    for wanted in ids or ():
        if wanted not in files:
            near = difflib.get_close_matches(wanted, files, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(files)}"
            raise UsageError(str(folder), f"there is no source {wanted!r}", hint)
    sources, faults = [], []
    for name in dict.fromkeys(ids or files):
        try:
            sources.append(load_source(files[name]))
        except SourceError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SourceError(str(folder), tuple(f"{Path(e.where).name}: {fault}" for e in faults for fault in e.faults))
    return sources


def load_source(path: Path) -> Source:
    """Read and check one file. Raises ``SourceError`` with all faults at once, each with its key and the nearest known one."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(str(path), (f"is no TOML: {error}",)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(path), (f"can't be read: {error}",)) from error
    reader = _Reader()
    source = _source(path.stem, data, reader)
    if reader.faults:
        raise SourceError(str(path), tuple(reader.faults))
    return source


# ---- reading tables -------------------------------------------------------------------------------------------------
Check = Callable[[Any], Any]  # the value as it is kept; raises ValueError saying what it must be


class _Reader:
    """Collects faults while the tables of a file are read."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def table(self, data: Any, where: str, keys: Mapping[str, Check]) -> dict[str, Any]:
        """The checked values of the known keys that are there; everything else is a fault."""
        if not isinstance(data, dict):
            self.faults.append(f"{where.rstrip('.')}: must be a table")
            return {}
        values = {}
        for key, value in data.items():
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                self.faults.append(f"{where}{key}: unknown key, " + (f"did you mean {near[0]!r}?" if near else f"known are {', '.join(keys)}"))
                continue
            try:
                values[key] = keys[key](value)
            except ValueError as error:
                self.faults.append(f"{where}{key}: {value!r} {error}")
        return values


def _source(name: str, data: dict[str, Any], reader: _Reader) -> Source:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        reader.faults.append(f"file name: {name!r} must be letters, digits, '-', '_' and '.': it is the source's ID")
    if name == "news":
        reader.faults.append("file name: 'news' is the name of the spider of all sources, take another")
    top = reader.table(data, "", {**_TOP, "discover": _any, "fetch": _any, "expect": _any, "layout": _any})
    if "home" not in data:
        reader.faults.append("home: missing, the address of the home page is needed")
    discover = reader.table(top.get("discover", {}), "discover.", _DISCOVER)
    fetch = reader.table(top.get("fetch", {}), "fetch.", _FETCH)
    expect = reader.table(top.get("expect", {}), "expect.", _EXPECT)
    home = top.get("home", "")
    return Source(
        id=name,
        name=top.get("name", name),
        home=home,
        language=top.get("language"),
        timezone=top.get("timezone"),
        discover=Discover(**discover),
        fetch=Fetch(**fetch),
        layouts=_layouts(top.get("layout", []), reader),
        expect=Expect(expect.pop("articles", None), expect),
    )


def _layouts(data: Any, reader: _Reader) -> tuple[Layout, ...]:
    if not isinstance(data, list):
        reader.faults.append("layout: must be written [[layout]], one table for each")
        return ()
    layouts = []
    for number, table in enumerate(data, 1):
        values = reader.table(table, f"layout {number}: ", _LAYOUT)
        layouts.append(Layout(values.pop("valid_until", None), values))
    dates = [layout.valid_until for layout in layouts]
    for day in {day for day in dates if dates.count(day) > 1}:
        reader.faults.append(f"layout: two are valid until {day}" if day else "layout: two have no valid_until")
    return tuple(layouts)


# ---- what a value must be -------------------------------------------------------------------------------------------
def _any(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text")
    return value.strip()


def _address(value: Any) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", text)
    except ValueError:
        good = False
    if not good:
        raise ValueError("must be an address that begins with http:// or https://")
    return text if parts.path else text + "/"


def _list_of(check: Check) -> Check:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(check(entry) for entry in value)

    return read


def _language(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise ValueError("must be a language tag such as 'en' or 'zh-Hant' (BCP 47)")
    return text


def _timezone(value: Any) -> str:
    text = _text(value)
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("must be a time zone such as 'Asia/Phnom_Penh' (IANA)") from None
    return text


def _pattern(value: Any) -> str:
    text = _text(value)
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    # A repeated group that is itself a repeat can take exponential time over a long address.
    if re.search(r"\([^()]*[+*]\)[+*{]", text):
        raise ValueError("repeats a group that repeats: it can hang on a long address, write it without")
    return text


def _number(least: float, most: float, whole: bool = False) -> Check:
    def read(value: Any) -> Any:
        wanted = int if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted) or not least <= value <= most:
            raise ValueError(f"must be a {'whole ' if whole else ''}number from {least:g} to {most:g}")
        return value if whole else float(value)

    return read


def _allow_private(value: Any) -> bool | tuple[str, ...]:
    if isinstance(value, bool):
        return value
    if isinstance(value, list) and all(isinstance(host, str) and host for host in value):
        return tuple(host.lower() for host in value)
    raise ValueError("must be true, false or a list of hosts")


def _day(value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError("must be a date such as 2024-06-30, without quotes")
    return value


def _selector(value: Any) -> str:
    from cssselect import HTMLTranslator, SelectorError  # loaded only where a layout is given

    text = _text(value)
    try:
        HTMLTranslator().css_to_xpath(text)
    except SelectorError as error:
        raise ValueError(f"is no CSS selector: {error}") from None
    return text


def _all(names: Iterable[str], check: Check) -> dict[str, Check]:
    return dict.fromkeys(names, check)


_TOP: dict[str, Check] = {"name": _text, "home": _address, "language": _language, "timezone": _timezone}
_DISCOVER: dict[str, Check] = {**_all(("feeds", "sitemaps", "sections"), _list_of(_address)), "articles": _pattern}
_FETCH: dict[str, Check] = {
    "delay": _number(0, 86400),
    "concurrency": _number(1, 64, whole=True),
    "recheck_days": _number(0, 36500, whole=True),
    "allow_private": _allow_private,
}
_LAYOUT: dict[str, Check] = {"valid_until": _day, **_all(LAYOUT_FIELDS, _selector)}
_EXPECT: dict[str, Check] = {"articles": _number(0, 1_000_000, whole=True), **_all(EXPECT_FIELDS, _number(0, 1))}
