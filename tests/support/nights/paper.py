"""The paper itself: what it answers, night for night."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from html import escape
from urllib.parse import urlsplit

from invented.stories import Writer
from loopback import Answer, Site

from nights.script import SECTIONS, Script, Story, path_of, time_of

HTML = "text/html; charset=utf-8"
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_FEED = 20  # stories of the feed
_NEWS_NIGHTS = 4  # that the news sitemap covers
_PAGE = 10  # stories of a section page
_BLOCK = "<title>Just a moment...</title><h1>Checking your browser</h1><p>Please enable cookies and JavaScript to continue.</p>"


class Paper(Site):
    """Lives through a script: set ``night``, then let it be crawled."""

    def __init__(self, script: Script, host: str = "127.0.0.1") -> None:
        super().__init__(host)
        self.script = script
        self.night = 1
        self.seconds = 0.0  # that each answer takes
        self._archive: dict[int, bytes] = {}

    @cached_property
    def _by_path(self) -> dict[str, Story]:
        """Stories by all addresses that they ever have."""
        nights = (1, self.script.nights)
        return {path_of(story, night): story for story in self.script.stories for night in nights}

    def archived(self) -> list[str]:
        """Addresses of the stories that the archive's sitemap has from before the first night."""
        return [self.url + path_of(Story(0, n, "archive"), 0) for n in range(self.script.archive)]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """What a request gets tonight."""
        return replace(self._answer(path, headers), seconds=self.seconds)

    def _answer(self, path: str, headers: dict[str, str]) -> Answer:
        parts = urlsplit(path)
        script, night = self.script, self.night
        if parts.path == "/robots.txt":
            return Answer("User-agent: *\nDisallow: /letters/\n\nSitemap: /sitemap.xml\n")
        if night == script.outage:
            return Answer("busy", 503, {"Retry-After": "1"})
        if night == script.blocked:
            return Answer(_BLOCK, headers={"Content-Type": HTML})
        return self._list(parts.path, parts.query, headers) or self._page(parts.path, headers)

    # ---- stories ---------------------------------------------------------------------------------
    def _page(self, path: str, headers: dict[str, str]) -> Answer:
        is_amp = path.startswith("/amp/")
        story = self._story_at(path.removeprefix("/amp"))
        if story is None or (story.night > self.night):
            return Answer("<title>Not found</title><h1>Not found</h1>", 404, {"Content-Type": HTML})
        if status := story.is_gone(self.night):
            return Answer("<title>Not found</title><h1>Not found</h1>", status, {"Content-Type": HTML})
        own = path_of(story, self.night)
        if path.removeprefix("/amp") != own:
            return Answer("", 301, {"Location": own})
        if (story.night, story.number) == (1, 2) and "visit=1" not in headers.get("cookie", ""):
            return Answer("", 302, {"Location": path, "Set-Cookie": "visit=1; Path=/"})
        return self._tagged(self._html(story, is_amp), headers, story.number % 2 == 0, self._tag_of(story))

    def _story_at(self, path: str) -> Story | None:
        if path.startswith("/archive/") and path.endswith(".html"):
            number = int(path.removesuffix(".html").rpartition("-")[2]) - 1_000_000
            if number < self.script.archive:
                return Story(0, number, "archive")
        return self._by_path.get(path)

    def _tag_of(self, story: Story) -> str:
        """Moves with the story and the layout, not with the ticker."""
        versions = len(story.after(self.night, "loud", "silent"))
        return f"{story.night}-{story.number}-{versions}-{self.night >= self.script.redesign}"

    def _html(self, story: Story, is_amp: bool) -> str:
        text = _text(story, self.night)
        own = self.url + path_of(story, self.night)
        times = {"published": story.published, "modified": _modified(story, self.night)}
        metas = "".join(
            f'<meta property="article:{name}_time" content="{moment.isoformat()}">'
            for name, moment in times.items()
        )
        head = (
            f'<html lang="en"><head><meta charset="utf-8"><title>{escape(text[0])} | The Quay</title>'
            f'<link rel="canonical" href="{own}"><link rel="amphtml" href="/amp{path_of(story, self.night)}">{metas}</head>'
        )
        paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text[1])
        if is_amp:
            return f"<!doctype html>{head}<body><h1>{escape(text[0])}</h1>{paragraphs}</body></html>"
        layout = _NEW if self.night >= self.script.redesign else _OLD
        links = "".join(f'<li><a href="{url}">{escape(line)}</a></li>' for url, line in self._related(story))
        return f"<!doctype html>{head}" + layout.format(
            ticker=self._ticker(), menu=self._menu(), headline=escape(text[0]), text=paragraphs, related=links
        )

    def _related(self, story: Story) -> list[tuple[str, str]]:
        others = [
            other for other in self._listed("front") if other.section == story.section and other != story
        ]
        return [(path_of(other, self.night), _text(other, self.night)[0]) for other in others[:3]]

    # ---- lists -----------------------------------------------------------------------------------
    def _list(self, path: str, query: str, headers: dict[str, str]) -> Answer | None:
        name = path.strip("/")
        if path == "/":
            return self._tagged(self._front(), headers, False)
        if name in SECTIONS:
            return self._tagged(self._section(name, query), headers, False)
        if name.startswith("whats-on"):
            return self._tagged(self._calendar(name), headers, False)
        if path == "/feed.xml":
            return self._feed_answer(headers)
        if path == "/sitemap.xml":
            return self._tagged(self._index(), headers, True, kind="text/xml")
        if path == "/sitemap-news.xml":
            return self._tagged(self._news(), headers, True, kind="text/xml")
        if path == "/sitemap-archive.xml":  # packed, whatever its name says
            return self._tagged(self._packed(), headers, True, kind="application/xml")
        return None

    def _tagged(
        self, body: str | bytes, headers: dict[str, str], tagged: bool, tag: str = "", kind: str = HTML
    ) -> Answer:
        """The answer with an ETag, or 304 where the other side has it already."""
        if not tagged and not self.script.all_tagged:
            return Answer(body, headers={"Content-Type": kind})
        raw = tag.encode() if tag else body.encode() if isinstance(body, str) else body
        etag = f'"{hashlib.sha1(raw).hexdigest()[:16]}"'
        if headers.get("if-none-match") == etag:
            return Answer("", 304, {"ETag": etag})
        return Answer(body, headers={"Content-Type": kind, "ETag": etag})

    def _listed(self, *places: str) -> list[Story]:
        """Stories that lists name tonight, the newest first."""
        return self.script.listed(self.night, *places)

    def _link(self, story: Story, amp: bool = False) -> str:
        headline = escape(_text(story, self.night)[0])
        return f'<h3><a href="{"/amp" if amp else ""}{path_of(story, self.night)}">{headline}</a></h3>'

    def _menu(self) -> str:
        return (
            "".join(f'<a href="/{name}/">{name.title()}</a>' for name in SECTIONS)
            + '<a href="/whats-on/">What\'s on</a>'
        )

    def _ticker(self) -> str:
        return "".join(
            f'<a href="{path_of(story, self.night)}">{escape(_text(story, self.night)[0])}</a>'
            for story in self.script.ticker(self.night)
        )

    def _front(self) -> str:
        stories = self._listed("front")[:12]
        links = "".join(map(self._link, stories)) + self._link(stories[1], amp=True)
        alternate = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        return f"<title>The Quay</title>{alternate}<nav>{self._menu()}</nav><main>{links}</main>"

    def _section(self, name: str, query: str) -> str:
        page = int(query.removeprefix("page=") or 1) if query.startswith("page=") or not query else 1
        stories = [story for story in self._listed("front", "section") if story.section == name]
        links = "".join(map(self._link, stories[(page - 1) * _PAGE : page * _PAGE]))
        pages = range(1, -(-len(stories) // _PAGE) + 1)
        pager = "".join(f'<a href="/{name}/?page={number}">{number}</a>' for number in pages)
        filters = "".join(
            f'<a href="/{name}/?order={order}&view={page}">{order}</a>' for order in ("oldest", "most read")
        )
        main = f"<main>{links}</main>{filters}<div class=pager>{pager}</div>"
        return f"<title>{name.title()}</title><nav>{self._menu()}</nav>{main}"

    def _calendar(self, name: str) -> str:
        """A day of the calendar: it leads to the day before and the day behind, for ever."""
        year, month, day = (int(part) for part in (name.split("/")[1:] or ["2026", "11", "5"]))
        days = [datetime(year, month, day, tzinfo=UTC) + timedelta(days=step) for step in (-1, 1, 7)]
        links = "".join(
            f'<li><a href="/whats-on/{d:%Y/%m/%d}">{d:%A, %d %B %Y}: all concerts and markets</a>'
            for d in days
        )
        return f"<title>What's on</title><nav>{self._menu()}</nav><main><h1>{day}.{month}.{year}</h1><ul>{links}</ul></main>"

    def _feed_answer(self, headers: dict[str, str]) -> Answer:
        if self.night == self.script.lost_feed:
            return Answer("<title>Oops</title><h1>Our feed has moved</h1>", headers={"Content-Type": HTML})
        text = self._feed()
        if self.night == self.script.torn_feed:
            text = text[: len(text) // 2]
        return self._tagged(text, headers, True, kind="application/rss+xml")

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{escape(_text(story, self.night)[0])}</title>"
            f"<link>{self.url}{path_of(story, self.night)}?utm_source=rss</link>"
            f"<pubDate>{story.published:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
            for story in self._listed("front")[:_FEED]
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title>{items}</channel></rss>'
        )

    def _index(self) -> str:
        changed = (
            time_of(self.script.archive_night) if self.night >= self.script.archive_night else time_of(1)
        )
        maps = {"news": time_of(self.night), "archive": changed - timedelta(hours=1)}
        entries = "".join(
            f"<sitemap><loc>{self.url}/sitemap-{name}.xml</loc><lastmod>{moment.isoformat()}</lastmod></sitemap>"
            for name, moment in maps.items()
        )
        return f'<?xml version="1.0"?><sitemapindex {_XMLNS}>{entries}</sitemapindex>'

    def _news(self) -> str:
        stories = [story for story in self._listed("front") if story.night > self.night - _NEWS_NIGHTS]
        entries = "".join(
            f"<url><loc>{self.url}{path_of(story, self.night)}</loc><lastmod>{_modified(story, self.night).isoformat()}</lastmod>"
            f"<news:news><news:publication_date>{story.published.isoformat()}</news:publication_date>"
            f"<news:title>{escape(_text(story, self.night)[0])}</news:title></news:news></url>"
            for story in stories
        )
        return f'<?xml version="1.0"?><urlset {_XMLNS} {_NEWS}>{entries}</urlset>'

    def _packed(self) -> bytes:
        """The archive's sitemap: as many addresses as the protocol allows, the newest in place of the oldest."""
        news = [self.url + path_of(story, self.night) for story in self._listed("archive")]
        if len(news) not in self._archive:
            entries = "".join(f"<url><loc>{url}</loc></url>" for url in (self.archived() + news)[len(news) :])
            text = f'<?xml version="1.0"?><urlset {_XMLNS}>{entries}</urlset>'
            self._archive[len(news)] = gzip.compress(text.encode(), 6, mtime=0)
        return self._archive[len(news)]


_OLD = (
    "<body><div class=breaking-news>{ticker}</div><nav>{menu}</nav><article><h1>{headline}</h1>{text}</article>"
    "<h3>Related articles</h3><ul>{related}</ul></body></html>"
)
_NEW = (
    '<body class="v2"><header><div class="logo">The Quay</div><nav>{menu}</nav></header><div class="ticker">{ticker}</div>'
    '<div id="app"><main class="grid"><section class="story-shell"><header><h1 class="hed">{headline}</h1></header>'
    '<div class="story-body">{text}</div></section><aside class="read-next"><h2>Read next</h2><ul>{related}</ul></aside>'
    "</main></div><footer><p>© The Quay</p></footer></body></html>"
)


def _modified(story: Story, night: int) -> datetime:
    """When the story says that it was changed."""
    changes = story.after(night, "loud")
    return time_of(changes[-1].night) - timedelta(minutes=30) if changes else story.published


@lru_cache(maxsize=4096)
def _first_text(night: int, number: int) -> tuple[str, tuple[str, ...]]:
    story = Writer("en", f"quay/{night}/{number}", "/{id}/{slug}").story((), (4, 7), filed=False)
    return story.headline, tuple(block.text for block in story.blocks)


def _text(story: Story, night: int) -> tuple[str, list[str]]:
    """Headline and paragraphs on a night."""
    headline, paragraphs = _first_text(story.night, story.number)
    edits = story.after(night, "loud", "silent")
    more = [
        f"On {edit.night} November the council of ward {story.number} said that it had never agreed to this."
        for edit in edits
    ]
    return headline, [*paragraphs, *more]
