"""Atom feeds: of searches, of the newest articles, of queries; valid whatever stands in a page's text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from datasette.app import Datasette
from elements import read

from newsspider.browse import searching
from newsspider.browse.atom import Entry, atom
from newsspider.browse.compat import LEGACY
from newsspider.records import Article
from newsspider.store.search import Query

A = "{http://www.w3.org/2005/Atom}"


async def feed(datasette: Any, path: str, **asked: str) -> Tree.Element:
    """A feed that holds to what RFC 4287 (4.1.1, 4.1.2) demands."""
    answer = await datasette.client.get(path, params=asked or None, follow_redirects=True)
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    made = Tree.fromstring(answer.content)
    for element in (made, *entries(made)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{A}{name}")) == 1, name
        assert text(element, "id").split(":")[0] in ("http", "https", "urn")
        assert len(text(element, "updated")) == 20
        assert element.findall(f"{A}author/{A}name")
    assert len({text(entry, "id") for entry in entries(made)}) == len(entries(made))
    assert {link.get("rel") for link in made.findall(f"{A}link")} == {"self", "alternate"}
    return made


def entries(made: Tree.Element) -> list[Tree.Element]:
    return made.findall(f"{A}entry")


def text(element: Tree.Element, name: str) -> str:
    return element.findtext(f"{A}{name}") or ""


def titles(made: Tree.Element) -> list[str]:
    return [text(entry, "title") for entry in entries(made)]


async def test_a_search_is_a_feed_newest_first(opened: Datasette, ids: dict[str, int]) -> None:
    page, _ = await read(opened, "/archive/search?q=ferry+OR+growers&source=courier")
    link = next(own for tag, own, _ in page.found if tag == "link" and own.get("title") == "This search")
    assert link["href"] == page.links()["Keep as Atom feed"]
    made = await feed(opened, str(link["href"]))
    assert titles(made) == [
        "River Ferry Fares to Fall by a Quarter",
        "Kampot Salt Growers Ask for Later Start to Season",
    ]
    entry = entries(made)[0]
    assert text(entry, "id") == "https://courier.example/ferry"
    assert text(entry, "updated") == "2026-11-24T13:00:00Z"  # when it was changed
    assert text(entry, "published") == "2026-11-24T12:02:00Z"
    assert [name.text for name in entry.findall(f"{A}author/{A}name")] == ["Chea Rattana", "Tom Aldous"]
    assert "river crossing" in text(entry, "summary")
    where = {link.get("rel"): link.get("href") for link in entry.findall(f"{A}link")}
    assert where["alternate"] == f"http://localhost/archive/articles/{ids['ferry']}"
    assert where["via"] == "https://courier.example/ferry"


async def test_the_newest_articles_are_a_feed_and_those_of_a_source(opened: Datasette) -> None:
    front, _ = await read(opened, "/archive/front")
    link = next(own for tag, own, _ in front.found if tag == "link" and own.get("title") == "Newest articles")
    assert (
        titles(await feed(opened, str(link["href"])))[0]
        == "ميناء الشرق يستقبل أول سفينة حاويات تعمل بالميثانول"
    )
    assert titles(await feed(opened, "/archive/search.atom", source="nanjiang")) == [
        "北京专家赴金边参与古建筑修复"
    ]
    assert titles(await feed(opened, "/archive/search.atom", source="nobody")) == []


async def test_the_newest_entries_of_a_ticker_are_a_feed(opened: Datasette, ids: dict[str, int]) -> None:
    page, _ = await read(opened, "/archive/tickers/courier")
    link = next(own for tag, own, _ in page.found if tag == "link" and own.get("title") == "This ticker")
    assert link["href"] == page.links()["Keep as Atom feed"] == "/archive/tickers/courier.atom"
    made = await feed(opened, str(link["href"]))
    where = {text(entry, "title"): entry.find(f"{A}link[@rel='alternate']") for entry in entries(made)}
    led = {name: found.get("href") for name, found in where.items() if found is not None}
    assert led["Salt Growers Ask for Later Start"] == f"http://localhost/archive/articles/{ids['salt']}"
    assert led["Night Market Fire Contained"] == "https://courier.example/fire"  # which is not archived
    assert (await opened.client.get("/archive/tickers/nobody.atom")).status_code == 404


async def test_an_entry_that_is_worded_anew_is_the_same_one_changed(archive_path: Path) -> None:
    made = []
    for change in (
        "UPDATE crawls SET outcome = 'finished'",
        "UPDATE ticker_entries SET text = 'Night Fire: Three Held' WHERE text LIKE 'Night%'",
        """INSERT INTO ticker_wordings (entry, source, text, first_seen)
           SELECT id, source, text, '2027-01-01T00:00:00Z' FROM ticker_entries WHERE text LIKE 'Night%'""",
    ):
        with sqlite3.connect(archive_path) as db:
            db.execute(change)
        datasette: Any = Datasette([str(archive_path)])
        await datasette.invoke_startup()
        (entry,) = [
            entry
            for entry in entries(await feed(datasette, "/archive/tickers/courier.atom"))
            if text(entry, "title").startswith("Night")
        ]
        made.append(entry)
    assert text(made[0], "id") == text(made[2], "id")
    assert text(made[0], "published") == text(made[2], "published") == text(made[0], "updated")
    assert text(made[2], "updated") == "2027-01-01T00:00:00Z"
    assert "worded before: Night Market Fire Contained" in text(made[2], "summary")


async def test_an_entry_that_leads_nowhere_leads_to_its_place_on_the_timeline(archive_path: Path) -> None:
    with sqlite3.connect(archive_path) as db:
        db.execute("UPDATE ticker_entries SET url = 'javascript:alert(1)' WHERE text LIKE 'Night%'")
        number = db.execute("SELECT id FROM ticker_entries WHERE text LIKE 'Night%'").fetchone()[0]
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    made = await feed(datasette, "/archive/tickers/courier.atom")
    (entry,) = [entry for entry in entries(made) if text(entry, "title").startswith("Night")]
    assert [link.get("href") for link in entry.findall(f"{A}link")] == [
        f"http://localhost/archive/tickers?entry={number}"
    ]


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [("2026-11-25", "", 1), ("2026-11-25", "2026-11-25", 1), ("", "2026-11-23", 1), ("", "9999-12-31", 5),
     ("0001-01-01", "2026-11-24", 4), ("2026-11-26", "", 0)],
)  # fmt: skip
async def test_days_narrow_the_newest_articles(opened: Datasette, since: str, until: str, count: int) -> None:
    assert len(entries(await feed(opened, "/archive/search.atom", since=since, until=until))) == count


@pytest.mark.parametrize("words", ["", "ferry OR growers"])
async def test_an_article_with_a_date_that_is_yet_to_come_is_not_the_newest(
    archive_path: Path, words: str
) -> None:
    with sqlite3.connect(archive_path) as db:
        db.execute("UPDATE articles SET published = '2031-01-01T00:00:00Z' WHERE url LIKE '%/salt'")
        db.execute("UPDATE articles SET published = '2026-11-25T20:00:00Z' WHERE url LIKE '%/ferry'")
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    made = await feed(datasette, "/archive/search.atom", q=words, source="courier")
    assert titles(made)[0] == "River Ferry Fares to Fall by a Quarter"
    assert "Kampot Salt Growers Ask for Later Start to Season" not in titles(made)
    assert text(made, "updated") == "2026-11-24T13:00:00Z"  # when it was last changed


async def test_an_entry_keeps_its_id_and_says_its_language(opened: Datasette) -> None:
    first, second = [await feed(opened, "/archive/search.atom", q=q) for q in ("北京", "专家")]
    assert text(entries(first)[0], "id") == text(entries(second)[0], "id")
    assert text(first, "id") != text(second, "id")
    assert entries(first)[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "zh"


@pytest.mark.parametrize(
    "path",
    ["/archive/search.atom?q=ferry", "/archive/silent_edits.atom?source=", "/archive/tickers/courier.atom"],
)
async def test_archives_of_the_same_name_have_feeds_of_their_own(archive_path: Path, path: str) -> None:
    names = []
    for change in (
        "UPDATE crawls SET outcome = 'finished'",
        "INSERT INTO crawls (started_at, outcome) VALUES ('2026-11-25T12:00:00Z', 'finished')",  # a later one
        "UPDATE crawls SET started_at = '2026-11-23T12:00:00Z'",
    ):
        with sqlite3.connect(archive_path) as db:
            db.execute(change)
        datasette: Any = Datasette([str(archive_path)])
        await datasette.invoke_startup()
        names.append(text(await feed(datasette, path), "id"))
    assert names[0] == names[1] != names[2]


async def test_nothing_of_a_page_breaks_a_feed_or_is_markup_in_it(opened: Datasette) -> None:
    made = await feed(opened, "/archive/search.atom", q="script", author="")
    assert titles(made) == ['<script>alert("headline")</script> & "quotes"']
    assert {child.tag.removeprefix(A) for child in entries(made)[0]} <= {
        "id", "title", "updated", "published", "link", "author", "category", "summary",
    }  # fmt: skip


async def test_characters_that_xml_has_no_place_for_are_left_out(
    make: Callable[..., Any], tmp_path: Path
) -> None:
    maker = make()
    hostile = "River \x00\x08\x0b\x1b\ufffe\uffff]]> <b>&amp;\u2028 end"
    maker.add("courier", "a", Article(headline=hostile, body=(hostile,), authors=(hostile,), section=hostile))
    maker.end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    made = await feed(datasette, "/archive/search.atom", q="river")
    assert titles(made) == ["River ]]> <b>&amp;\u2028 end"]


def test_a_feed_without_entries_is_a_feed() -> None:
    made = Tree.fromstring(atom("a", "Title \x01", "https://a.example/a.atom", "https://a.example/", []))
    assert (text(made, "title"), text(made, "updated")) == ("Title ", "1970-01-01T00:00:00Z")
    entry = Entry("urn:x", "T", "2026-11-24T12:00:00Z", "https://a.example/1", language='en" x="')
    assert Tree.fromstring(atom("a", "T", "a", "b", [entry])).find(f"{A}entry").attrib == {}  # type: ignore[union-attr]


def test_what_is_no_time_or_address_breaks_no_feed() -> None:
    url = 'https://a.example/{"a b"}|<ក>\n?q=%20#x'
    entries = [
        Entry(url, "T", "yesterday", url, published="now", via=url),
        Entry("urn:x", "U", "2026-11-24T12:00:00Z", "https://a.example/1"),
    ]
    made = Tree.fromstring(atom("a", "Title", "https://a.example/a.atom", "https://a.example/", entries))
    assert text(made, "updated") == "2026-11-24T12:00:00Z"
    entry = made.find(f"{A}entry")
    assert entry is not None
    written = "https://a.example/%7B%22a%20b%22%7D%7C%3Cក%3E%0A?q=%20#x"
    assert [link.get("href") for link in entry.iter(f"{A}link")] == [written] * 2
    assert [text(entry, name) for name in ("id", "updated")] == [written, "1970-01-01T00:00:00Z"]
    assert entry.find(f"{A}published") is None


@pytest.mark.parametrize(
    ("query", "name"),
    [("silent_edits", "ferry"), ("deleted_articles", "safina"), ("headline_changes", "ferry")],
)
async def test_a_query_that_tells_of_articles_is_a_feed(
    opened: Datasette, ids: dict[str, int], query: str, name: str
) -> None:
    page = (await opened.client.get(f"/archive/{query}?source=")).text
    assert f"/archive/{query}.atom?source=" in page
    made = await feed(opened, f"/archive/{query}.atom", source="")
    alternate = entries(made)[0].find(f"{A}link[@rel='alternate']")
    assert alternate is not None
    assert alternate.get("href") == f"http://localhost/archive/articles/{ids[name]}"
    assert "source: " in text(entries(made)[0], "summary")


async def test_what_tells_of_no_article_has_no_feed(opened: Datasette) -> None:
    asked = "source=&from_day=&until_day=&place="
    for path in ("articles_per_day", "datelines_by_month", "articles", "crawls"):
        assert (
            ".atom?" not in (await opened.client.get(f"/archive/{path}?{asked}")).text.partition("<body")[2]
        ), path
    assert (await opened.client.get(f"/archive/articles_per_day.atom?{asked}")).status_code == 404


async def test_a_feed_keeps_to_the_rights_of_the_tables(archive_path: Path) -> None:
    closed = {"databases": {"archive": {"tables": {"articles": {"allow": {"id": "root"}}}}}}
    datasette: Any = Datasette([str(archive_path)], metadata=closed)
    await datasette.invoke_startup()
    for path in (
        "search.atom",
        "search.atom?q=ferry",
        "silent_edits.atom?source=",
        "tickers/courier.atom",
    ):
        assert (await datasette.client.get(f"/archive/{path}")).status_code == 403


async def test_what_is_no_time_is_none_in_a_feed(opened: Datasette, ids: dict[str, int]) -> None:
    sql = f"select {ids['ferry']} as article, 'nonsense' as seen_at"
    made = await feed(opened, "/archive.atom", sql=sql)
    assert [entry.text for entry in made.iter(f"{A}updated")][-1] == "2026-11-24T12:02:00Z"


@pytest.mark.parametrize("author", ["Nobody At All", "Chea Rattana"])
async def test_the_articles_of_an_author_are_found_by_the_index(opened: Datasette, author: str) -> None:
    asked = searching.Asked(author=author)
    assert searching.is_indexed(asked)
    where, values = searching.condition(asked, Query(), None)
    plan = await opened.get_database("archive").execute(
        "EXPLAIN QUERY PLAN " + searching._HITS.format(score="0", where=" AND ".join(where)),
        values | {"most": 9},
    )
    assert "VIRTUAL TABLE" in " ".join(row[3] for row in plan)
    found = [
        "River Ferry Fares to Fall by a Quarter",
        "Kampot Salt Growers Ask for Later Start to Season",
    ]
    made = await feed(opened, "/archive/search.atom", author=author)
    assert titles(made) == (found if author == "Chea Rattana" else [])


async def test_a_query_has_the_newest_of_its_rows_as_its_feed(opened: Datasette, ids: dict[str, int]) -> None:
    rows = [
        f"select {ids['ferry']} as article, '2026-11-{day:02}T12:00:00Z' as seen_at" for day in range(1, 25)
    ]
    rows += [f"select {ids['salt']}, '2026-10-{day:02}T12:00:00Z'" for day in range(1, 31)]
    rows += [f"select {ids['salt']}, '2031-01-01T12:00:00Z'", rows[0]]
    made = await feed(opened, "/archive.atom", sql=" union all ".join(sorted(rows, reverse=True)))
    times = [text(entry, "updated") for entry in entries(made)]
    assert times == sorted(times, reverse=True)
    assert (times[0], times[-1], len(times)) == ("2026-11-24T12:00:00Z", "2026-10-05T12:00:00Z", 50)


@pytest.mark.parametrize("path", ["search.atom?author=***", "slow.atom"])
async def test_a_feed_that_takes_too_long_says_so_and_when_to_come_again(
    archive_path: Path, path: str
) -> None:
    slow = "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) as article, '' as seen_at from n"
    queries = {"databases": {"archive": {"queries": {"slow": {"sql": slow}}}}}
    given: Any = {"metadata": queries} if LEGACY else {"config": queries}
    datasette: Any = Datasette([str(archive_path)], settings={"sql_time_limit_ms": 20}, **given)
    await datasette.invoke_startup()
    if path.startswith("search"):
        with sqlite3.connect(archive_path) as db:
            db.execute("CREATE TABLE old AS SELECT * FROM articles")
            db.execute("DROP TABLE articles")
            db.execute(f"CREATE VIEW articles AS SELECT old.* FROM old, ({slow})")
    answer = await datasette.client.get(f"/archive/{path}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "600")
    assert answer.text.startswith("This feed took too long")
