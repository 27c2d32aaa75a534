"""An answer of the Wayback Machine as the capture that it was made from."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from newsspider.addresses import absolute
from newsspider.coding import TooLarge, decode_body
from newsspider.fetch.limits import LIMITS
from newsspider.records import Capture, Headers
from newsspider.runs.backfill.index import moment_of
from newsspider.runs.visit import Answer

_ADDRESS = re.compile(r"/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)
_ORIGINAL = "x-archive-orig-"  # before the name of each header that the site sent
# They speak of a transfer that is over, or of a body that may stand here in another form.
_NOT_KEPT = ("transfer-encoding", "content-length", "content-encoding", "connection", "keep-alive")


def address(timestamp: str, original: str) -> str:
    """The path of a capture as the site sent it (``id_``: nothing is rewritten)."""
    return f"/web/{timestamp}id_/{original}"


def parts_of(url: str) -> tuple[str, str] | None:
    """Timestamp and original address of an address in the Wayback Machine; None where it is none."""
    match = _ADDRESS.search(url)
    return (match[1], match[2]) if match else None


def capture_of(answer: Answer, url: str) -> Capture | None:
    """The capture behind an answer from this address, ``origin`` the address; None where it can't be told of when it is
    or it is no archived answer.

    Its time is that of the header Memento-Datetime (RFC 7089), else of the address: an address that it has no capture
    of redirects to the nearest one.
    """
    found = parts_of(url)
    original = absolute(None, found[1]) if found else None
    moment = _moment(answer.headers) or (moment_of(found[0]) if found else None)
    if found is None or original is None or moment is None:
        return None
    body, coding = _body(answer)
    headers = _headers(answer.headers)
    if coding:
        headers = (*headers, (b"content-encoding", coding.encode("latin-1", "replace")))
    return Capture(original, moment, answer.status, (), headers, body, origin=url)


def _moment(headers: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(headers.get("Memento-Datetime", ""))
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _headers(answered: Message) -> Headers:
    """The headers that the site sent. The type is the one thing that the Wayback Machine hands on under its own name."""
    pairs = [(name.lower(), value) for name, value in answered.items()]
    kept = [(name[len(_ORIGINAL) :], value) for name, value in pairs if name.startswith(_ORIGINAL)]
    if "content-type" not in dict(kept):
        kept = [pair for pair in pairs if pair[0] == "content-type"] + kept
    return tuple(
        (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in kept
        if name not in _NOT_KEPT
    )


def _body(answer: Answer) -> tuple[bytes, str | None]:
    """The body and its content coding. The site's coding may be there still, said or not, under one of the service's
    own, or taken off.
    """
    coded = answer.headers.get("X-Archive-Orig-Content-Encoding")
    if not coded:
        return answer.body, None
    if _has(answer.body, coded):
        return answer.body, coded
    if (answer.headers.get("Content-Encoding") or "").strip().lower() == coded.strip().lower():
        return answer.wire, coded
    return answer.body, None


def _has(body: bytes, coding: str) -> bool:
    """Whether a body is in a content coding, whole."""
    try:
        decoded, complete = decode_body(body, coding, int(LIMITS["NEWSSPIDER_MAX_DECODED"][0]))
    except TooLarge:
        return True
    return complete and decoded != body
