"""Who wrote an article: the people of its byline, in order.

JSON-LD's author decides where it names a person. Elsewhere every place that can name authors makes a claim
(microdata, author links, metas, classes, lines that begin with "by"); claims near the headline count more,
claims from cards of other stories nothing, and the set of names that most claims support wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from newsspider.split.headline import Headline
from newsspider.split.jsonld import as_list, text_of
from newsspider.split.likeness import letters
from newsspider.split.machine import Given, Machine
from newsspider.split.names import is_person, mid_line, names_in, same_people, strip_by
from newsspider.split.table import Anchor, Node, Page

_METAS = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "dc.contributor",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "citation_author", "og:article:author",
    "og:author", "article.author", "rbauthors", "byline", "authors",
)  # fmt: skip
_WRITTEN_BY = re.compile(
    r"written|author|verfasst|geschrieben|écrit|escrito|scritto|autor|par\b|by\b|von\b", re.IGNORECASE
)

_CLASS_WORDS = (
    "author", "byline", "by-line", "autor", "auteur", "autore", "writer", "verfasser", "redakteur",
    "journalist", "reporter", "penulis", "vcard",
)  # fmt: skip
_NO_CLASS = re.compile(
    r"authorit|authoriz|photo|image|comment|avatar|share|social|follow|related|reporter-?(?:ad|box)"
)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|widget|most-?read|popular|recent|latest|promo(?!ted)|teaser"
    r"|newsletter|ticker|carousel|slider|discussion"
)
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e|a|in)?|auteurs?|by|byline|people|profile|profil|journalists?"
    r"|redakteur\w*|reporters?|contributors?|staff|team|writers?|writer)/|[?&]author=",
    re.IGNORECASE,
)

_NICKNAME = re.compile(r"(?:^|\s)(?:fn|username|user-?name|author-?name|vcard author|author vcard)(?:\s|$)")
_NEAR_BEFORE, _NEAR_AFTER = 12, 30  # blocks before and after the headline
_MOST = 200  # places of one kind that are looked at
_LINE = 140  # characters of a byline


class Claim(NamedTuple):
    """Names that one place of the page gives as authors; ``weight`` is how often such a place is right."""

    names: tuple[str, ...]
    weight: float
    source: str
    block: int = -1
    kind: str = ""


def find_authors(page: Page, machine: Machine, headline: Headline | None) -> Given[tuple[str, ...]] | None:
    """The people named as authors, or None; desks, agencies and the site itself are none."""
    said = _said(machine)
    if said and all(" " in name or not name.isascii() for name in said):
        return Given(said, "json-ld")
    claims = [*_meta_claims(machine), *_other_said(machine), *Bylines(page, machine, headline).claims()]
    if said:  # nicknames: the page may print the full names
        return Given(_full_names(said, claims), "json-ld")
    best = _choose([claim for claim in claims if claim.names])
    return Given(best.names, best.source) if best else None


def _full_names(short: tuple[str, ...], claims: list[Claim]) -> tuple[str, ...]:
    """Nicknames replaced by the full names that contain them, where a byline has such."""
    printed = [name for claim in claims for name in claim.names if " " in name]
    full = (next((p for p in printed if letters(p).startswith(letters(name))), name) for name in short)
    return tuple(dict.fromkeys(full))


def _said(machine: Machine) -> tuple[str, ...]:
    graph, main = machine.graph, machine.main
    return _people(machine, graph.objects(main.get("author"))) or _people(
        machine, graph.objects(main.get("creator"))
    )


def _people(machine: Machine, authors: list[Any]) -> tuple[str, ...]:
    """The people among JSON-LD authors: strings, objects, lists of names."""
    texts: list[str] = []
    for author in authors:
        if not isinstance(author, dict):
            texts += [text] if (text := text_of(author)) else []
            continue
        kinds = [str(kind) for kind in as_list(author.get("@type"))]
        if "Person" in kinds or not any(kind.endswith("Organization") for kind in kinds):
            texts += _own_names(author)
    return _clean(machine, texts, strong=True)


def _own_names(author: dict[str, Any]) -> list[str]:
    name = author.get("name")
    if isinstance(name, list):
        return [text for part in name if (text := text_of(part))]
    text = text_of(name)
    if text:
        return [text]
    parts = [text_of(author.get(key)) for key in ("givenName", "additionalName", "familyName")]
    return [" ".join(part for part in parts if part)] if any(parts) else []


def _other_said(machine: Machine) -> Iterator[Claim]:
    """Authors of other JSON-LD at the top of the page (a WebPage's, a video's)."""
    for thing in machine.others():
        if "author" in thing.data:
            names = _people(machine, machine.graph.objects(thing.data["author"]))
            yield Claim(names, 0.5, "json-ld", kind="other")


def _meta_claims(machine: Machine) -> Iterator[Claim]:
    for name in _METAS:
        contents = machine.metas.get(name, [])
        names: list[str] = []
        for content in contents[:8]:
            if not content.startswith("http"):
                names += [
                    n for n in names_in(content, strong=True) if n not in names and not machine.is_site(n)
                ]
        yield Claim(tuple(names), 0.75, "meta", kind="meta")
    label, data = machine.meta("twitter:label1"), machine.meta("twitter:data1")
    if label and data and _WRITTEN_BY.search(label):
        yield Claim(
            tuple(n for n in names_in(data, strong=True) if not machine.is_site(n)), 0.8, "meta", kind="meta"
        )


# ---- on the page -----------------------------------------------------------------------------------------
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
            names = _clean(machine, texts, strong=len(texts[0]) <= 50)
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
                names = _clean(self.machine, [" ".join(anchor.text.split())], strong=relation)
                yield Claim(names, 0.8 if relation else 0.7, "html", anchor.block)

    def classes(self) -> Iterator[Claim]:
        """Elements whose class says author or byline; the innermost that name somebody."""
        page = self.page
        named = [n for n in page.nodes if n.classes and not n.hidden and _says_author(n.classes)]
        claimed = len(page.nodes)
        for node in reversed(named[:_MOST]):
            if node.tag in ("body", "html", "article", "main") or claimed <= node.end:
                continue
            text = page.text_of(node.number)
            if 1 < len(text) <= _LINE and not self.elsewhere(node.number):
                names, weight = self._named(node, text)
                if names:
                    claimed = node.number
                    yield Claim(names, weight, "html", node.block)

    def _named(self, node: Node, text: str) -> tuple[tuple[str, ...], float]:
        """The names in an author's element: those of its links where there are as many; a nickname only where
        nothing else can be meant.
        """
        page, machine = self.page, self.machine
        anchors = [
            n for n in range(node.number, min(node.end, node.number + 20) + 1) if page.nodes[n].tag == "a"
        ]
        texts = [page.text_of(n) for n in anchors]
        linked, names = _clean(machine, texts, strong=False), _clean(machine, [text], strong=False)
        if linked and len(linked) >= len(names):
            return linked, 0.9
        if names:
            return names, 0.85
        to_author = any(_AUTHOR_LINK.search(page.nodes[n].attributes.get("href", "")) for n in anchors)
        if to_author or _NICKNAME.search(node.classes):
            return _clean(machine, texts[:1] if to_author else [text], strong=True), 0.6
        return (), 0.0

    def lines(self) -> Iterator[Claim]:
        """Short blocks that begin with "by", or that have "author:" inside."""
        for block in self.page.blocks:
            if not 5 < len(block.text) <= _LINE or block.link_chars >= len(block.text):
                continue  # a line that is one link leads to another page
            rest, had = strip_by(block.text)
            inside = None if had else mid_line(block.text)
            text = rest if had else inside
            if text and not self.page.nodes[block.node].hidden and not self.elsewhere(block.node):
                yield Claim(
                    _clean(self.machine, [text], strong=False), 0.7 if had else 0.6, "text", block.number
                )

    def elsewhere(self, number: int) -> bool:
        """Whether a node stands in comments, beside the story or in a caption: by what is around it up to
        where the headline is inside, too.
        """
        for node in self.page.chain(number)[:8]:
            if self.heading is not None and node.number <= self.heading <= node.end:
                return False
            if node.tag == "address":  # HTML, 4.3.10: who is behind the article
                return False
            if node.tag in ("figure", "figcaption") and "author" not in node.classes:
                return True
            if node.tag == "footer" and self.page.nodes[max(0, node.parent)].tag == "body":
                return True
            if node.classes and node.tag not in ("body", "html", "main") and _says_elsewhere(node.classes):
                return True
        return False


@lru_cache(maxsize=8192)
def _says_author(classes: str) -> bool:
    """Whether class names say that an author stands here; cached, since pages repeat them."""
    return any(word in classes for word in _CLASS_WORDS) and not _NO_CLASS.search(classes)


@lru_cache(maxsize=8192)
def _says_elsewhere(classes: str) -> bool:
    return _ELSEWHERE.search(classes) is not None


def _clean(machine: Machine, texts: list[str], *, strong: bool) -> tuple[str, ...]:
    """The people in some texts, without the site's own name (unless a person publishes it)."""
    found: list[str] = []
    for text in texts:
        found += [
            n
            for n in names_in(text, strong=strong)
            if n not in found and (machine.is_personal or not machine.is_site(n))
        ]
    return tuple(found)


# ---- the choice ------------------------------------------------------------------------------------------
def _choose(claims: list[Claim]) -> Claim | None:
    """The claim whose names most others support: the same set fully, a set in common by half."""
    best, best_score = None, 0.0
    for claim in claims:
        score = 0.0
        kinds: set[str] = set()
        for other in claims:
            if same_people(claim.names, other.names):
                score += other.weight * (1.0 if other.kind not in kinds else 0.2)
                kinds.add(other.kind)
        if any(is_person(name) for name in claim.names):
            score += 0.3
        score -= 0.1 * max(0, len(claim.names) - 4)
        if score > best_score + 1e-9:
            best, best_score = claim, score
    return best if best_score >= 0.4 else None
