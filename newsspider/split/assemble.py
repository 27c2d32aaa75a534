"""From the tables of a page to its record: the parts are found in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from newsspider.records import Article, Found
from newsspider.source import Layout
from newsspider.split import about
from newsspider.split.asides import asides_of
from newsspider.split.authors import find_authors
from newsspider.split.body import paragraphs
from newsspider.split.cards import Taken
from newsspider.split.choose import Chosen, choose_blocks
from newsspider.split.credits import without_credits
from newsspider.split.dateline import Reading, find_dateline, marked_place
from newsspider.split.embedded import revealed, stated_body
from newsspider.split.headline import Headline, find_headline
from newsspider.split.kind import is_blocked, is_called_list, kind_of
from newsspider.split.language import language_of
from newsspider.split.layout import apply_layout
from newsspider.split.machine import Given, Machine, read_machine
from newsspider.split.parse import open_page
from newsspider.split.paywall import is_paywalled
from newsspider.split.published import find_published
from newsspider.split.related import find_related
from newsspider.split.summary import Standfirst, find_kicker, find_standfirst
from newsspider.split.table import Page
from newsspider.split.text import weight
from newsspider.split.thin import THIN
from newsspider.split.ticker import find_ticker
from newsspider.split.version import SPLIT_VERSION, version_with

NOWHERE = -1  # the block of a paragraph that stands in none
_BEFORE = 8  # blocks before the body in which a dateline can stand alone


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a page as they were found, before they become its record: what is written there, where it
    stands and why it was taken. ``told``: the body's paragraphs with the number of each one's first block, or
    ``NOWHERE`` where they are ``stated`` in JSON; its dateline is still before it.
    """

    page: Page
    machine: Machine
    headline: Headline | None
    chosen: Chosen
    published: Given[str] | None
    authors: Given[tuple[str, ...]] | None
    standfirst: Standfirst | None
    told: list[tuple[int, str]]
    stated: Given[tuple[str, ...]] | None
    filed: Reading | None
    section: Given[str] | None
    tags: Given[tuple[str, ...]] | None
    kicker: Given[str] | None
    ticker: tuple[Taken, ...]
    related: tuple[Taken, ...]

    @property
    def length(self) -> int:
        """Characters of the body."""
        return sum(len(text) for _, text in self.told)


def split_open(
    page: Page,
    *,
    fetched_at: datetime | None = None,
    layouts: Sequence[Layout] = (),
    feed: Found | None = None,
    language: str | None = None,
) -> Article:
    """The record of an opened page.

    ``fetched_at``: dates after it are refused. ``layouts``: selectors that go before our own finding.
    ``feed``: what a feed or sitemap said. ``language``: the source's, for texts too short to tell.

    """
    parts = find_parts(page, fetched_at=fetched_at, feed=feed)
    return complete(page, parts, fetched_at=fetched_at, layouts=layouts, language=language)


def complete(
    page: Page,
    parts: Parts | None,
    *,
    fetched_at: datetime | None = None,
    layouts: Sequence[Layout] = (),
    language: str | None = None,
) -> Article:
    """The record that the parts of a page (None: it is blocked) and its source's selectors make."""
    article = record_of(parts, fetched_at, language) if parts else _blocked(page)
    if not layouts:
        return article
    return replace(apply_layout(article, page, layouts[0], fetched_at), split_version=version_with(layouts))


def find_parts(page: Page, *, fetched_at: datetime | None = None, feed: Found | None = None) -> Parts | None:
    """The parts of an opened page; None where it is a robot check, a consent page or an error. Where its elements
    hold hardly any text, those that wait for a script are looked at, too.
    """
    parts = _parts(page, fetched_at, feed)
    if parts is None or parts.headline is None or parts.length >= THIN:
        return parts
    html = revealed(page.html)
    if html is not None:
        shown = _parts(open_page(html, page.url), fetched_at, feed)
        if shown and shown.length > 2 * parts.length:
            parts = shown
    return parts


def _parts(page: Page, fetched_at: datetime | None, feed: Found | None) -> Parts | None:
    machine = read_machine(page)
    headline = find_headline(page, machine)
    chosen = choose_blocks(page, headline, machine.said("articleBody") or "")
    length = sum(len(page.blocks[i].text) for i in chosen.blocks)
    if is_blocked(page, length):
        return None
    said = feed.published if feed else None
    published = find_published(page, machine, headline, fetched_at=fetched_at, feed=said)
    standfirst = find_standfirst(page, machine, headline, chosen.blocks)
    authors = find_authors(page, machine, headline)
    blocks = [i for i in chosen.blocks if standfirst is None or i not in standfirst.blocks]
    every = paragraphs(page, blocks)
    told = without_credits(every, authors.value if authors else ())
    credits = {number for number, _ in every} - {number for number, _ in told}
    chosen.drop(credits, "byline or time alone")
    blocks = [i for i in blocks if i not in credits]
    stated = stated_body(page.html, machine, headline.text) if headline and length < THIN else None
    if stated and sum(map(len, stated.value)) > 2 * length:
        told = [(NOWHERE, text) for text in stated.value]
    else:
        stated = None
    section, tags = about.find_section(page, machine, headline), about.find_tags(page, machine)
    named = (
        section.value if section and section.source != "url" else ""
    )  # an address's words are no place names
    words = (*(tags.value if tags else ()), named)
    day = published.value if published else None
    node = headline.node if headline else None
    return Parts(
        page=page,
        machine=machine,
        headline=headline,
        chosen=chosen,
        published=published,
        authors=authors,
        standfirst=standfirst,
        told=told,
        stated=stated,
        filed=_dateline(page, machine, headline, told, standfirst, day, words),
        section=section,
        tags=tags,
        kicker=find_kicker(page, headline),
        ticker=find_ticker(page, node, headline.text if headline else None),
        related=find_related(page, node, blocks, page.url),
    )


def _blocked(page: Page) -> Article:
    """The record of a page that is a robot check, a consent page or an error: nothing of it is an article's."""
    return Article(
        url=page.url,
        kind="other",
        flags=("blocked",),
        language=language_of(page.title, page.language),
        split_version=SPLIT_VERSION,
    )


def record_of(parts: Parts, fetched_at: datetime | None, language: str | None) -> Article:
    """The record that the parts of a page make."""
    page, machine, headline, filed = parts.page, parts.machine, parts.headline, parts.filed
    body = filed.body if filed else tuple(text for _, text in parts.told)
    canonical, image = about.find_canonical(page, machine), about.find_image(page, machine)
    modified = about.find_modified(page, machine, fetched_at=fetched_at)
    given: dict[str, Given[Any] | None] = {
        "kicker": parts.kicker, "published": parts.published, "authors": parts.authors,
        "section": parts.section, "tags": parts.tags, "image": image, "canonical_url": canonical,
        "modified": modified,
    }  # fmt: skip
    first = [number for number, _ in parts.told if number != NOWHERE]
    text = headline.text if headline else None
    kind = kind_of(page, machine, text, sum(map(weight, body)), first)
    if kind == "listing" and is_called_list(page, machine):  # what it has of these is a story's that it lists
        given |= dict.fromkeys(("published", "modified", "authors"))
    values = {name: value.value for name, value in given.items() if value}
    article = Article(
        **values,
        url=page.url,
        kind=kind,
        flags=_flags(parts, first, body),
        headline=text,
        summary=_summary(parts),
        dateline=filed.dateline if filed else None,
        body=body,
        asides=asides_of(page, parts.chosen.choice.net.region, first, parts.chosen.kinds),
        ticker=tuple(taken.link for taken in parts.ticker),
        related=tuple(taken.link for taken in parts.related),
        language=language_of(" ".join(body) or text or "", page.language or language),
        split_version=SPLIT_VERSION,
    )
    return replace(article, provenance=_provenance(parts, article, given))


def _summary(parts: Parts) -> str | None:
    """The standfirst, without the dateline where that stood in it."""
    if parts.filed:
        return parts.filed.summary
    return parts.standfirst.text if parts.standfirst else None


def _provenance(parts: Parts, article: Article, given: Mapping[str, Given[Any] | None]) -> dict[str, str]:
    """Where each value came from."""
    found = {name: value.source for name, value in given.items() if value}
    if parts.headline:
        found["headline"] = parts.headline.source
    if parts.standfirst and article.summary:
        found["summary"] = parts.standfirst.source
    found |= {name: "html" for name in ("body", "ticker", "related") if getattr(article, name)}
    if parts.stated:
        found["body"] = parts.stated.source
    return found | _dateline_provenance(parts.filed)


def _dateline_provenance(filed: Reading | None) -> dict[str, str]:
    """Where the dateline came from, and the year of its date where that is not its own."""
    if not filed:
        return {}
    found = {"dateline": "html" if filed.source == "text" else filed.source}
    return found | ({"dateline_year": filed.year} if filed.year else {})


def _dateline(
    page: Page,
    machine: Machine,
    headline: Headline | None,
    told: Sequence[tuple[int, str]],
    standfirst: Standfirst | None,
    published: str | None,
    words: Sequence[str],
) -> Reading | None:
    """The dateline at the head of the body or the standfirst, or in a block of its own between headline and
    body.
    """
    first = max(told[0][0], 0) if told else 0
    heading = headline.block if headline else None
    heads = [
        *(standfirst.blocks[:1] if standfirst else ()),
        *(number for number, _ in told[:1] if number >= 0),
    ]
    before = page.blocks[max(first - _BEFORE, (heading or 0) + 1) : first]
    if heading:
        before = [page.blocks[heading - 1], *before]
    return find_dateline(
        [text for _, text in told],
        summary=standfirst.text if standfirst else None,
        before=[block.text for block in before],
        stated=machine.said("dateline"),
        marked=[text for number in heads if (text := marked_place(page, number))],
        published=published,
        headline=headline.text if headline else None,
        names=words,
    )


def _flags(parts: Parts, first: Sequence[int], body: Sequence[str]) -> tuple[str, ...]:
    """``paywalled`` where the page says or shows that it is not free, ``partial`` where its text is far shorter than
    what it says of itself, or was not read to its end. ``first``: the first blocks of the paragraphs.
    """
    flags, machine, chars = [], parts.machine, sum(map(len, body))
    if is_paywalled(parts.page, machine, first, sum(map(weight, body))):
        flags.append("paywalled")
    whole = len(machine.said("articleBody") or "")
    headed = parts.headline is not None
    if parts.page.cut or (headed and ((whole > 400 and chars < 0.5 * whole) or (not chars and machine.main))):
        flags.append("partial")
    return tuple(flags)
