"""What the tests need beside the package is looked for, installed where that is allowed, and else named."""

from __future__ import annotations

import os
import runpy
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PREPARE = runpy.run_path(str(Path(__file__).with_name("prepare.py")))
main: Callable[[str], int] = PREPARE["main"]
prepare_newer: Callable[[Path], int] = PREPARE["prepare_newer"]
RUNS = "exit 0"


@pytest.fixture
def tool(tmp_path: Path) -> Callable[[str, str], None]:
    """Puts a program into the folder that is all of the PATH."""

    def put(name: str, script: str) -> None:
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        file.chmod(0o755)

    return put


def apt_get(folder: Path) -> str:
    """An apt-get that notes how it was called and installs the program named like the package."""
    return f"""echo "$*" >> {folder}/log
for word; do case $word in chromium|chromium-browser|nginx)
printf '#!/bin/sh\\nexit 0\\n' > {folder}/$word; /bin/chmod 755 {folder}/$word;; esac; done"""


def as_user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


def test_what_is_there_is_used(tmp_path, tool, capsys):
    """A browser under any of its names and nginx: a line each, nothing installed."""
    tool("google-chrome", RUNS)
    tool("nginx", RUNS)
    assert main(str(tmp_path)) == 0
    assert capsys.readouterr().out == f"Chromium: {tmp_path}/google-chrome\nnginx: {tmp_path}/nginx\n"


def test_root_installs_what_is_missing(tmp_path, tool, capsys, monkeypatch):
    """Only the missing one is installed, after an update, without recommended packages, with fonts."""
    as_user(monkeypatch, 0)
    tool("nginx", RUNS)
    tool("apt-get", apt_get(tmp_path))
    assert main(str(tmp_path)) == 0
    update, install = (tmp_path / "log").read_text("utf-8").splitlines()
    assert update == "update"
    assert install.startswith("install --yes --no-install-recommends chromium")
    assert install.endswith(" fonts-noto-core")
    assert "nginx" not in install
    assert "Chromium: " in capsys.readouterr().out


def test_sudo_without_a_password_is_used(tmp_path, tool, monkeypatch):
    """A user whom sudo asks nothing may install."""
    as_user(monkeypatch, 1000)
    tool("chromium", RUNS)
    tool("sudo", f'echo sudo >> {tmp_path}/log; shift; exec "$@"')
    tool("true", RUNS)
    tool("apt-get", apt_get(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert main(str(tmp_path)) == 0
    assert "install --yes --no-install-recommends nginx" in (tmp_path / "log").read_text("utf-8")


@pytest.mark.parametrize("sudo", [None, "exit 1"])
def test_without_the_right_it_says_what_to_type(tmp_path, tool, capsys, monkeypatch, sudo):
    """No sudo, or one that wants a password: exit 1 at once, with one command that installs it all."""
    as_user(monkeypatch, 1000)
    tool("apt-get", apt_get(tmp_path))
    if sudo:
        tool("sudo", sudo)
    assert main(str(tmp_path)) == 1
    error = capsys.readouterr().err
    assert "The tests need Chromium and nginx." in error
    assert "sudo apt-get update && sudo apt-get install --yes --no-install-recommends chromium" in error
    assert not (tmp_path / "log").exists()


def test_a_failed_installation_shows_why(tmp_path, tool, capsys, monkeypatch):
    """The package manager's last words and the command to type."""
    as_user(monkeypatch, 0)
    tool("chromium", RUNS)
    tool("apt-get", "echo Could not resolve the mirror; exit 100")
    assert main(str(tmp_path)) == 1
    error = capsys.readouterr().err
    assert "Could not resolve the mirror" in error
    assert "\napt-get update && apt-get install" in error


def test_a_browser_that_does_not_run_counts_as_missing(tmp_path, tool, capsys, monkeypatch):
    """The program that only says which snap to install is no browser."""
    as_user(monkeypatch, 0)
    tool("chromium-browser", "echo install the snap; exit 1")
    tool("nginx", RUNS)
    tool("dnf", RUNS)
    assert main(str(tmp_path)) == 1
    assert "sudo dnf install chromium" in capsys.readouterr().err


def wheel(folder: Path, version: str) -> None:
    """A package named Datasette, for pip to find in a folder."""
    about = f"datasette-{version}.dist-info"
    with zipfile.ZipFile(folder / f"datasette-{version}-py3-none-any.whl", "w") as file:
        file.writestr("datasette/__init__.py", "")
        file.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: datasette\nVersion: {version}\n")
        file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{about}/RECORD", "")


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder that is all that pip knows of."""
    folder = tmp_path / "index"
    folder.mkdir()
    settings = {"CONFIG_FILE": os.devnull, "NO_INDEX": "1", "FIND_LINKS": str(folder)}
    for name, value in settings.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    return folder


def test_datasette_1_gets_a_folder_of_its_own(tmp_path, index, capfd):
    """The alpha that is named is taken, and no later one; once it is there pip is not asked again."""
    for version in ("0.65.5", "1.0a41", "1.0a43", "2.0a1"):
        wheel(index, version)
    folder = tmp_path / "build" / "newer"
    assert prepare_newer(folder) == 0
    assert capfd.readouterr().out.endswith(f"Datasette 1.0a41: {folder}\n")
    assert [path.name for path in folder.parent.iterdir()] == ["newer"]
    for file in index.iterdir():
        file.unlink()
    assert prepare_newer(folder) == 0
    assert capfd.readouterr().out == f"Datasette 1.0a41: {folder}\n"


def test_a_datasette_that_can_not_be_had_is_named(tmp_path, index, capfd):
    """Pip's last words and what is wanted; nothing half made stays."""
    folder = tmp_path / "build" / "newer"
    assert prepare_newer(folder) == 1
    error = capfd.readouterr().err
    assert "No matching distribution found" in error
    assert f"The tests need datasette==1.0a41 in {folder}." in error
    assert list(folder.parent.iterdir()) == []
