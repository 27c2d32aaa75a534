"""One crawl at a time holds an archive; a second one is told who holds it."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from pathlib import Path
from typing import Any

from newsspider import clock
from newsspider.errors import ArchiveError


class ArchiveLock:
    """Holds ``DIR/archive.lock`` from ``take`` to ``release``. The system lets go of it when the process
    dies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, command: str) -> None:
        """Raises ``ArchiveError`` naming the holder, or why the folder can't be written."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveError(
                str(self._path),
                f"can't be written ({error.strerror})",
                "run it as the archive's owner, or choose another folder",
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise ArchiveError(
                str(self._path.parent), f"the archive is held by {holder}", "wait for its end or stop it"
            ) from error
        os.ftruncate(descriptor, 0)
        who = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": command,
            "since": clock.stamp(clock.now()),
        }
        os.pwrite(descriptor, json.dumps(who).encode(), 0)
        self._file = descriptor

    def release(self) -> None:
        """Lets go; the file stays, empty."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


def _holder(descriptor: int) -> str:
    try:
        who: dict[str, Any] = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {who['pid']} on {who['host']} ({who['command']}) since {who['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
