"""The newspaper's content, read from ``content/``: the stories of each language, and the words around them.

It has two editions: the first, and the late one of the same evening (``late.toml``), in which stories were edited, moved,
taken down and added.

A story's text is written in blocks with a blank line between them. A block's first characters say what it is:

    ## a subheading      > a quotation        - an item of a list   | a row | of a table
    !pull  pull quote    !photo  caption      !note  notice         !fact  fact box: title, lines
    !also  slug          !box   slug slug ..  anything else: a paragraph

``[words](slug)`` in a paragraph is a link to another story.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("en", "fr", "km")
SECTIONS = {"nation": "Nation", "commerce": "Commerce", "culture": "Culture", "sport": "Sport"}
NAME = "The Mekong Lantern"
ZONE = timezone(timedelta(hours=7))  # Asia/Phnom_Penh, which knows no summer time
EDITION = datetime(2026, 11, 20, 18, 0, tzinfo=ZONE)  # the evening on which the paper stands still
LATE_EDITION = datetime(2026, 11, 20, 22, 0, tzinfo=ZONE)
_MARKS = {"## ": "heading", "> ": "quote", "- ": "item", "| ": "row"}
_LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a story: its kind, its text, and the stories that it links to (slugs)."""

    kind: str
    text: str
    slugs: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The text as a reader sees it, without the marks of links."""
        return _LINK.sub(r"\1", self.text)

    @property
    def pieces(self) -> list[tuple[str, str | None]]:
        """The text cut at its links: (words, slug or None)."""
        parts = _LINK.split(self.text)
        pieces: list[tuple[str, str | None]] = [(parts[0], None)]
        for n in range(1, len(parts), 3):
            pieces += [(parts[n], parts[n + 1]), (parts[n + 2], None)]
        return pieces


@dataclass(frozen=True, slots=True)
class Filed:
    """A dateline as it is printed: its text, the separator behind it, and what it says."""

    text: str
    separator: str
    place: str
    date: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One article of the paper. Times are of Phnom Penh."""

    id: int
    slug: str
    language: str
    section: str  # a key of SECTIONS
    headline: str
    published: datetime
    blocks: tuple[Block, ...]
    modified: datetime | None = None
    summary: str | None = None
    kicker: str | None = None
    authors: tuple[str, ...] = ()
    dateline: Filed | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    # broadsheet (JSON-LD), magazine (microdata), wire (meta tags), plain (nothing but what a reader sees)
    layout: str = "broadsheet"

    @property
    def path(self) -> str:
        """The path of its page; the three systems that the paper has used number their pages differently."""
        if self.layout == "broadsheet":
            return f"/{self.section}/{self.published:%Y/%m/%d}/{self.slug}"
        if self.layout == "magazine":
            return f"/{self.section}/{self.slug}-{self.id}.html"
        return f"/{self.section}/details/{self.id}"


@dataclass(frozen=True, slots=True)
class Paper:
    """All stories of an edition, newest first, and what the pages show of their neighbours."""

    edition: datetime
    stories: tuple[Story, ...]
    words: dict[str, dict[str, Any]]
    moved: dict[str, str] = field(
        default_factory=dict
    )  # paths of an earlier edition, and where they lead now
    by_slug: dict[str, Story] = field(default_factory=dict)
    by_path: dict[str, Story] = field(default_factory=dict)

    def ticker(self, story: Story) -> tuple[Story, ...]:
        """What ran over the page when it came out: six headlines of its language, the newest before it."""
        same = [other for other in self.stories if other.language == story.language and other is not story]
        before = [other for other in same if other.published <= story.published]
        return tuple([*before, *(other for other in same if other not in before)][:6])

    def related(self, story: Story) -> tuple[Story, ...]:
        """Up to three stories of its language that share a tag, those that share most first."""
        shared = {
            other.slug: len(set(story.tags) & set(other.tags))
            for other in self.stories
            if other.language == story.language and other is not story
        }
        near = sorted((slug for slug in shared if shared[slug]), key=lambda slug: -shared[slug])
        return tuple(self.by_slug[slug] for slug in near[:3])

    def most_read(self, language: str) -> tuple[Story, ...]:
        """Five stories of a language, the same on each of its pages: older ones, which were read for longest."""
        return tuple(story for story in self.stories if story.language == language)[-10::2]


def load_paper(*, late: bool = False) -> Paper:
    """The whole paper in its first or its late edition, read once."""
    return _late() if late else _first()


@lru_cache(maxsize=1)
def _first() -> Paper:
    return _paper(EDITION, [_story(*told) for told in _told()])


@lru_cache(maxsize=1)
def _late() -> Paper:
    news = tomllib.loads((CONTENT / "late.toml").read_text("utf-8"))
    edits = {table["slug"]: table for table in news["edit"]}
    stories, moved = [], {}
    for number, language, table in _told():
        edit = edits.get(table["slug"], {})
        if edit.get("gone"):
            continue
        stories.append(_story(number, language, _edited(table, edit)))
        if "slug_now" in edit:
            moved[_first().by_slug[table["slug"]].path] = stories[-1].path
    stories += [_story(8000 + n, table["language"], table) for n, table in enumerate(news["story"], 1)]
    return _paper(LATE_EDITION, stories, moved)


def _told() -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The stories of the first edition as they are written: number, language, table."""
    for number, language in enumerate(LANGUAGES, 1):
        tables = tomllib.loads((CONTENT / f"{language}.toml").read_text("utf-8"))["story"]
        yield from (((number + 4) * 1000 + n, language, table) for n, table in enumerate(tables, 1))


def _paper(edition: datetime, stories: list[Story], moved: dict[str, str] | None = None) -> Paper:
    stories.sort(key=lambda story: (story.published, story.id), reverse=True)
    words = tomllib.loads((CONTENT / "words.toml").read_text("utf-8"))
    by_slug, by_path = {s.slug: s for s in stories}, {s.path: s for s in stories}
    return Paper(edition, tuple(stories), words, moved or {}, by_slug, by_path)


def _edited(table: dict[str, Any], edit: dict[str, Any]) -> dict[str, Any]:
    """A story's table as an edit leaves it. Raises ``ValueError`` where the words that it changes are not there."""
    text = table["text"]
    for before, now in edit.get("texts", ()):
        if text.count(before) != 1:
            raise ValueError(f"{table['slug']}: {before!r} does not stand there once")
        text = text.replace(before, now)
    if "more" in edit:
        text = f"{text.rstrip()}\n\n{edit['more']}"
    other = {name: edit[name] for name in ("headline", "summary", "modified") if name in edit}
    return table | other | {"slug": edit.get("slug_now", table["slug"]), "text": text}


def _story(number: int, language: str, table: dict[str, Any]) -> Story:
    section = table["section"]
    return Story(
        id=number,
        slug=table["slug"],
        language=language,
        section=section,
        headline=table["headline"],
        published=_moment(table["published"]),
        modified=_moment(table["modified"]) if "modified" in table else None,
        summary=table.get("summary"),
        kicker=table.get("kicker"),
        authors=tuple(table.get("by", ())),
        dateline=_filed(table["dateline"]) if "dateline" in table else None,
        tags=tuple(table.get("tags", ())),
        image=table.get("image"),
        layout=table.get("layout") or _usual_layout(language, section),
        blocks=tuple(
            block for text in table["text"].strip().split("\n\n") for block in _blocks(text.strip())
        ),
    )


def _filed(parts: Sequence[str]) -> Filed:
    text, separator, place, *rest = parts
    date, agency, *_ = [*(part or None for part in rest), None, None]
    return Filed(text, separator, place, date, agency)


def _usual_layout(language: str, section: str) -> str:
    if section == "culture":
        return "magazine"
    return "wire" if language == "km" or section == "sport" else "broadsheet"


def _moment(local: datetime) -> datetime:
    return local.replace(tzinfo=ZONE)


def _blocks(text: str) -> list[Block]:
    """A piece of a story's text read by its first characters; items and rows stand one on a line."""
    for mark, kind in _MARKS.items():
        if text.startswith(mark):
            return [Block(kind, line.removeprefix(mark)) for line in text.splitlines()]
    if not text.startswith("!"):
        return [Block("text", text)]
    kind, _, rest = text[1:].partition(" ")
    return [Block(kind, "", tuple(rest.split())) if kind in ("also", "box") else Block(kind, rest)]
