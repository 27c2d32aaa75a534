"""From what a server sent, or a file holds, to a record: decoded, looked at for what it is, and split."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from newsspider.addresses import same_site
from newsspider.charsets.decode import decode
from newsspider.records import Article, Found
from newsspider.source import Layout
from newsspider.split import blocked
from newsspider.split.assemble import split_open
from newsspider.split.language import language_of
from newsspider.split.parse import open_page
from newsspider.split.table import Page
from newsspider.split.textpage import split_text
from newsspider.split.version import SPLIT_VERSION

_HEAD = 4096  # characters in which a page shows what it is
_NO_TEXT = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\ufffd]")  # what hardly stands in texts
_NO_TEXT_SHARE = 20  # one in so many is too much


def split_page(
    page: bytes | str,
    url: str | None = None,
    *,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    layouts: Sequence[Layout] = (),
    feed: Found | None = None,
    language: str | None = None,
) -> Article:
    """Split one page into its record.

    ``page``: HTML or plain text, as bytes or text. ``url``: its address; without one, links stay as the page
    wrote them. ``content_type``: the HTTP header, for its charset; ``text/plain`` makes it a text page, else
    its look decides. ``fetched_at``: an aware datetime; dates after it are refused. ``layouts``: a source's
    selectors. ``feed``: what a feed or sitemap said of the page. ``language``: the source's own. Never raises
    for what a page holds.

    """
    return split_with_refresh(
        page,
        url,
        content_type=content_type,
        fetched_at=fetched_at,
        layouts=layouts,
        feed=feed,
        language=language,
    )[0]


def split_with_refresh(
    page: bytes | str, url: str | None, *, content_type: str | None = None, **known: Any
) -> tuple[Article, str | None]:
    """The record of ``split_page``, and the address that the page sends its readers to, if it does."""
    text = decode(page, content_type)[0] if isinstance(page, bytes) else page
    if is_binary(text):
        return Article(url=url, kind="other", split_version=SPLIT_VERSION), None
    if is_plain_text(text, content_type):
        return split_text(text, url), None
    opened = open_page(text, url)
    return split_open(opened, **known), opened.refresh


def is_blocked(page: Page) -> bool:
    """Whether an open page is a robot check, consent wall or error, where it is to be no story but a list."""
    return blocked.is_blocked(page, 0)


def warm_up() -> None:
    """For a process that splits many pages: load what is otherwise loaded with the first page, the language
    model above all (half a second), and spare the garbage collector what stays. A page's tables hold no
    cycles, so that it would look through thousands of objects for nothing.
    """
    same_site("https://one.example/", "https://another.example/")  # loads the Public Suffix List
    language_of("A sentence of some length, so that the model of the languages is loaded and asked once.")
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def is_binary(text: str) -> bool:
    """Whether what was decoded is no text at all: a picture, an archive, a PDF."""
    head = text[:_HEAD]
    return head.startswith("%PDF-") or _NO_TEXT_SHARE * len(_NO_TEXT.findall(head)) > len(head)


def is_plain_text(text: str, content_type: str | None) -> bool:
    """Whether a page is text and not HTML: by its Content-Type, else by having no tag near its beginning."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return not text.lstrip()[:15].lower().startswith(("<!doctype html", "<html"))
    if kind:
        return False
    head = text[:_HEAD].lower()
    return not any(
        tag in head
        for tag in (
            "<!doctype",
            "<html",
            "<head",
            "<body",
            "<div",
            "<p>",
            "<p ",
            "<meta",
            "<article",
            "<h1",
            "<h3",
            "<span",
            "<a ",
            "<marquee",
            "<script",
            "<style",
            "<title",
            "<link ",
            "<!--",
            "<table",
            "<font",
            "<center",
        )
    )
