"""Crawls in words and numbers: what the last ones did, and what one of them did at every source."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from newsspider.errors import ArchiveError, UsageError
from newsspider.fetch.addon import CONTACT
from newsspider.runs.amounts import duration, number, size
from newsspider.runs.tables import drawn, row, table
from newsspider.store import Night, SourceNight, Store

_COUNTS = ("pages", "new", "changed", "not read", "bytes")


def last(folder: Path, count: int) -> list[Night]:
    """The last crawls of a folder's archive, the newest first. Raises ``ArchiveError`` where there is none."""
    with _opened(folder) as store:
        return store.nights(count)


def one(folder: Path, crawl: int) -> Night:
    """A crawl by its number. Raises ``UsageError`` where there is none of that number."""
    with _opened(folder) as store:
        found = store.nights(1, crawl)
    if not found:
        raise UsageError(
            str(crawl), "there is no crawl of this number", "newsspider runs lists the last ones"
        )
    return found[0]


def _opened(folder: Path) -> Store:
    path = folder / "archive.db"
    if not path.exists():
        raise ArchiveError(str(path), "there is no archive", "make one: newsspider crawl")
    return Store.open(path, create=False)


def list_in_words(nights: Sequence[Night]) -> str:
    """A line for each crawl."""
    if not nights:
        return "There was no crawl yet."
    columns = ("crawl", "began (UTC)", "time", "outcome", "pages", "new", "changed", "red", "command")
    made = table(
        *columns, firm=("began (UTC)", "outcome"), right=("crawl", "time", "pages", "new", "changed", "red")
    )
    for night in nights:
        red = sum(source.state == "red" for source in night.sources)
        row(
            made,
            str(night.crawl),
            night.started_at[:16].replace("T", " "),
            duration(night.seconds) if night.seconds is not None else "",
            night.outcome,
            f"{night.pages:,}",
            f"{night.new_articles:,}",
            f"{night.edits:,}",
            str(red or ""),
            night.command,
        )
    return drawn(made)


def in_words(night: Night) -> str:
    """A crawl, its sources in a table, and below it why some are red and what else is worth a look."""
    seconds = night.seconds
    time = f" in {duration(seconds)}" if seconds is not None else ""
    head = (
        f"Crawl {night.crawl} ({night.command}), {night.started_at}: {night.outcome}{time}, "
        f"{number(night.pages, 'page')}, {number(night.new_articles, 'new article')}, {night.edits:,} changed, "
        f"{size(night.bytes)}"
    )
    made = table("source", "state", *_COUNTS, firm=("state",), right=_COUNTS)
    for source in night.sources:
        row(made, *_cells(source))
    reasons = [
        f"  {source.source}: " + ", ".join(f"{reason} {count}" for reason, count in source.reasons.items())
        for source in night.sources
        if source.reasons
    ]
    return "\n".join([head, *([drawn(made)] if night.sources else []), *reasons])


def attention(night: Night) -> list[str]:
    """Why sources are red, and what else is worth a look, one sentence each."""
    return [
        *(f"Red: {sentence}" for source in night.sources for sentence in source.red),
        *(f"Note: {sentence}" for source in night.sources for sentence in source.notes),
        *(f"Note: {sentence}" for sentence in night.notes),
    ]


def with_contact(night: Night) -> Night:
    """The night with a note where the sites that were asked are not told who asks."""
    if os.environ.get(CONTACT):
        return night
    note = (
        f"{CONTACT} is not set, so that a site can't write to you before it blocks you:"
        " set it to an e-mail address or a web page of yours"
    )
    return replace(night, notes=(*night.notes, note))


def _cells(source: SourceNight) -> tuple[str, ...]:
    return (
        source.source,
        source.state or "",
        f"{source.pages:,}",
        f"{source.new_articles:,}",
        f"{source.edits:,}",
        f"{sum(source.reasons.values()):,}",
        size(source.bytes),
    )


def as_json(nights: Night | Sequence[Night], exit_code: int | None = None) -> str:
    """The same for machines: one object, or a list of them."""
    if isinstance(nights, Night):
        plain: object = _plain(nights) | ({} if exit_code is None else {"exit_code": exit_code})
    else:
        plain = [_plain(night) for night in nights]
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _plain(night: Night) -> dict[str, object]:
    return asdict(night) | {"seconds": night.seconds}
