"""``newsspider sources check``: are the files sound and, if wanted, do the sites still answer as the files say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsspider.addresses import parts_of
from newsspider.errors import PageError
from newsspider.runs.sourcing.advice import Remark, remarks
from newsspider.runs.sourcing.asking import Asking, Tell
from newsspider.runs.sourcing.look import Look, look
from newsspider.runs.visit import is_local
from newsspider.source import Source, sound_sources

TRIED = 3  # articles of a site


@dataclass(frozen=True, slots=True)
class Checked:
    """A source whose site was looked at; without ``look`` it could not be."""

    source: Source
    remarks: tuple[Remark, ...]
    look: Look | None = None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(remark.wrong for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Files:
    """The files that were checked: how many, the sources of those without fault, and the faults of all others."""

    count: int
    sources: tuple[Source, ...]
    faults: tuple[str, ...]


def check_files(folder: Path, ids: Sequence[str] = ()) -> Files:
    """Read the files of these sources, or all. Raises ``UsageError`` for an unknown ID or where there is no file."""
    files = folder / "sources"
    sources, error = sound_sources(files, ids or None)
    count = len(set(ids)) or sum(not path.name.startswith(".") for path in files.glob("*.toml"))
    faults = error.faults if error else ()
    if error and Path(error.where) != files:  # a single fault names its file elsewhere
        faults = tuple(f"{Path(error.where).name}: {fault}" for fault in faults)
    return Files(count, tuple(sources), faults)


def check_sites(sources: Sequence[Source], tell: Tell) -> Iterator[Checked]:
    """Look at the sites of these sources, one after the other."""
    for source in sources:
        yield _check_site(source, tell)


def _check_site(source: Source, tell: Tell) -> Checked:
    if is_local(source.home) and not _is_allowed(source):
        cure = f"Write allow_private = true under [fetch] in {source.id}.toml"
        return Checked(
            source, (Remark(True, f"{source.home} is a private address, which a crawl refuses", cure),)
        )
    try:
        seen = look(source, Asking(source.fetch.delay, tell), guess=False, articles=TRIED)
    except PageError as error:
        return Checked(source, (Remark(True, f"{error.where}: {error.found}"),))
    return Checked(source, tuple(remarks(seen)), seen)


def _is_allowed(source: Source) -> bool:
    allowed, parts = source.fetch.allow_private, parts_of(source.home)
    return allowed if isinstance(allowed, bool) else parts.hostname in allowed or parts.netloc in allowed
