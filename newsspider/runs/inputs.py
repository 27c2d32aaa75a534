"""What an import is given: which files are meant, and of what kind each is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsspider.errors import PageError, UsageError
from newsspider.store.finding import number

WACZ = ".wacz"
_WARC = (".warc", ".warc.gz")
_PAGES = (".html", ".htm", ".xhtml")
# Names under which a mirror keeps pages, too: the suffix before a query. What stands in them decides.
_MAYBE = ("", ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cgi", ".cfm", ".do")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_BESIDE = "_files"  # a browser saves the parts of NAME.html in NAME_files
# What people keep beside these and what an import can't read.
_UNREAD = (".arc", ".arc.gz", ".warc.zst", ".warc.bz2", ".warc.xz", ".mht", ".mhtml", ".webarchive", ".maff")


@dataclass(frozen=True, slots=True)
class Inputs:
    """``files``: each that is meant once, with the folder that was given (None: the file was), those of a folder in order.
    In words, ``faults``: which files can't be read; ``notes``: which are no pages and were passed over.
    """

    files: dict[Path, Path | None]
    faults: list[str]
    notes: list[str]


def files_of(given: Sequence[Path]) -> Inputs:
    """The files that are meant. Raises ``UsageError`` for inputs that are none."""
    found = Inputs({}, [], [])
    for one in given:
        if one.is_dir():
            _of_folder(one, found)
        elif one.is_file():
            found.files[one] = None
        else:
            raise UsageError(str(one), "there is no such file or folder")
    return found


def _of_folder(folder: Path, found: Inputs) -> None:
    inside = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    parts = {path for path in inside if _is_part(path, folder)}
    mine = [path for path in inside if path not in parts and (_is_warc(path) or is_page(path))]
    if not mine:
        raise UsageError(str(folder), "holds no WARC file and no HTML page", "name a file or another folder")
    found.files.update(dict.fromkeys(mine, folder))
    found.faults.extend(_left_out(folder, inside))
    if pages := sum(is_page(path) for path in parts):
        found.notes.append(
            f"{folder}: {number(pages, 'file')} that browsers saved beside a page (NAME{_BESIDE}) left out"
        )


def _is_part(path: Path, folder: Path) -> bool:
    """Whether a file stands in the folder that a browser made for the parts of a page."""
    for above in path.relative_to(folder).parents:
        if above.name.endswith(_BESIDE):
            page = folder / above.parent / above.name.removesuffix(_BESIDE)
            if any(Path(f"{page}{suffix}").exists() for suffix in _PAGES):
                return True
    return False


def _left_out(folder: Path, inside: Sequence[Path]) -> Iterator[str]:
    kinds = Counter(kind for path in inside for kind in _UNREAD if path.name.lower().endswith(kind))
    if kinds:
        counts = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items()))
        yield str(PageError(str(folder), f"files of kinds that are not read were left out ({counts})"))


def _is_warc(path: Path) -> bool:
    return path.name.lower().endswith((*_WARC, WACZ))


def is_page(path: Path) -> bool:
    """Whether a file is a saved page, by its name or, where that doesn't say it, by its first bytes."""
    name = path.name.lower()
    if name.endswith(_PAGES):
        return True
    if Path(re.split("[?@]", name)[0]).suffix not in _MAYBE:
        return False
    try:
        with path.open("rb") as file:
            return _HTML.match(file.read(2048)) is not None
    except OSError:
        return False


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
