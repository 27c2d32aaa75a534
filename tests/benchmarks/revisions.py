"""What the history of changes costs the writer: a night that looks at known articles again, with it and without it.

    python tests/benchmarks/revisions.py
    python tests/benchmarks/revisions.py --articles 10000 --edited 0.03 --tries 5

An archive of so many articles is made by the store's own writer. Then a night is stored in which each of them was fetched
again: some were edited, of the others only what is around the text was other. That is done in turn with the history and
without (no field is compared, no revision written), each time on a copy of the same archive. Printed: processor seconds of
the writer, growth of the database, revisions."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from newsspider.records import Article, Capture, Found, Outcome, Result, WarcPlace
from newsspider.source import Source
from newsspider.store import Filed, Store

FIRST = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
_SOURCE = Source("harbour", "Harbour News", "https://harbour.example/", "en", "UTC")
_HTML = ((b"Content-Type", b"text/html; charset=utf-8"),)
_SENTENCE = "The board of quay {n} met in the old customs house and talked about point {m} of its plan for the new pier. "
_PARAGRAPHS, _SENTENCES = 12, 3  # some 3.9 kB of text
_BATCH = 200


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--edited", type=float, default=0.03, metavar="SHARE", help="Of the articles.")
    parser.add_argument("--tries", type=int, default=5, metavar="N", help="Of each way.")
    options = parser.parse_args()
    first = [_article(number) for number in range(options.articles)]
    every = max(1, round(1 / options.edited)) if options.edited else 0
    second = [_edited(article) if every and n % every == 0 else article for n, article in enumerate(first)]
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "made.db"
        _night(made, first, FIRST)
        seconds: dict[str, list[float]] = {"with": [], "without": []}
        for number in range(2 * options.tries):
            way = "without" if number % 2 else "with"
            path = Path(shutil.copy(made, Path(name) / f"{way}.db"))
            with _without_history() if way == "without" else _as_it_is():
                seconds[way].append(_night(path, second, FIRST + timedelta(days=1)))
        for way, known in seconds.items():
            path = Path(name) / f"{way}.db"
            print(
                f"{way:8} {statistics.median(known):.2f} s of processor ({min(known):.2f} to {max(known):.2f}),"
                f" database {made.stat().st_size:,} -> {path.stat().st_size:,} bytes, {_revisions(path):,} revisions"
            )
        ratio = statistics.median(a / b for a, b in zip(seconds["with"], seconds["without"], strict=True))
        print(f"median of the ratios {ratio:.3f}")


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def _without_history() -> Iterator[None]:
    """No field counts as a change, no revision is written."""
    of = "newsspider.store"
    with patch(f"{of}.readings.WATCHED", ()), patch(f"{of}.articles._revise", lambda *_, **__: None):
        yield


def _night(path: Path, articles: Sequence[Article], at: datetime) -> float:
    """All these articles are fetched and stored; returns the processor seconds that took."""
    with Store.open(path) as store:
        store.sync_sources([_SOURCE], at)
        crawl = store.begin_crawl("benchmark", at)
        begun = time.process_time()
        for start in range(0, len(articles), _BATCH):
            batch = articles[start : start + _BATCH]
            store.seed(_SOURCE.id, [Found(article.url or "") for article in batch], at)
            store.store(crawl, [_filed(store, article, at, start + n) for n, article in enumerate(batch)])
        store.end_crawl(crawl, "finished", at + timedelta(hours=1), {_SOURCE.id: ()})
        return time.process_time() - begun


def _filed(store: Store, article: Article, at: datetime, number: int) -> Filed:
    assert article.url
    page = store.page(article.url)
    assert page
    body = f"{number} readers at {at}".encode()
    capture = Capture(article.url, at, 200, (), _HTML, body)
    place = WarcPlace(f"{at:%Y%m%d}-0001.warc.gz", number * 9000, 9000, f"sha1:{number:032d}")
    result = Result(
        _SOURCE.id, Outcome.STORED, "ok", at, page.id, article.url,
        captures=(capture,), article=article, article_url=article.url,
    )  # fmt: skip
    return Filed(result, (place,))


def _article(number: int) -> Article:
    url = f"https://harbour.example/news/{number}.html"
    body = tuple(
        "".join(
            _SENTENCE.format(n=number, m=part * _SENTENCES + point) for point in range(_SENTENCES)
        ).strip()
        for part in range(_PARAGRAPHS)
    )
    headline = f"Quay {number} gets a new pier"
    published = (FIRST - timedelta(minutes=number)).isoformat()
    return Article(url, url, "article", headline=headline, published=published, modified=published, body=body)


def _edited(article: Article) -> Article:
    body = (
        *article.body[:3],
        "The mayor, who was not asked, said that she would like a word.",
        *article.body[4:],
    )
    return replace(article, headline=f"{article.headline} after all", body=body)


def _revisions(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM revisions").fetchone()[0])


if __name__ == "__main__":
    main()
