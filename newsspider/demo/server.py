"""The demo newspaper on loopback: a real HTTP/1.1 server (keep-alive, gzip, ETag, 304) in a thread."""

from __future__ import annotations

import gzip
import re
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Self
from urllib.parse import unquote, urlsplit

from newsspider.demo.pages import HTML, MOVED, MOVED_TO, SHAKY, Page, page_at
from newsspider.demo.paper import NAME, load_paper

PORT = 8765  # taken where it is free: the addresses in an archive stay the same from one demo to the next
_TEXT = {"Content-Type": "text/plain; charset=utf-8"}
_NOT_FOUND = b"<!doctype html><title>Not found</title><h1>Not found</h1><p>There is no such page.</p>"
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?")
_FAILURES = 2  # times that the shaky page fails before it works

_SOURCE = """\
# The demo newspaper, written by: newsspider demo
name = "{name}"
home = "{home}"
language = "en"
timezone = "Asia/Phnom_Penh"

[fetch]
delay = 0              # robots.txt asks for 0.05 seconds, which holds
concurrency = 2
allow_private = true   # it is served on this machine

[expect]
headline = 1.0
body = 1.0
published = 1.0
dateline = {dateline:.1f}
"""


def demo_source(home: str) -> str:
    """The source file (TOML) of the demo newspaper served at ``home``."""
    stories = load_paper().stories
    filed = sum(story.dateline is not None for story in stories) / len(stories)
    return _SOURCE.format(name=NAME, home=home, dateline=int(filed * 10) / 10)


class DemoSite:
    """Serves the demo newspaper on 127.0.0.1 while the context lasts; ``url`` is its home page. It is the first edition
    until ``go_late``.

    Each site counts its own failures: the shaky page answers 500 twice in the life of a site.
    """

    def __init__(self, port: int = PORT) -> None:
        self._server = _serve_on(port)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="demo site", daemon=True)

    @property
    def url(self) -> str:
        """The home page's address, with a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def go_late(self) -> None:
        """Serve the late edition from now on."""
        self._server.late = True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, _Handler)
        self.failures_left = _FAILURES
        self.late = False
        self.lock = Lock()

    def fails_now(self) -> bool:
        """Whether the shaky page fails once more; counts it."""
        with self.lock:
            self.failures_left -= 1
            return self.failures_left >= 0


def _serve_on(port: int) -> _Server:
    """A server on that port, on any free one where it is taken."""
    try:
        return _Server(("127.0.0.1", port))
    except OSError:
        return _Server(("127.0.0.1", 0))


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "Lantern/1.0"
    sys_version = ""
    wbufsize = -1  # headers and body in one packet
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        base, paper = self._base(), load_paper(late=self.server.late)
        moved = {MOVED: paper.by_slug[MOVED_TO].path, **paper.moved}
        if path in moved:
            self._answer(301, b"Moved", {**_TEXT, "Location": base + moved[path]})
        elif path == paper.by_slug[SHAKY].path and self.server.fails_now():
            self._answer(500, b"The newsroom's server is having a moment.", _TEXT)
        elif page := page_at(path, base, late=self.server.late):
            self._page(page)
        else:
            self._answer(404, _NOT_FOUND, {"Content-Type": HTML})

    do_HEAD = do_GET

    def _base(self) -> str:
        """Scheme and host as they were asked for; what is no host name is not repeated on a page."""
        host = self.headers.get("Host", "")
        return f"http://{host if _HOST.fullmatch(host) else f'127.0.0.1:{self.server.server_port}'}"

    def _page(self, page: Page) -> None:
        body, packed, etag = _coded(page.body)
        headers = {
            "ETag": etag,
            "Last-Modified": format_datetime(page.modified.astimezone(UTC), usegmt=True),
            "Vary": "Accept-Encoding",
        }
        if self._unchanged(page, etag):
            self._answer(304, b"", headers)
            return
        headers["Content-Type"] = page.content_type
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = packed
            headers["Content-Encoding"] = "gzip"
        self._answer(200, body, headers)

    def _unchanged(self, page: Page, etag: str) -> bool:
        """Whether the client has this very page; If-None-Match goes before a date (RFC 9110 13.1)."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
        try:
            return parsedate_to_datetime(self.headers.get("If-Modified-Since", "")) >= page.modified
        except (TypeError, ValueError):
            return False

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """The demo shows its own progress."""


@lru_cache(maxsize=512)
def _coded(body: bytes) -> tuple[bytes, bytes, str]:
    """A body, the same packed, and its ETag."""
    return body, gzip.compress(body, 6, mtime=0), f'"{sha1(body, usedforsecurity=False).hexdigest()[:16]}"'
