"""The demo newspaper is served as a small, real news site."""

from __future__ import annotations

import gzip
import http.client
import re
import tomllib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest

from newsspider.demo import DemoSite, demo_source, load_paper
from newsspider.demo.pages import DRAFT, GONE, MOVED, MOVED_TO, SHAKY
from newsspider.source import load_source

Reply = tuple[int, dict[str, str], bytes]
PAPER = load_paper()


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoSite]:
    with DemoSite(port=0) as site:
        yield site


def ask(demo: DemoSite, path: str, headers: dict[str, str] | None = None) -> Reply:
    connection = http.client.HTTPConnection(urlsplit(demo.url).netloc, timeout=10)
    connection.request("GET", path, headers=headers or {})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, {name.lower(): value for name, value in reply.getheaders()}, body


def text(demo: DemoSite, path: str) -> str:
    status, _, body = ask(demo, path)
    assert status == 200, path
    return body.decode()


def locations(xml: str) -> list[str]:
    return [
        element.text or "" for element in ElementTree.fromstring(xml).iter() if element.tag.endswith("}loc")
    ]


def test_every_story_has_a_page(demo):
    """Eighty stories, each at its own address; the shaky page works at the third try."""
    shaky = PAPER.by_slug[SHAKY].path
    assert [ask(demo, shaky)[0] for _ in range(3)] == [500, 500, 200]
    assert len(PAPER.by_path) == len(PAPER.stories) == 80
    for story in PAPER.stories:
        assert story.blocks[-1].plain.split("\n")[0][:20] in text(demo, story.path).replace("\u00a0", " ")


def test_links_lead_to_pages(demo):
    """No page links to one that is not there, but for the one that was taken down."""
    base = demo.url.rstrip("/")
    pages = ["/", *(f"/{section}" for section in ("nation", "commerce", "culture", "sport")), *PAPER.by_path]
    links = {
        link for path in pages for link in re.findall(rf'(?:href|src)="{base}([^"]*)"', text(demo, path))
    }
    broken = [path for path in links if ask(demo, quote(path))[0] not in (200, 301)]
    assert broken == [GONE]
    assert {MOVED, DRAFT} < links


def test_moved_and_gone_pages(demo):
    """The moved page says for good where it went; the gone page is not there."""
    status, headers, _ = ask(demo, MOVED)
    assert (status, headers["location"]) == (301, demo.url.rstrip("/") + PAPER.by_slug[MOVED_TO].path)
    assert ask(demo, GONE)[0] == 404


def test_robots_sitemaps_and_feed(demo):
    """robots.txt asks for a delay and forbids the drafts; sitemaps and sections together name every story."""
    robots = text(demo, "/robots.txt")
    assert "Crawl-delay: 0.05" in robots
    assert "Disallow: /drafts/" in robots
    assert DRAFT.startswith("/drafts/")
    named = re.findall(r"Sitemap: (\S+)", robots)
    assert [urlsplit(url).path for url in named] == ["/sitemap.xml", "/news-sitemap.xml"]
    inside = {urlsplit(url).path for url in locations(text(demo, "/sitemap.xml"))}
    stories = {urlsplit(url).path for path in inside for url in locations(text(demo, path))}
    sport = {path for path in PAPER.by_path if f'href="{demo.url.rstrip("/")}{path}"' in text(demo, "/sport")}
    assert stories | sport == set(PAPER.by_path)
    feed = ElementTree.fromstring(text(demo, "/feed.xml"))
    assert len(feed.findall("channel/item")) == 20


def test_addresses_have_the_host_that_was_asked(demo):
    """A page asked for under another name links to that name; what is no name is not repeated."""
    port = urlsplit(demo.url).port
    assert (
        f'href="http://localhost:{port}/nation"' in ask(demo, "/", {"Host": f"localhost:{port}"})[2].decode()
    )
    assert b"<script" not in ask(demo, "/", {"Host": '"><script>'})[2]


def test_what_is_known_is_not_sent_again(demo):
    """An ETag or a date that was sent answers 304; an old date does not."""
    path = PAPER.stories[5].path
    _, headers, _ = ask(demo, path)
    assert parsedate_to_datetime(headers["last-modified"]) == PAPER.stories[5].published
    assert ask(demo, path, {"If-None-Match": headers["etag"]})[::2] == (304, b"")
    assert ask(demo, path, {"If-Modified-Since": headers["last-modified"]})[0] == 304
    assert ask(demo, path, {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"})[0] == 200


def test_pages_are_packed_where_that_is_accepted(demo):
    """The same page, gzipped or plain."""
    path = PAPER.stories[0].path
    _, headers, packed = ask(demo, path, {"Accept-Encoding": "gzip, br"})
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == ask(demo, path)[2]


def test_the_source_file_is_read(demo, tmp_path):
    """The source file describes the site that is served."""
    file = tmp_path / "demo.toml"
    file.write_text(demo_source(demo.url), "utf-8")
    source = load_source(file)
    assert source.home == demo.url
    assert source.fetch.allow_private is True
    assert source.expect.shares["dateline"] == 0.9
    assert "discover" not in tomllib.loads(file.read_text("utf-8"))


def test_the_late_edition():
    """New stories stand in home, feed and sitemap; the moved one says where it went, the deleted one is not there, and an
    edit without a word leaves the page's date as it was.
    """
    late = load_paper(late=True)
    new = {story.path for story in late.stories if story.slug not in PAPER.by_slug} - set(late.moved.values())
    (gone,) = set(PAPER.by_path) - set(late.by_path) - set(late.moved)
    with DemoSite(port=0) as site:
        base, silent = site.url.rstrip("/"), PAPER.by_slug["flood-gates-open-battambang"].path
        before, was_there = ask(site, silent), ask(site, gone)[0]
        assert not any(f'href="{base}{path}"' in text(site, "/") for path in new)
        site.go_late()
        after = ask(site, silent)
        assert all(
            f"{base}{path}" in text(site, page)
            for path in new
            for page in ("/", "/feed.xml", "/news-sitemap.xml")
        )
        assert (was_there, ask(site, gone)[0]) == (200, 404)
        assert [ask(site, path)[1]["location"] for path in late.moved] == [
            base + path for path in late.moved.values()
        ]
    assert before[1]["etag"] != after[1]["etag"]
    assert before[1]["last-modified"] == after[1]["last-modified"]


def test_two_sites_at_once():
    """A second demo finds another port; both serve."""
    with DemoSite() as one, DemoSite() as other:
        assert one.url != other.url
        assert ask(one, "/")[0] == ask(other, "/")[0] == 200
