"""A folder whose WARC files the database does not know: they are taken up, read, and told of."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from archives import capture, crawl, page, rows, sources

from newsspider.archive import WarcWriter
from newsspider.runs import nights
from newsspider.runs.checking.run import CheckReport, check

FIRST = [capture("/robots.txt", "User-agent: *"), *(capture(f"/story/{n}", page(n), n) for n in range(1, 4))]
SECOND = [capture(f"/story/{n}", page(n, "In spring. " if n == 1 else ""), 24 + n) for n in range(1, 5)]
STORIES = "SELECT url, headline, body, first_seen_at, changed_at FROM articles ORDER BY url"
CHANGES = "SELECT seen_at, kind, changed, body FROM revisions"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of two crawls."""
    sources(tmp_path)
    crawl(tmp_path, FIRST)
    crawl(tmp_path, SECOND)
    return tmp_path


def look(folder: Path, repair: bool = False) -> CheckReport:
    return check(folder, repair=repair, watch=lambda progress: nullcontext())


def test_after_the_database_was_lost_a_crawl_reads_what_the_files_hold_before_it_begins(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(folder, STORIES), rows(folder, CHANGES)
    (folder / "archive.db").unlink()
    crawl(folder, [capture("/story/9", page(9), 60)])
    said = capsys.readouterr().err
    assert "knows nothing of 2 WARC files" in said
    assert "newsspider rebuild" in said
    assert "8 captures taken up, 4 articles read" in said
    assert (rows(folder, STORIES)[:-1], rows(folder, CHANGES)) == before
    counts = rows(folder, "SELECT pages, new_articles, bytes FROM crawls WHERE command = 'crawl'")
    assert counts == [(1, 1, len(page(9).encode()))]
    assert look(folder).found == ()


def test_only_a_database_that_is_new_is_filled_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crawl(folder, [])
    assert capsys.readouterr().err == ""
    assert rows(folder, "SELECT count(*) FROM crawls") == [(3,)]


def test_what_a_database_that_is_older_than_its_files_took_up_is_told_and_read_by_a_repair(
    folder: Path,
) -> None:
    writer = WarcWriter(folder / "warc", "newsspider-00009", "newsspider/1")
    writer.append([capture("/story/11", page(11), 60), capture("/story/12", page(12), 60)])
    writer.close()
    crawl(folder, [])
    assert "2 captures that nothing has read" in nights.last(folder, 1)[0].notes[0]
    (finding,) = look(folder).found
    assert (finding.kind, finding.count, finding.wrong) == ("strays", 2, True)
    assert look(folder, repair=True).left == ()
    assert rows(folder, "SELECT count(*) FROM articles") == [(6,)]


def test_what_a_robots_txt_redirects_to_is_no_page_that_nothing_has_read(folder: Path) -> None:
    writer = WarcWriter(folder / "warc", "newsspider-00009", "newsspider/1")
    writer.append([capture("/robots.txt", "", 60, 302), capture("/lost", page(11), 60)])
    writer.close()
    crawl(folder, [])
    assert look(folder).found == ()
