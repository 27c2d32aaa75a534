"""Content codings taken off: round trips, bounds, cut and damaged bodies."""

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from newsspider.coding import TooLarge, decode_body

LIMIT = 1 << 20


def raw_deflate(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(data) + machine.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate ": raw_deflate,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}
PAGE = b"".join(b"<p>Paragraph %d of an invented page, %x.</p>\n" % (n, n * n * 7919) for n in range(9000))


@given(st.binary(max_size=3000), st.lists(st.sampled_from(sorted(ENCODERS)), max_size=4))
def test_codings_in_turn_come_off_again(data: bytes, names: list[str]) -> None:
    body = data
    for name in names:
        body = ENCODERS[name](body)
    assert decode_body(body, ", ".join(names), LIMIT) == (data, True)


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_cut_body_gives_what_stands_before_the_cut(name: str) -> None:
    body = ENCODERS[name](PAGE)
    for cut in (1, 5, len(body) // 2, len(body) - 1):
        decoded, complete = decode_body(body[: len(body) - cut], name, LIMIT)
        assert not complete
        assert PAGE.startswith(decoded)
    half = decode_body(body[: len(body) // 2], name, LIMIT)[0]
    assert len(half) > len(PAGE) // 8


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_body_damaged_in_the_middle_is_never_called_complete(name: str) -> None:
    body = bytearray(ENCODERS[name](PAGE))
    middle = len(body) // 2
    body[middle : middle + 64] = bytes(64)
    decoded, complete = decode_body(bytes(body), name, LIMIT)
    assert decoded != PAGE
    assert decoded[:1000] == PAGE[:1000]
    # Raw deflate, brotli and zstd as set here have no check sum: what they make of damage can look whole.
    assert not complete or name in ("Deflate ", "br", "zstd")


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_body_that_lacks_the_coding_it_claims_comes_as_it_is(name: str) -> None:
    text = b"<!DOCTYPE html><title>No coding at all</title>"
    assert decode_body(text, name, LIMIT) == (text, True)


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_bomb_is_stopped_at_the_limit(name: str) -> None:
    body = ENCODERS[name](bytes(30 * LIMIT))
    with pytest.raises(TooLarge):
        decode_body(body, name, LIMIT)
    assert decode_body(body, name, 30 * LIMIT) == (bytes(30 * LIMIT), True)


@pytest.mark.parametrize("name", ["", "identity", "utf-8", "none", "compress"])
def test_words_that_name_no_known_coding_are_passed_over(name: str) -> None:
    assert decode_body(b"as it is", name, 8) == (b"as it is", True)
    with pytest.raises(TooLarge):
        decode_body(b"as it is!", name, 8)


@pytest.mark.parametrize(("name", "encode"), [("gzip", gzip.compress), ("zstd", ENCODERS["zstd"])])
def test_several_members_are_one_body_and_padding_is_none_of_it(name: str, encode: type[bytes]) -> None:
    body = encode(b"one, ") + encode(b"two") + bytes(20)
    assert decode_body(body, name, LIMIT) == (b"one, two", True)


def test_endless_members_and_codings_end() -> None:
    assert not decode_body(gzip.compress(b"") * 100_000, "gzip", LIMIT)[1]
    assert decode_body(b"page", "gzip, " * 10_000, LIMIT) == (b"page", True)
