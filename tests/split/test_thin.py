"""Short articles: a sentence or two under the headline are the body, whatever else the page holds."""

from __future__ import annotations

import pytest

from newsspider.records import Article
from newsspider.split import split_page

URL = "https://paper.example/2026/11/25/lorry-overturns"
FIRST, SECOND = "A lorry overturned near Kep on Tuesday.", "Nobody was hurt, police said."
MENU = "<nav><a href=/a>World</a><a href=/b>Sport</a></nav>"
BOX = "<div class=more><h3>Related</h3><ul><li><a href=/x>Rain floods five villages in the far north</a></ul></div>"
RIGHTS = "<footer><p>Copyright 2026 Example Daily. No part of it may be copied without leave of the publisher.</p></footer>"


def split(text: str, frame: str) -> Article:
    inside = f"<h1>Lorry overturns on coast road</h1><div class=when>25 November 2026</div>{text}"
    pages = {
        "bare": inside,
        "article": f"{MENU}<article>{inside}</article>{BOX}{RIGHTS}",
        "div": f"{MENU}<div><div><div>{inside}</div></div>{BOX}</div>{RIGHTS}",
    }
    return split_page(f"<html><title>Lorry overturns on coast road</title><body>{pages[frame]}", URL)


@pytest.mark.parametrize("frame", ["bare", "article", "div"])
@pytest.mark.parametrize(
    "text",
    [f"<p>{FIRST}</p><p>{SECOND}</p>", f"<div>{FIRST}</div><div>{SECOND}</div>", f"{FIRST}<br><br>{SECOND}"],
)
def test_two_sentences_are_an_article(text: str, frame: str) -> None:
    article = split(text, frame)
    assert (article.kind, article.body) == ("article", (FIRST, SECOND))


@pytest.mark.parametrize("frame", ["bare", "article", "div"])
def test_one_sentence_is_the_body(frame: str) -> None:
    assert split(f"<p>{SECOND}</p>", frame).body == (SECOND,)


def test_a_page_without_text_has_no_body_though_its_footer_has_words() -> None:
    assert split("", "article").body == ()
