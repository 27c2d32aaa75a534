"""Section, tags, image, canonical address, last change."""

from __future__ import annotations

from datetime import UTC, datetime

from newsspider.split.about import find_canonical, find_image, find_modified, find_section, find_tags
from newsspider.split.headline import find_headline
from newsspider.split.machine import Machine, read_machine
from newsspider.split.parse import open_page
from newsspider.split.table import Page

URL = "https://daily.example/story/1?utm_source=x"


def both(html: str, url: str | None = URL) -> tuple[Page, Machine]:
    page = open_page(html, url)
    return page, read_machine(page)


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_the_section_is_the_one_that_the_page_names() -> None:
    """JSON-LD, then metas; of a path its first level."""
    named = ld('{"@type": "NewsArticle", "articleSection": ["Traffic", "Region"]}')
    meta = '<meta property="article:section" content="Home > Region > North">'
    for html, wanted in ((named + meta, ("Traffic", "json-ld")), (meta, ("Region", "meta"))):
        found = find_section(*both(html))
        assert found is not None
        assert (found.value, found.source) == wanted


def test_of_a_breadcrumb_the_first_level_below_home_is_the_section() -> None:
    """Neither home nor the story itself, in any order of the list."""
    crumbs = ld(
        '{"@type": "BreadcrumbList", "itemListElement": [{"position": 2, "name": "Region"},'
        '{"position": 1, "item": {"@id": "https://daily.example/", "name": "Daily"}},'
        '{"position": 3, "name": "North"}]}'
    )
    found = find_section(*both(crumbs))
    assert found is not None
    assert found.value == "Region"
    page, machine = both(
        '<nav aria-label="Breadcrumb"><a href="/">Startseite</a> › <a href="/r">Region</a></nav>'
    )
    found = find_section(page, machine)
    assert found is not None
    assert (found.value, found.source) == ("Region", "html")


def test_a_breadcrumb_of_home_and_story_names_no_section() -> None:
    """The story is not its own section."""
    html = '<div class="breadcrumbs"><a href="/">Home</a><a href="#">Bridge opens after nine years</a></div>'
    page, machine = both(html + "<h1>Bridge opens after nine years</h1>")
    assert find_section(page, machine, find_headline(page, machine)) is None


def test_tags_are_distinct_and_in_order() -> None:
    """From lists, from text with commas, from several metas, from links with rel=tag."""
    said = ld('{"@type": "NewsArticle", "keywords": "bridge, Ferry; bridge, river "}')
    metas = '<meta property="article:tag" content="Bridge"><meta property="article:tag" content="Ferry">'
    links = '<a rel="tag" href="/t/b">Bridge</a><a rel="tag" href="/t/f">Ferry, old</a>'
    for html, wanted in (
        (said + metas, (("bridge", "Ferry", "river"), "json-ld")),
        (metas + links, (("Bridge", "Ferry"), "meta")),
        (links, (("Bridge", "Ferry, old"), "html")),
    ):
        found = find_tags(*both(html))
        assert found is not None
        assert (found.value, found.source) == wanted
    assert find_tags(*both("<p>x")) is None


def test_the_image_is_absolute_and_no_data_address() -> None:
    """From objects, lists and og:image."""
    for image in ('"/a.jpg"', '["/a.jpg", "/b.jpg"]', '{"@type": "ImageObject", "url": "/a.jpg"}'):
        found = find_image(*both(ld(f'{{"@type": "NewsArticle", "image": {image}}}')))
        assert found is not None
        assert (found.value, found.source) == ("https://daily.example/a.jpg", "json-ld")
    html = ld('{"@type": "NewsArticle", "image": "data:image/png;base64,x"}')
    found = find_image(*both(html + '<meta property="og:image" content="/b.jpg">'))
    assert found is not None
    assert found.value == "https://daily.example/b.jpg"


def test_the_canonical_address_is_the_pages_own_word_cleaned() -> None:
    """Else the page's address without tracking; a home page stands for no story."""
    link = '<link rel="canonical" href="/story/bridge#top">'
    for html, wanted in (
        (link, ("https://daily.example/story/bridge", "html")),
        ('<meta property="og:url" content="https://daily.example/s">', ("https://daily.example/s", "meta")),
        ('<link rel="canonical" href="/">', ("https://daily.example/story/1", "url")),
        ("", ("https://daily.example/story/1", "url")),
    ):
        found = find_canonical(*both(html))
        assert found is not None
        assert (found.value, found.source) == wanted
    assert find_canonical(*both("<p>x", None)) is None


def test_the_last_change_is_never_after_the_fetch() -> None:
    """The next witness is asked; the zone is as the page gives it."""
    html = ld('{"@type": "NewsArticle", "dateModified": "2031-01-01T10:00:00+02:00"}')
    html += '<meta property="article:modified_time" content="2021-01-01T10:00:00+02:00">'
    found = find_modified(*both(html), datetime(2022, 1, 1, tzinfo=UTC))
    assert found is not None
    assert (found.value, found.source) == ("2021-01-01T10:00:00+02:00", "meta")
    assert find_modified(*both("<p>x")) is None
