"""How long each page of an archive takes while a crawl is writing, and the same questions asked of Datasette alone.

    python tests/benchmarks/make_archive.py FOLDER
    python tests/benchmarks/browse.py FOLDER
    python tests/benchmarks/browse.py FOLDER --only front --only search --tries 30

The pages are those that the archive's navigation, its tables and its queries lead to, and searches for words that are
common, rare, of scripts without spaces, and absent. Each is asked for once to be warm, then so many times; median and worst
are in ms. A second process stores fifty new articles each second meanwhile, as a crawl does: the archive grows, so use
one that was made for this. Datasette alone is asked with our plugin switched off: the same table, the same SQL."""

from __future__ import annotations

import argparse
import json
import random
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from scripts import COMMON, LANGUAGES, RARE, voice

from newsspider.records import Article, Capture, Dateline, Found, Outcome, Result, WarcPlace
from newsspider.source import Source
from newsspider.store import Filed, Store

WANTED, WANTED_SEARCH = 200, 300  # ms
_SERVE = """
import sys
from pathlib import Path
from newsspider.browse.serve import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]))
"""
# What tells both of Datasette's lines to load no plugins: 0.65 does not know its environment variable for that.
_SERVE_ALONE = """
import sys
sys._called_from_test = True
from datasette.cli import cli
cli(["serve", sys.argv[1], "--port", sys.argv[2]])
"""
_WORDS = (
    COMMON,
    RARE,
    f"{COMMON} {RARE}",
    f"{COMMON[:4]}*",
    "北京",
    "首相",
    "กรุงเทพ",
    "ភ្នំពេញ",
    "Москва",
    "القاهرة",
    "nowhere",
)
# What the table of articles is narrowed to and sorted by; ... is the place of most articles.
_FILTERS: tuple[dict[str, Any], ...] = (
    {"source": 1},
    {"dateline_place": ...},
    {"day": "2026-11-20"},
    {"language": "en"},
    {"source": 1, "language": "en"},
    {"dateline_place": ..., "language": "en"},
    {"dateline_place": ..., "source": 2},
    {"dateline_place__isnull": 1, "source": 1},
    {"day": "2026-11-20", "source": 2},
    {"_sort": "headline"},
)
# Other tables and rows that pages lead to; the page of the database.
_ROWS = (
    "pages?source=1",
    "revisions?seen_at__startswith=2026-11-20",
    "ticker_entries?source=1",
    "captures/1000",
    "crawls/10",
    "sources/1",
    "",
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--tries", type=int, default=11)
    parser.add_argument(
        "--only", action="append", default=[], help="Pages whose address has this; again for more."
    )
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    path: Path = options.folder / "archive.db"
    if options.write:
        write(path)
    with writing(options.folder), serving(path, ours=True) as own, serving(path, ours=False) as alone:
        print(f"{'median':>7} {'worst':>7} {'alone':>7} {'worst':>7}  page, ms")
        for page, plain in pages(own, path):
            if not options.only or any(part in page for part in options.only):
                tell(
                    page,
                    timed(own, page, options.tries),
                    timed(alone, plain, options.tries) if plain else None,
                )


def tell(page: str, own: list[float] | str, alone: list[float] | str | None) -> None:
    wanted = WANTED_SEARCH if "search" in page else WANTED
    late = " <-- slow" if isinstance(own, list) and median(own) > wanted else ""
    shown = [
        f"{median(some):7.0f} {max(some):7.0f}" if isinstance(some, list) else f"{some or '-':>15}"
        for some in (own, alone)
    ]
    print(*shown, f" {page}{late}", flush=True)


def timed(server: int, page: str, tries: int) -> list[float] | str:
    """Milliseconds of so many tries; what was answered instead, where it is no page."""
    took = []
    for _ in range(tries + 1):
        begun = time.perf_counter()
        status, body = ask(server, page)
        took.append((time.perf_counter() - begun) * 1000)
        if b"SQL Interrupted" in body or b"SQL query took too long" in body:
            return "too slow"
        if status != 200:
            return f"HTTP {status}"
    return took[1:]


def ask(server: int, page: str) -> tuple[int, bytes]:
    with closing(HTTPConnection("127.0.0.1", server, timeout=120)) as connection:
        connection.request("GET", page)
        answer = connection.getresponse()
        return answer.status, answer.read()


def pages(own: int, path: Path) -> Iterator[tuple[str, str | None]]:
    """Each page, and what asks the same of Datasette alone; None where nothing there does."""
    _, front = ask(own, "/archive/front")
    navigation = front.partition(b'class="ns-nav"')[2].partition(b"</ul>")[0].decode()
    for link in dict.fromkeys(re.findall(r'href="([^"#]+)"', navigation)):
        yield link, link if link.count("/") == 1 else None
    yield "/archive/front?day=2026-11-20", None
    for word in _WORDS:
        plain = {"_search": f'"{word}"', "_fts_table": "articles_fts", "_fts_pk": "id"}
        yield f"/archive/search?{urlencode({'q': word})}", f"/archive/articles?{urlencode(plain)}"
    yield f"/archive/articles?_search={COMMON}", None
    for article in of(path, "SELECT max(article) FROM revisions", "SELECT max(article) FROM ticker_entries"):
        yield f"/archive/articles/{article}", f"/archive/articles/{article}"
    known = json.loads(ask(own, "/archive.json")[1])
    for table in [table["name"] for table in known["tables"] if not table["hidden"]]:
        yield f"/archive/{table}", f"/archive/{table}"
    (place,) = of(path, "SELECT place FROM place_counts GROUP BY place ORDER BY sum(articles) DESC LIMIT 1")
    for filters in _FILTERS:
        asked = {name: place if value is ... else value for name, value in filters.items()}
        yield f"/archive/articles?{urlencode(asked)}", f"/archive/articles?{urlencode(asked)}"
    for rows in _ROWS:
        page = f"/archive/{rows}".rstrip("/")
        yield page, page
    for query in known["queries"]:
        values = dict.fromkeys(re.findall(r":(\w+)", query["sql"]), "")
        yield f"/archive/{query['name']}", f"/archive?{urlencode({'sql': query['sql'], **values})}"
        words = {"words": COMMON} if "words" in values else {}
        yield f"/archive/queries/{query['name']}?{urlencode(words)}".rstrip("?"), None
    for feed in (f"search.atom?q={COMMON}", f"search.atom?q={COMMON}&language=en", "search.atom"):
        yield f"/archive/{feed}", None


def of(path: Path, *queries: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return [db.execute(query).fetchone()[0] for query in queries]


@contextmanager
def serving(path: Path, *, ours: bool) -> Iterator[int]:
    """A server of the archive, ours or Datasette without plugins."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-c", _SERVE if ours else _SERVE_ALONE, str(path), port]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                ask(int(port), "/-/versions.json")
                break
            except OSError:
                time.sleep(0.25)
        yield int(port)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """A process that stores articles meanwhile."""
    process = subprocess.Popen([sys.executable, __file__, str(folder), "--write"])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def write(path: Path) -> None:
    """Store fifty articles each second until the process is ended."""
    dice = random.Random(time.time())
    voices = [voice(language) for language in LANGUAGES]
    source = Source("courier1", "The EN Courier 1", "https://courier1.example/", "en", "Europe/London")
    with Store.open(path) as store:
        begun = datetime.now(UTC)
        store.sync_sources([source], begun)
        crawl = store.begin_crawl("crawl", begun)
        for batch in range(1_000_000):
            now = datetime.now(UTC)
            urls = [f"{source.home}{begun:%Y%m%d%H%M%S}/{batch}-{number}" for number in range(50)]
            store.seed(source.id, [Found(url) for url in urls], now)
            filed = []
            for number, page in enumerate(store.lease(crawl, source.id, 50, now)):
                words = dice.choice(voices)
                place = words.place(dice)
                article = Article(
                    page.url, page.url, "article", headline=words.headline(dice), published=now.isoformat(),
                    dateline=Dateline(f"{place} —", place), body=tuple(words.paragraphs(dice, 2000)), language=words.language,
                )  # fmt: skip
                capture = Capture(page.url, now, 200, (), ((b"Content-Type", b"text/html"),), b"page")
                place_of = WarcPlace(
                    f"newsspider-{begun:%Y%m%d%H%M%S}.warc.gz", (batch * 50 + number) * 1000, 1000, "sha1:X"
                )
                result = Result(
                    source.id, Outcome.STORED, "ok", now, page.id, page.url,
                    captures=(capture,), article=article, article_url=page.url,
                )  # fmt: skip
                filed.append(Filed(result, (place_of,)))
            store.store(crawl, filed)
            time.sleep(max(0.0, 1 - (datetime.now(UTC) - now).total_seconds()))


if __name__ == "__main__":
    main()
