"""Make an archive of any size with invented text in seven scripts, for what is measured at size.

    python tests/benchmarks/make_archive.py FOLDER
    python tests/benchmarks/make_archive.py FOLDER --articles 20000

FOLDER/archive.db has forty sources and a crawl each night (a few nights have none): articles with bylines, datelines,
sections, summaries, tickers, related links, edits (silent ones, too) and deletions; pages, captures and what the crawls did
at each source. The word "Meridian" stands in a third of all articles, "Quillstone" in one of ten thousand. The tables are
filled without their indexes and triggers, which are made at the end as the schema has them; everything else is what the
writer's own functions make of a record. There are no WARC files. The same number of articles makes the same archive."""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from scripts import COMMON, LANGUAGES, RARE, Voice, voice, weights

from newsspider import __version__
from newsspider.clock import stamp
from newsspider.records import Article, Dateline
from newsspider.source import Source
from newsspider.store import Store, summaries
from newsspider.store.articles import columns_of
from newsspider.store.dates import zone_of
from newsspider.store.entries import Doubtful, regroup
from newsspider.store.opening import connect
from newsspider.store.tickers import Ticker, store_tickers

LAST_NIGHT = date(2026, 11, 27)
ZONES = {"en": "Europe/London", "fr": "Europe/Paris", "ar": "Africa/Cairo", "zh": "Asia/Shanghai",
         "km": "Asia/Phnom_Penh", "th": "Asia/Bangkok", "el": "Europe/Athens", "ru": "Europe/Kyiv"}  # fmt: skip
SOURCES = 40
_HTML = "text/html; charset=utf-8"
_RED = "stored 3 articles; of its last ten crawls none stored fewer than 12"
_FIELDS = {"headline": 1.0, "body": 0.99, "published": 1.0, "authors": 0.8, "dateline": 0.6, "summary": 0.9}
_SHOWN = 6  # entries of a ticker


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--articles", type=int, default=500_000)
    options = parser.parse_args()
    begun = time.monotonic()
    path = make(options.folder, options.articles, tell=True)
    size = path.stat().st_size / 1e6
    print(f"{options.articles:,} articles, {size:,.0f} MB, made in {time.monotonic() - begun:.0f} s: {path}")


def make(folder: Path, articles: int, *, tell: bool = False) -> Path:
    """Make the archive of a folder, which has none yet; returns the database's path."""
    (folder / "warc").mkdir(parents=True, exist_ok=True)
    path = folder / "archive.db"
    first = LAST_NIGHT - timedelta(days=max(30, min(1200, articles // 400)) - 1)
    sources = [source_of(number) for number in range(1, SOURCES + 1)]
    with Store.open(path) as store:
        store.sync_sources(sources, datetime(first.year, first.month, first.day, 1, tzinfo=UTC))
    with closing(connect(path)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        later = strip(db)
        maker = Maker(db, sources, articles)
        for number, night in enumerate(nights(first)):
            maker.crawl(night)
            if tell and number % 100 == 99:
                print(f"  {night}: {maker.made:,} articles", flush=True)
        if tell:
            print("  indexes, summaries, search", flush=True)
        restore(db, later)
        maker.tickers()
        db.execute("UPDATE sources SET last_crawl_at = (SELECT max(started_at) FROM crawls)")
    return path


def source_of(number: int) -> Source:
    """One of the forty sources; the first ones are in as many languages."""
    language = LANGUAGES[(number - 1) % len(LANGUAGES)]
    name = f"The {language.upper()} Courier {number}"
    return Source(f"courier{number}", name, f"https://courier{number}.example/", language, ZONES[language])


def nights(first: date) -> Iterator[date]:
    """The nights with a crawl: one of sixty has none."""
    dice = random.Random("nights")
    for day in range((LAST_NIGHT - first).days + 1):
        night = first + timedelta(days=day)
        if night == LAST_NIGHT or dice.random() > 1 / 60:
            yield night


def strip(db: sqlite3.Connection) -> list[str]:
    """Take away indexes and triggers, for rows come much faster without them; returns the statements that make them."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
    found = db.execute(query).fetchall()
    for kind, name, _ in found:
        db.execute(f'DROP {kind} "{name}"')
    return [sql for _, _, sql in found]


def restore(db: sqlite3.Connection, statements: Sequence[str]) -> None:
    """Make indexes and triggers, and what the writer would have kept in step."""
    db.execute("BEGIN")
    for statement in statements:
        db.execute(statement)
    summaries.count(db)
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    db.execute("COMMIT")


@dataclass
class Night:
    """The rows of one crawl, and what it counts."""

    crawl: int
    at: datetime
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    outcomes: Counter[tuple[int, str, str, str]] = field(default_factory=Counter)
    bytes: Counter[int] = field(default_factory=Counter)
    new: Counter[int] = field(default_factory=Counter)
    edits: Counter[int] = field(default_factory=Counter)
    offset: int = 0

    def add(self, table: str, row: dict[str, Any]) -> None:
        self.rows.setdefault(table, []).append(row)


@dataclass(frozen=True, slots=True)
class Told:
    """A story that is in the archive: enough to change it, and to lead to it."""

    article: int
    source: int
    page: int
    url: str
    headline: str
    body: str


class Maker:
    """Fills the tables night by night."""

    def __init__(self, db: sqlite3.Connection, sources: Sequence[Source], articles: int) -> None:
        self.made = 0
        self._db = db
        self._dice = random.Random("archive")
        self._voices: Mapping[str, Voice] = {language: voice(language) for language in LANGUAGES}
        self._sources = sources
        self._weights = weights(2 * len(sources))[len(sources) :]  # of papers, the largest has twice as many
        self._wanted = articles
        self._captures = 0
        self._crawls = 0
        self._due: list[tuple[Told, str]] = []
        self._last: dict[int, list[Told]] = {}
        self._shown: list[Ticker] = []
        self._days = (LAST_NIGHT - date.fromisoformat(db.execute(
            "SELECT min(added_at) FROM sources").fetchone()[0][:10])).days + 1  # fmt: skip
        for number, source in enumerate(sources, 1):
            for role, page, url in (("feed", number, "feed.xml"), ("section", SOURCES + number, "")):
                self._page(page, source.home + url, number, role)

    def _page(self, page: int, url: str, source: int, role: str) -> None:
        at = "2020-01-01T00:00:00Z"
        self._insert("pages", [{"id": page, "url": url, "source": source, "role": role, "state": "stored",
                                "reason": "ok", "found_at": at, "last_fetched_at": at}])  # fmt: skip

    def crawl(self, night: date) -> None:
        """One night: what is due from the last one, new stories, the feeds; and its numbers."""
        self._crawls += 1
        one = Night(self._crawls, datetime(night.year, night.month, night.day, 22, 30, tzinfo=UTC))
        for number, source in enumerate(self._sources, 1):
            self._capture(one, number, number, f"{source.home}feed.xml", 3_000, "feed")
        due, self._due = self._due, []
        changes = [(told, kind, self._again(one, told, kind)) for told, kind in due]
        left = self._days - (LAST_NIGHT - night).days
        count = self._wanted * left // self._days - self.made
        for paper in self._dice.choices(range(1, SOURCES + 1), cum_weights=self._weights, k=count):
            self._story(one, paper)
        self._end(one)
        self._db.execute("BEGIN")
        for table in ("crawls", "pages", "captures", "articles", "related_links", "revisions"):
            self._insert(table, one.rows.get(table, []))
        for table in ("crawl_outcomes", "crawl_sources"):
            self._insert(table, one.rows.get(table, []))
        for told, kind, capture in changes:
            self._change(told, kind, capture, one)
        self._db.execute("COMMIT")

    def _capture(
        self, one: Night, source: int, page: int, url: str, size: int, role: str, outcome: str = "stored"
    ) -> int:
        self._captures += 1
        at, length = one.at + timedelta(seconds=len(one.rows.get("captures", ())) % 7200), size // 4 + 500
        one.add("captures", {
            "id": self._captures, "page": page, "crawl": one.crawl, "url": url, "fetched_at": stamp(at),
            "status": 404 if outcome == "gone" else 200, "content_type": _HTML, "size": size,
            "digest": f"sha256:{self._captures:064x}", "warc_file": f"newsspider-{one.crawl:05}.warc.gz",
            "warc_offset": one.offset, "warc_length": length, "read_at": stamp(at), "revisits": None,
        })  # fmt: skip
        one.offset += length
        one.bytes[source] += size
        one.outcomes[source, role, outcome, "http_404" if outcome == "gone" else "ok"] += 1
        return self._captures

    def _story(self, one: Night, source: int) -> None:
        dice, paper = self._dice, self._sources[source - 1]
        assert paper.language
        words = self._voices[paper.language]
        self.made += 1
        article, page = self.made, 2 * SOURCES + self.made
        url = f"{paper.home}{one.at:%Y/%m/%d}/story-{article}"
        capture = self._capture(one, source, page, url, dice.randint(20_000, 90_000), "article")
        record = self._record(one, url, words)
        row = columns_of(record, zone_of(paper.timezone))
        at = stamp(one.at)
        row |= {"id": article, "source": source, "url": url, "page": page, "capture": capture, "first_seen_at": at,
                "last_seen_at": at, "changed_at": at, "gone_at": None}  # fmt: skip
        one.add("articles", row)
        one.add("pages", {
            "id": page, "url": url, "source": source, "role": "article", "state": "stored", "reason": "ok", "found_at": at,
            "next_fetch_at": stamp(one.at + timedelta(days=1)) if (LAST_NIGHT - one.at.date()).days < 14 else None,
            "leased": one.crawl, "named": one.crawl, "named_by": source, "last_fetched_at": at, "article": article,
        })  # fmt: skip
        one.new[source] += 1
        self._lead(one, Told(article, source, page, url, record.headline or "", row["body"]))

    def _record(self, one: Night, url: str, words: Voice) -> Article:
        dice = self._dice
        body = words.paragraphs(dice, dice.randint(1000, 3000))
        if dice.random() < 1 / 3:
            body[-1] += f" {COMMON} {dice.choice(words.words)}"
        if dice.random() < 1 / 10_000:
            body[0] += f" {RARE}"
        place = words.place(dice) if dice.random() < 0.6 else None
        published = one.at - timedelta(minutes=dice.randint(20, 24 * 60))
        return Article(
            url, url, "article",
            headline=words.headline(dice),
            summary=dice.choice(words.sentences) if dice.random() < 0.9 else None,
            authors=(dice.choice(words.names),) if dice.random() < 0.8 else (),
            published=published.isoformat() if dice.random() < 0.99 else None,
            dateline=Dateline(f"{place} —", place) if place else None,
            body=tuple(body),
            section=dice.choice(words.sections),
            language=words.language,
            split_version=__version__,
        )  # fmt: skip

    def _lead(self, one: Night, told: Told) -> None:
        """Related links to the last stories, the ticker of these, and what becomes of the story the next night."""
        dice = self._dice
        last = self._last.setdefault(told.source, [])
        if last and dice.random() < 0.5:
            for position, other in enumerate(dice.sample(last, min(3, len(last))), 1):
                one.add("related_links", {"article": told.article, "position": position, "text": other.headline,
                                          "url": other.url, "leads_to": other.article})  # fmt: skip
        if told.source % 2 and last and dice.random() < 0.15:
            entries = tuple((other.headline, other.url) for other in last[-_SHOWN:])
            extra = (self._voices[LANGUAGES[(told.source - 1) % len(LANGUAGES)]].headline(dice), None)
            self._shown.append(Ticker(told.source, self._captures, stamp(one.at), (extra, *entries)))
        last.append(told)
        del last[:-_SHOWN]
        fate = dice.random()
        if fate < 0.1:
            self._due.append((told, "silent" if fate < 0.02 else "edited" if fate < 0.09 else "deleted"))

    def _again(self, one: Night, told: Told, kind: str) -> int:
        if kind != "deleted":
            one.edits[told.source] += 1
        outcome = "gone" if kind == "deleted" else "stored"
        return self._capture(one, told.source, told.page, told.url, 30_000, "article", outcome)

    def _change(self, told: Told, kind: str, capture: int, one: Night) -> None:
        """The story's page is other than it was, or gone."""
        at = stamp(one.at)
        row = {"article": told.article, "capture": capture, "seen_at": at, "silent": int(kind == "silent")}
        changed = {} if kind == "deleted" else self._former(told)
        row |= {
            "kind": "deleted" if kind == "deleted" else "edited",
            "changed": json.dumps(list(changed)),
            **changed,
        }
        self._insert("revisions", [row])
        now = (
            {"gone_at": at}
            if kind == "deleted"
            else {"capture": capture, "changed_at": at, "last_seen_at": at}
        )
        sets = ", ".join(f"{name} = :{name}" for name in now)
        self._db.execute(f"UPDATE articles SET {sets} WHERE id = :id", now | {"id": told.article})
        if kind == "deleted":
            self._db.execute(
                "UPDATE pages SET state = 'gone', reason = 'http_404' WHERE id = ?", (told.page,)
            )

    def _former(self, told: Told) -> dict[str, str]:
        """What it said before: another headline, or a sentence less in the text."""
        words = self._voices[LANGUAGES[(told.source - 1) % len(LANGUAGES)]]
        if self._dice.random() < 0.4:
            return {"headline": f"{told.headline} {self._dice.choice(words.words)}"}
        first, *rest = told.body.split(" ")
        return {"body": " ".join([first, self._dice.choice(words.words), *rest[2:]])}

    def _end(self, one: Night) -> None:
        counts = Counter[str]()
        for (source, role, outcome, reason), pages in one.outcomes.items():
            counts[outcome] += pages
            one.add("crawl_outcomes", {"crawl": one.crawl, "source": source, "role": role, "outcome": outcome,
                                       "reason": reason, "pages": pages})  # fmt: skip
        for source in range(1, SOURCES + 1):
            # Of two sources the last nights are red; now and then one is elsewhere.
            is_red = self._dice.random() < 0.02 or (
                source in (3, 8) and (LAST_NIGHT - one.at.date()).days < source
            )
            pages = sum(count for key, count in one.outcomes.items() if key[0] == source)
            one.add("crawl_sources", {
                "crawl": one.crawl, "source": source, "state": "red" if is_red else "green",
                "red": json.dumps([_RED] if is_red else []), "notes": "[]", "pages": pages, "named": pages + 20,
                "new_articles": one.new[source], "edits": one.edits[source], "bytes": one.bytes[source],
                "articles": one.new[source] + one.edits[source], "fields": json.dumps(_FIELDS),
                "length": 2000, "newest": stamp(one.at - timedelta(minutes=20)),
            })  # fmt: skip
        one.add("crawls", {
            "id": one.crawl, "started_at": stamp(one.at), "ended_at": stamp(one.at + timedelta(hours=2)),
            "command": "nightly", "outcome": "finished", "red": "[]", "notes": "[]", "pages": counts.total(),
            "stored": counts["stored"], "gone": counts["gone"], "new_articles": one.new.total(),
            "bytes": one.bytes.total(), "version": __version__, "host": "invented",
        })  # fmt: skip

    def tickers(self) -> None:
        """What the tickers showed, through the writer, when all addresses are known."""
        for start in range(0, len(self._shown), 500):
            self._db.execute("BEGIN")
            doubtful = Doubtful()
            store_tickers(self._db, self._shown[start : start + 500], doubtful)
            regroup(self._db, doubtful)
            self._db.execute("COMMIT")

    def _insert(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            names = list(rows[0])
            query = (
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
            )
            self._db.executemany(query, rows)


if __name__ == "__main__":
    main()
