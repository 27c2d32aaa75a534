"""What a check says, to people and to machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from newsspider.runs.checking.run import CheckReport
from newsspider.store.finding import Finding, number


def in_words(report: CheckReport, folder: Path, command: str) -> str:
    """A report for a person; ``command`` is the one that repairs."""
    there = f"{number(report.captures, 'capture')}, {number(report.articles, 'article')}"
    read = (
        f"{number(report.files, 'WARC file')} ({report.bytes / 1e6:,.1f} MB) read in {report.seconds:.1f} s"
    )
    lines = [
        f"{folder}: {there}; {read}.",
        *(["A run is writing: what no row names yet was left out."] if report.busy else []),
    ]
    left = {(finding.kind, finding.where) for finding in report.left}
    for finding in report.found:
        if (finding.kind, finding.where) not in left:
            lines += _lines("Mended" if finding.wrong else "Done", finding)
    for finding in report.left:
        lines += _lines("Wrong" if finding.wrong else "Note", finding)
        lines += _cure(finding)
    if report.whole:
        lines.append("The archive is whole.")
    elif any(finding.wrong and finding.repair for finding in report.left):
        lines.append(f"To mend what can be mended: {command}")
    return "\n".join(lines)


def _lines(word: str, finding: Finding) -> Iterator[str]:
    yield f"{word}: {finding.where}: {finding.what}"
    yield from (f"    {example}" for example in finding.examples)
    if finding.count > len(finding.examples) > 0:
        yield f"    .. and {finding.count - len(finding.examples):,} more"


def _cure(finding: Finding) -> Iterator[str]:
    if finding.repair:
        yield f"  A repair: {finding.repair}."
    if finding.advice:
        yield f"  {'If that does not do' if finding.repair else 'To do'}: {finding.advice}."


def as_json(report: CheckReport, folder: Path) -> str:
    """A report for a machine: one object. ``found`` has what was found, ``left`` what is left of it after a repair."""
    names = ("captures", "articles", "files", "bytes", "seconds", "busy", "whole")
    said = {"data": str(folder), **{name: getattr(report, name) for name in names}}
    said["seconds"] = round(report.seconds, 3)
    said |= {name: [asdict(finding) for finding in getattr(report, name)] for name in ("found", "left")}
    return json.dumps(said, ensure_ascii=False, indent=1)
