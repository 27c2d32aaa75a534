"""What a person sees of a crawl: a progress line on a terminal, and words and numbers at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from newsspider.runs.archive import Archive
from newsspider.runs.crawl import Report
from newsspider.store import CrawlSummary

_ORDER = ("stored", "unchanged", "moved", "gone", "refused", "blocked", "failed")


class _Line:
    """Renders the archive's counts each time that it is drawn."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __rich__(self) -> Text:
        outcomes = self._archive.outcomes
        parts = [f"{outcomes[name]} {name}" for name in _ORDER if outcomes[name]]
        text = f"{sum(outcomes.values())} pages, {self._archive.articles} articles"
        return Text(f"{text}  ({', '.join(parts)})" if parts else f"{text}, waiting for the first answer")


@contextmanager
def watch(archive: Archive) -> Iterator[None]:
    """Show progress on stderr while the crawl runs, if that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with Live(_Line(archive), console=console, refresh_per_second=4):
        yield


def crawl_summary(report: Report, folder: Path, next_line: str) -> str:
    """How a crawl went: counts, reasons, red sources, and the line to type next."""
    summary = report.summary
    lines = [
        f"{summary.pages} pages in {_duration(summary.seconds)}: " + _outcomes(summary),
        f"{summary.new_articles} new articles; the archive holds {summary.totals.articles}.",
        *(f"  {source}: {outcome} {reason} ({pages})" for source, outcome, reason, pages in summary.reasons),
        *(["Stopped before its end: run it again to go on."] if summary.outcome == "stopped" else []),
        *(f"Red: {sentence}" for sentence in report.red),
        *(f"Note: {sentence}" for sentence in report.notes),
        f"Archive: {folder / 'archive.db'}, pages as they came: {folder / 'warc'}",
        f"Next: {next_line}",
    ]
    return "\n".join(lines)


def demo_summary(report: Report, folder: Path, next_line: str) -> str:
    """What the demo made, for someone who sees the project for the first time."""
    summary = report.summary
    totals = summary.totals
    rows = [
        ("pages", summary.pages, _outcomes(summary)),
        ("articles", totals.articles, f"{totals.languages} languages"),
        ("datelines", totals.datelines, "where a report was filed"),
        ("ticker entries", totals.ticker_entries, f"seen {totals.ticker_sightings} times"),
        (
            "related links",
            totals.related_links,
            f"{totals.related_archived} lead to an article of the archive",
        ),
        ("time", _duration(summary.seconds), ""),
    ]
    table = [f"  {name:<15} {value!s:>8}   {note}".rstrip() for name, value, note in rows]
    red = [f"Red: {sentence}" for sentence in report.red]
    return "\n".join([*table, *red, f"Archive: {folder / 'archive.db'}", f"Next:    {next_line}"])


def _outcomes(summary: CrawlSummary) -> str:
    return (
        ", ".join(f"{count} {name}" for name in _ORDER if (count := summary.outcomes.get(name, 0)))
        or "nothing was due"
    )


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
