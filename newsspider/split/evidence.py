"""Whether what stands at the head of a report is a dateline: what is known of the place and the agency, and how
the report goes on.

The looser a form, the more it needs: in capitals before a dash any name will do that is no label and no acronym
of the text; in mixed case a city that is known, or a place that the page names as one.

"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsspider.split.agencies import is_agency, is_domain, looks_like_agency
from newsspider.split.filed import Filed, in_capitals
from newsspider.split.labels import is_label
from newsspider.split.places import (
    begins_small,
    first_of,
    folded,
    is_caseless,
    is_city,
    is_named_in,
    is_region,
    is_weekday,
)

_LONGEST_PLACE = 60
_SHORT = (
    16  # characters of a name in a script without blanks that needs no list (few of their towns are in any)
)
_SOUTH_EAST = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
UNLIKE = re.compile(r"[!?;\"“”„<>@#%$€=*|]|«(?![\u0600-\u06ff])")
_ABBREVIATED = re.compile(r",\s[A-Z][a-z]{1,5}\.$|(?:[^\W\d_]\.){2,}$")
# "Arsenal 2:1", "St. Petersburg: .." behind "Moscow -": who plays, or where a line goes
_FIXTURE = re.compile(r"(?:[^\W\d]+\.? ){0,3}[^\W\d]+(?: \d{1,3} ?[:–-] ?\d{1,3}(?!\d)|: )")
# Cities whose names are also words that can stand alone; and people's or other words, which stand before a colon.
_WORDS_TOO = frozenset("nice reading mobile male split same most orange bar".split())
_NAMES_TOO = _WORDS_TOO | frozenset(
    (
        "date milan essen bath hull singen worms kiel tours nancy lens victoria santiago chelsea jordan florence charlotte sydney"
        " austin jackson madison lincoln troy savannah brooklyn dallas houston lourdes león leon salvador martin diego"
        " carmen pilar mercedes trinidad dolores ali hamza ahmad rama jose maria adam владимир роман кира киров"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Witness:
    """What the page says beside its body that can bear out a place: ``text`` (headline, body), ``names``
    (keywords, content location), folded by nobody, compared as they stand.
    """

    text: str = ""
    names: frozenset[str] = field(default_factory=frozenset)

    def knows(self, place: str) -> bool:
        """Whether the page itself names it as a place."""
        return (
            place in self.names
            or place.title() in self.names
            or is_named_in(place, self.text)
            or is_named_in(place.title(), self.text)
        )

    def uses_as_word(self, place: str) -> bool:
        """Whether the text has what stands there in capitals as a common word, as an acronym, or as its headline."""
        if self.says(place.lower()) or self.text.partition("\n")[0] == place:
            return True
        if " " in place or self.says(place.title()):
            return False
        mixed = "\n".join(line for line in self.text.split("\n") if not line.isupper())
        return len(re.findall(rf"(?<!\w){re.escape(place)}(?!\w)", mixed)) > 1

    def says(self, name: str) -> bool:
        """Whether the text has a name exactly so."""
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.text) is not None


def holds(filed: Filed, kind: str, mark: str, head: str, rest: str, witness: Witness, first: bool) -> bool:
    """Whether the evidence is enough for a dateline of this form.

    ``kind``: of the ``mark`` that ends the ``head`` (dash, colon, bar, slash, stop); ``rest``: what follows it;
    ``first``: whether the text opens the report.
    """
    if len(rest) < 2 or UNLIKE.search(head.lstrip("*")) or ": " in head:
        return False
    if not filed.place:
        return _agency_alone(filed, kind, head, rest)
    place = first_of(filed.place)
    known = is_city(place)
    if not _can_be_place(filed.place, place, known):
        return False
    if kind not in ("dash", "colon"):  # a bar, a slash, a stop: what any sentence may have
        return _holds_loosely(filed, kind, place, rest, witness, known, first)
    if is_caseless(place):
        return _holds_caseless(filed, kind, mark, place, witness, known, first)
    if not in_capitals(re.split(r"[\s,/-]+", filed.place[len(place) :] if known else filed.place)):
        return False
    if place.isupper():
        return _holds_capitals(filed, kind, place, rest, witness, known)
    return _holds_mixed(filed, kind, place, rest, witness, known, first, head)


def _can_be_place(whole: str, place: str, known: bool) -> bool:
    if len(whole) > _LONGEST_PLACE or len(whole.split()) > 7 or not any(map(str.isalpha, place)):
        return False
    return known or not (is_weekday(place) or is_label(place if place == whole else f"{place},"))


def _agency_alone(filed: Filed, kind: str, head: str, rest: str) -> bool:
    if filed.agency is None or kind != "dash" or is_label(filed.agency):
        return False
    if filed.dated:
        return is_agency(filed.agency)
    if head[:1] in "(/":
        return looks_like_agency(filed.agency)
    return not begins_small(rest) and (is_domain(filed.agency) or (is_agency(head) and len(head) > 2))


def has_agency(filed: Filed) -> bool:
    """Whether an agency stands there, and no number."""
    return filed.agency is not None and not any(char.isdigit() for char in filed.agency[:1])


def _holds_loosely(
    filed: Filed, kind: str, place: str, rest: str, witness: Witness, known: bool, first: bool
) -> bool:
    if kind == "bar" and filed.agency and (place.isupper() or (known and is_agency(filed.agency))):
        return True
    if kind == "stop" and first and filed.date and _is_capital_name(place) and not begins_small(rest):
        return True  # "KEDROVSK, 18 November. The ..": with the day the pattern is whole
    if not known or not (first or kind == "bar") or len(place.split()) > 3 or begins_small(rest):
        return False
    if rest.startswith(place):
        return False  # a call, not a place
    return filed.dated or place.isupper() or folded(place) not in _WORDS_TOO or witness.knows(place)


def _is_capital_name(place: str) -> bool:
    return place.isupper() and sum(map(str.isalpha, place)) > 2 and len(place.split()) <= 4


def _holds_caseless(
    filed: Filed, kind: str, mark: str, place: str, witness: Witness, known: bool, first: bool
) -> bool:
    if len(place.split()) > 3 or len(place) > 40:
        return False
    if known or filed.dated or has_agency(filed):
        return True
    short = len(place) <= _SHORT and _SOUTH_EAST.match(place) is not None and " " not in place
    return first and ((short and (kind == "dash" or "៖" in mark)) or witness.knows(place))


def _holds_capitals(filed: Filed, kind: str, place: str, rest: str, witness: Witness, known: bool) -> bool:
    if known or filed.dated or has_agency(filed):
        return True
    if sum(map(str.isalpha, place)) < 3 or begins_small(rest):
        return False
    if filed.place == place and witness.uses_as_word(place):
        return False
    return kind == "dash" or (len(place.split()) <= 4 and witness.knows(place))


def _holds_mixed(
    filed: Filed, kind: str, place: str, rest: str, witness: Witness, known: bool, first: bool, head: str
) -> bool:
    if filed.dated:
        listed = re.match(r"\s*[,(]", head[head.find(place) + len(place) :]) is not None
        return known or (kind == "dash" and listed and len(place.split()) <= 4) or witness.knows(place)
    if filed.agency:
        unknown = kind == "dash" and looks_like_agency(filed.agency) and not begins_small(rest)
        return known or unknown
    if len(place.split()) > 4 or begins_small(rest) or _FIXTURE.match(rest):
        return False
    if kind == "colon" and re.search(r"\s[-–—]\s", head):
        return False  # who plays whom
    if kind == "colon" and folded(place) in _NAMES_TOO and filed.place == place:
        return witness.knows(place)
    known = known or _in_state(filed.place or "")
    return known or (first and kind == "dash" and place in witness.names and witness.knows(place))


def _in_state(place: str) -> bool:
    """Whether a place is followed by a land or the abbreviation of a state: ``Dekalb, Ill.``, ``Bath, NY``."""
    region = place.rpartition(",")[2].strip()
    return "," in place and (
        is_region(region)
        or bool(_ABBREVIATED.search(f", {region}"))
        or (len(region) == 2 and region.isupper())
    )
