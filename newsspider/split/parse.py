"""One pass over a page: libxml2 parses, and its events fill the tables of ``newsspider.split.table``. No tree is
built, nothing is walked twice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from newsspider.addresses import absolute
from newsspider.charsets.decode import decode
from newsspider.split.table import APART, BLOCK_TAGS, HEADINGS, MAX_DEPTH, Anchor, Block, Node, Page
from newsspider.split.text import clean

MAX_NODES = 200_000  # elements after these are not read
MAX_JSON_LD = 4_000_000  # characters
_CODE_TAGS = ("pre", "code", "tt", "samp", "kbd")
_CODE = 4  # open elements among which one of code is looked for

_BOLD = frozenset(("b", "strong"))
_ROOTS = frozenset(("html", "body"))  # hidden only until a script shows the page
_SKIPPED = frozenset(
    (
        "script style noscript template svg math object iframe canvas audio video select button textarea"
        " datalist"
    ).split()
)
_PARTS = {**{tag: tag for tag in ("nav", "header", "main", "aside", "footer")}, "article": "main"}
_ROLES = {
    "navigation": "nav",
    "banner": "header",
    "main": "main",
    "complementary": "aside",
    "contentinfo": "footer",
}
# What holds no text of the article, and never one of these: where one begins inside it, its end tag was lost
# (libxml2 closes it with the page), or it is no tooltip but the whole page.
_LEAKY = frozenset(("button", "svg", "math", "object"))
_PAGE_PARTS = frozenset("article section main nav aside header footer form table h1 h2".split())
_NONE: dict[str, str] = {}
# What stands between two texts without a blank, for ``_apart``.
_OPENED, _CLOSED, _SMALL, _NAMED, _WITHIN = 1, 2, 4, 8, 16
_TOLD_BY_TAG = _SMALL | _NAMED | _WITHIN
# What the pass has to know of an element, by its tag; and the last three.
_INLINE, _BLOCK, _SPECIAL, _PART, _NOTED = 0, 32, 64, 128, 256
_KINDS: dict[str, int] = {}
_SMALL_PRINT = frozenset(("small", "cite", "time", "figcaption"))
_WITHIN_WORDS = frozenset(
    "b i em strong u s sub sup abbr acronym font mark ins del q wbr var kbd samp tt big bdi bdo ruby".split()
)
for _kind, _tags in (
    (_BLOCK, BLOCK_TAGS),
    (_SPECIAL, _SKIPPED | {"br", "title", "meta", "link", "base"}),
    (_PART, _PARTS),
    (_NOTED, HEADINGS | _BOLD | {"a", "img", "time", "html"}),
    (_SMALL, _SMALL_PRINT),
    (_NAMED, ("a",)),
    (_WITHIN, _WITHIN_WORDS),
):
    for _tag in _tags:
        _KINDS[_tag] = _KINDS.get(_tag, 0) | _kind
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TOOLTIP = re.compile(r"popover|tooltip|rollover|sr-only|screen-reader|visually-hidden|visuallyhidden")
_REFRESH = re.compile(r"^\s*(\d{1,3})(?:\.\d+)?\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']+)", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")


def open_page(page: bytes | str, url: str | None = None, content_type: str | None = None) -> Page:
    """Decode and parse a page. Never raises for what the page holds; an empty one has no blocks."""
    text = decode(page, content_type)[0] if isinstance(page, bytes) else page
    table = Page(url, html=text, base=url)
    target: Any = _Target(table)  # the stubs want events as str or bytes; libxml2 sends str
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        etree.fromstring(
            text.encode("utf-8", "replace").replace(b"\x00", b""), parser
        )  # quicker than feeding it
    except (etree.LxmlError, _Full) as error:
        table.cut = isinstance(error, _Full)
        target.close()
    target.let_go()
    return table


class _Full(Exception):
    """Raised inside the pass when a page has more elements than are read."""


class _Target:
    """Receives the parser's events, which are balanced: every start has its end.

    ``start``, ``end`` and ``data`` run for every element and text of every page: what all of them need stands
    in them, what is rare has a method of its own.
    """

    __slots__ = (
        "_anchors", "_around", "_base", "_bold", "_bold_chars", "_broken", "_catch", "_edge", "_font", "_leaky", "_link",
        "_link_chars", "_lost", "_names", "_page", "_skip", "_stack", "_started", "_text",
    )  # fmt: skip

    def __init__(self, page: Page) -> None:
        self._page = page
        self._stack = [Node(-1, -1, "", "", False, "main", _NONE, 0, 0)]  # open nodes, over them the page
        self._around: list[int] = []  # those of them that are block-level
        self._names: dict[tuple[str | None, str | None], str] = {}  # class and id: as nodes have them
        self._skip = 0  # how deep inside an element whose text is none
        self._leaky = False  # whether that may turn out to have no end
        self._lost = 0  # open elements of one that had none; they are no nodes
        self._base = 0  # how many nodes were open when it was left
        self._catch: list[str] | None = None  # the text of the title or of a JSON-LD script
        self._text = 0  # where the text of the open block begins in Page.pieces
        self._started = False  # whether the open block has any
        self._link: Anchor | None = None
        self._link_chars = 0
        self._bold = 0
        self._font: Node | None = None  # the last one that ended
        self._bold_chars = 0
        self._anchors: list[int] = []
        self._broken = False  # a line break was the last thing seen
        self._edge = 0  # what began or ended since the last text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skip:
            if not (self._leaky and tag in _PAGE_PARTS and not self._lost):
                self._skip += 1
                return
            self._lost, self._base, self._skip = self._skip, len(self._stack), 0
        kind = _KINDS.get(tag, _INLINE)
        if kind & _SPECIAL and self._special(tag, attributes):
            return
        if kind & _BLOCK and self._started:
            self._flush()
        self._edge |= _OPENED | (kind & _TOLD_BY_TAG)
        page, stack = self._page, self._stack
        number = len(page.nodes)
        if number >= MAX_NODES or len(stack) > MAX_DEPTH:
            raise _Full
        above = stack[-1]
        hidden, part, classes = above.hidden, above.part, ""
        if attributes:
            named = (attributes.get("class"), attributes.get("id"))
            known = self._names.get(named)
            classes = known if known is not None else self._name(named)
            if not kind & _WITHIN and named[0] is not None:
                self._edge |= _NAMED
            if not hidden and ("style" in attributes or "hidden" in attributes) and tag not in _ROOTS:
                hidden = "hidden" in attributes or _HIDDEN.search(attributes["style"]) is not None
            if "role" in attributes:
                part = _ROLES.get(attributes["role"], part)
            if "itemprop" in attributes:
                page.props.extend((name, number) for name in attributes["itemprop"].lower().split())
        if kind & _PART:
            part = _PARTS[tag]
        elif tag == "dialog" and "open" not in attributes:
            hidden = True
        node = Node(
            number, above.number, tag, classes, hidden, part, attributes, len(page.pieces), len(page.blocks)
        )
        page.nodes.append(node)
        if kind & _BLOCK:
            self._around.append(number)
        elif (hidden and not above.hidden) or (classes and _is_tooltip(classes)):
            self._skip, self._leaky = 1, not hidden  # hidden inside a line of text: no part of it
            node.end, node.last = number, node.first
            return
        stack.append(node)
        if kind & _NOTED:
            self._note(node, tag, attributes)

    def end(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
            if not self._skip and self._catch is not None:
                self._page.json_ld.append("".join(self._catch)[:MAX_JSON_LD])
                self._catch = None
            return
        kind = _KINDS.get(tag, _INLINE)
        if kind & _SPECIAL:
            self._special_end(tag)
            return
        if self._lost and len(self._stack) == self._base:
            self._lost -= 1
            return
        if kind & _SMALL:
            self._edge |= _SMALL
        elif self._edge & _OPENED:
            self._edge = 0  # the element was empty
        else:
            self._edge |= _CLOSED | (kind & _WITHIN)
        if kind & _BLOCK:
            if self._started:
                self._flush()
            if self._around:
                self._around.pop()
        if len(self._stack) == 1:
            return
        node, page = self._stack.pop(), self._page
        node.end, node.last = len(page.nodes) - 1, len(page.pieces)
        if tag == "a":
            self._link = None
            if not self._started:
                self._anchors = []
        elif tag == "font":
            self._font = node
        elif self._bold and tag in _BOLD:
            self._bold -= 1

    def data(self, text: str) -> None:
        if self._skip:
            if self._catch is not None:
                self._catch.append(text)
        elif text.isspace():
            if self._started:
                self._page.pieces.append(" ")
        elif self._catch is not None:
            self._catch.append(text)
        else:
            edge, self._edge = self._edge, 0
            if edge and self._started and text[0].isupper() and _ends_word(self._page.pieces[-1]):
                self._apart(edge, text)
            self._page.pieces.append(text)
            self._started, self._broken = True, False
            if self._link is not None:
                self._link.text += text
                self._link_chars += len(text)
            if self._bold:
                self._bold_chars += len(text)

    def close(self) -> Page:
        """End what is still open."""
        page = self._page
        if self._started:
            self._flush()
        for node in self._stack:
            node.end, node.last = len(page.nodes) - 1, len(page.pieces)
        del self._stack[1:]
        return page

    def let_go(self) -> None:
        """Forget the page: lxml's parser and its context hold each other, and with them the target, until the garbage
        collector comes; a page's thousands of objects are not to wait for it.
        """
        del self._page, self._stack, self._names

    # ---- what is rare ------------------------------------------------------------------------------------
    def _apart(self, edge: int, text: str) -> None:
        """A blank between texts that styles set apart: of two elements side by side, of small print or a time beside a
        text, of a link or an element with a class that begins with more than a word. Parts of one word ("Mc<b>Donald") are not,
        nor is code.
        """
        several = " " in text.strip()
        meet = edge & _CLOSED and edge & _OPENED and (several or not edge & _WITHIN)
        if not (edge & _SMALL or meet or (edge & _NAMED and several)):
            return
        if any(node.tag in _CODE_TAGS for node in self._stack[-_CODE:]):
            return
        if self._link is not None and "://" in self._link.text.rpartition(" ")[2]:
            return  # an address, of which networks show a part
        self._page.pieces.append(APART)
        if self._link is not None and self._link.text:
            self._link.text += " "

    def _special(self, tag: str, attributes: dict[str, str]) -> bool:
        """Elements that become no node: line breaks, what holds no text for readers, most of the head."""
        if tag == "br":
            self._break()
        elif tag in _SKIPPED:
            self._skip, self._leaky = 1, tag in _LEAKY
            if tag == "script" and "ld+json" in attributes.get("type", "").lower():
                self._catch = []
        elif tag == "title":
            self._catch = []
        else:
            self._head(tag, attributes)
            if "itemprop" in attributes:
                number, above = len(self._page.nodes), self._stack[-1]
                self._page.props.extend((name, number) for name in attributes["itemprop"].lower().split())
                first = len(self._page.pieces)
                node = Node(
                    number, above.number, tag, "", True, above.part, attributes, first, len(self._page.blocks)
                )
                node.end, node.last = number, first
                self._page.nodes.append(node)
        return True

    def _special_end(self, tag: str) -> None:
        if tag == "title" and self._catch is not None:
            self._page.title = self._page.title or clean(
                "".join(self._catch)
            )  # a second one is not shown either
            self._catch = None
        elif tag in _SKIPPED and self._lost:  # the button that had no end
            self._lost -= 1

    def _name(self, named: tuple[str | None, str | None]) -> str:
        """Class and id as one text in lower case."""
        classes = self._names[named] = " ".join(filter(None, named)).strip().lower()
        return classes

    def _note(self, node: Node, tag: str, attributes: dict[str, str]) -> None:
        """Put the node on the lists of what some part looks for."""
        page = self._page
        if tag == "a":
            if "href" in attributes:
                self._link = Anchor(node.number, attributes["href"], len(page.blocks))
                self._anchors.append(len(page.anchors))
                page.anchors.append(self._link)
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "img":
            source = attributes.get("src") or attributes.get("data-src")
            if source:
                page.images.append((node.number, source))
        elif tag == "time":
            page.times.append(node.number)
        elif tag == "html":
            page.language = attributes.get("lang") or attributes.get("xml:lang")
        else:
            page.headings.append(node.number)

    def _break(self) -> None:
        """A line break is a blank; two in a row end a block, and so does one behind a line that stands in a ``font``
        element of its own: pages of that age have no other elements for headline, byline or items of a list.
        """
        if self._broken or (self._font is not None and self._started and self._is_line(self._font)):
            self._flush()
        if self._started:
            self._page.pieces.append("\n")
            self._broken = True

    def _is_line(self, node: Node) -> bool:
        """Whether all that was gathered so far stands in a node that has ended."""
        self._font, pieces = None, self._page.pieces
        outside = (*pieces[self._text : node.first], *pieces[node.last :])
        return node.last > self._text and all(map(str.isspace, outside))

    def _flush(self) -> None:
        """The text gathered so far becomes a block, if anything of it is to be seen."""
        page, pieces = self._page, self._page.pieces
        text = clean("".join(pieces[self._text :]))
        pieces.append("\n")
        self._text = len(pieces)
        self._started = self._broken = False
        if text and self._around:
            around, blocks = self._around[-1], page.blocks
            blocks.append(Block(len(blocks), around, text, self._link_chars, self._bold_chars, self._anchors))
        if self._link is None:
            self._anchors = []
        else:
            self._anchors = self._anchors[-1:]
            self._link.text += " "
        self._link_chars = self._bold_chars = 0

    def _head(self, tag: str, attributes: dict[str, str]) -> None:
        page = self._page
        if tag == "meta":
            content = attributes.get("content") or attributes.get("value")
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            if content and name:
                page.meta.append((name.strip().lower(), clean(content)))
            if content and attributes.get("http-equiv", "").lower() == "refresh":
                self._refresh(content)
        elif tag == "base" and attributes.get("href"):
            page.base = absolute(page.url, attributes["href"]) or page.base
        elif tag == "link" and attributes.get("href"):
            relations = attributes.get("rel", "").lower().split()
            if "canonical" in relations and not page.canonical:
                page.canonical = absolute(page.base, attributes["href"])
            if "alternate" in relations and attributes.get("type", "").lower() in _FEED_TYPES:
                url = absolute(page.base, attributes["href"])
                if url:
                    page.feeds.append(url)

    def _refresh(self, content: str) -> None:
        match = _REFRESH.match(content)
        if match and int(match.group(1)) <= 30:
            self._page.refresh = absolute(self._page.base, match.group(2).strip())


def _ends_word(text: str) -> bool:
    last = text[-1:]
    if last in "”»":  # which open a quotation in other languages
        last = text[-2:-1]
    return last.islower() or last.isdecimal() or (last != "" and last in ".!?…)")


@lru_cache(maxsize=65536)
def _is_tooltip(classes: str) -> bool:
    return _TOOLTIP.search(classes) is not None
