"""``newsspider import``: WARC files of others and saved pages, into an archive."""

from __future__ import annotations

import gzip
import os
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from newspaper import Project, story
from records import record, response

from newsspider.archive import WarcWriter
from newsspider.records import Capture, Headers

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HTML = (b"Content-Type", b"text/html; charset=utf-8")


def capture(
    path: str, body: str | bytes = "", at: datetime = NOON, status: int = 200, *headers: Any
) -> Capture:
    data = body.encode() if isinstance(body, str) else body
    more: Headers = headers or (HTML,)
    return Capture(f"https://www.paper.example{path}", at, status, (), more, data)


def warc(folder: Path, *captures: Capture, name: str = "other") -> Path:
    """A WARC file as another crawler leaves it."""
    folder.mkdir(exist_ok=True)
    writer = WarcWriter(folder, name, "other/1.0")
    writer.append(captures)
    writer.close()
    (path,) = folder.glob(f"{name}-*")
    target = folder / f"{name}.warc.gz"
    return path.rename(target)


def headlines(project: Project) -> list[str]:
    return [row[0] for row in project.rows("SELECT headline FROM articles ORDER BY headline")]


STORIES = [capture(f"/story/{n}", story(n), NOON + timedelta(minutes=n)) for n in range(1, 4)]


def test_articles_come_in_and_go_to_the_source_of_their_site(project: Project, tmp_path: Path) -> None:
    (project.folder / "sources" / "mine.toml").write_text('home = "https://paper.example/"')
    other = Capture("https://news.other.example/2026/story-5", NOON, 200, (), (HTML,), story(5).encode())
    done = project.run("import", str(warc(tmp_path / "in", *STORIES, other)))
    assert done.returncode == 0, done.stderr
    assert "4 new captures" in done.stdout
    of_source = "SELECT sources.source, count(*) FROM sources JOIN articles ON articles.source = sources.id GROUP BY 1"
    assert project.rows(of_source) == [
        ("mine", 3), ("other-example", 1),
    ]  # fmt: skip
    assert project.rows("SELECT DISTINCT warc_file FROM captures") == [("import-other.warc.gz",)]


def test_the_same_records_from_two_files_are_stored_once(project: Project, tmp_path: Path) -> None:
    first = warc(tmp_path / "in", *STORIES[:2], name="one")
    second = warc(tmp_path / "in", *STORIES, name="two")
    assert project.run("import", str(first)).returncode == 0
    assert "1 new capture, 2 known before" in project.run("import", str(second)).stdout
    assert "0 new captures" in project.run("import", str(first), str(second)).stdout
    assert project.rows("SELECT count(*) FROM captures") == [(3,)]
    third = warc(tmp_path / "in", STORIES[0], name="three")
    project.run("import", str(third))
    assert sorted(path.name for path in (project.folder / "warc").iterdir()) == [
        "import-one.warc.gz", "import-two.warc.gz",
    ]  # fmt: skip


def test_errors_redirects_and_listings_are_captures_and_no_articles(project: Project, tmp_path: Path) -> None:
    links = "".join(
        f"<li><a href=/story/{n}>Ward {n} agrees on a new market by the river</a>" for n in range(30)
    )
    odd = [
        capture("/", f"<title>The Paper</title><h1>The Paper</h1><ul>{links}</ul>"),
        capture("/gone", "<h1>Not found</h1>", NOON, 404),
        capture("/old", "", NOON, 301, (b"Location", b"/story/1")),
        capture("/robots.txt", "User-agent: *", NOON, 200, (b"Content-Type", b"text/plain")),
        capture("/logo.png", b"\x89PNG", NOON, 200, (b"Content-Type", b"image/png")),
    ]
    done = project.run("import", str(warc(tmp_path / "in", *odd, *STORIES)))
    assert done.returncode == 0, done.stderr
    assert len(headlines(project)) == 3
    assert project.rows("SELECT count(*), count(page), sum(read_at IS NULL) FROM captures") == [(8, 6, 0)]
    assert dict(project.rows("SELECT replace(url, 'https://www.paper.example', ''), state FROM pages")) == {
        "/": "refused", "/gone": "gone", "/old": "moved",
        "/story/1": "stored", "/story/2": "stored", "/story/3": "stored",
    }  # fmt: skip


def test_a_redirect_leads_to_the_story_behind_it(project: Project, tmp_path: Path) -> None:
    hop = capture("/old-1", "", NOON, 302, (b"Location", b"/story/1"))
    project.run("import", str(warc(tmp_path / "in", hop, capture("/story/1", story(1)))))
    assert project.rows("SELECT count(DISTINCT article), count(*) FROM pages WHERE article IS NOT NULL") == [
        (1, 2)
    ]


CHUNKS = f"{len(story(2)):x}\r\n{story(2)}\r\n0\r\n\r\n"
BLOCKS = [
    response(story(1)),
    response(CHUNKS, "Transfer-Encoding: chunked"),
    response(story(3), "Transfer-Encoding: chunked"),  # as crawlers write it that join the payload
]
RECORDS = [
    record("response", f"https://www.paper.example/story/{n}", block) for n, block in enumerate(BLOCKS, 1)
]
BARE = [
    record("response", f"https://www.paper.example/story/{n}", response(story(n)).replace("\r", ""))
    for n in (1, 2, 3)
]
PLAIN = b"".join(RECORDS)
ALL = [f"Ward {n} agrees on a new market" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plain.warc", PLAIN),
        ("one-member.warc.gz", gzip.compress(PLAIN)),
        ("no-breaks.warc", b"".join(one.removesuffix(b"\r\n\r\n") for one in RECORDS)),
        ("bare.warc", b"".join(BARE).replace(b"\r", b"")),
    ],
    ids=["unpacked", "one member", "no breaks", "bare line feeds"],
)
def test_odd_files_are_read(project: Project, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    done = project.run("import", str(tmp_path / name))
    assert headlines(project) == ALL, done.stderr
    assert project.run("rebuild").returncode == 0
    assert headlines(project) == ALL


def test_of_a_cut_file_what_stands_before_comes_in_and_the_cut_is_told(
    project: Project, tmp_path: Path
) -> None:
    path = warc(tmp_path / "in", *STORIES)
    path.write_bytes(path.read_bytes()[:-1500])
    done = project.run("import", str(path))
    assert done.returncode == 1
    assert "Error: " in done.stderr
    assert 1 <= len(headlines(project)) < 3


def test_a_revisit_is_a_capture_of_the_page_that_it_names(project: Project, tmp_path: Path) -> None:
    again = record(
        "revisit",
        "https://www.paper.example/story/1",
        "HTTP/1.1 200 OK\r\n\r\n",
        "WARC-Payload-Digest: sha1:X",
    )
    first = record("response", "https://www.paper.example/story/1", response(story(1)))
    (tmp_path / "a.warc").write_bytes(first + again.replace(b"T12:00:00Z", b"T18:00:00Z"))
    assert project.run("import", str(tmp_path / "a.warc")).returncode == 0
    assert project.rows("SELECT count(*), count(DISTINCT page) FROM captures") == [(2, 1)]
    assert headlines(project) == ALL[:1]


def test_an_older_capture_becomes_an_earlier_state(project: Project, tmp_path: Path) -> None:
    newer = capture("/story/1", story(1).replace("spring", "autumn"), NOON + timedelta(days=1))
    project.run("import", str(warc(tmp_path / "in", newer, name="new")))
    project.run("import", str(warc(tmp_path / "in", capture("/story/1", story(1)), name="old")))
    (row,) = project.rows("SELECT body, first_seen_at, last_seen_at FROM articles")
    assert "autumn" in row[0]
    assert row[1:] == ("2026-11-24T12:00:00Z", "2026-11-25T12:00:00Z")
    ((kind, seen_at, former),) = project.rows("SELECT kind, seen_at, body FROM revisions")
    assert (kind, seen_at) == ("edited", "2026-11-25T12:00:00Z")
    assert "spring" in former


def test_an_article_of_which_a_capture_is_lost_stays_as_it_is_when_an_older_one_comes(
    project: Project, tmp_path: Path
) -> None:
    states = "SELECT headline, body, last_seen_at FROM articles", "SELECT kind, seen_at FROM revisions"
    for days, season in ((2, "autumn"), (4, "winter")):
        page = capture("/story/1", story(1).replace("spring", season), NOON + timedelta(days=days))
        project.run("import", str(warc(tmp_path / "in", page, name=season)))
    before = [project.rows(query) for query in states]
    ((name,),) = project.rows("SELECT warc_file FROM captures ORDER BY fetched_at DESC LIMIT 1")
    lost = project.folder / "warc" / name
    lost.rename(tmp_path / lost.name)
    old = str(warc(tmp_path / "in", capture("/story/1", story(1)), name="old"))
    done = project.run("import", old)
    assert (
        done.returncode,
        "/story/1: an older capture waits, since a later one can't be read" in done.stderr,
    ) == (1, True)
    assert [project.rows(query) for query in states] == before
    (tmp_path / lost.name).rename(lost)  # from a backup
    assert project.run("import", old).returncode == 0
    assert project.rows(states[0]) == before[0]
    assert [kind for kind, _ in project.rows(states[1])] == ["edited", "edited"]


def test_files_can_stay_where_they_are(project: Project, tmp_path: Path) -> None:
    path = warc(tmp_path / "in", *STORIES)
    assert project.run("import", "--in-place", str(path)).returncode == 0
    assert list((project.folder / "warc").iterdir()) == []
    assert project.rows("SELECT DISTINCT warc_file FROM captures") == [(str(path),)]
    packed = tmp_path / "packed.warc.gz"
    packed.write_bytes(gzip.compress(PLAIN))
    done = project.run("import", "--in-place", str(packed))
    assert (done.returncode, "leave --in-place out" in done.stderr) == (1, True)


def test_a_file_in_place_that_was_replaced_is_told(project: Project, tmp_path: Path) -> None:
    path = warc(tmp_path / "in", *STORIES[:2])
    assert project.run("import", "--in-place", str(path)).returncode == 0
    assert project.run("import", "--in-place", str(path)).returncode == 0
    path.unlink()
    warc(tmp_path / "in", STORIES[1])
    done = project.run("import", "--in-place", str(path))
    assert (done.returncode, "it was replaced or damaged" in done.stderr) == (1, True)


def test_a_record_that_stands_twice_in_a_file_is_stored_once(project: Project, tmp_path: Path) -> None:
    path = warc(tmp_path / "in", *STORIES[:2])
    path.write_bytes(path.read_bytes() * 2)
    done = project.run("import", str(path))
    assert (done.returncode, project.rows("SELECT count(*) FROM captures")) == (0, [(2,)])
    assert "The archive is whole" in project.run("check").stdout
    assert "0 new captures" in project.run("import", str(path)).stdout


def test_saved_pages_say_their_address_in_several_ways(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    mirror = folder / "www.mirror.example" / "2026" / "index.html"
    mirror.parent.mkdir(parents=True)
    mirror.write_text(story(3))
    (folder / "note.html").write_text(
        "<!-- saved from url=(0033)https://www.noted.example/story/1 -->" + story(1)
    )
    said = '<link rel=canonical href="https://www.said.example/story/2">'
    (folder / "said.htm").write_text(story(2, said))
    for path in folder.rglob("*.htm*"):
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    done = project.run("import", str(folder))
    assert done.returncode == 0, done.stderr
    assert project.rows("SELECT url, first_seen_at FROM articles ORDER BY headline") == [
        ("https://www.noted.example/story/1", "2026-11-24T12:00:00Z"),
        ("https://www.said.example/story/2", "2026-11-24T12:00:00Z"),
        ("https://www.mirror.example/2026/", "2026-11-24T12:00:00Z"),
    ]
    assert "0 new captures" in project.run("import", str(folder)).stdout


def test_a_saved_page_without_address_is_told(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(story(1))
    done = project.run("import", str(path))
    assert (done.returncode, "give that of its folder with --base" in done.stderr) == (1, True)
    assert project.run("import", str(path), "--base", "https://paper.example/old/").returncode == 0
    assert project.rows("SELECT url FROM articles") == [("https://paper.example/old/page.html",)]


@pytest.mark.parametrize("given", ["nothing-there.warc.gz", "."])
def test_inputs_that_are_none_are_a_usage_error(project: Project, given: str, tmp_path: Path) -> None:
    done = project.run(
        "import", str(tmp_path / "empty" / given) if given != "." else str(project.folder / "sources")
    )
    assert done.returncode == 2


@pytest.mark.parametrize("name", ["bad id/..", "news"])
def test_a_source_must_have_a_name_that_a_file_can_have(project: Project, name: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(story(1))
    done = project.run("import", str(tmp_path / "page.html"), "--source", name)
    assert (done.returncode, name in done.stderr) == (2, True)
    assert not (project.folder / "archive.db").exists()


def test_an_import_killed_five_times_is_simply_run_again(project: Project, tmp_path: Path) -> None:
    many = [capture(f"/story/{n}", story(n), NOON + timedelta(seconds=n)) for n in range(400)]
    path, rng = warc(tmp_path / "in", *many), random.Random(7)
    for _ in range(5):
        process = project.start(str(path), command="import")
        time.sleep(0.5 + rng.random() * 1.5)
        process.kill()
        process.communicate()
    done = project.run("import", str(path))
    assert done.returncode == 0, done.stderr
    assert project.rows("SELECT count(*), count(DISTINCT url), sum(read_at IS NULL) FROM captures") == [
        (400, 400, 0)
    ]
    assert project.rows("SELECT count(*) FROM articles") == [(400,)]
    assert project.rows("SELECT count(*) FROM revisions") == [(0,)]
    assert [p.name for p in (project.folder / "warc").iterdir()] == ["import-other.warc.gz"]


def test_a_wacz_file_is_read_like_the_warc_files_in_it(project: Project, tmp_path: Path) -> None:
    inside = warc(tmp_path / "in", *STORIES)
    with ZipFile(tmp_path / "crawl.wacz", "w") as packed:
        packed.write(inside, "archive/data.warc.gz")
        packed.writestr("pages/pages.jsonl", "{}")
    done = project.run("import", str(tmp_path / "crawl.wacz"))
    assert (done.returncode, "3 new captures, 0 known before" in done.stdout) == (0, True), done.stderr
    assert "New sources: paper-example." in done.stdout
    again = project.run("import", str(tmp_path / "crawl.wacz"))
    assert "0 new captures, 3 known before" in again.stdout
    assert len(list((project.folder / "warc").iterdir())) == 1


def test_what_is_not_read_is_told(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    warc(folder, STORIES[0])
    (folder / "old.arc.gz").write_bytes(b"x")
    (folder / "cut.wacz").write_bytes(b"PK\x03\x04")
    for number in range(12):
        (folder / f"{number}.html").write_text("<p>Somewhere")
    done = project.run("import", str(folder))
    assert done.returncode == 1
    assert "1 new capture" in done.stdout
    lines = done.stderr.splitlines()
    assert [line for line in lines if "(.arc.gz 1)" in line]
    assert [line for line in lines if "cut.wacz: is no WACZ file" in line]
    assert [line for line in lines if "and 9 more files: does not say its address" in line]
    assert len(lines) == 3
    arc = project.run("import", str(folder / "old.arc.gz"))
    assert "is an ARC file" in arc.stderr


def test_a_base_without_a_scheme_is_a_usage_error(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(story(1))
    done = project.run("import", str(tmp_path / "a.html"), "--base", "paper.example/a/")
    assert (done.returncode, "'paper.example/a/' is no address" in done.stderr) == (2, True)


def test_folders_of_a_mirror_may_name_a_port(project: Project, tmp_path: Path) -> None:
    (tmp_path / "127.0.0.1:8123" / "news").mkdir(parents=True)
    (tmp_path / "127.0.0.1:8123" / "news" / "1.html").write_text(story(1))
    assert project.run("import", str(tmp_path / "127.0.0.1:8123")).returncode == 0
    assert project.rows("SELECT url FROM articles") == [("http://127.0.0.1:8123/news/1.html",)]


def test_names_that_are_no_utf8_are_no_hindrance(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "www.paper.example"
    folder.mkdir(parents=True)
    (folder / os.fsdecode(b"caf\xe9.html")).write_text(story(1))
    warc(folder, STORIES[1]).rename(folder / os.fsdecode(b"other-\xff.warc.gz"))
    done = project.run("import", str(tmp_path / "in"))
    assert (done.returncode, done.stderr) == (0, "")
    assert project.rows("SELECT url FROM articles ORDER BY url") == [
        ("https://www.paper.example/caf%E9.html",),
        ("https://www.paper.example/story/2",),
    ]
    assert project.rows("SELECT warc_file FROM captures WHERE warc_file LIKE 'import%'") == [
        ("import-other-_.warc.gz",)
    ]


def test_files_in_any_order_give_one_history(project: Project, tmp_path: Path) -> None:
    gone = capture("/story/1", "", NOON + timedelta(days=2), 410)
    edited = capture("/story/1", story(1).replace("spring", "autumn"), NOON + timedelta(days=1))
    for name, captures in {"first": (STORIES[0], gone), "second": (edited,)}.items():
        project.run("import", str(warc(tmp_path / "in", *captures, name=name)))
    assert project.rows("SELECT kind FROM revisions ORDER BY seen_at") == [("edited",), ("deleted",)]
    assert project.rows("SELECT gone_at FROM articles") == [("2026-11-26T12:00:00Z",)]


def test_an_article_keeps_its_number_when_an_older_capture_comes(project: Project, tmp_path: Path) -> None:
    later = [capture(f"/story/{n}", story(n), NOON + timedelta(days=n)) for n in (1, 2)]
    project.run("import", str(warc(tmp_path / "in", *later, name="later")))
    before = project.rows("SELECT url, id FROM articles ORDER BY url")
    project.run("import", str(warc(tmp_path / "in", STORIES[0], name="earlier")))
    assert project.rows("SELECT url, id FROM articles ORDER BY url") == before


def test_an_article_that_is_made_again_is_not_counted_as_new(project: Project, tmp_path: Path) -> None:
    edited = story(1).replace("spring", "autumn")
    both = (capture("/story/1", story(1)), capture("/story/1", edited, NOON + timedelta(days=1)))
    project.run("import", str(warc(tmp_path / "in", *both, name="later")))
    older = capture("/story/1", story(1).replace("spring", "winter"), NOON - timedelta(days=1))
    assert "0 new articles" in project.run("import", str(warc(tmp_path / "in", older, name="earlier"))).stdout
    sums = "SELECT sum(new_articles), sum(edits), max(edits) FROM crawl_sources"
    assert project.rows(sums) == [(1, 2, 1)]
    assert project.rows("SELECT new_articles FROM crawls ORDER BY id") == [(1,), (0,)]


def test_a_redirect_is_read_with_its_target_of_the_same_visit_alone(project: Project, tmp_path: Path) -> None:
    moved = capture("/old", "", NOON, 301, (b"Location", b"https://www.paper.example/story/1"))
    much_later = capture("/story/1", story(1).replace("spring", "autumn"), NOON + timedelta(days=2))
    between = capture("/story/1", story(1), NOON + timedelta(days=1))
    project.run(
        "import",
        str(warc(tmp_path / "in", moved, much_later, name="a")),
        str(warc(tmp_path / "in", between, name="b")),
    )
    assert project.rows("SELECT body LIKE '%autumn%' FROM articles") == [(1,)]
    assert project.rows("SELECT seen_at FROM revisions WHERE kind = 'edited'") == [("2026-11-26T12:00:00Z",)]


def test_a_file_in_place_that_was_moved_is_known_at_its_new_place(project: Project, tmp_path: Path) -> None:
    path = warc(tmp_path / "in", *STORIES)
    assert project.run("import", "--in-place", str(path)).returncode == 0
    moved = path.rename(tmp_path / "moved.warc.gz")
    assert "0 new captures" in project.run("import", "--in-place", str(moved)).stdout
    assert project.rows("SELECT DISTINCT warc_file FROM captures") == [(str(moved),)]
    assert project.run("check").returncode == 0


def test_pages_below_a_base_have_the_addresses_of_their_folders(project: Project, tmp_path: Path) -> None:
    for name, number in (("a", 1), ("b", 2)):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "index.html").write_text(story(number))
    project.run("import", str(tmp_path / "in"), "--base", "https://paper.example/old/")
    assert project.rows("SELECT url FROM articles ORDER BY url") == [
        ("https://paper.example/old/a/index.html",),
        ("https://paper.example/old/b/index.html",),
    ]
