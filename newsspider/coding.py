"""Content codings of HTTP (RFC 9110 8.4.1), decoded with a bound."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator

import brotli
import zstandard

_MAX_CODINGS = 4  # of one body; more are no server's but an attacker's
_MAX_PARTS = 1000  # gzip members or zstd frames of one body, likewise
_PIECE = 1 << 20  # bytes that zlib and brotli make at a time
_STEP = 1 << 12  # bytes fed to them at a time: where they fail, they forget what they made of these
# Zstd can't be told how much to make; a block of 4 bytes can make 128 KiB (RFC 8878 3.1.1.2).
_ZSTD_STEP = 512  # bytes, so: 16 MiB at most
_ZSTD_WINDOW = 1 << 23  # bytes: the largest window that the coding may ask for (RFC 9659 3)

# A decoder yields what it makes, piece by piece. It raises EOFError where the body ends too early, one of
# _ERRORS where it is broken.
_Decoder = Callable[[memoryview], Iterator[bytes]]
_ERRORS = (zlib.error, brotli.error, zstandard.ZstdError)


class TooLarge(Exception):
    """Raised when a body decodes to more than the bound."""


def decode_body(body: bytes, content_encoding: str | None, limit: int) -> tuple[bytes, bool]:
    """The body without its content codings, and whether it was complete.

    ``content_encoding``: the header's value (None: no header). Its codings are taken off in turn: gzip,
    deflate (with or without zlib's frame), br, zstd; other words are passed over. A body that
    does not have the coding that the header claims comes back as it is, as servers and archives do send them;
    of one that was cut off or damaged comes what stands before, and False.
    Raises ``TooLarge`` before more than ``limit`` bytes and one piece (16 MiB at most) were made.
    """
    complete = True
    words = [word.strip().lower() for word in (content_encoding or "").split(",")]
    names = [word for word in words if word in _DECODERS][-_MAX_CODINGS:]
    for name in reversed(names):
        decoded = _decoded(body, name, limit)
        if decoded is None:
            break
        body, complete = decoded[0], complete and decoded[1]
    if len(body) > limit:
        raise TooLarge
    return body, complete


def _decoded(body: bytes, name: str, limit: int) -> tuple[bytes, bool] | None:
    """One coding taken off; None where the body does not have it."""
    magic, decoder = _DECODERS[name]
    if not magic.startswith(body[: len(magic)]):
        return None
    out = bytearray()
    try:
        for piece in decoder(memoryview(body)):
            out += piece
            if len(out) > limit:
                raise TooLarge
    except EOFError:
        return bytes(out), not body
    except _ERRORS:
        return (bytes(out), False) if out or magic else None
    return bytes(out), True


def _gzip(body: memoryview) -> Iterator[bytes]:
    """One member or several (RFC 1952 2.2); other bytes behind a member are padding."""
    for _ in range(_MAX_PARTS):
        end = yield from _inflated(zlib.decompressobj(zlib.MAX_WBITS | 16), body)
        body = body[end:]
        if bytes(body[:2]) != _GZIP:
            return
    raise EOFError


def _deflate(body: memoryview) -> Iterator[bytes]:
    """In zlib's frame, as the RFC says, or bare, as some servers send it."""
    bits = zlib.MAX_WBITS
    try:
        zlib.decompressobj(bits).decompress(body[:_STEP], 1)
    except zlib.error:
        bits = -bits
    yield from _inflated(zlib.decompressobj(bits), body)


def _inflated(machine: zlib._Decompress, body: memoryview) -> Generator[bytes, None, int]:
    """What zlib makes of a stream; returns where the stream ends in the body."""
    for start in range(0, len(body), _STEP):
        step = body[start : start + _STEP]
        piece = machine.decompress(step, _PIECE)
        while piece:
            yield piece
            piece = machine.decompress(machine.unconsumed_tail, _PIECE)
        if machine.eof:
            return start + len(step) - len(machine.unused_data)
    raise EOFError


def _brotli(body: memoryview) -> Iterator[bytes]:
    machine = brotli.Decompressor()
    for start in range(0, len(body), _STEP):
        piece = machine.process(body[start : start + _STEP], output_buffer_limit=_PIECE)
        while piece or not machine.can_accept_more_data():
            yield piece
            if machine.is_finished():
                return
            piece = machine.process(b"", output_buffer_limit=_PIECE)
        if machine.is_finished():
            return
    raise EOFError


def _zstd(body: memoryview) -> Iterator[bytes]:
    """One frame or several (RFC 8878 3.1)."""
    for _ in range(_MAX_PARTS):
        end = yield from _zstd_frame(body)
        body = body[end:]
        if bytes(body[:4]) != _ZSTD:
            return
    raise EOFError


def _zstd_frame(body: memoryview) -> Generator[bytes, None, int]:
    machine = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    for start in range(0, len(body), _ZSTD_STEP):
        step = body[start : start + _ZSTD_STEP]
        yield machine.decompress(step)
        if machine.eof:
            return start + len(step) - len(machine.unused_data)
    raise EOFError


_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# What a body in the coding starts with, and its decoder.
_DECODERS: dict[str, tuple[bytes, _Decoder]] = {
    "gzip": (_GZIP, _gzip),
    "x-gzip": (_GZIP, _gzip),
    "deflate": (b"", _deflate),
    "br": (b"", _brotli),
    "zstd": (_ZSTD, _zstd),
}
