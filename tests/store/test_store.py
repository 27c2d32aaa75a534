"""Opening an archive's database, and storing batches of results whatever is in them."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from archives import make_older

from newsspider.errors import ArchiveError
from newsspider.records import Article, Outcome, Result
from newsspider.store import Store
from newsspider.store.schema import APPLICATION_ID, TABLES, VERSION

FERRY = Article(kind="article", headline="Ferry fares fall", body=("Fares fall.",), split_version="1")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE accounts (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="no archive of newsspider"):
        Store.open(path)
    assert path.read_bytes() == before


def test_an_archive_of_a_newer_version_is_refused_with_both_numbers(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Store.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    words = f"made by a newer newsspider (schema {VERSION + 1}, this one knows {VERSION}); install the newest"
    with pytest.raises(ArchiveError, match=re.escape(words)):
        Store.open(path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_text("Dear reader, this is a letter. " * 100)
    with pytest.raises(ArchiveError, match=r"archive\.db: can't be opened"):
        Store.open(path)


@pytest.mark.parametrize("path", ["missing/archive.db", "."])
def test_where_no_file_can_be_made_the_error_names_the_place(tmp_path: Path, path: str) -> None:
    with pytest.raises(ArchiveError, match="is its folder writable"):
        Store.open(tmp_path / path)


def test_nothing_is_made_where_an_archive_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive"):
        Store.open(tmp_path / "archive.db", create=False)
    assert not list(tmp_path.iterdir())


def test_an_archive_is_marked_as_ours_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    for _ in range(2):
        Store.open(path).close()
    with sqlite3.connect(path) as db:
        marks = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    assert marks == [APPLICATION_ID, VERSION]


def test_an_archive_whose_making_was_cut_off_is_made_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class CutOff(sqlite3.Connection):
        left = 0

        def execute(self, *args: Any) -> sqlite3.Cursor:
            CutOff.left -= 1
            if not CutOff.left:
                raise KeyboardInterrupt
            return super().execute(*args)

    for step in range(1, 200, 9):
        path, CutOff.left = tmp_path / f"{step}.db", step
        with monkeypatch.context() as patch:
            patch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=CutOff))
            with pytest.raises(KeyboardInterrupt):
                Store.open(path)
        with Store.open(path) as store:
            assert store.sources() == []


def test_an_archive_of_an_older_version_gets_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Store.open(path).close()
    make_older(path)
    Store.open(path).close()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(origin) FROM captures").fetchone() == (0,)
        for table in ("backfills", "notices"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_every_table_and_column_of_the_file_is_described(desk: Any) -> None:
    made = desk.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts%'")
    ours = {row["name"] for row in made} - {"_sqlite_migrations", "sqlite_sequence"}
    assert ours == set(TABLES)
    for name, table in TABLES.items():
        assert len(table.description) > 10
        columns = [row["name"] for row in desk.rows(f"SELECT name FROM pragma_table_info('{name}')")]
        assert columns == list(table.columns)
        assert all(len(column.description) > 2 for column in table.columns.values())
        assert table.label is None or table.label in columns


def test_every_time_in_the_file_has_one_form(desk: Any) -> None:
    article = replace(FERRY, published="2026-11-24T09:00:00+07:00", modified="2026-11-24")
    desk.read("a", article)
    desk.read("b", replace(FERRY, published="0007-03-01"))
    desk.next_crawl(1)
    desk.read("a", replace(article, headline="Ferry fares fall again"), problem="odd")
    desk.read("a", outcome=Outcome.GONE, status=404)
    desk.store.end_crawl(desk.crawl, "finished", desk.now)
    for name, table in TABLES.items():
        for column in (c for c, spec in table.columns.items() if "YYYY-MM-DDTHH:MM:SSZ" in spec.description):
            values = desk.rows(f"SELECT {column} AS time FROM {name} WHERE {column} IS NOT NULL")
            assert all(TIME.fullmatch(row["time"]) for row in values), (name, column, values)


def test_foreign_keys_hold_after_everything_that_can_happen_to_a_page(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", replace(FERRY, headline="Another"), answered="c")
    desk.read("a", replace(FERRY, headline="Moved"), answered="c")
    desk.read("c", outcome=Outcome.GONE, status=410)
    assert desk.rows("PRAGMA foreign_key_check") == []


def test_a_source_of_which_a_crawl_asked_for_no_page_has_no_state(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.store.end_crawl(desk.crawl, "finished", desk.now, {"courier": (), "herald": ()})
    states = desk.rows("SELECT state FROM crawl_sources ORDER BY source")
    assert [row["state"] for row in states] == ["green", None]


def test_a_run_without_an_end_whose_process_is_dead_was_killed(desk: Any) -> None:
    assert desk.store.nights(1)[0].outcome == "running"
    dead = subprocess.Popen(["true"])
    dead.wait()
    for host, outcome in ((socket.gethostname(), "killed"), ("elsewhere.example", "running")):
        with closing(sqlite3.connect(desk.path)) as db, db:
            db.execute("UPDATE crawls SET host = ?, pid = ?", (host, dead.pid))
        assert desk.store.nights(1)[0].outcome == outcome


def test_a_crawl_that_has_no_end_was_killed_when_the_next_begins(desk: Any) -> None:
    desk.next_crawl()
    assert [row["outcome"] for row in desk.rows("SELECT outcome FROM crawls")] == ["killed", "running"]


def test_the_same_record_stored_twice_is_one_row(desk: Any) -> None:
    filed = desk.filed("a", FERRY)
    desk.store.store(desk.crawl, [filed])
    assert desk.store.store(desk.crawl, [filed]) == [Outcome.UNCHANGED]
    for table in ("captures", "articles"):
        assert desk.one(f"SELECT count(*) FROM {table}") == 1
    assert desk.one("SELECT bytes FROM crawls") == len(b"body")


def test_a_result_that_cant_be_stored_leaves_a_problem_and_loses_nothing_else(desk: Any) -> None:
    broken = desk.filed("broken", replace(FERRY, headline="half a pair: \ud83d"))
    batch = [desk.filed("a", FERRY), broken, desk.filed("b", replace(FERRY, headline="B"))]
    assert desk.store.store(desk.crawl, batch) == [Outcome.STORED, Outcome.FAILED, Outcome.STORED]
    assert desk.one("SELECT count(*) FROM articles") == 2
    assert desk.one("SELECT count(*) FROM captures") == 3
    problem = desk.rows("SELECT stage, reason, url FROM problems")
    assert problem == [{"stage": "store", "reason": "not_stored", "url": "https://courier.example/broken"}]
    desk.next_crawl()
    assert desk.lease() == ["broken"]


def test_even_the_problem_of_a_broken_address_is_stored(desk: Any) -> None:
    filed = desk.filed("a", replace(FERRY, headline="\ud83d"))
    broken = replace(filed.result, url="https://courier.example/\ud83d", captures=())
    assert desk.store.store(desk.crawl, [replace(filed, result=broken, places=())]) == [Outcome.FAILED]
    assert desk.one("SELECT url FROM problems") == "https://courier.example/?"


def test_a_result_of_an_unknown_source_leaves_a_problem(desk: Any) -> None:
    filed = desk.filed("a", FERRY)
    stranger = replace(filed, result=replace(filed.result, source="stranger", page=None))
    assert desk.store.store(desk.crawl, [stranger, desk.filed("b", FERRY)]) == [
        Outcome.FAILED,
        Outcome.STORED,
    ]
    assert desk.one("SELECT reason FROM problems") == "not_stored"


def test_counts_of_a_batch_are_those_of_its_results(desk: Any) -> None:
    desk.store.store(desk.crawl, [desk.filed("a", FERRY), desk.filed("b", FERRY), desk.filed("a", FERRY)])
    desk.read("c", outcome=Outcome.BLOCKED, reason="http_403", status=403)
    row = desk.rows("SELECT pages, stored, unchanged, blocked, new_articles, bytes FROM crawls")[0]
    assert list(row.values()) == [4, 2, 1, 1, 2, 16]
    outcomes = desk.rows("SELECT outcome, reason, pages FROM crawl_outcomes ORDER BY outcome")
    assert [tuple(row.values()) for row in outcomes] == [
        ("blocked", "http_403", 1),
        ("stored", "ok", 2),
        ("unchanged", "ok", 1),
    ]


def test_an_exchange_of_the_crawl_itself_is_a_capture_without_a_page(desk: Any) -> None:
    filed = desk.filed("robots.txt")
    robots = Result("courier", Outcome.STORED, "robots_txt", desk.now, captures=filed.result.captures)
    desk.store.store(desk.crawl, [replace(filed, result=robots)])
    assert desk.rows("SELECT page FROM captures") == [{"page": None}]
    assert desk.one("SELECT pages FROM crawls") == 0


def test_known_ends_are_the_ends_of_the_last_records(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", FERRY)
    other = desk.filed("c", FERRY)
    elsewhere = replace(other.places[0], file="newsspider-2.warc.gz", offset=0, length=700)
    desk.store.store(desk.crawl, [replace(other, places=(elsewhere,))])
    assert desk.store.known_ends() == {"newsspider-1.warc.gz": 2000, "newsspider-2.warc.gz": 700}


def test_a_batch_that_breaks_off_leaves_nothing(desk: Any) -> None:
    good = desk.filed("a", FERRY)
    with pytest.raises(AttributeError):
        desk.store.store(desk.crawl, [good, None])
    assert desk.one("SELECT count(*) FROM captures") == 0
    assert desk.read("a", FERRY) is Outcome.STORED
