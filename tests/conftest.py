"""Fixtures that more than one part of the tests uses: a site on loopback, the folder that it is crawled into, and the
system's browser.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Answer, Site
from newspaper import Project, sitemap

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def new_site() -> Iterator[Callable[[], Site]]:
    """Makes sites on loopback, each on a port of its own."""
    sites: list[tuple[Site, Thread]] = []

    def make() -> Site:
        site = Site()
        thread = Thread(target=site.server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        sites.append((site, thread))
        return site

    yield make
    for site, thread in sites:
        site.server.shutdown()
        thread.join()
        site.server.server_close()


@pytest.fixture
def site(new_site: Callable[[], Site]) -> Site:
    """A site on loopback."""
    return new_site()


@pytest.fixture
def answer() -> type[Answer]:
    """What pages of a site are made of."""
    return Answer


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty data folder."""
    return Project(tmp_path / "data")


@pytest.fixture
def paper(site: Any, project: Project) -> Callable[..., Any]:
    """Fills the site with articles that its sitemap names, and describes it as a source."""

    def fill(articles: dict[str, Any], **source: str) -> Any:
        site.pages.setdefault("/robots.txt", "User-agent: *\nAllow: /\n")
        site.pages["/"] = "<title>The Paper</title><h1>The Paper</h1>"
        site.pages["/sitemap.xml"] = sitemap([site.url + path for path in articles])
        site.pages.update(articles)
        project.source(site.url, **source)
        return site

    return fill


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright; its event loop is in the way of async tests."""
    from playwright.sync_api import sync_playwright

    program = runpy.run_path(str(Path(__file__).with_name("prepare.py")))["browser"]()
    assert program, "no Chromium: run python tests/prepare.py"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
