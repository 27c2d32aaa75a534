"""Sites that are down are left alone."""

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.settings import Settings

from newsspider.fetch.outages import Outages
from newsspider.fetch.refusals import Refused
from newsspider.records import Outcome

SITE = "https://www.news.example"


def outages_of(most: int) -> Outages:
    crawler = SimpleNamespace(settings=Settings({"NEWSSPIDER_MAX_FAILURES": most}), engine=None)
    return Outages(crawler)  # type: ignore[arg-type]


def ask(outages: Outages, path: str, status: int | None) -> None:
    """An exchange that ended with a status, or with a timeout."""
    request = Request(SITE + path)
    outages.process_request(request)
    if status is None:
        outages.process_exception(request, DownloadTimeoutError())
    else:
        outages.process_response(request, Response(request.url, status))


def test_after_so_many_failures_nothing_more_is_asked_for() -> None:
    outages = outages_of(3)
    for path, status in (("/a", None), ("/b", 503), ("/a", None)):
        ask(outages, path, status)
    with pytest.raises(Refused) as refused:
        ask(outages, "/c", 200)
    assert (refused.value.outcome, refused.value.reason) == (Outcome.FAILED, "site_down")
    assert outages.is_down("https://sport.news.example/")
    assert not outages.is_down("https://other.example/")


def test_an_answer_begins_the_count_anew() -> None:
    outages = outages_of(3)
    for path, status in (("/a", None), ("/b", None), ("/gone", 404), ("/c", None), ("/d", None)):
        ask(outages, path, status)
    assert not outages.is_down(SITE)


def test_one_address_that_fails_again_and_again_is_its_own_trouble() -> None:
    outages = outages_of(3)
    for _ in range(9):
        ask(outages, "/a", 500)
    assert not outages.is_down(SITE)
