"""Atom feeds (RFC 4287), whatever stands in a page's text."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree as Tree

_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# All that XML 1.0 has no place for, escaped or not: https://www.w3.org/TR/xml/#charsets
_NO_CHAR = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")  # RFC 4287, 3.3
# What no address may hold (RFC 3987, 2.2), though pages write it.
_NO_ADDRESS = re.compile(r"""[\s"<>\\^`{|}\x7f-\xa0]""")
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: times as YYYY-MM-DDTHH:MM:SSZ, ``address`` where it leads in the browser, ``via`` where it comes from."""

    id: str
    title: str
    updated: str
    address: str
    published: str | None = None
    via: str | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    language: str | None = None
    category: str | None = None


def urn(name: str) -> str:
    """An ID for what has no address of its own: the same for the same name, always."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def atom(name: str, title: str, own: str, page: str, entries: Sequence[Entry]) -> bytes:
    """A feed. ``name`` is what its ID is made of, ``own`` its address, ``page`` that of the page with the same news."""
    feed = Tree.Element("feed", {"xmlns": _NAMESPACE})
    _text(feed, "id", urn(name))
    _text(feed, "title", title)
    _text(feed, "updated", max((_time(entry.updated) for entry in entries), default=_NEVER))
    _link(feed, "self", own, "application/atom+xml")
    _link(feed, "alternate", page, "text/html")
    _author(feed, "newsspider")
    for entry in entries:
        _entry(Tree.SubElement(feed, "entry"), entry)
    written: bytes = Tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(made: Tree.Element, entry: Entry) -> None:
    if entry.language and _TAG.fullmatch(entry.language):
        made.set(_LANG, entry.language)
    _text(made, "id", _address(entry.id))
    _text(made, "title", entry.title)
    _text(made, "updated", _time(entry.updated))
    if entry.published and _TIME.fullmatch(entry.published):
        _text(made, "published", entry.published)
    _link(made, "alternate", entry.address, "text/html")
    if entry.via:
        _link(made, "via", entry.via)
    for author in entry.authors:
        _author(made, author)
    if entry.category:
        Tree.SubElement(made, "category", {"term": _clean(entry.category)})
    if entry.summary:
        _text(made, "summary", entry.summary)


def _text(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(parent, name).text = _clean(text)


def _link(parent: Tree.Element, rel: str, address: str, kind: str | None = None) -> None:
    link = Tree.SubElement(parent, "link", {"rel": rel, "href": _address(address)})
    if kind:
        link.set("type", kind)


def _address(text: str) -> str:
    return _NO_ADDRESS.sub(lambda match: quote(match[0]), _clean(text))


def _time(text: str | None) -> str:
    """A time, where it is one: readers refuse a whole feed for one that is none."""
    return text if text and _TIME.fullmatch(text) else _NEVER


def _author(parent: Tree.Element, name: str) -> None:
    _text(Tree.SubElement(parent, "author"), "name", name)


def _clean(text: str) -> str:
    return _NO_CHAR.sub("", text)
