"""What a crash leaves at the end of a file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsspider.archive import WarcWriter, cut, tail
from newsspider.errors import ArchiveError
from newsspider.records import Capture, WarcPlace

AT = datetime(2026, 11, 25, tzinfo=UTC)


def capture(number: int, status: int = 200) -> Capture:
    return Capture(
        url=f"https://news.example/{number}",
        fetched_at=AT,
        status=status,
        request_headers=((b"Host", b"news.example"), (b"User-Agent", b"newsspider")),
        response_headers=((b"Content-Type", b"text/html"), (b"X-Number", str(number).encode())),
        body=b"<p>page %d</p>" % number,
        ip_address="192.0.2.7",
    )


def written(folder: Path) -> tuple[Path, list[WarcPlace], int]:
    """A file with two appends, the second of two exchanges; where the first append ends."""
    writer = WarcWriter(folder, "test", "newsspider/test")
    places = list(writer.append([capture(0)]))
    first_end = writer.size
    places += writer.append([capture(1, 301), capture(2)])
    writer.close()
    return folder / places[0].file, places, first_end


def test_killed_at_any_byte_of_an_append_whole_records_are_found_and_the_rest_is_cut_off(
    tmp_path: Path,
) -> None:
    path, places, known = written(tmp_path)
    data = path.read_bytes()
    ends = [
        known,
        places[1].offset + places[1].length,
        places[2].offset,
        places[2].offset + places[2].length,
        len(data),
    ]
    for size in range(known, len(data) + 1):
        path.write_bytes(data[:size])
        found, good_end = tail(path, known)
        assert good_end == max(end for end in ends if end <= size)
        whole = [place for place in places[1:] if place.offset + place.length <= size]
        assert [place for _, place in found] == whole
        assert [taken.body for taken, _ in found] == [capture(n).body for n in range(1, len(whole) + 1)]
        cut(path, good_end)
        assert path.read_bytes() == data[:good_end]
    assert [taken for taken, _ in found] == [capture(1, 301), capture(2)]


def test_what_a_loss_of_power_leaves_is_cut_off_too(tmp_path: Path) -> None:
    """The file has its new length, its last blocks are zeros or something older."""
    path, places, known = written(tmp_path)
    data = path.read_bytes()
    for at in range(known, len(data), 37):
        for rest in (bytes(len(data) - at), data[5 : len(data) - at]):
            path.write_bytes(data[:at] + rest)
            found, good_end = tail(path, known)
            assert path.read_bytes()[:good_end] == data[:good_end]
            assert good_end <= at + 3  # the last bytes of a member are zeros anyway
            assert [place for _, place in found] == [p for p in places[1:] if p.offset + p.length <= good_end]


def test_the_cut_file_reads_on_in_an_independent_reader(tmp_path: Path) -> None:
    path, _, known = written(tmp_path)
    path.write_bytes(path.read_bytes()[:-5])
    cut(path, tail(path, known)[1])
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "request", "response", "request", "response"]


def test_behind_the_response_of_the_last_row_only_its_request_is_left(tmp_path: Path) -> None:
    path, places, _ = written(tmp_path)
    known = places[2].offset + places[2].length
    assert tail(path, known) == ([], path.stat().st_size)
    assert tail(path, path.stat().st_size) == ([], path.stat().st_size)


def test_a_file_without_one_whole_record_is_removed(tmp_path: Path) -> None:
    path, _, _ = written(tmp_path)
    for size in (0, 1, 100):
        path.write_bytes(path.read_bytes()[:size])
        found, good_end = tail(path, 0)
        assert (found, good_end) == ([], 0)
    cut(path, good_end)
    assert not path.exists()


def test_cut_never_makes_a_file_longer(tmp_path: Path) -> None:
    path, _, _ = written(tmp_path)
    before = path.read_bytes()
    cut(path, len(before) + 10)
    assert path.read_bytes() == before


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"gone\.warc\.gz: can't be read"):
        tail(tmp_path / "gone.warc.gz", 0)
    with pytest.raises(ArchiveError, match=r"gone\.warc\.gz: its torn end"):
        cut(tmp_path / "gone.warc.gz", 7)


def test_damage_before_whole_records_is_not_cut_off(tmp_path: Path) -> None:
    path, places, _ = written(tmp_path)
    with path.open("r+b") as file:
        file.seek(places[0].offset + 40)
        file.write(b"\xff\xff\xff")
    before = path.read_bytes()
    _, good = tail(path, 0)
    assert good < places[1].offset
    assert cut(path, good) is False
    assert path.read_bytes() == before
