"""Pages that come as plain text."""

from hypothesis import given
from hypothesis import strategies as st

from newsspider.records import Dateline, Link
from newsspider.split import split_page, split_text

LEAD = "The new pump at the village well has been running since Monday, the council said."
MORE = "It lifts nine buckets a minute, twice what the old one did."


def test_a_wire_story_has_its_headline_dateline_and_paragraphs() -> None:
    article = split_text(f"VILLAGE PUMP IS RUNNING\n\nKAMPOT, March 3 - {LEAD}\n\n{MORE}\n", None)
    assert article.headline == "VILLAGE PUMP IS RUNNING"
    assert article.dateline == Dateline("KAMPOT, March 3", "KAMPOT", "--03-03")
    assert article.body == (LEAD, MORE)
    assert set(article.provenance.values()) == {"text"}


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    for end in ("\n", "\r\n", "\r"):
        article = split_text(end.join(["Pump is running", LEAD, MORE]), None)
        assert (article.headline, article.body) == ("Pump is running", (LEAD, MORE))


def test_what_stands_under_related_news_is_related_and_not_body() -> None:
    article = split_text(f"Pump is running\n\n{LEAD}\n\nRelated News\n\nWell is cleaned\n\nRope is new", None)
    assert article.body == (LEAD,)
    assert article.related == (Link("Well is cleaned"), Link("Rope is new"))


def test_a_list_that_is_the_same_on_every_page_is_neither() -> None:
    article = split_text(f"Pump is running\n\n{LEAD}\n\nMost read\n\nWell is cleaned", None)
    assert (article.body, article.related) == ((LEAD,), ())


def test_a_ticker_of_several_lines_holds_each_headline_once() -> None:
    lines = "Ferry fares fall by a tenth | Market moves to the quay |\n\nFerry fares fall by a tenth | Choir wins a bronze bell"
    article = split_text(f"{lines}\n\nPump is running\n\n{LEAD}", None)
    assert [link.text for link in article.ticker] == [
        "Ferry fares fall by a tenth",
        "Market moves to the quay",
        "Choir wins a bronze bell",
    ]
    assert article.headline == "Pump is running"


def test_the_content_type_says_that_a_page_is_text() -> None:
    page = f"Pump <p> is running\n\n{LEAD}"
    assert split_page(page, content_type="text/plain; charset=utf-8").headline == "Pump <p> is running"
    assert split_page(page, content_type="text/html").headline != "Pump <p> is running"


@given(st.text(max_size=300))
def test_every_paragraph_of_any_text_occurs_in_it(text: str) -> None:
    article = split_text(text, None)
    assert all(isinstance(paragraph, str) and paragraph for paragraph in article.body)
    letters = "".join(char for char in text if char.isascii() and char.isalnum())
    for paragraph in article.body:
        assert "".join(char for char in paragraph if char.isascii() and char.isalnum()) in letters
