"""Rows as Parquet: typed columns, times in UTC, lists as lists, the meaning of each column in its metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from newsspider.store.export import Field, Kind, Row, value_reader

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


def write_parquet(file: BinaryIO, fields: Sequence[Field], rows: Iterable[Row]) -> int:
    """Write the rows in row groups; returns how many bytes that were."""
    schema = pa.schema(
        [
            pa.field(field.name, TYPES[field.kind], metadata={"description": field.description})
            for field in fields
        ]
    )
    sink = pa.PythonFile(file, mode="w")
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        columns: list[list[Any]] = [[] for _ in fields]
        characters = 0
        for row in rows:
            for column, value in zip(columns, row, strict=True):
                column.append(value)
                characters += len(value) if isinstance(value, str) else 8
            if len(columns[0]) >= _ROWS or characters >= _CHARACTERS:
                writer.write_batch(_batch(schema, fields, columns))
                columns, characters = [[] for _ in fields], 0
        writer.write_batch(_batch(schema, fields, columns))
        sink.flush()
    return int(sink.tell())


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
