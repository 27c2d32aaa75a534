"""Addresses: one form for each page, one name for each site, nothing that raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.addresses import absolute, canonical, same_site, site

ADDRESSES = st.one_of(
    st.text(),
    st.text(alphabet="htps:/.?&=%;#@[]\\ aA0éខ-_~\u200b\n", max_size=40),
    st.builds(
        "{}://{}{}".format, st.sampled_from(["http", "HTTPS", "ftp", ""]), st.text(max_size=20), st.text()
    ),
    st.builds(
        "https://news.example/{}?{}#{}".format,
        st.text(alphabet="aB/%2eF~-._é;= ", max_size=20),
        st.text(alphabet="autmfbclid_source=&;%41", max_size=30),
        st.text(max_size=5),
    ),
)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("HTTPS://News.Example:443", "https://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a#top", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&id=3&fbclid=y", "https://news.example/a?id=3"),
        ("https://news.example/a?utm_source=x", "https://news.example/a"),
        ("https://news.example/a;jsessionid=0A1B?PHPSESSID=9&b=2", "https://news.example/a?b=2"),
        (
            "https://news.example/ព័ត៌មាន",
            "https://news.example/%E1%9E%96%E1%9F%90%E1%9E%8F%E1%9F%8C%E1%9E%98%E1%9E%B6%E1%9E%93",
        ),
        ("https://news.example/%e1%9e%96%7e", "https://news.example/%E1%9E%96~"),
        ("https://bücher.example./x", "https://xn--bcher-kva.example/x"),
        ("https://reader:secret@news.example/", "https://news.example/"),
        ("https://news.example/story/amp/", "https://news.example/story/"),
        ("https://news.example/story?id=3&outputType=amp", "https://news.example/story?id=3"),
        ("https://news.example/story?amp", "https://news.example/story"),
        ("https://news.example/2026/11/story.html?m=1", "https://news.example/2026/11/story.html"),
        ("https://news.example/story?print=1&id=3", "https://news.example/story?id=3"),
        ("https://www.google.com/amp/s/news.example/story/amp", "https://news.example/story"),
        ("https://news-example.cdn.ampproject.org/c/s/news.example/story", "https://news.example/story"),
    ],
)
def test_variants_of_an_address_are_written_one_way(given: str, wanted: str) -> None:
    assert canonical(given) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/Story",
        "https://news.example/story/",
        "https://www.news.example/story?b=1&a=2",
        "https://news.example/story?id=7&sid=8&ref=9&page=2",
        "https://news.example/a%2Fb",
        "https://news.example/view?source=utm_source",
        "https://news.example/amp/story",
        "https://news.example/amp",
        "https://news.example/story?m=11&print=3&lamp=1",
        "mailto:desk@news.example",
        "https://news.example:99999/",
    ],
)
def test_what_may_name_another_page_stays(url: str) -> None:
    assert canonical(url) == url


@given(ADDRESSES)
def test_canonical_never_raises_and_is_idempotent(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once


@given(ADDRESSES, ADDRESSES)
def test_an_absolute_address_keeps_its_site_when_made_canonical(base: str, href: str) -> None:
    found = absolute(base, href)
    if found is not None:
        assert found.lower().startswith(("http://", "https://"))
        assert site(found)
        assert same_site(found, canonical(found))


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("story", "https://news.example/world/story"),
        ("/story", "https://news.example/story"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("?page=2", "https://news.example/world/list?page=2"),
        ("../a/./b", "https://news.example/a/b"),
        ("/a/../b", "https://news.example/b"),
        (" /a\n b\t ", "https://news.example/a%20b"),
        ("\\world\\1", "https://news.example/world/1"),
        ("https://other.example/x y", "https://other.example/x%20y"),
        ("javascript:void(0)", None),
        ("mailto:desk@news.example", None),
        ("#top", None),
        ("", None),
        ("http://[broken/", None),
        ("http://bad host/", None),
        ("data:text/plain," + "a" * 10_000, None),
    ],
)
def test_links_become_absolute_addresses(href: str, wanted: str | None) -> None:
    assert absolute("https://news.example/world/list?page=1", href) == wanted


def test_without_a_base_only_whole_addresses_are_known() -> None:
    assert absolute(None, "/story") is None
    assert absolute(None, "https://news.example/story") == "https://news.example/story"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://www.news.co.uk/x", "news.co.uk"),
        ("https://a.b.news.com.kh/x", "news.com.kh"),
        ("https://one.blogspot.com/", "one.blogspot.com"),
        ("http://www.daily.example:8080/", "daily.example"),
        ("https://münchen.de/", "xn--mnchen-3ya.de"),
        ("http://127.0.0.1:8000/x", "127.0.0.1:8000"),
        ("http://[::1]:8000/x", "[::1]:8000"),
        ("http://localhost:8000/x", "localhost:8000"),
        ("http://localhost/x", "localhost"),
        ("no address", ""),
    ],
)
def test_a_site_is_the_registered_domain_or_host_and_port(url: str, wanted: str) -> None:
    assert site(url) == wanted


def test_sites_are_the_same_by_domain_alone() -> None:
    assert same_site("https://www.news.co.uk/a", "http://sport.news.co.uk/b")
    assert not same_site("https://news.co.uk/", "https://other.co.uk/")
    assert not same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/")
    assert not same_site("mailto:a@b", "mailto:a@b")
