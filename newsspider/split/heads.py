"""Headings and labels that say what the links after them are: related stories, a list of the whole site, or
more of the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsspider.split.cards import Story
from newsspider.split.table import HEADINGS, Block, Page
from newsspider.split.words import LATEST_ON, MORE, RELATED, RELATES, SITEWIDE

_HEAD_CLASS = re.compile(r"(?<![a-z])(?:title|heading|header|headline|label|caption)(?![a-z]{3})")
_REST = re.compile(
    r"[ :：…]{0,2}(?:\w+ ?){0,3}[\W_]{0,4}"
)  # what may stand behind such words where they are all
_LONGEST = 60  # characters of a heading
_LONGEST_LINKED = 30  # of one that is a link
_LABEL = 40  # of a line that is a label and nothing else
_SCOPE = 3  # levels above a heading within which it speaks for links
_FARTHEST = 7  # where no link stands within these
_SOON = 4  # blocks behind it within which one then stands
_NEAREST = 20  # headings before a link that can speak for it


@dataclass(frozen=True, slots=True)
class Head:
    """A heading and what it says of the links after it: where it stands, how far it reaches, and whether it
    is for or against; None: it says nothing, and what came before it speaks no more.
    """

    node: int
    end: int  # the last node that it reaches
    until: int  # the first block that it doesn't
    related: bool | None
    more: bool = False  # heads more of the same


class Heads:
    """The headings of a page behind a block. ``paragraphs``: the numbers of the body's blocks of text, at
    which a heading's reach ends; ``links``: the nodes of what may be links to stories; both in order.
    """

    def __init__(self, page: Page, start: int, paragraphs: Sequence[int], links: Sequence[int]) -> None:
        self._page, self._paragraphs, self._links = page, paragraphs, links
        self._heads = self._find(start)
        self._nodes = [head.node for head in self._heads]
        self._known: dict[int, Head | None] = {}
        self.more = any(head.more for head in self._heads)

    def over(self, story: Story) -> Head | None:
        """The last heading before a link that reaches to it, of the nearest ones."""
        if story.node not in self._known:
            before = bisect_right(self._nodes, story.node)
            near = reversed(self._heads[max(0, before - _NEAREST) : before])
            self._known[story.node] = next(
                (head for head in near if story.node <= head.end and story.block < head.until), None
            )
        return self._known[story.node]

    def _find(self, start: int) -> list[Head]:
        """The headings that say something, and those in the same markup that say nothing."""
        page = self._page
        heads: list[Head] = []
        marked: set[tuple[str, str]] = set()
        for block in page.blocks[start:]:
            length = len(block.text)
            if length > _LONGEST or (2 * block.link_chars > length and length > _LONGEST_LINKED):
                continue
            node = page.nodes[block.node]
            said = _said(page, block)
            if said:
                related = None if said == "more" else said == "related"
                heads.append(Head(block.node, *self._reach(block), related, said == "more"))
                marked.add((node.tag, node.classes))
            elif node.tag in HEADINGS and not block.anchors and (node.tag, node.classes) in marked:
                heads.append(Head(block.node, heads[-1].end, heads[-1].until, None))
        return heads

    def _reach(self, block: Block) -> tuple[int, int]:
        """The end of the innermost element around a heading that holds two links behind it, some levels up, or
        as many as it takes to a link that soon follows; and the next paragraph of the body.
        """
        page, scope = self._page, block.node
        place = bisect_right(self._links, page.nodes[scope].end)
        first, second = (*self._links[place : place + 2], 0, 0)[:2]
        if first and page.nodes[first].block > block.number + _SOON:
            first = second = 0
        for level in range(1, _FARTHEST + 1):
            parent, end = page.nodes[scope].parent, page.nodes[scope].end
            if parent <= 0 or (second and second <= end) or (level > _SCOPE and first <= end):
                break
            scope = parent
        place = bisect_right(self._paragraphs, block.number)
        until = self._paragraphs[place] if place < len(self._paragraphs) else len(page.blocks)
        return page.nodes[scope].end, until


def _said(page: Page, block: Block) -> str:
    """What a block says of the links after it, if it is a heading, in bold, or nothing else than such words."""
    is_head = _is_head(page, block.node) or 2 * block.bold_chars >= len(block.text)
    if block.anchors and not is_head:
        return ""
    said, alone = _says(block.text)
    if is_head or alone or (said == "more" and block.text[-1] not in ".!?。！？।"):
        return said
    return ""


def heads_others(text: str) -> bool:
    """Whether a text is a heading over other stories ("Related news", "Most read") by its words alone."""
    said, alone = _says(text) if len(text) <= _LONGEST else ("", False)
    return alone and said != "more"


@lru_cache(maxsize=8192)
def _says(text: str) -> tuple[str, bool]:
    """What a heading would say: related, sitewide, more or nothing; whether it has no other words."""
    for said, pattern in (("related", RELATED), ("sitewide", SITEWIDE)):
        match = pattern.match(text)
        if match:
            if said == "sitewide" and LATEST_ON.match(text):
                said = "related"
            return said, len(text) < _LABEL and _REST.fullmatch(text[match.end() :]) is not None
    if RELATES.search(text):
        return "related", False
    return ("more" if MORE.match(text) else ""), False


def _is_head(page: Page, number: int) -> bool:
    node = page.nodes[number]
    if _names_head(node.tag, node.classes):
        return True
    around = page.nodes[node.parent]
    return _names_head(around.tag, around.classes)


@lru_cache(maxsize=8192)
def _names_head(tag: str, classes: str) -> bool:
    return tag in HEADINGS or tag in ("dt", "th", "legend") or _HEAD_CLASS.search(classes) is not None
