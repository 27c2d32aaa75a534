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
_UNUSUAL = re.compile(
    "[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff]"
)  # outside it nothing needs more than splitting at blanks
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
    return len(_WIDE.findall(head)) * 3 > len(head)


def weight(text: str) -> int:
    """Length in characters, wide scripts counted double."""
    return len(text) * 2 if not text.isascii() and is_wide(text) else len(text)
