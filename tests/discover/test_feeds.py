"""Feeds of every kind lead to the same few facts: address, title, dates."""

import gzip

import pytest

from newsspider.discover import is_whole, read_feed
from newsspider.records import Found

HERE = "https://news.example/feeds/world.xml"
STORY = Found("https://news.example/world/1", title="Rain & wind", published="2026-11-25T06:45:00+07:00")

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>World</title><link>https://news.example/</link>
<item><title>Rain &amp; wind</title><link>https://news.example/world/1?utm_source=rss</link>
<pubDate>Wed, 25 Nov 2026 06:45:00 +0700</pubDate></item></channel></rss>"""
RSS_091 = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/d">
<rss version="0.91"><channel><item><title>Rain &#38; wind</title><link>/world/1</link>
<pubDate>2026-11-25T06:45:00+07:00</pubDate></item></channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>World</title></channel>
<item rdf:about="https://news.example/world/1"><title>Rain &amp; wind</title>
<dc:date>2026-11-25T06:45+07:00</dc:date></item></rdf:RDF>"""
RDF_090 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://my.netscape.com/rdf/simple/0.9/">
<item><title>Rain &amp; wind</title><link>https://news.example/world/1</link></item></rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/world/"><title>World</title>
<entry><title type="html">Rain &amp;amp; &lt;b&gt;wind&lt;/b&gt;</title><id>tag:news.example,2026:1</id>
<link rel="enclosure" href="a.mp3"/><link rel="alternate" type="application/json" href="1.json"/>
<link rel="alternate" type="text/html" href="1"/>
<published>2026-11-25T06:45:00+07:00</published></entry></feed>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://news.example/world/1",
"title": "Rain & wind", "date_published": "2026-11-25T06:45:00+07:00"}]}"""


@pytest.mark.parametrize(
    "body", [RSS, RSS_091, RDF, ATOM, JSON], ids=["rss", "rss091", "rdf", "atom", "json"]
)
def test_every_kind_of_feed_is_read(body: bytes) -> None:
    assert read_feed(body, HERE) == [STORY]


@pytest.mark.parametrize(
    "body", [RSS, RSS_091, RDF, ATOM, JSON, gzip.compress(RSS), RSS + b"<!-- made in 2 s -->" * 999]
)
def test_a_feed_that_was_cut_off_is_known(body: bytes) -> None:
    assert is_whole(body)
    if body not in (JSON, RSS) and not body.endswith(b"-->"):
        assert not is_whole(body[: len(body) * 2 // 3])


def test_a_feed_without_dates_has_none() -> None:
    assert read_feed(RDF_090, HERE) == [Found(STORY.url, title=STORY.title)]


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(RSS),
        b"\n \n" + RSS,
        b"\xef\xbb\xbf" + RSS,
        RSS.decode().encode("utf-16"),
        b"<br />Warning: something in line 3<br />" + RSS,
        RSS.replace(b'"1.0"', b'"1.0" encoding="no-such-coding"'),
        RSS.replace(b"</channel>", b"").replace(b"<channel>", b"<channel><image></img>&nbsp; & "),
        RSS[: RSS.index(b"</channel>")],
    ],
    ids=["gzip", "blank", "bom", "utf16", "warning", "coding", "broken", "cut"],
)
def test_damage_around_the_entries_does_not_lose_them(body: bytes) -> None:
    assert read_feed(body, HERE) == [STORY]


def item(inside: str) -> list[Found] | None:
    return read_feed(f"<rss><channel><item>{inside}</item></channel></rss>".encode(), HERE)


@pytest.mark.parametrize(
    "inside",
    [
        "<guid>https://news.example/a?b=1&amp;c=2</guid>",
        '<guid isPermaLink="true">https://news.example/a?b=1&amp;c=2</guid>',
        '<guid isPermaLink="false">https://news.example/999</guid><link>/a?b=1&amp;c=2</link>',
        "<link><![CDATA[ https://news.example/a?b=1&c=2 ]]></link>",
        "<link>https://news.example/a?b=1&c=2</link>",
        "<title>&nbsp;</title></b><link>https://news.example/a?b=1&amp;c=2</link>",
        "<x:origLink>https://news.example/a?b=1&amp;c=2</x:origLink><link>https://counter.example/77</link>",
        '<link></link><atom:link href="https://news.example/a?b=1&amp;c=2"/>',
        "<media:group><link>/no</link></media:group><m:link>/no</m:link><link>/a?b=1&amp;c=2</link>",
        "<description><p>Rain<br>and <b>wind</p></description><link>/a?b=1&amp;c=2</link>",
        "<description><p>Rain</description><link>/a?b=1&amp;c=2</link>",
        "<body:x><y></body:x><link>/a?b=1&amp;c=2</link>",
    ],
)
def test_the_address_is_found_wherever_the_feed_has_it(inside: str) -> None:
    found = item(inside)
    assert found
    assert [one.url for one in found] == ["https://news.example/a?b=1&c=2"]


@pytest.mark.parametrize(
    "inside", ["", "<guid>tag:1</guid>", "<link>mailto:desk@news.example</link>", "<link>#</link>"]
)
def test_an_entry_without_an_address_is_left_out(inside: str) -> None:
    assert item(f"<title>Rain</title>{inside}") == []


def test_damage_in_one_entry_does_not_spoil_the_others() -> None:
    body = "".join(
        f"<item><link>/{n}</link><description><p>Rain<br></x></description></item>" for n in range(5)
    )
    found = read_feed(f"<rss><channel>{body}<item><link>/99".encode(), HERE)
    assert found == [Found(f"https://news.example/{n}") for n in range(5)]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<![CDATA[Rain <em>and</em> wind]]>", "Rain and wind"),
        ("Rain &lt;em&gt;and&lt;/em&gt;\n  wind", "Rain and wind"),
        ("Rain &amp;amp; wind &eacute;", "Rain & wind é"),
        ("3 &lt; 4 &amp; 5 &gt; 4", "3 < 4 & 5 > 4"),
        ("  ", None),
    ],
)
def test_titles_have_no_markup(written: str, title: str | None) -> None:
    found = item(f"<link>/a</link><title>{written}</title><media:title>A picture</media:title>")
    assert found
    assert found[0].title == title


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Wed, 25 Nov 2026 06:45:00 GMT", "2026-11-25T06:45:00+00:00"),
        ("Wed, 25 Nov 2026 06:45:00 EST", "2026-11-25T06:45:00-05:00"),
        ("25 Nov 2026 06:45 ICT", "2026-11-25T06:45:00"),
        ("2026-11-25T06:45:00.5Z", "2026-11-25T06:45:00+00:00"),
        ("2026-11-25 06:45:00 +0700", "2026-11-25T06:45:00+07:00"),
        ("2026/11/25 06:45", "2026-11-25T06:45:00"),
        ("2026-11-25", "2026-11-25"),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 30 Feb 2026 10:00:00 GMT", None),
        ("25/11/2026", None),
        ("yesterday", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_iso_8601_with_the_zone_given_or_none(written: str, published: str | None) -> None:
    found = item(f"<link>/a</link><pubDate>{written}</pubDate>")
    assert found
    assert found[0].published == published


def test_a_date_of_change_is_no_date_of_publication() -> None:
    found = item("<link>/a</link><updated>2026-11-25T06:45:00Z</updated>")
    assert found == [Found("https://news.example/a", modified="2026-11-25T06:45:00+00:00")]


def test_an_address_named_twice_comes_once_where_it_was_named_first() -> None:
    body = "".join(f"<item><link>/{path}</link><title>{path}</title></item>" for path in ("a", "b", "a"))
    found = read_feed(f"<rss><channel>{body}</channel></rss>".encode(), HERE)
    assert found
    assert [one.title for one in found] == ["a", "b"]


def test_other_alphabets_are_read_in_their_coding() -> None:
    body = "<rss><item><link>/a</link><title>Дождь</title></item></rss>"
    found = read_feed(f"<?xml version='1.0' encoding='windows-1251'?>{body}".encode("cp1251"), HERE)
    assert found
    assert found[0].title == "Дождь"


def test_bytes_that_are_no_utf8_lose_only_themselves() -> None:
    found = read_feed(b"<rss><item><title>Caf\xe9 news</title><link>/a?b=1&amp;c=2</link></item></rss>", HERE)
    assert found == [Found("https://news.example/a?b=1&c=2", title="Caf\ufffd news")]


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read_feed(b"<rss><channel><title>World</title></channel></rss>", HERE) == []
    assert read_feed(b'{"items": []}', HERE) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body><p>Not found</p></body></html>",
        b"{}",
        b"[1]",
        b"{",
        b"Not found",
        b"\x00\xff",
        b"<",
    ],
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    assert read_feed(body, HERE) is None
