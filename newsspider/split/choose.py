"""The article's blocks: what the learned stages chose, put right by the conventions that no learning can know.

Captions, posts and fact boxes are asides; lines such as "Also read" lead to other stories; comments, menus and
footers are never the article's; lists and tables that stand in it are told whole; very short articles are read
by the plain structure of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from newsspider.split.asides import aside_kind, is_beside, offers
from newsspider.split.body import (
    Choice,
    choose_body,
    with_alike,
    with_entries,
    with_stated,
    with_subheadings,
    with_whole_lists,
    with_whole_tables,
)
from newsspider.split.cards import is_of_site
from newsspider.split.edges import ends_release, is_call, is_contact, is_end, is_head, leads_away
from newsspider.split.features import features_of
from newsspider.split.headline import Headline
from newsspider.split.heads import heads_others
from newsspider.split.likeness import letters, same_text
from newsspider.split.others import stories_below
from newsspider.split.related import is_also_line
from newsspider.split.table import HEADINGS, Block, Page
from newsspider.split.text import ends_sentence, weight
from newsspider.split.thin import THIN, told_thinly
from newsspider.split.words import ADVERT, RIGHTS

_UNDER = 2  # blocks under a heading that are looked at
_NOTE = 60  # characters of a label
_ENDS = 5  # blocks at the end that are looked at for what is no text
_HEADS = 4  # at the beginning
_BEHIND = 12  # blocks that can stand behind the mark that ends a press release
_EMPHASIS = frozenset(("b", "strong", "i", "em", "small", "u"))
_SHORT_CALL = 100  # weight of a call that no link and no setting tells
_INNER = 8  # elements of a block in which one that holds all of it is looked for


@dataclass(frozen=True, slots=True)
class Chosen:
    """The blocks taken as body, in order; ``kinds``: the kind of aside by block; ``choice``: what the learned
    stages said; ``rules``: for each block where a rule went against them, which one.
    """

    blocks: list[int]
    kinds: dict[int, str]
    choice: Choice
    rules: dict[int, str] = field(default_factory=dict)

    def drop(self, numbers: Iterable[int], rule: str) -> None:
        """These blocks are no body after all."""
        for number in numbers:
            self.blocks.remove(number)
            self.rules[number] = rule


def choose_blocks(page: Page, headline: Headline | None, stated: str = "") -> Chosen:
    """The blocks of the article's text. ``stated``: what the page's data gives as that, if anything."""
    known = frozenset(text for text in (page.title, headline.text if headline else "") if text)
    features = features_of(page, headline.block if headline else None, known)
    choice = choose_body(page, features)
    rules: dict[int, str] = {}
    blocks = _told(rules, choice.blocks, with_whole_lists(page, choice), "its list is told whole")
    kinds = _kinds(page, choice, blocks, headline)
    whole = with_whole_tables(page, blocks, choice.net.region)
    blocks = []
    for i in _told(rules, choice.blocks, whole, "its table is told whole"):
        rule = kinds.get(i) or rule_against(page, i, headline)
        if rule:
            rules[i] = rule
        else:
            blocks.append(i)
    blocks = _told(rules, blocks, _without_hidden(page, blocks), "hidden")
    article = letters(stated)
    if headline and headline.node is not None:
        below = stories_below(page, headline.node)
        if article and any(letters(page.blocks[i].text) in article for i in below):
            below = set()  # they are sections: the page's data has them in the article's text
        blocks = _told(rules, blocks, [i for i in blocks if i not in below], "of another story below")
    offered = set(offers(page, blocks))
    blocks = _told(rules, blocks, [i for i in blocks if i not in offered], "in a box that offers something")
    blocks = _told(rules, blocks, _without_labels(page, blocks), "a heading over other stories")
    blocks = _told(rules, blocks, without_edges(page, blocks), "a mark, credit or call at the text's edge")
    blocks = _told(
        rules, blocks, with_alike(page, blocks, {*rules, *kinds}), "set like the paragraphs around it"
    )
    blocks = _told(rules, blocks, with_subheadings(page, blocks), "a heading between paragraphs")
    if headline and headline.block is not None and _length(page, blocks) < THIN:
        thin = without_edges(page, told_thinly(page, headline.block, features, blocks))
        thin = [i for i in thin if i in blocks or i not in kinds]
        blocks = _told(rules, blocks, thin, "stands under the headline of a short article")
    blocks = _told(rules, blocks, with_entries(page, blocks), "the heading of an entry")
    if article and blocks:
        whole = with_stated(page, blocks, article, {*rules, *kinds})
        blocks = _told(rules, blocks, whole, "stands in the text that the page's data states")
    return Chosen(blocks, kinds, choice, rules)


def _told(rules: dict[int, str], before: Iterable[int], after: list[int], rule: str) -> list[int]:
    """``after``, once it is written down which blocks the rule brought or took."""
    for i in set(before).symmetric_difference(after):
        rules.setdefault(i, rule)
    return after


def _kinds(page: Page, choice: Choice, blocks: list[int], headline: Headline | None) -> dict[int, str]:
    """The kinds of the asides from the headline to the last block of the text, and in the net."""
    first = headline.block if headline and headline.block is not None else next(iter(blocks), 0)
    looked_at = {*choice.chances, *range(first, blocks[-1] + 1 if blocks else first)}
    kinds = {i: kind for i in looked_at if (kind := aside_kind(page, i))}
    beside = {i for i in blocks if i in kinds and kinds[i] != "post"}
    if 2 * _length(page, beside) > _length(page, blocks):  # the class is one of the article's own frame
        return {i: kind for i, kind in kinds.items() if i not in beside}
    return kinds


def _length(page: Page, blocks: Iterable[int]) -> int:
    return sum(len(page.blocks[i].text) for i in blocks)


def rule_against(page: Page, number: int, headline: Headline | None) -> str | None:
    """Why a chosen block is no text of the article; None where it is."""
    if is_also_line(page, number) or any(
        "wp-embedded-content" in node.classes for node in page.chain(page.blocks[number].node, 2)
    ):
        return "a line to another story"
    if is_beside(page, number, headline.node if headline else None):
        return "in comments or a footer"
    if page.nodes[page.blocks[number].node].part in ("nav", "footer"):
        return "in a menu or footer"
    if RIGHTS.match(page.blocks[number].text):
        return "says whose the text is"
    if len(page.blocks[number].text) <= _NOTE and ADVERT.match(page.blocks[number].text):
        return "the label of an advert"
    if headline and (number == headline.block or same_text(page.blocks[number].text, headline.text)):
        return "says the headline"
    return None


def _without_hidden(page: Page, blocks: list[int]) -> list[int]:
    """Hidden blocks are no text, but where hardly anything else is there: pages reveal themselves by script."""
    shown = [i for i in blocks if not page.nodes[page.blocks[i].node].hidden]
    return shown if _length(page, shown) >= THIN else blocks


def without_edges(page: Page, blocks: list[int]) -> list[int]:
    """The first and the last blocks are no text where they are but marks, credits, contacts or calls to the reader."""
    kept = _without_tail(page, blocks)
    heads, last = kept[:-1][:_HEADS], kept[1:][-_ENDS:]
    gone = {i for i in heads if is_head(page.blocks[i].text)} | {i for i in last if _is_call(page, i)}
    kept = [i for i in kept if i not in gone]
    for _ in range(_ENDS):
        if len(kept) > 1 and _is_end(page, kept[-1]):
            kept.pop()
    return kept


def _without_tail(page: Page, blocks: list[int]) -> list[int]:
    """Of a press release the blocks before the mark that ends it. What is for the press says so at its head, or names behind
    the mark whom to ask; elsewhere such marks part a text.
    """
    end = next((i for i in blocks[1:][-_BEHIND:] if ends_release(page.blocks[i].text)), None)
    if end is None:
        return list(blocks)
    kept, behind = blocks[: blocks.index(end)], blocks[blocks.index(end) :]
    told = [page.blocks[i].text for i in (*blocks[:_HEADS], *behind)]
    is_release = any(map(is_head, told)) or any(map(is_contact, told))
    return kept if is_release and 2 * _length(page, behind) < _length(page, blocks) else list(blocks)


def _is_call(page: Page, number: int) -> bool:
    """Whether a block calls its reader to follow or subscribe: it begins like one, and leads somewhere, is set otherwise
    than text, or is short and no statement; a story's own sentences begin with the same words. A step of what to do, in
    a list, is text.
    """
    block = page.blocks[number]
    if not is_call(block.text) or any(node.tag == "li" for node in page.chain(block.node, 2)):
        return False
    short = weight(block.text) <= _SHORT_CALL and not (
        ends_sentence(block.text) and block.text[-1] not in "!！"
    )
    return short or bool(block.anchors) or _is_emphasised(page, block)


def _is_emphasised(page: Page, block: Block) -> bool:
    """Whether all of a block stands in bold, italics or small print, or it is a heading."""
    node = page.nodes[block.node]
    if node.tag in HEADINGS:
        return True
    inner = page.nodes[node.number + 1 : min(node.end, node.number + _INNER) + 1]
    return any(one.tag in _EMPHASIS and page.text_of(one.number) == block.text for one in inner)


def _is_end(page: Page, number: int) -> bool:
    block = page.blocks[number]
    return is_end(block.text) or leads_away(block.text, [page.anchors[i].href for i in block.anchors])


def _without_labels(page: Page, blocks: list[int]) -> list[int]:
    """A heading over other stories is no text where none of the article follows it."""
    texts = set(blocks)
    return [
        i
        for i in blocks
        if i + 1 in texts or not (heads_others(page.blocks[i].text) or _heads_links(page, i, texts))
    ]


def _heads_links(page: Page, number: int, texts: set[int]) -> bool:
    """Whether a line with a colon stands over links alone, which are none of the text, or a heading over a list of them
    that leads to the site's own pages.
    """
    block = page.blocks[number]
    heading = page.nodes[block.node].tag in HEADINGS
    if len(block.text) > _NOTE or not (heading or block.text.endswith((":", "："))):
        return False
    under = page.blocks[number + 1 : number + 1 + _UNDER]
    return len(under) == _UNDER and all(
        other.number not in texts
        and 2 * other.link_chars > len(other.text)
        and (not heading or _is_own_item(page, other))
        for other in under
    )


def _is_own_item(page: Page, block: Block) -> bool:
    """Whether a block is an item of a list with a link to a page of the site."""
    url = page.address(page.anchors[block.anchors[0]].href) if block.anchors else None
    return page.nodes[block.node].tag == "li" and url is not None and is_of_site(url, page.url)
