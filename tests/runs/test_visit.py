"""Pages by their addresses, from real servers on loopback."""

import gzip
import socket
from itertools import pairwise
from typing import Any

import pytest

from newsspider import __version__
from newsspider.errors import PageError
from newsspider.fetch.limits import LIMITS
from newsspider.runs.visit import NoAnswer, NoPage, Visitor

PAGE = "<!DOCTYPE html><title>A page</title><p>Invented.</p>"


def visitor(delay: float = 0.0) -> Visitor:
    return Visitor(lambda url: delay)


def refused(url: str) -> str:
    with pytest.raises(PageError) as error:
        visitor().fetch(url)
    assert error.value.where.startswith("http")
    return error.value.found


def test_a_page_comes_decoded_with_its_address_and_type(site: Any, answer: Any) -> None:
    headers = {"Content-Type": "text/html; charset=big5", "Content-Encoding": "gzip"}
    site.pages["/a%20b"] = answer(gzip.compress(PAGE.encode()), headers=headers)
    page = visitor().fetch(f"{site.url}/a b#part")
    assert (page.url, page.body) == (f"{site.url}/a b#part", PAGE.encode())
    assert page.content_type == "text/html; charset=big5"
    assert page.fetched_at.tzinfo is not None
    assert site.paths() == ["/robots.txt", "/a%20b"]
    assert all(a.headers["user-agent"].startswith(f"newsspider/{__version__} (+http") for a in site.asked)


def test_what_robots_txt_forbids_is_not_asked_for(site: Any, answer: Any) -> None:
    rules = "\ufeffUser-agent: newsspider\nDisallow: /private/\n"
    site.pages["/robots.txt"] = answer(rules.encode(), headers={"Content-Type": "text/plain"})
    site.pages["/private/a"] = site.pages["/public"] = PAGE
    site.pages["/leads"] = answer(status=302, headers={"Location": "/private/a"})
    assert visitor().fetch(f"{site.url}/public").body
    assert refused(f"{site.url}/private/a") == "robots.txt of the site forbids it"
    assert refused(f"{site.url}/leads") == "robots.txt of the site forbids it"
    assert "/private/a" not in site.paths()


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (429, False), (500, False), (503, False)]
)
def test_a_site_without_rules_allows_all_and_one_that_cannot_say_allows_nothing(
    site: Any, answer: Any, status: int, allowed: bool
) -> None:
    site.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status)
    site.pages["/a"] = PAGE
    if allowed:
        assert visitor().fetch(f"{site.url}/a").body
    else:
        assert f"answers {status}, so no page" in refused(f"{site.url}/a")
        assert site.paths() == ["/robots.txt"]


def test_pages_of_a_site_are_asked_for_one_after_the_other_with_a_pause(site: Any, answer: Any) -> None:
    site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 0.5")
    site.pages["/a"] = PAGE
    for given, least in ((0.0, 0.5), (1.0, 1.0)):
        site.asked.clear()
        visits = visitor(given)
        for _ in range(3):
            visits.fetch(f"{site.url}/a")
        starts = [asked.start for asked in site.asked if asked.path == "/a"]
        assert len(starts) == 3
        assert min(b - a for a, b in pairwise(starts)) > least * 0.6  # a busy machine may be late to note one


def test_a_pause_that_is_too_long_is_refused(site: Any, answer: Any) -> None:
    site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 3600")
    site.pages["/a"] = PAGE
    visits = visitor()
    visits.fetch(f"{site.url}/a")
    with pytest.raises(PageError, match="asks for a pause of 3"):
        visits.fetch(f"{site.url}/a")


def test_redirects_are_followed_to_an_end(site: Any, answer: Any) -> None:
    site.pages["/old"] = answer(status=301, headers={"Location": "/new"})
    site.pages["/new"] = PAGE
    site.pages["/loop"] = answer(status=302, headers={"Location": "/loop"})
    site.pages["/mail"] = answer(status=302, headers={"Location": "mailto:a@b.example"})
    site.pages["/file"] = answer(status=302, headers={"Location": "file:///etc/passwd"})
    assert visitor().fetch(f"{site.url}/old").url == f"{site.url}/new"
    assert refused(f"{site.url}/loop") == f"redirects more than {LIMITS['REDIRECT_MAX_TIMES'][0]} times"
    assert "no address of a page" in refused(f"{site.url}/mail")
    assert "no address of a page" in refused(f"{site.url}/file")


def test_a_public_page_leads_to_no_private_address(
    site: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's own address may be a local one; here it looks like a public one."""
    site.pages["/a"] = answer(status=302, headers={"Location": f"{site.url}/b"})
    site.pages["/b"] = PAGE
    assert visitor().fetch(f"{site.url}/a").body
    monkeypatch.setattr("newsspider.runs.visit.is_local", lambda url: url.endswith("/b"))
    assert refused(f"{site.url}/a") == f"redirects to the private address {site.url}/b"


def test_what_is_no_page_is_refused_with_its_reason(
    site: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "DOWNLOAD_MAXSIZE", (2000, ""))
    monkeypatch.setitem(LIMITS, "NEWSSPIDER_MAX_DECODED", (5000, ""))
    site.pages["/picture"] = answer(b"\x89PNG", headers={"Content-Type": "image/png"})
    site.pages["/empty"] = answer(b"  ", headers={"Content-Type": "text/html"})
    site.pages["/large"] = "x" * 2001
    packed = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.pages["/bomb"] = answer(gzip.compress(bytes(5001)), headers=packed)
    site.pages["/cut"] = answer(gzip.compress(PAGE.encode())[:-9], headers=packed)
    site.pages["/error"] = answer(b"x", 500)
    assert refused(f"{site.url}/picture") == "is image/png, not HTML or plain text"
    assert refused(f"{site.url}/empty") == "is empty"
    assert refused(f"{site.url}/large") == "is larger than 2000 bytes"
    assert refused(f"{site.url}/bomb") == "is too large when it is unpacked"
    assert refused(f"{site.url}/cut") == "was cut off on its way"
    assert refused(f"{site.url}/error") == "answers 500 Internal Server Error"


def test_a_server_that_does_not_answer_or_does_not_end_takes_its_time_only(
    site: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "DOWNLOAD_TIMEOUT", (0.5, ""))
    site.pages["/slow"] = answer(PAGE, seconds=2.0)
    assert "takes longer than" in refused(f"{site.url}/slow")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "can't be reached" in refused(f"http://127.0.0.1:{port}/")
    assert refused("http://no-such-host.invalid/") == "its robots.txt: there is no such host"
    for url in ("http://[::bad/", "http://127.0.0.1:99999/", "http://"):
        assert refused(url) == "is no http or https address"


def test_what_is_no_page_comes_where_any_type_will_do(site: Any, answer: Any) -> None:
    site.pages["/feed"] = answer(b"<rss/>", headers={"Content-Type": "application/rss+xml"})
    assert "not HTML" in refused(f"{site.url}/feed")
    assert visitor().fetch(f"{site.url}/feed", any_type=True).body == b"<rss/>"


def test_an_address_that_a_page_named_may_be_no_private_one(site: Any) -> None:
    site.pages["/a"] = PAGE
    with pytest.raises(PageError, match="is a private address"):
        visitor().fetch(f"{site.url}/a", private=False)
    assert site.paths() == []


def test_the_rules_of_a_public_host_are_not_looked_for_at_a_private_one(
    site: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/robots.txt"] = answer(status=302, headers={"Location": "/internal"})
    site.pages["/a"] = PAGE
    monkeypatch.setattr("newsspider.runs.visit.is_local", lambda url: url.endswith("/internal"))
    assert visitor().fetch(f"{site.url}/a").body
    assert site.paths() == ["/robots.txt", "/a"]


def test_what_robots_txt_says_can_be_read(site: Any, answer: Any) -> None:
    site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 7\nSitemap: /news.xml\n")
    visits = visitor()
    text, delay = visits.robots(f"{site.url}/a")
    assert ("Sitemap: /news.xml" in text, delay) == (True, 7.0)
    assert visits.robots(f"{site.url}/b") == (text, delay)
    assert site.paths() == ["/robots.txt"]


def test_an_error_says_whether_the_server_answered_at_all(site: Any, answer: Any) -> None:
    site.pages["/busy"] = answer(b"later", 429)
    with pytest.raises(NoPage) as error:
        visitor().fetch(f"{site.url}/busy")
    assert error.value.status == 429
    with pytest.raises(NoAnswer):
        visitor().fetch("http://no-such-host.invalid/")
