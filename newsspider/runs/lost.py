"""WARC files that the database of their archive does not know: where it was lost, what they hold is taken up and read before
a crawl begins, as an import would; where it is older than they are, that is told.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from newsspider import clock
from newsspider.runs.checking.files import warc_files
from newsspider.runs.hosts import Hosts
from newsspider.runs.progress import Progress
from newsspider.runs.replay import Replay
from newsspider.runs.taking import Taker
from newsspider.runs.workers import Workers
from newsspider.source import Source
from newsspider.store import Store
from newsspider.store.finding import number

_COMMAND = "import warc/"  # a run of its own: what it brings is nothing that the crawl fetched


def bring_back(folder: Path, store: Store, sources: Sequence[Source]) -> None:
    """Read into a new database what the archive's own WARC files hold; where the database is not new, nothing is done.
    Stopped or killed, it goes on at the next run. What it does is said on stderr.
    """
    files = [path for path in warc_files(folder / "warc") if path.stat().st_size]
    if not files or store.knows_crawls(other_than=_COMMAND):
        return
    _say(
        f"{folder / 'archive.db'} is new and knows nothing of {number(len(files), 'WARC file')} in {folder / 'warc'}: their"
        " captures are read first; newsspider rebuild would do that alone"
    )
    crawl, outcome = store.begin_crawl(_COMMAND, clock.now()), "failed"
    try:
        store.sync_sources(sources, clock.now(), crawled=False)
        hosts = Hosts(store, list(sources))
        taker = Taker(store, crawl, hosts, Progress(), folder / "warc")
        for path in files:
            taker.take_file(path, path.name)
        faults = taker.faults + _read(folder, store, crawl, hosts)
        outcome = "finished"
    finally:
        store.end_crawl(crawl, outcome, clock.now())
    new = store.crawl_summary(crawl).new_articles
    _say(f"{number(taker.counts['new'], 'capture')} taken up, {number(new, 'article')} read", *faults)


def unread(store: Store) -> list[str]:
    """In words, what was taken up of pages that the database did not know, since it is older than its WARC files."""
    count = len(store.strays())
    told = f"{number(count, 'capture')} that nothing has read, since the database is older than its WARC files or was lost"
    return [f"{told}; newsspider check --repair reads them"] if count else []


def _read(folder: Path, store: Store, crawl: int, hosts: Hosts) -> list[str]:
    pool = Workers()
    try:
        replay = Replay(store, crawl, folder / "warc", hosts.sources, pool, Progress())
        replay.run()
    finally:
        pool.close()
    return replay.faults


def _say(*sentences: str) -> None:
    """At once: whoever runs it may wait long for the report."""
    for sentence in sentences:
        sys.stderr.write(f"Note: {sentence}.\n")
