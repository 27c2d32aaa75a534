"""Paragraphs: which is which, before words are compared."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from newsspider.history.passages import Became, compare_paragraphs
from newsspider.history.pieces import Kind

FARES = "The price of a river crossing will fall by a fifth from January, the ministry said on Tuesday."
CLOCK = "“We bought back the clock, not the boats,” a spokesman said. He added that the talks had been hard."
BRIDGE = "A bridge two kilometres upstream is due to open next month."
VENDORS = "Vendors at the western landing were less certain."
RAIN = "Rain fell for the third day, and the stalls of the traders in the old town stayed closed."
MARKS = {Kind.KEPT: "{}", Kind.GONE: "[-{}-]", Kind.COME: "[+{}+]"}


def told(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str | int]]:
    """What became of each passage, with its marked text, or how many paragraphs it has."""
    return [
        (passage.became.value, "".join(MARKS[piece.kind].format(piece.text) for piece in passage.pieces))
        if passage.pieces
        else (passage.became.value, len(passage.old or passage.new))
        for passage in compare_paragraphs(old, new)
    ]


@given(
    st.lists(st.text("ab. ก北\n", max_size=8), max_size=6),
    st.lists(st.text("ab. ก北\n", max_size=8), max_size=6),
)
def test_the_passages_are_both_texts(old: list[str], new: list[str]) -> None:
    passages = compare_paragraphs(old, new)
    assert [text for passage in passages for text in passage.old] == old
    assert [text for passage in passages for text in passage.new] == new
    for passage in passages:
        if passage.became is Became.CHANGED:
            assert "".join(piece.old for piece in passage.pieces) == "\n\n".join(passage.old)
            assert "".join(piece.new for piece in passage.pieces) == "\n\n".join(passage.new)


def test_a_new_paragraph_is_new_as_a_whole() -> None:
    assert told([FARES, CLOCK, VENDORS], [FARES, RAIN, CLOCK, VENDORS]) == [
        ("kept", 1),
        ("come", 1),
        ("kept", 2),
    ]
    assert told([FARES, CLOCK, VENDORS], [FARES, VENDORS]) == [("kept", 1), ("gone", 1), ("kept", 1)]


def test_a_paragraph_in_the_place_of_another_is_not_woven_from_it() -> None:
    assert told([FARES, CLOCK], [RAIN, CLOCK]) == [("gone", 1), ("come", 1), ("kept", 1)]


def test_neighbours_that_changed_are_each_compared_with_their_own() -> None:
    assert told(
        [FARES, CLOCK, BRIDGE], [FARES.replace("fifth", "third"), RAIN, BRIDGE.replace("two", "nine")]
    ) == [
        ("changed", FARES.replace("fifth", "[-fifth-][+third+]")),
        ("gone", 1),
        ("come", 1),
        ("changed", BRIDGE.replace("two", "[-two-][+nine+]")),
    ]


def test_a_paragraph_that_was_split_is_one_change() -> None:
    first, second = CLOCK.split(" He ")
    split = [first, f"He {second}".replace("hard", "long")]
    expected = CLOCK.replace(" He ", "[- -][+\n\n+]He ").replace("hard", "[-hard-][+long+]")
    assert told([FARES, CLOCK, BRIDGE], [FARES, *split, BRIDGE]) == [
        ("kept", 1),
        ("changed", expected),
        ("kept", 1),
    ]


def test_a_short_end_that_was_split_off_a_long_paragraph_is_no_new_one() -> None:
    long = f"{FARES} {RAIN} {CLOCK}"
    expected = f"{long}[- -][+\n\n+]{BRIDGE}"
    assert told([f"{long} {BRIDGE}", VENDORS], [long, BRIDGE, VENDORS]) == [
        ("changed", expected),
        ("kept", 1),
    ]


def test_paragraphs_that_were_joined_are_one_change() -> None:
    assert told([FARES, BRIDGE, RAIN], [f"{FARES} {BRIDGE}", RAIN]) == [
        ("changed", f"{FARES}[-\n\n-][+ +]{BRIDGE}"),
        ("kept", 1),
    ]


def test_a_paragraph_that_moved_is_told_at_both_places() -> None:
    assert told([FARES, CLOCK, BRIDGE], [CLOCK, BRIDGE, FARES]) == [("moved", 1), ("kept", 2), ("moved", 1)]


def test_those_that_stayed_are_compared_though_edited_when_another_moved_across_them() -> None:
    edited = [FARES.replace("fifth", "third"), CLOCK.replace("hard", "long")]
    assert [became for became, _ in told([FARES, CLOCK, BRIDGE], [BRIDGE, *edited])] == [
        "moved",
        "changed",
        "changed",
        "moved",
    ]


def test_paragraphs_of_a_script_without_spaces() -> None:
    assert told(
        ["专家组周二抵达金边。", "他们将修复三座寺庙。"],
        ["专家组周三抵达金边。", "雨季推迟了工程。", "他们将修复五座寺庙。"],
    ) == [
        ("changed", "专家组周[-二-][+三+]抵达金边。"),
        ("come", 1),
        ("changed", "他们将修复[-三-][+五+]座寺庙。"),
    ]
