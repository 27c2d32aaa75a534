"""A source file, read and checked: one TOML file for each site, ``DIR/sources/ID.toml``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from newsspider import tomlfile
from newsspider.addresses import canonical
from newsspider.errors import SourceError, UsageError

# Fields of a page that a layout can point at with a CSS selector.
LAYOUT_FIELDS = (
    *("headline", "kicker", "summary", "authors", "published", "dateline"),
    *("body", "ticker", "related", "section", "tags"),
)
# Fields of which [expect] can want a share of the articles.
EXPECT_FIELDS = (*(field for field in LAYOUT_FIELDS if field != "kicker"), "language")


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
    groups: tuple[str, ...] = ()  # by which a nightly run can be told to take some sources
    discover: Discover = Discover()
    fetch: Fetch = Fetch()
    layouts: tuple[Layout, ...] = ()
    expect: Expect = Expect()

    def layout_at(self, day: date) -> Layout | None:
        """The layout of that day's pages: of those still valid the one that ends first, else the undated."""
        valid = [layout for layout in self.layouts if layout.valid_until is None or layout.valid_until >= day]
        return min(valid, key=lambda layout: layout.valid_until or date.max, default=None)


def load_sources(folder: Path, ids: Sequence[str] | None = None) -> list[Source]:
    """The sources of a folder: all in the order of their IDs, or those named, each once, in the order given.

    Raises ``UsageError`` for an unknown ID or a folder without sources, ``SourceError`` with every fault of
    every file that is wanted.
    """
    sources, error = sound_sources(folder, ids)
    if error:
        raise error
    return sources


def sources_of(folder: Path) -> list[Source]:
    """The sources of a data folder; none where it has no source file. Raises ``SourceError`` as ``load_sources``:
    a page read without its source's layout would come out otherwise.
    """
    files = folder / "sources"
    return load_sources(files) if any(files.glob("*.toml")) else []


def sound_sources(folder: Path, ids: Sequence[str] | None = None) -> tuple[list[Source], SourceError | None]:
    """The sources whose files have no fault, and what is wrong with the others. Raises ``UsageError`` as
    ``load_sources`` does.
    """
    files = {path.stem: path for path in sorted(folder.glob("*.toml")) if not path.name.startswith(".")}
    if not files:
        found = "there is no source in it" if folder.is_dir() else "there is no such folder"
        by_hand = f'write {folder / "ID.toml"} with at least: home = "https://.."'
        cure = f"make one: newsspider sources new https://.., or {by_hand}"
        raise UsageError(str(folder), found, cure)
    if unknown := [wanted for wanted in ids or () if wanted not in files]:
        raise UsageError(str(folder), *unknown_ids(unknown, list(files)))
    sources, errors = [], []
    for name in dict.fromkeys(ids or files):
        try:
            sources.append(load_source(files[name]))
        except SourceError as error:
            errors.append(error)
    doubles = _same_homes(sources)
    if len(errors) == 1 and not doubles:
        return sources, errors[0]
    faults = [f"{Path(error.where).name}: {fault}" for error in errors for fault in error.faults]
    for home, group in doubles.items():
        names = " and ".join(f"{source.id}.toml" for source in group)
        faults.append(f"{names}: home: the same page {home}")
        sources = [source for source in sources if source not in group]
    return sources, SourceError(str(folder), tuple(faults)) if faults else None


def in_group(sources: Sequence[Source], group: str) -> list[Source]:
    """The sources of a group. Raises ``UsageError`` where none is in it."""
    found = [source for source in sources if group in source.groups]
    if not found:
        names = sorted({name for source in sources for name in source.groups})
        known = (
            f"there are: {', '.join(names)}" if names else 'put groups = ["NAME"] at the top of source files'
        )
        raise UsageError(f"--group {group}", "no source is in this group", known)
    return found


def unknown_ids(unknown: Sequence[str], known: Sequence[str]) -> tuple[str, str]:
    """What was found and what to do about it."""
    stems = [wanted.removesuffix(".toml") for wanted in unknown]
    near = [name for stem in stems for name in difflib.get_close_matches(stem, known, 1)]
    shown = ", ".join(known[:20]) + (f" and {len(known) - 20} more" if len(known) > 20 else "")
    hint = f"did you mean {' '.join(near)}? " if near else ""
    return f"there is no source {', '.join(map(repr, unknown))}", f"{hint}there are: {shown}"


def _same_homes(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """Two files for one home page would fetch and store everything twice: the sources of such pages."""
    homes: dict[str, list[Source]] = {}
    for source in sources:
        homes.setdefault(canonical(source.home), []).append(source)
    return {home: group for home, group in homes.items() if len(group) > 1}


def load_source(path: Path) -> Source:
    """Read and check one file.

    Raises ``SourceError`` with all faults at once, each with its key and the nearest known one.
    """
    try:
        data = tomlfile.read(path)
    except ValueError as error:
        raise SourceError(str(path), (str(error),)) from error
    reader = tomlfile.Reader(_hint)
    source = _source(path.stem, data, reader)
    if reader.faults:
        raise SourceError(str(path), tuple(reader.faults))
    return source


# ---- what the file says ------------------------------------------------------------------------------------
def _hint(key: str) -> str | None:
    """Where a key that is unknown in its table belongs."""
    for table, keys in {
        "discover": _DISCOVER,
        "fetch": _FETCH,
        "layout": _LAYOUT,
        "expect": _EXPECT,
    }.items():
        if key in keys:
            return f"it belongs under {'[[layout]]' if table == 'layout' else f'[{table}]'}"
    return "it belongs to the top of the file, before all tables" if key in _TOP else None


def _source(name: str, data: dict[str, Any], reader: tomlfile.Reader) -> Source:
    _check_name(name, reader)
    tables = dict.fromkeys(("discover", "fetch", "expect", "layout"), tomlfile.anything)
    top = reader.table(data, "", {**_TOP, **tables})
    if "home" not in data:
        reader.faults.append("home: missing, the address of the home page is needed")
    discover = reader.table(top.get("discover", {}), "discover.", _DISCOVER)
    fetch = reader.table(top.get("fetch", {}), "fetch.", _FETCH)
    expect = reader.table(top.get("expect", {}), "expect.", _EXPECT)
    return Source(
        id=name,
        name=top.get("name", name),
        home=top.get("home", ""),
        language=top.get("language"),
        timezone=top.get("timezone"),
        groups=top.get("groups", ()),
        discover=Discover(**discover),
        fetch=Fetch(**fetch),
        layouts=_layouts(top.get("layout", []), reader),
        expect=Expect(expect.pop("articles", None), expect),
    )


def _check_name(name: str, reader: tomlfile.Reader) -> None:
    if fault := id_fault(name):
        reader.faults.append(f"file name: {fault}")


def id_fault(name: str) -> str | None:
    """Why a name can't be a source's ID; None where it can."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        return f"{name!r} is the source's ID: only letters, digits, '-', '_' and '.'"
    return "'news' is the name of the spider of all sources, take another" if name == "news" else None


def _layouts(data: Any, reader: tomlfile.Reader) -> tuple[Layout, ...]:
    if not isinstance(data, list):
        reader.faults.append("layout: must be written [[layout]], one table for each")
        return ()
    layouts = []
    for number, table in enumerate(data, 1):
        values = reader.table(table, f"layout {number}: ", _LAYOUT)
        layouts.append(Layout(values.pop("valid_until", None), values))
    dates = [layout.valid_until for layout in layouts]
    for day in {day for day in dates if dates.count(day) > 1}:
        reader.faults.append(
            f"layout: two are valid until {day}" if day else "layout: two have no valid_until"
        )
    return tuple(layouts)


# ---- what a value must be ----------------------------------------------------------------------------------
def _language(value: Any) -> str:
    text = tomlfile.text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise ValueError("must be a language tag such as 'en' or 'zh-Hant' (BCP 47)")
    return text


def _timezone(value: Any) -> str:
    text = tomlfile.text(value)
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        near = difflib.get_close_matches(text, available_timezones(), 1, cutoff=0.7)
        example = f", did you mean {near[0]!r}?" if near else " such as 'Asia/Phnom_Penh' (IANA)"
        raise ValueError(f"must be a time zone{example}") from None
    return text


def _pattern(value: Any) -> str:
    text = tomlfile.text(value)
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is no regular expression: {error}") from None
    if _repeats_repeats(text):
        raise ValueError("repeats a group that repeats: it can hang on a long address, write it without")
    return text


_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_REPEATED_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?((?:[^()\\]|\\.)*)\)(?:[*+]|\{\d*,\})", re.DOTALL)
_UNBOUNDED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")
_SEPARATOR = r"(?:[-/_=&:;,#%~]|\\[^\w\s])"
_SEPARATED = re.compile(rf"{_SEPARATOR}(?![?*{{]).*|.*{_SEPARATOR}", re.DOTALL)


def _repeats_repeats(pattern: str) -> bool:
    """Whether a repeated group holds a repeat and no sign that keeps its rounds apart, as in ``(\\w+-?)+``.

    Where such a pattern does not match it can take exponential time. Finds the plain cases, not all.
    """
    groups = _REPEATED_GROUP.findall(_CLASS.sub("x", pattern))
    return any(_UNBOUNDED.search(group) and not _SEPARATED.fullmatch(group) for group in groups)


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
    import soupsieve  # loaded only where a layout is given

    text = tomlfile.text(value)
    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f"is no CSS selector: {str(error).partition(chr(10))[0]}") from None
    return text


_TOP: dict[str, tomlfile.Check] = {
    "name": tomlfile.text,
    "home": tomlfile.address,
    "language": _language,
    "timezone": _timezone,
    "groups": tomlfile.list_of(tomlfile.text),
}
_DISCOVER: dict[str, tomlfile.Check] = {
    **dict.fromkeys(("feeds", "sitemaps", "sections"), tomlfile.list_of(tomlfile.address)),
    "articles": _pattern,
}
_FETCH: dict[str, tomlfile.Check] = {
    "delay": tomlfile.number(0, 86400),
    "concurrency": tomlfile.number(1, 64, whole=True),
    "recheck_days": tomlfile.number(0, 36500, whole=True),
    "allow_private": _allow_private,
}
_LAYOUT: dict[str, tomlfile.Check] = {"valid_until": _day, **dict.fromkeys(LAYOUT_FIELDS, _selector)}
_EXPECT: dict[str, tomlfile.Check] = {
    "articles": tomlfile.number(0, 1_000_000, whole=True),
    **dict.fromkeys(EXPECT_FIELDS, tomlfile.number(0, 1)),
}
