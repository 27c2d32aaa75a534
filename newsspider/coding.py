"""Content codings of HTTP (RFC 9110 8.4), decoded with a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import brotli
import zstandard

_CHUNK = 1 << 16
_STEP = 512
NAMES = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})


class TooLarge(Exception):
    """Raised when a body decodes to more than the bound."""


def decode_body(body: bytes, content_encoding: str | None, limit: int) -> tuple[bytes, bool]:
    """The body without its content codings, and whether it was complete.

    ``content_encoding``: the header's value; several codings are taken off in turn, unknown ones are left on. A body that does not have
    the coding that it claims comes back as it is (servers do that); one that was cut off gives what stands before the cut, and False.
    Raises ``TooLarge`` before more than ``limit`` bytes were made.
    """
    complete = True
    for name in reversed([part.strip().lower() for part in (content_encoding or "").split(",")]):
        if name not in NAMES or not body:
            continue
        decoded = _decode(body, name, limit)
        if decoded is None:
            break
        body, complete = decoded[0], complete and decoded[1]
    if len(body) > limit:
        raise TooLarge
    return body, complete


def _decode(body: bytes, name: str, limit: int) -> tuple[bytes, bool] | None:
    """One coding off; None where the body does not have it at all."""
    out = bytearray()
    state = {"whole": False}
    try:
        for piece in _PIECES[name](body, state):
            out += piece
            if len(out) > limit:
                raise TooLarge
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError):
        if not out:
            return None
        state["whole"] = False
    return bytes(out), state["whole"]


def _gzip(body: bytes, state: dict[str, bool]) -> Iterator[bytes]:
    while body:
        machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        yield from _inflate(machine, body)
        if not machine.eof:
            return
        state["whole"] = True
        body = machine.unused_data
        if body[:2] != b"\x1f\x8b":  # padding after the last member
            return
        state["whole"] = False


def _deflate(body: bytes, state: dict[str, bool]) -> Iterator[bytes]:
    """zlib's format as the RFC says, or the bare one that some servers send."""
    zlib_header = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    machine = zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)
    yield from _inflate(machine, body)
    state["whole"] = machine.eof


def _inflate(machine: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    data = machine.decompress(body, _CHUNK * 16)
    while data:
        yield data
        if machine.eof:
            return
        data = machine.decompress(machine.unconsumed_tail, _CHUNK * 16)


def _brotli(body: bytes, state: dict[str, bool]) -> Iterator[bytes]:
    machine = brotli.Decompressor()
    yield machine.process(body, output_buffer_limit=_CHUNK * 16)
    while not machine.can_accept_more_data() and not machine.is_finished():
        yield machine.process(b"", output_buffer_limit=_CHUNK * 16)
    state["whole"] = machine.is_finished()


def _zstd(body: bytes, state: dict[str, bool]) -> Iterator[bytes]:
    """Fed in small steps: a block of zstd holds at most 128 KiB, and a step at most some hundred of them (RFC 8878 3.1.1.2)."""
    machine = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    for start in range(0, len(body), _STEP):
        yield machine.decompress(body[start : start + _STEP])
        if machine.eof:
            break
    state["whole"] = machine.eof


_PIECES = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
