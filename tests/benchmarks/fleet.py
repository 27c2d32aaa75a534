"""A nightly run of fifty sources on loopback: is it fair, is it polite, how long does it take beside the slowest alone?

    python tests/benchmarks/fleet.py
    python tests/benchmarks/fleet.py --timeout 10 --verbose

Two sources hang (one answers nothing at all, one its lists alone), one asks for a Crawl-delay, one for a pause
(429 with Retry-After), one forbids pages in robots.txt; the others differ in delay, requests at once and speed. All is
measured at the servers: requests in flight and from start to start at each host, what was asked in a pause, what
robots.txt forbids. Then the slowest sources are crawled alone. The machine must not be much busier than by this: a
server that is kept waiting notes a request late, and the next one seems early."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from fleet import Manners, fleet, least_gap, manners_of_fifty, violations
from newspaper import Project

SLACK = 0.01  # seconds; violations are counted without it, too


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--timeout", type=float, default=3.0, help="DOWNLOAD_TIMEOUT, seconds")
    parser.add_argument("--verbose", action="store_true", help="A line for each source.")
    options = parser.parse_args()
    all_manners = manners_of_fifty()
    seconds = night(all_manners, options.timeout, tell=True, verbose=options.verbose)
    lively = {name: wants for name, wants in all_manners.items() if not wants.hangs}
    slowest = max(lively, key=lambda name: pace(lively[name]))
    for name in (slowest, "deaf", "stuck"):
        alone = night({name: all_manners[name]}, options.timeout)
        print(f"{name} alone: {alone:.1f} s; all fifty: {seconds:.1f} s, {seconds / alone:.2f} times that")


def pace(wants: Manners) -> float:
    """Seconds that a site takes at least."""
    each = max(wants.delay, wants.crawl_delay, wants.seconds / wants.concurrency)
    return (wants.stories + 3) * each + wants.retry_after


def night(manners: dict[str, Manners], timeout: float, *, tell: bool = False, verbose: bool = False) -> float:
    """Crawl these sources and say how it was for them; returns the seconds."""
    with tempfile.TemporaryDirectory() as name:
        project = Project(Path(name))
        with fleet(project, manners) as sites:
            begun = time.monotonic()
            done = project.run("nightly", "--json", "-s", f"DOWNLOAD_TIMEOUT={timeout}")
            seconds = time.monotonic() - begun
            if not tell:
                return seconds
            report = json.loads(done.stdout)
            asked = [one for site in sites.values() for one in site.asked]
            print(
                f"{len(sites)} sources, {len(asked)} requests, {seconds:.1f} s, exit code {done.returncode}"
            )
            for slack in (0.0, SLACK):
                found = {n: violations(site, manners[n], slack) for n, site in sites.items()}
                count = sum(map(len, found.values()))
                print(f"violations with a slack of {slack * 1000:.0f} ms: {count}")
                for n, lines in found.items():
                    print("".join(f"    {n}: {line}\n" for line in lines[:5]), end="")
            for source in report["sources"]:
                if source["state"] == "red" or source["notes"]:
                    print(f"  {source['source']}: {source['red']} {source['notes']}")
            missing = {
                source["source"]: source["new_articles"]
                for source in report["sources"]
                if not manners[source["source"]].hangs
                and source["new_articles"]
                != manners[source["source"]].stories - len(manners[source["source"]].forbids)
            }
            print(f"sources without all their stories: {missing or 'none'}")
            for n, site in sites.items() if verbose else ():
                times = [one.end for one in site.asked]
                print(
                    f"  {n}: {len(times)} requests, at most {site.most_at_once()} at once, gap {least_gap(site.asked):.3f} s,"
                    f" done after {max(times, default=begun) - begun:.1f} s (at least {pace(manners[n]):.1f})"
                )
        return seconds


if __name__ == "__main__":
    main()
