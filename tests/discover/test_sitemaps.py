"""Sitemaps as the protocol has them and as sites write them."""

import gzip

import pytest

from newsspider.discover import is_whole, read_sitemap, robots_sitemaps
from newsspider.records import Found, Role

HERE = "https://news.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://news.example/world/1?a=1&amp;b=2</loc><lastmod>2026-11-25T07:00:00+07:00</lastmod>
<image:image><image:loc>https://news.example/1.jpg</image:loc>
<image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>Daily</news:name><news:language>km</news:language></news:publication>
<news:publication_date>2026-11-25</news:publication_date><news:title>ភ្លៀង &amp; ខ្យល់</news:title></news:news>
</url></urlset>"""
STORY = Found(
    "https://news.example/world/1?a=1&b=2",
    title="ភ្លៀង & ខ្យល់",
    published="2026-11-25",
    modified="2026-11-25T07:00:00+07:00",
)


def without_namespaces(text: str) -> str:
    return text.partition("<urlset")[0] + "<urlset>" + text.partition('1.1">')[2]


@pytest.mark.parametrize(
    "body",
    [
        NEWS.encode(),
        gzip.compress(NEWS.encode()),
        b"\r\n" + NEWS.encode(),
        b"\xef\xbb\xbf\n" + NEWS.encode(),
        without_namespaces(NEWS).encode(),
        NEWS.replace("</loc>", "\n </loc>").replace("<loc>", "<loc> \n").encode(),
        NEWS.replace("https://news.example/world/1?a=1&amp;b=2", "<![CDATA[/world/1?a=1&b=2]]>").encode(),
        NEWS.replace("&amp;", "&").encode(),
        NEWS.partition("</urlset>")[0].encode(),
    ],
    ids=["plain", "gzip", "blank", "bom", "bare", "spaced", "relative", "ampersand", "cut"],
)
def test_a_news_sitemap_is_read_with_titles_and_dates(body: bytes) -> None:
    assert read_sitemap(body, HERE) == [STORY]


def test_a_sitemap_that_was_cut_off_is_known() -> None:
    whole = NEWS.encode()
    assert [is_whole(body) for body in (whole, b"<urlset/>", b"https://news.example/1\n")] == [True] * 3
    assert [is_whole(body) for body in (whole[:-9], whole[:300], gzip.compress(whole)[:-12])] == [False] * 3


def test_an_index_names_further_sitemaps() -> None:
    body = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/a.xml.gz</loc>
    <lastmod>2026-11-24</lastmod></sitemap><sitemap><loc>https://news.example/sitemap.xml</loc></sitemap></sitemapindex>"""
    assert read_sitemap(body, HERE) == [
        Found("https://news.example/a.xml.gz", Role.SITEMAP, modified="2026-11-24")
    ]


def test_a_text_sitemap_has_an_address_a_line() -> None:
    body = "\ufeffhttps://news.example/1\r\n\r\nhttps://news.example/ព័ត៌មាន\n".encode()
    found = read_sitemap(body, HERE)
    assert found
    assert [one.url.rpartition("/")[2][:6] for one in found] == ["1", "%E1%9E"]


def test_a_feed_serves_as_a_sitemap() -> None:
    found = read_sitemap(b"<rss><channel><item><link>/1</link></item></channel></rss>", HERE)
    assert found == [Found("https://news.example/1")]


def test_an_empty_sitemap_is_a_sitemap() -> None:
    assert read_sitemap(b"<urlset></urlset>", HERE) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><p>https://news.example/1</p></html>",
        b"Not found",
        b"\x1f\x8b\x00",
        b"https://a.example/ and more",
    ],
)
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    assert read_sitemap(body, HERE) is None


def test_robots_txt_names_sitemaps_relative_or_not() -> None:
    text = "\ufeffSitemap: /a.xml\rUser-agent: *\r\nDisallow: /b\n  SITEMAP :https://news.example/c.xml #\n"
    text += "sitemap:\n# Sitemap: /d.xml\nSitemap: /a.xml\nSitemap: mailto:x\n"
    assert robots_sitemaps(text, "https://news.example/robots.txt") == [
        "https://news.example/a.xml",
        "https://news.example/c.xml",
    ]
