"""Which notices are made: once for each change of a source's state, and each week that it stays red."""

from __future__ import annotations

from typing import Any

import pytest

from newsspider.records import Article, Outcome
from newsspider.store import Store

FERRY = Article(kind="article", headline="Ferry fares fall", body=("Fares fall.",), split_version="1")
RED = ["courier: articles 0, expected at least 10"]


def night(
    desk: Any, state: str, *, hours: float = 24, delivered: bool = True, red: list[str] = RED
) -> list[str]:
    """A night that ends with the source in this state; the kinds of the notices that wait then."""
    crawl = desk.next_crawl(hours)
    if state != "not its turn":
        desk.read("a", FERRY)
    found = {"courier": red if state == "red" else []} if state != "stopped" else {}
    desk.store.end_crawl(crawl, "finished" if found else "stopped", desk.now, found)
    desk.store.notices.make(crawl, ["hook"], desk.now)
    waiting = desk.store.notices.waiting("hook")
    desk.store.notices.settle([one.id for one in waiting], desk.now if delivered else None, None)
    return [one.kind for one in waiting]


def test_each_change_is_told_once(desk: Any) -> None:
    states = ["green", "green", "red", "red", "green", "green", "red"]
    told = [night(desk, state) for state in states]
    assert told == [[], [], ["red"], [], ["well"], [], ["red"]]


def test_a_source_that_stays_red_is_told_of_each_week(desk: Any) -> None:
    told = [night(desk, "red") for _ in range(16)]
    assert [number for number, kinds in enumerate(told) if kinds] == [0, 7, 14]
    assert told[7] == told[14] == ["still_red"]


@pytest.mark.parametrize("state", ["stopped", "not its turn"])
def test_a_night_that_has_no_word_on_a_source_tells_nothing_of_it(desk: Any, state: str) -> None:
    assert night(desk, "red") == ["red"]
    assert night(desk, state) == []
    assert night(desk, "red") == []
    assert night(desk, "green") == ["well"]


def test_a_red_source_is_told_of_once_for_each_new_kind_of_reason(desk: Any) -> None:
    """Not where the numbers change."""
    authors, refused = (
        "courier: authors on {}% of 9 articles; since 2026-12-12",
        "courier: every page failed ({})",
    )
    nights = [[authors.format(0)], [authors.format(15)], [refused.format("connection_refused 22")]]
    nights += [[refused.format(reasons)] for reasons in ("http_403 56", "http_403 9, timeout 2")] + nights[:1]
    assert [night(desk, "red", red=red) for red in nights] == [["red"], [], ["worse"], ["worse"], [], []]


def test_a_red_source_whose_first_notice_waits_is_not_told_of_twice(desk: Any) -> None:
    assert night(desk, "red", delivered=False) == ["red"]
    assert night(desk, "red", red=["courier: its feed can't be read"]) == ["red"]
    assert night(desk, "red", red=["courier: its feed can't be read"]) == []


def test_what_was_not_delivered_waits_and_tells_of_the_newest_crawl(desk: Any) -> None:
    assert night(desk, "red", delivered=False) == ["red"]
    assert night(desk, "red", delivered=False) == ["red"]
    (notice,) = desk.store.notices.waiting("hook")
    assert (notice.crawl, notice.reasons) == (desk.crawl, tuple(RED))
    assert notice.since == desk.one("SELECT started_at FROM crawls WHERE id = 2")
    assert night(desk, "stopped") == ["red"]
    assert night(desk, "red") == []


def test_a_source_that_is_well_before_its_notice_was_delivered_is_told_of_once(desk: Any) -> None:
    night(desk, "red", delivered=False)
    assert night(desk, "green") == ["well"]
    assert night(desk, "green") == []
    assert [notice.kind for notice in desk.store.notices.last(9)] == ["well", "red"]
    well, _ = desk.store.notices.last(9)
    assert (well.untold, well.reasons) == (True, tuple(RED))  # both are told by it


def test_that_it_was_red_is_told_with_well_only_where_it_was_not_told_before(desk: Any) -> None:
    for delivered in (False, True):
        night(desk, "red", delivered=delivered)
    night(desk, "green")
    (well,) = desk.store.notices.last(1)
    assert (well.untold, well.reasons) == (False, ())


def test_each_channel_is_told_for_itself(desk: Any) -> None:
    night(desk, "red")
    desk.store.notices.make(desk.crawl, ["hook", "mail"], desk.now)
    assert desk.store.notices.waiting("hook") == []
    assert [notice.kind for notice in desk.store.notices.waiting("mail")] == ["red"]


def test_since_is_the_first_red_crawl_after_the_last_green_one(desk: Any) -> None:
    for state in ("red", "green", "red", "red"):
        night(desk, state)
    assert night(desk, "green") == ["well"]
    (notice, *_) = desk.store.notices.last(1)
    assert notice.since == desk.one("SELECT started_at FROM crawls WHERE id = 4")


def test_a_page_to_look_at_is_one_that_a_red_crawl_did_not_get(desk: Any) -> None:
    pages = []
    named = [*RED, "courier: the date vanished; since 2026-11-20; look at https://courier.example/odd"]
    for red in (RED, named, []):
        crawl = desk.next_crawl(24)
        desk.seed("fine", "lost")
        desk.lease()
        desk.read("fine", FERRY)
        desk.read("lost", outcome=Outcome.FAILED, reason="timeout")
        desk.store.end_crawl(crawl, "finished", desk.now, {"courier": red})
        desk.store.notices.make(crawl, ["hook"], desk.now)
        pages += [(notice.kind, notice.page) for notice in desk.store.notices.waiting("hook")]
    red_pages = [("red", f"https://courier.example/{name}") for name in ("lost", "odd")]
    assert pages == [*red_pages, ("well", None)]


@pytest.mark.parametrize(("outcome", "kind"), [(None, "killed"), ("failed", "failed"), ("finished", None)])
def test_a_nightly_run_that_did_not_end_well_is_told_of_once(
    desk: Any, outcome: str | None, kind: str | None
) -> None:
    crawl = desk.store.begin_crawl("nightly --group asia", desk.now)
    if outcome:
        desk.store.end_crawl(crawl, outcome, desk.now)
    for _ in range(2):
        desk.store.notices.make_of_run(["hook"], desk.now)
    waiting = desk.store.notices.waiting("hook")
    assert [(notice.kind, notice.crawl, notice.source) for notice in waiting] == (
        [(kind, crawl, None)] if kind else []
    )


def test_another_command_that_was_killed_is_told_of_by_nobody(desk: Any) -> None:
    desk.store.begin_crawl("crawl courier", desk.now)
    desk.store.notices.make_of_run(["hook"], desk.now)
    assert desk.store.notices.waiting("hook") == []


def test_a_database_made_anew_knows_what_was_told(desk: Any) -> None:
    night(desk, "red")
    with Store.open(desk.path.with_name("anew.db")) as anew:
        anew.copy_frame(desk.path)
        assert anew.notices.last(9) == desk.store.notices.last(9) != []
