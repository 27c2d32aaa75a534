"""``newsspider browse``: Datasette on one archive, in this process."""

from __future__ import annotations

import os
import signal
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from newsspider.browse import door, warm
from newsspider.browse.archives import has_log, is_archive, schema_version
from newsspider.browse.pages import front_url
from newsspider.errors import ArchiveError, NewsspiderError, UsageError
from newsspider.store.opening import bring_up_to_date
from newsspider.store.schema import VERSION

# A facet over a hundred thousand articles takes longer than Datasette's 200 ms on a busy machine.
_SETTINGS = {"facet_time_limit_ms": 1000, "sql_time_limit_ms": 3000}
_GRACE = 3  # seconds that requests in flight have when the server ends


def serve(
    path: Path,
    *,
    made_by: str = "newsspider crawl",
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    password: str | None = None,
) -> int:
    """Serve an archive until Ctrl-C or SIGTERM; returns 0. Port 0 takes any free one. ``made_by``: the command
    that makes the archive, for whoever has none yet. ``password``: what visitors are asked for; without one only this
    machine is served.

    Prints the address on stdout as soon as connections are taken. Raises ``ArchiveError`` where the file is
    missing, no archive of ours or of a newer version, ``NewsspiderError`` where the port can't be had, ``UsageError``
    where others would be served without a password.
    """
    if not password and not door.is_this_machine(host):
        found = f"{host} can be reached by others, and the texts are under copyright of their publishers"
        raise UsageError("--host", found, "add --public, which asks visitors for a password")
    datasette = open_archive(path, f"run {made_by} first")
    _quiet()
    listener = _listen(host, port)
    address = _address(host, listener)
    app = datasette.app()
    config = uvicorn.Config(
        door.closed(app, password) if password else door.at_home(app),
        log_level="warning",
        lifespan="on",
        workers=1,
        timeout_graceful_shutdown=_GRACE,
        access_log=False,
    )
    with suppress(KeyboardInterrupt), listener:
        signal.signal(signal.SIGTERM, _interrupt)
        _Server(config, path, address + front_url(datasette), open_browser, datasette).run(sockets=[listener])
    return 0


def open_archive(path: Path, made_by: str = "crawl something into it first") -> Datasette:
    """Datasette with that archive open, for reading alone; one of an older version is brought up to date before.
    ``made_by``: what to do where there is none. Raises ``ArchiveError``.
    """
    if not path.is_file():
        raise ArchiveError(str(path), "there is no archive", made_by)
    if not os.access(path, os.R_OK):
        raise ArchiveError(str(path), "can't be read", "look at its permissions")
    if not is_archive(str(path)):
        raise ArchiveError(str(path), "is no archive of newsspider", "give another --data")
    version = schema_version(str(path))
    if version is not None and version > VERSION:
        found = f"was made by a newer newsspider (schema {version}, this one knows {VERSION})"
        raise ArchiveError(str(path), found, "install the newest version")
    if version is not None and version < VERSION:
        sys.stderr.write(f"{path} is of an older version and is brought up to date, which can take minutes\n")
    bring_up_to_date(path)
    # SQLite keeps an index of the log beside the file; where that can't be made, nobody is writing.
    fixed = not os.access(path.parent, os.W_OK) and not has_log(str(path))
    files = {"immutables": [str(path)]} if fixed else {"files": [str(path)]}
    return Datasette(**{"files": [], **files}, settings=_SETTINGS)


def _quiet() -> None:
    """Where rich is installed, Datasette prints all variables for each address that it doesn't know."""
    from datasette import handle_exception  # before datasette.app it would load half and handle nothing

    handle_exception.rich = None


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NewsspiderError(
            f"{host}:{port}", f"can't listen there ({reason})", "give another --port, or 0 for any free one"
        ) from error


def _address(host: str, listener: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def _interrupt(signum: int, frame: Any) -> None:
    """SIGTERM ends the server as Ctrl-C does: cleanly, with exit code 0."""
    raise KeyboardInterrupt


class _Server(uvicorn.Server):
    """A server that says where it is once it is there, and makes ready what the first visitor would wait for."""

    def __init__(
        self, config: uvicorn.Config, path: Path, address: str, open_browser: bool, datasette: Datasette
    ) -> None:
        super().__init__(config)
        self._path, self._address, self._open, self._datasette = path, address, open_browser, datasette

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.should_exit:
            return
        sys.stdout.write(f"{self._path} is served at {self._address} (Ctrl-C ends)\n")
        sys.stdout.flush()
        warm.start(self._datasette)
        if self._open:
            webbrowser.open(self._address)
