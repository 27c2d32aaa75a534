"""A day's crawls of a source, as one night."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from newsspider.browse.text import bare
from newsspider.store.report import sentences

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Night:
    """A day's crawls of a source, as one: ``state`` as that of ``charts.Night``; shares are of its ``articles``."""

    day: date
    state: str
    crawl: int | None = None
    new: int | None = None
    edits: int = 0
    pages: int = 0
    articles: int = 0
    parts: tuple[tuple[str, int], ...] = ()  # of each crawl the shares, as they are kept, and its articles
    red: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, float]:
        """The share of the articles with each part; nothing where none was read."""
        return averages([(json.loads(text), count) for text, count in self.parts])

    @property
    def title(self) -> str:
        """The night in a line."""
        if self.state == "none":
            words = "no crawl" if self.crawl is None else "the crawl did not come to its end"
        elif self.state == "red":
            words = f"red, {bare(self.red[0])}" if self.red else "red"
        else:
            words = f"good, {self.new:,} new" if self.new else "nothing new"
        return f"{self.day:%a} {day_of(self.day)}: {words}"


def day_of(day: date) -> str:
    """``22 Nov``."""
    return f"{day.day} {day:%b}"


def night_of(day: date, crawls: Sequence[Row]) -> Night:
    """A day's crawls as one: its state is that of the last that was judged."""
    if not crawls:
        return Night(day, "none")
    judged = [one for one in crawls if one["state"]]
    if not judged:
        return Night(day, "none", crawls[-1]["crawl"])
    last, new = judged[-1], sum(one["new_articles"] for one in crawls)
    read = [one for one in judged if one["articles"]]
    return Night(
        day,
        "red" if last["state"] == "red" else "good" if new else "quiet",
        last["crawl"],
        new,
        sum(one["edits"] for one in crawls),
        sum(one["pages"] for one in crawls),
        sum(one["articles"] for one in read),
        tuple((one["fields"] or "{}", one["articles"]) for one in read),
        sentences(last["red"]),
        sentences(last["notes"]),
    )


def averages(parts: Iterable[tuple[Mapping[str, float], int]]) -> dict[str, float]:
    """Shares of several crawls as those of all their articles."""
    known = [(fields, count) for fields, count in parts if fields and count]
    whole = sum(count for _, count in known)
    return {
        name: sum(fields.get(name, 0.0) * count for fields, count in known) / whole
        for name in (known[0][0] if known else ())
    }
