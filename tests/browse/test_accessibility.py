"""No page has what axe calls a serious or critical fault: wide and narrow, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from watching import Watch

OURS = ("front", "front?day=2026-11-23", "search", "search?q=ferry+OR+北京", "search?q=fery", "articles/2", "articles/6",
        "articles/2?state=0", "captures/3/page", "tickers", "tickers/courier", "places", "health", "health/courier",
        "articles/99")  # fmt: skip
DATASETTES = ("", "articles", "articles?_search=ferry&_facet=source", "captures/3", "headline_changes",
              "silent_edits?source=courier", "?sql=select+headline+from+articles")  # fmt: skip
# The dialog that Datasette 1.0 has for jumping to a table: its property ``matches`` hides the method that axe calls.
_UNFIT = "document.querySelectorAll('navigation-search').forEach(dialog => dialog.remove())"
CONTRAST = {"runOnly": ["color-contrast"]}  # all that another scheme of colours changes


def faults(tab: Page, options: dict[str, Any]) -> list[str]:
    """The serious and critical faults of the page that a tab shows: the rule, the element, what to do."""
    found = Axe().run(tab, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("paths", [OURS, DATASETTES], ids=["ours", "datasettes"])
def test_pages_are_accessible(watch: Watch, varied: str, paths: tuple[str, ...]) -> None:
    tab = watch.tab(f"{varied}/front", may_say="404")
    found = []
    for path in paths:
        tab.set_viewport_size({"width": 1280, "height": 900})
        tab.goto(f"{varied}/{path}".rstrip("/"))
        tab.evaluate(_UNFIT)
        for width in (1280, 390):
            tab.set_viewport_size({"width": width, "height": 900})
            for scheme, options in (("light", {}), ("dark", CONTRAST)):
                tab.emulate_media(color_scheme=scheme)
                found += [f"{path}, {width} px, {scheme}: {fault}" for fault in faults(tab, options)]
    assert not found, "\n".join(found)


def test_a_fault_is_found(watch: Watch, varied: str) -> None:
    tab = watch.tab(f"{varied}/front")
    tab.emulate_media(color_scheme="dark")
    tab.get_by_role("button", name="Search").evaluate(
        "e => e.style.cssText = 'color: #666; background: #555'"
    )
    [fault] = faults(tab, CONTRAST)
    assert fault.startswith("color-contrast: <button")
