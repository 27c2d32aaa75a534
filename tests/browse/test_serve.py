"""The server behind ``newsspider browse``."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsspider.browse.serve import open_archive, serve
from newsspider.errors import ArchiveError, NewsspiderError
from newsspider.store.schema import VERSION

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CODE = "import sys; from pathlib import Path; from newsspider.browse.serve import serve; sys.exit(serve(Path(sys.argv[1]), port=0))"


@pytest.fixture
def start(archive_path: Path) -> Iterator[Callable[[], tuple[subprocess.Popen[str], str]]]:
    """Starts the server in a process of its own; gives the process and the address that it prints."""
    running = []

    def run() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-c", _CODE, str(archive_path)], stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout
        line = process.stdout.readline()
        return process, next(word for word in line.split() if word.startswith("http"))

    yield run
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_and_ends_cleanly(
    start: Callable[[], tuple[subprocess.Popen[str], str]], signum: signal.Signals
) -> None:
    process, address = start()
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert "News archive" in answer.read().decode()
    process.send_signal(signum)
    assert process.wait(timeout=10) == 0


def test_a_busy_port_is_a_clear_error(archive_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(NewsspiderError, match=f"127.0.0.1:{port}: can't listen there .*in use.*--port"):
            serve(archive_path, port=port)


def test_what_is_no_archive_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive; crawl something first"):
        serve(tmp_path / "archive.db")
    (tmp_path / "text.db").write_text("not a database")
    with pytest.raises(ArchiveError, match="no archive of newsspider"):
        serve(tmp_path / "text.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE articles (id INTEGER)")
    with pytest.raises(ArchiveError, match="no archive of newsspider"):
        serve(tmp_path / "other.db")


def test_an_archive_of_a_newer_version_is_a_clear_error(archive_path: Path) -> None:
    with closing(sqlite3.connect(archive_path)) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(ArchiveError, match="newer newsspider"):
        serve(archive_path)


def test_an_archive_that_is_being_made_is_known(tmp_path: Path, make: Callable[..., object]) -> None:
    make("new.db")  # its first page is in the write-ahead log
    assert open_archive(tmp_path / "new.db").databases["new"].is_mutable


async def test_an_archive_on_a_read_only_disk_is_served(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    datasette = open_archive(archive_path)
    await datasette.invoke_startup()
    assert not datasette.databases["archive"].is_mutable
    assert (await datasette.client.get("/archive/articles")).status_code == 200


def test_an_article_in_a_real_browser(
    start: Callable[[], tuple[subprocess.Popen[str], str]], chromium: Browser, ids: dict[str, int]
) -> None:
    """From the front page to an article, its related one, and the search box: nothing blocked, no error in the console."""
    _, address = start()
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_role("link", name="River Ferry Fares to Fall by a Quarter").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "River Ferry Fares to Fall by a Quarter"
    assert "We bought back the clock" in page.locator(".ns-body").inner_text()
    font = page.locator(".ns-body").evaluate("e => getComputedStyle(e).fontFamily")
    assert "Noto Serif" in font  # the style sheet is there
    page.get_by_role("link", name="Salt growers ask for a later start to the season").click()
    assert "Rain has kept the pans wet." in page.locator(".ns-body").inner_text()
    page.goto(address)
    page.get_by_role("searchbox").fill("ភ្នំពេញ")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="ស្ពានថ្មី").first.click()
    assert page.locator("h1").get_attribute("lang") == "km"
    page.goto(address.replace("/front", f"/articles/{ids['evil']}"))
    assert page.locator("h1").inner_text().startswith("<script>")
    page.close()
    assert said == []
    assert all(url.startswith((address.partition("/archive")[0], "data:")) for url in asked)


def test_a_phone_has_no_sideways_scroll(
    start: Callable[[], tuple[subprocess.Popen[str], str]], chromium: Browser, ids: dict[str, int]
) -> None:
    _, address = start()
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    for path in (
        "/front",
        f"/articles/{ids['ferry']}",
        f"/articles/{ids['safina']}",
        f"/articles/{ids['evil']}",
    ):
        page.goto(address.replace("/front", path))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.close()
