"""``newsspider backfill SOURCE --cc-news FILES``: one site's pages out of files that hold those of thousands."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import HOME, NOON, capture, sources
from newspaper import Project, story

from newsspider.archive import WarcWriter
from newsspider.records import Capture

NAME = "CC-NEWS-20261124120000-00042.warc.gz"
ONE = ("-s", "NEWSSPIDER_WORKERS=1")


def other(number: int) -> Capture:
    """A page of another site."""
    return Capture(
        f"https://other.example/{number}", NOON, 200, (), ((b"Content-Type", b"text/html"),), b"x" * 100
    )


def warc(folder: Path, *captures: Capture, name: str = NAME) -> Path:
    """A file as Common Crawl leaves it."""
    writer = WarcWriter(folder, "made", "other/1")
    (place, *_) = writer.append(captures)
    writer.close()
    return (folder / place.file).rename(folder / name)


@pytest.fixture
def file(project: Project, tmp_path: Path) -> Path:
    """Three stories of the paper among pages of another site."""
    sources(project.folder)
    stories = [capture(f"/2026/11/story-{n}", story(n), 24 * n) for n in (1, 2, 3)]
    return warc(tmp_path, other(1), stories[0], other(2), *stories[1:], other(3))


def test_only_the_sites_records_are_kept_and_say_which_file_they_were_in(
    project: Project, file: Path
) -> None:
    done = project.run("backfill", "paper", "--cc-news", str(file), *ONE)
    assert done.returncode == 0, done.stderr
    assert "3 new captures" in done.stdout
    assert "6 records in them" in done.stdout
    origin = f"https://data.commoncrawl.org/crawl-data/CC-NEWS/2026/11/{NAME}"
    assert project.rows("SELECT DISTINCT origin FROM captures") == [(origin,)]
    assert project.rows("SELECT url, fetched_at FROM captures ORDER BY id LIMIT 1") == [
        (f"{HOME}/2026/11/story-1", "2026-11-25T12:00:00Z")
    ]
    assert project.rows("SELECT count(*) FROM articles") == [(3,)]
    (kept,) = (project.folder / "warc").iterdir()
    assert kept.name.startswith("backfill-")
    assert project.run("check").returncode == 0


def test_a_file_is_read_once_and_its_copies_store_nothing_twice(project: Project, file: Path) -> None:
    project.run("backfill", "paper", "--cc-news", str(file), *ONE)
    assert "1 files that were read before" in project.run("backfill", "paper", "--cc-news", str(file)).stdout
    copy = file.rename(file.with_name("another.warc.gz"))
    assert "3 there already" in project.run("backfill", "paper", "--cc-news", str(copy), *ONE).stdout
    assert project.rows("SELECT count(*) FROM captures") == [(3,)]


def test_days_are_those_of_the_captures(project: Project, file: Path) -> None:
    days = ("--since", "2026-11-26", "--until", "2026-11-26")
    project.run("backfill", "paper", "--cc-news", str(file), *days, *ONE)
    assert project.rows("SELECT url FROM captures") == [(f"{HOME}/2026/11/story-2",)]


def test_of_a_damaged_file_all_before_the_damage_is_taken_and_the_whole_one_goes_on_behind(
    project: Project, file: Path
) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    done = project.run("backfill", "paper", "--cc-news", str(file), *ONE)
    assert done.returncode == 1
    assert f"Error: {file}" in done.stderr
    assert "Not done" in done.stdout
    before = project.rows("SELECT count(*) FROM captures")[0][0]
    assert 0 < before < 3
    file.write_bytes(whole)
    done = project.run("backfill", "paper", "--cc-news", str(file), *ONE)
    assert done.returncode == 0, done.stderr
    assert project.rows("SELECT count(*) FROM captures") == [(3,)]


def test_a_stopped_run_goes_on_at_its_byte(project: Project, file: Path) -> None:
    """What a killed run leaves: some captures, and how far it had come."""
    import sqlite3

    project.run("backfill", "paper", "--cc-news", str(file), *ONE)
    with sqlite3.connect(project.folder / "archive.db") as db:
        (last,) = db.execute("SELECT cursor FROM backfills").fetchone()
        db.execute("UPDATE backfills SET ended_at = NULL")
    assert int(last) > 0
    done = project.run("backfill", "paper", "--cc-news", str(file), *ONE)
    assert "records in them" not in done.stdout
    assert project.rows("SELECT count(*), sum(ended_at IS NULL) FROM backfills") == [(1, 0)]


def test_what_is_no_warc_file_is_an_error(project: Project, file: Path, tmp_path: Path) -> None:
    (page := tmp_path / "page.html").write_text(story(1))
    done = project.run("backfill", "paper", "--cc-news", str(page), str(file), *ONE)
    assert done.returncode == 1
    assert "page.html: is no WARC file" in done.stderr
    assert "3 new captures" in done.stdout
    assert project.run("backfill", "paper", "--cc-news", str(tmp_path / "none.warc.gz")).returncode == 2
