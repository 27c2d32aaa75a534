"""Makes sure that what the tests need beside the package is there: a Chromium, nginx, and a Datasette 1.0.

    python tests/prepare.py

What is there is used. A Chromium or nginx that is missing is installed with apt-get, where that is allowed (root, or sudo
without a password); else the run ends at once with exit 1 and the command to type. Datasette 1.0, of which there are but
alphas, is put into a folder of its own with pip, beside the 0.65 that the package's own requirements choose. Prints a line
for each.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEWER = "1.0a41"  # this one and no later: another alpha must not fail tests that nobody changed
_ROOT = Path(__file__).resolve().parent.parent
_SYSTEM = "/usr/sbin:/usr/local/sbin:/sbin"  # where nginx is, and many a PATH does not look
_OTHERS = {  # commands to type where there is no apt-get
    "dnf": "sudo dnf install {}",
    "pacman": "sudo pacman -S {}",
    "apk": "sudo apk add {}",
    "zypper": "sudo zypper install {}",
    "brew": "brew install {}",
}


def search_path() -> str:
    """The folders that are searched for programs."""
    return os.pathsep.join((os.environ.get("PATH", os.defpath), _SYSTEM))


def find(names: tuple[str, ...], path: str) -> str | None:
    """The first of these programs that is there and runs; None where none does.

    It is run once: Ubuntu has a ``chromium-browser`` that only says which snap to install.
    """
    for name in names:
        program = shutil.which(name, path=path)
        flag = "-v" if name == "nginx" else "--version"
        if program and subprocess.run([program, flag], capture_output=True, check=False).returncode == 0:
            return program
    return None


def browser() -> str | None:
    """The system's Chromium."""
    return find(BROWSERS, search_path())


def nginx() -> str | None:
    """The system's nginx."""
    return find(("nginx",), search_path())


def newer_folder() -> Path:
    """Where Datasette 1.0 and what it needs is to be, for this Python."""
    return _ROOT / ".cache" / f"datasette-{NEWER}" / str(sys.implementation.cache_tag)


def newer_version(folder: Path) -> str | None:
    """The version of Datasette that is in a folder; None where none is."""
    found = [one.name for one in folder.glob("datasette-*.dist-info")]
    return found[0].removeprefix("datasette-").removesuffix(".dist-info") if found else None


def prepare_newer(folder: Path) -> int:
    """Put Datasette 1.0 into a folder, unless it is there; say what came of it; the exit code."""
    if not newer_version(folder):
        wanted = f"datasette=={NEWER}"
        sys.stdout.write(f"Installing {wanted}\n")
        sys.stdout.flush()
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside it first: half of it shall never be taken for the whole.
        with TemporaryDirectory(dir=folder.parent) as beside:
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", f"{beside}/new", wanted]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            if done.returncode:
                sys.stderr.write(done.stdout.decode("utf-8", "replace")[-2000:])
                sys.stderr.write(f"The tests need {wanted} in {folder}. Start again where pip can get it.\n")
                return 1
            Path(beside, "new").rename(folder)
    sys.stdout.write(f"Datasette {newer_version(folder)}: {folder}\n")
    return 0


def main(path: str) -> int:
    """Look for the tools on ``path``, install what is missing, say what came of it; the exit code."""
    tools = {"Chromium": BROWSERS, "nginx": ("nginx",)}
    missing = [tool for tool, names in tools.items() if not find(names, path)]
    packages = [package for tool in missing for package in _packages(tool)]
    if packages and not _install(packages, path):
        sys.stderr.write(f"The tests need {' and '.join(missing)}. Type this, then start again:\n")
        sys.stderr.write(f"{_by_hand(packages, path)}\n")
        return 1
    for tool, names in tools.items():
        program = find(names, path)
        if not program:
            sys.stderr.write(f"{tool} was installed and does not run. Install one of: {', '.join(names)}\n")
            return 1
        sys.stdout.write(f"{tool}: {program}\n")
    return 0


def _packages(tool: str) -> tuple[str, ...]:
    if tool != "Chromium":
        return (tool,)
    release = Path("/etc/os-release")
    ubuntu = release.is_file() and "\nID=ubuntu\n" in "\n" + release.read_text("utf-8")
    return (
        "chromium-browser" if ubuntu else "chromium",
        "fonts-noto-core",
    )  # it comes without fonts for Khmer


def _install(packages: list[str], path: str) -> bool:
    """Install packages with apt-get where that is allowed; whether it was, and worked."""
    apt, sudo = shutil.which("apt-get", path=path), shutil.which("sudo", path=path)
    if not apt:
        return False
    rights: list[str] = []
    if os.geteuid() != 0:
        if not sudo or subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
            return False
        rights = [sudo, "-n"]
    sys.stdout.write(f"Installing {' '.join(packages)}\n")
    sys.stdout.flush()
    env = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", apt]
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*env, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            sys.stderr.write(done.stdout.decode("utf-8", "replace")[-2000:])
            return False
    if "nginx" in packages and Path("/run/systemd/system").is_dir():  # the tests start their own
        subprocess.run([*rights, "systemctl", "disable", "--now", "nginx"], capture_output=True, check=False)
    return True


def _by_hand(packages: list[str], path: str) -> str:
    if shutil.which("apt-get", path=path):
        sudo = "" if os.geteuid() == 0 else "sudo "
        wanted = " ".join(packages)
        return f"{sudo}apt-get update && {sudo}apt-get install --yes --no-install-recommends {wanted}"
    plain = " ".join(name for name in packages if name != "fonts-noto-core")
    for manager, command in _OTHERS.items():
        if shutil.which(manager, path=path):
            return command.format(plain)
    return f"(with your system's package manager) install {plain}"


if __name__ == "__main__":
    sys.exit(main(search_path()) or prepare_newer(newer_folder()))
