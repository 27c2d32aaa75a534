"""The frontier: who is handed out when, once a crawl, and when a page is due again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from desk import HOME
from hypothesis import given
from hypothesis import strategies as st

from newsspider.records import Article, Found, Outcome, Role, Window
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


def test_an_article_that_was_read_a_while_after_it_was_found_keeps_its_last_look() -> None:
    read = FOUND + timedelta(minutes=20)
    last = next_recheck(FOUND, FOUND + timedelta(days=8), 14, since=read)
    assert last == FOUND + timedelta(days=14)
    assert next_recheck(FOUND, last, 14, since=read) is None


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


def test_what_could_not_be_had_time_and_again_comes_last(desk: Any) -> None:
    desk.seed("a", "b", "c")
    for _ in range(3):
        desk.lease()
        desk.read("a", outcome=Outcome.BLOCKED, reason="http_403", status=403)
        desk.next_crawl(1)
    desk.read("c", FERRY)
    desk.next_crawl(48)
    assert desk.lease() == ["b", "c", "a"]


def test_what_was_never_fetched_comes_before_what_is_looked_at_again(desk: Any) -> None:
    desk.seed("known", published="2026-11-24")
    desk.read("known", FERRY)
    desk.next_crawl(hours=30)
    desk.seed("new", published="2026-11-01")
    assert desk.lease() == ["new", "known"]


def test_a_window_of_days_hands_out_what_is_dated_in_it_or_not_at_all(desk: Any) -> None:
    for name, day in (("early", "2026-11-03"), ("in", "2026-11-05T23:00:00+07:00"), ("late", "2026-11-08")):
        desk.seed(name, published=day)
    desk.seed("undated")
    desk.seed("feed", role=Role.FEED)
    window = Window(date(2026, 11, 4), date(2026, 11, 7))
    pages = desk.store.lease(desk.crawl, "courier", 9, desk.now, window)
    assert [page.url.rpartition("/")[2] for page in pages] == ["feed", "in", "undated"]
    assert desk.lease() == ["late", "early"]  # the others stay due


def test_of_the_sitemaps_of_an_index_those_are_opened_that_are_newer(desk: Any) -> None:
    for name in ("old", "new", "undated"):
        desk.seed(name, role=Role.SITEMAP, **({} if name == "undated" else {"modified": "2026-11-20"}))
        desk.read(name)
    desk.next_crawl(hours=24)
    desk.seed("old", role=Role.SITEMAP, modified="2026-11-20")
    desk.seed("new", role=Role.SITEMAP, modified="2026-11-25T01:00:00Z")
    desk.seed("undated", role=Role.SITEMAP)
    assert sorted(desk.lease()) == ["new", "undated"]
    for name in ("new", "undated"):
        desk.read(name)
    desk.next_crawl(hours=24 * 8)  # an index that never changes hides nothing for long
    desk.seed("old", role=Role.SITEMAP, modified="2026-11-20")
    assert desk.lease() == ["old"]


def test_an_article_that_is_said_to_have_changed_is_due_at_once_while_it_is_watched(desk: Any) -> None:
    desk.seed("a", modified="2026-11-24T10:00:00Z")
    desk.read("a", FERRY)
    desk.next_crawl(hours=0.5)
    desk.seed("a", modified="2026-11-24T10:00:00Z")
    assert desk.lease() == []
    desk.seed("a", modified="2026-11-24T12:20:00Z")
    assert desk.lease() == ["a"]


def test_an_article_that_changed_is_looked_at_sooner(desk: Any) -> None:
    desk.seed("a", "b")
    for name in ("a", "b"):
        desk.read(name, FERRY)
    desk.next_crawl(hours=30)
    desk.read("a", replace(FERRY, body=("Fares rise.",)))
    desk.read("b", FERRY)
    due = {row["url"][-1]: row["next_fetch_at"] for row in desk.rows("SELECT url, next_fetch_at FROM pages")}
    assert due["a"] == "2026-11-25T19:00:00Z"  # an hour after the change
    assert due["b"] == "2026-11-26T12:00:00Z"  # two days after it was found


def test_where_a_sites_articles_change_often_they_are_looked_at_twice_as_often() -> None:
    now = FOUND + timedelta(hours=30)
    assert next_recheck(FOUND, now, 14) == FOUND + timedelta(hours=48)
    assert next_recheck(FOUND, now, 14, pace=0.5) == FOUND + timedelta(hours=48)
    assert next_recheck(FOUND, FOUND + timedelta(hours=50), 14, pace=0.5) == FOUND + timedelta(hours=84)


def test_lists_that_an_unchanged_home_page_names_are_due_as_if_it_had_named_them(desk: Any) -> None:
    found = (Found(HOME + "world", Role.SECTION), Found(HOME + "feed", Role.FEED), Found(HOME + "story"))
    desk.seed("", role=Role.SECTION)
    desk.read("", found=found)
    for name in ("world", "feed", "story"):
        desk.read(name)
    desk.next_crawl(hours=24)
    desk.seed("", role=Role.SECTION)
    assert desk.lease() == ["", "story"]
    desk.read("", outcome=Outcome.UNCHANGED, reason="http_304", status=304)
    assert desk.lease() == ["feed", "world"]


def test_the_next_page_of_a_list_is_due_where_much_of_this_one_is_new(desk: Any) -> None:
    behind = (Found(HOME + "world/page/2", Role.SECTION),)
    stories = tuple(Found(f"{HOME}story/{n}") for n in range(10))
    desk.seed("world", role=Role.SECTION)
    desk.read("world", found=stories, further=behind)
    assert "world/page/2" in desk.lease()
    desk.read("world/page/2")
    desk.next_crawl(hours=24)
    desk.read("world", found=(*stories[1:], Found(HOME + "story/new")), further=behind)
    assert "world/page/2" not in desk.lease()


def test_stories_behind_stories_are_followed_one_link_far(desk: Any) -> None:
    desk.read("a", FERRY, found=(Found(HOME + "b"),))
    assert desk.lease() == ["b"]
    desk.read("b", replace(FERRY, headline="Other fares"), found=(Found(HOME + "c"),))
    assert desk.lease() == []
    assert desk.one("SELECT named FROM pages WHERE url LIKE '%/b'") is None  # no list names it


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
