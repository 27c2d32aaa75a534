"""Invented news sites on loopback, as a new source meets them: what they name and how their pages look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from loopback import Answer, Site

XML = {"Content-Type": "application/xml"}
_ARABIC = (
    "اجتمع مجلس الحي على ضفة النهر وتحدث عن خطة السوق التي تنتظر منذ سنوات",
    "وقالت رئيسة المجلس إن العمل يبدأ في الربيع ولم يعترض أحد من الحاضرين على الخطة",
    "وأضافت أن ثلاثة جسور جديدة ستبنى بعد ذلك وأن الميزانية كافية لكل هذه الأعمال",
)
_KHMER = (
    "ក្រុមប្រឹក្សាសង្កាត់បានជួបប្រជុំគ្នានៅមាត់ទន្លេ ហើយបានពិភាក្សាអំពីផែនការផ្សារថ្មី ដែលរង់ចាំជាច្រើនឆ្នាំមកហើយ",
    "ប្រធានក្រុមប្រឹក្សាបានមានប្រសាសន៍ថា ការងារនឹងចាប់ផ្តើមនៅដើមឆ្នាំ ហើយគ្មាននរណាប្រឆាំងនឹងផែនការនេះទេ",
    "លោកស្រីបានបន្ថែមថា ស្ពានថ្មីចំនួនបីនឹងត្រូវសាងសង់នៅពេលក្រោយ ហើយថវិកាមានគ្រប់គ្រាន់សម្រាប់ការងារទាំងអស់នេះ",
)
_ENGLISH = (
    "The council of the ward met on the river bank and talked about the plan for the market, which has waited for years.",
    "Nobody was against it, said the chair, and the work begins in spring as soon as the water has gone down again.",
    "Three bridges follow after that, and the budget is enough for all of them, she told the people who had come.",
)
TEXTS = {"en": _ENGLISH, "ar": _ARABIC, "km": _KHMER}
HEADS = {
    "en": "Ward {} agrees on a new market",
    "ar": "الحي {} يوافق على سوق جديدة على ضفة النهر",
    "km": "សង្កាត់លេខ {} យល់ព្រមលើផែនការផ្សារថ្មី",
}


def report(number: int, language: str = "en", zone: str = "+07:00", more: str = "") -> str:
    """A page with an invented article."""
    head = HEADS[language].format(number)
    text = "".join(f"<p>{line} ({number}).</p>" for line in TEXTS[language] * 2)
    day = f"2026-11-{number % 20 + 1:02}T08:30:00{zone}"
    return (
        f'<!doctype html><html lang="{language}"><head><title>{head}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{day}">{more}</head>'
        f"<body><article><h1>{head}</h1>{text}</article></body></html>"
    )


def front(links: Sequence[tuple[str, str]], head: str = "", menu: Sequence[tuple[str, str]] = ()) -> str:
    """A home page: address and text of each link, those of the menu apart."""
    nav = "".join(f'<a href="{url}">{text}</a>' for url, text in menu)
    items = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in links)
    return f"<!doctype html><html><head>{head}</head><body><nav>{nav}</nav><main><ul>{items}</ul></main></body></html>"


def rss(urls: Sequence[str]) -> Answer:
    """A feed that names these articles, the first on 20 November 2026, each other a day before."""
    items = "".join(
        f"<item><title>Story {n}</title><link>{url}</link><pubDate>{20 - n % 20} Nov 2026 08:00:00 +0700</pubDate></item>"
        for n, url in enumerate(urls)
    )
    return Answer(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>', headers=XML)


def robots(*sitemaps: str) -> Answer:
    """A robots.txt that names sitemaps."""
    return Answer("User-agent: *\nAllow: /\n" + "".join(f"Sitemap: {url}\n" for url in sitemaps))


def urlset(urls: Sequence[str], news: bool = False) -> Answer:
    """A sitemap, or one of news, of these pages."""
    said = (
        "<news:news><news:publication_date>2026-11-20T08:00:00+07:00</news:publication_date><news:title>T</news:title>"
        "</news:news>"
        if news
        else ""
    )
    entries = "".join(f"<url><loc>{url}</loc>{said}</url>" for url in urls)
    return Answer(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>',
        headers=XML,
    )


def whole_paper(site: Site) -> Site:
    """A site that has everything: a feed that its home page names, sitemap and news sitemap in robots.txt, sections."""
    paths = [f"/news/2026/11/{n:02}/ward-{n}-agrees-on-a-new-market" for n in range(1, 13)]
    site.pages.update({path: report(n) for n, path in enumerate(paths, 1)})
    urls = [site.url + path for path in paths]
    head = (
        '<title>River Post</title><meta property="og:site_name" content="The River Post">'
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    )
    links = [(path, f"Ward {n} agrees on a new market at the river") for n, path in enumerate(paths[:5], 1)]
    site.pages["/"] = front(links, head, [("/politics", "Politics"), ("/sport", "Sport")])
    site.pages["/politics"] = site.pages["/sport"] = front(links[:2])
    site.pages["/feed.xml"] = rss(urls[:6])
    site.pages["/robots.txt"] = robots("/sitemap.xml", "/news.xml")
    site.pages["/sitemap.xml"] = urlset(urls)
    site.pages["/news.xml"] = urlset(urls[:3], news=True)
    return site


def with_articles(site: Site, paths: Sequence[str], language: str = "en", **page: Any) -> Site:
    """A site with nothing but these articles and a home page that links to them."""
    links = [(path, HEADS[language].format(n)) for n, path in enumerate(paths)]
    site.pages.update({path: report(n, language, **page) for n, path in enumerate(paths)})
    site.pages["/"] = front(links, "<title>Evening Bell</title>")
    return site
