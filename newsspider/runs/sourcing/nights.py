"""The sources of a folder, each with its last night in the archive, if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsspider.errors import SourceError
from newsspider.source import Source, sound_sources
from newsspider.store import Night, SourceNight, Store


@dataclass(frozen=True, slots=True)
class Listed:
    """A source, by its file or (``file`` is false) by the archive alone, and its last night."""

    source: Source
    file: bool
    night: Night | None = None
    did: SourceNight | None = None  # what that night did here


def known_sources(folder: Path) -> list[Source]:
    """The sources that the archive has pages of; none where there is no archive."""
    path = folder / "archive.db"
    if not path.exists():
        return []
    with Store.open(path, create=False) as store:
        return store.sources()


def list_sources(folder: Path) -> tuple[list[Listed], SourceError | None]:
    """All sources in the order of their IDs, and what is wrong with their files."""
    files = folder / "sources"
    sources, faulty = sound_sources(files) if any(files.glob("*.toml")) else ([], None)
    nights: dict[str, tuple[Night, SourceNight]] = {}
    path = folder / "archive.db"
    if path.exists():
        with Store.open(path, create=False) as store:
            nights = store.last_nights()
    listed = [Listed(source, True, *nights.get(source.id, ())) for source in sources]
    names = {path.stem for path in files.glob("*.toml")}
    listed += [Listed(s, False, *nights.get(s.id, ())) for s in known_sources(folder) if s.id not in names]
    return sorted(listed, key=lambda one: one.source.id), faulty
