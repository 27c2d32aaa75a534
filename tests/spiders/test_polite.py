"""Politeness, as the server sees it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from loopback import Answer
from newspaper import sitemap, story

ONE_AT_A_TIME = "delay = 0.1\nconcurrency = 1\nallow_private = true"
STORIES = {f"/story/{n}": story(n) for n in range(6)}


def gaps(site: Any) -> list[float]:
    """Seconds from the start of each request to the start of the next."""
    starts = sorted(asked.start for asked in site.asked)
    return [later - earlier for earlier, later in itertools.pairwise(starts)]


def test_the_delay_holds_from_start_to_start(paper: Callable[..., Any], project: Any) -> None:
    site = paper(STORIES, fetch="delay = 0.3\nconcurrency = 4\nallow_private = true")
    project.crawl()
    assert len(site.asked) == 9
    assert min(gaps(site)) > 0.2


def test_a_crawl_delay_of_robots_txt_holds_over_a_shorter_one(
    paper: Callable[..., Any], project: Any
) -> None:
    site = paper(STORIES)
    site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.3\n"
    project.crawl()
    assert min(gaps(site)[1:]) > 0.2


def test_never_more_in_flight_than_the_source_allows(paper: Callable[..., Any], project: Any) -> None:
    pages = {
        f"/story/{n}": Answer(story(n), headers={"Content-Type": "text/html"}, seconds=0.1) for n in range(12)
    }
    for allowed in (1, 3):
        site = paper(pages, fetch=f"delay = 0\nconcurrency = {allowed}\nallow_private = true")
        site.asked.clear()
        project.crawl("--recheck")
        assert len(site.asked) >= 14
        assert site.most_at_once(slack=0.09) <= allowed


def test_what_robots_txt_forbids_is_not_asked_for(paper: Callable[..., Any], project: Any) -> None:
    site = paper(STORIES)
    site.pages["/robots.txt"] = (
        "\ufeffUser-agent: Newsspider\nDisallow: /story/3\n\nUser-agent: *\nDisallow: /story/4\n"
    )
    project.crawl()
    assert "/story/3" not in site.paths()
    assert "/story/4" in site.paths()
    assert project.reasons("/story/3") == ("refused", "robots")


def test_robots_txt_holds_for_all_that_waited_for_it(paper: Callable[..., Any], project: Any) -> None:
    site = paper(STORIES)
    project.crawl()
    site.asked.clear()
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /story/\n", seconds=0.2)
    project.crawl("--recheck")
    assert sorted(site.paths()) == ["/", "/robots.txt", "/sitemap.xml"]


def test_a_robots_txt_that_fails_forbids_everything_for_this_run(
    paper: Callable[..., Any], project: Any
) -> None:
    site = paper(STORIES)
    site.pages["/robots.txt"] = Answer(b"oops", 500)
    assert project.crawl().returncode == 3
    assert set(site.paths()) == {"/robots.txt"}
    site.pages["/robots.txt"] = Answer(b"", 404)
    assert project.crawl().returncode == 0


def test_a_site_that_asks_for_a_pause_gets_it(paper: Callable[..., Any], project: Any) -> None:
    site = paper({"/story/1": [Answer(b"busy", 503, {"Retry-After": "1"}), story(1)]})
    project.crawl()
    first, second = (asked for asked in site.asked if asked.path == "/story/1")
    assert second.start - first.end > 0.7
    assert project.reasons("/story/1") == ("stored", "ok")


def test_nothing_is_asked_for_in_a_pause(paper: Callable[..., Any], project: Any) -> None:
    """Also not what waited its turn at the site already."""
    busy = [Answer(b"busy", 429, {"Retry-After": "2"}, seconds=0.5), story(9)]
    site = paper({"/story/9": busy, **STORIES}, fetch="delay = 0.2\nconcurrency = 1\nallow_private = true")
    project.crawl()
    refused = next(asked for asked in site.asked if asked.status == 429)
    assert not [asked for asked in site.asked if refused.end < asked.start < refused.end + 2]
    assert project.rows("SELECT count(*) FROM articles") == [(7,)]


def test_one_address_that_is_busy_does_not_stop_the_others(paper: Callable[..., Any], project: Any) -> None:
    site = paper(STORIES | {"/story/1": Answer(b"busy", 503)})
    project.crawl()
    tries = [asked for asked in site.asked if asked.path == "/story/1"]
    assert len(tries) == 3
    assert tries[-1].end - tries[0].end < 4.5  # a pause of the site takes 5 seconds at least
    assert project.reasons("/story/1") == ("failed", "http_503")


def test_a_pause_too_long_to_wait_ends_the_sites_turn(paper: Callable[..., Any], project: Any) -> None:
    paper({"/story/1": Answer(b"busy", 429, {"Retry-After": "90000"})})
    project.crawl()
    assert project.reasons("/story/1") == ("failed", "retry_after")
    (row,) = project.rows("SELECT next_fetch_at > last_fetched_at FROM pages WHERE url LIKE '%/story/1'")
    assert row == (1,)


def test_private_addresses_are_refused_unless_allowed(paper: Callable[..., Any], project: Any) -> None:
    site = paper(STORIES, fetch="delay = 0")
    project.crawl()
    assert site.asked == []
    assert project.reasons("/sitemap.xml") == ("refused", "private_address")


def test_a_redirect_to_another_private_host_is_refused(paper: Callable[..., Any], project: Any) -> None:
    inner = {"Location": "http://127.0.0.2:1/secret"}
    paper({"/story/1": Answer(status=302, headers=inner)}, fetch='delay = 0\nallow_private = ["127.0.0.1"]')
    project.crawl()
    assert project.reasons("/story/1") == ("refused", "private_address")


def test_a_slow_site_does_not_hold_up_another(new_site: Callable[[], Any], project: Any) -> None:
    slow, quick = new_site(), new_site()
    for site, seconds in ((slow, 1.0), (quick, 0.0)):
        pages = {
            f"/story/{n}": Answer(story(n), headers={"Content-Type": "text/html"}, seconds=seconds)
            for n in range(5)
        }
        site.pages = {
            "/robots.txt": Answer(),
            "/": "<h1>x</h1>",
            "/sitemap.xml": sitemap([site.url + path for path in pages]),
            **pages,
        }
    project.source(slow.url, "slow", "delay = 0\nconcurrency = 1\nallow_private = true")
    project.source(quick.url, "quick", "delay = 0\nconcurrency = 1\nallow_private = true")
    project.crawl()
    third_slow = [asked.end for asked in slow.asked if asked.path.startswith("/story")][2]
    assert max(asked.end for asked in quick.asked) < third_slow
    assert project.rows("SELECT count(*) FROM articles") == [(10,)]


def test_the_user_agent_names_the_version_and_a_contact(paper: Callable[..., Any], project: Any) -> None:
    from newsspider import __version__

    site = paper({"/story/1": story(1)})
    project.crawl(NEWSSPIDER_CONTACT="mailto:desk@example.org")
    assert {asked.headers["user-agent"] for asked in site.asked} == {
        f"newsspider/{__version__} (+mailto:desk@example.org)"
    }


def test_a_site_that_is_down_is_left_alone_and_says_why(paper: Callable[..., Any], project: Any) -> None:
    site = paper(dict.fromkeys((f"/story/{n}" for n in range(60)), Answer(b"oops", 500)))
    done = project.crawl("-s", "NEWSSPIDER_MAX_FAILURES=4")
    assert (
        len([asked for asked in site.asked if asked.status == 500]) <= 8
    )  # and those that were on their way
    reasons = dict(
        project.rows("SELECT reason, sum(pages) FROM crawl_outcomes WHERE outcome = 'failed' GROUP BY 1")
    )
    assert set(reasons) == {"http_500"}  # of what was not asked for there is nothing to say
    assert (
        "due pages were left for the next run: its site is down, left alone after 4 failures" in done.stderr
    )


def test_a_site_that_blocks_page_after_page_is_left_alone_and_nothing_is_lost(
    paper: Callable[..., Any], project: Any
) -> None:
    banned = Answer(b"no", 403)
    site = paper(dict.fromkeys((f"/story/{n}" for n in range(20)), banned), fetch=ONE_AT_A_TIME)
    for _ in range(2):
        site.asked.clear()
        done = project.crawl("-s", "NEWSSPIDER_MAX_FAILURES=4")
        assert (done.returncode, sum("/story/" in path for path in site.paths())) == (3, 4)
        assert "every article page failed or was blocked (http_403 4)" in done.stderr
        assert "who you are with NEWSSPIDER_CONTACT (it is not set)" in done.stderr
        assert "due pages were left for the next run: left alone after 4 refusals in a row" in done.stderr
    assert project.rows("SELECT state, count(*) FROM pages WHERE role = 'article' GROUP BY 1") == [
        ("blocked", 8),
        ("due", 12),
    ]
    site.pages.update({f"/story/{n}": story(n) for n in range(20)})
    project.crawl()
    assert project.rows("SELECT count(*) FROM articles") == [(20,)]


def test_a_site_that_refuses_connections_is_left_alone(paper: Callable[..., Any], project: Any) -> None:
    site = paper({f"/story/{n}": story(n) for n in range(30)})
    project.crawl()
    site.server.shutdown()
    site.server.server_close()
    done = project.crawl("--recheck", "-s", "RETRY_TIMES=0")
    asked = "SELECT sum(pages) FROM crawl_outcomes WHERE crawl = 2 AND reason = 'connection_refused'"
    assert project.rows(asked)[0][0] <= 9
    assert "due pages were left for the next run: its site is down" in done.stderr
    assert project.rows("SELECT count(*) FROM pages WHERE reason = 'ok' AND role = 'article'")[0][0] > 20
