"""A site on loopback that answers what a test wants and notes what it was asked."""

from __future__ import annotations

import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, TypeVar


@dataclass(frozen=True)
class Answer:
    """What the site answers: status, headers (a list where a name is repeated), body, after ``seconds``."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] | list[tuple[str, str]] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request as the site saw it; its start and end on the monotonic clock; what was answered."""

    path: str
    method: str
    headers: dict[str, str]  # names in lower case
    start: float
    end: float
    status: int = 200
    size: int = 0  # bytes of the answer's body
    sent: bytes = b""  # the body of the request


class Site:
    """Serves pages on 127.0.0.1, or another address of the loopback, and notes what it was asked.

    ``pages[path]`` is an ``Answer``; text or bytes (a page of HTML); a list of these, one for each request
    (the last stays); or a function of the request's headers that gives one. A path with its query is
    looked for first, then the path alone. What is not there answers 404.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, Any] = {}
        self.asked: list[Asked] = []
        self.lock = Lock()
        self.server = _Server((host, 0), _Handler)
        self.server.daemon_threads = True
        self.server.site = self  # type: ignore[attr-defined]
        self._seen: dict[str, int] = {}

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://{self.server.server_address[0]}:{self.server.server_port}"

    def paths(self) -> list[str]:
        """What was asked for, in the order of the answers."""
        return [asked.path for asked in self.asked]

    def most_at_once(self, slack: float = 0.0) -> int:
        """The largest number of requests that were in flight together. ``slack``: seconds that a busy machine may be late
        to note the end of one.
        """
        edges = sorted(
            [(a.start, 1) for a in self.asked] + [(max(a.start, a.end - slack), -1) for a in self.asked]
        )
        most = now = 0
        for _, step in edges:
            now += step
            most = max(most, now)
        return most

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """What a request gets; counts it for pages that answer differently in turn."""
        key = path if path in self.pages else path.partition("?")[0]
        page = self.pages.get(key, Answer(b"not here", 404))
        if isinstance(page, list):
            with self.lock:
                turn = self._seen[key] = self._seen.get(key, 0) + 1
            page = page[min(turn, len(page)) - 1]
        if callable(page):
            page = page(headers)
        return (
            page
            if isinstance(page, Answer)
            else Answer(page, headers={"Content-Type": "text/html; charset=utf-8"})
        )


S = TypeVar("S", bound=Site)


@contextmanager
def served(site: S | None = None, poll: float = 0.02) -> Iterator[S]:
    """A site that answers until the block ends; an empty one where none is given. ``poll``: seconds between two looks
    whether it has ended.
    """
    site = site or Site()  # type: ignore[assignment]
    thread = Thread(target=site.server.serve_forever, args=(poll,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        thread.join()
        site.server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A crawl that was killed hangs up; anything else is an error of the test."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        start = time.monotonic()
        site: Site = self.server.site  # type: ignore[attr-defined]
        headers = {name.lower(): value for name, value in self.headers.items()}
        sent = self.rfile.read(int(headers.get("content-length", 0)))
        answer = site.answer(self.path, headers)
        given_up = bool(answer.seconds) and _waits_in_vain(self.connection, answer.seconds)
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        pairs = list(answer.headers.items()) if isinstance(answer.headers, dict) else answer.headers
        # Noted before it is sent: who has the answer can count on finding the note.
        with site.lock:
            noted = (
                self.path,
                self.command,
                headers,
                start,
                time.monotonic(),
                answer.status,
                len(body),
                sent,
            )
            site.asked.append(Asked(*noted))
        if given_up:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in pairs:
            self.send_header(name, value)
        names = {name.lower() for name, _ in pairs}
        if not names & {"content-length", "transfer-encoding"} and answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET
    do_POST = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing on stderr."""


def _waits_in_vain(connection: Any, seconds: float) -> bool:
    """Waits so long; whether the other side hung up meanwhile."""
    return bool(select.select([connection], [], [], seconds)[0])
