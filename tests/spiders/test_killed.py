"""Nothing is lost and nothing stored twice, whatever ends a crawl."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loopback import Answer
from newspaper import story

from newsspider.archive import read_records


def fetched(folder: Path) -> Counter[str]:
    """How often each story stands in the WARC files."""
    records = [
        record
        for path in sorted((folder / "warc").iterdir())
        for record in read_records(path, pages_only=True)
    ]
    return Counter(record.url for record in records if "/story/" in record.url)


def slow_stories(count: int) -> dict[str, Any]:
    return {
        f"/story/{n}": Answer(story(n), headers={"Content-Type": "text/html"}, seconds=0.02)
        for n in range(count)
    }


def test_a_crawl_killed_six_times_ends_with_every_page_once(paper: Callable[..., Any], project: Any) -> None:
    paper(slow_stories(300))
    rng = random.Random(11)
    for _ in range(6):
        process = project.start()
        while process.poll() is None and not (project.folder / "archive.db-wal").exists():
            time.sleep(0.01)
        time.sleep(0.8 + rng.random() * 1.2)
        process.kill()
        process.communicate()
    done = project.crawl()
    assert done.returncode == 0, done.stderr
    assert project.rows("SELECT count(*), count(DISTINCT url) FROM articles") == [(300, 300)]
    assert project.rows("SELECT count(*) FROM pages WHERE role = 'article' AND state <> 'stored'") == [(0,)]
    assert project.rows("SELECT count(*), count(DISTINCT url) FROM captures WHERE url LIKE '%/story/%'") == [
        (300, 300)
    ]
    counts = fetched(project.folder)
    assert (len(counts), set(counts.values())) == (300, {1})
    assert project.rows("PRAGMA integrity_check") == [("ok",)]


def test_a_torn_record_at_the_end_is_cut_and_its_page_fetched_again(
    paper: Callable[..., Any], project: Any
) -> None:
    paper(slow_stories(3))
    project.crawl()
    (path,) = (project.folder / "warc").iterdir()
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00torn")
    size = path.stat().st_size
    done = project.crawl("--recheck")
    assert done.returncode == 0
    assert path.stat().st_size == size - 8


def test_a_term_signal_ends_a_crawl_cleanly(paper: Callable[..., Any], project: Any) -> None:
    site = paper(slow_stories(200), fetch="delay = 0.05\nconcurrency = 1\nallow_private = true")
    process = project.start()
    while len(site.asked) < 8:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert err.startswith("Stopping: ")
    (row,) = project.rows("SELECT outcome, stored FROM crawls")
    assert row[0] == "stopped"
    assert project.rows("SELECT count(*) FROM pages WHERE state = 'stored'") == [(row[1],)]


def test_what_waits_for_its_turn_is_not_asked_for_when_a_crawl_is_stopped(
    paper: Callable[..., Any], project: Any
) -> None:
    site = paper(slow_stories(9), fetch="delay = 3\nallow_private = true")
    process = project.start()
    while len(site.asked) < 2:  # robots.txt, and the first of the lists
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, project.rows("SELECT outcome FROM crawls")) == (0, [("stopped",)]), err
    assert len(site.asked) == 2
    assert project.rows("SELECT count(*) FROM crawl_outcomes WHERE outcome = 'failed'") == [(0,)]
    assert project.rows("SELECT state, attempts FROM pages WHERE role = 'section'") == [("due", 0)]


def test_a_second_signal_ends_a_crawl_at_once_and_loses_nothing(
    paper: Callable[..., Any], project: Any
) -> None:
    site = paper({"/story/1": story(1), "/story/2": Answer("", seconds=30)})
    process = project.start()
    while "/story/1" not in site.paths():
        time.sleep(0.02)
    time.sleep(0.5)  # the other one is being waited for
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert (process.returncode, project.rows("SELECT outcome FROM crawls")) == (0, [("stopped",)])
    site.pages["/story/2"] = story(2)
    assert project.crawl().returncode == 0
    assert project.rows("SELECT count(*) FROM articles") == [(2,)]


def test_a_second_crawl_at_once_says_who_holds_the_archive(paper: Callable[..., Any], project: Any) -> None:
    paper(slow_stories(200), fetch="delay = 0.05\nconcurrency = 1\nallow_private = true")
    process = project.start()
    while not (project.folder / "archive.db-wal").exists():
        time.sleep(0.02)
    second = project.crawl()
    process.terminate()
    process.communicate()
    assert second.returncode == 1
    assert second.stderr.startswith(
        f"Error: {project.folder}: the archive is held by process {process.pid} on "
    )
