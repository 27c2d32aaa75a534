"""The pattern of a site's article addresses, where the judgement by shape is in doubt about them.

What feeds and news sitemaps name are articles. Where the shape of many of these would not be taken for an article's,
their common shape is looked for. A pattern that is too narrow loses articles for good, so that only one that fits all
that is known, and nothing that is none, is certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from newsspider.addresses import parts_of
from newsspider.discover import is_article
from newsspider.records import Role
from newsspider.runs.sourcing.look import Look

_ENOUGH = 10  # addresses that must be known
_DOUBT = 0.2  # share of them that the shape speaks against
_MOST = 2000  # addresses that are looked at
_EXTENSION = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|[-_])\d{3,}(?:$|[-_.])")
Column = Sequence[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pattern for ``articles``: how many of the known addresses it fits, and whether it may be written down as it is."""

    pattern: str
    fits: int
    known: int
    certain: bool


def propose(look: Look) -> Proposal | None:
    """A pattern for a site whose article addresses are doubtful; None where they are not, or show no common shape."""
    feeds = [way for way in look.ways if way.role is Role.FEED or way.is_news]
    known = list(dict.fromkeys(f.url for way in feeds for f in way.named if f.role is Role.ARTICLE))[:_MOST]
    if len(known) < _ENOUGH:
        return None
    against = sum(not is_article(url, look.source) for url in known)
    pattern = pattern_of(known) if against > _DOUBT * len(known) else None
    if pattern is None:
        return None
    fits = sum(re.search(pattern, url) is not None for url in known)
    return Proposal(pattern, fits, len(known), fits == len(known) and not _contradicted(pattern, look))


def part_of(look: Look) -> str | None:
    """The pattern of the part of a site that its home page's path names, where feeds or sitemaps name articles of it and
    others.
    """
    parts = parts_of(look.home.url)
    path = parts.path.rstrip("/")
    if not path or "." in path:
        return None
    pattern = rf"^https?://(?:www\.)?{re.escape(parts.netloc.removeprefix('www.'))}{re.escape(path)}/"
    inside = {
        re.match(pattern, one.url) is not None
        for way in look.ways
        if way.role is not Role.SECTION
        for one in way.articles
    }
    return pattern if len(inside) == 2 else None


def _contradicted(pattern: str, look: Look) -> bool:
    """Whether the home page knows better: a section that the pattern takes, an article that it does not."""
    taken = [(found.role, re.search(pattern, found.url) is not None) for found in look.home.found]
    sections = any(fits for role, fits in taken if role is Role.SECTION)
    articles = any(not fits for role, fits in taken if role is Role.ARTICLE)
    return sections or articles or not taken


def pattern_of(urls: Sequence[str]) -> str | None:
    """A pattern of the most frequent shape among addresses of one host; None where it says nothing that the
    address of a section would not fit as well.
    """
    groups: dict[tuple[str, int, str], list[str]] = {}
    for url in urls:
        parts = parts_of(url)
        key = (parts.netloc, parts.path.count("/"), _id_name(parts.query))
        groups.setdefault(key, []).append(url)
    (host, _, name), group = max(groups.items(), key=lambda entry: len(entry[1]))
    columns = list(zip(*(parts_of(url).path.split("/")[1:] for url in group), strict=True))
    pieces = [_piece(column) for column in columns]
    if not name and not _tells(columns):
        return None
    query = rf"\?(?:.*&)?{re.escape(name)}=\d+" if name else ""
    host = r"(?:www\.)?" + re.escape(host.removeprefix("www."))
    return f"^https?://{host}/{'/'.join(pieces)}{query or '$'}"


def _id_name(query: str) -> str:
    """The parameter that has the article's number, if one has."""
    return next((name for name, value in parse_qsl(query) if value.isdigit()), "")


def _tells(columns: Sequence[Column]) -> bool:
    """Whether the shape has a number of three digits or more, or a word before the last part that all addresses share."""
    shared = any(len(set(column)) == 1 and len(column[0]) > 2 for column in columns[:-1])
    return shared or any(all(_NUMBERED.search(part) for part in column) for column in columns)


def _piece(column: Column) -> str:
    """A part of the path: a word where all have the same, else what all have in common."""
    if len(set(column)) == 1 and not column[0].isdigit():
        return re.escape(column[0])
    extension, times = Counter(_extension(part) for part in column).most_common(1)[0]
    end = re.escape(extension) if times == len(column) else ""
    stems = [part[: len(part) - len(extension)] if end else part for part in column]
    if all(stem.isascii() and stem.isdigit() for stem in stems):
        return rf"\d+{end}"
    if all(re.search(r"[-_]\d{3,}$", stem) for stem in stems):
        return rf"[^/]*[-_]\d{{3,}}{end}"
    if all(re.match(r"\d{3,}[-_]", stem) for stem in stems):
        return rf"\d{{3,}}[-_][^/]*{end}"
    return rf"[^/]+{end}"


def _extension(part: str) -> str:
    found = _EXTENSION.search(part)
    return found.group() if found else ""
