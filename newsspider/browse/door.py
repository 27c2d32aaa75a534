"""Who may come in: this machine alone, or others who know a password.

A browser asks for it by itself (HTTP Basic, RFC 7617; any user name). It is compared in a time that does not tell how much
of it was right. Over plain HTTP it can be read on the way.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import os
import re
import secrets
from pathlib import Path
from typing import Any

from newsspider.browse.headers import ROBOTS, App
from newsspider.errors import NewsspiderError, UsageError

VARIABLE = "NEWSSPIDER_PASSWORD"
_LEAST = 8  # characters of a password
_REFUSED = (
    (b"www-authenticate", b'Basic realm="newsspider", charset="UTF-8"'),
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-robots-tag", ROBOTS),
)


def is_this_machine(host: str) -> bool:
    """Whether only this machine reaches a server there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_ELSEWHERE = (
    b"This archive is served to this machine alone: open it as localhost or 127.0.0.1. For others, by another name or through a"
    b" proxy: newsspider browse --public\n"
)


def at_home(app: App) -> App:
    """The server, for whoever calls this machine by a name of its own. A page elsewhere can have its own name lead here, and
    the browser of this machine then gives it all that it reads (DNS rebinding).
    """

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or _is_own_name(_header(scope, b"host").decode("latin-1")):
            await app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 403, "headers": list(_REFUSED[1:])})
        await send({"type": "http.response.body", "body": _ELSEWHERE})

    return answer


def _is_own_name(host: str) -> bool:
    """Whether a Host header names this machine, or an address; without one no browser asks."""
    name = re.sub(r":[0-9]*$", "", host).strip("[]").lower()
    try:
        return (
            not name or name == "localhost" or name.endswith(".localhost") or bool(ipaddress.ip_address(name))
        )
    except ValueError:
        return False


def _header(scope: Any, wanted: bytes) -> bytes:
    """A header of a request; empty where there is none."""
    value: bytes = next((value for name, value in scope["headers"] if name == wanted), b"")
    return value


def password(file: Path | None) -> tuple[str, bool]:
    """The password of ``file``, else of the environment (``VARIABLE``), else a new one; whether it is new.

    Raises ``NewsspiderError`` where the file can't be read, ``UsageError`` where it is too short.
    """
    where, known = str(file or VARIABLE), os.environ.get(VARIABLE, "")
    if file is not None:
        try:
            known = file.read_text("utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise NewsspiderError(where, f"can't be read ({error})", "write the password into it") from error
    elif not known:
        return secrets.token_urlsafe(12), True
    if len(known) < _LEAST:
        found = f"the password has fewer than {_LEAST} characters"
        raise UsageError(where, found, "take a longer one, or none and have one made")
    return known, False


def closed(app: App, secret: str) -> App:
    """The server, for those who know the password."""
    wanted = secret.encode()

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan" or hmac.compare_digest(_given(scope), wanted):
            await app(scope, receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 401, "headers": list(_REFUSED)})
            await send({"type": "http.response.body", "body": b"This archive asks for a password.\n"})
        else:
            await send({"type": "websocket.close"})

    return answer


def _given(scope: Any) -> bytes:
    """The password that a request brings; nothing where it brings none."""
    kind, _, coded = _header(scope, b"authorization").partition(b" ")
    if kind.lower() != b"basic":
        return b""
    try:
        return base64.b64decode(coded.strip(), validate=True).partition(b":")[2]
    except binascii.Error:
        return b""
