"""Rows as Parquet: typed columns, times in UTC, lists as lists, the meaning of each column in its metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newsspider.exports.rows import Field, Kind, Row, value_reader

# A row group is held in memory: it ends after so many rows or characters.
_ROWS = 20_000
_CHARACTERS = 8_000_000
_PART = pa.struct({"kind": pa.string(), "text": pa.string(), "after": pa.int64()})

TYPES = {
    Kind.TEXT: pa.string(),
    Kind.NUMBER: pa.int64(),
    Kind.FLAG: pa.bool_(),
    Kind.TIME: pa.timestamp("ms", tz="UTC"),
    Kind.DAY: pa.date32(),
    Kind.LIST: pa.list_(pa.string()),
    Kind.PARTS: pa.list_(_PART),
    Kind.OBJECT: pa.map_(pa.string(), pa.string()),
}


class _Sink:
    """What Parquet's writer writes to; it is emptied as it fills."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep what was written."""
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        data = b"".join(self._written)
        self._written.clear()
        return data


def parquet_chunks(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[bytes]:
    """The bytes of a file, a row group at a time."""
    schema = pa.schema(
        [
            pa.field(field.name, TYPES[field.kind], metadata={"description": field.description})
            for field in fields
        ]
    )
    sink = _Sink()
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        columns: list[list[Any]] = [[] for _ in fields]
        characters = 0
        for row in rows:
            for column, value in zip(columns, row, strict=True):
                column.append(value)
                characters += len(value) if isinstance(value, str) else 8
            if len(columns[0]) >= _ROWS or characters >= _CHARACTERS:
                writer.write_batch(_batch(schema, fields, columns))
                yield sink.taken()
                columns, characters = [[] for _ in fields], 0
        writer.write_batch(_batch(schema, fields, columns))
    yield sink.taken()


def _batch(schema: pa.Schema, fields: Sequence[Field], columns: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    arrays = []
    for field, column in zip(fields, columns, strict=True):
        read = _reader(field.kind)
        values = [read(value) for value in column] if read else column
        arrays.append(pa.array(values, TYPES[field.kind]))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _reader(kind: Kind) -> Callable[[Any], Any] | None:
    if kind is Kind.TIME:
        return lambda value: datetime.fromisoformat(value) if value else None
    if kind is Kind.DAY:
        return lambda value: date.fromisoformat(value) if value else None
    plain = value_reader(kind)
    if kind is Kind.OBJECT and plain:
        return lambda value: list((plain(value) or {}).items())
    return plain
