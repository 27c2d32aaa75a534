"""What the splitter must make of the paper's pages: the record of a story, told from its content alone."""

from __future__ import annotations

from datetime import datetime

from newsspider.demo.paper import SECTIONS, Paper, Story
from newsspider.records import Article, Aside, Dateline, Link

_BODY = frozenset({"text", "heading", "quote", "item", "row"})
_ASIDES = {"pull": "pullquote", "photo": "caption", "note": "notice", "fact": "factbox"}


def expected(paper: Paper, story: Story, base: str) -> Article:
    """The record of a story's page on the site at ``base`` (``http://127.0.0.1:8765``).

    Provenance and version are left out. Times have the zone of Phnom Penh, except on pages of the layout
    ``plain``, which print none.
    """
    zoned = story.layout != "plain"
    filed = story.dateline
    return Article(
        url=base + story.path,
        canonical_url=base + story.path,
        kind="article",
        headline=story.headline,
        kicker=story.kicker,
        summary=story.summary,
        authors=story.authors,
        published=_time(story, story.published),
        modified=_time(story, story.modified),
        dateline=Dateline(filed.text, filed.place, filed.date, filed.agency) if filed else None,
        body=tuple(block.plain for block in story.blocks if block.kind in _BODY),
        asides=_asides(story),
        ticker=tuple(_link(other, base if zoned else None) for other in paper.ticker(story)),
        related=_related(paper, story, base),
        section=SECTIONS[story.section],
        tags=story.tags,
        language=story.language,
        image=f"{base}/static/{story.image}" if story.image else None,
    )


def _time(story: Story, moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return (moment.replace(tzinfo=None) if story.layout == "plain" else moment).isoformat()


def _asides(story: Story) -> tuple[Aside, ...]:
    asides, after = [], 0
    for block in story.blocks:
        if block.kind in _BODY:
            after += 1
        elif block.kind in _ASIDES:
            asides.append(Aside(_ASIDES[block.kind], " ".join(block.plain.split()), after))
    return tuple(asides)


def _related(paper: Paper, story: Story, base: str) -> tuple[Link, ...]:
    inside = [paper.by_slug[slug] for block in story.blocks for slug in block.slugs]
    return tuple(dict.fromkeys(_link(other, base) for other in [*inside, *paper.related(story)]))


def _link(story: Story, base: str | None) -> Link:
    return Link(story.headline, base + story.path if base else None)
