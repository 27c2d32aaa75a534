"""Lists of words, compiled so that few of them are tried on a text."""

import re

import pytest

from newsspider.split.bywords import ByLetter

ALTERNATIVES = "(?:the )?two|[au]n|ichi|über"


@pytest.mark.parametrize(
    "text", ["Two", "the two", "the one", "AN", "Ünder", "ÜBER", "\u0130CHI", "\u0131chi", "", "a"]
)
def test_alternatives_asked_by_letter_are_those_of_the_whole_pattern(text: str) -> None:
    whole = re.compile(ALTERNATIVES, re.IGNORECASE)
    assert (ByLetter(ALTERNATIVES).match(text) is None) == (whole.match(text) is None)
    assert (ByLetter(ALTERNATIVES).match(f"a {text}", 2) is None) == (whole.match(text) is None)
