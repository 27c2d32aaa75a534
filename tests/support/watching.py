"""Tabs of a real browser that are watched: whatever goes wrong in one, or leaves the server, is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

# Where an archived page stands: that something of it is blocked is what its sandbox is for.
_SANDBOX = re.compile(r"/captures/\d+/body#?$")

_LEFT = "net::ERR_ABORTED"  # the browser gave it up: the tab went on to another page, or a file was saved


class Watch:
    """Opens tabs and notes their ``faults``: what stands on the console (violations of a policy, errors), uncaught errors,
    requests that fail, and requests that leave the tab's server.
    """

    def __init__(self, browser: Browser) -> None:
        self.faults: list[str] = []
        self._browser = browser
        self._contexts: list[Any] = []

    def tab(self, address: str, may_say: str = "", **how: Any) -> Page:
        """A tab (in a context of its own, made as ``how`` says) that shows an address. ``may_say``: words of the console that
        are no fault.
        """
        context = self._browser.new_context(**how)
        self._contexts.append(context)
        origin = "/".join(address.split("/")[:3])

        def said(message: ConsoleMessage) -> None:
            expected = may_say and may_say in message.text
            if not expected and not _SANDBOX.search(message.location["url"]):
                self.faults.append(f"{message.location['url']}: {message.text}")

        def answered(request: Request) -> None:
            if not request.url.startswith((f"{origin}/", "data:")):
                self.faults.append(f"{request.frame.url}: asked {request.url}")

        def failed(request: Request) -> None:
            if request.failure != "csp":
                answered(request)
            if request.failure != _LEFT and not _SANDBOX.search(request.frame.url):
                self.faults.append(f"{request.url}: {request.failure}")

        context.on("console", said)
        context.on(
            "weberror", lambda error: self.faults.append(f"{error.page and error.page.url}: {error.error}")
        )
        context.on("requestfinished", answered)
        context.on("requestfailed", failed)
        tab = context.new_page()
        tab.goto(address)
        return tab

    def close(self) -> None:
        """Close the tabs; what they do now is no fault."""
        for context in self._contexts:
            context.close()


@contextmanager
def watching(browser: Browser) -> Iterator[Watch]:
    """A watch; at the end nothing must have gone wrong."""
    watch = Watch(browser)
    try:
        yield watch
    finally:
        faults = list(watch.faults)
        watch.close()
    assert not faults, "\n".join(faults)
