"""Pages that are looked at again: what did not change is neither stored nor kept twice."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from loopback import Answer
from newspaper import Project, story

HTML = {"Content-Type": "text/html; charset=utf-8"}
DAY_ONE, DAY_TWO, DAY_THREE = (f"2026-11-0{day}T01:00:00+00:00" for day in (1, 2, 3))


def record_heads(project: Any, kind: str) -> list[dict[str, str]]:
    """The headers of the WARC records of a kind, in the order of the files."""
    from newsspider.archive import warc

    found = []
    for path in sorted((project.folder / "warc").iterdir()):
        with path.open("rb") as file:
            found += [record.fields for record in warc.read(file, path.name) if record.kind == kind]
    return found


def test_a_body_that_came_before_becomes_a_revisit_record(paper: Callable[..., Any], project: Any) -> None:
    paper({"/story/1": story(1)})
    project.crawl(NEWSSPIDER_NOW=DAY_ONE)
    project.crawl("--recheck", NEWSSPIDER_NOW=DAY_TWO)
    (again,) = [head for head in record_heads(project, "revisit") if "/story/1" in head["warc-target-uri"]]
    assert again["warc-profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert again["warc-refers-to-date"].startswith("2026-11-01T01:00")
    assert project.rows(
        "SELECT captures.revisits, first.fetched_at < captures.fetched_at FROM captures"
        " JOIN captures AS first ON first.id = captures.revisits WHERE captures.url LIKE '%/story/1'"
    )
    ((seen, changes),) = project.rows("SELECT last_seen_at, (SELECT count(*) FROM revisions) FROM articles")
    assert (seen[:10], changes) == ("2026-11-02", 0)


def test_an_answer_not_modified_becomes_a_revisit_record(paper: Callable[..., Any], project: Any) -> None:
    def page(headers: dict[str, str]) -> Answer:
        known = headers.get("if-none-match") == '"one"'
        return Answer("" if known else story(1), 304 if known else 200, {**HTML, "ETag": '"one"'})

    paper({"/story/1": page})
    for day in (DAY_ONE, DAY_TWO):
        project.crawl("--recheck", NEWSSPIDER_NOW=day)
    (again,) = [head for head in record_heads(project, "revisit") if "/story/1" in head["warc-target-uri"]]
    assert again["warc-profile"].endswith("/1.1/revisit/server-not-modified")
    files = sorted((project.folder / "warc").iterdir())
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, files)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert "whole" in project.run("check").stdout


def test_a_page_that_is_read_otherwise_than_before_has_not_changed(
    paper: Callable[..., Any], project: Any
) -> None:
    def page(more: str) -> str:
        return story(1).replace("<p>PHNOM PENH", f"<p class=deck>A word on fares.</p>{more}<p>PHNOM PENH")

    site = paper({"/story/1": page("")})
    project.crawl(NEWSSPIDER_NOW=DAY_ONE)
    project.source(site.url, rest='[[layout]]\nkicker = ".deck"')
    site.pages["/story/1"] = page("<!-- read 7 times -->")
    project.crawl("--recheck", NEWSSPIDER_NOW=DAY_TWO)
    assert project.rows("SELECT kicker FROM articles") == [("A word on fares.",)]
    assert project.rows("SELECT * FROM revisions") == []
    site.pages["/story/1"] = page("<p>The ferry is not in the plan, and nobody has asked for it.</p>")
    project.crawl("--recheck", NEWSSPIDER_NOW=DAY_THREE)
    assert project.rows("SELECT kind, changed, kicker FROM revisions") == [("edited", '["body"]', None)]


def test_a_sitemap_that_is_cut_off_is_told_and_read_whole_the_next_time(
    paper: Callable[..., Any], project: Any
) -> None:
    """A server that sends but its beginning, under the tag of the whole."""

    def answer(headers: dict[str, str]) -> Answer:
        known = headers.get("if-none-match") == '"map"'
        return Answer("" if known else sent.pop(0), 304 if known else 200, {"ETag": '"map"'})

    site = paper({"/story/1": story(1), "/story/2": story(2)})
    whole = site.pages["/sitemap.xml"]
    sent = [whole[: whole.rindex("/story/2")], whole]
    site.pages["/sitemap.xml"] = answer
    seen = []
    for day in (DAY_ONE, DAY_TWO):
        project.crawl(NEWSSPIDER_NOW=day)
        seen += project.rows(
            "SELECT state, reason, (SELECT count(*) FROM articles) FROM pages WHERE role = 'sitemap'"
        )
    assert seen == [("failed", "cut_off", 1), ("stored", "ok", 2)]


def test_a_body_whose_file_is_lost_is_fetched_whole(paper: Callable[..., Any], project: Any) -> None:
    def page(headers: dict[str, str]) -> Answer:
        known = headers.get("if-none-match") == '"one"'
        return Answer("" if known else story(1), 304 if known else 200, {**HTML, "ETag": '"one"'})

    paper({"/story/1": page})
    project.crawl(NEWSSPIDER_NOW=DAY_ONE)
    for path in (project.folder / "warc").iterdir():
        path.unlink()
    project.crawl("--recheck", NEWSSPIDER_NOW=DAY_TWO)
    assert [head for head in record_heads(project, "response") if "/story/1" in head["warc-target-uri"]]
    project.crawl("--recheck", NEWSSPIDER_NOW=DAY_THREE)
    assert project.rows(
        "SELECT status, revisits IS NULL FROM captures WHERE url LIKE '%/story/1' ORDER BY id"
    ) == [(200, 1), (200, 1), (304, 0)]


def test_a_repair_leads_a_revisit_to_its_body_again(paper: Callable[..., Any], project: Any) -> None:
    paper({"/story/1": story(1)})
    for day in (DAY_ONE, DAY_TWO, DAY_THREE):
        project.crawl("--recheck", NEWSSPIDER_NOW=day)
    query = "SELECT id, revisits FROM captures WHERE url LIKE '%/story/1' ORDER BY id"
    first, second, third = (row[0] for row in project.rows(query))
    with closing(sqlite3.connect(project.folder / "archive.db")) as db, db:
        db.execute("UPDATE captures SET revisits = 4711 WHERE id = ?", [second])
        db.execute("UPDATE captures SET revisits = id WHERE id = ?", [third])
    assert project.run("check", "--repair").returncode == 0
    assert project.rows(query) == [(first, None), (second, first), (third, first)]


def test_a_page_that_moved_is_moved_though_its_body_is_the_same(
    paper: Callable[..., Any], project: Any
) -> None:
    def known(headers: dict[str, str]) -> Answer:
        same = headers.get("if-none-match") == '"one"'
        return Answer("" if same else story(2), 304 if same else 200, {**HTML, "ETag": '"one"'})

    site = paper({"/story/1": story(1), "/story/2": known})
    project.crawl(NEWSSPIDER_NOW=DAY_ONE)
    for number in (1, 2):
        site.pages[f"/story/{number}-new"] = site.pages[f"/story/{number}"]
        site.pages[f"/story/{number}"] = Answer("", 301, {"Location": f"/story/{number}-new"})
    project.crawl("--recheck", NEWSSPIDER_NOW=DAY_TWO)
    assert project.rows("SELECT kind FROM revisions") == [("moved",), ("moved",)]
    assert project.rows("SELECT count(*) FROM articles WHERE url LIKE '%-new'") == [(2,)]
    assert project.reasons("/story/2") == ("moved", "redirect")


def test_files_imported_backwards_tell_the_same_history(
    paper: Callable[..., Any], project: Any, tmp_path: Path
) -> None:
    paper({"/story/1": [story(1), Answer("", 404), story(1), story(1)]})
    for day in (DAY_ONE, DAY_TWO, DAY_THREE):
        project.crawl("--recheck", NEWSSPIDER_NOW=day)
    history = (
        "SELECT kind, seen_at, gone_at, last_seen_at FROM revisions JOIN articles ON articles.id = article"
    )
    other = Project(tmp_path / "other")
    for path in sorted((project.folder / "warc").iterdir(), reverse=True):
        assert other.run("import", str(path)).returncode == 0
    assert other.rows(history) == project.rows(history)
    revisits = (
        "SELECT url, fetched_at, revisits IS NULL FROM captures WHERE url LIKE '%/story/1' ORDER BY 1, 2"
    )
    assert other.rows(revisits) == project.rows(revisits)
    assert "whole" in other.run("check").stdout


def test_a_page_that_is_back_as_it_was_is_restored_and_a_rebuild_agrees(
    paper: Callable[..., Any], project: Any
) -> None:
    paper({"/story/1": [story(1), Answer("", 404), story(1)]})
    for day in (DAY_ONE, DAY_TWO, DAY_THREE):
        project.crawl("--recheck", NEWSSPIDER_NOW=day)
    history = (
        "SELECT kind, seen_at, gone_at, last_seen_at FROM revisions JOIN articles ON articles.id = article"
    )
    before = project.rows(history)
    assert [(row[0], row[2], row[3][:10]) for row in before] == [
        ("deleted", None, "2026-11-03"),
        ("restored", None, "2026-11-03"),
    ]
    links = project.rows("SELECT id, revisits FROM captures")
    assert project.run("rebuild").returncode == 0
    assert project.rows(history) == before
    assert project.rows("SELECT id, revisits FROM captures") == links
