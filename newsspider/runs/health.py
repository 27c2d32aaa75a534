"""When a source is red: a crawl that came home with less than it should have, said in words that name the
source and the part.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from newsspider import clock
from newsspider.fetch.addon import CONTACT
from newsspider.records import ALL_DAYS, Outcome, Role, Window
from newsspider.runs.drift import drifts
from newsspider.source import Source
from newsspider.store import Measures, OutcomeRow, Store
from newsspider.store.report import reason_kind

_READ = (Outcome.STORED, Outcome.UNCHANGED, Outcome.MOVED)
_LOST = (Outcome.FAILED, Outcome.BLOCKED)
_TRIES = 2  # times in a row that a list which named news can't be read,
_NIGHT = timedelta(hours=20)  # and as long at least: crawls of one hour are one try
_QUIET = timedelta(days=14)  # without news of a feed,
_NEWS = 20  # while the source had so many: it has stopped
_USUAL = 0.5  # share of the articles on which a layout's selector is expected to find its field


_OTHER_DAYS = "they are of other days; one without --since and --until takes them, nightly too"
# Why a run did not ask for all that was due at a source, and what it means; of some with a number behind a blank.
LEFT = {
    "time_limit": "the time limit was reached",
    "site_down": "its site is down, left alone after {} failures in a row",
    "site_refuses": "left alone after {} refusals in a row",
    "retry_after": "its site asks for a longer pause than a run waits",
}


def judge(
    store: Store,
    crawl: int,
    sources: Sequence[Source],
    left: Mapping[str, str] = MappingProxyType({}),
    measures: Mapping[str, Measures] = MappingProxyType({}),
) -> dict[str, list[str]]:
    """For each source one sentence for each reason why it is red after this crawl; none where all is well. ``left``: by
    source why not all was asked for (the keys of ``LEFT``). ``measures``: what the crawl brought home, by source.
    """
    rows = store.outcomes(crawl)
    found = {}
    for source in sources:
        mine = [row for row in rows if row.source == source.id]
        found[source.id] = list(_judge(store, crawl, source, mine, left.get(source.id)))
        in_part = source.id in left and not left[source.id].startswith("site_refuses")  # a block is news, too
        if source.id in measures and not in_part and not found[source.id]:
            found[source.id] += _drifted(store, measures[source.id], source)
        found[source.id] = _dated(store, crawl, source, found[source.id])
    return found


def _dated(store: Store, crawl: int, source: Source, reasons: list[str]) -> list[str]:
    """The reasons, each with its own day where the source was red before."""
    since = store.history_of(source.id).reasons_since(crawl) if reasons else {}
    if not since:
        return reasons
    today = f"{clock.now():%Y-%m-%d}"
    return [
        reason
        if "; since " in reason
        else f"{what}; since {since.get(reason_kind(reason), today)[:10]}{more}"
        for reason in reasons
        for what, semicolon, rest in (reason.partition("; "),)
        for more in (semicolon + rest,)
    ]


def notes(
    store: Store,
    crawl: int,
    sources: Sequence[Source],
    left: Mapping[str, str] = MappingProxyType({}),
    window: Window = ALL_DAYS,
) -> dict[str, list[str]]:
    """What is no failure but worth a look: sources that were read and named no article so far, selectors that found
    nothing on most articles, pages that were left for the next run. ``window``: the days that the crawl was for.
    """
    rows = store.outcomes(crawl)
    read = {row.source for row in rows if row.role is not Role.ARTICLE and row.outcome in _READ}
    found: dict[str, list[str]] = {}
    for source in sources:
        sentences = list(_idle_selectors(store, crawl, source))
        if source.id in read and not store.names_articles(source.id):
            sentences.append(
                f"{source.id}: nothing that its feeds, sitemaps and sections name looks like the address of an article;"
                f" say which do with articles = '..' under [discover] in {source.id}.toml"
            )
        sentences += _quiet_listings(store, crawl, source)
        partly = source.id in left or window != ALL_DAYS
        count = store.count_due(crawl, source.id, clock.now()) if partly else 0
        if count:
            why = why_left(left[source.id]) if source.id in left else _OTHER_DAYS
            sentences.append(f"{source.id}: {count:,} due pages were left for the next run: {why}")
        found[source.id] = sentences
    return found


def why_left(value: str) -> str:
    """A value of ``left`` in words."""
    word, _, count = value.partition(" ")
    return LEFT[word].format(count)


def _idle_selectors(store: Store, crawl: int, source: Source) -> Iterable[str]:
    """The selectors of the layout that holds today which found nothing on most articles of the crawl."""
    layout = source.layout_at(clock.now().date())
    fields = tuple(layout.selectors) if layout else ()
    for field, share in store.layout_shares(crawl, source.id, fields).items():
        if share < _USUAL:
            yield (
                f"{source.id}: the layout's selector for {field} found nothing on {1 - share:.0%} of the articles,"
                f" which were read without it; see newsspider split --explain for one of them"
            )


def _judge(
    store: Store, crawl: int, source: Source, rows: Sequence[OutcomeRow], left: str | None
) -> Iterable[str]:
    if left == "time_limit" and not rows:
        return  # its turn did not come
    if not any(row.outcome in _READ for row in rows if row.role is not Role.ARTICLE):
        why = _reasons(rows, Role.FEED, Role.SITEMAP, Role.SECTION)
        private = any(row.reason == "private_address" for row in rows)
        cure = (
            f"; to allow local addresses: allow_private = true under [fetch] in {source.id}.toml"
            if private
            else ""
        )
        yield f"{source.id}: none of its feeds, sitemaps and sections could be read ({why}){cure}"
    articles = [row for row in rows if row.role is Role.ARTICLE]
    tried = sum(row.pages for row in articles)
    lost = sum(row.pages for row in articles if row.outcome in _LOST)
    if tried and lost == tried:
        blocked = sum(row.pages for row in articles if row.outcome is Outcome.BLOCKED)
        cure = f"; {_refused(source)}" if blocked > tried / 2 else ""
        yield f"{source.id}: every article page failed or was blocked ({_reasons(rows, Role.ARTICLE)}){cure}"
    yield from _short(store, crawl, source, whole=left != "time_limit")


def _refused(source: Source) -> str:
    """What can be done where a site refuses what is asked for."""
    contact = CONTACT if os.environ.get(CONTACT) else f"{CONTACT} (it is not set)"
    return (
        f"the site refuses newsspider: say who you are with {contact}, read its robots.txt and terms,"
        f" ask more slowly with delay under [fetch] in {source.id}.toml, or write to it"
    )


def _short(store: Store, crawl: int, source: Source, *, whole: bool) -> Iterable[str]:
    """Where the crawl fell below the source's ``[expect]``. Shares are judged by the articles that this crawl
    read, if any; their number where it was not cut short.
    """
    expect = source.expect
    if whole and expect.articles is not None:
        seen = store.articles_seen(crawl, source.id)
        if seen < expect.articles:
            yield f"{source.id}: articles {seen}, expected at least {expect.articles}"
    shares = store.article_shares(crawl, source.id) if expect.shares else {}
    for field, least in expect.shares.items():
        share = shares.get(field)
        if share is not None and share < least:
            yield f"{source.id}: {field} on {share:.0%} of the articles, expected at least {least:.0%}"


def _drifted(store: Store, tonight: Measures, source: Source) -> Iterable[str]:
    """Where the crawl brought home far less than the source's crawls of the last weeks."""
    history = store.history_of(source.id)
    if not history.is_comparable(tonight.crawl):
        return
    for drift in drifts(tonight, history.past(tonight)):
        found = (
            history.blocked_page(tonight.crawl) if drift.blocked else history.example(tonight, drift.field)
        )
        page = found or source.home
        yield f"{source.id}: {drift.what}; since {drift.since:%Y-%m-%d}; look at {page}"
    for listing in history.listings(tonight.crawl):
        lost = listing.state not in ("stored", "moved") and listing.last_new_at < tonight.started_at
        long = listing.lost_at is not None and tonight.started_at - listing.lost_at >= _NIGHT
        if lost and long and listing.attempts >= _TRIES:
            yield (
                f"{source.id}: its {listing.role} {listing.url} can't be read any more ({listing.reason}, {listing.attempts}"
                f" times in a row); it named news last on {listing.last_new_at:%Y-%m-%d}"
            )


def _quiet_listings(store: Store, crawl: int, source: Source) -> Iterable[str]:
    """Feeds that name nothing new though the site goes on."""
    for listing in store.history_of(source.id).listings(crawl):
        quiet = clock.now() - listing.last_new_at > _QUIET and listing.since >= _NEWS
        if listing.role is Role.FEED and listing.state == "stored" and quiet:
            yield (
                f"{source.id}: its feed {listing.url} has named nothing new since {listing.last_new_at:%Y-%m-%d},"
                f" while {listing.since:,} new articles came otherwise"
            )


def _reasons(rows: Iterable[OutcomeRow], *roles: Role) -> str:
    """What went wrong, most frequent first."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row.role in roles and row.outcome not in _READ:
            counts[row.reason] += row.pages
    return ", ".join(f"{reason} {n}" for reason, n in counts.most_common(3)) or "none was asked for"
