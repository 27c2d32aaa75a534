"""What one looks at, to take away: the rows of a table or a single one, in the forms of ``newsspider export``.

They stand beside Datasette's own JSON and CSV below its tables, whatever filters, search and order these have, without a
limit of rows. Datasette itself says which rows those are.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.utils.asgi import Response

from newsspider.browse.archives import archive, schema_version
from newsspider.browse.compat import require
from newsspider.exports import corpus
from newsspider.exports.lines import csv_chunks, json_chunks
from newsspider.exports.rows import FLAT, RECORD, Field, Row, pick, reading
from newsspider.store.schema import VERSION

_NAMES = {"related_links": "links", "ticker_entries": "tickers"}  # as exports call them
# What stands in the rows of a table beside its own columns.
_ALSO_READ = {"articles": ("related_links", "ticker_entries", "ticker_wordings", "ticker_sightings")}
_TOGETHER = 500  # rows that are read at once; between two readings the archive is let go
_LIMIT = re.compile(r"\s+limit\s+\d+\s*$", re.IGNORECASE)
# What is about the page of rows and not about which rows there are.
_OF_PAGE = (
    "_next",
    "_size",
    "_labels",
    "_label",
    "_facet",
    "_facet_size",
    "_shape",
    "_col",
    "_nocol",
    "_nocount",
    "_extra",
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of download: the end of its file's name, its type, and what writes rows of a table."""

    suffix: str
    content_type: str
    chunks: Callable[[Sequence[Field], Iterable[Row]], Iterable[bytes]]


def _parquet(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[bytes]:
    """A file of Parquet, handed on as it grows."""
    from newsspider.exports.parquet import parquet_chunks  # an extra

    return parquet_chunks(fields, rows)


_FORMS = {  # by the end of the address, as Datasette shows it
    "jsonl": _Form(".jsonl", "application/x-ndjson; charset=utf-8", json_chunks),
    "excel": _Form(
        ".csv", "text/csv; charset=utf-8", lambda fields, rows: csv_chunks(fields, rows, excel=True)
    ),
    "text": _Form(".txt", "text/plain; charset=utf-8", lambda fields, rows: corpus.text_chunks(rows)),
    "parquet": _Form(".parquet", "application/vnd.apache.parquet", _parquet),
}


def of_a_row(datasette: Any) -> list[tuple[str, str]]:
    """The forms in which an article can be had: the end of the address, and how a link calls it."""
    return [("text", "Text"), ("jsonl", "JSON"), ("excel", "CSV")] if _allowed(datasette) else []


def _allowed(datasette: Any) -> bool:
    """Whether the server's settings allow downloads of any length."""
    return bool(datasette.setting("allow_csv_stream"))


def renderers() -> list[dict[str, Any]]:
    """The forms, for Datasette."""
    known = [name for name in _FORMS if name != "parquet" or find_spec("pyarrow")]
    return [{"extension": name, "render": _renderer(name), "can_render": _offers(name)} for name in known]


def _offers(form: str) -> Callable[..., bool]:
    def can_render(datasette: Any, database: str, table: str | None, view_name: str) -> bool:
        """Whether a page of Datasette's can be had in this form."""
        if archive(datasette, database) is None or view_name not in ("table", "row"):
            return False
        return _allowed(datasette) and _fields(form, table) is not None

    return can_render


def _fields(form: str, table: str | None) -> Sequence[Field] | None:
    """The columns of a table in a form; None where it has none."""
    if form == "text":
        return corpus.FIELDS if table == "articles" else None
    if form == "jsonl" and table == "articles":
        return RECORD
    return FLAT.get(_NAMES.get(table or "", table or ""))


def _renderer(form: str) -> Callable[..., Any]:
    offered = _offers(form)

    async def render(
        datasette: Any, request: Any, database: str, table: str, view_name: str, rows: Any
    ) -> Response:
        """The download."""
        if not offered(datasette, database, table, view_name):
            return Response.text(
                f"There is no {form} of this. It can be had of articles, links, tickers and captures.",
                status=404,
            )
        await require(
            datasette, request, database, ("articles", "sources", table, *_ALSO_READ.get(table, ()))
        )
        path = Path(archive(datasette, database).path)
        if schema_version(str(path)) != VERSION:
            return Response.text("This archive is of another version than this newsspider.\n", status=503)
        name = _NAMES.get(table, table)
        chosen = (
            _Chosen("SELECT :id AS id", {"id": rows[0]["id"]})
            if view_name == "row"
            else await _chosen(datasette, request, database, table)
        )
        if isinstance(chosen, Response):
            return chosen
        fields = _fields(form, table) or ()
        file = f"{name}-{rows[0]['id']}" if view_name == "row" else name
        written = _FORMS[form].chunks(fields, _rows(path, name, fields, chosen))
        return Download(request, _FORMS[form], file, iter(written))

    return render


class Download(Response):  # type: ignore[misc]
    """A file that is sent as it is made, in threads: whoever else browses does not wait. It ends when nobody takes it."""

    def __init__(self, request: Any, form: _Form, name: str, chunks: Iterator[bytes]) -> None:
        headers = {
            "content-disposition": f'attachment; filename="{name}{form.suffix}"',
            "x-content-type-options": "nosniff",
        }
        super().__init__(headers=headers, content_type=form.content_type)
        self._receive = request.receive
        self._chunks = chunks

    async def asgi_send(self, send: Any) -> None:
        """The first piece is made before the head is sent: what fails at once is an error page yet."""
        gone = asyncio.create_task(self._left())
        try:
            chunk = await asyncio.to_thread(next, self._chunks, b"")
            head = [(name.encode(), value.encode()) for name, value in self.headers.items()]
            head.append((b"content-type", self.content_type.encode()))
            await send({"type": "http.response.start", "status": 200, "headers": head})
            while chunk and not gone.done():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                chunk = await asyncio.to_thread(next, self._chunks, b"")
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()

    async def _left(self) -> None:
        """Waits until the other side is gone."""
        while (await self._receive())["type"] != "http.disconnect":
            pass


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Which rows: SQL that gives their numbers in order, and its values."""

    sql: str
    values: dict[str, Any]


async def _chosen(datasette: Any, request: Any, database: str, table: str) -> _Chosen | Response:
    """What Datasette asks the database for this table and these filters, without its limit of rows; its answer where it
    refuses them.
    """
    said = [
        (key, value)
        for key, value in parse_qsl(request.query_string, keep_blank_values=True)
        if key not in _OF_PAGE
    ]
    query = urlencode(
        [*said, ("_extra", "query"), ("_size", "1"), ("_col", "id"), ("_nofacet", "1"), ("_nocount", "1")]
    )
    rights = {name: request.headers[name] for name in ("cookie", "authorization") if name in request.headers}
    # Added, not formatted: so it stays a path that has the server's prefix already.
    path = datasette.urls.table(database, table, format="json") + f"?{query}"
    answer = await datasette.client.get(path, headers=rights)
    if answer.status_code != 200:
        return Response.text(answer.text, status=answer.status_code)
    asked = answer.json()["query"]
    # The line break: a condition of the reader's may end with a comment.
    return _Chosen(f"SELECT id FROM ({_LIMIT.sub('', asked['sql'])}\n)", asked["params"])


def _rows(path: Path, table: str, fields: Sequence[Field], chosen: _Chosen) -> Iterator[Row]:
    """The chosen rows, in their order."""
    with reading(path) as db:
        numbers = [row[0] for row in db.execute(chosen.sql, chosen.values)]
    for start in range(0, len(numbers), _TOGETHER):
        with reading(path) as db:
            found = pick(db, table, fields, numbers[start : start + _TOGETHER])
        yield from found
