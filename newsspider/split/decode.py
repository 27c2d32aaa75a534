"""Bytes of a page to text, as browsers decide it (WHATWG HTML, 13.2.3), with a check that the declaration can
be true.
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes
from w3lib.encoding import resolve_encoding

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# The legacy encodings of the web (WHATWG Encoding, 4.2), the usual ones of each script.
_LEGACY = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r iso8859_2 iso8859_5 iso8859_7"
    " gb18030 big5 shift_jis euc_jp euc_kr"
).split()
# Names that Python knows and no browser does; they decode without an error, to nonsense.
_NO_TEXT = frozenset(
    ("utf-7", "utf_7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined")
)
_HEAD = 8192  # browsers look at 1,024 bytes; many pages declare it a little later
_SAMPLE = 32768


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding (Python's).

    In order: byte order mark, Content-Type, meta or XML declaration, UTF-8 if it is valid, else a guess from
    the bytes. A declared UTF-8 that the bytes contradict is not believed; single broken bytes in it are
    replaced.

    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    for declared in _declarations(body, content_type):
        text = _as_declared(body, declared)
        if text is not None:
            return text, declared
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        name = _guess(body)
        return body.decode(name, "replace"), name


def _declarations(body: bytes, content_type: str | None) -> list[str]:
    found = []
    header = _PARAMETER.search(content_type or "")
    if header:
        found.append(header.group(1))
    meta = _META.search(body, 0, _HEAD) or _XML.search(body, 0, _HEAD)
    if meta:
        name = meta.group(1).decode("ascii")
        # Text in which the declaration could be read as ASCII is not UTF-16, whatever it says (WHATWG,
        # prescan).
        found.append("utf-8" if name.lower().startswith("utf-16") else name)
    return [name for name in map(_known, found) if name]


def _known(name: str) -> str | None:
    """Python's name of an encoding as browsers understand the label: latin-1 means cp1252, gb2312 gb18030."""
    resolved = resolve_encoding(name)
    if resolved is None or resolved in _NO_TEXT:
        return None
    try:
        b"a".decode(resolved, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None  # Python's codecs are not all of text: hex, base64, zlib ..
    return resolved


def _as_declared(body: bytes, name: str) -> str | None:
    """The text in a declared encoding; None where the bytes can't be that."""
    text = body.decode(name, "replace")
    broken = text.count("\ufffd")
    if broken and broken > 5 + len(text) // 200:
        return None
    if name not in ("utf-8", "utf-16-le", "utf-16-be") and broken:
        try:  # a wrong declaration over good UTF-8
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return text


def _guess(body: bytes) -> str:
    """A legacy encoding, from the bytes that are not ASCII."""
    strange = [line for line in body[: _SAMPLE * 8].split(b"\n") if not line.isascii()]
    sample = re.sub(rb"<[^>]{0,400}>", b" ", b"\n".join(strange))[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    if best is None or best.encoding == "ascii":
        return "cp1252"
    return _known(best.encoding) or "cp1252"
