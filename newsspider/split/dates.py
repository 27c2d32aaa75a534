"""Dates as pages write them: for machines (ISO 8601, RFC 5322, Unix time) and in words, in the languages of
``months.py``.

A text comes in, ``Moment`` comes out. Nothing is added that the text does not say: no year, no day, no zone.
Which of a page's dates is that of its publication, ``published.py`` decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from newsspider.split.clocks import clocks_beside
from newsspider.split.months import EXCEPTIONS, MONTHS

LONGEST = 400  # characters of a text that are read for dates


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time where one was given: ``clock`` has a ``tzinfo`` only where the zone was given."""

    day: date
    clock: time | None = None

    def iso(self) -> str:
        """ISO 8601: the day alone, or with the time to the second, and the zone if there is one."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock).isoformat(timespec="seconds")

    def is_after(self, moment: datetime) -> bool:
        """Whether it surely lies after an aware moment. Without a zone the earliest one on earth (UTC+14) is
        supposed.
        """
        try:
            return self._earliest() > moment.astimezone(UTC)
        except OverflowError:  # hours before or after the years that there are
            return self.day.year > moment.year

    def _earliest(self) -> datetime:
        clock = self.clock or time(0)
        start = datetime.combine(self.day, clock)
        if start.tzinfo is not None:
            return start.astimezone(UTC)
        return start.replace(tzinfo=UTC) - timedelta(hours=14)


class Dated(NamedTuple):
    """A date and where it stands in the text that was read (after ``tidy``)."""

    start: int
    end: int
    moment: Moment


# ---- for machines ----------------------------------------------------------------------------------------
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:\s*T\s*|\s+)(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:]\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}[:.]?\d{2}|[+-]\d{1,2})?)?(?:\[[\w/]+\])?",
    re.ASCII | re.IGNORECASE,
)
_LOST_PLUS = re.compile(r"(?<=T\d\d:\d\d:\d\d) (?=\d\d:\d\d$)")  # read as a blank in an address
_COMPACT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII | re.IGNORECASE
)
_EPOCH = re.compile(r"(?:/?Date\()?(\d{9,10})(?:\.\d+|\d{3}(?:\.\d+)?)?(?:\)/?)?", re.ASCII)
_YEAR_LAST = re.compile(  # java.util.Date and C's asctime: the year after the time
    r"([A-Z][a-z]{2} [ \d]?\d) (\d\d:\d\d(?::\d\d)?)( [A-Z]{2,5})? (\d{4})", re.ASCII
)


def read_stamp(text: str, *, month_first: bool = False) -> Moment | None:
    """The date in a value that was written for machines (an attribute, a meta tag, JSON-LD); words are read
    where it isn't.
    """
    text = _LOST_PLUS.sub("+", text[:LONGEST].replace("\u2212", "-").strip().strip("\"'"))
    for pattern in (_ISO, _COMPACT):
        found = pattern.fullmatch(text)
        if found and (moment := _from_parts(*found.groups())):
            return moment
    if epoch := _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(epoch[1]), UTC)
        return Moment(at.date(), at.timetz())
    return read_date(_YEAR_LAST.sub(r"\1 \4 \2\3", text), month_first=month_first)


def _from_parts(
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    zone: str | None,
) -> Moment | None:
    found = _day(int(year), int(month), int(day))
    if found is None or hour is None or minute is None:
        return Moment(found) if found else None
    try:
        return Moment(found, time(int(hour), int(minute), min(int(second or 0), 59), tzinfo=_offset(zone)))
    except ValueError:
        return Moment(found)


def _offset(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = (
        zone[1:].replace(":", "").replace(".", "").ljust(4, "0") if len(zone) > 2 else "0" + zone[1:] + "00"
    )
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


# ---- in words --------------------------------------------------------------------------------------------
# A word: all that is neither blank, digit nor punctuation. Combining marks are part of it, so no \w.
_WORD = (
    r"[^\s\d\x00-\x40\x5b-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2000-\u206f\u3000-\u3004\u3008-\u3030"
    r"\uff00-\uff0f،؛।]+"
)
_PART = re.compile(rf"\d+|{_WORD}")
_INNER_DOT = re.compile(r"(?<=[^\s\d])\.(?=[^\s\d,.;)|-])")  # "a.m.", "มี.ค."
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_ERA = re.compile(r"(令和|平成|民國)\s?(\d{1,3}|元)\s?(?=年)")
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911}
_HALF_DOTS = re.compile(r"(?<![^\W\d_])([ap])\.\s?(m)(?![^\W\d_])\.?", re.IGNORECASE)  # "p. m."
_GLUED_CLOCK = re.compile(  # "05.03.202414:05": elements without a blank
    r"(?<!\d)((?:19|20)\d\d|\d\d?[./-]\d\d?[./-]\d\d)(\d\d?[:h]\d\d)(?!\d)"
)
_MINUTES = re.compile(r"[:.h]\d\d")
_UNSEEN = re.compile("[\u200b-\u200f\u061c\u2060\ufeff]")  # joiners and marks of direction
# What is glued to a month's name: Hebrew "in", Khmer, Thai, Lao and Burmese "month".
_GLUED_BEFORE, _GLUED_AFTER = ("ב", "ខែ", "เดือน", "ເດືອນ", "d"), ("လ",)
_NUMERIC_GAP = re.compile(
    r"\s\|\s|\s?[-/.\u2010-\u2013]\s?|\s?[年년]\s?|\s?[月월]\s?|,?\s?tháng\s|,?\s?năm\s|,\s|\s?оны\s"
    r"|(?:\s|-)?(?:р|дугаар|дүгээр)?\s?сар(?:ын)?\s",
    re.IGNORECASE,
)
# Latvian, Kazakh, Kyrgyz, Uzbek: year, then day and month.
_OF_YEAR = ("gada", "ж", "жылғы", "жылы", "жылдын", "yil", "йил")
_NAMED_GAP = re.compile(
    r"[\W_]{0,4}(?:(?:[^\W\d]\S{0,3}|năm|ឆ្នាំ|พศ|gada|жыл\w{1,3}|ခုနှစ်)[\W_]{1,3}){0,2}", re.IGNORECASE
)
_ISSUE = re.compile(r"(?:\b(?:no|nr|núm|vol|issue|ed)|[#№°])\W{0,3}", re.IGNORECASE)  # a number of an issue
# Months of two words: Arabic of the Levant and Iraq, Irish, Sorani.
_TWO_WORDS = {
    "كانون الثاني": "يناير", "كانون ثاني": "يناير", "تشرين الأول": "أكتوبر", "تشرين الاول": "أكتوبر",
    "تشرين أول": "أكتوبر", "تشرين الثاني": "نوفمبر", "تشرين ثاني": "نوفمبر", "كانون الأول": "ديسمبر",
    "كانون الاول": "ديسمبر", "كانون أول": "ديسمبر", "meán fómhair": "september",
    "deireadh fómhair": "october", "کانوونی دووەم": "يناير", "تشرینی یەکەم": "أكتوبر",
    "تشرینی دووەم": "نوفمبر", "کانوونی یەکەم": "ديسمبر",
}  # fmt: skip
_TWO_WORD = re.compile("|".join(_TWO_WORDS), re.IGNORECASE)
_PERSIAN = (  # CLDR, calendar "persian": the names of Iran, and those of Afghanistan
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
)
_JALALI = {name: number for names in _PERSIAN for number, name in enumerate(names.split(), 1)}
_PERSIAN_LETTERS = str.maketrans("يك", "یک")


class _Part(NamedTuple):
    kind: str  # "y" a year, "n" one or two digits, "m" a month's name
    value: int
    start: int
    end: int
    persian: bool = False


def tidy(text: str) -> str:
    """The form of a text in which dates are looked for: NFKC, ASCII digits, Japanese eras as years, no dots
    inside words.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    if not text.isascii():
        text = _OTHER_DIGIT.sub(lambda m: str(int(m[0])), _UNSEEN.sub("", text))
        text = _TWO_WORD.sub(lambda m: _TWO_WORDS[m[0].casefold()], text)
        if "年" in text:
            text = _ERA.sub(lambda m: str(_ERAS[m[1]] + (1 if m[2] == "元" else int(m[2]))), text)
    text = _GLUED_CLOCK.sub(r"\1 \2", text)
    return _INNER_DOT.sub("", _HALF_DOTS.sub(r"\1\2", text)) if "." in text else text


@lru_cache(maxsize=16_384)
def month_of(word: str, language: str | None = None) -> int | None:
    """The month (1 to 12) that a word names, in any language; ``language`` decides where two disagree."""
    word = word.casefold().strip(".’'׳॰").replace("i\u0307", "i")  # Turkish capitals: "HAZİRAN"
    if word in EXCEPTIONS and language in EXCEPTIONS[word]:
        return EXCEPTIONS[word][language]
    if word in MONTHS:
        return MONTHS[word]
    for start in _GLUED_BEFORE:
        if word.startswith(start) and word[len(start) :] in MONTHS:
            return MONTHS[word[len(start) :]]
    for end in _GLUED_AFTER:
        if word.endswith(end) and word[: -len(end)] in MONTHS:
            return MONTHS[word[: -len(end)]]
    if len(word) < 5:
        return None
    # One letter of declension (Latvian "martā"), Basque "martxoaren", Georgian "მარტს".
    return MONTHS.get(word[:-1]) or MONTHS.get(word.removesuffix("ren")) or MONTHS.get(word[:-1] + "ი")


def read_date(text: str, *, month_first: bool = False, language: str | None = None) -> Moment | None:
    """The first date that a text names in words or figures, with its time; None where no whole date (day,
    month, year) is.
    """
    return next(
        (dated.moment for dated in find_dates(text, month_first=month_first, language=language)), None
    )


def find_dates(text: str, *, month_first: bool = False, language: str | None = None) -> Iterator[Dated]:
    """All whole dates that a text names, in order. ``month_first``: 3/4/2020 is in March (the habit of the
    United States).
    """
    text = tidy(text)
    parts = _parts(text, language)
    found: list[tuple[int, int, date]] = []
    at = 0
    while at + 2 < len(parts):
        day = _triple(text, parts, at, month_first)
        if day is not None:
            found.append((parts[at].start, parts[at + 2].end, day))
        at += 3 if day else 1
    clocks = clocks_beside(text, found) if found else []
    for (start, end, day), clock in zip(found, clocks, strict=True):
        yield Dated(start, end, Moment(day, clock))


def _parts(text: str, language: str | None) -> list[_Part]:
    parts: list[_Part] = []
    for found in _PART.finditer(text):
        word, last = found[0], parts[-1] if parts else None
        if not word[0].isdecimal():
            part = _name(found, language)
            if last and part and last.kind == "m" and last.value == part.value:
                parts[-1] = last._replace(end=part.end)  # "آذار / مارس": two names of one month
            elif part:
                parts.append(part)
        elif len(word) == 6 and last and last.kind == "m":  # "Apr 042013": elements without a blank
            middle = found.start() + 2
            parts.append(_Part("n", int(word[:2]), found.start(), middle))
            parts.append(_Part("y", int(word[2:]), middle, found.end()))
        else:
            parts.append(_number(found) or _Part("x", 0, found.start(), found.end()))
    return parts


def _number(found: re.Match[str]) -> _Part | None:
    digits = found[0]
    if len(digits) == 4 and (year := int(digits)) >= 1300:
        return _Part("y", year, found.start(), found.end())
    if len(digits) <= 2:
        return _Part("n", int(digits), found.start(), found.end())
    return None


def _name(found: re.Match[str], language: str | None) -> _Part | None:
    month = month_of(found[0], language)
    if month is not None:
        return _Part("m", month, found.start(), found.end())
    month = _JALALI.get(found[0].translate(_PERSIAN_LETTERS))
    return _Part("m", month, found.start(), found.end(), True) if month else None


def _triple(text: str, parts: list[_Part], at: int, month_first: bool) -> date | None:
    """The day that three neighbouring parts name together, or None."""
    one, two, three = parts[at : at + 3]
    kinds = one.kind + two.kind + three.kind
    gaps = text[one.end : two.start], text[two.end : three.start]
    if "m" in kinds:
        order = {
            "nmy": (2, 1, 0),
            "mny": (2, 0, 1),
            "ymn": (0, 1, 2),
            "ynm": (0, 2, 1),
            "nmn": (2, 1, 0),
        }.get(kinds)
        if order is None or not all(len(gap) <= 24 and _NAMED_GAP.fullmatch(gap) for gap in gaps):
            return None
        if kinds == "ynm" and gaps[0].strip(" .-").casefold() not in _OF_YEAR:
            return None
        if kinds == "nmn" and not _is_short_year(text, two, three, gaps[1]):
            return None
        if (
            kinds == "nmy"
            and gaps[0].strip() == ","
            and _ISSUE.search(text, max(0, one.start - 6), one.start)
        ):
            return None  # "No. 3, March 2024"
    else:
        order = _figures(text, (one, two, three), kinds, gaps, month_first)
        if order is None:
            return None
    values = (one, two, three)
    persian = any(part.persian for part in values)
    year = _full(values[order[0]].value, thai=kinds == "nmn" and _is_thai(text[two.start]))
    return _day(year, values[order[1]].value, values[order[2]].value, persian=persian)


def _is_short_year(text: str, month: _Part, year: _Part, gap: str) -> bool:
    """Whether two digits after a month's name are a year: after a mark ("5-Mar-21"), or in Thai."""
    if year.end - year.start != 2:
        return False
    return gap[-1:] in ("-", "'", "’", "/") or (
        not gap.strip(" .") and year.value > 37 and _is_thai(text[month.start])
    )


def _is_thai(char: str) -> bool:
    return "\u0e00" <= char <= "\u0e7f"


def _figures(
    text: str, parts: tuple[_Part, _Part, _Part], kinds: str, gaps: tuple[str, str], month_first: bool
) -> tuple[int, int, int] | None:
    """Where year, month and day stand among three numbers with separators, or None."""
    marks = gaps[0].strip(), gaps[1].strip()
    if kinds == "ynn" and not marks[0] and marks[1] in ("/", "-") and _are_whole(parts[1:]):
        return (0, 1, 2)  # "2026 11/18": elements of their own
    if not all(_NUMERIC_GAP.fullmatch(gap) for gap in gaps) or (
        marks[0] != marks[1] and not marks[0][-1:].isalpha()
    ):
        return None
    before, after = text[max(0, parts[0].start - 2) : parts[0].start], text[parts[2].end : parts[2].end + 2]
    if marks[0] in ("-", "/", ".") and (_joined(before[::-1], marks[0]) or _joined(after, marks[0])):
        return None  # a longer row of numbers: a version, an address
    if marks[0] == ",":
        return None
    if kinds == "ynn":
        return (0, 1, 2)
    if kinds == "nny" or (kinds == "nnn" and marks[0] in (".", "/") and _ends_date(text, parts[2])):
        first, second = parts[0].value, parts[1].value
        return (2, 0, 1) if second > 12 or (month_first and first <= 12) else (2, 1, 0)
    return None


def _are_whole(parts: Sequence[_Part]) -> bool:
    """Whether numbers are written with two digits each."""
    return all(part.end - part.start == 2 for part in parts)


def _joined(beside: str, mark: str) -> bool:
    return beside[:1] == mark and beside[1:2].isdecimal()


def _ends_date(text: str, part: _Part) -> bool:
    """Whether two digits can be the year of a date in figures: no hour follows the mark ("5.3. 14:05")."""
    return part.end - part.start == 2 and not _MINUTES.match(text, part.end)


def _full(year: int, *, thai: bool = False) -> int:
    """Years of two digits: 1990 to 2089; Thai ones are of the Buddhist era."""
    if year >= 100:
        return year
    return year + (2500 if thai else 2000 if year < 90 else 1900)


def _day(year: int, month: int, day: int, *, persian: bool = False) -> date | None:
    """The day in the Gregorian calendar; years of the Buddhist (2480 to 2620) and Persian (1300 to 1420) era
    are counted over.
    """
    if 2480 <= year <= 2620:
        year -= 543
    try:
        if persian or 1300 <= year <= 1420:
            return _from_persian(year, month, day)
        return date(year, month, day)
    except ValueError:
        return None


def _from_persian(year: int, month: int, day: int) -> date:
    """A day of the Solar Hijri calendar, leap years by the 33-year cycle (right for 1244 to 1472, that is
    1865 to 2094).
    """
    if not (1300 <= year <= 1420 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        raise ValueError("no day of the Persian calendar")
    leaps = sum(1 for y in range(1300, year) if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return date(1921, 3, 21) + timedelta(days=(year - 1300) * 365 + leaps + before + day - 1)
