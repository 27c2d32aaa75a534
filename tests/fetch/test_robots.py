"""What becomes of an answer to a request for robots.txt."""

from protego import Protego
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newsspider.fetch.robots import RobotsRules, clean_rules

RULES = b"User-agent: newsspider\nDisallow: /secret\nCrawl-delay: 3\n"


def request() -> Request:
    return Request("http://news.example/robots.txt", callback=NO_CALLBACK, meta={"dont_obey_robotstxt": True})


def allowed(body: bytes, path: str) -> bool:
    return Protego.parse(body.decode()).can_fetch(f"http://news.example{path}", "newsspider")


def test_a_byte_order_mark_loses_no_rule() -> None:
    for body in (
        b"\xef\xbb\xbf" + RULES,
        RULES.decode().encode("utf-16"),
        b"\xef\xbb\xbf\r\n" + RULES.replace(b"\n", b"\r\n"),
    ):
        assert not allowed(clean_rules(body), "/secret/1")


def test_a_version_behind_the_agents_name_is_no_part_of_it() -> None:
    for name in (b"NewsSpider/1.0", b"newsspider 2", b"Newsspider"):
        body = b"User-agent: *\nAllow: /\n\nUser-agent: " + name + b"\nDisallow: /secret\n"
        assert not allowed(clean_rules(body), "/secret/1"), name
        assert allowed(clean_rules(body), "/story"), name


def test_a_stray_byte_loses_no_rule() -> None:
    assert not allowed(
        clean_rules(b"\x00\x1aUser-agent:\xc2\xa0newsspider\x00\nDisallow: /secret\n"), "/secret/1"
    )


def test_a_huge_file_is_cut_at_the_end_of_a_line() -> None:
    cleaned = clean_rules(RULES + b"Disallow: /x\n" * 100_000)
    assert len(cleaned) <= 512 * 1024
    assert cleaned.endswith(b"Disallow: /x")


def test_a_server_error_forbids_everything_and_is_remembered() -> None:
    rules = RobotsRules()
    answer = rules.process_response(
        request(), Response("http://news.example/robots.txt", status=500, body=b"oops")
    )
    assert not allowed(answer.body, "/story")
    assert rules.why_unreachable("http://news.example/story") == "robots_unreachable"


def test_no_connection_forbids_everything() -> None:
    answer = RobotsRules().process_exception(request(), DownloadTimeoutError())
    assert answer is not None
    assert not allowed(answer.body, "/story")


def test_a_missing_file_allows_everything_whatever_its_page_says() -> None:
    answer = RobotsRules().process_response(
        request(), Response("http://news.example/robots.txt", status=404, body=RULES)
    )
    assert allowed(answer.body, "/secret/1")


def test_pages_pass_unchanged() -> None:
    page = Response("http://news.example/story", status=500)
    assert RobotsRules().process_response(Request("http://news.example/story"), page) is page
    assert (
        RobotsRules().process_exception(Request("http://news.example/story"), DownloadTimeoutError()) is None
    )
