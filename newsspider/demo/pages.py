"""The demo newspaper's pages: a path in, a page out, every address on it with the host that was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newsspider.demo.paper import EDITION, NAME, SECTIONS, Block, Paper, Story, load_paper

FOLDER = Path(__file__).parent
HTML, XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"
STATIC = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png"}
GONE = "/nation/details/977"  # named on a section page, taken down since
MOVED = "/commerce/details/940"  # an address of the paper's former system
MOVED_TO = "pepper-cooperative-kampot-first-auction"
SHAKY = "night-ferry-returns-to-kratie"  # its page answers 500 twice
DRAFT = "/drafts/2026/11/20/sunday-supplement-not-ready-yet"  # linked, but robots.txt forbids it
_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_FRENCH_GAPS = re.compile(r" (?=[:;?!»])|(?<=«) ")


@dataclass(frozen=True, slots=True)
class Page:
    """What is served at a path."""

    body: bytes
    content_type: str
    modified: datetime


@lru_cache(maxsize=512)
def page_at(path: str, base: str, *, late: bool = False) -> Page | None:
    """The page at a path of the site at ``base`` (scheme and host, no slash), in the first or the late edition; None where
    there is none.
    """
    paper = load_paper(late=late)
    story = paper.by_path.get(path)
    if story:
        text = _render(paper, f"{story.layout}.html", base, **_around(paper, story), story=story)
        return Page(text.encode(), HTML, story.modified or story.published)
    if path in _FIXED:
        template, content_type = _FIXED[path]
        return Page(_render(paper, template, base).encode(), content_type, paper.edition)
    if path.startswith("/static/"):
        return _static(path.removeprefix("/static/"))
    listed = _listed(paper, path)
    if listed is None:
        return None
    title, stories = listed
    text = _render(paper, "listing.html", base, title=title, stories=stories, path=path)
    return Page(text.encode(), HTML, paper.edition)


_FIXED = {
    "/robots.txt": ("robots.txt", "text/plain; charset=utf-8"),
    "/feed.xml": ("feed.xml", "application/rss+xml; charset=utf-8"),
    "/sitemap.xml": ("sitemap.xml", XML),
    "/sitemap-stories.xml": ("sitemap-stories.xml", XML),
    "/news-sitemap.xml": ("news-sitemap.xml", XML),
    "/about": ("about.html", HTML),
    DRAFT: ("draft.html", HTML),
}


def slugged(name: str) -> str:
    """A name as it stands in an address."""
    return re.sub(r"[\s’_]+", "-", name.lower()).strip("-")


def _listed(paper: Paper, path: str) -> tuple[str, list[Story]] | None:
    """Title and stories of a page that lists stories: home, sections, tags, authors."""
    stories = paper.stories
    if path == "/":
        return NAME, list(stories[:24])
    kind, _, name = path.strip("/").rpartition("/")
    if not kind and name in SECTIONS:
        return SECTIONS[name], [story for story in stories if story.section == name]
    if kind in ("tag", "author"):
        names = {story.id: story.tags if kind == "tag" else story.authors for story in stories}
        titles = {slugged(word): word for words in names.values() for word in words}
        if name in titles:
            return titles[name], [story for story in stories if titles[name] in names[story.id]]
    return None


def _static(name: str) -> Page | None:
    file = FOLDER / "static" / name
    if "/" in name or file.suffix not in STATIC or not file.is_file():
        return None
    return Page(file.read_bytes(), STATIC[file.suffix], EDITION)


# ---- rendering ----
def _around(paper: Paper, story: Story) -> dict[str, Any]:
    return {
        "ticker": paper.ticker(story),
        "related": paper.related(story),
        "most_read": paper.most_read(story.language),
        "first_text": next(block for block in story.blocks if block.kind == "text"),
        "article_authors": [{"@type": "Person", "name": author} for author in story.authors],
    }


def _render(paper: Paper, template: str, base: str, **values: Any) -> str:
    story = values.get("story")
    return (
        _templates()
        .get_template(template)
        .render(
            {
                "base": base,
                "paper": paper,
                "name": NAME,
                "sections": SECTIONS,
                "edition": paper.edition,
                "words": paper.words[story.language if story else "en"],
                "language": story.language if story else "en",
                "gone": GONE,
                "moved": MOVED,
                "moved_to": paper.by_slug[MOVED_TO],
                "draft_path": DRAFT,
                "recent": [
                    other for other in paper.stories if other.published > paper.edition - timedelta(days=2)
                ],
                **values,
            }
        )
    )


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "rfc822": format_datetime,
        "iso": datetime.isoformat,
        "words_date": _words_date,
        "slugged": slugged,
        "typeset": _typeset,
        "runs": _runs,
    }
    environment.filters.update(filters)
    return environment


def _words_date(moment: datetime, words: dict[str, Any], language: str) -> str:
    """A date in words, as the paper prints it in that language."""
    text: str = words["date"].format(
        weekday=words["weekdays"][moment.weekday()],
        month=words["months"][moment.month - 1],
        day=moment.day,
        year=moment.year,
        hour=f"{moment:%H}" if language == "km" else moment.hour,
        minute=f"{moment:%M}",
        hour12=moment.hour % 12 or 12,
        half="AM" if moment.hour < 12 else "PM",
    )
    return text.translate(_KHMER_DIGITS) if language == "km" else text


def _typeset(text: str, language: str) -> str:
    """French has a no-break space before its high marks and inside its quotation marks."""
    return _FRENCH_GAPS.sub("\u00a0", text) if language == "fr" else text


def _runs(blocks: Iterable[Block]) -> list[tuple[str, list[Block]]]:
    """Blocks in runs: list items and rows that follow each other stand in one list or table."""
    runs: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if runs and block.kind in ("item", "row") and runs[-1][0] == block.kind:
            runs[-1][1].append(block)
        else:
            runs.append((block.kind, [block]))
    return runs
