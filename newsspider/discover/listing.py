"""What feeds and sitemaps share: unpacked safely, read element by element, dates in one form."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html.entities import html5
from io import BytesIO

from lxml import etree

from newsspider.coding import decode_body

MAX_BYTES = 64 * 1024 * 1024  # unpacked; the sitemap protocol allows 50 MB
_LONGEST_TITLE = 1000  # characters: more is no title
_HEAD = 4096  # bytes in which the declaration is looked for behind whatever a server printed before it
_DECLARATION = re.compile(r"<\?xml[^>]*>")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
# Codings in which documents are written; Python knows some more that cost time without bound.
_CODEC = re.compile(r"iso[-_]?8859|iso-2022-(?:jp|kr)|latin|cp\d|koi8|gb|big5|euc|s(?:hift)?[-_]?jis|tis")
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|(?P<start>&)(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};)(?:(?P<name>[A-Za-z][A-Za-z0-9]{0,31});)?",
    re.DOTALL,
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
    body, _ = decode_body(body, "gzip" if body[:2] == b"\x1f\x8b" else None, MAX_BYTES)
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16 by its byte order mark
        return body.decode("utf-16", "replace").encode()
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    declaration = body.find(b"<?xml", 0, _HEAD)
    return body[declaration:] if declaration > 0 else body


def elements(body: bytes, *names: str) -> Iterator[etree._Element]:
    """Elements of these local names as they end, each forgotten when the next is asked for: memory stays flat.

    The root comes last, whatever its name. Entities that the document defines are not expanded, nothing is
    loaded, and what is broken is read as far as it can be.
    """
    events = etree.iterparse(
        BytesIO(_repaired(body)),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    with suppress(etree.XMLSyntaxError):
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    root = getattr(events, "root", None)
    if root is not None:
        yield root


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
    return (_REFERENCE.sub(_numbered, text) if "&" in text else text).encode("utf-8", "replace")


def _numbered(match: re.Match[str]) -> str:
    if not match["start"]:  # a CDATA section has no references
        return match[0]
    characters = html5.get(f"{match['name']};")
    return "".join(f"&#{ord(c)};" for c in characters) if characters else f"&#38;{match[0][1:]}"


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
    """A headline without markup and character references, which feeds escape once or twice; None where it is empty."""
    if not value:
        return None
    for _ in range(2):
        value = _TAG.sub(" ", html.unescape(value[: 4 * _LONGEST_TITLE]))
    return " ".join(value.split())[:_LONGEST_TITLE] or None


def when(value: str | None) -> str | None:
    """A date of a feed (RFC 822, RFC 3339, W3C-DTF and near them) in ISO 8601 with the zone it has, if any.

    A day without a time stays a day. None for what can't be read for certain.
    """
    if not value or len(value) > 100:
        return None
    iso = _ISO.fullmatch(value.strip())
    with suppress(ValueError, OverflowError, TypeError, IndexError):
        return _from_iso(iso) if iso else parsedate_to_datetime(value).isoformat()
    return None


def _from_iso(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = match.groups()
    found = date(int(year), int(month), int(day)).isoformat()
    if hour is None:
        return found
    zone = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", "": ""}.get((zone or "").upper(), zone or "")
    return datetime.fromisoformat(f"{found}T{int(hour):02}:{minute}:{second or '00'}{zone}").isoformat()
