"""The pages of a capture: what was archived, in a frame that lets nothing out, and its WARC record to save."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Response

from newsspider.browse import captured, sandbox
from newsspider.browse.compat import require
from newsspider.browse.frame import as_file, database, render
from newsspider.errors import PageError


async def capture_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/captures/ID/page``: what was archived, in a frame that lets nothing out."""
    db = database(datasette, request)
    known = await _captured(datasette, request, db)
    if known is None:
        return _no_capture(datasette, request, db)
    sent, fault = None, ""
    try:
        sent = await captured.read_sent(db, known.holder)
    except PageError as error:
        fault = error.found
    status = 404 if fault else 200
    return render(
        "capture.html", datasette, db, status=status, frames=True, capture=known, sent=sent, fault=fault
    )


async def capture_body(datasette: Any, request: Any) -> Response:
    """``/DATABASE/captures/ID/body``: what stands in that frame; what is neither HTML nor text, as a file to save."""
    db = database(datasette, request)
    known = await _captured(datasette, request, db)
    if known is None:
        return _no_capture(datasette, request, db)
    page = f"{datasette.urls.database(db.name)}/captures/{known.row['id']}/page"
    try:
        sent = await captured.read_sent(db, known.holder)
    except PageError:
        return Response.redirect(page)
    if sent.form == "file":
        return Response(
            sent.payload,
            headers=as_file(f"capture-{known.row['id']}"),
            content_type="application/octet-stream",
        )
    text, content_type = await asyncio.to_thread(sandbox.harmless, sent)
    return Response(text, headers=sandbox.HEADERS, content_type=content_type)


async def capture_record(datasette: Any, request: Any) -> Response:
    """``/DATABASE/captures/ID.warc.gz``: its record, as it stands in the WARC file."""
    db = database(datasette, request)
    known = await _captured(datasette, request, db)
    if known is None:
        return _no_capture(datasette, request, db)
    try:
        data = await captured.read_record(db, known.row)
    except PageError:
        return Response.redirect(f"{datasette.urls.database(db.name)}/captures/{known.row['id']}/page")
    suffix = ".warc.gz" if data.startswith(b"\x1f\x8b") else ".warc"
    name = f"capture-{known.row['id']}{suffix}"
    return Response(data, headers=as_file(name), content_type="application/warc")


async def _captured(datasette: Any, request: Any, db: Any) -> captured.Captured | None:
    await require(datasette, request, db.name, captured.TABLES)
    number = int(request.url_vars["capture"])
    return await captured.read_captured(db, number) if number < 2**63 else None


def _no_capture(datasette: Any, request: Any, db: Any) -> Response:
    number = int(request.url_vars["capture"])
    return render("missing.html", datasette, db, status=404, what="capture", number=number)
