"""Amounts in words: one way to write them in all reports."""

from __future__ import annotations

from rich.filesize import decimal

from newsspider.store.finding import number

__all__ = ["duration", "number", "size"]


def duration(seconds: float) -> str:
    """``45 s``, ``12 min``, ``3 h 05 min``."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02} min"


def size(count: int) -> str:
    """Bytes as ``670 bytes``, ``12.3 kB``, ``12.3 MB``."""
    return decimal(count)
