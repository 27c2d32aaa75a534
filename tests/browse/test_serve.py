"""The server behind ``newsspider browse``."""

from __future__ import annotations

import base64
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from archives import make_older
from datasette.app import Datasette

from newsspider.browse import compat, door, gazetteer, templating, warm
from newsspider.browse.serve import _Server, open_archive, serve
from newsspider.errors import ArchiveError, NewsspiderError, UsageError
from newsspider.store.schema import VERSION


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_and_ends_cleanly(
    start: Callable[[], tuple[subprocess.Popen[str], str]], signum: signal.Signals
) -> None:
    process, address = start()
    with urllib.request.urlopen(address, timeout=120) as answer:
        assert "News archive" in answer.read().decode()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address.removesuffix('/-/newsspider')}/nothing/here", timeout=120)
    process.send_signal(signum)
    assert process.wait(timeout=120) == 0


def test_a_busy_port_is_a_clear_error(archive_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(NewsspiderError, match=f"127.0.0.1:{port}: can't listen there .*in use.*--port"):
            serve(archive_path, port=port)


def test_what_is_no_archive_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive; run newsspider demo first"):
        serve(tmp_path / "archive.db", made_by="newsspider demo")
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


def test_an_archive_of_an_older_version_is_brought_up_to_date(
    archive_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_older(archive_path)
    open_archive(archive_path)
    assert "brought up to date" in capsys.readouterr().err
    open_archive(archive_path)
    assert capsys.readouterr().err == ""
    with closing(sqlite3.connect(archive_path)) as db:
        assert db.execute("SELECT count(*) FROM backfills").fetchone() == (0,)


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


def asked(address: str, password: str | None = None, user: str = "me") -> tuple[int, str | None]:
    """The status of an answer, and how it asks for a password."""
    request = urllib.request.Request(address)
    if password is not None:
        coded = base64.b64encode(f"{user}:{password}".encode()).decode()
        request.add_header("Authorization", f"Basic {coded}")
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        return error.code, error.headers["WWW-Authenticate"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "archive.example"])
def test_others_are_not_served_without_a_password(archive_path: Path, host: str) -> None:
    with pytest.raises(UsageError, match=f"--host: {host} can be reached by others.*copyright.*add --public"):
        serve(archive_path, host=host, port=0)


def test_the_public_is_asked_for_the_password(archive_path: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("ភ្នំពេញ ១២៣\n")
    command = [
        sys.executable,
        "-m",
        "newsspider.cli",
        "browse",
        "--data",
        str(tmp_path),
        "--port",
        "0",
        "--public",
    ]
    with subprocess.Popen(
        [*command, "--password-file", str(tmp_path / "secret")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            assert process.stderr
            address = next(word for word in process.stdout.readline().split() if word.startswith("http"))
            for path in (
                "/archive/front",
                "/archive/articles.json",
                "/archive.db",
                "/-/static/app.css",
                "/robots.txt",
            ):
                url = address.replace("/archive/front", path)
                assert asked(url) == (401, 'Basic realm="newsspider", charset="UTF-8"')
                assert asked(url, "ភ្នំពេញ ១២")[0] == asked(url, "")[0] == 401
            assert asked(address, "ភ្នំពេញ ១២៣")[0] == asked(address, "ភ្នំពេញ ១២៣", "")[0] == 200
            process.send_signal(signal.SIGTERM)
            said = process.stderr.read()
        finally:
            process.kill()
    assert "copyright" in said
    assert "HTTPS" in said
    assert "១២៣" not in said


def test_a_password_comes_from_a_file_or_the_environment_or_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSSPIDER_PASSWORD", raising=False)
    first, second = door.password(None), door.password(None)
    assert first != second
    assert first[1] is True
    assert len(first[0]) >= 16
    monkeypatch.setenv("NEWSSPIDER_PASSWORD", "from the environment")
    assert door.password(None) == ("from the environment", False)
    (tmp_path / "secret").write_text("from the file\n")
    assert door.password(tmp_path / "secret") == ("from the file", False)
    (tmp_path / "secret").write_text("short\n")
    with pytest.raises(UsageError, match="secret: the password has fewer than 8 characters"):
        door.password(tmp_path / "secret")
    with pytest.raises(NewsspiderError, match="none: can't be read"):
        door.password(tmp_path / "none")


async def test_the_door_is_closed_whatever_comes() -> None:
    told: list[Any] = []

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        told.append("inside")

    async def send(message: Any) -> None:
        told.append(message["type"])

    await door.closed(inside, "secret")({"type": "websocket", "headers": []}, None, send)
    await door.closed(inside, "secret")({"type": "lifespan"}, None, send)
    assert told == ["websocket.close", "inside"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("me:a:long:word", 200),
        (":a:long:word", 200),
        ("me:a", 401),
        ("me:long:word", 401),
        ("a:long:word", 401),
    ],
)
async def test_a_password_may_have_colons(given: str, status: int) -> None:
    told: list[Any] = []

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})

    async def send(message: Any) -> None:
        told.append(message)

    header = b"Basic " + base64.b64encode(given.encode())
    scope = {"type": "http", "headers": [(b"authorization", header)]}
    await door.closed(inside, "a:long:word")(scope, None, send)
    assert told[0]["status"] == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"127.0.0.1:8001", 200),
        (b"localhost:8001", 200),
        (b"LOCALHOST", 200),
        (b"news.localhost:80", 200),
        (b"[::1]:8001", 200),
        (b"192.0.2.1:8001", 200),
        (b"", 200),
        (b"rebound.example:8001", 403),
        (b"localhost.example", 403),
        (b"127.0.0.1.example", 403),
        (b"evil\xff", 403),
    ],
)
async def test_a_name_of_somebody_else_that_leads_here_gets_nothing(host: bytes, status: int) -> None:
    told: list[Any] = []

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})

    async def send(message: Any) -> None:
        told.append(message)

    await door.at_home(inside)({"type": "http", "headers": [(b"host", host)]}, None, send)
    assert told[0]["status"] == status


def test_a_server_for_this_machine_asks_for_its_name(
    start: Callable[[], tuple[subprocess.Popen[str], str]],
) -> None:
    _, address = start()
    assert asked(address)[0] == 200
    request = urllib.request.Request(address, headers={"Host": "rebound.example"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=10)


async def test_what_the_first_visitor_would_wait_for_is_made_ready(opened: Datasette) -> None:
    templating.environment.cache_clear()
    gazetteer._gazetteer.cache_clear()
    warm.start(opened).join()
    compiled = {key[1] for key in templating.environment().cache or ()}
    assert compiled == set(templating.environment().list_templates())
    assert gazetteer._gazetteer.cache_info().currsize == 1
    theirs = compat.templates(opened)
    assert {"table.html", "_table.html"} <= {key[1] for key in theirs.cache}
    assert 'role="main"' in (await opened.client.get("/archive/articles")).text


async def test_the_server_begins_with_that_as_soon_as_it_is_there(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def started(*_: Any, **__: Any) -> None:
        begun.append("server")

    begun: list[Any] = []
    monkeypatch.setattr(uvicorn.Server, "startup", started)
    monkeypatch.setattr(warm, "start", begun.append)
    datasette = open_archive(archive_path)
    config = uvicorn.Config(datasette.app())
    await _Server(config, archive_path, "http://here/", False, datasette).startup()
    assert begun == ["server", datasette]
