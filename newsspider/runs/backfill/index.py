"""The index of the Wayback Machine, asked through its CDX server.

https://github.com/internetarchive/wayback/blob/master/wayback-cdx-server/README.md
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from newsspider.errors import PageError

_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")
_TIMESTAMP = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A capture that the index names. ``timestamp``: 14 digits, UTC."""

    urlkey: str
    timestamp: str
    original: str
    mimetype: str
    statuscode: str
    digest: str

    @property
    def name(self) -> str:
        """What tells it from all others of the index."""
        return f"{self.urlkey} {self.timestamp} {self.digest}"

    @property
    def moment(self) -> datetime | None:
        """When the capture was made; None where the index has no such day (it does hold some)."""
        return moment_of(self.timestamp)

    @property
    def is_page(self) -> bool:
        """Whether it is a page of HTML. Of ``warc/revisit`` the body stands with an earlier capture; filters let other
        types through where the index was made from several.
        """
        return self.statuscode == "200" and self.mimetype.lower() in ("text/html", "application/xhtml+xml")


def moment_of(timestamp: str) -> datetime | None:
    """The moment of 14 digits; None where they mean none."""
    if not _TIMESTAMP.fullmatch(timestamp):
        return None
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def timestamp_of(moment: datetime) -> str:
    """A moment as 14 digits, UTC."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def query(
    domain: str,
    begin: datetime | None,
    end: datetime | None,
    *,
    versions: bool,
    count: int,
    resume: str | None,
) -> str:
    """The path and query for captures of HTML pages of a domain, from ``begin`` to ``end`` (both included).

    ``versions``: each capture that differs from the one before; else the first of each address. ``resume``: the key
    behind the entries that were had before.
    """
    pairs = [("url", domain), ("matchType", "domain"), ("output", "json"), ("fl", ",".join(_FIELDS))]
    pairs += [("filter", "statuscode:200"), ("filter", "mimetype:text/html")]
    pairs += [("collapse", "digest" if versions else "urlkey")]
    pairs += [("from", timestamp_of(begin))] if begin else []
    pairs += [("to", timestamp_of(end))] if end else []
    pairs += [("limit", str(count)), ("showResumeKey", "true")]
    pairs += [("resumeKey", resume)] if resume else []
    return "/cdx/search/cdx?" + urlencode(pairs)


def read_index(body: bytes, url: str) -> tuple[list[Entry], str | None]:
    """The entries of an answer, and the key to go on with; None where it is the last. Rows that are none are left out.

    The first row names the fields; an empty row stands before the key. Raises ``PageError`` for what is no such answer.
    """
    try:
        rows = json.loads(body) if body.strip() else []
    except ValueError as error:
        raise PageError(url, "its answer is no index", "run it again later") from error
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise PageError(url, "its answer is no index", "run it again later")
    key = None
    if len(rows) >= 2 and not rows[-2] and len(rows[-1]) == 1:
        key, rows = str(rows[-1][0]), rows[:-2]
    whole = [row for row in rows[1:] if len(row) == len(_FIELDS)]
    return [Entry(*(str(value or "") for value in row)) for row in whole], key
