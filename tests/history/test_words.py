"""A text in words: what is one thing to a reader stays whole, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.history.words import chunks, divide


def texts(text: str) -> list[str]:
    words = divide(text)
    return [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t pay 1,500.50 riel!", "Don’t|pay|1,500.50|riel|!"),
        ("At 19:02, he said: no.", "At|19:02|,|he|said|:|no|."),
        ("vice-president", "vice|-|president"),
        ("क्षत्रिय लोग", "क्षत्रिय|लोग"),
        ("می‌رود", "می‌رود"),  # a zero width non-joiner inside
        ("مُحَمَّد، قال", "مُحَمَّد|،|قال"),
        ("서울에서 열린", "서울에서|열린"),
        ("北京专家", "北|京|专|家"),
        ("東京でテレビを", "東|京|で|テレビ|を"),
        ("ភ្នំពេញ", "ភ្នំ|ពេ|ញ"),  # the stacked consonant and the vowel signs
        ("เปลี่ยนน้ำ", "เป|ลี่|ย|น|น้ำ"),  # a vowel before its consonant, one behind it
        ("ຄ່າເຮືອ", "ຄ່າ|ເຮື|ອ"),
        ("မြန်မာနိုင်ငံ", "မြန်|မာ|နိုင်|ငံ"),  # a final consonant belongs to its syllable
        ("👩‍👩‍👧🇰🇭🇹🇭👍🏽", "👩‍👩‍👧|🇰🇭|🇹🇭|👍🏽"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("a\u00ad\u200bb  c\u00a0d", "a\u00ad\u200bb|c|d"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert texts(text) == expected.split("|")


@given(st.text() | st.text("aก เ្កក်\u200b\u200d1.’👩\u0301 \n", max_size=12))
def test_between_words_stand_only_blanks_and_what_is_not_seen(text: str) -> None:
    words = divide(text)
    between = [words.between(place - 1, place) for place in range(len(words) + 1)]
    pieces = texts(text)
    assert "".join(a + b for a, b in zip(between, [*pieces, ""], strict=True)) == text
    assert (
        not "".join(between)
        .translate(dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff\u200c\u200d")))
        .strip()
    )


@given(st.text())
def test_chunks_are_the_text(text: str) -> None:
    assert "".join(chunks(text)) == text


def test_a_line_breaks_at_blanks_and_between_signs_but_not_before_punctuation() -> None:
    assert list(chunks("Ferry fares, again")) == ["Ferry ", "fares, ", "again"]
    assert list(chunks("北京「专」，家")) == ["北", "京「专」，家"]
