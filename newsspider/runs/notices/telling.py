"""What a nightly run tells: before it crawls of a run that did not come to its end, afterwards of the sources whose state
changed, and of itself where it fails.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from newsspider import clock
from newsspider.errors import NewsspiderError, NoticesError, UsageError
from newsspider.runs.holding import held
from newsspider.runs.notices import words
from newsspider.runs.notices.channels import FILE, load
from newsspider.runs.notices.sending import Delivery, send
from newsspider.runs.tables import drawn, row, table
from newsspider.store import Night, Notice, Store
from newsspider.store.finding import number

_MISSING = 'there is no such file; write one that says [[webhook]] with url = "https://..", or [mail] with to, from and host'
_NOT_NOW = (NewsspiderError, OSError, sqlite3.Error)  # the archive can't be had, or not be written


class Telling:
    """The notices of one nightly run. Its methods return sentences: what could not be told, and why. They raise for
    nothing that a channel or the archive does.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._channels, self.fault = load(folder)

    def before(self) -> list[str]:
        """Tell of the last nightly run where it did not come to its end: it may have died before it could."""
        if not self._channels or not (self._folder / "archive.db").exists():
            return []
        try:
            with held(self._folder, "nightly"), Store.open(self._folder / "archive.db") as store:
                store.notices.make_of_run(self._names(), clock.now())
                return self._deliver(store, of_runs=True)
        except _NOT_NOW:
            return []  # the crawl meets the same, and that is told

    def failed(self, error: Exception) -> list[str]:
        """Tell that the run failed just now, whether or not that can be kept in the archive. What was typed wrong is told
        to who typed it alone.
        """
        if not self._channels or isinstance(error, UsageError):
            return []
        try:
            with (
                held(self._folder, "nightly"),
                Store.open(self._folder / "archive.db", create=False) as store,
            ):
                store.notices.make_of_run(self._names(), clock.now())
                return self._deliver(store, of_runs=True, error=str(error))
        except _NOT_NOW:
            message = words.of_notices((), self._folder, str(error))
            answers = send([(channel, message) for channel in self._channels])
            return [_sentence(name, answer) for name, answer in answers.items() if answer.fault]

    def after(self, night: Night) -> Night:
        """Tell of the sources whose state changed in this night. Returns the night with notes of what could not be told;
        the archive keeps them, too.
        """
        if night.outcome == "stopped" or not (self._channels or self.fault):
            return night  # whoever stopped it does not wait, and the next run tells
        notes = [self._fault_note()] if self.fault else []
        try:
            with held(self._folder, "nightly"), Store.open(self._folder / "archive.db") as store:
                if night.outcome == "finished":
                    store.notices.make(night.crawl, self._names(), clock.now())
                else:
                    store.notices.make_of_run(self._names(), clock.now())
                notes += self._deliver(store)
                if notes:
                    store.add_notes(night.crawl, notes)
        except _NOT_NOW as error:
            notes.append(f"notices were not sent or not noted as sent ({error}); the next nightly run tells")
        return replace(night, notes=(*night.notes, *notes))

    def _deliver(self, store: Store, *, of_runs: bool = False, error: str | None = None) -> list[str]:
        """Send what waits (``of_runs``: of runs alone) and ``error``, a message a channel, and note what became of it."""
        waiting = {
            channel: [one for one in store.notices.waiting(channel.name) if not (of_runs and one.source)]
            for channel in self._channels
        }
        messages = [
            (channel, words.of_notices(some, self._folder, error))
            for channel, some in waiting.items()
            if some or error
        ]
        answers = send(messages)
        for channel, _ in messages:
            answer = answers[channel.name]
            numbers = [notice.id for notice in waiting[channel]]
            store.notices.settle(numbers, clock.now() if answer.delivered else None, answer.fault)
        return [_sentence(name, answer) for name, answer in answers.items() if answer.fault]

    def _names(self) -> list[str]:
        return [channel.name for channel in self._channels]

    def _fault_note(self) -> str:
        faults = number(len(self.fault.faults) if self.fault else 0, "fault")
        return f"{FILE} has {faults}, so that not all notices are sent; newsspider notices names them"


def test(folder: Path) -> dict[str, Delivery]:
    """Send a test message through every channel; by their names what became of it. Raises ``NoticesError`` where the
    file that names them is missing or has a fault.
    """
    channels, fault = load(folder)
    if fault:
        raise fault
    if not channels:
        raise NoticesError(str(folder / FILE), (_MISSING,))
    return send([(channel, words.of_test(folder)) for channel in channels])


def told(folder: Path, count: int) -> list[Notice]:
    """The last notices of a folder's archive, the newest first; none where there is no archive."""
    path = folder / "archive.db"
    if not path.exists():
        return []
    with Store.open(path, create=False) as store:
        return store.notices.last(count)


def told_in_words(notices: Sequence[Notice]) -> str:
    """A line for each notice."""
    if not notices:
        return "No notice was made yet."
    made = table(
        "made (UTC)", "crawl", "of", "state", "through", "delivered (UTC)", "fault", right=("crawl",)
    )
    for one in notices:
        row(
            made, _minute(one.made_at), str(one.crawl), one.source or "the run", one.kind.replace("_", " "), one.channel,
            _minute(one.delivered_at or "not yet"), one.error or "",
        )  # fmt: skip
    return drawn(made)


def told_as_json(notices: Sequence[Notice]) -> str:
    """The same for machines: a list."""
    return json.dumps([asdict(one) for one in notices], ensure_ascii=False, indent=2)


def _minute(stamp: str) -> str:
    return stamp[:16].replace("T", " ")


def _sentence(name: str, answer: Delivery) -> str:
    if answer.delivered:
        return f"a notice was not delivered to all through {name}: {answer.fault}"
    return f"a notice was not delivered through {name}: {answer.fault}; the next nightly run tries again"
