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
_PUBLISHED = ("published", "pubDate", "issued", "date", "created")
_MODIFIED = ("updated", "modified")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
Entry = dict[str, list[etree._Element]]


def read_feed(body: bytes, url: str) -> list[Found] | None:
    """The articles that a feed names, in its order, each address once; None where the body is no feed at all.

    ``body`` may be packed by gzip. An entry without a web address is left out. Raises
    ``newsspider.coding.TooLarge``.
    """
    body = listing.unpacked(body)
    found = _read_json(body, url) if body[:1] == b"{" else _read_xml(body, url)
    return list({one.url: one for one in reversed(found)}.values())[::-1] if found is not None else None


# ---- RSS, RDF, Atom
# -------------------------------------------------------------------------------------------------
def _read_xml(body: bytes, url: str) -> list[Found] | None:
    found, is_feed = [], False
    for element in listing.elements(body, "item", "entry"):
        if element.getparent() is None:  # the root
            is_feed = listing.name(element) in _ROOTS
            continue
        one = _entry(element, url)
        if one:
            found.append(one)
    return found if found or is_feed else None


def _entry(element: etree._Element, url: str) -> Found | None:
    parts: Entry = {}
    for child in element:
        key = listing.name(child)
        if _is_own(child) or key not in ("title", "link"):
            parts.setdefault(key, []).append(child)
    href = next(_addresses(element, parts), None)
    address = absolute(_base(element, url), href) if href else None
    if not address:
        return None
    published, modified = _first_date(parts, _PUBLISHED), _first_date(parts, _MODIFIED)
    return Found(
        canonical(address),
        title=listing.title(listing.text(parts["title"][0])) if "title" in parts else None,
        published=published or modified,
        modified=modified,
    )


def _is_own(child: etree._Element) -> bool:
    tag = str(child.tag)
    return (tag.startswith("{") and tag[1:].partition("}")[0].startswith(_OWN)) or not (
        "{" in tag or ":" in tag
    )


def _addresses(element: etree._Element, parts: Entry) -> Iterator[str]:
    """What may be the entry's address, best first: many feeds put a counter's address into the link."""
    for key in ("origLink", "link"):
        yield from filter(None, map(listing.text, parts.get(key, ())))
    yield from _alternates(parts.get("link", ()))
    for guid in (*parts.get("guid", ()), *parts.get("id", ())):
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
    """What relative addresses in an entry are relative to: ``xml:base`` of it and what it stands in (XML Base)."""
    bases = [node.get(_BASE) for node in (element, *element.iterancestors()) if node.get(_BASE)]
    for base in reversed(bases):
        url = absolute(url, str(base)) or url
    return url


def _first_date(parts: Entry, keys: Iterable[str]) -> str | None:
    dates = (listing.when(listing.text(part)) for key in keys for part in parts.get(key, ()))
    return next(filter(None, dates), None)


# ---- JSON Feed (jsonfeed.org/version/1.1)
# ---------------------------------------------------------------------------
def _read_json(body: bytes, url: str) -> list[Found] | None:
    try:
        data = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    entries = data.get("items")
    if not isinstance(entries, list):
        return None
    return [one for entry in entries if isinstance(entry, dict) and (one := _json_entry(entry, url))]


def _json_entry(entry: dict[str, Any], url: str) -> Found | None:
    values = {key: value for key, value in entry.items() if isinstance(value, str)}
    identifier = values.get("id", "")
    href = values.get("url") or (identifier if identifier.startswith(("http://", "https://")) else "")
    address = absolute(url, href) if href else None
    if not address:
        return None
    modified = listing.when(values.get("date_modified"))
    published = listing.when(values.get("date_published")) or modified
    return Found(
        canonical(address), title=listing.title(values.get("title")), published=published, modified=modified
    )
