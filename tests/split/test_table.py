"""One pass over a page: nodes, blocks, links, and what the head says."""

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.parse import MAX_NODES, open_page

PAGE = """<html lang="km"><head><title>A &amp; B</title><base href="/base/"><link rel="canonical" href="/c">
<link rel="alternate" type="application/rss+xml" href="/feed"><meta property="og:title" content="A">
<script type="application/ld+json">{"a": 1}</script></head><body><nav><a href="/n">Nation</a></nav>
<div class="Lead" id=Main>One <b>bold</b> <a href="x">link</a><br><br>two<p>three<span style="display:none">no</span>
<span class="tooltip">no</span><script>no()</script> four</p></div><time datetime="2026">now</time></body></html>"""


def test_blocks_end_at_block_level_tags_and_double_breaks() -> None:
    page = open_page(PAGE, "https://paper.example/a/")
    assert [block.text for block in page.blocks] == ["Nation", "One bold link", "two", "three four", "now"]


def test_what_read_a_page_does_not_hold_it() -> None:
    """Else its thousands of objects would wait for the garbage collector."""
    page = open_page(PAGE, None)
    assert gc.get_referrers(page) == []


def test_the_head_is_kept_in_passing() -> None:
    page = open_page(PAGE, "https://paper.example/a/")
    assert (page.title, page.language, page.json_ld) == ("A & B", "km", ['{"a": 1}'])
    assert (page.canonical, page.feeds) == ("https://paper.example/c", ["https://paper.example/feed"])
    assert ("og:title", "A") in page.meta


def test_links_are_absolute_and_know_their_part_of_the_page() -> None:
    links = open_page(PAGE, "https://paper.example/a/").links()
    assert [(link.url, link.text, link.part) for link in links] == [
        ("https://paper.example/n", "Nation", "nav"),
        ("https://paper.example/base/x", "link", "main"),
    ]


def test_the_text_of_a_node_holds_inline_ones_too() -> None:
    page = open_page(PAGE, None)
    (moment,) = page.times
    assert page.text_of(moment) == "now"


@pytest.mark.parametrize("content", ["0; url=/b", "0;URL='/b'", "5, /b"])
def test_a_meta_refresh_is_an_address(content: str) -> None:
    page = open_page(f'<meta http-equiv="Refresh" content="{content}">', "https://paper.example/")
    assert page.refresh == "https://paper.example/b"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "\x00",
        "<" * 5000,
        "<div>" * 100_000,
        "<a>" * 300_000,
        "<p " + "a=b " * 300_000,
        "<b></b>" * 400_000,
    ],
    ids=["empty", "nul", "brackets", "deep", "wide", "attributes", "tiny"],
)
def test_hostile_pages_end_within_bounds(html: str) -> None:
    started = time.process_time()
    page = open_page(html, "https://paper.example/")
    assert len(page.nodes) <= MAX_NODES
    assert time.process_time() - started < 60


@given(st.text(alphabet='<>/ab="& \n', max_size=200))
def test_any_text_can_be_opened(html: str) -> None:
    page = open_page(html, None)
    assert all(0 <= block.node < len(page.nodes) for block in page.blocks)


def test_a_button_whose_end_was_lost_does_not_swallow_the_page() -> None:
    text = "<main><h1>Rain</h1><p>It fell for days.</p><br></main><footer>The end</footer>"
    page = open_page(f"<body><nav><button><div>Menu<span>x</button></nav>{text}")
    assert [block.text for block in page.blocks] == ["Rain", "It fell for days.", "The end"]
    assert [page.nodes[block.node].part for block in page.blocks] == ["main", "main", "footer"]
    assert all(node.number <= node.end < len(page.nodes) for node in page.nodes)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Зал із верстатами<small>Фото: D. Kravets</small>", "Зал із верстатами Фото: D. Kravets"),
        ("<span>3 hrs ago</span><span>Cumbria</span>", "3 hrs ago Cumbria"),
        ("<time>Feb 9, 2026</time><b>Ivo</b>", "Feb 9, 2026 Ivo"),
        ("By<a href=/a>Ada Okoye</a>", "By Ada Okoye"),
        ("Open at last.<small>C. Peña</small>", "Open at last. C. Peña"),
        ("<span>B</span>irds", "Birds"),
        ("the <b>Mac</b>s", "the Macs"),
        ("x <i>a</i><b>B</b>&Eacute;", "x aBÉ"),
        ("H<sub>2</sub>O, <b>Mc</b>Donald, <span>i</span>Phone, e<a>Bay</a>", "H2O, McDonald, iPhone, eBay"),
        ("x<span class=a></span>Y, harrow<wbr>Falls", "xY, harrowFalls"),
        ("sagt »<a>Der Spiegel</a>«", "sagt »Der Spiegel«"),
        ("<code><span>read</span><span>Line</span></code>", "readLine"),
        ("<tt><span>read</span><span>Line</span></tt>", "readLine"),
    ],
)
def test_elements_that_meet_at_a_capital_are_set_apart(markup: str, text: str) -> None:
    page = open_page(f"<p>{markup}</p>", None)
    assert [block.text for block in page.blocks] == [text]
    assert [anchor.text for anchor in page.anchors] in ([], ["Ada Okoye"])


def test_the_parts_of_an_address_are_not_set_apart() -> None:
    parts = "<span class=a>https://</span><span class=b>town.example/wat</span><span class=c>Ch</span>"
    page = open_page(f"<p><a href=/x>{parts}</a></p>", None)
    assert [page.blocks[0].text, page.anchors[0].text] == ["https://town.example/watCh"] * 2


def test_a_second_title_is_not_shown() -> None:
    page = open_page("<title>Ferry</title><body><title>Ferry, a story</title><p>It sails at noon.</p>", None)
    assert (page.title, [block.text for block in page.blocks]) == ("Ferry", ["It sails at noon."])
