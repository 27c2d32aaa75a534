"""The download handler: Scrapy's own, which tells when a request goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from newsspider.fetch.politeness import Politeness

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class TimedHandler(HTTP11DownloadHandler):
    """Counts a site's delay from when a request has its connection and is written. Scrapy counts from when its turn came;
    a connection that had to be made first, or a busy event loop, would bring the next one too close behind it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._connect = self._pool.getConnection
        self._pool.getConnection = self._connection  # type: ignore[method-assign]

    def _connection(self, key: Any, endpoint: Any) -> Any:
        """A connection to a place (scheme, host, port, ..), as the pool gives it, just before it is used."""
        return self._connect(key, endpoint).addCallback(self._sends, key)

    def _sends(self, connection: Any, key: tuple[Any, ...]) -> Any:
        scheme, host, port = key[:3]
        politeness = self._crawler.get_downloader_middleware(Politeness)
        if politeness and scheme in (b"http", b"https"):  # else it is a proxy, for whatever site
            politeness.note_sent(f"{scheme.decode()}://{host.decode()}:{port}/")
        return connection
