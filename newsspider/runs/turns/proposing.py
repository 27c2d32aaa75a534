"""Selectors for the pages after a turn. Each is tried on several of them before it is proposed: it must find on all what is
known of them, by the same page's reading before the turn or by what is read without any selector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsspider.records import Article
from newsspider.runs.turns.elements import LINKS, holding, says, selectors
from newsspider.runs.turns.finding import Stop, Turn
from newsspider.runs.turns.reading import Reader, Sample, spread
from newsspider.source import Layout

_TRIED = 8  # pages that a selector is tried on
_SURE = 3  # of them that it must find the known value on
_SPLITS = 6  # selectors of a field that pages are read with
_ALIKE = 0.8  # share of paragraphs or links that two readings of a page have in common
_PAGES_OWN = ("headline", "body")  # what no two pages have the same
_LASTING = ("headline", "summary", "authors", "published", "dateline", "body", "section")  # what a page keeps


@dataclass(frozen=True, slots=True)
class Proposal:
    """A selector for a field: on how many of the tried pages it found what was expected, and on how many of these that was
    known by the same page ``before`` the turn; on the others it was by what is read without a selector.
    """

    selector: str
    right: int
    tried: int
    before: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A page, and the record that a selector must find a field of."""

    sample: Sample
    article: Article
    before: bool


def propose(reader: Reader, turn: Turn, layout: Layout | None) -> Mapping[str, Proposal]:
    """Selectors for the fields of a turn, as far as some could be verified. ``layout``: the present one."""
    stopped = {stop.field for stop in turn.stops}
    kept = {name: one for name, one in (layout.selectors if layout else {}).items() if name not in stopped}
    found = {}
    for stop in turn.stops:
        if proposal := _for_field(reader, turn, stop, kept):
            found[stop.field] = proposal
    return found


def _for_field(reader: Reader, turn: Turn, stop: Stop, kept: Mapping[str, str]) -> Proposal | None:
    since = [one for one in turn.since if one.of.capture >= stop.bad.of.capture] if stop.good else turn.since
    known = [
        one for sample in _chosen(reader, turn, since) if (one := _known(reader, turn, stop, kept, sample))
    ]
    if len(known) < _SURE or not _tells(stop.field, known):
        return None
    for selector in _candidates(stop.field, known):
        layout = Layout(None, {**kept, stop.field: selector})
        read = [(one, one.sample.read_with(layout)) for one in known]
        if all(_finds(stop.field, one, article) for one, article in read):
            return Proposal(selector, len(read), len(known), sum(one.before for one in known))
    return None


def _chosen(reader: Reader, turn: Turn, since: Sequence[Sample]) -> list[Sample]:
    return spread([one for one in since if one.article is not None], _TRIED)


def _known(reader: Reader, turn: Turn, stop: Stop, kept: Mapping[str, str], sample: Sample) -> _Known | None:
    """What is known of a page's field: nothing where it was edited, and says something else than before."""
    article = sample.read_with(Layout(None, kept)) if stop.selector else sample.article
    now = _Known(sample, article, False) if article and getattr(article, stop.field) else None
    before = reader.before(sample, stop.bad) if stop.good and stop.field in _LASTING else None
    if before is None or before.article is None or not getattr(before.article, stop.field):
        return now
    # A page that still has the former words was misread without a selector, and not edited.
    if now and not (
        _is_same(stop.field, before.article, now.article) or says(sample.soup, before.article, stop.field)
    ):
        return None
    return _Known(sample, before.article, True)


def _tells(field: str, known: Sequence[_Known]) -> bool:
    """Whether the values are those of several pages, and not one that stands on all of them."""
    values = {str(getattr(one.article, field)) for one in known}
    return field not in _PAGES_OWN or len(values) > 1


def _candidates(field: str, known: Sequence[_Known]) -> Iterator[str]:
    """Selectors of the elements that hold the value on the first page, which find one on each of the others, too."""
    left = _SPLITS
    first = known[0]
    many = field in LINKS or field in ("body", "authors", "tags")
    tried: set[str] = set()
    for element in holding(first.sample.soup, first.article, field):
        for selector in selectors(element, field):
            if selector in tried:
                continue
            tried.add(selector)
            if all(_points(one, selector, many) for one in known):
                yield selector
                left -= 1
                if not left:
                    return


def _points(one: _Known, selector: str, many: bool) -> bool:
    """Whether a selector finds an element on a page; one alone, where it is not of a field that may have ``many``."""
    found = len(one.sample.soup.select(selector, limit=2))
    return found == 1 or (many and found > 1)


def _finds(field: str, one: _Known, article: Article | None) -> bool:
    if article is None or article.provenance.get(field) != "layout":
        return False
    return _is_same(field, one.article, article)


def _is_same(field: str, one: Article, other: Article) -> bool:
    """Whether two readings of a page agree on a field that both have."""
    expected, got = getattr(one, field), getattr(other, field)
    if field == "dateline":
        return bool(got.text == expected.text)
    if field in LINKS or field in ("body", "tags"):
        return _alike(expected, got)
    return bool(expected == got)


def _alike(expected: Sequence[Any], got: Sequence[Any]) -> bool:
    one, other = (
        {getattr(value, "url", None) or getattr(value, "text", value) for value in v} for v in (expected, got)
    )
    return len(one & other) >= _ALIKE * len(one | other)
