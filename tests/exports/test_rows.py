"""Rows for other programs: which are chosen, what their columns are, how CSV and JSON Lines are written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsspider.errors import ArchiveError, UsageError
from newsspider.exports.lines import csv_chunks, harmless, json_chunks
from newsspider.exports.rows import (
    FLAT,
    RECORD,
    Field,
    Filters,
    Kind,
    check_sources,
    count,
    day_at,
    names_place,
    read,
    reading,
)
from newsspider.records import Article, Aside, Dateline, Link, Outcome

KHMER, CHINESE, ARABIC = "ទន្លេមេគង្គឡើងខ្ពស់", "湄公河水位上涨", "ارتفاع منسوب النهر"


def article(headline: str, published: str | None = "2026-11-20T10:00:00+07:00", **parts: Any) -> Article:
    parts = {"body": (f"{headline}, said the mayor.", "Nobody was hurt."), "language": "en"} | parts
    return Article(kind="article", headline=headline, published=published, **parts)


@pytest.fixture
def archive(desk: Any) -> Any:
    """Five articles of one source, and one with ticker, links and a change."""
    desk.read("a", article("Flood in the harbour", dateline=Dateline("PHNOM PENH", "PHNOM PENH")))
    desk.read("b", article(KHMER, "2026-11-21T00:30:00+07:00", language="km"))
    desk.read(
        "c",
        article(CHINESE, "2026-11-22", language="zh", dateline=Dateline("BEIJING/Xi'an", "BEIJING/Xi'an")),
    )
    desk.read("d", article(ARABIC, None, language="ar"))
    links = {
        "ticker": (Link("Storm", "https://courier.example/a"),),
        "related": (Link("Flood", "https://courier.example/a"),),
    }
    desk.read(
        "e",
        article(
            "Prix du bac à Besançon",
            dateline=Dateline("Besançon, le 20", "Besançon"),
            authors=("A", "B"),
            **links,
        ),
    )
    desk.now = desk.now.replace(day=25)
    desk.read("e", article("Prix du bac", authors=("A", "B"), asides=(Aside("caption", "x", 1),), **links))
    return desk


def take(desk: Any, table: str = "articles", record: bool = False, **filters: Any) -> list[dict[str, Any]]:
    fields = RECORD if record else FLAT[table]
    with reading(desk.path) as db:
        found = [
            dict(zip([f.name for f in fields], row, strict=True))
            for row in read(db, table, fields, Filters(**filters))
        ]
        assert len(found) == count(db, table, Filters(**filters))
    return found


def names(desk: Any, **filters: Any) -> str:
    """The last letters of the addresses of chosen articles."""
    return "".join(row["url"][-1] for row in take(desk, **filters))


@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        ({}, "abcde"),
        ({"sources": ("courier", "herald")}, "abcde"),
        ({"sources": ("herald",)}, ""),
        ({"since": "2026-11-21"}, "bc"),
        ({"until": "2026-11-20"}, "ae"),
        ({"since": "2026-11-21", "until": "2026-11-21"}, "b"),
        ({"language": "KM"}, "b"),
        ({"place": "Phnom Penh"}, "a"),
        ({"place": "xi'an"}, "c"),
        ({"place": "Penh"}, ""),
        ({"place": ""}, "abcde"),
        ({"search": "harb*"}, "a"),
        ({"search": "湄公河 OR harbour"}, "ac"),
        ({"search": "湄公河 OR harbour NOT 湄公河"}, "a"),
        ({"search": '"nobody was" mayor'}, "abcde"),
        ({"search": 'AND ")('}, ""),
        ({"search": "mayor", "since": "2026-11-20", "language": "en", "place": "PHNOM PENH"}, "a"),
    ],
    ids=str,
)  # fmt: skip
def test_filters_choose_articles_and_several_must_all_hold(
    archive: Any, filters: dict[str, Any], chosen: str
) -> None:
    assert names(archive, **filters) == chosen


@pytest.mark.parametrize(
    ("place", "wanted", "same"),
    [
        ("BESANÇON", "besancon", True),
        ("Đồng Nai", "dong nai", True),
        ("İstanbul", "ISTANBUL", True),
        ("ភ្នំពេញ", "ភ្នំពេញ", True),
        ("ភ្នំពេញ", "ភ្នំ", False),
        ("Paris, France", "paris", True),
        ("بيروت، لبنان", "لبنان", True),
        (None, "Paris", False),
        ("/", "", False),
    ],
)
def test_a_place_is_told_whatever_its_accents_and_case(place: str | None, wanted: str, same: bool) -> None:
    assert names_place(place, wanted) is same


def test_links_revisions_and_captures_are_those_of_chosen_articles(archive: Any) -> None:
    for table, article_of in (("links", "e"), ("revisions", "e"), ("captures", "e")):
        found = take(archive, table, search="bac")
        assert found
        assert {row["article_url"][-1] for row in found} == {article_of}
        assert {row["source"] for row in found} == {"courier"}
        assert take(archive, table, search="harbour", language="km") == []
    [link] = take(archive, "links")
    assert (link["position"], link["text"], link["leads_to_url"][-1]) == (1, "Flood", "a")


def test_captures_of_a_source_are_all_of_it_those_of_days_are_of_articles(archive: Any) -> None:
    archive.read("gone", None, status=404, outcome=Outcome.GONE)
    assert len(take(archive, "captures", sources=("courier",))) == len(take(archive, "captures")) == 7
    assert len(take(archive, "captures", sources=("courier",), since="2026-01-01")) == 5


def test_ticker_entries_are_chosen_by_the_days_on_which_they_ran(archive: Any) -> None:
    [entry] = take(archive, "tickers", since="2026-11-25", until="2026-11-25", sources=("courier",))
    assert (entry["text"], entry["sightings"], entry["article_url"][-1]) == ("Storm", 2, "a")
    assert take(archive, "tickers", since="2026-11-26") == take(archive, "tickers", until="2026-11-23") == []
    with pytest.raises(UsageError, match=r"--language: .*ticker"):
        take(archive, "tickers", language="en")
    assert day_at("2026-11-24T18:00:00Z", "Asia/Phnom_Penh") == "2026-11-25"


def test_the_record_is_that_of_split_with_what_the_archive_adds(archive: Any) -> None:
    with reading(archive.path) as db:
        text = b"".join(json_chunks(RECORD, read(db, "articles", RECORD, Filters()))).decode()
    first, *_, last = map(json.loads, text.splitlines())
    assert set(Article().as_dict()) - set(last) == {"kind"}
    assert first["dateline"] == {"text": "PHNOM PENH", "place": "PHNOM PENH", "date": None, "agency": None}
    assert first["published"] == "2026-11-20T10:00:00+07:00"
    assert (first["published_utc"], first["day"]) == ("2026-11-20T03:00:00Z", "2026-11-20")
    assert first["body"] == ["Flood in the harbour, said the mayor.", "Nobody was hurt."]
    assert (first["tags"], first["related"], last["authors"]) == ([], [], ["A", "B"])
    assert last["related"] == [{"text": "Flood", "url": "https://courier.example/a"}]
    assert last["ticker"] == [{"text": "Storm", "url": "https://courier.example/a"}]
    assert last["asides"] == [{"kind": "caption", "text": "x", "after": 1}]
    assert last["dateline"] is None
    assert KHMER in text


@pytest.mark.parametrize("table", FLAT)
def test_every_column_is_described_and_has_a_name_of_its_own(table: str) -> None:
    for fields in (FLAT[table], RECORD):
        assert len({field.name for field in fields}) == len(fields)
        assert all(field.description and "JSON" not in field.description for field in fields)


def test_an_export_sees_one_moment_while_a_crawl_writes(archive: Any) -> None:
    with reading(archive.path) as db:
        stream = read(db, "articles", FLAT["articles"], Filters())
        next(stream)
        archive.read("f", article("Written meanwhile"))
        assert len(list(stream)) == 4
    assert names(archive) == "abcdef"


def test_reading_leaves_no_files_and_writes_nothing(archive: Any) -> None:
    archive.store.close()
    before = archive.path.read_bytes()
    assert names(archive) == "abcde"
    assert [path.name for path in archive.path.parent.iterdir()] == ["archive.db"]
    assert archive.path.read_bytes() == before


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"since": "20261120"}, "--since: '20261120' is no day; write it as YYYY-MM-DD"),
        ({"until": "2026-11-31"}, "--until: '2026-11-31' is no day"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "--since: 2026-11-02 is after --until 2026-11-01"),
    ],
)
def test_days_that_can_not_be_meant(filters: dict[str, str], found: str) -> None:
    with pytest.raises(UsageError) as raised:
        Filters(**filters)
    assert str(raised.value).startswith(found)


def test_an_unknown_source_names_the_nearest(archive: Any) -> None:
    with reading(archive.path) as db, pytest.raises(UsageError, match="did you mean courier"):
        check_sources(db, "archive.db", Filters(sources=("herald", "curier")))


@pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\x00 torn", b"text" * 1000])
def test_what_is_no_archive_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "archive.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ArchiveError), reading(path) as db:
        count(db, "articles", Filters())


# ---- CSV and JSON Lines ------------------------------------------------------------------------------------
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
FIELDS = (
    Field("id", Kind.NUMBER, "", ""),
    Field("headline", Kind.TEXT, "", ""),
    Field("body", Kind.PARAGRAPHS, "", ""),
    Field("tags", Kind.LIST, "", ""),
    Field("asides", Kind.PARTS, "", ""),
)
ROWS = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1),
        st.none() | TEXTS,
        st.lists(TEXTS.filter(lambda text: text.strip("\n") == text != "" and "\n\n" not in text)).map("\n\n".join),
        st.lists(TEXTS).map(lambda tags: json.dumps(tags, ensure_ascii=False)),
        st.none() | st.just('[{"kind": "caption", "text": "=1", "after": 0}]'),
    )
)  # fmt: skip
QUICK = settings(max_examples=60)


@given(ROWS)
@example([(-1, '=cmd|"/c calc"!A1', "a\r\nb", '["-x", "y"]', None)])
@QUICK
def test_csv_reads_back_as_it_was_written(written: list[Any]) -> None:
    text = b"".join(csv_chunks(FIELDS, written)).decode()
    head, *read = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == [field.name for field in FIELDS]
    assert read == [
        [
            str(number),
            harmless(headline or ""),
            harmless(body),
            harmless("; ".join(json.loads(tags))),
            asides or "",
        ]
        for number, headline, body, tags, asides in written
    ]


@given(ROWS)
@QUICK
def test_json_lines_read_back_as_they_were_written(written: list[Any]) -> None:
    lines = b"".join(json_chunks(FIELDS, written)).decode().split("\n")
    assert lines.pop() == ""
    assert [tuple(json.loads(line).values()) for line in lines] == [
        (number, headline, body.split("\n\n") if body else [], json.loads(tags), json.loads(asides or "[]"))
        for number, headline, body, tags, asides in written
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+855 12",
        "-x",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\n=x",
        "＝1",
        "＋a",
        "－a",
        "＠a",
        "--11-24",
        "-",
        "+1\n=2",
    ],
)
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.5", "-1,234.50", "a=b", " =1", "", "'=1", KHMER, "–5"])
def test_numbers_and_other_texts_are_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_csv_ends_lines_and_quotes_as_rfc_4180_has_it() -> None:
    written = [(1, 'He said "no", twice', "one\n\ntwo", '["a", "b; c"]', None)]
    text = b"".join(csv_chunks(FIELDS, written, excel=True))
    assert text == (
        b'\xef\xbb\xbfid,headline,body,tags,asides\r\n1,"He said ""no"", twice","one\n\ntwo",a; b; c,\r\n'
    )


def test_chunks_come_before_the_rows_end() -> None:
    def endless() -> Any:
        while True:
            yield (1, "x" * 1000, "", "[]", None)

    for chunks in (csv_chunks(FIELDS, endless()), json_chunks(FIELDS, endless())):
        assert 60_000 < len(next(chunks)) < 70_000
