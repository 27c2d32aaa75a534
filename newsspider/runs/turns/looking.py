"""``newsspider sources check ID``: what the archive says of a source's layout and fields."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from newsspider import clock
from newsspider.records import Article
from newsspider.runs.turns.elements import holding, path_of
from newsspider.runs.turns.finding import Turn, find_turns
from newsspider.runs.turns.proposing import Proposal, propose
from newsspider.runs.turns.reading import Reader, Sample
from newsspider.source import LAYOUT_FIELDS, Layout, Source
from newsspider.store import Store
from newsspider.store.measures import PAST_DAYS

# In a sentence of a red source: the field that is missing, and since when.
_OF_FIELD = re.compile(r".*?: (?P<field>\w+) on \d+% of .*; since (?P<since>\d{4}-\d\d-\d\d)")
_BY_ELEMENTS = frozenset(("html", "text", "layout"))


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a page: its value in words, where it came from (a word of ``provenance``) and the element that holds it,
    as far as one does.
    """

    value: str
    source: str
    path: str


@dataclass(frozen=True, slots=True)
class Side:
    """A page beside the other: its parts by field, those alone that it has."""

    sample: Sample
    parts: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn of a source's pages; ``layout``: the one that holds today; ``proposals``: selectors for the new pages.

    ``is_fault``: not where none could be verified and it is so for weeks, longer than a source's health looks back.
    """

    source: Source
    turn: Turn
    layout: Layout | None
    good: Side | None
    bad: Side
    proposals: Mapping[str, Proposal]
    is_fault: bool


@dataclass(frozen=True, slots=True)
class StillRed:
    """A reason for which a source is red and of which no turn was found. ``bad``: where it is of a field, how many of the
    pages that were read again lack it since then.
    """

    sentence: str
    bad: int | None


def look_back(folder: Path, source: Source) -> list[Turned]:
    """The turns of a source's pages in a folder's archive; none where there is no archive or nothing of the source."""
    path = folder / "archive.db"
    if not path.exists():
        return []
    today = clock.now().date()
    layout = source.layout_at(today)
    with Store.open(path, create=False) as store:
        reader = Reader(store.samples_of(source.id), folder / "warc", source)
        return [_turned(reader, source, turn, layout, today) for turn in find_turns(reader, source, today)]


def still_red(folder: Path, source: Source, turned: Sequence[Turned]) -> list[StillRed]:
    """Why a source's last crawl was red, as far as its ``turned`` don't say it; of fields those alone that pages of today
    still lack as they are read now.
    """
    path = folder / "archive.db"
    if not path.exists():
        return []
    with Store.open(path, create=False) as store:
        _, did = store.last_nights().get(source.id, (None, None))
        if did is None or not did.red:
            return []
        reader = Reader(store.samples_of(source.id), folder / "warc", source)
        told = {stop.field for one in turned for stop in one.turn.stops}
        return list(_still_red(reader, did.red, told))


def _still_red(reader: Reader, red: Sequence[str], told: Container[str]) -> Iterator[StillRed]:
    for sentence in red:
        found = _OF_FIELD.match(sentence)
        if found is None:
            yield StillRed(sentence, None)
        elif found["field"] in LAYOUT_FIELDS and found["field"] not in told:
            if not reader.samples:
                reader.begin()
            bad = sum(
                one.at.date() >= date.fromisoformat(found["since"])
                and not (one.article and getattr(one.article, found["field"]))
                for one in reader.samples
            )
            if bad:
                yield StillRed(sentence, bad)


def _turned(reader: Reader, source: Source, turn: Turn, layout: Layout | None, today: date) -> Turned:
    good = _side(turn.good, layout) if turn.good else None
    proposals = propose(reader, turn, layout)
    is_past = good is not None and turn.bad.at.date() < today - timedelta(days=PAST_DAYS)
    return Turned(
        source, turn, layout, good, _side(turn.bad, layout), proposals, bool(proposals) or not is_past
    )


def _side(sample: Sample, layout: Layout | None) -> Side:
    return Side(sample, dict(_parts(sample, sample.article, layout)) if sample.article else {})


def _parts(sample: Sample, article: Article, layout: Layout | None) -> Iterator[tuple[str, Part]]:
    for field in LAYOUT_FIELDS:
        if getattr(article, field):
            source = article.provenance.get(field, "")
            path = _path(sample, article, field, layout) if source in _BY_ELEMENTS else ""
            yield field, Part(_in_words(article, field), source, path)


def _path(sample: Sample, article: Article, field: str, layout: Layout | None) -> str:
    """Where the first element that the layout's selector finds stands, else the first that holds the value."""
    if layout and field in layout.selectors and article.provenance.get(field) == "layout":
        found = sample.soup.select_one(layout.selectors[field])
    else:
        found = next(iter(holding(sample.soup, article, field)), None)
    return path_of(found) if found is not None else ""


def _in_words(article: Article, field: str) -> str:
    value = getattr(article, field)
    if field == "body":
        return f"{sum(map(len, value)):,} characters in {len(value)} paragraphs: {value[0]}"
    if field in ("ticker", "related"):
        return f"{len(value)}: " + " | ".join(link.text for link in value)
    return "; ".join(value) if isinstance(value, tuple) else str(getattr(value, "text", value))
