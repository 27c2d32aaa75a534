"""A server on loopback that behaves like the Wayback Machine: its index and its captures."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha1
from itertools import groupby
from operator import attrgetter
from urllib.parse import parse_qs, urlsplit

from loopback import Answer, Site

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")


@dataclass(frozen=True)
class Kept:
    """A capture that it has. ``leaks``: the index names it whatever the filters say; ``served``: it can be shown;
    ``sent``: more headers of its own, beside those that the site had sent (``headers``).
    """

    timestamp: str
    original: str
    body: bytes | str = b""
    mimetype: str = "text/html"
    statuscode: str = "200"
    headers: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    leaks: bool = False
    served: bool = True

    @property
    def data(self) -> bytes:
        """Its body as it is kept."""
        return self.body.encode() if isinstance(self.body, str) else self.body

    @property
    def digest(self) -> str:
        """SHA-1 in Base32."""
        return b32encode(sha1(self.data).digest()).decode()

    @property
    def urlkey(self) -> str:
        """The address as the index sorts it: the host's labels turned around, no ``www.``, no scheme."""
        parts = urlsplit(self.original)
        labels = (parts.hostname or "").removeprefix("www.").split(".")
        query = f"?{parts.query}" if parts.query else ""
        return f"{','.join(reversed(labels))}){parts.path.lower()}{query}"


class WaybackMachine(Site):
    """``kept``: what it has; ``trouble``: what the next requests get instead of an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Kept] = []
        self.trouble: list[Answer] = []
        self.before: Callable[[str], None] = lambda path: None  # called with each path before it is answered

    @property
    def captures(self) -> list[str]:
        """The captures that were asked for, as timestamp and address, in order."""
        return [path.removeprefix("/web/") for path in self.paths() if path.startswith("/web/")]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """The index, a capture, a way to the nearest one, or none."""
        self.before(path)
        if self.trouble:
            return self.trouble.pop(0)
        return self._index(path) if path.startswith("/cdx/") else self._capture(path)

    def _index(self, path: str) -> Answer:
        asked = parse_qs(urlsplit(path).query)
        rows = [kept for kept in self.kept if self._fits(kept, asked)]
        rows.sort(key=attrgetter("urlkey", "timestamp"))
        if asked.get("collapse") == ["urlkey"]:
            rows = [next(group) for _, group in groupby(rows, key=attrgetter("urlkey"))]
        elif asked.get("collapse") == ["digest"]:
            rows = [next(group) for _, group in groupby(rows, key=attrgetter("urlkey", "digest"))]
        if "resumeKey" in asked:
            rows = [row for row in rows if f"{row.urlkey} {row.timestamp}" > asked["resumeKey"][0]]
        limit = int(asked["limit"][0])
        table: list[list[str]] = [list(FIELDS)] if rows else []
        table += [[str(getattr(row, name)) for name in FIELDS] for row in rows[:limit]]
        if len(rows) > limit:
            last = rows[limit - 1]
            table += [[], [f"{last.urlkey} {last.timestamp}"]]
        packed = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        return Answer(gzip.compress(json.dumps(table).encode()), headers=packed)

    def _fits(self, kept: Kept, asked: dict[str, list[str]]) -> bool:
        host = urlsplit(kept.original).hostname or ""
        if host != asked["url"][0] and not host.endswith("." + asked["url"][0]):
            return False
        if not asked.get("from", ["0"])[0] <= kept.timestamp <= asked.get("to", ["9"])[0]:
            return False
        pairs = [one.split(":", 1) for one in asked.get("filter", [])]
        return kept.leaks or all(re.fullmatch(regex, getattr(kept, name)) for name, regex in pairs)

    def _capture(self, path: str) -> Answer:
        match = re.fullmatch(r"/web/(\d{14})id_/(.+)", path)
        assert match, path
        asked, url = match.groups()
        mine = [kept for kept in self.kept if kept.served and kept.original == url]
        if not mine:
            return Answer("<h1>Hrm.</h1> not archived", 404, {"Content-Type": "text/html"})
        nearest = min(mine, key=lambda kept: abs(int(kept.timestamp) - int(asked)))
        if nearest.timestamp != asked:
            return Answer(status=302, headers={"Location": f"/web/{nearest.timestamp}id_/{url}"})
        moment = datetime.strptime(asked, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        original = {f"x-archive-orig-{name}": value for name, value in nearest.headers.items()}
        own = {
            "Server": "nginx",
            "Memento-Datetime": format_datetime(moment, usegmt=True),
            "Content-Type": f"{nearest.mimetype}; charset=utf-8",
        }
        return Answer(nearest.data, int(nearest.statuscode), {**own, **original, **nearest.sent})
