"""What is added to the answers of Datasette itself: a Content-Security-Policy, and that search engines shall stay away.

A script runs only if it stands in a template, or comes from this server as a file. Templates are marked for that
(``newsspider.browse.amended``) with a word that is new for each request; a script that came in with a value has no mark.
Pages of other databases are left alone, and so is a policy that is there already.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils import tilde_decode, tilde_encode

from newsspider.browse.amended import nonce, path
from newsspider.browse.archives import archives
from newsspider.browse.formulas import Harmless

ROBOTS = b"noindex, nofollow, noarchive"
# Scripts of Datasette's that stand in no template: the handler of a button (1.0's table page), and what fits the text field
# to the query that took too long (as 0.65 and 1.0 write it). Such a digest allows these very words and no others.
_HANDLER = "'sha256-+l3zeDxxnrQy0aouZ6fIDwi+bFJ9b3COj5bWIKEUFYU='"
_INTERRUPTED = "'sha256-TreutqMsPAExJmJsJX6er331G0fqcPmKaxpMJtpqEyg='"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' 'nonce-{{nonce}}' 'unsafe-hashes' {_HANDLER} {_INTERRUPTED}",
        "style-src 'self' 'unsafe-inline'",  # the widths and colours that its templates set
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
App = Callable[[Any, Any, Any], Awaitable[None]]


def guarded(datasette: Any, app: App) -> App:
    """The server, with these headers on what it answers for our archives."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not _is_ours(datasette, scope["path"]):
            await app(scope, receive, send)
            return
        word = secrets.token_urlsafe(16)

        table = Harmless() if scope["path"].endswith(".csv") else None  # which is sent without its length

        async def with_headers(message: Any) -> None:
            nonlocal table
            if message["type"] == "http.response.start":
                message = {**message, "headers": _added(list(message.get("headers") or ()), word)}
                table = table if _type_of(message).startswith((b"text/csv", b"text/plain")) else None
            elif table and message["type"] == "http.response.body":
                body = table.feed(message.get("body", b""), not message.get("more_body"))
                message = {**message, "body": body}
            await send(message)

        before = nonce.set(word), path.set(scope["path"])
        try:
            await app(scope, receive, with_headers)
        finally:
            nonce.reset(before[0])
            path.reset(before[1])

    return answer


def _added(headers: list[tuple[bytes, bytes]], word: str) -> list[tuple[bytes, bytes]]:
    known = {name.lower(): value for name, value in headers}
    if b"x-robots-tag" not in known:
        headers.append((b"x-robots-tag", ROBOTS))
    is_page = known.get(b"content-type", b"").lower().startswith(b"text/html")
    if is_page and b"content-security-policy" not in known:
        headers.append((b"content-security-policy", _POLICY.format(nonce=word).encode()))
    return headers


def _type_of(message: Any) -> bytes:
    return next((value for name, value in message["headers"] if name.lower() == b"content-type"), b"")


def _is_ours(datasette: Any, path: str) -> bool:
    """Whether a page belongs to an archive, or to the server where nothing but archives is open."""
    if not archives(datasette):
        return False
    # With --crossdb it reads all databases.
    joined = datasette.crossdb and _first(datasette, path) == "_memory"
    return joined or not others(datasette) or archive_of(datasette, path) is not None


def archive_of(datasette: Any, path: str) -> Any:
    """The archive that a page belongs to; None where it belongs to none."""
    first = _first(datasette, path)
    return next((db for db in archives(datasette) if db.route == first), None)


def _first(datasette: Any, path: str) -> str:
    """The first part of a path, which names the database."""
    base = datasette.setting("base_url")
    first = f"/{path.removeprefix(base)}".lstrip("/").partition("/")[0].partition(".")[0]
    return str(tilde_decode(first))


def others(datasette: Any) -> bool:
    """Whether databases are open that are no archives of ours."""
    known = archives(datasette)
    return any(db not in known for db in datasette.databases.values() if not db.is_memory)


def robots(datasette: Any) -> str:
    """The file robots.txt: what search engines shall not read."""
    paths = [tilde_encode(db.route) for db in archives(datasette)] if others(datasette) else [""]
    return "User-agent: *\n" + "".join(f"Disallow: {datasette.setting('base_url')}{path}\n" for path in paths)
