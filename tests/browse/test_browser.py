"""The pages in a real browser: they are styled, nothing is blocked, nothing asks anything outside."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_an_article_in_a_real_browser(
    start: Callable[[], tuple[subprocess.Popen[str], str]], chromium: Browser, ids: dict[str, int]
) -> None:
    """From the front page to an article, its related one, and the search box: nothing blocked, no error."""
    _, address = start()
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_role("link", name="River Ferry Fares to Fall by a Quarter").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "River Ferry Fares to Fall by a Quarter"
    assert "We bought back the clock" in page.locator(".ns-body").inner_text()
    font = page.locator(".ns-body").evaluate("e => getComputedStyle(e).fontFamily")
    assert "Noto Serif" in font  # the style sheet is there
    page.get_by_role("link", name="Salt growers ask for a later start to the season").click()
    assert "Rain has kept the pans wet." in page.locator(".ns-body").inner_text()
    page.goto(address)
    page.get_by_role("searchbox").fill("ភ្នំពេញ")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="ស្ពានថ្មី").first.click()
    assert page.locator("h1").get_attribute("lang") == "km"
    page.goto(address.replace("/front", f"/articles/{ids['evil']}"))
    assert page.locator("h1").inner_text().startswith("<script>")
    page.close()
    assert said == []
    assert all(url.startswith((address.partition("/archive")[0], "data:")) for url in asked)


def test_a_phone_has_no_sideways_scroll(
    start: Callable[[], tuple[subprocess.Popen[str], str]], chromium: Browser, ids: dict[str, int]
) -> None:
    _, address = start()
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    for path in (
        "/front",
        "/health",
        "/health/courier",
        f"/articles/{ids['ferry']}",
        f"/articles/{ids['safina']}",
        f"/articles/{ids['evil']}",
    ):
        page.goto(address.replace("/front", path))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.close()


def test_from_the_front_page_to_why_a_source_is_red_and_a_page_to_look_at(
    start: Callable[[], tuple[subprocess.Popen[str], str]], chromium: Browser
) -> None:
    _, address = start()
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.get_by_role("link", name="Sources", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Sources and their nights"
    assert page.locator(".ns-sources > li.is-red h3").inner_text() == "Mekong Courier"
    page.locator(".ns-sources > li.is-red h3 a").click()
    assert "1 article found, at least 10 expected" in page.locator(".ns-red-note").inner_text()
    assert page.get_by_role("img", name="new articles a night").count() == 1
    page.close()
    assert said == []
