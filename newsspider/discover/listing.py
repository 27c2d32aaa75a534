"""What feeds and sitemaps share: unpacked safely, read element by element, dates in one form."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html.entities import html5
from io import BytesIO
from typing import Any

from lxml import etree

from newsspider.coding import decode_body
from newsspider.records import Found

Parts = Sequence[etree._Element]
Read = Callable[[etree._Element, Parts], Found | None]

MAX_BYTES = 64 * 1024 * 1024  # unpacked; the sitemap protocol allows 50 MB
_LONGEST_TITLE = 1000  # characters: more is no title
_HEAD = 4096  # bytes in which the declaration is looked for behind whatever a server printed before it
_DECLARATION = re.compile(r"<\?xml[^>]*>")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
# Codings in which documents are written; Python knows others, and some of them take time without bound.
_CODEC = re.compile(r"iso[-_]?8859|iso-2022-(?:jp|kr)|latin|cp\d|koi8|gb|big5|euc|s(?:hift)?[-_]?jis|tis")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_PREDEFINED = {"&amp;": "&#38;", "&lt;": "&#60;", "&gt;": "&#62;", "&quot;": "&#34;", "&apos;": "&#39;"}
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31});")
_STRAY = re.compile(r"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};)")
_ROOTS = rb"(?:[\w.-]{1,40}:)?(?:rss|feed|RDF|urlset|sitemapindex)"
_ROOT = re.compile(rb"<" + _ROOTS + rb"[\s>]")
_ROOT_END = re.compile(rb"</" + _ROOTS + rb"\s*>|<" + _ROOTS + rb"(?:\s[^<>]*)?/>")
_TAIL = 4096  # bytes in which the root's end is looked for first
_SAFE: dict[str, Any] = {
    **{"recover": True, "resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False},
    **{"remove_comments": True, "remove_pis": True},
}
# Tags of web pages that are none of feeds: where they stand unescaped they are what is not well-formed.
_HTML = re.compile(
    rb"</?(?:a|abbr|article|aside|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|figcaption|figure|font|footer"
    rb"|form|h[1-6]|header|hr|html|i|iframe|img|input|li|nobr|ol|p|pre|q|s|script|section|small|span|strong|style|sub"
    rb"|sup|table|tbody|td|th|thead|tr|u|ul|wbr)(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[Tt ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([Zz]|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?"
)


def unpacked(body: bytes) -> bytes:
    """A body that begins where its text begins, without gzip whatever its name or headers said.

    Raises ``newsspider.coding.TooLarge`` where more than ``MAX_BYTES`` would come out.
    """
    return _unpacked(body)[0]


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The same, and whether it was complete."""
    body, complete = decode_body(body, "gzip" if body[:2] == b"\x1f\x8b" else None, MAX_BYTES)
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16 by its byte order mark
        return body.decode("utf-16", "replace").encode(), complete
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    declaration = body.find(b"<?xml", 0, _HEAD)
    return body[declaration:] if declaration > 0 else body, complete


def is_whole(body: bytes) -> bool:
    """Whether a feed or sitemap in XML ends where its root ends; True for what has no such root, as lists of plain text.
    Raises as ``unpacked``.
    """
    body, complete = _unpacked(body)
    ends = (
        _ROOT_END.search(body, max(0, len(body) - _TAIL)) or not _ROOT.search(body) or _ROOT_END.search(body)
    )
    return complete and bool(ends)


def read_entries(body: bytes, names: Sequence[str], read: Read) -> tuple[list[Found], str]:
    """What ``read`` makes of the elements of these local names, each address once, and the root's name.

    ``read`` gets an element and its parts. Entities that the document defines are not expanded and nothing
    is loaded. A document that is not well-formed is read entry by entry, so that damage in one does not spoil
    the others; an entry that was cut off is left out.
    """
    document = _repaired(body)
    found, root, is_sound = _read_whole(document, names, read)
    if not is_sound:
        found = _read_pieces(document, names, read) or found
    return found, root


def once(found: Iterable[Found | None]) -> list[Found]:
    """Each address where it was named first; None is nothing."""
    unique: dict[str, Found] = {}
    for one in found:
        if one:
            unique.setdefault(one.url, one)
    return list(unique.values())


def _read_whole(document: bytes, names: Iterable[str], read: Read) -> tuple[list[Found], str, bool]:
    """In one pass that forgets each entry when it was read; last, whether the document is well-formed."""
    tags = [f"{{*}}{name}" for name in names]
    events = etree.iterparse(BytesIO(document), events=("end",), tag=tags, **_SAFE)
    found: list[Found | None] = []
    try:
        for _, element in events:
            found.append(read(element, list(element)))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        pass  # not even the beginning of a document
    root = getattr(events, "root", None)
    is_sound = all(error.domain == etree.ErrorDomains.NAMESPACE for error in events.error_log)
    return once(found), name(root) if root is not None else "", is_sound


def _read_pieces(document: bytes, names: Iterable[str], read: Read) -> list[Found]:
    """Each entry by itself, without tags of web pages; what broken markup has swallowed counts as a part."""
    mark = re.compile(rf"<(/?)(?:[\w.-]+:)?(?:{'|'.join(names)})(?:\s[^<>]*)?>".encode())
    parser = etree.XMLParser(**_SAFE)
    found, start = [], -1
    for match in mark.finditer(document):
        if not match[1]:
            start = match.start()
        elif start >= 0:
            element = etree.fromstring(_HTML.sub(b" ", document[start : match.end()]), parser)
            start = -1
            if element is not None:
                swallowed = (node for node in element.iterdescendants() if node.getparent() is not element)
                found.append(read(element, [*element, *swallowed]))
    return once(found)


def _repaired(body: bytes) -> bytes:
    """The document as UTF-8 without a declaration, with numbers for all references to characters.

    Once libxml2 has met an error it drops ``&amp;`` and its like, and with them parts of addresses; numbers
    it keeps. Entities that the document defines itself become plain text: nothing is ever expanded.
    """
    declared = _DECLARED.match(body)
    codec = declared[1].decode().lower().replace("windows-", "cp") if declared else ""
    try:
        text = body.decode(codec if _CODEC.match(codec) else "utf-8", "replace")
    except LookupError:
        text = body.decode("utf-8", "replace")
    text = _DECLARATION.sub("", text, count=1)
    if "&" in text:
        pieces = _CDATA.split(text)  # a CDATA section has no references
        pieces[::2] = map(_numbered, pieces[::2])
        text = "".join(pieces)
    return text.encode("utf-8", "replace")


def _numbered(text: str) -> str:
    for reference, number in _PREDEFINED.items():
        text = text.replace(reference, number)
    return _STRAY.sub("&#38;", _NAMED.sub(_number, text))


def _number(match: re.Match[str]) -> str:
    characters = html5.get(f"{match[1]};")
    return "".join(f"&#{ord(c)};" for c in characters) if characters else match[0]


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def name(element: etree._Element) -> str:
    """The local name of an element, also where its prefix was never declared."""
    return _local(str(element.tag))


def text(element: etree._Element | None) -> str | None:
    """All text in an element, blanks joined; None where there is none."""
    if element is None:
        return None
    inner = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return " ".join(inner.split()) or None


def title(value: str | None) -> str | None:
    """A headline without markup and references, which feeds escape once or twice; None where none is left."""
    if not value:
        return None
    value = value[: 4 * _LONGEST_TITLE]
    for _ in range(2):
        if "&" in value or "<" in value:
            value = _TAG.sub(" ", html.unescape(value))
    return " ".join(value.split())[:_LONGEST_TITLE] or None


def when(value: str | None) -> str | None:
    """A date of a feed (RFC 822, RFC 3339, W3C-DTF and near them) in ISO 8601 with the zone it has, if any.

    A day without a time stays a day. None for what can't be read for certain, and for what systems write that
    have no date (1 January of 1970 or of year 1). A zone whose name RFC 822 does not know is left out.
    """
    return _read_date(value.strip()) if value and len(value) <= 100 else None


@lru_cache(maxsize=2048)
def _read_date(value: str) -> str | None:
    iso = _ISO.fullmatch(value)
    with suppress(ValueError, OverflowError, TypeError, IndexError):
        found = _from_iso(iso) if iso else parsedate_to_datetime(value).isoformat()
        return None if found.startswith(("1970-01-01", "0001-01-01")) else found
    return None


def _from_iso(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = match.groups()
    found = date(int(year), int(month), int(day)).isoformat()
    if hour is None:
        return found
    zone = "+00:00" if zone and zone.upper() in ("Z", "UTC", "GMT") else zone or ""
    return datetime.fromisoformat(f"{found}T{int(hour):02}:{minute}:{second or '00'}{zone}").isoformat()
