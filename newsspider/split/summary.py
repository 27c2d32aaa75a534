"""The standfirst under the headline and the kicker over it. Neither is the meta description: both stand on the page.

The standfirst is told by where it stands (between headline and first paragraph), by its markup being unlike the paragraphs', and by the page's
own descriptions. Body and standfirst share no block: whoever takes the body leaves out ``Standfirst.blocks``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsspider.split.clocks import has_clock
from newsspider.split.headline import Headline
from newsspider.split.jsonld import text_of
from newsspider.split.likeness import letters, same_text
from newsspider.split.machine import Given, Machine
from newsspider.split.names import strip_by
from newsspider.split.table import HEADINGS, Block, Node, Page
from newsspider.split.text import weight

ENOUGH = 1.5  # what must speak for a block
_BEFORE, _MOST = 4, 40  # blocks before the headline and after it that are looked at
_SHORTEST, _LONGEST = 20, 900  # characters, wide scripts double

# What systems and newsrooms call the standfirst in class names.
_CLASS = re.compile(
    r"sub-?_?-?(?:title|head|titulo|titre|tit\b)|stand-?first|\bdek\b|[-_]dek|deck|\blead|[-_]lead\b|lede|intro|teaser|excerpt|summary|sapo|perex|chapo|chapeau|vorspann|ingress"
    r"|bajada|entradilla|copete|sumario|bajante|linea-?fina|sommario|occhiello-?basso|catenaccio|manchet|anons|podnaslov|nadpis-?pod|spoiler|tagline|abstract|standing|descri"
)
_NO_CLASS = re.compile(r"caption|credit|byline|author|share|social|meta\b|date|time|related|comment|newsletter|breadcrumb|ad-|advert|promo|read-?more|leading-?tight|leader")
_KICKER = re.compile(
    r"kicker|overline|eyebrow|roofline|top-?line|dachzeile|spitzmarke|super-?title|supra-?title|ante-?titulo|pre-?title|sur-?titre|occhiello|cintillo|volanta|over-?title|pre-?headline"
)
_ENDS = re.compile(r"[.!?…。！？।॥؟۔።།៕»”\"’']$")


@dataclass(frozen=True, slots=True)
class Standfirst:
    """The standfirst: its text, provenance, and the numbers of its blocks, which are no body."""

    text: str
    source: str
    blocks: tuple[int, ...]


def find_standfirst(page: Page, machine: Machine, headline: Headline | None, body: Sequence[int] = ()) -> Standfirst | None:
    """The block that is the standfirst, or None. ``body``: the blocks taken as paragraphs so far, in order; its first may be the standfirst."""
    if headline is None or headline.block is None:
        return None
    if body is None or isinstance(body, int):  # TEMPORARY until assemble passes the blocks
        body = () if body is None else (body,)
    told = Told(machine, headline)
    end = min(headline.block + _MOST, len(page.blocks))
    inner = [i for i in body if i > headline.block]
    if inner:
        end = min(end, inner[0] + 2)
    best, best_score = None, ENOUGH - 0.01
    for number in range(max(0, headline.block - _BEFORE), end):
        block = page.blocks[number]
        if not _SHORTEST <= weight(block.text) <= _LONGEST or same_text(block.text, headline.text):
            continue
        score = _score(page, block, told, inner) - (0.5 if number < headline.block else 0.0)
        if score > best_score:
            best, best_score = block, score
    return Standfirst(best.text, "html", (best.number,)) if best else None


class Told:
    """What the page's machine data gives as description or second headline, as letters."""

    def __init__(self, machine: Machine, headline: Headline) -> None:
        texts = [machine.meta("description"), machine.meta("og:description"), machine.meta("twitter:description")]
        texts += [text_of(machine.main.get(key)) for key in ("description", "alternativeHeadline", "abstract")]
        texts += [machine.meta("dc.description"), machine.meta("sailthru.description"), machine.meta("lead")]
        self.letters = {letters(text) for text in texts if text} - {"", letters(headline.text)}
        self.starts = {text[:50] for text in self.letters if len(text) >= 30}

    def fit(self, text: str) -> float:
        """2 where a description has exactly this text, 1 where both begin alike."""
        compared = letters(text)
        if compared in self.letters:
            return 2.0
        return 1.0 if compared[:50] in self.starts or any(len(t) > 40 and compared.startswith(t[:-3]) for t in self.letters) else 0.0


def _score(page: Page, block: Block, told: Told, body: Sequence[int]) -> float:
    node = page.nodes[block.node]
    if node.hidden or node.part in ("nav", "footer", "aside") or block.link_chars * 2 > len(block.text):
        return 0.0
    chain = page.chain(block.node)[:4]
    score = told.fit(block.text)
    if any(n.tag in ("figure", "figcaption", "li", "ul", "ol", "table", "form", "button", "blockquote") for n in chain):
        return 0.0
    score += 2.0 if _named(chain) else 0.0
    score += 1.5 if node.tag in HEADINGS else 0.0
    score += 1.0 if weight(block.text) >= 60 and _ENDS.search(block.text) else 0.0
    if block.bold_chars * 10 > len(block.text) * 9:
        score += 0.5
    score -= 1.5 if has_clock(block.text) or strip_by(block.text)[1] and len(block.text) < 80 else 0.0
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
    """1 where the block is marked up like the body's paragraphs after it and stands in the same element."""
    others = [page.blocks[i] for i in body if i != block.number][:8]
    if len(others) < 2:
        return 0.0
    node = page.nodes[block.node]
    same = 0
    for other in others:
        theirs = page.nodes[other.node]
        bold = other.bold_chars * 10 > len(other.text) * 9
        if theirs.parent == node.parent and theirs.tag == node.tag and theirs.classes == node.classes:
            same += bold == (block.bold_chars * 10 > len(block.text) * 9)
        elif other.node == block.node:
            same += 1
    return 1.0 if same * 3 > len(others) else 0.0


def find_kicker(page: Page, headline: Headline | None) -> Given[str] | None:
    """The line over the headline: inside its heading, or in an element called so just before it."""
    if headline is None:
        return None
    if headline.kicker:
        return Given(headline.kicker, "html")
    if headline.block is None:
        return None
    for number in range(headline.block - 1, max(-1, headline.block - 5), -1):
        block = page.blocks[number]
        if 1 < len(block.text) <= 100 and not page.nodes[block.node].hidden and not same_text(block.text, headline.text):
            if any(node.classes and _KICKER.search(node.classes) for node in page.chain(block.node)[:2]):
                return Given(block.text, "html")
    return None
