"""Small diffs: what is other in the first field that a change of an article touched, in few words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsspider.browse.rows import read_rows
from newsspider.browse.text import HEADLINE
from newsspider.history.changes import REVISIONS, Difference, difference, states
from newsspider.history.passages import Became
from newsspider.store.values import strings

_AROUND = 40  # characters of what stayed that stand beside what changed
_MOST = 200  # of a paragraph that came or went
_REVISIONS = 20  # behind a change; of an article that changed more often since it is not shown

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of a small diff: ``gone``, ``come`` or ``kept``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of an article: its row, the fields that changed, and what is other in the first of them."""

    row: Row
    fields: tuple[str, ...]
    bits: tuple[Bit, ...]


async def read_changed(db: Any, row: Row) -> Changed:
    """What is other in the first field that a revision (its ``id``, ``kind`` and what ``changed``; ``article``) tells of."""
    of = {"id": row["article"], "most": _REVISIONS}
    revisions = await read_rows(db, REVISIONS, of, HEADLINE)
    place = next((number for number, one in enumerate(revisions) if one["id"] == row["id"]), None)
    fields = tuple(value for value in strings(row["changed"]))
    if place is None or row["kind"] != "edited":
        return Changed(row, fields, ())
    article = (await read_rows(db, "SELECT * FROM articles WHERE id = :id", of, HEADLINE))[0]
    known = states(article, revisions[: place + 1][::-1])
    other = await asyncio.to_thread(difference, known[0], known[1])
    return Changed(row, other.fields or fields, tuple(_bits(other)))


def _bits(other: Difference) -> Iterator[Bit]:
    """What is other in the first field that changed: a line, or the first passage of the text."""
    if "published" not in other.lines:
        for pieces in other.lines.values():
            yield from _short([Bit(piece.kind.value, piece.text) for piece in pieces])
            return
    for passage in other.body:
        if passage.became is Became.CHANGED:
            yield from _short([Bit(piece.kind.value, piece.text) for piece in passage.pieces])
            return
        if passage.became in (Became.COME, Became.GONE):
            text = (passage.new or passage.old)[0]
            yield Bit(passage.became.value, text if len(text) <= _MOST else f"{text[:_MOST]}…")
            return


def _short(bits: Sequence[Bit]) -> Iterator[Bit]:
    """The pieces with long ones cut: what stayed to what stands beside a change."""
    for number, bit in enumerate(bits):
        text = bit.text
        if bit.kind in ("gone", "come"):
            yield Bit(bit.kind, text if len(text) <= _MOST else f"{text[:_MOST]}…")
        elif len(text) <= 3 * _AROUND:
            yield bit
        else:
            after = text[:_AROUND] if number else ""
            before = text[-_AROUND:] if number < len(bits) - 1 else ""
            yield Bit(bit.kind, f"{after} … {before}")
