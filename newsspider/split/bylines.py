"""What the visible page says of its authors: claims, each with the names and how far it is to be trusted.

Places that name authors: microdata, links to an author's page, classes, lines that begin with "by", a name beside a
date, beside a small portrait, or alone under the text. ``authors.py`` chooses among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from newsspider.addresses import parts_of
from newsspider.split.clocks import has_clock
from newsspider.split.dates import read_date
from newsspider.split.headline import Headline
from newsspider.split.likeness import letters
from newsspider.split.machine import Machine
from newsspider.split.names import dated, is_of_others, labelled, names_in, opened, signed
from newsspider.split.persons import is_person, is_place
from newsspider.split.places import is_caseless
from newsspider.split.table import APART, Anchor, Block, Node, Page
from newsspider.split.text import ends_sentence, weight

# As systems and themes call the element of a byline, in the languages that they come from.
_CLASS_WORDS = (
    "author", "byline", "by-line", "autor", "auteur", "autore", "writer", "verfasser", "redakteur",
    "journalist", "reporter", "penulis", "vcard", "contributor", "periodista", "giornalist", "jornalista",
    "firmante", "assinatura", "dziennikarz", "redaktor", "toimittaja", "kirjoittaja", "skribent", "forfatter",
    "szerzo", "novinar", "muhabir", "yazar", "wartawan", "pewarta", "tacgia", "tac-gia", "tac_gia", "avtor",
    "columnist",
)  # fmt: skip
_CLASS = re.compile("|".join(_CLASS_WORDS))
_NO_CLASS = re.compile(
    r"authorit|authoriz|photo|image|comment|avatar|share|social|follow|related|reporter-?(?:ad|box)"
)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|widget|most-?read|popular|recent|latest|promo(?!ted)|teaser"
    r"|newsletter|ticker|carousel|slider|discussion"
)
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e|a|in)?|auteurs?|by|byline|people|profile|profil|journalists?"
    r"|redakteur\w*|reporters?|contributors?|staff|team|writers?|writer|penulis|yazar(?:lar)?|periodistas?"
    r"|columnists?|tac-gia)/|[?&]author=",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"(?:^|\s)(?:fn|username|user-?name|author-?name|vcard author|author vcard)(?:\s|$)")
# An element that is the author's name and nothing else, so that one word will do.
_NAME_ALONE = re.compile(
    r"(?:^|\s)(?:(?:post|entry|article|news|story|single)?[-_]{0,2}(?:author|writer|byline|penulis|autor|auteur)[-_]{0,2}(?:name)?)(?:\s|$)"
)
_PORTRAIT = re.compile(r"avatar|portrait|rounded-?circle|img-circle|profile|author|user", re.IGNORECASE)
_AT_END = re.compile(r"right|end|author|sign|firma|source|nguon", re.IGNORECASE)
_REST = re.compile(r"\s*[|•·–—(@\d]")

_NEAR_BEFORE, _NEAR_AFTER = 12, 30  # blocks before and after the headline
_MOST = 200  # places of one kind that are looked at
_LINE = 140  # characters of a byline
_SENTENCE = 70  # from which a full stop at the end makes a sentence of it
_BESIDE = (
    6  # blocks after the headline in which a name beside a date, or behind a mere preposition, is a byline
)
_BARE = 40  # characters of a line that is a name alone
_SHORT = 12  # pieces of text between two line breaks
_INNER = 60  # elements inside that of an author
_FEW = 20  # such lines that are looked at
_TEXT = 60  # the least weight of a paragraph over a signature


class Claim(NamedTuple):
    """Names that one place of the page gives as authors; ``weight`` is how often such a place is right."""

    names: tuple[str, ...]
    weight: float
    source: str
    block: int = -1
    kind: str = ""


class Bylines:
    """The claims of the visible page."""

    def __init__(self, page: Page, machine: Machine, headline: Headline | None) -> None:
        self.page = page
        self.machine = machine
        self.start = headline.block if headline else None
        self.heading = headline.node if headline else None

    def claims(self) -> list[Claim]:
        """Neighbouring claims of one kind are one byline; of each kind the two heaviest."""
        found: list[Claim] = []
        for kind, claims in (
            ("prop", self.props()),
            ("rel", self.links(relation=True)),
            ("class", self.classes()),
            ("link", self.links(relation=False)),
            ("line", self.lines()),
        ):
            found += self._groups(
                [self._placed(claim) for claim in islice(claims, _MOST) if claim.names], kind
            )
        for kind, claims in (("alone", self.alone()), ("broken", self.broken_lines())):
            found = found or self._groups(
                [self._placed(claim) for claim in islice(claims, _MOST) if claim.names], kind
            )
        return found

    def _placed(self, claim: Claim) -> Claim:
        """A claim with its weight by the distance from the headline."""
        if self.start is None:
            return claim._replace(weight=claim.weight * 0.8)
        distance = claim.block - self.start
        if distance < -_NEAR_BEFORE:
            factor = 0.2  # in what stands over the story: teasers, menus
        elif distance > _NEAR_AFTER:
            factor = 0.55
        else:
            factor = 1.0 + 0.3 / (1 + abs(distance) / 4)
        return claim._replace(weight=claim.weight * factor)

    def _groups(self, claims: list[Claim], kind: str) -> list[Claim]:
        groups: list[Claim] = []
        for claim in sorted(claims, key=lambda c: c.block):
            last = groups[-1] if groups else None
            if last and claim.block - last.block <= 2 and self._joined(last.block, claim.block):
                new = tuple(n for n in claim.names if n.casefold() not in {m.casefold() for m in last.names})
                groups[-1] = last._replace(
                    names=last.names + new, block=claim.block, weight=max(last.weight, claim.weight)
                )
            else:
                groups.append(claim._replace(kind=kind))
        return sorted((g for g in groups if len(g.names) <= 8), key=lambda c: -c.weight)[:2]

    def _joined(self, one: int, other: int) -> bool:
        """Whether nothing long (another story's headline) stands between two blocks."""
        return all(len(block.text) < 40 for block in self.page.blocks[one + 1 : other])

    def props(self) -> Iterator[Claim]:
        """Microdata's author: its inner ``name``, else its text."""
        page, machine = self.page, self.machine
        for number in [*machine.props("author"), *machine.props("creator")][:12]:
            if self.elsewhere(number):
                continue
            node = page.nodes[number]
            inner = [n for prop, n in page.props if prop == "name" and number < n <= node.end]
            texts = [machine.prop_text(n) for n in inner] or [machine.prop_text(number)]
            names = clean_names(machine, texts, strong=len(texts[0]) <= 50)
            yield Claim(names, 0.85, "meta" if node.tag == "meta" else "html", node.block)

    @cached_property
    def _author_links(self) -> list[tuple[Anchor, bool]]:
        """Links with rel=author (True) or to an author's page (False)."""
        found = []
        for anchor in self.page.anchors:
            relation = self.page.nodes[anchor.node].attributes.get("rel")
            related = relation is not None and "author" in relation.lower()
            if 2 < len(anchor.text) < 80 and (related or _AUTHOR_LINK.search(anchor.href)):
                found.append((anchor, related))
        return found

    def links(self, *, relation: bool) -> Iterator[Claim]:
        """Links with rel=author, or whose address is that of an author's page."""
        for anchor, related in self._author_links:
            if related == relation and not self.elsewhere(anchor.node):
                names = clean_names(self.machine, [" ".join(anchor.text.split())], strong=relation)
                yield Claim(names, 0.8 if relation else 0.7, "html", anchor.block)

    def classes(self) -> Iterator[Claim]:
        """Elements whose class says author or byline; the innermost that name somebody."""
        page = self.page
        named = [n for n in page.nodes if n.classes and not n.hidden and _says_author(n.classes)]
        claimed = len(page.nodes)
        for node in reversed(named[:_MOST]):
            if node.tag in ("body", "html", "article", "main") or claimed <= node.end:
                continue
            text = self._unglued(node)
            if 1 < len(text) <= _LINE and not is_of_others(text) and not self.elsewhere(node.number):
                names, weight = self._named(node, text)
                if names:
                    claimed = node.number
                    yield Claim(names, weight, "html", node.block)

    def _unglued(self, node: Node) -> str:
        """An element's text, with a comma where an element inside ends and meets the next without a blank ("Ada Okoye" and
        "Editor"), unless a word in small letters ("von") stands before it.
        """
        page = self.page
        text = page.text_of(node.number)
        if len(text) > _LINE or not 0 < node.end - node.number <= _INNER:
            return text
        ends = {n.last for n in page.nodes[node.number + 1 : node.end + 1]}
        pieces = page.pieces[node.first : node.last]
        for at, piece in enumerate(pieces[1:], 1):
            if piece == APART and node.first + at in ends and pieces[at - 1].split()[-1][0].isupper():
                pieces[at] = ", "
        return " ".join("".join(pieces).split())

    def _named(self, node: Node, text: str) -> tuple[tuple[str, ...], float]:
        """The names in an author's element: those of its links where there are as many; a nickname only where
        nothing else can be meant.
        """
        page, machine = self.page, self.machine
        anchors = [
            n for n in range(node.number, min(node.end, node.number + 20) + 1) if page.nodes[n].tag == "a"
        ]
        texts = [page.text_of(n) for n in anchors]
        linked = clean_names(machine, texts, strong=False)
        names = clean_names(machine, [text], strong=False)
        if linked and len(linked) >= len(names):
            return linked, 0.9
        if names:
            return names, 0.85
        to_author = any(_AUTHOR_LINK.search(page.nodes[n].attributes.get("href", "")) for n in anchors)
        if to_author or _NICKNAME.search(node.classes):
            return clean_names(machine, texts[:1] if to_author else [text], strong=True), 0.6
        if _NAME_ALONE.search(node.classes) and text.istitle() and " " not in text and self._near(node.block):
            return clean_names(machine, [text], strong=True), 0.5  # Suharto, Björk
        return (), 0.0

    def read(self, number: int) -> tuple[str, ...]:
        """The names in an element that is known to be a byline."""
        node = self.page.nodes[number]
        text = self._unglued(node)
        return self._named(node, text)[0] or clean_names(self.machine, [text], strong=True)

    def _near(self, block: int) -> bool:
        return self.start is not None and 0 <= block - self.start <= _BESIDE

    def lines(self) -> Iterator[Claim]:
        """Short blocks that begin with "by", or that have "author:" or a date and a name inside."""
        for block in self.page.blocks:
            if not 5 < len(block.text) <= _LINE or block.link_chars >= len(block.text):
                continue  # a line that is one link leads to another page
            names, weight = self._told(block)
            if names and not self.page.nodes[block.node].hidden and not self.elsewhere(block.node):
                yield Claim(names, weight, "text", block.number)

    def _told(self, block: Block) -> tuple[tuple[str, ...], float]:
        """The names in a line of text, and how far it is to be trusted. Words that are prepositions, too, count near the
        headline, where little but names follows; so do names beside a date.
        """
        text = block.text
        if len(text) > _SENTENCE and ends_sentence(text):
            return (), 0.0
        rest, kind = opened(text)
        near = self._near(block.number)
        if kind in ("by", "label"):
            return clean_names(self.machine, [rest], strong=False), 0.7
        if kind and (near or kind == "author"):
            rest = _REST.split(rest, maxsplit=1)[0]  # without the date behind them
            names = clean_names(self.machine, [rest], strong=False)
            return (names, 0.6) if 3 * sum(map(len, names)) >= 2 * len(rest) else ((), 0.0)
        inside = labelled(text) or (signed(text) or self._dated(block) if near else None)
        return (clean_names(self.machine, [inside], strong=False), 0.6) if inside else ((), 0.0)

    def _dated(self, block: Block) -> str | None:
        """The name beside a date in one line, if it is no link to a section."""
        name = dated(block.text)
        linked = [self.page.anchors[number] for number in block.anchors]
        if name and any(a.text.strip() in name and not _AUTHOR_LINK.search(a.href) for a in linked):
            return None
        return name

    # ---- a name and nothing else ---------------------------------------------------------------------
    def alone(self) -> Iterator[Claim]:
        """Blocks that are a name alone: between headline and text beside a date, beside a small portrait, or as a
        signature under the text. Only where nothing else names an author, and in scripts with capitals.
        """
        if self.start is None:
            return
        for block in self.page.blocks[self.start + 1 :][:_MOST]:
            name = block.text
            if not 5 < len(name) <= _BARE or block.anchors or is_caseless(name):
                continue
            names = clean_names(self.machine, [name], strong=False)
            shown = not self.page.nodes[block.node].hidden and not self.elsewhere(block.node)
            if len(names) != 1 or not shown or not self._is_bare(name, names[0]):
                continue
            if self._beside_date(block) or self._has_portrait(block) or self._signs(block):
                yield Claim(names, 0.5, "text", block.number)

    def broken_lines(self) -> Iterator[Claim]:
        """Lines between two line breaks that begin with "by", on pages without headings: those that are laid out with
        tables and breaks.
        """
        if self.heading is not None:
            return
        for start, text in islice(self._signed_lines(), _FEW):
            around = next((n for n in reversed(self.page.nodes) if n.first <= start < n.last), None)
            if around and not around.hidden and not self.elsewhere(around.number):
                yield Claim(clean_names(self.machine, [text], strong=False), 0.5, "text", around.block)

    def _signed_lines(self) -> Iterator[tuple[int, str]]:
        """Where such lines begin in ``Page.pieces``, and their text."""
        start = 0
        for at, piece in enumerate(self.page.pieces):
            if piece != "\n":
                continue
            text = "".join(self.page.pieces[start:at]).strip() if at - start < _SHORT else ""
            rest, kind = opened(text) if 5 < len(text) <= _SENTENCE else ("", "")
            if kind in ("by", "label") or (kind == "weak" and is_person(rest)):
                yield start, text
            start = at + 1

    def _is_bare(self, text: str, name: str) -> bool:
        """Whether a line is a name, alone or with the paper's behind it, and neither a place nor a section."""
        rest = text.replace(name, "", 1).strip(" ,|/-–")
        if (rest and not self.machine.is_site(rest)) or is_place(name) or name.isupper():
            return False
        return name.casefold() not in self._entries and len(name.split()) <= 4

    @cached_property
    def _entries(self) -> frozenset[str]:
        """What the page's menus and its data call sections: links before the headline, sections and tags."""
        before = {a.text.strip().casefold() for a in self.page.anchors if a.block <= (self.start or 0)}
        told = [*self.machine.metas.get("article:section", ()), *self.machine.metas.get("article:tag", ())]
        return frozenset(before | {text.casefold() for text in told})

    def _beside_date(self, block: Block) -> bool:
        if not self._near(block.number):
            return False
        beside = (
            *self.page.blocks[block.number - 1 : block.number],
            *self.page.blocks[block.number + 1 :][:1],
        )
        return any(len(b.text) <= _SENTENCE and (has_clock(b.text) or read_date(b.text)) for b in beside)

    def _has_portrait(self, block: Block) -> bool:
        """Whether a small picture of a person stands in the same element before a name."""
        node = self.page.nodes[block.node]
        inside = self.page.nodes[node.number + 1 : min(node.end, node.number + 6) + 1]
        return any(
            n.tag == "img" and _PORTRAIT.search(f"{n.classes} {n.attributes.get('src', '')}") for n in inside
        )

    def _signs(self, block: Block) -> bool:
        """Whether a name in bold, in italics or at the right ends the paragraphs that it stands among."""
        page, node = self.page, self.page.nodes[block.node]
        before = page.blocks[block.number - 1]
        above, around = page.nodes[before.node], page.nodes[max(0, node.parent)]
        if weight(before.text) < _TEXT or above.parent not in (node.parent, around.parent):
            return False
        after = page.blocks[block.number + 1 : block.number + 3]
        if any(
            weight(b.text) >= _TEXT and page.nodes[b.node].parent in (node.parent, above.parent)
            for b in after
        ):
            return False
        slanted = node.end > node.number and page.nodes[node.number + 1].tag in ("em", "i")
        marked = f"{node.classes} {node.attributes.get('style', '')} {node.attributes.get('align', '')}"
        return slanted or block.bold_chars * 10 >= len(block.text) * 9 or _AT_END.search(marked) is not None

    def elsewhere(self, number: int) -> bool:
        """Whether a node stands in comments, beside the story or in a caption: by what is around it up to
        where the headline is inside, too.
        """
        for node in self.page.chain(number, 8):
            if self.heading is not None and node.number <= self.heading <= node.end:
                return False
            if node.tag == "address":  # HTML, 4.3.10: who is behind the article
                return False
            if node.tag in ("figure", "figcaption", "aside") and not _says_author(node.classes):
                return True
            if node.tag == "footer" and self.page.nodes[max(0, node.parent)].tag == "body":
                return True
            if node.classes and node.tag not in ("body", "html", "main") and _says_elsewhere(node.classes):
                return True
        return False


@lru_cache(maxsize=8192)
def _says_author(classes: str) -> bool:
    """Whether class names say that an author stands here; cached, since pages repeat them."""
    return _CLASS.search(classes) is not None and not _NO_CLASS.search(classes)


@lru_cache(maxsize=8192)
def _says_elsewhere(classes: str) -> bool:
    return _ELSEWHERE.search(classes) is not None


def clean_names(machine: Machine, texts: list[str], *, strong: bool) -> tuple[str, ...]:
    """The people in some texts, without the site's own name (unless a person publishes it) and those of its branches."""
    found: list[str] = []
    for text in texts:
        for name in names_in(text, strong=strong):
            own = machine.is_site(name) or _is_branch(machine, name)
            if name not in found and (machine.is_personal or not own):
                found.append(name)
    return tuple(found)


def _is_branch(machine: Machine, name: str) -> bool:
    """Whether a name begins with two words that are the site's domain ("Daily Post Africa" of dailypost.example)."""
    words = name.split()
    if len(words) < 3:
        return False
    labels = (parts_of(machine.url or "").hostname or "").split(".")
    return any(letters(" ".join(words[:n])) in labels for n in range(2, len(words)))
