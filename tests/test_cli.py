"""The command: help, exit codes, one line for an error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from newspaper import ENVIRONMENT

from newsspider.cli import main
from newsspider.runs.crawl import check_settings
from newsspider.store.schema import APPLICATION_ID, VERSION


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsspider.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=ENVIRONMENT, check=False, timeout=60
    )


@pytest.mark.parametrize("command", [(), *((name,) for name in sorted(main.commands))], ids=" ".join)
def test_every_help_has_an_example(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*command, "--help"])
    assert shown.exit_code == 0
    assert "Example:" in shown.output
    assert f"newsspider {' '.join(command)}" in shown.output


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_takes_the_data_folder(command: str) -> None:
    assert "--data" in CliRunner().invoke(main, [command, "--help"]).output


def test_an_unknown_source_names_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "lantern.toml").write_text('home = "http://127.0.0.1:1/"')
    done = run("crawl", "lantren", "--data", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: {tmp_path / 'sources'}: there is no source 'lantren'")
    assert "did you mean lantern?" in done.stderr


def test_a_folder_without_sources_says_what_to_write(tmp_path: Path) -> None:
    done = run("crawl", "--data", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert "ID.toml" in done.stderr


def test_a_broken_source_file_names_every_fault(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "bad.toml").write_text('hme = "x"\n[fetch]\ndelay = -1\n')
    done = run("crawl", "--data", str(tmp_path))
    assert done.returncode == 1
    assert all(part in done.stderr for part in ("bad.toml", "hme", "'home'", "fetch.delay"))
    assert not (tmp_path / "archive.db").exists()


def test_an_archive_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "lantern.toml").write_text('home = "http://127.0.0.1:1/"')
    with sqlite3.connect(tmp_path / "archive.db") as db:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
        db.execute("CREATE TABLE t (x)")
    before = (tmp_path / "archive.db").read_bytes()
    done = run("crawl", "--data", str(tmp_path))
    assert done.returncode == 1
    assert "newer newsspider" in done.stderr
    assert (tmp_path / "archive.db").read_bytes() == before


def test_a_time_that_is_none_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENVIRONMENT, "NEWSSPIDER_NOW", "bad")
    done = run("crawl", "--data", str(tmp_path))
    told = "Error: NEWSSPIDER_NOW: 'bad' is no time; write it as 2026-11-24T02:30:00Z\n"
    assert (done.returncode, done.stderr) == (2, told)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run("demo", "--data", str(tmp_path / "file" / "data"))
    assert done.returncode in (1, 2)
    assert done.stderr.count("Error: ") == 1
    assert "Traceback" not in done.stderr


def test_a_setting_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "lantern.toml").write_text('home = "http://127.0.0.1:1/"')
    assert run("crawl", "-s", "nonsense", "--data", str(tmp_path)).returncode == 2
    for setting in (
        "DOWNLOAD_TIMEOUT=soon",
        "RETRY_TIMES=1e1",
        "NEWSSPIDER_MAX_URL=-1",
        "ROBOTSTXT_OBEY=maybe",
        "CONCURRENT_REQUESTS=0",
        "DOWNLOAD_TIMEOT=5",
    ):
        done = run("crawl", "-s", setting, "--data", str(tmp_path))
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"Error: -s {setting.partition('=')[0]}: ")
        assert done.stderr.count("\n") == 1


def test_seconds_may_have_fractions() -> None:
    check_settings({"DOWNLOAD_DELAY": "0.5", "DOWNLOAD_TIMEOUT": "2.5", "A_NAME_OF_MY_OWN": "x"})
