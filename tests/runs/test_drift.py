"""A source is judged against its own last weeks: what is far below them is named, what chance or a Sunday brings is not."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from newspaper import sitemap, story

from newsspider.runs.drift import drifts
from newsspider.store import Measures

TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FIELDS = {"headline": 1.0, "published": 1.0, "authors": 0.9, "section": 0.3, "tags": 0.1}


def night(days: float, new: int = 12, **more: Any) -> Measures:
    """A good night so many days before the Tuesday."""
    one = Measures(
        100 - int(days * 24),
        TUESDAY - timedelta(days=days),
        "green",
        new,
        new,
        FIELDS if new else {},
        2400,
        new,
        new,
    )
    return replace(one, **more)


def weeks(new: Callable[[datetime], int], days: int = 35) -> list[Measures]:
    """The nights before the Tuesday."""
    return [night(day, new(TUESDAY - timedelta(days=day))) for day in range(1, days + 1)]


def found(tonight: Measures, past: list[Measures]) -> list[str]:
    return [drift.what for drift in drifts(tonight, past)]


def test_a_night_like_the_others_is_well() -> None:
    assert found(night(0), weeks(lambda day: 12)) == []


def test_no_new_articles_where_there_were_some_on_the_same_weekdays() -> None:
    (drift,) = drifts(night(0, 0, found=True), weeks(lambda day: 12))
    assert (drift.what, drift.since) == ("no new articles, 12 on such a day before", TUESDAY)


def test_a_quiet_weekend_is_no_fault_and_a_quiet_weekday_behind_it_is() -> None:
    past = weeks(lambda day: 0 if day.weekday() >= 5 else 15)
    sunday = TUESDAY - timedelta(days=2)
    assert found(replace(night(0, 0), started_at=sunday), past[2:]) == []
    past = [replace(past[0], new_articles=0), *past[1:]]  # Monday brought none, either
    (drift,) = drifts(night(0, 0), past)
    assert drift.since == TUESDAY - timedelta(days=1)


def test_a_single_holiday_on_which_nothing_is_named_is_no_fault() -> None:
    assert found(night(0, 0), weeks(lambda day: 12)) == []


def test_a_paper_of_few_stories_may_have_none_for_some_days() -> None:
    past = weeks(lambda day: int(day.day % 3 == 0))
    assert found(night(0, 0), [night(1, 0), night(2, 0), *past[2:]]) == []


@pytest.mark.parametrize("seed", range(5))
def test_chance_alone_makes_hardly_any_night_red(seed: int) -> None:
    """A year of nights of papers with a few or many stories and authors on half of them."""
    rng = random.Random(seed)
    past: list[Measures] = []
    red = 0
    for day in range(365, 0, -1):
        at = TUESDAY - timedelta(days=day)
        new = sum(
            rng.random() < 0.1 for _ in range((10, 40, 200, 20, 60)[seed] // (1 + 3 * (at.weekday() == 6)))
        )
        share = sum(rng.random() < 0.5 for _ in range(new)) / new if new else 0.0
        one = night(
            day,
            new,
            fields={"authors": share} if new else {},
            length=rng.randint(1800, 3200) if new else None,
        )
        red += bool(found(replace(one, state=None), past[:40]))
        past.insert(0, one)
    assert red <= 2


def test_hourly_crawls_are_judged_by_their_day() -> None:
    hours = [night(hour / 24, 3 if (24 - hour) % 24 > 6 else 0) for hour in range(1, 24 * 30)]
    assert found(night(0, 0), hours) == []
    assert found(
        night(0, 0, found=True),
        [replace(one, new_articles=0) if n < 23 else one for n, one in enumerate(hours)],
    )


@pytest.mark.parametrize("field", ["published", "authors"])
def test_a_field_that_vanished_is_named_with_its_first_night(field: str) -> None:
    bad = FIELDS | {field: 0.0}
    past = [night(1, fields=bad, state="red"), *weeks(lambda day: 12)[1:]]
    (drift,) = drifts(night(0, fields=bad), past)
    assert drift.what.startswith(f"{field} on 0% of 12 articles, ")
    assert (drift.field, drift.since) == (field, TUESDAY - timedelta(days=1))


def test_a_few_articles_without_a_rare_field_are_no_fault() -> None:
    assert found(night(0, fields=FIELDS | {"section": 0.0, "tags": 0.0}), weeks(lambda day: 12)) == []


def test_articles_of_several_nights_are_taken_together_where_one_has_few() -> None:
    bad = FIELDS | {"published": 0.0}
    past = weeks(lambda day: 3)
    assert found(night(0, 3, fields=bad), past) == []
    several = [replace(one, fields=bad, state="red") if n < 2 else one for n, one in enumerate(past)]
    assert found(night(0, 3, fields=bad), several) == ["published on 0% of 9 articles, 100% before"]


def test_halved_texts_and_dates_that_are_all_the_same_are_named() -> None:
    assert found(night(0, length=700), weeks(lambda day: 12)) == [
        "texts of 700 characters, the middle one of 12 articles; 2,400 before"
    ]
    assert found(night(0, dates=1), weeks(lambda day: 12)) == [
        "all 12 articles have one and the same date of publication"
    ]


def test_what_stays_changed_is_usual_after_some_weeks() -> None:
    bad = FIELDS | {"authors": 0.0}
    past = [night(day, fields=bad, state="red") for day in range(1, 37)]
    assert found(night(0, fields=bad), past) == []


def test_a_redesign_that_hides_the_dates_turns_a_source_red(paper: Callable[..., Any], project: Any) -> None:
    def dated(number: int) -> str:
        return story(
            number,
            f'<meta property="article:published_time" content="2026-11-0{number % 3 + 1}T08:0{number % 9}:00Z">',
        )

    site = paper({f"/story/{n}": dated(n) for n in range(1, 25)})
    project.crawl(NEWSSPIDER_NOW="2026-11-05T02:00:00+00:00")
    site.pages |= {f"/story/{n}": story(n).replace("spring", "summer") for n in range(1, 11)}
    done = project.crawl("--recheck", NEWSSPIDER_NOW="2026-11-06T02:00:00+00:00")
    assert done.returncode == 3
    (red,) = [row for (row,) in project.rows("SELECT red FROM crawl_sources WHERE crawl = 2")]
    assert "paper: published on 0% of 10 articles, 100% before; since 2026-11-06; look at" in red
    fields = project.rows(
        "SELECT articles, fields ->> 'published', length > 500 FROM crawl_sources ORDER BY crawl"
    )
    assert fields == [(24, 1.0, 1), (10, 0.0, 1)]


def test_blocks_are_named_with_their_first_night_and_those_of_always_are_not() -> None:
    past = [night(1, answers=40, blocked=12, state="red")]
    past += [night(day, answers=40, blocked=1) for day in range(2, 30)]
    (drift,) = drifts(night(0, answers=40, blocked=10), past)
    assert (drift.what, drift.since) == (
        "25% of 40 answers were blocks, 2% before",
        TUESDAY - timedelta(days=1),
    )
    assert drift.blocked
    assert found(night(0, answers=40, blocked=3), past) == []
    usual = [night(day, answers=40, blocked=8) for day in range(1, 30)]
    assert found(night(0, answers=40, blocked=10), usual) == []
    assert found(night(0, answers=6, blocked=3), [night(20, answers=40)]) == []  # too few to say


def test_a_site_that_begins_to_block_is_red_with_a_page_that_it_blocked(
    paper: Callable[..., Any], project: Any, answer: Any
) -> None:
    site = paper({f"/story/{n}": story(n) for n in range(1, 25)})
    project.crawl(NEWSSPIDER_NOW="2026-11-05T02:00:00+00:00")
    site.pages |= {f"/story/{n}": answer("No robots here", 403) for n in range(1, 25, 2)}
    project.crawl("--recheck", NEWSSPIDER_NOW="2026-11-06T02:00:00+00:00")
    (red,) = [row for (row,) in project.rows("SELECT red FROM crawl_sources WHERE crawl = 2")]
    assert "of 26 answers were blocks, 0% before; since 2026-11-06; look at" in red
    assert f"{site.url}/story/" in red


def test_old_stories_that_an_archive_brings_up_do_not_speak_for_the_paper_of_today(
    paper: Callable[..., Any], project: Any
) -> None:
    def page(number: int, day: str, section: str) -> str:
        said = f'<meta property="article:published_time" content="{day}T08:0{number % 9}:00Z">'
        return story(
            number, f'{said}<meta property="article:section" content="{section}">' if section else said
        )

    site = paper({f"/story/{n}": page(n, "2026-11-04", "Trade") for n in range(1, 25)})
    project.crawl(NEWSSPIDER_NOW="2026-11-05T02:00:00+00:00")
    old = {f"/story/{n}": page(n, "2019-03-02", "") for n in range(30, 60)}
    paper({path: site.pages[path] for path in site.pages if "/story/" in path} | old)
    done = project.crawl(NEWSSPIDER_NOW="2026-11-06T02:00:00+00:00")
    assert done.returncode == 0, done.stdout
    assert project.rows("SELECT new_articles, articles FROM crawl_sources ORDER BY crawl") == [
        (24, 24),
        (30, 0),
    ]


def test_a_feed_is_lost_when_two_nights_could_not_read_it_and_not_two_crawls_of_a_minute(
    paper: Callable[..., Any], project: Any, answer: Any
) -> None:
    site = paper({f"/story/{n}": story(n) for n in range(1, 4)})
    site.pages["/more.xml"] = sitemap([f"{site.url}/story/{n}" for n in (7, 8)])
    site.pages |= {f"/story/{n}": story(n) for n in (7, 8)}
    source = project.folder / "sources" / "paper.toml"
    source.write_text(
        source.read_text("utf-8").replace('/sitemap.xml"', f'/sitemap.xml", "{site.url}/more.xml"'), "utf-8"
    )
    project.crawl(NEWSSPIDER_NOW="2026-11-05T02:00:00+00:00")
    site.pages["/more.xml"] = answer("Sorry", 404)
    assert project.crawl(NEWSSPIDER_NOW="2026-11-06T02:00:00+00:00").returncode == 0
    assert project.crawl(NEWSSPIDER_NOW="2026-11-06T02:01:00+00:00").returncode == 0
    done = project.crawl(NEWSSPIDER_NOW="2026-11-07T02:02:00+00:00")
    assert done.returncode == 3
    assert "more.xml can't be read any more" in done.stdout + done.stderr
