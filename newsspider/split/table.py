"""A page as flat tables, which every part of the splitter reads. ``newsspider.split.parse`` fills them.

``Page.nodes`` holds the elements in document order, each with its parent's number; ``Page.blocks`` the runs
of text between two block-level tags (or two line breaks), in reading order. What the head says (meta tags,
JSON-LD, title, canonical address) stands beside them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from newsspider.addresses import absolute
from newsspider.records import PageLink
from newsspider.split.text import clean

BLOCK_TAGS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main marquee menu nav ol p pre"
        " search section summary table tbody td tfoot th thead tr ul"
    ).split()
)
MAX_DEPTH = 2_000  # elements that are nested deeper are not read
APART = "\u2002"  # the piece (a blank) between the texts of two elements that meet without one
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Node:
    """An element: its number and its parent's, its tag, its classes and id in lower case, its attributes."""

    number: int
    parent: int
    tag: str
    classes: str
    hidden: bool
    part: str  # nav, header, main, aside, footer: the innermost around it
    attributes: dict[str, str]
    first: int  # where its text begins in Page.pieces
    block: int  # the block that was open or came next when it began
    last: int = 0  # where its text ends in Page.pieces
    end: int = 0  # the last node inside


@dataclass(slots=True)
class Block:
    """A run of text without a block-level tag inside."""

    number: int
    node: int  # the innermost block-level element around it
    text: str
    link_chars: int
    bold_chars: int
    anchors: list[int]  # numbers in Page.anchors


@dataclass(slots=True)
class Anchor:
    """A link: its node, its address as written, its text, and the number of the block that it stands in or
    before.
    """

    node: int
    href: str
    block: int
    text: str = ""
    _clean: str | None = None

    @property
    def words(self) -> str:
        """Its text, cleaned."""
        if self._clean is None:
            self._clean = clean(self.text)
        return self._clean


@dataclass(slots=True)
class Page:
    """A page as flat tables. Made by ``newsspider.split.parse.open_page``."""

    url: str | None
    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    images: list[tuple[int, str]] = field(default_factory=list)  # node, address as written
    meta: list[tuple[str, str]] = field(default_factory=list)  # name or property in lower case, content
    props: list[tuple[str, int]] = field(default_factory=list)  # itemprop, node
    times: list[int] = field(default_factory=list)  # nodes of time elements
    headings: list[int] = field(default_factory=list)  # nodes of h1 to h6
    pieces: list[str] = field(default_factory=list)  # all text in order, blanks where a block ends
    json_ld: list[str] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    base: str | None = None
    canonical: str | None = None
    refresh: str | None = None
    feeds: list[str] = field(default_factory=list)
    cut: bool = False  # whether it has more elements, or deeper ones, than are read
    html: str = ""  # the text, for layouts alone: only they need a tree
    _texts: dict[int, str] = field(default_factory=dict, repr=False)  # of nodes that were asked for theirs

    def chain(self, number: int, most: int = MAX_DEPTH) -> list[Node]:
        """The node and its ancestors, innermost first; ``most``: how many of them."""
        nodes, found = self.nodes, []
        for _ in range(most):
            if number < 0:
                break
            node = nodes[number]
            found.append(node)
            number = node.parent
        return found

    def address(self, href: str) -> str | None:
        """A link's address: absolute where the page has one, else as the page wrote it; None for what is no
        page.
        """
        if self.base:
            return absolute(self.base, href)
        href = href.strip()
        return (
            None
            if not href or href.lower().startswith(("#", "javascript:", "mailto:", "tel:", "data:"))
            else href
        )

    def links(self) -> list[PageLink]:
        """All links that lead to a page, in order."""
        found = []
        for anchor in self.anchors:
            url = absolute(self.base, anchor.href)
            if url:
                found.append(PageLink(url, anchor.words, self.nodes[anchor.node].part))
        return found

    def blocks_in(self, number: int) -> list[Block]:
        """The blocks inside a node."""
        node = self.nodes[number]
        after = self.nodes[node.end + 1].block + 1 if node.end + 1 < len(self.nodes) else len(self.blocks)
        return [block for block in self.blocks[node.block : after] if number <= block.node <= node.end]

    def is_dated(self, node: Node) -> bool:
        """Whether a node holds a time element."""
        at = bisect_left(self.times, node.number)
        return at < len(self.times) and self.times[at] <= node.end

    def text_of(self, number: int) -> str:
        """The text inside a node, inline ones too, the ends of blocks as blanks."""
        text = self._texts.get(number)
        if text is None:
            node = self.nodes[number]
            text = self._texts[number] = clean("".join(self.pieces[node.first : node.last]))
        return text
