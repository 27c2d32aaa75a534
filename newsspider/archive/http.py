"""HTTP messages as they stand in WARC records (RFC 9112), written and read."""

from __future__ import annotations

import re
from http import HTTPStatus

from newsspider.records import Capture, Headers

_BREAK = re.compile(rb"\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_BREAKS = re.compile(rb"[\r\n\x00]+")
_HOST = re.compile(r"[^/?]*")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


def request_block(capture: Capture) -> bytes:
    """The request as it was sent; Host is added where it is missing (the client adds it last)."""
    host, target = _host_and_target(capture.url)
    headers = capture.request_headers
    if not any(name.lower() == b"host" for name, _ in headers):
        headers = ((b"Host", host.encode("utf-8", "replace")), *headers)
    line = f"{capture.method} {target} {protocol_of(capture)}".encode("utf-8", "replace")
    return _block(line, headers, b"")


def response_block(capture: Capture) -> bytes:
    """The response, its body in its content coding.

    Transfer-Encoding is left out: it speaks of a transfer that is over, the body stands here in one piece.
    """
    headers = tuple(pair for pair in capture.response_headers if pair[0].lower() != b"transfer-encoding")
    line = f"{protocol_of(capture)} {capture.status} {_PHRASES.get(capture.status, '')}"
    return _block(line.encode(), headers, capture.body)


def protocol_of(capture: Capture) -> str:
    """The version to write in the first line: newer protocols, too, are written in the syntax of HTTP/1.1."""
    return capture.protocol if capture.protocol == "HTTP/1.0" else "HTTP/1.1"


def _host_and_target(url: str) -> tuple[str, str]:
    rest = url.partition("#")[0].partition("://")[2]
    host = _HOST.match(rest)[0]  # type: ignore[index]  # matches anything
    target = rest[len(host) :]
    return host.rpartition("@")[2], target if target.startswith("/") else f"/{target}"


def _block(line: bytes, headers: Headers, body: bytes) -> bytes:
    fields = (one_line(name) + b": " + one_line(value) for name, value in headers)
    return b"\r\n".join([one_line(line), *fields, b"", body])


def one_line(text: bytes) -> bytes:
    """Without line breaks: what a server or a page wrote must not begin a field of its own."""
    return _BREAKS.sub(b" ", _FOLD.sub(b" ", text))


def parse(block: bytes) -> tuple[bytes, Headers, bytes]:
    """First line, headers and body of a message. Bare line feeds are line breaks, too (RFC 9112 2.2)."""
    end = _BLANK_LINE.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    lines = _BREAK.split(_FOLD.sub(b" ", head))
    pairs = (line.partition(b":") for line in lines[1:])
    return lines[0], tuple((name.strip(), value.strip(b" \t")) for name, colon, value in pairs if colon), body


def status_of(line: bytes) -> int:
    """The status in a response's first line; 0 where that is none."""
    parts = line.split(None, 2)
    known = len(parts) > 1 and line.startswith((b"HTTP/", b"ICY ")) and re.fullmatch(rb"\d{3}", parts[1])
    return int(parts[1]) if known else 0


def value_of(headers: Headers, name: str) -> str | None:
    """The first value of a header; None where there is none."""
    wanted = name.lower().encode()
    return next((value.decode("latin-1") for key, value in headers if key.lower() == wanted), None)


def without_chunks(headers: Headers, body: bytes) -> bytes:
    """The body without its transfer coding, where the headers say that it has one."""
    chunked = "chunked" in (value_of(headers, "Transfer-Encoding") or "").lower()
    return unchunked(body)[0] if chunked else body


def unchunked(body: bytes) -> tuple[bytes, bool]:
    """A body without its chunks (RFC 9112 7.1), and whether it was complete.

    One that says chunked and is not, as in the files of crawlers that join the payload, comes back as it is.
    """
    out, at = bytearray(), 0
    while match := _CHUNK_SIZE.match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return bytes(out), True
        start, end = match.end(), match.end() + size
        after = _BREAK.match(body, end)
        if after is None and end < len(body):
            break
        out += body[start:end]
        at = after.end() if after else end
    return (bytes(out), False) if at else (body, True)
