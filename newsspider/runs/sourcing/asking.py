"""Asking a site for a few pages, and leaving off where it does not want to be asked or does not answer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from newsspider.errors import PageError
from newsspider.runs.visit import NoAnswer, NoPage, Visited, Visitor

SECONDS = 20.0  # for one exchange: nobody waits a minute for each of twenty pages
_IN_A_ROW = 2  # exchanges without an answer after which a site is not asked any more
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
Tell = Callable[[str], None]  # told each address before it is asked for


class Asking:
    """Asks one site, as politely as a crawl does. Once it said that it is busy, or did not answer twice in a row, it
    is left alone: what is asked for then is a ``PageError`` at once.
    """

    def __init__(self, delay: float, tell: Tell = lambda url: None) -> None:
        """``delay``: seconds from start to start of requests; robots.txt can ask for more."""
        self.private = True  # whether local addresses may be asked
        self._visitor = Visitor(lambda url: delay, SECONDS)
        self._tell = tell
        self._silent = 0
        self._why_not = ""

    def page(self, url: str) -> Visited:
        """A web page. Raises ``PageError``."""
        return self._asked(url, lambda: self._visitor.fetch(url, private=self.private))

    def listing(self, url: str) -> Visited:
        """A feed or sitemap, whatever its server calls it. Raises ``PageError``."""
        return self._asked(url, lambda: self._visitor.fetch(url, any_type=True, private=self.private))

    def robots(self, url: str) -> tuple[str, float | None]:
        """As ``Visitor.robots``."""
        return self._visitor.robots(url)

    def _asked(self, url: str, fetch: Callable[[], Visited]) -> Visited:
        if self._why_not:
            raise PageError(url, f"was not asked for, since the site {self._why_not}")
        self._tell(url)
        try:
            page = fetch()
        except NoAnswer:
            self._silent += 1
            if self._silent == _IN_A_ROW:
                self._why_not = f"did not answer {_IN_A_ROW} times in a row"
            raise
        except NoPage as error:
            self._silent = 0
            if error.status in _BUSY:
                self._why_not = f"is busy (it answered {error.status})"
            raise
        self._silent = 0
        return page
