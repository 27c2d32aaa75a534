"""The dateline: the line at the head of a report that says where, when and by which agency it was filed.

Forms, from strict to loose: a place in capitals before a dash or colon; a place with a date or an agency; an agency alone in brackets; the bracket
forms of East Asian papers; a place in mixed case before a dash; a few words of a script without case before a dash or colon. The loose ones need
more: no verb-like small words, a name that looks like a place. (Associated Press style: place in capitals, then a dash; other houses vary.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from zoneinfo import available_timezones

from newsspider.records import Dateline
from newsspider.split.dates import find_dates, month_of

LONGEST = 110  # characters of a dateline
_LOOK = 220

_DASH = re.compile(r"(?:\s*[–—―]{1,2}\s*|\s+-{1,2}\s+|(?<=[)\]])\.?\s*-{1,2}\s*|\s*--\s*|-\s+)")
_COLON = re.compile(r"\s*[:：៖।]\s*")
_BRACKETED = re.compile(r"[(\[（]\s*([^()\[\]（）]{1,45}?)\s*[)\]）]")
_EAST = re.compile(r"^(?:【([^】＝=]{1,16})(?:[＝=]([^】]{1,24}))?】|\[([^\]＝=]{1,16})[＝=]([^\]]{1,24})\]|[(（]([^()（）＝=]{1,16})[＝=]([^()（）]{1,24})[)）])\s*")
_CHINESE = re.compile(r"^((?:[\u4e00-\u9fff]{2,6}(?:社|网|網|报|報))(?:[\u4e00-\u9fff]{2,8}?)?(?:\d{1,2}月\d{1,2}日)?(?:综合)?[电電讯訊])\s*(?:[:：]\s*|\s+|(?=[^\s]))")
_AGENCY_FIRST = re.compile(r"^([(（]\s*([A-Z][\w.&'’ /-]{1,30}?)\s*[)）])\s*(?:[–—―:-]+\s*)?(?=\S)")
_AGENCY_WORD = re.compile(r"^(?:[A-Z]{2,8}\d{0,2}|.*\b(?:News|Press|Reuters|Times|Agence|Agency|Wire|Bloomberg|CNN|AFP|dpa)\b.*|[\w-]+\.(?:com|net|org|[a-z]{2}))", re.ASCII)
_DATE_NUMBERS = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{2,4})?\b")
_LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u17b4-\u17d3])+"
_WORD = re.compile(rf"{_LETTERS}(?:[.'’-]{_LETTERS})*\.?|\d+(?:st|nd|rd|th|er|º|°)?\.?")
# What stands before a date in a line: "le 3 mars", "ngày 3", "ថ្ងៃទី៣".
_BEFORE_DATE = re.compile(r"(?:^|(?<=[\s,]))(?:le|el|il|den|der|em|am|on|dne|dnia|ngày|pada|tanggal|ថ្ងៃទី|ថ្ងៃ|วันที่)\s*$", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|di|da|oleh|av|af|door|autor|text|texte|foto|photo|från|от|от редакцията|автор)\b", re.IGNORECASE)
_CLOCK = re.compile(r",?\s*\b\d{1,2}[:.]\d{2}(?:\s*(?:Uhr|h|[ap]\.?m\.?))?", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d{1,4})(?:st|nd|rd|th|er|º|°)?\.?$")
# Small words between the parts of a place's name, in languages that write them so.
_INSIDE_NAMES = frozenset("of the de la le du des da do dos das del di al el am an der bei im sur sous en van ten on upon and und y e i les los las".split())
_NO_PLACE = re.compile(
    r"^(?:updated?|live|breaking|watch|exclusive|opinion|analysis|comment|editorial|video|photos?|foto|image|bild|note|editor'?s? note|news|newsletter|q|a|faq|tl;?dr|summary|key points?|"
    r"warning|spoiler|correction|report|source|interview|review|poll|letter|dear .*|read|also read|by|von|par|por|da|di|published|posted|first|second|the|this|that|there|it|he|she|we|you|i|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|january|february|march|april|may|june|july|august|september|october|november|december)$",
    re.IGNORECASE,
)
_CASELESS = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1200-\u137f\u1780-\u17ff\ufb1d-\ufefc]")


def split_dateline(text: str, published: str | None = None) -> tuple[Dateline, str, str] | None:
    """The dateline at the head of a paragraph, the rest of it, and where its year came from (``text`` or ``published``).

    None where there is none. ``published``: ISO 8601, for the year that datelines leave out.
    """
    head = text[:_LOOK]
    found = _east(head) or _chinese(head) or _agency_alone(head) or _before_mark(head, _DASH) or _before_mark(head, _COLON) or _place_with_agency(head)
    if found is None:
        return None
    dateline, end = found
    rest = text[end:].lstrip()
    if len(rest) < 2:
        return None
    dated, source = _with_year(dateline, published)
    return dated, rest, source


def _with_year(dateline: Dateline, published: str | None) -> tuple[Dateline, str]:
    """A date without a year gets the one that brings it nearest to the day of publication."""
    if not dateline.date or not dateline.date.startswith("--") or not published:
        return dateline, "text"
    try:
        day = date.fromisoformat(published[:10])
        month, number = int(dateline.date[2:4]), int(dateline.date[5:7])
    except ValueError:
        return dateline, "text"
    # A report is filed before it is published; two days are left for time zones and for dates that run ahead.
    past = [d for d in (_day(day.year + k, month, number) for k in (1, 0, -1, -2, -3, -4)) if d and (d - day).days <= 2]
    return (replace(dateline, date=past[0].isoformat()), "published") if past else (dateline, "text")


# ---- the forms ------------------------------------------------------------------------------------------------------
Found = tuple[Dateline, int]


def _east(head: str) -> Found | None:
    """【ソウル＝name】 with a place, [agency=name] with an agency."""
    match = _EAST.match(head)
    if not match:
        return None
    text = match.group().strip()
    place, agency = match.group(1) or match.group(5), match.group(3)
    if match.group(1) and not match.group(2) and not re.search("[\u3040-\u9fff]", place or ""):
        return None
    return Dateline(text, place=place, agency=agency), match.end()


def _chinese(head: str) -> Found | None:
    """新华社北京4月24日电: agency, place, day, and the word for a dispatch."""
    match = _CHINESE.match(head)
    if not match:
        return None
    text = match.group(1)
    agency = re.match(r"[\u4e00-\u9fff]{2,6}?(?:社|网|網|报|報)", text)
    day = re.search(r"(\d{1,2})月(\d{1,2})日", text)
    if not agency or not (day or len(text) > len(agency.group()) + 1):
        return None
    place = re.sub(r"\d.*$|综合|[电電讯訊]$", "", text[agency.end() :]) or None
    return Dateline(text, place=place, date=f"--{int(day[1]):02d}-{int(day[2]):02d}" if day else None, agency=agency.group()), match.end()


def _agency_alone(head: str) -> Found | None:
    match = _AGENCY_FIRST.match(head)
    if not match or not _AGENCY_WORD.match(match.group(2)):
        return None
    return Dateline(match.group(1), agency=match.group(2)), match.end()


def _place_with_agency(head: str) -> Found | None:
    """``Hong Kong (CNN Business) A muddled ..``: no mark follows, so the agency must look like one."""
    match = re.match(r"^([^()]{2,40}?)\s*[(（]([^()（）]{2,30})[)）]\s+(?=[^\W\d])", head)
    if not match or not _AGENCY_WORD.match(match.group(2)) or not _is_place(match.group(1)):
        return None
    if match.group(1).split()[0].lower() in _INSIDE_NAMES or _initials(match.group(1)).endswith(match.group(2)):
        return None  # "The United Nations (UN) said": a name with its abbreviation
    return Dateline(match.group().strip(), place=match.group(1).strip(" ,"), agency=match.group(2)), match.end()


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _before_mark(head: str, mark: re.Pattern[str]) -> Found | None:
    """What stands before the first few dashes or the first colon, if it reads as a dateline."""
    colon = mark is _COLON
    best = None
    for count, match in enumerate(mark.finditer(head, 1)):
        if match.start() > LONGEST or count > 2 or (colon and count):
            break
        if match.end() < len(head) and head[match.end()].isdigit() and not head[: match.start()].isupper():
            continue
        dateline = _read(head[: match.start()].strip(), colon)
        if dateline is not None and not (head[match.end() : match.end() + 1].islower() and not dateline.agency and not dateline.date):
            best = dateline, match.end()
            if not dateline.date or count:
                break
    return best


def _read(head: str, colon: bool) -> Dateline | None:
    """A text that stands before a dash or colon as a dateline, or None."""
    if len(head) < 2 or len(head) > LONGEST:
        return None
    agency = day = None
    left = head
    for bracket in _BRACKETED.findall(head):
        if re.search(r"\d", bracket):
            parts = re.split(r"\s+[-–—]\s+", bracket)
            agency, day = (parts[0], _date_in(parts[-1])[0]) if len(parts) > 1 else (agency, _date_in(bracket)[0])
        elif agency is None:
            agency = bracket
        left = left.replace(_bracket_of(left, bracket), " ")
    wrapped = not left.strip(" ,.") and agency is not None
    if wrapped:  # a place in brackets, as Khmer papers write it
        return Dateline(head, place=agency) if agency and _CASELESS.search(agency) and len(agency.split()) <= 3 else None
    found, span = _date_in(left)
    if found:
        day = found
        left = left[: span[0]] + " " + left[span[1] :]
    left = _CLOCK.sub(" ", left)
    place, agency = _parts(left, agency, bool(day))
    if place is None:
        return None
    return Dateline(head, place=place, date=day, agency=agency) if _accept(place, colon, bool(day), agency is not None) else None


def _bracket_of(text: str, inner: str) -> str:
    match = re.search(r"[(\[（]\s*" + re.escape(inner) + r"\s*[)\]）]", text)
    return match.group() if match else inner


def _parts(left: str, agency: str | None, dated: bool) -> tuple[str | None, str | None]:
    """Place and agency of what is left without date and brackets: ``Kumasi, GCE``, ``PATI, site.example``."""
    if dated:
        left = re.sub(r"(?<=[^\W\d_]{4})\.\s+", ", ", left)  # "Москва. 12 ноября. ИНТЕРФАКС"
    pieces = [piece.strip(" .;–—-") if len(piece.strip()) > 3 and not re.search(r"\b[A-Za-z]{1,5}\.$", piece.strip()) else piece.strip() for piece in left.split(",")]
    pieces = [" ".join(piece.split()) for piece in pieces if piece.strip(" .;–—-")]
    if not pieces:
        return None, agency
    if len(pieces) > 1 and agency is None and (("." in pieces[-1][1:-1] and " " not in pieces[-1]) or (dated and pieces[-1].isupper() and len(pieces[-1]) <= 6 and not pieces[0].isupper())):
        agency = pieces.pop()
    if len(pieces) == 1 and agency is None and re.fullmatch(r"[\w-]+\.(?:com|net|org|info|[a-z]{2})", pieces[0], re.IGNORECASE | re.ASCII):
        return "", pieces[0]
    return ", ".join(pieces), agency


def _accept(place: str, colon: bool, dated: bool, by_agency: bool) -> bool:
    """Whether the evidence is enough for a place like this."""
    if place == "":
        return not colon
    if len(place) > 60 or not _is_place(place):
        return False
    letters = [char for char in place if char.isalpha()]
    if _CASELESS.search(place):
        return len(place.split()) <= 3 and len(place) <= 40
    first = place.split(",")[0]
    if first.upper() == first and len(letters) >= 3 and any(char.isupper() for char in first):
        return not colon or len(place.split()) <= 4
    if dated or by_agency:
        return True
    if colon:
        return _bare(place) in cities()
    return len(first.split()) <= 3


def _bare(name: str) -> str:
    """A name without accents, in lower case."""
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char)).casefold()


def _is_place(text: str) -> bool:
    """Whether a text can be a place's name: capitals or a script without case, no digits, no small words but those inside names."""
    text = text.strip(" ,")
    if not text or _NO_PLACE.match(text) or _BY.match(text) or any(char.isdigit() for char in text) or re.search(r"[!?;\"“”„«»<>@#%$€=*|]", text):
        return False
    words = re.split(r"[\s,/]+", text)
    if len(words) > 7:
        return False
    if _CASELESS.search(text):
        return True
    if not words[0][:1].isupper() or words[-1] in _INSIDE_NAMES:
        return False
    return all(word[:1].isupper() or not word[:1].isalpha() or word.lower() in _INSIDE_NAMES or word.lower() in ("d'", "l'") for word in words if word)


# ---- dates inside a dateline ----------------------------------------------------------------------------------------
def _date_in(text: str) -> tuple[str | None, tuple[int, int]]:
    """The date in a text as YYYY-MM-DD or --MM-DD, and where it stands."""
    whole = next(find_dates(text), None) if re.search(r"\d{4}", text) else None
    if whole is not None:
        return whole.moment.day.isoformat(), _with_lead(text, (whole.start, whole.end))
    numbers = _DATE_NUMBERS.search(text)
    if numbers:
        number, month = int(numbers[1]), int(numbers[2])
        year = int(numbers[3]) if numbers[3] and len(numbers[3]) == 4 else 2000 + int(numbers[3]) if numbers[3] and len(numbers[3]) == 2 else None
        return _iso(year, month, number), numbers.span()
    tokens = list(_WORD.finditer(text))
    for i, token in enumerate(tokens):
        month_number = None if token.group()[0].isdigit() else month_of(token.group().strip("."))
        if not month_number:
            continue
        for near in (i - 1, i + 1):
            day = _number_at(tokens, near)
            if day and 1 <= day <= 31:
                first, last = min(i, near), max(i, near)
                year = _number_at(tokens, last + 1)
                last = last + 1 if year and 1900 <= year <= 2100 else last
                span = tokens[first].start(), tokens[last].end()
                return _iso(year if year and 1900 <= year <= 2100 else None, month_number, day), _with_lead(text, span)
    return None, (0, 0)


def _with_lead(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The place of a date with the word that leads up to it."""
    lead = _BEFORE_DATE.search(text[: span[0]])
    return (lead.start() if lead else span[0]), span[1]


def _number_at(tokens: Sequence[re.Match[str]], i: int) -> int | None:
    match = _NUMBER.match(tokens[i].group()) if 0 <= i < len(tokens) else None
    return int(match[1]) if match else None


def _iso(year: int | None, month: int, day: int) -> str | None:
    if year is None:
        return f"--{month:02d}-{day:02d}" if _day(2024, month, day) else None
    found = _day(year, month, day)
    return found.isoformat() if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def cities() -> frozenset[str]:
    """Names of cities, in English: those that the IANA time zone database names its zones after."""
    return frozenset(name.rpartition("/")[2].replace("_", " ").casefold() for name in available_timezones() if "/" in name and not name.startswith("Etc/"))


def city_with_stop(text: str) -> tuple[Dateline, str] | None:
    """``Berlin. Die ..`` at the head of a standfirst, as regional papers write it: the name must be a city's."""
    match = re.match(r"^([^\W\d_][^.\d]{2,25})\.\s+(?=[^\W\d_])", text)
    if not match or match.group(1).casefold() not in cities() or not match.group(1)[0].isupper():
        return None
    return Dateline(match.group(1), place=match.group(1)), text[match.end() :]
