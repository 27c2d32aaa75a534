"""Whole stories below the page's own: pages that go on with the next article under the first."""

from __future__ import annotations

from bisect import bisect_left

from newsspider.split.table import Node, Page
from newsspider.split.text import weight

_LEVELS = 8  # elements around a headline in which its story can stand
_TEXT = 200  # weight of a story's text, at least


def stories_below(page: Page, headline: int) -> set[int]:
    """The blocks of stories below the one of a headline's node: each stands beside it, in an element of the same tag and
    class, and has a headline set like the first one, an h1, a date and a text of its own. What stands in one article
    element are its sections.
    """
    first = page.nodes[headline]
    found: set[int] = set()
    for number in page.headings[bisect_left(page.headings, first.end) :]:
        node = page.nodes[number]
        if node.number > first.end and node.tag == first.tag == "h1" and _class(node) == _class(first):
            story = _beside(page, first, node)
            if story is not None and number > max(found, default=-1):
                found.update(block.number for block in page.blocks_in(story.number))
    return found


def _class(node: Node) -> str:
    """The first of an element's classes: the others say what is special of it."""
    return node.attributes.get("class", "").partition(" ")[0]


def _beside(page: Page, first: Node, other: Node) -> Node | None:
    """The element around the other headline that stands beside one like it around the first."""
    parents = {node.parent: node for node in page.chain(first.number, _LEVELS)}
    story = next((node for node in page.chain(other.number, _LEVELS) if node.parent in parents), None)
    if story is None or story.number == other.number:
        return None
    if any(node.tag == "article" for node in page.chain(story.number)[1:]):
        return None
    own = parents[story.parent]
    alike = (own.tag, _class(own)) == (story.tag, _class(story))
    return story if alike and own is not story and page.is_dated(own) and _is_story(page, story) else None


def _is_story(page: Page, story: Node) -> bool:
    told = sum(weight(block.text) for block in page.blocks_in(story.number))
    return page.is_dated(story) and told >= _TEXT
