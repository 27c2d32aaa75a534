"""The server behind ``newsspider browse``."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from archives import make_older

from newsspider.browse.serve import open_archive, serve
from newsspider.errors import ArchiveError, NewsspiderError
from newsspider.store.schema import VERSION


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_and_ends_cleanly(
    start: Callable[[], tuple[subprocess.Popen[str], str]], signum: signal.Signals
) -> None:
    process, address = start()
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert "News archive" in answer.read().decode()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address.removesuffix('/-/newsspider')}/nothing/here", timeout=10)
    process.send_signal(signum)
    assert process.wait(timeout=10) == 0


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


def test_an_archive_of_an_older_version_is_brought_up_to_date(archive_path: Path) -> None:
    make_older(archive_path)
    open_archive(archive_path)
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
