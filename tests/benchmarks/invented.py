"""Write the invented pages as a set that ``extraction.py`` reads: FOLDER/invented.warc.gz, the pages as served, and
FOLDER/invented.gold.jsonl, what their records must be.

    python tests/benchmarks/invented.py FOLDER
    python tests/benchmarks/extraction.py FOLDER --set invented
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from newsspider.archive import WarcWriter
from newsspider.records import Capture

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from invented import FETCHED, InventedPage, pages


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    made = list(pages())
    write_pages(folder / "invented.warc.gz", made)
    lines = [json.dumps(page.gold, ensure_ascii=False) + "\n" for page in made]
    (folder / "invented.gold.jsonl").write_text("".join(lines), "utf-8")
    print(f"{len(made)} pages in {folder / 'invented.warc.gz'}")


def write_pages(path: Path, made: list[InventedPage]) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        writer = WarcWriter(Path(folder), "invented", "newsspider")
        captures = [
            Capture(
                page.url, FETCHED, 200, (), ((b"Content-Type", page.content_type.encode()),), page.payload
            )
            for page in made
        ]
        place = writer.append(captures)[0]
        writer.close()
        (Path(folder) / place.file).replace(path)


if __name__ == "__main__":
    main()
