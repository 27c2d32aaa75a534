"""Pages that were saved as files: each becomes a capture in a WARC file of the archive."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from newsspider import __version__
from newsspider.addresses import absolute
from newsspider.archive import MAX_PAGE, Held, WarcWriter, digest_of
from newsspider.errors import PageError
from newsspider.records import Capture
from newsspider.split import open_page
from newsspider.store import Store

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)  # as browsers write it
# A mirror's folder: a host, and the port where it is not the usual one (wget writes + for : on Windows).
_HOST = re.compile(
    r"((?:[a-z0-9-]+\.)+[a-z]{2,24}|\d{1,3}(?:\.\d{1,3}){3}|localhost)(?:[:+](\d{2,5}))?", re.IGNORECASE
)
_INDEX = re.compile(r"(?:^|(?<=/))index\.x?html?$", re.IGNORECASE)
_TYPE = (b"Content-Type", b"text/html")


class SavedPages:
    """Turns files into captures: their time is that of the file's last change."""

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
        url = self._address(path, body, path.relative_to(folder) if folder else Path(path.name))
        if url is None:
            raise PageError(str(path), "does not say its address", "give that of its folder with --base")
        moment = datetime.fromtimestamp(int(changed), UTC)
        if store.has_capture(url, moment, digest_of(body)):
            return False
        self._captures.append(Capture(url, moment, 200, (), (_TYPE,), body))
        return True

    def _address(self, path: Path, body: bytes, below: Path) -> str | None:
        """By the browser's note, the page's own word, the folders of a mirror, or under the base."""
        noted = _SAVED_FROM.search(body, 0, 4096)
        if noted:
            return absolute(None, noted.group(1).decode("utf-8", "replace"))
        page = open_page(body)
        said = [page.canonical or "", *(value for name, value in page.meta if name == "og:url")]
        return next(filter(None, (absolute(None, url) for url in said)), None) or self._by_folder(path, below)

    def _by_folder(self, path: Path, below: Path) -> str | None:
        parts = path.resolve().parts
        if self._base:
            return absolute(self._base, quote(os.fsencode(below.as_posix())))
        for i in range(len(parts) - 2, -1, -1):
            if host := _HOST.fullmatch(parts[i]):
                site = f"http://{host[1]}:{host[2]}" if host[2] else f"https://{host[1]}"
                return absolute(
                    None, f"{site}/{quote(os.fsencode(_INDEX.sub('', '/'.join(parts[i + 1 :]))))}"
                )
        return None

    def flush(self) -> list[Held]:
        """Write what waits; returns where it stands."""
        captures, self._captures = self._captures, []
        places = self._writer.append(captures)
        self._writer.sync()
        return [
            Held(capture.url, capture.fetched_at, 200, "text/html", len(capture.body), place, revisit=False)
            for capture, place in zip(captures, places, strict=True)
        ]
