"""Related links: links to other stories that the page offers because they belong to this one, or as what to
read next.

Evidence, in this order: a heading over the links that says so, a class word of the box, "Also read:" before a
link inside the text. A heading of a sitewide list (most read, latest) speaks against it; links in running
prose, menus and footers are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsspider.addresses import canonical
from newsspider.records import Link
from newsspider.split.table import HEADINGS, Anchor, Block, Page
from newsspider.split.text import clean, weight
from newsspider.split.words import ALSO, ALSO_LINKED, RELATED, SITEWIDE

_BOX = re.compile(
    r"(?<![a-z])(?:related|relacionad[ao]s?|relacionat|similar|recommend(?:ed|ations?)?|read[-_]?(?:also"
    r"|next|more)|also[-_]?read|see[-_]?also|more[-_]?on|"
    r"you[-_]?may|up[-_]?next|terkait|baca[-_]?juga|lire[-_]?aussi|leia[-_]?mais|yarpp|jp-relatedposts"
    r"|crp)(?![a-z]{3})"
)
_LIST = re.compile(
    r"(?<![a-z])(?:popular|most[-_]?(?:read|viewed|popular)|trending|latest|recent|ranking|sponsored|outbrain|taboola|mgid|promoted)(?![a-z]{3})"
)
_VETO = re.compile(
    r"(?<![a-z])(?:(?:sub)?menu|navbar|navigation|footer|tags?|topics?|hashtags?|modal|cookies?|gdpr|consent"
    r"|breadcrumbs?|(?:and)?native-?ad|share|social|comments?|author|byline|login)(?![a-z])"
)
_HEAD_CLASS = re.compile(r"(?<![a-z])(?:title|heading|header|headline|label|caption)(?![a-z]{3})")
SHORTEST = 18  # characters of a link's text, wide scripts counted double
SHORTEST_BOXED = 24  # where a class word alone speaks for it
_LEVELS = 8  # ancestors of a link in which a class word counts
_SCOPE = 3  # levels above a heading within which it speaks for links
_NEAREST = 20  # headings before a link that can speak for it
_LABEL = 40  # characters of a line that is a label and nothing else
_MOST = 100


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading that says what the links after it are: where it stands, how far it reaches, and whether it is
    for or against; None: it says nothing, and what came before it speaks no more.
    """

    node: int
    end: int
    related: bool | None


def find_related(
    page: Page, headline_node: int | None, body: Sequence[int], own: str | None
) -> tuple[Link, ...]:
    """The related links, distinct, in page order. ``body``: the numbers of the body's blocks; ``own``: the
    page's address.
    """
    addresses = [page.address(anchor.href) for anchor in page.anchors]
    texts = _texts(page, addresses)
    prose = set(body)
    fixed = _around_article(page, headline_node, body)
    heads = _heads(page)
    self_address = canonical(own) if own else None
    found: dict[str, Link] = {}
    for anchor, url in zip(page.anchors, addresses, strict=True):
        if not url or url in found or (headline_node is not None and anchor.node <= headline_node):
            continue
        text = texts[url]
        if weight(text) < SHORTEST or not _belongs(page, anchor, weight(text), heads, prose, fixed):
            continue
        if not _is_story(url, self_address):
            continue
        found[url] = Link(text, url)
        if len(found) == _MOST:
            break
    return tuple(found.values())


def _texts(page: Page, addresses: Sequence[str | None]) -> dict[str, str]:
    """For each address the longest text of a link to it: pictures and "read on" lead there, too."""
    best: dict[str, str] = {}
    for anchor, url in zip(page.anchors, addresses, strict=True):
        if url:
            text = clean(anchor.text)
            if len(text) > len(best.get(url, "")) or url not in best:
                best[url] = text
    return {url: _without_lead(text) for url, text in best.items()}


def _without_lead(text: str) -> str:
    """A link's text without "Also read:" in front of it."""
    lead = ALSO_LINKED.match(text)
    rest = text[lead.end() :].strip(" :：៖»>–—-") if lead and ALSO.match(text[: lead.end()]) else ""
    return rest if weight(rest) >= SHORTEST else text


def _is_story(url: str, own: str | None) -> bool:
    path = urlsplit(url).path
    return len(path.strip("/")) > 3 and (own is None or canonical(url) != own)


def _around_article(page: Page, headline_node: int | None, body: Sequence[int]) -> set[int]:
    """The nodes around the headline and around the first paragraph: a class word there is no box of links."""
    nodes = [headline_node] if headline_node is not None else []
    nodes += [page.blocks[body[0]].node] if body else []
    return {node.number for number in nodes for node in page.chain(number)}


def _belongs(
    page: Page, anchor: Anchor, length: int, heads: list[_Head], prose: set[int], fixed: set[int]
) -> bool:
    node = page.nodes[anchor.node]
    if node.part in ("nav", "footer"):
        return False
    block = page.blocks[anchor.block] if anchor.block < len(page.blocks) else None
    if block is not None and _is_also_line(page, block.number):
        return True
    if block is not None and block.number in prose and block.link_chars < 0.8 * len(block.text):
        return False
    boxed = _boxed(page, anchor.node, fixed)
    head = _speaking_head(heads, anchor.node)
    if boxed is False:
        return False
    if head is not None and head.related is not None:
        return head.related
    return bool(boxed) and length >= SHORTEST_BOXED


def _boxed(page: Page, number: int, fixed: set[int]) -> bool | None:
    """Whether the innermost box with a class word that says something is one of related links; False for
    menus, tags and sitewide lists.
    """
    for node in page.chain(number, _LEVELS):
        if node.number in fixed:
            return None
        if node.classes:
            if _VETO.search(node.classes):
                return False
            if _LIST.search(node.classes):
                return None
            if _BOX.search(node.classes):
                return True
    return None


def is_also_line(page: Page, number: int) -> bool:
    """Whether a block is a line such as "Also read: ..": such a line is no text of the article."""
    return _is_also_line(page, number)


def _is_also_line(page: Page, number: int) -> bool:
    block = page.blocks[number]
    if not block.anchors or block.link_chars < 0.5 * len(block.text):
        return False
    if ALSO.match(block.text) or ALSO.match(_head_of(block.text)):
        return True
    if block.link_chars < 0.9 * len(block.text):
        return False
    lead = ALSO_LINKED.match(block.text)
    if lead and (
        " " in lead.group().strip() or not lead.group().isascii()
    ):  # "More" alone opens headlines, too
        return True
    before = page.blocks[number - 1].text if number else ""
    return len(before) < _LABEL and ALSO.match(before) is not None


def _head_of(text: str) -> str:
    """The words before a colon or dash at the head of a text, with it."""
    match = re.match(r"^[^:：៖>»|–—→]{0,40}[:：៖>»|–—→]", text)
    return match.group() if match else ""


def _heads(page: Page) -> list[_Head]:
    """The headings and labels that say what follows them; a heading in the same markup that says nothing ends
    their reach.
    """
    heads: list[_Head] = []
    marked: set[tuple[str, str]] = set()
    for block in page.blocks:
        if len(block.text) > 60 or (block.link_chars > 0.5 * len(block.text) and len(block.text) > 30):
            continue
        related, against = RELATED.match(block.text), SITEWIDE.match(block.text)
        said = related or against
        node = page.nodes[block.node]
        if said and _is_label(page, block, said.end()):
            scope = block.node
            for _ in range(_SCOPE):
                scope = page.nodes[scope].parent if page.nodes[scope].parent > 1 else scope
            heads.append(_Head(block.node, page.nodes[scope].end, bool(related)))
            marked.add((node.tag, node.classes))
        elif not said and node.tag in HEADINGS and not block.anchors and (node.tag, node.classes) in marked:
            heads.append(_Head(block.node, heads[-1].end, None))
    return heads


def _is_label(page: Page, block: Block, said: int) -> bool:
    """Whether a block that begins with such words is a heading, in bold, or nothing else than these words."""
    if not block.anchors and len(block.text.rstrip(" :：…")) <= said + 1:
        return True
    return _is_head(page, block.node) or block.bold_chars >= max(1, len(block.text) // 2)


def _is_head(page: Page, number: int) -> bool:
    return any(
        node.tag in HEADINGS
        or node.tag in ("dt", "th", "legend", "strong", "b")
        or (node.classes and _HEAD_CLASS.search(node.classes))
        for node in page.chain(number, 2)
    )


def _speaking_head(heads: list[_Head], node: int) -> _Head | None:
    """The last heading before a node that reaches to it, of the nearest ones."""
    before = bisect_right(heads, node, key=lambda head: head.node)
    near = heads[max(0, before - _NEAREST) : before]
    return next((head for head in reversed(near) if node <= head.end), None)
