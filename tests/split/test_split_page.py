"""A page in, a record out: the parts together."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsspider.records import Link
from newsspider.source import Layout
from newsspider.split import split_page

TICKER = ["Ferry fares will fall by a tenth from Monday", "Three wards vote on the new night market"]
HEADLINE = "Old Bridge Reopens After Two Years: Harbour Council Thanks Its Engineers"
LEAD = "The bridge over the lower harbour was opened to traffic again on Saturday, said the council, two years late."
MORE = "Engineers replaced all forty beams and laid a path for bicycles, which the wards had asked for since 2019."
TEXT = f"{' | '.join(TICKER)} |\n\n{HEADLINE}\n\nPHNOM PENH May 18, 2024: {LEAD}\n\n{MORE}\n\n\nRelated News"
HTML = (
    f"<html><head><title>{HEADLINE}</title></head><body><marquee>{' | '.join(TICKER)} |</marquee><div class=content>"
    f"<h3>{HEADLINE}</h3><p>PHNOM PENH May 18, 2024: {LEAD}</p><p>{MORE}</p></div><h4>Related News</h4><ul></ul></body></html>"
)


@pytest.mark.parametrize("page", [TEXT, HTML], ids=["text", "html"])
def test_a_story_gives_the_same_record_as_text_and_as_html(page: str) -> None:
    article = split_page(page)
    assert article.headline == HEADLINE
    assert article.dateline is not None
    assert (article.dateline.text, article.dateline.place, article.dateline.date) == (
        "PHNOM PENH May 18, 2024",
        "PHNOM PENH",
        "2024-05-18",
    )
    assert article.body == (LEAD, MORE)
    assert article.ticker == tuple(Link(text) for text in TICKER)
    assert article.related == ()
    assert (article.kind, article.language) == ("article", "en")


def test_also_read_lines_leave_the_body_and_become_related_links() -> None:
    line = '<p><strong>Also read:</strong> <a href="/2026/ferry">Ferry fares will fall by a tenth from Monday</a></p>'
    article = split_page(HTML.replace(f"<p>{MORE}", f"{line}<p>{MORE}"), "https://paper.example/2026/bridge")
    assert article.body == (LEAD, MORE)
    assert article.related == (
        Link("Ferry fares will fall by a tenth from Monday", "https://paper.example/2026/ferry"),
    )


def test_rows_of_a_table_are_paragraphs() -> None:
    rows = "".join(f"<tr><td>Ward {n}</td><td>{n * 12} beams</td></tr>" for n in range(1, 4))
    article = split_page(
        HTML.replace(f"<p>{MORE}", f"<table>{rows}</table><p>{MORE}"), "https://paper.example/b"
    )
    assert article.body == (LEAD, "Ward 1 | 12 beams", "Ward 2 | 24 beams", "Ward 3 | 36 beams", MORE)


@pytest.mark.parametrize(
    ("dateline", "sentence"),
    [
        ("PHNOM PENH, March 3 (Reuters)", "The minister resigned on Tuesday after a bridge collapsed."),
        ("WASHINGTON, March 3", "The bridge is closed for a week."),
        ("LONDON, 3 March 2024 (AFP)", "The bank cut its rate."),
        ("PARIS, March 3", "Rain."),
    ],
)
@pytest.mark.parametrize("mark", [" - ", " — ", " -- "])
def test_a_short_first_sentence_behind_a_dateline_stays_in_the_body(
    dateline: str, sentence: str, mark: str
) -> None:
    article = split_page(
        HTML.replace(f"PHNOM PENH May 18, 2024: {LEAD}", f"{dateline}{mark}{sentence}").replace(
            f"<p>{MORE}", f"<p>{LEAD}</p><p>{MORE}"
        ),
        "https://paper.example/b",
    )
    assert article.dateline is not None
    assert article.dateline.text == dateline
    assert article.body == (sentence, LEAD, MORE)


def test_a_caption_is_an_aside_and_no_body() -> None:
    figure = "<figure><img src=/b.jpg><figcaption>The bridge on the day before it was opened.</figcaption></figure>"
    article = split_page(HTML.replace(f"<p>{MORE}", f"{figure}<p>{MORE}"), "https://paper.example/b")
    assert article.body == (LEAD, MORE)
    assert [(aside.kind, aside.after) for aside in article.asides] == [("caption", 1)]


@pytest.mark.parametrize(
    "page",
    [
        "<title>Just a moment...</title><h1>Checking your browser before accessing the paper</h1><p>Please wait.</p>",
        "<title>Access denied</title><h1>Access denied</h1><p>You have been blocked. Reference #18</p>",
        "<title>404 Not Found</title><h1>Not Found</h1><p>The page that you asked for is not there.</p>",
        "<title>Robot check</title><div class='g-recaptcha'></div><p>Please complete the captcha: are you not a robot?</p>",
    ],
)
def test_checks_and_error_pages_are_no_articles(page: str) -> None:
    article = split_page(page, "https://paper.example/b", content_type="text/html")
    assert (article.kind, article.flags) == ("other", ("blocked",))
    assert (article.headline, article.body, article.authors, article.published) == (None, (), (), None)


def test_a_date_after_the_fetch_is_passed_over_for_the_next_witness() -> None:
    dated = HTML.replace(
        "<title>", '<meta property="article:published_time" content="2031-01-01T08:00:00Z"><title>'
    )
    assert split_page(dated, fetched_at=datetime(2026, 11, 25, 7, 0, tzinfo=UTC)).published == "2024-05-18"


def test_a_layout_goes_before_what_was_found_and_says_so() -> None:
    page = HTML.replace(
        "</body>", "<p class=by>Dara Sok</p><div class=hot><a href=/1>First of the hot ones</a></div></body>"
    )
    layout = Layout(date(2030, 1, 1), {"authors": "p.by", "ticker": "div.hot a", "section": "p.nothing"})
    article = split_page(page, "https://paper.example/b", layouts=(layout,))
    assert article.authors == ("Dara Sok",)
    assert article.ticker == (Link("First of the hot ones", "https://paper.example/1"),)
    assert (article.provenance["authors"], article.provenance["ticker"]) == ("layout", "layout")
    assert article.headline == HEADLINE


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_no_input_is_too_odd(page: str | bytes) -> None:
    assert split_page(page).kind in ("article", "listing", "other")


@settings(max_examples=30)
@given(st.lists(st.text(alphabet="abc .,é", min_size=40, max_size=160), min_size=1, max_size=6))
def test_every_paragraph_of_the_body_occurs_in_the_page(texts: list[str]) -> None:
    page = f"<h1>{HEADLINE}</h1>" + "".join(f"<p>{text}</p>" for text in texts)
    shown = " ".join(page.replace("<p>", " ").replace("</p>", " ").split())
    assert all(paragraph in shown for paragraph in split_page(page, "https://paper.example/b").body)


_LINK = '<p><a href="/abc/{}">The council met on the river bank and talked about the market.</a></p>'


@pytest.mark.parametrize(
    "page",
    [
        "",
        "\x00" * 1000,
        "<div>" * 100_000,
        "<b></b>" * 100_000,
        "<p " + "a=b " * 500_000 + ">",
        "<h1>Council meets</h1>" + "<div>" * 1900 + _LINK * 1000,
        "".join(f"<div class=ticker>{_LINK.format(n)}</div>" for n in range(4000)) + "<h1>Council meets</h1>",
        "".join(f"<h3>Most read</h3>{_LINK.format(n)}" for n in range(4000)),
        bytes(range(256)) * 2000,
    ],
    ids=["empty", "nul", "deep", "tiny", "attributes", "nested links", "strips", "heads", "binary"],
)
def test_hostile_pages_give_a_record_within_bounds(page: str | bytes) -> None:
    started = time.process_time()
    article = split_page(page, "https://paper.example/b", content_type="text/html")
    assert len(article.ticker) <= 200
    assert len(article.related) <= 100
    assert time.process_time() - started < 30


@pytest.mark.parametrize(
    "head",
    [
        "<title>Bridge</title>",
        "<script>let a = 1</script>",
        "<link rel=preload href=/x.js>",
        "<!-- Bridge -->",
    ],
)
def test_a_page_is_known_by_whatever_tag_comes_first(head: str) -> None:
    """Its other tags may begin far behind the first characters."""
    page = f"{head * 300}<h1>{HEADLINE}</h1><p>{LEAD}</p><p>{MORE}</p>"
    assert split_page(page).headline == HEADLINE


@pytest.mark.parametrize(
    "start", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x1f\x8b\x08"]
)
def test_what_is_no_text_gives_an_empty_record(start: bytes) -> None:
    article = split_page(start + bytes(range(256)) * 40)
    assert (article.kind, article.headline, article.body) == ("other", None, ())
