"""What a site's addresses of articles look like, learned from those that were read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsspider.addresses import canonical, parts_of
from newsspider.discover.judge import read_path

Shapes = Mapping[str, tuple[int, int]]  # how many pages of a shape were articles, and how many were none
ENOUGH = 5  # pages of one shape from which on it tells something
SURE = 0.9  # share of them that agree
_WORDS = 3  # of a slug
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")
_BREAKS = re.compile(r"[-_+.,\s]+")
_CODE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,}")


def shape_of(url: str) -> str:
    """An address with kinds of parts for its parts: two articles of one system have the same shape.

    ``https://www.a.example/politics/2026/11/rain-in-the-north-4711.html?id=5`` is
    ``a.example/word/year/number/slug-number.html?id``.
    """
    parts = parts_of(canonical(url))
    _, segments = read_path(parts.path)
    keys = sorted({piece.partition("=")[0].lower() for piece in parts.query.split("&") if piece})
    query = f"?{'&'.join(keys)}" if keys else ""
    return "/".join((parts.netloc.removeprefix("www."), *map(_kind, segments))) + query


def _kind(segment: str) -> str:
    end = _EXTENSION.search(segment)
    stem = segment[: end.start()] if end else segment
    return _kind_of(stem) + (end[0] if end else "")


def _kind_of(stem: str) -> str:
    if stem.isdigit():
        return "year" if len(stem) == 4 and stem[:2] in ("19", "20") else "number"
    words = [word for word in _BREAKS.split(stem) if word]
    letters = [word for word in words if not word.isdigit()]
    count = max(len(letters), sum(len(word) // 4 for word in letters if not word.isascii()))
    number = "-number" if len(letters) < len(words) else ""
    if count >= _WORDS:
        return f"slug{number}"
    return "code" if _CODE.fullmatch(stem) else f"word{number}"


def judged(url: str, shapes: Shapes) -> bool | None:
    """Whether addresses of this shape were articles on the site so far; None where too few were read or they disagree."""
    articles, others = shapes.get(shape_of(url), (0, 0)) if shapes else (0, 0)
    if articles + others < ENOUGH:
        return None
    share = articles / (articles + others)
    return True if share >= SURE else False if share <= 1 - SURE else None
