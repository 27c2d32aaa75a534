"""What is a person's name: no desk, agency, firm, button or place, and built as names are in its script.

The words for jobs and desks in each language are those of ``data/bywords.txt``; here stands what all languages print
alike, or in English: agencies, firms, buttons of a page.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsspider.split import eastern
from newsspider.split.agencies import is_agency
from newsspider.split.bywords import Vocabulary
from newsspider.split.dates import month_of
from newsspider.split.places import is_city, is_region, is_weekday
from newsspider.split.words import RELATED, SITEWIDE

LONGEST = 60  # characters of a name
EDGES = " \t,;:.|/•·–—-*\"“”„‚’'‘()[]<>【】［］（）〈〉=＝~→›»«"
_DIGIT = re.compile(r"\d")
_NO_BEGINNING = frozenset("der die das des dem zur zum und and of the".split())  # in small letters
_JOBS = Vocabulary("job")
# What may stand before a job, beside jobs themselves.
_QUALIFIERS = frozenset(
    (
        "our own the a an staff senior junior chief deputy assistant associate managing executive special contributing guest"
        " freelance foreign political politics sport sports business economics economy science health technology tech education"
        " crime court city local national international world regional features entertainment culture arts music film travel food"
        " opinion environment climate defence defense security diplomatic investigative data digital multimedia video audio web"
        " online social night weekend general assignment state county agriculture energy religion legal consumer royal deputy"
        " unser unsere unserem unserer leitende leitender stellvertretende stellvertretender politische politischer ständige"
        " notre nos votre nuestra nuestro nuestros nossa nosso nostro nostra onze ons vår vores наш наша спеціальний"
        " special spécial spéciale especial speciale"
    ).split()
)
# Ends of names in the lists of jobs that are surnames, too, but seldom those of papers' people.
_SURNAMES = frozenset(
    "writer author editor reporter journalist photographer presenter producer critic".split()
)
_PAPERS = frozenset(
    (
        "herald guardian nation standard tribune chronicle observer post times vanguard mail express star sun mirror monitor"
        " citizen independent gazette telegraph courier bulletin review journal argus argosy leader punch mercury"
        " advertiser examiner sentinel inquirer daily weekly"
    ).split()
)
# What people are not called, in all languages alike or as pages have it in English.
_NOT_PEOPLE = (
    "reuters afp dpa xinhua bernama yonhap kyodo itar-tass adnkronos ritzau belga upi rtr ians pti bbc cnn ntb čtk ctk tasr"
    " online magazin\\w* zeitung\\w* nachrichten\\w* times gazette herald tribune daily weekly today network group journal"
    " gmbh ag e\\.?v kg inc ltd llc corp\\w* company foundation stiftung institut\\w* universit\\w* verlag ngo"
    " verein ministerium \\w*ministeri\\w+ ministry department council verband club institute college police polizei"
    " image images picture pictures bild\\w* video videos foto foto\\w* photo photos photography unsplash pixabay shutterstock"
    " getty alamy istock uncredited copyright © sponsor\\w* gesponsert\\w* anzeige advertorial promotion professor\\w*"
    " founder ceo license licence password scholar billboard aktivitäten inhalte? content anonymous unknown user username"
    " gastautor guest gastbeitrag gast pressemitteilung www http https homepage impressum kontakt twitter facebook instagram"
    " whatsapp telegram youtube email e-mail comments? kommentare? archive archiv\\w* artikel article articles minutes? minuten"
    " updated published posted subscribe login null none undefined default admin administrator insight submissions kitchens?"
    " partner(?:s)? studios? productions? library team\\w* newsdesk domena \\w*fraktion blog\\w* redaktor red redak\\w* redac\\w*"
    " redaç\\w* redaz\\w* rédac\\w* uncategorized editors editorials newsroom\\w* contributors contributor bureau"
)
_DESKS = Vocabulary(
    "desk",
    (
        *_NOT_PEOPLE.split(),
        *(
            "europa press",
            "public relations",
            "creative commons",
            "cc by",
            "press release",
            "public domain",
            "co. kg",
        ),
    ),
)
# Agencies whose names are words or given names in small letters.
_CAPITALS = frozenset("ANI AP APA ATS EFE EPA EPD KNA LUSA MTI PAP PR SDA SID TASS TT".split())
# Buttons and labels, by the word that they begin with.
_BUTTON = re.compile(
    r"(?:read|view|share|follow|sign|log|load|show|see|click|get|join|watch|listen|save|print|copy|skip|contact|about|last|latest"
    r"|breaking|trending|most|top|related|continue|back|next|previous|open|close|more|all|our|your|the|this|that|no|new|live"
    r"|leave|add|go|search|menu|home|by|teilen|folgen|mehr|weiter|lesen|lire|partager|suivre|voir|compartir|seguir|leer|leia"
    r"|siga|saiba|condividi|leggi|segui|deel|lees|dela|del|les|læs|jaa|lue|udostępnij|czytaj|sdílet|číst|zdieľať|podijeli"
    r"|споделете|поделиться|читать|подписаться|поділитися|κοινοποίηση|διαβάστε|paylaş|oku|شارك|اقرأ|تابع|תגיות|שתפו|bagikan|baca"
    r"|chia|xem|แชร์|อ่าน|ចែករំលែក|साझा|शेयर|পড়ুন|শেয়ার)(?=\s|$)",
    re.IGNORECASE,
)
_SITES = re.compile(
    r"\.(?:com|net|org|de|co|fr|at|ch|uk|jp|info|eu|io|id|vn|my|in|ng|ke|za|br|mx|ar|es|it|pl|ru|tr)(?!\w)"
    r"|www\.|https?:|[@#\ufffd]",
    re.IGNORECASE,
)
_SMALL_WORDS = (
    "de da do dos das di del della dalla degli van von vom zu zum zur der den dem ten ter te la le las lo los il los"
    " du des af av y e i bin ibn binti al el ul ur bint ben abu st mc mac und of ap ó d' l' 't dela na mga wa ole la"
)
_PARTICLES = frozenset(_SMALL_WORDS.split())
_ARTICLES = frozenset("the la el los las le les il lo gli o os as der die das den det een het".split())


@lru_cache(maxsize=8192)
def is_person(name: str, *, strong: bool = False) -> bool:
    """Whether a name can be a person's: no desk, agency, firm or button, and built as names are in its script."""
    if not 1 < len(name) <= LONGEST or name[-1] in "?!" or _SITES.search(name) or _is_organisation(name):
        return False
    if _DIGIT.search(name) and not strong:
        return False
    if eastern.WIDE.search(name):
        return eastern.is_wide_person(name, strong=strong)
    words = name.split()
    if len(words) > 6 or all(month_of(word) or is_weekday(word) for word in words):
        return len(words) == 1 and strong and not is_weekday(name)
    if len(words) < 2:
        return strong and any(char.isalpha() for char in name) and not is_region(name)
    if _BUTTON.match(name) or RELATED.match(name) or SITEWIDE.match(name):
        return False
    return _cased(words) or (strong and len(words) == 2 and name.islower() and words[0] not in _ARTICLES)


def _is_organisation(name: str) -> bool:
    """Whether a name is an agency's, or has a word that only newsrooms and firms have in theirs; agencies whose names
    are short words count where they alone are in capitals.
    """
    words = name.split()
    mixed = not name.isupper()
    if (
        len(words) > 1
        and words[-1].casefold() in _PAPERS
        and (len(words) > 2 or is_place(words[0]) or words[0].casefold() in _ARTICLES)
    ):
        return True
    for word in words:
        bare = word.strip(EDGES)
        if any(_DESKS.has(piece) for piece in {bare.casefold(), *bare.casefold().split("-")}) or (
            bare.isupper() and (mixed or len(words) == 1) and (bare in _CAPITALS or is_agency(bare))
        ):
            return True
    return _DESKS.in_phrase(name.casefold()) or (is_agency(name) and not _is_given_name(name))


def _is_given_name(name: str) -> bool:
    """Whether the name of an agency is written as a given name is ("Ani", "Sid", "Efe")."""
    return len(name) == 3 and name.istitle() and name.isascii()


@lru_cache(maxsize=4096)
def is_place(name: str) -> bool:
    """Whether a name is a city's or a country's."""
    return is_city(name) or is_region(name)


def _cased(words: list[str]) -> bool:
    """Whether all words but particles begin with a capital, where the script has capitals."""
    big = 0
    if words[0] in _NO_BEGINNING:
        return False
    if words[-1].islower() and words[-1].upper() != words[-1] and not "\u10d0" <= words[-1][0] <= "\u10ff":
        return False
    for word in words:
        letter = next((c for c in word if c.isalpha()), "")
        if not letter:
            return False
        if not letter.islower() or "\u10d0" <= letter <= "\u10ff":  # Georgian is written without capitals
            big += 1
        elif word.casefold() not in _PARTICLES and not word.casefold().startswith(
            ("d'", "d’", "l'", "al-", "el-", "an-", "as-", "ad-", "ash-", "ul-", "ur-", "ibn-")
        ):
            return False
    return big >= 2


@lru_cache(maxsize=4096)
def without_jobs(name: str) -> str:
    """A name without the words for a job before or behind it; "" where nothing else is there. Of two words the last
    can be a family name that is called like a job.
    """
    words = name.split()
    plain = [word.strip(EDGES).casefold() for word in words]
    jobs = [_JOBS.has(word) for word in plain]
    if not any(jobs):
        return name
    if len(words) == 2 and plain[1] in _SURNAMES and words[0][:1].isupper() and not jobs[0]:
        desk = (
            plain[0] in _QUALIFIERS
            or plain[0] in _PAPERS
            or _DESKS.has(plain[0])
            or (len(words[0]) > 4 and is_place(words[0]))
        )
        return "" if desk else name
    start, end = 0, len(words)
    while start < end and (jobs[start] or (plain[start] in _QUALIFIERS and any(jobs[start:]))):
        start += 1
    while end > start and jobs[end - 1]:
        end -= 1
        while end > start and plain[end - 1] in _QUALIFIERS:
            end -= 1
    return " ".join(words[start:end]) if end - start > 1 else ""
