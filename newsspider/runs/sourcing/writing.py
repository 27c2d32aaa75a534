"""The source file of a new site: what a crawl can't find by itself, each line with its reason beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from newsspider.addresses import canonical, same_site
from newsspider.records import Role
from newsspider.runs.sourcing.advice import KINDS
from newsspider.runs.sourcing.look import Look, Way
from newsspider.runs.sourcing.shapes import part_of, propose
from newsspider.runs.sourcing.zones import offsets_of, zone_of
from newsspider.source import Fetch

_CODE = 44  # characters of a line from which its reason stands above it
_AGREE = 0.8  # share of the articles whose language is the site's
_SURE = 3  # articles that must have been read to say so
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def quoted(text: str) -> str:
    """A text as a TOML string: literal where that needs no escapes, as patterns read best (TOML 1.0, "String")."""
    text = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no character
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if character.isprintable():
        return character
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def source_file(look: Look, day: date) -> str:
    """The text of the file."""
    blocks = [[f"# Written by newsspider sources new on {day}, and yours to change."]]
    blocks += [list(_site(look)), list(_discover(look)), list(_fetch(look))]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _line(code: str, why: str) -> str:
    """A line and its reason, which may quote a page."""
    comment = _comment(f"# {why}")
    return f"{code:<{_CODE}}  {comment}" if len(code) <= _CODE else f"{comment}\n{code}"


def _comment(text: str) -> str:
    """On one line, whatever it quotes."""
    return "".join(c if c.isprintable() else " " for c in text)


# ---- the site ----------------------------------------------------------------------------------------------
def _site(look: Look) -> Iterator[str]:
    home = look.home
    if home.name:
        yield _line(f"name = {quoted(home.name[:100])}", "as its home page says")
    moved = canonical(home.url) != canonical(look.asked)
    yield _line(f"home = {quoted(home.url)}", f"{look.asked} leads there" if moved else "the home page")
    yield from _language(look)
    yield from _zone(look)


def _language(look: Look) -> Iterator[str]:
    found = Counter(t.article.language for t in look.tries if t.article and t.article.language)
    if not found:
        return
    (most, times), of = found.most_common(1)[0], sum(found.values())
    markup = (look.home.language or "").partition("-")[0].lower()
    agreed = times >= _AGREE * of and (times >= _SURE or most == markup)
    if agreed and _LANGUAGE.fullmatch(most):
        yield _line(f"language = {quoted(most)}", f"{times} of {of} articles that were tried are in it")
    else:
        said = ", ".join(f"{language} {count}" for language, count in found.most_common())
        yield _comment(f"# language: not set, for the articles that were tried are in: {said}")


def _zone(look: Look) -> Iterator[str]:
    """Never a zone itself: an offset has many, and a site's country need not be its domain's."""
    times = [t.article.published for t in look.tries if t.article and t.article.published]
    times = [time for time in times if "T" in time]
    if not times:
        return
    said = ", ".join(offsets_of(times))
    yield _comment(
        f"# Times on pages: {said}. Which zone that is, you know: days begin by it, times without one are read in it."
    )
    yield f"# timezone = {quoted(zone_of(look.home.url, times) or '..')}"


# ---- where articles are found ------------------------------------------------------------------------------
def _discover(look: Look) -> Iterator[str]:
    lines = [*_lists(look), *_pattern(look)]
    if any(not part.startswith("#") for line in lines for part in line.splitlines()):
        yield "[discover]"
    yield from lines
    yield from _by_itself(look)


def _by_itself(look: Look) -> Iterator[str]:
    """What was found and needs no line."""
    found = [way for way in look.ways if (way.articles or way.indexed) and not _needs_line(way, look)]
    listed = [way for way in found if way.origin != "index" and way.role is not Role.SECTION]
    sections = sum(one.role is Role.SECTION for one in look.home.found)
    if not found:
        return
    yield "# A crawl finds these by itself, so that they need no line:"
    for way in listed:
        yield _comment(f"#   {KINDS[way.role]} {way.url} ({_articles(way)})")
    if look.home.found:
        articles = len(look.home.found) - sections
        yield f"#   the links of the home page ({articles} articles, {sections} sections)"


def _articles(way: Way) -> str:
    if not way.articles:
        return f"names {way.indexed} sitemaps"
    newest = f", the newest of {way.newest:%Y-%m-%d}" if way.newest else ""
    return f"{len(way.articles):,} articles{newest}"


def _needs_line(way: Way, look: Look) -> bool:
    """Whether a crawl would not come across it: nothing names it, or what does is not believed (a feed elsewhere)."""
    if way.origin == "usual":
        return True
    return way.role is Role.FEED and way.origin == "home" and not same_site(way.url, look.home.url)


def _lists(look: Look) -> Iterator[str]:
    """Lists that are given replace those that a crawl would find, so that they hold all that are of use."""
    for role, key, named in (
        (Role.FEED, "feeds", "the home page names none that works"),
        (Role.SITEMAP, "sitemaps", "robots.txt names none that works"),
    ):
        roots = [way for way in look.ways if way.role is role and way.origin != "index"]
        good = [way for way in roots if way.articles or way.indexed]
        if not any(_needs_line(way, look) for way in good):
            continue
        usual = all(way.origin == "usual" for way in good)
        why = named if usual else "some of those that the home page names are at another site"
        yield from _list(
            key, [way.url for way in good], f"{why}; found at {'its usual address' if usual else 'them'}"
        )


def _list(key: str, urls: Sequence[str], why: str) -> Iterable[str]:
    if len(urls) == 1:
        return [_line(f"{key} = [{quoted(urls[0])}]", why)]
    return [f"# {why}", f"{key} = [", *(f"  {quoted(url)}," for url in urls), "]"]


def _pattern(look: Look) -> Iterator[str]:
    proposal = propose(look)
    if proposal is None:
        if part := part_of(look):
            yield "# Feeds and sitemaps name articles outside of this part of the site. To leave them out take the # away:"
            yield _comment(f"# articles = {quoted(part)}")
        return
    code = f"articles = {quoted(proposal.pattern)}"
    seen = (
        f"{proposal.fits} of the {proposal.known} addresses that feeds and news sitemaps name are like this"
    )
    if proposal.certain:
        yield _line(
            code, f"{seen}, but do not look like articles otherwise; what this does not fit is no article"
        )
    else:
        yield f"# {seen}. If all articles are, take the # away:"
        yield _comment(f"# {code}")


# ---- how it is asked ---------------------------------------------------------------------------------------
def _fetch(look: Look) -> Iterator[str]:
    delay = look.source.fetch.delay
    if delay == Fetch().delay and not look.home.private:
        return
    yield "[fetch]"
    if delay != Fetch().delay:
        yield _line(f"delay = {delay:g}", "seconds between requests, as --delay said")
    if look.home.private:
        yield _line("allow_private = true", "the site is on this machine or in its network")
