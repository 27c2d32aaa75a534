"""Which links of a page are articles, which are sections, and which are neither."""

import pytest

from newsspider.discover import is_article, may_be_article, read_links
from newsspider.records import PageLink, Role
from newsspider.source import Discover, Source

HOME = "https://www.news.example/"
SOURCE = Source("daily", "Daily", HOME)
BY_PATTERN = Source(
    "daily", "Daily", HOME, discover=Discover(articles=r"^https://www\.news\.example/home/details/\d+")
)


def urls(role: Role, *links: PageLink, source: Source = SOURCE, page: str = HOME) -> list[str]:
    return [found.url for found in read_links(links, page, source) if found.role is role]


def link(path: str, text: str = "", part: str = "main") -> PageLink:
    return PageLink(path if "//" in path else f"https://www.news.example{path}", text, part)


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/25/rain-and-wind",
        "/world/rain-floods-five-villages-in-the-north",
        "/world/rain-north-1234567",
        "/world/2026-11-25/rain.html",
        "/news/politics/11333783",
        "/news/1",
        "/home/details/7",
        "/archives/2146078",
        "/article/AB12CD34EF.html",
        "/news_view.php?id=55512",
        "/?p=4711",
        "/ភ្លៀងធ្លាក់ខ្លាំងលិចភូមិប្រាំ",
        "/video/2026/11/25/rain-and-wind-in-the-north",
        "//sport.news.example/2026/11/25/a-late-goal",
    ],
)
def test_addresses_that_look_like_articles_are_taken(path: str) -> None:
    assert is_article(link(f"https:{path}" if path.startswith("//") else path).url, SOURCE)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/world",
        "/world/asia/",
        "/category/world-news-and-more-of-it",
        "/tag/rain-and-wind-in-the-north-2026",
        "/author/sokha-chan-12345",
        "/privacy-policy",
        "/about/our-history-and-the-people-behind-it",
        "/search?q=rain&id=12345",
        "/world?page=2",
        "/2026/11",
        "/2026/11/25/",
        "/calendar/2031-05-01",
        "/world/2026/nov/page/3",
        "/files/2026/11/25/budget-of-the-year-2026.pdf",
        "/login?next=/2026/11/25/rain-and-wind",
        "/world?sort=newest&filter[place]=north",
        "https://other.example/2026/11/25/rain-and-wind-in-the-north",
    ],
)
def test_lists_services_files_and_other_sites_are_not(path: str) -> None:
    assert not is_article(link(path).url, SOURCE)


def test_the_pattern_of_a_source_alone_decides_on_its_site() -> None:
    links = [
        link("/home/details/1", "x"),
        link("/2026/11/25/rain-floods-five-villages", "Rain floods five villages in the north"),
        link("https://other.example/?https://www.news.example/home/details/2"),
    ]
    assert urls(Role.ARTICLE, *links, source=BY_PATTERN) == ["https://www.news.example/home/details/1"]


def test_feeds_and_sitemaps_are_believed_but_for_what_is_surely_no_article() -> None:
    assert may_be_article("https://www.news.example/rain", SOURCE)
    assert not may_be_article("https://www.news.example/home/rain", BY_PATTERN)
    for path in (
        "/",
        "/tag/rain-in-the-north",
        "/author/sokha",
        "/2026/11",
        "/a.pdf",
        "https://other.example/rain",
    ):
        assert not may_be_article(link(path).url, SOURCE)


def test_the_text_of_a_link_decides_in_doubt() -> None:
    path = "/world/rain-north-flood"
    assert urls(Role.ARTICLE, link(path, "Rain floods five villages in the north"))
    assert urls(Role.ARTICLE, link(path), link(path, "ភ្លៀងធ្លាក់លិចភូមិប្រាំ"))
    assert not urls(Role.ARTICLE, link(path, "Rain"))
    assert not urls(Role.ARTICLE, link("/world-north-south", "World, north and south of it", "nav"))


def test_sections_come_from_the_menus_of_the_home_page_alone() -> None:
    links = [
        link("/world/asia", "Asia", "nav"),
        link("/world", "World", "nav"),
        link("/category/money", "Money", "header"),
        link("/about", "About us", "nav"),
        link("/tag/rain", "Rain", "nav"),
        link("/world?page=2", "More", "nav"),
        link("/2026/11", "November", "nav"),
        link("//shop.news.example/tea".replace("//", "https://"), "Tea", "nav"),
        link("/weather-in-the-main-part", "Weather"),
        link(HOME, "Home", "nav"),
    ]
    wanted = ["https://www.news.example/world"]
    deeper = ["https://www.news.example/world/asia", "https://www.news.example/category/money"]
    assert urls(Role.SECTION, *links) == wanted + deeper
    assert urls(Role.SECTION, *links, page="https://www.news.example/world") == []
    named = Source("daily", "Daily", HOME, discover=Discover(sections=("https://www.news.example/world",)))
    assert urls(Role.SECTION, *links, source=named) == []


def test_a_home_page_that_redirects_is_told_by_the_caller() -> None:
    links = [link("/world", "World", "nav")]
    found = read_links(links, "https://www.news.example/en/", SOURCE, is_home=True)
    assert [one.role for one in found] == [Role.SECTION]


def test_without_menus_short_paths_with_short_names_are_sections() -> None:
    links = [link("/world", "World"), link("/world/asia", "Asia"), link("/money", "")]
    assert urls(Role.SECTION, *links) == ["https://www.news.example/world"]


def test_a_menu_without_end_does_not_make_sections_without_end() -> None:
    assert len(urls(Role.SECTION, *(link(f"/part{n}", f"Part {n}", "nav") for n in range(1000)))) == 40


def test_each_article_comes_once_in_the_order_of_the_page() -> None:
    paths = ["/2026/11/25/b-story", "/2026/11/25/a-story?utm_source=home", "/2026/11/25/b-story#comments"]
    assert urls(Role.ARTICLE, *(link(path, "Two stories that stand on one page") for path in paths)) == [
        "https://www.news.example/2026/11/25/b-story",
        "https://www.news.example/2026/11/25/a-story",
    ]


def test_the_page_itself_is_none_of_its_links() -> None:
    page = "https://www.news.example/2026/11/25/rain-and-wind"
    assert (
        read_links([link("/2026/11/25/rain-and-wind#top", "Rain and wind in the north")], page, SOURCE) == []
    )
