"""The next page of a list: the address that differs from this one's by nothing but the number of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsspider.addresses import canonical
from newsspider.records import PageLink

MOST_PAGES = 10  # of one list; what lies behind is the matter of a backfill
_LONGEST_TEXT = 20  # characters of a pager's link: a number, "Next", an arrow
_NUMBERED = re.compile(r"(?P<before>.*[^\d])(?P<number>\d{1,2})(?P<end>/?|\.\w{3,5})")
# Behind the list's own address: /page/2, /2/, ?page=2, &p[x]=2, -2.html, ,2.html, /index_2.html
_SECOND = re.compile(
    r"(?:/?[?&][\w.\[\]%-]{1,20}=|/(?:[a-z]{1,10}[/_-]?)?|[-_,](?:[a-z]{1,10}[-_]?)?)2(?:/?|\.\w{3,5})"
)
_END = re.compile(r"(?:/(?:index\.\w{3,5})?|\.\w{3,5})?$")


def next_page(links: Iterable[PageLink], url: str) -> str | None:
    """The address of the page behind this one of a list, where a link leads there; None for the last one, for one
    behind ``MOST_PAGES``, and where the list has no numbered pages.
    """
    short = {canonical(link.url) for link in links if len(link.text) <= _LONGEST_TEXT}
    own = canonical(url)
    match = _NUMBERED.fullmatch(own)
    if match and int(match["number"]) >= 2:
        following = f"{match['before']}{int(match['number']) + 1}{match['end']}"
        return following if int(match["number"]) < MOST_PAGES and following in short else None
    stem = _stem(own)
    ours = (other for other in sorted(short) if other.startswith(stem))
    return next((other for other in ours if _SECOND.fullmatch(other[len(stem) :])), None)


def _stem(url: str) -> str:
    """An address without what numbers are put before: a slash, ``index.html``, the suffix of a file."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host}{_END.sub('', slash + path)}"
