"""The language of a text, whatever the page's ``lang`` says."""

from __future__ import annotations

import re
from itertools import islice

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
_LETTER = re.compile(r"[^\W\d_]")
_KANA, _HAN = re.compile("[\u3040-\u30ff]"), re.compile("[\u3400-\u9fff]")
# Countries and withdrawn codes that pages write for languages.
_MEANT = {
    "jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh", "hk": "zh", "gr": "el", "ua": "uk", "cz": "cs", "dk": "da",
    "vn": "vi", "ge": "ka", "ir": "fa", "pk": "ur", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "ara": "ar",
    "deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "rus": "ru",
    "ita": "it", "fil": "tl",
}  # fmt: skip
# What the model tells apart and nobody writes as the language of news.
_NAMED = {
    "arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "uzs": "uz", "gug": "gn", "hbo": "he", "grc": "el",
    "sdh": "ku", "fuv": "ff", "bcl": "tl",
}  # fmt: skip
# Languages so close that the page's word goes before the model's: Scandinavian, South Slavic, Malay, Galician, Dutch.
_CLOSE = tuple(
    frozenset(group.split())
    for group in (
        "no nb nn da", "hr sr bs sh me", "id ms jv su", "gl pt", "af nl", "cs sk", "tl ceb ilo war", "fa prs",
        "rn rw", "xh zu nd ss", "nso st tn", "tr az crh", "kk ky tt ba", "en pcm",
    )
)  # fmt: skip
# Languages that newspapers write in and the model does not know; nobody declares them by mistake.
_UNKNOWN = frozenset(
    "ti sd ckb mi sm to fj haw ts tn ss ve ny bm wo ff ak tw ee su ceb ilo war hil gn ay iu kl rm co sc fur hsb dsb"
    " yi dv bo tet pap srn bi ho tpi prs nd rn tum luo bem aa szl rue cv os ce av sah tyv".split()
)


def language_of(text: str, declared: str | None = None) -> str | None:
    """The ISO 639 code of a text's language; the declared one, if any, for a very short text and where the model can't
    know better.
    """
    sample = _sample(text)
    own = _declared(declared)
    code = _by_script(sample)
    if code:
        return code
    if len(sample) < SHORTEST or not _has_letters(sample, SHORTEST // 3):
        return own or None
    if own in _UNKNOWN:
        return own
    from py3langid import classify  # loaded when first used: its model takes half a second

    told = str(classify(sample)[0])
    told = _NAMED.get(told, told)
    if told == "zxx" or any({told, own} <= group for group in _CLOSE):  # the first: no language at all
        return own or None
    return told


def _has_letters(text: str, least: int) -> bool:
    """Whether a text has so many letters; the first of them will do."""
    return next(islice(_LETTER.finditer(text), least - 1, None), None) is not None


def _sample(text: str) -> str:
    """The text, or pieces of its beginning, middle and end: a foreign quotation is not all of it."""
    if len(text) <= 2 * _SAMPLE:
        return text[:_SAMPLE]
    half = len(text) // 2
    return " ".join((text[: _SAMPLE // 2], text[half : half + _SAMPLE // 4], text[-_SAMPLE // 4 :]))


def _by_script(sample: str) -> str | None:
    if not _ANY.search(sample):
        return None
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    if kana * 12 > han and (kana + han) * 3 > len(sample):
        return "ja"
    for pattern, code in _PATTERNS:
        if len(pattern.findall(sample)) * 4 > len(sample.replace(" ", "")):
            return code
    return None


def _declared(declared: str | None) -> str:
    """The language that a page declares, without region and script; empty where it is none."""
    own = (declared or "").strip().lower().replace("_", "-").partition("-")[0]
    own = _MEANT.get(own, own)
    return own if re.fullmatch(r"[a-z]{2,3}", own) else ""
