"""The demo: the bundled newspaper is served on loopback and crawled by the real spider through the real pipeline, then
once more when its late edition is out.
"""

from __future__ import annotations

import signal
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from newsspider.demo import DemoSite, demo_source
from newsspider.errors import ArchiveError, NewsspiderError
from newsspider.runs.crawl import Report, Watch, crawl
from newsspider.source import load_sources
from newsspider.store import Store


def run(folder: Path, *, watch: Watch) -> tuple[Report, ...]:
    """Crawl the demo newspaper into a folder (made where missing), then its late edition; report of both.

    One report where the first crawl was stopped, and where the first edition was crawled before: a paper never goes back.
    ``watch`` must be a function of a module. Raises ``ArchiveError`` where the folder can't be written, its archive is held
    by another crawl, or it is no demo's.
    """
    files = folder / "sources"
    if (others := [path for path in files.glob("*.toml") if path.stem != "demo"]) or (
        (folder / "archive.db").exists() and not (files / "demo.toml").exists()
    ):
        found = f"has sources of its own ({others[0].name})" if others else "has an archive that is no demo"
        raise ArchiveError(str(folder), found, "leave out --data, or name a new folder")
    with DemoSite() as site:
        try:
            files.mkdir(parents=True, exist_ok=True)
            (files / "demo.toml").write_text(demo_source(site.url), "utf-8")
        except OSError as error:
            raise ArchiveError(
                str(folder), f"can't be written ({error.strerror})", "give another --data"
            ) from error
        first = () if _has_first(folder) else (_apart(folder, watch),)
        if first and first[0].summary.outcome != "finished":
            return first
        site.go_late()
        return (*first, _crawl(folder, watch))


def _has_first(folder: Path) -> bool:
    """Whether a crawl of the paper came to its end."""
    if not (folder / "archive.db").exists():
        return False
    with Store.open(folder / "archive.db") as store:
        return any(night.outcome == "finished" for night in store.nights(1000))


def _crawl(folder: Path, watch: Watch) -> Report:
    return crawl(
        folder,
        load_sources(folder / "sources", ["demo"]),
        command="demo",
        recheck=True,
        settings={"LOG_LEVEL": "WARNING", "NEWSSPIDER_WORKERS": 1},  # one is as fast as the paper lets us
        watch=watch,
    )


def _apart(folder: Path, watch: Watch) -> Report:
    """The same in a process of its own: in each, Scrapy's reactor runs once."""
    context = get_context("spawn")
    answers, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(folder, watch, sender))
    child.start()
    sender.close()
    import_module("scrapy.crawler")  # meanwhile: the crawl behind this one needs it, and it takes a while
    # The child ends as a crawl does; Ctrl-C reaches it by itself.
    former = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        answer = answers.recv()
    except EOFError:
        answer = ArchiveError(
            str(folder), "the first crawl was killed", "run it again: nothing that was stored is lost"
        )
    finally:
        child.join()
        for number, handler in former.items():
            signal.signal(number, handler)
    if isinstance(answer, Report):
        return answer
    raise ArchiveError(*answer) if isinstance(answer, tuple) else answer


def _answer(folder: Path, watch: Watch, sender: Connection) -> None:
    try:
        sender.send(_crawl(folder, watch))
    except NewsspiderError as error:
        sender.send((error.where, error.found, error.cure))
