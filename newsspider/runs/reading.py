"""Reading one response: decode, parse once, split, find links. Runs in a worker process; pure apart from
that.

Here the stages split and discover meet: neither knows of the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from newsspider import addresses, discover, split
from newsspider.coding import TooLarge, decode_body
from newsspider.records import Article, Found, Outcome, Role
from newsspider.source import Source

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "")


@dataclass(frozen=True, slots=True)
class Task:
    """A response to be read, with what the crawl knows of its page."""

    url: str  # the address that answered
    asked: str  # the address that was asked for
    role: Role
    body: bytes  # in its content coding
    content_type: str | None
    content_encoding: str | None
    fetched_at: datetime
    source: Source
    max_decoded: int
    feed: Found | None = None  # what a feed or sitemap said of the page
    shapes: discover.Shapes = field(default_factory=dict)  # of the site's addresses, for lists


@dataclass(frozen=True, slots=True)
class Reading:
    """What a response turned out to be."""

    outcome: Outcome
    reason: str
    article: Article | None = None
    article_url: str | None = None
    found: tuple[Found, ...] = ()
    further: tuple[Found, ...] = ()  # the next page of a list
    refresh: str | None = None  # the page sends its readers to this address


def read(task: Task) -> Reading:
    """Read a response with status 200.

    Never raises for what a page holds: everything that can be wrong with it has an outcome and a reason.
    """
    try:
        body, complete = decode_body(task.body, task.content_encoding, task.max_decoded)
    except TooLarge:
        return Reading(Outcome.REFUSED, "too_large")
    if not complete:
        return Reading(Outcome.FAILED, "cut_off")
    if task.role in (Role.FEED, Role.SITEMAP):
        return _listing(body, task)
    kind = (task.content_type or "").split(";")[0].strip().lower()
    if kind not in _PAGE_TYPES:
        return Reading(Outcome.REFUSED, "not_html")
    return _section(body, task) if task.role is Role.SECTION else _article(body, task)


def _listing(body: bytes, task: Task) -> Reading:
    """A feed or sitemap. Of one that was cut off what stands before the cut is taken, and it is due again."""
    try:
        found = (
            discover.read_feed(body, task.url)
            if task.role is Role.FEED
            else discover.read_sitemap(body, task.url)
        )
        whole = discover.is_whole(body)
    except TooLarge:
        return Reading(Outcome.REFUSED, "too_large")
    if found is None:
        return Reading(Outcome.FAILED, f"not_a_{task.role.value}")
    kept = (entry for entry in found if entry.role is not Role.ARTICLE or _wanted(entry.url, task))
    outcome, reason = (Outcome.STORED, "ok") if whole else (Outcome.FAILED, "cut_off")
    return Reading(outcome, reason, found=tuple(kept))


def _by_pattern(url: str, source: Source) -> bool | None:
    """Whether the source's own pattern says that this is an article; None where it has none."""
    pattern = source.discover.articles
    return None if pattern is None else re.search(pattern, url) is not None


def _wanted(url: str, task: Task) -> bool:
    """Whether an address that a feed or sitemap names is taken: of this site, and not plainly something else. Sitemaps
    list all that a site has: what such addresses turned out to be counts there.
    """
    source = task.source
    if not addresses.same_site(url, source.home) or not discover.may_be_article(url, source):
        return False
    learns = task.role is Role.SITEMAP and source.discover.articles is None
    return not learns or discover.judged(url, task.shapes) is not False


def _section(body: bytes, task: Task) -> Reading:
    page = split.open_page(body, task.url, task.content_type)
    if page.refresh and page.refresh != task.url:
        return Reading(Outcome.MOVED, "meta_refresh", refresh=page.refresh)
    links = page.links()
    found = discover.read_links(links, task.url, task.source, is_home=_is_home(task), shapes=task.shapes)
    if not found and split.is_blocked(page):
        return Reading(Outcome.BLOCKED, "block_page")
    behind = discover.next_page(links, task.url)
    if not task.source.discover.feeds and _is_home(task):
        found = [
            *found,
            *(Found(url, Role.FEED) for url in page.feeds if addresses.same_site(url, task.source.home)),
        ]
    further = (Found(behind, Role.SECTION),) if behind else ()
    return Reading(Outcome.STORED, "ok", found=tuple(found), further=further)


def _is_home(task: Task) -> bool:
    return addresses.canonical(task.asked) == addresses.canonical(task.source.home)


def _article(body: bytes, task: Task) -> Reading:
    layout = task.source.layout_at(task.fetched_at.date())
    article, refresh = split.split_with_refresh(
        body,
        task.url,
        content_type=task.content_type,
        fetched_at=task.fetched_at,
        layouts=(layout,) if layout else (),
        feed=task.feed,
        language=task.source.language,
    )
    if "blocked" in article.flags:
        return Reading(Outcome.BLOCKED, "block_page", article)
    if refresh and refresh != task.url and not article.body:
        return Reading(Outcome.MOVED, "meta_refresh", refresh=refresh)
    if _leads_home(task):
        return Reading(Outcome.REFUSED, "leads_to_home")
    if not addresses.same_site(task.url, task.source.home):
        return Reading(Outcome.REFUSED, "other_site")
    if _by_pattern(task.url, task.source) is False:
        return Reading(Outcome.REFUSED, "not_an_article")
    if not _is_story(article, task):
        return Reading(Outcome.REFUSED, "not_an_article")
    return Reading(Outcome.STORED, "ok", article, _article_url(article, task), _leads(article, task))


def _leads(article: Article, task: Task) -> tuple[Found, ...]:
    """The stories of the site that the page's ticker and related links lead to."""
    links = [*article.ticker, *article.related]
    wanted = (link for link in links if link.url and discover.is_article(link.url, task.source))
    urls = dict.fromkeys(addresses.canonical(link.url) for link in wanted if link.url)
    return tuple(Found(url) for url in urls)


def _is_story(article: Article, task: Task) -> bool:
    """The source's pattern outweighs the page's looks; without one the page must look like an article."""
    if not article.headline and not article.body:
        return False
    return article.kind == "article" or bool(article.body and _by_pattern(task.url, task.source))


def _leads_home(task: Task) -> bool:
    return task.url != task.asked and addresses.canonical(task.url) == addresses.canonical(task.source.home)


def _article_url(article: Article, task: Task) -> str:
    """The address that stands for the story: the canonical one where it may be believed, else the page's own.

    A canonical address joins only within the registered domain, and never when it is the home page, a section
    page or no article by the source's pattern."""
    own = addresses.canonical(task.url)
    claimed = article.canonical_url
    if not claimed or not addresses.same_site(claimed, task.url):
        return own
    claimed = addresses.canonical(claimed)
    listings = {addresses.canonical(url) for url in (task.source.home, *task.source.discover.sections)}
    if claimed in listings or _by_pattern(claimed, task.source) is False:
        return own
    return claimed
