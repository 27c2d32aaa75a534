"""The frozen dataclasses that pass between the stages. Times are aware datetimes in UTC unless a field says
otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


# ---- discover -> frontier ------------------------------------------------------------------------
class Role(StrEnum):
    """What a page is to the crawl."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a feed, sitemap or page named, with what it said of it."""

    url: str
    role: Role = Role.ARTICLE
    title: str | None = None
    published: str | None = None  # ISO 8601, with the zone that was given, if any
    modified: str | None = None  # a sitemap's lastmod, the same way


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both included, in which an article must have been published or changed, by what feeds and sitemaps say of
    it, to be asked for; None: open. What none of them has dated lies in every window.
    """

    since: date | None = None
    until: date | None = None


ALL_DAYS = Window()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The capture that has the body which a later one would only repeat."""

    url: str
    fetched_at: datetime
    digest: str  # of the body in its content coding, as WARC-Payload-Digest writes it


@dataclass(frozen=True, slots=True)
class WarcPlace:
    """Where a response record stands: the file's name in the folder ``warc/`` and the record's byte range
    there.
    """

    file: str
    offset: int
    length: int
    digest: str  # WARC-Payload-Digest: "sha1:" and Base32, of the body in its content coding


@dataclass(frozen=True, slots=True)
class ReadFrom:
    """The capture that an article's stored state was read from, and by which version of the splitter."""

    capture: int
    place: WarcPlace
    split_version: str


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page of the frontier that is to be fetched now."""

    id: int
    url: str
    source: str  # the source's ID
    role: Role
    attempts: int = 0
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None  # what the feed or sitemap said
    published: str | None = None
    earlier: Earlier | None = None  # its last capture with a body that was read
    is_new: bool = True  # it was never asked for
    hops: int = 0  # links from a page that a feed, sitemap or section named
    read_from: ReadFrom | None = None  # of its article


# ---- fetch -> archive ----------------------------------------------------------------------------
Headers = tuple[tuple[bytes, bytes], ...]  # name and value, in order, repeated names repeated


@dataclass(frozen=True, slots=True)
class Capture:
    """One exchange with a server: a request and its response, the body in its content coding."""

    url: str
    fetched_at: datetime
    status: int
    request_headers: Headers
    response_headers: Headers
    body: bytes
    method: str = "GET"
    protocol: str = "HTTP/1.1"
    ip_address: str | None = None
    revisits: Earlier | None = None  # the server said or sent what it had said before: the body is kept there
    origin: str | None = (
        None  # where it was taken from, if not from the server: another archive's address of it
    )

    def header(self, name: str) -> str | None:
        """The first value of a response header, whatever the spelling of its name; None where there is none."""
        wanted = name.lower().encode()
        return next(
            (v.decode("latin-1").strip() for n, v in self.response_headers if n.lower() == wanted), None
        )


# ---- split ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Dateline:
    """The line at the head of a report that says where, when and by which agency it was filed."""

    text: str
    place: str | None = None
    date: str | None = None  # YYYY-MM-DD, or --MM-DD where no year is known
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A ticker entry or a related link."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands in the article and is not its text; ``after`` counts the paragraphs of the body before it."""

    kind: str  # post, pullquote, caption, notice, factbox
    text: str
    after: int


@dataclass(frozen=True, slots=True)
class Article:
    """The structured record of one page, as ``newsspider split`` prints it."""

    url: str | None = None
    canonical_url: str | None = None
    kind: str = "other"  # article, listing, other
    flags: tuple[str, ...] = ()  # partial, paywalled, blocked
    headline: str | None = None
    kicker: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None  # ISO 8601 as the page gives it: with its zone, or none
    modified: str | None = None
    dateline: Dateline | None = None
    body: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    ticker: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    image: str | None = None
    split_version: str = ""
    provenance: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The record with plain lists and dicts, keys in the order of the contract, ready for JSON."""
        return _plain(self)  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    """What ``dataclasses.asdict`` makes of a record, with lists for tuples; several times as fast."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, tuple):
        return [entry if isinstance(entry, str) else _plain(entry) for entry in value]
    if isinstance(value, Link):
        return {"text": value.text, "url": value.url}
    if isinstance(value, Article | Dateline | Aside):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return dict(value) if isinstance(value, dict) else value


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a page as it stands there: absolute address, its text, and which part of the page it stands
    in.
    """

    url: str
    text: str
    part: str  # nav, header, main, aside, footer


# ---- crawl -> store ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Former:
    """What a capture from which an article's state was once read otherwise comes out as today."""

    capture: int
    article: Article


class Outcome(StrEnum):
    """The one way in which a page ends in a crawl; ``reason`` beside it says why."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    GONE = "gone"
    REFUSED = "refused"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """What one response became: everything that the writer stores of it in one transaction.

    ``captures`` holds every exchange that led here, redirect hops and failed tries included, the last one
    last. Without ``page`` it is an exchange of the crawl itself (robots.txt).
    """

    source: str
    outcome: Outcome
    reason: str  # a word: "ok", "http_404", "robots", "too_large", "private_address", ..
    at: datetime
    page: int | None = None  # the frontier's id of the page that was asked for
    url: str | None = None  # the address that answered in the end
    role: Role = Role.ARTICLE
    captures: tuple[Capture, ...] = ()
    article: Article | None = None
    article_url: str | None = None  # the address that stands for the story (canonical where accepted)
    former: Former | None = None  # where the stored state was read otherwise than pages are read today
    moved_permanently: bool = False  # the page redirects for good (301, 308)
    found: tuple[Found, ...] = ()
    further: tuple[
        Found, ...
    ] = ()  # the next page of a list: of interest where this one named much that is new
    shape: str | None = None  # of the address: what such addresses turn out to be is learned
    retry_after: datetime | None = None  # not before then
    problem: str | None = None  # a sentence for the table of problems
