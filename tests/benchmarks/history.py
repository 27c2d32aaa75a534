"""How well the archive tells what changed on a page: invented articles live through scripted edits of every kind, and
through fetches at which only what is around the article is other (blanks, adverts, counters, "2 hours ago", boxes,
comments, invisible characters, forms of the same characters).

    python tests/benchmarks/history.py
    python tests/benchmarks/history.py --articles 1000 --edits 5

Printed for each kind of edit: how many, how many were told as what they are with the one field that changed, how many
were told at all, how many of those have the right silent mark; then precision and recall."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from histories import Seen, live, scores
from lives import CHANGES, NOISE, lives

from newsspider.runs.reading import Reading, Task


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000, metavar="N")
    parser.add_argument("--edits", type=int, default=5, metavar="N", help="Of each article.")
    parser.add_argument(
        "--noise", type=float, default=0.2, metavar="SHARE", help="Of fetches that change nothing."
    )
    parser.add_argument("--wrong", type=int, default=10, metavar="N", help="How many wrong ones are printed.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Pool() as pool:

        def read_all(read: Callable[[Task], Reading], tasks: Iterable[Task]) -> Iterable[Reading]:
            return pool.imap(read, tasks, chunksize=8)

        seen = live(Path(name), lives(options.articles), options.edits, options.noise, read_all)
    tell(seen, options.wrong)


def tell(seen: list[Seen], wrong: int) -> None:
    print(f"{'edit':10} {'edits':>6} {'right':>6} {'told':>6} {'silent mark right':>18}")
    counts = scores(seen)
    for name in [*CHANGES, *NOISE]:
        if count := counts.get(name):
            mark = f"{count['mark']:>18}" if name in CHANGES else ""
            print(f"{name:10} {count['edits']:>6} {count['right']:>6} {count['told']:>6} {mark}")
    changes = [one for one in seen if one.expected]
    right = sum(one.is_right for one in changes)
    told = sum(len(one.told) for one in seen)
    print(f"recall {right / len(changes):.4f}, precision {right / told:.4f}")
    for one in [one for one in seen if not one.is_right or (one.expected and not one.is_mark_right)][:wrong]:
        print(f"  night {one.night}, {one.url}: {one.edit}, expected {one.expected}, told {one.told}")


if __name__ == "__main__":
    main()
