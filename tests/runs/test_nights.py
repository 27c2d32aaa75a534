"""Nights in the life of a paper: each reports what happened, nothing more and nothing less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fleet import Manners, fleet, violations
from loopback import Answer, served
from nights import SHORT, STILL, Expected, Nights, Paper, Seen, differences

FIRST_TWO = 2


@dataclass(frozen=True)
class Life:
    """The nights as they were, what they should have been, the archive after two of them, and what was told."""

    seen: dict[int, Seen]
    expected: dict[int, Expected]
    after_two: dict[str, list[tuple[Any, ...]]]
    told: list[tuple[int, str]]  # night, state


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    with served(Paper(SHORT)) as paper, served() as hook:
        assert isinstance(paper, Paper)
        hook.pages["/hook"] = Answer("ok")
        nights = Nights(tmp_path_factory.mktemp("nights"), paper, f"{hook.url}/hook")
        seen, after_two = {}, {}
        for night in range(1, SHORT.nights + 1):
            seen[night] = nights.run(night)
            if night == FIRST_TWO:
                after_two = nights.state()
        expected = {night: SHORT.expected(night) for night in seen}
        archived = {url.removeprefix(paper.url) for url in paper.archived()}
        expected[1] = replace(expected[1], new=expected[1].new | archived)
        sources = [source for asked in hook.asked for source in json.loads(asked.sent)["sources"]]
        told = [(source["crawl"], source["state"]) for source in sources]
        yield Life(seen, expected, after_two, told)


@pytest.mark.parametrize("night", range(1, SHORT.nights + 1))
def test_a_night_reports_what_happened(life: Life, night: int) -> None:
    assert differences(life.expected[night], life.seen[night]) == []


def test_a_night_counts_the_bytes_that_the_server_sent(life: Life) -> None:
    assert {night: seen.report["bytes"] for night, seen in life.seen.items()} == {
        night: seen.bytes for night, seen in life.seen.items()
    }


def test_a_night_names_why_a_page_was_not_read(life: Life) -> None:
    assert life.seen[2].source["reasons"] == {"gone http_404": 1, "failed cut_off": 1}  # the feed was torn
    assert life.seen[3].source["reasons"] == {"gone http_410": 1, "failed not_a_feed": 1}
    assert "failed http_503" in life.seen[SHORT.outage].source["reasons"]
    assert "blocked block_page" in life.seen[SHORT.blocked].source["reasons"]


def test_each_change_of_state_is_told_once(life: Life) -> None:
    red = [False, *(life.expected[night].red for night in sorted(life.expected))]
    changes = [
        (night, "red" if red[night] else "well") for night in life.expected if red[night] != red[night - 1]
    ]
    worse = (SHORT.blocked, "worse")  # red already, and now for another reason
    assert [told for told in life.told if told != worse] == changes
    assert life.told == [(SHORT.outage, "red"), worse, (SHORT.blocked + 1, "well")]


def test_neither_calendar_nor_filters_nor_the_archive_trap_a_night(life: Life) -> None:
    for seen in life.seen.values():
        assert sum(count for path, count in seen.paths.items() if path.startswith("/whats-on")) <= 1
        assert not [path for path in seen.paths if "order=" in path]
    opened = {night for night, seen in life.seen.items() if "/sitemap-archive.xml" in seen.paths}
    assert opened == {1, SHORT.archive_night}


def test_nights_that_are_killed_end_as_if_they_were_not(life: Life, tmp_path: Path) -> None:
    with served(Paper(SHORT)) as paper:
        assert isinstance(paper, Paper)
        nights = Nights(tmp_path, paper)
        for night, captures in ((1, 8), (2, 6)):
            nights.kill(night, captures)
            nights.run(night, minutes=2)
        assert nights.state() == life.after_two


def test_a_second_night_with_nothing_new_moves_and_stores_next_to_nothing(tmp_path: Path) -> None:
    with served(Paper(STILL)) as paper:
        assert isinstance(paper, Paper)
        nights = Nights(tmp_path, paper)
        first, before = nights.run(1), nights.rows()
        second = nights.run(2)
        more = {name for name, count in nights.rows().items() if count != before[name]}
    assert second.bytes < 0.05 * first.bytes
    assert more == {"crawls", "crawl_outcomes", "crawl_sources", "captures"}


def test_a_night_is_polite_to_all_and_one_that_hangs_costs_the_others_nothing(project: Any) -> None:
    manners = {
        "deaf": Manners(hangs="all"),
        "patient": Manners(stories=3, crawl_delay=0.5),
        "busy": Manners(stories=4, retry_after=2),
        "private": Manners(stories=4, forbids=(1, 2)),
        "quick": Manners(stories=8, delay=0.1, concurrency=2, seconds=0.1),
    }
    with fleet(project, manners) as sites:
        done = project.run("nightly", "-s", "DOWNLOAD_TIMEOUT=1", NEWSSPIDER_CONTACT="me@example.com")
        assert {name: violations(site, manners[name], slack=0.08) for name, site in sites.items()} == {
            name: [] for name in manners
        }
    stories = dict(
        project.rows(
            "SELECT sources.source, new_articles FROM crawl_sources JOIN sources ON sources.id = crawl_sources.source"
        )
    )
    assert stories == {"deaf": 0, "patient": 3, "busy": 4, "private": 2, "quick": 8}
    assert done.returncode == 3
    assert (
        done.stderr.strip() == "Red: deaf: none of its feeds, sitemaps and sections could be read (timeout 2)"
    )
