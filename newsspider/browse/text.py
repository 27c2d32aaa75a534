"""A page's text as it is to be shown: language, direction, dates, addresses. Nothing of it is trusted."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

# English names of the languages that the detector tells apart, from CLDR (locale "en", as Babel 2.18 has it).
_NAMES = """
ace Acehnese; af Afrikaans; am Amharic; an Aragonese; ar Arabic; ary Moroccan Arabic; arz Egyptian
Arabic; as Assamese; az Azerbaijani; ba Bashkir; be Belarusian; bg Bulgarian; bn Bangla; br Breton; bs
Bosnian; ca Catalan; ckb Central Kurdish; crh Crimean Tatar; cs Czech; cy Welsh; da Danish; de German;
dv Divehi; dz Dzongkha; el Greek; en English; eo Esperanto; es Spanish; et Estonian; eu Basque; ext
Extremaduran; fa Persian; fi Finnish; fil Filipino; fo Faroese; fr French; fy Western Frisian; ga Irish;
gd Scottish Gaelic; gl Galician; grc Ancient Greek; gu Gujarati; ha Hausa; he Hebrew; hi Hindi; hr
Croatian; ht Haitian Creole; hu Hungarian; hy Armenian; id Indonesian; ig Igbo; is Icelandic; it
Italian; ja Japanese; jv Javanese; ka Georgian; kab Kabyle; kk Kazakh; km Khmer; kn Kannada; ko Korean;
ku Kurdish; ky Kyrgyz; la Latin; lb Luxembourgish; lg Ganda; lij Ligurian; ln Lingala; lo Lao; lt
Lithuanian; ltg Latgalian; lv Latvian; mg Malagasy; mk Macedonian; ml Malayalam; mn Mongolian; mr
Marathi; ms Malay; mt Maltese; my Burmese; nb Norwegian Bokmål; ne Nepali; nl Dutch; nn Norwegian
Nynorsk; no Norwegian; nso Northern Sotho; oc Occitan; om Oromo; or Odia; pa Punjabi; pcm Nigerian
Pidgin; pl Polish; ps Pashto; pt Portuguese; qu Quechua; ro Romanian; ru Russian; rw Kinyarwanda; sa
Sanskrit; sd Sindhi; sdh Southern Kurdish; se Northern Sami; si Sinhala; sk Slovak; sl Slovenian; sn
Shona; so Somali; sq Albanian; sr Serbian; st Southern Sotho; sv Swedish; sw Swahili; ta Tamil; te
Telugu; tg Tajik; th Thai; tk Turkmen; tl Tagalog; tr Turkish; tt Tatar; ug Uyghur; uk Ukrainian; ur
Urdu; uz Uzbek; vec Venetian; vi Vietnamese; vo Volapük; wa Walloon; wuu Wu Chinese; xh Xhosa; yi
Yiddish; yo Yoruba; yue Cantonese; zh Chinese; zu Zulu
"""
_LANGUAGES = dict(entry.split(maxsplit=1) for entry in _NAMES.replace("\n", " ").split("; "))
NAME, HEADLINE = 300, 1000  # characters of a name in a list, and of a headline above its article
ADDRESS = 8000  # characters of an address: servers take no longer ones (RFC 9110, 4.1)
BODY, PARAGRAPHS = 200_000, 2_000  # characters and paragraphs of a body that are shown and compared
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LOOK_AT = re.compile(r"; look at (https?://\S+)")  # in a sentence of why a source is red
_BREAK = "\n\n"  # between two paragraphs
_JUDGED = 500  # so many characters tell the direction
# The blocks that Unicode keeps for letters from right to left (DerivedBidiClass.txt: @missing R and AL).
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def language_name(code: str | None) -> str | None:
    """The English name of a language; its code where no name is known."""
    return _LANGUAGES.get(code, code) if code else None


def direction(text: str | None) -> str:
    """``rtl`` where more letters run from right to left than the other way, else ``ltr``."""
    if not text or not _RIGHT_TO_LEFT.search(text, 0, _JUDGED):
        return "ltr"
    kinds = [unicodedata.bidirectional(char) for char in text[:_JUDGED]]
    return "rtl" if sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L") else "ltr"


def script(text: str | None, language: Any) -> Markup:
    """The attributes ``lang`` and ``dir`` of an element that holds this text. In SQL of the reader's own anything may be called
    a language.
    """
    return _attributes(language if isinstance(language, str) else None, direction(text))


@lru_cache(maxsize=512)
def _attributes(language: str | None, side: str) -> Markup:
    lang = Markup(' lang="{}"').format(language) if language and _TAG.fullmatch(language) else Markup("")
    return lang + Markup(' dir="{}"').format(side)


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web, so that a browser may be led there; None for anything else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def short_address(url: str) -> str:
    """An address as it is read: without scheme and ``www.``."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def short(text: str, longest: int = NAME) -> str:
    """A text of at most so many characters, the last one an ellipsis where it was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def beginning(body: str) -> str:
    """Of a stored body as much as a page can show while others wait: all of it, unless it is as long as a book."""
    if len(body) <= BODY and body.count(_BREAK) < PARAGRAPHS:
        return body
    return _BREAK.join(body[:BODY].split(_BREAK, PARAGRAPHS)[:PARAGRAPHS])


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a stored body."""
    return [part for part in (text or "").split(_BREAK) if part.strip()]


def zone_of(name: str | None) -> tzinfo:
    """The time zone of that name; UTC where it is unknown."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ValueError, OSError, KeyError):
        return UTC


def moment(text: str | None) -> datetime | date | None:
    """An ISO 8601 date or time; None where it is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def day(text: str | None) -> str:
    """A date as it is read, ``24 November 2026``; what is no date as it stands."""
    known = moment(text)
    return f"{known.day} {known:%B %Y}" if known else text or ""


def weekday(text: str | None) -> str:
    """A date with its day of the week in few letters, ``Tue 24 Nov``; what is no date as it stands."""
    known = moment(text)
    return f"{known:%a} {known.day} {known:%b}" if known else text or ""


def when(text: str | None, zone: tzinfo | None = None) -> str:
    """A time as it is read, ``24 Nov 2026, 19:02``, with the zone that the text names.

    Where ``zone`` is given, in that zone and without naming it.
    """
    known = moment(text)
    if not isinstance(known, datetime):
        return f"{known.day} {known:%b %Y}" if known else text or ""
    if zone is not None:
        known = in_zone(known, zone)
    shown = f"{known.day} {known:%b %Y, %H:%M}"
    return shown if zone is not None or known.tzinfo is None else f"{shown} {zone_text(known)}"


def brief(text: str | None, zone: tzinfo, today: str | None) -> str:
    """A time in as few characters as tell it beside others of this day (YYYY-MM-DD) or before: ``19:02``, ``24 Nov``,
    ``24 Nov 2025``.
    """
    known = moment(text)
    if isinstance(known, datetime):
        known = in_zone(known, zone)
    if not known:
        return text or ""
    if isinstance(known, datetime) and f"{known:%Y-%m-%d}" == today:
        return f"{known:%H:%M}"
    return f"{known.day} {known:%b}" if f"{known:%Y}" == (today or "")[:4] else f"{known.day} {known:%b %Y}"


def in_zone(known: datetime, zone: tzinfo) -> datetime:
    """A time in a zone; as it stands where that is beyond the first or last year, or where its own zone is not known."""
    try:
        return known.astimezone(zone) if known.tzinfo is not None else known
    except OverflowError:
        return known


def zone_text(known: datetime) -> str:
    """``UTC`` or ``+07:00``."""
    offset = known.strftime("%z")
    return "UTC" if offset in ("", "+0000") else f"{offset[:3]}:{offset[3:5]}"


def bare(sentence: str) -> str:
    """A sentence of a source's health without the source's ID, which begins it, and without the page, which is a link."""
    return LOOK_AT.sub("", sentence.partition(": ")[2] or sentence)


def hours(first: str | None, last: str | None) -> str:
    """How long it is from one moment to another: ``5 d 4 h``, ``3 h 20 min``; nothing if one is missing."""
    start, end = moment(first), moment(last)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return ""
    minutes = max(0, int((end - start).total_seconds()) // 60)
    days, rest = divmod(minutes, 24 * 60)
    whole, left = divmod(rest, 60)
    if days:
        return f"{days} d {whole} h"
    return f"{whole} h {left} min" if whole else f"{left} min"


def size(count: int) -> str:
    """A number of bytes as it is read."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} kB" if count < 10_000 else f"{count / 1000:,.0f} kB"
