"""Notices in words: the message that goes through all channels, for people and for programs."""

from __future__ import annotations

import json
import shlex
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsspider import clock
from newsspider.runs.tables import plain
from newsspider.store import Notice

_TEXT = 10_000  # characters of a webhook's text; Mattermost takes 16,383, Slack cuts behind 40,000
_CONTENT = 2000  # characters that Discord takes
_NAMED = 3  # sources that are named in a subject; more are counted
_STATES = {"red": "red", "worse": "red for a new reason", "still_red": "still red", "well": "well again"}


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its subject and text, both plain, and the same as a JSON object for programs."""

    subject: str
    text: str
    data: Mapping[str, Any]


def of_notices(notices: Sequence[Notice], folder: Path, error: str | None = None) -> Message:
    """The message that tells of sources and runs; ``error``: why a run failed just now, of which there may be no notice."""
    runs = [notice for notice in notices if notice.source is None]
    sources = {kind: [n for n in notices if n.source and n.kind == kind] for kind in _STATES}
    subject = ", ".join(filter(None, [_subject_of_runs(runs, error), *map(_subject, sources.items())]))
    crawl = max((notice.crawl for notice in notices), default=None)
    data = {
        "sources": [_source(notice) for some in sources.values() for notice in some],
        "runs": [{"crawl": run.crawl, "outcome": run.kind, "started_at": run.since} for run in runs],
        "error": error,
        "crawl": crawl,
    }
    lines = [f"The nightly run failed: {_plain_lines(error)}"] if error else []
    lines += [_run(run) for run in runs if not (error and run.crawl == crawl)]
    for kind, some in sources.items():
        lines += [f"{_STATES[kind].capitalize()}:", *map(_told, some)] if some else []
    more = f"More: newsspider runs{'' if crawl is None else f' {crawl}'} --data {shlex.quote(str(folder.resolve()))}"
    return _message("state", subject, [*lines, more], folder, data)


def of_test(folder: Path) -> Message:
    """A message that says that messages arrive."""
    line = "This is a test: notices of this archive's nightly runs arrive here."
    return _message("test", "this is a test", [line], folder, {})


def _message(event: str, subject: str, lines: Sequence[str], folder: Path, data: dict[str, Any]) -> Message:
    host, path = socket.gethostname(), str(folder.resolve())
    where = {"event": event, "host": host, "folder": path, "at": clock.stamp(clock.now())}
    text = "\n\n".join([*lines, f"Sent by newsspider on {host} for the archive in {path}."])
    return Message(f"newsspider: {subject}", text, where | data)


def for_webhook(message: Message, text_only: bool) -> bytes:
    """The JSON object that is posted. Its text is what Slack, Mattermost, Rocket.Chat and Google Chat show, its
    content what Discord shows; neither can call people by what a page says.
    """
    # In Slack and Discord a < begins a mention.
    text = f"{message.subject}\n\n{message.text}".replace("<", "\u2039")
    made: dict[str, Any] = {"text": _cut(text, _TEXT)}
    if not text_only:
        made |= {"content": _cut(text, _CONTENT), "allowed_mentions": {"parse": []}, **message.data}
    return json.dumps(made).encode()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}\n.."


def _subject(entry: tuple[str, Sequence[Notice]]) -> str:
    kind, some = entry
    names = [notice.source or "" for notice in some]
    if len(names) > _NAMED:
        return f"{len(names)} sources are {_STATES[kind]}"
    said = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    return f"{said} {'is' if len(names) == 1 else 'are'} {_STATES[kind]}" if names else ""


def _subject_of_runs(runs: Sequence[Notice], error: str | None) -> str:
    if error:
        return "the nightly run failed"
    return f"crawl {runs[-1].crawl} {_ended(runs[-1])}" if runs else ""


def _ended(run: Notice) -> str:
    return "failed" if run.kind == "failed" else "was killed"


def _run(run: Notice) -> str:
    return (
        f"Crawl {run.crawl}, begun {_time(run.since)}, {_ended(run)} before its end. What it stored is kept."
    )


def _plain_lines(text: str) -> str:
    """Plain text that keeps its lines: the faults of several files stand below each other."""
    return "\n".join(map(plain, text.splitlines()))


def _told(notice: Notice) -> str:
    """A source in a line or more."""
    since = f"since {_time(notice.since)}"
    if notice.kind == "well":
        since = f"was red {since}, is well again" if notice.untold else f"it was red {since}"
    lines = [f"{notice.source} ({plain(notice.name or '')}, {notice.home}), {since}", *_reasons(notice)]
    if notice.page and not any(notice.page in reason for reason in notice.reasons):
        lines.append(f"a page to look at: {notice.page}")
    return "\n    ".join(lines)


def _reasons(notice: Notice) -> list[str]:
    """Why it is red; the sentences begin with the source's name, which is told already."""
    return [plain(sentence.removeprefix(f"{notice.source}: ")) for sentence in notice.reasons]


def _source(notice: Notice) -> dict[str, Any]:
    return {
        "source": notice.source,
        "name": notice.name,
        "home": notice.home,
        "state": notice.kind,
        "since": notice.since,
        "reasons": _reasons(notice),
        "page": notice.page,
        "crawl": notice.crawl,
    }


def _time(stamp: str | None) -> str:
    return f"{stamp[:16].replace('T', ' ')} UTC" if stamp else "an unknown time"
