"""A news site on loopback, and the data folder that it is crawled into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from newspaper import Project, sitemap


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
