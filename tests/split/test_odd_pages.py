"""Pages that are odd or hostile: nothing raises, the article is found, what is none of it stays out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsspider.records import Article
from newsspider.split import split_page

URL = "https://paper.example/news/2026/1/budget-raised"
TITLE = "Budget raised by four percent"
HEADING = f"<h1>{TITLE}</h1>"
PARTS = [f"The council of the ward met on Monday and talked about the {n} part of the plan, said the chair." for n in
         ("first", "second", "third", "fourth", "fifth", "sixth")]  # fmt: skip
TEXT = "".join(f"<p>{part}</p>" for part in PARTS)
STORY = HEADING + TEXT
LONG = "".join(
    f"<p>These words, number {n} of them, are in a window that no reader sees, says the maker.</p>"
    for n in range(9)
)


def split(body: str, head: str = "", url: str | None = URL, title: str = TITLE) -> Article:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return split_page(page, url, fetched_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("url", [URL, None, "http://[bad"])
def test_addresses_that_are_none_cost_nothing(url: str | None) -> None:
    link = "<a href='http://[bad/'>A story with a headline that is quite long</a>"
    article = split(
        f"<marquee>{link}{link}</marquee>{STORY}{link}", "<meta property='og:url' content='http://[x'>", url
    )
    assert (article.kind, article.body, article.related) == ("article", tuple(PARTS), ())


@pytest.mark.parametrize(
    ("date", "kept"), [("9999-12-31T23:59:59-14:00", False), ("0001-01-01T00:00:00+14:00", False)]
)
def test_dates_beyond_time_are_refused(date: str, kept: bool) -> None:
    data = f'{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"{date}"}}'
    article = split(STORY, f'<script type="application/ld+json">{data}</script>')
    assert (article.published is not None) is kept


@pytest.mark.parametrize(
    "other",
    [
        f"<div style='display:none'>{LONG}</div>",
        f"<div hidden>{LONG}</div>",
        f"<dialog>{LONG}</dialog>",
        f"<footer>{LONG}</footer>",
        f"<div id=footer>{LONG}</div>",
        f"<section id=comments>{LONG}</section>",
        "<p>Related News</p><div></div>",
    ],
    ids=["style", "hidden", "dialog", "footer", "footer by name", "comments", "label"],
)
def test_what_is_not_shown_or_not_of_the_story_is_no_body(other: str) -> None:
    assert split(f"<article>{STORY}</article>{other}").body == tuple(PARTS)


def test_a_footer_longer_than_the_story_is_no_body() -> None:
    short = "The minister resigned on Tuesday, officials said."
    assert split(f"<article>{HEADING}<p>{short}</p></article><footer>{LONG}</footer>").body == (short,)


@pytest.mark.parametrize(
    "around",
    [
        "<app-root class='has-tooltips'>{}</app-root>",
        "<span class='tooltip-container'>{}</span>",
        "<svg><path>{}",
        "<math><mi>x{}",
        "<button>Menu<div>{}</div>",
        "<object>{}</object>",
        "<div style='display:none'>{}</div>",
    ],
)
def test_an_element_that_holds_the_whole_page_hides_none_of_it(around: str) -> None:
    article = split(around.format(STORY))
    assert (article.headline, article.body) == (TITLE, tuple(PARTS))


def test_a_body_that_a_script_reveals_is_read() -> None:
    article = split_page(f"<html><body style='display:none'>{STORY}</body></html>", URL)
    assert (article.headline, article.body) == (TITLE, tuple(PARTS))


@pytest.mark.parametrize("before", ["<div>" * 2100, "<i></i>" * 200_001], ids=["deep", "long"])
def test_a_page_that_was_not_read_to_its_end_says_so(before: str) -> None:
    assert split(before + STORY).flags == ("partial",)


def test_linked_headings_with_what_they_say_are_a_list() -> None:
    teasers = "".join(
        f"<h3><a href=/money/2026/{n}-a-story>A story of money, number {n}</a></h3><p>{part}</p>"
        for n, part in enumerate(PARTS * 3)
    )
    assert (
        split(f"<h1>Money</h1>{teasers}", url="https://paper.example/money/", title="Money").kind == "listing"
    )


def test_a_short_story_in_a_wide_script_is_an_article() -> None:
    article = split(
        "<h1>市长宣布新的预算方案</h1><p>市长星期一宣布了新的年度预算方案，增加百分之四。</p>",
        title="市长宣布新的预算方案",
    )
    assert article.kind == "article"
