"""Dates that a reader sees: ``time`` elements and dates in short lines, weighed by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsspider.split.dates import Dated, Moment, find_dates, read_stamp
from newsspider.split.headline import Headline
from newsspider.split.table import Block, Node, Page

_MOST = 400  # dates of a page that are weighed
_LINE = 200  # characters: dates in longer blocks are told, not printed
_DATE_CLASS = re.compile(r"date|time(?!line)|publi|posted|submitted|byline|meta|datum|fecha|stamp")
_BESIDE_CLASS = re.compile(
    r"comment|related|recommend|sidebar|widget|most-?read|popular|recent|latest|promo(?!ted)|(?:^"
    r"|site-|page-| )footer|copyright|ticker|event|calendar"
)
# "Updated", as pages print it before a date that is not that of publication.
_UPDATED = re.compile(
    r"updat|aktuali[sz]|actuali|mis[e]? à jour|modifi|aggiorn|atuali[sz]|обновл|оновл|güncel|更新|수정"
    r"|diperbarui|zaktuali|bijgewerkt|päivite|op{1,2}dater"
    r"|edited|geändert|frissít|แก้ไข|cập nhật|last change|letzte änderung|stand:",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|posted|datum\b|\bdate\b|geschrieben|submitted|veröffentlicht|erschienen|erstellt|pubbl"
    r"|опубл|yayın|発|公開|掲載|发布|發布|등록|입력|gepubliceerd|julkaistu|publicer|opubl|diterbitkan",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|alle rechte", re.IGNORECASE)
_DIGITS = re.compile(r"\d.*\d", re.DOTALL)


class Candidate(NamedTuple):
    """A date, the word for its provenance, and (for visible ones) how much speaks for it."""

    moment: Moment
    source: str
    weight: float = 0.0


def visible_dates(
    page: Page, headline: Headline | None, *, month_first: bool = False, month: str | None = None
) -> Iterator[Candidate]:
    """The dates that a page shows with their weights, time elements first; ``month``: the one that its
    address names (YYYY-MM).
    """
    where = _Where(page, headline, month)
    for number in page.times[:60]:
        node = page.nodes[number]
        stamp = node.attributes.get("datetime", "")
        moment = read_stamp(stamp, month_first=month_first) or read_stamp(
            page.text_of(number), month_first=month_first
        )
        if moment:
            weight = where.place(node, node.block) * 1.6 + where.address(moment)
            yield Candidate(moment, "html", weight * (0.5 if _UPDATED.search(_around(page, node)) else 1.0))
    dated = 0
    for block in page.blocks:
        text = block.text
        if (
            len(text) > _LINE
            or not _DIGITS.search(text)
            or page.nodes[block.node].hidden
            or _COPYRIGHT.search(text)
        ):
            continue
        for found in find_dates(text, month_first=month_first, language=where.language):
            weight = where.place(page.nodes[block.node], block.number) + where.address(found.moment)
            yield Candidate(found.moment, "text", weight * _words(text, found, block))
            dated += 1
        if dated >= _MOST:
            return


def _around(page: Page, node: Node) -> str:
    """A time element's classes and the words just before it."""
    return node.classes + " " + "".join(page.pieces[max(0, node.first - 3) : node.first])[-30:]


def _words(text: str, found: Dated, block: Block) -> float:
    """What the block's own words make of a date in it."""
    before = text[max(0, found.start - 40) : found.start]
    factor = 1.15 if found.moment.clock else 1.0
    factor *= 0.5 if _UPDATED.search(before) else 1.15 if _PUBLISHED.search(before) else 1.0
    if block.link_chars * 2 > len(text):
        factor *= 0.6  # a link to another story
    return factor * (1.2 if len(text) < 60 else 1.0 if len(text) < 100 else 0.7)


class _Where:
    """What of a date's place on the page and of the address speaks for it."""

    def __init__(self, page: Page, headline: Headline | None, month: str | None) -> None:
        self.page = page
        self.start = headline.block if headline and headline.block is not None else 0
        self.known = headline is not None and headline.block is not None
        self.month = month
        self.language = (page.language or "")[:2].lower() or None

    def place(self, node: Node, block: int) -> float:
        """Near the headline is 3; far, in a footer, beside the story or among comments less."""
        distance = block - self.start
        weight = 3 / (1 + (distance / 8 if distance >= 0 else -distance / 5))
        if not self.known:
            weight *= 0.7
        near = [n for n in self.page.chain(node.number)[:5] if n.classes]
        if any(_DATE_CLASS.search(n.classes) for n in near[:2]):
            weight += 0.8
        if any(n.tag in ("figure", "figcaption") for n in self.page.chain(node.number)[:4]):
            weight *= 0.4
        if node.part in ("footer", "nav", "aside") or any(_BESIDE_CLASS.search(n.classes) for n in near):
            weight *= 0.35
        return weight

    def address(self, moment: Moment) -> float:
        """1.5 where the address names the same month."""
        return 1.5 if self.month and moment.day.isoformat().startswith(self.month) else 0.0
