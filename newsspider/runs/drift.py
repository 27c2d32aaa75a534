"""When a source brings home far less than it used to: judged against its own crawls of the last weeks, and its number of
new articles against the same weekdays, so that a quiet Sunday is no fault.

Thresholds are set so that chance alone hardly crosses them: the tests live through years of nights of papers with a few and
many stories a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from math import sqrt
from statistics import mean, median

from newsspider.store import Measures

# Crawls so close to each other are of one day: of hourly ones, and of nights that are not punctual.
_DAY = timedelta(hours=20)
_WEEK = timedelta(days=7)
_WEEKDAYS = 2  # of the same kind that must be known
_MISSING = 6.0  # new articles that should have come: e^-6, chance alone brings none once in 400 times
_PLENTY = 3  # new articles on each of the last days, where the same weekdays aren't known
_DAYS = 7  # that must be known then

# How far back crawls are taken together for a number of articles that says something: a week of nights, not all punctual.
_POOL = timedelta(days=9)
ENOUGH = 8  # articles
KNOWN = 20  # articles of before that "usual" is judged by
_USUAL = 0.3  # share from which on a field is one that the source has
_SIGMAS = 4.0
_HALF = 0.5
_SAME_DATE = 8  # articles with one date of publication are no chance
_BLOCKED = 0.1  # share of the answers up to which blocks are a site's manner


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that is far below the source's own history. ``what``: a sentence's predicate; ``field``: of the page to
    look at; ``blocked``: that is to be one that the site blocked.
    """

    what: str
    since: datetime
    field: str | None = None
    blocked: bool = False


def drifts(tonight: Measures, past: Sequence[Measures]) -> Iterator[Drift]:
    """What is wrong tonight by the source's own ``past``, the last crawl first."""
    yield from _silence(tonight, past)
    yield from _fields(tonight, past)
    yield from _length(tonight, past)
    yield from _blocks(tonight, past)
    if tonight.read >= _SAME_DATE and tonight.dates == 1:
        yield Drift(
            f"all {tonight.read} articles have one and the same date of publication", tonight.started_at
        )


# ---- no new articles -----------------------------------------------------------------------------------------
def _silence(tonight: Measures, past: Sequence[Measures]) -> Iterator[Drift]:
    if tonight.new_articles:
        return
    every = [tonight, *past]
    missing, since, usual, day = 0.0, tonight.started_at, 0.0, 0
    while _new(every, at := tonight.started_at - timedelta(days=day)) == 0:
        before = [n for week in range(1, 6) if (n := _new(past, at - week * _WEEK, green=True)) is not None]
        expected = mean(before) if len(before) >= _WEEKDAYS else 0.0
        missing, since = missing + expected, at if expected else since
        usual = usual or expected
        day += 1
    if missing >= _MISSING and (day > 1 or tonight.found):
        yield Drift(f"no new articles, {usual:.0f} on such a day before", since)
    elif day > 1 and not usual and _had_plenty(past, tonight.started_at - timedelta(days=day)):
        yield Drift("no new articles, some on every day before", tonight.started_at - timedelta(days=day - 1))


def _new(crawls: Sequence[Measures], end: datetime, green: bool = False) -> int | None:
    """New articles of the day that ends with a crawl at that time; None where there was no crawl, or none that was green."""
    some = [one for one in crawls if end - _DAY < one.started_at <= end + timedelta(hours=2)]
    if green:
        some = [one for one in some if one.state == "green"]
    return sum(one.new_articles for one in some) if some else None


def _had_plenty(past: Sequence[Measures], end: datetime) -> bool:
    """Whether there were new articles on each of the days before."""
    days = [_new(past, end - timedelta(days=day), green=True) for day in range(_DAYS)]
    return all(new is not None and new >= _PLENTY for new in days)


# ---- fields and texts ----------------------------------------------------------------------------------------
def _fields(tonight: Measures, past: Sequence[Measures]) -> Iterator[Drift]:
    now, before = _parted(tonight, past)
    count, known = sum(one.articles for one in now), sum(one.articles for one in before)
    if count < ENOUGH or known < KNOWN:
        return
    for field in tonight.fields:
        share, usual = _share(now, field), _share(before, field)
        if is_far_below(share, usual, count) and tonight.fields[field] < usual * _HALF:
            since = _since(tonight, past, partial(_lacks, field=field, least=usual * _HALF))
            yield Drift(f"{field} on {share:.0%} of {count} articles, {usual:.0%} before", since, field)


def is_far_below(share: float, usual: float, count: int) -> bool:
    """Whether so many pages of which a ``share`` has something can't be like those of which the ``usual`` share had it."""
    return usual >= _USUAL and share < usual * _HALF and usual - share > _noise(usual, count)


def _noise(usual: float, count: int) -> float:
    """What chance alone does to the share of so many pages, at most."""
    return _SIGMAS * sqrt((usual * (1 - usual) + 0.02) / count)


def _length(tonight: Measures, past: Sequence[Measures]) -> Iterator[Drift]:
    now, before = _parted(tonight, past)
    count, known = sum(one.articles for one in now), sum(one.articles for one in before)
    if count < ENOUGH or known < KNOWN or tonight.length is None:
        return
    usual = median([one.length for one in before if one.length])
    length = max(one.length or 0 for one in now)
    if length < usual * _HALF:
        since = _since(tonight, past, lambda one: (one.length or 0) < usual * _HALF)
        yield Drift(
            f"texts of {length:,} characters, the middle one of {count} articles; {usual:,.0f} before", since
        )


def _blocks(tonight: Measures, past: Sequence[Measures]) -> Iterator[Drift]:
    now, before = _parted(tonight, past, _answers)
    count, known = sum(map(_answers, now)), sum(map(_answers, before))
    if count < ENOUGH or known < KNOWN:
        return
    share, usual = sum(one.blocked for one in now) / count, sum(one.blocked for one in before) / known
    most = max(_BLOCKED, usual / _HALF)
    if min(share, _blocked_share(tonight)) > most and share - usual > _noise(usual, count):
        since = _since(tonight, past, lambda one: _blocked_share(one) > most, _answers)
        yield Drift(f"{share:.0%} of {count} answers were blocks, {usual:.0%} before", since, blocked=True)


def _answers(one: Measures) -> int:
    return one.answers


def _articles(one: Measures) -> int:
    return one.articles


def _blocked_share(one: Measures) -> float:
    return one.blocked / one.answers if one.answers else 0.0


def _parted(
    tonight: Measures, past: Sequence[Measures], number: Callable[[Measures], int] = _articles
) -> tuple[list[Measures], list[Measures]]:
    """Tonight with as many crawls before it as make enough articles (or what else is counted), and the green ones before
    those.
    """
    now, place = [tonight], 0
    while place < len(past) and sum(map(number, now)) < ENOUGH:
        if tonight.started_at - past[place].started_at > _POOL:
            break
        now.append(past[place])
        place += 1
    return now, [one for one in past[place:] if one.state == "green" and number(one)]


def _lacks(one: Measures, field: str, least: float) -> bool:
    return one.fields.get(field, 0.0) < least


def _since(
    tonight: Measures,
    past: Sequence[Measures],
    is_bad: Callable[[Measures], bool],
    number: Callable[[Measures], int] = _articles,
) -> datetime:
    """When the crawl began from which on all were bad that read articles (or what else is counted)."""
    run = takewhile(is_bad, filter(number, past))
    return min([tonight.started_at, *(one.started_at for one in run)])


def _share(crawls: Sequence[Measures], field: str) -> float:
    """Share of all articles of these crawls that have a field."""
    return sum(one.fields.get(field, 0.0) * one.articles for one in crawls) / sum(
        one.articles for one in crawls
    )
