"""Lines of the text that are nothing but byline or time, which are told as fields, and what a paper says of the author
under the text: they are no body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsspider.split.bywords import Vocabulary
from newsspider.split.dates import find_dates, tidy

_AT_ENDS = 3  # paragraphs at the beginning and at the end where such lines stand
_LONGEST = 160  # characters of one
_NOTE = 400  # characters of what a paper says of an author
_SOON = 80  # characters behind the name in which it says what the author's work is
_WORD = re.compile(r"[^\W\d_]+")
# Behind a name in a note on its bearer; any other word tells what somebody did to another of the same work.
_IS = re.compile(
    "is|was|has|works?|worked|writes?|wrote|covers?|covered|reports|serves?|served|ist|war|arbeitet|arbeitete|schreibt|schrieb|berichtet"
    "|leitet|est|était|travaille|écrit|couvre|es|fue|trabaja|escribe|é|foi|trabalha|escreve|è|lavora|scrive|werkt|schrijft|werkte"
    "|är|var|arbetar|skriver|er|jobber|arbejder|on|työskentelee|kirjoittaa|jest|pracuje|pisze|je|píše|radi|piše|dolgozik|este|scrie"
    "|lucrează|работает|пишет|працює|пише|работи|είναι|εργάζεται|γράφει|adalah|bekerja|menulis|là|yra|dirba|strādā|töötab"
)
_WORDS = 2
_REST = 14  # letters beside names and times: "By", "Updated", a zone


def without_credits(told: Sequence[tuple[int, str]], authors: Sequence[str]) -> list[tuple[int, str]]:
    """The paragraphs (number and text) without those near the ends that only name these authors or a time, and those at
    the end that say who they are. A text that would be empty stays as it is.
    """
    kept = [
        (number, text)
        for place, (number, text) in enumerate(told)
        if min(place, len(told) - 1 - place) >= _AT_ENDS
        or not (
            _is_credit(text, authors) or (place and len(told) - place <= _AT_ENDS and _is_note(text, authors))
        )
    ]
    return kept or list(told)


def _is_credit(text: str, authors: Sequence[str]) -> bool:
    if len(text) > _LONGEST:
        return False
    rest = whole = tidy(text)
    for author in authors:
        rest = re.sub(re.escape(author), " ", rest, flags=re.IGNORECASE)
    named = rest != whole
    dates = list(find_dates(rest))
    for found in reversed(dates):
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    if text[-1] in ".!?…" and len(_WORD.findall(rest)) > _WORDS:
        return False  # a sentence about them
    return (named or bool(dates)) and sum(map(str.isalpha, rest)) <= _REST


def _is_note(text: str, authors: Sequence[str]) -> bool:
    """Whether a text begins with an author's name and soon says what that author's work is."""
    name = next((name for name in authors if len(text) <= _NOTE and text.startswith(name)), None)
    if name is None:
        return False
    words = _WORD.findall(text[len(name) : len(name) + _SOON].casefold())
    marked = not text[len(name) :].lstrip()[:1].isalpha()
    stated = marked or any(_jobs().has(word) or _IS.fullmatch(word) for word in words[:1])
    return stated and any(map(_jobs().has, words))


@lru_cache(maxsize=1)
def _jobs() -> Vocabulary:
    return Vocabulary("job")
