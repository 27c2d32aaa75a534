"""What columns hold as JSON. Where one is damaged, or holds something else, it holds nothing: a page about many
rows is not to fail for one of them. ``newsspider check`` names such values.
"""

from __future__ import annotations

import json
from typing import Any


def array(text: str | None) -> list[Any]:
    """The values of an array."""
    known = _json(text)
    return known if isinstance(known, list) else []


def strings(text: str | None) -> tuple[str, ...]:
    """The strings of an array."""
    return tuple(value for value in array(text) if isinstance(value, str))


def mapping(text: str | None) -> dict[str, Any] | None:
    """An object; None where there is none."""
    known = _json(text)
    return known if isinstance(known, dict) else None


def strings_by_name(text: str | None) -> dict[str, str]:
    """The values of an object as strings."""
    return {name: str(value) for name, value in (mapping(text) or {}).items()}


def numbers_by_name(text: str | None) -> dict[str, float]:
    """The numbers of an object."""
    return {name: value for name, value in (mapping(text) or {}).items() if isinstance(value, int | float)}


def _json(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
