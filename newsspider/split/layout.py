"""A source's own selectors: what they find goes before what was found without them.

Each field's elements are read as the rules read what they take for it: a byline without "by" and titles, a date
within the same limits, links by address, a body by its conventions. Only pages of sources that have a layout come
here, so that convenience goes before speed: Beautiful Soup, for its selectors (Soup Sieve knows ``:has()``,
``:is()``, ``:-soup-contains()`` and says what is wrong with one) and because it makes sense of markup that is
broken in any way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from newsspider.records import Article, Dateline, Link
from newsspider.source import Layout
from newsspider.split.about import tidy_tags
from newsspider.split.asides import aside_kind
from newsspider.split.body import paragraphs
from newsspider.split.bylines import Bylines, clean_names
from newsspider.split.cards import link_texts
from newsspider.split.choose import rule_against, without_edges
from newsspider.split.credits import without_credits
from newsspider.split.dateline import find_dateline, split_dateline, with_year
from newsspider.split.dates import find_dates, tidy
from newsspider.split.datewords import UPDATED
from newsspider.split.filed import Filed, read_filed
from newsspider.split.headline import Headline, read_heading
from newsspider.split.machine import Machine, read_machine
from newsspider.split.openings import LEADING, LONGEST, ended
from newsspider.split.parse import open_page
from newsspider.split.published import Dates
from newsspider.split.related import is_lead
from newsspider.split.sections import read_section
from newsspider.split.table import BLOCK_TAGS, Page
from newsspider.split.text import clean
from newsspider.split.ticker import split_strip
from newsspider.split.visible import stamp_in
from newsspider.split.witnesses import Witnesses

_CHANGED = re.compile(rf"\W*(?:{UPDATED})", re.IGNORECASE)
_CLOCK = re.compile(r"\W{0,3}(?:\w{1,3} )?\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_NO_TEXT = frozenset(("script", "style", "template"))
_MARKS = " :|·•/›»>«"  # beside a kicker


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is known of the page whose elements are read."""

    page: Page
    machine: Machine
    fetched_at: datetime | None

    def opened(self, *elements: Tag) -> Page:
        """Some elements as a page of their own, under the same address."""
        inside = open_page("".join(map(str, elements)), self.page.url)
        inside.base, inside.language = self.page.base, self.page.language
        return inside


def apply_layout(article: Article, page: Page, layout: Layout, fetched_at: datetime | None = None) -> Article:
    """The record with the fields that a layout's selectors find; a selector that finds nothing leaves its
    field as it was. Dates after ``fetched_at`` (aware) are refused.
    """
    soup = BeautifulSoup(page.html, "lxml")
    sight = _Sight(page, read_machine(page), fetched_at)
    changes: dict[str, Any] = {}
    for name, selector in layout.selectors.items():
        elements = _outermost(list(soup.select(selector)))
        value = _READERS[name](elements, sight) if elements else None
        if value:
            changes[name] = value
    if not changes:
        return article
    if "headline" in changes:
        heading: Headline = changes["headline"]
        changes["headline"] = heading.text
        if heading.kicker:
            changes.setdefault("kicker", heading.kicker)
    if "body" in changes:
        told = without_credits(list(enumerate(changes["body"])), changes.get("authors", article.authors))
        changes["body"] = tuple(text for _, text in told)
    provenance = article.provenance | dict.fromkeys(changes, "layout")
    if "headline" in changes or "body" in changes:
        changes["kind"] = "article"
        changes["flags"] = tuple(flag for flag in article.flags if flag != "blocked")
    return _filed(replace(article, **changes, provenance=provenance), changes)


def _outermost(elements: list[Tag]) -> list[Tag]:
    chosen = set(map(id, elements))
    return [element for element in elements if not any(id(above) in chosen for above in element.parents)]


# ---- the dateline, and what stands behind it -------------------------------------------------------------
def _filed(article: Article, changes: Mapping[str, Any]) -> Article:
    """The record with its dateline, which begins neither its body nor its summary: the one that was pointed at, else
    the one at the head of a text that was.
    """
    dateline: Dateline | None
    if article.dateline and "dateline" in changes:
        dateline, year = with_year(article.dateline, article.published)
    elif "body" in changes or "summary" in changes:
        names = (*article.tags, article.section or "")
        found = find_dateline(
            article.body,
            summary=article.summary,
            published=article.published,
            headline=article.headline,
            names=names,
        )
        if found:
            known = _told(article, found.dateline, found.year)
            return replace(known, body=found.body, summary=found.summary)
        dateline, year = article.dateline, article.provenance.get("dateline_year")
    else:
        return article
    if dateline is None:
        return article
    body = _behind(article.body[0], dateline) if article.body else None
    return replace(
        _told(article, dateline, year),
        body=(*([body] if body else []), *article.body[1:]),
        summary=_behind(article.summary, dateline) if article.summary else None,
    )


def _told(article: Article, dateline: Dateline, year: str | None) -> Article:
    """The record with a dateline, and where that and its year come from."""
    provenance = {name: word for name, word in article.provenance.items() if name != "dateline_year"}
    provenance = {"dateline": "html"} | provenance | ({"dateline_year": year} if year else {})
    return replace(article, dateline=dateline, provenance=provenance)


def _behind(text: str, dateline: Dateline) -> str:
    """A text without the dateline at its head."""
    rest = text.removeprefix(dateline.text)
    return text if rest == text or rest[:1].isalnum() else rest.lstrip(LEADING)


def _dateline(elements: list[Tag], sight: _Sight) -> Dateline | None:
    """What was pointed at is the dateline, whatever it is; of a paragraph the head of it."""
    text = _text(elements[0])
    found = split_dateline(f"{text} – The text that follows it.")
    if found or len(text) > LONGEST:
        return found[0] if found else None
    text = ended(text.strip(_MARKS + "–—-"))
    filed = read_filed(text) or Filed(text)
    return Dateline(text, filed.place, filed.date, filed.agency) if text else None


# ---- texts -----------------------------------------------------------------------------------------------
def _text(element: Tag) -> str:
    """An element's text, or a meta's content; the edges of block-level elements and line breaks inside it are blanks."""
    if element.name == "meta":
        return clean(str(element.get("content", "")))
    return clean("".join(_strings(element)))


def _strings(element: Tag) -> Iterator[str]:
    around: list[tuple[Iterator[Any], str]] = [(iter(element.contents), "")]
    while around:  # no recursion: pages are nested as deep as they like
        children, edge = around[-1]
        child = next(children, None)
        if child is None:
            around.pop()
            yield edge
        elif isinstance(child, Tag):
            edge = " " if child.name in BLOCK_TAGS or child.name == "br" else ""
            yield edge
            if child.name not in _NO_TEXT:
                around.append((iter(child.contents), edge))
        elif type(child) is NavigableString:  # no comment or declaration
            yield child


def _one(elements: list[Tag], sight: _Sight) -> str | None:
    return _text(elements[0]) or None


def _kicker(elements: list[Tag], sight: _Sight) -> str | None:
    return _text(elements[0]).strip(_MARKS) or None


def _headline(elements: list[Tag], sight: _Sight) -> Headline | None:
    """The text of the first, without a kicker inside it."""
    inside = sight.opened(elements[0])
    number = next((node.number for node in inside.nodes if node.tag == elements[0].name), None)
    if number is None or not inside.text_of(number):
        return Headline(text, "layout") if (text := _text(elements[0])) else None
    return read_heading(inside, number, Witnesses(sight.page, sight.machine))


def _section(elements: list[Tag], sight: _Sight) -> str | None:
    return read_section(sight.opened(*elements), sight.machine)


def _tags(elements: list[Tag], sight: _Sight) -> tuple[str, ...]:
    """Links are tags one by one; other text is cut at commas and the like."""
    found: list[str] = []
    for element in elements:
        links = [element] if element.name == "a" else element.find_all("a")
        found += tidy_tags(map(_text, links or [element]), sight.machine, cut=not links)
    return tuple(dict.fromkeys(found))


def _authors(elements: list[Tag], sight: _Sight) -> tuple[str, ...]:
    found: list[str] = []
    for element in elements:
        inside = sight.opened(element)
        if inside.text_of(0):
            found += Bylines(inside, sight.machine, None).read(0)
        else:
            found += clean_names(sight.machine, [_text(element)], strong=True)
    return tuple(dict.fromkeys(found))


def _date(elements: list[Tag], sight: _Sight) -> str | None:
    """The first date in an attribute or a text of the elements, or in all their texts together."""
    dates = Dates(sight.page, sight.machine, None, sight.fetched_at)
    texts = [stamp_in(element.attrs) or _text(element) for element in elements]
    texts = [text for text in texts if not _CHANGED.match(text)] or texts
    texts = [_unchanged(tidy(text)) for text in texts]
    found = [c.moment for text in (" ".join(texts), *texts) for c in dates.read(text, "layout")]
    clocked = [moment for moment in found if moment.clock and moment.day == found[0].day]
    return (clocked or found)[0].iso() if found else None


def _unchanged(text: str) -> str:
    """A text without the dates behind a word for the last change, if another date is left."""
    rest, last, left = "", 0, False
    for found in find_dates(text):
        label = _CHANGED.search(text, last, found.start)
        rest += text[last : label.start() if label else found.end]
        left = left or label is None
        clock = _CLOCK.match(text, found.end) if label else None
        last = clock.end() if clock else found.end
    return rest + text[last:] if left else text


# ---- body, links -----------------------------------------------------------------------------------------
def _paragraphs(elements: list[Tag], sight: _Sight) -> tuple[str, ...]:
    """The paragraphs in the elements, by the conventions that hold without a layout, too: loose text and what stands
    between two line breaks, tables by rows, no captions, posts and lines to other stories.
    """
    found: list[str] = []
    for element in elements:
        inside = sight.opened(element)
        numbers = [
            i
            for i in range(len(inside.blocks))
            if not (aside_kind(inside, i) or rule_against(inside, i, None))
        ]
        found += [text for _, text in paragraphs(inside, without_edges(inside, numbers))]
    return tuple(found)


def _links(elements: list[Tag], sight: _Sight) -> tuple[Link, ...]:
    """One link for each address in the elements; where there are none, the headlines of their text."""
    inside = sight.opened(*elements)
    texts = link_texts(inside, {anchor.href for anchor in inside.anchors})
    found: dict[str | None, str] = {}
    for anchor in inside.anchors:
        url, text = inside.address(anchor.href), texts[anchor.href]
        if url and not is_lead(text) and len(text) > len(found.get(url, "")):
            found[url] = text
    if found:
        return tuple(Link(text, url) for url, text in found.items())
    texts_alone = [part for e in elements for part in split_strip(_text(e), 1) or [_text(e)] if part]
    return tuple(Link(text) for text in dict.fromkeys(texts_alone))


_READERS: Mapping[str, Callable[[list[Tag], _Sight], Any]] = {
    "headline": _headline,
    "kicker": _kicker,
    "summary": _one,
    "section": _section,
    "authors": _authors,
    "tags": _tags,
    "published": _date,
    "dateline": _dateline,
    "body": _paragraphs,
    "ticker": _links,
    "related": _links,
}
