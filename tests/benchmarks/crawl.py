"""How fast is a crawl with everything on, beside a bare spider that downloads the same pages and does
nothing?

    python tests/benchmarks/crawl.py                       # 600 invented pages of 290 kB, 3 rounds
    python tests/benchmarks/crawl.py --warc pages.warc.gz  # the pages of a WARC file instead
    python tests/benchmarks/crawl.py --pages 2000 --rounds 5

nginx serves the pages on loopback, gzipped beforehand (gzip_static), with charset=utf-8 in the header. The
bare spider has Scrapy's defaults but for robots.txt and delay; both have 16 requests in flight. They run in
turn; printed are pages/s of each, the ratio, and CPU milliseconds a page of every process. Each newsspider
crawl writes a new archive: WARC, records, search index."""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import random
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

IN_FLIGHT = 16
WORDS = [
    "council",
    "river",
    "harbour",
    "market",
    "minister",
    "school",
    "bridge",
    "weather",
    "farmers",
    "port",
    "railway",
    "election",
    "budget",
    "hospital",
    "teachers",
    "water",
    "rice",
    "festival",
    "court",
    "police",
    "province",
    "village",
    "trade",
    "engineers",
    "museum",
    "library",
    "traffic",
    "budgeted",
    "announced",
    "opened",
    "delayed",
    "approved",
]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--warc", type=Path)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=["bare", "newsspider"], help=argparse.SUPPRESS)
    parser.add_argument("--base", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        run_child(options.child, options.base, options.folder)
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = pages_of(options.warc, options.pages) if options.warc else invented(options.pages)
        count, size = write_site(folder / "site", pages, port := free_port())
        print(f"{count} pages, {size / count / 1000:.0f} kB a page")
        base = f"http://127.0.0.1:{port}"
        with nginx(folder, port):
            rounds = [
                (measure("bare", base, folder, count), measure("newsspider", base, folder, count))
                for _ in range(options.rounds)
            ]
    for number, (bare, ours) in enumerate(rounds, 1):
        print(
            f"round {number}: bare {line(bare, count)} | newsspider {line(ours, count)} | ratio {bare['wall'] / ours['wall']:.2f}"
        )
    ratios = [bare["wall"] / ours["wall"] for bare, ours in rounds]
    print(
        f"ratio, median of {len(ratios)}: {median(ratios):.2f} (lowest {min(ratios):.2f}, highest {max(ratios):.2f})"
    )


def line(run: dict[str, float], count: int) -> str:
    cpu = f"CPU {1000 * run['self'] / count:.2f} ms a page"
    workers = f" + workers {1000 * run['children'] / count:.2f}" if run["children"] > 0.05 else ""
    return f"{count / run['wall']:.0f} pages/s, {cpu}{workers}, {run['memory'] / 1024:.0f} MB"


def measure(kind: str, base: str, folder: Path, count: int) -> dict[str, float]:
    """Run one crawl in a process of its own. ``wall`` is the crawl alone, without the start of Python."""
    target = folder / f"data-{kind}"
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, __file__, "--child", kind, "--base", base, "--folder", str(target)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result: dict[str, float] = json.loads(done.stdout.decode().splitlines()[-1])
    if result["pages"] < count:
        sys.exit(f"{kind} fetched {result['pages']:.0f} of {count} pages")
    return result


def run_child(kind: str, base: str, folder: Path) -> None:
    started = time.monotonic()
    pages = bare(base) if kind == "bare" else newsspider(base, folder)
    wall = time.monotonic() - started
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    result = {
        "pages": pages,
        "wall": wall,
        "self": own.ru_utime + own.ru_stime,
        "children": children.ru_utime + children.ru_stime,
        "memory": own.ru_maxrss,
    }
    print(json.dumps(result))


def bare(base: str) -> int:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        count = 0

        async def start(self) -> Any:
            for path in json.loads((await self.paths()).decode()):
                yield scrapy.Request(base + path)

        async def paths(self) -> bytes:
            import asyncio
            import urllib.request

            return await asyncio.to_thread(lambda: urllib.request.urlopen(f"{base}/paths.json").read())

        def parse(self, response: Any) -> None:
            Bare.count += 1

    settings = {
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": IN_FLIGHT,
        "CONCURRENT_REQUESTS_PER_DOMAIN": IN_FLIGHT,
        "LOG_LEVEL": "ERROR",
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    return Bare.count


def newsspider(base: str, folder: Path) -> int:
    from newsspider.runs.crawl import crawl
    from newsspider.source import load_sources

    files = folder / "sources"
    files.mkdir(parents=True)
    (files / "bench.toml").write_text(
        f'name = "Bench"\nhome = "{base}/"\n[discover]\nsitemaps = ["{base}/sitemap.xml"]\narticles = "/p/"\n'
        f"[fetch]\ndelay = 0\nconcurrency = {IN_FLIGHT}\nallow_private = true\n",
        "utf-8",
    )
    report = crawl(folder, load_sources(files), command="benchmark", settings={"LOG_LEVEL": "ERROR"})
    return report.summary.pages


# ---- the site ------------------------------------------------------------------------------------
def write_site(root: Path, pages: Iterator[bytes], port: int) -> tuple[int, int]:
    """Gzipped pages under /p/, their list as sitemap and JSON. Returns how many and how many bytes before
    gzip.
    """
    (root / "p").mkdir(parents=True)
    paths, size = [], 0
    for number, page in enumerate(pages):
        path = f"/p/{number:05d}-story.html"
        (root / path[1:]).with_suffix(".html.gz").write_bytes(gzip.compress(page, 6))
        (root / path[1:]).write_bytes(b"")
        paths.append(path)
        size += len(page)
    (root / "paths.json").write_text(json.dumps(paths))
    locations = "".join(f"<url><loc>http://127.0.0.1:{port}{path}</loc></url>" for path in paths)
    (root / "sitemap.xml").write_text(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'
    )
    (root / "index.html").write_text("<title>Bench</title><h1>Bench</h1>")
    return len(paths), size


def pages_of(warc: Path, most: int) -> Iterator[bytes]:
    """The HTML pages of a WARC file, as UTF-8, again from the start until there are enough."""
    from newsspider.archive import read_records
    from newsspider.charsets.decode import decode

    pages = [
        decode(r.payload, r.content_type)[0].encode("utf-8", "replace")
        for r in read_records(warc)
        if "html" in (r.content_type or "")
    ]
    yield from (pages[i % len(pages)] for i in range(most))


def invented(count: int) -> Iterator[bytes]:
    """News pages of about 290 kB: a head full of scripts, menus, an article of 20 paragraphs, cards of other
    stories.
    """
    rng = random.Random(7)

    def sentence(words: int) -> str:
        return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."

    def card(kind: str) -> str:
        slug = "-".join(rng.choices(WORDS, k=5))
        return f'<li class="{kind}"><a href="/p/{slug}.html"><img src="/i/{slug}.jpg" alt=""><span>{sentence(9)}</span></a></li>'

    scripts = "".join(
        f"<script>window.c{i}={json.dumps([rng.random() for _ in range(300)])};</script>" for i in range(40)
    )
    for number in range(count):
        title = sentence(9)[:-1]
        meta = {
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": f"2026-11-{1 + number % 28:02d}T08:30:00+07:00",
            "author": {"name": "Dara Sok"},
        }
        body = "".join(f"<p>{sentence(14)} {sentence(22)} {sentence(18)}</p>" for _ in range(20))
        cards = "".join(card("card") for _ in range(60))
        menu = "".join(f'<li><a href="/s/{word}">{word}</a></li>' for word in WORDS * 2)
        yield (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Bench</title>'
            f'<script type="application/ld+json">{json.dumps(meta)}</script>{scripts}</head><body><nav><ul>{menu}</ul></nav>'
            f'<main><article><h1>{title}</h1><p class="byline">By Dara Sok</p>{body}</article>'
            f"<section class='related'><h2>Related</h2><ul>{cards}</ul></section></main><footer>{menu}</footer></body></html>"
        ).encode()


@contextlib.contextmanager
def nginx(folder: Path, port: int) -> Iterator[None]:
    """nginx on loopback, serving the site with one worker process."""
    config = folder / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    config.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; {user}"
        "events { worker_connections 256; }"
        "http { access_log off; default_type text/html; charset utf-8; gzip_static on; keepalive_requests 100000;"
        "types { application/xml xml; application/json json; text/html html; }"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/site; }} }}"
    )
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([binary, "-c", str(config), "-p", str(folder)])
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    sys.exit("nginx did not start")


if __name__ == "__main__":
    main()
