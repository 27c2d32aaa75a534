"""Why a page was split as it was: for each field where its value came from, for each block of text what it
was taken for and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice

import numpy as np

from newsspider.charsets.decode import decode
from newsspider.records import Article
from newsspider.source import Layout
from newsspider.split.assemble import Parts, complete, find_parts
from newsspider.split.body import FOREST, Choice
from newsspider.split.dates import find_dates
from newsspider.split.features import Matrix
from newsspider.split.pages import is_plain_text
from newsspider.split.parse import open_page
from newsspider.split.region import NET_NAMES
from newsspider.split.table import Page
from newsspider.split.text import clean
from newsspider.split.textpage import split_text

_TELLING = 0.3  # log-odds that a property must be worth to be named
_NAMED = 2  # properties that are named of a block
_LINE = 160  # characters of a line that holds authors or a date
_SHOWN = frozenset(("url", "body", "ticker", "related", "asides", "provenance", "split_version"))
# What people call the properties that the learned stages look at (``region.NET_NAMES``).
_PROPERTIES: Mapping[str, str] = {
    "score": "its look as a whole",
    "inside": "whether it stands in the article's part of the page",
    "place": "its place there",
    "child": "whether it stands right under it",
    "own": "whether it is that part itself",
    **{f"near{k:+d}": "what stands beside it" for k in (-3, -2, -1, 1, 2, 3)},
    "weight": "length",
    "short": "length",
    "link_share": "links",
    "all_links": "links",
    "ends": "the end of a sentence",
    "good": "prose",
    "sig_share": "markup like the page's prose",
    "parent_share": "prose in its container",
    "grand_share": "prose in the container around",
    "sig_count": "blocks of its markup",
    "run_before": "prose before it",
    "run_after": "prose behind it",
    "since_good": "distance from prose",
    "until_good": "distance from prose",
    "p": "its tag",
    "li": "its tag",
    "heading": "its tag",
    "td": "its tag",
    "quote": "its tag",
    "caption": "its tag",
    "div_or_span": "its tag",
    "hidden": "hidden",
    "bold": "bold type",
    "digits": "digits",
    "after_heading": "standing behind the headline",
    "same_as_title": "saying what the title says",
    "colon_end": "a colon at its end",
    "commas": "commas",
    "caps": "capitals",
    "far_from_title": "distance from the headline",
    "with_title": "how close to the headline its container is",
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the record: its value in words, and the word of ``provenance``."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block of the page: its number, the tag and classes that hold it, its text; ``part``: the part of the
    record that it went to, if any; ``chance``: how likely the learned stages hold it for body, None where they
    did not look at it; ``why``: what decided.
    """

    number: int
    tag: str
    classes: str
    text: str
    part: str | None
    chance: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The record of a page, and how it came about. ``least``: the chance from which on a block is body."""

    article: Article
    fields: tuple[FieldLine, ...]
    blocks: tuple[BlockLine, ...]
    least: float | None


def explain_page(
    page: bytes | str,
    url: str | None = None,
    *,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    layouts: Sequence[Layout] = (),
    language: str | None = None,
) -> Explanation:
    """Split a page as ``split_page`` does, with the same arguments, and say why. A part that a layout's selector found
    is told by its text, and where the splitter would have found it is not shown.
    """
    text = decode(page, content_type)[0] if isinstance(page, bytes) else page
    if is_plain_text(text, content_type):
        article = split_text(text, url)
        return Explanation(article, tuple(_fields(article, layouts)), tuple(_text_lines(article, text)), None)
    return _explain(open_page(text, url), fetched_at, layouts, language)


def _text_lines(article: Article, text: str) -> Iterator[BlockLine]:
    """The lines of a plain-text page, and the part that each one's text stands in."""
    parts = {
        "headline": [article.headline or ""],
        "summary": [article.summary or ""],
        "body": article.body,
        "ticker": [entry.text for entry in article.ticker],
        "related": [link.text for link in article.related],
    }
    lines = (clean(line) for line in text.splitlines())
    for number, line in enumerate(filter(None, lines)):
        part = next(
            (name for name, texts in parts.items() if any(_shares(line, t) for t in texts if t)), None
        )
        yield BlockLine(number, "", "", line, part, None, "by its place" if part else "")


def _shares(line: str, text: str) -> bool:
    """Whether a line holds a part's text, or is a piece of it."""
    return text in line or line in text


def _explain(
    page: Page, fetched_at: datetime | None, layouts: Sequence[Layout], language: str | None
) -> Explanation:
    parts = find_parts(page, fetched_at=fetched_at)
    article = complete(page, parts, fetched_at=fetched_at, layouts=layouts, language=language)
    if parts is None:
        why = "a robot check, consent page or error: nothing of it is an article"
        lines = tuple(_line(page, block.number, None, None, why) for block in page.blocks)
        return Explanation(article, tuple(_fields(article, layouts)), lines, None)
    blocks = tuple(_blocks(parts, article))
    return Explanation(article, tuple(_fields(article, layouts)), blocks, parts.chosen.choice.least)


def _fields(article: Article, layouts: Sequence[Layout]) -> Iterator[FieldLine]:
    record = article.as_dict()
    for name, value in record.items():
        if name not in _SHOWN and value:
            yield FieldLine(name, _in_words(value), article.provenance.get(name, ""))
    for name in ("body", "ticker", "related", "asides"):
        if record[name]:
            source = article.provenance.get(name, "")
            yield FieldLine(name, f"{len(record[name])} of them, below", source)
    for name, selector in layouts[0].selectors.items() if layouts else ():
        if article.provenance.get(name) != "layout":
            yield FieldLine("layout", f"{name} = {selector!r} finds nothing on this page", "")


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {text}" for name, text in value.items() if text)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _line(page: Page, number: int, part: str | None, chance: float | None, why: str) -> BlockLine:
    block = page.blocks[number]
    node = page.nodes[block.node]
    return BlockLine(number, node.tag, node.classes, block.text, part, chance, why)


def _blocks(parts: Parts, article: Article) -> Iterator[BlockLine]:
    """A line for each block, in page order."""
    page = parts.page
    choice, rules = parts.chosen.choice, parts.chosen.rules
    laid = {name for name, source in article.provenance.items() if source == "layout"}
    placed = {i: entry for i, entry in _placed(parts).items() if entry[0] not in laid}
    placed = _given(page, article) | placed | _laid(page, article, laid)
    learned = _Learned(choice)
    for block in page.blocks:
        i = block.number
        part, why = placed.get(i, (None, ""))
        chance = choice.chances.get(i)
        if not why and i in rules:
            why = rules[i]
        if not why:
            why = learned.why(i) if chance is not None else "far from the article's text"
        yield _line(page, i, part, chance, why)


def _placed(parts: Parts) -> dict[int, tuple[str, str]]:
    """For each block that went to a part of the record: which, and why where that is known beyond the learned
    stages.
    """
    page = parts.page
    placed: dict[int, tuple[str, str]] = {}
    linked: dict[str | None, set[int]] = {}
    for anchor in page.anchors:
        linked.setdefault(page.address(anchor.href), set()).add(anchor.block)
    for name, links in (("ticker", parts.ticker), ("related", parts.related)):
        for taken in links:
            inside = [block.number for block in page.blocks_in(taken.node)]
            links_to = linked.get(taken.link.url, set()) if taken.link.url else set()
            blocks = links_to.intersection(inside) or inside or links_to.difference(placed)
            placed |= dict.fromkeys(blocks, (name, taken.why))
    placed |= {i: (f"aside: {kind}", "by its markup") for i, kind in parts.chosen.kinds.items()}
    if not parts.stated:
        placed |= {i: ("body", parts.chosen.rules.get(i, "")) for i in parts.chosen.blocks}
    if parts.standfirst:
        placed |= dict.fromkeys(parts.standfirst.blocks, ("summary", "the standfirst"))
    if (
        parts.told
        and not parts.stated
        and parts.filed
        and parts.filed.before is None
        and parts.filed.source != "json-ld"
    ):
        placed[parts.told[0][0]] = ("body", "opens with the dateline")
    if parts.headline and parts.headline.block is not None:
        placed[parts.headline.block] = ("headline", f"by {parts.headline.source}")
    return placed


def _given(page: Page, article: Article) -> dict[int, tuple[str, str]]:
    """The short blocks that the authors and the dates stand in: the first of each."""
    tests: dict[str, Callable[[str], bool]] = {}
    if article.authors:
        tests["authors"] = lambda text: all(name in text for name in article.authors)
    for name, value in (("published", article.published), ("modified", article.modified)):
        if value and article.provenance.get(name) in ("text", "html"):
            tests[name] = partial(_holds_day, day=value[:10], language=page.language)
    found: dict[int, tuple[str, str]] = {}
    for name, test in tests.items():
        short = (block for block in page.blocks if len(block.text) <= _LINE and block.number not in found)
        first = next((block.number for block in short if test(block.text)), None)
        if first is not None:
            found[first] = (name, f"holds the {name if name == 'authors' else 'date'}")
    return found


def _holds_day(text: str, day: str, language: str | None) -> bool:
    return any(found.moment.iso()[:10] == day for found in find_dates(text, language=language))


def _laid(page: Page, article: Article, names: Iterable[str]) -> dict[int, tuple[str, str]]:
    """The blocks whose text a layout's selectors found: for each text the first that it stands in."""
    record = article.as_dict()
    found: dict[int, tuple[str, str]] = {}
    for name in names:
        value = record[name] if isinstance(record[name], list) else [record[name]]
        texts = [clean(v["text"] if isinstance(v, dict) else v) for v in value if v]
        for text in texts:
            holding = (block.number for block in page.blocks if text and text in clean(block.text))
            for number in list(islice(holding, 1)) or _pieces(page, text):
                found[number] = (name, "the layout's selector")
    return found


def _pieces(page: Page, text: str) -> Iterator[int]:
    """The blocks that are pieces of a text."""
    blocks = ((block.number, clean(block.text)) for block in page.blocks)
    return (number for number, piece in blocks if len(piece) > 1 and piece in text)


class _Learned:
    """Which properties moved the learned choice: for each, how the log-odds change when the block has that of
    the other side (the median of the blocks that were chosen, or were not).
    """

    def __init__(self, choice: Choice) -> None:
        self._chosen = frozenset(choice.blocks)
        self._rows = dict(zip(choice.net.blocks, choice.net.rows, strict=True))
        taken = np.array([number in self._chosen for number in choice.net.blocks], bool)
        self._body, self._others = (
            np.median(rows, axis=0) if len(rows) else None
            for rows in (choice.net.rows[taken], choice.net.rows[~taken])
        )

    def why(self, number: int) -> str:
        """In words: what speaks for a block that was chosen, what against one that was not."""
        taken = number in self._chosen
        other = self._others if taken else self._body
        words = self._telling(self._rows[number], other, 1 if taken else -1) if other is not None else []
        return f"{'for it' if taken else 'against it'}: {', '.join(words)}" if words else ""

    @staticmethod
    def _telling(row: Matrix, other: Matrix, sign: int) -> list[str]:
        changed = np.where(
            np.eye(len(row), dtype=bool), other, row
        )  # a row for each property that is changed
        whole, *without = FOREST.log_odds(np.vstack((row, changed))).tolist()
        worth: dict[str, float] = {}
        for name, rest in zip(NET_NAMES, without, strict=True):
            words = _PROPERTIES.get(name, "the kind of place it stands in")
            worth[words] = worth.get(words, 0.0) + sign * (whole - rest)
        best = sorted(worth, key=lambda words: -worth[words])[:_NAMED]
        return [words for words in best if worth[words] > _TELLING]
