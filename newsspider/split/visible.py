"""Dates that a reader sees: ``time`` elements, attributes beside "2 hours ago", dates in short lines and at the head
of long ones, weighed by where they stand and by what the page calls them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newsspider.split.classwords import ClassWords
from newsspider.split.clocks import clock_alone
from newsspider.split.dates import Dated, Moment, find_dates, read_stamp, tidy
from newsspider.split.datewords import PUBLISHED, UPDATED
from newsspider.split.headline import Headline
from newsspider.split.table import Block, Node, Page

_MOST = 400  # dates of a page that are weighed
_LINE = 200  # characters: dates in longer blocks are told, not printed, but for those at their head
_HEAD = 80  # characters of a long block's head
_BEST_WORDS = 1.6  # the greatest factor that words can give
_NEAR = (-8, 16)  # blocks before and after the headline
_DATE_CLASS = ClassWords(r"date|time(?!line)|publi|posted|submitted|byline|meta|datum|fecha|stamp")
_BESIDE_CLASS = ClassWords(
    r"comment|related|recommend|sidebar|widget|most-?read|popular|recent|latest|promo(?!ted)|(?:^"
    r"|site-|page-| )footer|copyright|ticker|event|calendar"
)
_COMMENT_CLASS = ClassWords(r"comment(?!ary)")
# The day of the visit, as mastheads print it, and other things with a date of their own.
_CLOCK_CLASS = ClassWords(
    r"(?<![a-z])(?:todays?(?:-?date)?|(?:current|now|live|local|header|top|system|server)[-_]?(?:date|time|clock)"
    r"|(?:date|time)[-_]?(?:today|now|current|local|header)|top-?bar|clock|weather|wetter|meteo|clima)(?![a-z])"
)
_CLOCK_WORDS = re.compile(
    r"\b(?:today(?: is|:)|it is now|heute ist|hoy es|hoje é|oggi è|nous sommes le|bugün:?|vandaag is|hari ini:?"
    r"|сегодня:?)\W*(?:[^\W\d]+\W+)?$",
    re.IGNORECASE,
)
_LABEL = re.compile(f"(?P<updated>{UPDATED})|(?P<published>{PUBLISHED}|first|issued|released)", re.IGNORECASE)
_LABEL_BEFORE, _LABEL_AFTER = 40, 14  # characters beside a date in which its label stands
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|alle rechte", re.IGNORECASE)
_ZONED = re.compile(r"\d[^\w+-]{0,3}(?:[A-Z]{2,5}\b|[ap]\.?m|[Uu]hr|[Hh]r?s|[+-]\d|[мМ]|بت|به|گر)")
_DIGIT, _DIGITS = re.compile(r"\d"), re.compile(r"\d[\d年]")
_YEAR = re.compile(
    r"\d{4}|[./'’-]\s?\d\d(?!\d)|\d\s?年|[\u0e00-\u0e7f][.\s]{1,2}\d\d"
)  # what no date is without
_FIGURE = ("figure", "figcaption")
_CLOSES = re.compile(
    r"\s?(?:[-–—|:•·]|$)"
)  # what follows a date that stands at the head of a text, not in its sentence
_SENTENCE = re.compile(r"\w{2}[.!?。！？।؟]\W*$")
# Attributes in which pages keep the moment that a script prints as "2 hours ago".
_STAMPS = (
    "datetime data-datetime data-date data-time data-timestamp data-published data-publish-date data-pubdate"
    " data-utc data-utime data-unixtime data-unix data-epoch data-livestamp data-iso timestamp content title"
).split()
_STAMPED = frozenset(_STAMPS)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d|\d{10}(?:\d{3})?$")


class Candidate(NamedTuple):
    """A date, the word for its provenance, and (for visible ones) how much speaks for it."""

    moment: Moment
    source: str
    weight: float = 0.0


def visible_dates(
    page: Page,
    headline: Headline | None,
    *,
    month_first: bool = False,
    month: str | None = None,
    near: bool = False,
) -> Iterator[Candidate]:
    """The dates that a page shows with their weights, time elements first; ``month``: the one that its
    address names (YYYY-MM); ``near``: only lines beside the headline in which a zone can stand.
    """
    where = _Where(page, headline, month)
    first, last = max(0, where.start + _NEAR[0]), where.start + _NEAR[1]
    blocks = page.blocks[first:last] if near else page.blocks[first:] + page.blocks[:first]
    if near:
        blocks = [block for block in blocks if len(block.text) <= _LINE and _ZONED.search(block.text)]
    else:
        yield from _stamped(page, where, month_first)
    dated = 0
    for block in blocks:
        if where.bound(block.number) < where.best:
            continue  # too far away to win
        for candidate in _printed(page, block, where, month_first):
            yield candidate
            dated += 1
        if dated >= _MOST:
            return


def _stamped(page: Page, where: _Where, month_first: bool) -> Iterator[Candidate]:
    """Time elements and, beside the headline, attributes with a moment where a class says date."""
    for number in page.times[:60]:
        node = page.nodes[number]
        text = page.text_of(number)
        moment = read_stamp(node.attributes.get("datetime", ""), month_first=month_first) or read_stamp(
            text, month_first=month_first
        )
        if moment:
            yield Candidate(moment, "html", _of_element(page, node, where, moment))
    first, last = (
        bisect_left(page.nodes, where.start + beside, key=lambda node: node.block) for beside in _NEAR
    )
    for node in page.nodes[first:last]:
        if _STAMPED.isdisjoint(node.attributes) or node.tag == "time" or node.hidden:
            continue
        value = stamp_in(node.attributes) if _DATE_CLASS.search(node.classes) else None
        if value and (moment := read_stamp(value)):
            yield Candidate(moment, "html", _of_element(page, node, where, moment))


def stamp_in(attributes: Mapping[str, object]) -> str | None:
    """The moment that an element's attributes keep for a script, as written; None where none does."""
    values = (str(attributes[name]) for name in _STAMPS if attributes.get(name))
    return next((value for value in values if _STAMP.match(value)), None)


def _of_element(page: Page, node: Node, where: _Where, moment: Moment) -> float:
    """The weight of a date in an attribute or a time element."""
    before = "".join(page.pieces[max(0, node.first - 3) : node.first])[-30:]
    label = _label(node.classes.replace("publi", " publi")) or _label(before)
    weight = where.place(node, node.block) * 1.6 + where.address(moment)
    weight *= 0.5 if label == "updated" else 1.0
    where.best = max(where.best, weight)
    return weight


def _printed(page: Page, block: Block, where: _Where, month_first: bool) -> Iterator[Candidate]:
    """The dates in a block's text."""
    text, long = block.text, len(block.text) > _LINE
    if long:
        text = text[:_HEAD]
    if (
        not _DIGITS.search(text)
        or not _YEAR.search(text)
        or page.nodes[block.node].hidden
        or _COPYRIGHT.search(text)
    ):
        return
    dates = list(find_dates(text, month_first=month_first, language=where.language))
    if not dates:
        return
    node = page.nodes[block.node]
    place, text = where.place(node, block.number), tidy(text)
    # Where no word could make up for the place, none is looked for.
    labels = _labels(text, dates) if long or (place + 1.5) * _BEST_WORDS > where.best else [None] * len(dates)
    for found, label in zip(dates, labels, strict=True):
        if long and not _heads(text, found, label):
            continue
        moment = found.moment
        if moment.clock is None and len(text) < 60:
            moment = _with_clock_beside(page, block, moment)
        weight = (place + where.address(moment)) * _words(text, found, label, block, long)
        if found.start > 3 and any(n.tag in _FIGURE for n in page.chain(block.node, 3)):
            weight *= 0.1  # when the picture was taken
        where.best = max(where.best, weight)
        yield Candidate(moment, "text", weight)


def _heads(text: str, found: Dated, label: str | None) -> bool:
    """Whether a date opens a long block ("5.3.2024 - The .."), or its first sentence says that it is that of
    publication.
    """
    if label == "published":
        return found.start <= 40
    return found.start <= 3 and _CLOSES.match(text, found.end) is not None


def _with_clock_beside(page: Page, block: Block, moment: Moment) -> Moment:
    """The date with the time that stands alone in the next block or the one before, in the same box."""
    for number in (block.number + 1, block.number - 1):
        if not 0 <= number < len(page.blocks):
            continue
        other = page.blocks[number]
        if len(other.text) > 24 or not _DIGIT.search(other.text):
            continue
        if page.nodes[other.node].parent != page.nodes[block.node].parent:
            continue
        if clock := clock_alone(tidy(other.text), moment.day):
            return Moment(moment.day, clock)
    return moment


def _label(text: str) -> str | None:
    """The last word for "updated" or "published" in a text: which of the two."""
    kind = None
    for found in _LABEL.finditer(text):
        kind = found.lastgroup
    return kind


def _labels(text: str, dates: list[Dated]) -> list[str | None]:
    """What a line calls each of its dates. The words stand before the dates or, where none stands before the
    first, after them ("14:05 公開").
    """
    before, at = [], 0
    for found in dates:
        before.append(_label(text[max(at, found.start - _LABEL_BEFORE) : found.start]))
        at = found.end
    if before[0] or dates[0].start > 3 + _LABEL_BEFORE:
        return before
    after: list[str | None] = []
    for number, found in enumerate(dates):
        end = dates[number + 1].start if number + 1 < len(dates) else len(text)
        after.append(_label(text[found.end : min(end, found.end + _LABEL_AFTER)]))
    return after if after[0] else before


def _words(text: str, found: Dated, label: str | None, block: Block, long: bool) -> float:
    """What the block's own words make of a date in it."""
    factor = 1.15 if found.moment.clock else 1.0
    factor *= {"updated": 0.4, "published": 1.15}.get(label or "", 1.0)
    if block.link_chars * 2 > len(block.text):
        factor *= 0.6  # a link to another story
    if _CLOCK_WORDS.search(text[: found.start]):
        factor *= 0.02
    if long:
        return factor * 0.6
    if label is None and found.moment.clock is None and _in_sentence(text, found):
        factor *= 0.03
    return factor * (1.2 if len(text) < 60 else 1.0 if len(text) < 100 else 0.7)


def _in_sentence(text: str, found: Dated) -> bool:
    """Whether a date stands inside a sentence, or closes one of many words: it is told there, not printed."""
    if found.start <= 12 or not _SENTENCE.search(text):
        return False
    return len(text) - found.end > 3 or text.count(" ", 0, found.start) > 3


class _Where:
    """What of a date's place on the page and of the address speaks for it."""

    def __init__(self, page: Page, headline: Headline | None, month: str | None) -> None:
        self.page = page
        self.start = headline.block if headline and headline.block is not None else 0
        self.known = headline is not None and headline.block is not None
        self.month = month
        self.best = 0.0  # the greatest weight of a date so far
        self.language = (page.language or "")[:2].lower() or None

    def place(self, node: Node, block: int) -> float:
        """Near the headline is 3; far, in a footer, beside the story or among comments less; in the headline itself or
        a clock hardly anything.
        """
        distance = block - self.start
        weight = 3 / (1 + (distance / 8 if distance >= 0 else -distance / 5))
        if not self.known:
            weight *= 0.7
        chain = self.page.chain(node.number, 5)
        near = [n for n in chain if n.classes]
        if any(_DATE_CLASS.search(n.classes) for n in near[:2]):
            weight += 0.8
        if any(n.tag in _FIGURE for n in chain[:4]):
            weight *= 0.4
        if node.part in ("footer", "nav", "aside") or any(_BESIDE_CLASS.search(n.classes) for n in near):
            weight *= 0.35
        if any(_COMMENT_CLASS.search(n.classes) for n in near):
            weight *= 0.1
        if any(_CLOCK_CLASS.search(n.classes) for n in near[:3]):
            weight *= 0.02
        if self.known and block == self.start and any(n.tag == "h1" for n in chain[:3]):
            weight *= 0.3  # "Horoscope for 7 March"
        return weight

    def bound(self, block: int) -> float:
        """What a date in a block can weigh at most."""
        distance = block - self.start
        place = 3 / (1 + (distance / 8 if distance >= 0 else -distance / 5))
        return (place + 0.8 + (1.5 if self.month else 0.0)) * _BEST_WORDS

    def address(self, moment: Moment) -> float:
        """1.5 where the address names the same month."""
        return 1.5 if self.month and moment.day.isoformat().startswith(self.month) else 0.0
