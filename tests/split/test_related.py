"""Tickers and related links, and what is neither."""

import pytest

from newsspider.split import split_page

TEXT = "".join(
    f"<p>The council met for the {n}th time on the river bank and talked about the market, which has waited for years.</p>"
    for n in range(4, 9)
)
FERRY = '<a href="/2026/ferry">Ferry fares will fall by a tenth from Monday</a>'
LIGHT = '<a href="/2026/light">Lighthouse keeper retires after forty winters</a>'


def page(before: str = "", after: str = "", inside: str = "") -> str:
    return (
        f"<html><head><title>Council meets on the bank</title></head><body><header>{before}</header><article>"
        f"<h1>Council meets on the bank</h1>{TEXT}{inside}</article>{after}<footer>{FERRY}</footer></body></html>"
    )


def related(html: str) -> list[str | None]:
    return [link.url for link in split_page(html, "https://paper.example/2026/council").related]


def ticker(html: str) -> list[str]:
    return [link.text for link in split_page(html, "https://paper.example/2026/council").ticker]


def test_links_under_a_heading_that_says_so_in_any_language() -> None:
    for heading in (
        "Related News",
        "Lire aussi",
        "Lesen Sie auch",
        "អត្ថបទទាក់ទង",
        "関連記事",
        "Читайте также",
        "اقرأ أيضا",
    ):
        found = related(page(after=f"<div><h3>{heading}</h3><ul><li>{FERRY}</li><li>{LIGHT}</li></ul></div>"))
        assert found == ["https://paper.example/2026/ferry", "https://paper.example/2026/light"], heading


def test_links_in_a_box_that_is_called_so() -> None:
    assert related(page(after=f'<div class="related-posts"><div>{FERRY}</div></div>')) == [
        "https://paper.example/2026/ferry"
    ]


def test_sitewide_lists_menus_footers_and_prose_are_none() -> None:
    most_read = f'<div class="related"><h3>Most read</h3><ul><li>{FERRY}</li><li>{LIGHT}</li></ul></div>'
    prose = f"<p>As was said when {FERRY.lower()} was decided, and that was long before the market was talked about at all.</p>"
    assert related(page(after=most_read, inside=prose, before=f"<nav>{LIGHT}</nav>")) == []


def test_an_empty_related_box_gives_no_links() -> None:
    assert related(page(after='<div class="related"><h3>Related News</h3><ul></ul></div>')) == []


def test_a_strip_of_headlines_before_the_headline_is_the_ticker() -> None:
    for strip in ('<div class="breaking-news">', '<ul class="news-ticker">', "<marquee>"):
        closing = strip[1:].split(" ")[0].strip(">")
        assert ticker(page(before=f"{strip}{FERRY} {LIGHT}{FERRY}</{closing}>")) == [
            "Ferry fares will fall by a tenth from Monday",
            "Lighthouse keeper retires after forty winters",
        ]


def test_menus_topic_bars_and_empty_strips_are_no_ticker() -> None:
    topics = '<div class="trending-now"><a href="/t/1">Floods</a><a href="/t/2">Budget</a><a href="/t/3">Rice</a></div>'
    assert ticker(page(before=f'<nav>{FERRY}{LIGHT}</nav>{topics}<div class="ticker"></div>')) == []


def test_a_heading_is_one_without_its_markup_where_it_says_nothing_else() -> None:
    assert (
        len(
            related(
                page(after=f"<div><div>関連ニュース</div><ul><li>{FERRY}</li><li>{LIGHT}</li></ul></div>")
            )
        )
        == 2
    )
    assert related(page(after=f"<div><div>Related, or not</div><ul><li>{FERRY}</li></ul></div>")) == []


def test_the_next_heading_of_the_same_kind_ends_its_reach() -> None:
    boxes = (
        f"<h4>Related News</h4><ul><li>{FERRY}</li></ul><h4>From our archive</h4><ul><li>{LIGHT}</li></ul>"
    )
    assert related(page(after=f"<div>{boxes}</div>")) == ["https://paper.example/2026/ferry"]


def test_a_link_that_begins_with_also_read_is_related_and_no_body() -> None:
    line = '<p><a href="/2026/quay"><b>Les også</b> The new quay has three bells</a></p>'
    article = split_page(page(inside=line), "https://paper.example/2026/council")
    assert [link.text for link in article.related] == ["The new quay has three bells"]
    assert not any("quay" in text for text in article.body)


def test_menus_and_tags_in_a_related_box_are_none() -> None:
    for name in ("related-tags", "menu", "social"):
        assert (
            related(page(after=f'<div class="related"><ul class="{name}"><li>{FERRY}</li></ul></div>')) == []
        ), name


FERRY_URL, LIGHT_URL = "https://paper.example/2026/ferry", "https://paper.example/2026/light"


@pytest.mark.parametrize(
    "heading",
    [
        "You might also like",
        "More on the river bank",
        "Mehr zum Thema Hafen",
        "Diese Artikel könnten dich ebenfalls interessieren",
        "Más información",
        "Leggi anche",
        "Przeczytaj też",
        "Mohlo by vás zaujať",
        "Ez is érdekelheti",
        "Материалы по теме",
        "Διαβάστε επίσης",
        "İlginizi çekebilir",
        "الموضوعات المتعلقة",
        "קראו גם",
        "यह भी पढ़ें",
        "Bài viết liên quan",
        "ข่าวที่เกี่ยวข้อง",
        "延伸閱讀",
        "관련기사",
    ],
)
def test_headings_of_many_languages(heading: str) -> None:
    assert related(page(after=f"<div><h3>{heading}</h3><ul><li>{FERRY}</li></ul></div>")) == [FERRY_URL]


def test_latest_news_on_a_topic_is_related_and_latest_news_is_not() -> None:
    for heading, found in (("Latest news on the harbour", [FERRY_URL]), ("Latest news", [])):
        assert related(page(after=f"<div><h3>{heading}</h3><ul><li>{FERRY}</li></ul></div>")) == found


def test_a_heading_in_wrappers_of_its_own_speaks_for_the_cards_beside_them() -> None:
    head = "<div><div><div><div><h2>Related stories</h2></div></div></div></div>"
    cards = f"<div><div class='col'>{FERRY}</div><div class='col'>{LIGHT}</div></div>"
    assert related(page(after=f"<section>{head}{cards}</section>")) == [FERRY_URL, LIGHT_URL]


def test_a_heading_speaks_for_the_links_of_its_own_container() -> None:
    both = f"<div><h3>Related</h3><ul><li>{FERRY}</li><li>{LIGHT}</li></ul></div>"
    other = '<div><ul><li><a href="/2026/tide-table-for-june">The tide table for the month of June</a></li></ul></div>'
    assert related(page(after=f"<div>{both}{other}</div>")) == [FERRY_URL, LIGHT_URL]


def test_a_link_alone_between_two_paragraphs_is_related() -> None:
    line = f"<p>{LIGHT}</p><p>The mayor thanked everyone who had waited for the market, and there was tea for all.</p>"
    article = split_page(page(inside=line), "https://paper.example/2026/council")
    assert [link.url for link in article.related] == [LIGHT_URL]
    assert article.body[-1].startswith("The mayor thanked")


def test_a_link_alone_that_leaves_the_site_is_not() -> None:
    line = '<p><a href="https://shop.example/2026/lamp-of-the-month">Buy the lamp of the month while it lasts</a></p>'
    end = "<p>The mayor thanked everyone who had waited for the market, and there was tea for all.</p>"
    assert related(page(inside=line + end)) == []


def test_a_card_under_an_empty_link_says_its_heading() -> None:
    link = '<a class="sheet" href="/2026/light"></a>'
    card = f'<div class="card">{link}<img src="l.jpg"><h4>Lighthouse keeper retires at last</h4></div>'
    html = page(after=f"<section><h2>Related stories</h2>{card}</section>")
    found = split_page(html, "https://paper.example/2026/council").related
    assert [(link.text, link.url) for link in found] == [("Lighthouse keeper retires at last", LIGHT_URL)]


def test_a_short_headline_set_like_longer_ones_is_taken() -> None:
    short = '<li><a href="/2026/bells">Bells silent</a></li>'
    rows = f"<ul><li>{FERRY}</li><li>{LIGHT}</li>{short}</ul>"
    assert related(page(after=f"<div><h3>Related</h3>{rows}</div>"))[-1] == "https://paper.example/2026/bells"
    assert related(page(after=f"<div><h3>Related</h3><ul>{short}</ul></div>")) == []


def test_more_stories_count_where_the_page_has_nothing_closer() -> None:
    kite = '<a href="/2026/kite">Kite day drew three thousand to the dunes</a>'
    more = f"<div><h3>More from the coast</h3><ul><li>{FERRY}</li><li>{LIGHT}</li><li>{kite}</li></ul></div>"
    assert len(related(page(after=more))) == 3
    closer = "".join(
        f'<li><a href="/2026/harbour-{n}">Harbour report number {n} is out today</a></li>' for n in "ab"
    )
    found = related(page(after=f"<div><h3>Related</h3><ul>{closer}</ul></div>{more}"))
    assert found == ["https://paper.example/2026/harbour-a", "https://paper.example/2026/harbour-b"]


def test_tags_of_a_post_in_its_class_are_no_list_of_tags() -> None:
    card = f'<article class="post category-sea tag-ferries">{FERRY}</article>'
    assert related(page(after=f"<aside><h3>Related</h3><div>{card}</div></aside>")) == [FERRY_URL]


def test_a_list_in_menu_markup_counts_under_a_heading_in_the_text() -> None:
    box = f'<section><div class="headline">Read also</div><nav><ul class="menu"><li>{FERRY}</li></ul></nav></section>'
    assert related(page(after=box)) == [FERRY_URL]


def test_the_footer_of_the_article_is_not_that_of_the_page() -> None:
    box = f"<footer><h2>Related</h2><ul><li>{LIGHT}</li></ul></footer>"
    assert related(page(inside=box)) == [LIGHT_URL]
    assert related(page(after=box)) == []


def test_what_a_headed_link_says_of_its_story_is_no_prose() -> None:
    teasers = "".join(
        f"<p>{link} It took the board of the harbour a long time to settle, and not everyone is glad of it.</p>"
        for link in (FERRY, LIGHT)
    )
    assert related(page(after=f"<div><h6>More on this</h6>{teasers}</div>")) == [FERRY_URL, LIGHT_URL]


@pytest.mark.parametrize(
    "address",
    [
        "/tag/harbour-and-ferries",
        "/author/ada-of-the-quay-12",
        "/jobs/ferry-pilot-wanted-now",
        "/2026/council",
        "/2026/council?from=box-1",
        "/files/ferry-fares-2026.pdf",
        "https://www.facebook.com/sharer.php?u=1234",
    ],
)
def test_lists_services_files_and_the_page_itself_are_no_stories(address: str) -> None:
    link = f'<a href="{address}">Everything that there is about ferries</a>'
    assert related(page(after=f"<div><h3>Related</h3><ul><li>{link}</li></ul></div>")) == []


def test_behind_five_thousand_links_nothing_is_looked_for() -> None:
    many = "".join(f'<a href="/2026/x-{n}">Story</a> ' for n in range(5000))
    box = f"<div><h3>Related</h3><ul><li>{FERRY}</li></ul></div>"
    assert related(page(after=f"<div>{many}</div>{box}")) == []


def test_read_more_is_no_headline() -> None:
    words = '<div class="card"><p>The bell rang.</p><a href="/2026/bell-at-night">Weiterlesen ...</a></div>'
    assert related(page(after=f"<section><h2>Related stories</h2>{words}</section>")) == []
    headed = words.replace("<p>", "<h4>A bell that rings at night</h4><p>")
    html = page(after=f"<section><h2>Related stories</h2>{headed}</section>")
    found = split_page(html, "https://paper.example/2026/council").related
    assert [link.text for link in found] == ["A bell that rings at night"]


def test_a_page_without_a_head_has_related_links_too() -> None:
    story = "".join(
        f"<p>In paragraph {n} of this story the harbour council speaks again, at some length.</p>"
        for n in "abcd"
    )
    links = (
        "<h3>Related articles</h3><ul><li><a href=/n/wards-market-2>Three wards vote on a new market</a></ul>"
    )
    article = split_page(
        f"<article><h1>Ferry fares fall by a tenth</h1>{story}</article>{links}", "https://paper.example/n/1"
    )
    assert [link.text for link in article.related] == ["Three wards vote on a new market"]


def test_a_link_that_is_a_whole_card_says_its_headline() -> None:
    card = "<a href='/n/rail-line-shut-9911'>{}<span>3 hrs ago</span><span>Cumbria</span></a>"
    kinds = (
        "<h3>Rail line through gorge to shut</h3><p>Engineers rebuild two embankments.</p>",
        "<span class=tag>Travel</span> <span class='card__title'>Rail line through gorge to shut</span> ",
        "<div>Travel</div><div>Rail line through gorge to shut</div><div>Engineers rebuild two embankments.</div>",
    )
    for kind in kinds:
        box = f"<section><h2>Related articles</h2><div>{card.format(kind)}</div></section>"
        found = split_page(
            f"<h1>A footbridge reopens</h1>{TEXT}{box}", "https://paper.example/n/bridge-1"
        ).related
        assert [link.text for link in found] == ["Rail line through gorge to shut"]


def test_the_first_words_of_a_sentence_are_no_label() -> None:
    for label, rest in (
        ("Brand new", "rail line through the gorge opens"),
        ("Travel", "Rail line is to shut"),
    ):
        card = f"<a href='/n/rail-line-opens-9911'><span class=kicker>{label}</span> {rest}</a>"
        box = f"<section><h2>Related articles</h2><div>{card}</div></section>"
        found = split_page(
            f"<h1>A bridge reopens</h1>{TEXT}{box}", "https://paper.example/n/bridge-1"
        ).related
        assert [link.text for link in found] == [f"{label} {rest}" if rest.islower() else rest]


def test_a_label_in_an_element_of_its_own_needs_no_colon() -> None:
    line = f"<p><strong>À lire aussi</strong> {FERRY}</p>"
    assert related(page(inside=line)) == ["https://paper.example/2026/ferry"]
    strip = f"<div><span>SON DAKİKA</span>{FERRY}{LIGHT}</div>"
    assert ticker(page(before=strip)) == [
        "Ferry fares will fall by a tenth from Monday", "Lighthouse keeper retires after forty winters",
    ]  # fmt: skip
