"""HTTP messages as they stand in WARC records."""

from __future__ import annotations

import re
from http import HTTPStatus

from newsspider.records import Capture, Headers

_END = re.compile(rb"\r?\n\r?\n")
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
# Headers that speak of a transfer that is over: the body stands here joined.
_HOP = frozenset({b"transfer-encoding", b"connection", b"keep-alive"})


def request_block(capture: Capture) -> bytes:
    """The request as it was sent; Host is added where it is missing, since the client adds it below us."""
    target = capture.url.split("#")[0].split("://", 1)[-1]
    host, slash, path = target.partition("/")
    if not slash and "?" in host:
        host, _, query = host.partition("?")
        path = "?" + query
    lines = [f"{capture.method} /{path} {_protocol(capture)}".encode("utf-8", "replace")]
    if not any(name.lower() == b"host" for name, _ in capture.request_headers):
        lines.append(b"Host: " + host.rpartition("@")[2].encode("utf-8", "replace"))
    return _block(lines, capture.request_headers, b"")


def response_block(capture: Capture) -> bytes:
    """The response: status line, all headers that still hold, the body in its content coding."""
    try:
        phrase = HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = ""
    line = f"{_protocol(capture)} {capture.status} {phrase}".rstrip() if phrase else f"{_protocol(capture)} {capture.status} "
    kept = tuple((name, value) for name, value in capture.response_headers if name.lower() not in _HOP)
    return _block([line.encode()], kept, capture.body)


def _protocol(capture: Capture) -> str:
    """HTTP/1.1 for newer protocols, too: the record is written in its syntax."""
    return capture.protocol if capture.protocol in ("HTTP/1.0", "HTTP/1.1") else "HTTP/1.1"


def _block(lines: list[bytes], headers: Headers, body: bytes) -> bytes:
    fields = [name + b": " + _FOLDED.sub(b" ", value).replace(b"\n", b" ").replace(b"\r", b" ") for name, value in headers]
    return b"\r\n".join([*lines, *fields, b"", body])


def parse(block: bytes) -> tuple[bytes, Headers, bytes]:
    """Start line, headers and body of a message; bare line feeds are read, too. ValueError where there is no message."""
    if not block.startswith((b"HTTP/", b"GET ", b"POST ", b"HEAD ", b"ICY ")):
        raise ValueError("no HTTP message")
    end = _END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    lines = _FOLDED.sub(b" ", head).splitlines()
    pairs = (line.partition(b":") for line in lines[1:])
    return lines[0], tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon), body


def status_of(start_line: bytes) -> int:
    """The status of a response's first line; 0 where it has none."""
    parts = start_line.split(None, 2)
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def value_of(headers: Headers, name: str) -> str | None:
    """The first value of a header."""
    wanted = name.lower().encode()
    return next((value.decode("latin-1") for key, value in headers if key.lower() == wanted), None)


def unchunked(body: bytes) -> tuple[bytes, bool]:
    """A body without its chunks, and whether it was complete.

    A body that says chunked and is not, as joined payloads of many crawlers are, comes back as it is.
    """
    out, at = bytearray(), 0
    while match := _CHUNK_SIZE.match(body, at):
        size = int(match.group(1), 16)
        if size == 0:
            return bytes(out), True
        piece = body[match.end() : match.end() + size]
        after = body[match.end() + size : match.end() + size + 2]
        if len(piece) == size and after and not after.startswith((b"\r\n", b"\n")):
            break
        out += piece
        if len(piece) < size:
            return bytes(out), False
        at = match.end() + size + (2 if after.startswith(b"\r\n") else 1)
    if at == 0 or at < len(body):
        return body, True
    return bytes(out), False
