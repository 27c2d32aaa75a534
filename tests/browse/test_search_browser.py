"""Searching in a real browser: by box, facets and days, on a phone, with nothing blocked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_search_is_narrowed_and_leads_to_an_article(
    start: Callable[[], tuple[subprocess.Popen[str], str]], chromium: Browser
) -> None:
    _, address = start()
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.get_by_role("searchbox").fill("ferry OR growers OR 北京")
    page.keyboard.press("Enter")
    hits = page.locator(".ns-hits .ns-hl")
    hits.first.wait_for()
    assert hits.count() == 3
    assert page.locator(".ns-hits mark").first.is_visible()
    facets = page.get_by_role("region", name="Narrow down")
    facets.get_by_role("link", name="Mekong Courier").click()
    assert hits.count() == 2
    facets.get_by_role("link", name="Phnom Penh").click()
    assert hits.all_inner_texts() == ["River Ferry Fares to Fall by a Quarter"]
    page.get_by_role("searchbox").fill("growers")  # what narrows stays
    page.get_by_role("button", name="Search").click()
    assert "Nothing holds growers" in page.locator("main").inner_text()
    page.get_by_role("link", name="The same words in the whole archive").click()
    assert hits.count() == 1
    facets.get_by_label("from").fill("2026-11-24")
    facets.get_by_role("button", name="Set days").click()
    assert hits.count() == 0
    page.get_by_role("link", name="(remove)").first.click()
    page.get_by_role("link", name="Kampot Salt Growers").click()
    assert "Rain has kept the pans wet." in page.locator(".ns-body").inner_text()
    page.close()
    assert said == []


def test_a_search_fits_on_a_phone(
    start: Callable[[], tuple[subprocess.Popen[str], str]], chromium: Browser
) -> None:
    _, address = start()
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    for asked in (
        "",
        "?q=ferry+OR+北京+OR+سفينة+OR+script",
        "?q=fery+nowhere&since=2026-11-01&source=courier",
    ):
        page.goto(address.replace("/front", f"/search{asked}"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, asked
    page.close()
