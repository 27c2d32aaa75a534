"""Which legacy encoding bytes are in, where nothing says it, two declarations disagree or the one that is there
can't be true.

Between scripts, charset-normalizer tells; between the encodings of Latin letters, which differ in a few letters
each, the alphabets of the languages that are written in them (Unicode CLDR, exemplar characters).

"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from charset_normalizer import from_bytes

_SAMPLE = 32768
# The legacy encodings of the web (WHATWG Encoding, 4.2), the usual ones of each script.
_LEGACY = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r iso8859_2 iso8859_5 iso8859_7"
    " gb18030 big5 shift_jis euc_jp euc_kr"
).split()
_WESTERN = "cp1252"
# Languages by encoding, with the letters beyond ASCII that they have (and borrow).
_ALPHABETS = {
    "cp1252": {
        "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúüªº", "pt": "áâãàçéêíóôõúüªº", "it": "àèéìíîòóùú", "de": "äöüßéèà",
        "nl": "áéëïíóöúüèê", "sv": "åäöéàü", "da": "æøåéüö", "nb": "æøåéèêóòôü", "fi": "äöåšžé", "is": "áðéíóúýþæö",
        "ca": "àçéèíïóòúü", "eu": "ñçü", "gl": "áéíñóúüï", "ga": "áéíóú", "en": "éèêëïñç", "af": "áéèêëíîïóôöúûü",
        "sq": "çëéâ",
    },
    "cp1250": {
        "pl": "ąćęłńóśźżéö", "cs": "áčďéěíňóřšťúůýžöü", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "sl": "čšžćđ",
        "hr": "čćđšž", "ro": "ăâîşţéö",
    },
    "cp1254": {"tr": "çğıöşü"},
    "cp1257": {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž"},
    "cp1258": {"vi": "ăâđêôơưáàéèíóòúùýạãõ\u0300\u0301\u0303\u0309\u0323"},
}  # fmt: skip
_ALPHABETS["iso8859_2"] = _ALPHABETS["cp1250"]
# Other scripts of one byte a letter: their letters, and the dozen that are the most frequent.
_RUSSIAN = ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвлкм")
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "αοιετσνηυρπς")
_SCRIPTS = {
    "cp1251": {
        "ru": _RUSSIAN, "uk": ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "оаниіетврлск"),
        "bg": ("абвгдежзийклмнопрстуфхцчшщъьюя", "аеиотнрсвлдк"),
        "sr": ("абвгдђежзијклљмнњопрстћуфхцчџшќѓѕ", "аеоинртсујкв"), "be": ("абвгдеёжзійклмнопрстуўфхцчшыьэюя", "анеіоыктсрвл"),
    },
    "koi8_r": {"ru": _RUSSIAN},
    "cp1253": {"el": _GREEK},
    "iso8859_7": {"el": _GREEK},
    "cp1255": {"he": ("אבגדהוזחטיכלמנסעפצקרשתךםןףץ", "יוהלארתבםשמנ")},
    "cp1256": {"ar": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئپچژگ", "اليمنورتبهةع")},
    "cp874": {"th": ("".join(map(chr, [*range(0xE01, 0xE3B), *range(0xE40, 0xE4F)])), "านรอกเงมย่ล้วด")},
}  # fmt: skip
_SCRIPTS["iso8859_5"] = _SCRIPTS["cp1251"]
_OF_TWO_BYTES = ("euc_jp", "shift_jis")
_NARROW = re.compile("[\uff61-\uff9f]")  # kana of one byte each, which no news is written in
_STRANGE = re.compile(rb"[\x80-\xff]")
_HIGH = re.compile(rb"[\xa1-\xfe]+")
_PAIRS = 10  # from which they tell
_KANA = re.compile("[\u3041-\u30fa]")
_MARKS = frozenset("“”‘’„‚–—…«»•€£©®™°§¿¡·´²³½×‹›\u00a0\u00ad")  # that stand between words
_OTHER = re.compile(r"[^\x00-\x7f]")
_LANG = re.compile(rb"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2})", re.IGNORECASE)


def guess(body: bytes, among: Sequence[str] = ()) -> str:
    """The likeliest of the legacy encodings (Python's name), or of ``among``."""
    strange = [line for line in body[: _SAMPLE * 8].split(b"\n") if not line.isascii()]
    sample = re.sub(rb"<[^>]{0,400}>", b" ", b"\n".join(strange))[:_SAMPLE]
    names = [_python(name) for name in among] or _LEGACY
    found = next((name for name in _OF_TWO_BYTES if name in names and _is_japanese(sample, name)), None)
    if found is None and "gb18030" in names and _is_chinese(sample):
        found = "gb18030"
    if found is None:
        best = from_bytes(sample, cp_isolation=names).best()
        found = best.encoding if best and best.encoding != "ascii" else _WESTERN
    single = [name for name in names if name in _ALPHABETS or name in _SCRIPTS]
    narrow = found == "shift_jis" and _is_narrow(sample)
    if single and (found in single or found not in names or narrow):
        found = _of_one_byte(sample, single, _LANG.search(body, 0, 4096))
    return next((each for each in among if _python(each) == found), found)


def _is_japanese(sample: bytes, name: str) -> bool:
    """Whether a sample can be read so, and is in kana for a good part."""
    try:
        letters = "".join(char for char in sample[: len(sample) // 2 * 2].decode(name) if char > "\u07ff")
    except UnicodeDecodeError:
        return False
    return 10 * len(_KANA.findall(letters)) > 3 * len(letters) > 0


def _is_chinese(sample: bytes) -> bool:
    """Whether all is in pairs of bytes that are nearly all common characters of GB 2312 (its first level, rows 16 to 55)
    and punctuation; Korean, which has pairs there, too, needs but the first half of the rows.
    """
    runs: list[bytes] = _HIGH.findall(sample)
    leads = [lead for run in runs for lead in run[::2]]
    if len(leads) < _PAIRS or any(len(run) % 2 for run in runs):
        return False
    common = sum(0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3) for lead in leads)
    later = sum(0xC9 <= lead <= 0xD7 for lead in leads)
    return 20 * common >= 19 * len(leads) and 10 * later >= len(leads)


def _is_narrow(sample: bytes) -> bool:
    """Whether Shift_JIS makes single kana of most bytes: then it is none."""
    return 2 * len(_NARROW.findall(sample.decode("shift_jis", "replace"))) > len(_STRANGE.findall(sample))


def _python(name: str) -> str:
    """The name by which Python's codecs and this page's lists know an encoding."""
    plain = name.lower().replace("-", "_")
    return {
        "cp949": "euc_kr",
        "cp932": "shift_jis",
        "big5hkscs": "big5",
        "gbk": "gb18030",
        "iso8859_9": "cp1254",
    }.get(plain, plain)


def _of_one_byte(sample: bytes, names: Sequence[str], lang: re.Match[bytes] | None) -> str:
    """The encoding in which the letters of a sample make up some language best; the earlier name wins a draw."""
    language = lang[1].decode("ascii").lower() if lang else ""
    return max(names, key=lambda name: _fit(sample.decode(name, "replace"), name, language))


def _fit(text: str, name: str, language: str) -> int:
    """How well a text's letters beyond ASCII fit a language of the encoding: 1 for each that does, -2 for each
    that doesn't; in scripts of their own 1 more for a frequent one.
    """
    letters: dict[str, int] = {}
    wrong = 0
    own = name in _SCRIPTS
    for match in _OTHER.finditer(text):
        char, before, behind = (
            match[0],
            text[match.start() - 1 : match.start()],
            text[match.end() : match.end() + 1],
        )
        if char == "õ" and name == _WESTERN and behind != "e":
            wrong += 1  # Portuguese has it in "ões", nobody else
        elif char in _MARKS:
            wrong += before.isalpha() and behind.isalpha() and char not in "’·´–—"
        elif (
            not (char.isalpha() or unicodedata.category(char) == "Mn")
            or (char.isupper() and before.islower())
            or (own and ((before.isascii() and before.isalpha()) or (behind.isascii() and behind.isalpha())))
        ):
            wrong += 1
        elif not (own and char.isupper() and before.isalpha()):
            letters[char.lower()] = letters.get(char.lower(), 0) + 1
    total = sum(letters.values())
    found = max(_fits(letters, name, language))
    return found - 2 * total - 2 * wrong


def _fits(letters: dict[str, int], name: str, language: str) -> Iterator[int]:
    """How many letters fit each language, three for one; the one that the page declares has a little more."""
    for code, alphabet in _ALPHABETS.get(name, {}).items():
        yield 3 * sum(count for char, count in letters.items() if char in alphabet) + 3 * (code == language)
    for code, (alphabet, frequent) in _SCRIPTS.get(name, {}).items():
        own = sum(count * (3 + (char in frequent)) for char, count in letters.items() if char in alphabet)
        yield own + 3 * (code == language)
