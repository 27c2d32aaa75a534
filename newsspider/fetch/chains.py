"""Chains of redirects: a page's validators stay behind, and cookies that it sets on the way to itself are sent back.

Crawls keep no cookies otherwise. Some sites answer the first request with a redirect to the same address and a cookie,
and the page comes only with that; others send their visitors round through a host that sets one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsspider.addresses import canonical, site

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_MOST = 50  # cookies of one chain (RFC 6265 6.1: at least so many of a domain are to be kept)


class Chains:
    """Downloader middleware below redirects. What is known of one page (If-None-Match, If-Modified-Since; RFC 9110 13.1)
    says nothing of another one, so that it is not sent to where a redirect leads. A redirect's cookies go along to where
    it leads on the same host, those with a Domain to the whole site (RFC 6265 5.3). They stand in ``meta["cookies"]``,
    which a redirect hands on.
    """

    def process_request(self, request: Request) -> None:
        """Takes validators off what leads to another page; adds the cookies that the chain has collected for the host."""
        first = request.meta.get("redirect_urls", [request.url])[0]
        if canonical(first) != canonical(request.url):
            for name in ("If-None-Match", "If-Modified-Since"):
                request.headers.pop(name, None)
        known: dict[tuple[str, str], str] = request.meta.get("cookies", {})
        if known:
            request.headers.pop("Cookie", None)  # what the request before this one had sent
        places = (_host(request.url), f".{site(request.url)}")
        pairs = {name: value for (place, name), value in known.items() if place in places}
        if pairs:
            request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in pairs.items())

    def process_response(self, request: Request, response: Response) -> Response:
        """Collects what a redirect sets."""
        if 300 <= response.status < HTTPStatus.BAD_REQUEST and response.headers.getlist("Set-Cookie"):
            known = dict(request.meta.get("cookies", {}))
            for line in response.headers.getlist("Set-Cookie")[:_MOST]:
                pair, *attributes = line.decode("latin-1").split(";")
                name, equals, value = pair.strip().partition("=")
                if equals and name:
                    known[_place(request.url, attributes), name] = value
            request.meta["cookies"] = dict(list(known.items())[-_MOST:])
        return response


def _place(url: str, attributes: list[str]) -> str:
    """Where a cookie belongs: the host, or with a Domain the whole registered domain."""
    shared = any(part.strip().lower().startswith("domain=") for part in attributes)
    return f".{site(url)}" if shared else _host(url)


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()
