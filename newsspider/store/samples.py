"""Captures of a source's article pages, crawl by crawl, for whoever reads some of them again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from newsspider.records import DuePage, Role, WarcPlace
from newsspider.store.nights import IS_CRAWL


@dataclass(frozen=True, slots=True)
class Sampled:
    """A capture with a body, and the page that it is of, with what was said of it."""

    capture: int
    crawl: int
    page: DuePage
    place: WarcPlace


_CRAWLS = f"""
SELECT crawl FROM crawl_sources JOIN crawls ON crawls.id = crawl
WHERE source = (SELECT id FROM sources WHERE source = ?) AND {IS_CRAWL} ORDER BY crawl DESC LIMIT ?
"""
# Pages that are no articles count where a list gave them a title: a story that can't be read as one any more.
_PAGES = """
SELECT captures.id, captures.crawl, pages.id AS page, pages.url, title, published, warc_file, warc_offset, warc_length,
  captures.digest
FROM captures JOIN pages ON pages.id = captures.page
WHERE +pages.source = (SELECT id FROM sources WHERE source = :source) AND role = 'article' AND status = 200 AND revisits IS NULL
  AND (article IS NOT NULL OR (state = 'refused' AND reason = 'not_an_article' AND title IS NOT NULL))
"""
_OF_CRAWL = f"{_PAGES} AND captures.crawl = :crawl ORDER BY captures.id"
_BEFORE = f"{_PAGES} AND captures.page = :page AND captures.id < :capture ORDER BY captures.id DESC LIMIT 1"


class Samples:
    """The captures of a source, by its ID."""

    def __init__(self, db: sqlite3.Connection, source: str) -> None:
        self._db = db
        self._source = source

    def crawls(self, most: int) -> list[int]:
        """The source's last crawls, the oldest of them first."""
        return [row[0] for row in self._db.execute(_CRAWLS, (self._source, most))][::-1]

    def of_crawl(self, crawl: int) -> list[Sampled]:
        """The captures of article pages that a crawl made, in order."""
        rows = self._db.execute(_OF_CRAWL, {"source": self._source, "crawl": crawl})
        return [self._sampled(row) for row in rows]

    def before(self, one: Sampled, capture: int) -> Sampled | None:
        """The last capture of the same page before that one."""
        values = {"source": self._source, "page": one.page.id, "capture": capture}
        row = self._db.execute(_BEFORE, values).fetchone()
        return self._sampled(row) if row else None

    def _sampled(self, row: sqlite3.Row) -> Sampled:
        page = DuePage(
            row["page"],
            row["url"],
            self._source,
            Role.ARTICLE,
            title=row["title"],
            published=row["published"],
        )
        place = WarcPlace(row["warc_file"], row["warc_offset"], row["warc_length"], row["digest"] or "")
        return Sampled(row["id"], row["crawl"], page, place)
