"""The parts of a dateline: place, date, agency. What stands before the mark is read here; whether it is a
dateline, ``dateline.py`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from newsspider.split.dates import month_of
from newsspider.split.places import is_city, is_region, is_weekday


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
    r"\d+(?:st|nd|rd|th|er|ste|de|º|°|ª)?(?![^\W\d_])|\d+"
    r"|[^\s\d\x00-\x26\x28-\x40\x5b-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2010-\u2012\u2014-\u2018\u201a"
    r"-\u206f\u3000-\u3004\u3008-\u3030\uff00-\uff0f،؛।៖]+"
)
_FIGURES = re.compile(
    r"(?<![\d.])(?:(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{1,2})([./-])(\d{1,2})(?:\5(\d{2,4})(?!\d)"
    r"|(?<=\d\d)(?=\s|$|\.(?!\d))|(?=\.(?!\d))))|(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}(?::\d{2}(?!\d)|\.\d{2}(?=\s*(?:Uhr|hrs?|h|[ap]\.?m)\b))(?::(?!\d))?"
    r"(?:\s*(?:Uhr|hrs?|h|น\.?|[ap]\.?m\.?)(?!\w))?(?:\s*\(?(?:GMT|UTC|CET|CEST|IST|WIB)\)?)?",
    re.IGNORECASE,
)
_MISSPELT = re.compile(r",\s*([A-Z][a-z]{2,8}) \d{1,2}$")  # "NEW YORK, Narch 2": a date, whatever it says
_LEVANTINE = {
    ("تشرين", "الأول"): 10,
    ("تشرين", "الثاني"): 11,
    ("كانون", "الأول"): 12,
    ("كانون", "الثاني"): 1,
}  # names of two words
# Words beside the parts of a date: articles, "of", "on", "day", "month", "year".
_FILLER = frozenset(
    (
        "on the of le el il em de del di dos da den der am a i do dia día ngày tháng năm ថ្ងៃទី ថ្ងៃ ខែ ឆ្នាំ"
        " วันที่ วัน เดือน ปี พ ศ พศ ວັນທີ ເດືອນ ປີ στις на г год года р року pada tanggal tgl tarehe dne dnia"
        " od dňa την الموافق يوم"
    ).split()
)
_BRACKETS = re.compile(
    r"[(（\[〔]\s*([^()（）\[\]〔〕]{1,60}?)\s*[)）\]〕]|/\s?([^\W\d][^/\d]{1,24}?)\s?/|«([\u0600-\u06ff\s]{2,30})»"
)
_DOMAIN = re.compile(r"(?:[\w-]+\.){1,2}(?:[a-z]{2,7}|[A-Z]{2,7}|Com|Net|Org)", re.ASCII)
_AGENCY = re.compile(
    r".*\b(?:News|Press|Reuters|Times|Agence|Agency|Agencia|Agência|Wire|Newswire|Bloomberg|Presse|Herald"
    r"|Post|Media|Staff|Now|Business|Online)\b.*"
    r"|dpa|afp|sda|apa|dts|epd|kna|ots|dapd|jur|tass|xinhua|bernama|antara",
    re.IGNORECASE,
)
_DASHES = re.compile("[-–—]+")
_PART = re.compile(r"\s*[,،]\s*|(?<=\s)([-–—]+)\s+")
_DATED_PART = re.compile(r"\s*[,،]\s*|(?<=\s)([-–—]+)(?:\s+|$)|(?<=\w{3})\.\s+(?=\S)")
_ABBREVIATED = re.compile(r"(?:^|[\s,/])(?:[^\W\d_]\.)+$|(?:^|,\s)[A-Z][a-z]{1,5}\.$")
NAMES_INSIDE = frozenset(
    (
        "of the de la le du des da do dos das del di al el am an der bei im in sur sous en van ten op aan den"
        " on upon and y e i los les las lès ob pod nad na lo o'"
    ).split()
)


def looks_like_agency(text: str) -> bool:
    """Whether a text has the look of an agency's or a paper's name: capitals, an address, a word such as
    "News".
    """
    return (text.isupper() and 1 < len(text) < 9 and text[0].isalpha()) or bool(
        _AGENCY.fullmatch(text) or _DOMAIN.fullmatch(text)
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
    if any(char.isdigit() for piece in pieces for char in piece):
        return None
    return Filed(", ".join(pieces) or None, day, agency, dated)


def _without_brackets(head: str) -> tuple[str, str | None, str | None, bool]:
    """The text without what stands in brackets, the agency and the date that stood there."""
    agency = day = None
    dated = False
    for match in _BRACKETS.finditer(head):
        inner = (match[1] or match[2] or match[3]).strip()
        found, span = date_in(inner)
        if span[1]:
            day, dated = found, True
            inner = re.split(r"\s+[-–—]\s+|,\s", inner[: span[0]].strip(" -–—,"))[0]
        if inner and agency is None:
            agency = inner
    return _BRACKETS.sub(" , ", head), agency, day, dated


def _pieces(left: str, dated: bool) -> tuple[list[str], str | None]:
    """The parts of the place, as written, and an agency that stands among them: ``Kumasi, GCE``, ``PATI,
    site.example``, ``DAMASCUS - SANA``.
    """
    pieces, dashed = [], False
    for each in filter(None, (_DATED_PART if dated or left.isupper() else _PART).split(left)):
        piece = _trimmed(each)
        if not piece:
            dashed = dashed or bool(_DASHES.fullmatch(each.strip()))
        elif not is_weekday(piece):
            pieces.append((piece, dashed))
            dashed = False
    agency = next((piece for piece, _ in pieces if _DOMAIN.fullmatch(piece)), None)
    if agency is None and len(pieces) > 1 and _is_other(*pieces[-1], pieces[0][0]):
        agency = pieces[-1][0]
    return [piece for piece, _ in pieces if piece != agency], agency


def _trimmed(piece: str) -> str:
    piece = " ".join(piece.split()).strip(" ;–—-:")
    return piece if _ABBREVIATED.search(piece) else piece.rstrip(".").strip()


def _is_other(last: str, dashed: bool, first: str) -> bool:
    """Whether the last part is an agency and no region: behind a dash after a city; in capitals behind a
    place that isn't in capitals, or behind a city where no land is called so."""
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
    return (not first.isupper() and len(last) > 2) or (first.isupper() and len(last) > 4 and is_city(first))


# ---- dates ---------------------------------------------------------------------------------------
def date_in(text: str) -> tuple[str | None, tuple[int, int]]:
    """The date in a text, as YYYY-MM-DD or --MM-DD, and where it stands, weekday and small words included;
    (0, 0) where none does.
    """
    if not any(char.isdigit() for char in text):
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
    return None, (0, 0)


def _from_figures(match: re.Match[str]) -> str | None:
    if match[1]:
        return iso(int(match[1]), int(match[2]), int(match[3]))
    if match[9]:
        return iso(int(match[8]) if match[8] else None, int(match[9]), int(match[10]))
    year = match[7]
    number = None if not year or len(year) == 3 else int(year) if len(year) == 4 else 2000 + int(year)
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
    return None if is_city(word) and not month_of(word.casefold().rstrip(".")) else month_of(word)


def _at(tokens: list[re.Match[str]], i: int) -> re.Match[str] | None:
    return tokens[i] if 0 <= i < len(tokens) else None


def _past_filler(tokens: list[re.Match[str]], i: int, step: int) -> int:
    while 0 <= i < len(tokens) and tokens[i].group().casefold() in _FILLER:
        i += step
    return i


def _number(token: re.Match[str] | None, most: int) -> int | None:
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
    return start, end + 1 if text[end : end + 1] == "." else end


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
