"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed to the addresses of their articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from newsspider.addresses import absolute, canonical
from newsspider.discover import listing
from newsspider.records import Found

_ROOTS = frozenset({"rss", "feed", "RDF"})
# Namespaces whose title and link are the entry's own: a picture's or a player's title in another one is not.
_OWN = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss",
)
_OWN_PREFIXES = frozenset({"atom", "a10", "rss", "rdf"})
_PUBLISHED = ("published", "pubDate", "issued", "date", "created")
_MODIFIED = ("updated", "modified")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
Named = dict[str, list[etree._Element]]


def read_feed(body: bytes, url: str) -> list[Found] | None:
    """The articles that a feed names, in its order, each address once; None where the body is no feed at all.

    ``body`` may be packed by gzip. An entry without a web address is left out. Raises
    ``newsspider.coding.TooLarge``.
    """
    body = listing.unpacked(body)
    return _read_json(body, url) if body[:1] == b"{" else _read_xml(body, url)


# ---- RSS, RDF, Atom ----------------------------------------------------------------------------------------
def _read_xml(body: bytes, url: str) -> list[Found] | None:
    found, root = listing.read_entries(
        body, ("item", "entry"), lambda element, parts: _entry(element, parts, url)
    )
    return found if found or root in _ROOTS else None


def _entry(element: etree._Element, parts: listing.Parts, url: str) -> Found | None:
    named: Named = {}
    for part in parts:
        key = listing.name(part)
        if _is_own(part) or key not in ("title", "link"):
            named.setdefault(key, []).append(part)
    href = next(_addresses(element, named), None)
    address = absolute(_base(element, url), href) if href else None
    if not address:
        return None
    return Found(
        canonical(address),
        title=listing.title(listing.text(named["title"][0])) if "title" in named else None,
        published=_first_date(named, _PUBLISHED),
        modified=_first_date(named, _MODIFIED),
    )


def _is_own(part: etree._Element) -> bool:
    tag = str(part.tag)
    if tag.startswith("{"):
        return tag[1:].startswith(_OWN)
    prefix, colon, _ = tag.partition(":")  # one that was never declared
    return not colon or prefix in _OWN_PREFIXES


def _addresses(element: etree._Element, named: Named) -> Iterator[str]:
    """What may be the entry's address, best first: many feeds put a counter's address into the link."""
    for key in ("origLink", "link"):
        yield from filter(None, map(listing.text, named.get(key, ())))
    yield from _alternates(named.get("link", ()))
    for guid in (*named.get("guid", ()), *named.get("id", ())):
        value = listing.text(guid) or ""
        if guid.get("isPermaLink") != "false" and value.startswith(("http://", "https://")):
            yield value
    if about := element.get(_ABOUT):
        yield about


def _alternates(links: Iterable[etree._Element]) -> list[str]:
    """Addresses of Atom's links to the entry's page, web pages first."""
    pages = [link for link in links if link.get("href") and link.get("rel", "alternate") == "alternate"]
    pages.sort(key=lambda link: "html" not in str(link.get("type", "html")))
    return [str(link.get("href")) for link in pages]


def _base(element: etree._Element, url: str) -> str:
    """What relative addresses in an entry are relative to: ``xml:base`` of it and of what it stands in."""
    bases = [node.get(_BASE) for node in (element, *element.iterancestors()) if node.get(_BASE)]
    for base in reversed(bases):
        url = absolute(url, str(base)) or url
    return url


def _first_date(named: Named, keys: Iterable[str]) -> str | None:
    dates = (listing.when(listing.text(part)) for key in keys for part in named.get(key, ()))
    return next(filter(None, dates), None)


# ---- JSON Feed (jsonfeed.org/version/1.1) --------------------------------------------------------
def _read_json(body: bytes, url: str) -> list[Found] | None:
    try:
        data = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    entries = data.get("items")
    if not isinstance(entries, list):
        return None
    return listing.once(_json_entry(entry, url) for entry in entries if isinstance(entry, dict))


def _json_entry(entry: dict[str, Any], url: str) -> Found | None:
    values = {key: value for key, value in entry.items() if isinstance(value, str)}
    identifier = values.get("id", "")
    href = values.get("url") or (identifier if identifier.startswith(("http://", "https://")) else "")
    address = absolute(url, href) if href else None
    if not address:
        return None
    published, modified = (
        listing.when(values.get("date_published")),
        listing.when(values.get("date_modified")),
    )
    return Found(
        canonical(address), title=listing.title(values.get("title")), published=published, modified=modified
    )
