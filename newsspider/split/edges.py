"""Lines at the edges of a text that are set like it and are none of it: marks that end a story, calls to follow and to
subscribe, who edited it, where it came from, whom a press release names to ask.

Only the first and the last few blocks are asked: in the midst of a text the same words are a story's own.
``data/edgewords.txt`` holds the words, and says how they were collected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsspider.split.agencies import is_agency
from newsspider.split.bywords import word_lists
from newsspider.split.names import names_in
from newsspider.split.text import ends_sentence, weight

_CALL = 240  # weight of a call
_AWAY_CALL = 120  # of one that only its links tell
_BEGINS = 120  # characters of a text in which its call begins
_CREDIT = 160  # characters of a line that says who worked on the text
_SOURCE = 90  # of one that says where it came from
_CONTACT = 250
_BUTTON = 45
# How newsrooms end a story (-30- in North America), the initials of who wrote an agency's ("(dpa/mri)"), what is left
# of a system's own codes ("[ad_2]"), the number of a picture.
_MARK = re.compile(
    r"(?:[#*]\s?){3,6}|[-–—]\s?(?:30|ends?)\s?[-–—]|\([a-z]{2,4}\)|\([a-z]{2,5}(?:/[a-z]{2,5}){1,3}\)|[a-z]{2,3}(?:/[a-z]{2,4}){1,3}"
    r"|\[/?[a-z]{2,20}(?:[ _-]\d+)?\]|\d{1,3} (?:of|von|de|di|из) \d{1,3}",
)
_LAST = re.compile(
    r"(?:#\s?){3,6}|[-–—]\s?(?:30|ends?)\s?[-–—]|ENDS"
)  # behind it nothing of a release follows
_AWAY = re.compile(
    r"^(?:https?:)?//(?:[\w-]+\.)*(?:facebook\.com|fb\.(?:com|me)|twitter\.com|x\.com|instagram\.com|t\.me|telegram\.(?:me|org)"
    r"|whatsapp\.com|wa\.me|youtube\.com/(?:c/|channel|@|user)|tiktok\.com|threads\.net|bsky\.app|linkedin\.com|vk\.com|ok\.ru"
    r"|viber\.com|line\.me|weibo\.com|zalo\.me|apps\.apple\.com|itunes\.apple\.com|play\.google\.com|news\.google\.com"
    r"|flipboard\.com|pinterest\.\w+|patreon\.com|steadyhq\.com|ko-fi\.com|buymeacoffee\.com|paypal\.\w+)(?:[/?#]|$)"
    r"|^(?:whatsapp|tg|viber):"
    r"|/(?:newsletters?|subscri(?:be|ptions?)|donat(?:e|ions?)|spenden?|abonnements?|membership|support-us)/?(?:[?#]|$)",
    re.IGNORECASE,
)
# Networks and shops are called the same in most languages.
_NETWORKS = (
    "telegram|whats ?app|facebook|instagram|twitter|youtube|tiktok|viber|linkedin|threads|bluesky|snapchat|pinterest"
    "|mastodon|google (?:news|discover|play)|app ?store|play ?store|spotify|apple podcasts|patreon|paypal|messenger"
    "|(?:on|auf|sur|en|su|på|op|na|no|в|у) x(?!\\w)|rss"
)
_MAIL = re.compile(r"[\w.+-]+(?:@| ?\[at\] ?)[\w-]+\.[\w.]+")
_TELEPHONE = re.compile(r"\+?\(?(?!\d{4}[-./]\d\d?[-./]\d)\d[\d\s()/.–-]{6,}\d")  # no date
_CUT = re.compile(r"[\s/,;()\[\]|&+–—]+")
_INITIALS = re.compile(r"[a-z]{2,4}")
_WORD = re.compile(r"[^\W\d_]{4,}")
_BETWEEN = 2
_SENTENCE = re.compile(r"(?:^|[.?!…:|]\s+|[—–]\s+)[^\w\s\"“„«]{0,3}\s?")
_QUOTES = re.compile(r"[\"“„«「‘]|(?<!\w)'")
_OPENS = ("@", "©", "(", "[", "“", '"', "„", "«")  # what a name may begin with
_AFTER = (":", "：", "?", "？", "|")  # behind the words of a contact
_COLON = r"\s?[:：]\s*(?=\S)"
_MISTAKES = re.compile(r"ctrl\s?\+\s?enter", re.IGNORECASE)  # readers are asked to mark them
# A word ends where its letters do; in scripts that set no blanks (as in ``words``) anywhere.
_END = r"(?:(?<=[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])|(?!\w))"


@lru_cache(maxsize=16)
def _words(kinds: str, before: str = "", after: str = _END) -> re.Pattern[str]:
    """A pattern of all words of these kinds, longer ones first, between two others."""
    lists = word_lists("edgewords")
    pieces = sorted({piece for kind in kinds.split() for piece in lists[kind]}, key=len, reverse=True)
    return re.compile(rf"{before}(?:{'|'.join(pieces)}){after}")


def leads_away(text: str, addresses: Sequence[str]) -> bool:
    """Whether a short line has links, and all of them lead to networks, messengers, shops of apps, or to where one
    subscribes or gives. ``addresses``: of its links, as written.
    """
    return weight(text) <= _AWAY_CALL and bool(addresses) and all(map(_AWAY.search, addresses))


def is_call(text: str) -> bool:
    """Whether a line calls its reader to follow, to subscribe or to give."""
    return weight(text) <= _CALL and (_MISTAKES.search(text) is not None or _calls(text.lower()))


def _calls(text: str) -> bool:
    quoted = _QUOTES.search(text)
    until = min(_BEGINS, quoted.start() if quoted else len(text))
    for begins in _SENTENCE.finditer(text, 0, until):
        if _words("join").match(text, begins.end()):
            return True
        call = _words("call").match(text, begins.end())
        if call and _means().search(text, call.end()):
            return True
    return _words("last", after=r"[\s\W]*$").search(text, max(0, len(text) - 30)) is not None and (
        _means().search(text) is not None
    )


@lru_cache(maxsize=1)
def _means() -> re.Pattern[str]:
    return re.compile(f"(?<![a-zà-ÿ])(?:{_NETWORKS}|{_words('means', after='').pattern})")


def is_end(text: str) -> bool:
    """Whether a last line is no text but a mark, a button, or says who worked on the story or where it came from."""
    if _MARK.fullmatch(text) or (len(text) <= _SOURCE and _is_agencies(text)):
        return True
    small = text.lower()
    bare = small.strip(" .…!()[]{}–—-*0123456789")
    if len(text) <= _BUTTON and _words("button end with", after="").fullmatch(bare):
        return True
    return is_contact(text) or (len(text) <= _CREDIT and _is_credit(text, small))


def ends_release(text: str) -> bool:
    """Whether a line is a mark behind which nothing of a press release follows."""
    return _LAST.fullmatch(text) is not None or _words("end", after="").fullmatch(text.lower()) is not None


def is_contact(text: str) -> bool:
    """Whether a line says whom to ask: a word of it, and a mail address or a number; a sentence that does is text."""
    if len(text) > _CONTACT:
        return False
    asked = _words("contact", r"\W*").match(text.lower())
    if asked is None:
        return False
    if text[asked.end() :].lstrip()[:1] in _AFTER:
        return bool(_MAIL.search(text) or _TELEPHONE.search(text))
    return _MAIL.search(text) is not None and not ends_sentence(text)


def is_head(text: str) -> bool:
    """Whether a first line says that a text is for the press, or whom to ask."""
    small = text.lower()
    released = _words("release", r"\W*").match(small) if len(text) <= _SOURCE else None
    return (released is not None and _says_when(text[released.end() :])) or is_contact(text)


def _says_when(rest: str) -> bool:
    """Whether behind "press release" stands nothing, a mark, capitals alone or a number: else the words are a story's."""
    rest = rest.strip()
    told = _tells(rest) or (rest[:1].isalpha() and rest != rest.upper() and not any(map(str.isdigit, rest)))
    return not told


def _is_agencies(text: str) -> bool:
    """Whether a line has nothing but the names of agencies, and initials of their people; "with" before them or not."""
    words = text.strip(" –—-()[].")
    first = _words("with", r"\W*", r"(?=\s)").match(words.lower())
    rest = words[first.end() :].strip() if first else words
    if is_agency(words) or is_agency(rest):
        return True
    parts = [part for part in _CUT.split(rest) if part]
    named = sum(map(is_agency, parts))
    return named > 0 and len(parts) < 7 and all(is_agency(p) or _INITIALS.fullmatch(p) for p in parts)


def _is_credit(text: str, small: str) -> bool:
    """Whether a line names who worked on a story, whose picture it has, or whose report it is."""
    role = _words("role", r"\W*", _COLON).match(small)
    label = role or _words("source photo", r"\W*", _COLON).match(small)
    if label:
        named = text[label.end() :]
        if role and ends_sentence(text):
            return bool(names_in(named))  # in an interview such a word is a speaker
        if not named[:1].isalpha():
            return named[:1] in _OPENS
        return not _says(named) or (len(text) <= _SOURCE and not ends_sentence(text))
    worked = _words("work", r"\W*", r"\s+(?=\S)").match(small)
    if worked:
        return not text[worked.end()].islower() and not _says(_words("work").sub(" ", text[worked.end() :]))
    helped = _words("helped").search(small)
    if helped:
        return not _tells(_words("role work helped").sub(" ", text))
    given = _words("with", r"\W*", r"\s+(?=\S)").match(small)
    if given is None or " " not in given[0].strip() or len(text) > _SOURCE:
        return False
    return not _tells(text[given.end() :])


def _says(text: str) -> bool:
    """Whether a text tells something: as ``_tells``, or it is a sentence and has any word in small letters."""
    return _tells(text) or (ends_sentence(text) and any(word[0].islower() for word in _WORD.findall(text)))


def _tells(text: str) -> bool:
    """Whether a text has more words in small letters than names have between them."""
    small = [word for word in map(str, _WORD.findall(text)) if word[0].islower()]
    return len(small) > _BETWEEN
