"""The strip of other stories' headlines at the top of a page."""

import pytest

from newsspider.split import split_page
from newsspider.split.ticker import split_strip

NAMES = [
    "Ferry fares will fall by a tenth",
    "Night market moves to the quay",
    "School choir wins a bronze bell",
]
LINKS = "".join(f'<li><a href="/2026/{n}">{name}</a></li>' for n, name in enumerate(NAMES))
TEXT = "".join(
    f"<p>In year {n} the lighthouse was painted white, and everyone on the island came to see it done.</p>"
    for n in range(5)
)


def ticker(before: str, after: str = "") -> list[tuple[str, str | None]]:
    html = (
        f"<html><head><title>Lighthouse is white again</title></head><body>{before}<article>"
        f"<h1>Lighthouse is white again</h1>{TEXT}</article>{after}</body></html>"
    )
    return [(link.text, link.url) for link in split_page(html, "https://paper.example/2026/white").ticker]


FOUND = [(name, f"https://paper.example/2026/{n}") for n, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    "name",
    [
        "breaking-news",
        "newsticker",
        "bn-news-ticker",
        "marquee",
        "news-flash",
        "trending-now",
        "running-text",
    ],
)
def test_a_strip_is_told_by_its_class(name: str) -> None:
    assert ticker(f'<div class="{name}"><ul>{LINKS}</ul></div>') == FOUND


def test_clones_that_a_carousel_makes_count_once() -> None:
    assert ticker(f'<div class="ticker"><ul>{LINKS}{LINKS}</ul></div>') == FOUND


def test_a_strip_without_links_is_cut_at_its_separators() -> None:
    for separator in (" | ", " • ", " ** ", " // "):
        assert ticker(f"<marquee>{separator.join(NAMES)}</marquee>") == [(name, None) for name in NAMES]


def test_the_story_itself_is_no_entry_of_its_page() -> None:
    own = '<li><a href="/2026/white">Lighthouse is white again</a></li>'
    assert ticker(f'<div class="ticker"><ul>{own}{LINKS}</ul></div>') == FOUND


@pytest.mark.parametrize("heading", ["<h2>{}</h2>", "<div class=title>{}</div>", ""])
def test_a_strip_that_holds_the_pages_own_headline_is_one_still(heading: str) -> None:
    own = "Lighthouse is white again"
    strip = f'<div class="ticker"><ul><li><a href="/2026/white">{own}</a></li>{LINKS}</ul></div>'
    html = f"<title>{own} - The Paper</title>{strip}<article>{heading.format(own)}{TEXT}</article>"
    article = split_page(html, "https://paper.example/2026/white")
    assert article.headline == own
    assert [(link.text, link.url) for link in article.ticker] == FOUND


def test_what_stands_under_the_headline_is_no_ticker() -> None:
    assert ticker("", f'<div class="ticker"><ul>{LINKS}</ul></div>') == []


def test_short_parts_of_a_line_are_no_headlines() -> None:
    assert split_strip("Home | Nation | Sport") == []
    assert split_strip("市议会批准了河边新市场的计划 | 渡轮票价下周一起下降") == [
        "市议会批准了河边新市场的计划",
        "渡轮票价下周一起下降",
    ]


@pytest.mark.parametrize(
    "label", ["Breaking news:", "ÚLTIMO MOMENTO:", "Срочно:", "ព័ត៌មានទាន់ហេតុការណ៍៖", "速報："]
)
def test_a_label_tells_of_a_strip_whose_markup_says_nothing(label: str) -> None:
    names = [f"{name} from Monday" for name in NAMES]
    line = f"<div>{label} *** {' *** '.join(names)}</div>"
    assert ticker(line) == [(name, None) for name in names]


def test_behind_a_label_short_links_are_a_menu() -> None:
    menu = "".join(
        f'<li><a href="/{name}">{name} and weather</a></li>' for name in ("Nation", "Sport", "Trade")
    )
    assert ticker(f"<div><div>Latest</div><ul>{menu}</ul></div>") == []


def test_headlines_in_elements_of_their_own_need_no_separator() -> None:
    spans = "".join(f"<span>{name}</span> " for name in NAMES)
    assert ticker(f"<marquee>{spans}</marquee>") == [(name, None) for name in NAMES]


def test_a_strip_that_is_never_closed_ends_with_its_list() -> None:
    assert ticker(f'<div class="breaking-news"><div><ul>{LINKS}</ul>') == FOUND


def test_a_label_on_a_page_without_a_headline_is_no_ticker() -> None:
    listing = f"<div><h2>Latest news</h2><ul>{LINKS}</ul></div>"
    assert (
        split_page(f"<body>{listing}</body>", "https://paper.example/", content_type="text/html").ticker == ()
    )


SEVEN = "".join(
    f'<li class="item"><a class="t" href="/2026/story-no-{n}">Story number {n} says what happened on the quay today</a></li>'
    for n in range(7)
)


def test_a_row_of_equal_headlines_is_a_ticker_without_a_word() -> None:
    assert len(ticker(f'<div class="x7f"><ul class="q1">{SEVEN}</ul></div>')) == 7


def test_a_row_in_a_menu_a_sidebar_or_of_few_links_is_none() -> None:
    for name in ("mega-menu", "main-nav", "leftside", "widget", "related-stories"):
        assert ticker(f'<div class="{name}"><ul>{SEVEN}</ul></div>') == [], name
    assert ticker(f"<nav><ul>{SEVEN}</ul></nav><aside><ul>{SEVEN}</ul></aside>") == []
    assert ticker(f'<div class="x7f"><ul>{SEVEN[: SEVEN.index("story-no-4")]}</ul></div>') == []


def test_a_row_of_links_that_leave_the_site_is_none() -> None:
    assert (
        ticker(f'<div class="x7f"><ul>{SEVEN.replace("/2026/", "https://shop.example/2026/")}</ul></div>')
        == []
    )


def test_a_strip_of_topics_is_none() -> None:
    topics = "".join(f'<li><a href="/2026/topic-{n}-of-day">Harbour dispute {n}</a></li>' for n in range(4))
    assert ticker(f'<div class="news-ticker"><ul>{topics}</ul></div>') == []


def test_kicker_and_headline_of_one_story_are_no_strip() -> None:
    link = '<a href="/2026/story-of-a-bell">'
    one = f"<h3>{link}A bell rings at night</a></h3><h2>{link}Who rang it, and why so late?</a></h2>"
    assert ticker(f'<header class="newsticker">{one}</header>') == []


def test_the_story_itself_is_known_by_its_address_too() -> None:
    own = '<li><a href="/2026/white">[3 June] Lighthouse is white again</a></li>'
    assert ticker(f'<div class="ticker"><ul>{own}{LINKS}</ul></div>') == FOUND


ONE = '<a href="/2026/ferry-1-2">{}</a>'
FERRY = "Ferry fares will fall by a tenth in May"


@pytest.mark.parametrize(
    "bar",
    [
        f'<div class="breaking-bar"><strong>BREAKING</strong> {ONE.format(FERRY)}</div>',
        f"<div><span>Última hora</span>{ONE.format(FERRY)}</div>",
        f"<div>{ONE.format('<b>Eilmeldung:</b> ' + FERRY)}</div>",
        f"<div>{ONE.format('<i>Срочно</i>' + FERRY)}</div>",
    ],
)
def test_a_breaking_news_bar_has_one_story(bar: str) -> None:
    assert ticker(bar) == [(FERRY, "https://paper.example/2026/ferry-1-2")]


@pytest.mark.parametrize(
    "bar",
    [
        '<div class="breaking-news"><a href="/live-tv-now-here/">Live TV</a></div>',
        f"<div><p>Breaking</p><ul></ul><ul><li>{ONE.format(FERRY)}</li></ul></div>",
        f'<div class="ticker">{ONE.format(FERRY)}</div>',
        "<div><span>Latest</span> <a href=/politics/>Politics</a></div>",
    ],
)
def test_a_service_or_another_list_behind_a_label_is_no_such_bar(bar: str) -> None:
    assert ticker(bar) == []


@pytest.mark.parametrize(
    "entry",
    [
        "<span class=time>10:40</span><span>{}</span>",
        "<time>10:40</time> {}",
        "{} <time>2 hours ago</time>",
        "<span class=category>Travel</span>{}",
        "<span>[ 3 June 2026 ]</span> {} <span class=cat>Town</span>",
        "10:40 {}",
        "10.40 Uhr | {}",
        "<b>Breaking</b> {}",
    ],
)
def test_a_clock_or_label_in_a_link_is_none_of_its_headline(entry: str) -> None:
    links = "".join(f'<a href="/2026/{n}">{entry.format(name)}</a> ' for n, name in enumerate(NAMES))
    assert ticker(f'<div class="news-ticker">{links}</div>') == FOUND


def test_a_character_of_a_wide_script_says_more_than_a_letter() -> None:
    names = ["秋粮收购进度过半", "강변 철도 재개통식", "黄河大桥提前完工"]
    links = "".join(f'<a href="/2026/{n}">{name}</a>' for n, name in enumerate(names))
    assert [text for text, _ in ticker(f"<marquee>{links}</marquee>")] == names
    topics = "".join(f'<a href="/2026/{n}">{name}</a>' for n, name in enumerate(["国际", "体育新闻", "财经"]))
    assert ticker(f"<marquee>{topics}</marquee>") == []


def test_a_call_in_a_breaking_bar_is_no_entry() -> None:
    call = '<a href="/alerts/subscribe-now">Subscribe to our breaking news alerts</a>'
    assert ticker(f'<div class="breaking-news">{call}</div>') == []
