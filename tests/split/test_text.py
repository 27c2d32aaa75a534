"""Text as records hold it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.text import _UNUSUAL, _rest, clean, ends_sentence, weight


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("  two\u00a0\n words\t", "two words"),
        ("soft\u00adhyphen and\ufeff mark", "softhyphen and mark"),
        ("e\u0301tude", "étude"),
        ("bell\x07 and zero\u200bwidth", "bell and zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200fעברית", "\u200fעברית"),
        ("ភ្នំពេញ\u200bថ្ងៃនេះ", "ភ្នំពេញ\u200bថ្ងៃនេះ"),
        ("\u200bភ្នំពេញ\u200b", "ភ្នំពេញ"),
        ("", ""),
    ],
)
def test_blanks_and_invisible_characters(given_text: str, cleaned: str) -> None:
    assert clean(given_text) == cleaned


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_usual_characters_have_one_form() -> None:
    """What stands in a text of them alone is visible, and none joins the one before it (NFC): nothing is to be put right."""
    usual = {char for char in map(chr, range(0x10000)) if not _UNUSUAL.search(char)}
    parts = (unicodedata.decomposition(char).split() for char in map(chr, range(0x10000)))
    joining = {chr(int(pair[1], 16)) for pair in parts if len(pair) == 2 and not pair[0].startswith("<")}
    assert "п" in usual
    assert "\u00ad" not in usual
    assert not usual & joining
    assert all(_rest(char) == char for char in usual - {" "})


def test_wide_scripts_weigh_double() -> None:
    assert weight("北京今日天气") == 12
    assert weight("Peking") == 6


@pytest.mark.parametrize(
    "mark", [*".!?…。！？।॥؟۔", *map(chr, (0x589, 0x1362, 0x17D4, 0x17D5, 0x104B, 0xF0D))]
)
def test_a_sentence_ends_with_the_marks_of_its_script(mark: str) -> None:
    assert ends_sentence(f"words{mark}")
    assert ends_sentence(f"words{mark}”")
