"""One site at a time never more than its share: slots by site, delays, robots.txt's Crawl-delay, Retry-After.

A site is a registered domain, however many hosts and sources share it (``newsspider.addresses.site``).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

from newsspider import clock
from newsspider.addresses import site
from newsspider.fetch.refusals import Refused
from newsspider.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

    from newsspider.source import Source

AGENT = "newsspider"  # the token that robots.txt rules name
# Scrapy 2.19 lets go of a slot's concurrency when the delay is 0 (it counts a transfer only after its task
# has begun).
SMALLEST_DELAY = 0.0005
_MARGIN = 0.05  # seconds more than the delay, for what the way to the server varies on a busy machine
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_LONGEST_WAIT = 366 * 86400.0  # seconds that are believed
_BUSY_PAUSE = 5.0  # seconds, doubled each time, where a busy site does not say how long


class Postponed(IgnoreRequest):
    """Raised for a request that waited its turn at a site when the site asked for a pause: it is asked again."""


class LeftDue(IgnoreRequest):
    """Raised for a request that waited its turn when the run was to end: its page is not asked for, and stays due."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """How a site is asked: seconds from start to start, requests in flight."""

    delay: float
    concurrency: int


def site_rules(sources: Iterable[Source]) -> dict[str, SiteRule]:
    """The rule for each site; where sources share one, the most careful of their settings."""
    rules: dict[str, SiteRule] = {}
    for source in sources:
        key, fetch = site(source.home), source.fetch
        known = rules.get(key, SiteRule(fetch.delay, fetch.concurrency))
        rules[key] = SiteRule(max(known.delay, fetch.delay), min(known.concurrency, fetch.concurrency))
    return rules


class Politeness:
    """Downloader middleware: gives each request its site's slot and waits where a site asks for it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_wait = crawler.settings.getfloat("NEWSSPIDER_MAX_RETRY_AFTER")
        self._max_delay = crawler.settings.getfloat("NEWSSPIDER_MAX_CRAWL_DELAY")
        self._met: set[str] = set()
        self._until: dict[str, float] = {}  # site: not before this moment (monotonic)
        self._pauses: dict[str, float] = {}  # site: the last pause of our own making, seconds
        self._overloaded: dict[str, set[str]] = {}  # site: addresses answered 503 since its last good answer
        self._ended = False
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def spider_opened(self, spider: Any) -> None:
        """Sets the slots of all sites that the spider's sources are at."""
        for key, rule in site_rules(getattr(spider, "sources", ())).items():
            self._set_slot(key, rule.delay, rule.concurrency)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Takes over a Crawl-delay that is longer than the site's own."""
        asked = robotparser.crawl_delay(AGENT)
        key = site(request.url)
        slot = self._slots().get(key, {})
        if asked and asked > slot.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")):
            self._set_slot(key, min(asked, self._max_delay), slot.get("concurrency"))

    def is_resting(self, url: str) -> bool:
        """Whether the site of an address asked for a pause that this run does not wait out."""
        return self._until.get(site(url), 0.0) - monotonic() > self._max_wait

    async def process_request(self, request: Request) -> None:
        """Puts the request into its site's slot; waits out a pause, or refuses where it is too long to wait."""
        key = site(request.url)
        request.meta["download_slot"] = key
        if self._ended and not request.meta.get("exchanges", True):
            raise LeftDue
        while (wait := self._until.get(key, 0.0) - monotonic()) > 0:
            if (
                self._ended
                or wait > self._max_wait
                or not self._crawler.engine
                or not self._crawler.engine.running
            ):
                raise Refused("retry_after", Outcome.FAILED, clock.now() + timedelta(seconds=wait))
            await asyncio.sleep(min(wait, 0.5))

    def leave_rest(self) -> None:
        """The run is to end: nothing more is asked for but where an answer already came, a redirect or a failed try."""
        self._ended = True
        if self._crawler.engine:
            for slot in self._crawler.engine.downloader.slots.values():
                _send_back(slot, LeftDue, lambda request: not request.meta.get("exchanges"))

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """What was postponed is asked for again, and waits in ``process_request``."""
        return request if isinstance(exception, Postponed) else None

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Notes the pause that a busy site asks for. Scrapy tells of an answer in this way before it sends the site's next
        request; a middleware would hear of it after that.
        """
        key = site(request.url)
        self._note_arrival(key)
        if response.status not in _BUSY:
            self._pauses.pop(key, None)
            self._overloaded.pop(key, None)
            return
        if wait := self._pause(key, request, response):
            self._until[key] = max(self._until.get(key, 0.0), monotonic() + wait)
            postpone(self._crawler, key)

    def _pause(self, key: str, request: Request, response: Response) -> float | None:
        """Seconds that a busy site is to be left alone: by its header Retry-After (RFC 9110 10.2.3), by status 429, or by
        503 for one address after another: a single one may be that page's own trouble.
        """
        wait = retry_after(response.headers.get(b"Retry-After"))
        if wait is not None or self._until.get(key, 0.0) > monotonic():
            return wait  # without one it is of the same burst: the pause is running
        troubled = self._overloaded.setdefault(key, set())
        troubled.add(request.url)
        if response.status != HTTPStatus.TOO_MANY_REQUESTS and len(troubled) < 2:
            return None
        self._pauses[key] = min(self._pauses.get(key, _BUSY_PAUSE / 2) * 2, self._max_wait)
        return self._pauses[key]

    def note_sent(self, url: str) -> None:
        """A request to this address goes out now: its site's delay counts from here."""
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(site(url))
        if slot is not None:
            slot.lastseen = monotonic()

    def _note_arrival(self, key: str) -> None:
        """Counts the delay after a site's first request from its answer: connecting made that one reach the
        server late.
        """
        if key not in self._met:
            self._met.add(key)
            assert self._crawler.engine is not None
            slot = self._crawler.engine.downloader.slots.get(key)
            if slot is not None:
                slot.lastseen = monotonic()

    def _slots(self) -> dict[str, dict[str, Any]]:
        assert self._crawler.engine is not None
        return self._crawler.engine.downloader.per_slot_settings

    def _set_slot(self, key: str, delay: float, concurrency: int | None) -> None:
        paced = delay + _MARGIN if delay > _MARGIN else max(delay, SMALLEST_DELAY)
        settings: dict[str, Any] = {"delay": paced, "jitter": 0.0}
        if concurrency is not None:
            settings["concurrency"] = concurrency
        self._slots()[key] = settings
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(key)
        if slot is not None:  # made by the request for robots.txt
            slot.delay, slot.jitter = paced, 0.0


def postpone(crawler: Crawler, key: str) -> None:
    """Send the requests that wait their turn at a site back to where they came from."""
    slot = crawler.engine.downloader.slots.get(key) if crawler.engine else None
    if slot is not None:
        _send_back(slot, Postponed, lambda request: True)


def _send_back(slot: Any, error: type[IgnoreRequest], wanted: Callable[[Request], bool]) -> None:
    """Fail those requests of a slot's queue with this error; the others stay."""
    waiting = [entry for entry in slot.queue if wanted(entry[0])]
    for entry in waiting:
        slot.queue.remove(entry)
    for _, answer in waiting:
        answer.errback(Failure(error()))  # type: ignore[no-untyped-call]


def retry_after(value: bytes | None) -> float | None:
    """Seconds to wait, from a header's delay in seconds or HTTP date; None where it says neither."""
    if value is None:
        return None
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        wait = (moment - clock.now()).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0.0, wait), _LONGEST_WAIT)
