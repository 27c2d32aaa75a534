"""The headline among headings, titles and machine data."""

from __future__ import annotations

import pytest

from newsspider.split.headline import Headline, find_headline, runs
from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page

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
