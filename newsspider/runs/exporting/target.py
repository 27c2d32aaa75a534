"""Where an export goes: written under another name beside its target, which it replaces when it is whole.

The other name ends with ``.part`` and is locked as long as its run lives, so that the next run can tell what a killed
one left, and remove it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from newsspider.archive import sync_folder
from newsspider.errors import NewsspiderError, UsageError

STDOUT = "-"
MARK = (
    ".newsspider-export"  # in a folder that an export made: the names of its files, which another may replace
)
_PART, _FORMER = ".part", ".former"


@contextmanager
def writable(output: str) -> Iterator[BinaryIO]:
    """The file to write to: standard output, a device or pipe as it is, else one that takes the target's place at the
    end. Raises ``UsageError`` and ``NewsspiderError`` where it can't be written.
    """
    path = _named(output)
    with _told(output):
        if output == STDOUT:
            with _stdout() as file:
                yield file
        elif path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                yield file
        else:
            if path.is_dir():
                raise UsageError(output, "is a folder", "name a file in it")
            with _whole_file(_in_a_folder(path)) as file:
                yield file


@contextmanager
def writable_folder(output: str) -> Iterator[Path]:
    """An empty folder to write to, which takes the target's place at the end. A folder that no export made is never
    replaced, unless it is empty.
    """
    with _told(output):
        path = _in_a_folder(_named(output))
        if path.exists() and not path.is_dir():
            raise UsageError(output, "is a file", "with --per a folder is written: give another name")
        if path.is_mount():  # nothing can take its place
            raise UsageError(output, "is where a disk is mounted", "name a folder in it")
        _sweep(path)
        if path.is_dir() and (others := _others(path)):
            raise UsageError(output, f"is a folder with other files in it ({others[0]})", "name a new one")
        with _part(path, Path.mkdir) as part:
            yield part
            (part / MARK).write_text("\n".join(sorted(_files(part))), "utf-8")
            os.sync()
            _replace_folder(path, part)


def _named(output: str) -> Path:
    if not output.strip():
        raise UsageError("the name of the file to write", "is empty", "name a file, or - for standard output")
    return Path(output)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _others(folder: Path) -> list[str]:
    """What is in a folder that no export wrote there."""
    mark = folder / MARK
    mine = set(mark.read_text("utf-8").split("\n")) | {MARK} if mark.exists() else set()
    return sorted(_files(folder) - mine)


@contextmanager
def _told(output: str) -> Iterator[None]:
    """Errors of the file system in our form."""
    where = "standard output" if output == STDOUT else output
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NewsspiderError(where, f"can't be written ({error.strerror})") from error


@contextmanager
def _stdout() -> Iterator[BinaryIO]:
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError:  # what waits there must not fail once more at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def _in_a_folder(path: Path) -> Path:
    """Where the target really is, links followed. Raises ``UsageError`` where its folder is missing."""
    path = path.resolve()
    if not path.parent.is_dir():
        raise UsageError(str(path), f"there is no folder {path.parent}", "make it first")
    return path


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    _sweep(path)
    with _part(path, _make_file) as part, part.open("wb") as file:
        if path.exists():
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
        yield file
        file.flush()
        os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)


def _make_file(path: Path) -> None:
    path.touch(exist_ok=False)


@contextmanager
def _part(path: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    """The file or folder under its other name, locked; gone at the end, if it did not get its name."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_PART}")
    make(part)
    lock = os.open(part, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield part
    finally:
        _remove(part)
        os.close(lock)


def _replace_folder(path: Path, part: Path) -> None:
    """A folder can't be renamed onto another: the former one goes aside first."""
    former = part.with_suffix(_FORMER)
    if path.exists():
        path.rename(former)
    part.rename(path)
    sync_folder(path.parent)
    _remove(former)


def _sweep(path: Path) -> None:
    """Remove what killed runs left beside a target; bring back a folder that one had put aside."""
    for left in path.parent.iterdir():
        if not left.name.startswith(f".{path.name}.") or left.suffix not in (_PART, _FORMER) or _lives(left):
            continue
        if left.suffix == _FORMER and not path.exists():
            left.rename(path)
        else:
            _remove(left)


def _lives(part: Path) -> bool:
    """Whether the run that writes it is there still."""
    with suppress(OSError):
        lock = os.open(part, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        finally:
            os.close(lock)
    return True


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
