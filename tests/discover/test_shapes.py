"""What addresses of a site's articles look like, learned from pages that were read."""

from newsspider.discover import judged, read_links, shape_of
from newsspider.records import PageLink
from newsspider.source import Source

SITE = "https://www.news.example"
SOURCE = Source("daily", "Daily", SITE + "/")


def test_articles_of_one_system_have_one_shape() -> None:
    first = shape_of(f"{SITE}/politics/2026/11/rain-in-the-north-4711.html?id=5")
    assert first == "news.example/word/year/number/slug-number.html?id"
    assert first == shape_of(f"{SITE}/sport/2025/3/a-late-goal-wins-it-12.html?id=77#top")
    assert first != shape_of(f"{SITE}/politics/rain-in-the-north-4711.html?id=5")


def test_a_shape_tells_nothing_before_five_pages_agree() -> None:
    url = f"{SITE}/n/rain"
    assert judged(url, {}) is None
    assert judged(url, {shape_of(url): (4, 0)}) is None
    assert judged(url, {shape_of(url): (5, 0)}) is True
    assert judged(url, {shape_of(url): (0, 5)}) is False
    assert judged(url, {shape_of(url): (5, 4)}) is None


def test_what_a_shape_was_goes_before_what_an_address_looks_like() -> None:
    short, long = f"{SITE}/n/rain", f"{SITE}/guide/ten-walks-along-the-river"
    links = [PageLink(short, "Rain", "main"), PageLink(long, "Ten walks along the river, rated", "main")]
    assert [found.url for found in read_links(links, SITE + "/world", SOURCE)] == [long]
    shapes = {shape_of(short): (9, 0), shape_of(long): (0, 9)}
    assert [found.url for found in read_links(links, SITE + "/world", SOURCE, shapes=shapes)] == [short]


def test_a_service_is_no_article_whatever_was_learned() -> None:
    login = f"{SITE}/login/rain"
    links = [PageLink(login, "Rain in the north closes three roads", "main")]
    assert read_links(links, SITE + "/world", SOURCE, shapes={shape_of(login): (9, 0)}) == []
