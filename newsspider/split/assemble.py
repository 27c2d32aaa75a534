"""From the tables of a page to its record: the parts are found in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from newsspider.records import Article, Found
from newsspider.source import Layout
from newsspider.split import about
from newsspider.split.asides import aside_kind, asides_of, is_beside
from newsspider.split.authors import find_authors
from newsspider.split.body import Choice, choose_body, paragraphs, with_whole_lists, with_whole_tables
from newsspider.split.dateline import Reading, find_dateline
from newsspider.split.features import features_of
from newsspider.split.headline import Headline, find_headline
from newsspider.split.heads import heads_others
from newsspider.split.kind import is_blocked, kind_of
from newsspider.split.language import language_of
from newsspider.split.layout import apply_layout
from newsspider.split.likeness import same_text
from newsspider.split.machine import Machine, read_machine
from newsspider.split.published import find_published
from newsspider.split.related import find_related, is_also_line
from newsspider.split.summary import find_kicker, find_standfirst
from newsspider.split.table import Page
from newsspider.split.text import weight
from newsspider.split.thin import THIN, told_thinly
from newsspider.split.ticker import find_ticker
from newsspider.split.version import SPLIT_VERSION

_BEFORE = 8  # blocks before the body in which a dateline can stand alone


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
    machine = read_machine(page)
    headline = find_headline(page, machine)
    choice, kinds = _choose(page, headline)
    body = [page.blocks[i].text for i in choice.blocks]
    if is_blocked(page, sum(map(len, body))):
        article = Article(
            url=page.url,
            kind="other",
            flags=("blocked",),
            language=language_of(page.title, page.language),
            split_version=SPLIT_VERSION,
        )
    else:
        article = _article(page, machine, headline, choice, kinds, fetched_at, feed, language)
    return apply_layout(article, page, layouts[0]) if layouts else article


def _choose(page: Page, headline: Headline | None) -> tuple[Choice, dict[int, str]]:
    """The body's blocks without asides and "Also read" lines, and the kinds of the asides by block."""
    known = frozenset(text for text in (page.title, headline.text if headline else "") if text)
    features = features_of(page, headline.block if headline else None, known)
    choice = choose_body(page, features)
    first = (
        headline.block
        if headline and headline.block is not None
        else choice.blocks[0]
        if choice.blocks
        else 0
    )
    choice = replace(choice, blocks=with_whole_lists(page, choice))
    looked_at = {*choice.chances, *range(first, choice.blocks[-1] + 1 if choice.blocks else first)}
    kinds = {i: kind for i in looked_at if (kind := aside_kind(page, i))}
    texts = [i for i in with_whole_tables(page, choice) if i not in kinds and _is_text(page, i, headline)]
    kept = _without_labels(page, _without_hidden(page, texts))
    if headline and headline.block is not None and sum(len(page.blocks[i].text) for i in kept) < THIN:
        kept = told_thinly(page, headline.block, features, kept)
    return replace(choice, blocks=kept), kinds


def _is_text(page: Page, number: int, headline: Headline | None) -> bool:
    """Whether a chosen block is text of the article: no headline, line to other stories, comment or footer."""
    if is_also_line(page, number) or is_beside(page, number, headline.node if headline else None):
        return False
    if page.nodes[page.blocks[number].node].part in ("nav", "footer"):
        return False
    return not headline or not (
        number == headline.block or same_text(page.blocks[number].text, headline.text)
    )


def _without_hidden(page: Page, blocks: list[int]) -> list[int]:
    """Hidden blocks are no text, but where hardly anything else is there: pages reveal themselves by script."""
    shown = [i for i in blocks if not page.nodes[page.blocks[i].node].hidden]
    return shown if sum(len(page.blocks[i].text) for i in shown) >= THIN else blocks


def _without_labels(page: Page, blocks: list[int]) -> list[int]:
    """A heading over other stories is no text where none of the article follows it."""
    texts = set(blocks)
    return [i for i in blocks if i + 1 in texts or not heads_others(page.blocks[i].text)]


def _article(
    page: Page,
    machine: Machine,
    headline: Headline | None,
    choice: Choice,
    kinds: dict[int, str],
    fetched_at: datetime | None,
    feed: Found | None,
    language: str | None,
) -> Article:
    published = find_published(
        page, machine, headline, fetched_at=fetched_at, feed=feed.published if feed else None
    )
    authors = find_authors(page, machine, headline)
    standfirst = find_standfirst(page, machine, headline, choice.blocks)
    blocks = [i for i in choice.blocks if standfirst is None or i not in standfirst.blocks]
    summary = standfirst.text if standfirst else None
    day = published.value if published else None
    told = paragraphs(page, blocks)
    section, tags = about.find_section(page, machine, headline), about.find_tags(page, machine)
    words = (*(tags.value if tags else ()), section.value if section else "")
    filed = _dateline(page, machine, headline, told, summary, day, words)
    dateline, body, summary = (
        (filed.dateline, filed.body, filed.summary) if filed else (None, [text for _, text in told], summary)
    )
    image, canonical, modified = (
        about.find_image(page, machine),
        about.find_canonical(page, machine),
        about.find_modified(page, machine, fetched_at=fetched_at),
    )
    node = headline.node if headline else None
    ticker = find_ticker(page, node, headline.text if headline else None)
    related = find_related(page, node, blocks, page.url)
    kicker = find_kicker(page, headline)
    sources = {
        "kicker": kicker, "published": published, "authors": authors, "section": section, "tags": tags,
        "image": image, "canonical_url": canonical, "modified": modified, "headline": headline,
        "summary": standfirst if summary else None,
    }  # fmt: skip
    provenance = {name: value.source for name, value in sources.items() if value}
    provenance |= {
        name: "html" for name, found in (("body", body), ("ticker", ticker), ("related", related)) if found
    }
    provenance |= _dateline_provenance(filed)
    length = sum(map(weight, body))
    return Article(
        url=page.url,
        canonical_url=canonical.value if canonical else None,
        kind=kind_of(page, machine, headline.text if headline else None, length, [i for i, _ in told]),
        flags=_flags(machine, sum(map(len, body)), bool(headline), page.cut),
        headline=headline.text if headline else None,
        kicker=kicker.value if kicker else None,
        summary=summary,
        authors=authors.value if authors else (),
        published=day,
        modified=modified.value if modified else None,
        dateline=dateline,
        body=tuple(body),
        asides=asides_of(page, choice.region, [number for number, _ in told], kinds),
        ticker=ticker,
        related=related,
        section=section.value if section else None,
        tags=tags.value if tags else (),
        language=language_of(
            " ".join(body) or (headline.text if headline else ""), page.language or language
        ),
        image=image.value if image else None,
        split_version=SPLIT_VERSION,
        provenance=provenance,
    )


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
    summary: str | None,
    published: str | None,
    words: Sequence[str],
) -> Reading | None:
    """The dateline at the head of the body or the standfirst, or in a block of its own between headline and
    body.
    """
    first = told[0][0] if told else 0
    heading = headline.block if headline else None
    before = page.blocks[max(first - _BEFORE, (heading or 0) + 1) : first]
    if heading:
        before = [page.blocks[heading - 1], *before]
    return find_dateline(
        [text for _, text in told],
        summary=summary,
        before=[block.text for block in before],
        stated=machine.said("dateline"),
        published=published,
        headline=headline.text if headline else None,
        names=words,
    )


def _flags(machine: Machine, chars: int, headed: bool, cut: bool) -> tuple[str, ...]:
    """``paywalled`` where the page says that it is not free, ``partial`` where its text is far shorter than
    what it says of itself, or was not read to its end.
    """
    flags = []
    free = machine.main.get("isAccessibleForFree")
    tier = (machine.meta("article:content_tier") or "").lower()
    if str(free).strip().lower() in ("false", "no", "http://schema.org/false") or tier in (
        "locked",
        "metered",
    ):
        flags.append("paywalled")
    whole = len(machine.said("articleBody") or "")
    if cut or (headed and ((whole > 400 and chars < 0.5 * whole) or (not chars and machine.main))):
        flags.append("partial")
    return tuple(flags)
