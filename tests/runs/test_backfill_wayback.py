"""``newsspider backfill SOURCE --wayback``, against a server that behaves like the Wayback Machine."""

from __future__ import annotations

import gzip
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import brotli
import pytest
from archives import capture
from loopback import Answer, served
from newspaper import Project, story
from warcio.archiveiterator import ArchiveIterator
from wayback import Kept, WaybackMachine

from newsspider.archive import WarcWriter

PAPER = "https://www.paper.example"


def kept(number: int, timestamp: str = "", **more: Any) -> Kept:
    """A capture of a story, of its own day in November 2021 unless said."""
    moment = timestamp or f"202111{number:02}120000"
    more.setdefault("body", story(number))
    return Kept(moment, f"{PAPER}/story/{number}", headers={"x-made-by": "press"}, **more)


@pytest.fixture
def machine(project: Project) -> Iterator[WaybackMachine]:
    """The Wayback Machine, and a source whose site is gone."""
    rest = 'timezone = "Asia/Phnom_Penh"\n[discover]\narticles = "/story/"\n'
    (project.folder / "sources" / "paper.toml").write_text(f'home = "{PAPER}/"\n{rest}')
    with ExitStack() as stack:
        yield stack.enter_context(served(WaybackMachine()))


Run = Callable[..., Any]


def options(machine: WaybackMachine, *more: str) -> list[str]:
    named = {"": machine.url, "_DELAY": "0", "_PAUSE": "0.01", "_ENTRIES": "2"}
    pairs = [f"NEWSSPIDER_WAYBACK{name}={value}" for name, value in named.items()]
    settings = [word for pair in (*pairs, "NEWSSPIDER_WORKERS=1") for word in ("-s", pair)]
    return ["paper", "--wayback", *settings, *more]


@pytest.fixture
def fill(project: Project, machine: WaybackMachine) -> Run:
    """Runs the command."""
    return lambda *more: project.run("backfill", *options(machine, *more))


def days(project: Project) -> list[str]:
    return [row[0] for row in project.rows("SELECT fetched_at FROM captures ORDER BY fetched_at, id")]


def test_captures_come_with_their_own_address_and_time_and_say_where_they_were(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    machine.kept = [kept(n) for n in range(1, 6)]
    done = fill()
    assert done.returncode == 0, done.stderr
    assert "5 new captures" in done.stdout
    assert "5 new articles" in done.stdout
    assert "All that was wanted has been gone through." in done.stdout
    row = "SELECT url, fetched_at, status, origin, substr(warc_file, 1, 9), read_at IS NULL FROM captures ORDER BY id LIMIT 1"
    origin = f"{machine.url}/web/20211101120000id_/{PAPER}/story/1"
    assert project.rows(row) == [(f"{PAPER}/story/1", "2021-11-01T12:00:00Z", 200, origin, "backfill-", 0)]
    assert project.rows("SELECT min(first_seen_at), count(*) FROM articles") == [("2021-11-01T12:00:00Z", 5)]
    assert len(machine.captures) == 5
    assert machine.most_at_once() == 1
    assert project.run("check").returncode == 0


def test_records_hold_what_the_site_had_sent(machine: WaybackMachine, fill: Run, project: Project) -> None:
    machine.kept = [kept(1)]
    fill()
    (path,) = (project.folder / "warc").glob("backfill-*")
    with path.open("rb") as file:
        record = next(one for one in ArchiveIterator(file) if one.rec_type == "response")
        assert record.rec_headers.get_header("WARC-Target-URI") == f"{PAPER}/story/1"
        assert record.rec_headers.get_header("WARC-Date").startswith("2021-11-01T12:00:00")
        assert record.rec_headers.get_header("WARC-Source-URI").startswith(machine.url)
        sent = dict(record.http_headers.headers)
        assert sent == {"content-type": "text/html; charset=utf-8", "x-made-by": "press"}
        assert record.content_stream().read() == story(1).encode()


@pytest.mark.parametrize("sent", [{"Content-Encoding": "CODING"}, {}], ids=["said", "not said"])
@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_bodies_in_a_content_coding_are_read(
    machine: WaybackMachine, fill: Run, project: Project, coding: str, pack: Any, sent: dict[str, str]
) -> None:
    sent = dict.fromkeys(sent, coding)
    packed = Kept(
        "20211101120000", f"{PAPER}/story/1", pack(story(1).encode()), headers={"content-encoding": coding}, sent=sent
    )  # fmt: skip
    unpacked = Kept("20211102120000", f"{PAPER}/story/2", story(2), headers={"content-encoding": coding})
    machine.kept = [packed, unpacked]
    assert "2 new articles" in fill().stdout
    digests = {row[0] for row in project.rows("SELECT digest FROM captures")}
    assert digests == {f"sha1:{packed.digest}", f"sha1:{unpacked.digest}"}


def test_what_is_no_article_or_no_page_is_not_asked_for(machine: WaybackMachine, fill: Run) -> None:
    other = [
        Kept("20211101120000", f"{PAPER}/tag/market"),
        Kept("20211101120000", f"{PAPER}/story/8.jpg", mimetype="image/jpeg", leaks=True),
        Kept("20211109120000", f"{PAPER}/story/9", mimetype="warc/revisit", statuscode="-", leaks=True),
        Kept("20211101120000", f"{PAPER}/story/7", mimetype="unk", statuscode="", leaks=True),
        Kept("20210001120000", f"{PAPER}/story/6"),
        Kept("20211101120000", "https://www.paper.example.other.example/story/1"),
    ]
    machine.kept = [*other, kept(1)]
    done = fill()
    assert machine.captures == [f"20211101120000id_/{PAPER}/story/1"]
    assert "1 no article by their address" in done.stdout
    assert "4 no page" in done.stdout


def test_days_are_those_of_the_captures_in_the_sources_zone(machine: WaybackMachine, fill: Run) -> None:
    machine.kept = [kept(n, f"202111{day}") for n, day in enumerate(
        ("01165959", "01170000", "02165959", "02170000"), 1
    )]  # fmt: skip
    fill("--since", "2021-11-02", "--until", "2021-11-02")
    assert [one[:14] for one in machine.captures] == ["20211101170000", "20211102165959"]


def test_the_first_capture_of_a_story_comes_or_every_version(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    changed = story(1).replace("Nobody", "Everybody")
    moments = {"20211103": story(1), "20211104": story(1), "20211105": changed, "20211106": story(1)}
    machine.kept = [kept(1, f"{day}120000", body=body) for day, body in moments.items()]
    fill()
    assert days(project) == ["2021-11-03T12:00:00Z"]
    fill("--versions")
    assert days(project) == [f"2021-11-{day}T12:00:00Z" for day in ("03", "05", "06")]
    assert project.rows("SELECT count(*) FROM articles") == [(1,)]
    assert project.rows("SELECT seen_at FROM revisions ORDER BY seen_at") == [
        ("2021-11-05T12:00:00Z",), ("2021-11-06T12:00:00Z",),
    ]  # fmt: skip


def test_a_way_to_the_nearest_capture_is_gone_and_its_time_is_the_true_one(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    machine.kept = [kept(1, served=False), kept(1, "20211103080910"), kept(2, served=False)]
    done = fill()
    assert days(project) == ["2021-11-03T08:09:10Z"]
    assert "1 not to be had" in done.stdout
    (origin,) = project.rows("SELECT origin FROM captures")[0]
    assert "/web/20211103080910id_/" in origin


def test_a_nearest_capture_of_other_days_or_of_an_error_is_none(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    gone = kept(2, "20211103080910", statuscode="404")
    machine.kept = [kept(1, served=False), kept(1, "20250103080910"), kept(2, served=False), gone]
    assert "2 not to be had" in fill("--until", "2021-12-31").stdout
    assert days(project) == []


def test_a_busy_service_is_left_alone_for_as_long_as_it_asks(machine: WaybackMachine, fill: Run) -> None:
    machine.kept = [kept(n) for n in (1, 2)]
    machine.trouble = [Answer(status=429, headers={"Retry-After": "1"}), Answer(status=503)]
    done = fill()
    assert done.returncode == 0, done.stderr
    assert "2 new articles" in done.stdout
    starts = [asked.start for asked in machine.asked]
    assert starts[1] - starts[0] >= 1.0


def test_one_that_stays_busy_ends_the_run_and_the_next_goes_on(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    machine.kept = [kept(n) for n in range(1, 5)]

    def before(path: str) -> None:
        if "/story/3" in path and not machine.trouble and len(machine.captures) < 5:
            machine.trouble = [Answer(status=429)] * 5

    machine.before = before
    done = fill()
    assert done.returncode == 1
    assert f"Error: {machine.url}: answers 429 Too Many Requests, 5 times; run it again later" in done.stderr
    assert "2 new articles" in done.stdout
    machine.before = lambda path: None
    machine.trouble, machine.asked = [], []
    assert "2 new articles" in fill().stdout
    assert [one[-7:] for one in machine.captures] == ["story/3", "story/4"]


def test_a_pause_of_hours_is_not_waited_for(machine: WaybackMachine, fill: Run) -> None:
    machine.trouble = [Answer(status=429, headers={"Retry-After": "7200"})]
    done = fill()
    assert (done.returncode, len(machine.asked)) == (1, 1)
    assert "asks for a pause of 120 minutes" in done.stderr


def test_a_capture_that_fails_is_passed_over_and_asked_for_when_the_index_is_gone_through_anew(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    machine.kept = [kept(n) for n in range(1, 4)]
    machine.before = lambda path: machine.trouble.extend([Answer(status=500)] * ("/story/2" in path))
    done = fill()
    assert done.returncode == 0
    assert "1 failed there" in done.stdout
    machine.before, machine.asked = lambda path: None, []
    fill()
    assert [one[-7:] for one in machine.captures] == ["story/2"]
    assert project.rows("SELECT count(*) FROM articles") == [(3,)]


def test_it_is_done_in_portions(machine: WaybackMachine, fill: Run, project: Project) -> None:
    machine.kept = [kept(n) for n in range(1, 6)]
    for number, words in ((2, "Not done"), (4, "Not done"), (5, "All that was wanted")):
        assert words in fill("--pages", "2").stdout
        assert project.rows("SELECT count(*) FROM articles") == [(number,)]
    assert len(machine.captures) == len(set(machine.captures)) == 5
    assert project.rows("SELECT entries, captures, ended_at IS NULL FROM backfills") == [(5, 5, 0)]


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_it_goes_on_where_it_was(
    machine: WaybackMachine, fill: Run, project: Project, sign: signal.Signals
) -> None:
    machine.kept = [kept(n) for n in range(1, 7)]
    hit: list[str] = []
    process = project.start(*options(machine), command="backfill")

    def before(path: str) -> None:
        if "/story/4" in path and not hit:
            hit.append(path)
            os.kill(process.pid, sign)
            process.wait(60)

    machine.before = before
    _, err = process.communicate(timeout=60)
    assert process.returncode == (0 if sign == signal.SIGTERM else -signal.SIGKILL), err
    assert project.rows("SELECT count(*) FROM captures") == [(3,)]
    later: list[str] = []
    machine.before = later.append
    done = fill()
    assert done.returncode == 0, done.stderr
    assert [path[-7:] for path in later if "/web/" in path] == ["story/4", "story/5", "story/6"]
    assert project.rows("SELECT count(*), count(DISTINCT url) FROM captures") == [(6, 6)]
    assert project.rows("SELECT count(*) FROM articles") == [(6,)]
    assert project.run("check").returncode == 0


def test_what_a_killed_run_wrote_is_taken_up_and_not_fetched_again(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    machine.kept = [kept(n) for n in range(1, 4)]
    fill("--pages", "2")
    (path,) = (project.folder / "warc").glob("backfill-*")
    forget(project, "DELETE FROM captures WHERE url LIKE '%/2'")
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 torn")
    machine.asked.clear()
    done = fill()
    assert done.returncode == 0, done.stderr
    assert [one[-7:] for one in machine.captures] == ["story/3"]
    assert project.rows("SELECT count(*), count(DISTINCT url) FROM captures") == [(3, 3)]


def forget(project: Project, statement: str) -> None:
    """As if a run had been killed before it wrote this down."""
    import sqlite3

    with sqlite3.connect(project.folder / "archive.db") as db:
        db.execute("UPDATE articles SET capture = NULL")
        db.execute("UPDATE pages SET article = NULL WHERE url LIKE '%/2'")
        db.execute("UPDATE backfills SET position = (SELECT replace(position, '/2 ', '/1 ') FROM backfills)")
        db.execute(statement)


def test_an_older_capture_changes_the_history_and_not_the_newest_state(
    machine: WaybackMachine, fill: Run, project: Project, tmp_path: Path
) -> None:
    writer = WarcWriter(tmp_path, "other", "other/1")
    (place,) = writer.append([capture("/story/1", story(1).replace("Nobody", "Everybody"))])
    writer.close()
    project.run("import", str(tmp_path / place.file))
    machine.kept = [kept(1)]
    assert "1 there already" in fill().stdout
    fill("--versions")
    assert project.rows("SELECT body LIKE '%Everybody%', first_seen_at FROM articles") == [
        (1, "2021-11-01T12:00:00Z"),
    ]  # fmt: skip
    assert project.rows("SELECT kind, seen_at FROM revisions") == [("edited", "2026-11-24T12:00:00Z")]


def test_a_lost_database_comes_back_with_where_captures_were_taken_from(
    machine: WaybackMachine, fill: Run, project: Project
) -> None:
    machine.kept = [kept(1)]
    fill()
    before = project.rows("SELECT origin FROM captures")
    for path in project.folder.glob("archive.db*"):
        path.unlink()
    assert project.run("rebuild").returncode == 0
    assert project.rows("SELECT origin FROM captures") == before


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("Blocked Site Error", 403), "its index answers 403 Forbidden"),
        (Answer("<h1>Oops</h1>"), "its answer is no index"),
        (Answer('{"error": 1}'), "its answer is no index"),
    ],
    ids=["403", "html", "json"],
)
def test_an_index_that_is_none_is_an_error(
    machine: WaybackMachine, fill: Run, answer: Answer, words: str
) -> None:
    machine.trouble = [answer]
    done = fill()
    assert done.returncode == 1
    assert words in done.stderr


def test_a_site_that_it_does_not_know_is_done_at_once(machine: WaybackMachine, fill: Run) -> None:
    done = fill()
    assert done.returncode == 0, done.stderr
    assert "0 new captures" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [[], ["--wayback", "--from-sitemaps"], ["--cc-news"], ["--wayback", "x.warc"], ["--from-sitemaps", "--pages", "2"],
     ["--wayback", "--since", "2026-02-02", "--until", "2026-02-01"], ["--wayback", "--since", "May"],
     ["--wayback", "-s", "NEWSSPIDER_WAYBACK_DELAY=slow"]],
    ids=" ".join,
)  # fmt: skip
def test_what_can_not_be_meant_is_a_usage_error(
    machine: WaybackMachine, project: Project, arguments: list[str]
) -> None:
    assert project.run("backfill", "paper", *arguments).returncode == 2
    assert not (project.folder / "archive.db").exists()
