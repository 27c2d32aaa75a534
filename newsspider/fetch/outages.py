"""Sites that are down, or that refuse whatever is asked for: left alone for the rest of the run, so that they cost the
others nothing, and that a ban does not get longer.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsspider.addresses import site
from newsspider.fetch.politeness import LeftDue, Postponed, postpone
from newsspider.fetch.refusals import Refused, explain
from newsspider.records import Outcome, Role

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newsspider.records import DuePage, Result

SITE_DOWN = "site_down"
SITE_REFUSES = "site_refuses"
_SERVER_ERROR = 500
_PAYMENT = "http_402"  # the wall around a story
_LEAST_ADDRESSES = 2  # one alone may be that page's own trouble


class Outages:
    """Downloader middleware: counts the exchanges with a site that failed one after the other, and the pages that it
    blocked one after the other, and refuses further ones from ``NEWSSPIDER_MAX_FAILURES`` on.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.most = crawler.settings.getint("NEWSSPIDER_MAX_FAILURES")
        self._failures: dict[str, list[str]] = {}  # site: the addresses that failed since its last answer
        self._blocked: dict[str, Counter[bool]] = {}  # site: articles, and others, since it gave one
        self._left: dict[str, str] = {}  # site: why it is left alone

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Outages:
        return cls(crawler)

    def why_left(self, url: str) -> str | None:
        """Why the site of an address is left alone for the rest of the run: ``SITE_DOWN``, ``SITE_REFUSES`` or None."""
        return self._left.get(site(url))

    def process_request(self, request: Request) -> None:
        """Raises ``Refused`` for a site that is left alone."""
        if why := self.why_left(request.url):
            raise Refused(why, Outcome.FAILED)

    def process_response(self, request: Request, response: Response) -> Response:
        """Any answer but a server's error says that the site is there."""
        if response.status >= _SERVER_ERROR:
            self.note_failure(request.url)
        else:
            self._failures.pop(site(request.url), None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Connections that fail and answers that don't come count; what we refused ourselves does not."""
        if (
            not isinstance(exception, Refused | Postponed | LeftDue)
            and explain(exception)[0] is Outcome.FAILED
        ):
            self.note_failure(request.url)

    def note_failure(self, url: str) -> None:
        """An exchange about this address failed, or must not be tried because the host's robots.txt can't be had."""
        key = site(url)
        failed = self._failures.setdefault(key, [])
        failed.append(url)
        if len(failed) >= self.most and len(set(failed)) >= _LEAST_ADDRESSES:
            self._leave(key, SITE_DOWN)

    def note_read(self, page: DuePage, result: Result) -> None:
        """A page was answered. One that is blocked counts; one that is given ends the row: an article any, a list only
        one of lists, for some sites give those alone to everybody.
        """
        key, is_article = site(page.url), page.role is Role.ARTICLE
        blocked = self._blocked.setdefault(key, Counter())
        if result.outcome is Outcome.BLOCKED:
            blocked[is_article] += result.reason != _PAYMENT
            if blocked.total() >= self.most:
                self._leave(key, SITE_REFUSES)
        elif result.outcome is not Outcome.FAILED:
            blocked[False] = 0
            blocked[True] *= not is_article

    def _leave(self, key: str, why: str) -> None:
        self._left.setdefault(key, why)
        postpone(self._crawler, key)  # and then they are refused
