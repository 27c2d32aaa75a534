"""What a person sees of a crawl: a progress line on a terminal, and words and numbers at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from newsspider.runs import nights
from newsspider.runs.amounts import duration, number
from newsspider.runs.archive import Archive
from newsspider.runs.backfill.job import BackfillReport
from newsspider.runs.crawl import Report
from newsspider.runs.importing import ImportReport
from newsspider.runs.progress import Progress
from newsspider.runs.rebuilding import RebuildReport
from newsspider.store import CrawlSummary, Totals

_ORDER = ("stored", "unchanged", "moved", "gone", "refused", "blocked", "failed")
_LINE = 150  # characters of a text that is shown
_ALIKE = 40  # of these at least are from before the place where two texts begin to differ


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
    with _shown(_Line(archive)):
        yield


@contextmanager
def _shown(line: _Line | _Steps) -> Iterator[None]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with Live(line, console=console, refresh_per_second=4):
        yield


class _Steps:
    """Renders what a long run does, how far it is, how fast and for how long still."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __rich__(self) -> Text:
        now = self._progress
        rate = now.done / max(0.001, time.monotonic() - now.since)
        left = f", {duration((now.of - now.done) / rate)} left" if rate and now.of > now.done else ""
        return Text(f"{now.doing}: {now.done:,} of {now.of:,}, {rate:,.0f} a second{left}")


@contextmanager
def watch_steps(progress: Progress) -> Iterator[None]:
    """Show on stderr how far a long run is, if that is a terminal."""
    with _shown(_Steps(progress)):
        yield


def import_summary(report: ImportReport, folder: Path, next_line: str) -> str:
    """What an import brought, and the line to type next."""
    pages = sum(report.outcomes.values())
    rate = pages / report.seconds if report.seconds else 0
    files = f"{number(report.files, 'file')} in {duration(report.seconds)}"
    lines = [
        f"{files}: {number(report.captures, 'new capture')}, {report.known} known before.",
        f"{number(pages, 'page')} read ({rate:.1f} a second), {number(report.articles, 'new article')}.",
        *(
            f"  {outcome} {reason} ({count})"
            for (outcome, reason), count in sorted(report.outcomes.items(), key=lambda entry: -entry[1])
        ),
        *([_made(report.sources, folder)] if report.sources else []),
        *(["Stopped before its end: run it again to go on."] if report.stopped else []),
        f"Archive: {folder / 'archive.db'}, pages as they came: {folder / 'warc'}",
        f"Next: {next_line}",
    ]
    return "\n".join(lines)


# What becomes of the entries of an index or the records of a file, in the order in which it is told.
_OF_BACKFILL = {
    "captures": "stored",
    "there": "there already",
    "no_article": "no article by their address",
    "no_page": "no page (other types, or the same as an earlier capture)",
    "missing": "not to be had: the Wayback Machine has none of these days",
    "refused": "not shown by the Wayback Machine",
    "failed": "failed there; they are asked for again when the index is gone through anew",
    "files": "files read",
    "files_known": "files that were read before",
    "records": "records in them, of all sites",
}


def backfill_summary(report: BackfillReport, folder: Path, next_line: str) -> str:
    """What came out of other archives, what is left, and the line to type next."""
    captures, articles = report.counts.get("captures", 0), number(report.articles, "new article")
    lines = [
        f"{number(captures, 'new capture')} in {duration(report.seconds)}, {articles}.",
        *(
            f"  {report.counts[name]:,} {words}"
            for name, words in _OF_BACKFILL.items()
            if report.counts.get(name)
        ),
        *(
            f"  {outcome} {reason} ({count})"
            for (outcome, reason), count in sorted(report.outcomes.items(), key=lambda entry: -entry[1])
        ),
        *([f"{number(report.waiting, 'capture')} to be read still."] if report.waiting else []),
        "All that was wanted has been gone through." if report.done else "Not done: run it again to go on.",
        f"Archive: {folder / 'archive.db'}, pages as they came: {folder / 'warc'}",
        f"Next: {next_line}",
    ]
    return "\n".join(lines)


def _made(sources: Sequence[str], folder: Path) -> str:
    """Which sources an import made, and how they are described."""
    names = ", ".join(sources[:8]) + (f" and {len(sources) - 8:,} more" if len(sources) > 8 else "")
    file = folder / "sources" / f"{sources[0]}.toml"
    return f"New sources: {names}. To say more of one (time zone, layout) write {file}; it needs at least home = '..'"


def rebuild_summary(report: RebuildReport, folder: Path, command: str) -> str:
    """What a rebuild made, what is other, and the line to type next."""
    captures, articles = number(report.captures, "capture"), number(report.articles, "article")
    lines = [f"{captures} read again in {duration(report.seconds)}: {articles}."]
    for change in report.changes:
        lines.append(f"  {change.field}: {number(change.articles, 'article')}")
        for url, before, after in change.samples:
            gone, come = _where_they_differ(before, after)
            lines += [f"    {url}", f"      - {gone}", f"      + {come}"]
    if report.stopped:
        lines.append("Stopped before its end: the old database stands. Run it again to begin anew.")
    elif report.replaced:
        lines.append(f"{folder / 'archive.db'} is the new one.")
    elif report.faults:
        lines.append("It is not whole: nothing was replaced.")
    else:
        lines += [
            "" if report.changes else "Nothing would be other.",
            f"Nothing was replaced. To replace it: {command}",
        ]
    return "\n".join(filter(None, lines))


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Two texts cut to a line each, with little of what they begin with alike."""
    before, after = (" ".join(text.split()) for text in (before, after))
    pairs = enumerate(zip(before, after, strict=False))
    alike = next((at for at, (old, new) in pairs if old != new), min(len(before), len(after)))
    start = 0
    if alike > _LINE // 2:
        start = before.rfind(" ", alike - 2 * _ALIKE, alike - _ALIKE) + 1 or alike - _ALIKE
    return _line(before, start), _line(after, start)


def _line(text: str, start: int) -> str:
    text = f"..{text[start:]}" if start else text
    return text if len(text) <= _LINE else text[: _LINE - 2] + ".."


def crawl_summary(report: Report, totals: Totals, folder: Path, next_line: str) -> str:
    """How a crawl went: counts, reasons, and the line to type next."""
    summary = report.summary
    lines = [
        f"{number(summary.pages, 'page')} in {duration(summary.seconds)}: " + _outcomes(summary),
        f"{number(summary.new_articles, 'new article')}; the archive holds {totals.articles}.",
        *(f"  {source}: {outcome} {reason} ({pages})" for source, outcome, reason, pages in summary.reasons),
        *(["Stopped before its end: run it again to go on."] if summary.outcome == "stopped" else []),
        f"Archive: {folder / 'archive.db'}, pages as they came: {folder / 'warc'}",
        f"Next: {next_line}",
    ]
    return "\n".join(lines)


def demo_summary(reports: Sequence[Report], totals: Totals, folder: Path, next_line: str) -> str:
    """What the demo's crawls made, for someone who sees the project for the first time."""
    summaries = [report.summary for report in reports]
    went = [f"{totals.deleted} deleted", f"{totals.moved} moved"]
    rows = [
        *(
            (f"pages{', again' if n else ''}", summary.pages, _outcomes(summary))
            for n, summary in enumerate(summaries)
        ),
        ("articles", totals.articles, f"{totals.languages} languages"),
        ("changed articles", totals.edited, f"{totals.silent} without a word; {', '.join(went)}"),
        ("datelines", totals.datelines, "where a report was filed"),
        ("ticker entries", totals.ticker_entries, f"seen {totals.ticker_sightings} times"),
        (
            "related links",
            totals.related_links,
            f"{totals.related_archived} lead to an article of the archive",
        ),
        ("time", duration(sum(summary.seconds for summary in summaries)), ""),
    ]
    table = [f"  {name:<16} {value!s:>7}   {note}".rstrip() for name, value, note in rows]
    return "\n".join(
        [
            *table,
            *nights.attention(reports[-1].night),
            f"Archive: {folder / 'archive.db'}",
            f"Next:    {next_line}",
        ]
    )


def _outcomes(summary: CrawlSummary) -> str:
    return (
        ", ".join(f"{count} {name}" for name in _ORDER if (count := summary.outcomes.get(name, 0)))
        or "nothing was due"
    )
