"""Articles' lives, read and stored as a crawl would, and what the archive then tells of them against what it should."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archives import rows
from lives import BASE, Life, Version

from newsspider.records import Capture, DuePage, Found, Role
from newsspider.runs.archive import Archive
from newsspider.runs.reading import Reading, Task, read
from newsspider.runs.results import conclude, task_for
from newsspider.source import Source

FIRST = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PAPER = Source("paper", "The Paper", f"{BASE}/")
Told = tuple[str, tuple[str, ...], bool]  # kind, fields, whether silent
ReadAll = Callable[[Callable[[Task], Reading], Iterable[Task]], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an edit should be told as and what was told: nothing, or one or more revisions."""

    life: int
    night: int
    edit: str
    expected: tuple[str, str | None, bool] | None
    told: tuple[Told, ...]
    url: str

    @property
    def is_right(self) -> bool:
        """Told once, as the kind that it is, with the one field that changed; nothing where there was nothing."""
        if self.expected is None:
            return not self.told
        kind, field, _ = self.expected
        return [(told[0], told[1]) for told in self.told] == [(kind, (field,) if field else ())]

    @property
    def is_mark_right(self) -> bool:
        """Whether the silent mark is as it should be, of an edit that was told."""
        return bool(self.expected and self.told) and self.told[0][2] == self.expected[2]


def live(
    folder: Path, lives: Iterable[Life], edits: int, noise: float, read_all: ReadAll = map
) -> list[Seen]:
    """Let the articles live in an archive, a night an edit. ``read_all``: maps tasks to readings."""
    lives = list(lives)
    runs = [life.versions(edits, noise) for life in lives]
    urls = [[f"{BASE}{life.path}"] for life in lives]
    edits_by_night = []
    for night in range(edits + 1):
        versions = [next(run) for run in runs]
        _crawl(folder, night, versions, urls, read_all)
        edits_by_night.append(versions)
    return list(_compare(folder, edits_by_night, urls))


def _crawl(
    folder: Path, night: int, versions: list[Version], urls: list[list[str]], read_all: ReadAll
) -> None:
    archive = Archive.open(folder, "crawl", [PAPER])
    try:
        archive.seed("paper", [Found(of[-1]) for of in urls]).result()
        exchanges = [list(_captures(version, FIRST + timedelta(days=night))) for version in versions]
        tasks = [
            task_for(DuePage(0, of[-1], "paper", Role.ARTICLE), captures, PAPER, 1 << 26)
            for of, captures in zip(urls, exchanges, strict=True)
        ]
        readings = iter(read_all(read, [task for task in tasks if task]))
        stored = []
        for of, captures, task in zip(urls, exchanges, tasks, strict=True):
            due: Any = archive.call(lambda store, url=of[-1]: store.page(url)).result()
            stored.append(archive.put(conclude(due, captures, next(readings) if task else None)))
            if captures[-1].url != of[-1]:
                of.append(captures[-1].url)
        for one in stored:
            one.result()
    finally:
        archive.close("finished")


def _captures(version: Version, at: datetime) -> Iterator[Capture]:
    for path, status, body in version.exchanges:
        headers = [(b"Content-Type", version.content_type.encode())]
        if status == 301:
            headers.append((b"Location", body))
        yield Capture(f"{BASE}{path}", at, status, (), tuple(headers), b"" if status == 301 else body)


def _compare(folder: Path, nights: list[list[Version]], urls: list[list[str]]) -> Iterator[Seen]:
    told: dict[tuple[str, int], list[Told]] = {}
    query = "SELECT articles.url, seen_at, kind, changed, silent FROM revisions JOIN articles ON articles.id = article"
    for url, seen_at, kind, changed, silent in rows(folder, f"{query} ORDER BY revisions.id"):
        night = (datetime.fromisoformat(seen_at) - FIRST).days
        told.setdefault((url, night), []).append((kind, tuple(json.loads(changed)), bool(silent)))
    for night, versions in enumerate(nights):
        for number, (version, of) in enumerate(zip(versions, urls, strict=True)):
            yield Seen(
                number, night, version.edit, version.expected, tuple(told.get((of[-1], night), ())), of[-1]
            )


def scores(seen: Iterable[Seen]) -> dict[str, Counter[str]]:
    """By edit: how many, right, told at all, with a right silent mark; for what is no change: falsely told."""
    counts: dict[str, Counter[str]] = {}
    for one in seen:
        count = counts.setdefault(one.edit, Counter())
        count["edits"] += 1
        count["right"] += one.is_right
        count["told"] += bool(one.told)
        count["mark"] += one.is_mark_right
    return counts
