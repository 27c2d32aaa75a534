"""Sites that are down: left alone for the rest of the run, so that they cost the others nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsspider.addresses import site
from newsspider.fetch.politeness import LeftDue, Postponed, postpone
from newsspider.fetch.refusals import Refused, explain
from newsspider.records import Outcome

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_SERVER_ERROR = 500
_LEAST_ADDRESSES = 2  # one alone may be that page's own trouble


class Outages:
    """Downloader middleware: counts the exchanges with a site that failed one after the other, and refuses further ones
    as ``site_down`` from ``NEWSSPIDER_MAX_FAILURES`` on.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._most = crawler.settings.getint("NEWSSPIDER_MAX_FAILURES")
        self._failures: dict[str, list[str]] = {}  # site: the addresses that failed since its last answer
        self._down: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Outages:
        return cls(crawler)

    def is_down(self, url: str) -> bool:
        """Whether the site of an address is left alone for the rest of the run."""
        return site(url) in self._down

    def process_request(self, request: Request) -> None:
        """Raises ``Refused`` for a site that is down."""
        if site(request.url) in self._down:
            raise Refused("site_down", Outcome.FAILED)

    def process_response(self, request: Request, response: Response) -> Response:
        """Any answer but a server's error says that the site is there."""
        if response.status >= _SERVER_ERROR:
            self._note(request)
        else:
            self._failures.pop(site(request.url), None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Connections that fail and answers that don't come count; what we refused ourselves does not."""
        if (
            not isinstance(exception, Refused | Postponed | LeftDue)
            and explain(exception)[0] is Outcome.FAILED
        ):
            self._note(request)

    def _note(self, request: Request) -> None:
        key = site(request.url)
        failed = self._failures.setdefault(key, [])
        failed.append(request.url)
        if len(failed) >= self._most and len(set(failed)) >= _LEAST_ADDRESSES:
            self._down.add(key)
            postpone(self._crawler, key)  # and then they are refused
