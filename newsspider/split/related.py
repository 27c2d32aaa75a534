"""Related links: links to other stories that the page offers because they belong to this one, or as what to
read next.

Evidence, in this order: "Also read:" before a link inside the text, a heading over the links that says so, a
class word of the box, a link that has a line of its own between two paragraphs. Where a page has none of
these behind its text, the first row there under a heading such as "More stories" is what it offers to read
next. A heading of a sitewide list (most read, latest) speaks against it; links in running prose, menus and
footers are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from newsspider.records import Link
from newsspider.split.cards import (
    Story,
    Taken,
    before_links,
    containers,
    is_of_site,
    is_story,
    may_be_story,
    stories,
)
from newsspider.split.heads import Head, Heads
from newsspider.split.table import Block, Page
from newsspider.split.text import weight
from newsspider.split.words import ALSO, ALSO_LINKED, may_be_also

# Class words of boxes, in the languages of themes and of those who write their own.
_BOX = re.compile(
    r"(?<![a-z])(?:related(?:(?![a-z]{3})|(?:article|content|item|link|list|news|post|stor|teaser|text)\w*)"
    r"|relations?(?![a-z])|(?:relacionad[ao]s?|relacionat|similar|recommend(?:ed|ations?)?|verwandt\w*"
    r"|(?:read|see)[-_]?(?:also|next|more)|also[-_]?read|more[-_]?on|you[-_]?may|up[-_]?next|same[-_]?topic"
    r"|lesen[-_]?sie[-_]?auch|lire[-_]?aussi|le[ae][-_]?tambi[eé]n|leia[-_]?(?:mais|tambem)|leggi[-_]?anche"
    r"|lees[-_]?ook|czytaj[-_]?te[zż]|souvisejici|kapcsolodo|terkait|baca[-_]?juga|yarpp|jp-relatedposts|crp)"
    r"(?![a-z]{3}))"
)
_LIST = re.compile(
    r"(?<![a-z])(?:popular|most[-_]?(?:read|viewed|popular)|trending|latest|recent|ranking|sponsored|outbrain"
    r"|taboola|mgid|(?<!node-)promoted)(?![a-z]{3})"  # node-promoted: Drupal, of any node on its front page
)
_MENU = re.compile(r"(?<![a-z])(?:(?:sub)?menu|navbar|navigation|footer)(?![a-z])")
_VETO = re.compile(  # WordPress writes a post's tags into its classes (tag-floods), which says nothing here
    r"(?<![a-z])(?:(?:hash|keyword)?tags(?![-_]\w)|(?<![-_])tag(?![-_\w])|tag[-_]?(?:list|cloud|links?)"
    r"|topics?(?![-_]\w)|modal|cookies?|gdpr|consent|breadcrumbs?|(?:and)?native-?ad|share|social|comments?"
    r"|author|byline|login)(?![a-z])"
)
SHORTEST = 18  # characters of a link's text, wide scripts counted double
SHORTEST_BOXED = 24  # where a class word alone speaks for it
SHORTEST_BESIDE = 10  # where it is set like others that are related
_ROW = 3  # stories in a row
_WIDEST = 12  # where there are more, it is a list of the site
_LABEL = 40  # characters of a line that is a label and nothing else
_BETWEEN = 4  # blocks that are none between a paragraph and a link in a line of its own
_LONGEST_GAP = 16  # blocks between two paragraphs
_MOST = 100  # links of a page
_REASONS = {  # what tells that a link is related, and how it is said to people
    "also": 'a line such as "Also read"',
    "heading": "under a heading that says so",
    "box": "in a box whose class says so",
    "alone": "a link in a line of its own between paragraphs",
    "short": "set like related links beside it",
    "next": "in the first row of stories behind the text",
}


@dataclass(slots=True)
class _Sight:
    """What is looked at again for each link: the body's blocks and paragraphs (in order), the nodes around
    headline and text, the headings, what the boxes are.
    """

    page: Page
    prose: set[int]
    paragraphs: list[int]
    fixed: set[int]
    own: str | None
    last: int  # the body's last paragraph
    heads: Heads
    boxes: dict[int, str] = field(default_factory=dict)


def find_related(
    page: Page, headline_node: int | None, body: Sequence[int], own: str | None
) -> tuple[Taken, ...]:
    """The related links, distinct, in page order. ``body``: the numbers of the body's blocks; ``own``: the
    page's address. Of more than a hundred the first hundred are taken, and nothing tells of the rest; nor of
    those behind the first five thousand links that follow the headline.
    """
    after = headline_node if headline_node is not None else -1
    every = stories(page, after, SHORTEST_BESIDE)
    found = [story for story in every if story.weight >= SHORTEST]
    sight = _sight(page, headline_node, body, own, found)
    chosen = {story.node: reason for story in every if (reason := _evidence(sight, story))}
    _add_short(sight, every, chosen)
    if len({story.href for story in found if story.block > sight.last and story.node in chosen}) < 2:
        chosen |= dict.fromkeys(_next_reads(sight, found), "next")
    links: dict[str, Taken] = {}
    for story in every:
        if story.node not in chosen:
            continue
        url, reason = page.address(story.href), chosen[story.node]
        if url and url not in links and _leads_on(sight, story, url, reason):
            links[url] = Taken(Link(_without_lead(story.text), url), story.node, _REASONS[reason])
            if len(links) == _MOST:
                break
    return tuple(links.values())


def _leads_on(sight: _Sight, story: Story, url: str, reason: str) -> bool:
    """Whether a link leads to another story; where words tell that it is related, addresses of the site need
    not look like one.
    """
    if is_lead(story.text):
        return False
    told = reason in ("heading", "also") and story.weight >= SHORTEST_BOXED
    return may_be_story(url, sight.own) if told and is_of_site(url, sight.own) else is_story(url, sight.own)


def _add_short(sight: _Sight, every: list[Story], chosen: dict[int, str]) -> None:
    """Take short links, too, that are set like longer ones in the same place."""

    def setting(story: Story) -> tuple[object, ...]:
        head = sight.heads.over(story)
        around = sight.page.chain(story.node, 3)[1:]
        return (head.node if head else -1, *((node.tag, node.classes) for node in around))

    longer = Counter(setting(story) for story in every if story.node in chosen and story.weight >= SHORTEST)
    rows: dict[tuple[object, ...], list[Story]] = {}
    for story in every if longer else ():
        if story.weight < SHORTEST and story.node not in chosen and _is_inside(sight, story):
            rows.setdefault(setting(story), []).append(story)
    for place, row in rows.items():
        if len(row) < longer[place]:
            chosen |= {story.node: "short" for story in row if _of_site(sight, story)}


def _next_reads(sight: _Sight, found: list[Story]) -> list[int]:
    """The first row of stories behind the text under a heading such as "More stories"."""
    if not sight.heads.more:
        return []
    page = sight.page
    behind = [
        story
        for story in found
        if story.block > sight.last
        and page.nodes[story.node].part in ("main", "header")
        and _box(sight, story.node) in ("", "list")
        and _of_site(sight, story)
        and is_story(page.address(story.href) or "", sight.own)
    ]
    rows: dict[int, list[Story]] = {}
    for story, place in zip(behind, containers(page, behind), strict=True):
        rows.setdefault(place, []).append(story)
    for place, row in rows.items():
        head = sight.heads.over(row[0])
        fits = _ROW <= len({story.href for story in row}) <= _WIDEST
        if place >= 0 and fits and head is not None and head.more:
            return [story.node for story in row]
    return []


def _sight(
    page: Page, headline_node: int | None, body: Sequence[int], own: str | None, found: list[Story]
) -> _Sight:
    nodes = [headline_node] if headline_node is not None else []
    nodes += [page.blocks[body[0]].node] if body else []
    fixed = {node.number for number in nodes for node in page.chain(number)}
    paragraphs = sorted(i for i in body if not _is_teaser(page, page.blocks[i]))
    start = page.nodes[headline_node].block + 1 if headline_node is not None else 0
    last = paragraphs[-1] if paragraphs else start
    heads = Heads(page, start, paragraphs, [story.node for story in found])
    return _Sight(page, set(body), paragraphs, fixed, own, last, heads)


def _is_teaser(page: Page, block: Block) -> bool:
    """Whether a block is mostly a link, or a link and what its story says."""
    if not block.anchors:
        return False
    head = page.anchors[block.anchors[0]].text.strip()
    return block.link_chars > 0.5 * len(block.text) or (
        len(block.anchors) == 1 and len(head) >= SHORTEST_BESIDE and block.text.startswith(head)
    )


def is_lead(text: str) -> bool:
    """Whether a link says "Read more" and nothing else."""
    lead = ALSO.match(text) if may_be_also(text) else None
    return lead is not None and lead.end() == len(text)


def _without_lead(text: str) -> str:
    """A link's text without "Also read:" in front of it."""
    lead = ALSO_LINKED.match(text)
    rest = text[lead.end() :].strip(" :：៖»>–—-") if lead and ALSO.match(text[: lead.end()]) else ""
    return rest if weight(rest) >= SHORTEST else text


# ---- what speaks for a link ------------------------------------------------------------------------------
def _evidence(sight: _Sight, story: Story) -> str | None:
    """What tells that a link is related; None where nothing does."""
    page = sight.page
    block = page.blocks[story.block] if story.block < len(page.blocks) else None
    inside = _is_inside(sight, story)
    head = sight.heads.over(story)
    if not inside and (head is None or not head.related):
        return None
    if block is not None and inside:
        if is_also_line(page, block.number):
            return "also"
        if block.number in sight.prose and block.link_chars < 0.8 * len(block.text):
            return "heading" if head and head.related and _is_teaser(page, block) else None
    if story.weight < SHORTEST:
        return None
    box = _box(sight, story.node)
    if box == "veto":
        return None
    if head is not None and head.related is not None:
        listed = (box != "menu" and inside) or _told(sight, story, head)
        return "heading" if head.related and listed else None
    if box == "menu" or not inside:
        return None
    if box == "box" and story.weight >= SHORTEST_BOXED:
        return "box" if _of_site(sight, story) else None
    return "alone" if _is_alone(sight, story) and _of_site(sight, story) else None


def _is_inside(sight: _Sight, story: Story) -> bool:
    return sight.page.nodes[story.node].part not in ("nav", "footer")


def _told(sight: _Sight, story: Story, head: Head) -> bool:
    """Whether a heading in the text, or one in the article's own footer, heads a list of links in menu markup."""
    nodes = sight.page.nodes
    if story.weight < SHORTEST_BOXED:
        return False
    if nodes[story.node].part != "footer":
        return nodes[head.node].part not in ("nav", "footer")
    return nodes[head.node].part == "footer" and any(
        node.tag in ("article", "main") for node in sight.page.chain(story.node)
    )


def _of_site(sight: _Sight, story: Story) -> bool:
    url = sight.page.address(story.href)
    return url is not None and is_of_site(url, sight.own)


def _is_alone(sight: _Sight, story: Story) -> bool:
    """Whether a link has a line of its own between two paragraphs of the body, or right behind the last."""
    if story.block in sight.prose or story.weight < SHORTEST_BOXED or not _is_link(sight.page, story.block):
        return False
    place = bisect_left(sight.paragraphs, story.block)
    if place == 0:
        return False
    last = sight.paragraphs[place - 1]
    if place < len(sight.paragraphs):
        return _is_near(sight.page, last, story.block, sight.paragraphs[place])
    around = sight.page.nodes[max(0, sight.page.nodes[sight.page.blocks[last].node].parent)]
    return story.block - last == 1 and around.number < story.node <= around.end


def _is_near(page: Page, last: int, number: int, following: int) -> bool:
    """Whether there is little else than links between a block and the paragraphs before and behind it."""
    if following - last > _LONGEST_GAP:
        return False
    before = sum(not _is_link(page, other) for other in range(last + 1, number))
    behind = sum(not _is_link(page, other) for other in range(number + 1, following))
    return before <= _BETWEEN and behind <= _BETWEEN


def _is_link(page: Page, number: int) -> bool:
    if number >= len(page.blocks):
        return False
    block = page.blocks[number]
    return bool(block.anchors) and block.link_chars >= 0.9 * len(block.text)


def _box(sight: _Sight, number: int) -> str:
    """What the innermost box with a class word that says something is: ``box`` of related links, ``list`` of
    the site, ``menu``, ``veto`` for tags, shares, comments and other links that lead to no story.
    """
    nodes, boxes = sight.page.nodes, sight.boxes
    passed: list[int] = []
    answer = ""
    while number >= 0 and number not in sight.fixed:
        known = boxes.get(number)
        if known is not None:
            answer = known
            break
        passed.append(number)
        if nodes[number].classes:
            answer = _class_says(nodes[number].classes)
            if answer:
                break
        number = nodes[number].parent
    for one in passed:
        boxes[one] = answer
    return answer


@lru_cache(maxsize=8192)
def _class_says(classes: str) -> str:
    for said, pattern in (("veto", _VETO), ("menu", _MENU), ("list", _LIST), ("box", _BOX)):
        if pattern.search(classes):
            return said
    return ""


# ---- "Also read:" ----------------------------------------------------------------------------------------
def is_also_line(page: Page, number: int) -> bool:
    """Whether a block is a line such as "Also read: ..": such a line is no text of the article."""
    block = page.blocks[number]
    if not block.anchors or block.link_chars < 0.5 * len(block.text):
        return False
    if may_be_also(block.text) and (_begins_with_also(block) or ALSO.match(before_links(page, block))):
        return True
    before = page.blocks[number - 1].text if number else ""
    return (
        len(before) < _LABEL
        and len(block.text) >= SHORTEST
        and block.link_chars >= 0.9 * len(block.text)
        and may_be_also(before)
        and ALSO.match(before) is not None
    )


def _begins_with_also(block: Block) -> bool:
    if ALSO.match(block.text) or ALSO.match(_head_of(block.text)):
        return True
    if block.link_chars < 0.9 * len(block.text):
        return False
    lead = ALSO_LINKED.match(block.text)
    # "More" alone opens headlines, too
    return lead is not None and (" " in lead.group().strip() or not lead.group().isascii())


def _head_of(text: str) -> str:
    """The words before a colon or dash at the head of a text, with it."""
    match = re.match(r"^[^:：៖>»|–—→]{0,40}[:：៖>»|–—→]", text)
    return match.group() if match else ""
