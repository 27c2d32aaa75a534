"""What was kept, went and came: exact to the last character, and as a reader would mark it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.history.matching import _RUNS, _middle, matches
from newsspider.history.pieces import Kind, compare
from newsspider.store.plain import plain

MARKS = {Kind.KEPT: "{}", Kind.GONE: "[-{}-]", Kind.COME: "[+{}+]"}
TEXT = st.text("abc ,.\n\u200b\u0301កខ្北京テเก👩\u200d", max_size=24) | st.text(max_size=30)


def marked(old: str, new: str) -> str:
    return "".join(MARKS[piece.kind].format(piece.text) for piece in compare(old, new)).replace("\n\n", "¶")


@given(TEXT, TEXT)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    for piece in pieces:
        if piece.kind is Kind.KEPT:
            assert plain(piece.old) == plain(piece.new)
        else:
            assert not (piece.new if piece.kind is Kind.GONE else piece.old)


@given(TEXT)
def test_the_same_text_has_no_changes(text: str) -> None:
    assert {piece.kind for piece in compare(text, text)} <= {Kind.KEPT}


@pytest.mark.parametrize(
    "expected",
    [
        "Ferry fares fall by a [-quarter-][+fifth+] in January",
        "The old man[-,-] and the sea",
        "He paid [-1,500-][+1,600+] riel at [-19:02-][+19:05+].",
        "One fell. Two fell. [+Three fell. +]Four fell.",
        "The market opens[+ in spring+].",
        # where a change could begin at several places
        "He came. [-He saw the town. -]He left.",
        "They met [+in the old hall, +]in the town.",
        "[-Monday, -]Tuesday[+, Friday+] and rain",
        "Rain fell.[- -][+¶+]The market stayed closed.",
        # no salad of the words that two phrases happen to share
        "The company [-did not answer questions-][+said that it would not contest the changes+]. It has eleven boats.",
        "[-Fire in market kills two-][+Two dead in blaze at bazaar+]",
        "[-The mayor resigns-][+The harbour burns for nine hours+]",
        # scripts without spaces
        "北京专家赴[-金边-][+暹粒+]参与古建筑修复[+工程+]",
        "東京で[-テレビ-][+ラジオ+]を見る人が増えた",
        "รัฐบาลประกาศ[-ขึ้น-][+ลด+]ค่าแรงขั้นต่ำ[-ทั่วประเทศ-][+ในกรุงเทพ+]",
        "ស្ពាន[-ថ្មី-][+ចាស់+]នឹងបើកនៅខែ[-ក្រោយ-][+នេះ+]",
        "မြန်မာ[-နိုင်ငံ-][+ပြည်+] သတင်း",
        "ລັດຖະບານ[-ຫຼຸດ-][+ຂຶ້ນ+]ຄ່າເຮືອ",
        # from right to left, and signs that belong together
        "رست في ميناء [-الشرق-][+الغرب+] مساء [-الثلاثاء-][+الأربعاء+] سفينة",
        "הנמל [-נסגר-][+נפתח+] ביום שלישי",
        "क्षत्रिय लोग [-आए-][+गए+]",
        "Bravo [-👩‍👩‍👧-][+👩‍👩+]",  # a family without its child is another emoji
    ],
)
def test_a_change_is_marked_as_a_reader_would(expected: str) -> None:
    both = expected.replace("¶", "\n\n")
    old, new = (re.sub(rf"(?s)\[{gone}.*?{gone}\]", "", both) for gone in (r"\+", "-"))
    assert marked(re.sub(r"\[-|-\]", "", old), re.sub(r"\[\+|\+\]", "", new)) == expected


def test_zero_width_spaces_tell_where_a_word_ends() -> None:
    old, new = "នៅ\u200bខែក្រោយ\u200bនៅ\u200bភ្នំពេញ", "នៅ\u200bខែនេះ\u200bនៅ\u200bភ្នំពេញ"
    assert marked(old, new).replace("\u200b", "|") == "នៅ|[-ខែក្រោយ-][+ខែនេះ+]|នៅ|ភ្នំពេញ"


@pytest.mark.parametrize(
    ("old", "new"),
    [("a  b", "a b"), ("Wirt\u00adschaft", "Wirtschaft"), ("នៅ\u200bខែ", "នៅខែ"), ("ﬁne é", "fine e\u0301")],
)
def test_blanks_and_invisible_characters_are_no_changes(old: str, new: str) -> None:
    assert [(piece.kind, piece.old, piece.new) for piece in compare(old, new)] == [(Kind.KEPT, old, new)]
    changed = compare(f"{old} there", f"{new} here")
    assert [piece.kind for piece in changed] == [Kind.KEPT, Kind.GONE, Kind.COME]


@given(st.lists(st.integers(0, 3), max_size=12), st.lists(st.integers(0, 3), max_size=12))
def test_the_longest_common_subsequence(old: list[int], new: list[int]) -> None:
    pairs = matches(old, new)
    assert [old[i] for i, _ in pairs] == [new[j] for _, j in pairs]
    for side in (0, 1):
        assert sorted({pair[side] for pair in pairs}) == [pair[side] for pair in pairs]
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            best = max(lengths[i][j + 1], lengths[i + 1][j])
            lengths[i + 1][j + 1] = max(best, lengths[i][j] + 1) if a == b else best
    assert len(pairs) == lengths[-1][-1]


def test_long_sequences_are_parted_at_what_each_has_once(monkeypatch: pytest.MonkeyPatch) -> None:
    old = [*range(100), *[-1] * 50, *range(200, 300)]
    new = [*range(40, 100), *[-2] * 70, *range(200, 260), *range(150, 180)]
    monkeypatch.setattr("newsspider.history.matching._CELLS", 100)
    assert [old[i] for i, _ in _middle(old, new, _RUNS)] == [*range(40, 100), *range(200, 260)]
    assert matches([1, 2] * 50, [2, 1, 1] * 50) == []  # nothing tells where they could be parted
