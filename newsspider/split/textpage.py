"""Pages that come as plain text: a ticker line, the headline, the story, a heading of related news at the
end; and newswire stories.
"""

from __future__ import annotations

import re

from newsspider.records import Article, Dateline, Link
from newsspider.split.dateline import split_dateline
from newsspider.split.language import language_of
from newsspider.split.text import clean, weight
from newsspider.split.ticker import split_strip
from newsspider.split.version import SPLIT_VERSION
from newsspider.split.words import RELATED, SITEWIDE

_LONGEST_HEADLINE = 300
_PARAGRAPH = re.compile(r"\n[ \t\u00a0]*\n")


def split_text(text: str, url: str | None, published: str | None = None) -> Article:
    """Split a page of plain text. Paragraphs stand between blank lines, or on lines of their own where there
    are none.
    """
    blocks = _blocks(text)
    provenance: dict[str, str] = {}
    ticker: list[Link] = []
    while blocks and len(entries := split_strip(blocks[0])) >= 2 and "|" in blocks[0]:
        ticker += [Link(entry) for entry in entries]
        blocks.pop(0)
    headline = (
        blocks.pop(0)
        if blocks
        and (len(blocks) > 1 or weight(blocks[0]) < _LONGEST_HEADLINE)
        and weight(blocks[0]) <= _LONGEST_HEADLINE
        else None
    )
    body, related = _without_related(blocks)
    dateline: Dateline | None = None
    if body and (found := split_dateline(body[0], published)):
        dateline, body[0], year = found
        provenance["dateline"] = "text"
        if year == "published":
            provenance["dateline_year"] = year
    for name, value in (("headline", headline), ("body", body), ("ticker", ticker), ("related", related)):
        if value:
            provenance[name] = "text"
    sample = " ".join(body) or headline or ""
    return Article(
        url=url,
        kind="article" if headline and body else "other",
        headline=headline,
        dateline=dateline,
        body=tuple(body),
        ticker=tuple(dict.fromkeys(ticker)),
        related=tuple(related),
        language=language_of(sample),
        split_version=SPLIT_VERSION,
        provenance=provenance,
    )


def _blocks(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = _PARAGRAPH.split(lines.strip())
    if len(parts) == 1:
        parts = parts[0].split("\n")
    return [block for part in parts if (block := clean(part))]


def _without_related(blocks: list[str]) -> tuple[list[str], list[Link]]:
    """The body, and the links' texts under a heading of related news at the end."""
    for i, block in enumerate(blocks):
        if i > 0 and len(block) < 40 and (RELATED.match(block) or SITEWIDE.match(block)):
            after = blocks[i + 1 :]
            if all(weight(line) < _LONGEST_HEADLINE for line in after):
                return blocks[:i], [Link(line) for line in after] if RELATED.match(block) else []
    return list(blocks), []
