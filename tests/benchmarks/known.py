"""What a night with nothing new costs: over 1,000 known pages, and over 100,000.

    python tests/benchmarks/known.py
    python tests/benchmarks/known.py 1000 10000 100000

For each number an archive is made that has known so many articles of a paper on loopback for years (pages, captures,
WARC records, search index, through the store's own writer). Then the paper is crawled for three nights; in the first its
sitemap of all these addresses is read, in the second and third it has nothing new. Printed for each
night: requests and bytes at the server, seconds, processor seconds, growth of the database and of the WARC files, and
the tables that have new rows."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from loopback import served
from nights import STILL, Nights, Paper
from nights.known import fill

from newsspider.source import load_sources

NIGHTS = 3


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("known", type=int, nargs="*", default=[1_000, 100_000], metavar="PAGES")
    parser.add_argument("--folder", type=Path, help="Keep the archives there, and use those that are there.")
    options = parser.parse_args()
    for known in options.known:
        with tempfile.TemporaryDirectory() as name:
            measure(Path(options.folder or name) / str(known), known)


def measure(folder: Path, known: int) -> None:
    """Three nights over so many known pages."""
    script = replace(STILL, nights=NIGHTS, first=30, archive=known)
    with served(Paper(script)) as paper:
        assert isinstance(paper, Paper)
        folder.mkdir(parents=True, exist_ok=True)
        nights = Nights(folder, paper)
        begun = time.monotonic()
        (source,) = load_sources(folder / "sources")
        fill(folder, source, paper.archived())
        print(
            f"{known:,} known pages, made in {time.monotonic() - begun:.0f} s, {database(folder) / 1e6:.1f} MB"
        )
        for night in range(1, NIGHTS + 1):
            rows, size, warc = nights.rows(), database(folder), archived(folder)
            begun, cpu = time.monotonic(), processor()
            seen = nights.run(night)
            seconds, cpu = time.monotonic() - begun, processor() - cpu
            more = {name: count - rows.get(name, 0) for name, count in nights.rows().items()}
            print(
                f"  night {night}: {seen.requests} requests, {seen.bytes:,} bytes, {seconds:.1f} s, {cpu:.1f} s of processor,"
                f" database +{database(folder) - size:,}, WARC +{archived(folder) - warc:,} bytes;"
                f" new rows { ({name: count for name, count in more.items() if count}) }",
                flush=True,
            )


def database(folder: Path) -> int:
    """Bytes of the database."""
    return (folder / "archive.db").stat().st_size


def archived(folder: Path) -> int:
    """Bytes of the WARC files."""
    return sum(path.stat().st_size for path in (folder / "warc").iterdir())


def processor() -> float:
    """Processor seconds of the crawls so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
