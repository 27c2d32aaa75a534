"""``newsspider rebuild``: the same archive, made again from its WARC files."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from loopback import Answer, served
from newspaper import Project, fill, story
from records import record, response

from newsspider.errors import ArchiveError
from newsspider.runs.rebuilding import rebuild

TICKER = (
    "<div class=breaking-news><a href=/story/1>Ward 1 agrees on a new market</a>"
    "<a href=/x/two-bridges-3>Two bridges more over the old harbour</a></div>"
)
RELATED = "<h3>Related articles</h3><ul><li><a href=/story/2>Ward 2 agrees on a new market</a></ul>"
URL = "https://paper.example/2026/11/24/a-story-of-a-market"
NIGHTS = ("2026-11-01T02:00:00Z", "2026-11-02T02:00:00Z", "2026-11-03T02:00:00Z")
# What a reader sees of an archive, without the numbers of rows.
TABLES = {
    "articles": "SELECT id, url, headline, body, byline, dateline, published, modified, day, digest, first_seen_at, last_seen_at,"
    " changed_at, gone_at, provenance FROM articles ORDER BY url",
    "captures": "SELECT url, fetched_at, status, digest, warc_file, warc_offset, warc_length FROM captures ORDER BY 5, 6",
    "revisions": "SELECT articles.url, seen_at, kind, changed, silent, revisions.body, captures.warc_offset FROM revisions"
    " JOIN articles ON articles.id = article LEFT JOIN captures ON captures.id = revisions.capture ORDER BY 1, 2, 3",
    "tickers": "SELECT text, ticker_entries.url, first_seen, last_seen, sightings, articles.url, ticker_entries.pages, highest,"
    " lowest, wordings FROM ticker_entries"
    " LEFT JOIN articles ON articles.id = article ORDER BY 1, 2",
    "wordings": "SELECT said.text, said.url, said.first_seen, said.last_seen, said.sightings, shared, ticker_entries.text,"
    " said.article IS NULL FROM ticker_wordings AS said JOIN ticker_entries ON ticker_entries.id = entry ORDER BY 1, 2",
    "sightings": "SELECT warc_file, warc_offset, position, said.text, ticker_entries.text FROM ticker_sightings"
    " JOIN captures ON captures.id = capture JOIN ticker_entries ON ticker_entries.id = ticker_sightings.entry"
    " JOIN ticker_wordings AS said ON said.id = wording ORDER BY 1, 2, 3",
    "links": "SELECT one.url, position, text, related_links.url, other.url FROM related_links JOIN articles AS one"
    " ON one.id = article LEFT JOIN articles AS other ON other.id = leads_to ORDER BY 1, 2",
    "pages": "SELECT pages.url, role, state, reason, attempts, next_fetch_at, last_fetched_at, etag, articles.url FROM pages"
    " LEFT JOIN articles ON articles.id = article ORDER BY 1",
}


def contents(folder: Path) -> dict[str, list[Any]]:
    db = sqlite3.connect(folder / "archive.db")
    try:
        return {name: db.execute(query).fetchall() for name, query in TABLES.items()}
    finally:
        db.close()


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three nights of a paper: a story is edited, one goes, one moves, one fails once."""
    project = Project(tmp_path_factory.mktemp("nights"))
    with served() as site:
        fill(site, project, {f"/story/{n}": TICKER + story(n) + RELATED for n in range(1, 7)})
        project.crawl(NEWSSPIDER_NOW=NIGHTS[0])
        site.pages["/story/1"] = TICKER + story(1).replace("spring", "autumn")
        site.pages["/story/3"] = Answer(status=404)
        site.pages["/story/4"] = Answer(status=301, headers={"Location": "/story/moved-4"})
        site.pages["/story/moved-4"] = story(4)
        site.pages["/story/5"] = Answer(status=503)
        project.crawl("--recheck", NEWSSPIDER_NOW=NIGHTS[1])
        site.pages["/story/5"] = story(5).replace("Nobody", "Hardly anybody")
        project.crawl("--recheck", NEWSSPIDER_NOW=NIGHTS[2])
    return project.folder


@pytest.fixture
def crawled(nights: Path, tmp_path: Path) -> Project:
    """The archive of these nights, to be made again."""
    return Project(shutil.copytree(nights, tmp_path / "data"))


def test_a_rebuilt_archive_is_the_same_row_by_row(crawled: Project) -> None:
    before = contents(crawled.folder)
    assert [name for name, rows in before.items() if not rows] == []
    assert {row[2] for row in before["revisions"]} == {"edited", "deleted", "moved"}
    done = crawled.run("rebuild")
    assert done.returncode == 0, done.stderr
    assert contents(crawled.folder) == before
    assert crawled.rows("PRAGMA integrity_check") == [("ok",)]
    assert crawled.rows("PRAGMA foreign_key_check") == []
    found = crawled.rows("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'autumn'")
    assert found == [(1,)]


def test_nothing_changes_where_the_splitter_is_the_same(crawled: Project) -> None:
    done = crawled.run("rebuild", "--changed")
    assert "Nothing would be other." in done.stdout
    assert list(crawled.folder.glob("archive.db.new*")) == []


def test_what_another_splitter_would_change_is_told_and_not_done(crawled: Project) -> None:
    db = sqlite3.connect(crawled.folder / "archive.db")
    db.execute("UPDATE articles SET headline = 'As it was read of old' WHERE url LIKE '%/story/2'")
    db.execute("UPDATE articles SET body = body || ' Nobody came.' WHERE url LIKE '%/story/2'")
    db.commit()
    db.close()
    before = contents(crawled.folder)
    told = crawled.run("rebuild", "--changed").stdout
    assert "headline: 1 article" in told
    assert "- As it was read of old" in told
    one, other = re.findall("body: 1 article\n.*\n +- (.*)\n +[+] (.*)", told)[0]
    assert one == f"{other} Nobody came."
    assert one.startswith("..")
    assert contents(crawled.folder) == before


def test_a_lost_database_comes_back_from_the_warc_files_alone(crawled: Project) -> None:
    before = contents(crawled.folder)
    for path in crawled.folder.glob("archive.db*"):
        path.unlink()
    done = crawled.run("rebuild")
    assert done.returncode == 0, done.stderr
    after = contents(crawled.folder)
    for table in ("captures", "tickers", "links"):
        assert after[table] == before[table]
    assert [row[1:6] for row in after["articles"]] == [row[1:6] for row in before["articles"]]
    assert len(after["revisions"]) == len(before["revisions"])


def test_a_folder_that_is_not_there_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no such folder"):
        rebuild(tmp_path / "typo", command="rebuild", watch=lambda progress: nullcontext())
    assert not (tmp_path / "typo").exists()


def test_a_file_that_is_gone_costs_nothing_that_was_read_of_it(crawled: Project) -> None:
    before = contents(crawled.folder)
    first = min((crawled.folder / "warc").iterdir())
    shutil.move(first, crawled.folder / "elsewhere.gz")
    done = crawled.run("rebuild")
    assert done.returncode == 1
    assert "their articles keep the text of the splitter that read it last" in done.stderr
    assert contents(crawled.folder) == before
    shutil.move(crawled.folder / "elsewhere.gz", first)
    assert crawled.run("rebuild").returncode == 0
    assert contents(crawled.folder) == before


def test_of_an_article_all_is_kept_where_one_capture_can_not_be_read(crawled: Project) -> None:
    damage(
        crawled.folder,
        "UPDATE articles SET headline = 'Of old' WHERE url LIKE '%/story/1' OR url LIKE '%/story/2'",
    )
    before = contents(crawled.folder)
    (file, at), *_ = crawled.rows(
        "SELECT warc_file, warc_offset FROM captures WHERE url LIKE '%/story/1' ORDER BY id"
    )
    with (crawled.folder / "warc" / file).open("r+b") as record:
        record.seek(at + 30)
        record.write(b"damage")
    done = crawled.run("rebuild")
    assert (done.returncode, "1 capture can't be read" in done.stderr) == (1, True)
    after = contents(crawled.folder)
    changed = set(before["articles"]) ^ set(after["articles"])
    assert {(row[1][-8:], row[2]) for row in changed} == {
        ("/story/2", "Of old"),
        ("/story/2", "Ward 2 agrees on a new market"),
    }
    assert {name: rows for name, rows in after.items() if name != "articles"} == {
        name: rows for name, rows in before.items() if name != "articles"
    }
    found = crawled.rows("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'old'")
    assert found == [(1,)]


def test_a_rebuild_killed_five_times_is_simply_run_again(crawled: Project) -> None:
    before, rng = contents(crawled.folder), random.Random(5)
    for _ in range(5):
        process = crawled.start(command="rebuild")
        time.sleep(0.4 + rng.random() * 1.5)
        process.kill()
        process.communicate()
        assert contents(crawled.folder) == before
    assert crawled.run("rebuild").returncode == 0
    assert contents(crawled.folder) == before


def test_who_reads_meanwhile_sees_the_old_or_the_new_one_whole(crawled: Project) -> None:
    reader = sqlite3.connect(crawled.folder / "archive.db")
    reader.execute("BEGIN")
    count = reader.execute("SELECT count(*) FROM articles").fetchone()
    assert crawled.run("rebuild").returncode == 0
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == count
    reader.rollback()
    assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reader.close()


def test_a_faulty_source_file_is_told_and_nothing_is_replaced(crawled: Project) -> None:
    before = contents(crawled.folder)
    (crawled.folder / "sources" / "paper.toml").write_text("hme = 'x'")
    done = crawled.run("rebuild")
    assert (done.returncode, "paper.toml" in done.stderr) == (1, True)
    assert contents(crawled.folder) == before


def imported(folder: Path, *records: bytes) -> Project:
    """An archive of these records of another crawler."""
    (folder / "other.warc").write_bytes(b"".join(records))
    project = Project(folder / "data")
    project.run("import", str(folder / "other.warc"))
    return project


def test_records_that_repeat_another_have_nothing_to_read(tmp_path: Path) -> None:
    again = record("revisit", URL, "HTTP/1.1 200 OK\r\n\r\n", f"WARC-Refers-To-Target-URI: {URL}", day=25)
    project = imported(tmp_path, record("response", URL, response(story(1))), again)
    before = contents(project.folder)
    assert len(before["captures"]) == 2
    done = project.run("rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(project.folder) == before


def test_tickers_without_addresses_find_headlines_of_any_time(tmp_path: Path) -> None:
    """The later captures come first: the story has another headline by then than the ticker ran."""
    (tmp_path / "early").mkdir()
    ticker = "<marquee>Ward 1 agrees on a new market | Ferry fares will fall by a tenth | Night market moves</marquee>"
    second = record("response", URL, response(story(1).replace("agrees on", "argues over")), day=26)
    other = record("response", URL + "-2", response(ticker + story(2)), day=27)
    project = imported(tmp_path, second, other)
    (tmp_path / "early" / "early.warc").write_bytes(record("response", URL, response(story(1)), day=24))
    project.run("import", str(tmp_path / "early" / "early.warc"))
    before = contents(project.folder)
    assert (URL, "Ward 1 agrees on a new market") in {(row[5], row[0]) for row in before["tickers"]}
    assert project.run("rebuild").returncode == 0
    assert contents(project.folder) == before


def test_wordings_of_one_entry_are_found_whatever_the_order_of_files(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    for day, what in ((26, "is put out at last"), (24, "still burns"), (25, "is put out")):
        ticker = (
            f"<div class=breaking-news><a href=/story/9>Fire in the old market of Ward 2 {what}</a></div>"
        )
        path = tmp_path / f"{day}.warc"
        path.write_bytes(record("response", URL, response(ticker + story(1)), day=day))
        assert project.run("import", str(path)).returncode == 0
    before = contents(project.folder)
    assert [(row[0][-8:], row[9]) for row in before["tickers"]] == [(" at last", 3)]
    assert project.run("rebuild").returncode == 0
    assert contents(project.folder) == before


def test_a_damaged_end_that_cost_nothing_is_told_and_is_no_hindrance(tmp_path: Path) -> None:
    cut = record("response", URL + "2", response(story(2)))[:900]
    project = imported(tmp_path, record("response", URL, response(story(1))), cut)
    before = contents(project.folder)
    done = project.run("rebuild")
    assert (done.returncode, "is the new one" in done.stdout) == (0, True), done.stderr
    assert done.stderr.startswith("Note: ")
    assert contents(project.folder) == before


def damage(folder: Path, *statements: str) -> None:
    """What another program may do to a database."""
    db = sqlite3.connect(folder / "archive.db")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_a_row_that_is_missing_comes_back(crawled: Project) -> None:
    before = contents(crawled.folder)
    damage(
        crawled.folder,
        "DELETE FROM captures WHERE id = (SELECT capture FROM articles WHERE url LIKE '%/story/2')",
    )
    assert crawled.run("rebuild").returncode == 0
    assert [row[1:] for row in contents(crawled.folder)["articles"]] == [
        row[1:] for row in before["articles"]
    ]


@pytest.mark.parametrize(
    "fault", ["UPDATE captures SET fetched_at = 'bad' WHERE {}", "DELETE FROM captures WHERE {}"]
)
def test_captures_that_come_anew_from_their_files_are_of_the_crawls_that_made_them(
    crawled: Project, fault: str
) -> None:
    before = crawled.rows("SELECT id, crawl, size, revisits FROM captures ORDER BY warc_file, warc_offset")
    damage(crawled.folder, fault.format("id % 4 = 1"))
    assert crawled.run("rebuild").returncode == 0
    after = crawled.rows("SELECT id, crawl, size, revisits FROM captures ORDER BY warc_file, warc_offset")
    told = slice(None) if "UPDATE" in fault else slice(1, 3)  # nothing tells the number of a row that is gone
    assert [row[told] for row in after] == [row[told] for row in before]
    assert crawled.run("check").returncode == 0


def test_articles_whose_pages_are_gone_are_not_lost(crawled: Project) -> None:
    before = [row[1:4] for row in contents(crawled.folder)["articles"]]
    damage(crawled.folder, "DELETE FROM pages WHERE url LIKE '%/story/2' OR url LIKE '%/story/6'")
    refused = crawled.run("rebuild")
    assert (refused.returncode, "newsspider check --repair first" in refused.stderr) == (1, True)
    crawled.run("check", "--repair")
    assert crawled.run("rebuild").returncode == 0
    assert [row[1:4] for row in contents(crawled.folder)["articles"]] == before


def test_a_repair_reads_articles_again_that_are_gone(crawled: Project) -> None:
    before = [row[1:4] for row in contents(crawled.folder)["articles"]]
    damage(crawled.folder, "DELETE FROM articles WHERE url LIKE '%/story/2' OR url LIKE '%/story/6'")
    assert crawled.run("check", "--repair").returncode == 0
    assert [row[1:4] for row in contents(crawled.folder)["articles"]] == before


def test_values_that_can_not_be_are_told_and_are_no_hindrance(crawled: Project) -> None:
    before = contents(crawled.folder)
    damage(
        crawled.folder,
        "UPDATE captures SET fetched_at = 'garbage' WHERE id IN (SELECT capture FROM articles ORDER BY id LIMIT 2)",
        "UPDATE articles SET authors = 'not json', published = 'x', day = '2026-02-31' WHERE url LIKE '%/story/2'",
        "UPDATE pages SET role = 'nosuch', next_fetch_at = 7 WHERE url LIKE '%/story/6'",
    )
    told = crawled.run("check").stdout
    for words in (
        "captures: 2 rows whose fetched_at is no time",
        "articles: 1 row whose authors is no JSON array",
        "articles: 1 row whose day is no day",
        "pages: 1 row whose role is none of its words",
    ):
        assert words in told
    done = crawled.run("rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    after = contents(crawled.folder)
    due = [row for row in before["pages"] if row not in after["pages"]]
    assert [row[0][-8:] for row in due] == ["/story/6"]
    for table in set(TABLES) - {"pages"}:
        assert after[table] == before[table], table
