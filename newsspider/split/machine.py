"""What a page says of itself for machines: JSON-LD, meta tags, microdata; and which JSON-LD object is its
article.

A ``Page`` comes in, ``Machine`` comes out: evidence, not yet values. Sources: schema.org, Open Graph
(ogp.me), the meta names of Dublin Core, Parse.ly, Sailthru, Chartbeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from newsspider.addresses import parts_of
from newsspider.split.jsonld import Graph, Thing, Value, as_list, plain, text_of
from newsspider.split.likeness import letters, same_text
from newsspider.split.table import Page

T = TypeVar("T")

_KEYS_ELSEWHERE = (
    "itemListElement hasPart mentions isBasedOn citation comment review associatedMedia video liveBlogUpdate"
    " relatedLink about isPartOf publisher author image subjectOf"
)
_ELSEWHERE = frozenset(_KEYS_ELSEWHERE.split())
_LISTED = frozenset(
    ("itemListElement", "comment", "review", "hasPart", "mentions", "video", "associatedMedia")
)
_BORNE_OUT = 4.0  # score from which one object of a list is the page's article: title or address is its own
_NO_ARTICLE = ("Review", "Comment", "UserComments", "SocialMediaPosting", "DiscussionForumPosting")


@dataclass(frozen=True, slots=True)
class Given(Generic[T]):
    """A field's value and the word for where it came from (json-ld, meta, html, text, url, feed, dateline,
    layout, source).
    """

    value: T
    source: str


class Machine:
    """The machine data of one page. ``main`` is the JSON-LD object of its article; empty where none is."""

    def __init__(self, page: Page, url: str | None = None) -> None:
        self.page = page
        self.url = live_address(url or page.url or "") or None
        self.graph = Graph(page.json_ld)
        self.metas: dict[str, list[str]] = {}
        for name, content in page.meta:
            self.metas.setdefault(name, []).append(plain(content) if "&" in content else content)
        self.thing = self._main()
        self.main: Value = self.thing.data if self.thing else {}
        self._said: dict[str, str | None] = {}

    def meta(self, *names: str) -> str | None:
        """The first content that a meta tag of one of these names has, the names in order of trust."""
        return next((content for name in names for content in self.metas.get(name, ()) if content), None)

    def said(self, key: str) -> str | None:
        """A property of the article's JSON-LD as text."""
        if key not in self._said:
            self._said[key] = text_of(self.main.get(key))
        return self._said[key]

    def props(self, name: str) -> list[int]:
        """Nodes with this itemprop (in lower case), in page order."""
        return [node for prop, node in self.page.props if prop == name]

    def prop_text(self, node: int) -> str:
        """A microdata property's value: ``content`` or ``datetime``, else its text (HTML, 5.2.3)."""
        attributes = self.page.nodes[node].attributes
        given = attributes.get("content") or attributes.get("datetime")
        return plain(given) if given else self.page.text_of(node)

    def articles(self) -> list[Thing]:
        """All JSON-LD objects of an article type, the main one first."""
        found = [thing for thing in self.graph.things if is_article(thing) and thing is not self.thing]
        return [self.thing, *found] if self.thing else found

    def others(self) -> Iterator[Thing]:
        """JSON-LD objects at the top of the page that are neither the article nor items of some list."""
        for thing in self.graph.things:
            if thing is not self.thing and len(thing.path) < 2 and not is_listed(thing):
                yield thing

    @cached_property
    def site_names(self) -> list[str]:
        """The names of the site and of the organisations behind it, as the page and its domain have them."""
        found = [
            self.meta("og:site_name"),
            self.meta("application-name", "apple-mobile-web-app-title"),
            self.meta("publisher", "article:publisher"),
        ]
        found.append(text_of(self.graph.objects(self.main.get("publisher"))))
        for thing in self.graph.things:
            kinds = {"WebSite", "NewsMediaOrganization", "Organization"} & set(thing.types)
            if kinds and not {"about", "mentions"} & set(thing.path) and not {"Person"} & set(thing.types):
                found.append(text_of(thing.data.get("name")))
        host = parts_of(self.url or self.page.canonical or "").hostname or ""
        label = host.removeprefix("www.")
        found += [label, label.partition(".")[0]]
        title = letters(self.page.title)  # some pages call their site as the story
        return list(dict.fromkeys(n for n in found if n and not n.startswith("http") and letters(n) != title))

    @cached_property
    def _site_letters(self) -> frozenset[str]:
        return frozenset(filter(None, map(letters, self.site_names)))

    @cached_property
    def is_personal(self) -> bool:
        """Whether the page says that its publisher is a person: then the site's name can be the author's."""
        publishers = self.graph.objects(self.main.get("publisher"))
        publishers += [
            self.graph.resolve(t.data.get("publisher")) for t in self.graph.things if "WebSite" in t.types
        ]
        return any(isinstance(p, dict) and "Person" in as_list(p.get("@type")) for p in publishers)

    def is_site(self, text: str) -> bool:
        """Whether a text is a name of the site, blanks, case and marks aside."""
        return letters(text) in self._site_letters

    def _main(self) -> Thing | None:
        """The article among the JSON-LD objects: the one whose headline the title bears out, whose address is
        the page's.
        """
        best, best_score = None, 0.0
        titles = [self.page.title, *self.metas.get("og:title", ())]
        addresses = {_bare(url) for url in (self.url, self.page.canonical, self.meta("og:url")) if url}
        for thing in self.graph.things:
            if not is_article(thing):
                continue
            score = 1.0 + self._fit(thing, titles, addresses)
            if score > best_score and (score >= _BORNE_OUT or not is_listed(thing)):
                best, best_score = thing, score
        return best

    @staticmethod
    def _fit(thing: Thing, titles: list[str], addresses: set[str]) -> float:
        data, score = thing.data, 0.0
        headline = text_of(data.get("headline")) or text_of(data.get("name"))
        if headline and any(
            same_text(headline, title) or letters(headline) in letters(title) for title in titles if title
        ):
            score += 4
        own = [data.get("url"), data.get("@id"), data.get("mainEntityOfPage")]
        own = [
            item.get("@id") or item.get("url") if isinstance(item, dict) else item
            for part in own
            for item in as_list(part)
        ]
        if any(isinstance(item, str) and _bare(item) in addresses for item in own):
            score += 3
        if not _ELSEWHERE & set(thing.path):
            score += 2
        if data.get("datePublished"):
            score += 1
        return score - 2 if set(thing.types) & set(_NO_ARTICLE) else score


def is_article(thing: Thing) -> bool:
    """Whether an object is of an article type (schema.org: Article, NewsArticle, BlogPosting, Report ..)."""
    return any(t.endswith(("Article", "Posting")) or t in ("Report", "Review") for t in thing.types) or (
        not thing.types and "headline" in thing.data
    )


def is_listed(thing: Thing) -> bool:
    """Whether an object is one of a list, a comment or a part of another."""
    return bool(_LISTED & set(thing.path))


def read_machine(page: Page, url: str | None = None) -> Machine:
    """Read a page's machine data. Never raises for what the page holds."""
    return Machine(page, url)


_ARCHIVED = re.compile(r"^https?://[^/]+/(?:web/)?\d{8,14}(?:[a-z]{2}_)?/(?=https?:)")


def live_address(url: str) -> str:
    """The address that a web archive's copy is of (its path has the copy's date); any other unchanged."""
    found = _ARCHIVED.match(url)
    return url[found.end() :] if found else url


def _bare(url: str) -> str:
    """An address as far as it is compared: no scheme, ``www.``, query, fragment, slash at its end."""
    bare = url.partition("#")[0].partition("?")[0].rpartition("://")[2]
    return bare.removeprefix("www.").rstrip("/").casefold()
