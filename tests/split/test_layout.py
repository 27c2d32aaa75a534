"""A source's own selectors."""

from datetime import UTC, datetime

import pytest

from newsspider.records import Article, Dateline, Link
from newsspider.source import Layout
from newsspider.split import split_page

PAGE = """<title>Well is deep</title><div class="t">Well is deep, says the digger</div><p class="d">KEP, Nov 3, 2026</p>
<div class="when"><time datetime="2026-11-03T07:00:00+07:00">today</time></div>
<ul class="k"><li>wells</li><li>water</li><li>wells</li></ul>
<div class="c"><p>The digger went down on Monday.</p><div>He came up on <b>Friday</b>.<br>He was wet.</div></div>
<div class="r"><a href="/2026/pump">Pump is new</a> <a href="/2026/pump">Pump is new</a></div>"""


def split(**selectors: str) -> Article:
    return split_page(PAGE, "https://paper.example/2026/well", layouts=(Layout(None, selectors),))


@pytest.mark.parametrize(
    ("name", "selector", "value"),
    [
        ("headline", ".t", "Well is deep, says the digger"),
        ("tags", ".k li", ("wells", "water")),
        ("published", ".when time", "2026-11-03T07:00:00+07:00"),
        ("body", ".c", ("The digger went down on Monday.", "He came up on Friday. He was wet.")),
        ("related", ".r", (Link("Pump is new", "https://paper.example/2026/pump"),)),
        ("dateline", ".d", Dateline("KEP, Nov 3, 2026", "KEP", "2026-11-03")),
    ],
)
def test_each_field_is_read_in_its_own_way(name: str, selector: str, value: object) -> None:
    article = split(**{name: selector})
    assert getattr(article, name) == value
    assert article.provenance[name] == "layout"


STORY = """<title>The footbridge is open again - Site</title><h1><span>Floods:</span> The footbridge is open again</h1>%s
<div class=b><p>A footbridge over the river has reopened two years after the floods.</p><p>The council paid for it.</p></div>"""


@pytest.mark.parametrize(
    ("name", "markup", "value"),
    [
        ("authors", "<p class=x>By Ada Okoye and Juan Díaz, Staff Writers</p>", ("Ada Okoye", "Juan Díaz")),
        ("authors", "<p class=x><b>Text: Ada Okoye</b><b>Foto: Olle Berg</b></p>", ("Ada Okoye",)),
        ("authors", "<meta class=x content='di Marco Bellini'>", ("Marco Bellini",)),
        ("authors", "<p class=x>Staff</p>", ()),
        ("published", "<p class=x>Nov. 3, 2026 at 10:22 p.m. EST</p>", "2026-11-03T22:22:00-05:00"),
        ("published", "<i class=x>3.11.2026</i><i class=x>10:22 Uhr</i>", "2026-11-03T10:22:00"),
        ("published", "<i class=x data-time=2026-11-03T07:00:00Z>today</i>", "2026-11-03T07:00:00+00:00"),
        ("published", "<p class=x>14 November 2027 10:22</p>", None),
        ("published", "<i class=x>Updated: Nov 5, 2026 9:00</i><i class=x>Nov 3, 2026 10:22</i>", "2026-11-03T10:22:00"),
        ("published", "<p class=x>Updated: Nov 5, 2026 9:00 | Published: Nov 3, 2026 10:22</p>", "2026-11-03T10:22:00"),
        ("kicker", "<p class=x>» Valley «</p>", "Valley"),
        ("ticker", "<p class=x>A tiger was seen | Rain | War ends in Foo</p>",
         (Link("A tiger was seen"), Link("Rain"), Link("War ends in Foo"))),
        ("dateline", "<p class=x>Blackstone, Pa.</p>", Dateline("Blackstone, Pa.", "Blackstone, Pa.")),
        ("dateline", "<p class=x>Kleinhausen |</p>", Dateline("Kleinhausen", "Kleinhausen")),
        ("section", "<p class=x><a href=/>Home</a> › <a href=/v>Valley</a> › <a href=/v/l>Lunn</a></p>", "Valley"),
        ("tags", "<p class=x><a>Wells</a> <a>#Water</a></p>", ("Wells", "Water")),
        ("tags", "<p class=x>Wells, Water; Pumps</p>", ("Wells", "Water", "Pumps")),
        ("kicker", "<p class=x>Valley:</p>", "Valley"),
        ("summary", "<p class=x>BERLIN – It took the town two years.</p>", "It took the town two years."),
        ("related", "<p class=x><a href=/2026/pump>Pump is new</a> <a href=/2026/pump>Read more</a></p>",
         (Link("Pump is new", "https://paper.example/2026/pump"),)),
    ],
)  # fmt: skip
def test_what_is_pointed_at_is_read_as_the_rules_read_it(name: str, markup: str, value: object) -> None:
    layout = Layout(None, {name: ".x"})
    fetched = datetime(2026, 11, 25, tzinfo=UTC)
    address = "https://paper.example/2026/bridge"
    article = split_page(STORY % markup, address, layouts=(layout,), fetched_at=fetched)
    assert getattr(article, name) == value
    assert (article.provenance.get(name) == "layout") is bool(value)


def test_a_kicker_inside_the_heading_that_is_pointed_at_is_none_of_the_headline() -> None:
    article = split_page(STORY % "", layouts=(Layout(None, {"headline": "h1"}),))
    assert (article.headline, article.kicker) == ("The footbridge is open again", "Floods")


@pytest.mark.parametrize(
    "inside", ["<b class=x>Kleinhausen.</b> It took", "<p class=x>Kleinhausen</p><p>It took"]
)
def test_a_dateline_that_is_pointed_at_is_no_part_of_the_text(inside: str) -> None:
    page = f"<h1>The footbridge is open again</h1><div class=b><p>{inside} the town two years, said the mayor.</p></div>"
    article = split_page(page, layouts=(Layout(None, {"dateline": ".x", "body": ".b"}),))
    assert article.dateline == Dateline("Kleinhausen", "Kleinhausen")
    assert article.body == ("It took the town two years, said the mayor.",)


def test_a_selector_that_finds_nothing_leaves_the_field_as_it_was() -> None:
    article = split(tags=".nothing", section="aside > h6")
    assert (article.tags, article.section) == ((), None)
    assert "layout" not in article.provenance.values()


def test_a_page_with_a_body_by_selector_is_an_article() -> None:
    assert split_page(PAGE.replace("Well is deep", "Robot check"), content_type="text/html").kind == "other"
    article = split_page(
        PAGE.replace("Well is deep", "Robot check"),
        content_type="text/html",
        layouts=(Layout(None, {"body": ".c"}),),
    )
    assert (article.kind, article.flags) == ("article", ())


@pytest.mark.parametrize("page", ["", "\x00", "<", "<!-- -->", b"\xff\xfe", b"\x89PNG\r\n\x1a\n"])
def test_a_page_without_a_tree_is_left_as_it_was(page: str | bytes) -> None:
    layout = Layout(None, {"body": "p", "headline": "h1"})
    assert split_page(page, content_type="text/html", layouts=(layout,)).body == ()


def test_a_byline_in_the_body_that_is_pointed_at_is_no_text() -> None:
    told = ("A footbridge has reopened after two years of work.", "The council paid for it, said the mayor.")
    inside = "".join(f"<p>{text}</p>" for text in ("By Ada Okoye", *told))
    page = f"<html><body><h1>A footbridge reopens</h1><div class=b>{inside}</div></body></html>"
    assert split_page(page, layouts=[Layout(selectors={"body": ".b"})]).body == told


def test_a_bodys_selector_names_the_place_and_the_conventions_hold_in_it() -> None:
    inside = (
        "BLACKSTONE – A footbridge has reopened after two years.<br><br>The council paid for it, said the mayor.<br><br>"
        "<p>“Yes.”</p><figure><img src=a.jpg><figcaption>The bridge at noon</figcaption></figure>"
        "<p>Also read: <a href=/n/2-the-market-burns>The market burns down again</a></p>"
        "<table><tr><td>Bridges</td><td>3</td></tr></table><p>“Yes.”</p>"
    )
    page = f"<html><body><h1>A footbridge reopens</h1><div class=b>{inside}</div></body></html>"
    article = split_page(page, layouts=[Layout(selectors={"body": ".b"})])
    assert article.body[-5:] == (
        "A footbridge has reopened after two years.", "The council paid for it, said the mayor.",
        "“Yes.”", "Bridges | 3", "“Yes.”",
    )  # fmt: skip
