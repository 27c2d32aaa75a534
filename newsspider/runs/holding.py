"""Work on an archive that no crawl may disturb: its lock is held, and Ctrl-C and SIGTERM end the work cleanly."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from newsspider.errors import ArchiveError
from newsspider.runs.lock import ArchiveLock


def take(folder: Path, command: str) -> ArchiveLock:
    """The lock of a folder's archive, taken; the folder is made where it is missing. Raises ``ArchiveError`` where
    another process holds it or it can't be made.
    """
    try:
        (folder / "warc").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            str(folder), f"can't be made ({error.strerror})", "choose another folder"
        ) from error
    lock = ArchiveLock(folder / "archive.lock")
    lock.take(command)
    return lock


@contextmanager
def held(folder: Path, command: str) -> Iterator[None]:
    """Hold the archive of a folder. Raises as ``take``."""
    lock = take(folder, command)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` at Ctrl-C and SIGTERM."""

    def stopped(number: int, frame: FrameType | None) -> None:
        stop()

    former = {number: signal.signal(number, stopped) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
