"""A story's other addresses: they join it, and what is counted adds up with what the site was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from loopback import Answer
from newspaper import story

VARIANT = story(1, more='<link rel=canonical href="/story/1">')  # a phone's page of a story


def test_a_story_s_other_pages_join_it_and_all_that_was_asked_is_counted(
    paper: Callable[..., Any], project: Any
) -> None:
    moved = Answer(status=301, headers={"Location": "/story/2"})
    site = paper({"/m/story/1": VARIANT, "/story/1": story(1), "/story/2": story(2), "/m/story/2": moved})
    twice = []
    for crawl, hops in ((1, 1), (2, 0)):  # what moved for good is not asked for again
        before = Counter(site.paths())
        assert project.crawl("--recheck").returncode == 0
        asked = Counter(site.paths()) - before
        twice += [(crawl, path) for path, count in asked.items() if count > 1]
        ((pages, captures),) = project.rows(
            f"SELECT sum(pages), (SELECT count(*) FROM captures WHERE crawl = {crawl}) FROM crawl_outcomes WHERE crawl = {crawl}"
        )
        assert asked.total() == captures == pages + hops + asked["/robots.txt"]
    assert twice == [(1, "/story/2")]  # by itself, and where the other one led
    assert [
        url.removeprefix(site.url) for (url,) in project.rows("SELECT url FROM articles ORDER BY url")
    ] == [
        "/story/1",
        "/story/2",
    ]
