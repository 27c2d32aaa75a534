"""One tool on the pages of a pickle, in the interpreter that has it: a record a page as JSON Lines.

    python worker.py TOOL PAGES.pickle RECORDS.jsonl START

Started by ``extraction.py``, page START first. A page is a dict of url, payload (bytes), content_type, text
(the payload decoded) and day (of its fetch, YYYY-MM-DD). A record has url, seconds (processor time), error
(null, or why the page gave nothing) and what the tool gave of headline, summary, published, authors, body
(paragraphs), asides. Knows the standard library and its tool, nothing else: peers' environments hold no more.
Tools are imported by name, since no environment has them all."""

from __future__ import annotations

import json
import logging
import os
import pickle
import re
import signal
import socket
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

Page = dict[str, Any]
Record = dict[str, Any]
Split = Callable[[Page], Record]

SECONDS = 120  # for one page
SENTENCE = "The council of the river town approved the new bridge after a long debate on Tuesday evening. "
WARM_UP = (
    '<!doctype html><html lang="en"><head><title>Bridge approved | Herald</title>'
    '<meta property="article:published_time" content="2024-03-05T08:30:00+01:00"></head><body><article>'
    f"<h1>Bridge approved</h1><p>By Dara Sok</p>{f'<p>{SENTENCE * 3}</p>' * 6}</article></body></html>"
)
BLOCKS = (
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr li main nav ol p pre section table td th tr ul"
).split()
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)  # lxml reads them, but does not take them back


def main() -> None:
    tool, pages_path, records_path, start = sys.argv[1:]
    pages: list[Page] = pickle.loads(Path(pages_path).read_bytes())
    warnings.simplefilter("ignore")
    socket.socket.connect = no_network  # type: ignore[method-assign]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    split = TOOLS[tool]()
    logging.disable(logging.CRITICAL)
    text = WARM_UP
    page = {"payload": text.encode(), "content_type": "text/html; charset=utf-8", "day": "2024-04-01"}
    split({"url": "https://herald.example/bridge-approved", "text": text, **page})
    signal.signal(signal.SIGALRM, too_long)
    with Path(records_path).open("a", encoding="ascii") as out:
        for page in pages[int(start) :]:
            out.write(json.dumps(timed(split, page)) + "\n")
            out.flush()


def timed(split: Split, page: Page) -> Record:
    signal.alarm(SECONDS)
    record: Record = {}
    error = None
    began = time.process_time()
    try:
        record = split(page)
    except Exception as problem:  # whatever a tool raises, it has nothing for this page
        error = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
    seconds = time.process_time() - began
    signal.alarm(0)
    return {**record, "url": page["url"], "seconds": seconds, "error": error}


def no_network(*_: Any) -> None:
    raise OSError("no network here")


def too_long(*_: Any) -> None:
    raise TimeoutError(f"longer than {SECONDS} s")


# ---- the tools: each gives a function from a page to a record ------------------------------------
def newsspider() -> Split:
    from newsspider.split import split_page

    def split(page: Page) -> Record:
        article = split_page(
            page["payload"],
            page["url"],
            content_type=page["content_type"],
            fetched_at=datetime.fromisoformat(page["day"]).replace(hour=23, minute=59, tzinfo=UTC),
        )
        return {
            "headline": article.headline,
            "summary": article.summary,
            "published": article.published,
            "authors": article.authors,
            "body": article.body,
            "asides": [{"kind": a.kind, "text": a.text, "after": a.after} for a in article.asides],
        }

    return split


def trafilatura() -> Split:
    extract = import_module("trafilatura").bare_extraction

    def split(page: Page) -> Record:
        found = extract(
            page["text"],
            url=page["url"],
            with_metadata=True,
            include_comments=False,
            date_extraction_params=date_options(page),
        )
        if found is None:
            return {}
        return {
            "headline": found.title,
            "summary": found.description,
            "published": found.date,
            "authors": parts(found.author, "; "),
            "body": parts(found.text),
        }

    return split


def newspaper4k() -> Split:
    article_of = import_module("newspaper").Article

    def split(page: Page) -> Record:
        article = article_of(page["url"], fetch_images=False)
        article.download(input_html=page["text"])
        article.parse()
        return {
            "headline": article.title,
            "summary": article.meta_description,
            "published": stamp(article.publish_date),
            "authors": article.authors,
            "body": parts(article.text),
        }

    return split


def readability() -> Split:
    document_of = import_module("readability").Document
    html = import_module("lxml.html")

    def split(page: Page) -> Record:
        document = document_of(page["text"], url=page["url"])
        root = html.fromstring(document.summary())
        for element in root.iter(*BLOCKS):  # it gives HTML: a line for each block
            element.text = "\n" + CONTROL.sub("", element.text or "")
            element.tail = "\n" + CONTROL.sub("", element.tail or "")
        return {"headline": document.short_title(), "body": parts(root.text_content())}

    return split


def news_please() -> Split:
    extract = import_module("newsplease").NewsPlease.from_html

    def split(page: Page) -> Record:
        article = extract(page["text"], url=page["url"], fetch_images=False)
        return {
            "headline": article.title,
            "summary": article.description,
            "published": stamp(article.date_publish),
            "authors": article.authors,
            "body": parts(article.maintext),
        }

    return split


def resiliparse() -> Split:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text

    def split(page: Page) -> Record:
        text = extract(page["text"], main_content=True, alt_texts=False, list_bullets=False)
        return {"body": parts(text)}

    return split


def htmldate() -> Split:
    find_date = import_module("htmldate").find_date

    def split(page: Page) -> Record:
        return {"published": find_date(page["text"], url=page["url"], **date_options(page))}

    return split


def date_options(page: Page) -> dict[str, Any]:
    """htmldate's, which trafilatura hands on to it: by default it gives the day alone, of either date."""
    return {
        "original_date": True,
        "extensive_search": True,
        "outputformat": "%Y-%m-%dT%H:%M:%S%z",
        "deferred_url_extractor": True,  # else a day in the address hides the time in the page
        "max_date": page["day"],
    }


def parts(text: str | None, between: str = "\n") -> list[str]:
    return [part.strip() for part in (text or "").split(between) if part.strip()]


def stamp(value: Any) -> str | None:
    """A date as ISO 8601, from a datetime or from text that is one already."""
    return value.isoformat() if isinstance(value, datetime) else str(value) if value else None


TOOLS: dict[str, Callable[[], Split]] = {
    "newsspider": newsspider,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "readability-lxml": readability,
    "news-please": news_please,
    "resiliparse": resiliparse,
    "htmldate": htmldate,
}


if __name__ == "__main__":
    main()
