"""Feeds, sitemaps and links made to do harm: they end soon, take little and never raise what is not said."""

import gzip
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.coding import TooLarge
from newsspider.discover import is_article, listing, read_feed, read_links, read_sitemap, robots_sitemaps
from newsspider.records import PageLink
from newsspider.source import Discover, Source

HERE = "https://news.example/x.xml"
SOURCE = Source("daily", "Daily", "https://news.example/")
PIECES = st.sampled_from(
    [
        "<rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<link>",
        "</link>",
        "<title>",
        "&amp;",
        "&nbsp;",
        "&x;",
        "&",
        "<![CDATA[",
        "]]>",
        "<url>",
        "<loc>",
        "</loc>",
        "/a",
        "https://news.example/1",
        "<news:news>",
        "<sitemap>",
        "<feed",
        "xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<link",
        "href='/b'/>",
        "{",
        '"items"',
        ":",
        "[",
        "]",
        "}",
        "<!--",
        "-->",
        "<?xml?>",
        "<!DOCTYPE",
        "<urlset>",
        "\x00",
        "�",
        "é",
        "2026-11-25",
    ]
)
BODIES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=40).map(lambda p: "".join(p).encode("utf-8", "replace")),
)


@given(BODIES)
def test_any_body_is_a_feed_or_none(body: bytes) -> None:
    for found in (read_feed(body, HERE), read_sitemap(body, HERE)):
        assert found is None or all(one.url.startswith(("http://", "https://")) for one in found)


@given(st.text(), st.text(max_size=30))
def test_any_link_is_judged(address: str, text: str) -> None:
    read_links(
        [PageLink(f"https://news.example/{address}", text, "nav"), PageLink(address, text, "main")],
        HERE,
        SOURCE,
    )
    robots_sitemaps(f"Sitemap: {address}\n{text}", HERE)


def bomb(levels: int = 12) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]>'
    return f"{head}<rss><item><title>&e{levels - 1};</title><link>/1?a=&e3;</link></item></rss>".encode()


def test_entities_are_not_expanded() -> None:
    found = read_feed(bomb(), HERE)
    assert found
    assert found[0].title == "&e11;"
    assert len(found[0].url) < 60


def test_files_of_this_machine_are_not_read() -> None:
    body = b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss><item><title>&f;</title><link>/1</link></item></rss>'
    found = read_feed(body, HERE)
    assert found
    assert found[0].title == "&f;"


@pytest.mark.parametrize("read", [read_feed, read_sitemap])
def test_a_gzip_bomb_is_refused_before_it_unfolds(read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MAX_BYTES", 2_000_000)
    packed = gzip.compress(b" " * 100_000_000)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read(packed, HERE)  # type: ignore[operator]
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        b"<rss>" + b"<item>" * 100_000,
        b"<rss><item><title>" + b"<b>" * 100_000,
        b"<urlset>" + b"<url><loc>" * 50_000,
        b"{" * 200_000,
        b'{"items":' * 100_000,
        b'{"items":[' + b"[" * 200_000,
        b"<![CDATA[" * 200_000,
        b"&" * 300_000,
        b"<rss><item><title>" + b"&lt;" * 200_000,
        b"<rss><item><title>" + b"&lt;a" * 200_000,
        b"<rss><item><pubDate>" + b"2026-11-25 " * 200_000,
        b"<?xml " + b"encoding=" * 200_000,
        b"<?xml version='1.0' encoding='punycode'?>" + b"a-b" * 200_000,
        b"https://news.example/\n" * 50_000,
        b"\x1f\x8b" * 200_000,
    ],
    ids=lambda body: body[:20].decode("latin-1"),
)
def test_nesting_and_repetition_end(body: bytes) -> None:
    for found in (read_feed(body, HERE), read_sitemap(body, HERE)):
        assert found is None or len(found) <= 1
    listing.is_whole(body)


def test_a_large_sitemap_stays_flat_in_memory() -> None:
    entry = "<url><loc>https://news.example/{0}</loc><x:pad>" + "y" * 400 + "</x:pad></url>"
    body = f"<urlset>{''.join(map(entry.format, range(20_000)))}</urlset>".encode()
    tracemalloc.start()
    found = read_sitemap(body, HERE)
    assert found
    assert len(found) == 20_000
    assert tracemalloc.get_traced_memory()[1] < 4 * len(body)
    tracemalloc.stop()


def test_odd_values_of_a_json_feed_are_left_out() -> None:
    entries = [
        None,
        1,
        [],
        {},
        {"url": 5},
        {"url": ["x"]},
        {"url": "/1", "title": {"a": 1}, "date_published": 5},
    ]
    found = read_feed(json.dumps({"items": entries}).encode(), HERE)
    assert found
    assert [(one.url, one.title, one.published) for one in found] == [("https://news.example/1", None, None)]


def test_an_overlong_address_never_meets_a_pattern() -> None:
    source = Source("daily", "Daily", "https://news.example/", discover=Discover(articles="a+a+a+a+$"))
    assert not is_article("https://news.example/" + "a" * 5000 + "!", source)
