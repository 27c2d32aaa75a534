"""The headline of an article, and where it stands on the page.

Evidence: the page's headings; its witnesses are JSON-LD ``headline``, ``og:title``, ``twitter:title`` and
``<title>``. A heading that a witness bears out is what readers see; a witness alone may be a title for
sharing or carry the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsspider.split.classwords import ClassWords
from newsspider.split.jsonld import plain
from newsspider.split.likeness import letters, same_text
from newsspider.split.machine import Machine
from newsspider.split.table import Block, Node, Page
from newsspider.split.text import clean, weight
from newsspider.split.witnesses import (
    GENERIC,
    LONGEST,
    SEPARATOR,
    Witnesses,
    has_section,
    names_of_address,
    plain_letters,
    runs,
    unescaped,
)

BORNE_OUT = 0.75  # likeness of a heading to a witness from which the witness speaks for it
_TELLING = 24  # characters from which a heading or title tells of a story rather than of a site or section
_PARAGRAPH = 100  # the least weight of a paragraph under a headline

_BREADCRUMB = re.compile(
    r"\s+[<＜]\s+|(?<=[\u3040-\u9fff”！？])(?:_|--)(?=[\u3040-\u9fff])"
)  # all behind it is sections
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w{3,5})?#?", re.IGNORECASE)
_POINTER = re.compile(r"^\[?[>»›→▸▶►•·|]+\s+(?=\w)")  # before a headline
_CUT = re.compile(r"\s*(?:\.{3}|…)\s*$")
_CUT_AT = 100  # characters from which a headline in JSON-LD may be cut (Google once set a limit of 110)
_STEM = 30  # letters that a cut headline must have left
_TRAILING = (
    30  # characters behind a headline in its heading that are none of it: a counter, a date, "Premium"
)
_OVERLAY = ClassWords(
    r"breadcrumb|modal|newsletter|cookie|consent|pop-?up|subscri|log-?in|sign-?(?:in|up)|privacy"
)
_CLASS = ClassWords(
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
    found = _find(page, machine, Witnesses(page, machine))
    if found and ("&" in found.text or "<" in found.text) and not _names_tags(page, found):  # escaped twice
        found = replace(found, text=plain(found.text) or found.text)
    if found and (pointer := _POINTER.match(found.text)):
        found = replace(found, text=found.text[pointer.end() :])
    return found


def _names_tags(page: Page, found: Headline) -> bool:
    """Whether readers see a tag in the heading that a headline was taken from ("How the <div> tag grew"); where one is
    closed again it is markup.
    """
    if found.node is None or found.source != "html":
        return False
    text = page.text_of(found.node)
    return "<" in text and "</" not in text


def _find(page: Page, machine: Machine, witnesses: Witnesses) -> Headline | None:
    heading = _best_heading(page, machine, witnesses)
    said = witnesses.said
    if heading is not None and witnesses.support(page.text_of(heading)) >= BORNE_OUT:
        other = _instead(page, machine, witnesses, heading)
        return read_heading(page, heading if other is None else other, witnesses)
    uncut = _uncut(page, machine, witnesses)
    if uncut is not None:
        return _at(page, uncut, page.text_of(uncut), "html")
    if said and not machine.is_site(said):
        return _placed(page, said, "json-ld")
    addressed = _addressed(page, machine)
    if addressed is not None:
        return _at(page, addressed, page.text_of(addressed), "html")
    other = _marked(page, machine, witnesses) or _lower_heading(page, machine, witnesses)
    if other is not None:
        return read_heading(page, other, witnesses)
    line = _borne_out(page, machine, witnesses)
    if line is not None:
        return line
    if heading is not None:
        other = _marked(page, machine, witnesses, trusted=True)
        other = _instead(page, machine, witnesses, heading) if other is None else other
        return _at(page, other := heading if other is None else other, page.text_of(other), "html")
    return _without_heading(page, machine)


def _without_heading(page: Page, machine: Machine) -> Headline | None:
    """From the titles; where those are the same on all pages and name no story, the heading over the text, or the
    picture that stands for one.
    """
    titled = _from_titles(page, machine)
    if titled is None or (len(titled.text) < _TELLING and titled.source == "html"):
        over = _over_text(page, machine)
        drawn = _drawn(page, machine) if over is None else None
        if over is not None:
            return _at(page, over, page.text_of(over), "html")
        titled = drawn or titled
    return titled


def _best_heading(page: Page, machine: Machine, witnesses: Witnesses) -> int | None:
    """Of the visible h1 that are neither the site's name nor a link to its home page, the one best supported; of
    equals the longest, for sections are short.
    """
    best, best_support = None, -1.0
    for number in page.headings[:200]:
        node = page.nodes[number]
        if node.tag != "h1" or node.hidden:
            continue
        text = page.text_of(number)
        if not 1 < len(text) <= LONGEST or machine.is_site(text) or _leads_home(page, number):
            continue
        support = (
            round(witnesses.support(text), 1) - (0.2 if _beside(node) else 0.0) + min(len(text), 100) / 2000
        )
        if support > best_support:
            best, best_support = number, support
    return best


def _leads_home(page: Page, number: int) -> bool:
    """Whether a heading holds a link to the home page: then it is the site's name."""
    node = page.nodes[number]
    for inner in page.nodes[number + 1 : min(node.end, number + 4) + 1]:
        if inner.tag == "a" and _HOME.fullmatch(page.address(inner.attributes.get("href", "")) or "-"):
            return True
    return False


def _beside(node: Node) -> bool:
    return node.part in ("nav", "footer", "aside")


def _instead(page: Page, machine: Machine, witnesses: Witnesses, heading: int) -> int | None:
    """The lower heading that is the story's, where the best h1 is the end of a breadcrumb, an overlay, the site's or a
    section's name, or one word that heads every page of its kind.
    """
    text, node = page.text_of(heading), page.nodes[heading]
    compared = letters(text)
    around = () if witnesses.has(text) else page.chain(heading, 5)
    if any(n.classes and n.tag not in ("body", "html") and _OVERLAY.search(n.classes) for n in around):
        return _lower_heading(page, machine, witnesses) or _marked(page, machine, witnesses, trusted=True)
    if compared in GENERIC:
        other = _lower_heading(page, machine, witnesses)
        return _over_text(page, machine) if other is None else other
    if len(text) >= _TELLING or node.end - heading > 3:
        return None
    lower = _lower_heading(page, machine, witnesses)
    if lower is None:
        return None
    longer = page.text_of(lower)
    ends = [(letters(title), title) for title in witnesses.titles]
    named = any(t == compared + letters(longer) or t == letters(longer) + compared for t, _ in ends)
    return (
        lower
        if named and len(longer) > 2 * len(text) and not any(f"{text}: " in t for _, t in ends)
        else None
    )


def _uncut(page: Page, machine: Machine, witnesses: Witnesses) -> int | None:
    """The heading that goes on where a witness was cut: at an ellipsis, or at the length that JSON-LD allows."""
    cut = [_CUT.sub("", run) for title in witnesses.titles for run in runs(title) if _CUT.search(run)]
    cut += [title for title in witnesses.titles if len(title) >= _CUT_AT]
    stems = {stem for text in cut if len(stem := letters(text)) >= _STEM}
    if not stems:
        return None
    for number in page.headings[:200]:
        node, text = page.nodes[number], page.text_of(number)
        if node.hidden or _beside(node) or len(text) > LONGEST or machine.is_site(text):
            continue
        compared = letters(text)
        if any(compared.startswith(stem) and len(compared) > len(stem) for stem in stems):
            return number
    return None


def _drawn(page: Page, machine: Machine) -> Headline | None:
    """The text of the picture that is an h1, where that is no logo."""
    for number in page.headings[:200]:
        node = page.nodes[number]
        if (
            node.tag != "h1"
            or node.hidden
            or node.part in ("header", "nav", "footer")
            or page.text_of(number)
        ):
            continue
        for inner in page.nodes[number + 1 : node.end + 1]:
            text = clean(inner.attributes.get("alt", ""))
            if inner.tag == "img" and _TELLING <= len(text) <= LONGEST and not machine.is_site(text):
                return _at(page, number, text, "html")
    return None


def read_heading(page: Page, number: int, witnesses: Witnesses) -> Headline:
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
    if not witnesses.has(text) and (head := _leading(page, number, witnesses)):
        return _at(page, number, head, "html")
    if not witnesses.has(text) and (rest := _rest(page, number)):
        if witnesses.has(rest):
            return _split(page, number, text, rest)
        kicker = text.removesuffix(rest).strip()
        if any(title.startswith(f"{kicker}: ") for title in witnesses.titles):
            return _at(page, number, f"{kicker}: {rest}", "html")
    return _at(page, number, text, "html")


def _leading(page: Page, number: int, witnesses: Witnesses) -> str | None:
    """What a witness has of a heading that ends with an element of its own: a counter, a date, "Premium"."""
    node = page.nodes[number]
    for child in range(number + 1, min(node.end, number + 6) + 1):
        inner = page.nodes[child]
        for cut in (inner.first, inner.last):
            head = clean("".join(page.pieces[node.first : cut]))
            rest = clean("".join(page.pieces[cut : node.last]))
            if len(rest) < min(len(head), _TRAILING) and rest and witnesses.has(head):
                return head
    return None


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
    lines = (
        block
        for block in page.blocks
        if len(block.text) <= LONGEST
        and block.text[:1]
        and abs(len(block.text) - len(text)) < 12
        and letters(block.text) == compared
    )
    block = _foremost(page, lines)
    return Headline(text, source, block.node, block.number) if block else Headline(text, source)


def _foremost(page: Page, lines: Iterator[Block]) -> Block | None:
    """The first line; where that is a link of a list, as of the page itself in a ticker, the first that says the same outside
    of lists and menus.
    """
    first = next(lines, None)
    if first is None or page.nodes[first.node].tag != "li" or first.link_chars < len(first.text):
        return first
    others = (block for block in lines if block.text == first.text and not block.link_chars)
    return next((block for block in others if not _is_listed(page.nodes[block.node])), first)


def _is_listed(node: Node) -> bool:
    return node.tag == "li" or node.part in ("nav", "footer")


def _marked(page: Page, machine: Machine, witnesses: Witnesses, *, trusted: bool = False) -> int | None:
    """Microdata's headline, if it is visible text outside of lists of other stories, and a witness bears it out or it is
    ``trusted``.
    """
    numbers = machine.props("headline")
    if trusted and len(numbers) > 1:
        return None
    for number in numbers if trusted else [*numbers, *machine.props("name")]:
        node = page.nodes[number]
        text = page.text_of(number)
        if (
            not node.hidden
            and node.tag != "meta"
            and 8 < len(text) <= LONGEST
            and (trusted or witnesses.support(text) >= BORNE_OUT)
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
    lines = (
        block
        for block in page.blocks
        if not page.nodes[block.node].hidden
        and 15 < len(block.text) <= LONGEST
        and witnesses.has(block.text)
        and not machine.is_site(block.text)
    )
    block = _foremost(page, lines)
    if block is None:
        return None
    whole = page.text_of(block.node) == block.text
    return Headline(block.text, "html", block.node if whole else None, block.number)


def _addressed(page: Page, machine: Machine) -> int | None:
    """The heading that has the letters of the page's address."""
    names = names_of_address(page.url or "")
    for number in page.headings[:200] if names else ():
        node, text = page.nodes[number], page.text_of(number)
        if node.hidden or _beside(node) or not 8 < len(text) <= LONGEST or machine.is_site(text):
            continue
        if plain_letters(text) in names:
            return number
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
        text = _BREADCRUMB.split(unescaped(text), maxsplit=1)[0]
        named = [run for run in runs(text) if not _has_site(run, machine)]
        named = [run for run in named if not has_section(run)] or named
        pieces = [run for run in named if run != text or len(named) == 1] or named
        best = max(pieces, key=len, default=None)
        if text in named:
            best = text if source == "meta" else best
        if best:
            return _placed(page, best, source)
    return None


def _has_site(run: str, machine: Machine) -> bool:
    return machine.is_site(run) or any(
        same_text(part, name) for part in SEPARATOR.split(run) for name in machine.site_names
    )
