"""Which addresses may be asked at all: no private, loopback or otherwise local ones unless the source allows
it.

A page can name any address. Without this a crawl could be led to services on the machine or network that it
runs on (server-side request forgery)."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.resolver import dnscache

from newsspider.fetch.refusals import Refused
from newsspider.fetch.wire import is_robots

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class AddressGuard:
    """Downloader middleware, the outermost: looks up the host, refuses local addresses and overlong ones.

    The address that was checked is the one that is connected to: it is put into the cache that the resolver
    reads. ``meta["allow_private"]`` is True, or the hosts (with or without port) for which local addresses
    are fine. Requests without it (robots.txt) follow what the last page of the same host was allowed."""

    def __init__(self, timeout: float, max_url: int) -> None:
        self._timeout = timeout
        self._max_url = max_url
        self._public: dict[str, bool] = {}
        self._allowed: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        return cls(settings.getfloat("DNS_TIMEOUT"), settings.getint("NEWSSPIDER_MAX_URL"))

    async def process_request(self, request: Request) -> None:
        """Raises ``Refused`` for an address that is not to be asked."""
        if len(request.url) > self._max_url:
            raise Refused("long_url")
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if self._is_allowed(request, host, parts.netloc):
            return
        if host not in self._public:
            self._public[host] = await self._look_up(host)
        if not self._public[host]:
            raise Refused("private_address")

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises ``Refused`` where the server that answered is a local one after all."""
        parts = urlsplit(request.url)
        address = response.ip_address
        if (
            address is None
            or address.is_global
            or self._is_allowed(request, parts.hostname or "", parts.netloc)
        ):
            return response
        raise Refused("private_address")

    def _is_allowed(self, request: Request, host: str, netloc: str) -> bool:
        allow = request.meta.get("allow_private")
        if allow is True or (allow and (host in allow or netloc in allow)):
            self._allowed.add(netloc)
            return True
        if allow is None and "exchanges" not in request.meta and not is_robots(request):
            self._allowed.add(netloc)  # a user's own request, in scrapy shell: the address is theirs
        return allow is None and netloc in self._allowed

    async def _look_up(self, host: str) -> bool:
        """True if every address of the host is a public one, or if it has none (the download then says so)."""
        try:
            return ip_address(host).is_global
        except ValueError:
            pass
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._timeout):
                found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, TimeoutError, UnicodeError):
            return True
        addresses = [ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
        if not all(address.is_global for address in addresses):
            return False
        first = next((str(address) for address in addresses if address.version == 4), None)
        if first:
            dnscache[host] = first
        return True
