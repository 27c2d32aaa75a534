"""Ready-made schedules for a nightly run: systemd, cron, GitHub Actions."""

from __future__ import annotations

import os
import pwd
import shlex
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from newsspider.errors import UsageError

PUBLIC = (
    "In a PUBLIC repository the artifact gives the full texts, which are under copyright, to anybody:"
    " use a private one, or take out the step that uploads it."
)


class Kind(StrEnum):
    """What runs the schedule."""

    SYSTEMD = "systemd"
    CRON = "cron"
    GITHUB = "github"


_SYSTEMD = """\
# Two files and the commands that switch them on: read them, then pipe them into {shell}.
mkdir -p {units}
cat > {units}/newsspider.service <<'END'
[Unit]
Description=Nightly crawl of news sites
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
# Who you are, for the sites that are asked: an e-mail address or a web page.
# Environment=NEWSSPIDER_CONTACT=me@example.com
{own}# A run that is told to stop stores what is on its way; the next one goes on.
KillMode=mixed
TimeoutStopSec=5min
Nice=10
NoNewPrivileges=yes
# Exit code 3: finished, but a source is red. It counts as a failure, so that it is seen: {systemctl} --failed
END
cat > {units}/newsspider.timer <<'END'
[Unit]
Description=Nightly crawl of news sites

[Timer]
OnCalendar=*-*-* 02:30:00
RandomizedDelaySec=10min
# A night on which the machine was off is made up for at its start.
Persistent=true

[Install]
WantedBy=timers.target
END
{systemctl} daemon-reload
{systemctl} enable --now newsspider.timer
{linger}"""
_OF_USER = {
    "shell": "sh",
    "units": "~/.config/systemd/user",
    "systemctl": "systemctl --user",
    "own": "",
    "linger": "loginctl enable-linger  # so that it runs while you are not logged in\n",
}
_OF_SYSTEM = {
    "shell": "sh as root",
    "units": "/etc/systemd/system",
    "systemctl": "systemctl",
    "linger": "",
}
_OWN = """\
# The user whose the folder is; better one of its own (useradd --system newsspider, chown -R newsspider FOLDER).
User={user}
# The system's own files can't be written by it.
ProtectSystem=full
"""

_CRON = """\
# Add this line with: crontab -e. Cron mails what comes on stderr: errors, red sources, and what is worth a look.
# Who you are, for the sites that are asked: an e-mail address or a web page, in a line above.
# NEWSSPIDER_CONTACT=me@example.com
30 2 * * * {command} > /dev/null
"""

_GITHUB = """\
# Save as .github/workflows/newsspider.yml of a repository that holds {folder}/sources/*.toml.
# The archive is kept between runs in the repository's cache (10 GB; what is not used for seven days goes), and as an
# artifact of each run for 90 days. A red source makes the run fail, so that GitHub sends its notice.
# {public}
name: newsspider
on:
  schedule:
    - cron: "30 2 * * *"
  workflow_dispatch:
concurrency:
  group: newsspider
  cancel-in-progress: false
permissions:
  contents: read
jobs:
  nightly:
    runs-on: ubuntu-latest
    timeout-minutes: 350
    env:
      NEWSSPIDER_CONTACT: ${{{{ github.server_url }}}}/${{{{ github.repository }}}}
      # Secrets that notices.toml names with url_env and password_env:
      # NEWSSPIDER_WEBHOOK_URL: ${{{{ secrets.NEWSSPIDER_WEBHOOK_URL }}}}
      # NEWSSPIDER_SMTP_PASSWORD: ${{{{ secrets.NEWSSPIDER_SMTP_PASSWORD }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install .  # a clone of newsspider; else: pip install git+ADDRESS of one
      - name: Bring the archive back
        uses: actions/cache/restore@v4
        with:
          path: |
            {folder}/archive.db
            {folder}/warc
          key: newsspider-${{{{ github.run_id }}}}
          restore-keys: newsspider-
      - name: Crawl
        run: newsspider nightly {arguments}
      - name: Keep the archive, whatever the crawl said
        if: always()
        uses: actions/cache/save@v4
        with:
          path: |
            {folder}/archive.db
            {folder}/warc
          key: newsspider-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}
      - name: A copy to download
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: archive
          path: |
            {folder}/archive.db
            {folder}/warc
"""


def schedule(
    kind: Kind,
    folder: Path,
    group: str | None,
    seconds: float | None,
    settings: Mapping[str, str] = MappingProxyType({}),
    *,
    of_system: bool | None = None,
) -> str:
    """What to put where, so that the sources of a folder are crawled every night: text to read, then to use.

    ``of_system``: whether systemd's units are the machine's and not a user's; None: they are where root asks.
    ``group``, ``seconds``, ``settings``: as the command takes them; without a limit one of three hours is set (of five on
    GitHub, which ends a job after six). Raises ``UsageError`` for a folder that no repository can hold.
    """
    limit = _typed(seconds or (5 if kind is Kind.GITHUB else 3) * 3600)
    options = [*(["--group", group] if group else []), "--time-limit", limit]
    options += [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    if kind is Kind.GITHUB:
        if folder.is_absolute() or ".." in folder.parts:
            raise UsageError(
                f"--data {folder}", "lies outside of a repository", "give its folder there: --data data"
            )
        shown = folder.as_posix()
        return _GITHUB.format(public=PUBLIC, folder=shown, arguments=shlex.join(["--data", shown, *options]))
    words = [_newsspider(), "nightly", "--data", str(folder.resolve()), *options]
    if kind is Kind.CRON:
        return _CRON.format(
            command=shlex.join(words).replace("%", "\\%")
        )  # cron ends the command at a bare %
    command = " ".join(map(_quoted, words))
    if not (os.geteuid() == 0 if of_system is None else of_system):
        return _SYSTEMD.format(command=command, **_OF_USER)
    return _SYSTEMD.format(command=command, own=_OWN.format(user=_owner(folder)), **_OF_SYSTEM)


def _owner(folder: Path) -> str:
    """Whose a folder is; root's where it is not there, or nobody known has it."""
    try:
        return pwd.getpwuid(folder.stat().st_uid).pw_name
    except (OSError, KeyError):
        return "root"


def _newsspider() -> str:
    """The command itself, with its path: a schedule has no shell of yours."""
    beside = Path(sys.executable).with_name("newsspider")
    return str(beside) if beside.exists() else "newsspider"


def _typed(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}h" if whole % 3600 == 0 else f"{whole // 60}m" if whole % 60 == 0 else f"{whole}s"


def _quoted(word: str) -> str:
    """A word of ExecStart (systemd.service, "Command lines"): specifiers and variables are no more than text."""
    word = word.replace("%", "%%").replace("$", "$$")
    if all(c.isalnum() or c in "/._-=:,@+" for c in word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
