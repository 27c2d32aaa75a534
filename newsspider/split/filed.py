"""The parts of a dateline: place, date, agency. What stands before the mark is read here; whether it is a
dateline, ``dateline.py`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from newsspider.split.agencies import is_agency, is_domain, looks_like_agency, without_agency
from newsspider.split.dates import find_dates, month_of, tidy
from newsspider.split.places import is_caseless, is_city, is_region, is_weekday


@dataclass(frozen=True, slots=True)
class Filed:
    """What the head of a report says. ``date``: YYYY-MM-DD, or --MM-DD without a year. ``dated``: a date
    stands there, even if it can't be one.
    """

    place: str | None = None
    date: str | None = None
    agency: str | None = None
    dated: bool = False


# A word with its combining marks; a number with what makes an ordinal of it.
_TOKEN = re.compile(
    r"\d+(?i:st|nd|rd|th|er|ste|de|º|°|ª)?(?![^\W\d_])|\d+"
    r"|[\u0e01-\u0e4e]{1,3}\.[\u0e01-\u0e4e]{1,2}\."  # Thai months are shortened so
    r"|[^\s\d\x00-\x26\x28-\x40\x5b-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2010-\u2012\u2014-\u2018\u201a"
    r"-\u206f\u3000-\u3004\u3008-\u3030\uff00-\uff0f،؛।៖၊။፣]+"
)
_FIGURES = re.compile(
    r"(?<![\d.])(?:(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{1,2})([./-])(\d{1,2})(?:\5(\d{2,4})(?!\d)"
    r"|(?<=\d\d)(?=\s|$|\.(?!\d))|(?=\.(?!\d))))|(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
_SPACED_DAY = re.compile(r"\s-\s([0-3]?\d)\s-\s([01]?\d)\s*(?=\()")  # "الكويت - 3 - 3 (كونا)"
CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}(?::\d{2}(?!\d)|\.\d{2}(?=\s*(?:Uhr|hrs?|h|[ap]\.?m)\b))(?::(?!\d))?"
    r"(?:\s*(?:Uhr|hrs?|h|น\.?|[ap]\.?m\.?)(?!\w))?(?:\s*\(?(?:GMT|UTC|CET|CEST|IST|WIB)\)?)?",
    re.IGNORECASE,
)
_MISSPELT = re.compile(r",\s*([A-Z][a-z]{2,8}) \d{1,2}$")  # "NEW YORK, Narch 2": a date, whatever it says
_OTHER_CALENDAR = re.compile(
    r"[,،፣\s]\s*(?:\d{1,2}\s+[^\W\d]\S{1,11}|[^\W\d]\S{1,11}\s+\d{1,2})(?:[,،፣\s]{1,3}\d{4})?\s*$"
)
_BEHIND = re.compile(r"\s?(?:г|р|r|d|god|год[ау]?|године?|року|roku|m|م)(?!\w)\.?|\.")  # "of the year", "day"
_LEVANTINE = {
    ("تشرين", "الأول"): 10,
    ("تشرين", "الثاني"): 11,
    ("كانون", "الأول"): 12,
    ("كانون", "الثاني"): 1,
}  # names of two words
# Days that Hindi agencies write as words, as far as nine.
_ONE_TO_NINE = {"एक": 1, "दो": 2, "तीन": 3, "चार": 4, "पांच": 5, "पाँच": 5, "छह": 6, "सात": 7, "आठ": 8, "नौ": 9}
# Words beside the parts of a date: articles, "of", "on", "day", "month", "year".
_FILLER = frozenset(
    (
        "on the of le el il em de del di dos da den der am a i do dia día ngày tháng năm ថ្ងៃទី ថ្ងៃ ខែ ឆ្នាំ"
        " วันที่ วัน เดือน ปี พ ศ พศ ວັນທີ ເດືອນ ປີ στις на г год года р року pada tanggal tgl tarehe dne dnia"
        " od dňa την الموافق يوم في"
    ).split()
)
BRACKETS = re.compile(
    r"[(（\[〔]\s*([^()（）\[\]〔〕]{1,60}?)\s*[)）\]〕]|/\s?([^\W\d][^/\d()（）]{1,24}?)\s?/|«([\u0600-\u06ff\s]{2,30})»"
)
_DASHES = re.compile("[-–—]+")
_PART = re.compile(r"\s*[,،၊፣]\s*|(?<=\s)([-–—]+)\s+")
_DATED_PART = re.compile(r"\s*[,،၊፣]\s*|(?<=\s)([-–—]+)(?:\s+|$)|(?<=\w{3})\.\s+(?=\S)")
_ABBREVIATED = re.compile(r"(?:^|[\s,/])(?:[^\W\d_]\.)+$|(?:^|,\s)[A-Z][a-z]{1,5}\.$")
NAMES_INSIDE = frozenset(
    (
        "of the de la le du des da do dos das del di al el am an der bei im in sur sous en van ten op aan den"
        " on upon and y e i los les las lès ob pod nad na lo o'"
    ).split()
)


def read_filed(head: str) -> Filed | None:
    """The parts of a text that stands before a dateline's mark; None where it holds what no dateline holds (a
    score, a quotation).
    """
    left, agency, day, dated = _without_brackets(head.lstrip("*•-–— "))
    found, span = date_in(left)
    if span[1]:
        day, dated = found or day, True
        left = f"{left[: span[0]]} , {left[span[1] :]}"
    left = CLOCK.sub(" , ", left) if dated else left
    pieces, by = _pieces(left, dated)
    agency = agency or by
    if agency and len(pieces) > 1 and re.fullmatch(r"[0-3]?\d", pieces[-1]):  # "MADRID, 3 (EFE)": a day alone
        pieces, dated = pieces[:-1], True
    if any(char.isdigit() for piece in pieces for char in piece):
        return None
    return Filed(", ".join(pieces) or None, day, agency, dated)


def _without_brackets(head: str) -> tuple[str, str | None, str | None, bool]:
    """The text without what stands in brackets, the agency and the date that stood there."""
    agency = day = None
    dated = False
    for match in BRACKETS.finditer(head):
        inner = (match[1] or match[2] or match[3]).strip()
        if _is_land(match):
            continue
        found, span = date_in(inner)
        if span[1]:
            day, dated = found, True
            inner = re.split(r"\s+[-–—]\s+|[,،]\s", inner[: span[0]].strip(" -–—,،/"))[0]
        elif "،" in inner and any(map(str.isdigit, inner)):  # a date of a calendar that isn't reckoned here
            inner, dated = inner.split("،")[0], True
        if inner and agency is None:
            agency = inner
    spaced = _SPACED_DAY.search(head)
    if spaced and not dated and (day := iso(None, int(spaced[2]), int(spaced[1]))):
        dated, head = True, head[: spaced.start()] + head[spaced.end() :]
    return BRACKETS.sub(lambda m: m[0] if _is_land(m) else " , ", head), agency, day, dated


def _is_land(brackets: re.Match[str]) -> bool:
    """Whether brackets behind a place say in which land it lies: ``Rostow (Russland)``."""
    inner = brackets[1] or ""
    return brackets.start() > 0 and len(inner) > 3 and is_region(inner)


def _pieces(left: str, dated: bool) -> tuple[list[str], str | None]:
    """The parts of the place, as written, and an agency that stands among them: ``Kumasi, GCE``, ``PATI,
    site.example``, ``DAMASCUS - SANA``, ``BERLIN taz``.
    """
    pieces, dashed = [], False
    for each in filter(None, (_DATED_PART if dated or left.isupper() else _PART).split(left)):
        piece = _trimmed(each)
        if not piece:
            dashed = dashed or bool(_DASHES.fullmatch(each.strip()))
        elif not is_weekday(piece) or is_city(piece):
            pieces.append((piece, dashed))
            dashed = False
    agency = _agency_among(pieces)
    found = [piece for piece, _ in pieces if piece != agency]
    for i, piece in enumerate(found if agency is None else []):
        found[i], agency = without_agency(piece)
        if agency:
            break
    return found, agency


def _trimmed(piece: str) -> str:
    piece = " ".join(piece.split()).strip(" ;–—-:")
    if not piece.endswith(".") or _ABBREVIATED.search(piece):
        return piece
    return piece.rstrip(".").strip()


def _agency_among(pieces: list[tuple[str, bool]]) -> str | None:
    """The part that is an agency and no place: an address, a known name, or what the last one has the look of.
    Each part with whether a dash stands before it.
    """
    names = [piece for piece, _ in pieces]
    for name in names:
        if is_domain(name):
            return name
        if len(names) > 1 and len(name) > 2 and is_agency(name) and not is_city(name):
            return name
    return names[-1] if len(names) > 1 and _is_other(names, pieces[-1][1]) else None


def _is_other(names: list[str], dashed: bool) -> bool:
    """Whether the last part is an agency and no region: behind a dash after a city; in capitals behind a
    place that isn't in capitals, behind a city where no land is called so, or behind the land."""
    first, last = names[0], names[-1]
    if is_region(last) or is_city(last):
        return False
    if (
        dashed
        and is_city(first)
        and (looks_like_agency(last) or (last.lower() == last.upper() and len(last.split()) < 3))
    ):
        return True
    if not last.isupper() or " " in last or "." in last:
        return False
    if len(last) > 2 and (not first.isupper() or (len(names) > 2 and is_region(names[-2]))):
        return True
    return len(last) > 4 and is_city(first)


# ---- dates ---------------------------------------------------------------------------------------
def date_in(text: str) -> tuple[str | None, tuple[int, int]]:
    """The date in a text, as YYYY-MM-DD or --MM-DD, and where it stands, weekday and small words included;
    (0, 0) where none does.
    """
    if not any(char.isdigit() for char in text) and not any(word in _ONE_TO_NINE for word in text.split()):
        return None, (0, 0)
    misspelt = _MISSPELT.search(text)
    if misspelt and is_city(text[: misspelt.start()].split(",")[0]) and not month_of(misspelt[1]):
        return None, misspelt.span()
    figures = _FIGURES.search(text)
    tokens = list(_TOKEN.finditer(text))
    if figures and (found := _from_figures(figures)):
        return found, _widened(text, tokens, figures.span())
    for i in range(len(tokens) - 1, -1, -1):
        named = _named_at(tokens, i)
        if named:
            found, first, last = named
            return found, _widened(text, tokens, (tokens[first].start(), tokens[last].end()))
    return _other_calendar(text, tokens)


def _other_calendar(text: str, tokens: list[re.Match[str]]) -> tuple[str | None, tuple[int, int]]:
    """A date of the Persian calendar; of one that isn't reckoned here (Nepali, Bengali, Ethiopian), where it
    stands behind a city.
    """
    dated = next(find_dates(text), None) if len(tidy(text)) == len(text) else None
    if dated:
        return dated.moment.day.isoformat(), _widened(text, tokens, (dated.start, dated.end))
    other = _OTHER_CALENDAR.search(text)
    if other and is_caseless(text) and is_city(text[: other.start()].split("(")[0]):
        return None, other.span()
    return None, (0, 0)


def _from_figures(match: re.Match[str]) -> str | None:
    if match[1]:
        year = int(match[1])
        year -= 543 if 2480 <= year <= 2620 else 0  # the Buddhist era
        return iso(year, int(match[2]), int(match[3])) if 1900 <= year <= 2100 else None
    if match[9]:
        return iso(int(match[8]) if match[8] else None, int(match[9]), int(match[10]))
    written = match[7]
    number = None if not written or len(written) == 3 else int(written) + (0 if len(written) == 4 else 2000)
    return iso(number, int(match[6]), int(match[4]))


def _named_at(tokens: list[re.Match[str]], i: int) -> tuple[str | None, int, int] | None:
    """A date whose month's name is the token ``i`` (or Vietnamese ``tháng`` and a number): date, first and
    last token.
    """
    word = tokens[i].group()
    following = tokens[i + 1].group() if i + 1 < len(tokens) else ""
    if word.casefold() == "tháng":
        month, after = _number(_at(tokens, i + 1), 12), i + 2
    elif (word, following) in _LEVANTINE:
        month, after = _LEVANTINE[word, following], i + 2
    else:
        month, after = (None if word[0].isdigit() else _month(word)), i + 1
    if not month:
        return None
    before, behind = _past_filler(tokens, i - 1, -1), _past_filler(tokens, after, 1)
    day, first, last = _number(_at(tokens, before), 31), before, after - 1
    if day is None:
        day, first, last = _number(_at(tokens, behind), 31), i, behind
    if day is None:
        return None
    year_at = _past_filler(tokens, last + 1, 1)
    year = _year(_at(tokens, year_at))
    if year:
        return iso(year, month, day), first, year_at
    earlier = _past_filler(tokens, first - 1, -1)
    year = _year(_at(tokens, earlier))
    return iso(year, month, day), earlier if year else first, last


def _month(word: str) -> int | None:
    """A month by its name; ``month_of`` also takes names with one letter more, which a place in capitals must
    not be.
    """
    word = word.replace(".", "")
    return None if is_city(word) and not month_of(word.casefold()) else month_of(word)


def _at(tokens: list[re.Match[str]], i: int) -> re.Match[str] | None:
    return tokens[i] if 0 <= i < len(tokens) else None


def _past_filler(tokens: list[re.Match[str]], i: int, step: int) -> int:
    while 0 <= i < len(tokens) and tokens[i].group().casefold() in _FILLER:
        i += step
    return i


def _number(token: re.Match[str] | None, most: int) -> int | None:
    if token and token.group() in _ONE_TO_NINE:
        return _ONE_TO_NINE[token.group()]
    match = re.match(r"\d{1,2}(?!\d)", token.group()) if token else None
    return int(match.group()) if match and 1 <= int(match.group()) <= most else None


def _year(token: re.Match[str] | None) -> int | None:
    if token is None or not re.fullmatch(r"\d{4}", token.group()):
        return None
    year = int(token.group())
    year -= 543 if 2480 <= year <= 2620 else 0  # the Buddhist era
    return year if 1900 <= year <= 2100 else None


def _widened(text: str, tokens: list[re.Match[str]], span: tuple[int, int]) -> tuple[int, int]:
    """The span with the weekday and the small words before it, and the stop of an abbreviated month."""
    start, end = span
    for token in reversed([token for token in tokens if token.end() <= start]):
        if token.group().casefold() not in _FILLER and not is_weekday(token.group()):
            break
        if is_city(text[: token.end()]):  # "La Paz": a day of the week in Turkish
            break
        start = token.start()
    behind = _BEHIND.match(text, end)
    return start, behind.end() if behind else end


def iso(year: int | None, month: int, day: int) -> str | None:
    """A day as YYYY-MM-DD, or as --MM-DD without a year (ISO 8601:2000, truncated); None where the calendar
    has no such day.
    """
    try:
        found = date(2024 if year is None else year, month, day)
    except ValueError:
        return None
    return found.isoformat() if year is not None else f"--{month:02d}-{day:02d}"


def with_year_of(day: str, published: date) -> str:
    """A date --MM-DD with the year that makes it the last one not after publication (a week's grace for
    papers dated ahead).
    """
    found = [
        text
        for year in (published.year + 1, published.year, published.year - 1)
        if (text := iso(year, int(day[2:4]), int(day[5:7])))
    ]
    return next((text for text in found if date.fromisoformat(text) <= published + timedelta(days=7)), day)


def in_capitals(words: Iterable[str]) -> bool:
    """Whether words are written as names are: capitals at their beginnings, but for small words between."""
    return all(
        word[:1].isupper()
        or not word[:1].isalpha()
        or word.casefold() in NAMES_INSIDE
        or "'" in word[:2]
        or "’" in word[:2]
        for word in words
    )
