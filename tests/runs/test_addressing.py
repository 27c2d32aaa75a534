"""Where saved pages stood: notes, mirrors, and what is no page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from newspaper import story

from newsspider.errors import UsageError
from newsspider.runs.addressing import address_of, saved_at
from newsspider.runs.inputs import files_of

SINGLE = (
    b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://www.paper.example/news/7 \n"
    b" saved date: Tue Nov 24 2026 09:30:05 GMT+0200 (Eastern European Standard Time)\n--><meta charset=utf-8>"
)
MIRRORED = {
    "www.paper.example/index.php/story-5.html": "https://www.paper.example/index.php/story-5.html",
    "www.paper.example/news.archive/x.html": "https://www.paper.example/news.archive/x.html",
    "www.paper.example/www.other.example/x.html": "https://www.paper.example/www.other.example/x.html",
    "README.md.d/x.html": None,
    "backup.old/x.html": None,
    "www.paper.example/story.html?id=5&page=2.html": "https://www.paper.example/story.html?id=5&page=2",
    "www.paper.example/story@id=5.html": "https://www.paper.example/story?id=5",
    "www.paper.example/@desk/story.html": "https://www.paper.example/@desk/story.html",
    "www.paper.example/index.html?id=3": "https://www.paper.example/index.html?id=3",
    "www.paper.example/a%20b/100%.html": "https://www.paper.example/a%20b/100%25.html",
    "www.paper.example/a b/index.html": "https://www.paper.example/a%20b/",
    "localhost+8080/x": "http://localhost:8080/x",
}


@pytest.mark.parametrize("name", MIRRORED)
def test_a_mirrors_folders_and_names_tell_addresses(tmp_path: Path, name: str) -> None:
    assert address_of(tmp_path / name, b"<p>x", tmp_path, None) == MIRRORED[name]


def test_the_folder_that_was_given_may_be_the_host(tmp_path: Path) -> None:
    folder = tmp_path / "www.paper.example"
    assert (
        address_of(folder / "news" / "1.html", b"", folder, None) == "https://www.paper.example/news/1.html"
    )
    assert address_of(folder / "news" / "1.html", b"", folder / "news", None) is None


def test_singlefile_says_address_and_time(tmp_path: Path) -> None:
    assert address_of(tmp_path / "x.html", SINGLE, tmp_path, None) == "https://www.paper.example/news/7"
    assert saved_at(SINGLE) == datetime(2026, 11, 24, 7, 30, 5, tzinfo=UTC)
    assert saved_at(SINGLE.replace(b"Nov 24", b"Now 44")) is None
    assert saved_at(SINGLE.replace(b"2026", b"2126")) is None  # a clock that went wrong


def test_what_a_browser_saves_beside_a_page_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "A story_files").mkdir()
    (tmp_path / "other_files").mkdir()
    for name in ("A story.htm", "A story_files/frame.html", "A story_files/style.css", "other_files/b.html"):
        (tmp_path / name).write_text(story(1))
    given = files_of([tmp_path])
    assert [path.name for path in given.files] == ["A story.htm", "b.html"]
    assert (given.faults, [note.split(": ")[1][:6] for note in given.notes]) == ([], ["1 file"])


def test_pages_without_a_suffix_are_known_by_what_they_hold(tmp_path: Path) -> None:
    for name in ("story-5", "story.php?id=5", "about.html@id=5", "x.css?v=1", "notes.txt"):
        (tmp_path / name).write_text(story(1))
    (tmp_path / "data").write_text("id,name\n1,<html>")
    assert sorted(path.name for path in files_of([tmp_path]).files) == [
        "about.html@id=5",
        "story-5",
        "story.php?id=5",
    ]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        files_of([tmp_path / "empty"])
