"""A page by its address, with the standard library's client: for addresses that a user types, and for the few that
are looked at to see what a site has.
"""

from __future__ import annotations

import math
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from http.client import HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from protego import Protego
from w3lib.url import safe_url_string

from newsspider import clock
from newsspider.addresses import absolute, site
from newsspider.archive import is_page
from newsspider.coding import TooLarge, decode_body
from newsspider.errors import PageError
from newsspider.fetch.addon import user_agent
from newsspider.fetch.limits import LIMITS
from newsspider.fetch.politeness import AGENT
from newsspider.fetch.robots import clean_rules

if TYPE_CHECKING:
    from http.client import HTTPResponse

T = TypeVar("T")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_REDIRECTS = 5  # RFC 9309 2.3.1.2
_PIECE = 0.2  # seconds until it is asked again whether all is stopped
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Language": "*",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}


@dataclass(frozen=True, slots=True)
class Visited:
    """A page that was fetched, its body decoded."""

    url: str  # the address that answered: as it was given, or where that redirected to
    content_type: str | None
    body: bytes
    fetched_at: datetime


class NoPage(PageError):
    """Raised where a server answered, but with no page: ``status`` is what it said."""

    def __init__(self, where: str, found: str, status: int) -> None:
        self.status = status
        super().__init__(where, found)


class NoAnswer(PageError):
    """Raised where no whole answer came: no such host, no connection, too slow, too large, cut off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, whatever its status: its body decoded."""

    status: int
    reason: str
    headers: Message
    body: bytes
    wire: bytes  # the body in its content coding

    @property
    def location(self) -> str | None:
        """Where a redirect leads to; None where it is none."""
        return self.headers.get("Location") if self.status in _REDIRECTS else None


class Visitor:
    """Fetches pages one after the other, as politely as a crawl: robots.txt, Crawl-delay, pauses by site.

    The limits are those of a crawl (``newsspider.fetch.limits``). An address that the user gave may be a
    local one; what a public page redirects to may not.
    """

    def __init__(
        self,
        delay: Callable[[str], float],
        seconds: float | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """``delay``: seconds from start to start of requests to the site of an address; ``seconds``: the longest that
        one exchange may take, where that is less than a crawl's limit; ``stopped``: whether nobody waits for an answer
        any more.
        """
        self._delay = delay
        self._seconds = seconds
        self._stopped = stopped
        self._opener = build_opener(NoRedirects)
        self._rules: dict[
            str, tuple[Protego, str]
        ] = {}  # by scheme and host: rules, and the text that they are from
        self._not_before: dict[str, float] = {}  # by site

    def fetch(self, url: str, *, any_type: bool = False, private: bool = True) -> Visited:
        """The page at an address, behind its redirects. ``any_type``: be it a page or not, as feeds and sitemaps come;
        ``private``: whether the address may be a local one. Raises ``PageError`` where there is none.
        """
        if absolute(None, url) is None:
            raise PageError(url, "is no http or https address")
        given, public, most = url, not is_local(url), int(LIMITS["REDIRECT_MAX_TIMES"][0])
        if not (public or private):
            raise PageError(url, "is a private address")
        for _ in range(most + 1):
            self._ask_leave(url)
            answer = self.exchange(url)
            location = answer.location
            if location is None:
                return _page(url, answer, any_type)
            target = absolute(url, location)
            if target is None:
                raise PageError(given, f"redirects to {location}, which is no address of a page")
            if public and is_local(target):
                raise PageError(given, f"redirects to the private address {target}")
            url = target
        raise PageError(given, f"redirects more than {most} times")

    def _ask_leave(self, url: str) -> None:
        """Wait for the site's turn. Raises ``PageError`` where robots.txt forbids the page."""
        rules = self._rules_for(url)[0]
        if not rules.can_fetch(safe_url_string(url), AGENT):
            raise PageError(url, "robots.txt of the site forbids it")
        key, most = site(url), float(LIMITS["NEWSSPIDER_MAX_RETRY_AFTER"][0])
        wait = self._not_before.get(key, 0.0) - time.monotonic()
        if wait > most:
            raise PageError(url, f"the site asks for a pause of {wait:.0f} seconds", "ask for it alone")
        time.sleep(max(0.0, wait))
        self._not_before[key] = time.monotonic() + max(self._delay(url), float(rules.crawl_delay(AGENT) or 0))

    def robots(self, url: str) -> tuple[str, float | None]:
        """The robots.txt of an address's host, empty where it has none, and the seconds between requests that it asks us
        for. Raises ``PageError`` where it can't be had, so that no page of the host may be fetched.
        """
        rules, text = self._rules_for(url)
        delay = rules.crawl_delay(AGENT)
        return text, None if delay is None else float(delay)

    def _rules_for(self, url: str) -> tuple[Protego, str]:
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._rules:
            try:
                text = self._robots(f"{root}/robots.txt").decode("utf-8", "replace")
            except PageError as error:
                raise NoAnswer(url, f"its robots.txt: {error.found}") from error
            self._rules[root] = Protego.parse(text), text
        return self._rules[root]

    def _robots(self, url: str) -> bytes:
        """The rules of a host: all is allowed where it has none (RFC 9309 2.3.1)."""
        public = not is_local(url)
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = self.exchange(url)
            target = absolute(url, answer.location or "")
            if target is None or (public and is_local(target)):
                break
            url = target
        if answer.status >= 500 or answer.status == 429:
            raise PageError(url, f"answers {answer.status}, so no page of the site may be fetched now")
        return clean_rules(answer.body) if 200 <= answer.status < 300 else b""

    def exchange(self, url: str, seconds: float | None = None) -> Answer:
        """One exchange, at once, without leave of a robots.txt: for services that offer themselves to programs. Raises
        ``PageError``; its cause is a ``ValueError`` where the answer came and can't be taken.
        """
        seconds = seconds or min(float(LIMITS["DOWNLOAD_TIMEOUT"][0]), self._seconds or math.inf)
        try:
            request = Request(safe_url_string(url), headers={"User-Agent": user_agent(), **_HEADERS})
            return _within(seconds, lambda: self._exchange(request, seconds), self._stopped)
        except (HTTPException, OSError, ValueError) as error:
            raise NoAnswer(url, why(error, seconds)) from error

    def _exchange(self, request: Request, seconds: float) -> Answer:
        most = int(LIMITS["DOWNLOAD_MAXSIZE"][0])
        response: HTTPResponse | HTTPError
        try:
            response = self._opener.open(request, timeout=seconds)
        except HTTPError as error:  # any status but 2xx
            response = error
        with response:
            wire = response.read(most + 1)
            if len(wire) > most:
                raise ValueError(f"is larger than {most} bytes")
            headers = response.headers
            try:
                body, complete = decode_body(
                    wire, headers.get("Content-Encoding"), int(LIMITS["NEWSSPIDER_MAX_DECODED"][0])
                )
            except TooLarge:
                raise ValueError("is too large when it is unpacked") from None
            if not complete:
                raise ValueError("was cut off on its way")
            return Answer(response.status or 0, response.reason, headers, body, wire)


class NoRedirects(HTTPRedirectHandler):
    """Each address on the way is judged by itself."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """No."""


def _page(url: str, answer: Answer, any_type: bool) -> Visited:
    content_type = answer.headers.get("Content-Type")
    if not 200 <= answer.status < 300:
        raise NoPage(url, f"answers {answer.status} {answer.reason}".rstrip(), answer.status)
    if not answer.body.strip():
        raise PageError(url, "is empty")
    if not any_type and not is_page(content_type, answer.body):
        raise PageError(url, f"is {content_type or 'of unknown type'}, not HTML or plain text")
    return Visited(url, content_type, answer.body, clock.now())


def is_local(url: str) -> bool:
    """Whether any address of the host is not a public one; a host that isn't found will be told of later."""
    try:
        host = urlsplit(safe_url_string(url)).hostname or ""
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        return False
    return not all(ip_address(str(entry[4][0]).split("%")[0]).is_global for entry in found)


def _within(seconds: float, work: Callable[[], T], stopped: Callable[[], bool]) -> T:
    """What the work returns or raises; TimeoutError after so many seconds, or when it is stopped, whatever still
    comes.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    end = time.monotonic() + seconds
    while thread.is_alive() and not stopped() and (left := end - time.monotonic()) > 0:
        thread.join(min(left, _PIECE))
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]


def why(error: Exception, seconds: float) -> str:
    """A failed exchange in words."""
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    if isinstance(error, TimeoutError):
        return f"takes longer than {seconds:.0f} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate can't be trusted ({error.verify_message})"
    if isinstance(error, socket.gaierror):
        return "there is no such host"
    if isinstance(error, HTTPException):
        return f"answers what is no HTTP ({type(error).__name__})"
    if isinstance(error, OSError):
        return f"can't be reached ({error.strerror or error})"
    return str(error)
