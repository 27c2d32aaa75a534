"""The splitter makes of the demo newspaper's pages what their content says."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import pytest

from newsspider import split_page
from newsspider.demo import expected, load_paper
from newsspider.demo.pages import page_at
from newsspider.demo.paper import EDITION
from newsspider.records import Article

BASE = "http://127.0.0.1:8765"
PAPER, LATE = load_paper(), load_paper(late=True)
FIELDS = (
    "kind",
    "headline",
    "kicker",
    "summary",
    "authors",
    "published",
    "modified",
    "dateline",
    "body",
    "asides",
    "ticker",
    "related",
    "section",
    "tags",
    "language",
    "image",
    "canonical_url",
)
# Pages on which a field does not come out as it should: no more than these.
SHORT = {"section": 5, "tags": 5}


@lru_cache(maxsize=1)
def pairs() -> dict[str, tuple[Article, Article]]:
    """What each story of the first edition, and each that is other in the late one, must come out as, and what it comes out
    as.
    """
    split = {}
    other = [story for story in LATE.stories if story != PAPER.by_slug.get(story.slug)]
    for paper, stories in ((PAPER, PAPER.stories), (LATE, other)):
        for story in stories:
            page = page_at(story.path, BASE, late=paper is LATE)
            assert page
            address, fetched = BASE + story.path, EDITION + timedelta(days=1)
            got = split_page(page.body, address, content_type=page.content_type, fetched_at=fetched)
            split[f"{story.slug} {paper.edition:%H}"] = (expected(paper, story, BASE), got)
    return split


@pytest.mark.parametrize("field", FIELDS)
def test_field(field):
    """Every field of every record is whole and exact."""
    wrong = [slug for slug, (want, got) in pairs().items() if getattr(want, field) != getattr(got, field)]
    assert len(wrong) <= SHORT.get(field, 0), wrong


def test_every_value_says_where_it_came_from():
    """No field that the splitter fills is without provenance."""
    fields = ("headline", "published", "body", "dateline", "ticker", "related", "section", "authors")
    silent = [
        (slug, field)
        for slug, (_, got) in pairs().items()
        for field in fields
        if getattr(got, field) and field not in got.provenance
    ]
    assert silent == []
