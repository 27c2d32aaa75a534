"""An archive of invented news in several scripts, made by the real writer, and Datasette with it open."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import variety
from datasette.app import Datasette
from loopback import Site, served
from watching import Watch, watching

from newsspider.browse import compat
from newsspider.records import Article, Aside, Capture, Dateline, Found, Link, Outcome, Result, WarcPlace
from newsspider.source import Source
from newsspider.store import Filed, Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SERVE = """
import sys
from pathlib import Path
from newsspider.browse.serve import serve
sys.exit(serve(Path(sys.argv[1]), port=0))
"""
# It runs these tests on Datasette 1.0 where they run on 0.65.
collect_ignore = [] if compat.LEGACY else ["test_newer_datasette.py"]
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOURCES = [
    Source("courier", "Mekong Courier", "https://courier.example/", "en", "Asia/Phnom_Penh"),
    Source("donneng", "ដំណឹងទន្លេ", "https://donneng.example/", "km", "Asia/Phnom_Penh"),
    Source("almina", "الميناء اليوم", "https://almina.example/", "ar", "Asia/Riyadh"),
    Source("nanjiang", "南江日报", "https://nanjiang.example/", "zh", "Asia/Shanghai"),
]
FERRY = replace(
    variety.FERRY,
    kicker="Transport",
    published="2026-11-24T19:02:00+07:00",
    modified="2026-11-24T19:02:00+07:00",
    dateline=Dateline("PHNOM PENH, Nov. 24 (MRP)", "Phnom Penh", "2026-11-24", "MRP"),
    ticker=(variety.FERRY.ticker[0], Link("Night Market Fire Contained", "https://courier.example/fire")),
)
ARTICLES = [
    (
        "courier",
        "salt",
        Article(
            headline="Kampot Salt Growers Ask for Later Start to Season",
            authors=("Chea Rattana",),
            published="2026-11-23T09:00:00+07:00",
            body=("Rain has kept the pans wet.", "The growers want two weeks more."),
            section="Economy",
            language="en",
        ),
    ),
    ("courier", "ferry", FERRY),
    (
        "donneng",
        "spean",
        Article(
            headline="ស្ពានថ្មីឆ្លងទន្លេបាសាក់ នឹងបើកឲ្យធ្វើចរាចរណ៍នៅខែក្រោយ",
            summary="ក្រសួងថា ការងារសាងសង់សម្រេចបាន ៩៦ ភាគរយ។",
            published="2026-11-24T20:00:00+07:00",
            dateline=Dateline("ភ្នំពេញ", "ភ្នំពេញ"),
            body=("ស្ពានថ្មីនឹងបើកនៅខែក្រោយ នៅភ្នំពេញ។", "នៅសល់តែការដាក់ភ្លើងបំភ្លឺ។"),
            language="km",
        ),
    ),
    (
        "almina",
        "safina",
        Article(
            headline="ميناء الشرق يستقبل أول سفينة حاويات تعمل بالميثانول",
            authors=("ليلى مرعي",),
            published="2026-11-25T02:30:00+03:00",
            dateline=Dateline("مدينة المرسى (وكالة الساحل)", "مدينة المرسى", None, "وكالة الساحل"),
            body=("رست في ميناء الشرق مساء الثلاثاء سفينة الحاويات «نسيم البحر».",),
            flags=("partial",),
            language="ar",
        ),
    ),
    (
        "nanjiang",
        "zhuanjia",
        Article(
            headline="北京专家赴金边参与古建筑修复",
            published="2026-11-24",
            body=("专家组周二抵达。",),
            language="zh",
            related=(),
        ),
    ),
]
HOSTILE = Article(
    headline='<script>alert("headline")</script> & "quotes"',
    summary="<img src=x onerror=alert(1)>",
    kicker="<b>bold</b>",
    authors=('"><script>alert(2)</script>',),
    dateline=Dateline("<i>NOWHERE</i>", "<i>Nowhere</i>"),
    body=("<iframe src=https://evil.example></iframe>", "javascript:alert(3)"),
    asides=(Aside("post", "<script>alert(4)</script>", 9),),
    ticker=(Link("<script>alert(5)</script>", "javascript:alert(5)"),),
    related=(
        Link("<script>alert(6)</script>", "javascript:alert(6)"),
        Link("data", "data:text/html,<script>alert(7)</script>"),
    ),
    section="<u>section</u>",
    tags=("<script>alert(8)</script>",),
    image="javascript:alert(9)",
    canonical_url="javascript:alert(10)",
    language='en" onload="alert(11)',
)


class Maker:
    """Writes an archive as a crawl does, one article a call."""

    def __init__(self, path: Path) -> None:
        self.store = Store.open(path)
        self.store.sync_sources(SOURCES, NOON)
        self.crawl = self.store.begin_crawl("crawl", NOON)
        self.offset = 0

    def add(
        self,
        source: str,
        name: str,
        article: Article | None,
        at: datetime = NOON,
        outcome: Outcome = Outcome.STORED,
        reason: str = "ok",
    ) -> None:
        """A page of a source was fetched and became this article."""
        url = f"https://{source}.example/{name}"
        self.store.seed(source, [Found(url)], at)
        page = self.store.page(url)
        assert page
        status = 200 if article else 410
        headers = ((b"Content-Type", b"text/html; charset=utf-8"),)
        capture = Capture(url, at, status, (), headers, b"x" * 2000)
        place = WarcPlace("20261124-0001.warc.gz", self.offset, 900, "sha1:QK3VZ5N2M4T6XWB7QK3VZ5N2M4T6XWB7")
        self.offset += 900
        result = Result(
            source, outcome, reason, at, page.id, url, captures=(capture,), article=article, article_url=url
        )
        self.store.store(self.crawl, [Filed(result, (place,))])

    def end(self, *red: str) -> None:
        """The crawl ends."""
        self.store.end_crawl(self.crawl, "finished", NOON + timedelta(hours=3), {"courier": red})
        self.store.close()


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Maker]]:
    """Makes archives; the writers are closed at the end."""
    makers = []

    def of(name: str = "archive.db") -> Maker:
        makers.append(Maker(tmp_path / name))
        return makers[-1]

    yield of
    for maker in makers:
        maker.store.close()


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that ``archive_path`` copies."""
    path = tmp_path_factory.mktemp("finished") / "archive.db"
    maker = Maker(path)
    for source, name, article in ARTICLES:
        maker.add(source, name, article)
    maker.add("courier", "evil", HOSTILE, NOON + timedelta(minutes=1))
    cheaper = replace(
        FERRY,
        headline="River Ferry Fares to Fall by a Quarter",
        body=(*FERRY.body[:2], "A bridge is due to open."),
    )
    maker.add("courier", "ferry", cheaper, NOON + timedelta(hours=1))
    maker.add("almina", "safina", None, NOON + timedelta(hours=2), Outcome.GONE, "http_410")
    maker.end("courier: 1 article found, at least 10 expected")
    return path


@pytest.fixture
def archive_path(finished: Path, tmp_path: Path) -> Path:
    """An archive of six articles in four scripts: one hostile, one edited without a word, one deleted."""
    return Path(shutil.copy(finished, tmp_path / "archive.db"))


@pytest.fixture
def ids(archive_path: Path) -> dict[str, int]:
    """The numbers of the articles by the last word of their address."""
    with closing(sqlite3.connect(archive_path)) as db:
        return {url.rpartition("/")[2]: number for number, url in db.execute("SELECT id, url FROM articles")}


@pytest.fixture
async def opened(archive_path: Path) -> Datasette:
    """Plain Datasette with the archive open."""
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    return datasette


@contextmanager
def serving(path: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server in a process of its own: the process and the address that it prints."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            yield process, next(word for word in line.split() if word.startswith("http"))
        finally:
            process.kill()


@pytest.fixture
def start(archive_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Starts the server in a process of its own; gives the process and the address that it prints."""
    with ExitStack() as stack:
        yield lambda path=archive_path: stack.enter_context(serving(path))


@pytest.fixture
def watch(chromium: Browser) -> Iterator[Watch]:
    """Opens tabs; the test fails where anything goes wrong in one, or leaves the server."""
    with watching(chromium) as watch:
        yield watch


@pytest.fixture(scope="module")
def live_site() -> Iterator[Site]:
    """The site whose style sheets, scripts and pictures the pages of ``varied`` load. Nothing may be asked of it."""
    with served() as site:
        yield site


@pytest.fixture(scope="module")
def varied(live_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with an archive of papers in six scripts (``variety``), without a slash at its end."""
    folder = tmp_path_factory.mktemp("varied")
    variety.make(folder, live_site.url)
    with serving(folder / "archive.db", NEWSSPIDER_NOW=variety.AFTER) as (_, address):
        yield address.removesuffix("/front")
