"""An archive of invented news with its WARC files, as three nights of crawls leave it: papers in six scripts, articles that are
edited, deleted and lost, tickers, datelines, and a source that is red.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from unittest.mock import patch

from archives import HTML

from newsspider.records import Article, Aside, Capture, Dateline, DuePage, Found, Link, Outcome, Result, Role
from newsspider.runs.archive import Archive
from newsspider.source import Expect, Source

FIRST = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
AFTER = "2026-11-25T02:00:00Z"  # the time at which the archive is read, for NEWSSPIDER_NOW
SOURCES = (
    Source(
        "courier",
        "Mekong Courier",
        "https://courier.example/",
        "en",
        "Asia/Phnom_Penh",
        expect=Expect(articles=4),
    ),
    Source("herald", "Delta Herald", "https://herald.example/", "en", "Asia/Ho_Chi_Minh"),
    Source("donneng", "ដំណឹងទន្លេ", "https://donneng.example/", "km", "Asia/Phnom_Penh"),
    Source("almina", "الميناء اليوم", "https://almina.example/", "ar", "Asia/Riyadh"),
    Source("hanamal", "קול הנמל", "https://hanamal.example/", "he", "Asia/Jerusalem"),
    Source("khaomaenam", "ข่าวแม่น้ำ", "https://khaomaenam.example/", "th", "Asia/Bangkok"),
    Source("nanjiang", "南江日报", "https://nanjiang.example/", "zh", "Asia/Shanghai"),
)
FERRY = Article(
    headline="River Ferry Fares to Fall by a Fifth",
    summary="The state takes back the timetable; the operator keeps the boats.",
    authors=("Chea Rattana", "Tom Aldous"),
    published="2026-11-22T19:02:00+07:00",
    modified="2026-11-22T19:02:00+07:00",
    dateline=Dateline("PHNOM PENH, Nov. 22 (MRP)", "Phnom Penh", "2026-11-22", "MRP"),
    body=(
        "The price of a river crossing will fall by a fifth from January, the ministry said on Sunday.",
        "“We bought back the clock, not the boats,” a spokesman said.",
        "A bridge two kilometres upstream is due to open next month.",
    ),
    asides=(Aside("caption", "Motorcyclists board the evening boat.", 1),),
    ticker=(
        Link("Salt Growers Ask for Later Start", "https://courier.example/salt"),
        Link("Regatta Put Off by a Week", "https://courier.example/regatta"),
    ),
    related=(
        Link("Salt growers ask for a later start to the season", "https://courier.example/salt"),
        Link("Fare tables (PDF)", "https://works.example/fares.pdf"),
    ),
    section="Transport",
    tags=("ferries", "fares"),
    language="en",
    provenance={"headline": "json-ld", "dateline": "text"},
)
CHEAPER = replace(
    FERRY,
    headline="River Ferry Fares to Fall by a Quarter",
    body=(
        "The price of a river crossing will fall by a quarter from January, the ministry said on Sunday.",
        *FERRY.body[1:],
    ),
    ticker=(
        Link("Salt Growers Ask for a Much Later Start", "https://courier.example/salt"),
        Link("Night Ferry to Run Until Bridge Opens", "https://courier.example/night"),
    ),
)


def _told(language: str, day: int, headline: str, *body: str, place: str = "", **more: object) -> Article:
    line = Dateline(place.upper(), place) if place else None
    at = f"2026-11-{day}T08:30:00Z"
    known: dict[str, object] = {"published": at, "modified": at, "dateline": line, "authors": ()}
    return Article(headline=headline, body=body, language=language, **{**known, **more})  # type: ignore[arg-type]


_SALT = _told("en", 22, "Kampot Salt Growers Ask for Later Start to Season", "Rain has kept the pans wet.",
              "The growers want two weeks more.", place="Kampot", authors=("Chea Rattana",), section="Economy")  # fmt: skip
_FLOOD = _told("en", 22, "Flooded Market Moves Uphill", "Flooding closed the market by the quay.",
               place="Springfield", section="Economy")  # fmt: skip
_FOG = _told("en", 22, "Fog Halts Boats", "No boat left the Old Landing before ten.", place="Old Landing")
_NIGHT = _told("en", 23, "Night Ferry to Run Until the Bridge Opens", "The night ferry stays, the ministry said.",
               place="Phnom Penh", authors=("Tom Aldous",), section="Transport")  # fmt: skip
_SAME = _told("en", 23, "Night Ferry Stays Until Bridge Opens", "The night ferry stays, the ministry said on Monday.",
              place="Can Tho")  # fmt: skip
_BRIDGE = _told("km", 22, "ស្ពានថ្មីឆ្លងទន្លេបាសាក់ នឹងបើកឲ្យធ្វើចរាចរណ៍នៅខែក្រោយ", "ស្ពានថ្មីនឹងបើកនៅខែក្រោយ នៅភ្នំពេញ។",
                "នៅសល់តែការដាក់ភ្លើងបំភ្លឺ។", place="ភ្នំពេញ")  # fmt: skip
_SHIP = _told("ar", 22, "ميناء الشرق يستقبل أول سفينة حاويات تعمل بالميثانول", "رست في ميناء الشرق سفينة الحاويات «نسيم البحر».",
              place="الرياض", authors=("ليلى مرعي",), section="اقتصاد",
              ticker=(Link("الميناء يغلق أبوابه بسبب الضباب", "https://almina.example/dabab"),))  # fmt: skip
_PORT = _told("he", 22, "הנמל נפתח מחדש אחרי הערפל", "הנמל נפתח מחדש בבוקר, לאחר שהערפל התפזר.", "שש ספינות חיכו בים.",
              place="חיפה", authors=("נועה ברק",))  # fmt: skip
_BOATS = _told(
    "th", 23, "เรือข้ามฟากกรุงเทพเพิ่มเที่ยวช่วงเย็น", "เรือข้ามฟากจะเพิ่มเที่ยวในช่วงเย็นตั้งแต่เดือนหน้า", place="กรุงเทพ"
)
_EXPERTS = _told("zh", 22, "北京专家赴金边参与古建筑修复", "专家组周二抵达。", place="北京")
_WALLS = _told("zh", 24, "古城墙修复工程完成", "修复工程用了三年时间。", place="北京")
_Page = Article | int  # what it holds, or its status
_NIGHTS: tuple[Mapping[str, Mapping[str, _Page]], ...] = (
    {
        "courier": {"salt": _SALT, "ferry": FERRY, "flood": _FLOOD, "fog": _FOG},
        "donneng": {"spean": _BRIDGE},
        "almina": {"safina": _SHIP},
        "hanamal": {"namal": _PORT},
        "khaomaenam": {},
        "nanjiang": {"zhuanjia": _EXPERTS},
        "herald": {},
    },
    {
        "courier": {"ferry": CHEAPER, "night": _NIGHT, "salt": _SALT, "flood": _FLOOD},
        "herald": {"night": _SAME},
        "hanamal": {"namal": replace(_PORT, body=(_PORT.body[0], "שבע ספינות חיכו בים."))},
        "khaomaenam": {"ruea": _BOATS},
        "nanjiang": {"zhuanjia": _EXPERTS},
    },
    {
        "courier": {"ferry": CHEAPER, "salt": 500},
        "almina": {"safina": 410},
        "nanjiang": {"chengqiang": _WALLS},
    },
)
_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="stylesheet" href="{site}/style.css"><script src="{site}/advert.js"></script></head>
<body><h1>{headline}</h1><img src="{site}/photo.jpg" alt=""><p>{text}</p>
<script>document.title = "ran"; fetch("{site}/seen")</script><a href="{site}/more">more</a></body></html>"""


def make(folder: Path, site: str) -> None:
    """Make the archive of a folder. Its pages load style sheets, scripts and pictures of ``site``."""
    for number, night in enumerate(_NIGHTS):
        at = FIRST + timedelta(days=number)
        with _night(folder, at, night) as archive:
            for source, pages in night.items():
                home = f"https://{source}.example/"
                found = [Found(home + name) for name in pages]
                archive.seed(source, [Found(home, Role.SECTION), *found]).result()
                asked = {due.url.removeprefix(home): due for due in archive.lease(source, 99).result()}
                for name, page in {"": 200, **pages}.items():
                    archive.put(_result(asked[name], page, at, site))


@contextmanager
def _night(folder: Path, at: datetime, night: Mapping[str, object]) -> Iterator[Archive]:
    with patch("newsspider.clock.now", lambda: at):
        archive = Archive.open(folder, "crawl", [source for source in SOURCES if source.id in night])
        try:
            yield archive
        finally:
            archive.close("finished")


def _result(due: DuePage, page: _Page, at: datetime, site: str) -> Result:
    article = page if isinstance(page, Article) else None
    status = 200 if isinstance(page, Article) else page
    text = ""
    if article:
        words = escape(" ".join(article.body))
        text = _PAGE.format(language=article.language, headline=article.headline, text=words, site=site)
    outcome = {200: Outcome.STORED, 410: Outcome.GONE}.get(status, Outcome.FAILED)
    reason = "ok" if status == 200 else f"http_{status}"
    captures = (Capture(due.url, at, status, (), (HTML,), text.encode()),)
    return Result(
        due.source,
        outcome,
        reason,
        at,
        due.id,
        due.url,
        due.role,
        captures,
        article,
        article_url=due.url if article else None,
    )
