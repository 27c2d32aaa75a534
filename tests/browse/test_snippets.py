"""Hits are marked at the right characters, and the passages around them are cut between words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsspider.browse.snippets import Marker, Piece
from newsspider.store.folding import seg
from newsspider.store.search import TOKENIZER, escape_fts, read_query, register


def marker(query: str) -> Marker:
    return Marker(read_query(query).wanted)


def said(pieces: tuple[Piece, ...]) -> str:
    return "".join(
        ("…" if piece.cut else "") + (f"[{piece.text}]" if piece.hit else piece.text) for piece in pieces
    )


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("fares", "Ferry fares, fares!", "Ferry [fares], [fares]!"),
        ("fare", "Ferry fares", "Ferry fares"),
        ("far*", "Ferry fares afar", "Ferry [fares] afar"),
        ('"two words"', "Two\nwords; two, words. words two", "[Two words]; [two, words]. words two"),
        ("etat", "L’État paie", "L’[État] paie"),
        ("do", "vé đò Đồng", "vé [đò] Đồng"),
        ("αθηνα", "Η Αθήνα", "Η [Αθήνα]"),
        ("الحكومة", "أعلنت الحُكُومَة خفض", "أعلنت [الحُكُومَة] خفض"),
        ("كومة", "أعلنت الحُكُومَة", "أعلنت الحُكُومَة"),
        ("ferry", "fer\u00adry \u200fferry", "[fer\u00adry] \u200f[ferry]"),
        ("cafe", "cafe\u0301 ole\u0301", "[cafe\u0301] ole\u0301"),
        ("北京", "在北京和东京、北 京", "在[北京]和东京、[北 京]"),
        ("กรุงเทพ", "รัฐบาลในกรุงเทพประกาศ", "รัฐบาลใน[กรุงเทพ]ประกาศ"),
        ("ភ្នំពេញ", "រដ្ឋាភិបាលនៅភ្នំពេញប្រកាស", "រដ្ឋាភិបាលនៅ[ភ្នំពេញ]ប្រកាស"),
        ("ភ", "នៅភ្នំពេញ", "នៅ[ភ្នំ]ពេញ"),  # what is seen as one letter is not divided
        ("ရန်ကုန်", "ရန်ကုန်မြို့တွင်", "[ရန်ကုန်]မြို့တွင်"),
        ("ວຽງຈັນ", "ຢູ່ວຽງຈັນຫຼຸດ", "ຢູ່[ວຽງຈັນ]ຫຼຸດ"),
        ("iPhone手机", "新iPhone 手机", "新[iPhone 手机]"),
        ("a OR ab", "ab a", "[ab] [a]"),
        ("office", "The o\ufb03ce… said", "The [o\ufb03ce]… said"),
        ("GROSS", "so groß wie", "so [groß] wie"),
        ("データ", "新ﾃﾞｰﾀの", "新[ﾃﾞｰﾀ]の"),
        ("フィ", "ﾌｨﾙﾑ… と", "[ﾌｨ]ﾙﾑ… と"),
        ("फिल्म", "यह \u095eिल्म है", "यह [\u095eिल्म] है"),
        ("القاهره", "في القاهرة", "في [القاهرة]"),
        ("서울", "\u1109\u1165\u110b\u116e\u11af 시", "[\u1109\u1165\u110b\u116e\u11af] 시"),
        ("fares -ferry", "Ferry fares", "Ferry [fares]"),
        ("x.y", "x y, x.y, xy", "[x y], [x.y], xy"),
    ],
)
def test_a_hit_is_marked_where_it_stands(query: str, text: str, marked: str) -> None:
    assert said(marker(query).mark(text)) == marked


def test_a_passage_shows_the_place_with_the_most_words() -> None:
    text = "A ferry left. " + "Nothing was said. " * 40 + "The ferry fares fell. " + "All slept well. " * 40
    shown = said(marker("ferry fares").passages(text, most=1))
    assert "The [ferry] [fares] fell." in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 300
    for word in shown.replace("[", "").replace("]", "").strip("…").split():
        assert word in text.split()


def test_words_far_apart_are_shown_in_two_passages() -> None:
    text = "A boat left. " + "Nothing was said. " * 40 + "The fares fell. " + "All slept well. " * 40
    shown = said(marker("boat fares").passages(text))
    assert "[boat]" in shown
    assert "[fares]" in shown
    assert shown.count("…") == 2


def test_a_hit_deep_in_a_long_text_is_shown() -> None:
    text = "北海道の秋は長い。" * 20_000 + "京都の首相は" + "北海道の秋は長い。" * 10
    assert "京都の[首相]は" in said(marker("首相").passages(text))


def test_a_text_without_a_hit_shows_its_beginning() -> None:
    assert said(marker("x").passages("Short text.")) == "Short text."
    assert said(marker("x").passages("word " * 200)).startswith("word word")
    assert said(marker("x").passages("")) == ""


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    """An empty FTS5 table with the archive's tokenizer."""
    db = sqlite3.connect(":memory:")
    register(db)
    db.execute(f'CREATE VIRTUAL TABLE texts USING fts5(body, tokenize="{TOKENIZER}")')
    yield db
    db.close()


LETTERS = st.text(
    "aAéđ đΑάς ё城北 ក្នំ กำ ကျွန် الحُ.,\u00ad-1İ\nßẞœ\ufb03\uff12\u0662\u17e2\u2026أ\u0654\u0649ۀیک"
    "फ\u093c\u095eテﾃデ\uff9e\u3099서\u1109\u1165\u3145\u3153i\u0307\u0300\u0306и\ufe0f",
    max_size=24,
)


@settings(max_examples=300)
@given(LETTERS, LETTERS, st.booleans())
def test_what_the_index_finds_is_marked_and_nothing_else(
    table: sqlite3.Connection, text: str, words: str, prefix: bool
) -> None:
    query = f'"{words}"' if not prefix else f"{words.split()[0]}*" if words.split() else ""
    table.execute("DELETE FROM texts")
    table.execute("INSERT INTO texts VALUES (?)", (seg(text),))
    found = table.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (escape_fts(query),)).fetchone()[
        0
    ]
    assert any(piece.hit for piece in marker(query).mark(text)) == bool(found), (text, query)
    assert "".join(piece.text for piece in marker(query).mark(text)).split() == text.split()


def test_a_passage_with_two_of_the_words_is_better_than_one_that_repeats_a_word() -> None:
    text = f"river river river river {'x ' * 300}river ferry {'y ' * 300}"
    assert "[river] [ferry]" in said(marker("river ferry").passages(text, most=1))
