"""The limits of a crawl, all in one place: Scrapy settings with our defaults.

Each can be changed with ``-s NAME=VALUE``. A page that runs into one is refused, with the reason named beside
it."""

from __future__ import annotations

import os
from typing import Any

MEGABYTE = 1024 * 1024


def cores() -> int:
    """How many cores this process may use: those that a container or ``taskset`` leaves it."""
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# name: (default, what it limits and the reason that a refused page is counted under)
LIMITS: dict[str, tuple[Any, str]] = {
    "DOWNLOAD_MAXSIZE": (32 * MEGABYTE, "bytes of a body on the wire: too_large"),
    "DOWNLOAD_WARNSIZE": (0, "no warning before that"),
    "NEWSSPIDER_MAX_DECODED": (64 * MEGABYTE, "bytes of a body after decompression: too_large"),
    "DOWNLOAD_TIMEOUT": (60, "seconds for one exchange: timeout"),
    "NEWSSPIDER_SPLIT_TIMEOUT": (60, "seconds for reading one page: the page is kept, unsplit"),
    "NEWSSPIDER_WORKERS": (min(8, cores()), "processes that read pages"),
    "REDIRECT_MAX_TIMES": (10, "redirects in a row: too_many_redirects"),
    "RETRY_TIMES": (2, "further tries after a failure that may pass"),
    "NEWSSPIDER_MAX_FAILURES": (
        9,
        "exchanges with a site that fail, or pages that it blocks, one after the other; then it is left alone for the run",
    ),
    "NEWSSPIDER_MAX_RETRY_AFTER": (120, "seconds that a run waits because a site asks for it: retry_after"),
    "NEWSSPIDER_MAX_CRAWL_DELAY": (
        300,
        "seconds between requests that robots.txt can ask for; more counts as this",
    ),
    # Of web.archive.org. Its index answers 24 requests a minute; who goes on asking for a minute after its status 429 is
    # shut out for an hour (its staff, in the issues 137 and 208 of the Python package wayback).
    "NEWSSPIDER_WAYBACK": ("https://web.archive.org", "address of the Wayback Machine, for backfill"),
    "NEWSSPIDER_WAYBACK_DELAY": (4.0, "seconds from start to start of requests to it"),
    "NEWSSPIDER_WAYBACK_PAUSE": (60.0, "seconds that it is left alone when it is busy; doubled each time"),
    "NEWSSPIDER_WAYBACK_ENTRIES": (1000, "entries of its index that are asked for at once"),
    "NEWSSPIDER_MAX_URL": (2000, "characters of an address: long_url"),
}


def defaults() -> dict[str, Any]:
    """The limits as Scrapy settings."""
    return {name: value for name, (value, _) in LIMITS.items()}
