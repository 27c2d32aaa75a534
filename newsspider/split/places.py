"""Whether a name is that of a place: lists of cities and countries in the scripts of the world, and a text
that names it as one.

The lists are loaded when first asked for (some 50 ms); ``data/make_places.py`` makes them and says where they
come from.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from importlib.resources import files

# Words that say "in", "at" or "from" before a place, in languages that write capitals; one to three for each.
_IN = (
    "in at from near aus bei nach à au dans en desde a da nel em no na te uit i på fra til från w we z ve v "
    "ze u na s din la în pe në nga "
    "в во из у з із со от од до στη στην στο στον σε tại ở từ di dari sa kwa katika huko cikin ni si"
)
_BEFORE = rf"(?<!\w)(?:{'|'.join(sorted(set(_IN.split()), key=len, reverse=True))})\s+"

# Where datelines come from more than from other places, and what the list of cities lacks, for GeoNames has them
# with an addition or in few languages: seats of governments and of international bodies.
_ALSO = (
    "नयी दिल्ली|washington, d.c.|vašington|waszyngton|vaşinqton|vašingtonas|ουασινγκτον|ουασιγκτον"
    "|واشنطن|واشنگتن|واشنگٹن|וושינגטון|वाशिंगटन|वॉशिंगटन|वाशिङ्टन|ওয়াশিংটন|வாஷிங்டன்"
    "|వాషింగ్టన్|വാഷിങ്ടൺ|വാഷിംഗ്ടൺ|ವಾಷಿಂಗ್ಟನ್|વોશિંગ્ટન|වොෂින්ටන්|วอชิงตัน|ວໍຊິງຕັນ"
    "|វ៉ាស៊ីនតោន|ဝါရှင်တန်|华盛顿|華盛頓|ワシントン|워싱턴|ვაშინგტონი|վաշինգտոն|ዋሽንግተን|নিউইয়র্ক"
    "|நியூயார்க்|นิวยอร์ก|ນິວຢອກ|ញូវយ៉ក|နယူးယောက်|纽约|紐約|ნიუ-იორკი|նյու յորք|ኒውዮርክ|genf"
    "|genève|ginebra|genebra|ginevra|genewa|ženeva|geneve|cenevre|cenevrə|женева|γενευη"
    "|جنيف|ژنو|جنیوا|ז'נבה|जिनेवा|জেনেভা|ஜெனீவா|เจนีวา|ເຈນີວາ|ហ្សឺណែវ|ဂျီနီဗာ|日内瓦|日內瓦"
    "|ジュネーブ|제네바|ჟენევა|ժնեւ|ጄኔቭ|straßburg|estrasburgo|strasburgo|straatsburg|strasburg"
    "|štrasburk|strazburg|страсбург|στρασβουργο|ستراسبورغ|שטרסבורג|斯特拉斯堡|ストラスブール|스트라스부르"
    "|haia|l'aia|l'aja|haga|lahey|гаага|χαγη|لاهاي|האג|海牙|ハーグ|헤이그|vatican city|vaticano"
    "|città del vaticano|ciudad del vaticano|cidade do vaticano|cité du vatican|vatican"
    "|vatikan|vatikanstadt|vaticaanstad|watykan|ватикан|βατικανο|الفاتيكان|הוותיקן|梵蒂冈"
    "|梵蒂岡|バチカン|바티칸|gaza strip|gazastreifen|franja de gaza|striscia di gaza|القدس المحتلة"
    "|قطاع غزة|加沙|加薩|ガザ|가자|united nations|nations unies|naciones unidas|nações unidas"
    "|nazioni unite|vereinte nationen|оон|ηνωμενα εθνη|الأمم المتحدة|联合国|聯合國|国連|유엔"
    "|birleşmiş milletler|davos|давос|دافوس|达沃斯|達沃斯|ダボス|다보스|bern|berna|nizza|niza|venedig"
    "|venise|venecia|florenz|florencia|lüttich|luik|nueva delhi|nova deli|புதுடெல்லி"
    "|புது டெல்லி|ന്യൂഡൽഹി|nuku'alofa|panaji|နေပြည်တော်"
)

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")  # no blanks between words


_PLAIN = str.maketrans("أإآ臺", "ااا台")  # what is written in two ways
_BETWEEN = re.compile(r"\s*[,/،၊፣(（]\s*|\s+[-–—]\s+")
_AND = re.compile(
    r"\s+(?:and|&|und|et|y|e|i|a|och|og|ja|és|şi|și|en|dan|na|và|ve|и|та|і|й|και|و|ו|और|ও)\s+", re.IGNORECASE
)


def folded(name: str) -> str:
    """A name as it is compared: case folded; without accents where it is written in Latin, Greek or Cyrillic
    letters.
    """
    name = " ".join(name.replace("’", "'").casefold().split())
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFD", name)
    if parts[0] < "\u0530":
        parts = "".join(char for char in parts if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", parts)


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    """The lists in the order of code points: quicker to load than sets are to build."""
    data = files("newsspider.split").joinpath("data/places.json.gz").read_bytes()
    return {name: words.split("\n") for name, words in json.loads(gzip.decompress(data)).items()}


def _is_in(kind: str, name: str) -> bool:
    words = _lists()[kind]
    at = bisect_left(words, name)
    return at < len(words) and words[at] == name


@lru_cache(maxsize=1)
def _also() -> frozenset[str]:
    return frozenset(map(folded, _ALSO.split("|")))


def is_city(name: str) -> bool:
    """Whether a city is called so, in any language."""
    name = folded(name)
    if _is_in("cities", name) or name in _also():
        return True
    other = name.translate(_PLAIN).replace("եվ", "եւ")  # an Armenian ligature that capitals dissolve
    return other != name and _is_in("cities", other)


def first_of(place: str) -> str:
    """The first of the names in a place: the city of "HARTFORD, Conn.", of "Berlin/Paris", of "LIMA and QUITO"."""
    first = _BETWEEN.split(place, maxsplit=1)[0].strip()
    if " " in first and not is_city(first):
        joined = _AND.split(first, maxsplit=1)[0]
        return joined if is_city(joined) else first
    return first


def is_caseless(text: str) -> bool:
    """Whether a text is in a script without capitals; Georgian has them in Unicode and not in print."""
    return text.lower() == text.upper() or "\u10d0" <= text[:1] <= "\u10ff"


def is_region(name: str) -> bool:
    """Whether a country, or a state of the USA, is called so."""
    return _is_in("regions", folded(name))


def is_weekday(word: str) -> bool:
    """Whether a day of the week is called so, in any language, whole or short."""
    return _is_in("weekdays", folded(word).strip("."))


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that puts no blanks between words (Thai, Lao, Burmese, Khmer,
    kana, Han).
    """
    return _UNSPACED.search(text) is not None


def begins_small(text: str) -> bool:
    """Whether a text begins with a small letter, in a script that has capitals."""
    return text[:1].islower() and not is_caseless(text[:1])


def is_named_in(name: str, text: str) -> bool:
    """Whether a text names it as a place: after "in" or "at"; in a script without capitals, in two places at
    all.
    """
    if any(char.isupper() for char in name):
        return re.search(_BEFORE + re.escape(name) + r"(?!\w)", text, re.IGNORECASE) is not None
    if is_unspaced(name):
        return text.count(name) > 1
    return len(re.findall(rf"(?<!\w)[بلوف]{{0,2}}{re.escape(name)}(?!\w)", text)) > 1
