"""How good and how fast are newsspider and its peers on the same pages?

    python tests/benchmarks/extraction.py FOLDER                         # every set, every tool
    python tests/benchmarks/extraction.py FOLDER --set a b --tools newsspider trafilatura

A set is two files of FOLDER: NAME.warc.gz with the pages as served, NAME.gold.jsonl with a line of JSON a
page: url, as in the WARC file, and any of

    body                 the text, a blank line between paragraphs
    body_with_dateline   the same with the dateline in it
    body_includes        kinds of asides that this body has (post, pullquote, caption, notice, factbox)
    summary              the standfirst
    with, without        lists of segments that must and must not come out
    lead, lead_dateline  the first words of the body, and a dateline before them
    headline             and headline_also, a list of the publisher's own variants
    published            ISO 8601; a day alone where no time is known
    authors              a list of names

Columns. Body F1: precision and recall over shingles of four words, each the mean over pages, as the public
article-extraction-benchmark counts; exact: all words equal. The best of the accepted texts counts: with
the dateline or without, after the standfirst or without, with newsspider's own asides of the named kinds put
back. Snippets F1: wanted segments in body or summary, unwanted ones in the body, over all pages, as
trafilatura's evaluation counts. Opens: the body begins with the lead. Headline: equal to one of the variants.
Minute, day: of publication, the minute in UTC where both have a zone. Authors: equal as sets. Case, blanks and
kinds of quotes aside. A page on which a tool fails, or takes over two minutes, has nothing; failed counts them.

Pages/s: pages by seconds of processor time inside the tool, in a process of its own bound to one core, start
and one invented page to warm up left out: a ratio within a run, no promise for other machines. Each does what
it does in one call: newsspider every field, htmldate the date alone. Peers are asked for all that they have of
these columns, with their own defaults but for comments, images and links left out, the date of publication
preferred, the day of the fetch (WARC-Date) as the latest where they take one. They get the text, newsspider the
bytes, which it must decode first.

Every peer has an environment of its own, made where it is missing with its newest version from PyPI; remove
its folder for a newer one. newsspider is the one of the interpreter that runs this. No tool may use the network
while it works; for Korean, newspaper4k (and news-please by it) wants data that PyPI does not have: run
``bin/python -m nltk.downloader punkt_tab`` in their environments, or such pages fail."""

from __future__ import annotations

import argparse
import json
import pickle
import re
import subprocess
import sys
import tempfile
import unicodedata
import venv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from newsspider.archive import read_records
from newsspider.charsets.decode import decode

Gold = dict[str, Any]
Record = dict[str, Any]

WORKER = Path(__file__).with_name("peers") / "worker.py"
FIELDS = {  # what each tool has an answer for
    "newsspider": {"body", "with", "lead", "headline", "published", "authors"},
    "trafilatura": {"body", "with", "lead", "headline", "published", "authors"},
    "newspaper4k": {"body", "with", "lead", "headline", "published", "authors"},
    "news-please": {"body", "with", "lead", "headline", "published", "authors"},
    "readability-lxml": {"body", "with", "lead", "headline"},
    "resiliparse": {"body", "with", "lead"},
    "htmldate": {"published"},
}
PACKAGES = {  # where it is not the tool's name alone: without these, some languages' pages fail
    "newspaper4k": ["newspaper4k[all]"],
    "news-please": ["news-please", "newspaper4k[all]"],
}
COLUMNS = {  # and the key of the gold that each is measured by
    "body F1": "body",
    "exact": "body",
    "snippets F1": "with",
    "opens": "lead",
    "headline": "headline",
    "minute": "published",
    "day": "published",
    "authors": "authors",
}
WORD = re.compile(r"\w+")
QUOTES = str.maketrans("’‘“”„«»–—", '\'\'"""""--', "\xad\u200b")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--set", nargs="+", metavar="NAME", help="default: all in FOLDER")
    parser.add_argument("--tools", nargs="+", choices=FIELDS, default=list(FIELDS), metavar="TOOL")
    parser.add_argument("--environments", type=Path, default=Path.home() / ".cache/newsspider/peers")
    options = parser.parse_args()
    known = sorted(path.name.removesuffix(".gold.jsonl") for path in options.folder.glob("*.gold.jsonl"))
    if not known:
        parser.error(f"no NAME.gold.jsonl in {options.folder}")
    if wrong := set(options.set or ()) - set(known):
        parser.error(f"no set {', '.join(sorted(wrong))} in {options.folder}; there are {', '.join(known)}")
    pythons = {tool: environment(tool, options.environments) for tool in options.tools}
    versions = ", ".join(f"{tool} {version(tool, python)}" for tool, python in pythons.items())
    rows = [row for name in options.set or known for row in compare(options.folder, name, pythons)]
    print(f"{versions}\n\n{table(rows)}")


# ---- running -------------------------------------------------------------------------------------
def environment(tool: str, folder: Path) -> Path:
    """The interpreter that has the tool; its environment is made if need be."""
    if tool == "newsspider":
        return Path(sys.executable)
    home = folder / tool
    python, finished = home / "bin" / "python", home / "finished"
    if not finished.exists():
        print(f"installing {tool} in {home}", file=sys.stderr)
        venv.create(home, clear=True, with_pip=True, upgrade_deps=True)  # an old pip reads extras wrongly
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*pip, *PACKAGES.get(tool, [tool])]).returncode:
            sys.exit(f"{tool} can't be installed in {home}")
        finished.touch()
    return python


def version(tool: str, python: Path) -> str:
    ask = f"import importlib.metadata as m; print(m.version({tool!r}))"
    return subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()


def compare(folder: Path, name: str, pythons: dict[str, Path]) -> list[list[str]]:
    """The rows of a set: one for each tool that has an answer for any of its gold."""
    lines = (folder / f"{name}.gold.jsonl").read_text("utf-8").split("\n")
    golds: dict[str, Gold] = {gold["url"]: gold for gold in map(json.loads, filter(None, lines))}
    pages = [
        {
            "url": r.url,
            "payload": r.payload,
            "content_type": r.content_type,
            "text": decode(r.payload, r.content_type)[0],
            "day": f"{r.date or datetime.now(UTC):%Y-%m-%d}",
        }
        for r in read_records(folder / f"{name}.warc.gz")
        if r.url in golds
    ]
    asked = {key for gold in golds.values() for key in gold if gold[key]}
    rows = []
    for tool, python in pythons.items():
        if FIELDS[tool] & asked:
            print(f"{name}: {tool} on {len(pages)} pages", file=sys.stderr)
            rows.append(row(name, tool, golds, run(tool, python, pages)))
    return rows


def run(tool: str, python: Path, pages: list[dict[str, Any]]) -> list[Record]:
    """The tool's records. Where its process ends early, the page it was at has failed, and another goes on."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "pages.pickle", Path(folder) / "records.jsonl"
        source.write_bytes(pickle.dumps(pages, protocol=4))
        records: list[Record] = []
        while len(records) < len(pages):
            command = [str(part) for part in (python, WORKER, tool, source, target, len(records))]
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            if not target.exists():
                sys.exit(f"{tool} does not start:\n{done.stderr.decode(errors='replace')[-2000:]}")
            records = [json.loads(line) for line in target.read_text("ascii").splitlines()]
            if len(records) < len(pages):
                url = pages[len(records)]["url"]
                records.append({"url": url, "seconds": 0, "error": f"process ended ({done.returncode})"})
                target.write_text("".join(json.dumps(record) + "\n" for record in records), "ascii")
    for record in records:
        if record["error"]:
            print(f"  {tool} failed on {record['url']}: {record['error']}", file=sys.stderr)
    return records


def row(name: str, tool: str, golds: dict[str, Gold], records: list[Record]) -> list[str]:
    tally = Tally()
    by_url = {record["url"]: record for record in records}
    for url, gold in golds.items():
        tally.add(gold, by_url.get(url, {}))
    values = tally.values()
    figures = [
        f"{values[column]:.3f}" if column in values and key in FIELDS[tool] else ""
        for column, key in COLUMNS.items()
    ]
    speed = len(records) / (sum(record["seconds"] for record in records) or 1)
    failed = sum(bool(record["error"]) for record in records)
    return [f"{name} ({len(golds)})", tool, *figures, f"{speed:.1f}", str(failed)]


def table(rows: list[list[str]]) -> str:
    head = ["set (pages)", "tool", *COLUMNS, "pages/s", "failed"]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


# ---- scoring -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Overlap:
    """Shingles of two texts: in both, only in the tool's, only in the gold."""

    both: int
    extra: int
    missed: int

    @property
    def share(self) -> float:
        return self.both / (self.both + self.extra + self.missed or 1)


@dataclass(slots=True)
class Tally:
    """What was right on the pages of a set, column by column."""

    bodies: list[Overlap] = field(default_factory=list)
    hits: dict[str, list[bool]] = field(default_factory=dict)
    wanted: int = 0
    kept: int = 0
    unwanted_kept: int = 0

    def add(self, gold: Gold, record: Record) -> None:
        text = "\n\n".join(record.get("body") or [])
        if gold.get("body"):
            overlap, exact = judge_body(gold, record, text)
            self.bodies.append(overlap)
            self.hit("exact", exact)
        if "with" in gold:
            self.wanted += len(gold["with"])
            self.kept += found(gold["with"], standfirst(record, text) + text)
            self.unwanted_kept += found(gold.get("without", ()), text)
        if gold.get("lead"):
            self.hit("opens", opens(text, gold["lead"], gold.get("lead_dateline", "")))
        if gold.get("headline"):
            variants = names([gold["headline"], *gold.get("headline_also", ())])
            self.hit("headline", plain(record.get("headline")) in variants)
        if published := gold.get("published"):
            have = record.get("published") or ""
            minute = same_minute(have, published)
            self.hit("day", minute or have[:10] == published[:10])
            if len(published) > len("2025-01-31"):
                self.hit("minute", minute)
        if gold.get("authors"):
            self.hit("authors", names(gold["authors"]) == names(record.get("authors") or ()))

    def hit(self, column: str, good: bool) -> None:
        self.hits.setdefault(column, []).append(good)

    def values(self) -> dict[str, float]:
        values = {column: mean(hits) for column, hits in self.hits.items()}
        if self.bodies:
            precision = mean_rate((o.both, o.extra) for o in self.bodies)
            recall = mean_rate((o.both, o.missed) for o in self.bodies)
            values["body F1"] = 2 * precision * recall / (precision + recall or 1)
        if self.wanted:
            values["snippets F1"] = 2 * self.kept / (self.kept + self.unwanted_kept + self.wanted)
        return values


def mean_rate(counts: Iterable[tuple[int, int]]) -> float:
    """The mean of good / (good + bad) over the pages that have any."""
    rates = [good / (good + bad) for good, bad in counts if good + bad]
    return mean(rates) if rates else 0.0


def judge_body(gold: Gold, record: Record, text: str) -> tuple[Overlap, bool]:
    """The overlap with the nearest of the accepted texts, and whether the words are all the same."""
    wanted = {gold["body"], gold.get("body_with_dateline") or gold["body"]}
    if gold.get("summary"):
        wanted |= {f"{gold['summary']}\n\n{body}" for body in wanted}
    whole = with_asides(record, gold.get("body_includes", ()))
    had = {whole, standfirst(record, text) + whole} if text else {whole}
    pairs = [(shared(a, b), WORD.findall(a) == WORD.findall(b)) for a in wanted for b in had]
    return max(pairs, key=lambda pair: (pair[0].share, pair[1]))


def with_asides(record: Record, kinds: Iterable[str]) -> str:
    """The body with the asides of these kinds where they stood."""
    paragraphs = list(record.get("body") or [])
    for aside in reversed(record.get("asides") or []):
        if aside["kind"] in kinds:
            paragraphs.insert(aside["after"], aside["text"])
    return "\n\n".join(paragraphs)


def standfirst(record: Record, text: str) -> str:
    """What the tool gave as summary, to stand before the body; empty where the body has it already."""
    summary = plain(record.get("summary"))
    return f"{record['summary']}\n\n" if summary and summary not in plain(text) else ""


def shared(gold: str, text: str) -> Overlap:
    a, b = shingles(gold), shingles(text)
    return Overlap((a & b).total(), (b - a).total(), (a - b).total())


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)) if words)


def found(segments: Iterable[str], text: str) -> int:
    """How many of the segments are in the text, blanks and Unicode form aside."""
    text, *rest = (" ".join(unicodedata.normalize("NFC", part).split()) for part in (text, *segments))
    return sum(segment in text for segment in rest)


def opens(text: str, lead: str, dateline: str) -> bool:
    """Whether the text begins with the lead, or with the dateline and the lead; letters and digits count."""
    text, lead, dateline = ("".join(WORD.findall(plain(part))) for part in (text, lead, dateline))
    return text.startswith((lead, dateline + lead))


def plain(text: str | None) -> str:
    """Text to be compared by: compatibility forms, kinds of quotes and dashes, blanks and case made one."""
    return " ".join(unicodedata.normalize("NFKC", text or "").translate(QUOTES).split()).casefold()


def names(values: Iterable[str]) -> set[str]:
    return {plain(value) for value in values}


def same_minute(a: str, b: str) -> bool:
    """Whether two ISO 8601 times are the same minute: in UTC, or on the clock where one has no zone."""
    try:
        first, second = datetime.fromisoformat(a), datetime.fromisoformat(b)
    except ValueError:
        return False
    if first.tzinfo and second.tzinfo:
        first, second = first.astimezone(UTC), second.astimezone(UTC)
    first, second = (time.replace(second=0, microsecond=0, tzinfo=None) for time in (first, second))
    return first == second


if __name__ == "__main__":
    main()
