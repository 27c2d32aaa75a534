"""Invented news text in seven scripts: words with Zipf's frequencies, sentences, headlines, names, places of the world.

Everything follows from the seed. ``COMMON`` stands in a third of all articles whatever their script, ``RARE`` in one of
ten thousand; ``KNOWN`` has real words of scripts without spaces, for searches.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

COMMON, RARE = "Meridian", "Quillstone"
KNOWN = {
    "zh": ("北京", "東京", "首相"),
    "th": ("กรุงเทพ", "นายกรัฐมนตรี"),
    "km": ("ភ្នំពេញ", "រដ្ឋាភិបាល"),
    "ar": ("الحكومة", "القاهرة"),
    "el": ("Αθήνα", "κυβέρνηση"),
    "ru": ("правительство", "Москва"),
}
_LETTERS = {  # what syllables are made of: beginnings and ends
    "en": ("b c d f g h l m n p r s t st tr br ch sh".split(), "a e i o u ar en in or al ea on er".split()),
    "fr": ("b c d f g l m n p r s t v qu ch pl".split(), "a é è i o ou eau on ai eu an et".split()),
    "ar": (list("بتجحدرزسشصطعغفقكلمنهو"), ["ا", "ي", "و", "", "", "ة"]),
    "zh": (
        list("国家市人民水山河城天地日月年新大中小东西南北海港"),
        list("政会法治局院长员报文学工商业农林路桥车船电力"),
    ),
    "km": (list("កខគងចជញដតទនបពមយរលវសហអ"), ["ា", "ិ", "ី", "ុ", "េ", "ែ", "ោ", ""]),
    "th": (list("กขคงจชดตทนบปผพมยรลวสหอ"), ["า", "ี", "ิ", "ุ", "ู", "ะ", "อ", "น"]),
    "el": (list("βγδθκλμνπρστφχ"), "α ε ι ο ου αι ά έ ή ία ος".split()),
    "ru": (list("бвгдзклмнпрстфхчш"), "а е и о у ы я ов ен ий ая".split()),
}
_UNSPACED = ("zh", "th", "km")
_STOPS = {"zh": "。", "km": "។", "th": " ", "ar": ".", "el": ".", "ru": "."}
_WORDS, _SENTENCES, _NAMES = 5000, 20_000, 300
_SIZES = {"zh": 24, "th": 12, "km": 12}  # words of a sentence; 16 in other scripts

# As news write them; the first come most often. Some names are those of several places, some of none.
PLACES = {
    "en": "London|Washington|New York|Paris|Brussels|Geneva|Moscow|Beijing|Tokyo"
    "|Delhi|Jerusalem|Cairo|Nairobi|Lagos|Kyiv"
    "|Berlin|Rome|Madrid|Athens|Ankara|Tehran|Baghdad|Kabul|Islamabad|Dhaka|Bangkok"
    "|Phnom Penh|Hanoi|Jakarta|Manila|Sydney"
    "|Wellington|Ottawa|Mexico City|Bogotá|Lima|Santiago|Buenos Aires|Brasília|Pretoria"
    "|Accra|Dakar|Tunis|Rabat|Oslo|Helsinki"
    "|Warsaw|Prague|Vienna|Budapest|Springfield|San José|Georgetown|Victoria|Hamilton"
    "|Lower Quayside|Port Meridian|Ferndale Reach",
    "fr": "Paris|Bruxelles|Genève|Washington|Londres|Moscou|Pékin|Alger|Tunis|Dakar"
    "|Abidjan|Marseille|Lyon|Strasbourg|Kinshasa"
    "|Beyrouth|Le Caire|Rome|Madrid|Berlin|Saint-Denis|Montréal|Québec|Bamako|Port-aux-Brumes",
    "ar": "القاهرة|بيروت|دمشق|بغداد|الرياض|الدوحة|دبي|غزة|القدس|عمان|تونس|الجزائر"
    "|الرباط|الخرطوم|صنعاء|واشنطن|لندن|باريس|موسكو|مرفأ الضباب",
    "zh": "北京|上海|东京|华盛顿|纽约|伦敦|巴黎|莫斯科|香港|台北|首尔|新加坡|曼谷|日内瓦|广州|深圳|成都|重庆|武汉|雾港",
    "km": "ភ្នំពេញ|សៀមរាប|បាត់ដំបង|កំពង់ចាម|ព្រះសីហនុ|បាងកក|ហាណូយ|វ៉ាស៊ីនតោន|តាកែវ|កំពត",
    "th": "กรุงเทพ|เชียงใหม่|ภูเก็ต|ขอนแก่น|นครราชสีมา|สงขลา|พัทยา|วอชิงตัน|โตเกียว|ปักกิ่ง|ลอนดอน|พนมเปญ",
    "el": "Αθήνα|Θεσσαλονίκη|Πάτρα|Ηράκλειο|Λάρισα|Βρυξέλλες|Ουάσινγκτον|Λονδίνο"
    "|Παρίσι|Βερολίνο|Μόσχα|Άγκυρα|Λευκωσία|Ομιχλολίμανο",
    "ru": "Москва|Санкт-Петербург|Киев|Минск|Астана|Ташкент|Вашингтон|Лондон|Париж"
    "|Берлин|Пекин|Токио|Казань|Новосибирск|Туманная Гавань",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """What the news of one language are made of."""

    language: str
    words: tuple[str, ...]
    sentences: tuple[str, ...]
    names: tuple[str, ...]
    sections: tuple[str, ...]
    places: tuple[str, ...]
    place_weights: tuple[float, ...]
    zipf: tuple[float, ...]

    def headline(self, dice: random.Random) -> str:
        """Six words or so, as a headline."""
        text = self.join(dice.choices(self.words, cum_weights=self.zipf, k=dice.randint(5, 9)))
        return text[:1].upper() + text[1:]

    def paragraphs(self, dice: random.Random, size: int) -> list[str]:
        """So many bytes of text or some more, in paragraphs of three sentences."""
        each = 3 if self.language in _UNSPACED else 1 if self.language in ("en", "fr") else 2
        chosen: list[str] = []
        while size > 0:
            chosen.append(dice.choice(self.sentences))
            size -= each * len(chosen[-1])
        return [" ".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3)]

    def place(self, dice: random.Random) -> str:
        """A place that reports are filed from."""
        return dice.choices(self.places, cum_weights=self.place_weights)[0]

    def join(self, words: list[str]) -> str:
        """Words as a text of this language."""
        return ("" if self.language in _UNSPACED else " ").join(words)


def voice(language: str) -> Voice:
    """The voice of one of ``LANGUAGES``."""
    dice = random.Random(f"voice {language}")
    begins, ends = _LETTERS[language]
    words = list(KNOWN.get(language, ()))
    while len(words) < _WORDS:
        syllables = dice.choices((1, 2, 3, 4), weights=(2, 5, 3, 1))[0]
        words.append("".join(dice.choice(begins) + dice.choice(ends) for _ in range(syllables)))
    dice.shuffle(words)
    zipf = weights(len(words))
    size = _SIZES.get(language, 16)
    blank = "" if language in _UNSPACED else " "
    sentences = []
    for _ in range(_SENTENCES):
        text = blank.join(dice.choices(words, cum_weights=zipf, k=dice.randint(size // 2, size * 3 // 2)))
        sentences.append(text[:1].upper() + text[1:] + _STOPS.get(language, "."))
    names = [blank.join(dice.choice(words[50:]).capitalize() for _ in range(2)) for _ in range(_NAMES)]
    places = tuple(PLACES[language].split("|"))
    others = tuple(place for place in PLACES["en"].split("|") if place not in places)[:20] if blank else ()
    return Voice(
        language, tuple(words), tuple(sentences), tuple(names), tuple(words[100:108]),
        places + others, weights(len(places + others)), zipf,
    )  # fmt: skip


def weights(count: int) -> tuple[float, ...]:
    """Zipf's weights of so many things, summed up one by one."""
    return tuple(itertools.accumulate(1 / rank for rank in range(1, count + 1)))


LANGUAGES = tuple(_LETTERS)
