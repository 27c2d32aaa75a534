"""The templates and the style sheet of our pages, for the browser and for pages that stand alone. Without Datasette."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from newsspider.browse import text


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet."""
    return (files("newsspider.browse") / "static" / "newsspider.css").read_text("utf-8")


@lru_cache(maxsize=1)
def style_digest() -> str:
    """A digest of the style sheet, by which browsers know a new one."""
    return hashlib.sha256(style().encode()).hexdigest()[:8]


_FILTERS = (
    "day",
    "weekday",
    "when",
    "script",
    "web_address",
    "short_address",
    "language_name",
    "size",
    "direction",
    "bare",
    "brief",
    "short",
)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates; what they show is escaped."""
    made = Environment(
        loader=PackageLoader("newsspider.browse"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {name: getattr(text, name) for name in _FILTERS}
    made.globals |= {"hours": text.hours, "zone_of": text.zone_of}
    return made
