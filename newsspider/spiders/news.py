"""The spider: due pages in, results out. Its items are the articles."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import CloseSpider

from newsspider import clock
from newsspider.addresses import absolute, site
from newsspider.discover import robots_sitemaps
from newsspider.errors import NewsspiderError
from newsspider.fetch.outages import SITE_DOWN, SITE_REFUSES, Outages
from newsspider.fetch.politeness import SMALLEST_DELAY, Politeness
from newsspider.fetch.refusals import Refused, explain
from newsspider.fetch.robots import RobotsRules, rules_of
from newsspider.fetch.wire import robots_captured
from newsspider.records import Article, Capture, DuePage, Former, Found, Outcome, Result, Role
from newsspider.runs.archive import Archive
from newsspider.runs.results import compared, conclude, former_task, robots_result, task_for, unread
from newsspider.runs.workers import Unread, Workers
from newsspider.source import Source, load_sources

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newsspider.runs.reading import Reading

logger = logging.getLogger(__name__)

_PRIORITY = {Role.FEED: 30, Role.SITEMAP: 20, Role.SECTION: 10, Role.ARTICLE: 0}
_WINDOW_SLOW = (
    2  # pages more than the site is asked for at once: enough to never wait, few enough to stop soon
)
_WINDOW_FAST = 8  # times that number, where no delay holds the site back


class NewsSpider(Spider):
    """Crawls sources: leases due pages in small batches, a share for each source, and stores one ``Result`` a
    page.

    Arguments (``-a``): ``source``, one ID or several with commas, none for all; ``recheck=1``, to look at
    every known article again; ``seconds``, after which nothing new is asked for."""

    name = "news"
    source_ids: tuple[str, ...] = ()

    def __init__(
        self,
        sources: Sequence[Source],
        archive: Archive,
        recheck: bool,
        tells: bool,
        seconds: float | None = None,
        sitemaps: bool = False,
    ) -> None:
        """``tells``: whether the log says why sources are red; else whoever opened the archive does. ``sitemaps``: begin
        with all sitemaps instead of what a crawl begins with.
        """
        super().__init__()
        self._tells = tells
        self.sources = tuple(sources)
        self.archive = archive
        self.red: list[str] = []
        self._workers: Workers | None = None
        self._recheck = recheck
        self._ended = False
        self._until = None if seconds is None else monotonic() + seconds
        self._sitemaps = sitemaps
        self._max_decoded = 0
        self._by_id = {source.id: source for source in sources}
        self._out: Counter[str] = Counter()  # pages of each source that are on their way
        self._dry: set[str] = set()  # sources that had no due page when last asked
        self._passed: dict[str, str] = {}  # sources of which pages stayed due: why their site was left alone
        self._changed = asyncio.Event()

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        source: str = "",
        archive: Archive | None = None,
        recheck: Any = False,
        seconds: Any = None,
        sitemaps: bool = False,
        **kwargs: Any,
    ) -> Self:
        """Made by Scrapy; ``archive`` where the caller has opened one, else that of the setting
        NEWSSPIDER_DATA is opened.
        """
        tells = archive is None
        archive = archive or cls._open(Path(crawler.settings["NEWSSPIDER_DATA"]), source)
        again = str(recheck).lower() in ("1", "true", "yes")
        spider = cls(archive.sources, archive, again, tells, float(seconds) if seconds else None, sitemaps)
        spider._set_crawler(crawler)
        crawler.signals.connect(spider.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(spider.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(spider.robots_captured, signal=robots_captured)
        return spider

    @classmethod
    def _open(cls, folder: Path, source: str) -> Archive:
        """The archive of a folder, for Scrapy's own command: an error of ours ends it with one line, not with
        a traceback.
        """
        ids = cls.source_ids or tuple(filter(None, source.split(",")))
        try:
            return Archive.open(
                folder, f"scrapy crawl {cls.name}", load_sources(folder / "sources", ids or None)
            )
        except NewsspiderError as error:
            sys.exit(f"Error: {error}")

    def spider_opened(self) -> None:
        """Starts the workers. Only now do the settings hold what the add-on sets."""
        settings = self.crawler.settings
        self._max_decoded = settings.getint("NEWSSPIDER_MAX_DECODED")
        self._workers = Workers(
            settings.getint("NEWSSPIDER_WORKERS"), settings.getint("NEWSSPIDER_SPLIT_TIMEOUT")
        )

    # ---- what is asked for -----------------------------------------------------------------------
    async def start(self) -> AsyncIterator[Request]:
        """Requests for all due pages, as long as there are any or pages on their way may bring new ones."""
        try:
            await self._seed()
            async for request in self._due():
                yield request
        finally:  # also when a signal cancels this
            self._leave_rest()

    async def _seed(self) -> None:
        for source in self.sources:
            found = sitemaps_of(source) if self._sitemaps else seeds(source)
            seeding = self.archive.seed(source.id, found, recheck=self._recheck, sitemaps=self._sitemaps)
            await asyncio.wrap_future(seeding)
        if self._until is not None:  # whatever is waited for then
            asyncio.get_running_loop().call_later(max(0.0, self._until - monotonic()), self._time_is_up)

    def _time_is_up(self) -> None:
        self._leave_rest()
        self._changed.set()

    def _leave_rest(self) -> None:
        """Nothing more is asked for; what waits its turn stays due."""
        self._ended = True
        if politeness := self.crawler.get_downloader_middleware(Politeness):
            politeness.leave_rest()

    async def _due(self) -> AsyncIterator[Request]:
        while True:
            self._changed.clear()
            for source in self.sources:
                for page in await self._lease(source):
                    yield self._request(page, source)
            if self._all_dry():
                if not self._out.total():
                    return
                await self._changed.wait()
            elif not self._has_room():
                await self._changed.wait()

    async def _lease(self, source: Source) -> list[DuePage]:
        if self._ended or self._is_left_alone(source):
            self._dry.add(source.id)
            return []
        room = _window(source) - self._out[source.id]
        if source.id in self._dry or room <= _window(source) // 2:
            return []
        pages = await asyncio.wrap_future(self.archive.lease(source.id, room))
        if len(pages) < room:
            self._dry.add(source.id)
        self._out[source.id] += len(pages)
        return pages

    def _is_left_alone(self, source: Source) -> bool:
        """Whether the source's site is down, refuses us, or wants a longer pause than a run waits: its pages stay due."""
        outages = self._outages()
        politeness = self.crawler.get_downloader_middleware(Politeness)
        return bool(
            (outages and outages.why_left(source.home)) or (politeness and politeness.is_resting(source.home))
        )

    def _outages(self) -> Outages | None:
        return self.crawler.get_downloader_middleware(Outages)

    def _all_dry(self) -> bool:
        return len(self._dry) == len(self.sources)

    def _has_room(self) -> bool:
        return any(
            source.id not in self._dry and _window(source) - self._out[source.id] > _window(source) // 2
            for source in self.sources
        )

    def _request(self, page: DuePage, source: Source) -> Request:
        headers = {}
        if page.etag:
            headers["If-None-Match"] = page.etag
        if page.last_modified:
            headers["If-Modified-Since"] = page.last_modified
        meta = {"page": page, "exchanges": [], "allow_private": source.fetch.allow_private}
        return Request(
            page.url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            meta=meta,
            priority=_PRIORITY[page.role],
            dont_filter=True,
        )

    # ---- what comes back -------------------------------------------------------------------------
    async def parse(self, response: Response) -> AsyncIterator[Article]:
        """Stores the one result of a page that was answered; yields its article, for exports and pipelines of
        a user's own.
        """
        page: DuePage = response.meta["page"]
        result = await self._read(page, compared(page, response.meta["exchanges"]))
        if outages := self._outages():
            outages.note_read(page, result)
        await self._store(page, result)
        if result.article:
            yield result.article

    async def _read(self, page: DuePage, captures: Sequence[Capture]) -> Result:
        source = self._by_id[page.source]
        learned = page.role is not Role.ARTICLE and source.discover.articles is None
        shapes = await asyncio.wrap_future(self.archive.shapes(source.id)) if learned else {}
        task = task_for(page, captures, source, self._max_decoded, shapes)
        if task is None or self._workers is None:
            return conclude(page, captures, None)
        try:
            reading = await asyncio.wrap_future(self._workers.read(task))
            return conclude(page, captures, reading, await self._former(page, reading, source))
        except Unread as error:
            return unread(
                page,
                captures,
                Outcome.FAILED,
                "unsplit",
                captures[-1].fetched_at,
                problem=f"{page.url}: {error}",
            )

    async def _former(self, page: DuePage, reading: Reading, source: Source) -> Former | None:
        """What the capture of the stored state comes out as today, where it was read otherwise."""
        found = await asyncio.to_thread(
            former_task, page, reading, source, self.archive.folder / "warc", self._max_decoded
        )
        if found is None or self._workers is None:
            return None
        with suppress(Unread):
            article = (await asyncio.wrap_future(self._workers.read(found[1]))).article
            return Former(found[0], article) if article else None
        return None

    async def failed(self, failure: Failure) -> None:
        """Stores the one result of a page that was not asked for, or not answered to the end."""
        request: Request = failure.request  # type: ignore[attr-defined]
        page: DuePage = request.meta["page"]
        outcome, reason = explain(failure.value)
        if reason == "robots" and (unreachable := self._robots_unreachable(request)):
            outcome, reason = Outcome.FAILED, unreachable
        left_alone = reason in (SITE_DOWN, SITE_REFUSES)
        if (self._ended or left_alone) and not request.meta["exchanges"]:
            if left_alone:
                self._passed[page.source] = reason
            self._out[page.source] -= 1  # it stays due
            self._wake(page.source)
            return
        if left_alone:
            reason = f"http_{request.meta['exchanges'][-1].status}"  # it was asked for, and answered so
        until = failure.value.until if isinstance(failure.value, Refused) else None
        await self._store(
            page, unread(page, request.meta["exchanges"], outcome, reason, clock.now(), retry_after=until)
        )

    async def _store(self, page: DuePage, result: Result) -> None:
        """Waits until the result is stored for good: a slow disk slows the crawl down instead of filling the
        memory.
        """
        try:
            await asyncio.wrap_future(self.archive.put(result))
        except NewsspiderError as error:
            raise CloseSpider("archive_failed") from error
        finally:
            self._out[page.source] -= 1
            self._wake(page.source)

    def _robots_unreachable(self, request: Request) -> str | None:
        """Why the robots.txt that forbids an address could not be had, if so: a failure of the site like others."""
        rules, outages = self.crawler.get_downloader_middleware(RobotsRules), self._outages()
        why = rules.why_unreachable(request.url) if rules else None
        if why and outages:
            why = outages.why_left(request.url) or why
            outages.note_failure(request.url)
        return why

    def robots_captured(self, capture: Capture) -> None:
        """Keeps the exchange about a robots.txt; its sitemaps are taken where a source names none."""
        urls = robots_sitemaps(rules_of(capture), capture.url) if capture.status == 200 else []
        sitemaps = [Found(url, Role.SITEMAP) for url in urls]
        for number, source in enumerate(s for s in self.sources if site(s.home) == site(capture.url)):
            found = () if source.discover.sitemaps and not self._sitemaps else sitemaps
            self.archive.put(
                robots_result(source.id, capture if number == 0 else None, found, capture.fetched_at)
            )
            self._wake(source.id)

    def _left(self) -> dict[str, str]:
        """By source why not all that is due was asked for."""
        over = self._until is not None and monotonic() >= self._until
        left = {source.id: "time_limit" for source in self.sources if over}
        politeness, outages = self.crawler.get_downloader_middleware(Politeness), self._outages()
        for source in self.sources:
            why = (outages and outages.why_left(source.home)) or self._passed.get(source.id)
            if outages and why:
                left[source.id] = f"{why} {outages.most}"
            if politeness and politeness.is_resting(source.home):
                left[source.id] = "retry_after"
        return left

    def _wake(self, source: str) -> None:
        """The source has room again, and may have new pages."""
        self._dry.discard(source)
        self._changed.set()

    async def spider_closed(self, reason: str) -> None:
        """Everything on its way is stored, the run's end is written, the archive let go."""
        outcome = "finished" if reason == "finished" else "stopped" if reason == "shutdown" else "failed"
        loop = asyncio.get_running_loop()
        if self._workers:
            await loop.run_in_executor(None, self._workers.close)
        try:
            self.red = await loop.run_in_executor(None, self.archive.close, outcome, self._left())
        except NewsspiderError as error:
            logger.error("%s", error)
        for sentence in self.red if self._tells else ():
            logger.warning("red: %s", sentence)


def seeds(source: Source) -> list[Found]:
    """What a crawl of a source begins with: its home page, and the feeds, sitemaps and sections that its file
    names.
    """
    discover = source.discover
    return [
        Found(source.home, Role.SECTION),
        *(Found(url, Role.FEED) for url in discover.feeds),
        *(Found(url, Role.SITEMAP) for url in discover.sitemaps),
        *(Found(url, Role.SECTION) for url in discover.sections),
    ]


def sitemaps_of(source: Source) -> list[Found]:
    """Where a source's sitemaps begin: those that its file names and the usual place; robots.txt tells of others."""
    usual = absolute(source.home, "/sitemap.xml")
    urls = dict.fromkeys((*source.discover.sitemaps, *([usual] if usual else ())))
    return [Found(url, Role.SITEMAP) for url in urls]


def _window(source: Source) -> int:
    """How many pages of a source may be on their way at once."""
    fetch = source.fetch
    return (
        fetch.concurrency * _WINDOW_FAST
        if fetch.delay <= SMALLEST_DELAY
        else fetch.concurrency + _WINDOW_SLOW
    )
