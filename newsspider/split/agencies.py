"""News agencies, and papers that put themselves into datelines: by name, or by the look of one."""

from __future__ import annotations

import re

from newsspider.split.places import folded, is_city, is_region

# As datelines print them, in the scripts that they print them in: the national and the large international
# agencies, broadcasters and wires. Names that are also words or states (PA, UNI, MAP) are left out.
_NAMES = (
    "ap afp reuters reuter upi dpa dpa-afx dpa/tmn apa sda keystone-sda ats ansa agi adnkronos askanews italpress lapresse"
    " efe lusa télam telam notimex andina avn folhapress sputnik tass itar-tass interfax interfax-ukraine"
    " ukrinform unian belta kazinform azertac azərtac armenpress interpressnews bta agerpres mediafax hina fena srna"
    " tanjug atsh mti pap čtk tasr bns elta leta stt ntb ritzau anp belga taz epd kna dapd ots jta aap cmc dha iha"
    " hibya xinhua kyodo jiji yonhap newsis kcna kpl vna ttxvn akp irna isna tasnim pti ians bss unb wafa wam kuna"
    " qna suna nampa angop gna zanis bernama antara pajhwok cnn cnbc bbc voa rfi rfa dw bloomberg prnewswire"
    " globenewswire accesswire ptwp tanjug aim-mozambique inforpress tto vtc nlđo viva"
    " риа прайм акипресс уніан тасс итар-тасс интерфакс интерфакс-запад белта казинформ қазақпарат кабар унн укрінформ танјуг"
    " срна бета фонет бта хина απε απε-μπε αμπε κυπε"
    " رويترز أ.ف.ب ا.ف.ب د.ب.أ أ.ب واس وام كونا قنا بنا بترا سانا واع نينا وفا معا صفا واج وات ومع سونا شينخوا"
    " سبأ وكالات العمانية الأناضول ایرنا ایسنا فارس تسنیم مهر میزان ایلنا باختر پژواک رائٹرز"
    " רויטרס भाषा वार्ता एएनआई आईएएनएस पीटीआई रासस এএফপি রয়টার্স বাসস ইউএনবি รอยเตอร์ รอยเตอร์ส เอเอฟพี ซินหัว เอพี"
    " ຂປລ සින්හුවා රොයිටර්"
    " ինտերֆաքս արմենպրես ინტერპრესნიუსი ኢዜአ ኤፍቢሲ"
)
_LONG_NAMES = (
    "associated press|agence france-presse|europa press|prensa latina|agência brasil|agencia efe|ria novosti"
    "|ria nowosti|риа новости|корр. белта|dân trí|người lao động|vtc news|business wire|globe newswire|pr newswire"
    "|canadian press|the canadian press|la presse canadienne|states newsroom|al jazeera|pa media"
    "|أ ف ب|ا ف ب|د ب أ|أ ب|أ ش أ|فرانس برس|اے پی پی|این این آئی|اے ایف پی|ኤፍ ቢ ሲ"
)
_KNOWN = frozenset(map(folded, [*_NAMES.split(), *_LONG_NAMES.split("|")]))
_DOMAIN = re.compile(r"(?:[\w-]+\.){1,2}(?:[a-z]{2,7}|[A-Z]{2,7}|Com|Net|Org)", re.ASCII)
_LOOK = re.compile(
    r".*\b(?:News|Press|Reuters|Times|Agence|Agency|Agencia|Agência|Wire|Newswire|Bloomberg|Presse|Herald"
    r"|Post|Media|Staff|Now|Business|Online|Bureau|Correspondent)\b.*"
    r"|tmn|jur",
    re.IGNORECASE,
)
# A paper's own people, in languages that name them before or behind the place.
_STAFF = re.compile(
    "डेस्क|संवाददाता|ब्यूरो|संवाद सूत्र|प्रतिनिधि|প্রতিনিধি|প্রতিবেদক|رپورٹر|نمائندہ|نامہ نگار|خبرنگار|مراسل"
)


def is_domain(text: str) -> bool:
    """Whether a text is the address of a site, as papers that live there call themselves."""
    return _DOMAIN.fullmatch(text) is not None


def is_agency(text: str) -> bool:
    """Whether a text is the name of a known agency, alone or with the land of its branch ("CNN Brasil"), or a
    paper's own people.
    """
    name = folded(text).strip(" .")
    first, _, land = name.partition(" ")
    known = name in _KNOWN or (first in _KNOWN and bool(land) and is_region(land))
    return known or _STAFF.search(text) is not None


def looks_like_agency(text: str) -> bool:
    """Whether a text has the look of an agency's or a paper's name: a known one, capitals, an address, a word
    such as "News".
    """
    short = text.isupper() and 1 < len(text) < 9 and text[0].isalpha()
    return short or is_domain(text) or is_agency(text) or _LOOK.fullmatch(text) is not None


def without_agency(piece: str) -> tuple[str, str | None]:
    """A part of a place without the agency before or behind the city: ``AKP Phnom Penh``, ``BERLIN taz``,
    ``Paris/AFP``.
    """
    for mark in (" ", "/", "-"):
        head, _, last = piece.rpartition(mark)
        first, _, tail = piece.partition(mark)
        if head and is_agency(last) and is_city(head.strip()):
            return head.strip(), last.strip()
        if tail and is_agency(first) and is_city(tail.strip()):
            return tail.strip(), first.strip()
    return piece, None
