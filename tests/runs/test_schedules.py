"""Ready-made schedules: what they run is the command for this folder, whatever its name."""

from __future__ import annotations

import configparser
import os
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from newsspider.runs.schedules import Kind, schedule

ODD = "press & news/100% of it"


def written(tmp_path: Path, *, of_system: bool) -> dict[str, configparser.ConfigParser]:
    """The systemd units that the printed commands write, with commands of systemd's that do nothing."""
    (tmp_path / ODD).mkdir(parents=True)
    folder = tmp_path / ("system" if of_system else ".config/systemd/user")
    for name in ("systemctl", "loginctl"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    script = schedule(Kind.SYSTEMD, tmp_path / ODD, "asia", 5400, of_system=of_system)
    script = script.replace("/etc/systemd/system", str(folder))
    env = {"HOME": str(tmp_path), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["sh", "-e"], input=script, text=True, check=True, env=env)
    found = {}
    for path in folder.iterdir():
        found[path.suffix] = configparser.ConfigParser(interpolation=None)
        found[path.suffix].read(path)
    return found


@pytest.fixture
def units(tmp_path: Path) -> dict[str, configparser.ConfigParser]:
    """Those of a user."""
    return written(tmp_path, of_system=False)


def test_for_root_the_units_are_the_systems_and_run_as_the_folders_owner(tmp_path: Path) -> None:
    service = written(tmp_path, of_system=True)[".service"]["Service"]
    assert service["User"] == (tmp_path / ODD).owner()
    assert service["ProtectSystem"] == "full"
    text = schedule(Kind.SYSTEMD, tmp_path, None, None, of_system=True)
    assert "--user" not in text
    assert "loginctl" not in text


@pytest.mark.parametrize("kind", [Kind.SYSTEMD, Kind.CRON])
def test_a_schedule_has_a_line_for_who_you_are(kind: Kind, tmp_path: Path) -> None:
    assert "NEWSSPIDER_CONTACT=me@example.com\n" in schedule(kind, tmp_path, None, None, of_system=True)


def test_the_printed_commands_write_a_service_and_its_timer(
    units: dict[str, configparser.ConfigParser], tmp_path: Path
) -> None:
    command = units[".service"]["Service"]["ExecStart"]
    words = shlex.split(command.replace("%%", "%").replace("$$", "$"))
    assert words[1:] == ["nightly", "--data", str(tmp_path / ODD), "--group", "asia", "--time-limit", "90m"]
    assert Path(words[0]).is_absolute()
    assert units[".timer"]["Timer"]["OnCalendar"] == "*-*-* 02:30:00"
    assert units[".timer"]["Timer"]["Persistent"] == "true"


def test_the_line_for_cron_is_one_command_and_mails_only_what_needs_a_look(tmp_path: Path) -> None:
    text = schedule(Kind.CRON, tmp_path / ODD, None, None)
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    command = line.split(None, 5)[5].replace("\\%", "%")  # cron takes the backslash off
    assert "%" not in line.replace("\\%", "")
    words = shlex.split(command)
    assert words[1:6] == ["nightly", "--data", str(tmp_path / ODD), "--time-limit", "3h"]
    assert words[6:] == [">", "/dev/null"]


def test_the_workflow_brings_the_archive_back_and_keeps_it_whatever_happened() -> None:
    steps = yaml.safe_load(schedule(Kind.GITHUB, Path("data"), None, None))["jobs"]["nightly"]["steps"]
    paths = [step["with"]["path"] for step in steps if "path" in step.get("with", {})]
    assert paths == ["data/archive.db\ndata/warc\n"] * 3
    (crawl,) = [step for step in steps if step.get("name") == "Crawl"]
    assert crawl["run"] == "newsspider nightly --data data --time-limit 5h"
    assert [step.get("if") for step in steps[-2:]] == ["always()", "always()"]


def test_the_workflow_warns_of_public_repositories_and_has_room_for_secrets() -> None:
    text = schedule(Kind.GITHUB, Path("data"), None, None)
    assert "# In a PUBLIC repository the artifact gives the full texts" in text
    example = text.replace("# NEWSSPIDER_", "NEWSSPIDER_")
    env = yaml.safe_load(example)["jobs"]["nightly"]["env"]
    assert env["NEWSSPIDER_WEBHOOK_URL"] == "${{ secrets.NEWSSPIDER_WEBHOOK_URL }}"
