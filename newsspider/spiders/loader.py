"""Every source file is a spider: ``scrapy list``, ``scrapy crawl ID``."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import UsageError

from newsspider.addresses import same_site
from newsspider.source import load_source
from newsspider.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


class UnknownSource(UsageError, KeyError):
    """A KeyError, which Scrapy expects of a loader, that its commands end with as with a word typed wrong."""

    __str__ = Exception.__str__  # a KeyError's is quoted


class SourceSpiderLoader:
    """Offers ``news`` (``-a source=ID,ID``; none: all sources) and one spider for each file in
    ``DIR/sources``.
    """

    def __init__(self, folder: Path) -> None:
        self._files = folder / "sources"

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(Path(settings["NEWSSPIDER_DATA"]))

    def list(self) -> builtins.list[str]:
        """The names of all spiders."""
        return [NewsSpider.name, *(path.stem for path in sorted(self._files.glob("*.toml")))]

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name; KeyError where there is none. Its file is read when the spider starts."""
        if spider_name not in self.list():
            known = ", ".join(self.list()[1:]) or "none"
            raise UnknownSource(
                f"{self._files.resolve()}: there is no source {spider_name!r}; there are: {known}"
            )
        if spider_name == NewsSpider.name:
            return NewsSpider
        return type(NewsSpider.__name__, (NewsSpider,), {"name": spider_name, "source_ids": (spider_name,)})

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The sources at the request's site."""
        paths = sorted(self._files.glob("*.toml"))
        return [source.id for source in map(load_source, paths) if same_site(source.home, request.url)]
