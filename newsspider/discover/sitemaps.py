"""Sitemaps: lists and indexes of them (sitemaps.org), with what news sitemaps say of each article, and plain text."""

from __future__ import annotations

from lxml import etree

from newsspider.addresses import absolute, canonical
from newsspider.discover import listing
from newsspider.discover.feeds import read_feed
from newsspider.records import Found, Role

_ROOTS = frozenset({"urlset", "sitemapindex"})


def read_sitemap(body: bytes, url: str) -> list[Found] | None:
    """The pages (role article) and further sitemaps (role sitemap) that a sitemap names; None where it is none.

    ``body`` may be packed by gzip. A feed counts as a sitemap, as the protocol allows. Raises
    ``newsspider.coding.TooLarge`` for one that unpacks to more than ``listing.MAX_BYTES``.
    """
    body = listing.unpacked(body)
    found = _read_xml(body, url) if body[:1] == b"<" else _read_lines(body, url)
    if found is None:
        return read_feed(body, url)
    return list({one.url: one for one in found if one.url != url}.values())


def _read_xml(body: bytes, url: str) -> list[Found] | None:
    found, is_sitemap = [], False
    for element in listing.elements(body, "url", "sitemap"):
        if element.getparent() is None:  # the root
            is_sitemap = listing.name(element) in _ROOTS
            continue
        one = _entry(element, url)
        if one:
            found.append(one)
    return found if found or is_sitemap else None


def _entry(element: etree._Element, url: str) -> Found | None:
    parts = {listing.name(child): child for child in element}
    address = absolute(url, listing.text(parts.get("loc")) or "")
    if not address:
        return None
    news = {listing.name(child): child for child in parts["news"]} if "news" in parts else {}
    return Found(
        canonical(address),
        Role.SITEMAP if listing.name(element) == "sitemap" else Role.ARTICLE,
        title=listing.title(listing.text(news.get("title"))),
        published=listing.when(listing.text(news.get("publication_date"))),
        modified=listing.when(listing.text(parts.get("lastmod"))),
    )


def _read_lines(body: bytes, url: str) -> list[Found] | None:
    """A sitemap of plain text: one absolute address a line, and nothing else."""
    lines = [line for line in map(str.strip, body.decode("utf-8", "replace").splitlines()) if line]
    addresses = [absolute(None, line) for line in lines]
    if not lines or not all(addresses):
        return None
    return [Found(canonical(address)) for address in addresses if address]
