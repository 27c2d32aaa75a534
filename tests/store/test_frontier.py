"""The frontier: who is handed out when, once a crawl, and when a page is due again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.records import Article, Found, Outcome, Role
from newsspider.store.settling import next_recheck

FERRY = Article(kind="article", headline="Ferry fares fall", body=("Fares fall.",))
FOUND = datetime(2026, 11, 1, tzinfo=UTC)


def test_a_page_is_handed_out_once_in_a_crawl_and_again_in_the_next(desk: Any) -> None:
    desk.seed("a", "b")
    assert desk.lease() == ["a", "b"]
    assert desk.lease() == []
    desk.seed("a")
    assert desk.lease() == []
    desk.next_crawl()  # the first one was killed: nothing came back
    assert desk.lease() == ["a", "b"]


def test_listings_come_first_then_articles_the_newest_first(desk: Any) -> None:
    desk.seed("old", published="2026-11-20T10:00:00Z")
    desk.seed("new", published="2026-11-24T10:00:00Z")
    desk.seed("unknown")
    desk.seed("changed", modified="2026-11-22T10:00:00Z")
    for role in (Role.SECTION, Role.SITEMAP, Role.FEED):
        desk.seed(role.value, role=role)
    assert desk.lease() == ["feed", "sitemap", "section", "new", "changed", "old", "unknown"]


def test_the_order_holds_over_several_leases(desk: Any) -> None:
    for day in (3, 9, 1, 7, 5):
        desk.seed(f"day{day}", published=f"2026-11-0{day}")
    desk.seed("feed", role=Role.FEED)
    assert [desk.lease(2), desk.lease(2), desk.lease(2)] == [
        ["feed", "day9"],
        ["day7", "day5"],
        ["day3", "day1"],
    ]


def test_a_lease_hands_out_pages_of_its_own_source_only(desk: Any) -> None:
    desk.seed("a")
    assert desk.store.lease(desk.crawl, "herald", 10, desk.now) == []


def test_an_address_is_one_page_whatever_tracks_the_reader(desk: Any) -> None:
    desk.seed("a?utm_source=feed", "a#top", "a")
    assert desk.lease() == ["a"]


def test_what_a_feed_says_of_a_known_page_is_kept(desk: Any) -> None:
    desk.seed("a")
    desk.seed("a", title="Ferry", published="2026-11-24")
    desk.seed("a")
    page = desk.store.lease(desk.crawl, "courier", 1, desk.now)[0]
    assert (page.title, page.published) == ("Ferry", "2026-11-24")


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BLOCKED])
def test_a_failed_page_is_due_in_the_next_crawl_however_soon(desk: Any, outcome: Outcome) -> None:
    desk.seed("a")
    desk.lease()
    desk.read("a", outcome=outcome, reason="http_503", status=503)
    assert desk.lease() == []
    desk.next_crawl()
    assert desk.lease() == ["a"]
    assert desk.store.page("https://courier.example/a").attempts == 1


def test_a_page_that_was_told_to_wait_is_due_when_the_wait_is_over(desk: Any) -> None:
    later = desk.now + timedelta(hours=2)
    desk.read("a", outcome=Outcome.BLOCKED, reason="http_429", status=429, retry_after=later)
    desk.next_crawl(1)
    assert desk.lease() == []
    desk.next_crawl(1)
    assert desk.lease() == ["a"]


def test_a_stored_article_is_looked_at_again_on_its_schedule(desk: Any) -> None:
    desk.read("a", FERRY)
    seen = []
    for _ in range(15 * 24):
        desk.next_crawl(1)
        if desk.lease():
            seen.append((desk.now - datetime(2026, 11, 24, 12, tzinfo=UTC)) // timedelta(hours=1))
            desk.read("a", FERRY)
    assert seen == [1, 3, 9, 24, 48, 96, 168, 336]


@given(st.integers(0, 20_000), st.integers(0, 400))
def test_a_recheck_lies_ahead_and_within_the_days(hours: int, days: int) -> None:
    now = FOUND + timedelta(hours=hours)
    due = next_recheck(FOUND, now, days)
    assert due is None or now < due <= FOUND + timedelta(days=days)


def test_a_gone_page_is_asked_for_three_times(desk: Any) -> None:
    asked = 0
    desk.seed("a")
    for _ in range(6):
        asked += len(desk.lease())
        if asked:
            desk.read("a", outcome=Outcome.GONE, reason="http_404", status=404)
        desk.next_crawl(24)
    assert asked == 3


def test_failures_before_it_was_gone_dont_count_as_gone(desk: Any) -> None:
    for _ in range(4):
        desk.read("a", outcome=Outcome.FAILED, reason="http_503", status=503)
    desk.read("a", outcome=Outcome.GONE, reason="http_404", status=404)
    desk.next_crawl(24)
    assert desk.lease() == ["a"]


def test_a_page_that_moved_for_good_is_not_asked_for_and_its_new_place_is(desk: Any) -> None:
    desk.seed("old")
    desk.lease()
    desk.read("old", FERRY, answered="new", moved_permanently=True)
    assert desk.lease() == []
    desk.next_crawl(1)
    assert desk.lease() == ["new"]


def test_the_page_that_answered_a_redirect_is_not_fetched_again_in_the_crawl(desk: Any) -> None:
    desk.seed("old", "new")
    assert desk.lease(1) == ["old"]
    desk.read("old", FERRY, answered="new")
    assert desk.lease() == []
    assert {row["state"] for row in desk.rows("SELECT state FROM pages")} == {"moved", "stored"}


def test_validators_belong_to_the_page_that_answered(desk: Any) -> None:
    desk.read("old", FERRY, answered="new", headers={"ETag": '"7"', "Last-Modified": "Tue"})
    old, new = (desk.store.page(f"https://courier.example/{name}") for name in ("old", "new"))
    assert (old.etag, new.etag, new.last_modified) == (None, '"7"', "Tue")


def test_an_answer_without_news_keeps_the_validators(desk: Any) -> None:
    desk.read("a", FERRY, headers={"ETag": '"7"'})
    desk.read("a", outcome=Outcome.UNCHANGED, reason="http_304", status=304)
    assert desk.store.page("https://courier.example/a").etag == '"7"'


def test_a_blocked_answer_keeps_the_validators(desk: Any) -> None:
    desk.read("a", FERRY, headers={"ETag": '"7"'})
    desk.read("a", outcome=Outcome.BLOCKED, status=403, headers={"ETag": '"consent"'})
    assert desk.store.page("https://courier.example/a").etag == '"7"'


def test_a_listing_is_due_in_every_crawl_that_names_it_and_not_by_itself(desk: Any) -> None:
    for _ in range(2):
        desk.seed("feed", role=Role.FEED)
        assert desk.lease() == ["feed"]
        desk.read("feed")
        desk.next_crawl(24)
    assert desk.lease() == []


def test_links_of_a_page_are_handed_out_in_the_same_crawl(desk: Any) -> None:
    desk.seed("feed", role=Role.FEED)
    desk.lease()
    desk.read("feed", found=(Found("https://courier.example/a"),))
    assert desk.lease() == ["a"]


def test_recheck_makes_every_known_article_due(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", outcome=Outcome.GONE, status=410)
    desk.next_crawl()
    assert desk.lease() == []
    desk.store.seed("courier", [], desk.now, recheck=True)
    assert desk.lease() == ["a", "b"]
