"""Wire bytes: what went over the connection, kept as it was.

Kept: status, protocol, the server's address, all headers with repeated ones repeated, the body in its content
coding. Gone by the time that Scrapy hands a response over: the reason phrase, the spelling of header names,
the order between different headers, chunking (the body comes joined)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newsspider import clock
from newsspider.records import Capture, Headers

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers as ScrapyHeaders
    from scrapy.signalmanager import SignalManager

robots_captured = object()  # signal: capture=Capture of a robots.txt exchange


class WireCapture:
    """Downloader middleware, the innermost: every response becomes a ``Capture``.

    For requests with ``meta["exchanges"]`` (a list, shared along redirects and retries) the capture is
    appended there and the response goes on without its body: nothing on the event loop decodes or copies it.
    A robots.txt exchange is sent as the signal ``robots_captured``. Other requests (``scrapy shell``) are
    left alone."""

    def __init__(self, signals: SignalManager) -> None:
        self._signals = signals

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.signals)

    def process_response(self, request: Request, response: Response) -> Response:
        """Appends the capture and returns the response, its body taken off."""
        exchanges = request.meta.get("exchanges")
        if exchanges is None:
            if is_robots(request):
                self._signals.send_catch_log(robots_captured, capture=capture_of(request, response))
            return response
        exchanges.append(capture_of(request, response))
        return _without_body(response)


def is_robots(request: Request) -> bool:
    """Whether this is the robots middleware's own request, or where that was redirected to."""
    return bool(request.meta.get("dont_obey_robotstxt")) and request.callback is NO_CALLBACK


def capture_of(request: Request, response: Response) -> Capture:
    """One exchange as a record; fetched_at is the moment at which the response was complete."""
    return Capture(
        url=request.url,
        fetched_at=clock.now(),
        status=response.status,
        request_headers=_flat(request.headers),
        response_headers=_flat(response.headers),
        body=response.body,
        method=request.method,
        protocol=response.protocol or "HTTP/1.1",
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _flat(headers: ScrapyHeaders) -> Headers:
    return tuple((name, value) for name, values in headers.items() for value in values)


def _without_body(response: Response) -> Response:
    """The same response without body and content coding, so that no later middleware decodes it."""
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    return Response(
        response.url,
        status=response.status,
        headers=headers,
        flags=response.flags,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )
