"""What a nightly run reports of a paper that lives on loopback for fourteen nights, and what it should report.

    python tests/benchmarks/nights.py                    # an archive of 50,000 addresses, known from before
    python tests/benchmarks/nights.py --archive 1000
    python tests/benchmarks/nights.py --kill 3 7 11      # and again, killed in the middle of these nights
    python tests/benchmarks/nights.py --json table.json

Printed is a line a night: new, changed with and without a new date (loud, silent), deleted, restored, moved, in the ticker as
``reported/should be``, the source's colour, requests and bytes; below it what a webhook was told, and every difference, those of
the colour and of what was told included.
The archive's pages are put into the database beforehand, as if crawled in the years before; all else comes over loopback.
A killed night is run again five minutes later; then the whole archive must be as that of the run without kills."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from loopback import Answer, served
from nights import Nights, Paper, Script, differences
from nights.crawls import KINDS
from nights.known import fill

from newsspider.source import load_sources

HEAD = f"{'night':>5}  " + "  ".join(f"{kind:>8}" for kind in KINDS) + "  state  requests     bytes  seconds"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=int, default=50_000)
    parser.add_argument("--kill", type=int, nargs="*", default=[], metavar="NIGHT")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    script = Script(archive=options.archive)
    whole, rows = live(script, ())
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), "utf-8")
    if options.kill:
        killed, _ = live(script, options.kill)
        compare(whole, killed)


def live(script: Script, kills: list[int] | tuple[()]) -> tuple[dict[str, list], list[dict[str, object]]]:
    """Run all nights; the state of the archive after them, and a row a night."""
    rows = []
    with tempfile.TemporaryDirectory() as name, served(Paper(script)) as paper, served() as hook:
        assert isinstance(paper, Paper)
        hook.pages["/hook"] = Answer("ok")
        nights = Nights(Path(name), paper, f"{hook.url}/hook")
        (source,) = load_sources(Path(name) / "sources")
        fill(Path(name), source, paper.archived())
        print(HEAD)
        requests: dict[int, int] = {}
        for night in range(1, script.nights + 1):
            begun, behind = time.monotonic(), len(hook.asked)
            if night in kills:
                nights.kill(night, MIDDLE)
            seen = nights.run(night, minutes=5 if night in kills else 0)
            requests[night] = seen.requests
            expected = script.expected(night)
            seconds = time.monotonic() - begun
            pairs = {kind: (len(getattr(seen.found, kind)), len(getattr(expected, kind))) for kind in KINDS}
            cells = "  ".join(f"{f'{got}/{wanted}':>8}" for got, wanted in pairs.values())
            mark = "  killed, and run again" if night in kills else ""
            print(
                f"{night:>5}  {cells}  {seen.source['state']:>5}  {seen.requests:>8,}  {seen.bytes:>8,}  {seconds:7.1f}{mark}"
            )
            reasons = ", ".join(f"{reason} {count}" for reason, count in seen.source["reasons"].items())
            for line in (*([reasons] if reasons else []), *seen.source["red"], *seen.source["notes"]):
                print(f"         {line}")
            notices = [json.loads(asked.sent) for asked in hook.asked[behind:]]
            told = [notice["text"].partition("\n")[0] for notice in notices]
            states = [source["state"] for notice in notices for source in notice["sources"]]
            for line in told:
                print(f"         told: {line}")
            wrong = [] if night in kills else differences(expected, seen)
            if states != ([script.told(night)] if script.told(night) else []):
                wrong.append(f"told was {states}, not {script.told(night) or 'nothing'}")
            for line in wrong:
                print(f"    >>>  {line}")
            rows.append(
                {
                    "night": night,
                    **pairs,
                    "state": seen.source["state"],
                    "reasons": seen.source["reasons"],
                    "told": told,
                    "requests": seen.requests,
                    "bytes": seen.bytes,
                    "seconds": round(seconds, 1),
                    "differences": wrong,
                }
            )
            sys.stdout.flush()
        entries = nights.project.rows("SELECT count(*), count(article), sum(pages > 0) FROM ticker_entries")[
            0
        ]
        lit = [night for night in range(1, script.nights + 1) if not script.is_dark(night)]
        ran = {(story.night, story.number) for night in lit for story in script.ticker(night)}
        counts = ", ".join(f"{got}/{len(ran)}" for got in entries)
        print(f"ticker entries, those with their own article, those with a count of their pages: {counts}")
        wrong_bytes = [row["night"] for row in rows if row["bytes"] != seen_bytes(nights, row)]
        print(f"nights whose bytes the report has other than the server: {wrong_bytes or 'none'}")
        return nights.state(), rows


MIDDLE = 30  # captures that a night has stored when it is killed


def seen_bytes(nights: Nights, row: dict[str, object]) -> int:
    """The bytes that the last crawl of a night reports."""
    rows = nights.project.rows(
        "SELECT bytes FROM crawls WHERE command = 'nightly' AND outcome <> 'killed' ORDER BY id"
    )
    return int(rows[int(str(row["night"])) - 1][0])


def compare(whole: dict[str, list], killed: dict[str, list]) -> None:
    """Say whether two archives are the same."""
    for name, rows in whole.items():
        lost, more = set(rows) - set(killed[name]), set(killed[name]) - set(rows)
        print(f"{name}: {len(rows):,} rows; without kills alone {len(lost)}, with kills alone {len(more)}")
        for row in sorted(map(str, lost))[:10]:
            print(f"    - {row[:200]}")
        for row in sorted(map(str, more))[:10]:
            print(f"    + {row[:200]}")


if __name__ == "__main__":
    main()
