"""Tickers and related links, and what is neither."""

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
