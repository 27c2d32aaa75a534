"""Sites that are down are left alone."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.settings import Settings

from newsspider.fetch.outages import Outages
from newsspider.fetch.refusals import Refused
from newsspider.records import DuePage, Outcome, Result, Role

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


def answered(outages: Outages, *pages: str) -> None:
    """Pages that were read one after the other: ``role outcome reason``."""
    for number, page in enumerate(pages):
        role, outcome, reason = page.split()
        due = DuePage(number, f"{SITE}/{number}", "paper", Role(role))
        outages.note_read(due, Result("paper", Outcome(outcome), reason, datetime.now(UTC)))


BLOCKED, GIVEN = "article blocked http_403", "article stored ok"


def test_after_so_many_blocked_pages_nothing_more_is_asked_for() -> None:
    outages = outages_of(3)
    answered(outages, BLOCKED, "section blocked robot_check", BLOCKED)
    with pytest.raises(Refused) as refused:
        ask(outages, "/c", 200)
    assert refused.value.reason == outages.why_left(SITE) == "site_refuses"


@pytest.mark.parametrize(
    ("between", "left"),
    [
        (GIVEN, None),
        ("article gone http_404", None),
        ("article failed http_500", "site_refuses"),
        ("section stored ok", "site_refuses"),  # lists for everybody, stories for nobody
        ("article blocked http_402", "site_refuses"),  # a story's own wall: neither here nor there
    ],
)
def test_blocked_pages_count_in_a_row(between: str, left: str | None) -> None:
    outages = outages_of(3)
    answered(outages, BLOCKED, BLOCKED, between, BLOCKED)
    assert outages.why_left(SITE) == left


def test_stories_behind_a_wall_are_no_ban() -> None:
    outages = outages_of(3)
    answered(outages, *["article blocked http_402"] * 9)
    assert outages.why_left(SITE) is None


def test_after_so_many_failures_nothing_more_is_asked_for() -> None:
    outages = outages_of(3)
    for path, status in (("/a", None), ("/b", 503), ("/a", None)):
        ask(outages, path, status)
    with pytest.raises(Refused) as refused:
        ask(outages, "/c", 200)
    assert (refused.value.outcome, refused.value.reason) == (Outcome.FAILED, "site_down")
    assert outages.why_left("https://sport.news.example/") == "site_down"
    assert outages.why_left("https://other.example/") is None


def test_an_answer_begins_the_count_anew() -> None:
    outages = outages_of(3)
    for path, status in (("/a", None), ("/b", None), ("/gone", 404), ("/c", None), ("/d", None)):
        ask(outages, path, status)
    assert outages.why_left(SITE) is None


def test_one_address_that_fails_again_and_again_is_its_own_trouble() -> None:
    outages = outages_of(3)
    for _ in range(9):
        ask(outages, "/a", 500)
    assert outages.why_left(SITE) is None
