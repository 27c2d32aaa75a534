"""Cookies that a page sets on the way to itself."""

from scrapy import Request
from scrapy.http import Response

from newsspider.fetch.cookies import ChainCookies

PAGE = "https://www.news.example/story"


def chained(url: str, *cookies: str, asked: str = PAGE) -> bytes | None:
    """The Cookie header that a redirect's target gets."""
    chain = ChainCookies()
    first = Request(asked)
    chain.process_response(first, Response(asked, 302, headers={"Set-Cookie": [*cookies], "Location": url}))
    second = Request(url, meta=first.meta)
    chain.process_request(second)
    return second.headers.get("Cookie")


def test_a_cookie_goes_back_to_the_host_that_set_it() -> None:
    assert chained(PAGE, "seen=1; Path=/; HttpOnly", "lang=km") == b"seen=1; lang=km"
    assert chained("https://other.example/", "seen=1") is None
    assert chained("https://sport.news.example/", "seen=1") is None


def test_a_cookie_with_a_domain_goes_to_the_whole_site() -> None:
    assert chained("https://sport.news.example/x", "seen=1; Domain=news.example") == b"seen=1"
    assert chained("https://elsewhere.example/x", "seen=1; Domain=elsewhere.example") is None


def test_an_answer_that_is_no_redirect_sets_nothing() -> None:
    request = Request(PAGE)
    ChainCookies().process_response(request, Response(PAGE, 200, headers={"Set-Cookie": ["a=1"]}))
    assert "cookies" not in request.meta
