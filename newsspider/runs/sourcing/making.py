"""``newsspider sources new``: look at a site, write its source's file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from newsspider import clock
from newsspider.addresses import absolute, canonical, parts_of, same_site, site
from newsspider.errors import ArchiveError, UsageError
from newsspider.runs.hosts import clean_id
from newsspider.runs.sourcing.advice import Remark, remarks
from newsspider.runs.sourcing.asking import Asking, Tell
from newsspider.runs.sourcing.look import Look, look
from newsspider.runs.sourcing.nights import known_sources
from newsspider.runs.sourcing.writing import source_file
from newsspider.runs.visit import is_local
from newsspider.source import Fetch, Source, id_fault, load_source, sound_sources

TRIED = 5  # articles


@dataclass(frozen=True, slots=True)
class Made:
    """What was seen of a site, and the file that was written; None where nothing names an article."""

    look: Look
    remarks: tuple[Remark, ...]
    file: Path | None


def new_source(folder: Path, url: str, *, name: str | None, delay: float, tell: Tell) -> Made:
    """Look at a site and write ``DIR/sources/ID.toml``, its folders too. ``name``: the ID, if not by the site's name.

    Raises ``UsageError`` for what is no address, no ID, or is there already; ``PageError`` where no page of the site
    may be fetched; ``ArchiveError`` where the file can't be written.
    """
    home = absolute(None, url)
    if home is None:
        scheme = "http" if is_local(f"http://{url}") else "https"
        raise UsageError(
            url, "is no address", f"write it with its scheme: {scheme}://{url}" if "." in url else ""
        )
    home = canonical(home)
    files = folder / "sources"
    _check_new(files, home, name)
    seen = look(
        Source(name or "", url, home, fetch=Fetch(delay=delay)),
        Asking(delay, tell),
        guess=True,
        articles=TRIED,
    )
    chosen = name or _id_of(seen, folder)
    seen = replace(seen, source=replace(seen.source, id=chosen))
    _check_new(files, seen.home.url, chosen)
    said = tuple(remarks(seen))
    if not any(way.articles or way.indexed for way in seen.ways):
        return Made(seen, said, None)
    return Made(seen, said, _written(files / f"{chosen}.toml", source_file(seen, clock.now().date())))


def _check_new(files: Path, home: str, name: str | None) -> None:
    """Raises ``UsageError`` where a file has this name or is of this site."""
    if name is not None and (fault := id_fault(name)):
        raise UsageError("--id", fault)
    if name is not None and (files / f"{name}.toml").exists():
        cure = "change that file, or give another name with --id"
        raise UsageError(str(files / f"{name}.toml"), "is there already", cure)
    others = sound_sources(files)[0] if any(files.glob("*.toml")) else []
    for other in others:
        if canonical(other.home) == home:
            raise UsageError(
                str(files / f"{other.id}.toml"), f"is the source of {home} already", "change that file"
            )


def _id_of(seen: Look, folder: Path) -> str:
    """The source's ID: that under which the archive has pages of the site already; else the name of its domain and, for a
    part of a site, of the part; for an IP address what the site calls itself.
    """
    home = seen.home.url
    for known in known_sources(folder):
        if same_site(known.home, home) and not (folder / "sources" / f"{known.id}.toml").exists():
            return known.id
    domain, parts = site(home), parts_of(home)
    is_named = any(c.isalpha() for c in domain) and not domain.startswith(("localhost", "xn--"))
    label = domain.partition(".")[0] if is_named else _ascii(seen.home.name or "") or domain
    below = [part for part in parts.path.split("/") if part and "." not in part][:2]
    return clean_id("-".join([label, *below]))


def _ascii(name: str) -> str:
    words = clean_id(name.lower().removeprefix("the ").removesuffix("the "))
    return words if name.isascii() and words != "site" else ""


def _written(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(
            str(path), "is there already", "change that file, or give another name with --id"
        ) from error
    except OSError as error:
        raise ArchiveError(
            str(path), f"can't be written ({error.strerror})", "give another --data"
        ) from error
    load_source(path)  # a fault in what we wrote is a bug of ours, and told
    return path
