"""The WARC writer, with warcio as an independent reader of what it writes."""

import gzip
import os
import resource
import zlib
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from newsspider.archive import WarcWriter, read_capture, read_records, scan, tail
from newsspider.errors import ArchiveError
from newsspider.records import Capture

AT = datetime(2026, 11, 25, 6, 30, 15, 123456, UTC)
CODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "identity": bytes,
}
NAMES = st.from_regex(rb"[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,15}", fullmatch=True).filter(
    lambda name: name.lower() not in (b"transfer-encoding", b"content-encoding", b"content-type", b"host")
)
VALUES = st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=30).map(
    lambda text: text.strip(" \t").encode("latin-1")
)
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=5).map(tuple)
PATHS = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x1F600, exclude_characters="\x7f<>"), max_size=20
)


def capture(body: bytes = b"<title>A page</title>", *headers: tuple[bytes, bytes], **more: object) -> Capture:
    given_headers = ((b"Content-Type", b"text/html"), *headers)
    url = "https://news.example/2026/story"
    values = {
        "url": url,
        "fetched_at": AT,
        "status": 200,
        "request_headers": (),
        "ip_address": "192.0.2.7",
        **more,
    }
    return Capture(response_headers=given_headers, body=body, **values)  # type: ignore[arg-type]


@st.composite
def captures(draw: st.DrawFn) -> tuple[Capture, bytes]:
    """An exchange, and its body without content coding."""
    page = draw(st.binary(max_size=2000))
    coding = draw(st.sampled_from(sorted(CODINGS)))
    made = capture(
        CODINGS[coding](page),
        (b"Content-Encoding", coding.encode()),
        *draw(HEADERS),
        url="https://news.example/" + draw(PATHS.filter(lambda path: path.isprintable())),
        fetched_at=AT + timedelta(microseconds=draw(st.integers(0, 10**14))),
        status=draw(st.integers(100, 599)),
        request_headers=((b"Host", b"news.example"), *draw(HEADERS)),
        method=draw(st.sampled_from(["GET", "HEAD", "POST"])),
        protocol=draw(st.sampled_from(["HTTP/1.0", "HTTP/1.1", "h2"])),
        ip_address=draw(st.sampled_from([None, "192.0.2.7", "2001:db8::7"])),
    )
    return made, page


@settings(max_examples=40)
@given(st.lists(captures(), min_size=1, max_size=4))
def test_what_is_written_is_read_again(pairs: list[tuple[Capture, bytes]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        writer = WarcWriter(folder, "test", "newsspider/test")
        places = [writer.append([made])[0] for made, _ in pairs]
        writer.close()
        assert tail(folder / places[0].file, 0)[0] == [
            (made, p) for (made, _), p in zip(pairs, places, strict=True)
        ]
        for (made, page), place, record in zip(
            pairs, places, read_records(folder / places[0].file), strict=True
        ):
            again = read_capture(folder, place)
            assert (again.url, again.body, again.fetched_at) == (made.url, made.body, made.fetched_at)
            assert (record.payload, record.complete, record.status) == (page, True, made.status)
            assert (record.offset, record.length, record.digest) == (place.offset, place.length, place.digest)


@settings(max_examples=40)
@given(st.lists(captures(), min_size=1, max_size=3))
def test_warcio_reads_it_and_finds_every_digest_right(pairs: list[tuple[Capture, bytes]]) -> None:
    with TemporaryDirectory() as name:
        writer = WarcWriter(Path(name), "test", "newsspider/test")
        places = writer.append([made for made, _ in pairs])
        writer.close()
        with (Path(name) / places[0].file).open("rb") as file:
            records = ArchiveIterator(file, check_digests="raise")
            assert next(records).rec_type == "warcinfo"
            for made, _ in pairs:
                response = next(records)
                assert response.rec_type == "response"
                assert response.rec_headers["WARC-Target-URI"] == made.url
                assert response.raw_stream.read() == made.body
                answer_to = response.rec_headers["WARC-Record-ID"]
                request = next(records)
                assert (request.rec_type, request.rec_headers["WARC-Concurrent-To"]) == ("request", answer_to)
                assert request.http_headers.get_header("Host") == "news.example"


def test_warcio_check_finds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    for coding, encode in CODINGS.items():
        if coding == "br":
            continue  # warcio 1.8 fails on any br body beside brotli 1.2 and newer
        writer.append([capture(encode(b"<p>page</p>" * 50), (b"Content-Encoding", coding.encode()))])
    writer.append([capture(b"", status=304), capture(b"gone", status=410)])
    writer.append([capture(b"?", status=299, ip_address=None)])
    writer.close()
    checker = Checker(Namespace(inputs=[str(path) for path in tmp_path.iterdir()], verbose=False))
    checker.process_all()
    assert (checker.exit_value, capsys.readouterr().out) == (0, "")


def test_headers_are_kept_but_for_the_transfer_coding_and_host_is_added(tmp_path: Path) -> None:
    headers = (
        (b"Set-Cookie", b"a=1"),
        (b"Transfer-Encoding", b"chunked"),
        (b"Set-Cookie", b"b=2"),
        (b"X-Empty", b""),
    )
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    made = capture(
        b"page",
        *headers,
        url="https://user@news.example:8443?q=1#part",
        request_headers=((b"Accept", b"*/*"),),
    )
    (place,) = writer.append([made])
    again, _ = tail(tmp_path / place.file, 0)[0][0]
    assert again.response_headers == (made.response_headers[0], headers[0], headers[2], headers[3])
    assert again.request_headers == ((b"Host", b"news.example:8443"), (b"Accept", b"*/*"))
    assert b"GET /?q=1 HTTP/1.1\r\n" in unpacked(tmp_path / place.file)


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def test_a_line_break_in_what_a_server_sent_begins_no_field(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    evil = capture(
        b"page",
        (b"X-A", b"a\r\nX-Injected: 1"),
        (b"X-B\nX-Injected", b"a\r\n\r\n<p>"),
        url="https://news.example/a\r\nWARC-Type: x",
        ip_address="::1\r\nWARC-Type: y",
        protocol="h2\nWARC-Type: z",
        request_headers=((b"A", b"\n\nB"),),
    )
    writer.append([evil])
    writer.close()
    data = unpacked(next(tmp_path.iterdir()))
    assert b"\nX-Injected" not in data
    assert data.count(b"\nWARC-Type:") == 3
    record = next(iter(read_records(next(tmp_path.iterdir()))))
    assert (record.url, record.payload) == ("https://news.example/a%0D%0AWARC-Type:%20x", b"page")


def test_a_compressed_body_is_stored_and_a_plain_one_compressed(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    noise, text = os.urandom(50_000), b"<p>the same again</p>" * 2500
    packed, plain = writer.append([capture(noise, (b"Content-Encoding", b"gzip")), capture(text)])
    assert len(noise) < packed.length < len(noise) + 1000
    assert plain.length < len(text) // 20


def test_a_file_that_is_full_is_followed_by_another(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test", max_bytes=4000)
    noise = os.urandom(2000)
    places = [writer.append([capture(noise, (b"Content-Encoding", b"gzip"))])[0] for _ in range(4)]
    assert writer.file == places[-1].file
    assert writer.size == (tmp_path / places[-1].file).stat().st_size
    writer.close()
    assert len({place.file for place in places}) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({p.file for p in places})
    assert all(read_capture(tmp_path, place).body == noise for place in places)


def test_no_two_writers_share_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even two in the same second."""
    monkeypatch.setattr("newsspider.clock.now", lambda: AT)
    writers = [WarcWriter(tmp_path, "test", "newsspider/test") for _ in range(3)]
    places = [writer.append([capture()])[0] for writer in writers]
    writers[0].close()
    places += writers[0].append([capture()])
    assert [place.file for place in places] == [f"test-20261125063015-0000{n}.warc.gz" for n in (1, 2, 3, 4)]


def test_a_writer_without_captures_makes_no_file(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    assert writer.append([]) == ()
    writer.sync()
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_all_records_of_an_append_are_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes = []
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: writes.append(len(data)) or write(fd, data))
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    writer.append([capture(), capture(), capture()])
    assert len(writes) == 2  # the head of the file, the append
    assert sum(writes) == writer.size


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Files can't grow beyond a size: what a full disk does to a writer."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("missing", [1, 200, 5000])
def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path, missing: int) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    noise = (os.urandom(4000), (b"Content-Encoding", b"gzip"))
    writer.append([capture(*noise)])
    size = writer.size
    path = next(tmp_path.iterdir())
    before = path.read_bytes()
    with room_for(2 * size - missing), pytest.raises(ArchiveError, match="can't be written"):
        writer.append([capture(*noise), capture(*noise)])
    assert path.read_bytes() == before
    (place,) = writer.append([capture(*noise)])
    assert place.offset == size
    writer.close()
    assert [record.payload for record in read_records(path)] == [noise[0]] * 2


def test_a_file_that_cannot_be_begun_leaves_nothing(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    with room_for(50), pytest.raises(ArchiveError, match="can't be written"):
        writer.append([capture()])
    assert list(tmp_path.iterdir()) == []
    writer.append([capture()])
    with pytest.raises(ArchiveError, match="No such file"):
        WarcWriter(tmp_path / "missing", "test", "newsspider/test").append([capture()])


def test_after_a_failed_sync_another_file_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = WarcWriter(tmp_path, "test", "newsspider/test")
    (first,) = writer.append([capture()])

    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(ArchiveError, match="Input/output error"):
            writer.sync()
    (second,) = writer.append([capture()])
    assert second.file != first.file


def test_a_record_taken_from_another_archive_says_from_where_and_has_no_request(tmp_path: Path) -> None:
    origin = "https://archive.example/web/20261125063015id_/https://news.example/2026/story"
    writer = WarcWriter(tmp_path, "backfill-00001", "newsspider/1")
    places = writer.append([capture(origin=origin), capture()])
    writer.close()
    assert [read_capture(tmp_path, place).origin for place in places] == [origin, None]
    path = tmp_path / places[0].file
    assert [held.origin for held in scan(path, path.name)] == [origin, None]
    with path.open("rb") as file:
        records = [(record.rec_type, record.rec_headers) for record in ArchiveIterator(file)]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "response", "request"]
    assert records[1][1].get_header("WARC-Date").startswith("2026-11-25T06:30:15")
    assert records[1][1].get_header("WARC-Source-URI") == origin
    assert records[1][1].get_header("WARC-Creation-Date").endswith("Z")
