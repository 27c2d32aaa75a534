"""Which addresses are articles, by the source's own pattern or else by what they look like.

Without a pattern an address earns points for what addresses of articles have and those of lists and services
do not: a date, a headline written as a slug, a long number. A doubtful page is taken rather than left: it is
looked at once, and refused when it turns out to be no article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

from newsspider.addresses import canonical, parts_of, same_site
from newsspider.discover.words import ARTICLES, LISTS, SERVICES
from newsspider.source import Source

ENOUGH = 2  # points that make an article of an address alone
NEVER = -9  # points of what is no article whatever else is known
_LONGEST = 2000  # characters of an address

_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|mov|avi|webm|ogg|wav|m3u8?|pdf|docx?"
    r"|xlsx?|pptx?|zip|gz|rar|7z|exe|apk|dmg|css|js|json|xml|rss|atom|txt|csv|ics|epub|woff2?|ttf)$"
)
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jspx?|cfm|do|dhtml|ece|amp|story|article)$")
_MONTH = r"(?:0?[1-9]|1[0-2]|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(rf"(?:^|[/_.-])(?:19|20)\d\d[/_.-]?{_MONTH}(?:[/_.-]?{_DAY})?(?=$|[/_.-])")
_CALENDAR = re.compile(rf".*/(?:19|20)\d\d(?:[/-]{_MONTH}(?:[/-]{_DAY})?)?(?:/page/\d+)?")
_NUMBER = re.compile(r"\d{5,}")
_CODE = re.compile(r"(?<![a-z0-9])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,}")
_ID_IN_QUERY = re.compile(
    r"(?:^|&)(?:\w*(?:id|no|idx)|p|num|sn|article\w*|news\w*|story\w*)=[\w-]*\d{3}", re.IGNORECASE
)
_LIST_IN_QUERY = re.compile(
    r"(?:^|&)(?:q|s|query|search|keyword|tag|cat|author|page|paged|date|month|year|day|sort|order|filter\w*"
    r"|replytocom|share)(?:\[\w*\])?=",
    re.IGNORECASE,
)
_ROUND = re.compile(r"(/[^/]+(?:/[^/]+)?)\1\1")  # /a/b/a/b/a/b: links that are wrong lead ever deeper
_BREAKS = re.compile(r"[-_+.,\s]+")


def is_article(url: str, source: Source) -> bool:
    """Whether an address is to be read as an article of this source.

    Addresses of another registered domain are none. Of the others the source's pattern (``articles``) alone
    decides where it has one: ``re.search`` over the whole address. Without one their shape decides.
    """
    if len(url) > _LONGEST or not same_site(url, source.home):
        return False
    pattern = source.discover.articles
    return points(url) >= ENOUGH if pattern is None else re.search(pattern, url) is not None


def may_be_article(url: str, source: Source) -> bool:
    """Whether to believe a feed or sitemap that names this address as a page of the source.

    All is believed but what is surely no article: other sites, what a pattern leaves out, and the tags,
    people, services, files and calendars that sitemaps list as well.
    """
    if source.discover.articles is not None:
        return is_article(url, source)
    return len(url) <= _LONGEST and same_site(url, source.home) and points(url) > NEVER


@lru_cache(maxsize=8192)
def points(url: str) -> int:
    """How much an address looks like an article's: ``ENOUGH`` or more is one, ``NEVER`` can't be one."""
    parts = parts_of(canonical(url))
    path, segments = read_path(parts.path)
    if is_service(path, segments) or _CALENDAR.fullmatch(path) or _ROUND.search(path):
        return NEVER
    by_query = 2 if _ID_IN_QUERY.search(parts.query) else 0
    if not by_query and (not segments or _LIST_IN_QUERY.search(parts.query)):
        return NEVER
    return by_query + (_of_path(path, segments) if segments else 0)


def read_path(path: str) -> tuple[str, list[str]]:
    """A path decoded and in lower case, whole and in its parts."""
    path = unquote(path).lower().rstrip("/")
    return path, [segment for segment in path.split("/") if segment]


def is_service(path: str, segments: Sequence[str]) -> bool:
    """Whether a path, as ``read_path`` gives it, leads to a service, tag, person or file, not to news."""
    return not SERVICES.isdisjoint(_EXTENSION.sub("", part) for part in segments) or bool(_MEDIA.search(path))


def _of_path(path: str, segments: Sequence[str]) -> int:
    last = _EXTENSION.sub("", segments[-1])
    words = max(_words(last), _words(segments[-2]) if len(segments) > 1 else 0)
    found = 3 if words >= 5 else 2 if words >= 4 else 1 if words == 3 else 0
    found += 2 if _DATE.search(path) else 0
    found += _of_number(last, segments)
    found += 1 if last != segments[-1] else 0
    found += 0 if ARTICLES.isdisjoint(segments[:-1]) else 1
    return found if LISTS.isdisjoint(segments) else found - 2


def _of_number(last: str, segments: Sequence[str]) -> int:
    """Points for the number or code under which a system keeps an article."""
    if any(_NUMBER.search(part) for part in segments[-2:]) or _CODE.search(last):
        return 2
    if not last.isdigit():
        return 0
    return 1 if len(last) >= 3 or not ARTICLES.isdisjoint(segments[:-1]) else 0


def _words(segment: str) -> int:
    """Words of a slug; of one in a script without spaces every four letters count as one."""
    words = [word for word in _BREAKS.split(segment) if word and not word.isdigit()]
    return max(len(words), sum(len(word) // 4 for word in words if not word.isascii()))
