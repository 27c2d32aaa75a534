"""The forms that datelines take at the head of a paragraph: what stands before a mark, an agency first in
brackets, a site's address first, none of these with all parts known.

East Asian ones are in ``brackets.py``; whether what was found is a dateline, ``evidence.py`` decides.

"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from newsspider.records import Dateline
from newsspider.split.agencies import is_agency, looks_like_agency
from newsspider.split.brackets import bracketed, dispatch
from newsspider.split.dates import month_of
from newsspider.split.evidence import Witness, holds
from newsspider.split.filed import BRACKETS, Filed, read_filed
from newsspider.split.labels import is_label
from newsspider.split.places import begins_small, first_of, is_caseless, is_city, is_unspaced

LONGEST = 110  # characters of a dateline
LEADING = " .,;:–—-|/।։።"
_LOOK = 220  # characters of a paragraph that are looked at
_MARKS = 5  # that are looked at
_WORDS = 12  # in which an agency's name may end a dateline without a mark
_SHORT = 16  # characters of a place's name that stands in brackets

_MARK = re.compile(
    r"(?P<dash>\s*[–—―]+-?\s*|\s+-{1,2}\s+|(?<=[)\]/»］])\s*\.?\s*[–—-]{1,2}\s*|\s*--\s*|(?<=\.)-\s*"
    r"|(?<=[^\W\d])-\s+)"
    r"|(?P<colon>\s*(?<!\d)[:：៖፦]\s*|\s*[:：៖፦]\s+|\s*।\s*)"
    r"|(?P<bar>\s+\|\s+)|(?P<slash>\s*/\s+(?![–—-]))|(?P<stop>[.։።]\s+(?=[\"“„«]?[^\W\d_]))"
)
_MARK_CHARACTER = re.compile(r"[–—―:：៖፦।|/.։።-]")
_AGENCY_FIRST = re.compile(r"[(（]\s*([^\W\d_][\w.&'’ /-]{1,30}?)\s*[)）]\s*(?:([–—―:-]+)\s*)?(?=\S)")
_SITE_FIRST = re.compile(r"[\w-]{2,30}\.\w{2,10}(?:\.\w{2,4})?,\s+(?=[^\W\d_])")
_WITHOUT_MARK = re.compile(
    r"[^()（）/]{2,40}?\s*(?:[(（][^()（）]{2,60}[)）]|/[^/\s]{2,30}/)\s*;?\s*(?=[\"“„«]?[^\W\d_])"
)
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.){2,}$|,\s[A-Z][a-z]{1,5}\.$|\d\s?[^\W\d_]\.$|[ก-ฮ]\S?\.[ก-ฮ]\.$")
# States and provinces as the Associated Press shortens them in datelines; some are cities elsewhere, too.
_STATES = frozenset(
    (
        "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn"
        " Va Vt Wash Wis Wyo Alta Man Ont Que Sask"
    ).split()
)
_SAINT = re.compile(r"(?:^|[\s,])(?:St|Ste|Sta|Sto|Mt|Ft|Pt)$", re.IGNORECASE)  # their stop ends no sentence
# What goes on behind a mark: the agency, before a mark of its own.
_BEHIND = re.compile(
    r"(«[^«»]{2,24}»|[^\s.,:|/«–—][^.,:|/«–—]{1,24}?)(?:, [^.,:]{3,40})?"
    r"(\s*[.։:：](?=\s)|\s*[|–—]\s|\s*/\s?(?=\S)|\s-{1,2}\s|-\s)"
)


def split_opening(
    text: str, witness: Witness, first: bool, colons: bool = True
) -> tuple[Dateline, str] | None:
    """The dateline at the head of a paragraph and the rest of it, or None.

    ``first``: the text opens the report, so that looser forms count. ``colons``: whether what stands before a
    colon can be one.
    """
    head = text[:_LOOK]
    found = (
        bracketed(head)
        or dispatch(head)
        or _agency_first(head, witness)
        or _before_mark(head, witness, first, colons)
        or _without_mark(head)
        or _site_first(head)
        or _agency_last(head)
    )
    if found is None:
        return None
    rest = text[found[1] :].lstrip(LEADING)
    return (found[0], rest) if len(rest) > 1 else None


# ---- an agency first, or no mark -----------------------------------------------------------------
def _agency_first(head: str, witness: Witness) -> tuple[Dateline, int] | None:
    """``(CNN)President ..``; ``(ANSA) - ROMA, 12 NOV - ..``."""
    match = _AGENCY_FIRST.match(head)
    if not match or not looks_like_agency(match[1]) or is_label(match[1]) or is_city(match[1]):
        return None
    behind = _before_mark(head[match.end() :], witness, True, False)
    if behind and behind[0].place and not behind[0].agency:
        end = match.end() + behind[1]
        text = head[: match.end() + len(behind[0].text)]
        return replace(behind[0], text=text, agency=match[1]), end
    return Dateline(head[: match.end(1) + 1], agency=match[1]), match.end()


def _without_mark(head: str) -> tuple[Dateline, int] | None:
    """``Hong Kong (CNN Business) A muddled ..``: no mark follows, so both must be known."""
    match = _WITHOUT_MARK.match(head)
    text = match.group().rstrip(" ;") if match else ""
    filed = read_filed(text) if match else None
    if not match or not filed or not filed.place or not filed.agency or not is_city(first_of(filed.place)):
        return None
    if not (looks_like_agency(filed.agency) or filed.dated) or begins_small(head[match.end() :]):
        return None
    return Dateline(text, filed.place, filed.date, filed.agency), match.end()


def _site_first(head: str) -> tuple[Dateline, int] | None:
    """``site.example, Jakarta The ..``: the longest run of words that is a city."""
    match = _SITE_FIRST.match(head)
    if not match:
        return None
    ends = [space.start() for space in re.finditer(r"\s", head[match.end() : match.end() + 60])][:3]
    for end in reversed(ends):
        place, rest = head[match.end() : match.end() + end], head[match.end() + end :].lstrip()
        if is_city(place) and rest and not begins_small(rest):
            text = head[: match.end() + end]
            return Dateline(text, place, agency=match.group().rstrip(", ")), len(text)
    return None


def _agency_last(head: str) -> tuple[Dateline, int] | None:
    """``Bakı, 3 mart, AZƏRTAC ..``, ``دمشق-سانا ..``: an agency's name ends it, and place, date and agency are
    known.
    """
    start = 0
    for space in islice(re.finditer(r"\s+", head[:LONGEST]), _WORDS):
        text = head[: space.start()]
        word, start = text[start:].rpartition("-")[2], space.end()
        if not is_agency(word) or begins_small(head[space.end() :]):
            continue
        filed = read_filed(text)
        if not filed or not filed.place or not filed.agency or not is_city(first_of(filed.place)):
            continue
        if filed.dated or text.endswith(f"-{filed.agency}"):
            return Dateline(text, filed.place, filed.date, filed.agency), space.end()
    return None


# ---- before a mark -------------------------------------------------------------------------------
def _before_mark(head: str, witness: Witness, first: bool, colons: bool) -> tuple[Dateline, int] | None:
    """What stands before a mark, if it reads as a dateline; a later mark wins where only a date or an agency
    stands between.
    """
    best: tuple[Dateline, int] | None = None
    weak: tuple[Dateline, int] | None = None
    for match in _marks(head):
        kind = match.lastgroup or ""
        if kind == "colon" and not colons:
            continue
        text = ended(head[: match.start()])
        filed = _placed(read_filed(text), text, witness) if len(text) > 1 else None
        if filed is None or not holds(filed, kind, match.group(), text, head[match.end() :], witness, first):
            continue
        found = Dateline(text, filed.place, filed.date, filed.agency), match.end()
        if kind in ("dash", "colon"):
            if best is None or _says_more(found[0], best[0], kind):
                best = found
        elif weak is None:
            weak = found
    chosen = best or weak
    return _with_agency_behind(head, *chosen) if chosen else None


def _marks(head: str) -> Iterator[re.Match[str]]:
    """The first marks of a head that don't stand inside brackets."""
    inside = [match.span() for match in BRACKETS.finditer(head[:LONGEST])]
    for count, match in enumerate(_every_mark(head)):
        if match.start() > LONGEST or count >= _MARKS:
            break
        at = match.start() + len(match.group()) - len(match.group().lstrip())
        if not any(start < at < end for start, end in inside) and not _SAINT.search(head[: match.start()]):
            yield match


def _every_mark(head: str) -> Iterator[re.Match[str]]:
    """All marks, one behind the other: they are tried where one of their characters stands, or the blanks before it."""
    end = 0
    for char in _MARK_CHARACTER.finditer(head):
        start = len(head[: char.start()].rstrip())
        for at in range(max(start, end), char.end()):
            if match := _MARK.match(head, at):
                yield match
                end = match.end()
                break


def _with_agency_behind(head: str, found: Dateline, end: int) -> tuple[Dateline, int]:
    """``КИЇВ. 3 березня. УНН. ..``, ``Kampala | AFP | ..``: a dateline goes on with its agency, where that
    stands between two marks: a known one, or one in quotation marks, between two bars, between two slashes.
    """
    behind = None if found.agency or not found.place else _BEHIND.match(head, end)
    if not behind:
        return found, end
    name, mark, before = behind[1].strip(), behind[2].strip(), head[:end].rstrip()[-1:]
    paired = mark in ("|", "/") and before == mark and len(name.split()) < 4 and not name.islower()
    wire = found.date and name.isupper() and len(name) > 2 and mark in ".։"
    quoted = (
        name[0] == "«"
        and mark in ":："
        and len(name.split()) < 3
        and name[1:].strip() == name[1:].strip().title()
    )
    if not (is_agency(name) or paired or wire or quoted):
        return found, end
    stop = behind.end() if mark == "/" else behind.end(1)
    return replace(found, text=head[:stop].rstrip(), agency=name.strip("«» ")), behind.end()


def _placed(filed: Filed | None, head: str, witness: Witness) -> Filed | None:
    """What stands alone can be place or agency: a place in brackets, as Khmer papers write it; three letters
    that are no place.
    """
    if filed is None:
        return None
    name = filed.agency or ""
    if not filed.place and name and head[:1] in "(（" and (is_caseless(name) or is_city(name)):
        if is_agency(name):
            return filed
        short = is_unspaced(name) and len(name) <= _SHORT and " " not in name and not is_label(name)
        known = is_city(name) or witness.knows(name) or short
        return replace(filed, place=name, agency=None) if known else None
    place = filed.place
    if (
        place
        and place.isupper()
        and len(place) < 5
        and not filed.agency
        and not is_city(place)
        and not witness.knows(place)
    ) or (place and not filed.agency and is_agency(place) and not is_city(place)):
        return replace(filed, place=None, agency=place)
    return filed


def ended(head: str) -> str:
    """A head without what separates it; the stop of an abbreviation belongs to it."""
    head = head.strip().rstrip(" ,;")
    if not head.endswith("."):
        return head
    word = re.split(r"[\s.,]", head[:-1])[-1]
    if _ABBREVIATED.search(head) and (word in _STATES or not is_city(word)):
        return head
    return head if len(word) < 5 and word.isalpha() and month_of(word) else head.rstrip(".")


def _says_more(later: Dateline, earlier: Dateline, kind: str) -> bool:
    """Whether a later mark ends the same dateline, with the date or the agency between."""
    adds_agency = kind == "dash" and later.agency and not earlier.agency
    return later.place == earlier.place and bool(adds_agency or (later.date and not earlier.date))
