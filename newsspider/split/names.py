"""Names of people out of bylines: the words before them, what stands between them, what ends them.

The words for "by" and "author" are those of ``data/bywords.txt``, language by language; here stands how a byline is
built. Chinese, Japanese and Korean bylines are read by ``eastern.py``; what a person's name is, ``persons.py`` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from newsspider.split import eastern
from newsspider.split.bywords import Openings, Vocabulary
from newsspider.split.dates import find_dates, month_of, tidy
from newsspider.split.datewords import DATE_LABEL
from newsspider.split.persons import EDGES, is_person, is_place, without_jobs
from newsspider.split.places import is_caseless, is_unspaced, is_weekday

MOST = 12  # names of a byline
_LABEL_MARK = "\x00"  # behind a piece of a line that is a date's label

_COLON = r"\s*[:：៖՝]\s*"
_BY = rf"(?:{_COLON}|\s*[-–/|]\s+|\s+)"
_OPENINGS = Openings(
    ("by", "by", _BY),
    ("label", "author", rf"(?:{_COLON}|\s*[-–/|]\s+)"),
    ("label", "text", rf"(?:{_COLON}|\s*[|/]\s*|\s+[-–]\s+)"),
    ("author", "author", r"\s+"),
    ("weak", "weak", r"\s+(?=[^\W\d])"),
)
_AGAIN = Openings(("by", "by", _BY))
_BY_GLUED = re.compile(
    r"^(?:By|Von|Par|Por|Door)(?=[A-ZÄÖÜÉ][\w.]*\s+[A-ZÄÖÜÉ])"
)  # elements without a blank between
_BEHIND = re.compile(  # "by" behind the name
    r"\s+(?:द्वारा|ਵੱਲੋਂ|ਦੁਆਰਾ|દ્વારા|ద్వారా|tarafından|skrifar|tomonidan|тарапынан|писал[аи]?|írta|jelenti|reports|berichtet)$",
    re.IGNORECASE,
)

# "Author:" inside a line that begins with something else; the name ends before the next label.
_LABELLED = re.compile(
    r"(?<!\w)(?:(?:written by|posted by|geschrieben von|verfasst von|erstellt von|ditulis oleh|作者|记者|記者|بقلم)\s*[:：]?\s*"
    r"|(?:autor(?:in|en|es|a)?|auteur|authors?|autore|reporter|redaktion|автор|penulis|pewarta|oleh|tác giả|yazar|muhabir"
    r"|συντάκτης|szerző|autorius|autors|الكاتب|نویسنده|خبرنگار|מאת|लेखक|লেখক|ஆசிரியர்|ผู้เขียน|អ្នកនិពន្ធ|mwandishi|ጸሐፊ)\s*[:：៖]\s*"
    r"|(?:autor(?:in|en)?|auteur|authors?|autore|автор)\s+)(?=\S)",
    re.IGNORECASE,
)
# One of these is in whatever that matches: a colon, or letters of the words that need none.
_SIGNS = (
    ":",
    "：",
    "៖",
    "auth",
    "autor",
    "auteur",
    "autore",
    "автор",
    " by",
    "von ",
    "oleh",
    "作者",
    "记者",
    "記者",
    "بقلم",
)
_NEXT_LABEL = re.compile(r"\s+\w+:(?:\s|$)")

# Heads a line of people who did something else: translated, edited, photographed.
_OTHERS = re.compile(
    r"^\W*(?:(?:photo\w*|pictures?|images?|illustrations?|graphics?|translat\w+|edit(?:ed|ing|or)s?|fact-?check\w*|video\w*|camera)"
    r"|(?:\w*foto\w*|bild\w*|übersetz\w+|grafik\w*|redigiert|kamera)|(?:traduit|traduction|crédit\w*|édité|dessin)"
    r"|(?:traduc\w+|fotograf\w+|edici[oó]n|editad[oa]|traduzid[oa]|tradução|ediç[aã]o|traduzione|traduzid\w+|montaggio)"
    r"|(?:vertaal\w*|vertaling|beeld|översatt|översättning|oversat\w*|oversett\w*|kuva\w*|kääntä\w+|käännös|tõlki\w+)"
    r"|(?:zdjęci\w+|tłum\w*|przekład|přelož\w+|překlad|prelož\w+|preklad|prev[eo]\w+|fordí\w+|fotó\w*|kép\w*|tradus|traducere)"
    r"|(?:фото\w*|перевод\w*|перев[её]л\w*|переклад\w*|превод\w*|редактор\w*|снимк\w*|φωτο\w*|μετάφραση|επιμέλεια φωτο\w*)"
    r"|(?:fotoğraf\w*|çevir\w+|editör\w*|tərcümə|tarjima|ترجمة|ترجمه|تصوير|عکس|ویرایش|ترجمہ|תרגום|צילום|צילומים|עריכה)"
    r"|(?:अनुवाद\w*|फोटो|फ़ोटो|संपादन|संपादक|অনুবাদ|ছবি|แปล\S*|ภาพ\S*|បកប្រែ\S*|រូបភាព\S*|ảnh|dịch|biên dịch|biên tập|hình ảnh)"
    r"|(?:penerjemah|penyunting|editor|mpiga picha|mhariri)|(?:翻[译譯訳]|[编編][译譯]|[摄攝]影|[责責][编編任]"
    r"|[编編][辑輯]|写真|撮影|번역|사진|편집))"
    r"(?=\s|[:：/／|]|$)",
    re.IGNORECASE,
)
# What ends the names of a byline: marks; "in Berlin", "for the Post", "on Monday"; "published", "translated by".
_TAIL = re.compile(
    r"\s*(?:[|•·–—@]|\s-\s|\(|\[|<|\d|[:：៖]|//?(?=[A-ZÀ-Þ])|\s(?:in|on|am|vom|at|für|for|aus|from|à|w|em|på|в|із|από|στ[οη]ν?|ở|tại|से|من|في|فى|از|در"
    r"|is|was|has|ist|war|i[ns] der|of the|for the)\s|\s(?:le|el|il|op|den|dnia|om|pada|на)\s(?=(?:[^\W\d]+,?\s)?\d)"
    r"|\s(?i:published|posted|updated|last|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|atualizado"
    r"|pubblicato|aggiornato|gepubliceerd|publicerad|publisert|opublikowano|обновлено|опубликовано|yayınlan\w+|güncellen\w+"
    r"|diterbitkan|diperbarui|contributed|lesezeit|edit(?:ing|ed)|reporting|reports|berichtet|translat\w+|übersetz\w+|traduit|traducid[oa]|traduzid[oa]"
    r"|traduzione|photos?|photograph\w*|pictures|foto\w*|fotos|editor|with reporting|additional|min read|read time)(?=[\s:]|$))"
)
_FOR = re.compile(r"\s+(?:for|für|pour|para)\s+(?:the|die|das|le|la|el)\s", re.IGNORECASE)
# "in Berlin" between two names of a byline.
_PLACED = re.compile(
    r"\s(?:in|à|en|em|aus|from|at)\s[A-ZÀ-Þ][\w.'-]*(?:\s[A-ZÀ-Þ][\w.'-]*){0,2}(?=\s(?:and|und|et|y|e|en|och|og)\s|\s*[,;&]\s*[A-ZÀ-Þ][\w.'-]*\s[A-ZÀ-Þ])"
)
_JOINT = re.compile(
    r"\s*[;/&+]\s*|\s*[,،]\s*(?:and\s|und\s)?|\s*[、，；]\s*|\s+(?:and|And|AND|und|UND|et|ET|y|Y|e|E|en|och|og|ja|i|a|agus|eta"
    r"|és|ve|si|și|şi|и|та|й|і|жана|және|dan|và|και|na|with|mit|con|avec|com|met|med|och|or|və|va|u|ir|un|kaj|və|ac)\s+"
    r"|\s*(?:और|एवं|तथा|আর|এবং|ਅਤੇ|અને|மற்றும்|మరియు|ಮತ್ತು|കൂടാതെ)\s+|\s+(?:و|او)\s+|\s+ו(?=[א-ת]{2})|\s*และ\s*|\s*និង\s*|\s*ແລະ\s*"
)
_IN_NAMES = frozenset(("y", "i", "e"))  # "José Ortega y Gasset": a joint, but where one word follows

_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(
    r"(?:(?<!\w)(?:at|à|a las|às|alle|um|kl\.?|om|o|в|о|lúc|pukul|klo)\s+)?\b\d{1,2}\s?[:.h時点时]\s?\d{2}(?:[:.]\d{2})?"
    r"\s?(?:uhr|[ap]\.?m\.?\b|wib|wita|ist|gmt|utc|est|edt|pst|cet|cest|hrs?|น\.?|분|分)?",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s*[|•·–—]\s*|\s-\s|\s*/\s+|\s*,\s*$|^\s*[,/-]\s*")
_ZONE = re.compile(
    r"(?:بتوقيت|به وقت|לפי שעון)\s+\S+|(?:한국|현지)\s?시[각간]|\(?(?:भारतीय समय|स्थानीय समय)\)?"
)  # of a clock
_ADDRESS = re.compile(r"www\.|https?:|\w@\w|\[at\]")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_HANDLE = re.compile(r"(?<!\w)@\w{2,30}")
_ABOUT = re.compile(
    r"^(?:about|über|à propos d[e’']\s?|acerca de|sobre|informazioni su|tentang|despre|об авторе:?)\s+(?=\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_HEADING = 5  # words of a heading over a note on the author
_INITIAL = re.compile(r"\s(?:\w|Jr|Sr)$")
_FOLLOW = re.compile(  # the button behind a name, in the languages of CLDR's larger ones
    r"\s+(?:\+\s*)?(?:following|follow(?: \w{2,8})?|unfollow|folgen|suivre|seguir|siga|segui|volgen|volg|följ|følg|seuraa"
    r"|obserwuj|sledovat|sledovať|követés|követem|urmărește|prati|подписаться|следить|підписатися|стежити|следвай|ακολουθήστε"
    r"|takip et|ikuti|theo dõi|팔로우|구독|フォロー(?:する)?|关注|關注|追蹤|متابعة|تابع|دنبال کردن|עקוב|מעקב|फॉलो करें|फ़ॉलो करें"
    r"|ফলো করুন|ติดตาม)\s*[+›»]?$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:Herrn?|Frau|Mr|Mrs|Ms|Mme|Miss|Shri|Smt|Sr|Sra|Señor|Señora)\.?\s+(?=[A-ZÄÖÜ])")
_DATED = 100  # characters of a line with a date and a name


# ---- the words before the names --------------------------------------------------------------------------
def strip_by(text: str) -> tuple[str, bool]:
    """A byline without the words before its first name, and whether there were such words."""
    rest, kind = opened(text)
    if kind == "weak" and not is_person(rest):
        return text, False
    return rest, bool(kind)


def opened(text: str) -> tuple[str, str]:
    """A byline from its first name on, and the kind of the words before it: "by", "label" (with a colon), "author",
    "weak"; "" where there are none.
    """
    if eastern.WIDE.search(text):
        start = eastern.opening(text)
        if start:
            return text[start:], "by"
    kind, start = _OPENINGS.match(text)
    if kind:
        rest = text[start:]
        again = _AGAIN.match(rest)[1]  # "Text: by .."
        return (rest[again:] if again and kind != "weak" and " " in rest[again:].strip() else rest), kind
    glued = _BY_GLUED.match(text)
    return (text[glued.end() :], "by") if glued else (text, "")


def is_on_author(text: str) -> bool:
    """Whether a heading is one over what is told of who wrote the text: "About the author", or "about" a name."""
    words = _WORD.findall(text.casefold())
    if len(words) <= _HEADING and any(map(_authors().has, words)):
        return True
    about = _ABOUT.match(text)
    return about is not None and is_person(text[about.end() :].strip(EDGES))


@lru_cache(maxsize=1)
def _authors() -> Vocabulary:
    return Vocabulary("author")


def is_of_others(text: str) -> bool:
    """Whether a line names those who translated, edited or photographed; more than that word must stand there."""
    found = _OTHERS.match(text)
    return found is not None and found.end() + 2 < len(text)


def labelled(text: str) -> str | None:
    """What follows a word for "author" inside a short line ("Date: .. Author: .."), up to the next label; None where
    there is no such word.
    """
    folded = text.casefold()
    found = _LABELLED.search(text) if any(sign in folded for sign in _SIGNS) else None
    if found:
        return _NEXT_LABEL.split(text[found.end() :], maxsplit=1)[0]
    return eastern.mid_line(text)


def signed(text: str) -> str | None:
    """What stands before "by" where that follows the name, at the end of a line; None where it doesn't."""
    found = _BEHIND.search(text)
    return text[: found.start()] if found else None


def dated(text: str) -> str | None:
    """Of a line with a date, the piece that begins with "by" or is a name and nothing else; None where none is. Without
    capitals any label looks like a name: there it must follow the date at the end of the line, or "by" tells it.
    """
    return _dated(text, caseless=False) if _DIGIT.search(text) and len(text) <= _DATED else None


def _dated(text: str, *, caseless: bool = True) -> str | None:
    """``caseless``: whether names in scripts without capitals count, too, that don't end the line."""
    pieces = _without_dates(text)
    for piece in pieces:
        rest, kind = opened(piece.removesuffix(_LABEL_MARK))
        if kind in ("by", "label") and names_in(rest):
            return rest
    if _is_stamp(text):
        return None
    pieces = [p for p in pieces if _LABEL_MARK not in p and not DATE_LABEL.search(p)]
    ends = tidy(text).rstrip(EDGES)
    pieces = [
        p for p in pieces if not is_unspaced(p) and (caseless or not is_caseless(p) or ends.endswith(p))
    ]
    return next((p for p in pieces if is_person(p) and not is_place(p)), None)


def _without_dates(text: str) -> list[str]:
    """The pieces of a line between its dates, times and strokes; none where it has no date."""
    text = tidy(text)
    dates = list(find_dates(text))
    if not dates:
        return []
    for dated in reversed(dates):
        before = text[: dated.start].rstrip()
        label = _LABEL_MARK if _names_date(before) else ""
        text = f"{before}{label} | {text[dated.end :]}"
    pieces = (piece.strip(EDGES) for piece in _PIECES.split(_ZONE.sub(" | ", _CLOCK.sub(" | ", text))))
    return [p for p in pieces if p and not is_weekday(p)]


def _names_date(before: str) -> bool:
    """Whether what stands before a date names the date, and nobody: a colon ends it; without capitals, whatever no mark
    parts from the date.
    """
    last = before.rpartition(" ")[2]
    return before.endswith((":", "：", "៖", "։")) or (
        any(map(str.isalpha, last)) and is_caseless(last) and last[-1] not in EDGES
    )


def _is_stamp(text: str) -> bool:
    """Whether a line begins with a date's label: whatever stands behind the date is a clock or a zone."""
    head = text[: found.start()] if (found := _DIGIT.search(text)) else ""
    label = DATE_LABEL.search(head)
    return label is not None and len(head[: label.start()].split()) <= 1  # a name has two words at least


# ---- the names -------------------------------------------------------------------------------------------
def names_in(text: str, *, strong: bool = False) -> tuple[str, ...]:
    """The people that a byline names, in order.

    ``strong``: the text is known to be a name (JSON-LD, microdata, an author link), so nicknames and single
    words count.
    """
    text = _HANDLE.sub("", _MAIL.sub("", text)).strip()
    if is_of_others(text):
        return ()
    text, kind = _named(text) if strong else opened(text)
    if not kind and not strong and _DIGIT.search(text) and not eastern.mid_line(text):
        text = _dated(text) or ("" if _is_stamp(text) else text)
    text = _BEHIND.sub("", text)
    if eastern.WIDE.search(text):
        parts = [part for part in eastern.parts_of(text) for part in _JOINT.split(part)]
    else:
        parts = _parts(_cut(_PLACED.sub("", text), strong))
    found: list[str] = []
    for at, part in enumerate(parts[: MOST * 2]):
        name = tidy_name(part, strong=strong)
        if (
            name
            and name not in found
            and is_person(name, strong=strong)
            and not (at and at + 1 == len(parts) and not strong and _is_last_place(text, part))
        ):
            found.append(name)
    if not found and strong and len(parts) == 1 and text.count(",") == 1:
        return ()
    return _put_right(found, text) if strong else tuple(found[:MOST])


def _is_last_place(text: str, part: str) -> bool:
    """Whether a place ends a byline, behind a comma or a stroke ("Ada Okoye, New York")."""
    before, found, _ = text.rpartition(part.strip())
    return bool(found) and before.rstrip()[-1:] in (",", "/", "،") and is_place(part.strip())


def _named(text: str) -> tuple[str, str]:
    """What is known to be a name, without "by" where more than one word is left; a word that names begin with, too
    ("Di Marco Bellini"), is none of it only in small letters.
    """
    rest, kind = opened(text)
    if kind == "weak" and text[:1].islower() and rest[:1].isupper() and is_person(rest):
        return rest, kind
    if kind == "label" or (kind == "by" and (" " in rest.strip() or text[:1].islower())):
        return rest, kind
    return _ABOUT.sub("", text), ""


def _put_right(found: list[str], text: str) -> tuple[str, ...]:
    """Family names before given ones ("Okoye, Ada; Díaz, Juan") put behind them."""
    pairs = [pair.split(",") for pair in text.split(";")]
    if all(len(pair) == 2 and all(part.strip().istitle() for part in pair) for pair in pairs) and (
        len(found) == 2 * len(pairs)
    ):
        turned = (f"{given} {family}" for family, given in zip(found[::2], found[1::2], strict=True))
        return tuple(name for name in turned if name.count(" ") == 1 or len(pairs) > 1)[:MOST] or tuple(found)
    return tuple(found[:MOST])


def _cut(text: str, strong: bool) -> str:
    """A byline up to what ends its names."""
    tail = (_FOR if strong else _TAIL).search(text, 3)
    if not tail:
        return text
    if not strong and tail[0].strip()[:1] in (":", "：", "៖"):
        return _before_label(text[: tail.start()])
    text = text[: tail.start()]
    head, _, last = text.rpartition(" ")
    return head if head and month_of(last) else text


def _before_label(text: str) -> str:
    """What stands before a label (the last words of the text): nothing, where that begins the line."""
    joints = list(_JOINT.finditer(text))
    if joints:
        return text[: joints[-1].start()]
    words = text.split()
    return " ".join(words[:-1]) if len(words) > 2 else ""


def _parts(text: str) -> list[str]:
    """A byline cut between its names; a joint that belongs to a name stays in it."""
    parts: list[str] = []
    last = 0
    for joint in _JOINT.finditer(text):
        follows = text[joint.end() :].split(",", 1)[0].split()
        inside = (
            joint[0].strip() in _IN_NAMES and len(follows) == 1 and " " in text[last : joint.start()].strip()
        )
        if not inside:
            parts.append(text[last : joint.start()])
            last = joint.end()
    return [*parts, text[last:]]


def tidy_name(part: str, *, strong: bool = False) -> str:
    """One name without marks at its ends, form of address, jobs, a button behind it, and what follows in brackets or
    after a stroke.
    """
    if _ADDRESS.search(part):
        return ""
    part = _without_button(part.rstrip())
    part = part.strip(EDGES.replace(".", ""))
    if strong:
        part = re.split(r"\s*[|(\[<]|\s[-–—@]\s", part, maxsplit=1)[0]
    part = without_jobs(_named(part)[0])
    dotted = part.rstrip().endswith(".")
    part = _TITLE.sub("", part.strip(EDGES))
    return part + "." if dotted and _INITIAL.search(part) else part


def _without_button(part: str) -> str:
    """A name without the button behind it; where one given name would be left, the word is the family name (Segui)."""
    rest = _FOLLOW.sub("", part)
    return part if rest.istitle() and " " not in rest else rest


def same_people(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two bylines name the same people, in any order, case aside."""
    return {name.casefold() for name in one} == {name.casefold() for name in other}
