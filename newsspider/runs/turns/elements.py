"""The elements of a page that hold a value of its record, and selectors that point at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from newsspider.records import Article, Link

LINKS = ("ticker", "related")
_MANY = 40  # selectors of an element that are thought of
_ABOVE = 4  # elements around it by which it is pointed at
_SOME = 4  # paragraphs that are looked for; the element around them holds the others, too
_MOST = 0.8  # share of paragraphs that make a page one that says them
_SHOWN = 3  # elements of a path
_SERIAL = re.compile(r"\d{3}")  # an id or class of one page alone
_STRUCTURE = frozenset(("article", "header", "main", "aside", "footer", "nav"))
_ALONE = _STRUCTURE | frozenset(("h1", "time", "marquee", "address"))
_TELLING = ("itemprop", "property", "rel", "data-testid", "data-component")
_DATES = "time, [itemprop=datePublished]"


def holding(soup: BeautifulSoup, article: Article, field: str) -> Iterator[Tag]:
    """The elements that hold a field's value, the likeliest first: for one text those that hold nothing else, for
    paragraphs and links the innermost around them all.
    """
    value = getattr(article, field)
    if field == "published":
        yield from islice(soup.select(_DATES), 6)
    elif field in ("headline", "summary", "section", "dateline"):
        yield from _saying(soup, getattr(value, "text", value))
    elif field == "body":
        texts = value[1:] or value  # a dateline was taken from the first
        some = {*texts[:: max(1, len(texts) // _SOME)], texts[-1]}
        yield from _around([_innermost(soup, text) for text in texts if text in some])
    elif field in LINKS:
        yield from _around(_anchors(soup, value))
    else:  # authors, tags
        yield from _around([next(_saying(soup, text), None) or _innermost(soup, text) for text in value])


def says(soup: BeautifulSoup, article: Article, field: str) -> bool:
    """Whether a page has an element with a field's value; of paragraphs and names the most of them, of dates any."""
    value = getattr(article, field)
    if isinstance(value, tuple):
        page = _bare(soup.get_text())
        return sum(_bare(text) in page for text in value) >= _MOST * len(value)
    return any(True for _ in holding(soup, article, field))


def _bare(text: str) -> str:
    return "".join(text.split())


def _saying(soup: BeautifulSoup, text: str) -> Iterator[Tag]:
    """The elements whose text is this one, of those inside each other the innermost."""
    wanted, seen = _bare(text), set()
    for string in soup.find_all(string=True):
        start = _bare(string) if type(string) is NavigableString else ""
        if not start or not wanted.startswith(start):
            continue
        for element in string.parents:
            said = _bare(element.get_text())
            if len(said) > len(wanted):
                break
            if said == wanted and element.name not in ("title", "script") and id(element) not in seen:
                seen.add(id(element))
                yield element
                break


def _innermost(soup: BeautifulSoup, text: str) -> Tag | None:
    """The innermost element that holds a text, with whatever else."""
    wanted, element = _bare(text), soup.body
    if element is None or wanted not in _bare(element.get_text()):
        return None
    while inside := next(
        (c for c in element.children if isinstance(c, Tag) and wanted in _bare(c.get_text())), None
    ):
        element = inside
    return element


def _anchors(soup: BeautifulSoup, links: Sequence[Link]) -> list[Tag | None]:
    """For each link the first with its text."""
    known: dict[str, Tag] = {}
    for anchor in soup.find_all("a"):
        known.setdefault(_bare(anchor.get_text()), anchor)
    return [known.get(_bare(link.text)) for link in links]


def _around(elements: Sequence[Tag | None]) -> Iterator[Tag]:
    """The innermost element around some; of one itself, too."""
    found = [element for element in elements if element is not None]
    if not found:
        return
    chains = [[element, *element.parents] for element in found]
    if len(found) == 1:
        yield found[0]
        chains = [chain[1:] for chain in chains]
    inside = [set(map(id, chain)) for chain in chains[1:]]
    yield from islice(
        (e for e in chains[0] if all(id(e) in ids for ids in inside) and e.name not in _WHOLE), 1
    )


_WHOLE = ("body", "html", "[document]")


def path_of(element: Tag) -> str:
    """Where an element stands, as a selector of it and those around it: ``main > article.story > h1.title``."""
    steps = []
    for one in [element, *element.parents][: _SHOWN + 4]:
        if one.name in _WHOLE:
            break
        steps.append(next(_named(one), one.name))
    shown = steps[:_SHOWN]
    return " > ".join([*([".."] if len(steps) > _SHOWN else []), *reversed(shown)])


def selectors(element: Tag, field: str) -> list[str]:
    """Selectors that find an element on pages like its own, the plainest first; for links of those inside it."""
    inside = " a" if field in LINKS and element.name != "a" else ""
    own = [*_named(element), *([element.name] if element.name in _ALONE else [])]
    found = [f"{one}{inside}" for one in own]
    for above in islice(element.parents, _ABOVE):
        if above.name in _WHOLE:
            break
        around = [*_named(above), *([above.name] if above.name in _STRUCTURE else [])]
        found += [f"{outer} {one}{inside}" for outer in around for one in [*own, element.name]]
    return list(dict.fromkeys(found))[:_MANY]


def _named(element: Tag) -> Iterator[str]:
    """What names an element beside its tag: its id, its classes, what it says that it is."""
    name, mark = element.name, element.get("id")
    if isinstance(mark, str) and mark and not _SERIAL.search(mark):
        yield f"#{soupsieve.escape(mark)}"
    classes = [f".{soupsieve.escape(c)}" for c in element.get("class") or () if not _SERIAL.search(c)]
    yield from (f"{name}{one}" for one in classes)
    if len(classes) > 1:
        yield f"{name}{''.join(classes)}"
    for key in _TELLING:
        said = element.get(key)
        if isinstance(said, str) and re.fullmatch(r"[\w:-]+", said):
            yield f'{name}[{key}="{said}"]'
