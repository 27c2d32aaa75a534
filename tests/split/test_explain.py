"""Why a page was split as it was."""

from __future__ import annotations

from newsspider.source import Layout
from newsspider.split import split_page
from newsspider.split.explain import Explanation, explain_page

STORY = [
    f"In paragraph {n} of this invented story the harbour council speaks again, at some length."
    for n in "abcdef"
]
PAGE = f"""<html><head><title>Ferry fares fall by a tenth</title></head><body>
<div class="breaking-news"><a href="/n/night-market-vote-2">Three wards vote on the new night market</a>
<a href="/n/bridge-opens-again-3">The bridge over the harbour opens again</a></div>
<ul class="menu"><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul>
<article><h1>Ferry fares fall by a tenth</h1><figure><img src="a.jpg"><figcaption>The ferry at noon</figcaption></figure>
{"".join(f"<p>{text}</p>" for text in STORY)}<p>Also read: <a href="/n/fares-2019-story">What the fares were in 2019</a></p>
<p style="display:none">A paragraph of this story that nobody is shown, though it is a long one.</p></article>
<footer>All rights reserved by nobody</footer></body></html>"""


def told(page: str) -> tuple[Explanation, dict[str, tuple[str | None, str]]]:
    explained = explain_page(page, "https://paper.example/n/ferry-fares-1")
    return explained, {block.text: (block.part, block.why) for block in explained.blocks}


def test_the_record_is_the_one_that_splitting_gives() -> None:
    assert told(PAGE)[0].article == split_page(PAGE, "https://paper.example/n/ferry-fares-1")


def test_each_block_has_the_part_that_it_went_to() -> None:
    parts = {text: part for text, (part, _) in told(PAGE)[1].items()}
    assert [parts[text] for text in STORY] == ["body"] * 6
    assert parts["Ferry fares fall by a tenth"] == "headline"
    assert parts["The ferry at noon"] == "aside: caption"
    assert parts["Also read: What the fares were in 2019"] == "related"
    assert parts["Home"] is None


def test_a_rule_that_decided_is_named() -> None:
    _, blocks = told(PAGE)
    assert blocks["Also read: What the fares were in 2019"][1] == 'a line such as "Also read"'
    hidden = next(why for text, (_, why) in blocks.items() if text.startswith("A paragraph"))
    assert hidden == "hidden"
    assert {why for part, why in blocks.values() if part == "ticker"} == {"marked up as a ticker"}


def test_fields_say_where_they_came_from() -> None:
    fields = {field.name: field for field in told(PAGE)[0].fields}
    assert (fields["headline"].value, fields["headline"].source) == ("Ferry fares fall by a tenth", "html")
    assert fields["body"].value.startswith("6 of them")


def test_a_selector_that_finds_nothing_is_named() -> None:
    layout = Layout(selectors={"headline": "h1", "kicker": ".none"})
    fields = explain_page(PAGE, layouts=[layout]).fields
    assert {field.name: field.source for field in fields}["headline"] == "layout"
    assert fields[-1].value == "kicker = '.none' finds nothing on this page"


def test_a_robot_check_is_explained_as_one() -> None:
    explained, _ = told("<title>Just a moment...</title><h1>Checking your browser before accessing</h1>")
    assert explained.article.flags == ("blocked",)
    assert {block.part for block in explained.blocks} == {None}


def test_the_lines_of_a_text_page_are_explained_too() -> None:
    _, lines = told(f"A headline in plain text\n\nPHNOM PENH, May 18: {STORY[0]}\n\n{STORY[1]}\n")
    assert [part for part, _ in lines.values()] == ["headline", "body", "body"]


def test_an_empty_page_has_nothing_to_explain() -> None:
    assert told("<html></html>")[0].blocks == ()


def test_what_a_layout_found_is_told_where_it_stands() -> None:
    layout = Layout(selectors={"ticker": "ul.menu a", "headline": "h1"})
    blocks = {block.text: (block.part, block.why) for block in explain_page(PAGE, layouts=[layout]).blocks}
    assert blocks["Home"] == ("ticker", "the layout's selector")
    assert blocks["Ferry fares fall by a tenth"] == ("headline", "the layout's selector")


def test_lines_of_authors_and_dates_say_so_and_a_story_in_two_parts_is_told_in_both() -> None:
    again = '<h3>Related</h3><ul><li><a href="/n/bridge-opens-again-3">Once more: the bridge opens</a></ul></article>'
    page = PAGE.replace("<figure>", "<p>By Anna Lee</p><p>1 November 2026 10:00</p><figure>").replace(
        "</article>", again
    )
    parts = {text: part for text, (part, _) in told(page)[1].items()}
    assert (parts["By Anna Lee"], parts["1 November 2026 10:00"]) == ("authors", "published")
    tickers = next(part for text, part in parts.items() if text.startswith("Three wards"))
    assert (tickers, parts["Once more: the bridge opens"]) == ("ticker", "related")
