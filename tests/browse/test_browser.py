"""Pages in a real browser: what a hostile page put into an article stays text, and whatever goes wrong is noticed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

from loopback import Site
from watching import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BAD = """<!doctype html><title>bad</title><link rel="icon" href="data:,"><img src="ELSEWHERE/seen.png"><img src="/none.png">
<script>console.log("said"); setTimeout(() => { throw new Error("thrown"); }, 0);</script>"""


def test_a_hostile_article_is_text_on_a_phone_too(
    start: Callable[[], tuple[subprocess.Popen[str], str]], watch: Watch, ids: dict[str, int]
) -> None:
    _, address = start()
    tab = watch.tab(address, viewport={"width": 320, "height": 640})
    for path in ("front", f"articles/{ids['evil']}", "search?q=script", "tickers/courier", "health"):
        tab.goto(address.replace("front", path))
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert tab.locator("main script, main iframe, main img, a[href^=javascript]").count() == 0, path
        if path == "front":
            font = tab.locator(".ns-lead").first.evaluate("e => getComputedStyle(e).fontFamily")
            assert "Noto" in font  # the style sheet is there
        if path.startswith("articles"):
            assert tab.locator("h1").inner_text().startswith("<script>")


def test_what_goes_wrong_in_a_tab_is_noticed(
    chromium: Browser, site: Site, new_site: Callable[[], Site]
) -> None:
    """Words on the console, an error that nothing catches, an answer that is none, a request to another server."""
    elsewhere = new_site()
    site.pages["/"] = BAD.replace("ELSEWHERE", elsewhere.url)
    watch = Watch(chromium)
    tab = watch.tab(f"{site.url}/")
    tab.wait_for_load_state("networkidle")
    watch.close()
    found = "\n".join(watch.faults)
    for fault in ("said", "thrown", "none.png: Failed to load resource", f"asked {elsewhere.url}/seen.png"):
        assert fault in found
