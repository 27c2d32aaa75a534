"""The demo newspaper is crawled, lives on, and is crawled once more: then the archive shows what changed in it."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from newspaper import COMMAND, ENVIRONMENT

from newsspider.demo import load_paper

FIRST, LATE = load_paper(), load_paper(late=True)
PAIRS = [(FIRST.by_slug[story.slug], story) for story in LATE.stories if story.slug in FIRST.by_slug]
NEW = [s for s in LATE.stories if s.slug not in FIRST.by_slug and s.path not in LATE.moved.values()]
(GONE,) = set(FIRST.by_path) - set(LATE.by_path) - set(LATE.moved)


def demo(folder: Path) -> str:
    done = subprocess.run(
        [*COMMAND, "demo", "--data", str(folder)],
        text=True,
        capture_output=True,
        timeout=280,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's folder, and what it said."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    return folder, demo(folder)


def rows(folder: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute(query).fetchall()


def test_the_demo_shows_what_changed(made: tuple[Path, str]) -> None:
    """What the late edition has otherwise is a change, silent where its date did not move; nothing else is one."""
    folder, said = made
    edited = {new.path: old.modified == new.modified for old, new in PAIRS if old != new}
    found: dict[str, dict[str, bool]] = {"edited": {}, "moved": {}, "deleted": {}}
    for kind, url, silent in rows(
        folder, "SELECT kind, url, silent FROM revisions JOIN articles ON articles.id = article"
    ):
        found[kind][urlsplit(url).path] = bool(silent)
    assert found["edited"] == edited
    assert (set(found["moved"]), set(found["deleted"])) == (set(LATE.moved.values()), {GONE})
    assert f"{len(edited)}   {sum(edited.values())} without a word; 1 deleted, 1 moved" in said
    assert rows(folder, "SELECT count(*) FROM articles") == [(len(FIRST.stories) + len(NEW),)]


def test_its_ticker_changed(made: tuple[Path, str]) -> None:
    """A reworded headline is one entry; that of the deleted story is gone, those of new ones came."""
    again = "(SELECT started_at FROM crawls WHERE id = 2)"
    entries = rows(
        made[0], f"SELECT text, wordings > 1, first_seen >= {again}, last_seen < {again} FROM ticker_entries"
    )
    assert {text for text, reworded, _, _ in entries if reworded} == {
        new.headline for old, new in PAIRS if old.headline != new.headline
    }
    assert {text for text, _, new, _ in entries if new} >= {story.headline for story in NEW}
    assert FIRST.by_path[GONE].headline in {text for text, _, _, gone in entries if gone}


def test_a_demo_that_is_run_again_does_not_go_back(made: tuple[Path, str]) -> None:
    """It crawls the late edition alone, in which nothing changed since."""
    before = rows(made[0], "SELECT * FROM revisions")
    assert "again" not in demo(made[0])
    assert rows(made[0], "SELECT * FROM revisions") == before
    assert rows(made[0], "SELECT outcome FROM crawls") == [("finished",)] * 3
