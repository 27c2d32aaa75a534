"""The dateline: the line at the head of a report that says where, when and by which agency it was filed.

Forms, from strict to loose: a place in capitals before a dash; a place with a date or an agency; an agency
alone in brackets; the bracket forms of East Asian papers; a place in capitals before a colon; a place before
a dash, a colon, a stop. (Associated Press style is a place in capitals and a dash; other houses vary.) A
loose form holds only where the name is known to be a city's or the page names it as a place.

"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from newsspider.records import Dateline
from newsspider.split.brackets import bracketed, dispatch
from newsspider.split.dates import month_of
from newsspider.split.filed import CLOCK, Filed, in_capitals, looks_like_agency, read_filed, with_year_of
from newsspider.split.places import is_city, is_named_in, is_region, is_unspaced, is_weekday

_PLACE_WORDS = 6  # of a place with its region, where it stands alone
LONGEST = 110  # characters of a dateline
_LOOK = 220  # characters of a paragraph that are looked at
_SHORT = (
    16  # characters of a name in a script without blanks that needs no list (few of their towns are in any)
)
_SENTENCE = 60  # characters of a text that is more than a label
_PARAGRAPHS = 3  # in which a dateline is looked for: a caption or a subheading may stand before it

_MARK = re.compile(
    r"(?P<dash>\s*[–—―]+-?\s*|\s+-{1,2}\s+|(?<=[)\]/»])\s*\.?\s*[–—-]{1,2}\s*|\s*--\s*|(?<=\.)-\s*"
    r"|(?<=[^\W\d])-\s+)"
    r"|(?P<colon>\s*(?<!\d)[:：៖]\s*|\s*[:：៖]\s+|\s*।\s*)"
    r"|(?P<bar>\s+\|\s+)|(?P<slash>\s*/\s+(?![–—-]))|(?P<stop>\.\s+(?=[\"“„«]?[^\W\d_]))"
)
_AGENCY_FIRST = re.compile(r"[(（]\s*([^\W\d_][\w.&'’ /-]{1,30}?)\s*[)）]\s*(?:[–—―:-]+\s*)?(?=\S)")
_WITHOUT_MARK = re.compile(r"[^()（）]{2,40}?\s*[(（][^()（）]{2,60}[)）]\s*(?=[\"“„«]?[^\W\d_])")
_UNLIKE = re.compile(r"[!?;\"“”„<>@#%$€=*|]|«(?![\u0600-\u06ff])")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.){2,}$|,\s[A-Z][a-z]{1,5}\.$")
_SPEAKER = re.compile(r"[^\W\d][^:：]{1,40}[:：]\s")
_LEADING = " .,;:–—-|/។"
# Heads of lines that are no report: labels, and how a time of publication begins. A few for each of the
# languages that print most of them.
_NO_PLACE = re.compile(
    r"(?:(?:last )?updated?|live|breaking(?: news)?|watch|exclusive|opinion|analysis|comment|editorial"
    r"|video|photos?|foto|fotos|image|bild|note|editor'?s? note|news|q|a|faq|tl;?dr"
    r"|summary|key points?|warning|spoiler(?: alert)?|correction|report|source|interview|review|poll|letter"
    r"|dear .*|read|also read|by .*|von .*|par .*|por .*|published.*|posted.*"
    r"|first|second|the .*|this|that|there|it|he|she|we|you|i|today|yesterday|heute|gestern|hoy|hier"
    r"|aujourd'hui|oggi|stand|aktualisiert.*|veröffentlicht.*|anzeige|werbung"
    r"|kommentar|meinung|analyse|publié.*|mis à jour.*|exclusif|vidéo|publicado.*|actualizado.*"
    r"|atualizado.*|exclusivo|opinión|opinião|análisis|análise|pubblicato.*|aggiornato.*"
    r"|diperbarui|dipublikasikan|дата|обновлено.*|опубликовано.*|видео|фото|молния|срочно|عاجل|فيديو|متابعة"
    r"|كتبت?|บทความ|ด่วน|विशेष|ព័ត៌មាន|update.*|die|der|das|den|ein|eine)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Witness:
    """What the page says beside its body that can bear out a place: ``text`` (headline, body), ``names``
    (keywords, content location), folded by nobody, compared as they stand."""

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
    published: str | None = None,
    headline: str | None = None,
    names: Sequence[str] = (),
) -> Reading | None:
    """The dateline of an article, or None; the body then starts clean already.

    ``summary``: the standfirst, where some papers print it. ``before``: texts of the blocks between headline
    and body, nearest last, one of which may be the dateline and nothing else. ``stated``: schema.org's
    ``dateline``. ``published``: ISO 8601, for the year that most datelines leave out. ``headline``, ``names``
    (keywords, section, content location): they bear out a place.

    """
    witness = Witness(
        "\n".join([headline or "", summary or "", *body])[:20_000], frozenset(name for name in names if name)
    )
    found = (
        _stated(stated, body, summary)
        or _in_body(body, summary, witness)
        or _in_summary(body, summary, witness)
        or _before_body(body, summary, before, witness)
    )
    if found is None:
        return None
    dateline, year = _with_year(found.dateline, published)
    return replace(found, dateline=dateline, year=year)


def split_dateline(
    text: str, published: str | None = None, witness: Witness | None = None, *, first: bool = True
) -> tuple[Dateline, str, str] | None:
    """The dateline at the head of a paragraph, the rest of it, and where its year came from (``text`` or
    ``published``).

    None where there is none. ``first``: the text opens the report, so that looser forms count.
    """
    found = _split(text, witness or Witness(text), first)
    if found is None:
        return None
    dateline, year = _with_year(found[0], published)
    return dateline, found[1], year or "text"


def _with_year(dateline: Dateline, published: str | None) -> tuple[Dateline, str | None]:
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
    stated = (stated or "").strip(_LEADING)
    if (
        not 2 <= len(stated) <= LONGEST
        or not body
        or not body[0].startswith(stated)
        or body[0][len(stated) : len(stated) + 1].isalnum()
    ):
        return None
    rest = body[0][len(stated) :].lstrip(_LEADING)
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


def _in_body(body: Sequence[str], summary: str | None, witness: Witness) -> Reading | None:
    talk = (
        sum(bool(_SPEAKER.match(text)) for text in body[1:9]) > 1
    )  # an interview: names before colons are speakers'
    for i, text in enumerate(body[:_PARAGRAPHS]):
        alone = _alone(text) if i + 1 < len(body) else None
        found = _split(text, witness, first=i == 0, colons=not talk)
        # A mark behind a day or an agency ends the dateline: what follows is the report, however short.
        ended = found and (found[0].date or found[0].agency)
        if alone and not ended:
            return Reading(alone, (*body[:i], *body[i + 1 :]), summary)
        if found:
            return Reading(found[0], (*body[:i], found[1], *body[i + 1 :]), summary)
    return None


def _in_summary(body: Sequence[str], summary: str | None, witness: Witness) -> Reading | None:
    found = _split(summary, witness, first=True, colons=False) if summary else None
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
            found = _split(before[i], witness, first=True, colons=False)
            whole = (
                found and len(found[1]) >= _SENTENCE and found[0].place and is_city(_first(found[0].place))
            )
            dateline = found[0] if found and whole else None
        if dateline:
            return Reading(dateline, tuple(body), summary, before=i)
    return None


def _alone(text: str) -> Dateline | None:
    """A text that is a dateline and nothing else: a city with a day, or with a mark behind it. With a time it
    is a stamp of the page.
    """
    if not 4 <= len(text) <= LONGEST or CLOCK.search(text):
        return None
    head = text.rstrip(_LEADING)
    marked = text[len(head) :].strip() in ("-", "–", "—", "--", "/")
    filed = read_filed(head) if marked or any(char.isdigit() for char in head) else None
    if filed is None or not filed.place or not (marked or filed.dated) or _UNLIKE.search(head):
        return None
    words = re.split(r"[\s,/-]+", filed.place)
    if len(words) > _PLACE_WORDS or not in_capitals(words):
        return None  # a sentence stands behind it
    return Dateline(head, filed.place, filed.date, filed.agency) if is_city(_first(filed.place)) else None


# ---- the forms -----------------------------------------------------------------------------------
def _split(text: str, witness: Witness, first: bool, colons: bool = True) -> tuple[Dateline, str] | None:
    head = text[:_LOOK]
    found = (
        bracketed(head)
        or dispatch(head)
        or _agency_first(head, witness)
        or _before_mark(head, witness, first, colons)
        or _without_mark(head)
    )
    if found is None:
        return None
    rest = text[found[1] :].lstrip(_LEADING)
    return (found[0], rest) if len(rest) > 1 else None


def _agency_first(head: str, witness: Witness) -> tuple[Dateline, int] | None:
    """``(CNN)President ..``; ``(ANSA) - ROMA, 12 NOV - ..``."""
    match = _AGENCY_FIRST.match(head)
    if not match or not looks_like_agency(match[1]) or _NO_PLACE.fullmatch(match[1]):
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
    filed = read_filed(match.group().rstrip()) if match else None
    if not match or not filed or not filed.place or not filed.agency or not is_city(_first(filed.place)):
        return None
    if not (looks_like_agency(filed.agency) or filed.dated) or head[match.end() : match.end() + 1].islower():
        return None
    return Dateline(match.group().rstrip(), filed.place, filed.date, filed.agency), match.end()


def _before_mark(head: str, witness: Witness, first: bool, colons: bool) -> tuple[Dateline, int] | None:
    """What stands before a mark, if it reads as a dateline; a later mark wins where only a date or an agency
    stands between.
    """
    best: tuple[Dateline, int] | None = None
    weak: tuple[Dateline, int] | None = None
    for count, match in enumerate(_MARK.finditer(head)):
        if match.start() > LONGEST or count > 4:
            break
        kind = match.lastgroup or ""
        if kind == "colon" and not colons:
            continue
        text = _ended(head[: match.start()])
        filed = _placed(read_filed(text), text, witness) if len(text) > 1 else None
        if filed is None or not _holds(filed, kind, match.group(), text, head[match.end() :], witness, first):
            continue
        found = Dateline(text, filed.place, filed.date, filed.agency), match.end()
        if kind in ("dash", "colon"):
            if best is None or _says_more(found[0], best[0], kind):
                best = found
        elif weak is None:
            weak = found
    return best or weak


def _placed(filed: Filed | None, head: str, witness: Witness) -> Filed | None:
    """What stands alone can be place or agency: a place in brackets, as Khmer papers write it; three letters
    that are no place.
    """
    if filed is None:
        return None
    if (
        not filed.place
        and filed.agency
        and head[:1] in "(（"
        and filed.agency.lower() == filed.agency.upper()
    ):
        known = is_city(filed.agency) or witness.knows(filed.agency)
        return replace(filed, place=filed.agency, agency=None) if known else None
    place = filed.place
    if (
        place
        and place.isupper()
        and len(place) < 5
        and not filed.agency
        and not is_city(place)
        and not witness.knows(place)
    ):
        return replace(filed, place=None, agency=place)
    return filed


def _ended(head: str) -> str:
    """A head without what separates it; the stop of an abbreviation belongs to it."""
    head = head.strip().rstrip(" ,;")
    if not head.endswith(".") or _ABBREVIATED.search(head):
        return head
    word = re.split(r"[\s.,]", head[:-1])[-1]
    return head if len(word) < 5 and word.isalpha() and month_of(word) else head.rstrip(".")


def _says_more(later: Dateline, earlier: Dateline, kind: str) -> bool:
    """Whether a later mark ends the same dateline, with the date or the agency between."""
    adds_agency = kind == "dash" and later.agency and not earlier.agency
    return later.place == earlier.place and bool(adds_agency or (later.date and not earlier.date))


def _first(place: str) -> str:
    """The first of the names in a place: the city of "HARTFORD, Conn.", of "Berlin/Paris"."""
    return re.split(r"\s*[,/،]\s*|\s+[-–—]\s+", place)[0].strip()


# ---- whether it holds ----------------------------------------------------------------------------
def _holds(filed: Filed, kind: str, mark: str, head: str, rest: str, witness: Witness, first: bool) -> bool:
    """Whether the evidence is enough for a dateline of this form."""
    if len(rest) < 2 or _UNLIKE.search(head.lstrip("*")):
        return False
    if not filed.place:
        return _agency_alone(filed, kind, head)
    place = _first(filed.place)
    known = is_city(place)
    if len(filed.place) > 60 or len(filed.place.split()) > 7 or not any(map(str.isalpha, place)):
        return False
    if is_weekday(place) or (_NO_PLACE.fullmatch(place) and not known):
        return False
    if kind not in ("dash", "colon"):  # a bar, a slash, a stop: what any sentence may have
        return (known and (first or kind == "bar") and len(place.split()) <= 3 and not rest[0].islower()) or (
            kind == "bar" and place.isupper() and bool(filed.agency)
        )
    if place.lower() == place.upper():
        few = len(place.split()) <= 3 and len(place) <= 40
        alone = (
            first
            and len(place) <= _SHORT
            and is_unspaced(place)
            and " " not in place
            and (kind == "dash" or "៖" in mark)
        )
        return few and (
            known or filed.dated or _has_agency(filed) or alone or (first and witness.knows(place))
        )
    if not in_capitals(re.split(r"[\s,/-]+", filed.place[len(place) :] if known else filed.place)):
        return False
    if place.isupper():
        return _holds_capitals(filed, kind, place, rest, witness, known)
    return _holds_mixed(filed, kind, place, rest, witness, known, first, head)


def _agency_alone(filed: Filed, kind: str, head: str) -> bool:
    if filed.agency is None or filed.dated or kind != "dash" or _NO_PLACE.fullmatch(filed.agency):
        return False
    return looks_like_agency(filed.agency) and (
        head[:1] in "(/" or "." in filed.agency or len(filed.agency) == len(head) < 5
    )


def _has_agency(filed: Filed) -> bool:
    return filed.agency is not None and not any(char.isdigit() for char in filed.agency[:1])


def _holds_capitals(filed: Filed, kind: str, place: str, rest: str, witness: Witness, known: bool) -> bool:
    if known or filed.dated or _has_agency(filed):
        return True
    if sum(map(str.isalpha, place)) < 3 or rest[0].islower():
        return False
    return kind == "dash" or (len(place.split()) <= 4 and witness.knows(place))


def _holds_mixed(
    filed: Filed, kind: str, place: str, rest: str, witness: Witness, known: bool, first: bool, head: str
) -> bool:
    if filed.dated:
        listed = re.match(r"\s*[,(]", head[head.find(place) + len(place) :]) is not None
        return known or (kind == "dash" and listed and len(place.split()) <= 4) or witness.knows(place)
    if filed.agency:
        return known or (kind == "dash" and looks_like_agency(filed.agency))
    if len(place.split()) > 4 or rest[0].islower():
        return False
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
