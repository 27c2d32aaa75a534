"""A TOML file that a person wrote: read, its tables checked, all its faults collected."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsspider.addresses import absolute, canonical

Check = Callable[[Any], Any]  # the value as it is kept; raises ValueError saying what it must be
Hint = Callable[[str], str | None]  # where a key belongs that is unknown in its table


def read(path: Path) -> dict[str, Any]:
    """What a file says. Raises ``ValueError`` where it is no TOML or can't be read, saying which."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is no TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"can't be read: {error}") from error


class Reader:
    """Collects faults while the tables of a file are read."""

    def __init__(self, hint: Hint = lambda key: None) -> None:
        self.faults: list[str] = []
        self._hint = hint

    def table(self, data: Any, where: str, keys: Mapping[str, Check]) -> dict[str, Any]:
        """The checked values of the known keys that are there; everything else is a fault."""
        if not isinstance(data, dict):
            self.faults.append(f"{where.rstrip('.: ')}: {_shown(data)} must be a table")
            return {}
        values = {}
        for key, value in data.items():
            if key not in keys:
                self.faults.append(f"{where}{key}: unknown key, {self._nearest(key, keys)}")
                continue
            try:
                values[key] = keys[key](value)
            except ValueError as error:
                self.faults.append(f"{where}{key}: {_shown(value)} {error}")
        return values

    def _nearest(self, key: str, keys: Mapping[str, Check]) -> str:
        """What an unknown key may have been meant to be: a known one of its table, or one of another."""
        if near := difflib.get_close_matches(key, keys, 1):
            return f"did you mean {near[0]!r}?"
        return self._hint(key) or f"known are {', '.join(keys)}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:80]}.. ({len(text)} characters)"


# ---- what a value must be ----------------------------------------------------------------------------------
def anything(value: Any) -> Any:
    """Whatever it is: it is looked at later."""
    return value


def text(value: Any) -> str:
    """Text, without blanks around it."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text")
    return value.strip()


def address(value: Any) -> str:
    """An address of the web; without a path it gets one."""
    url = text(value)
    if re.search(r"\s", url) or absolute(None, url) is None:
        raise ValueError("must be an address that begins with http:// or https://")
    return url if urlsplit(url).path else canonical(url)


def list_of(check: Check) -> Check:
    """A list of such values, as a tuple."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(check(entry) for entry in value)

    return read


def number(least: float, most: float, whole: bool = False) -> Check:
    """A number between two, both included."""

    def read(value: Any) -> Any:
        wanted = int if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted) or not least <= value <= most:
            raise ValueError(f"must be a {'whole ' if whole else ''}number from {least:g} to {most:g}")
        return value if whole else float(value)

    return read
