"""Write ``newsspider/split/months.py`` from CLDR: ``python newsspider/split/data/make_months.py``.

Needs Babel (which carries CLDR) where it is run, not where newsspider runs.
Source: Unicode CLDR, ``dates/calendars/gregorian/months`` and ``dayPeriods``, by way of Babel.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import babel
from babel import Locale, localedata

# Languages that daily news is published in; every regional form that CLDR has of them is read (Jänner,
# janv.).
_CODES = (
    "af am ar as az be bg bn bs ca ckb cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id ig "
    "is it ja ka kk km kn ko ky lb lo lt lv mi mk ml mn mr ms mt my nb ne nl nn no om or pa pl ps pt ro ru rw sd"
    " si sk sl so sq sr sv sw ta te tg th tk tr tt ug uk ur uz vi xh yo zh zu"
)
LANGUAGES = _CODES.split()
_WIDE_ONLY = ("ckb", "om")  # their abbreviations are words and names of other languages
# Common in print, absent from CLDR: other spellings, declined forms, calendars' own abbreviations.
_PRINTED = {
    1: "jaenner januarja gjenar जनवरि জানুয়ারি",
    2: "fabrairu peb pebruari februarja फरवरी फेब्रुअरि ফেব্রুয়ারি កុម្ភះ",
    3: "maerz mrz מרס",
    6: "யூன்",
    7: "யூலை జూలై",
    8: "agt ags অগস্ট આગસ્ટ ઓગસ્ટ သြဂုတ် ఆగస్ట్ ஆகஸ்டு ఆగష్టు",
    9: "sept सितम्बर септембра సెప్టెంబరు setiembre",
    10: "okt अक्तूबर ओक्टोबर октобра ઓક્ટોબર అక్టోబరు ஒக்டோபர்",
    11: "nop nopember नवम्बर новембра నవంబరు",
    12: "दिसम्बर децембра డిసెంబరు",
}
_HAMZA = "أإآ"
_ARABIC = str.maketrans("یک", "يك")
# Words for a part of the day beside a time of twelve hours.
_MORNING = (
    "pagi sáng सुबह सकाळी बिहान সকাল এএম صبح صباحا قظ ព្រឹក පෙව காலை முற்பகல் ఉదయం ಬೆಳಿಗ್ಗೆ രാവിലെ နံနက် မနက် 凌晨 早上 清晨"
)
_EVENING = (
    "petang chiều दोपहर दुपारी शाम सायंकाळी बेलुका দুপুর বিকাল বিকেল সন্ধ্যা পিএম شام دوپہر عصر مساء بظ រសៀល ល្ងាច"
    " පව மாலை பிற்பகல் సాయంత్రం ಸಂಜೆ ညနေ မွန်းလွဲ 中午 傍晚"
)
_NIGHT = "malam tối रात रात्री राति রাত رات ليلا យប់ 晚上 深夜 இரவு రాత్రి ರಾತ್ರಿ രാത്രി રાત્રે ည"


def plain(name: str) -> str:
    """A name as the reader of dates compares it: NFKC, case folded, without dots and marks of direction."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if c not in ".'’׳॰\u200b\u200c\u200d\u200e\u200f\u061c").strip()


def unaccented(name: str) -> str:
    """The same without accents (Latin, Greek) and hamza (Arabic), as many pages write it."""
    if not any(c < "\u0400" or c in _HAMZA or "\u1f00" <= c < "\u2000" for c in name):
        return name
    parts = unicodedata.normalize("NFD", name.replace("ı", "i"))
    kept = "".join(c for c in parts if not unicodedata.combining(c) or "\u0610" <= c < "\u0653")
    return kept if len(kept) > 2 or kept.isascii() else name


def forms(name: str) -> set[str]:
    """A name as pages spell it: with and without accents, and with the Arabic yeh and kaf for the Persian ones."""
    name = plain(name)
    found = {name, unaccented(name)}
    return found | {form.translate(_ARABIC) for form in found}


def locales() -> list[Locale]:
    """All locales of the languages above, without the alphabets that no newspaper uses (Deseret, Shaw)."""
    names = sorted(localedata.locale_identifiers())
    wanted = [n for n in names if n.split("_")[0] in LANGUAGES and "Dsrt" not in n and "Shaw" not in n]
    return [Locale.parse(n) for n in wanted]


def has_halves(locale: Locale) -> bool:
    """Whether its readers use the twelve-hour clock; the words of others ("de", "im") are no evidence."""
    if locale.language in _WIDE_ONLY:
        return False
    return "a" in locale.time_formats["short"].pattern or locale.language in ("ja", "zh", "vi")


def months() -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Name -> month, and for names that mean another month in some language, name -> language -> month."""
    said: dict[str, dict[str, int]] = defaultdict(dict)
    for locale in locales():
        for context in ("format", "stand-alone"):
            for width in ("wide",) if locale.language in _WIDE_ONLY else ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    for form in forms(name):
                        if len(form) > 1 and " " not in form and not any(c.isdigit() for c in form):
                            said[form].setdefault(locale.language, number)
    table = {name: Counter(by.values()).most_common(1)[0][0] for name, by in said.items()}
    other = {
        name: {language: n for language, n in by.items() if n != table[name]}
        for name, by in said.items()
        if len(set(by.values())) > 1
    }
    printed = {form: n for n, names in _PRINTED.items() for name in names.split() for form in forms(name)}
    return printed | table, other


def halves() -> tuple[set[str], set[str], set[str]]:
    """The words for before noon, after noon, and night."""
    am: set[str] = set()
    pm: set[str] = set()
    for locale in filter(has_halves, locales()):
        for context in locale.day_periods.values():
            for width in ("wide", "abbreviated"):
                for key, words in (("am", am), ("pm", pm)):
                    name = plain(context.get(width, {}).get(key, "")).replace(" ", "").replace("\u202f", "")
                    if name and not name.isdigit() and "،" not in name:
                        words.add(name)
    am |= {plain(word) for word in _MORNING.split()}
    pm |= {plain(word) for word in _EVENING.split()}
    night = {plain(word) for word in _NIGHT.split()}
    return am - pm - night, pm - am - night, night


def wrapped(words: list[str], indent: str = "    ") -> list[str]:
    """Words in lines of string literals of at most 110 characters."""
    lines: list[str] = []
    line = ""
    for word in words:
        if line and len(line) + len(word) + 1 > 96:
            lines.append(line)
            line = ""
        line += word + " "
    return [f'{indent}"{part}"' for part in [*lines, line.strip()]]


def module() -> str:
    """The text of the generated module."""
    table, other = months()
    out = [
        '"""Month names and the words for before and after noon, of the languages that news is published in.',
        "",
        "Generated by ``newsspider/split/data/make_months.py`` from Unicode CLDR; not to be edited.",
        'Names are NFKC, case folded, without dots; Latin ones stand there without accents, too.\n"""',
        "",
        f"# CLDR as Babel {babel.__version__} carries it.",
        "from __future__ import annotations",
        "",
        "_NAMES = (",
    ]
    for number in range(1, 13):
        out += [
            "    (",
            *wrapped(sorted(name for name, n in table.items() if n == number), " " * 8),
            "    ),",
        ]
    out += [
        ")",
        "MONTHS: dict[str, int] = {",
        "    name: i for i, names in enumerate(_NAMES, 1) for name in names.split()",
    ]
    out += [
        "}",
        "",
        "# Names that mean another month in these languages.",
        "EXCEPTIONS: dict[str, dict[str, int]] = {",
    ]
    for name in sorted(other):
        pairs = ", ".join(f'"{language}": {n}' for language, n in sorted(other[name].items()))
        out.append(f'    "{name}": {{{pairs}}},')
    out += ["}", ""]
    for title, words in zip(("AM", "PM", "NIGHT"), halves(), strict=True):
        out += [f"{title} = frozenset(", "    (", *wrapped(sorted(words), " " * 8), "    ).split()", ")"]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "months.py"
    target.write_text(module(), encoding="utf-8")
    sys.stdout.write(f"{target}: {target.stat().st_size} bytes\n")
