"""Names of people out of bylines: what is a person's name, and what around it is not.

The words below are what newsrooms print in bylines around and instead of names ("by", desks, agencies, jobs), gathered over the languages
of CLDR's modern coverage that have Latin, Cyrillic, Greek, Arabic, Hebrew, Indic or East Asian news sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 60  # characters of a name
MOST = 12  # names of a byline

# "By", "written by", "text:", "author:" at the head of a byline.
_BY = re.compile(
    r"^\W*(?:(?:(?:an?\s)?(?:written|posted|published|reported|story|text|words|article|report|analysis|opinion|submitted|guest post|interview|review)\s)?by"
    r"|(?:ein\s)?(?:(?:geschrieben|verfasst|veröffentlicht|text|beitrag|artikel|gastbeitrag|interview|kommentar|analyse|bericht|essay|kolumne|ein beitrag|eine analyse)"
    r"\s)?von|(?:(?:écrit|publié|posté|propos recueillis|article|rédigé)\s)?par|(?:(?:escrito|publicado|texto|postado|enviado)\s)?por"
    r"|(?:(?:scritto|pubblicato|articolo|testo)\s)?(?:da|di)|(?:geschreven\s)?door|av|af|tekijä|kirjoittanut|napsal[ai]?|oleh|reporter|skriven av"
    r"|autor(?:en|in|es|a|e|i)?|auteur[s]?|auth?ors?|verfasser(?:in)?|redakteur(?:in)?|text|tekst|texte|texto|testo|foto(?:s)? und text|text und fotos?"
    r"|penulis|written|journalist|yazan|yazar|автор[ы]?|текст|автори|συντάκτης|του|της|بقلم|كتب|كتبت|מאת|נכתב על ידי|द्वारा|โดย|bởi|tác giả|theo)"
    r"(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_BY_GLUED = re.compile(r"^(?:By|Von|Par|Por|Door)(?=[A-ZÄÖÜÉ][a-zäöüéèß]+\s+[A-ZÄÖÜÉ])")  # elements without a blank between
_BY_EAST = re.compile(r"^\W*(?:作者|文|撰文|撰稿|记者|記者|采写|執筆|著者|取材・文|글|기자|취재)\s*[/／:：|｜・ ]?\s*")
_JOB_EAST = re.compile(r"(?:\s*(?:記者|记者|特派員|論説委員|編集委員|ライター|(?:인턴|수습|선임|전문)?기자|특파원|논설위원|앵커))+$")

# Parts of a byline after the names.
_TAIL = re.compile(
    r"\s*(?:[|•·–—@]|\s-\s|\(|\[|<|\d|:|\s(?:in|on|am|vom|at|für|for|aus|from|le|el|il|op|den|dnia|à|om|pada|w|om|is|was|has|ist|war|i[ns] der|of the|for the"
    r"|published|updated|veröffentlicht|contributed|lesezeit|reports|berichtet)\s)"
)
_JOINT = re.compile(
    r"\s*[;/&+]\s*|\s*,\s*(?:and\s|und\s)?|\s*[、，；]\s*|\s+(?:and|und|et|y|e|en|och|og|ja|i|a|és|ve|si|și|и|та|й|і|dan|và|και|with|mit|con|avec|com|met)\s+|\s*और\s*|\s+و\s*"
)

_NO_PERSON = re.compile(
    r"\b(?:redak\w*|redac\w*|redaz\w*|redaç\w*|rédaction|toimitus|toimittaja|uredništvo|szerkesztő\w*|staff|team|desk|newsroom|news|editors?|editorial|editeur"
    r"|agency|agenc\w+|agen[tz]ur\w*|agence|press|presse|prensa|media|medien|reporters?|correspondents?|korrespondent\w*|correspondant\w*|bureau|admin\w*"
    r"|webmaster|webredaktion|contributors?|contributing|contribuidor|guest|gast(?:beitrag|autor\w*)?|writers?|authors?|autor\w*|auteurs?|author|blog\w*"
    r"|dpa|afp|ap|reuters|epa|apa|ansa|efe|tass|xinhua|pti|ani|ians|kyodo|yonhap|bernama|antara|sid|kna|epd|sda|ats|belga|anp|ntb|tt|ritzau|mti|pap|čtk|ctk|tasr"
    r"|lusa|europa press|rtr|upi|cnn|bbc|online|magazin\w*|zeitung\w*|nachrichten\w*|journal|times|gazette|herald|tribune|daily|weekly|today|network|group"
    r"|gmbh|ag|e\.?v|inc|ltd|llc|corp\w*|company|foundation|stiftung|institut\w*|universit\w*|verlag|verein|ministerium|ministry|department|council|verband|club|services?"
    r"|editor-in-chief|chefredakt\w*|chief|senior|junior|producer|photographer|fotograf\w*|foto\w*|photos?|image|bild\w*|video|translat\w*|übersetz\w*|uncredited"
    r"|anonymous|unknown|user|gastautor|public relations|pr|pressestelle|pressemitteilung|home|about|contact|kontakt|impressum|share|twitter|facebook|follow|email|e-mail"
    r"|comments?|kommentare?|read|more|mehr|view|posts?|archive|article|artikel|minutes?|min|updated|published|read|subscribe|login|null|none|undefined|default|ажанси|редакц\w*|новости"
    r"|агентство|пресс\w*|ред|وكالات|وكالة|תחרות|מערכת|डेस्क|ब्यूरो|टीम|संवाददाता|एजेंसी|ডেস্ক|প্রতিবেদক|গองบรรณาธิการ|กองบรรณาธิการ)\b"
    r"|編集部|編輯|编辑|新聞|新闻|通信社|取材班|デジタル|スタッフ|株式会社|本报|本報|责编|綜合|综合|报道|뉴스|편집|연합|온라인|디지털|www\.|https?:|\.(?:com|net|org|de|co|fr|at|ch|uk|jp|info|eu|io)\b|@",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "de da do dos das di del della dalla degli van von vom zu zum zur der den dem ten ter te la le les los las du des af av y e i bin ibn al el ul ur bint ben abu st mc mac und of ap ó"
    " d' l' 't".split()
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DIGIT = re.compile(r"\d")
_EDGES = " \t,;:.|/•·–—-*\"“”„‚’'‘()[]<>【】［］（）〈〉"
_TITLE = re.compile(r"^(?:Herrn?|Frau|Mr|Mrs|Ms|Mme|Miss|Shri|Smt|Sr|Sra|Señor|Señora)\.?\s+(?=[A-ZÄÖÜ])")


def strip_by(text: str) -> tuple[str, bool]:
    """A byline without the words before its first name, and whether there were such words."""
    for pattern in (_BY, _BY_GLUED, _BY_EAST):
        found = pattern.match(text)
        if found and found.end() < len(text):
            rest = text[found.end() :]
            again = _BY.match(rest)
            return (rest[again.end() :] if again and again.end() < len(rest) else rest), True
    return text, False


def names_in(text: str, *, strong: bool = False) -> tuple[str, ...]:
    """The people that a byline names, in order.

    ``strong``: the text is known to be a name (JSON-LD, microdata, an author link), so nicknames and single words count.
    """
    text = strip_by(text.strip())[0]
    if not strong:
        tail = _TAIL.search(text, 3)
        text = text[: tail.start()] if tail else text
    found: list[str] = []
    for part in _JOINT.split(text)[: MOST * 2]:
        name = tidy_name(part, strong=strong)
        if name and is_person(name, strong=strong) and name not in found:
            found.append(name)
    return tuple(found[:MOST])


def tidy_name(part: str, *, strong: bool = False) -> str:
    """One name without marks at its ends, form of address, and what follows in brackets or after a stroke."""
    part = strip_by(part.strip(_EDGES))[0]
    if strong:
        part = re.split(r"\s*[|(\[<]|\s[-–—@]\s", part, maxsplit=1)[0]
    part = _JOB_EAST.sub("", part)
    part = _TITLE.sub("", part.strip(_EDGES))
    if part.endswith((" Jr", " Sr")):
        part += "."
    return part


def is_person(name: str, *, strong: bool = False) -> bool:
    """Whether a name can be a person's: no desk, agency, firm or address, built as names are in its script."""
    if not 1 < len(name) <= LONGEST or _DIGIT.search(name) and not strong or _NO_PERSON.search(name):
        return False
    words = name.split()
    if len(words) > 6:
        return False
    if _WIDE.search(name):
        return len(name.replace(" ", "").replace("\u3000", "").replace("・", "")) <= 14 and (strong or len(name) <= 8)
    if strong:
        return any(char.isalpha() for char in name)
    if len(words) < 2:
        return False
    return _cased(words)


def _cased(words: list[str]) -> bool:
    """Whether all words but particles begin with a capital, where the script has capitals."""
    big = 0
    for word in words:
        letter = next((c for c in word if c.isalpha()), "")
        if not letter:
            return False
        if letter.isupper() or letter.istitle() or not letter.islower():
            big += 1
        elif word.casefold() not in _PARTICLES and not word.casefold().startswith(("d'", "d’", "l'", "al-", "el-")):
            return False
    return big >= 2


def same_people(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two bylines name the same people, in any order, case aside."""
    return {name.casefold() for name in one} == {name.casefold() for name in other}
