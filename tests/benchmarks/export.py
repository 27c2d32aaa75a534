"""How long does an export take, and how much memory?

    python tests/benchmarks/export.py                    # 100,000 invented articles
    python tests/benchmarks/export.py --articles 500000

Makes an archive of invented articles (English, Khmer, Chinese and Arabic words, 3 related links each, tickers), then runs
``newsspider export`` in each form, each in a process of its own. Printed are seconds, articles a second, the size
written and the most memory that the process held."""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsspider.records import Article, Aside, Dateline
from newsspider.source import Source
from newsspider.store import Store
from newsspider.store.articles import columns_of
from newsspider.store.dates import zone_of

WORDS = {
    "en": "council river harbour market minister school bridge weather farmers railway budget court province trade".split(),
    "km": "ទន្លេ ផ្សារ សាលា ស្ពាន ខេត្ត រដ្ឋាភិបាល កសិករ តុលាការ ថវិកា ទូក".split(),
    "zh": "河流 市场 学校 大桥 天气 农民 铁路 预算 法院 省份 贸易".split(),
    "ar": "النهر السوق المدرسة الجسر الطقس المزارعون الميزانية المحكمة التجارة".split(),
}
PLACES = {"en": "PHNOM PENH", "km": "ភ្នំពេញ", "zh": "北京", "ar": "القاهرة"}
SOURCES = [
    Source(name, name.title(), f"https://{name}.example/", language=language, timezone="Asia/Phnom_Penh")
    for name, language in (("courier", "en"), ("lantern", "km"), ("evening", "zh"), ("herald", "ar"))
]
BEGUN = datetime(2020, 1, 1, tzinfo=UTC)
FORMS = {
    "csv": ["--output", "articles.csv"],
    "jsonl": ["--output", "articles.jsonl"],
    "parquet": ["--output", "articles.parquet"],
    "text": ["--output", "articles.txt"],
    "text, a file a day": ["--output", "days", "--per", "day"],
    "csv of a month": ["--output", "month.csv", "--since", "2020-03-01", "--until", "2020-03-31"],
    "links, csv": ["--output", "links.csv", "--table", "links"],
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.monotonic()
        make_archive(folder / "archive.db", options.articles)
        print(f"{options.articles:,} articles made in {time.monotonic() - begun:.0f} s")
        print(f"{'form':<20} {'s':>7} {'rows/s':>9} {'MB':>8} {'peak MB':>8}")
        for form, arguments in FORMS.items():
            seconds, peak, told = run_export(folder, arguments)
            rows = int(told.split()[0].replace(",", ""))
            size = sum(
                path.stat().st_size for path in _files(folder / arguments[arguments.index("--output") + 1])
            )
            print(f"{form:<20} {seconds:>7.1f} {rows / seconds:>9,.0f} {size / 1e6:>8.1f} {peak:>8.0f}")


def _files(path: Path) -> list[Path]:
    return [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]


def run_export(folder: Path, arguments: list[str]) -> tuple[float, float, str]:
    """Run ``newsspider export`` in a folder with an archive; seconds, megabytes at most, what it told."""
    told = folder / "told"
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        descriptor = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(descriptor, 2)
        command = [sys.executable, "-m", "newsspider.cli", "export", "--data", ".", *arguments]
        os.execv(sys.executable, command)
    _, status, usage = os.wait4(child, 0)
    text = told.read_text("utf-8")
    assert status == 0, text
    return time.monotonic() - begun, usage.ru_maxrss / 1024, text


def make_archive(path: Path, count: int, words: int = 500) -> None:
    """An archive of invented articles, each of so many words. Its search index is empty."""
    with Store.open(path) as store:
        store.sync_sources(SOURCES, BEGUN)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    try:
        entries = [
            (n, n % 4 + 1, f"{WORDS['en'][n % 14]} {n}", f"https://courier.example/{n}")
            for n in range(1, 201)
        ]
        db.executemany("INSERT INTO ticker_entries (id, source, text, url) VALUES (?, ?, ?, ?)", entries)
        db.execute(
            "INSERT INTO ticker_wordings (id, entry, source, text, url) SELECT id, id, source, text, url FROM ticker_entries"
        )
        for number, row in enumerate(_rows(count, words), 1):
            _insert(db, number, row)
        db.execute("COMMIT")
    finally:
        db.close()


def _insert(db: sqlite3.Connection, number: int, row: dict[str, Any]) -> None:
    db.execute(
        "INSERT INTO captures (id, url, fetched_at, status, warc_file, warc_offset, warc_length)"
        " VALUES (?, ?, ?, 200, 'invented.warc.gz', ?, 1)",
        (number, row["url"], row["first_seen_at"], number),
    )
    names = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    db.execute(
        f"INSERT INTO articles (id, capture, {names}) VALUES (?1, ?1, {marks})", (number, *row.values())
    )
    links = [
        (number, place, f"Also {place}", f"https://courier.example/{number + place}") for place in range(1, 4)
    ]
    db.executemany("INSERT INTO related_links (article, position, text, url) VALUES (?, ?, ?, ?)", links)
    sightings = [(number, (number + place) % 200 + 1, place) for place in range(1, 6)]
    db.executemany(
        "INSERT INTO ticker_sightings (capture, entry, wording, position) VALUES (?1, ?2, ?2, ?3)", sightings
    )


def _rows(count: int, words: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    zone = zone_of("Asia/Phnom_Penh")
    texts = {
        language: [" ".join(chance.choices(known, k=50)) + "." for _ in range(500)]
        for language, known in WORDS.items()
    }
    for number in range(count):
        at = BEGUN + timedelta(minutes=10 * number)
        source = number % 4
        language = SOURCES[source].language or "en"
        article = Article(
            headline=f"{chance.choice(texts[language])[:60]} {number}",
            authors=("Dara Vann", "Mei Lin"),
            published=(at + timedelta(hours=7)).replace(tzinfo=None).isoformat() + "+07:00",
            dateline=Dateline(PLACES[language], PLACES[language]) if number % 3 else None,
            body=tuple(chance.choices(texts[language], k=max(1, words // 50))),
            asides=(Aside("caption", texts[language][0], 1),),
            tags=tuple(WORDS[language][:3]),
            language=language,
            provenance={"headline": "json-ld", "body": "html", "published": "meta"},
        )
        seen = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        times = {"first_seen_at": seen, "last_seen_at": seen, "changed_at": seen}
        url = f"{SOURCES[source].home}{number}"
        yield columns_of(article, zone) | {"source": source + 1, "url": url} | times


if __name__ == "__main__":
    main()
