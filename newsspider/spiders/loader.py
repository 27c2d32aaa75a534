"""Every source file is a spider: ``scrapy list``, ``scrapy crawl ID``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from newsspider.addresses import same_site
from newsspider.source import load_sources
from newsspider.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


class SourceSpiderLoader:
    """Offers ``news`` (``-a source=ID,ID``; none: all sources) and one spider for each file in ``DIR/sources``."""

    def __init__(self, folder: Path) -> None:
        files = folder / "sources"
        self._sources = {source.id: source for source in load_sources(files)} if files.is_dir() else {}

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(Path(settings["NEWSSPIDER_DATA"]))

    def list(self) -> list[str]:
        """The names of all spiders."""
        return [NewsSpider.name, *self._sources]

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name; KeyError where there is none."""
        if spider_name == NewsSpider.name:
            return NewsSpider
        if spider_name not in self._sources:
            raise KeyError(f"no source {spider_name!r}; there are {', '.join(self._sources) or 'none'}")
        return type(NewsSpider.__name__, (NewsSpider,), {"name": spider_name, "source_ids": (spider_name,)})

    def find_by_request(self, request: Request) -> list[str]:
        """The sources at the request's site."""
        return [source.id for source in self._sources.values() if same_site(source.home, request.url)]
