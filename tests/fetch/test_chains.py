"""What goes along a chain of redirects: cookies of the site, no validators."""

from scrapy import Request
from scrapy.http import Response

from newsspider.fetch.chains import Chains

PAGE = "https://www.news.example/story"


def chained(url: str, *cookies: str, asked: str = PAGE) -> bytes | None:
    """The Cookie header that a redirect's target gets."""
    chain = Chains()
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
    Chains().process_response(request, Response(PAGE, 200, headers={"Set-Cookie": ["a=1"]}))
    assert "cookies" not in request.meta


def test_validators_of_a_page_stay_behind() -> None:
    known = {"If-None-Match": '"one"', "If-Modified-Since": "Sun, 01 Nov 2026 01:00:00 GMT"}
    first = Request(PAGE, headers=known, meta={"redirect_urls": [PAGE]})  # to itself, for a cookie
    second = Request(PAGE + "/new", headers=known, meta={"redirect_urls": [PAGE]})
    for request in (first, second):
        Chains().process_request(request)
    assert first.headers.get("If-None-Match") == b'"one"'
    assert not {b"If-None-Match", b"If-Modified-Since"} & set(second.headers)
