"""The history of an article for machines: one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from newsspider.history.changes import Change, Difference
from newsspider.history.pieces import Kind, Piece
from newsspider.runs.diffing.reading import History, Point

_OF_ARTICLE = ("id", "url", "headline", "first_seen_at", "last_seen_at", "gone_at")


def as_json(history: History) -> str:
    """The object: what the article is, then its ``changes``, the oldest first, or ``from``, ``to`` and ``difference``.

    Of a kept piece the text as it stands now; ``old``, where it stood otherwise, in blanks or invisible characters alone.
    """
    article = history.article
    told: dict[str, Any] = {name: article[name] for name in _OF_ARTICLE}
    told |= {"source": article["source_id"], "language": article["text_language"]}
    if history.between:
        told |= {"from": _point(history.between.first), "to": _point(history.between.last)}
        told |= {"difference": _difference(history.between.difference)}
    else:
        told |= {"changes": [_change(change) for change in history.changes]}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _point(point: Point) -> dict[str, Any]:
    return {"state": point.number, "since": point.since}


def _change(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"number": change.number, "revision": change.revision, "capture": change.capture}
    told |= {"seen_at": change.seen_at, "kind": change.kind, "silent": change.silent}
    return told | {"former_modified": change.modified, "difference": _difference(change.difference)}


def _difference(difference: Difference) -> dict[str, Any]:
    told: dict[str, Any] = {name: _pieces(pieces) for name, pieces in difference.lines.items()}
    if difference.body:
        told["body"] = [
            {"became": passage.became, "old": passage.old, "new": passage.new}
            | ({"pieces": _pieces(passage.pieces)} if passage.pieces else {})
            for passage in difference.body
        ]
    return told


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, str]]:
    return [
        {"kind": piece.kind, "text": piece.text}
        | ({"old": piece.old} if piece.kind is Kind.KEPT and piece.old != piece.new else {})
        for piece in pieces
    ]
