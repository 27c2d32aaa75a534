"""The sources of a folder, each with its last night in the archive, if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsspider.errors import SourceError
from newsspider.source import Source, sound_sources
from newsspider.store.check import reading
from newsspider.store.nights import Night, last_nights, sources_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A source, by its file or (``file`` is false) by the archive alone, and its last night."""

    source: Source
    file: bool
    night: Night | None = None


def known_sources(folder: Path) -> list[Source]:
    """The sources that the archive has pages of; none where there is no archive."""
    path = folder / "archive.db"
    if not path.exists():
        return []
    with reading(path) as db:
        return sources_of(db)


def list_sources(folder: Path) -> tuple[list[Listed], SourceError | None]:
    """All sources in the order of their IDs, and what is wrong with their files."""
    files = folder / "sources"
    sources, faulty = sound_sources(files) if any(files.glob("*.toml")) else ([], None)
    nights: dict[str, Night] = {}
    path = folder / "archive.db"
    if path.exists():
        with reading(path) as db:
            nights = last_nights(db)
    listed = [Listed(source, True, nights.get(source.id)) for source in sources]
    names = {path.stem for path in files.glob("*.toml")}
    listed += [Listed(s, False, nights.get(s.id)) for s in known_sources(folder) if s.id not in names]
    return sorted(listed, key=lambda one: one.source.id), faulty
