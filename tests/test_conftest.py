"""The site on loopback answers as scripted and notes what it was asked; the browser shows a page."""

from __future__ import annotations

import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError

import pytest


def test_pages_answer_in_turn(site, answer):
    """The first request gets the first answer of a list; the last one stays."""
    site.pages["/a"] = [answer(status=503, headers={"Retry-After": "1"}), "<p>hello"]
    with pytest.raises(HTTPError) as error:
        urllib.request.urlopen(f"{site.url}/a")
    assert error.value.headers["Retry-After"] == "1"
    assert [urllib.request.urlopen(f"{site.url}/a?x=1").read() for _ in range(2)] == [b"<p>hello"] * 2
    assert site.paths() == ["/a", "/a?x=1", "/a?x=1"]


def test_requests_are_noted_with_their_times(site, answer):
    """Four requests at once, each answered slowly, were in flight together; headers are noted."""
    site.pages["/slow"] = answer("<p>slow", seconds=0.3)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: urllib.request.urlopen(f"{site.url}/slow").read(), range(4)))
    assert site.most_at_once() > 1
    assert all(asked.end - asked.start >= 0.3 and "host" in asked.headers for asked in site.asked)


def test_the_browser_shows_a_page(site, chromium):
    """The system's browser reads the site."""
    site.pages["/"] = "<!doctype html><title>ព័ត៌មាន</title><p>ok"
    page = chromium.new_page()
    page.goto(f"{site.url}/")
    assert page.title() == "ព័ត៌មាន"
    page.close()
