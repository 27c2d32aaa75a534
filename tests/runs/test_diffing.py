"""``newsspider diff`` on archives that the real writer made: for a terminal, as a page, for machines."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from archives import HOME, capture, crawl, page
from click.testing import CliRunner, Result
from newspaper import COMMAND, ENVIRONMENT, story
from rich.cells import cell_len

from newsspider.cli import main
from newsspider.history.changes import FIELDS, changes
from newsspider.runs.diffing.reading import History
from newsspider.runs.diffing.terminal import Look, as_text

NEW = story(7).replace("talked about point 2", "quarrelled over point 2").replace("Nobody was", "Two were")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an article that changed, was gone and came back changed again, and one that did not change."""
    made = tmp_path_factory.mktemp("diffing")
    crawl(made, [capture("/story/7", story(7)), capture("/story/8", story(8))])
    crawl(made, [capture("/story/7", NEW, 1), capture("/story/8", page(8), 1)])
    crawl(made, [capture("/story/7", "", 2, 404), capture("/story/9", "", 2, 404)])
    crawl(made, [capture("/story/7", NEW.replace("new market<", "old <b>market</b><"), 30)])
    return made


def diff(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--data", str(folder), *arguments])


def test_the_changes_of_an_article_in_words(folder: Path) -> None:
    done = diff(folder, "1")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "Article 1: Ward 7 agrees on a old market"
    assert lines[1] == f"{HOME}/story/7"
    heads = [line for line in lines if re.match(r"\d  ", line)]
    assert heads == [
        "1  24 Nov 2026, 13:00  edited: body  (silent)",
        "2  24 Nov 2026, 14:00  deleted",
        "3  25 Nov 2026, 18:00  restored",
        "4  25 Nov 2026, 18:00  edited: headline  (silent)",
    ]
    assert "     Ward 7 agrees on a [-new-]{+old+} market" in lines
    assert "[-talked about-]{+quarrelled over+} point 2" in " ".join(done.output.split()).replace(
        "-] {", "-]{"
    )
    assert "     (1 paragraph unchanged)" in lines
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.output


def test_an_address_names_its_article_whatever_variant_of_it(folder: Path) -> None:
    for address in (f"{HOME}/story/7", f"{HOME}/story/7?utm_source=x#top"):
        assert diff(folder, address).output == diff(folder, "1").output


def test_no_changes_are_no_error(folder: Path) -> None:
    done = diff(folder, "2")
    assert done.exit_code == 0
    assert (
        "No changes: first seen 24 Nov 2026, 12:00, the same when last seen, 24 Nov 2026, 13:00 (UTC)."
        in done.output
    )


def test_two_states_are_compared_by_number_or_time(folder: Path) -> None:
    numbers = diff(folder, "1", "--from", "0", "--to", "4").output
    assert "From state 0 (24 Nov 2026, 12:00) to state 4 (25 Nov 2026, 18:00), times in UTC" in numbers
    assert "[-new-]{+old+}" in numbers
    assert diff(folder, "1", "--from", "2026-11-24T12:30").output == numbers
    first = diff(folder, "1", "--to", "2026-11-24").output
    assert "to state 2" in first
    assert "old" not in first.splitlines()[3:]
    assert "No changes between them." in diff(folder, "1", "--from", "1", "--to", "2").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["99"], "archive.db: there is no article 99; newsspider export lists all"),
        ([f"{HOME}/story/99"], f"archive.db: there is no article '{HOME}/story/99'; give its number"),
        (
            [f"{HOME}/story/9"],
            f"the page {HOME}/story/9 is known (gone, http_404), but there is no article of it",
        ),
        (["1", "--from", "9"], "--from: there is no state 9; the article has states 0 to 4"),
        (["1", "--to", "20261101"], "--to: the article was first seen later, 24 Nov 2026, 12:00"),
        (
            ["1", "--html", ""],
            "the name of the file to write: is empty; name a file, or - for standard output",
        ),
        (["1", "--to", "soon"], "--to: 'soon' is no state and no time; write a state's number, YYYY-MM-DD"),
        (["1", "--to", "2026-11-01"], "--to: the article was first seen later, 24 Nov 2026, 12:00"),
        (["1", "--from", "3", "--to", "1"], "--from: '3' lies after --to"),
        (["1", "--html", "-", "--json"], "--html and --json exclude each other"),
    ],
)
def test_what_can_not_be_meant_is_told(folder: Path, arguments: list[str], said: str) -> None:
    done = diff(folder, *arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_no_archive_is_told(tmp_path: Path) -> None:
    done = diff(tmp_path, "1")
    assert done.exit_code == 1
    assert "there is no archive" in done.output


def test_the_same_for_machines(folder: Path) -> None:
    told: Any = json.loads(diff(folder, "1", "--json").output)
    assert (told["id"], told["source"], told["url"]) == (1, "paper", f"{HOME}/story/7")
    assert [change["kind"] for change in told["changes"]] == ["edited", "deleted", "restored", "edited"]
    headline = told["changes"][3]["difference"]["headline"]
    assert [(piece["kind"], piece["text"]) for piece in headline] == [
        ("kept", "Ward 7 agrees on a "),
        ("gone", "new"),
        ("come", "old"),
        ("kept", " market"),
    ]
    body = told["changes"][0]["difference"]["body"]
    assert {passage["became"] for passage in body} == {"kept", "changed"}
    between = json.loads(diff(folder, "1", "--json", "--from", "0", "--to", "1").output)
    assert between["difference"]["body"] == body


def test_a_page_that_stands_alone(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "changes.html"
    assert diff(folder, "1", "--html", str(file)).output == ""
    html = file.read_text("utf-8")
    assert "<del>new</del><ins>old</ins>" in html
    assert '<html lang="en">' in html
    assert "default-src 'none'; style-src 'sha256-" in html
    assert not re.search(r"<script|<link rel=.stylesheet|src=|@import|url\(", html)
    assert html == diff(folder, "1", "--html", "-").output


def test_the_page_in_a_real_browser_has_its_look_and_no_sideways_scroll(
    folder: Path, tmp_path: Path, chromium: Any
) -> None:
    diff(folder, "1", "--html", str(tmp_path / "changes.html"))
    shown = chromium.new_page(viewport={"width": 320, "height": 640})
    said: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    shown.goto((tmp_path / "changes.html").as_uri())
    assert (
        shown.locator("del").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"
    )
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    shown.close()
    assert said == []


def drawn(old: str, new: str, width: int = 60) -> list[str]:
    """A headline's change in lines."""
    row = dict.fromkeys(FIELDS) | {"id": 1, "url": HOME, "modified": None, "timezone": None, "gone_at": None}
    row |= {"headline": new, "first_seen_at": "2026-11-24T12:00:00Z", "last_seen_at": "2026-11-24T13:00:00Z"}
    revision = dict.fromkeys(FIELDS) | {
        "id": 1,
        "capture": 1,
        "seen_at": row["last_seen_at"],
        "modified": None,
    }
    revision |= {"kind": "edited", "changed": '["headline"]', "silent": 0, "headline": old}
    lines = as_text(History(row, changes(row, [revision])), Look(width, False)).splitlines()
    return lines[lines.index("   headline") + 1 :]


def test_what_runs_from_right_to_left_stands_in_isolates() -> None:
    assert drawn("ميناء الشرق", "ميناء الغرب") == [
        "     \u2067ميناء \u2068[-الشرق-]\u2069\u2068{+الغرب+}\u2069\u2069"
    ]
    assert drawn("Fares fall", "Fares rise") == ["     Fares [-fall-]{+rise+}"]
    long = drawn("ميناء الشرق " * 20, "ميناء الشرق " * 19 + "ميناء الغرب")
    assert all(line.count("\u2069") == len(re.findall("[\u2066-\u2068]", line)) > 0 for line in long)


def test_long_unchanged_stretches_are_shortened_and_lines_are_as_wide_as_asked() -> None:
    words = " ".join(f"word{n}" for n in range(100))
    lines = drawn(f"{words} old {words}", f"{words} new {words}", width=50)
    text = " ".join(" ".join(lines).split())
    assert text.startswith("word0 word1")
    assert "[…]" in text
    assert "word99 [-old-] {+new+} word0" in text.replace("-]{", "-] {")
    assert len(text) < 300
    assert max(map(len, lines)) <= 50
    thai = drawn("รัฐบาลประกาศขึ้นค่าแรง" * 3, "รัฐบาลประกาศลดค่าแรง" * 3, width=50)
    assert max(map(cell_len, thai)) <= 50
    assert len(thai) > 1


def test_a_page_can_not_write_to_the_terminal() -> None:
    assert drawn("Fares \x1b[31mfall\u202e", "Fares \x1b[31mrise\u2066") == [
        "     Fares  [[-31mfall-]{+31mrise+}"
    ]


@pytest.mark.parametrize("no_colour", ["", "1"])
def test_colours_are_for_terminals_that_want_them(folder: Path, no_colour: str) -> None:
    """On a terminal words that went are red and words that came are green; the marks stay."""
    ours, theirs = pty.openpty()
    command = [*COMMAND, "diff", "1", "--data", str(folder)]
    environment = {**ENVIRONMENT, "NO_COLOR": no_colour, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
        assert process.wait() == 0
    os.close(ours)
    expected = "[-new-]{+old+}" if no_colour else "\x1b[31m[-new-]\x1b[0m\x1b[32m{+old+}\x1b[0m"
    assert expected in shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""
