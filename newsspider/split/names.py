"""Names of people out of bylines: what is a person's name, and what around it is not.

The words below are what newsrooms print in bylines around and instead of names ("by", desks, agencies, jobs),
put together by hand from bylines of news sites. They lean to European languages, German and English most;
other languages have fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsspider.split.dates import month_of

LONGEST = 60  # characters of a name
MOST = 12  # names of a byline

# "By", "written by", "text:", "author:" at the head of a byline.
_BY = re.compile(
    r"^\W*(?:(?:by)?(?:(?:an?\s)?(?:written|posted|published|reported|(?:all |more )?posts|story|text"
    r"|words|article|report|analysis|opinion|submitted|guest post|interview|review)\s)?by"
    r"|(?:eine?\s)?(?:(?:alles|mehr|geschrieben|verfasst|veröffentlicht|erstellt|gepostet|gespeichert"
    r"|eingestellt|text|(?:blog\s?)?beitrag|artikel|gastbeitrag|interview|kommentar|analyse|bericht"
    r"|essay|kolumne|reportage|porträt)\s)?vo[nm]|(?:(?:écrit|publié|posté|propos recueillis|article"
    r"|rédigé)\s)?par|(?:(?:escrito|publicado|texto|postado|enviado)\s)?por"
    r"|(?:(?:scritto|pubblicato|articolo|testo)\s)?(?:da|di)|(?:geschreven\s)?door|av|af|tekijä"
    r"|kirjoittanut|napsal[ai]?|oleh|reporter|skriven av"
    r"|autor(?:en|in|es|a|e|i)?|auteur[s]?|auth?ors?|verfasser(?:in)?|autorin/autor|autor/in"
    r"|redakteur(?:in)?|redaktion(?=\s?:)|text (?:&|und) fotos?|text|tekst|texte|texto|testo"
    r"|foto(?:s)? und text|text und fotos?"
    r"|penulis|written|journalist|yazan|yazar|автор[ы]?|текст|автори|συντάκτης|του|της|بقلم|كتب|كتبت"
    r"|מאת|נכתב על ידי|द्वारा|โดย|bởi|tác giả|theo)"
    r"(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_BY_GLUED = re.compile(
    r"^(?:By|Von|Par|Por|Door)(?=[A-ZÄÖÜÉ][\w.]*\s+[A-ZÄÖÜÉ])"
)  # elements without a blank between
_BY_EAST = re.compile(
    r"^\W*(?:(?:作者|撰文|撰稿|记者|記者|采写|執筆"
    r"|著者|取材・文|기자|취재)\s*[/／:：|｜・ ]?|(?:文|글)\s*[/／:：|｜])\s*"
)
_JOB_EAST = re.compile(
    r"(?:\s*(?:記者|记者|特派員|論説委員|編集委員|ライター|(?:인턴|수습|선임|전문)?기자|특파원|논설위원|앵커))+$"
)

# "Author:" inside a line that begins with something else; the name ends before the next label.
_LABELLED = re.compile(
    r"(?<!\w)(?:autor(?:in|en)?|auteur|authors?|autore|written by|posted by|geschrieben von"
    r"|verfasst von|erstellt von|redaktion(?=:)|автор|penulis|作者)\s*[:：]?\s+(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s+\w+:(?:\s|$)")

# Parts of a byline after the names.
_TAIL = re.compile(
    r"\s*(?:[|•·–—@]|\s-\s|\(|\[|<|\d|:|\s(?:in|on|am|vom|at|für|for|aus|from|le|el|il|op|den|dnia|à"
    r"|om|pada|w|om|is|was|has|ist|war|i[ns] der|of the|for the"
    r"|published|updated|veröffentlicht|contributed|lesezeit|reports|berichtet)\s)"
)
_FOR = re.compile(r"\s+(?:for|für|pour|para)\s+(?:the|die|das|le|la|el)\s", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*[;/&+]\s*|\s*,\s*(?:and\s|und\s)?|\s*[、，；]\s*|\s+(?:and|And|AND|und|et|y|e|en|och|og|ja|i|a"
    r"|és|ve|si|și|и|та|й|і|dan|và|και|with|mit|con|avec|com|met)\s+|\s*और\s*|\s+و\s*"
)

_NO_PERSON = re.compile(
    r"\b(?:redak\w*|redac\w*|redaz\w*|redaç\w*|rédaction|toimitus|toimittaja|uredništvo|szerkesztő\w*"
    r"|staff|team|desk|newsroom|news|editors?|editorial|editeur"
    r"|agency|agenc\w+|agen[tz]ur\w*|agence|press|presse|prensa|media|medien|reporters?"
    r"|correspondents?|korrespondent\w*|correspondant\w*|bureau|admin\w*"
    r"|webmaster|webredaktion|contributors?|contributing|contribuidor|guest|gast(?:beitrag|autor\w*)?"
    r"|writers?|authors?|autor\w*|auteurs?|author|blog\w*"
    r"|dpa|afp|ap|reuters|epa|apa|ansa|efe|tass|xinhua|pti|ani|ians|kyodo|yonhap|bernama|antara|sid"
    r"|kna|epd|sda|ats|belga|anp|ntb|tt|ritzau|mti|pap|čtk|ctk|tasr"
    r"|lusa|europa press|rtr|upi|cnn|bbc|online|magazin\w*|zeitung\w*|nachrichten\w*|journal|times"
    r"|gazette|herald|tribune|daily|weekly|today|network|group"
    r"|gmbh|ag|e\.?v|inc|ltd|llc|corp\w*|company|foundation|stiftung|institut\w*|universit\w*|verlag"
    r"|verein|ministerium|ministry|department|council|verband|club|services?"
    r"|editor-in-chief|chefredakt\w*|chief|senior|junior|producer|photographer|fotograf\w*|foto\w*"
    r"|photos?|image|bild\w*|video|translat\w*|übersetz\w*|uncredited"
    r"|sponsor\w*|gesponsert\w*|anzeige|\w*leiter(?:in)?|\w*sprecher(?:in)?|redakteur\w*|direktor\w*"
    r"|directors?|manager\w*|analysts?|professor\w*|president|founder|ceo|fellow"
    r"|creative commons|cc by|licen[cs]e|password|scholar|billboard|aktivitäten|ag[eê]nci\w+|jornal"
    r"|\w*fraktion"
    r"|\w*ministeri\w+|archiv\w*|inhalte?|content|anonymous|unknown|user|gastautor|public relations|pr"
    r"|pressestelle|pressemitteilung|home|about"
    r"|contact|kontakt|impressum|share|twitter|facebook|follow|email|e-mail"
    r"|comments?|kommentare?|read|more|mehr|view|posts?|archive|article|artikel|minutes?|min|updated"
    r"|published|read|subscribe|login|null|none|undefined|default|ажанси|редакц\w*|новости"
    r"|агентство|пресс\w*|ред|وكالات|وكالة|תחרות|מערכת|डेस्क|ब्यूरो|टीम|संवाददाता|एजेंसी|ডেস্ক"
    r"|প্রতিবেদক|গองบรรณาธิการ|กองบรรณาธิการ)\b"
    r"|編集部|編輯|编辑|新聞|新闻|通信社|取材班|デジタル|スタッフ|株式会社|本报|本報|责编|綜合|综合|报道|뉴스|편집|연합|온라인|디지털|www\.|https?:"
    r"|\.(?:com|net|org|de|co|fr|at|ch|uk|jp|info|eu|io)\b|@",
    re.IGNORECASE,
)
_SMALL_WORDS = (
    "de da do dos das di del della dalla degli van von vom zu zum zur der den dem ten ter te la le les los"
    " las du des af av y e i bin ibn al el ul ur bint ben abu st mc mac und of ap ó d' l' 't"
)
_PARTICLES = frozenset(_SMALL_WORDS.split())
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DIGIT = re.compile(r"\d")
_EDGES = " \t,;:.|/•·–—-*\"“”„‚’'‘()[]<>【】［］（）〈〉"
_ADDRESS = re.compile(r"www\.|https?:|\w@\w|\[at\]")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_INITIAL = re.compile(r"\s(?:\w|Jr|Sr)$")
_TITLE = re.compile(r"^(?:Herrn?|Frau|Mr|Mrs|Ms|Mme|Miss|Shri|Smt|Sr|Sra|Señor|Señora)\.?\s+(?=[A-ZÄÖÜ])")


def mid_line(text: str) -> str | None:
    """What follows a word for "author" inside a short line ("Date: .. Author: .."), or None."""
    found = _LABELLED.search(text)
    return _LABEL.split(text[found.end() :], maxsplit=1)[0] if found else None


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

    ``strong``: the text is known to be a name (JSON-LD, microdata, an author link), so nicknames and single
    words count.
    """
    text = strip_by(_MAIL.sub("", text).strip())[0]
    tail = (_FOR if strong else _TAIL).search(text, 3)
    if tail:
        text = text[: tail.start()]
        head, _, last = text.rpartition(" ")
        if head and month_of(last):
            text = head
    found: list[str] = []
    for part in _JOINT.split(text)[: MOST * 2]:
        name = tidy_name(part, strong=strong)
        if name and is_person(name, strong=strong) and name not in found:
            found.append(name)
    return tuple(found[:MOST])


def tidy_name(part: str, *, strong: bool = False) -> str:
    """One name without marks at its ends, form of address, and what follows in brackets or after a stroke."""
    if _ADDRESS.search(part):
        return ""
    part = strip_by(part.strip(_EDGES.replace(".", "")))[0]
    if strong:
        part = re.split(r"\s*[|(\[<]|\s[-–—@]\s", part, maxsplit=1)[0]
    part = _JOB_EAST.sub("", part)
    dotted = part.rstrip().endswith(".")
    part = _TITLE.sub("", part.strip(_EDGES))
    return part + "." if dotted and _INITIAL.search(part) else part


def is_person(name: str, *, strong: bool = False) -> bool:
    """Whether a name can be a person's: no desk, agency or firm, and built as names are in its script."""
    if not 1 < len(name) <= LONGEST or name[-1] in "?!" or _NO_PERSON.search(name):
        return False
    if _DIGIT.search(name) and not strong:
        return False
    words = name.split()
    if len(words) > 6:
        return False
    if _WIDE.search(name):
        return len(name.replace(" ", "").replace("\u3000", "").replace("・", "")) <= 14 and (
            strong or len(name) <= 8
        )
    if len(words) < 2:
        return strong and any(char.isalpha() for char in name)
    return _cased(words) or (strong and len(words) == 2 and name.islower())


def _cased(words: list[str]) -> bool:
    """Whether all words but particles begin with a capital, where the script has capitals."""
    big = 0
    for word in words:
        letter = next((c for c in word if c.isalpha()), "")
        if not letter:
            return False
        if not letter.islower():
            big += 1
        elif word.casefold() not in _PARTICLES and not word.casefold().startswith(
            ("d'", "d’", "l'", "al-", "el-")
        ):
            return False
    return big >= 2


def same_people(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two bylines name the same people, in any order, case aside."""
    return {name.casefold() for name in one} == {name.casefold() for name in other}
