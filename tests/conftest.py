"""Fixtures that more than one part of the tests uses: a site on loopback, the folder that it is crawled into, a store, and
the system's browser.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from desk import Desk
from hypothesis import HealthCheck, settings
from loopback import Answer, Site, served
from newspaper import Project, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes says more of the machine than of the test; fixtures that are shared by examples are meant to be.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("suite")


@pytest.fixture
def new_site() -> Iterator[Callable[[], Site]]:
    """Makes sites on loopback, each on a port of its own."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(served())


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

    return partial(fill, site, project)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A store with a running crawl of two sources."""
    desk = Desk(tmp_path / "archive.db")
    yield desk
    desk.store.close()


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
