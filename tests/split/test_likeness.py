"""How alike two texts are."""

from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.likeness import letters


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_are_told_as_those_beside_others_are(text: str) -> None:
    assert letters(f"é{text}") == f"é{letters(text)}"


def test_two_spellings_share_their_letters() -> None:
    assert letters("Flood in Ostrava: 12 roads") == letters("FLOOD IN OSTRAVA – 12 ROADS")
