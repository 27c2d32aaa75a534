"""Stories made from a language's sentence pieces: seeded, so that each is another one and always the same."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

LANGUAGES = Path(__file__).with_name("languages")
BODY = frozenset({"text", "heading", "quote", "item", "row"})
ASIDES = {"caption": "caption", "pull": "pullquote", "post": "post", "notice": "notice", "fact": "factbox"}
UNSPACED = frozenset({"zh", "ja"})  # no blank between sentences
WORDLESS = UNSPACED | {"th", "km"}  # nor between words
_SLUGS = (
    "ferry harbour bench umbrella bus lighthouse bakery hedgehog market quay crane bridge rain band".split()
)


@dataclass(frozen=True, slots=True)
class Link:
    """A headline of another story and its address on the site."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a story. ``link``: of an "also read" line, or of words within a paragraph, whose ``pieces`` are what
    stands before, inside and after it. ``time``: of an entry of a live blog.
    """

    kind: str
    text: str
    link: Link | None = None
    pieces: tuple[str, str, str] | None = None
    lines: tuple[str, ...] = ()
    time: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A dateline as it is printed, what separates it from the text, and its parts."""

    text: str
    mark: str
    place: str
    dated: bool


@dataclass(slots=True)
class Story:
    """All that a page can say of a story; a kind of page leaves away what such pages lack."""

    language: str
    number: int
    slug: str
    headline: str
    kicker: str
    summary: str
    people: list[str]
    published: datetime
    dateline: Filed | None
    section: str
    tags: list[str]
    blocks: list[Block] = field(default_factory=list)
    ticker: list[Link] = field(default_factory=list)
    related: list[Link] = field(default_factory=list)
    neighbours: list[Link] = field(default_factory=list)  # the story before and after it on the site
    mostread: list[Link] = field(default_factory=list)
    latest: list[Link] = field(default_factory=list)
    changed: timedelta = timedelta(hours=2, minutes=10)  # from its publication to its last change

    @property
    def modified(self) -> datetime:
        return self.published + self.changed

    @property
    def runs(self) -> list[tuple[str, list[Block]]]:
        """The blocks, with neighbours of one kind together: items of a list, rows of a table."""
        return [(kind, list(blocks)) for kind, blocks in groupby(self.blocks, lambda block: block.kind)]


@cache
def language(code: str) -> dict[str, Any]:
    """A language's pieces: texts of several lines are lists of lines."""
    pieces = tomllib.loads((LANGUAGES / f"{code}.toml").read_text("utf-8"))
    return {
        key: value.strip().split("\n") if isinstance(value, str) and "\n" in value else value
        for key, value in pieces.items()
    }


def digits(code: str, text: str) -> str:
    """Text with the digits that the language's papers print."""
    own = language(code).get("digits")
    return text.translate(str.maketrans("0123456789", own)) if own else text


def printed_time(code: str, moment: datetime) -> str:
    """A moment as the language's papers print it."""
    text = language(code)["date"].format(
        d=moment.day, t=f"{moment:%H:%M}", h=f"{moment:%H}", m=f"{moment:%M}", jalali=moment.day + 9
    )
    return digits(code, text)


class Writer:
    """Makes the texts of one page."""

    def __init__(self, code: str, seed: str, path: str) -> None:
        self.code, self.path = code, path
        self.pieces = language(code)
        self.random = Random(f"{seed}/{code}")
        self._deck: list[str] = []
        self._told: set[str] = set()
        people = self.random.sample(self.pieces["people"], len(self.pieces["people"]))
        self.authors, self.others = people[:2], people[2:]

    def fill(self, text: str) -> str:
        """A piece with its number, person and body filled in."""
        number = digits(self.code, str(self.random.randint(3, 98)))
        return text.format(
            n=number, x=self.random.choice(self.others), o=self.random.choice(self.pieces["orgs"])
        )

    def new(self, texts: Sequence[str]) -> str:
        """A filled piece that the page has not had yet."""
        while (text := self.fill(self.random.choice(texts))) in self._told:
            pass
        self._told.add(text)
        return text

    def sentence(self) -> str:
        if not self._deck:
            self._deck = self.random.sample(self.pieces["sentences"], len(self.pieces["sentences"]))
        return self.new([self._deck.pop()])

    def paragraph(self, sentences: int) -> str:
        return ("" if self.code in UNSPACED else " ").join(self.sentence() for _ in range(sentences))

    def link(self) -> Link:
        number, slug = self._name()
        return Link(
            self.new(self.pieces["headlines"]), self.path.format(id=number, slug=slug, day=number % 9 + 10)
        )

    def links(self, count: int) -> list[Link]:
        return [self.link() for _ in range(count)]

    def _name(self) -> tuple[int, str]:
        return self.random.randint(100_000, 999_999), "-".join(self.random.sample(_SLUGS, 4))

    def filed(self, day: int) -> Filed | None:
        """One of the datelines of the language's agencies, or none where its papers print none."""
        form, mark, _ = self.random.choice(self.pieces["datelines"])
        if not form:
            return None
        place = self.random.choice(self.pieces["places"])
        capitals = (place.replace("i", "İ") if self.code == "tr" else place).upper()
        text = digits(self.code, form.format(p=place, P=capitals, d=day))
        return Filed(text, mark, capitals if "{P}" in form else place, "{d}" in form)

    def story(self, extras: Collection[str], paragraphs: tuple[int, int], filed: bool = True) -> Story:
        """A story with these kinds of blocks beside its paragraphs; ``filed``: with a dateline if there is one."""
        number, slug = self._name()
        published = datetime.fromisoformat(
            f"2026-11-{self.random.randint(10, 20)}T00:00{self.pieces['zone']}"
        )
        story = Story(
            language=self.code,
            number=number,
            slug=slug,
            headline=self.new(self.pieces["headlines"]),
            kicker=self.random.choice(self.pieces["kickers"]),
            summary=self.new(self.pieces["summaries"]),
            people=self.authors[: self.random.choice([1, 1, 2])],
            published=published + timedelta(minutes=self.random.randint(6 * 60, 20 * 60)),
            dateline=self.filed(published.day) if filed else None,
            section=self.random.choice(self.pieces["sections"]),
            tags=self.random.sample(self.pieces["tags"], 3),
            ticker=self.links(4),
            related=self.links(3),
            neighbours=self.links(2),
            mostread=self.links(5),
            latest=self.links(5),
        )
        texts = [self.paragraph(2)] + [
            self.paragraph(self.random.choice([1, 2, 2, 3]))
            for _ in range(1, self.random.randint(*paragraphs))
        ]
        story.blocks = list(self._live(texts) if "entry" in extras else self._set(texts, extras))
        return story

    def _set(self, texts: Sequence[str], extras: Collection[str]) -> Iterator[Block]:
        """The paragraphs, with what the kind of page has spread between them, from behind the second on."""
        between = [name for name in _ORDER if name in extras]
        room = max(1, len(texts) - 2)
        places = [1 + number * room // len(between) for number in range(len(between))]
        if "caption" in extras:
            yield from self._extra("caption")
        for number, text in enumerate(texts):
            yield self._linked(text) if number == 2 and "prose" in extras else Block("text", text)
            for name, place in zip(between, places, strict=True):
                if place == number:
                    yield from self._extra(name)
        if "notice" in extras:
            yield from self._extra("notice")

    def _linked(self, text: str) -> Block:
        """A paragraph with a link on some of its words."""
        blank = "" if self.code in WORDLESS else " "
        words = list(text) if not blank else text.split(" ")
        before, inside, after = (blank.join(part) for part in (words[:4], words[4:8], words[8:]))
        return Block("text", text, self.link(), (before + blank, inside, blank + after))

    def _extra(self, name: str) -> Iterator[Block]:
        pieces, fill = self.pieces, self.fill
        if name in ("item", "row"):
            for text in pieces[name + "s"]:
                yield Block(name, fill(text))
        elif name in ("heading", "heading2"):
            yield Block("heading", pieces["subheads"][name == "heading2"])
        elif name == "caption":
            yield Block(
                "caption",
                f"{pieces['caption']} {pieces['credit']}",
                lines=(pieces["caption"], pieces["credit"]),
            )
        elif name == "fact":
            lines = tuple(map(fill, pieces["fact"]))
            yield Block("fact", " ".join(lines), lines=lines)
        elif name == "also":
            yield Block("also", pieces["label"]["also"], self.link())
        elif name in ("advert", "letter"):
            yield Block(name, pieces["label"][name])
        else:
            yield Block(name, fill(pieces[name]))

    def _live(self, texts: Sequence[str]) -> Iterator[Block]:
        """A first paragraph and entries, the newest first."""
        yield Block("text", texts[0])
        for number, text in enumerate(texts[1:]):
            yield Block(
                "heading",
                self.new(self.pieces["headlines"]),
                time=f"{19 - number}:{self.random.randint(10, 59)}",
            )
            yield Block("text", text)
            if number % 2:
                yield Block("text", self.paragraph(1))


_ORDER = ("also", "heading", "advert", "quote", "pull", "item", "letter", "fact", "heading2", "row", "post")
