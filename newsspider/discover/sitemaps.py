"""Sitemaps: lists and indexes (sitemaps.org), with what news sitemaps say of each article, and plain text."""

from __future__ import annotations

from lxml import etree

from newsspider.addresses import absolute, canonical
from newsspider.discover import listing
from newsspider.discover.feeds import read_feed
from newsspider.records import Found, Role

_ROOTS = frozenset({"urlset", "sitemapindex"})


def read_sitemap(body: bytes, url: str) -> list[Found] | None:
    """The pages (role article) and sitemaps (role sitemap) that a sitemap names; None where it is none.

    ``body`` may be packed by gzip. A feed counts as a sitemap, as the protocol allows. Raises
    ``newsspider.coding.TooLarge`` for one that unpacks to more than ``listing.MAX_BYTES``.
    """
    body = listing.unpacked(body)
    found = _read_xml(body, url) if body[:1] == b"<" else _read_lines(body)
    if found is None:
        return read_feed(body, url)
    return [one for one in found if one.url != canonical(url)]


def _read_xml(body: bytes, url: str) -> list[Found] | None:
    found, root = listing.read_entries(
        body, ("url", "sitemap"), lambda element, parts: _entry(element, parts, url)
    )
    return found if found or root in _ROOTS else None


def _entry(element: etree._Element, parts: listing.Parts, url: str) -> Found | None:
    named = {listing.name(part): part for part in reversed(parts)}
    address = absolute(url, listing.text(named.get("loc")) or "")
    if not address:
        return None
    news = {listing.name(part): part for part in named.get("news", ())}
    return Found(
        canonical(address),
        Role.SITEMAP if listing.name(element) == "sitemap" else Role.ARTICLE,
        title=listing.title(listing.text(news.get("title"))),
        published=listing.when(listing.text(news.get("publication_date"))),
        modified=listing.when(listing.text(named.get("lastmod"))),
    )


def _read_lines(body: bytes) -> list[Found] | None:
    """A sitemap of plain text: one absolute address a line, and nothing else."""
    lines = [line for line in map(str.strip, body.decode("utf-8", "replace").splitlines()) if line]
    addresses = [absolute(None, line) if " " not in line else None for line in lines]
    if not lines or not all(addresses):
        return None
    return listing.once(Found(canonical(address)) for address in addresses if address)
