"""The headline among headings, titles and machine data."""

from __future__ import annotations

import pytest

from newsspider.split import split_page
from newsspider.split.headline import Headline, find_headline
from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page
from newsspider.split.witnesses import runs

URL = "https://www.dailypost.example/story/1"


def headline(html: str) -> Headline:
    page = open_page(html, URL)
    found = find_headline(page, read_machine(page))
    assert found is not None
    return found


def test_of_several_h1_the_one_that_the_title_has_is_taken() -> None:
    """Not the site's name, not the section, not the next story."""
    found = headline(
        "<title>Bridge opens after nine years - Daily Post</title><h1>Daily Post</h1><h1>News</h1>"
        "<h1>Bridge opens after nine years</h1><h1>Ferry sinks in harbour, nobody hurt</h1>"
    )
    assert (found.text, found.source) == ("Bridge opens after nine years", "html")
    assert found.block == 2


def test_the_visible_heading_goes_before_a_title_for_sharing() -> None:
    """og:title is often written anew; readers see the h1."""
    html = (
        "<title>Bridge opens after nine years</title><h1>Bridge opens after nine years</h1>"
        '<meta property="og:title" content="You won\'t believe which bridge is open">'
    )
    assert headline(html).text == "Bridge opens after nine years"


def test_json_ld_decides_where_no_h1_is_borne_out() -> None:
    """Also when a wrong h1 is there."""
    html = (
        '<script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "Bridge opens after nine years"}</script>'
        "<h1>All our newsletters</h1><div>Bridge opens after nine years</div>"
    )
    found = headline(html)
    assert (found.text, found.source, found.block) == ("Bridge opens after nine years", "json-ld", 1)


def test_a_kicker_inside_the_heading_is_taken_off() -> None:
    """Where the page's title for sharing has only the rest."""
    html = (
        "<title>Bridge opens after nine years | Daily Post</title>"
        '<meta property="og:title" content="Bridge opens after nine years">'
        "<h1><span>Traffic</span> Bridge opens after nine years</h1>"
    )
    found = headline(html)
    assert (found.text, found.kicker) == ("Bridge opens after nine years", "Traffic")


def test_the_mark_between_kicker_and_headline_comes_from_the_title() -> None:
    """Where the page itself counts the kicker in, and only its elements keep the two apart."""
    html = (
        '<meta property="og:title" content="Traffic: Bridge opens after nine years">'
        "<h1><span>Traffic</span><span>Bridge opens after nine years</span></h1>"
    )
    assert headline(html).text == "Traffic: Bridge opens after nine years"


@pytest.mark.parametrize("tag", ["h2", "h3", "div"])
def test_a_lower_heading_or_line_counts_when_the_title_has_it(tag: str) -> None:
    """Not every page has an h1."""
    title = "<title>Bridge opens after nine years | Daily Post</title>"
    html = f"{title}<h3>Weather</h3><{tag}>Bridge opens after nine years</{tag}>"
    assert headline(html).text == "Bridge opens after nine years"


def test_without_headings_the_title_is_taken_without_the_sites_name() -> None:
    """From og:title, else from the longest segment of the title."""
    assert (
        headline("<title>Bridge opens after nine years | Daily Post</title><p>x").text
        == "Bridge opens after nine years"
    )
    found = headline('<meta property="og:title" content="Bridge opens - Dailypost"><p>x')
    assert (found.text, found.source, found.block) == ("Bridge opens", "meta", None)


def test_where_the_title_is_the_sites_alone_the_heading_over_the_text_is_taken() -> None:
    """Small portals have one title for all pages."""
    html = (
        "<title>Daily Post - English</title><h3>Bridge opens after nine years</h3><p>5 March</p>"
        f"<p>{'The bridge over the river was opened on Sunday. ' * 4}</p><h4>Related</h4>"
    )
    assert headline(html).text == "Bridge opens after nine years"


def test_hidden_headings_are_no_headline() -> None:
    """What readers can't see is not taken, though it may repeat the title."""
    html = '<title>Old</title><h1 style="display:none">Old</h1><h1>Bridge opens after nine years</h1>'
    assert headline(html).text == "Bridge opens after nine years"


def test_a_page_without_any_title_has_no_headline() -> None:
    """None, not an empty text."""
    page = open_page("<p>Only a paragraph of text.</p>", URL)
    assert find_headline(page, read_machine(page)) is None


def test_the_runs_of_a_title_are_bounded() -> None:
    """A title of nothing but separators costs little."""
    assert len(list(runs("a | " * 5_000))) < 120


def filled(html: str) -> str:
    """With the headline for [H]."""
    return html.replace("[H]", "Bridge opens after nine years")


@pytest.mark.parametrize(
    "mark",
    [
        " - ",
        " – ",
        " — ",
        "--",
        " ― ",
        " − ",
        " ‐ ",
        " | ",
        "|",
        "｜",
        " ❘ ",
        " ∣ ",
        " ¦ ",
        " : ",
        " :: ",
        " · ",
        " • ",
        " ● ",
        " ◆ ",
        " « ",
        " » ",
        " ‹ ",
        " › ",
        " << ",
        " / ",
        "_",
        " ~ ",
        " ⋆ ",
        " ► ",
        " ■ ",
        " * ",
    ],
)
def test_every_mark_can_join_headline_and_site(mark: str) -> None:
    """Before it and behind it, whether the page says its site's name or not."""
    name = '<meta property="og:site_name" content="Daily Post">'
    for title in (
        f"Bridge opens after nine years{mark}Daily Post",
        f"Daily Post{mark}Bridge opens after nine years",
    ):
        assert headline(f"<title>{title}</title><p>x").text == "Bridge opens after nine years"
        assert headline(f"<title>{title}</title>{name}<p>x").text == "Bridge opens after nine years"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<title>[H] -- Daily Post</title>", "[H]"),
        ("<title>Daily Post -- [H]</title>", "[H]"),
        ('<title>[H] -- Daily Post</title><meta property="og:site_name" content="Daily Post">', "[H]"),
        ('<title>[H] - News - Daily Post</title><meta property="og:site_name" content="Daily Post">', "[H]"),
        ('<title>News | [H] | Daily Post</title><meta property="og:site_name" content="Daily Post">', "[H]"),
        ("<title>[H] | News | dailypost.example</title>", "[H]"),
        (
            (
                "<title>Fire - and what came after: a night in Ulsby - Daily Post</title>"
                '<meta property="og:site_name" content="Daily Post">'
            ),
            "Fire - and what came after: a night in Ulsby",
        ),
        (
            (
                "<title>Fire | Flood | Storm: a year in Ulsby | Daily Post</title>"
                '<meta property="og:site_name" content="Daily Post">'
            ),
            "Fire | Flood | Storm: a year in Ulsby",
        ),
        (
            (
                "<title>“I was there”: nurse on nine years at the bridge | Daily Post</title>"
                '<meta property="og:site_name" content="Daily Post">'
            ),
            "“I was there”: nurse on nine years at the bridge",
        ),
        (
            (
                "<title>Daily Post wins prize for bridge story - Daily Post</title>"
                '<meta property="og:site_name" content="Daily Post">'
            ),
            "Daily Post wins prize for bridge story",
        ),
        ("<title>大桥九年后通车_新闻频道_每日邮报</title>", "大桥九年后通车"),
        ("<title>大桥九年后通车-每日邮报</title>", "大桥九年后通车"),
        (
            '<title>九年ぶりに橋が開通：日報新聞デジタル</title><meta property="og:site_name" content="日報新聞デジタル">',
            "九年ぶりに橋が開通",
        ),
        ("<title>九年ぶりに橋が開通 ｜ 日報</title>", "九年ぶりに橋が開通"),
        ("<title>【速報】九年ぶりに橋が開通 | 日報</title>", "【速報】九年ぶりに橋が開通"),
        ("<title>다리, 9년 만에 개통 < 사회 < 기사본문 - 데일리포스트</title>", "다리, 9년 만에 개통"),
        ("<title>다리, 9년 만에 개통 : 데일리포스트</title>", "다리, 9년 만에 개통"),
        ('<title>[H]</title><div class="headline">[H]</div>', "[H]"),
        (
            (
                "<title>Rock &amp;amp; roll at the bridge - Daily Post</title>"
                '<meta property="og:site_name" content="Daily Post">'
            ),
            "Rock & roll at the bridge",
        ),
        (
            (
                "<title>&lt;b&gt;Bridge&lt;/b&gt; opens after nine years - Daily Post</title>"
                '<meta property="og:site_name" content="Daily Post">'
            ),
            "[H]",
        ),
        (
            (
                "<title>x</title><script "
                'type="application/ld+json">{"@type":"NewsArticle","headline":"Mayor&#8217;s bridge opens '
                'after nine years"}</script>'
            ),
            "Mayor’s bridge opens after nine years",
        ),
        (
            (
                '<title>x</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"'
                '<em>Bridge</em> opens after nine years"}</script>'
            ),
            "[H]",
        ),
        (
            "<title>افتتاح الجسر بعد تسع سنوات من العمل | البريد اليومي</title>",
            "افتتاح الجسر بعد تسع سنوات من العمل",
        ),
        ("<title>Bridge-opening: a day - Daily Post</title>", "Bridge-opening: a day"),
    ],
)
def test_titles_alone(html: str, text: str) -> None:
    """Without site and section; marks, quotes and the site's name inside the headline stay; escaped twice."""
    assert headline(f"{filled(html)}<p>x").text == filled(text)


PARAGRAPHS = "<p>" + "The bridge over the river was opened on Sunday after nine years of work. " * 3 + "</p>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            (
                '<title>[H]</title><meta property="og:site_name" content="Daily Post"><header>'
                '<h1 class="logo"><a href="/">Daily Post</a></h1></header><h2 class="entry-title">[H]</h2>'
            ),
            "[H]",
        ),
        (
            (
                '<title>[H]</title><meta property="og:site_name" content="Daily Post"><header>'
                '<h1 class="logo"><a href="/"><img alt="Daily Post"></a></h1></header>'
                '<h2 class="entry-title">[H]</h2>'
            ),
            "[H]",
        ),
        ("<title>[H]</title><h1>Daily Post</h1><h1>[H]</h1>", "[H]"),
        ("<title>[H]</title><h1>Local news</h1><h2>[H]</h2>", "[H]"),
        (
            (
                '<title>[H]</title><h1 class="section">Local</h1><article><h1>[H]</h1></article><aside>'
                "<h1>Ferry sinks in harbour, nobody hurt</h1></aside>"
            ),
            "[H]",
        ),
        ('<title>[H]</title><h1 style="display:none">[H]</h1><h2 class="title">[H]</h2>', "[H]"),
        ('<title>[H]</title><div class="headline">[H]</div>', "[H]"),
        ('<title>[H]</title><h1 class="sr-only">Daily Post - news of the day</h1><h2>[H]</h2>', "[H]"),
        (
            (
                '<title>[H]</title><meta property="og:title" content="[H]"><h1><span class="kicker">Traffic'
                "</span> [H]</h1>"
            ),
            "[H]",
        ),
        (
            (
                '<title>[H]</title><meta property="og:title" content="[H]"><h1>[H] <span class="comments">12'
                "</span></h1>"
            ),
            "[H]",
        ),
        (
            '<title>[H]</title><meta property="og:title" content="[H]"><h1>[H]<small>5 March 2021</small></h1>',
            "[H]",
        ),
        (
            (
                '<title>[H]</title><meta property="og:title" content="[H]"><h1>[H] '
                '<span class="badge">Premium</span></h1>'
            ),
            "[H]",
        ),
        ('<title>[H]</title><meta property="og:title" content="[H]"><h1><span>LIVE</span> [H]</h1>', "[H]"),
        (
            (
                '<title>[H]</title><meta property="og:title" content="[H]"><h1><a href="#">[H]</a> '
                '<a class="edit">[edit]</a></h1>'
            ),
            "[H]",
        ),
        (
            (
                '<title>[H]</title><meta property="og:title" content="[H] City celebrates"><h1>[H]'
                "<br>City celebrates</h1>"
            ),
            "[H] City celebrates",
        ),
        (
            '<title>[H]</title><meta property="og:title" content="[H]"><h1>BRIDGE OPENS AFTER NINE YEARS</h1>',
            "BRIDGE OPENS AFTER NINE YEARS",
        ),
        (
            (
                "<title>Bridge over the river Ulde opens after nine years of work, t... - Daily Post</title>"
                '<meta property="og:title" content="Bridge over the river Ulde opens after nine years of '
                'work, t..."><h1>Bridge over the river Ulde opens after nine years of work, three strikes '
                "and a flood that nobody in the town of Ulsby had foreseen</h1>"
            ),
            (
                "Bridge over the river Ulde opens after nine years of work, three strikes and a flood that "
                "nobody in the town of Ulsby had foreseen"
            ),
        ),
        (
            (
                "<title>Bridge over the river Ulde opens after nine years of work, t… | Daily Post</title>"
                '<meta property="og:title" content="Bridge over the river Ulde opens after nine years of '
                'work, t…"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge over '
                "the river Ulde opens after nine years of work, three strikes and a flood that nobody in the "
                'tow..."}</script><h1>Bridge over the river Ulde opens after nine years of work, three '
                "strikes and a flood that nobody in the town of Ulsby had foreseen</h1>"
            ),
            (
                "Bridge over the river Ulde opens after nine years of work, three strikes and a flood that "
                "nobody in the town of Ulsby had foreseen"
            ),
        ),
        (
            (
                "<title>Bridge over the river Ulde opens after nine years of work, t… | Daily Post</title>"
                '<meta property="og:title" content="Bridge over the river Ulde opens after nine years of '
                'work, t…"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge over '
                "the river Ulde opens after nine years of work, three strikes and a flood that nobody in the "
                'tow..."}</script><h1>Local</h1><h2>Bridge over the river Ulde opens after nine years of '
                "work, three strikes and a flood that nobody in the town of Ulsby had foreseen</h2>"
            ),
            (
                "Bridge over the river Ulde opens after nine years of work, three strikes and a flood that "
                "nobody in the town of Ulsby had foreseen"
            ),
        ),
        (
            (
                "<title>Daily Post</title><script "
                'type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge over the river Ulde '
                'opens after nine years of work, three strikes and a flood that nobody in the town o"}'
                "</script><h1>Bridge over the river Ulde opens after nine years of work, three strikes and a "
                "flood that nobody in the town of Ulsby had foreseen</h1>"
            ),
            (
                "Bridge over the river Ulde opens after nine years of work, three strikes and a flood that "
                "nobody in the town of Ulsby had foreseen"
            ),
        ),
        (
            (
                "<title>Daily Post</title><script "
                'type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge over the river Ulde '
                'opens after nine years of work, three strikes and a flood that nobody in the town o"}'
                '</script><h2 class="title">Bridge over the river Ulde opens after nine years of work, three '
                "strikes and a flood that nobody in the town of Ulsby had foreseen</h2>"
            ),
            (
                "Bridge over the river Ulde opens after nine years of work, three strikes and a flood that "
                "nobody in the town of Ulsby had foreseen"
            ),
        ),
        (
            (
                "<title>[H] - Daily Post</title><script "
                'type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sinks in harbour, '
                'nobody hurt","url":"https://www.dailypost.example/ferry"}</script><h1>[H]</h1>'
            ),
            "[H]",
        ),
        (
            (
                "<title>[H] - Daily Post</title><script "
                'type="application/ld+json">{"@type":"NewsArticle","headline":"You won’t believe which '
                'bridge is open now"}</script><h1>[H]</h1>'
            ),
            "[H]",
        ),
        (
            (
                "<title>Traffic: what you need to know about the bridge - Daily Post</title>"
                '<meta property="og:title" content="Traffic: what you need to know"><h1>[H]</h1>'
            ),
            "[H]",
        ),
        (
            (
                '<title>x</title><meta property="og:title" content="Rock &amp;amp; roll at the bridge">'
                "<h1>Rock &amp;amp; roll at the bridge</h1>"
            ),
            "Rock & roll at the bridge",
        ),
        (
            "<title>x</title><h1>Mayor&amp;#8217;s bridge opens after nine years</h1>",
            "Mayor’s bridge opens after nine years",
        ),
        (
            "<title>x</title><h1>Mayor&#8217;s &quot;bridge&quot; opens after nine years</h1>",
            'Mayor’s "bridge" opens after nine years',
        ),
        ('<title>Daily Post</title><h1><img src="t.png" alt="[H]"></h1>', "[H]"),
        ('<title>[H] - Daily Post</title><h1><img src="t.png" alt="[H]"></h1><h2>Most read</h2>', "[H]"),
        (
            (
                "<title>Bridge opening live: thousands cross on foot - Daily Post</title>"
                '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge opening live: '
                'thousands cross on foot"}</script><h1>Bridge opening live: thousands cross on foot</h1>'
                "<article><h2>12:30 Ferry stops for ever</h2></article>"
            ),
            "Bridge opening live: thousands cross on foot",
        ),
        ("<title>Print - [H]</title><h1>[H]</h1>", "[H]"),
        ("<title>Daily Post - Print version: [H]</title><h2>[H]</h2>", "[H]"),
        (
            (
                "<title>افتتاح الجسر بعد تسع سنوات من العمل - البريد اليومي</title>"
                "<h1>افتتاح الجسر بعد تسع سنوات من العمل</h1>"
            ),
            "افتتاح الجسر بعد تسع سنوات من العمل",
        ),
        (
            (
                "<title>البريد اليومي | افتتاح الجسر بعد تسع سنوات من العمل</title><h1>البريد اليومي</h1>"
                "<h2>افتتاح الجسر بعد تسع سنوات من العمل</h2>"
            ),
            "افتتاح الجسر بعد تسع سنوات من العمل",
        ),
        (
            (
                "<title>افتتاح الجسر بعد تسع سنوات من العمل \u200e| البريد اليومي</title>"
                "<h1>\u200fافتتاح الجسر بعد تسع سنوات من العمل</h1>"
            ),
            "\u200fافتتاح الجسر بعد تسع سنوات من العمل",
        ),
        ('<title>Daily Post: [H]</title><h1>Daily Post</h1><h3 class="post-title">[H]</h3>', "[H]"),
        (
            (
                '<title>[H]</title><div id="header"><h1>The Daily Post Online</h1></div><div class="post">'
                '<h2><a href="/b">[H]</a></h2></div>'
            ),
            "[H]",
        ),
        (
            (
                '<title>[H] &raquo; Daily Post</title><h1 id="site-title">Daily Post</h1>'
                '<h2 class="entry-title"><a href="/b">[H]</a></h2>'
            ),
            "[H]",
        ),
        (
            (
                '<title>Article | Daily Post</title><meta property="og:site_name" content="Daily Post">'
                "<h1>Article</h1><h2>[H]</h2>"
            ),
            "[H]",
        ),
        (
            (
                '<title>Daily Post</title><meta property="og:site_name" content="Daily Post"><h1>News</h1>'
                "<h2>[H]</h2>"
            ),
            "[H]",
        ),
        (
            (
                '<title>Daily Post</title><meta property="og:site_name" content="Daily Post"><h1>Bài viết'
                "</h1><h2>[H]</h2>"
            ),
            "[H]",
        ),
        (
            (
                '<title>[H] - Daily Post</title><meta property="og:site_name" content="Daily Post">'
                '<div class="breadcrumb"><h1>[H] - News</h1></div><h2>[H]</h2>'
            ),
            "[H]",
        ),
        (
            "<title>Bridge: open! Town: happy? - Daily Post</title><h1>Bridge: open! Town: happy?</h1>",
            "Bridge: open! Town: happy?",
        ),
        (
            (
                '<title>ULSBY | [H]</title><meta property="og:title" content="ULSBY | [H]">'
                '<p class="kicker">ULSBY</p><h1>[H]</h1>'
            ),
            "[H]",
        ),
        ("<title>[H] (VIDEO) - Daily Post</title><h1>[H] (VIDEO)</h1>", "[H] (VIDEO)"),
        ("<title>[H] - Daily Post</title><h1>[H].</h1>", "[H]."),
        ('<title>undefined</title><meta property="og:title" content="undefined"><h1>[H]</h1>', "[H]"),
        ('<title>Home</title><meta property="og:title" content="Home"><h1>[H]</h1>', "[H]"),
        (
            (
                '<title>Daily Post</title><meta property="og:title" content="Daily Post">'
                '<h1>Subscribe to our newsletter</h1><h2 itemprop="headline">[H]</h2>'
            ),
            "[H]",
        ),
        ("<title>[H] - Daily Post</title><h1>We value your privacy</h1><h1>[H]</h1>", "[H]"),
        (
            (
                '<title>[H] - Daily Post</title><div class="modal"><h1>Sign in to continue reading the Post'
                '</h1></div><h2 class="post__title">[H]</h2>'
            ),
            "[H]",
        ),
    ],
)
def test_headings_as_systems_and_themes_have_them(html: str, text: str) -> None:
    """Logos, sections, overlays, breadcrumbs as h1; counters, dates, badges inside; cut witnesses; other scripts."""
    assert headline(filled(html) + PARAGRAPHS).text == filled(text)


def test_an_h1_that_leads_home_is_the_sites_name() -> None:
    """Though the title has it, too."""
    title = "<title>The Ledger: Bridge opens after nine years</title>"
    for href in ("/", "https://www.dailypost.example/", "https://www.dailypost.example", "/index.html"):
        html = f'{title}<h1><a href="{href}">The Ledger</a></h1><h3>Bridge opens after nine years</h3>'
        assert headline(html).text == "Bridge opens after nine years"


@pytest.mark.parametrize("address", ["/n/bridge-opens-after-3-years", "/bridge-opens/after_3_years.html"])
def test_a_heading_that_the_address_has_is_the_headline(address: str) -> None:
    text = "<p>The bridge over the river opens on Monday, and all of the town will be there to see it.</p>"
    page = f"<title>The Future of Bridges | Span</title><p>The Future of Bridges</p><h1>Bridge opens after 3 years</h1>{text}"
    assert split_page(page, f"https://paper.example{address}").headline == "Bridge opens after 3 years"


def test_a_mark_that_points_at_a_headline_is_none_of_it() -> None:
    page = "<title>Paper » Bridge opens after 3 years</title><h2>[> Bridge opens after 3 years</h2><p>It does.</p>"
    assert split_page(page).headline == "Bridge opens after 3 years"


def test_a_tag_that_a_heading_names_is_part_of_it() -> None:
    """It was escaped, in the title, too."""
    page = "<title>How the &lt;div&gt; tag grew</title><h1>How the &lt;div&gt; tag grew</h1>"
    assert headline(page).text == "How the <div> tag grew"


def test_markup_that_was_escaped_in_a_heading_is_no_part_of_it() -> None:
    page = open_page(
        "<title>The Ferry sails</title><h1>The &lt;em&gt;Ferry&lt;/em&gt; sails</h1><p>It sails.</p>", None
    )
    found = find_headline(page, read_machine(page))
    assert found is not None
    assert found.text == "The Ferry sails"
