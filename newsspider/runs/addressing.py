"""Where and when a saved page stood: by the notes that browsers write, the page's own word, the folders of a mirror."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from newsspider import clock, split
from newsspider.addresses import absolute, is_known_host

_HEAD = 16_384  # bytes in which notes stand
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)  # as browsers write it
# As SingleFile writes it; the date is JavaScript's Date.toString().
_SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+"
    rb"(?:saved date:\s*\w{3} (\w{3} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4}))?"
)
# A mirror's folder: a host, and the port where it is not the usual one (wget writes + for : on Windows).
_HOST = re.compile(r"([a-z0-9.-]+)(?:[:+](\d{2,5}))?", re.IGNORECASE)
_INDEX = re.compile(r"(?:^|(?<=/))index\.x?html?$", re.IGNORECASE)
# wget keeps a query in the name, on Windows behind @, and puts .html behind it where it is told to (-E).
_QUERY = re.compile(r"\?|@(?=[\w.~%-]+=)")
_ADDED = re.compile(r"\.html$", re.IGNORECASE)
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def address_of(path: Path, body: bytes, folder: Path | None, base: str | None) -> str | None:
    """The address of a saved page: as a note says it, the page itself, the ``base`` of the ``folder`` that was given (None:
    the file was), or that folder and those below it, where one is a host. None where nothing says it.
    """
    noted = _SAVED_FROM.search(body, 0, _HEAD) or _SINGLE_FILE.search(body, 0, _HEAD)
    if noted:
        return absolute(None, noted.group(1).decode("utf-8", "replace"))
    page = split.open_page(body)
    said = [page.canonical or "", *(value for name, value in page.meta if name == "og:url")]
    if url := next(filter(None, (absolute(None, url) for url in said)), None):
        return url
    if base:
        return absolute(base, _quoted((path.relative_to(folder) if folder else Path(path.name)).as_posix()))
    return _in_mirror(path, folder)


def saved_at(body: bytes) -> datetime | None:
    """When a page was saved, in UTC, where a note says it; a time that is still to come is none."""
    noted = _SINGLE_FILE.search(body, 0, _HEAD)
    if noted and noted.group(2):
        with suppress(ValueError):
            moment = datetime.strptime(noted.group(2).decode(), "%b %d %Y %H:%M:%S GMT%z").astimezone(UTC)
            return moment if moment <= clock.now() else None
    return None


def _in_mirror(path: Path, folder: Path | None) -> str | None:
    """By the first host among the folders: the one that was given, or those below; for a file, those that it was given with."""
    if folder:
        parts = (folder.resolve().name, *path.relative_to(folder).parts)
    else:
        parts = (path.resolve().parent.name, path.name) if len(path.parts) == 1 else path.parts
    for place, part in enumerate(parts[:-1]):
        host = _HOST.fullmatch(part)
        if host and is_known_host(host[1]):
            site = f"http://{host[1]}:{host[2]}" if host[2] else f"https://{host[1]}"
            return absolute(None, f"{site}/{_with_query('/'.join(parts[place + 1 :]))}")
    return None


def _with_query(name: str) -> str:
    mark = _QUERY.search(name)
    if mark is None:
        return _quoted(_INDEX.sub("", name))
    return f"{_quoted(name[: mark.start()])}?{_quoted(_ADDED.sub('', name[mark.end() :]), '?')}"


def _quoted(name: str, more: str = "") -> str:
    """A file's name in an address; what is quoted in it already stays."""
    return _BARE_PERCENT.sub("%25", quote(os.fsencode(name), f"%/:@!$&'()*+,;=~{more}"))
