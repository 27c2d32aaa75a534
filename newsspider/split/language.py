"""The language of a text, whatever the page's ``lang`` says."""

from __future__ import annotations

import re

SHORTEST = 60  # characters below which the page's own word for its language is taken
_SAMPLE = 1000
# Scripts in which nearly all news is written in one language (Unicode blocks; ISO 639 codes).
_SCRIPTS = (
    ("\u1780-\u17ff", "km"), ("\u0e80-\u0eff", "lo"), ("\u0e00-\u0e7f", "th"), ("\u1000-\u109f", "my"),
    ("\u10a0-\u10ff", "ka"), ("\u0530-\u058f", "hy"), ("\u0d80-\u0dff", "si"), ("\u0b80-\u0bff", "ta"),
    ("\u0c00-\u0c7f", "te"), ("\u0c80-\u0cff", "kn"), ("\u0d00-\u0d7f", "ml"), ("\u0a80-\u0aff", "gu"),
    ("\u0a00-\u0a7f", "pa"), ("\u0b00-\u0b7f", "or"), ("\u0370-\u03ff", "el"), ("\uac00-\ud7a3", "ko"),
    ("\u3040-\u30ff", "ja"), ("\u0f00-\u0fff", "bo"), ("\u0780-\u07bf", "dv"),
)  # fmt: skip
_ANY = re.compile("[\u0370-\u1fff\u3040-\ud7a3]")  # none of them is in a text of Latin letters
_PATTERNS = [(re.compile(f"[{block}]"), code) for block, code in _SCRIPTS]


def language_of(text: str, declared: str | None = None) -> str | None:
    """The ISO 639 code of a text's language; for a very short one the declared language, if any."""
    sample = text[:_SAMPLE]
    for pattern, code in _PATTERNS if _ANY.search(sample) else ():
        if len(pattern.findall(sample)) * 4 > len(sample.replace(" ", "")):
            return code
    own = (declared or "").strip().lower().replace("_", "-").partition("-")[0]
    own = own if re.fullmatch(r"[a-z]{2,3}", own) else ""
    if len(sample) < SHORTEST:
        return own or None
    from py3langid import classify  # loaded when first used: its model takes half a second

    return str(classify(sample)[0])
