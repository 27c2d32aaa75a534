"""The dateline: the line at the head of a report that says where, when and by which agency it was filed.

Forms, from strict to loose: a place in capitals before a dash; a place with a date or an agency; an agency
alone in brackets; the bracket forms of East Asian papers; a place in capitals before a colon; a place before
a dash, a colon, a stop. (Associated Press style is a place in capitals and a dash; other houses vary.) A
loose form holds only where the name is known to be a city's or the page names it as a place.

"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from newsspider.records import Dateline
from newsspider.split.agencies import is_agency
from newsspider.split.brackets import bracketed, dispatch
from newsspider.split.evidence import UNLIKE, Witness
from newsspider.split.filed import CLOCK, Filed, in_capitals, read_filed, with_year_of
from newsspider.split.labels import is_label
from newsspider.split.openings import LEADING, LONGEST, ended, split_opening
from newsspider.split.places import first_of, is_caseless, is_city
from newsspider.split.table import APART, Page
from newsspider.split.text import weight

_PLACE_WORDS = 6  # of a place with its region, where it stands alone
_SENTENCE = 60  # characters of a text that is more than a label
_PARAGRAPHS = 3  # in which a dateline is looked for: a caption or a subheading may stand before it

_INSIDE = 4  # elements of a block that are looked at for one that is called a place
_MARKED = re.compile(  # as systems call it, in the languages of the larger ones
    r"(?<![a-z])(?:date-?line|location|place|city|lieu|ville|luogo|lugar|localidad|ciudad|cidade|ort|ortsmarke|stadt|plaats"
    r"|miejsce|mesto|miasto|lokasi|kota|dia-?diem)(?:[-_](?:stamp|name|tag|label|text))?(?![a-z])"
)
_BYLINE = re.compile(r"[가-힣]{2,4} ?(?:기자|특파원)")
_PLACE_AND_PAPER = re.compile(r"([^«»:：–—-]{2,40}?)\s*[:：–—-]\s*«([^«»]{2,30})»")
_SPEAKER = re.compile(r"[^\W\d][^:：]{1,40}[:：]\s")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: the dateline, body and summary without it, where it came from (a word of
    ``provenance``), and ``year``: "published" where its year was taken from there. ``before``: the position
    of the text before the body that was the dateline, if it stood there."""

    dateline: Dateline
    body: tuple[str, ...]
    summary: str | None = None
    source: str = "text"
    year: str | None = None
    before: int | None = None


def find_dateline(
    body: Sequence[str],
    *,
    summary: str | None = None,
    before: Sequence[str] = (),
    stated: str | None = None,
    marked: Sequence[str] = (),
    published: str | None = None,
    headline: str | None = None,
    names: Sequence[str] = (),
) -> Reading | None:
    """The dateline of an article, or None; the body then starts clean already.

    ``summary``: the standfirst, where some papers print it. ``before``: texts of the blocks between headline
    and body, nearest last, one of which may be the dateline and nothing else. ``stated``: schema.org's
    ``dateline``. ``marked``: texts of elements at the head of body or standfirst that are called places
    (``marked_place``). ``published``: ISO 8601, for the year that most datelines leave out. ``headline``, ``names``
    (keywords, section, content location): they bear out a place.

    """
    witness = Witness(
        "\n".join([headline or "", summary or "", *body])[:20_000], frozenset(name for name in names if name)
    )
    found = (
        _stated(stated, body, summary)
        or _in_body(body, summary, witness)
        or _in_summary(body, summary, witness)
        or _marked(marked, body, summary)
        or _before_body(body, summary, before, witness)
    )
    if found is None:
        return None
    dateline, year = with_year(found.dateline, published)
    return replace(found, dateline=dateline, year=year)


def split_dateline(
    text: str, published: str | None = None, witness: Witness | None = None, *, first: bool = True
) -> tuple[Dateline, str, str] | None:
    """The dateline at the head of a paragraph, the rest of it, and where its year came from (``text`` or
    ``published``).

    None where there is none. ``first``: the text opens the report, so that looser forms count.
    """
    found = split_opening(text, witness or Witness(text), first)
    if found is None:
        return None
    dateline, year = with_year(found[0], published)
    return dateline, found[1], year or "text"


def with_year(dateline: Dateline, published: str | None) -> tuple[Dateline, str | None]:
    """A date without a year gets that of the day of publication, or the one before."""
    if not dateline.date or not dateline.date.startswith("--") or not published:
        return dateline, None
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return dateline, None
    return replace(dateline, date=with_year_of(dateline.date, day)), "published"


# ---- where it stands -----------------------------------------------------------------------------
def _stated(stated: str | None, body: Sequence[str], summary: str | None) -> Reading | None:
    """What the page's own data calls the dateline, where the report begins with it; a place that is printed
    nowhere is no line of the report.
    """
    stated = (stated or "").strip(LEADING)
    if (
        not 2 <= len(stated) <= LONGEST
        or not body
        or not body[0].startswith(stated)
        or body[0][len(stated) : len(stated) + 1].isalnum()
    ):
        return None
    rest = body[0][len(stated) :].lstrip(LEADING)
    filed = read_filed(stated) or Filed()
    return (
        Reading(
            Dateline(stated, filed.place, filed.date, filed.agency),
            (rest, *body[1:]),
            summary,
            source="json-ld",
        )
        if rest
        else None
    )


_CLOSES = ":：|–—.)"
_PARTED = re.compile(r"\s*[:：|–—(]|\s*-\s")


def marked_place(page: Page, number: int) -> str | None:
    """The text of the element at the head of a block that its class calls a place or a dateline, and behind which a mark
    or a new sentence begins: a place in the midst of its sentence is part of that. None where none is.
    """
    block = page.blocks[number]
    for node in page.nodes[block.node + 1 : block.node + 1 + _INSIDE]:
        if node.block != number or node.number > page.nodes[block.node].end:
            break
        text = page.text_of(node.number)
        if _MARKED.search(node.classes) and 1 < len(text) < len(block.text) and block.text.startswith(text):
            behind = "".join(page.pieces[node.last : node.last + 3])
            begins = behind.startswith(APART) or (behind[:1].isalpha() and not behind[:1].islower())
            whole = text[-1] in _CLOSES or any(map(str.isdigit, text))  # with its own mark, or a day
            return text if whole or begins or _PARTED.match(behind) else None
    return None


def _marked(marked: Sequence[str], body: Sequence[str], summary: str | None) -> Reading | None:
    """What the page's markup calls a place, where standfirst or body begin with it, whatever separates them."""
    for text in marked:
        head = ended(text.strip(" :|–—-"))
        filed = read_filed(head) if len(head) <= _SENTENCE and not UNLIKE.search(head) else None
        if filed is None or not filed.place or is_label(filed.place):
            continue
        dateline = Dateline(head, filed.place, filed.date, filed.agency)
        if summary and summary.startswith(text) and (rest := summary[len(text) :].lstrip(LEADING)):
            return Reading(dateline, tuple(body), rest)
        if body and body[0].startswith(text) and (rest := body[0][len(text) :].lstrip(LEADING)):
            return Reading(dateline, (rest, *body[1:]), summary)
    return None


def _in_body(body: Sequence[str], summary: str | None, witness: Witness) -> Reading | None:
    talk = (
        sum(bool(_SPEAKER.match(text)) for text in body[1:9]) > 1
    )  # an interview: names before colons are speakers'
    for i, text in enumerate(body[:_PARAGRAPHS]):
        alone = _alone(text, first=i == 0) if i + 1 < len(body) else None
        found = split_opening(text, witness, first=i == 0, colons=not talk)
        # A mark behind a day or an agency ends the dateline: what follows is the report, however short.
        ended = found and (found[0].date or found[0].agency) and not _BYLINE.fullmatch(found[1])
        if alone and not ended:
            return Reading(alone, (*body[:i], *body[i + 1 :]), summary)
        if i == 0 and (city := _city_alone(body)):
            return Reading(city, tuple(body[1:]), summary)
        if found:
            return Reading(found[0], (*body[:i], found[1], *body[i + 1 :]), summary)
    return None


def _in_summary(body: Sequence[str], summary: str | None, witness: Witness) -> Reading | None:
    found = split_opening(summary, witness, first=True, colons=False) if summary else None
    return Reading(found[0], tuple(body), found[1]) if found else None


def _before_body(
    body: Sequence[str], summary: str | None, before: Sequence[str], witness: Witness
) -> Reading | None:
    """In a block of its own, or at the head of a paragraph that was taken neither for the standfirst nor for
    the body.
    """
    for i in range(len(before) - 1, -1, -1):
        dateline = _alone(before[i])
        if dateline is None and len(before[i]) > _SENTENCE:
            found = split_opening(before[i], witness, first=True, colons=False)
            whole = (
                found and len(found[1]) >= _SENTENCE and found[0].place and is_city(first_of(found[0].place))
            )
            dateline = found[0] if found and whole else None
        if dateline:
            return Reading(dateline, tuple(body), summary, before=i)
    return None


def _alone(text: str, first: bool = False) -> Dateline | None:
    """A text that is a dateline and nothing else: a city with a day or an agency, or with a mark behind it; at the
    head of the report also an unknown place in capitals with a day. With a time it is a stamp of the page.
    """
    if not 4 <= len(text) <= LONGEST or CLOCK.search(text):
        return None
    east = bracketed(text) or dispatch(text)
    if east:
        return east[0] if not _BYLINE.sub("", text[east[1] :].strip(LEADING)) else None
    head = text.rstrip(LEADING)
    paper = _PLACE_AND_PAPER.fullmatch(head)
    if paper:
        return Dateline(head, paper[1], agency=paper[2]) if is_city(paper[1]) else None
    filed = read_filed(head)
    if filed is None or not filed.place or UNLIKE.search(head):
        return None
    marked = text[len(head) :].strip() in ("-", "–", "—", "--", "/")
    if not (marked or filed.dated or (filed.agency and is_agency(filed.agency))):
        return None
    words = re.split(r"[\s,/-]+", filed.place)
    if len(words) > _PLACE_WORDS or not (is_caseless(filed.place) or in_capitals(words)):
        return None  # a sentence stands behind it
    known = is_city(first_of(filed.place))
    known = known or (first and filed.dated and filed.place.isupper() and not is_label(filed.place))
    return Dateline(head, filed.place, filed.date, filed.agency) if known else None


def _city_alone(body: Sequence[str]) -> Dateline | None:
    """A city that is the first paragraph, before one of prose; in a list of cities it is a heading."""
    head = body[0].rstrip(LEADING)
    if len(body) < 2 or len(head.split()) > 3 or not is_city(head) or weight(body[1]) < _SENTENCE:
        return None
    return (
        None if any(len(text) < _SENTENCE and is_city(text) for text in body[1:40]) else Dateline(head, head)
    )
