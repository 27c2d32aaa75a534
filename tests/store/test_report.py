"""What a crawl did and what the archive holds, in numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from newsspider.records import Article, Dateline, Found, Link, Outcome, Role
from newsspider.store.report import ARTICLES_SEEN

FERRY = Article(kind="article", headline="Ferry fares fall", body=("Fares fall.",), language="en")


def test_a_summary_counts_what_the_crawl_did(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", outcome=Outcome.BLOCKED, reason="http_403", status=403)
    desk.store.end_crawl(
        desk.crawl, "finished", desk.now + timedelta(seconds=90), {"courier": ["courier: articles 1"]}
    )
    summary = desk.store.crawl_summary(desk.crawl)
    assert (summary.outcome, summary.seconds, summary.pages, summary.new_articles) == ("finished", 90.0, 2, 1)
    assert summary.outcomes["stored"] == summary.outcomes["blocked"] == 1
    assert summary.reasons == (("courier", "blocked", "http_403", 1),)
    assert summary.red == ("courier: articles 1",)


def test_a_crawl_that_still_runs_has_no_length(desk: Any) -> None:
    summary = desk.store.crawl_summary(desk.crawl)
    assert (summary.outcome, summary.seconds, summary.red) == ("running", 0.0, ())


def test_totals_are_those_of_the_whole_archive(desk: Any) -> None:
    dateline = Dateline("PHNOM PENH", "Phnom Penh")
    tick = (Link("Ferry", "https://courier.example/a"), Link("Fire"))
    desk.read("a", replace(FERRY, dateline=dateline, ticker=tick))
    desk.read("b", replace(FERRY, related=tick, ticker=tick, language="fr"))
    totals = desk.store.totals()
    assert (totals.articles, totals.datelines, totals.languages) == (2, 1, 2)
    assert (totals.ticker_entries, totals.ticker_sightings) == (2, 4)
    assert (totals.related_links, totals.related_archived) == (2, 1)


def test_shares_are_of_the_articles_that_the_crawl_read(desk: Any) -> None:
    desk.read("before", replace(FERRY, kicker="Transport"))
    desk.next_crawl(1)
    desk.read("a", replace(FERRY, authors=("Chea Rattana",), ticker=(Link("Fire"),)))
    desk.read("b", FERRY)
    shares = desk.store.article_shares(desk.crawl, "courier")
    assert (shares["headline"], shares["authors"], shares["ticker"], shares["dateline"]) == (
        1.0,
        0.5,
        0.5,
        0.0,
    )


def test_what_a_layout_found_is_counted_by_field(desk: Any) -> None:
    desk.read("a", replace(FERRY, provenance={"headline": "layout", "body": "html"}))
    desk.read("b", replace(FERRY, provenance={"headline": "layout", "body": "layout"}))
    shares = desk.store.layout_shares(desk.crawl, "courier", ("headline", "body", "ticker"))
    assert shares == {"headline": 1.0, "body": 0.5, "ticker": 0.0}
    assert desk.store.layout_shares(desk.crawl, "courier", ()) == {}


def test_shares_of_a_crawl_that_read_nothing_are_empty(desk: Any) -> None:
    assert desk.store.article_shares(desk.crawl, "courier") == {}


def test_a_ticker_counts_though_the_article_did_not_change(desk: Any) -> None:
    desk.read("a", replace(FERRY, ticker=(Link("Fire"),)))
    desk.next_crawl(1)
    desk.read("a", replace(FERRY, ticker=(Link("Flood"),)))
    assert desk.store.article_shares(desk.crawl, "courier")["ticker"] == 1.0


def test_articles_seen_are_those_named_or_read(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", FERRY)
    assert desk.store.articles_seen(desk.crawl, "courier") == 2
    desk.next_crawl()
    assert desk.store.articles_seen(desk.crawl, "courier") == 0  # neither read nor named by a list
    desk.seed("feed", role=Role.FEED)
    desk.read("feed", found=(Found("https://courier.example/a"),))
    assert desk.store.articles_seen(desk.crawl, "courier") == 1


def test_an_unchanged_feed_names_what_it_named_before(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.next_crawl()
    desk.seed("feed", role=Role.FEED)
    desk.read("feed", outcome=Outcome.UNCHANGED, reason="http_304", status=304)
    assert desk.store.articles_seen(desk.crawl, "courier") == 1


def test_articles_that_are_not_watched_any_more_count_where_a_list_names_them(desk: Any) -> None:
    for path in ("a", "b"):
        desk.read(path, FERRY)
    desk.next_crawl(24 * 30)
    desk.read("a", FERRY)  # its last look
    desk.next_crawl(24 * 40)
    desk.seed("feed", role=Role.FEED)
    assert desk.one("SELECT count(*) FROM pages WHERE role = 'article' AND next_fetch_at IS NULL") == 1
    desk.read("feed", found=(Found("https://courier.example/a"), Found("https://courier.example/b")))
    assert desk.store.articles_seen(desk.crawl, "courier") == 2


def test_articles_seen_are_found_by_indexes(desk: Any) -> None:
    plan = [row["detail"] for row in desk.rows(f"EXPLAIN QUERY PLAN {ARTICLES_SEEN}", 1, 1, 0)]
    read = [step for step in plan if step.startswith(("SCAN", "SEARCH")) and "seen" not in step]
    assert len(read) == 4, plan
    assert all(
        ("next_fetch_at>" in step or "PRIMARY KEY" in step or "_unwatched" in step or "crawl=" in step)
        for step in read
    )


def test_outcomes_are_told_apart_by_source_role_and_reason(desk: Any) -> None:
    desk.seed("feed", role=Role.FEED)
    desk.read("feed")
    for name in ("a", "b"):
        desk.read(name, outcome=Outcome.REFUSED, reason="robots", captures=())
    rows = [(r.source, r.role, r.outcome, r.reason, r.pages) for r in desk.store.outcomes(desk.crawl)]
    assert rows == [
        ("courier", Role.ARTICLE, Outcome.REFUSED, "robots", 2),
        ("courier", Role.FEED, Outcome.STORED, "ok", 1),
    ]
