"""Records of WARC files as they stand in an unpacked one, for files that our writer would not write."""

from __future__ import annotations


def record(kind: str, url: str, block: str, *fields: str, day: int = 24) -> bytes:
    """A record as it stands in an unpacked file."""
    head = [f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: 2026-11-{day}T12:00:00Z", *fields]
    head += ["Content-Type: application/http", f"Content-Length: {len(block.encode())}"]
    return ("WARC/1.0\r\n" + "\r\n".join(head) + "\r\n\r\n" + block + "\r\n\r\n").encode()


def response(body: str, *headers: str) -> str:
    """The block of a response record."""
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", body])
