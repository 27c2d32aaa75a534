"""The one Scrapy add-on that switches everything on; what a user sets in a project or with ``-s`` stays
theirs.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from newsspider import __version__
from newsspider.fetch import limits
from newsspider.fetch.politeness import AGENT

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

CONTACT = "NEWSSPIDER_CONTACT"

_MIDDLEWARES = {
    "newsspider.fetch.guard.AddressGuard": 50,  # before robots.txt is asked for
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsspider.fetch.robots.Robots": 100,  # in its place
    "newsspider.fetch.robots.RobotsRules": 110,  # between that and Scrapy's retries (550)
    "newsspider.fetch.chains.Chains": 830,
    "newsspider.fetch.politeness.Politeness": 840,
    "newsspider.fetch.outages.Outages": 842,  # when a pause is over: the site may be down by then
    "newsspider.fetch.wire.WireCapture": 845,  # below decompression (590) and redirects (600): the wire as it was
}


def user_agent() -> str:
    """``newsspider/VERSION (+address)``; the address is that of whoever runs the crawl, from
    ``NEWSSPIDER_CONTACT``.
    """
    contact = os.environ.get(CONTACT) or "https://pypi.org/project/newsspider/"
    return f"newsspider/{__version__} (+{contact})"


def _settings() -> dict[str, Any]:
    return {
        **limits.defaults(),
        "USER_AGENT": user_agent(),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": AGENT,
        "COOKIES_ENABLED": False,  # and nobody then asks publicsuffix.org
        "REFERRER_POLICY": "no-referrer",
        "METAREFRESH_ENABLED": False,  # needs the decoded page; the reading does it
        "HTTPERROR_ALLOW_ALL": True,  # every status reaches the callback, which names its outcome
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the table of pages is the filter
        "CONCURRENT_ITEMS": 1,  # one result a response; more only costs tasks
        "CONCURRENT_REQUESTS": 64,  # of all sites; each has its own share
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # for sites that no source names (redirects)
        "DOWNLOAD_DELAY": 2.0,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_HTTP_CODES": [500, 502, 503, 504, 522, 524, 408, 429],
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",  # the result says it
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "*",
        },
        "DOWNLOAD_HANDLERS": {
            "http": "newsspider.fetch.sending.TimedHandler",
            "https": "newsspider.fetch.sending.TimedHandler",
            "file": None,
            "data": None,
            "ftp": None,
            "s3": None,
        },  # addresses come from pages
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOGSTATS_INTERVAL": 0,
    }


class NewsspiderAddon:
    """Sets our middlewares and defaults at the priority of add-ons."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Called by Scrapy once for each crawler."""
        # What it warns of (cut bodies, sizes) the results say, page by page.
        logging.getLogger("scrapy.core.downloader.handlers").setLevel(logging.ERROR)
        for name, value in _settings().items():
            settings.set(name, value, priority="addon")
        middlewares = settings.getdict("DOWNLOADER_MIDDLEWARES")
        for path, order in _MIDDLEWARES.items():
            middlewares.setdefault(path, order)
        settings.set("DOWNLOADER_MIDDLEWARES", middlewares, priority="addon")
