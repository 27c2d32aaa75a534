"""Pages out of files that others wrote, cut, damaged and mended."""

import gzip
import io
import logging
import os
import threading
import zlib
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from newsspider.archive import PageRecord, WarcDamage, WarcWriter, read_capture, read_records
from newsspider.errors import PageError
from newsspider.records import Capture, WarcPlace

PAGES = [
    b"<!DOCTYPE html><title>Page %d</title>" % n + b"<p>Invented text, %d.</p>" % n * (9 * n + 5)
    for n in range(4)
]


def response(page: bytes, *headers: str, status: str = "200 OK", newline: str = "\r\n") -> bytes:
    lines = [f"HTTP/1.1 {status}", *(headers or ["Content-Type: text/html"]), "", ""]
    return newline.join(lines).encode() + page


def record(
    block: bytes, *fields: str, kind: str = "response", behind: bytes = b"\r\n\r\n", length: int | None = None
) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Target-URI: https://news.example/",
        "WARC-Date: 2026-11-25T06:30:00Z",
        "Content-Type: application/http; msgtype=response",
        *fields,
        f"Content-Length: {len(block) if length is None else length}",
        "\r\n",
    ]
    return "\r\n".join(lines).encode() + block + behind


def read(data: bytes, **options: bool) -> tuple[list[PageRecord], list[str], str | None]:
    """The pages, what was reported (with ! where a page was lost), the damage."""
    pages: list[PageRecord] = []
    told: list[str] = []
    try:
        for page in read_records(
            io.BytesIO(data),
            name="x.warc",
            report=lambda error, lost: told.append("!" * lost + error.found),
            **options,
        ):
            pages.append(page)
    except WarcDamage as damage:
        return pages, told, damage.found
    return pages, told, None


def payloads(data: bytes) -> list[bytes]:
    return [page.payload for page in read(data)[0]]


RECORDS = [record(response(page)) for page in PAGES]
UNPACKED = b"".join(RECORDS)
PACKED = b"".join(gzip.compress(one, mtime=0) for one in RECORDS)


@pytest.mark.parametrize("data", [UNPACKED, PACKED], ids=["warc", "warc.gz"])
def test_a_clean_file_gives_its_pages_and_their_places(data: bytes) -> None:
    pages, told, damage = read(data)
    assert ([page.payload for page in pages], told, damage) == (PAGES, [], None)
    for page in pages:
        assert page.offset is not None
        assert page.length is not None
        alone = data[page.offset : page.offset + page.length]
        assert payloads(alone) == [page.payload]
    assert sum(page.length or 0 for page in pages) == len(data)
    first = pages[0]
    assert (first.url, first.status, first.content_type) == ("https://news.example/", 200, "text/html")
    assert first.date == datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("data", [UNPACKED, PACKED], ids=["warc", "warc.gz"])
def test_reading_begins_at_a_known_place(data: bytes) -> None:
    third = read(data)[0][2]
    file = io.BytesIO(data)
    file.seek(third.offset or 0)
    rest = list(read_records(file, start=third.offset or 0))
    assert rest == read(data)[0][2:]
    file.seek(len(data))
    assert list(read_records(file, start=len(data))) == []


@pytest.mark.parametrize("data", [UNPACKED, PACKED], ids=["warc", "warc.gz"])
def test_a_file_cut_at_any_byte_gives_whole_pages_and_says_that_it_is_cut(data: bytes) -> None:
    ends = [(page.offset or 0) + (page.length or 0) for page in read(data)[0]]
    for size in range(ends[1], len(data)):
        pages, _, damage = read(data[:size])
        count = sum(end <= size for end in ends)
        if damage is None:  # of an unpacked file nothing but line breaks is missing
            assert size in ends or data is UNPACKED
            count = sum(end - 4 <= size for end in ends)
        assert [page.payload for page in pages] == PAGES[:count]


def test_a_single_wrong_bit_never_comes_out_as_a_page() -> None:
    for at in range(0, len(PACKED), 5):
        data = bytearray(PACKED)
        data[at] ^= 0x10
        found = payloads(bytes(data))
        assert found == PAGES[: len(found)]


@given(st.lists(st.integers(0, len(UNPACKED)), max_size=6))
def test_members_may_end_anywhere(cuts: list[int]) -> None:
    """As with bgzip and pigz, or as one member around the whole file."""
    points = [0, *sorted(cuts), len(UNPACKED)]
    members = [UNPACKED[start:end] for start, end in pairwise(points)]
    pages, _, damage = read(b"".join(gzip.compress(member) for member in members))
    assert ([page.payload for page in pages], damage) == (PAGES, None)


def test_one_member_around_the_whole_file_is_an_oddity() -> None:
    pages, told, damage = read(gzip.compress(UNPACKED))
    assert ([page.payload for page in pages], damage) == (PAGES, None)
    assert told == ["several records share one gzip member"]
    assert [(page.offset, page.length) for page in pages] == [(0, None)] + [(None, None)] * 3


def test_missing_line_breaks_between_records_are_an_oddity() -> None:
    bare = [record(response(page), behind=b"") for page in PAGES]
    for data in (b"".join(bare), b"".join(map(gzip.compress, bare))):
        pages, told, damage = read(data)
        assert ([page.payload for page in pages], damage) == (PAGES, None)
        assert told == ["no line breaks stand between records"]


def test_padding_behind_the_last_record_is_an_oddity_and_other_bytes_are_damage() -> None:
    assert read(PACKED + bytes(1000))[1:] == (["zeros or blanks stand behind the last record"], None)
    pages, _, damage = read(PACKED + b"other bytes")
    assert (len(pages), damage) == (4, f"no gzip member begins at byte {len(PACKED)}")
    pages, _, damage = read(UNPACKED + record(b"", kind="metadata") + b"other bytes")
    assert (len(pages), "longer than its Content-Length" in (damage or "")) == (4, True)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["warc", "warc.gz"])
@pytest.mark.parametrize("wrong", [-100, 100])
def test_a_wrong_length_is_damage_and_takes_no_other_page_along(pack: type[bytes], wrong: int) -> None:
    block = response(PAGES[1])
    data = [pack(RECORDS[0]), pack(record(block, length=len(block) + wrong)), pack(RECORDS[2])]
    pages, _, damage = read(b"".join(data))
    assert [page.payload for page in pages] == PAGES[:1]
    assert damage is not None
    assert "Content-Length" in damage


@pytest.mark.parametrize(
    "data",
    [b"", b"\r\n", b"<!DOCTYPE html>", gzip.compress(b""), gzip.compress(b"<html>"), b"\x1f"],
    ids=["nothing", "a line", "html", "nothing packed", "html packed", "a byte"],
)
def test_what_is_no_warc_file_is_called_so(data: bytes) -> None:
    pages, _, damage = read(data)
    assert pages == []
    assert damage is not None
    assert "no WARC record" in damage


@given(st.binary(max_size=200), st.integers(0, len(PACKED)), st.booleans())
def test_whatever_is_in_it_nothing_worse_than_damage_comes_of_a_file(
    noise: bytes, at: int, packed: bool
) -> None:
    data = PACKED if packed else UNPACKED
    read(data[:at] + noise + data[at:])
    read(noise)
    read(gzip.compress(noise))


# ---- the HTTP side ----------------------------------------------------------------------------------------
def chunked(page: bytes, size: int = 40, extension: bytes = b"") -> bytes:
    parts = [page[start : start + size] for start in range(0, len(page), size)]
    return b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts) + b"0\r\n\r\n"


CHUNKED = ("Content-Type: text/html", "Transfer-Encoding: chunked")


def test_bare_line_feeds_end_header_lines_too() -> None:
    for newline in ("\n", "\r\n"):
        one = record(response(PAGES[1], newline=newline))
        assert payloads(one) == payloads(one.replace(b"\r\n", newline.encode())) == [PAGES[1]]


@pytest.mark.parametrize(
    "body",
    [
        chunked(PAGES[2]),
        chunked(PAGES[2], extension=b" ;name=value"),
        PAGES[2],
        chunked(PAGES[2]).replace(b"\r\n", b"\n"),
    ],
    ids=["chunked", "with extension", "joined", "bare line feeds"],
)
def test_chunks_are_joined_and_what_only_says_chunked_is_left(body: bytes) -> None:
    (page,), told, _ = read(record(response(body, *CHUNKED)))
    assert (page.payload, page.complete, told) == (PAGES[2], True, [])


@given(st.binary(max_size=300), st.integers(1, 50))
def test_chunks_of_any_bytes_come_off(page: bytes, size: int) -> None:
    (again,), _, _ = read(record(response(chunked(page, size), *CHUNKED)))
    assert (again.payload, again.complete) == (page, True)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_every_content_coding_comes_off_chunked_or_not(coding: str) -> None:
    encode = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstandard.ZstdCompressor().compress,
    }[coding]
    body, header = encode(PAGES[3]), f"Content-Encoding: {coding}"
    data = record(response(body, "Content-Type: text/html", header)) + record(
        response(chunked(body), *CHUNKED, header)
    )
    data += record(response(PAGES[3], "Content-Type: text/html", header))  # decoded by whoever wrote it
    assert payloads(data) == [PAGES[3]] * 3


def test_a_page_that_was_cut_when_it_was_fetched_says_so() -> None:
    packed = gzip.compress(PAGES[3])
    bodies = [
        (packed[:-9], ("Content-Encoding: gzip",)),
        (chunked(PAGES[3])[:-30], CHUNKED[1:]),
    ]
    for body, headers in bodies:
        (page,), told, damage = read(record(response(body, "Content-Type: text/html", *headers)))
        assert PAGES[3].startswith(page.payload)
        assert (page.complete, told, damage) == (
            False,
            ["the page was already cut off when it was fetched"],
            None,
        )
    (page,), _, _ = read(record(response(PAGES[3][:100]), "WARC-Truncated: length"))
    assert not page.complete


def test_a_page_that_cannot_be_had_is_reported_and_the_next_one_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("newsspider.archive.reader.MAX_PAGE", 100_000)
    monkeypatch.setattr("newsspider.archive.reader._MAX_HEAD", 1000)
    encoded = ("Content-Type: text/html", "Content-Encoding: gzip")
    lost = [
        (record(response(gzip.compress(bytes(200_000)), *encoded)), "decodes to more than 100000 bytes"),
        (record(response(bytes(200_000))), "is larger than 100000 bytes"),
        (record(response(gzip.compress(PAGES[1])[:5], *encoded)), "nothing of the page can be decoded"),
        (record(b"no message"), "the record holds no HTTP response"),
        (record(response(PAGES[1]), "WARC-Segment-Number: 1"), "goes on in another record"),
    ]
    for data, reason in lost:
        pages, told, damage = read(data + RECORDS[2])
        assert ([page.payload for page in pages], damage) == (PAGES[2:3], None)
        assert told[0].startswith("!")
        assert reason in told[0]


def test_a_film_is_no_page_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsspider.archive.reader.MAX_PAGE", 10_000)
    monkeypatch.setattr("newsspider.archive.reader._MAX_HEAD", 1000)
    film = record(response(bytes(300_000), "Content-Type: video/mp4"))
    for data in (film + RECORDS[1], gzip.compress(film) + gzip.compress(RECORDS[1])):
        found, told, damage = read(data, pages_only=True)
        assert ([page.payload for page in found], told, damage) == (PAGES[1:2], [], None)


def test_only_pages_are_given_where_only_pages_are_wanted() -> None:
    picture = gzip.compress(b"picture")[:9]  # broken, but nobody asked for it
    others = [
        record(b"software: x\r\n", "Content-Type: application/warc-fields", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(b"20261125 news.example. IN A").replace(b"application/http; msgtype=response", b"text/dns"),
        record(response(b"not found", status="404 Not Found")),
        record(response(b"", status="304 Not Modified")),
        record(response(picture, "Content-Type: image/png", "Content-Encoding: gzip")),
        record(response(b"{}", "Content-Type: application/json")),
        record(response(b"\x89PNG", "X-No: type")),
    ]
    pages = [
        record(response(PAGES[0], "content-type:text/HTML;charset=utf-8")),
        record(response(PAGES[0], "Content-Type: application/xhtml+xml", status="203 Non-Authoritative")),
        record(response(b"text", "Content-Type: text/plain")),
        record(response(PAGES[0], "X-No: type")),
    ]
    found, told, damage = read(b"".join(others + pages), pages_only=True)
    assert (len(found), told, damage) == (4, [], None)


# ---- fields -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-25T06:30:15Z", datetime(2026, 11, 25, 6, 30, 15, tzinfo=UTC)),
        ("2026-11-25T06:30:15.123456789Z", datetime(2026, 11, 25, 6, 30, 15, 123456, UTC)),
        ("2026-11-25T06:30Z", datetime(2026, 11, 25, 6, 30, tzinfo=UTC)),
        ("2026-11-25", datetime(2026, 11, 25, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("20261125063015", datetime(2026, 11, 25, 6, 30, 15, tzinfo=UTC)),
        ("2026-13-25T06:30:15Z", None),
        ("0000-01-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_to_whatever_precision_they_have(text: str, moment: datetime | None) -> None:
    data = RECORDS[0].replace(b"2026-11-25T06:30:00Z", text.encode())
    assert read(data)[0][0].date == moment


def test_field_names_have_any_case_and_values_go_on_over_lines() -> None:
    data = RECORDS[0].replace(
        b"WARC-Target-URI: https://news.example/", b"warc-target-uri:\r\n <https://news.example/a>"
    )
    assert read(data)[0][0].url == "https://news.example/a"


# ---- sources of bytes -------------------------------------------------------------------------------------
def test_a_pipe_is_read_as_it_comes(tmp_path: Path) -> None:
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            for start in range(0, len(PACKED), 7):
                pipe.write(PACKED[start : start + 7])

    thread = threading.Thread(target=write)
    thread.start()
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        assert [page.payload for page in read_records(pipe)] == PAGES
    thread.join()


def test_a_file_is_read_by_its_path_and_oddities_are_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(gzip.compress(UNPACKED))
    with caplog.at_level(logging.WARNING):
        assert len(list(read_records(path))) == 4
    assert f"{path}: several records share one gzip member" in caplog.text
    with pytest.raises(PageError, match="can't be read"):
        list(read_records(tmp_path / "missing.warc"))


def test_a_capture_is_read_from_its_place_and_from_no_other(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    captures = [
        Capture(f"https://news.example/{n}", datetime(2026, 11, 25, tzinfo=UTC), 200, (), (), PAGES[n])
        for n in range(3)
    ]
    places = writer.append(captures)
    writer.close()
    assert [read_capture(tmp_path, place) for place in places] == captures
    first, second = places[:2]
    wrong = [
        WarcPlace(first.file, second.offset, second.length, first.digest),
        WarcPlace(first.file, first.offset + 1, first.length, first.digest),
        WarcPlace(first.file, first.offset, first.length - 1, first.digest),
        WarcPlace(first.file, 0, first.offset, ""),
        WarcPlace(first.file, 10**9, 10, ""),
        WarcPlace("missing.warc.gz", 0, 10, ""),
    ]
    for place in wrong:
        with pytest.raises(PageError, match=f"{place.file} at byte {place.offset}"):
            read_capture(tmp_path, place)
