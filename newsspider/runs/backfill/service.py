"""A service of the web that is asked politely: one request at a time, with pauses, and less when it is busy."""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus

from newsspider.errors import PageError
from newsspider.fetch.politeness import retry_after
from newsspider.runs.visit import Answer, Visitor

_TRIES = 5  # of a request, while the service is busy or away
_TRIES_BROKEN = 2  # while it answers that it failed: that may be this one request's own trouble
_LONGEST = 3600.0  # seconds that a run waits for it
_SLICE = 0.2  # seconds until it is asked again whether all is stopped
_OWN = "Memento-Datetime"  # RFC 7089 2.1.1: the answer is an archived one, whatever its status


class Stopped(Exception):
    """Raised where a request is waited for and the run is to end."""


class Busy(PageError):
    """Raised where a service wants to be left alone, or can't be reached, for longer than a run waits."""


class Service:
    """Asks for one address after the other. ``tell`` hears what is waited for, and None when it is over."""

    def __init__(
        self,
        base: str,
        delay: float,
        pause: float,
        stopped: Callable[[], bool],
        tell: Callable[[str | None], None] = lambda words: None,
    ) -> None:
        """``delay``: seconds from start to start of requests; ``pause``: of the first pause when it is busy and does
        not say for how long; each further one is twice as long.
        """
        self._base = base
        self._delay = delay
        self._pause = pause
        self._stopped = stopped
        self._tell = tell
        self._visitor = Visitor(lambda url: delay, stopped=stopped)
        self._not_before = 0.0

    def ask(self, url: str, seconds: float | None = None, *, one_of_many: bool = False) -> Answer:
        """The answer, whatever its status, within so many seconds. ``one_of_many``: where the service fails, it may be
        over this request alone. Raises ``Busy``; ``Stopped``; ``PageError`` where what came can't be taken.
        """
        trouble = ""
        for tried in range(_TRIES):
            self._wait_until(self._not_before)
            self._not_before = time.monotonic() + self._delay
            wait = None
            try:
                answer = self._visitor.exchange(url, seconds)
            except PageError as error:
                if self._stopped():
                    raise Stopped from error
                if isinstance(error.__cause__, ValueError):
                    raise
                trouble = error.found
            else:
                broken = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
                if _OWN in answer.headers or not (broken or answer.status == HTTPStatus.TOO_MANY_REQUESTS):
                    return answer
                if broken and one_of_many and tried + 1 >= _TRIES_BROKEN:
                    return answer
                trouble = f"answers {answer.status} {answer.reason}".rstrip()
                wait = retry_after(
                    (answer.headers.get("Retry-After") or "").encode("latin-1", "replace") or None
                )
            self._rest(wait, tried, trouble)
        raise Busy(self._base, f"{trouble}, {_TRIES} times", "run it again later: it goes on where it was")

    def _rest(self, asked: float | None, tried: int, trouble: str) -> None:
        """Leave it alone for as long as it asks for, and no less than we would by ourselves."""
        wait = max(asked or 0.0, min(self._pause * 2**tried, _LONGEST))
        if wait > _LONGEST:
            found = f"{trouble} and asks for a pause of {wait / 60:.0f} minutes"
            raise Busy(self._base, found, "run it again then: it goes on where it was")
        self._not_before = time.monotonic() + wait
        self._tell(f"it {trouble}: a pause of {wait:.0f} s")

    def _wait_until(self, moment: float) -> None:
        while (left := moment - time.monotonic()) > 0:
            if self._stopped():
                raise Stopped
            time.sleep(min(left, _SLICE))
        self._tell(None)
