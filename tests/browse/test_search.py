"""Searching: the page, the table's own box and the JSON API find the same, in every script."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette
from elements import Elements, read

from newsspider.browse import feeds, searching, summed
from newsspider.browse.fewer import Fewer, fewer
from newsspider.records import Article, Dateline
from newsspider.store.search import read_query, register

STORIES = {  # by language, with the words that a reader types for what stands there
    "zh": ("国务院在北京宣布了新的渡轮票价。", "北京"),
    "ja": ("首相は東京で渡し船の料金を下げると述べた。", "東京"),
    "th": ("รัฐบาลในกรุงเทพประกาศลดค่าโดยสารเรือ", "กรุงเทพ"),
    "km": ("រដ្ឋាភិបាលនៅភ្នំពេញប្រកាសបញ្ចុះថ្លៃសាឡាង", "ភ្នំពេញ"),
    "my": ("ရန်ကုန်မြို့တွင် ကူးတို့ခ လျှော့ချသည်", "ရန်ကုန်"),
    "lo": ("ລັດຖະບານຢູ່ວຽງຈັນຫຼຸດຄ່າເຮືອ", "ວຽງຈັນ"),
    "el": ("Το πορθμείο της Αθήνας φθηναίνει", "αθηνας"),
    "vi": ("Chính phủ giảm giá vé đò qua sông Đồng Nai", "dong nai"),
    "ar": ("أعلنت الحُكُومَة خفض أجرة العبّارة", "الحكومة"),
}
MARKED = {"el": ["Αθήνας"], "vi": ["Đồng", "Nai"], "ar": ["الحُكُومَة"]}


@pytest.fixture
async def scripts(make: Any, tmp_path: Path) -> Datasette:
    """An archive with one article a language, the words deep in its text."""
    maker = make()
    for language, (text, _) in STORIES.items():
        body = ("x y z. " * 100, text)
        maker.add("courier", language, Article(headline=language, body=body, language=language))
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    return datasette


async def find(datasette: Datasette, **asked: str) -> Elements:
    answer = await datasette.client.get("/archive/search", params=asked)
    assert answer.status_code == 200, asked
    return Elements(answer.text)


def headlines(html: Elements) -> list[str]:
    return html.texts("p", class_="ns-hl")


@pytest.mark.parametrize("language", STORIES)
async def test_a_word_is_found_in_the_box_the_table_and_the_api(scripts: Datasette, language: str) -> None:
    words = STORIES[language][1]
    html = await find(scripts, q=words)
    assert headlines(html) == [language]
    assert html.texts("mark") == MARKED.get(language, [words])
    table = await scripts.client.get("/archive/articles", params={"_search": words})
    assert Elements(table.text).texts("td", class_="col-headline") == [language]
    rows = await scripts.client.get("/archive/articles.json", params={"_search": words, "_shape": "array"})
    assert [row["headline"] for row in rows.json()] == [language]


async def test_the_box_of_the_front_page_leads_to_the_search(opened: Datasette) -> None:
    for path in ("/archive/front", "/archive/search"):
        html, _ = await read(opened, path)
        form = next(attrs for tag, attrs, _ in html.found if tag == "form")
        assert (form["action"], form["method"]) == ("/archive/search", "get")
        assert [attrs["name"] for tag, attrs, _ in html.found if attrs.get("type") == "search"] == ["q"]


async def test_nothing_that_is_typed_breaks_the_page(opened: Datasette) -> None:
    for words in (
        '"',
        "AND",
        "NOT (",
        "a-b*:",
        "' OR 1=1 --",
        "^x",
        "*",
        "NEAR(a, b)",
        "{a} : b",
        "\x00",
        "\ud83d"[:0],
        "OR",
    ):
        await find(opened, q=words, author=words, place=words, source=words, since=words, page=words)


async def test_a_search_without_words_says_what_can_be_typed(opened: Datasette) -> None:
    for words in ("", "  ", "!?"):
        html = await find(opened, q=words)
        assert "flood*" in html.texts("kbd")
        assert headlines(html) == []


async def test_nothing_of_a_page_or_a_query_is_markup(opened: Datasette) -> None:
    for asked in ({"q": "script"}, {"q": "<script>alert(1)</script> zzz", "author": '"><img src=x>'}):
        html = await find(opened, **asked)
        assert not [tag for tag, *_ in html.found if tag in ("script", "img", "iframe")]
        assert not [
            name for _, attrs, _ in html.found for name in attrs if name.startswith("on") or name == "style"
        ]


def news(
    place: str | None = None, authors: tuple[str, ...] = (), day: int | str = 24, **fields: Any
) -> Article:
    dateline = Dateline(place.upper(), place) if place else None
    return Article(dateline=dateline, authors=authors, published=f"2026-11-{day}T09:00:00+00:00", **fields)


@pytest.fixture
async def rivers(make: Any, tmp_path: Path) -> Datasette:
    """An archive of news about rivers."""
    maker = make()
    body = ("The river rose." + " All slept." * 50,)
    stories = [
        ("courier", "a", news("Kratie", ("Ann Lee",), 21, headline="Boats wait", body=body, language="en")),
        (
            "courier",
            "b",
            news("Kratie", ("Ann Lee", "Bo Kim"), 22, headline="River rises", body=body, language="en"),
        ),
        ("courier", "c", news("Pakse", ("Bo Kim",), 23, headline="Fish return", body=body, language="en")),
        (
            "donneng",
            "d",
            news(None, (), 24, headline="Le fleuve monte", body=("Voir: river.",), language="fr"),
        ),
        ("donneng", "e", news(None, (), 24, headline="Nothing wet", body=("Dry land.",), language="fr")),
    ]
    for source, name, article in stories:
        maker.add(source, name, article)
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    return datasette


async def test_the_headline_weighs_most_and_the_newest_can_come_first(rivers: Datasette) -> None:
    best = await find(rivers, q="river")
    assert headlines(best)[0] == "River rises"
    assert best.texts("strong")[0] == "4 articles"
    newest = await find(rivers, q="river", order="newest")
    assert headlines(newest) == ["Le fleuve monte", "Fish return", "River rises", "Boats wait"]


async def pages_of_table(datasette: Datasette, arguments: str) -> list[tuple[int, list[str]]]:
    """Of each page of the table of articles with river how many there are, and its headlines."""
    path: str | None = f"/archive/articles.json?_search=river&_size=2&_shape=objects&_extra=count{arguments}"
    made = []
    while path:
        answer = (await datasette.client.get(path)).json()
        count = answer["count"] if "count" in answer else answer["filtered_table_rows_count"]
        made.append((count, [row["headline"] for row in answer["rows"]]))
        path = answer["next_url"] and answer["next_url"].replace("http://localhost", "")
    return made


@pytest.mark.parametrize(
    ("arguments", "count"),
    [("", 4), ("&_sort=published", 4), ("&source=1", 3), ("&language=fr", 1), ("&day__gte=2026-11-22", 3)],
)
async def test_a_word_that_many_articles_have_is_found_by_time(
    rivers: Datasette, monkeypatch: pytest.MonkeyPatch, arguments: str, count: int
) -> None:
    few = await pages_of_table(rivers, arguments)
    assert few[0][0] == count == sum(len(headlines) for _, headlines in few)
    monkeypatch.setattr(summed, "_COUNT_MANY", "SELECT 1")  # as if there were too many
    asked = noted(rivers, monkeypatch)
    assert await pages_of_table(rivers, arguments) == few
    for sql in [sql for sql in asked if "order by published" in sql and "day" not in arguments]:
        values = dict.fromkeys(re.findall(r":(\w+)", sql), "x")
        steps = await rows(rivers, f"EXPLAIN QUERY PLAN {summed.of_common_word(sql)}", values)
        plan = " | ".join(step[3] for step in steps)
        assert re.search(r"USING INDEX idx_articles_(\w+_)?published", plan), plan
        assert "B-TREE FOR ORDER BY" not in plan


def noted(datasette: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Datasette asks of the archive from here on."""
    asked = []
    execute = datasette.databases["archive"].execute

    async def note(sql: str, *args: Any, **named: Any) -> Any:
        asked.append(sql)
        return await execute(sql, *args, **named)

    monkeypatch.setattr(datasette.databases["archive"], "execute", note)
    return asked


async def rows(datasette: Any, sql: str, values: dict[str, str]) -> list[Any]:
    return list((await datasette.databases["archive"].execute(sql, values)).rows)


@pytest.mark.parametrize("typed", ["river -fish", "NOT fish river", 'river -"fish return"'])
async def test_what_is_excluded_is_found_nowhere(rivers: Datasette, typed: str) -> None:
    html = await find(rivers, q=typed, source="courier")
    assert sorted(headlines(html)) == ["Boats wait", "River rises"]
    for label in ("Keep as Atom feed", "JSON", "As a table, with its SQL"):
        answer = await rivers.client.get(str(html.links()[label]))
        assert "River rises" in re.sub("</?mark>", "", answer.text), label
        assert "Fish" not in answer.text, label


async def test_a_search_that_only_excludes_asks_for_what_is_wanted(rivers: Datasette) -> None:
    html = await find(rivers, q="-fish")
    assert html.texts("h2") == ["That says only what is not wanted: add a word that is"]
    feed = await rivers.client.get("/archive/search.atom", params={"q": "-fish"})
    assert "<entry>" not in feed.text


async def test_an_author_is_not_part_of_another_name(rivers: Datasette, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
        register(db)
        for number, byline in ((1, "Ann Lee"), (2, "Bo Kim, Jo-Ann Lee"), (3, "Ann Lee Smith, Bo Kim")):
            db.execute("UPDATE articles SET byline = ? WHERE id = ?", (byline, number))
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    for author, found in (("Ann Lee", ["Boats wait"]), ("Bo Kim", ["Fish return", "River rises"])):
        html = await find(rivers, q="river", author=author)
        assert sorted(headlines(html)) == found
        assert html.texts("strong")[0] == f"{len(found)} article{'s' if len(found) > 1 else ''}"


async def test_facets_count_narrow_and_are_taken_back(rivers: Datasette) -> None:
    html = await find(rivers, q="river")
    for label, count, narrowed in (
        ("Mekong Courier", 3, "source=courier"),
        ("Kratie", 2, "place=Kratie"),
        ("Ann Lee", 2, "author=Ann+Lee"),
        ("Bo Kim", 2, "author=Bo+Kim"),
        ("French", 1, "language=fr"),
        ("22 Nov 2026", 1, "since=2026-11-22&until=2026-11-22"),
    ):
        address = f"/archive/search?q=river&{narrowed}"
        leads = [link for link in html.found if link[0] == "a" and link[1].get("href") == address]
        assert [" ".join(link[2]) for link in leads] == [label]
        left, _ = await read(rivers, address)
        assert len(headlines(left)) == count, label
        assert "/archive/search?q=river" in [attrs.get("href") for tag, attrs, _ in left.found if tag == "a"]


async def test_places_are_called_what_they_are_here(rivers: Datasette) -> None:
    assert "Place, as written" in (await find(rivers, q="river")).texts("h3")
    chosen = (await find(rivers, q="river", place="Kratie")).texts("p", class_="ns-chosen")
    assert chosen == ["Narrowed to Place, as written Kratie (remove)×"]


async def test_dates_that_can_not_be_right_are_counted_and_no_part_of_the_chart(
    rivers: Datasette, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "archive.db") as db:
        for number, day in ((1, "1000-01-01"), (2, "9999-12-30"), (3, "1850-05-05")):
            db.execute(
                "UPDATE articles SET day = :day, published = :day || 'T09:00:00Z' WHERE id = :id",
                {"day": day, "id": number},
            )
    html = await find(rivers, q="river")
    assert html.texts("rect", class_="ns-bar")[0] == "1850s: 1"
    assert len(html.texts("rect", class_="ns-bar")) == 18
    for label, headline in (
        ("1850s", "Fish return"),
        ("before 1605", "Boats wait"),
        ("after 25 Nov 2026", "River rises"),
    ):
        left, _ = await read(rivers, str(html.links()[label]))
        assert headlines(left) == [headline]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "2026-11-22"}, "from 22 Nov 2026"),
        ({"until": "2026-11-22"}, "until 22 Nov 2026"),
        ({"since": "2026-11-22", "until": "2026-11-22"}, "on 22 Nov 2026"),
        ({"since": "2026-11-22", "until": "2026-11-23"}, "from 22 Nov 2026 until 23 Nov 2026"),
    ],
)
async def test_the_days_that_it_is_narrowed_to_are_told_apart(
    rivers: Datasette, asked: dict[str, str], said: str
) -> None:
    html = await find(rivers, q="river", **asked)
    assert html.texts("p", class_="ns-chosen") == [f"Narrowed to Day {said} (remove)×"]


async def test_what_narrows_adds_up_and_stays_in_the_forms(rivers: Datasette) -> None:
    html = await find(rivers, q="river", source="courier", author="Bo Kim", since="2026-11-23")
    assert headlines(html) == ["Fish return"]
    hidden = [(own["name"], own["value"]) for tag, own, _ in html.found if own.get("type") == "hidden"]
    assert {("source", "courier"), ("author", "Bo Kim"), ("since", "2026-11-23")} <= set(hidden)
    assert headlines(await find(rivers, q="river", source="nobody")) == []


@pytest.mark.parametrize("name", ["  A  B ", "***", 'Ann "Bo" Lee'])
async def test_a_name_is_found_as_it_is_written(rivers: Datasette, tmp_path: Path, name: str) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
        register(db)
        names = {"name": name, "names": json.dumps([name])}
        db.execute(
            "UPDATE articles SET byline = :name, authors = :names, dateline_place = :name WHERE id = 1", names
        )
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    html = await find(rivers, q="river")
    addresses = [own.get("href", "") for tag, own, _ in html.found if tag == "a"]
    for facet in ("place", "author"):
        address = f"/archive/search?q=river&{urlencode({facet: name})}"
        assert address in addresses
        left, _ = await read(rivers, address)
        assert headlines(left) == ["Boats wait"], facet
        table = await rivers.client.get(f"{left.links()['JSON']}&_shape=array")
        assert [row["headline"] for row in table.json()] == ["Boats wait"], facet


async def test_the_table_finds_the_same_as_the_page_that_leads_there(rivers: Datasette) -> None:
    html = await find(
        rivers, q="river", source="courier", author="Bo Kim", since="2026-11-23", until="2026-11-24"
    )
    for label in ("JSON", "CSV", "As a table, with its SQL"):
        answer = await rivers.client.get(str(html.links()[label]))
        assert "Fish return" in answer.text
        assert "River rises" not in answer.text


async def test_a_name_counts_once_an_article_and_is_no_part_of_another(make: Any, tmp_path: Path) -> None:
    maker = make()
    for name, authors in (
        ("a", ("Ann Lee", "Ann Lee")),
        ("b", ("Lee", "Joanna Lee")),
        ("c", ("Joanna Lee",)),
    ):
        maker.add("courier", name, news(None, authors, headline=f"River {name}", body=("Text.",)))
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    html = await find(datasette, q="river")
    counted = [text for text in html.texts("li") if re.fullmatch(r"[\w ]*Lee ?\d", text)]
    assert counted == ["Joanna Lee2", "Ann Lee1", "Lee1"]  # the most frequent first
    lee = await find(datasette, q="river", author="Lee")
    assert headlines(lee) == ["River b"]
    table = await datasette.client.get(f"{lee.links()['JSON']}&_shape=array")
    assert [row["headline"] for row in table.json()] == ["River b"]
    assert "River c" not in (await datasette.client.get(str(lee.links()["CSV"]))).text


async def test_hits_are_paged(rivers: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "EACH", 3)
    first = await find(rivers, q="river", order="newest")
    assert len(headlines(first)) == 3
    second, _ = await read(rivers, str(first.links()["Next"]))
    assert headlines(second) == ["Boats wait"]
    assert [own["start"] for tag, own, _ in second.found if tag == "ol"] == ["4"]
    assert headlines(await find(rivers, q="river", page="9")) == []


async def test_a_hit_that_is_joined_with_another_article_meanwhile_is_left_out(rivers: Datasette) -> None:
    found = await rivers.databases["archive"].execute_fn(  # type: ignore[attr-defined]
        lambda connection: searching._hits(connection, [1, 999], read_query("river"))
    )
    assert [hit.row["id"] for hit in found] == [1]


async def test_of_very_many_hits_the_newest_are_looked_at(
    rivers: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 2)
    for order in searching.ORDERS:
        html = await find(rivers, q="river", order=order)
        assert html.texts("strong")[0] == "4 articles"
        assert set(headlines(html)) == {"Le fleuve monte", "Fish return"}
        limit = "the newest 2 of them, published since 23 Nov 2026, 09:00 UTC."
        assert limit in html.texts("p", class_="ns-limit")[0]
    narrowed = await find(rivers, q="river", source="courier")
    assert narrowed.texts("strong")[0] == "3 articles"
    earlier = await find(rivers, q="river", until="2026-11-23")
    assert set(headlines(earlier)) == {"Fish return", "River rises"}


async def test_what_was_fetched_late_is_not_taken_for_new(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 2)
    maker = make()
    for day in (24, 23, 22, 21, 20):
        maker.add("courier", f"d{day}", news(day=day, headline=f"River on {day}"))
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    assert headlines(await find(datasette, q="river", order="newest")) == ["River on 24", "River on 23"]


async def test_a_feed_has_what_was_published_last_though_it_is_of_an_earlier_day_there(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 1)
    monkeypatch.setattr(feeds, "ENTRIES", 1)
    maker = make()
    for source, published in (
        ("almina", "2026-11-24T23:50:00+03:00"),
        ("courier", "2026-11-25T00:30:00+07:00"),
        ("courier", "2026-11-25T00:10:00+07:00"),
    ):
        maker.add(source, published[-11:-9], Article(headline=f"River of {source}", published=published))
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    answer = await datasette.client.get("/archive/search.atom?q=river")
    assert re.findall("River of [a-z]+", answer.text) == ["River of almina"]


@pytest.mark.parametrize("path", ["search", "search.atom"])
async def test_of_what_was_in_the_news_long_ago_the_newest_are_found(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 3)
    monkeypatch.setattr(feeds, "ENTRIES", 3)
    maker = make()
    for day in range(1, 25):
        flood = "Flood" if day < 7 else "Football"
        maker.add("courier", f"d{day}", news(day=f"{day:02}", headline=f"{flood} on {day}"))
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    for asked in ({}, {"order": "newest"}, {"since": "2026-11-01"}, {"until": "2026-11-20"}):
        answer = await datasette.client.get(f"/archive/{path}", params={"q": "flood", **asked})
        found = [day for day in range(1, 25) if f" on {day}<" in re.sub("</?mark>", "", answer.text)]
        assert found == [4, 5, 6], asked


async def test_where_nothing_is_found_the_page_says_what_would_be(rivers: Datasette) -> None:
    html = await find(rivers, q="rivre kratie", since="2026-11-21", until="2026-11-25")
    assert html.texts("td") == ["rivre", "0", "0", "river (4)", "kratie", "2", "2", ""]
    links = html.links()
    assert links["river"] == "/archive/search?q=river"
    assert links["Search for kratie"] == "/archive/search?q=kratie&since=2026-11-21&until=2026-11-25"
    assert links["Any of the words"] == "/archive/search?q=rivre+OR+kratie&since=2026-11-21&until=2026-11-25"
    assert "no crawl on 25 Nov 2026" in html.texts("strong")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("rivre", "rivre"),
        ("rivre OR botes OR fsh", "any of rivre, botes and fsh"),
        ("rivre OR botes fsh", "all of (rivre or botes) and fsh"),
        ("boats fish", "all of boats and fish"),
        ("river -rose -voir", "river without rose or voir"),
    ],
)
async def test_where_nothing_is_found_it_is_said_in_words(rivers: Datasette, typed: str, said: str) -> None:
    assert (await find(rivers, q=typed)).texts("h2") == [f"Nothing holds {said}"]


async def test_where_nothing_is_left_the_search_without_what_is_excluded_is_offered(
    rivers: Datasette,
) -> None:
    html = await find(rivers, q="river fish -return")
    assert html.links()["Search for river fish"] == "/archive/search?q=river+fish"
    assert html.links()["Search for river -return"] == "/archive/search?q=river+-return"


async def test_what_else_could_be_tried_is_left_out_where_the_time_is_over(
    rivers: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(db: Any, asked: searching.Asked, source: int | None, left_ms: float) -> Fewer:
        return fewer(db, asked, source, left_ms - rivers.setting("sql_time_limit_ms"))

    monkeypatch.setattr("newsspider.browse.answers.fewer", late)
    html = await find(rivers, q="rivre kratie", since="2026-11-21", until="2026-11-25")
    assert html.texts("h2") == ["Nothing holds all of rivre and kratie, narrowed as it is"]
    assert html.texts("td") == []


async def test_a_search_that_takes_too_long_says_so(
    rivers: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any) -> None:
        raise sqlite3.OperationalError("interrupted")

    monkeypatch.setattr("newsspider.browse.answers.search", never)
    assert "That took too long" in (await find(rivers, q="r*")).texts("h2")


async def test_a_search_keeps_to_the_rights_of_the_tables(archive_path: Path) -> None:
    closed = {"databases": {"archive": {"tables": {"articles": {"allow": {"id": "root"}}}}}}
    datasette: Any = Datasette([str(archive_path)], metadata=closed)
    await datasette.invoke_startup()
    assert (await datasette.client.get("/archive/search?q=ferry")).status_code == 403
