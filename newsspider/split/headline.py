"""The headline of an article, and where it stands on the page.

Evidence: the page's headings; its witnesses are JSON-LD ``headline``, ``og:title``, ``twitter:title`` and
``<title>``. A heading that a witness bears out is what readers see; a witness alone may be a title for
sharing or carry the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsspider.split.likeness import letters, likeness, same_text
from newsspider.split.machine import Machine
from newsspider.split.table import Node, Page
from newsspider.split.text import clean, weight

BORNE_OUT = 0.75  # likeness of a heading to a witness from which the witness speaks for it
LONGEST = 400  # characters
_TELLING = 24  # characters from which a heading or title tells of a story rather than of a site or section
_PARAGRAPH = 100  # the least weight of a paragraph under a headline

_SEPARATOR = re.compile(r"\s+[-|–—:·•/«»>_~]+\s+|\s*[|»«]+\s*|\s+::\s+|:\s+|\s*[_]\s*|\s+-|-\s+")
_CLASS = re.compile(
    r"headline|(?:entry|post|article|story|news|page)[-_]?(?:title|heading)|titulo|titre|titel"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline: text, provenance, the node that holds it and its first block (None where it isn't visible
    on the page).
    """

    text: str
    source: str
    node: int | None = None
    block: int | None = None
    kicker: str | None = None  # where it stands inside the same heading


def find_headline(page: Page, machine: Machine) -> Headline | None:
    """The headline, or None where the page has neither heading nor title."""
    witnesses = Witnesses(page, machine)
    heading = _best_heading(page, machine, witnesses)
    said = witnesses.said
    if heading is not None and witnesses.support(page.text_of(heading)) >= BORNE_OUT:
        return _whole(page, heading, witnesses)
    if said and not machine.is_site(said):
        return _placed(page, said, "json-ld")
    other = _marked(page, machine, witnesses) or _lower_heading(page, machine, witnesses)
    if other is not None:
        return _whole(page, other, witnesses)
    line = _borne_out(page, machine, witnesses)
    if line is not None:
        return line
    if heading is not None:
        return _at(page, heading, page.text_of(heading), "html")
    titled = _from_titles(page, machine)
    if titled is None or (len(titled.text) < _TELLING and titled.source == "html"):
        over = _over_text(page, machine)  # a title that is the same on all pages names no story
        titled = _at(page, over, page.text_of(over), "html") if over is not None else titled
    return titled


class Witnesses:
    """What the page's machine data says its headline is."""

    def __init__(self, page: Page, machine: Machine) -> None:
        self.said = machine.said("headline") or (machine.said("name") if machine.main else None)
        shared = machine.meta("og:title"), machine.meta("twitter:title")
        self.whole = [
            (t, w) for t, w in ((self.said, "json-ld"), (shared[0], "meta"), (shared[1], "meta")) if t
        ]
        self.titles = list(dict.fromkeys(t for t in (self.said, *shared, page.title) if t))
        self._runs: dict[str, str] = {}
        for title in self.titles:
            for run in runs(title):
                self._runs.setdefault(letters(run), run)

    def support(self, text: str) -> float:
        """How well the best run of segments of a witness bears a text out, 0 to 1."""
        if letters(text) in self._runs:
            return 1.0
        return max((likeness(text, run) for run in self._runs.values()), default=0.0)

    def has(self, text: str) -> bool:
        """Whether a run of segments of a witness has the same letters."""
        return letters(text) in self._runs


def runs(title: str) -> Iterator[str]:
    """A title and all runs of neighbouring segments of it, cut at the marks that join a headline to a section
    or a site.
    """
    title = title[:LONGEST]
    yield title
    cuts = [(0, 0), *((m.start(), m.end()) for m in _SEPARATOR.finditer(title)), (len(title), len(title))][
        :14
    ]
    for i, (_, start) in enumerate(cuts[:-1]):
        for end, _ in cuts[i + 1 :]:
            run = title[start:end].strip()
            if run and run != title:
                yield run


def _best_heading(page: Page, machine: Machine, witnesses: Witnesses) -> int | None:
    """Of the visible h1 that are not the site's name, the one best supported; of equals the longest, for
    sections are short.
    """
    best, best_support = None, -1.0
    for number in page.headings[:200]:
        node = page.nodes[number]
        if node.tag != "h1" or node.hidden:
            continue
        text = page.text_of(number)
        if not 1 < len(text) <= LONGEST or machine.is_site(text):
            continue
        support = (
            round(witnesses.support(text), 1) - (0.2 if _beside(node) else 0.0) + min(len(text), 100) / 2000
        )
        if support > best_support:
            best, best_support = number, support
    return best


def _beside(node: Node) -> bool:
    return node.part in ("nav", "footer", "aside")


def _whole(page: Page, number: int, witnesses: Witnesses) -> Headline:
    """A heading that is borne out: without a kicker inside it, or with the kicker that the page's own data
    counts in.
    """
    text = page.text_of(number)
    compared = letters(text)
    if page.nodes[number].end > number:
        for witness, source in witnesses.whole:
            part = letters(witness)
            if (
                part == compared
            ):  # kicker and headline stand in elements of their own, the witness has the mark between them
                return (
                    _at(page, number, witness, source)
                    if len(witness) > len(text)
                    else _at(page, number, text, "html")
                )
            if compared.endswith(part) and len(part) * 4 > len(compared):
                return _split(page, number, text, witness)
    said = witnesses.said
    if said and letters(said) != compared and letters(said).endswith(compared):
        others = [letters(title) for title in witnesses.titles if title != said]
        if any(letters(said) in other for other in others):
            return _at(page, number, said, "json-ld")
    if not witnesses.has(text) and (rest := _rest(page, number)):
        if witnesses.has(rest):
            return _split(page, number, text, rest)
        kicker = text.removesuffix(rest).strip()
        if any(title.startswith(f"{kicker}: ") for title in witnesses.titles):
            return _at(page, number, f"{kicker}: {rest}", "html")
    return _at(page, number, text, "html")


def _rest(page: Page, number: int) -> str | None:
    """What follows the element that a heading begins with."""
    node = page.nodes[number]
    for child in range(number + 1, min(node.end, number + 6) + 1):
        inner = page.nodes[child]
        if (
            inner.last < node.last
            and inner.last > inner.first
            and not "".join(page.pieces[node.first : inner.first]).strip()
        ):
            return clean("".join(page.pieces[inner.last : node.last])).lstrip(":|-–— ")
    return None


def _split(page: Page, number: int, text: str, rest: str) -> Headline:
    """A heading of kicker and headline, taken apart before the words that a witness has."""
    start = text.casefold().rfind(rest.casefold())
    if start < 0:
        return _at(page, number, rest, "html")
    return _at(page, number, text[start:], "html", text[:start].strip(" :|-–—•/") or None)


def _at(page: Page, number: int, text: str, source: str, kicker: str | None = None) -> Headline:
    return Headline(text, source, number, page.nodes[number].block, kicker)


def _placed(page: Page, text: str, source: str) -> Headline:
    """A headline that no heading bears out, with its place if some block has its words."""
    compared = letters(text)
    for block in page.blocks:
        if (
            len(block.text) <= LONGEST
            and block.text[:1]
            and abs(len(block.text) - len(text)) < 12
            and letters(block.text) == compared
        ):
            return Headline(text, source, block.node, block.number)
    return Headline(text, source)


def _marked(page: Page, machine: Machine, witnesses: Witnesses) -> int | None:
    """Microdata's headline, if it is visible text outside of lists of other stories."""
    for number in [*machine.props("headline"), *machine.props("name")]:
        node = page.nodes[number]
        text = page.text_of(number)
        if (
            not node.hidden
            and node.tag != "meta"
            and 8 < len(text) <= LONGEST
            and witnesses.support(text) >= BORNE_OUT
        ):
            return number
    return None


def _lower_heading(page: Page, machine: Machine, witnesses: Witnesses) -> int | None:
    """The h2 to h6 that a witness bears out (nearly) word for word."""
    for number in page.headings[:200]:
        node = page.nodes[number]
        text = page.text_of(number)
        if node.hidden or node.tag == "h1" or not 8 < len(text) <= LONGEST or _beside(node):
            continue
        enough = BORNE_OUT if _CLASS.search(node.classes) else 0.9
        if witnesses.support(text) >= enough and not machine.is_site(text):
            return number
    return None


def _borne_out(page: Page, machine: Machine, witnesses: Witnesses) -> Headline | None:
    """The line of text, in whatever element, that a witness has word for word."""
    for block in page.blocks:
        node = page.nodes[block.node]
        text = block.text
        if node.hidden or not 15 < len(text) <= LONGEST or not witnesses.has(text) or machine.is_site(text):
            continue
        return Headline(text, "html", block.node if page.text_of(block.node) == text else None, block.number)
    return None


def _over_text(page: Page, machine: Machine) -> int | None:
    """The first lower heading of some length that has a paragraph of text under it."""
    for number in page.headings[:200]:
        node = page.nodes[number]
        text = page.text_of(number)
        if node.hidden or _beside(node) or not _TELLING <= len(text) <= LONGEST or machine.is_site(text):
            continue
        under = page.blocks[node.block + 1 : node.block + 4]
        if any(weight(b.text) >= _PARAGRAPH and b.link_chars * 4 < len(b.text) for b in under):
            return number
    return None


def _from_titles(page: Page, machine: Machine) -> Headline | None:
    """The sharing title without the site's name, or the longest segment of the title."""
    shared = machine.meta("og:title", "twitter:title", "dc.title", "title")
    for text, source in ((shared, "meta"), (page.title, "html")):
        if not text:
            continue
        named = [run for run in runs(text) if not _has_site(run, machine)]
        pieces = [run for run in named if run != text or len(named) == 1] or named
        best = max(pieces, key=len, default=None)
        if text in named:
            best = text if source == "meta" else best
        if best:
            return _placed(page, best, source)
    return None


def _has_site(run: str, machine: Machine) -> bool:
    return machine.is_site(run) or any(
        same_text(part, name) for part in _SEPARATOR.split(run) for name in machine.site_names
    )
