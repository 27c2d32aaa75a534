"""The errors that a reader sees: where, what was found, what to do."""

from __future__ import annotations

import errno
import os
import sqlite3


class NewsspiderError(Exception):
    """Base of all errors that are not bugs of ours. Printed as ``Error: where: found, what to do``.

    ``where`` names a file, an address or a command's argument; ``found`` says what is wrong there; ``cure``
    says what to do about it (may be empty where ``found`` says it already).
    """

    exit_code = 1

    def __init__(self, where: str, found: str, cure: str = "") -> None:
        self.where = where
        self.found = found
        self.cure = cure
        super().__init__(f"{where}: {found}" + (f"; {cure}" if cure else ""))


class UsageError(NewsspiderError):
    """Raised by commands when an argument can't be meant (an unknown source, a folder that is no folder)."""

    exit_code = 2


class FaultsError(NewsspiderError):
    """Raised for faults of a file that a person wrote; ``faults`` holds one line for each."""

    def __init__(self, where: str, faults: tuple[str, ...]) -> None:
        self.faults = faults
        apart = "\n  " if len(faults) > 1 else ""
        super().__init__(where, apart + apart.join(faults))


class SourceError(FaultsError):
    """Raised by ``newsspider.source`` for faults of source files."""


class NoticesError(FaultsError):
    """Raised by ``newsspider.runs.notices`` for faults of ``notices.toml``."""


class ArchiveError(NewsspiderError):
    """Raised by ``store``, ``archive`` and ``runs`` when the archive can't be opened, read or written."""


class PageError(NewsspiderError):
    """Raised when a page can't be read at all: no such file, no text, a damaged record."""


# What the machine does to any command at any place: no bug of ours, and not worth a handler at each place.
_OF_THE_DISK = {
    errno.ENOSPC: "make room and run it again: nothing that was stored is lost",
    errno.EDQUOT: "make room and run it again: nothing that was stored is lost",
    errno.EROFS: "it can be read, but not written here",
    errno.EIO: "look after the disk: its system's log says more",
}


def of_the_disk(error: BaseException) -> NewsspiderError | None:
    """The error that a reader is told where a disk is full, failing or not to be written, or a database damaged; None for
    all else.
    """
    if isinstance(error, sqlite3.DatabaseError) and "malformed" in str(error):
        cure = "newsspider check says what to do"
        return NewsspiderError("the archive's database", f"is damaged ({error})", cure)
    if isinstance(error, sqlite3.OperationalError):
        number = {"disk is full": errno.ENOSPC, "disk I/O error": errno.EIO, "readonly database": errno.EROFS}
        found = next((n for words, n in number.items() if words in str(error)), None)
        return (
            NewsspiderError("the archive's disk", os.strerror(found), _OF_THE_DISK[found]) if found else None
        )
    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        where = error.filename if isinstance(error.filename, str) else "the disk"
        return NewsspiderError(where, os.strerror(error.errno), _OF_THE_DISK[error.errno])
    return None
