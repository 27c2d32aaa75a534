"""The demo newspaper's content has what a news site has, and reads as news."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

from newsspider.demo import expected, load_paper
from newsspider.demo.paper import EDITION, LANGUAGES, LATE_EDITION

PAPER, LATE = load_paper(), load_paper(late=True)
BASE = "http://127.0.0.1:8765"
RECORDS = {story.slug: expected(PAPER, story, BASE) for story in PAPER.stories}


def test_sections_and_languages():
    """Four sections, each in three languages; three systems of pages and a few old ones."""
    assert len({(story.section, story.language) for story in PAPER.stories}) == 12
    layouts = Counter(story.layout for story in PAPER.stories)
    assert set(layouts) == {"broadsheet", "magazine", "wire", "plain"}
    assert min(layouts.values()) >= 4


def test_stories_are_full_and_distinct():
    """Each has a text of its own: no two share a paragraph, none is thin."""
    paragraphs = [text for record in RECORDS.values() for text in record.body]
    assert len(set(paragraphs)) == len(paragraphs)
    assert len({record.headline for record in RECORDS.values()}) == len(PAPER.stories)
    assert all(len(record.body) >= 4 and sum(map(len, record.body)) > 450 for record in RECORDS.values())
    words = {slug: set(re.findall(r"\w{4,}", " ".join(record.body))) for slug, record in RECORDS.items()}
    alike = [
        (a, b) for a, b in combinations(words, 2) if len(words[a] & words[b]) > 0.3 * len(words[a] | words[b])
    ]
    assert alike == []


def test_every_story_was_filed_in_the_days_before_the_edition():
    """Published within a week, edited afterwards."""
    assert all(0 <= (EDITION - story.published).days <= 7 for story in PAPER.stories)
    edited = [story for story in PAPER.stories if story.modified]
    assert edited
    assert all(story.published < story.modified <= EDITION for story in edited)


def test_the_late_edition_is_other_in_all_languages():
    """In each language stories were edited, with a new date and without a word, and some are new; one moved, one went."""
    both = [(PAPER.by_slug[story.slug], story) for story in LATE.stories if story.slug in PAPER.by_slug]
    edited = [(old, new) for old, new in both if old != new]
    for language in LANGUAGES:
        mine = [(old, new) for old, new in edited if new.language == language]
        assert {old.modified == new.modified for old, new in mine} == {True, False}
        assert any(old.headline != new.headline for old, new in mine)
        new = [story for story in LATE.stories if story.language == language and story.published > EDITION]
        assert len(new) >= 2
        assert all(story.published < LATE_EDITION and len(story.blocks) >= 4 for story in new)
    assert all(new.modified > EDITION for old, new in edited if old.modified != new.modified)
    assert len(LATE.moved) == 1
    assert len(set(PAPER.by_path) - set(LATE.by_path) - set(LATE.moved)) == 1
    assert len(
        {block.text for story in LATE.stories for block in story.blocks if block.kind == "text"}
    ) == sum(block.kind == "text" for story in LATE.stories for block in story.blocks)


def test_datelines_are_of_many_forms_and_some_are_missing():
    """With and without date and agency, with several separators, in capitals or not; some have none."""
    filed = [story.dateline for story in PAPER.stories if story.dateline]
    assert {bool(line.date) for line in filed} == {bool(line.agency) for line in filed} == {True, False}
    assert {line.separator for line in filed} >= {" — ", " – ", " - ", ": ", "៖ "}
    assert all(line.text.startswith(line.place) and (line.agency or "") in line.text for line in filed)
    assert any(line.place.istitle() for line in filed)
    assert 1 <= sum(story.dateline is None for story in PAPER.stories) <= 8


def test_tickers_change_from_page_to_page():
    """Each page has six headlines of other stories; most pages have a strip of their own."""
    strips = [record.ticker for record in RECORDS.values()]
    assert all(len(strip) == 6 for strip in strips)
    assert len(set(strips)) > 60
    assert all(record.headline not in {entry.text for entry in record.ticker} for record in RECORDS.values())


def test_related_boxes_full_and_empty():
    """Boxes, lines in the text, and pages whose box is empty."""
    kinds = Counter(block.kind for story in PAPER.stories for block in story.blocks)
    assert kinds["also"] >= 8
    assert kinds["box"] >= 2
    assert any(not record.related for record in RECORDS.values())
    assert sum(len(record.related) > 1 for record in RECORDS.values()) > 40


def test_asides_bylines_and_tags():
    """Asides of four kinds; one author, two or none; zero-width spaces between Khmer words in some."""
    assert {aside.kind for r in RECORDS.values() for aside in r.asides} >= {
        "caption",
        "pullquote",
        "notice",
        "factbox",
    }
    assert {len(story.authors) for story in PAPER.stories} == {0, 1, 2}
    khmer = [record for record in RECORDS.values() if record.language == "km"]
    assert all(re.search(r"[\u1780-\u17ff]{8}", record.body[0].replace("\u200b", "")) for record in khmer)
    assert 3 <= sum("\u200b" in record.body[0] for record in khmer) < len(khmer)
    assert not any(
        re.search(r"\u200b[^\u1780-\u17ff]|[^\u1780-\u17ff]\u200b", " ".join(r.body)) for r in khmer
    )
