"""robots.txt as RFC 9309 reads it, on top of Scrapy's middleware and Protego.

What Scrapy leaves open: a file that can't be reached (5xx, no connection) forbids everything (2.3.1.4), one
that is not there (4xx) allows everything (2.3.1.3), and a byte order mark or stray bytes must not lose a
rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import TextResponse
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newsspider.coding import TooLarge, decode_body
from newsspider.fetch.refusals import explain
from newsspider.fetch.wire import is_robots

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

    from newsspider.records import Capture

_FORBID_ALL = b"User-agent: *\nDisallow: /\n"
# RFC 9309 2.2.1: a product token has letters, "_" and "-" alone; what follows it ("newsspider/1.0") is no part of it.
_AGENT_LINE = re.compile(
    rb"^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)[^a-z_\r\n#-][^\r\n#]*", re.IGNORECASE | re.MULTILINE
)
_MAX_BYTES = 512 * 1024  # RFC 9309 2.5: at least 500 KiB must be read
_STRAY = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xef\xbb\xbf|\xc2\xa0")


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, with the rules for all requests that wait for a robots.txt. Scrapy 2.19 lets them wait for one
    Deferred, whose result is gone behind the first that takes it: the others were asked whatever the rules say.
    """

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for an address; None where there are none."""
        asked = self._parsers.get(urlsplit(request.url).netloc)
        if not isinstance(asked, Deferred):
            return await super().robot_parser(request)
        mine: Deferred[RobotParser | None] = Deferred()

        def hand_on(rules: RobotParser | None) -> RobotParser | None:
            mine.callback(rules)
            return rules

        asked.addCallback(hand_on)
        return await maybe_deferred_to_future(mine)


class RobotsRules:
    """Downloader middleware between Scrapy's robots middleware and the rest: makes the rules that the RFC
    wants of each answer.
    """

    def __init__(self) -> None:
        self._unreachable: dict[str, str] = {}

    def why_unreachable(self, url: str) -> str | None:
        """The reason under which the host's pages are counted where they are forbidden only because its robots.txt could
        not be had: that of the connection, or that the robots.txt answered an error.
        """
        return self._unreachable.get(urlsplit(url).netloc)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer to a request for robots.txt as clean rules; other responses unchanged."""
        if not is_robots(request):
            return response
        if response.status >= 500 or response.status == 429:
            return self._forbid(request, "robots_unreachable")
        body = clean_rules(response.body) if response.status < 300 else b""
        return TextResponse(response.url, status=response.status, body=body, encoding="utf-8")

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """A robots.txt that can't be had forbids all; other requests' exceptions go on."""
        return self._forbid(request, explain(exception)[1]) if is_robots(request) else None

    def _forbid(self, request: Request, reason: str) -> Response:
        # The first reason holds: Scrapy hands what is returned for an exception to process_response too.
        self._unreachable.setdefault(urlsplit(request.url).netloc, reason)
        return TextResponse(request.url, status=503, body=_FORBID_ALL, encoding="utf-8")


def rules_of(capture: Capture) -> str:
    """The text of a captured robots.txt; empty where it can't be decoded within bounds."""
    try:
        body, _ = decode_body(capture.body, capture.header("Content-Encoding"), 4 * _MAX_BYTES)
    except TooLarge:
        return ""
    return clean_rules(body).decode("utf-8", "replace")


def clean_rules(body: bytes) -> bytes:
    """The file without byte order marks and control characters, as UTF-8, cut at a line end after 512 KiB."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        body = body.decode("utf-16", "replace").encode()
    if len(body) > _MAX_BYTES:
        body = body[: body.rfind(b"\n", 0, _MAX_BYTES) + 1 or _MAX_BYTES]
    cleaned = _AGENT_LINE.sub(rb"\1", _STRAY.sub(b"", body))
    return b"\n".join(line.strip() for line in cleaned.splitlines())
