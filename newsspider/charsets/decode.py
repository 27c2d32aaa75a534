"""Bytes of a page to text, as browsers decide it (WHATWG HTML, 13.2.3), with a check that the declaration can
be true.
"""

from __future__ import annotations

import re

from w3lib.encoding import resolve_encoding

from newsspider.charsets.guess import guess

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# Names that Python knows and no browser does; they decode without an error, to nonsense.
_NO_TEXT = frozenset(
    ("utf-7", "utf_7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined")
)
_UNICODE = frozenset(("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf_32"))
# Labels as they are misspelt, and the number of a code page where it is that of an East Asian encoding.
_CODE_PAGE = re.compile(r"(?:x-)?(?:windows|win|cp|ms)?[-_ ]?(\d{3,4})")
_ISO = re.compile(r"iso[-_ ]?8859[-_ ]?(\d{1,2})(?:-?[ie])?")
_PAGES = {"932": "shift_jis", "936": "gb18030", "949": "euc-kr", "950": "big5", "1252": "latin-1"}
_EAST_ASIAN = frozenset(
    ("gb18030", "gbk", "big5", "big5hkscs", "cp932", "shift_jis", "euc_jp", "cp949", "euc_kr")
)
_BEYOND_ASCII = bytes(range(128, 256))
_ISO_2022 = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
_LATIN = re.compile("[a-z][\u00c0-\u024f\u2019]|[\u00c0-\u024f][a-z]")  # a letter with an accent in a word
_HEAD = 8192  # browsers look at 1,024 bytes; many pages declare it a little later
_FEW = 4  # characters that can be good UTF-8 by chance in an encoding of two bytes


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding (Python's).

    In order: byte order mark, what the bytes themselves show (UTF-16 by its zeros, ISO-2022-JP by its escapes,
    UTF-8 by being valid but for single broken bytes), Content-Type, meta or XML declaration, else a guess. Text
    in an older encoding is hardly ever valid UTF-8, so that is believed against every label.

    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    declared = _declarations(body, content_type)
    shown = _shown(body, declared)
    if shown:
        return shown
    legacy = [name for name in declared if name not in _UNICODE]
    if len(set(legacy)) > 1:
        legacy.insert(0, guess(body, legacy))
    for name in legacy:
        text = _as_declared(body, name)
        if text is not None:
            return text, name
    name = _known(guess(body)) or "cp1252"
    return body.decode(name, "replace"), name


def _shown(body: bytes, declared: list[str]) -> tuple[str, str] | None:
    """The text where the bytes themselves show what they are."""
    name = _zeros(body)
    if name:
        return body.decode(name, "replace"), name
    if body.isascii():
        escaped = b"\x1b" in body and any(mark in body for mark in _ISO_2022)
        name = "iso2022_jp" if escaped else next((each for each in declared if each not in _UNICODE), "utf-8")
        return body.decode(name, "replace"), name
    text = body.decode("utf-8", "replace")
    east_asian = bool(declared) and declared[0] in _EAST_ASIAN
    if "\ufffd" not in text and not east_asian:
        return text, "utf-8"
    broken = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    whole = len(text) - len(body.translate(None, _BEYOND_ASCII)) - broken
    if whole < broken or broken > 5 + len(text) // 200:
        return None
    if (
        whole <= _FEW
        and east_asian
        and not _LATIN.search(text)
        and _as_declared(body, declared[0]) is not None
    ):
        return None
    return text, "utf-8"


def _zeros(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of markup is zero."""
    head = body[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if 10 * max(even, odd) < len(head) or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declarations(body: bytes, content_type: str | None) -> list[str]:
    found = []
    header = _PARAMETER.search(content_type or "")
    if header:
        found.append(header.group(1))
    meta = _META.search(body, 0, _HEAD) or _XML.search(body, 0, _HEAD)
    if meta:
        found.append(meta.group(1).decode("ascii"))
    return [name for name in map(_known, found) if name]


def _known(name: str) -> str | None:
    """Python's name of an encoding as browsers understand the label: latin-1 means cp1252, gb2312 gb18030."""
    name = name.lower().strip(".:")
    resolved = resolve_encoding(name) or resolve_encoding(_respelt(name))
    if resolved is None or resolved in _NO_TEXT:
        return None
    try:
        b"a".decode(resolved, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None  # Python's codecs are not all of text: hex, base64, zlib ..
    return resolved


def _respelt(name: str) -> str:
    """A label without the usual slips: "windows1251", "iso8859-1", "EUCKR"."""
    page, iso = _CODE_PAGE.fullmatch(name), _ISO.fullmatch(name)
    if page:
        return _PAGES.get(page[1], f"windows-{page[1]}")
    if iso:
        return f"iso-8859-{iso[1]}"
    plain = re.sub(r"[^a-z0-9]", "", name)
    return {
        "eucjp": "euc-jp", "euckr": "euc-kr", "uhc": "euc-kr", "koi8r": "koi8-r", "koi8u": "koi8-u", "sjis": "shift_jis",
        "xsjis": "shift_jis", "shiftjis": "shift_jis", "gb2312": "gb18030", "xgbk": "gb18030", "big5hkscs": "big5",
        "tis620": "windows-874", "iso885911": "windows-874",
    }.get(plain, plain)  # fmt: skip


def _as_declared(body: bytes, name: str) -> str | None:
    """The text in a declared encoding; None where the bytes can't be that."""
    text = body.decode(name, "replace")
    broken = text.count("\ufffd")
    return None if broken and broken > 5 + len(text) // 200 else text
