"""A piece of a WARC file held against the rows that name its records. Runs in processes of its own."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsspider.archive import http, warc

OURS = ("newsspider-", "saved-", "backfill-")  # beginnings of the names of files that we write ourselves
_WHOLE = 72 * 1024 * 1024  # bytes of a block whose digest is reckoned; larger ones only other crawlers make

Row = tuple[int, int, int, str]  # number of the capture, offset, length, digest


@dataclass(frozen=True, slots=True)
class Piece:
    """What to read: records that begin from ``start`` on and before ``stop``, and the rows of those."""

    path: Path
    name: str  # what rows call the file
    start: int
    stop: int
    rows: Sequence[Row]


@dataclass(slots=True)
class Verdict:
    """What was found. ``bad``: captures that can't be read as stored, and why; ``rowless``: where captures stand that
    no row names; ``damage``: where the file can't be read, and why; ``other``: records whose digest is wrong although
    they are as they were packed.
    """

    piece: Piece
    records: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    rowless: list[int] = field(default_factory=list)
    damage: list[tuple[int, str]] = field(default_factory=list)
    other: list[int] = field(default_factory=list)


def verify(piece: Piece) -> Verdict:
    """Read a piece in one go; behind damage, from the next record on that a row names."""
    verdict = Verdict(piece)
    waiting = {row[1]: row for row in piece.rows}
    at = piece.start
    try:
        size = piece.path.stat().st_size
        while at < min(piece.stop, size):
            at = _read(verdict, at, waiting)
    except OSError as error:
        verdict.damage.append((at, f"can't be read ({error.strerror})"))
    hurt = {offset for offset, _ in verdict.damage}
    for offset, row in waiting.items():
        verdict.bad.append((row[0], "is damaged" if offset in hurt else "isn't there"))
    return verdict


def _read(verdict: Verdict, start: int, waiting: dict[int, Row]) -> int:
    """Read up to the piece's end or the first damage; returns where to go on."""
    piece, end = verdict.piece, start
    with piece.path.open("rb") as file:
        file.seek(start)
        try:
            for record in warc.read(file, piece.name, start, _wanted):
                if record.offset is None or record.length is None:
                    continue  # a capture of it can't have a row
                if record.offset >= piece.stop:
                    break
                end = record.offset + record.length
                verdict.records += 1
                _judge(verdict, record, waiting.pop(record.offset, None))
            return piece.stop
        except warc.WarcDamage as error:
            verdict.damage.append((end, error.found))
    return min((offset for offset in waiting if offset > end), default=piece.stop)


def _wanted(fields: dict[str, str], size: int) -> int:
    kind = fields.get("warc-type", "").lower()
    return size if kind == "response" and size <= _WHOLE else 0


def _judge(verdict: Verdict, record: warc.Record, row: Row | None) -> None:
    assert record.offset is not None
    if row is None:
        if record.kind in ("response", "revisit"):
            verdict.rowless.append(record.offset)
        return
    number, _, length, digest = row
    said = record.fields.get("warc-payload-digest", "")
    if record.kind not in ("response", "revisit") or (said and digest and said != digest):
        verdict.bad.append((number, "is another one than was stored"))
    elif length != record.length:
        verdict.bad.append((number, f"has {record.length} bytes, not {length}"))
    elif record.kind == "response" and not _is_right(record, said or digest):
        if _is_ours(piece := verdict.piece) or not piece.name.endswith(".gz"):
            verdict.bad.append((number, "has another body than its digest says"))
        else:  # its check sum is right: so its crawler wrote it
            verdict.other.append(number)


def _is_ours(piece: Piece) -> bool:
    return piece.name.startswith(OURS)


def _is_right(record: warc.Record, digest: str) -> bool:
    """Whether the body has that digest: SHA-1 in Base32 as we write it, or as others do. True where that can't be told."""
    fields = record.fields
    if len(record.block) < record.size or fields.get("warc-truncated") or fields.get("warc-segment-number"):
        return True
    algorithm, _, value = digest.partition(":")
    _, headers, body = http.parse(record.block)
    try:
        machine = hashlib.new(algorithm.lower().replace("-", ""), body, usedforsecurity=False)
    except ValueError:
        return True
    if value.lower() in _written(machine.digest()):
        return True
    plain = http.without_chunks(headers, body)
    return plain != body and value.lower() in _written(
        hashlib.new(machine.name, plain, usedforsecurity=False).digest()
    )


def _written(digest: bytes) -> tuple[str, str]:
    return digest.hex(), b32encode(digest).decode().lower()
