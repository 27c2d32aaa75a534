"""Pages that come as plain text."""

import pytest
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


TICKER = ("Ferry fares fall by a tenth", "Market moves to the quay in spring", "Choir wins a bronze bell")
HEADLINE = "New pump at the village well is running at last"
STORY = f"{HEADLINE}\n\nKAMPOT, March 3 - {LEAD}\n\n{MORE}\n"


def is_the_story(text: str, ticker: tuple[str, ...] = (), related: tuple[str, ...] = ()) -> bool:
    article = split_text(text, None)
    assert tuple(link.text for link in article.ticker) == ticker
    assert tuple(link.text for link in article.related) == related
    assert (article.headline, article.body) == (HEADLINE, (LEAD, MORE))
    return article.dateline is not None and article.dateline.text == "KAMPOT, March 3"


@pytest.mark.parametrize(
    "mark",
    [
        "|",
        "｜",
        "•",
        "+++",
        "///",
        "//",
        "◆",
        "●",
        "■",
        "★",
        "▶",
        "·",
        "*",
        "**",
        "***",
        "::",
        "»",
        ">>",
        "—",
        "…",
    ],
)
def test_the_headlines_of_a_ticker_stand_between_many_kinds_of_marks(mark: str) -> None:
    line = f" {mark} ".join(TICKER)
    for ticker in (
        line,
        f"{line} {mark}",
        f"{mark} {line}",
        f"{line} {mark} {line}",
        f"Breaking news: {line}",
    ):
        assert is_the_story(f"{ticker}\n\n{STORY}", TICKER)


@pytest.mark.parametrize("before", ["", "• ", "- ", "* "])
def test_the_headlines_of_a_ticker_stand_on_lines_of_their_own(before: str) -> None:
    lines = "\n".join(before + entry for entry in TICKER)
    assert is_the_story(f"{lines}\n\n{STORY}", TICKER)
    assert is_the_story(f"BREAKING NEWS\n\n{' | '.join(TICKER)}\n\n{STORY}", TICKER)


@pytest.mark.parametrize(
    "headline",
    [
        "Pump is running at last in Kampot | The Daily Village Pump",
        "Pump is running – nobody misses the old rope",
    ],
)
def test_a_mark_in_the_headline_makes_no_ticker(headline: str) -> None:
    article = split_text(f"{headline}\n\n{LEAD}\n\n{MORE}", None)
    assert (article.headline, article.ticker) == (headline, ())


@pytest.mark.parametrize(
    "heading",
    [
        "Related News", "RELATED NEWS", "Related Articles:", "Verwandte Artikel", "Articles liés", "Noticias relacionadas",
        "Notícias relacionadas", "Notizie correlate", "Gerelateerd nieuws", "Похожие новости", "Σχετικά άρθρα",
        "İlgili haberler", "Berita terkait", "Tin liên quan", "ข่าวที่เกี่ยวข้อง", "ព័ត៌មានពាក់ព័ន្ធ", "関連記事", "相关新闻",
        "관련 뉴스", "أخبار ذات صلة", "اخبار مرتبط", "متعلقہ خبریں", "संबंधित खबरें", "সম্পর্কিত খবর", "Habari zinazohusiana",
        "Read more", "More stories", "See also",
    ],
)  # fmt: skip
def test_a_heading_of_related_news_ends_the_story(heading: str) -> None:
    first, second = TICKER[:2]
    assert is_the_story(f"{STORY}\n\n{heading}")
    assert is_the_story(f"{STORY}\n\n{heading}\n\n{first}\n\n{second}", related=(first, second))
    assert is_the_story(f"{STORY}\n\n{heading}\n- {first}\n- {second}\n", related=(first, second))


@pytest.mark.parametrize(
    ("lines", "authors", "published"),
    [
        ("By Anna Weiss", ("Anna Weiss",), None),
        ("By Anna Weiss\n3 March 2026", ("Anna Weiss",), "2026-03-03"),
        ("Von Anna Weiss\n\n03.03.2026, 10:20 Uhr", ("Anna Weiss",), "2026-03-03T10:20:00"),
        ("By Anna Weiss | March 3, 2026", ("Anna Weiss",), "2026-03-03"),
        ("Published: 3 March 2026", (), "2026-03-03"),
    ],
)
def test_lines_under_the_headline_say_who_wrote_it_when(
    lines: str, authors: tuple[str, ...], published: str | None
) -> None:
    text = STORY.replace(HEADLINE, f"{HEADLINE}\n\n{lines}", 1)
    assert is_the_story(text)
    article = split_text(text, None)
    assert (article.authors, article.published) == (authors, published)
    if published:
        assert article.dateline == Dateline("KAMPOT, March 3", "KAMPOT", "2026-03-03")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + STORY,
        STORY.replace("\n", "\r\n"),
        f"\n\n\n{STORY}\n\n\n",
        f"# {HEADLINE}\n\n*By Anna Weiss*\n\n**KAMPOT, March 3** - {LEAD}\n\n* {MORE}\n",
        f"{HEADLINE}\n======\n\nKAMPOT, March 3 - {LEAD}\n\n{MORE}\n",
        f"<TITLE>{HEADLINE}</TITLE>\n<DATELINE> KAMPOT, March 3 - </DATELINE><BODY>{LEAD}\n    {MORE}\nREUTER\n",
        f"{HEADLINE}\n    KAMPOT, March 3 - {LEAD.replace(' since', chr(10) + 'since')}\n    {MORE}\n Reuter\n\x03",
        f"{HEADLINE}\n\nKAMPOT, March 3\n\n{LEAD}\n\n{MORE}",
    ],
    ids=["mark", "line ends", "blank lines", "Markdown", "underlined", "tags", "indented", "dateline alone"],
)
def test_the_same_story_in_other_dress(text: str) -> None:
    assert is_the_story(text)


@pytest.mark.parametrize(
    ("text", "headline", "paragraphs"),
    [
        ("", None, 0),
        (" \n\n\t", None, 0),
        ("Pump is running", "Pump is running", 0),
        (f"{MORE * 6}\n\n{MORE}", None, 2),
    ],
)
def test_pages_of_hardly_a_story(text: str, headline: str | None, paragraphs: int) -> None:
    article = split_text(text, None)
    assert (article.headline, len(article.body)) == (headline, paragraphs)


@given(st.text(max_size=300))
def test_every_paragraph_of_any_text_occurs_in_it(text: str) -> None:
    article = split_text(text, None)
    assert all(isinstance(paragraph, str) and paragraph for paragraph in article.body)
    letters = "".join(char for char in text if char.isascii() and char.isalnum())
    for paragraph in article.body:
        assert "".join(char for char in paragraph if char.isascii() and char.isalnum()) in letters


BRIDGE = (
    "The bridge over the river has opened after two years.\n\nIt was paid for by the town, the mayor said."
)


def test_the_head_of_a_mail_is_headline_and_date() -> None:
    head = "Subject: Bridge opens\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nFrom: press@town.example\n\n"
    article = split_page(head + BRIDGE, content_type="text/plain")
    assert (article.headline, article.published) == ("Bridge opens", "2026-11-20T10:00:00+00:00")
    assert "\n\n".join(article.body) == BRIDGE


def test_the_head_of_an_agencys_story_is_read_line_by_line() -> None:
    head = "BC-US--Bridge Opens, 1st Ld-Writethru,0412\nBridge opens\nEds: UPDATES with mayor.\nBy ADA OKOYE\nReuters\n\n"
    article = split_page(head + BRIDGE, content_type="text/plain")
    assert (article.headline, article.authors, len(article.body)) == ("Bridge opens", ("ADA OKOYE",), 2)


def test_links_of_markdown_are_their_text() -> None:
    text = f"# Bridge opens\n\n{BRIDGE} See [the plan](https://town.example/plan) of it."
    assert split_page(text, content_type="text/plain").body[-1].endswith("See the plan of it.")


def test_quotations_lists_and_the_end_mark_of_a_release() -> None:
    text = (
        "# Bridge opens\n\nThe bridge over the river has opened after two years.\n\n"
        '> "It feels like\n> home," said Jo.\n\n- A second one in 2027\n- New lamps\n\nENDS\n'
    )
    article = split_page(text, content_type="text/plain")
    told = "The bridge over the river has opened after two years."
    assert article.body == (told, '"It feels like home," said Jo.', "A second one in 2027", "New lamps")
