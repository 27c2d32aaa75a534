"""Articles whose text waits for a script: in noscript, templates, JSON-LD, the state of an application."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from newsspider.split import split_page

HEADLINE = "Ferry fares fall by a tenth"
STORY = [
    f"In paragraph {n} of this invented story the harbour council speaks again, at some length."
    for n in "abcdef"
]
MARKED = "".join(f"<p>{text}</p>" for text in STORY)
TEASER = f"<p>{STORY[0]}</p>"
OTHER = {"title": "Another story", "body": "<p>The other story has a text, too.</p>" * 40}


def page(inside: str, script: str = "") -> str:
    return f"<html><title>{HEADLINE}</title><body><article><h1>{HEADLINE}</h1>{inside}</article>{script}</body></html>"


def state(value: Any, form: str = '<script type="application/json">{}</script>') -> str:
    return page(TEASER, form.replace("{}", json.dumps(value)))


@pytest.mark.parametrize(
    "store",
    ["<noscript>{}</noscript>", "<template id=t>{}</template>", "<script type='text/template'>{}</script>"],
)
def test_text_that_waits_for_a_script_is_read(store: str) -> None:
    article = split_page(page(store.replace("{}", MARKED)))
    assert list(article.body) == STORY
    assert article.kind == "article"


@pytest.mark.parametrize("text", [MARKED, "\n\n".join(STORY)], ids=["markup", "lines"])
def test_the_body_of_json_ld_is_taken_where_the_page_shows_a_teaser(text: str) -> None:
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": text}
    article = split_page(page(TEASER, f"<script type='application/ld+json'>{json.dumps(data)}</script>"))
    assert list(article.body) == STORY
    assert article.provenance["body"] == "json-ld"


def test_json_ld_does_not_go_before_a_body_that_the_page_shows() -> None:
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "Words that the page has not. " * 90}
    article = split_page(page(MARKED, f"<script type='application/ld+json'>{json.dumps(data)}</script>"))
    assert list(article.body) == STORY


TREE = [{"type": "paragraph", "children": [{"text": text[:20]}, {"text": text[20:]}]} for text in STORY]
PARTS = [
    {"type": "image", "caption": "No text of it"},
    *({"type": "text", "content": f"<p>{t}</p>"} for t in STORY),
]


@pytest.mark.parametrize(
    "story",
    [
        {"title": HEADLINE, "body": MARKED},
        {"title": HEADLINE, "paragraphs": STORY},
        {"heading": HEADLINE, "content": {"blocks": TREE}},
        {"headlines": {"basic": HEADLINE}, "content_elements": PARTS},
        {"title": HEADLINE, "text": "\n".join(STORY), "teaser": STORY[0]},
    ],
    ids=["markup", "list", "tree", "elements", "lines"],
)
@pytest.mark.parametrize(
    "form",
    [
        '<script id="__NEXT_DATA__" type="application/json">{}</script>',
        "<script>window.__STATE__ = {};</script>",
        "<script>\nvar more = 1;\nwindow.app = window.app || {};\nwindow.app.content={}</script>".replace(
            "|| {}", "|| []"
        ),
    ],
    ids=["json", "assigned", "second"],
)
def test_the_state_of_an_application_is_read_for_the_story_of_the_headline(story: Any, form: str) -> None:
    article = split_page(state({"props": {"stories": [OTHER, story]}}, form))
    assert list(article.body) == STORY


def test_state_in_a_string_is_read() -> None:
    written = json.dumps(json.dumps({"story": {"title": HEADLINE, "body": MARKED}}))
    assert list(split_page(page(TEASER, f"<script>window.s = JSON.parse({written})</script>")).body) == STORY


def test_the_state_of_other_stories_is_left_alone() -> None:
    assert list(split_page(state({"stories": [OTHER]})).body) == STORY[:1]


def test_broken_and_huge_states_take_linear_time() -> None:
    broken = '<script>window.s = {"title": "' + "[{" * 200_000 + "</script>"
    many = "<script>a = {" * 3000
    deep = state({"title": HEADLINE}, "<script>s = {}</script>").replace(
        '{"title"', '{"a":' * 900 + '{"title"'
    )
    begun = time.process_time()
    for odd in (broken, many, deep, page("<noscript>" * 20_000), page("<template>" * 20_000)):
        split_page(page(TEASER, odd))
    assert time.process_time() - begun < 20
