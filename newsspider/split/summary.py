"""The standfirst under the headline and the kicker over it. Neither is the meta description: both stand on
the page.

The standfirst is told by where it stands (between headline and first paragraph), by its markup being unlike
the paragraphs', and by the page's own descriptions. Body and standfirst share no block: whoever takes the
body leaves out ``Standfirst.blocks``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from newsspider.split.asides import aside_kind
from newsspider.split.classwords import ClassWords
from newsspider.split.clocks import has_clock
from newsspider.split.dates import find_dates
from newsspider.split.headline import Headline
from newsspider.split.jsonld import text_of
from newsspider.split.likeness import letters, same_text
from newsspider.split.machine import Given, Machine
from newsspider.split.names import strip_by
from newsspider.split.table import HEADINGS, Block, Node, Page
from newsspider.split.text import is_wide, weight

ENOUGH = 1.5  # what must speak for a block
_KICKER_BEFORE = 5  # blocks before the headline in which its kicker can stand
_BEFORE, _MOST = 4, 40  # blocks before the headline and after it that are looked at
_SHORTEST, _LONGEST = 20, 900  # characters, wide scripts double

# What systems and newsrooms call the standfirst in class names.
_CLASS = ClassWords(
    r"sub-?_?-?(?:title|head|titulo|titre|tit\b)|stand-?first|\bdek\b|[-_]dek|deck|lead(?![a-z])|lede"
    r"|intro|teaser|excerpt|summary|sapo|perex|chapo|chapeau|vorspann|ingress"
    r"|bajada|entradilla|copete|sumario|linea-?fina|sommario|occhiello-?basso|catenaccio"
    r"|preamble|synopsis|manchet|anons|podnaslov|nadpis-?pod|spoiler|tagline|abstract|standing|descri"
)
_NO_CLASS = ClassWords(
    r"caption|credit|byline|author|share|social|meta\b|date|time|related|comment|newsletter|breadcrumb"
    r"|ad-|advert|promo|read-?more|leader"
)
# And the kicker over it.
_KICKER = ClassWords(
    r"kicker|overline|eyebrow|roofline|top-?line|dachzeile|spitzmarke|super-?title|supra-?title|strap-?line"
    r"|ante-?_?titulo|ante-?title|sobre-?titulo|pre-?_?title|pre-?titulo|sur-?_?titre|occhiello(?!-?basso)|cintillo|volanta"
    r"|cintilla|epigrafe|chapeu|retranca|over-?title|over-?headline|pre-?headline|headline-?(?:prefix|label"
    r"|kicker)|up-?title"
    r"|upper-?title|pre-?titolo|sopra-?titolo|bovenkop|vinjett|vignette-?text|stikk?-?tit(?:t?el|le)|nad-?tytul"
    r"|nad-?titulek"
    r"|nad-?titul|nad-?naslov|fel-?cim|supra-?titlu|nadzagolovok|ust-?baslik|hypertitle|label-?title|title-?label"
)
_NO_KICKER = ClassWords(r"date|time|author|byline|breadcrumb|share|social|comment|caption|credit|menu|nav")
# A standfirst that only its place and its words tell.
_NO_TAG = ("li", "ul", "ol", "figure", "figcaption", "table", "form", "blockquote", "button", "label")
_ASKS = re.compile(r"(?:\.\.\.|…|:)$")  # cut, or heads what follows
_NO_PLACE = ClassWords(
    r"(?<![a-z])(?:img|image|photo|picture|pic|media|info|gallery|video|popup|modal|tooltip)"
)
_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile("(?=([\u3400-\u9fff]{2}|[\u30a1-\u30fa]{2}))|(?<![\uac00-\ud7a3])([\uac00-\ud7a3]{2})")
_PLACED, _TOLD, _SHARED = 3, 3, 2  # blocks behind the headline, of the body; words in common with them
_PROSE, _LONGEST_PLACED = 40, 400
_SMALL, _LONG = 6, 5  # words in small letters that a sentence has; letters of a word that says something
_QUOTES = "\"'“”„«»‘’"
_LOUD = re.compile(r"(?<![a-z])(?:bold|semibold|medium|strong|big|large|xl|lg)(?![a-z])")
_NUMBER = re.compile(r"\d+")
_LABEL = re.compile(r"^\W*(?:credit|photo|foto|image|bild|published|updated|©)", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…。！？।॥؟۔።།៕»”\"’']$")


@dataclass(frozen=True, slots=True)
class Standfirst:
    """The standfirst: its text, provenance, and the numbers of its blocks, which are no body."""

    text: str
    source: str
    blocks: tuple[int, ...]


def find_standfirst(
    page: Page, machine: Machine, headline: Headline | None, body: Sequence[int] = ()
) -> Standfirst | None:
    """The block that is the standfirst, or None. ``body``: the blocks taken as paragraphs so far, in order;
    its first may be the standfirst.
    """
    if headline is None or headline.block is None:
        return None
    told = Told(machine, headline)
    inner = [i for i in body if i > headline.block]
    start, end = max(0, headline.block - _BEFORE), min(headline.block + _MOST, len(page.blocks))
    if inner:  # the last before the body, where headline and body stand far apart
        start, end = (
            max(start, inner[0] - _MOST),
            min(inner[0] + 1 + (weight(page.blocks[inner[0]].text) < 60), len(page.blocks)),
        )
    shown = _shown(page, headline, range(start, end))
    best, best_score = None, ENOUGH - 0.01
    for number in range(start, end):
        block = page.blocks[number]
        if (
            not _SHORTEST <= weight(block.text) <= _LONGEST
            or _is_headline(page, block, headline)
            or _LABEL.match(block.text)
        ):
            continue
        if inner == [number] or number == shown:
            continue  # the only paragraph; the headline that readers see
        score = _score(page, block, told, inner) - (0.5 if number < headline.block else 0.0)
        if score > best_score:
            best, best_score = block, score
    best = best or _placed(page, headline, inner)
    return Standfirst(best.text, "html", (best.number,)) if best else None


def _placed(page: Page, headline: Headline, body: Sequence[int]) -> Block | None:
    """The first of the few blocks between headline and body that reads like a sentence of this story, though nothing else
    speaks for it: it is set unlike the body's paragraphs, no picture stands before it, and it has words in common
    with headline and body.
    """
    if headline.block is None or len(body) < 2:
        return None
    told = page.blocks[headline.block].text, *(page.blocks[i].text for i in body[:_TOLD])
    words = _content(" ".join(told))
    for block in page.blocks[headline.block + 1 : min(body[0], headline.block + 1 + _PLACED)]:
        pictured = bisect_left(page.images, block.node, key=itemgetter(0))
        if pictured and page.images[pictured - 1][0] > (headline.node or 0):
            return None
        if _is_sentence(page, block) and not _like_body(page, block, body) > 0:
            return block if len(words & _content(block.text)) >= _SHARED else None
    return None


def _is_sentence(page: Page, block: Block) -> bool:
    """Whether a block is prose without links, and neither byline, date, caption nor one of a list or form."""
    chain = page.chain(block.node, 4)
    if (
        chain[0].hidden
        or chain[0].part in ("nav", "footer", "aside")
        or block.anchors
        or _ASKS.search(block.text)
    ):
        return False
    if any(
        node.tag in _NO_TAG
        or (node.classes and (_NO_CLASS.search(node.classes) or _NO_PLACE.search(node.classes)))
        for node in chain
    ):
        return False
    if not _PROSE <= weight(block.text) <= _LONGEST_PLACED or aside_kind(page, block.number) is not None:
        return False
    if _LABEL.match(block.text) or strip_by(block.text)[1] or next(find_dates(block.text), None):
        return False
    small = sum(word[0].islower() for word in _WORD.findall(block.text))
    return small >= _SMALL or block.text.lower() == block.text.upper()


def _content(text: str) -> set[str]:
    """The longer words of a text; of Han and kana, which set no blanks, pairs of those letters that carry the sense, of
    Hangul how its words begin.
    """
    if is_wide(text):
        return {one or other for one, other in _PAIR.findall(text)}
    return {word for word in _WORD.findall(text.casefold()) if len(word) >= _LONG}


def _shown(page: Page, headline: Headline, blocks: range) -> int | None:
    """The block of the headline that readers see, where the page's h1 is only the end of a breadcrumb."""
    if headline.node is None or not any(
        n.part == "nav" or n.tag == "li" for n in page.chain(headline.node, 3)
    ):
        return None
    return next(
        (
            i
            for i in blocks
            if i > (headline.block or 0) and page.nodes[page.blocks[i].node].tag in ("h1", "h2")
        ),
        None,
    )


def _is_headline(page: Page, block: Block, headline: Headline) -> bool:
    if headline.node is not None and headline.node <= block.node <= page.nodes[headline.node].end:
        return True
    return same_text(block.text, headline.text)


class Told:
    """What the page's machine data gives as description, as letters."""

    def __init__(self, machine: Machine, headline: Headline) -> None:
        texts = [
            machine.meta("description"),
            machine.meta("og:description"),
            machine.meta("twitter:description"),
        ]
        texts += [text_of(machine.main.get(key)) for key in ("description", "abstract")]
        texts += [machine.meta("dc.description"), machine.meta("sailthru.description"), machine.meta("lead")]
        self.raw = "\n".join(text for text in texts if text)
        self.letters = {letters(text) for text in texts if text} - {"", letters(headline.text)}
        cut = [
            letters(text) for text in texts if text and text.rstrip().endswith(("...", "…"))
        ]  # by machine, of the body's first words
        self.starts = {text[:50] for text in self.letters if len(text) >= 30 and text not in cut}

    def fit(self, text: str) -> float:
        """2 where a description has exactly this text, 1 where both begin alike."""
        if text.lstrip(_QUOTES)[:5] not in self.raw and text[-9:-2] not in self.raw:
            return 0.0  # told apart without comparing all letters
        compared = letters(text)
        if compared in self.letters or any(
            len(t) > 40 and compared.endswith(t) and len(compared) - len(t) < 30 for t in self.letters
        ):
            return 2.0  # the second: with a dateline before it
        return 1.0 if compared[:50] in self.starts else 0.0


def _score(page: Page, block: Block, told: Told, body: Sequence[int]) -> float:
    node = page.nodes[block.node]
    if node.hidden or node.part in ("nav", "footer", "aside") or block.link_chars * 2 > len(block.text):
        return 0.0
    chain = page.chain(block.node, 4)
    score = told.fit(block.text)
    listed = any(n.tag in ("li", "ul", "ol") for n in chain) and node.tag not in HEADINGS and score < 2
    if listed or any(n.tag in ("figure", "figcaption", "table", "form", "blockquote") for n in chain):
        return 0.0
    score += 2.0 if _named(chain) else 0.0
    score += 1.5 if node.tag in HEADINGS else 0.0
    score += 1.0 if weight(block.text) >= 60 and _ENDS.search(block.text) else 0.0
    if block.bold_chars * 10 > len(block.text) * 9:
        score += 0.5
    if len(block.text) < 80 and (has_clock(block.text) or strip_by(block.text)[1]):
        score -= 1.5
    if not body and node.tag not in HEADINGS:
        score -= 1.0  # nothing shows that it is no paragraph
    return score - 2.5 * _like_body(page, block, body)


def _named(chain: list[Node]) -> bool:
    """Whether the block's element, or one that holds little else, is called a standfirst."""
    for depth, node in enumerate(chain):
        if not node.classes or node.tag in ("body", "html", "main", "article"):
            continue
        if _NO_CLASS.search(node.classes):
            return False
        if _CLASS.search(node.classes) and (depth == 0 or node.end - chain[0].number < 12):
            return True
    return False


def _like_body(page: Page, block: Block, body: Sequence[int]) -> float:
    """1 where the block is marked up like the body's paragraphs, -0.25 where its own class alone makes it
    larger or bolder.
    """
    others = [page.blocks[i] for i in body if i != block.number][:8]
    if not others:
        return 0.0
    own = _markup(page, block)
    same = sum(own == _markup(page, other) for other in others)
    if same * 3 > len(others):
        return 1.0
    loud = _LOUD.search(page.nodes[block.node].classes) and not any(
        _LOUD.search(page.nodes[o.node].classes) for o in others
    )
    return -0.25 if loud else 0.0


def _markup(page: Page, block: Block) -> tuple[object, ...]:
    """Tag and class words of a block's element and of the one around it, numbers aside, and whether all of it
    is bold.
    """
    node = page.nodes[block.node]
    above = page.nodes[max(0, node.parent)]
    bold = block.bold_chars * 10 > len(block.text) * 9
    return node.tag, _unnumbered(node.classes), above.tag, _unnumbered(above.classes), bold


@lru_cache(maxsize=8192)
def _unnumbered(classes: str) -> str:
    return _NUMBER.sub("", classes)


def find_kicker(page: Page, headline: Headline | None) -> Given[str] | None:
    """The line over the headline: inside its heading, in an element called so just before it, or the first line of
    their common ``hgroup``.
    """
    if headline is None:
        return None
    if headline.kicker:
        return Given(headline.kicker, "html")
    if headline.block is None:
        return None
    for number in range(headline.block - 1, max(-1, headline.block - _KICKER_BEFORE), -1):
        block = page.blocks[number]
        around = page.chain(block.node, 2)
        if around[0].hidden or not 1 < len(block.text) <= 100 or same_text(block.text, headline.text):
            continue
        if _in_one_group(page, block.node, headline) or any(
            node.classes and _KICKER.search(node.classes) for node in _of_kicker(page, block, around)
        ):
            text = block.text.strip(" :|·•/")
            return Given(text, "html") if len(text) > 1 else None
    return None


def _of_kicker(page: Page, block: Block, around: list[Node]) -> list[Node]:
    """The elements by whose classes a block is told: the one that it stands in, that around it, and inline ones that
    hold all of it.
    """
    if any(node.classes and _NO_KICKER.search(node.classes) for node in around[:1]):
        return []
    first = around[0].number + 1
    inner = page.nodes[first : min(around[0].end, around[0].number + 4) + 1]
    return [*around, *(node for node in inner if page.text_of(node.number) == block.text)]


def _in_one_group(page: Page, node: int, headline: Headline) -> bool:
    """Whether an element stands with the headline in an ``hgroup`` (HTML, 4.3.7: a heading with lines around it)."""
    group = next((n for n in page.chain(node, 3)[1:] if n.tag == "hgroup"), None)
    return group is not None and headline.node is not None and group.number < headline.node <= group.end
