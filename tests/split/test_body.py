"""Which blocks of a page are the article's text."""

import pytest

from newsspider.split import split_page
from newsspider.split.body import choose_body, paragraphs
from newsspider.split.features import features_of
from newsspider.split.parse import open_page

STORY = [
    f"On day {n} of the survey the wardens counted every tree along the canal, and wrote down what they found."
    for n in range(1, 7)
]
PROSE = "".join(f"<p>{text}</p>" for text in STORY)


def body(inside: str, around: str = "{}") -> list[str]:
    html = f"<html><body>{around.format(f'<article><h1>Wardens count the trees</h1>{inside}</article>')}</body></html>"
    return list(split_page(html, "https://paper.example/2026/trees").body)


def test_paragraphs_come_in_reading_order() -> None:
    assert body(PROSE) == STORY


def test_text_without_paragraph_tags_is_read_at_its_line_breaks() -> None:
    assert body("<div>" + "<br><br>".join(STORY) + "</div>") == STORY


def test_menus_footers_and_share_boxes_are_left_out() -> None:
    around = (
        '<nav><ul><li><a href="/a">Nation</a></li><li><a href="/b">Sport</a></li></ul></nav>{}'
        '<div class="share-buttons">Share this story</div>'
        "<footer><p>© The Canal Paper. No part may be printed again without our leave.</p></footer>"
    )
    assert body(PROSE, around) == STORY


@pytest.mark.parametrize("tag", ["ul", "ol"])
@pytest.mark.parametrize("wrap", ["{}", "<p>{}</p>"])
def test_items_of_a_list_in_the_text_are_paragraphs(tag: str, wrap: str) -> None:
    items = ["Plane trees: 412", "Limes, young and old: 97", "Stumps: 31"]
    listed = "".join(f"<li>{wrap.format(item)}</li>" for item in items)
    assert body(f"{PROSE}<{tag}>{listed}</{tag}>{PROSE.replace('day', 'night')}")[6:9] == items


def test_a_list_of_links_in_the_text_is_none_of_it() -> None:
    links = "".join(
        f'<li><a href="/2026/{n}">Story number {n} of the series on canals</a></li>' for n in range(3)
    )
    assert body(f"{PROSE}<ul>{links}</ul>{PROSE.replace('day', 'night')}")[6].startswith("On night 1")


def test_subheadings_and_quotations_are_paragraphs() -> None:
    found = body(
        f"{PROSE}<h2>What the wardens say</h2><blockquote><p>{STORY[0]} It rained.</p></blockquote>{PROSE}"
    )
    assert found[6:8] == ["What the wardens say", f"{STORY[0]} It rained."]


def test_the_cells_of_a_row_are_one_paragraph() -> None:
    page = open_page(
        "<table><tr><th>Ward</th><td>12</td></tr><tr><td>Sum</td><td>40</td></tr></table><p>End.</p>"
    )
    told = paragraphs(page, range(len(page.blocks)))
    assert told == [(0, "Ward | 12"), (2, "Sum | 40"), (4, "End.")]


def test_a_page_without_text_gives_nothing() -> None:
    for html in ("", "<html></html>", "<body><img src=a.png></body>"):
        page = open_page(html)
        assert choose_body(page, features_of(page, None, frozenset())).blocks == []


def test_comments_longer_than_the_article_are_no_body() -> None:
    text = (
        "The council met on the river bank on Monday and agreed on a new market for the ward, said the chair."
    )
    said = "I have lived here for forty years and I never saw a market that was worth its money, believe me, friends."
    story = f"<article><h1>Ward agrees on a market</h1>{f'<p>{text}</p>' * 3}</article>"
    comments = f"<ol class=comment-list>{f'<li class=comment><div><p>{said}</p></div></li>' * 20}</ol>"
    article = split_page(f"<html><title>Ward agrees on a market</title><body>{story}{comments}</body></html>")
    assert said not in article.body
    assert text in article.body


def test_a_page_that_is_laid_out_by_a_table_keeps_its_paragraphs() -> None:
    text = "<br><br>".join(STORY)
    story = f"<table><tr><td>24 May<br><h1>Wardens count the trees</h1>{text}</td></tr></table>"
    page = f"<html><body><table><tr><td>Menu</td><td>{story}</td></tr></table></body></html>"
    assert list(split_page(page, "https://paper.example/2026/trees").body) == STORY


@pytest.mark.parametrize(
    ("tag", "around", "data"),
    [
        ("h2", "<div>{}</div>", ""),  # entries of a live blog
        ("h1", "<article>{}</article>", ""),
        (
            "h1",
            "<div>{}</div>",
            '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"%s"}</script>',
        ),
    ],
)
def test_dated_sections_of_one_article_are_its_text(tag: str, around: str, data: str) -> None:
    headlines = ("Wardens count the trees", "Divers look at the roots")
    texts = {headline: [f"{text} Of that: {headline}." for text in STORY] for headline in headlines}

    def part(headline: str) -> str:
        prose = "".join(f"<p>{text}</p>" for text in texts[headline])
        return f"<section class=part><{tag}>{headline}</{tag}><time datetime=2026-05-24>24 May</time>{prose}</section>"

    said = data and data % " ".join(text for part in texts.values() for text in part)
    head = f"<head><title>{headlines[0]}</title>{said}</head>"
    page = f"<html>{head}<body>{around.format(''.join(map(part, headlines)))}</body></html>"
    told = split_page(page, "https://paper.example/2026/trees").body
    assert [text for text in told if text in texts[headlines[1]]] == texts[headlines[1]]


def test_the_next_article_under_the_first_is_another_story() -> None:
    def article(headline: str, more: str, name: str) -> str:
        head = f"<h1 class=title>{headline}</h1><time datetime=2026-05-24>24 May</time>"
        return f'<article class="item {name}">{head}<div class=text>{more}</div></article>'

    below = article("Divers find an arch", PROSE.replace("wardens", "divers"), "next")
    page = f"<html><body><div>{article('Wardens count the trees', PROSE, '')}{below}</div></body></html>"
    assert list(split_page(page, "https://paper.example/2026/trees").body) == STORY
