"""Full-text search in every script, against a real index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from archives import make_older
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsspider.records import Article
from newsspider.store import Store
from newsspider.store.folding import seg
from newsspider.store.search import Query, Term, escape_fts, read_query, register

TEXTS = {
    "zh": "国务院在北京宣布了新的渡轮票价。",
    "ja": "首相は東京で渡し船の料金を下げると述べた。",
    "th": "รัฐบาลในกรุงเทพประกาศลดค่าโดยสารเรือ",
    "km": "រដ្ឋាភិបាលនៅភ្នំពេញប្រកាសបញ្ចុះថ្លៃសាឡាង",
    "my": "ရန်ကုန်မြို့တွင် ကူးတို့ခ လျှော့ချသည်",
    "lo": "ລັດຖະບານຢູ່ວຽງຈັນຫຼຸດຄ່າເຮືອ",
    "vi": "Chính phủ giảm giá vé đò qua sông Đồng Nai",
    "ar": "أعلنت الحُكُومَة خفض أجرة العبّارة",
    "fr": "L’État baisse le prix du bac à Besançon",
    "tr": "Diyarbakır ışık",
    "el": "Η Αθήνα πληρώνει το πορθμείο",
    "he": "הממשלה הוזילה את הַמַּעְבֹּרֶת",
    "ru": "Паром подешевел, лёд сошёл",
}


def find(db: sqlite3.Connection, query: str) -> list[str]:
    rows = db.execute(
        "SELECT language FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid"
        " WHERE articles_fts MATCH escape_fts(?) ORDER BY language",
        (query,),
    )
    return [row[0] for row in rows]


@pytest.fixture
def db(desk: Any) -> Iterator[sqlite3.Connection]:
    """A reader's connection to an archive with one article a language."""
    for language, text in TEXTS.items():
        desk.read(language, Article(kind="article", headline=language, body=(text,), language=language))
    db = sqlite3.connect(desk.path)
    register(db)
    yield db
    db.close()


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("北京", ["zh"]),
        ("渡", ["ja", "zh"]),
        ("東京", ["ja"]),
        ("首相", ["ja"]),
        ("京北", []),
        ("กรุงเทพ", ["th"]),
        ("ភ្នំពេញ", ["km"]),
        ("ភ", ["km"]),
        ("ရန်ကုန်", ["my"]),
        ("ວຽງຈັນ", ["lo"]),
        ("đò", ["vi"]),
        ("do", ["vi"]),
        ("dong nai", ["vi"]),
        ("ĐỒNG NAI", ["vi"]),
        ("الحكومة", ["ar"]),
        ("العبارة", ["ar"]),
        ("etat", ["fr"]),
        ("Besancon", ["fr"]),
        ("BESANÇON", ["fr"]),
        ("isik", ["tr"]),
        ("αθηνα", ["el"]),
        ("ΑΘΗΝΑ", ["el"]),
        ("πορθμειο", ["el"]),
        ("המעברת", ["he"]),
        ("лед", ["ru"]),
        ("сошёл", ["ru"]),
        ("bes*", ["fr"]),
        ("bes", []),
        ('"prix du bac"', ["fr"]),
        ('"bac du prix"', []),
        ("bac prix", ["fr"]),
        ("bac 北京", []),
        ("bac OR 北京", ["fr", "zh"]),
        ("bac OR 北京 État", ["fr"]),
        ("渡 -北京", ["ja"]),
        ("渡 －北京", ["ja"]),
        ("渡 NOT 北京", ["ja"]),
        ("bac OR 渡 -首相", ["fr", "zh"]),
        ("-首相 渡 OR bac NOT prix", ["zh"]),
        ('渡 -"宣布 了"', ["ja"]),
        ("bac -pri*", []),
        ("-bac", []),
        ("prix AND bac", ["fr"]),
        ("AND bac", []),
        ("NEAR(bac", []),
        ("body:bac", []),
        ("(bac)", ["fr"]),
        ("", []),
        ('"', []),
        ("* - ^ :", []),
    ],
)
def test_words_are_found_in_every_script(db: sqlite3.Connection, query: str, languages: list[str]) -> None:
    assert find(db, query) == languages


PIECES = st.sampled_from(
    ['"', "'", "*", "OR", "AND", "NOT", "NEAR(", ")", "^", ":", "-", "+", "\x00", "\\", "北京", "a*"]
)


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    """An empty FTS5 table with the archive's tokenizer."""
    db = sqlite3.connect(":memory:")
    register(db)
    from newsspider.store.search import TOKENIZER

    db.execute(f'CREATE VIRTUAL TABLE texts USING fts5(body, tokenize="{TOKENIZER}")')
    yield db
    db.close()


SPELLINGS = [
    ("office", "o\ufb03ce"),
    ("2026", "\uff12\uff10\uff12\uff16"),
    ("2026", "២០២៦"),
    ("2026", "٢٠٢٦"),
    ("abc", "\uff21\uff22\uff23"),
    ("テスト", "ﾃｽﾄ"),
    ("データ", "ﾃﾞｰﾀ"),
    ("株式会社", "㍿"),
    ("Giessen", "Gießen"),
    ("GROSS", "groß"),
    ("oeuvre", "Œuvre"),
    ("फिल्म", "\u095eिल्म"),
    ("फिल्म", "फ\u093cिल्म"),
    ("احمد", "أحمد"),
    ("ادم", "آدم"),
    ("القاهره", "القاهرة"),
    ("على", "علي"),
    ("كتاب", "كـــتاب"),
    ("می\u200cخواهم", "میخواهم"),
    ("co\u2060op", "coop"),
    ("ایران", "\u0627\u064a\u0631\u0627\u0646"),
    ("کتاب", "كتاب"),
    ("замок", "за\u0301мок"),
    ("Мой", "Мои\u0306"),
    ("서울", "\u1109\u1165\u110b\u116e\u11af"),
    ("istanbul", "İSTANBUL"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_one_spelling_is_found_by_the_other(table: sqlite3.Connection, one: str, other: str) -> None:
    for text, query in ((one, other), (other, one)):
        table.execute("DELETE FROM texts")
        table.execute("INSERT INTO texts VALUES (?)", (seg(f"x {text} x"),))
        sql = "SELECT count(*) FROM texts WHERE texts MATCH ?"
        assert table.execute(sql, (escape_fts(query),)).fetchone()[0], (text, query)


@pytest.mark.parametrize(("one", "other"), [("мой", "мои"), ("が", "か"), ("کے", "کی"), ("ড়", "ড")])
def test_other_letters_stay_others(one: str, other: str) -> None:
    assert seg(one) != seg(other)


def test_signs_that_sqlite_does_not_know_divide_words() -> None:
    assert (seg("₽100⮞éa") or "").split() == ["100", "ea"]


@pytest.mark.parametrize("text", ["ឆ្នាំ២០២៦នេះ", "ปี๒๐๒๖นี้", "عام ٢٠٢٦"])
def test_a_year_is_one_word_in_the_digits_of_every_script(text: str) -> None:
    assert "2026" in (seg(text) or "").split()


def test_what_is_typed_is_read_as_terms_and_said_again() -> None:
    typed = 'ferry OR boat "night fares" flood* a"b "OR" - 北京 Covid-19 "-5" --sea AND NOT rain OR -"two seas" -flow*'
    read = read_query(typed)
    assert read == Query(
        (
            (Term("ferry"), Term("boat")),
            (Term("night fares"),),
            (Term("flood", prefix=True),),
            (Term("a b"),),
            (Term("OR"),),
            (Term("北京"),),
            (Term("Covid-19"),),
            (Term("-5"),),
        ),
        (Term("sea"), Term("rain"), Term("two seas"), Term("flow", prefix=True)),
    )
    again = 'ferry OR boat "night fares" flood* "a b" "OR" 北京 Covid-19 "-5" -sea -rain -"two seas" -flow*'
    assert str(read) == again
    assert read_query(again) == read


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map(" ".join))
@example("-a OR b")
@example("NOT OR a")
@example("'\"a*")
def test_what_is_said_again_is_read_the_same(typed: str) -> None:
    read = read_query(typed)
    assert read_query(str(read)) == read


@given(st.lists(st.text(st.characters(whitelist_categories=["Lo", "Mn", "Ll"]), min_size=1), max_size=8))
def test_a_text_of_no_spaceless_script_is_indexed_as_it_is(words: list[str]) -> None:
    text = " ".join(word for word in words if seg(word) == word)
    assert seg(text) == text


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map(" ".join)))
@example("OR OR OR")
@example('"\x00"*')
@example("\ud83d")
def test_no_query_is_a_syntax_error(table: sqlite3.Connection, query: str) -> None:
    table.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (escape_fts(query),)).fetchone()


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=30))
def test_every_text_is_found_by_itself(table: sqlite3.Connection, text: str) -> None:
    query = escape_fts(f'"{text.replace(chr(34), " ")}"')
    try:
        table.execute("DELETE FROM texts")
        table.execute("INSERT INTO texts VALUES (?)", (seg(text),))
    except UnicodeEncodeError:
        return
    found = table.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (query,)).fetchone()[0]
    assert found == (query != '""')


def test_the_index_is_whole_after_many_edits(desk: Any) -> None:
    texts = list(TEXTS.values())
    for turn in range(4):
        for n in range(8):
            body = (texts[(turn * 3 + n) % len(texts)], f"turn {turn}")
            desk.read(f"a{n}", Article(kind="article", headline=f"H {n} {turn // 2}", body=body))
    desk.read(
        "a0", Article(kind="article", headline="H", body=("joined",)), answered="a1", moved_permanently=True
    )
    db = sqlite3.connect(desk.path)
    register(db)
    db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    for query, count in (("joined", 1), ('"turn 3"', 6), ('"turn 2"', 0)):
        rows = db.execute(
            "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH escape_fts(?)", (query,)
        )
        assert rows.fetchone()[0] == count, query
    db.close()


def test_a_rebuilt_index_says_the_same(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    assert find(db, "北京") == ["zh"]


def test_a_program_without_our_functions_can_search_in_plain_words(desk: Any) -> None:
    desk.read("a", Article(kind="article", headline="Ferry fares", body=("Fares fall.",)))
    assert desk.one("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'ferry'") == 1


def test_the_index_of_an_older_archive_is_made_anew(desk: Any) -> None:
    desk.read(
        "a", Article(kind="article", headline="Η Αθήνα πληρώνει", body=("Το πορθμείο.",), language="el")
    )
    desk.store.close()
    make_older(desk.path)
    Store.open(desk.path).close()
    with closing(sqlite3.connect(desk.path)) as db:
        register(db)
        assert find(db, "αθηνα") == ["el"]
