"""Standfirst and kicker: what stands on the page, decided together with the body."""

from __future__ import annotations

import pytest

from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page
from newsspider.split.summary import Standfirst, find_kicker, find_standfirst

HEAD = "<h1>Bridge opens after nine years</h1>"
LEAD = "The ferry that has crossed the river since 1921 makes its last trip on Sunday."
BODY = "".join(
    f"<p>Paragraph number {i} tells of the bridge, its builders and its cost at some length.</p>"
    for i in range(4)
)


def standfirst(html: str) -> Standfirst | None:
    page = open_page(html, "https://daily.example/1")
    machine = read_machine(page)
    body = [
        block.number for block in page.blocks if page.nodes[block.node].tag == "p" and len(block.text) > 60
    ]
    return find_standfirst(page, machine, find_headline(page, machine), body)


def test_a_block_called_so_is_the_standfirst() -> None:
    """By the words that systems and newsrooms use in class names."""
    for name in ("standfirst", "article-subtitle", "dek", "post__lead", "sapo", "entry-excerpt"):
        found = standfirst(HEAD + f'<p class="{name}">{LEAD}</p><div>{BODY}</div>')
        assert found is not None
        assert found.text == LEAD
        assert len(found.blocks) == 1


PLACED = "Hundreds watch as the builders see their bridge at last"


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class=sc-1x><p>{PLACED}</p></div><div class=by>By Gemma Tait</div>",
        f"<div class=by>By Gemma Tait</div><div class=dcr-1k>{PLACED}</div>",
        f"<p class=preamb>{PLACED}</p><figure><img src=/b.jpg><figcaption>The bridge.</figcaption></figure>",
    ],
)
def test_a_sentence_between_headline_and_body_that_speaks_of_the_same_is_the_standfirst(markup: str) -> None:
    found = standfirst(f"<article>{HEAD}{markup}<div class=text>{BODY}</div></article>")
    assert found is not None
    assert found.text == PLACED


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=sc-1x><p>Sign in to save this page and to read it later on all of your devices</p></div>",
        f"<figure><img src=/b.jpg></figure><div class=sc-1x><p>{PLACED}</p></div>",
        f"<div class=img-box>{PLACED}</div>",
        f"<div class=sc-1x>{PLACED} on 14 November 2026</div>",
        f"<div class=sc-1x><a href=/other-story-12>{PLACED}</a></div>",
        "<div class=sc-1x>Bridge, builders, at great cost</div>",
    ],
)
def test_a_line_between_headline_and_body_that_may_be_something_else_is_none(markup: str) -> None:
    assert standfirst(f"<article>{HEAD}{markup}<div class=text>{BODY}</div></article>") is None


def test_a_block_that_the_description_repeats_is_the_standfirst() -> None:
    """Where its markup is not that of the paragraphs."""
    meta = f'<meta name="description" content="{LEAD}">'
    found = standfirst(meta + HEAD + f"<div>{LEAD}</div><article>{BODY}</article>")
    assert found is not None
    assert found.text == LEAD


def test_the_first_paragraph_is_no_standfirst_though_the_description_repeats_it() -> None:
    """It is marked up like the paragraphs after it: the body keeps it."""
    meta = f'<meta name="description" content="{LEAD}">'
    assert standfirst(meta + HEAD + f"<article><p>{LEAD}</p>{BODY}</article>") is None


def test_the_description_alone_is_no_standfirst() -> None:
    """What does not stand on the page is not given."""
    assert standfirst(f'<meta name="description" content="{LEAD}">' + HEAD + BODY) is None


def test_captions_bylines_and_times_are_none() -> None:
    """Even between headline and text."""
    html = (
        HEAD
        + f"<figure><figcaption>{LEAD}</figcaption></figure><h2>By Ada Okoye</h2><p>5 March 2021, 10:30</p>"
    )
    assert standfirst(html + f"<article>{BODY}</article>") is None


def test_the_kicker_stands_over_the_headline() -> None:
    """In an element called so; without one there is none."""
    page = open_page('<p class="kicker">Traffic</p>' + HEAD)
    kicker = find_kicker(page, find_headline(page, read_machine(page)))
    assert kicker is not None
    assert kicker.value == "Traffic"
    page = open_page("<p>Traffic</p>" + HEAD)
    assert find_kicker(page, find_headline(page, read_machine(page))) is None


KICKERS = {
    "a span in a block of its own": '<div class="article-header"><span class="dachzeile">Verkehr</span>{}</div>',
    "a link": '<p class="c-kicker"><a href="/t">Verkehr</a></p>{}',
    "an element inside": '<div class="head"><div class="x1"><span class="overline">Verkehr</span></div>{}</div>',
    "Spanish": '<h2 class="antetitulo">Verkehr</h2>{}',
    "Argentine": '<div class="volanta">Verkehr</div>{}',
    "Portuguese": '<span class="chapeu-materia">Verkehr</span>{}',
    "Italian": '<div class="occhiello">Verkehr</div>{}',
    "French": '<p class="article__surtitre">Verkehr</p>{}',
    "Nordic": '<div class="stikktittel">Verkehr</div>{}',
    "Swedish": '<span class="vinjett">Verkehr</span>{}',
    "Polish": '<div class="nadtytul">Verkehr</div>{}',
    "Croatian": '<h2 class="nadnaslov">Verkehr</h2>{}',
    "Slovene, camel case": '<p class="NadNaslov">Verkehr</p>{}',
    "Arc": '<div class="c-overline | margin-sm"><a href="/t">Verkehr</a></div>{}',
    "block theme": '<p class="has-small-font-size is-style-eyebrow">Verkehr</p>{}',
    "TYPO3": '<div class="news-roofline">Verkehr</div>{}',
    "a group of headings": "<hgroup><p>Verkehr</p>{}</hgroup>",
    "in the heading": "{}".replace("{}", '<h1><span class="kicker">Verkehr</span> {0}</h1>'),
    "with a mark": '<span class="spitzmarke">Verkehr:</span>{}',
    "with a picture between": '<div class="kicker">Verkehr</div><p>Serie</p>{}',
}


@pytest.mark.parametrize("markup", KICKERS.values(), ids=KICKERS)
def test_kickers_are_told_as_newsrooms_call_them(markup: str) -> None:
    title = "Bridge opens after nine years"
    html = markup.replace("{0}", title).replace("{}", HEAD)
    page = open_page(f"<title>{title}</title><body><main>{html}{BODY}</main></body>")
    kicker = find_kicker(page, find_headline(page, read_machine(page)))
    assert kicker is not None
    assert kicker.value == "Verkehr"


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="breadcrumb topline">Home</div>{}',
        '<div class="topline-date">5 May 2026</div>{}',
        "<header><p>The Daily</p></header>{}",
        '<p class="kicker">Bridge opens after nine years</p>{}',
        '<p class="kicker" style="display:none">Verkehr</p>{}',
        '{}<p class="kicker">Verkehr</p>',
        f'<p class="kicker">{LEAD} {LEAD}</p>{{}}',
    ],
)
def test_crumbs_dates_and_the_headline_itself_are_no_kicker(markup: str) -> None:
    page = open_page(f"<body>{markup.format(HEAD)}{BODY}</body>")
    assert find_kicker(page, find_headline(page, read_machine(page))) is None
