"""An archive that has known its source for years: pages, captures and articles through the store's own writer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsspider.archive import WarcWriter
from newsspider.records import Article, Capture, Found, Outcome, Result
from newsspider.source import Source
from newsspider.store import Filed, Store

LONG_AGO = datetime(2026, 8, 1, 2, 0, tzinfo=UTC)
_WATCHED = timedelta(days=20)  # and then no more
_BATCH = 500
_HTML = ((b"Content-Type", b"text/html; charset=utf-8"),)
_SENTENCE = "The harbour board of quay {n} met in the old customs house and talked about point {m} of its plan for the pier."


def fill(folder: Path, source: Source, urls: Sequence[str]) -> None:
    """Put stored articles of these addresses into the archive of a folder, none of them watched any more."""
    (folder / "warc").mkdir(parents=True, exist_ok=True)
    warc = WarcWriter(folder / "warc", "newsspider-00000", "tests")
    with Store.open(folder / "archive.db") as store:
        store.sync_sources([source], LONG_AGO)
        crawl = store.begin_crawl("tests", LONG_AGO)
        for start in range(0, len(urls), _BATCH):
            batch = urls[start : start + _BATCH]
            store.seed(source.id, [Found(url) for url in batch], LONG_AGO)
            pages = store.lease(crawl, source.id, _BATCH, LONG_AGO)
            filed = []
            for page in pages:
                number = int(page.url.removesuffix(".html").rpartition("-")[2])
                article = _article(page.url, number)
                body = json.dumps(article.body).encode()
                capture = Capture(page.url, LONG_AGO + _WATCHED, 200, (), _HTML, body)
                result = Result(
                    source.id, Outcome.STORED, "ok", LONG_AGO + _WATCHED, page.id, page.url,
                    captures=(capture,), article=article, article_url=page.url,
                )  # fmt: skip
                filed.append(Filed(result, warc.append([capture])))
            store.store(crawl, filed)
        store.end_crawl(crawl, "finished", LONG_AGO + _WATCHED, {source.id: ()})
    warc.sync()
    warc.close()


def _article(url: str, number: int) -> Article:
    body = tuple(_SENTENCE.format(n=number, m=point) for point in range(4))
    published = (datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number % 500_000)).isoformat()
    return Article(
        url, url, "article", headline=f"Quay {number} gets a new pier", published=published, body=body
    )
