"""``newsspider export``: files that are whole or not there, in every form, in flat memory."""

from __future__ import annotations

import csv
import json
import runpy
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import make_older
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st
from newspaper import COMMAND, ENVIRONMENT

from newsspider.cli import main
from newsspider.clock import stamp
from newsspider.errors import ArchiveError, NewsspiderError
from newsspider.exports.corpus import LAYOUT, text_chunks
from newsspider.exports.parquet import TYPES, parquet_chunks
from newsspider.exports.rows import FLAT, Field, Filters, Kind, read, reading
from newsspider.runs.exporting import target
from newsspider.runs.exporting.folders import Per, write_files
from newsspider.runs.exporting.wanted import Form

BENCHMARK = runpy.run_path(str(Path(__file__).parent.parent / "benchmarks" / "export.py"))
KHMER = "ភ្នំពេញ"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of 12 articles, of four sources."""
    folder = tmp_path_factory.mktemp("small")
    BENCHMARK["make_archive"](folder / "archive.db", 12, words=50)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of 20,000 articles."""
    folder = tmp_path_factory.mktemp("large")
    BENCHMARK["make_archive"](folder / "archive.db", 20_000)
    return folder


def export(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", "--data", str(folder), *arguments])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- forms -------------------------------------------------------------------------------------------------
def test_every_form_holds_the_same_articles(small: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "a.jsonl", "a.parquet", "a.txt"):
        done = export(small, "--output", str(tmp_path / name))
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr.startswith("12 articles, ")
        assert done.stderr.endswith(f"kB: {tmp_path / name}\n")
    assert names(tmp_path) == ["a.csv", "a.jsonl", "a.parquet", "a.txt"]
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").open(encoding="utf-8")]
    table = pq.read_table(tmp_path / "a.parquet").to_pylist()
    text = (tmp_path / "a.txt").read_text("utf-8")
    headlines = [record["headline"] for record in records]
    assert len(headlines) == 12
    assert [row["headline"] for row in rows] == [row["headline"] for row in table] == headlines
    assert all(f"\n{headline}\n" in text for headline in headlines)
    assert KHMER in text
    assert {"ភ្នំពេញ", "北京", "القاهرة"} <= {row["dateline_place"] for row in rows}
    assert rows[0]["authors"] == "Dara Vann; Mei Lin"


def test_parquet_has_types_and_meanings(small: Path, tmp_path: Path) -> None:
    for table in FLAT:
        assert export(small, "--table", table, "--output", str(tmp_path / f"{table}.parquet")).exit_code == 0
        read = pq.read_table(tmp_path / f"{table}.parquet")
        assert read.schema.names == [field.name for field in FLAT[table]]
        assert all(field.metadata[b"description"] for field in read.schema)
    row = pq.read_table(tmp_path / "articles.parquet").to_pylist()[0]
    assert row["published"] == datetime(2020, 1, 1, tzinfo=UTC)
    assert row["day"] == date(2020, 1, 1)
    assert row["authors"] == ["Dara Vann", "Mei Lin"]
    assert row["asides"][0]["after"] == 1
    assert dict(row["provenance"])["headline"] == "json-ld"
    assert row["dateline"] is None


PARQUET_FIELDS = tuple(Field(kind.name, kind, "", "x") for kind in TYPES)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.none() | TEXTS,
    Kind.NUMBER: st.none() | st.integers(-(2**63), 2**63 - 1),
    Kind.FLAG: st.integers(0, 1),
    Kind.TIME: st.none() | st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1000).map(stamp),
    Kind.DAY: st.none() | st.dates(date(1000, 1, 1)).map(date.isoformat),
    Kind.LIST: st.lists(TEXTS).map(json.dumps),
    Kind.PARTS: st.just('[{"kind": "post", "text": "x", "after": 2}]'),
    Kind.OBJECT: st.dictionaries(TEXTS, TEXTS).map(json.dumps),
}  # fmt: skip


@given(st.lists(st.tuples(*(VALUES[field.kind] for field in PARQUET_FIELDS))))
@settings(max_examples=30)
def test_parquet_reads_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, written: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("parquet") / "x.parquet"
    path.write_bytes(b"".join(parquet_chunks(PARQUET_FIELDS, written)))
    read = [tuple(row.values()) for row in pq.read_table(path).to_pylist()]
    assert read == [
        (text, number, bool(flag), at and datetime.fromisoformat(at), day and date.fromisoformat(day), json.loads(some),
         json.loads(parts), list(json.loads(known).items()))
        for text, number, flag, at, day, some, parts, known in written
    ]  # fmt: skip


def test_parquet_is_written_in_row_groups(large: Path, tmp_path: Path) -> None:
    assert export(large, "--output", str(tmp_path / "a.parquet")).exit_code == 0
    read = pq.ParquetFile(tmp_path / "a.parquet")
    assert read.metadata.num_rows == 20_000
    assert read.metadata.num_row_groups > 3


def test_without_pyarrow_the_command_to_type_is_named(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsspider.runs.exporting.run.find_spec", lambda name: None)
    done = export(small, "--output", str(tmp_path / "a.parquet"))
    assert done.exit_code == 1
    assert (
        done.stderr == "Error: --format parquet: needs pyarrow, which is not installed; pip install pyarrow\n"
    )


@given(st.tuples(TEXTS, st.none() | TEXTS, TEXTS))
@example(("### id=9\tsource=x", None, "one\n\n### two\n###"))
def test_only_header_lines_of_a_text_begin_with_the_mark(texts: tuple[str, str | None, str]) -> None:
    text = b"".join(text_chunks([(1, "a b", None, "km", "https://x.example/", *texts)])).decode()
    head, *lines = text.split("\n")
    assert head == "### id=1\tsource=a_b\tday=\tlanguage=km\turl=https://x.example/"
    assert not any(line.startswith("###") for line in lines)
    assert text.endswith("\n\n")


@pytest.mark.parametrize(
    ("per", "first", "files"),
    [("day", "2020-01-01.txt", 1), ("source", "courier.txt", 4), ("article", "courier/2020-01-01_1.txt", 12)],
)
def test_text_can_be_a_folder_of_files(small: Path, tmp_path: Path, per: str, first: str, files: int) -> None:
    done = export(small, "--per", per, "--output", str(tmp_path / "corpus"))
    assert done.stderr.startswith(f"12 articles in {files} file")
    assert len(list((tmp_path / "corpus").rglob("*.txt"))) == files
    whole = export(small, "--format", "text").stdout
    assert (tmp_path / "corpus" / first).read_text("utf-8") in (
        whole, "".join(f"###{part}" for part in whole.split("###")[1::4]), f"###{whole.split('###')[1]}"
    )  # fmt: skip


def test_more_files_than_may_be_open_are_added_to_in_turn(tmp_path: Path) -> None:
    days = [f"2020-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 28)]
    rows = [(n, "../x", day, None, "https://x.example/", "H", None, "B") for n in (1, 2) for day in days]
    size, files = write_files(tmp_path, Per.DAY, rows)
    assert files == len(days)
    assert all(path.read_text().count("###") == 2 for path in tmp_path.iterdir())
    assert size == sum(path.stat().st_size for path in tmp_path.iterdir())
    write_files(tmp_path / "", Per.ARTICLE, rows[:1])
    assert (tmp_path / ".._x" / "2020-01-01_1.txt").exists()


# ---- targets -----------------------------------------------------------------------------------------------
def test_standard_output_takes_all_but_parquet_and_folders(small: Path) -> None:
    assert export(small).stdout.startswith("id,source,")
    assert len(export(small, "--format", "jsonl", "--output", "-").stdout.splitlines()) == 12
    assert export(small, "--format", "text").stdout.startswith("### id=1\tsource=courier")
    for arguments in (["--format", "parquet"], ["--per", "day"]):
        done = export(small, *arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("Error: --output: ")


def test_a_reader_that_has_enough_ends_it_quietly(large: Path) -> None:
    line = [*COMMAND, "export", "--data", str(large)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize("name", ["a.csv", "corpus"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_export_that_is_stopped_leaves_what_was_there(
    large: Path, tmp_path: Path, name: str, number: signal.Signals
) -> None:
    per = ["--per", "article"] if name == "corpus" else []
    arguments = ["--output", str(tmp_path / name), *per]
    assert export(large, *arguments, "--until", "2020-01-01").exit_code == 0
    kept = _contents(tmp_path / name)
    line = [*COMMAND, "export", "--data", str(large), *arguments]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    _wait(lambda: any(path.suffix == ".part" for path in tmp_path.iterdir()))
    process.send_signal(number)
    told = process.communicate(timeout=60)[1]
    assert _contents(tmp_path / name) == kept
    if number == signal.SIGKILL:
        assert len(names(tmp_path)) == 2
    else:
        assert process.returncode == 1
        assert told == f"Stopped before its end: {tmp_path / name} is as it was.\n"
        assert names(tmp_path) == [name]
    assert export(large, *arguments, "--until", "2020-01-02").exit_code == 0
    assert names(tmp_path) == [name]
    assert _contents(tmp_path / name) != kept


def _contents(path: Path) -> Any:
    return (
        {file.name: file.read_bytes() for file in path.rglob("*.txt")} if path.is_dir() else path.read_bytes()
    )


def _wait(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_another_run_that_still_writes_keeps_its_file(tmp_path: Path) -> None:
    with target.writable(str(tmp_path / "a")) as one:
        one.write(b"one")
        with target.writable(str(tmp_path / "a")) as other:
            other.write(b"other")
        assert (tmp_path / "a").read_bytes() == b"other"
    assert (tmp_path / "a").read_bytes() == b"one"
    assert names(tmp_path) == ["a"]


def test_a_folder_that_was_put_aside_when_the_power_went_comes_back(tmp_path: Path) -> None:
    former = tmp_path / ".corpus.1234.former"
    former.mkdir()
    (former / target.MARK).write_text("old.txt")
    (former / "old.txt").touch()
    with _failing(), target.writable_folder(str(tmp_path / "corpus")):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == ["corpus"]
    assert names(tmp_path / "corpus") == [target.MARK, "old.txt"]


def _failing() -> AbstractContextManager[Any]:
    return pytest.raises(NewsspiderError, match=r"can't be written \(No space left on device\)")


def test_a_link_stays_one_and_modes_are_kept(small: Path, tmp_path: Path) -> None:
    (tmp_path / "real.csv").touch(mode=0o640)
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert export(small, "--output", str(tmp_path / "link.csv")).exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes().startswith(b"id,source")
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640


def test_devices_are_written_as_they_are(small: Path) -> None:
    assert export(small, "--output", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


def test_targets_that_can_not_be_meant_are_left_alone(small: Path, tmp_path: Path) -> None:
    before = (small / "archive.db").read_bytes()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").touch()
    (tmp_path / "file.csv").touch()
    for arguments, found in (
        (["--output", str(tmp_path)], "is a folder; name a file in it"),
        (
            ["--output", str(tmp_path / "no" / "a.csv")],
            f"there is no folder {tmp_path / 'no'}; make it first",
        ),
        (["--output", ""], "--output: is empty; name a target; - is standard output"),
        (["--output", "/proc", "--per", "day"], "/proc: is where a disk is mounted; name a folder in it"),
        (["--output", str(tmp_path / "a.xlsx")], "--output: .xlsx is no form of export"),
        (["--output", str(tmp_path / "notes"), "--per", "day"], "is a folder with other files in it"),
        (["--output", str(tmp_path / "file.csv"), "--per", "day"], "is a file; with --per"),
        (["--output", str(small / "archive.db"), "--format", "csv"], "belongs to the archive"),
        (["--output", str(small / "archive.db-wal"), "--format", "csv"], "belongs to the archive"),
        (["--output", str(small / "warc" / "x.warc.gz"), "--format", "csv"], "belongs to the archive"),
        (["--output", str(small / "warc"), "--per", "day"], "belongs to the archive"),
        (["--per", "day", "--format", "csv"], "--per: is for text, not for csv"),
        (["--excel", "--format", "jsonl"], "--excel: is for csv, not for jsonl"),
        (["--table", "links", "--format", "text"], "--table: links have no text form"),
    ):
        done = export(small, *arguments)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert done.stderr.startswith("Error: ")
        assert found in done.stderr
    assert names(tmp_path / "notes") == ["mine.txt"]
    assert (small / "archive.db").read_bytes() == before


def test_a_full_disk_is_said_and_leaves_nothing(small: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")
    with _failing(), target.writable(str(tmp_path / "a.csv")) as file:
        file.write(b"part")
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "old"
    done = subprocess.run(
        [*COMMAND, "export", "--data", str(small), "--output", "/dev/full"], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        1,
        "Error: /dev/full: can't be written (No space left on device)\n",
    )


def test_an_archive_of_an_older_version_is_brought_up_to_date(small: Path, tmp_path: Path) -> None:
    shutil.copy(small / "archive.db", tmp_path)
    make_older(tmp_path / "archive.db")
    told = pytest.raises(ArchiveError, match="an older newsspider made it: newsspider runs")
    with told, reading(tmp_path / "archive.db") as db:  # as a download asks
        list(read(db, "captures", FLAT["captures"], Filters()))
    done = export(tmp_path, "--table", "captures")
    assert (done.exit_code, "warc_length,revisits,origin" in done.stdout) == (0, True)


def test_a_damaged_value_is_said_and_leaves_what_was_there(tmp_path: Path) -> None:
    BENCHMARK["make_archive"](tmp_path / "archive.db", 3, words=50)
    with sqlite3.connect(tmp_path / "archive.db") as db:
        db.execute("UPDATE articles SET authors = '[\"A', day = 'Monday' WHERE id = 3")
    db.close()
    for name in ("a.csv", "a.jsonl", "a.parquet"):
        (tmp_path / name).write_text("old")
        done = export(tmp_path, "--output", str(tmp_path / name))
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith(
            f"Error: {tmp_path / 'archive.db'}: holds a value that its column can't have"
        )
        assert (tmp_path / name).read_text() == "old"
    assert names(tmp_path) == ["a.csv", "a.jsonl", "a.parquet", "archive.db"]


# ---- what is said ------------------------------------------------------------------------------------------
def test_a_filter_that_finds_nothing_says_so_and_writes_the_head_alone(small: Path, tmp_path: Path) -> None:
    for form, empty in (("csv", False), ("jsonl", True), ("text", True), ("parquet", False)):
        done = export(small, "--language", "xx", "--format", form, "--output", str(tmp_path / form))
        assert done.exit_code == 0
        assert done.stderr.startswith("0 articles, ")
        assert done.stderr.endswith(". Nothing fits the filters.\n")
        assert ((tmp_path / form).stat().st_size == 0) is empty
    assert (tmp_path / "csv").read_text("utf-8").splitlines() == [
        ",".join(field.name for field in FLAT["articles"])
    ]
    assert pq.read_table(tmp_path / "parquet").num_rows == 0


def test_an_empty_filter_is_none(small: Path) -> None:
    every = export(small).stdout
    assert export(small, "--language", " ", "--place", "", "--search", " ").stdout == every


def test_excel_sees_that_it_is_utf_8(small: Path, tmp_path: Path) -> None:
    assert export(small, "--excel", "--output", str(tmp_path / "a.csv")).exit_code == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_errors_are_one_line_in_the_form_of_the_project(small: Path, tmp_path: Path) -> None:
    for folder, arguments, code, found in (
        (tmp_path, [], 1, f"{tmp_path / 'archive.db'}: there is no archive; crawl something first"),
        (small, ["--source", "corier"], 2, "did you mean courier?"),
        (small, ["--since", "yesterday"], 2, "--since: 'yesterday' is no day; write it as YYYY-MM-DD"),
        (small, ["--since", "2020-02-01", "--until", "2020-01-01"], 2, "is after --until"),
        (small, ["--table", "tickers", "--search", "x"], 2, "--search: does not choose ticker entries"),
    ):
        done = export(folder, *arguments)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (code, "", 1)
        assert done.stderr.startswith("Error: ")
        assert found in done.stderr
    assert names(tmp_path) == []


@pytest.mark.parametrize("table", FLAT)
def test_columns_are_explained_in_the_order_in_which_they_are_written(small: Path, table: str) -> None:
    told = [line.split()[0] for line in export(small, "--table", table, "--columns").stdout.splitlines()]
    assert told == export(small, "--table", table).stdout.splitlines()[0].split(",")
    told = [
        line.split()[0]
        for line in export(small, "--table", table, "--columns", "--format", "jsonl").stdout.splitlines()
    ]
    written = export(small, "--table", table, "--format", "jsonl").stdout.splitlines()
    assert not written or told == list(json.loads(written[0]))


def test_the_layout_of_texts_is_explained(small: Path) -> None:
    assert export(small, "--columns", "--format", "text").stdout.endswith(f"\n{LAYOUT}\n")


def test_the_command_offers_every_form_and_table() -> None:
    offered = {option.name: option.type for option in main.commands["export"].params}
    assert list(offered["form"].choices) == list(Form)
    assert list(offered["table"].choices) == list(FLAT)
    assert list(offered["per"].choices) == list(Per)
    assert set(TYPES) >= {field.kind for fields in FLAT.values() for field in fields}
    assert isinstance(TYPES[Kind.TIME], pa.TimestampType)


# ---- memory ------------------------------------------------------------------------------------------------
MEASURED = """
import resource
from newsspider.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.parametrize(("form", "most"), [("csv", 20), ("jsonl", 20), ("text", 20), ("parquet", 150)])
def test_memory_does_not_grow_with_the_archive(large: Path, tmp_path: Path, form: str, most: int) -> None:
    """Megabytes above those of a small export; the whole text is more than 100."""
    output = tmp_path / form

    def peak(*filters: str) -> int:
        arguments = ["export", "--data", str(large), "--format", form, "--output", str(output), *filters]
        command = [sys.executable, "-c", MEASURED, *arguments]
        return int(
            subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT).stdout
        )

    least = peak("--until", "2020-01-02")
    assert output.stat().st_size > 10_000
    assert peak() - least < most
    assert form == "parquet" or output.stat().st_size > 100_000_000


def test_a_folder_with_files_of_the_users_own_is_never_replaced(small: Path, tmp_path: Path) -> None:
    target_folder = tmp_path / "corpus"
    assert export(small, "--per", "day", "--output", str(target_folder)).exit_code == 0
    assert export(small, "--per", "day", "--output", str(target_folder)).exit_code == 0
    (target_folder / "notes.txt").write_text("mine")
    done = export(small, "--per", "day", "--output", str(target_folder))
    assert (done.exit_code, "(notes.txt)" in done.output) == (2, True)
    assert (target_folder / "notes.txt").read_text() == "mine"
