"""What a crawl brought home of a source, and with which crawls that is compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsspider.records import Article, Outcome, Result

FERRY = Article(
    kind="article", headline="Ferry fares fall", body=("Fares fall.",), published="2026-11-23T08:00:00+07:00"
)


@pytest.mark.parametrize(
    ("command", "like_others"),
    [
        ("nightly --group daily", True),
        ("crawl courier", True),
        ("crawl courier --since 2026-11-01", False),
        ("crawl --until 2026-11-01", False),
        ("backfill courier --from-sitemaps", False),
        ("rebuild", False),
        ("import old.warc.gz", False),
    ],
)
def test_backfills_and_crawls_of_some_days_are_no_nights_like_the_others(
    desk: Any, command: str, like_others: bool
) -> None:
    crawl = desk.store.begin_crawl(command, desk.now)
    assert desk.store.history_of("courier").is_comparable(crawl) is like_others


@pytest.mark.parametrize(
    ("times", "dates"),
    [(["T08:00:00+07:00", "T09:00:00+07:00"], 2), (["T08:00:00+07:00"] * 2, 1), (["", ""], None)],
)
def test_times_of_publication_are_counted_where_pages_print_a_time(
    desk: Any, times: list[str], dates: int | None
) -> None:
    for number, time in enumerate(times):
        desk.read(f"a{number}", replace(FERRY, published=f"2026-11-23{time}"))
    measures = desk.store.history_of("courier").measure(desk.crawl)
    assert (measures.articles, measures.dates, measures.fields["published"]) == (2, dates, 1.0)


def test_one_date_of_long_ago_on_all_articles_is_seen(desk: Any) -> None:
    for number in range(3):
        desk.read(f"a{number}", replace(FERRY, published="2015-03-01T08:00:00+07:00"))
    measures = desk.store.history_of("courier").measure(desk.crawl)
    assert (measures.articles, measures.read, measures.dates) == (0, 3, 1)


def test_the_last_night_of_a_source_is_its_last_crawl(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.store.end_crawl(desk.crawl, "finished", desk.now, {"courier": ["courier: all failed"]})
    night = desk.crawl
    desk.crawl = desk.store.begin_crawl("rebuild", desk.now)
    desk.read("a", FERRY)
    (found, courier) = desk.store.last_nights()["courier"]
    assert (found.crawl, courier.state) == (night, "red")


def test_what_was_taken_up_and_not_asked_for_is_still_due(desk: Any) -> None:
    desk.seed("a", "b", "c")
    desk.lease()
    desk.read("a", FERRY)
    assert desk.store.count_due(desk.crawl, "courier", desk.now) == 2


def test_a_source_of_which_robots_txt_alone_was_read_has_no_state(desk: Any) -> None:
    capture = desk.filed("robots.txt").result.captures
    filed = replace(
        desk.filed("robots.txt"), result=Result("courier", Outcome.STORED, "ok", desk.now, captures=capture)
    )
    desk.store.store(desk.crawl, [filed])
    desk.store.end_crawl(desk.crawl, "finished", desk.now, {"courier": []})
    assert desk.one("SELECT state FROM crawl_sources") is None


def test_each_kind_of_reason_has_its_own_first_night(desk: Any) -> None:
    authors = "courier: authors on {}% of 9 articles, 100% before; since 2026-11-01"
    refused = "courier: every article page failed or was blocked (http_403 {})"
    begun = []
    for red in ([], [authors.format(0)], [authors.format(9), refused.format(7)], [refused.format(9)]):
        begun.append(desk.now.date().isoformat())
        desk.store.end_crawl(desk.crawl, "finished", desk.now, {"courier": red})
        desk.next_crawl(24)
    since = desk.store.history_of("courier").reasons_since(desk.crawl)
    assert [day[:10] for day in since.values()] == [begun[2]]
