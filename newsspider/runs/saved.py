"""Pages that were saved as files: each becomes a capture in a WARC file of the archive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from newsspider import __version__
from newsspider.archive import MAX_PAGE, Held, WarcWriter, digest_of
from newsspider.errors import PageError
from newsspider.records import Capture
from newsspider.runs.addressing import address_of, saved_at
from newsspider.store import Store

_TYPE = (b"Content-Type", b"text/html")


class SavedPages:
    """Turns files into captures: their time is that of a note in them, or of the file's last change."""

    def __init__(self, warc: Path, crawl: int, base: str | None) -> None:
        """``base``: the address under which files stand that don't say theirs."""
        self._writer = WarcWriter(warc, f"saved-{crawl:05d}", f"newsspider/{__version__}")
        self._base = base
        self._captures: list[Capture] = []

    @property
    def waiting(self) -> int:
        """Captures that are not written yet."""
        return len(self._captures)

    def add(self, path: Path, store: Store, folder: Path | None = None) -> bool:
        """Take a page, of a folder where that was given; False where the archive has it. Raises ``PageError`` where it
        can't be read or has no address.
        """
        try:
            body, changed = path.read_bytes(), path.stat().st_mtime
        except OSError as error:
            raise PageError(str(path), f"can't be read ({error.strerror})") from error
        if len(body) > MAX_PAGE:
            raise PageError(str(path), f"is larger than {MAX_PAGE} bytes")
        url = address_of(path, body, folder, self._base)
        if url is None:
            raise PageError(str(path), "does not say its address", "give that of its folder with --base")
        moment = saved_at(body) or datetime.fromtimestamp(int(changed), UTC)
        if store.has_capture(url, moment, digest_of(body)):
            return False
        self._captures.append(Capture(url, moment, 200, (), (_TYPE,), body))
        return True

    def flush(self) -> list[Held]:
        """Write what waits; returns where it stands."""
        captures, self._captures = self._captures, []
        places = self._writer.append(captures)
        self._writer.sync()
        return [
            Held(capture.url, capture.fetched_at, 200, "text/html", len(capture.body), place, revisit=False)
            for capture, place in zip(captures, places, strict=True)
        ]
