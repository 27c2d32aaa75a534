"""The captures that the Wayback Machine has of a source's articles, fetched one after the other.

The index is gone through in its own order, a part at a time; where that stands is kept behind every request. Run again
when it is done, it begins anew and fetches what is not there yet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsspider import clock
from newsspider.addresses import absolute, canonical, same_site, site
from newsspider.discover import is_article
from newsspider.errors import PageError
from newsspider.fetch.limits import LIMITS
from newsspider.records import Capture, Window
from newsspider.runs.backfill.days import as_words, bounds, is_within
from newsspider.runs.backfill.index import Entry, query, read_index
from newsspider.runs.backfill.job import BackfillReport, Job, job
from newsspider.runs.backfill.memento import address, capture_of
from newsspider.runs.backfill.service import Busy, Service, Stopped
from newsspider.runs.progress import Watch
from newsspider.runs.results import REDIRECTS
from newsspider.runs.visit import Answer

_HOPS = 5  # redirects to the nearest capture, and to the one nearest to that ..
_INDEX_SECONDS = 300.0  # for an answer of the index, which may take minutes over a large site
_FAILURES = 5  # captures in a row that it can't show: then it is the service that is ill


def backfill_wayback(
    folder: Path,
    source: str,
    window: Window,
    *,
    command: str,
    versions: bool = False,
    pages: int | None = None,
    settings: Mapping[str, Any] | None = None,
    watch: Watch,
) -> BackfillReport:
    """Fetch what the Wayback Machine captured of a source's articles on these days.

    ``versions``: every capture that differs from the one before it; else the first one of each article that the archive
    lacks. ``pages``: no more than so many in this run. Raises as ``job`` does.
    """
    with job(folder, source, command, settings or {}, watch) as made:
        return made.run(lambda run: _Wayback(run, window, versions, pages, settings or {}).run())


class _Wayback:
    """One run through the index."""

    def __init__(
        self, run: Job, window: Window, versions: bool, pages: int | None, settings: Mapping[str, Any]
    ) -> None:
        values = {name: settings.get(name, LIMITS[name][0]) for name in LIMITS if "WAYBACK" in name}
        self._run = run
        self._base = str(values["NEWSSPIDER_WAYBACK"]).rstrip("/")
        self._entries = int(values["NEWSSPIDER_WAYBACK_ENTRIES"])
        self._service = Service(
            self._base,
            float(values["NEWSSPIDER_WAYBACK_DELAY"]),
            float(values["NEWSSPIDER_WAYBACK_PAUSE"]),
            lambda: run.stopped,
            self._tell,
        )
        self._bounds = bounds(window, run.source)
        self._versions = versions
        self._pages = pages
        self._failures = 0
        self._asked = 0
        wanted = json.dumps({**as_words(window), "versions": versions})
        self._state = run.store.begin_backfill(run.source.id, "wayback", wanted, clock.now())

    def run(self) -> None:
        """Go on through the index until it is at its end, or enough was fetched."""
        try:
            while not self._run.done and self._part():
                pass
        except Stopped:
            pass
        except PageError as error:
            self._run.faults.append(str(error))

    def _part(self) -> bool:
        """A part of the index, from where it stands; False where this is enough for now."""
        entries, key = self._index()
        names = [entry.name for entry in entries]
        first = names.index(self._state.position) + 1 if self._state.position in names else 0
        self._run.progress.begin("captures of the Wayback Machine", len(entries))
        for number, entry in enumerate(entries[first:], first + 1):
            if self._run.stopped or self._is_enough():
                self._keep_state()
                return False
            self._entry(entry)
            self._run.progress.done = number
        self._state = replace(self._state, cursor=key, position=None)
        self._run.done = key is None
        self._keep_state()
        return True

    def _index(self) -> tuple[list[Entry], str | None]:
        begin, end = self._bounds
        url = self._base + query(
            site(self._run.source.home),
            begin,
            end,
            versions=self._versions,
            count=self._entries,
            resume=self._state.cursor,
        )
        self._run.progress.begin("asking the index of the Wayback Machine", 0)
        answer = self._service.ask(url, _INDEX_SECONDS)
        if answer.status != 200:
            reason = f"its index answers {answer.status} {answer.reason}"
            raise Busy(self._base, reason, "run it again later: it goes on where it was")
        entries, key = read_index(answer.body, url)
        return entries, key if key != self._state.cursor else None

    def _entry(self, entry: Entry) -> None:
        what = self._unwanted(entry)
        if what is None:
            what = self._fetch(entry)
            self._asked += 1
        self._run.counts[what] += 1
        self._state = replace(
            self._state,
            position=entry.name,
            entries=self._state.entries + 1,
            captures=self._state.captures + (what == "captures"),
        )
        if what not in ("no_page", "no_article", "there"):
            self._keep_state()

    def _unwanted(self, entry: Entry) -> str | None:
        """Why a capture is not asked for; None where it is."""
        url, moment = absolute(None, entry.original), entry.moment
        if url is None or moment is None or not entry.is_page:
            return "no_page"
        if not is_article(url, self._run.source):
            return "no_article"
        there = self._run.store.has_page(_spellings(url), moment if self._versions else None)
        return "there" if there else None

    def _fetch(self, entry: Entry) -> str:
        """Ask for a capture and keep it; what became of it, in a word."""
        url = self._base + address(entry.timestamp, entry.original)
        try:
            answer, url = self._nearest(url)
        except Busy:
            raise
        except PageError:  # too large, cut off ..
            return "failed"
        self._failures = self._failures + 1 if answer is not None and answer.status >= 500 else 0
        if self._failures >= _FAILURES:
            found = f"fails to show {_FAILURES} captures in a row"
            raise Busy(self._base, found, "run it again later: it goes on where it was")
        if answer is None or not _is_archived(answer):
            return _refusal(answer)
        capture = capture_of(answer, url)
        if capture is None or capture.status != 200 or not self._is_wanted(capture):
            return "missing"
        return "captures" if self._run.keep([capture]) else "there"

    def _nearest(self, url: str) -> tuple[Answer | None, str]:
        """The answer behind the service's own redirects, and its address; None where they lead elsewhere."""
        for _ in range(_HOPS + 1):
            answer = self._service.ask(url, one_of_many=True)
            if _is_archived(answer) or answer.status not in REDIRECTS:
                return answer, url
            target = absolute(url, answer.headers.get("Location") or "")
            if target is None or urlsplit(target).netloc != urlsplit(self._base).netloc:
                return None, url
            url = target
        return None, url

    def _is_wanted(self, capture: Capture) -> bool:
        """Whether the capture that came instead of one that was asked for is one of an article, on these days."""
        source = self._run.source
        within = is_within(capture.fetched_at, self._bounds)
        return within and same_site(capture.url, source.home) and is_article(capture.url, source)

    def _is_enough(self) -> bool:
        return self._pages is not None and self._asked >= self._pages

    def _keep_state(self) -> None:
        self._run.store.put_backfill(self._state, clock.now() if self._run.done else None)

    def _tell(self, words: str | None) -> None:
        progress = self._run.progress
        plain = progress.doing.partition(" (")[0]
        progress.doing = f"{plain} ({words})" if words else plain


def _is_archived(answer: Answer) -> bool:
    """Whether a site answered so, and not the Wayback Machine by itself."""
    return "Memento-Datetime" in answer.headers


def _refusal(answer: Answer | None) -> str:
    """What an answer of the Wayback Machine by itself means for a capture."""
    if answer is None or answer.status in (200, 404):
        return "missing"
    return "failed" if answer.status >= 500 else "refused"


def _spellings(url: str) -> list[str]:
    """The addresses that the index does not tell apart: with and without ``www.``, over http and https."""
    bare = canonical(url).partition("://")[2].removeprefix("www.")
    return [f"{scheme}://{www}{bare}" for scheme in ("https", "http") for www in ("", "www.")]
