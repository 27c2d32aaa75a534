"""Who wrote an article: the people of its byline, in order.

JSON-LD's author decides where it names a person. Elsewhere every place that can name authors makes a claim
(microdata, author links, metas, classes, lines that begin with "by"); claims near the headline count more,
claims from cards of other stories nothing, and the set of names that most claims support wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newsspider.split.bylines import Bylines, Claim, clean_names
from newsspider.split.headline import Headline
from newsspider.split.jsonld import as_list, text_of
from newsspider.split.likeness import letters
from newsspider.split.machine import Given, Machine
from newsspider.split.names import names_in, opened, same_people
from newsspider.split.persons import is_person
from newsspider.split.table import Page

_METAS = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "dc.contributor",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "citation_author", "og:article:author",
    "og:author", "article.author", "rbauthors", "byline", "authors",
)  # fmt: skip
_META = re.compile(
    r"(?:^|[:._-])(?:authors?|author[_-]?names?|byline)$"
)  # the same under names of a system's own


def find_authors(page: Page, machine: Machine, headline: Headline | None) -> Given[tuple[str, ...]] | None:
    """The people named as authors, or None; desks, agencies and the site itself are none."""
    said = _said(machine)
    claims = [claim for claim in (*_meta_claims(machine), *_other_said(machine)) if claim.names]
    whole = bool(said) and all(" " in name or not name.isascii() for name in said)
    more = [claim for claim in claims if _names_more(claim.names, said)] if whole else []
    if whole and not more:
        return Given(said, "json-ld")
    shown = [claim for claim in Bylines(page, machine, headline).claims() if claim.names]
    if whole:  # some systems give the first of several alone: the byline shows whether there are more
        both = (c for c in shown if any(same_people(c.names, other.names) for other in more))
        found = next(both, None)
        return Given(found.names, found.source) if found else Given(said, "json-ld")
    claims += shown
    if said:
        return Given(_full_names(said, claims), "json-ld")
    best = _choose(claims)
    return Given(_full_names(best.names, claims), best.source) if best else None


def _names_more(names: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether names are all of JSON-LD's and others, no crowd of translators and helpers."""
    return {n.casefold() for n in said} < {n.casefold() for n in names} and len(names) <= 2 * len(said) + 1


def _full_names(short: tuple[str, ...], claims: list[Claim]) -> tuple[str, ...]:
    """Nicknames replaced by the full names that contain them, where a byline has such."""
    if all(" " in name or not name.isascii() for name in short):
        return short
    printed = [name for claim in claims for name in claim.names if " " in name]
    full = (next((p for p in printed if " " not in name and _is_short(name, p)), name) for name in short)
    return tuple(dict.fromkeys(full))


def _is_short(nickname: str, name: str) -> bool:
    """Whether a nickname is made of a name: its beginning ("Ada", "adaokoye", "ada.okoye"), an initial and the family
    name ("aokoye", "okoyea"), or initials.
    """
    compared, words = letters(nickname), [letters(word) for word in name.split()]
    if len(words) < 2 or not all(words) or not compared:
        return False
    first, last = words[0], words[-1]
    made = (first[0] + last, last + first[0], last + first, first + last[0], last, first + last)
    return "".join(words).startswith(compared) or compared in made


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
    return clean_names(machine, texts, strong=True)


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
    others = (name for name in machine.metas if name not in _METAS and _META.search(name))
    for name in (*_METAS, *others):
        names: list[str] = []
        for content in machine.metas.get(name, [])[:8]:
            if not content.startswith("http"):
                found = names_in(content, strong=True)
                names += [n for n in found if n not in names and not machine.is_site(n)]
        yield Claim(tuple(names), 0.75, "meta", kind="meta")
    label, data = machine.meta("twitter:label1"), machine.meta("twitter:data1")
    if label and data and opened(f"{label.strip(' :')}: {data}")[1]:  # "Written by", in the site's language
        found = names_in(data, strong=True)
        yield Claim(tuple(n for n in found if not machine.is_site(n)), 0.8, "meta", kind="meta")


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
