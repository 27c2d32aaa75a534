"""A page that is built anew is no edit of its story: what was not found any more is kept, and no revision tells of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from newsspider.records import Article, Dateline, Outcome
from newsspider.store.readings import EARLIER, is_other_way

OLD = Article(
    kind="article",
    headline="Ferry fares fall",
    authors=("Chea Rattana",),
    published="2026-11-24T09:02:00+07:00",
    modified="2026-11-24T10:00:00+07:00",
    dateline=Dateline("PHNOM PENH, Nov. 24 (MRP)", "Phnom Penh", "2026-11-24", "MRP"),
    body=("Fares fall by a fifth.", "A bridge opens next month."),
    section="Transport",
    provenance=dict.fromkeys(("headline", "authors", "dateline", "body", "section"), "html")
    | {"published": "meta", "modified": "meta"},
)


def without(article: Article, *names: str) -> Article:
    """The article as a page shows it that lacks these parts."""
    origins = {name: origin for name, origin in article.provenance.items() if name not in names}
    empty: dict[str, Any] = {name: () if name == "authors" else None for name in names}
    return replace(article, **empty, provenance=origins)


NEW = without(OLD, "authors", "published", "modified", "section")  # the same text in a layout without these


def state(desk: Any) -> dict[str, Any]:
    row: dict[str, Any] = desk.rows("SELECT * FROM articles")[0]
    return row


def changes(desk: Any) -> list[tuple[str, int]]:
    return [
        (row["changed"], row["silent"])
        for row in desk.rows("SELECT changed, silent FROM revisions ORDER BY id")
    ]


def test_a_new_layout_and_the_old_one_again_are_no_edits_and_what_was_known_stays(desk: Any) -> None:
    desk.read("a", OLD)
    known = state(desk)
    for page in (NEW, NEW, OLD, NEW):
        desk.next_crawl(hours=24)
        assert desk.read("a", page) is Outcome.UNCHANGED
        kept = {name: state(desk)[name] for name in ("published", "day", "modified", "byline", "section")}
        assert kept == {name: known[name] for name in kept}
    assert changes(desk) == []
    origins = json.loads(state(desk)["provenance"])
    assert {name for name, origin in origins.items() if origin == EARLIER} == {
        "authors", "published", "modified", "section"
    }  # fmt: skip


def test_what_is_edited_in_a_new_layout_is_told_alone(desk: Any) -> None:
    desk.read("a", OLD)
    desk.read("a", replace(NEW, headline="Ferry fares rise"))
    desk.read("a", replace(OLD, headline="Ferry fares rise", authors=("Tom Aldous",)))
    assert changes(desk) == [('["headline"]', 1), ('["byline"]', 1)]


@pytest.mark.parametrize("name", ["authors", "dateline", "section"])
def test_what_is_taken_off_or_put_on_a_page_that_is_read_as_before_is_an_edit(desk: Any, name: str) -> None:
    column = {"authors": "byline"}.get(name, name)
    for page in (OLD, without(OLD, name), OLD):
        desk.read("a", page)
    assert changes(desk) == [(f'["{column}"]', 1)] * 2
    desk.read("a", without(OLD, name))
    assert state(desk)[column] is None


@pytest.mark.parametrize("first", [OLD, without(OLD, "modified")], ids=["modified", "unmodified"])
def test_a_date_of_publication_that_is_not_found_any_more_is_kept_and_no_edit(
    desk: Any, first: Article
) -> None:
    desk.read("a", first)
    assert desk.read("a", without(first, "published")) is Outcome.UNCHANGED
    assert state(desk)["published_local"] == OLD.published
    assert changes(desk) == []


@pytest.mark.parametrize(
    ("less", "is_less"),
    [("2026-11-24", True), ("2026-11-24T09:02:00", True), ("2026-11-24T09:02", True),
     ("2026-11-23", False), ("2026-11-24T09:03:00", False), ("2026-11-24T09:02:00+07:00", False)],
)  # fmt: skip
def test_a_date_that_says_less_of_the_same_moment_is_no_other(desk: Any, less: str, is_less: bool) -> None:
    full = replace(OLD, published="2026-11-24T09:02:00+05:00")
    for page in (full, replace(full, published=less), full):
        desk.read("a", page)
    assert changes(desk) == ([] if is_less else [('["published"]', 1)] * 2)
    desk.read("a", replace(full, published=less))
    assert state(desk)["published_local"] == (full.published if is_less else less)


@pytest.mark.parametrize(
    ("was", "now", "other"),
    [
        ({"headline": "html", "body": "html", "authors": "html"}, {"headline": "html", "body": "html"}, False),
        ({"headline": "json-ld", "body": "html", "authors": "json-ld"}, {"headline": "html", "body": "text"}, True),
        ({"published": "meta", "authors": "html"}, {"published": "feed"}, True),
        ({"published": "feed"}, {"published": "url"}, False),
        ({"published": "html"}, {"published": "html", "modified": "html", "authors": "html"}, False),
        ({"body": "html", "authors": "html", "section": "html", "image": "meta"}, {"body": "html"}, True),
        ({"body": "html", "ticker": "html", "related": "html", "authors": "html"}, {"body": "html"}, False),
    ],
)  # fmt: skip
def test_by_where_its_parts_come_from_a_page_is_seen_to_be_read_another_way(
    was: dict[str, str], now: dict[str, str], other: bool
) -> None:
    assert is_other_way(was, now) is other


def test_what_a_page_lacks_now_counts_as_not_found(desk: Any) -> None:
    """However much is known of it from before: so a redesign by which fields are lost is seen at once."""
    for number in range(4):
        desk.read(f"a{number}", replace(OLD, headline=f"Story {number}"))
    crawl = desk.next_crawl(hours=24)
    for number in range(4):
        desk.read(f"a{number}", replace(NEW, headline=f"Story {number}"))
    tonight = desk.store.history_of("courier").measure(crawl)
    assert (tonight.articles, tonight.fields["authors"], tonight.fields["published"]) == (4, 0.0, 0.0)
    assert tonight.fields["headline"] == tonight.fields["dateline"] == 1.0
    assert desk.store.article_shares(crawl, "courier")["authors"] == 0.0
