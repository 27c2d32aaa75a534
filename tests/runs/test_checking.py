"""``newsspider check``: damage of every kind is found, named and, where that loses nothing, mended."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from archives import SOURCES, capture, change, crawl, page, put, rows, sources
from click.testing import CliRunner
from loopback import Answer
from newspaper import Project, story

from newsspider.archive import WarcWriter
from newsspider.cli import main
from newsspider.errors import ArchiveError
from newsspider.records import Found
from newsspider.runs.archive import Archive
from newsspider.runs.checking.run import CheckReport, check
from newsspider.runs.holding import held
from newsspider.runs.importing import import_files
from newsspider.runs.rebuilding import rebuild
from newsspider.store.schema import VERSION

FIRST = [capture("/robots.txt", "User-agent: *"), *(capture(f"/story/{n}", page(n), n) for n in range(1, 5))]
SECOND = [capture(f"/story/{n}", page(n, "In spring. " if n < 3 else ""), 24 + n) for n in range(1, 7)]
GONE = capture("/story/4", "gone", 40, 404)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two crawls; ``before.db``: its database before the second stored its last three pages."""
    folder = tmp_path_factory.mktemp("made")
    sources(folder)
    crawl(folder, FIRST)
    archive = Archive.open(folder, "crawl", SOURCES)
    archive.seed("paper", [Found(made.url) for made in SECOND]).result()
    put(archive, SECOND[:4])
    change(folder, f"VACUUM INTO '{folder / 'before.db'}'")
    put(archive, [*SECOND[4:], GONE])
    archive.close("finished")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """The archive, to be damaged."""
    return shutil.copytree(made, tmp_path / "data")


def look(folder: Path, repair: bool = False) -> CheckReport:
    return check(folder, repair=repair, watch=lambda progress: nullcontext())


def kinds(report: CheckReport) -> list[str]:
    return [finding.kind for finding in report.left]


def last_file(folder: Path) -> Path:
    return max((folder / "warc").iterdir())


# ---- nothing is wrong --------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(3))
def test_an_archive_that_nobody_damaged_is_whole_whatever_happened_to_its_pages(
    tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    sources(tmp_path)
    for night in range(4):
        crawl(
            tmp_path,
            [
                capture(
                    f"/story/{n}",
                    page(n, rng.choice(["", "In spring. ", "នៅភ្នំពេញ។ "])),
                    24 * night + n / 100,
                    rng.choice([200] * 6 + [404, 503, 304]),
                )
                for n in rng.sample(range(9), 6)
            ],
        )
    assert look(tmp_path).found == ()
    report = rebuild(tmp_path, command="rebuild", workers=1, watch=lambda progress: nullcontext())
    assert report.replaced
    assert look(tmp_path).found == ()


def test_so_is_one_with_imported_files_and_copies_of_records(folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "in"
    there.mkdir()
    writer = WarcWriter(there, "other", "other/1")
    writer.append([*SECOND[:2], capture("/story/8", page(8), 50), *FIRST])
    writer.close()
    (saved := tmp_path / "saved.html").write_text(
        f"<!-- saved from url=(0030)https://www.paper.example/story/9 -->{story(9)}"
    )
    import_files(folder, [there, saved], command="import x", workers=1, watch=lambda progress: nullcontext())
    assert (look(folder).found, rows(folder, "SELECT count(*) FROM articles")) == ((), [(8,)])


def test_a_check_changes_nothing(folder: Path) -> None:
    change(folder, "UPDATE articles SET body = body || ' more' WHERE id = 1")
    before = {path: path.read_bytes() for path in folder.rglob("*.[dg]*") if path.is_file()}
    look(folder)
    assert before == {path: path.read_bytes() for path in before}


def test_what_is_no_archive_is_an_error_and_no_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive"):
        look(tmp_path / "nowhere", repair=True)
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "archive.db").write_text("Dear reader, this is a letter. " * 100)
    with pytest.raises(ArchiveError, match="can't be opened"):
        look(tmp_path)


# ---- the database ------------------------------------------------------------------------------------------
UNINDEXED = (
    "INSERT INTO articles_fts (articles_fts, rowid, headline, summary, body, byline, dateline) SELECT 'delete', id, headline,"
    " summary, body, byline, dateline FROM articles_search WHERE id = 2"
)
OLD_SCHEMA = (
    "DROP INDEX captures_waiting",
    "ALTER TABLE captures DROP COLUMN read_at",
    "DROP TABLE backfills",
    "DELETE FROM _sqlite_migrations WHERE name IN ('captures_wait', 'captures_of_other_archives')",
    "PRAGMA user_version = 1",
)
MENDED = {
    "another text": (
        ["UPDATE articles SET body = body || ' zebra' WHERE id = 1"],
        "search: doesn't hold the present text of 1 article",
    ),
    "a letter": (
        ["UPDATE articles SET headline = replace(headline, 'w', 'v') WHERE id < 3"],
        "search: doesn't hold the present text of 2 articles",
    ),
    "not indexed": ([UNINDEXED], "search: lacks 1 article"),
    "no index of words": (["DROP TABLE articles_fts"], "search: is missing"),
    "another tokenizer": (
        ["DROP TABLE articles_fts",
         "CREATE VIRTUAL TABLE articles_fts USING fts5(headline, summary, body, byline, dateline, content='articles_search')"],
        "search: is made in another way",
    ),
    "damaged index of words": (["UPDATE articles_fts_data SET block = x'00' WHERE id > 10"], "search: "),
    "empty index of words": (["DELETE FROM articles_fts_data"], "search: is damaged"),
    "part of the index of words": (["DROP TABLE articles_fts_data"], "search: lacks its own tables"),
    "parts of the index of words": (
        ["DROP TABLE articles_fts_docsize", "DROP TABLE articles_fts_config"],
        "search: lacks its own tables",
    ),
    "pages that nothing leads to": (
        ["PRAGMA writable_schema = ON", "DELETE FROM sqlite_master WHERE name = 'articles_fts_data'"],
        "unused: holds ",
    ),
    "indexes": (["DROP INDEX idx_articles_byline", "DROP INDEX ticker_wordings_identity"], "indexes: lacks 2 of its indexes"),
    "schema": (OLD_SCHEMA, f"schema: has schema 1; this newsspider writes {VERSION}"),
    "counts": (["UPDATE crawls SET stored = stored + 3, pages = 7 WHERE id = 1"], "counts: wrong counts of 1 crawl"),
    "bytes": (["UPDATE crawls SET bytes = 1"], "counts: wrong counts of 2 crawls"),
    "counts of articles": (
        ["UPDATE day_counts SET articles = 9", "DELETE FROM place_counts"],
        "summaries: wrong counts in ",
    ),
    "counting": (["DROP TRIGGER articles_are_counted"], "summaries: lacks 1 trigger by which articles are counted"),
    "sightings": (["UPDATE ticker_entries SET sightings = 99"], "sightings: wrong count of sightings of 2"),
    "leases": (["UPDATE pages SET leased = 77 WHERE id < 4"], "leases: 3 rows whose leased leads to no row of the table crawls"),
    "pages": (["UPDATE articles SET page = 99 WHERE id = 2"], "references: 1 row whose page leads to no row of the table pages"),
    "captures": (["UPDATE articles SET capture = NULL, page = NULL"], "articles: 6 articles without a capture"),
    "page of a capture": (["UPDATE captures SET page = 99 WHERE id = 3"], "references: 1 row whose page leads to no row of"),
    "article of a page": (["UPDATE pages SET article = 99 WHERE id = 3"], "references: 1 row whose article leads to no row of"),
}  # fmt: skip


@pytest.mark.parametrize("damage", MENDED)
def test_damage_of_the_database_is_named_and_mended(folder: Path, damage: str) -> None:
    statements, words = MENDED[damage]
    state = "SELECT id, page, capture FROM articles ORDER BY id", "SELECT id, page FROM captures ORDER BY id"
    before = [rows(folder, query) for query in state]
    change(folder, *statements)
    report = look(folder)
    assert [text for f in report.left if (text := f"{f.kind}: {f.what}").startswith(words)], report.left
    assert (report.exit_code, all(finding.repair for finding in report.left)) == (1, True)
    assert look(folder, repair=True).left == ()
    assert look(folder).found == ()
    assert [rows(folder, query) for query in state] == before


LINKS = (
    "SELECT text, sightings, first_seen, last_seen, article FROM ticker_entries ORDER BY id",
    "SELECT capture, position, text FROM ticker_sightings JOIN ticker_entries ON ticker_entries.id = entry ORDER BY 1, 2",
    "SELECT article, position, text, url, leads_to FROM related_links ORDER BY 1, 2",
    "SELECT id, url, capture, changed_at FROM articles ORDER BY 1",
)


REVISIONS = ("SELECT article, capture, seen_at, kind FROM revisions ORDER BY 1, 3",)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ticker_sightings WHERE id < 8",
        "DELETE FROM ticker_sightings WHERE id > 4",
        "DELETE FROM ticker_sightings",
        "DELETE FROM related_links WHERE article > 2",
    ],
)
def test_tickers_and_links_that_are_lost_are_read_again(folder: Path, statement: str) -> None:
    before = [rows(folder, query) for query in LINKS]
    change(folder, statement)
    assert look(folder).exit_code == 1
    assert look(folder, repair=True).left == ()
    assert [rows(folder, query) for query in LINKS] == before


def test_a_loss_that_can_not_be_made_good_is_told_on(folder: Path) -> None:
    change(folder, "DELETE FROM ticker_sightings")
    path, offset, length = place(folder, 3)
    write_at(path, offset + length // 2, b"\xff" * 8)
    assert sorted(kinds(look(folder, repair=True))) == ["captures", "sightings"]
    assert "sightings" in kinds(look(folder, repair=True))


def test_an_index_that_has_not_what_its_table_has_is_made_anew(folder: Path) -> None:
    name = "WHERE name = 'idx_articles_section_published'"
    change(folder, "PRAGMA writable_schema = ON", f"UPDATE sqlite_master SET sql = sql || ' WHERE 0' {name}")
    change(folder, "UPDATE articles SET section = 'Another' WHERE id = 1")
    change(
        folder,
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, ' WHERE 0', '') {name}",
    )
    assert kinds(look(folder)) == ["index_damage"]
    assert look(folder, repair=True).left == ()


LEFT = {
    "outcomes": (["DELETE FROM crawl_outcomes WHERE crawl = 1"], ["counts"]),
    "a column": (["ALTER TABLE articles DROP COLUMN kicker"], ["columns"]),
    "a column, and what could be mended": (
        ["ALTER TABLE articles DROP COLUMN kicker", "UPDATE crawls SET bytes = 1 WHERE id = 1"],
        ["columns", "counts"],
    ),
}


@pytest.mark.parametrize("damage", LEFT)
def test_what_cannot_be_mended_is_left_and_says_what_to_do(folder: Path, damage: str) -> None:
    statements, left = LEFT[damage]
    change(folder, *statements)
    report = look(folder, repair=True)
    assert (kinds(report), report.exit_code) == (left, 1)
    assert all(finding.advice and not finding.repair for finding in report.left)


def test_a_damaged_file_is_told_and_not_written_to(folder: Path) -> None:
    path = folder / "archive.db"
    data = bytearray(path.read_bytes())
    for (root,) in rows(folder, "SELECT rootpage FROM sqlite_master WHERE name LIKE '%captures%'"):
        data[(root - 1) * 4096 : (root - 1) * 4096 + 600] = os.urandom(600)
    path.write_bytes(data)
    report = look(folder, repair=True)
    assert "damage" in kinds(report)
    assert not any(finding.repair for finding in report.left)
    assert path.read_bytes() == data
    done = CliRunner().invoke(main, ["rebuild", "--data", str(folder)])
    told = "Error: the archive's database: is damaged (database disk image is malformed); newsspider check"
    assert (done.exit_code, done.stderr.startswith(told)) == (1, True), done.stderr


# ---- WARC files --------------------------------------------------------------------------------------------
def place(folder: Path, capture: int) -> tuple[Path, int, int]:
    ((name, offset, length),) = rows(
        folder, f"SELECT warc_file, warc_offset, warc_length FROM captures WHERE id = {capture}"
    )
    return folder / "warc" / name, offset, length


def write_at(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def test_a_damaged_record_is_named_and_those_behind_it_are_read(folder: Path) -> None:
    path, offset, length = place(folder, 3)
    write_at(path, offset + length // 2, b"\xff" * 8)
    report = look(folder, repair=True)
    (finding,) = report.left
    assert (finding.kind, finding.count, finding.where) == ("captures", 1, f"warc/{path.name}")
    assert finding.examples[0].startswith(f"at byte {offset}: the record is damaged (https://www.paper.")


def test_damage_between_two_captures_is_named(folder: Path) -> None:
    path, offset, length = place(folder, 3)
    write_at(path, offset + length + 30, b"\xff" * 8)  # the request
    assert kinds(look(folder)) == ["damaged_file"]


def test_a_file_that_ends_too_early_lacks_captures(folder: Path) -> None:
    path, offset, _ = place(folder, 4)
    os.truncate(path, offset + 40)
    (finding,) = look(folder, repair=True).left
    assert (finding.kind, finding.count) == ("captures", 2)
    assert path.stat().st_size == offset + 40


@pytest.mark.parametrize(
    "column", ["digest = 'sha1:AAAA'", "warc_offset = warc_offset + 1", "warc_length = 9"]
)
def test_a_row_that_names_another_place_than_its_record_has_is_put_right(folder: Path, column: str) -> None:
    before = rows(folder, "SELECT id, warc_offset, warc_length, digest FROM captures ORDER BY id")
    change(folder, f"UPDATE captures SET {column} WHERE id IN (2, 4)")
    (finding,) = look(folder).left
    assert (finding.kind, finding.count, finding.examples[0][:8]) == ("misplaced", 2, "at byte ")
    assert look(folder, repair=True).left == ()
    assert rows(folder, "SELECT id, warc_offset, warc_length, digest FROM captures ORDER BY id") == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE captures SET digest = 'sha1:AAAA', fetched_at = '2001-01-01T00:00:00Z' WHERE id = 2",
            "is another one",
        ),
        ("UPDATE captures SET warc_offset = warc_offset + 1, url = url || '/x' WHERE id = 2", "isn't there"),
    ],
)
def test_a_row_that_names_a_record_of_which_there_is_none_is_told(
    folder: Path, statement: str, words: str
) -> None:
    change(folder, statement)
    (finding,) = (one for one in look(folder).left if one.kind == "captures")
    assert (finding.count, words in finding.examples[0]) == (1, True)


def test_a_body_that_has_not_its_digest_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsspider.archive.writer.digest_of", lambda data: "sha1:" + "A" * 32)
    crawl(tmp_path, FIRST)
    (finding,) = look(tmp_path).left
    assert (finding.kind, finding.count) == ("captures", 5)
    assert "has another body than its digest says" in finding.examples[0]


def test_a_file_that_is_gone_is_told_with_its_captures(folder: Path) -> None:
    path, _, _ = place(folder, 1)
    path.unlink()
    (finding,) = look(folder, repair=True).left
    assert (finding.kind, finding.count, finding.where) == ("missing", 5, f"warc/{path.name}")
    assert "from a backup" in finding.advice


def contents(folder: Path) -> list[Any]:
    queries = (
        "SELECT url, headline, body, first_seen_at, last_seen_at, gone_at FROM articles ORDER BY 1",
        "SELECT url, warc_offset, digest FROM captures ORDER BY warc_file, warc_offset",
        "SELECT text, sightings, first_seen, last_seen FROM ticker_entries ORDER BY 1",
        "SELECT url, state FROM pages ORDER BY 1",
    )
    return [rows(folder, query) for query in queries]


@pytest.mark.parametrize("which", ["id IN (SELECT capture FROM articles)", "id > 9", "id IN (3, 7)"])
def test_captures_whose_rows_are_gone_have_them_again_after_one_repair(folder: Path, which: str) -> None:
    queries = ("SELECT id, url, warc_offset, crawl, page FROM captures ORDER BY id", *LINKS, *REVISIONS)
    before = [rows(folder, query) for query in queries]
    change(folder, f"DELETE FROM captures WHERE {which}")
    report = look(folder, repair=True)
    assert report.left == ()
    assert [rows(folder, query) for query in queries] == before


def test_pages_whose_rows_are_gone_have_them_again_under_their_numbers(folder: Path) -> None:
    pages = "SELECT id, url, role, iif(role = 'article', state, 'due'), article FROM pages ORDER BY id"
    queries = (pages, "SELECT id, page FROM captures ORDER BY id", *LINKS, *REVISIONS)
    before = [rows(folder, query) for query in queries]
    change(folder, "DELETE FROM pages WHERE id % 2 = 0")
    assert look(folder, repair=True).left == ()
    assert [rows(folder, query) for query in queries] == before


def test_records_that_a_crash_left_behind_are_taken_up(folder: Path) -> None:
    """Three captures are in the file, and the database does not know them yet."""
    before = contents(folder)
    shutil.copy(folder / "before.db", folder / "archive.db")
    (finding,) = [finding for finding in look(folder).left if finding.wrong]
    assert (finding.kind, finding.count, finding.where) == ("rowless", 3, f"warc/{last_file(folder).name}")
    report = look(folder, repair=True)
    assert report.whole
    assert contents(folder)[:3] == before[:3]
    assert look(folder).found == ()


def test_a_torn_record_is_cut_off_and_what_stands_before_it_taken_up(folder: Path) -> None:
    path = last_file(folder)
    shutil.copy(folder / "before.db", folder / "archive.db")
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00torn")
    assert set(kinds(look(folder))) == {"torn", "rowless"}
    assert look(folder, repair=True).left == ()
    assert path.stat().st_size == size


@pytest.mark.parametrize("name", ["newsspider-00009", "saved-00009", "found"])
@pytest.mark.parametrize("described", [True, False])
def test_a_file_that_no_row_names_is_taken_up(folder: Path, name: str, described: bool) -> None:
    if not described:
        shutil.rmtree(folder / "sources")
    writer = WarcWriter(folder / "warc", name, "newsspider/1")
    writer.append([capture("/story/11", page(11), 60), capture("/story/12", page(12), 60)])
    writer.close()
    if name == "saved-00009":
        with last_file(folder).open("ab") as file:
            file.write(b"\x1f\x8b\x08")
    (finding,) = [finding for finding in look(folder).left if finding.kind == "rowless"]
    assert (finding.count, "no row names the file" in finding.what) == (2, True)
    assert look(folder, repair=True).left == ()
    assert rows(folder, "SELECT count(*) FROM articles") == [(8,)]
    assert look(folder).found == ()


def test_a_capture_whose_row_is_gone_gets_one_again(folder: Path) -> None:
    before = rows(folder, "SELECT url, warc_offset, digest FROM captures ORDER BY warc_file, warc_offset")
    change(folder, "DELETE FROM captures WHERE url LIKE '%robots.txt'")
    assert set(kinds(look(folder))) == {"rowless", "counts"}
    assert look(folder, repair=True).left == ()
    after = rows(folder, "SELECT url, warc_offset, digest FROM captures ORDER BY warc_file, warc_offset")
    assert before == after


def test_captures_of_a_stopped_import_are_no_fault_and_are_read(folder: Path) -> None:
    before = contents(folder)
    change(folder, "UPDATE captures SET read_at = NULL WHERE id > 1")
    report = look(folder)
    assert (kinds(report), report.exit_code) == (["waiting"], 0)
    assert look(folder, repair=True).left == ()
    assert contents(folder)[0] == before[0]


def test_what_killed_runs_left_half_done_is_removed(folder: Path) -> None:
    left = [folder / name for name in ("warc/import-x.warc.gz.part", "archive.db.part", "archive.db.new")]
    left.append(folder / "warc" / "newsspider-00008-20261124120000-00001.warc.gz")
    for path in left:
        path.write_bytes(b"" if "00008" in path.name else b"x")
    assert sorted(kinds(look(folder))) == ["empty", "temporary"]
    assert look(folder, repair=True).left == ()
    assert not any(path.exists() for path in left)


def test_a_rebuild_that_can_go_on_is_left_alone(folder: Path) -> None:
    (folder / "archive.db.new").write_bytes(b"x")
    (folder / "archive.db.new.json").write_text("[]")
    report = look(folder, repair=True)
    assert (kinds(report), report.exit_code) == (["rebuild"], 0)
    assert (folder / "archive.db.new").exists()


def test_a_torn_file_of_others_is_noted_and_left_as_it_came(folder: Path, tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "other", "other/1")
    writer.append([capture("/story/8", page(8), 50), capture("/story/9", page(9), 50)])
    writer.close()
    (path,) = tmp_path.glob("other-*")
    os.truncate(path, path.stat().st_size - 800)
    import_files(folder, [path], command="import x", workers=1, watch=lambda progress: nullcontext())
    report = look(folder, repair=True)
    assert (kinds(report), report.exit_code) == (["torn"], 0)


def test_a_big_file_is_read_in_pieces_and_processes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsspider.runs.checking.files._PIECE", 1500)
    monkeypatch.setattr("newsspider.runs.checking.files._WORTH", 0)
    assert look(folder).found == ()
    path, offset, length = place(folder, 3)
    write_at(path, offset + length // 2, b"\xff" * 8)
    assert [(finding.kind, finding.count) for finding in look(folder).left] == [("captures", 1)]


# ---- beside others, and from outside -----------------------------------------------------------------------
def test_a_repair_waits_for_nobody_and_a_check_leaves_out_what_is_being_written(folder: Path) -> None:
    shutil.copy(folder / "before.db", folder / "archive.db")
    with held(folder, "crawl"):
        report = look(folder)
        assert (report.busy, report.left) == (True, ())
        with pytest.raises(ArchiveError, match="is held by process"):
            look(folder, repair=True)
    assert not look(folder).whole


def is_archive(path: Path) -> bool:
    """A crawl that begins makes the file first and marks it when its tables are there."""
    return path.exists() and rows(path.parent, "PRAGMA application_id") != [(0,)]


def test_beside_a_crawl_nothing_is_called_wrong(paper: Callable[..., Any], project: Project) -> None:
    pages = {
        f"/story/{n}": Answer(page(n), headers={"Content-Type": "text/html"}, seconds=0.01) for n in range(60)
    }
    paper(pages)
    process = project.start()
    looks = 0
    while process.poll() is None:
        if is_archive(project.folder / "archive.db"):
            assert look(project.folder).left == ()
            looks += 1
    process.communicate()
    assert looks > 3
    assert look(project.folder).found == ()


def test_after_a_kill_a_repair_makes_it_whole_and_the_next_crawl_goes_on(
    paper: Callable[..., Any], project: Project
) -> None:
    paper({f"/story/{n}": page(n) for n in range(80)})
    process = project.start()
    while process.poll() is None and not any(project.folder.glob("warc/*.gz")):
        time.sleep(0.01)
    time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert project.run("check", "--repair").returncode == 0
    assert look(project.folder).found == ()
    assert project.crawl().returncode == 0
    assert look(project.folder).found == ()
    assert project.rows("SELECT count(*), count(DISTINCT url) FROM articles") == [(80, 80)]


def test_the_command_says_what_is_wrong_and_what_to_type(project: Project) -> None:
    crawl(project.folder, FIRST)
    assert "The archive is whole." in project.run("check").stdout
    change(project.folder, "UPDATE ticker_entries SET sightings = 99 WHERE id = 1")
    done = project.run("check")
    assert (done.returncode, done.stderr) == (1, "")
    assert "Wrong: archive.db, ticker_entries: wrong count of sightings of 1\n    " in done.stdout
    assert done.stdout.endswith(f"newsspider check --repair --data {project.folder}\n")
    said = json.loads(project.run("check", "--json").stdout)
    assert (said["whole"], [finding["kind"] for finding in said["left"]]) == (False, ["sightings"])
    done = project.run("check", "--repair")
    assert (done.returncode, "Mended: archive.db, ticker_entries" in done.stdout) == (0, True)


def test_a_file_without_a_table_is_no_archive_to_read(project: Project) -> None:
    (project.folder / "archive.db").touch()
    for command in ("check", "export"):
        done = project.run(command)
        assert done.returncode == 1
        assert "archive.db: is empty; crawl something first" in done.stderr
