"""Text as records hold it: NFC, no-break spaces as spaces, runs of white space as one space, invisible
characters gone.

Joiners and direction marks (ZWNJ, ZWJ, LRM, RLM) stay, for they change how a word reads; so do zero-width
spaces between letters of scripts that use them between words (Khmer, Thai, Lao, Burmese).
"""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, word joiner and invisible operators, BOM, interlinear marks, control characters, directional
# embeddings and isolates.
_INVISIBLE = re.compile(
    "[\u00ad\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
# Outside it nothing needs more than splitting at blanks: no letter or mark here is invisible, or has another form
# alone or beside one of the others (NFC). Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic and Han letters,
# kana, Hangul, the usual marks.
_UNUSUAL = re.compile(
    "[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u038e-\u0482\u048a-\u055f\u0561-\u0587\u05d0-\u05ea\u0620-\u064a"
    "\u0660-\u066f\u06cc\u10d0-\u10ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116\u2122\u2190-\u21ff"
    "\u25a0-\u25ff\u3001-\u3029\u3041-\u3096\u309d-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uffee]"
)
_ZWSP = "\u200b"
_USES_ZWSP = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"  # Thai, Lao, Burmese, Khmer
_ZWSP_INSIDE = re.compile(f"(?<=[{_USES_ZWSP}])\u200b+(?=[{_USES_ZWSP}])")
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7a3]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Normalise a text; blanks at its ends go."""
    text = " ".join(text.split())
    if text.isascii():
        return text if text.isprintable() else _rest(text)
    return _rest(text) if _UNUSUAL.search(text) else text


def _rest(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    if _ZWSP in text:
        kept = _ZWSP_INSIDE.sub("\ue000", text)
        text = kept.replace(_ZWSP, "").replace("\ue000", _ZWSP)
    return " ".join(text.split())


# Marks that end a sentence in any script, and what may close behind them.
_SENTENCE = re.compile(r"[.!?…。！？।॥؟۔։።፧។៕။།][\s\"'”’»“」』)\]]*$")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _SENTENCE.search(text) is not None


def is_wide(text: str) -> bool:
    """Whether the text is written in a script whose characters say about twice as much as letters do (Han,
    kana, Hangul).
    """
    head = text[:60]
    return not head.isascii() and len(_WIDE.findall(head)) * 3 > len(head)


def weight(text: str) -> int:
    """Length in characters, wide scripts counted double."""
    return len(text) * 2 if not text.isascii() and is_wide(text) else len(text)
