"""A crawl from end to end: what is asked of a site, and what stands in the archive afterwards."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from loopback import Answer
from newspaper import sitemap, story

HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_articles_captures_and_warc_files_agree(paper: Callable[..., Any], project: Any) -> None:
    site = paper({f"/story/{n}": story(n) for n in range(5)})
    done = project.crawl()
    assert done.returncode == 0, done.stderr
    assert project.rows("SELECT count(*), count(DISTINCT url), min(dateline_place) FROM articles") == [
        (5, 5, "PHNOM PENH")
    ]
    assert project.rows("SELECT outcome, pages, stored, new_articles FROM crawls") == [("finished", 7, 7, 5)]
    assert (
        len(project.rows("SELECT id FROM captures")) == len(site.asked) == 8
    )  # robots.txt, home, sitemap, articles
    files = sorted((project.folder / "warc").iterdir())
    check = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (check.returncode, check.stdout) == (0, "")


def test_a_compressed_page_is_kept_as_it_was_sent(paper: Callable[..., Any], project: Any) -> None:
    body = gzip.compress(story(1).encode())
    headers = [
        ("Content-Type", "text/html"),
        ("Content-Encoding", "gzip"),
        ("X-Note", "one"),
        ("X-Note", "two"),
    ]
    paper({"/story/1": Answer(body, headers=headers)})
    project.crawl()
    from newsspider.archive import read_capture
    from newsspider.records import WarcPlace

    (row,) = project.rows(
        "SELECT warc_file, warc_offset, warc_length, digest FROM captures WHERE url LIKE '%/story/1'"
    )
    capture = read_capture(project.folder / "warc", WarcPlace(*row))
    assert capture.body == body
    assert [value for name, value in capture.response_headers if name.lower() == b"x-note"] == [
        b"one",
        b"two",
    ]


def test_a_moved_page_keeps_its_hop_and_leads_to_one_article(paper: Callable[..., Any], project: Any) -> None:
    site = paper(
        {"/story/old": Answer(status=301, headers={"Location": "/story/new"}), "/story/new": story(1)}
    )
    project.crawl()
    assert project.rows("SELECT count(*) FROM articles") == [(1,)]
    assert project.reasons("/story/old") == ("moved", "redirect")
    assert len({row[0] for row in project.rows("SELECT article FROM pages WHERE role = 'article'")}) == 1
    assert [row[0] for row in project.rows("SELECT status FROM captures WHERE url LIKE '%/story/old'")] == [
        301
    ]
    assert site.paths().count("/story/old") == 1


def test_a_redirect_to_another_site_brings_no_article(
    paper: Callable[..., Any], new_site: Callable[[], Any], project: Any
) -> None:
    other = new_site()
    other.pages["/story/9"] = story(9)
    paper({"/story/1": Answer(status=302, headers={"Location": f"{other.url}/story/9"})})
    project.crawl()
    assert project.reasons("/story/1") == ("refused", "other_site")
    assert project.rows("SELECT count(*) FROM articles") == [(0,)]


def test_a_redirect_to_what_the_pattern_excludes_brings_no_article(
    paper: Callable[..., Any], project: Any
) -> None:
    site = paper({"/story/1": Answer(status=302, headers={"Location": "/about/us"})})
    site.pages["/about/us"] = story(9)
    project.crawl()
    assert project.reasons("/story/1") == ("refused", "not_an_article")
    assert project.rows("SELECT count(*) FROM articles") == [(0,)]


def test_what_can_happen_to_a_page_has_a_reason(paper: Callable[..., Any], project: Any) -> None:
    paper(
        {
            "/story/gone": Answer(b"gone", 410, HTML),
            "/story/forbidden": Answer(b"no", 403, HTML),
            "/story/broken": Answer(b"oops", 500, HTML),
            "/story/picture": Answer(b"\x89PNG", 200, {"Content-Type": "image/png"}),
            "/story/large": Answer(b"x" * 3_000_000, 200, HTML),
            "/story/bomb": Answer(gzip.compress(b" " * 9_000_000), 200, {**HTML, "Content-Encoding": "gzip"}),
            "/story/empty": "<html><body></body></html>",
            "/story/loop": Answer(status=302, headers={"Location": "/story/loop"}),
            "/story/robot": "<title>Just a moment...</title><h1>Checking your browser before accessing the site</h1>",
            "/story/good": story(1),
        }
    )
    done = project.crawl("-s", "DOWNLOAD_MAXSIZE=2000000", "-s", "NEWSSPIDER_MAX_DECODED=5000000")
    assert done.returncode == 0, done.stderr
    assert {
        path: project.reasons(f"/story/{path}")
        for path in (
            "gone",
            "forbidden",
            "broken",
            "picture",
            "large",
            "bomb",
            "empty",
            "loop",
            "robot",
            "good",
        )
    } == {
        "gone": ("gone", "http_410"),
        "forbidden": ("blocked", "http_403"),
        "broken": ("failed", "http_500"),
        "picture": ("refused", "not_html"),
        "large": ("refused", "too_large"),
        "bomb": ("refused", "too_large"),
        "empty": ("refused", "not_an_article"),
        "loop": ("refused", "too_many_redirects"),
        "robot": ("blocked", "block_page"),
        "good": ("stored", "ok"),
    }
    assert project.rows("SELECT count(*) FROM articles") == [(1,)]


def test_a_page_that_works_at_the_third_try_is_stored_with_all_its_tries(
    paper: Callable[..., Any], project: Any
) -> None:
    paper({"/story/1": [Answer(b"oops", 500), Answer(b"oops", 500), story(1)]})
    project.crawl()
    assert [
        row[0] for row in project.rows("SELECT status FROM captures WHERE url LIKE '%/story/1' ORDER BY id")
    ] == [500, 500, 200]
    assert project.reasons("/story/1") == ("stored", "ok")


def test_the_second_run_asks_conditionally_and_stores_nothing_new(
    paper: Callable[..., Any], project: Any
) -> None:
    def page(headers: dict[str, str]) -> Answer:
        return (
            Answer(status=304)
            if headers.get("if-none-match") == '"v1"'
            else Answer(story(1), headers={**HTML, "ETag": '"v1"'})
        )

    paper({"/story/1": page})
    project.crawl()
    done = project.crawl("--recheck")
    assert done.returncode == 0, done.stderr
    assert project.rows(
        "SELECT outcome, reason FROM crawl_outcomes WHERE crawl = 2 AND role = 'article'"
    ) == [("unchanged", "http_304")]
    assert project.rows("SELECT count(*) FROM articles") == [(1,)]
    assert project.rows("SELECT count(*) FROM revisions") == [(0,)]


def test_an_edit_is_a_revision_with_the_former_words(paper: Callable[..., Any], project: Any) -> None:
    site = paper({"/story/1": story(1)})
    project.crawl()
    site.pages["/story/1"] = story(1).replace("three bridges follow", "four bridges follow")
    project.crawl("--recheck")
    (row,) = project.rows("SELECT kind, changed, silent, body LIKE '%three bridges%' FROM revisions")
    assert row == ("edited", '["body"]', 1, 1)
    assert project.rows("SELECT body LIKE '%four bridges%' FROM articles") == [(1,)]


def test_a_page_that_fails_is_due_again_at_the_next_run(paper: Callable[..., Any], project: Any) -> None:
    site = paper({"/story/1": Answer(b"oops", 500)})
    first = project.crawl()
    assert first.returncode == 3
    assert "paper: every article page failed or was blocked (http_500 1)" in first.stderr
    site.pages["/story/1"] = story(1)
    assert project.crawl().returncode == 0
    assert project.reasons("/story/1") == ("stored", "ok")


def test_a_site_that_is_down_is_red_and_says_why(project: Any) -> None:
    project.source("http://127.0.0.1:9")
    done = project.crawl()
    assert done.returncode == 3
    assert (
        "paper: none of its feeds, sitemaps and sections could be read (connection_refused 2)" in done.stderr
    )


def test_expectations_that_are_not_met_make_a_source_red(paper: Callable[..., Any], project: Any) -> None:
    paper({"/story/1": story(1)}, rest="[expect]\narticles = 5\nauthors = 0.9\n")
    done = project.crawl()
    assert done.returncode == 3
    assert "paper: articles 1, expected at least 5" in done.stderr
    assert "paper: authors on 0% of the articles, expected at least 90%" in done.stderr


def test_scrapys_own_commands_work_on_the_sources(
    paper: Callable[..., Any], project: Any, tmp_path: Any
) -> None:
    paper({"/story/1": story(1)})
    environment = {
        "SCRAPY_SETTINGS_MODULE": "newsspider.settings",
        "NEWSSPIDER_DATA": str(project.folder),
        "PATH": "/usr/bin:/bin",
    }

    def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=60, check=False
        )

    assert scrapy("list").stdout.split() == ["news", "paper"]
    assert scrapy("crawl", "news", "-a", "source=paper").returncode == 0
    assert scrapy("crawl", "paper", "-o", str(tmp_path / "out.jsonl")).returncode == 0
    assert project.rows("SELECT command, outcome FROM crawls") == [
        ("scrapy crawl news", "finished"),
        ("scrapy crawl paper", "finished"),
    ]
    assert (
        scrapy("shell", f"{site_of(project)}/story/1", "-c", "response.css('h1::text').get()").stdout.strip()
        == "Ward 1 agrees on a new market"
    )


def site_of(project: Any) -> str:
    """The address in the source file."""
    return (project.folder / "sources" / "paper.toml").read_text().split('"')[1].rstrip("/")


def test_a_source_whose_pages_name_no_article_is_told(paper: Callable[..., Any], project: Any) -> None:
    paper({"/": "<a href=/a/b>Rain</a>", "/sitemap.xml": sitemap([])})
    assert "Note: paper: nothing that its feeds" in project.crawl().stderr


def test_a_selector_that_finds_nothing_is_told(paper: Callable[..., Any], project: Any) -> None:
    paper({"/story/1": story(1)})
    source = project.folder / "sources" / "paper.toml"
    source.write_text(source.read_text() + '[[layout]]\nheadline = "h1"\nkicker = ".no-such-thing"\n')
    told = project.crawl().stderr
    assert "selector for kicker found nothing on 100% of the articles" in told
    assert "selector for headline" not in told


def test_a_faulty_source_file_does_not_stop_the_others(paper: Callable[..., Any], project: Any) -> None:
    paper({"/story/1": story(1)})
    (project.folder / "sources" / "bad.toml").write_text("hme = 'x'")
    done = project.crawl()
    assert done.returncode == 1
    assert "bad.toml" in done.stderr
    assert project.reasons("/story/1") == ("stored", "ok")


def test_a_redirect_to_what_is_no_page_is_refused(paper: Callable[..., Any], project: Any) -> None:
    paper({"/story/1": Answer(status=302, headers={"Location": "file:///etc/hostname"})})
    project.crawl()
    assert project.reasons("/story/1") == ("refused", "bad_redirect")


def test_a_source_that_there_is_not_is_said_in_words_by_scrapys_own_command(project: Any) -> None:
    from newsspider.spiders.loader import SourceSpiderLoader, UnknownSource

    project.source("https://paper.example")
    with pytest.raises(UnknownSource, match=r"there is no source 'nosuch'; there are: paper$") as found:
        SourceSpiderLoader(project.folder).load("nosuch")
    assert isinstance(found.value, KeyError)  # as Scrapy expects
