"""Archived pages: as they were sent, in a frame that lets nothing out, and as WARC records."""

from __future__ import annotations

import asyncio
import gzip
import os
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from archives import HOME, HTML, NOON, capture, crawl, page, rows
from datasette.app import Datasette

from newsspider.archive import read_records
from newsspider.records import Capture, Earlier

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUSSIAN = "<html><head><title>Рынок</title></head><body><p>Рынок у реки откроется весной.</p></body></html>"
# Whatever makes a browser ask for something, or lets a reader be led there; ITS stands for a server that must not be asked.
HOSTILE = """<!doctype html><html><head><title>x</title><meta http-equiv=refresh content="0;url=ITS/refresh">
<meta http-equiv="x-dns-prefetch-control" content="on"><LINK rel=preconnect href="ITS"><link
rel=dns-prefetch href="ITS"><link rel=prefetch href="ITS/1"><link rel=preload as=image href="ITS/2"><link rel=icon href="ITS/3">
<link rel=stylesheet href="ITS/4"><style>@import url(ITS/5); body {background: url(ITS/6)}</style>
<script src="ITS/7"></script><script>document.title = "ran"; top.location = "ITS/8"; fetch("ITS/9")</script>
<script type=speculationrules>{"prefetch": [{"source": "list", "urls": ["ITS/10"]}]}</script></head>
<body onload="location = 'ITS/11'" background="ITS/12"><p>Archived words</p><img src="ITS/13" srcset="ITS/14 2x"
onerror="location = 'ITS/15'"><iframe src="ITS/16"></iframe><IFRAME srcdoc="&lt;link rel=preconnect href='ITS'&gt;"></iframe>
<iframe src="data:text/html,<link rel=preconnect href='ITS'>"></iframe><object data="ITS/17"></object><embed src="ITS/18">
<video src="ITS/19" poster="ITS/20" autoplay></video><svg><image href="ITS/21"/><use href="ITS/22#a"/></svg>
<form action="ITS/23"><button>send</button></form><a href="ITS/24" ping="ITS/25">plain</a> <a href="ITS/26" target=_top>top</a>
<a x=">"HREF
= ITS/27 target=_self>self</a> <svg height=20 width=60><a xlink:href="ITS/28"><text y=15>drawn</text></a></svg>
<svg height=20 width=60><a><set attributeName="href" to="ITS/29"/><text y=15>moved</text></a></svg>
<svg height=20 width=80><a><animate attributeName="href" values="ITS/30"/><text y=15>animated</text></a></svg></body></html>"""
NAMES = ("plain", "top", "send", "self", "drawn", "moved", "animated")


def sent(
    path: str, body: bytes, *headers: tuple[bytes, bytes], status: int = 200, hours: float = 0
) -> Capture:
    at = NOON + timedelta(hours=hours)
    return Capture(f"{HOME}{path}", at, status, (), headers, body)


async def opened(folder: Path, *captures: Capture) -> Any:
    crawl(folder, captures)
    datasette: Any = Datasette([str(folder / "archive.db")])
    await datasette.invoke_startup()
    return datasette


async def test_a_page_is_shown_as_it_was_sent_in_a_sandbox(tmp_path: Path) -> None:
    html = (b"Content-Type", b"text/html; charset=windows-1251")
    body = gzip.compress(RUSSIAN.encode("cp1251"))
    datasette = await opened(tmp_path, sent("/story/1", body, html, (b"Content-Encoding", b"gzip")))
    frame = await datasette.client.get("/archive/captures/1/page")
    assert '<iframe class="ns-sandbox" sandbox ' in frame.text
    assert "frame-src 'self'" in frame.headers["content-security-policy"]
    answer = await datasette.client.get("/archive/captures/1/body")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith(RUSSIAN)
    policy = answer.headers["content-security-policy"].split("; ")
    assert {"sandbox", "default-src 'none'", "img-src data:", "form-action 'none'"} <= set(policy)


async def test_frames_of_a_frameset_stay_empty(tmp_path: Path) -> None:
    frames = '<frameset cols="20,80"><FRAME src="https://x.example/a"><frame src=/b></frameset>'
    datasette = await opened(tmp_path, capture("/story/1", f"<html>{frames}</html>"))
    text = (await datasette.client.get("/archive/captures/1/body")).text
    assert "<frame " not in text.lower()
    assert "<frameset" in text


async def test_links_say_where_they_led(tmp_path: Path) -> None:
    links = '<a href="https://x.example/?href=1">out</a> <a href="#notes">notes</a> <svg><use xlink:href="#a"/></svg>'
    datasette = await opened(tmp_path, capture("/story/1", f"<html><body>{links}</body></html>"))
    text = (await datasette.client.get("/archive/captures/1/body")).text
    out = '<a href="#" title="https://x.example/?href=1">out</a>'
    expected = f"<html><body>{out}{links.partition('</a>')[2]}</body></html>"
    assert text.startswith(expected)


async def test_a_page_that_had_not_changed_is_that_of_the_earlier_capture(tmp_path: Path) -> None:
    first = capture("/story/1", page(1))
    crawl(tmp_path, [first])
    digest = str(rows(tmp_path, "SELECT digest FROM captures")[0][0])
    earlier = Earlier(first.url, first.fetched_at, digest)
    again = Capture(first.url, NOON + timedelta(hours=1), 304, (), (HTML,), b"", revisits=earlier)
    datasette = await opened(tmp_path, again)
    assert rows(tmp_path, "SELECT id, revisits FROM captures WHERE revisits IS NOT NULL") == [(2, 1)]
    frame = (await datasette.client.get("/archive/captures/2/page")).text
    assert 'its body is that of <a href="/archive/captures/1/page">' in frame
    assert "market begins in ward 1" in (await datasette.client.get("/archive/captures/2/body")).text


async def test_a_record_can_be_had_as_it_stands_in_the_file(tmp_path: Path) -> None:
    datasette = await opened(tmp_path, capture("/story/1", page(1)), capture("/story/2", page(2)))
    answer = await datasette.client.get("/archive/captures/2.warc.gz")
    assert answer.headers["content-type"] == "application/warc"
    assert answer.headers["content-disposition"] == 'attachment; filename="capture-2.warc.gz"'
    (tmp_path / "one.warc.gz").write_bytes(answer.content)
    [record] = read_records(tmp_path / "one.warc.gz")
    assert (record.url, record.payload) == (f"{HOME}/story/2", page(2).encode())


@pytest.mark.parametrize(
    ("content_type", "body", "shown"),
    [
        (b"text/xml", b"<rss/>", "text/plain; charset=utf-8"),
        (b"image/svg+xml", b"<svg onload=alert(1)>", "text/plain; charset=utf-8"),
        (b"application/pdf", b"%PDF-1.7 <script>", "application/octet-stream"),
    ],
)
async def test_what_is_no_page_is_never_markup(
    tmp_path: Path, content_type: bytes, body: bytes, shown: str
) -> None:
    datasette = await opened(tmp_path, sent("/story/1", body, (b"Content-Type", content_type)))
    answer = await datasette.client.get("/archive/captures/1/body")
    assert (answer.headers["content-type"], answer.content) == (shown, body)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert ("content-disposition" in answer.headers) is (shown == "application/octet-stream")


async def test_a_warc_file_that_is_missing_or_damaged_is_said(tmp_path: Path) -> None:
    datasette = await opened(tmp_path, capture("/story/1", page(1)))
    [file] = (tmp_path / "warc").iterdir()
    whole = file.read_bytes()
    for damage in (lambda: file.write_bytes(whole[: len(whole) // 2]), file.unlink):
        damage()
        answer = await datasette.client.get("/archive/captures/1/page")
        assert answer.status_code == 404
        assert "The archived page can’t be shown:" in answer.text
        assert file.name in answer.text
        assert str(tmp_path) not in answer.text
        for path in ("body", "record"):
            end = "/body" if path == "body" else ".warc.gz"
            away = await datasette.client.get(f"/archive/captures/1{end}", follow_redirects=False)
            assert away.headers["location"] == "/archive/captures/1/page"


async def test_a_pipe_in_place_of_a_warc_file_is_not_waited_for(tmp_path: Path) -> None:
    datasette = await opened(tmp_path, capture("/story/1", page(1)))
    [file] = (tmp_path / "warc").iterdir()
    file.unlink()
    os.mkfifo(file)
    try:
        answer = await asyncio.wait_for(datasette.client.get("/archive/captures/1/page"), 10)
    finally:
        os.close(os.open(file, os.O_RDWR))  # lets go whoever waits
    assert answer.status_code == 404
    assert "it is no file" in answer.text


async def test_an_archive_behind_a_link_has_its_pages(tmp_path: Path) -> None:
    crawl(tmp_path / "data", [capture("/story/1", page(1))])
    (tmp_path / "archive.db").symlink_to(tmp_path / "data" / "archive.db")
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    assert (await datasette.client.get("/archive/captures/1/page")).status_code == 200


async def test_a_record_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    datasette = await opened(tmp_path, capture("/story/1", page(1)))
    monkeypatch.setattr("newsspider.browse.captured._MOST", 10)
    answer = await datasette.client.get("/archive/captures/1/page")
    assert answer.status_code == 404
    assert "the record is larger than 10 bytes" in answer.text
    away = await datasette.client.get("/archive/captures/1.warc.gz", follow_redirects=False)
    assert away.headers["location"] == "/archive/captures/1/page"


async def test_archived_pages_keep_to_the_rights_of_the_tables(tmp_path: Path) -> None:
    crawl(tmp_path, [capture("/story/1", page(1))])
    closed = {"databases": {"archive": {"tables": {"articles": {"allow": {"id": "root"}}}}}}
    datasette: Any = Datasette([str(tmp_path / "archive.db")], metadata=closed)
    await datasette.invoke_startup()
    for end in ("/page", "/body", ".warc.gz"):
        assert (await datasette.client.get(f"/archive/captures/1{end}")).status_code == 403
        assert (await datasette.client.get(f"/archive/captures/99{end}")).status_code == 403


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """A server, and what connects to it, be it without a word."""
    heard: list[bytes] = []

    def run() -> None:
        while True:
            try:
                taken, _ = server.accept()
            except OSError:
                return
            heard.append(b"connected")
            taken.close()

    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"http://localhost:{server.getsockname()[1]}", heard
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize(
    "place",
    ["warc_file = '/etc/passwd', warc_offset = 0, warc_length = 20", "warc_offset = warc_offset + 1, warc_length = 20",
     "warc_length = -5", "warc_offset = -5", "warc_file = 'a' || char(0)"],
)  # fmt: skip
async def test_a_place_where_no_record_stands_gives_nothing_away(tmp_path: Path, place: str) -> None:
    crawl(tmp_path, [capture("/story/1", page(1))])
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
        db.execute(f"UPDATE captures SET {place}")
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    assert (await datasette.client.get("/archive/captures/1/page")).status_code == 404
    for end in (".warc.gz", "/body"):
        answer = await datasette.client.get(f"/archive/captures/1{end}")
        assert answer.headers["location"] == "/archive/captures/1/page"


def test_a_hostile_page_reaches_nothing(
    tmp_path: Path, chromium: Browser, start: Callable[..., tuple[subprocess.Popen[str], str]]
) -> None:
    """In a real browser: no script runs, nothing is asked of another server, not even a connection; no link leads out."""
    with listening() as (its, heard):
        crawl(tmp_path / "hostile", [capture("/story/1", HOSTILE.replace("ITS", its))])
        _, address = start(tmp_path / "hostile" / "archive.db")
        shown = address.replace("/front", "/captures/1/page")
        tab = chromium.new_page()
        tab.goto(shown, wait_until="networkidle")
        frame = tab.frame_locator("iframe")
        assert frame.locator("p").inner_text() == "Archived words"
        for name in NAMES:
            frame.locator(f"text='{name}'").first.click(no_wait_after=True)
            tab.wait_for_timeout(200)
        assert tab.url == shown
        tab.goto(shown.replace("/page", "/body"))  # without its frame
        for name in NAMES:
            tab.locator(f"text='{name}'").first.click(no_wait_after=True)
            tab.wait_for_timeout(200)
        assert tab.url.rstrip("#").endswith("/body")
        assert len(tab.context.pages) == 1
        tab.close()
        assert heard == []
        port = int(its.rpartition(":")[2])
        socket.create_connection(("127.0.0.1", port)).recv(1)
        assert heard == [b"connected"]  # it would have heard
