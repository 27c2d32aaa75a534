"""A crawl from beginning to end, as ``newsspider crawl`` and ``newsspider demo`` run it."""

from __future__ import annotations

import difflib
import logging
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsspider.errors import UsageError
from newsspider.fetch.limits import LIMITS
from newsspider.records import ALL_DAYS, Window
from newsspider.runs.archive import Archive
from newsspider.source import Source
from newsspider.store import CrawlSummary, Night, Store, Totals

_SECONDS = (
    "DOWNLOAD_DELAY",
    "DOWNLOAD_TIMEOUT",
    "DNS_TIMEOUT",
    "AUTOTHROTTLE_MAX_DELAY",
)  # read with their fractions
_NEARLY = 0.9  # how alike a name must be to be a misspelt one
Watch = Callable[[Archive], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Report:
    """How a crawl ended, in all and at each source."""

    summary: CrawlSummary
    night: Night

    @property
    def red(self) -> tuple[str, ...]:
        """Why sources are red, one sentence each."""
        return self.summary.red

    @property
    def notes(self) -> tuple[str, ...]:
        """What else is worth a look, one sentence each."""
        return self.summary.notes

    @property
    def exit_code(self) -> int:
        """0 fine, 1 the work failed, 3 finished but a source is red."""
        if self.summary.outcome == "failed":
            return 1
        return 3 if self.red else 0


def crawl(
    folder: Path,
    sources: Sequence[Source],
    *,
    command: str,
    recheck: bool = False,
    window: Window = ALL_DAYS,
    sitemaps: bool = False,
    seconds: float | None = None,
    settings: Mapping[str, Any] | None = None,
    watch: Watch = lambda archive: nullcontext(),
) -> Report:
    """Crawl these sources into the archive of a folder and say how it went.

    ``window``: days that articles must be of. ``sitemaps``: begin with all sitemaps, however old, instead of the home
    page, feeds and sections. ``seconds``: after which nothing new is asked for; what is due then stays due.
    ``settings``: Scrapy settings that go before all others. ``watch``: entered with the archive while the crawl runs (a
    progress display). Raises ``ArchiveError`` when the archive can't be taken or written, ``UsageError`` for a setting
    that should be a number and is none.
    """
    check_settings(settings or {})
    archive, heard = Archive.open(folder, command, sources, window), _Stopping()
    try:
        with watch(archive):
            arguments = {"recheck": recheck, "sitemaps": sitemaps, "seconds": seconds}
            _run_spider(folder, archive, heard, settings or {}, **arguments)
    finally:
        logging.getLogger("scrapy.crawler").removeHandler(heard)
        # Does nothing after a crawl that came to its end; a second signal ends one without that.
        archive.close("stopped" if heard.signal else "failed")
    if archive.failure:
        raise archive.failure
    return report(folder, archive.crawl)


def check_settings(settings: Mapping[str, Any]) -> None:
    """Raises ``UsageError`` for the first setting whose default is a number or a truth value and that is none,
    or that is below what makes sense, or whose name is nearly a known one. Other names that Scrapy doesn't know are left
    alone: a user's own parts may read them.
    """
    from scrapy.settings import default_settings

    known = {*LIMITS, *filter(str.isupper, dir(default_settings))}
    for name, value in settings.items():
        if name not in known and (near := difflib.get_close_matches(name, known, 1, cutoff=_NEARLY)):
            raise UsageError(f"-s {name}", "there is no such setting", f"did you mean {near[0]}?")
        default, _ = LIMITS.get(name, (getattr(default_settings, name, None), ""))
        if isinstance(default, bool):
            if str(value).lower() not in ("0", "1", "true", "false"):
                raise UsageError(f"-s {name}", f"{value!r} is neither true nor false")
        elif isinstance(default, int | float):
            _check_number(name, value, float if isinstance(default, float) or name in _SECONDS else int)


def _check_number(name: str, value: Any, kind: type[int] | type[float]) -> None:
    least = 1 if name.startswith("CONCURRENT_") else 0 if name in LIMITS or "DELAY" in name else -math.inf
    try:
        fits = least <= kind(value) < math.inf
    except ValueError:
        fits = False
    if not fits:
        wanted = "a whole number" if kind is int else "a number"
        raise UsageError(f"-s {name}", f"{value!r} is not {wanted}{'' if least < 0 else f' from {least} up'}")


def report(folder: Path, crawl: int) -> Report:
    """The report of a crawl that has ended."""
    with Store.open(folder / "archive.db") as store:
        (night,) = store.nights(1, crawl)
        return Report(store.crawl_summary(crawl), night)


def totals(folder: Path) -> Totals:
    """What the archive of a folder holds."""
    with Store.open(folder / "archive.db") as store:
        return store.totals()


def _run_spider(
    folder: Path, archive: Archive, heard: _Stopping, settings: Mapping[str, Any], **arguments: Any
) -> None:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    project = Settings()
    project.setmodule("newsspider.settings", priority="project")
    project.set("NEWSSPIDER_DATA", str(folder), priority="cmdline")
    project.setdict(dict(settings), priority="cmdline")
    process = AsyncCrawlerProcess(project)
    logging.getLogger("scrapy.crawler").addHandler(
        heard
    )  # not before: Scrapy sets up its log and takes others off
    process.crawl("news", archive=archive, **arguments)
    process.start()


class _Stopping(logging.Handler):
    """Says on stderr that a signal was heard: a server that hangs can hold up the end for as long as one exchange may
    take, and Scrapy's own word for it is below the level of our log.
    """

    signal = False  # whether one was

    def emit(self, record: logging.LogRecord) -> None:
        """One line, for Scrapy's line about the first signal."""
        if record.getMessage().startswith("Received") and "gracefully" in record.getMessage():
            self.signal = True
            sys.stderr.write(
                "Stopping: what is on its way is still stored; once more ends it at once (nothing is lost).\n"
            )
