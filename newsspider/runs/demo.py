"""The demo: the bundled newspaper is served on loopback and crawled by the real spider through the real
pipeline.
"""

from __future__ import annotations

from pathlib import Path

from newsspider.demo import DemoSite, demo_source
from newsspider.errors import ArchiveError
from newsspider.runs.crawl import Report, Watch, crawl
from newsspider.source import load_sources


def run(folder: Path, *, watch: Watch) -> Report:
    """Crawl the demo newspaper into a folder (made where missing) and report.

    Raises ``ArchiveError`` where the folder can't be written, its archive is held by another crawl, or it is no demo's.
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
        return crawl(
            folder,
            load_sources(files, ["demo"]),
            command="demo",
            settings={"LOG_LEVEL": "WARNING"},
            watch=watch,
        )
