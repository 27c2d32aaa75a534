"""What a site's sitemaps name, all the way down and however old: a crawl with other seeds."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from newsspider.records import Window
from newsspider.runs.crawl import Report, Watch, crawl
from newsspider.source import load_sources


def backfill_sitemaps(
    folder: Path,
    source: str,
    window: Window,
    *,
    command: str,
    settings: Mapping[str, Any] | None = None,
    watch: Watch = lambda archive: nullcontext(),
) -> Report:
    """Crawl the articles in the window that the sitemaps of a source (its ID) name. Raises as ``crawl`` does, and
    ``UsageError`` for an unknown source, ``SourceError`` for a faulty file.
    """
    sources = load_sources(folder / "sources", [source])
    return crawl(
        folder, sources, command=command, window=window, sitemaps=True, settings=settings, watch=watch
    )
