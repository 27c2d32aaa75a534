"""Who wrote an article: the people of its byline, in order.

JSON-LD's author decides where it names a person. Elsewhere every place that can name authors makes a claim (microdata, author links, metas,
classes, lines that begin with "by"); claims near the headline count more, claims from cards of other stories nothing, and the set of names
that most claims support wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from newsspider.split.headline import Headline
from newsspider.split.jsonld import text_of
from newsspider.split.likeness import letters
from newsspider.split.machine import Given, Machine
from newsspider.split.names import is_person, names_in, same_people, strip_by
from newsspider.split.table import Node, Page

_METAS = ("author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "dc.contributor", "parsely-author", "sailthru.author", "byl",
          "cxenseparse:author", "citation_author", "og:article:author", "og:author", "article.author", "rbauthors", "byline", "authors")  # fmt: skip
_WRITTEN_BY = re.compile(r"written|author|verfasst|geschrieben|écrit|escrito|scritto|autor|par\b|by\b|von\b", re.IGNORECASE)

_CLASS_WORDS = ("author", "byline", "by-line", "autor", "auteur", "autore", "writer", "verfasser", "redakteur", "journalist", "reporter", "penulis", "vcard")
_NO_CLASS = re.compile(r"authorit|authoriz|photo|image|comment|avatar|share|social|follow|related|reporter-?(?:ad|box)|bylines-off")
_ELSEWHERE = re.compile(r"comment|related|recommend|sidebar|widget|most-?read|popular|recent|latest|promo|teaser|newsletter|ticker|carousel|slider|discussion")
_AUTHOR_LINK = re.compile(r"/(?:authors?|autor(?:en|es|i|e|a|in)?|auteurs?|by|byline|people|profile|profil|journalists?|redakteur\w*|reporters?|contributors?|staff|team|writers?|writer)/|[?&]author=", re.IGNORECASE)

_NEAR_BEFORE, _NEAR_AFTER = 12, 30  # blocks before and after the headline
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
    if said:
        return Given(said, "json-ld")
    claims = [*_meta_claims(machine), *_other_said(machine), *_page_claims(page, machine, headline)]
    best = _choose([claim for claim in claims if claim.names])
    return Given(best.names, best.source) if best else None


def _said(machine: Machine) -> tuple[str, ...]:
    return _people(machine, machine.graph.objects(machine.main.get("author"))) or _people(machine, machine.graph.objects(machine.main.get("creator")))


def _people(machine: Machine, authors: list[Any]) -> tuple[str, ...]:
    """The people among JSON-LD authors: strings, objects, lists of names."""
    found: list[str] = []
    for author in authors:
        if isinstance(author, dict):
            kinds = str(author.get("@type", ""))
            names = _own_names(author)
            if "Organization" in kinds and "Person" not in kinds:
                names = [n for n in names if False]
        else:
            names = [text] if (text := text_of(author)) else []
        for text in names:
            found.extend(n for n in names_in(text, strong=True) if n not in found and not machine.is_site(n))
    return tuple(found)


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
    for thing in machine.graph.things:
        if thing is not machine.thing and "author" in thing.data and len(thing.path) < 2:
            if not set(thing.path) & {"review", "comment", "itemListElement", "mentions", "hasPart"}:
                yield Claim(_people(machine, machine.graph.objects(thing.data["author"])), 0.5, "json-ld", kind="other")


def _meta_claims(machine: Machine) -> Iterator[Claim]:
    for name in _METAS:
        contents = machine.metas.get(name, [])
        names: list[str] = []
        for content in contents[:8]:
            if not content.startswith("http"):
                names += [n for n in names_in(content, strong=True) if n not in names and not machine.is_site(n)]
        yield Claim(tuple(names), 0.75, "meta", kind="meta")
    label, data = machine.meta("twitter:label1"), machine.meta("twitter:data1")
    if label and data and _WRITTEN_BY.search(label):
        yield Claim(tuple(n for n in names_in(data, strong=True) if not machine.is_site(n)), 0.8, "meta", kind="meta")


# ---- on the page ----------------------------------------------------------------------------------------------------
def _page_claims(page: Page, machine: Machine, headline: Headline | None) -> list[Claim]:
    """Claims of the visible page; neighbouring ones of one kind are one byline."""
    start = headline.block if headline and headline.block is not None else None
    found: list[Claim] = []
    for kind, claims in (
        ("prop", _props(page, machine)),
        ("rel", _links(page, machine, relation=True)),
        ("class", _classes(page, machine)),
        ("link", _links(page, machine, relation=False)),
        ("line", _lines(page, machine)),
    ):
        found += _groups([_placed(claim, start) for claim in claims if claim.names], kind, start)
    return found


def _placed(claim: Claim, start: int | None) -> Claim:
    """A claim with its weight by the distance from the headline."""
    if start is None:
        return claim._replace(weight=claim.weight * 0.8)
    distance = claim.block - start
    near = -_NEAR_BEFORE <= distance <= _NEAR_AFTER
    closeness = 1.0 + 0.3 / (1 + abs(distance) / 4) if near else 0.55
    return claim._replace(weight=claim.weight * closeness)


def _groups(claims: list[Claim], kind: str, start: int | None) -> list[Claim]:
    """Bylines made of claims that stand within two blocks of each other; the heaviest two."""
    groups: list[Claim] = []
    for claim in sorted(claims, key=lambda c: c.block):
        last = groups[-1] if groups else None
        if last and claim.block - last.block <= 2:
            new = tuple(n for n in claim.names if n.casefold() not in {m.casefold() for m in last.names})
            groups[-1] = last._replace(names=last.names + new, block=claim.block, weight=max(last.weight, claim.weight))
        else:
            groups.append(claim._replace(kind=kind))
    groups = [g for g in groups if len(g.names) <= 6]
    return sorted(groups, key=lambda c: -c.weight)[:2]


def _props(page: Page, machine: Machine) -> Iterator[Claim]:
    """Microdata's author: its inner ``name``, else its text."""
    for number in [*machine.props("author"), *machine.props("creator")][:12]:
        if _elsewhere(page, number):
            continue
        node = page.nodes[number]
        inner = [n for prop, n in page.props if prop == "name" and number < n <= node.end]
        texts = [machine.prop_text(n) for n in inner] or [machine.prop_text(number)]
        yield Claim(_clean(machine, texts, strong=len(texts[0]) <= 50), 0.85, "meta" if node.tag == "meta" else "html", node.block)


def _links(page: Page, machine: Machine, *, relation: bool) -> Iterator[Claim]:
    """Links with rel=author, or whose address is that of an author's page."""
    for anchor in page.anchors:
        node = page.nodes[anchor.node]
        text = anchor.text
        if not 2 < len(text) < 80 or ("author" in node.attributes.get("rel", "").lower()) != relation:
            continue
        if not relation and not _AUTHOR_LINK.search(anchor.href):
            continue
        if not _elsewhere(page, anchor.node):
            yield Claim(_clean(machine, [" ".join(text.split())], strong=relation), 0.8 if relation else 0.7, "html", anchor.block)


def _classes(page: Page, machine: Machine) -> Iterator[Claim]:
    """Elements whose class says author or byline; the innermost ones."""
    covered = -1
    for node in page.nodes:
        classes = node.classes
        if not classes or node.hidden or node.number <= covered or not any(word in classes for word in _CLASS_WORDS):
            continue
        if _NO_CLASS.search(classes) or node.tag in ("body", "html", "article", "main"):
            continue
        text = page.text_of(node.number)
        if not 2 < len(text) <= _LINE or _elsewhere(page, node.number):
            continue
        names = _clean(machine, [text], strong=False) or _linked(page, machine, node)
        if names:
            covered = node.end
            yield Claim(names, 0.85, "html", node.block)


def _linked(page: Page, machine: Machine, node: Node) -> tuple[str, ...]:
    """The names of the links inside a byline."""
    texts = [page.text_of(n) for n in range(node.number, min(node.end, node.number + 20) + 1) if page.nodes[n].tag == "a"]
    return _clean(machine, texts, strong=False)


def _lines(page: Page, machine: Machine) -> Iterator[Claim]:
    """Short blocks that begin with "by"."""
    for block in page.blocks:
        if len(block.text) > _LINE or page.nodes[block.node].hidden:
            continue
        rest, had = strip_by(block.text)
        if had and not _elsewhere(page, block.node):
            yield Claim(_clean(machine, [rest], strong=False), 0.7, "text", block.number)


def _clean(machine: Machine, texts: list[str], *, strong: bool) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        found += [n for n in names_in(text, strong=strong) if n not in found and not machine.is_site(n)]
    return tuple(found)


def _elsewhere(page: Page, number: int) -> bool:
    """Whether a node stands in comments, or beside the story."""
    for node in page.chain(number)[:8]:
        if node.tag in ("figure", "figcaption", "footer") and "author" not in node.classes:
            return node.tag != "footer" or node.part == "footer"
        if node.classes and node.tag not in ("body", "html", "main") and _ELSEWHERE.search(node.classes):
            return True
    return False


# ---- the choice -----------------------------------------------------------------------------------------------------
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


def initials(names: tuple[str, ...]) -> str:
    """Only for comparing: the letters of all names."""
    return letters("".join(names))
