"""``newsspider backup``: a copy that is an archive of its own, whatever goes on meanwhile."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest
from archives import SOURCES, capture, change, crawl, page, put, rows, sources
from newspaper import Project

from newsspider.archive import WarcWriter
from newsspider.errors import ArchiveError, UsageError
from newsspider.runs.archive import Archive
from newsspider.runs.backup import BackupReport, backup
from newsspider.runs.checking.run import check
from newsspider.runs.importing import import_files

FIRST = [capture(f"/story/{n}", page(n), n) for n in range(1, 6)]
SECOND = [capture(f"/story/{n}", page(n), 24 + n) for n in range(4, 9)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one crawl."""
    sources(tmp_path / "data")
    crawl(tmp_path / "data", FIRST)
    return tmp_path / "data"


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "mnt" / "backup"


def run(folder: Path, dest: Path) -> BackupReport:
    return backup(folder, dest, watch=lambda progress: nullcontext())


def found(folder: Path) -> list[str]:
    """What a check says of a backup."""
    report = check(folder, watch=lambda progress: nullcontext())
    return [f"{finding.kind}: {finding.what}" for finding in report.found]


def urls(folder: Path) -> list[Any]:
    return rows(folder, "SELECT url, body FROM articles ORDER BY url")


def files(folder: Path) -> dict[str, bytes]:
    """All that a folder holds, but for what a reader of the database leaves."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    skipped = (".lock", "-wal", "-shm")
    return {str(p.relative_to(folder)): p.read_bytes() for p in paths if not p.name.endswith(skipped)}


def test_a_backup_is_whole_and_a_second_one_moves_nothing(folder: Path, dest: Path) -> None:
    report = run(folder, dest)
    assert (report.warc_files, report.sources, report.faults, report.behind) == (1, 1, [], 0)
    assert report.database > 0
    assert report.warc_bytes == sum(path.stat().st_size for path in (folder / "warc").iterdir())
    assert (found(dest), urls(dest)) == ([], urls(folder))
    before = files(dest)
    report = run(folder, dest)
    assert (report.database, report.warc_bytes, report.source_bytes, report.there) == (0, 0, 0, 1)
    assert files(dest) == before


def test_after_another_crawl_only_what_is_new_travels(folder: Path, dest: Path) -> None:
    run(folder, dest)
    crawl(folder, SECOND)
    (folder / "sources" / "paper.toml").write_text('home = "https://www.paper.example/"')
    report = run(folder, dest)
    assert (report.warc_files, report.there, report.sources) == (1, 1, 1)
    assert (found(dest), urls(dest)) == ([], urls(folder))
    assert files(dest) == files(folder) | {"archive.db": files(dest)["archive.db"]}


def test_a_file_that_grows_is_copied_as_far_as_the_database_knows_it(folder: Path, dest: Path) -> None:
    archive = Archive.open(folder, "crawl", SOURCES)
    put(archive, SECOND[:2])
    run(folder, dest)
    assert found(dest) == []
    # Two records more that have no row yet, and a third one half written.
    growing = max((folder / "warc").iterdir())
    known = growing.stat().st_size
    writer = WarcWriter(folder / "x", "x", "x")
    (folder / "x").mkdir()
    first, _ = writer.append([capture("/story/20", page(20), 50), capture("/story/21", page(21), 50)])
    (extra,) = (folder / "x").iterdir()
    with growing.open("ab") as file:
        file.write(extra.read_bytes()[:-10])
    report = run(folder, dest)
    assert (report.behind, report.warc_bytes) == (
        2,
        first.offset,
    )  # the head of that file, which is no capture
    os.truncate(growing, known)
    (dest / "warc" / growing.name).unlink()
    put(archive, SECOND[2:])
    archive.close("finished")
    assert run(folder, dest).warc_bytes == growing.stat().st_size
    assert (found(dest), urls(dest)) == ([], urls(folder))


def test_while_a_crawl_writes_every_backup_is_whole(folder: Path, dest: Path) -> None:
    archive = Archive.open(folder, "crawl", SOURCES)
    more = [capture(f"/story/{n}", page(n), 30 + n / 100) for n in range(10, 45)]
    writer = threading.Thread(target=put, args=(archive, more))
    writer.start()
    counts = []
    while writer.is_alive():
        assert run(folder, dest).faults == []
        assert found(dest) == []
        counts.append(len(urls(dest)))
    archive.close("finished")
    assert counts == sorted(counts)
    assert len({*counts}) > 2, "the backups were made while it wrote"
    run(folder, dest)
    assert (found(dest), urls(dest)) == ([], urls(folder))
    assert rows(dest, "SELECT outcome FROM crawls") == [("finished",), ("finished",)]


class Killed(BaseException):
    """What ends a backup, as far as a test can, like a kill: nothing is tidied up."""


def test_killed_at_any_step_the_former_backup_is_there_and_it_is_run_again(
    folder: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, dest)
    former = urls(dest)
    crawl(folder, SECOND)
    saved = shutil.copytree(dest, dest.with_name("saved"))
    for steps in range(30):
        shutil.rmtree(dest)
        shutil.copytree(saved, dest)
        ended = dies_after(steps, lambda: run(folder, dest), monkeypatch)
        assert urls(dest) in (former, urls(folder))
        assert {entry.split(":")[0] for entry in found(dest)} <= {"rowless", "temporary"}
        assert run(folder, dest).faults == []
        assert (found(dest), urls(dest)) == ([], urls(folder))
        if ended:
            break
    assert ended
    assert steps > 5


def dies_after(steps: int, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Work that dies when it has synced and renamed files so many times; whether it came to its end before."""

    def counted(then: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any) -> Any:
            nonlocal steps
            steps -= 1
            if steps < 0:
                raise Killed
            return then(*arguments)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", counted(os.fsync))
        patch.setattr(Path, "rename", counted(Path.rename))
        try:
            work()
        except Killed:
            return False
    return True


def test_killed_for_real_it_is_run_again(project: Project) -> None:
    folder, dest = project.folder, project.folder.with_name("copy")
    sources(folder)
    crawl(folder, FIRST)
    for seconds in (0.3, 0.5, 0.6, 0.7):
        process = project.start(str(dest), command="backup")
        time.sleep(seconds)
        process.kill()
        process.communicate()
    done = project.run("backup", str(dest))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"Backup: {dest}\nNext: newsspider check --data {dest}\n")
    assert (found(dest), urls(dest)) == ([], urls(folder))


def test_a_backup_of_an_archive_in_which_a_crawl_was_killed_is_whole(folder: Path, dest: Path) -> None:
    archive = Archive.open(folder, "crawl", SOURCES)
    put(archive, SECOND[:2])
    copy = shutil.copytree(folder, folder.with_name("killed"))  # its log is not in the database yet
    archive.close("finished")
    run(copy, dest)
    assert (found(dest), len(urls(dest))) == ([], 5)


def test_a_crawl_goes_on_in_a_backup_which_then_is_none_any_more(folder: Path, dest: Path) -> None:
    run(folder, dest)
    crawl(dest, SECOND)
    assert (found(dest), len(urls(dest))) == ([], 8)
    crawl(folder, FIRST[:1])
    before = files(dest)
    with pytest.raises(
        ArchiveError, match=r"holds a run that the archive doesn't know .*name another folder"
    ):
        run(folder, dest)
    assert files(dest)["archive.db"] == before["archive.db"]


def test_copied_back_it_is_the_archive_again(folder: Path, dest: Path) -> None:
    before = urls(folder)
    run(folder, dest)
    shutil.rmtree(folder)
    shutil.copytree(dest, folder)
    assert (found(folder), urls(folder)) == ([], before)
    crawl(folder, SECOND)
    assert found(folder) == []
    assert run(folder, dest).faults == []  # and it is its backup still


def test_whom_the_archive_tells_travels_with_it_as_readable_as_it_was(folder: Path, dest: Path) -> None:
    for text in ("[mail]\n", "[mail]\n# another\n"):
        (folder / "notices.toml").write_text(text)
        (folder / "notices.toml").chmod(0o600)
        run(folder, dest)
        assert (dest / "notices.toml").read_text() == text
        assert (dest / "notices.toml").stat().st_mode & 0o777 == 0o600


def test_what_the_archive_has_lost_is_kept_and_named(folder: Path, dest: Path) -> None:
    run(folder, dest)
    (path,) = (folder / "warc").iterdir()
    path.unlink()
    (folder / "sources" / "paper.toml").unlink()
    change(folder, "UPDATE sources SET name = 'x'")
    report = run(folder, dest)
    assert report.kept == [f"warc/{path.name}", "sources/paper.toml"]
    assert (found(dest), report.exit_code) == ([], 0)
    other = dest.with_name("other")
    report = run(folder, other)
    assert (len(report.faults), report.exit_code) == (1, 1)
    assert f"{path.name}: is missing" in report.faults[0]


def test_a_file_that_differs_is_left_as_it_was_and_told(folder: Path, dest: Path) -> None:
    run(folder, dest)
    (path,) = (folder / "warc").iterdir()
    data = path.read_bytes()
    path.write_bytes(data[:900] + b"\xff\xff" + data[902:])
    for _ in range(2):
        report = run(folder, dest)
        assert "differs from the archive's file" in report.faults[0]
        assert (dest / "warc" / path.name).read_bytes() == data
    path.write_bytes(data)
    assert (run(folder, dest).faults, run(folder, dest).there) == ([], 1)


def test_files_of_other_crawlers_travel_and_those_that_stand_elsewhere_are_named(
    folder: Path, dest: Path, tmp_path: Path
) -> None:
    for name, number in (("one", 30), ("two", 31)):
        writer = WarcWriter(tmp_path, name, "other/1")
        writer.append([capture(f"/story/{number}", page(number), 60)])
        writer.close()
        (path,) = tmp_path.glob(f"{name}-*")
        import_files(
            folder, [path], command="import x", in_place=name == "two", workers=1, watch=lambda progress: nullcontext()
        )  # fmt: skip
    report = run(folder, dest)
    assert (report.warc_files, report.elsewhere) == (2, [str(path)])
    assert found(dest) == []


def test_who_reads_the_backup_meanwhile_sees_one_state_or_the_other(folder: Path, dest: Path) -> None:
    run(folder, dest)
    change(dest, "PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(dest / "archive.db")) as reader:
        count = "SELECT count(*) FROM articles"
        assert reader.execute(count).fetchone() == (5,)
        crawl(folder, SECOND)
        run(folder, dest)
        assert reader.execute(count).fetchone() == (8,)
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert (found(dest), sorted(path.name for path in dest.glob("*.part*"))) == ([], [])


def test_a_folder_in_which_someone_works_is_refused(folder: Path, dest: Path) -> None:
    run(folder, dest)
    archive = Archive.open(dest, "crawl", SOURCES)
    with pytest.raises(ArchiveError, match="is held by process"):
        run(folder, dest)
    archive.close("finished")


@pytest.mark.parametrize("place", [".", "warc", "backup/of/it", "../link", "..", "sources/paper.toml"])
def test_no_backup_goes_into_the_archive_itself(folder: Path, place: str) -> None:
    (folder.parent / "link").symlink_to(folder)
    before = files(folder)
    with pytest.raises(UsageError, match=r"archive itself|is a file"):
        run(folder, folder / place)
    assert files(folder) == before


def test_another_archive_or_database_is_not_written_over(folder: Path, dest: Path, tmp_path: Path) -> None:
    crawl(dest, FIRST, command="crawl of another one")
    with pytest.raises(ArchiveError, match="it is no former backup of it"):
        run(folder, dest)
    other = tmp_path / "accounts"
    other.mkdir()
    with closing(sqlite3.connect(other / "archive.db")) as db:
        db.execute("CREATE TABLE accounts (id INTEGER)")
    with pytest.raises(ArchiveError, match="no archive of newsspider; name another folder for the backup"):
        run(folder, other)
    assert [path.name for path in other.iterdir()] == ["archive.db"]
    with pytest.raises(ArchiveError, match="there is no archive"):
        run(tmp_path / "nowhere", dest)


def test_a_full_disk_is_told_and_leaves_the_former_backup(
    folder: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, dest)
    former = urls(dest)
    crawl(folder, SECOND)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveError, match="No space left on device"):
        run(folder, dest)
    assert urls(dest) == former


def test_a_damaged_database_never_replaces_a_good_one(folder: Path, dest: Path) -> None:
    run(folder, dest)
    good = (dest / "archive.db").read_bytes()
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()[0]
    with (folder / "archive.db").open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(200))
    with pytest.raises(ArchiveError):
        run(folder, dest)
    assert (dest / "archive.db").read_bytes() == good
    assert not list(dest.glob("*.part*"))
