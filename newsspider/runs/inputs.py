"""What an import is given: which files are meant, and of what kind each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsspider.errors import PageError, UsageError

WACZ = ".wacz"
_WARC = (".warc", ".warc.gz")
_PAGES = (".html", ".htm", ".xhtml")
# What people keep beside these and what an import can't read.
_UNREAD = (".arc", ".arc.gz", ".warc.zst", ".warc.bz2", ".warc.xz", ".mht", ".mhtml", ".webarchive", ".maff")


def files_of(inputs: Sequence[Path]) -> tuple[dict[Path, Path | None], list[str]]:
    """The files that are meant, each once with the folder that was given (None for a file), those of a folder in order; and
    in words, which of the folders' files can't be read. Raises ``UsageError`` for inputs that are none.
    """
    found: dict[Path, Path | None] = {}
    faults: list[str] = []
    for given in inputs:
        if given.is_dir():
            inside = [path for path in sorted(given.rglob("*")) if path.is_file()]
            mine = [path for path in inside if path.name.lower().endswith((*_WARC, WACZ, *_PAGES))]
            if not mine:
                raise UsageError(
                    str(given), "holds no WARC file and no HTML page", "name a file or another folder"
                )
            found |= dict.fromkeys(mine, given)
            faults += _left_out(given, inside)
        elif given.is_file():
            found[given] = None
        else:
            raise UsageError(str(given), "there is no such file or folder")
    return found, faults


def _left_out(folder: Path, inside: Sequence[Path]) -> Iterator[str]:
    kinds = Counter(kind for path in inside for kind in _UNREAD if path.name.lower().endswith(kind))
    if kinds:
        counts = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items()))
        yield str(PageError(str(folder), f"files of kinds that are not read were left out ({counts})"))


def is_page(path: Path) -> bool:
    """Whether a file is a saved page."""
    return path.name.lower().endswith(_PAGES)


def together(errors: Sequence[PageError]) -> Iterator[str]:
    """In words, each error that is the only one of its kind or nearly so, and in one sentence those that are many."""
    kinds: dict[tuple[str, str], list[PageError]] = {}
    for error in errors:
        kinds.setdefault((error.found, error.cure), []).append(error)
    for (found, cure), alike in kinds.items():
        if len(alike) <= 10:
            yield from map(str, alike)
        else:
            some = ", ".join(error.where for error in alike[:3])
            yield str(PageError(f"{some} and {len(alike) - 3:,} more files", found, cure))
