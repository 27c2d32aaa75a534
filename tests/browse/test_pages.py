"""Our own pages: what they show, in whose language, and that nothing of a page's text is ever markup."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from archives import make_older
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from elements import read

from newsspider.browse import compat
from newsspider.browse.cells import cell
from newsspider.browse.text import HEADLINE, NAME
from newsspider.store.search import register


async def test_an_article_reads_as_an_article(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, f"/archive/articles/{ids['ferry']}")
    assert html.texts("h1") == ["River Ferry Fares to Fall by a Quarter"]
    assert html.texts("p", class_="ns-kicker") == ["Transport"]
    assert html.texts("p", class_="ns-stand") == [
        "The state takes back the timetable; the operator keeps the boats."
    ]
    assert html.texts("p", class_="ns-byline") == ["Chea Rattana, Tom Aldous"]
    assert html.texts("span", class_="ns-dateline") == ["PHNOM PENH, Nov. 24 (MRP)"]
    assert html.texts("time", datetime="2026-11-24T19:02:00+07:00") == ["24 Nov 2026, 19:02 +07:00"]
    body = html.texts("div", class_="ns-body")[0]
    order = [
        "PHNOM PENH",
        "The price of a river",
        "caption Motorcyclists board",
        "We bought back",
        "A bridge is due",
    ]
    assert [body.index(words) for words in order] == sorted(body.index(words) for words in order)


async def test_an_article_leads_on(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, f"/archive/articles/{ids['ferry']}")
    links = html.links()
    salt = f"/archive/articles/{ids['salt']}"
    assert links["Salt Growers Ask for Later Start"] == salt  # in the ticker
    assert links["Salt growers ask for a later start to the season"] == salt  # among the related links
    assert links["timeline"] == "/archive/tickers/courier"
    assert links["works.example/fares.pdf"] == "https://works.example/fares.pdf"
    assert "Night Market Fire Contained" not in links
    assert links["Mekong Courier"] == "/archive/articles?source=1"
    for text in (
        "Phnom Penh",
        "MRP",
        "Transport",
        "English",
        "Chea Rattana",
        "24 Nov 2026, 19:02 +07:00",
    ):
        assert links[text]
        rows = (
            await opened.client.get(f"{links[text]}&_shape=array".replace("/articles?", "/articles.json?"))
        ).json()
        assert ids["ferry"] in [row["id"] for row in rows], text
    found, _ = await read(opened, links["fares"] or "")  # a tag
    assert found.links()["River Ferry Fares to Fall by a Quarter"] == f"/archive/articles/{ids['ferry']}"


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [("blocked", "robots_txt", "blocked, robots txt"), ("gone", "ok", "gone"), ("new", None, "new")],
)
async def test_a_related_link_that_is_not_archived_says_why(
    archive_path: Path, ids: dict[str, int], state: str, reason: str | None, said: str
) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        page = ("https://works.example/fares.pdf", state, reason)
        db.execute(
            "INSERT INTO pages (url, source, role, state, reason) VALUES (?, 1, 'article', ?, ?)", page
        )
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, _ = await read(datasette, f"/archive/articles/{ids['ferry']}")
    assert f"works.example/fares.pdf · not archived: {said}" in html.texts("p", class_="ns-meta")


async def test_an_article_says_what_became_of_it(opened: Datasette, ids: dict[str, int]) -> None:
    edited, _ = await read(opened, f"/archive/articles/{ids['ferry']}")
    assert "1 silent" in edited.texts("span", class_="ns-tag--bad")
    assert len(edited.texts("code")) == 2
    gone, _ = await read(opened, f"/archive/articles/{ids['safina']}")
    assert "gone from the site" in gone.texts("span", class_="ns-tag--bad")
    assert gone.texts("span", class_="ns-tag--quiet")[0] == "partial"
    linked, _ = await read(opened, f"/archive/articles/{ids['salt']}")
    assert linked.links()["1 article"] == f"/archive/related_links?leads_to={ids['salt']}"
    assert linked.links()["Salt Growers Ask for Later Start"]  # it ran in the ticker


async def test_an_article_shows_the_words_that_went_and_came(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, f"/archive/articles/{ids['ferry']}")
    assert html.texts("dt")[-2:] == ["Headline", "Text, paragraph 3"]
    assert html.texts("del") == ["Fifth", "two kilometres upstream", "next month"]
    assert html.texts("ins") == ["Quarter"]
    assert html.texts("dd", class_="ns-skipd") == ["2 paragraphs unchanged"]
    assert "River Ferry Fares to Fall by a FifthQuarter" in html.texts("dd", lang="en", dir="ltr")
    assert "+1 −6 words" in " ".join(html.texts("span", class_="ns-nowrap"))
    row = (await opened.client.get(f"{html.links()['former values']}.json?_shape=array")).json()[0]
    assert row["headline"] == "River Ferry Fares to Fall by a Fifth"


async def test_an_edited_paragraph_leads_to_its_change(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, f"/archive/articles/{ids['ferry']}")
    note = "edited 24 Nov 2026, 20:00, silently"
    assert html.texts("p", class_="is-edited") == [f"A bridge is due to open. {note}"]
    assert html.links()[note] == "#change-1"
    assert [attrs["id"] for tag, attrs, _ in html.found if tag == "li" and "id" in attrs] == ["change-1"]


async def test_an_article_can_be_read_as_it_was(opened: Datasette, ids: dict[str, int]) -> None:
    now, _ = await read(opened, f"/archive/articles/{ids['ferry']}")
    address = now.links()["Read it as it was"]
    assert address == f"/archive/articles/{ids['ferry']}?state=0" == now.links()["as it was before"]
    was, _ = await read(opened, address)
    assert was.texts("h1") == ["River Ferry Fares to Fall by a Fifth"]
    assert "A bridge two kilometres upstream" in was.texts("div", class_="ns-body")[0]
    assert "Motorcyclists board" not in was.texts("main")[0]  # captions are known as they are now alone
    assert "24 Nov 2026, 19:00 to 24 Nov 2026, 20:00" in was.texts("div", class_="ns-past")[0]
    assert "capture 2," in was.texts("p", class_="ns-cite")[0]
    assert was.links()["What changed then"] == f"/archive/articles/{ids['ferry']}#change-1"
    for state in ("2", "-1", "x", "9" * 30):
        none, _ = await read(opened, f"/archive/articles/{ids['ferry']}?state={state}", status=404)
        assert none.links()["this article"] == f"/archive/articles/{ids['ferry']}"


@pytest.mark.parametrize(("name", "state"), [("ferry", 1), ("salt", 0)])
async def test_the_newest_state_is_the_article_itself(
    opened: Datasette, ids: dict[str, int], name: str, state: int
) -> None:
    newest, _ = await read(opened, f"/archive/articles/{ids[name]}?state={state}")
    assert newest.texts("div", class_="ns-past") == []
    assert newest.texts("h2", class_="ns-h")[0].startswith("Facts times in Asia/Phnom_Penh")


async def test_captures_say_what_became_of_them(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, f"/archive/articles/{ids['ferry']}")
    found = [text for tag, attrs, text in html.found if tag == "td" and attrs.get("data-l") == "Outcome"]
    assert ["".join(text) for text in found] == ["edited: headline, body", "first state"]
    gone, _ = await read(opened, f"/archive/articles/{ids['safina']}")
    assert gone.links()["deleted"] == "#change-1"
    assert html.links()["the page of 24 Nov 2026, 19:00"] == "/archive/captures/2/page"
    assert html.links()["WARC record of 24 Nov 2026, 19:00"] == "/archive/captures/2.warc.gz"


@pytest.mark.parametrize(
    ("name", "lang", "side"),
    [("ferry", "en", "ltr"), ("spean", "km", "ltr"), ("safina", "ar", "rtl"), ("zhuanjia", "zh", "ltr")],
)
async def test_a_text_is_shown_in_its_language_and_direction(
    opened: Datasette, ids: dict[str, int], name: str, lang: str, side: str
) -> None:
    html, _ = await read(opened, f"/archive/articles/{ids[name]}")
    for tag, class_ in (("h1", None), ("div", "ns-body")):
        own = next(
            attrs
            for found, attrs, _ in html.found
            if found == tag and (class_ is None or class_ in (attrs.get("class") or ""))
        )
        assert (own["lang"], own["dir"]) == (lang, side)
    assert html.found[0][1]["lang"] == "en"  # what we say ourselves


async def test_nothing_of_a_page_is_markup(opened: Datasette, ids: dict[str, int]) -> None:
    for path in (f"/archive/articles/{ids['evil']}", "/archive/front"):
        html, answer = await read(opened, path)
        assert not [
            tag for tag, *_ in html.found if tag in ("script", "iframe", "img", "style", "i", "u", "b")
        ]
        assert not [
            name for _, attrs, _ in html.found for name in attrs if name.startswith("on") or name == "style"
        ]
        assert all(re.match(r"(https?://|/|#)", href or "") for href in html.links().values()), html.links()
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
    assert html.links()['<script>alert("headline")</script> & "quotes"'] == f"/archive/articles/{ids['evil']}"


async def test_nothing_of_a_page_is_markup_in_the_tables(opened: Datasette) -> None:
    for path in (
        "/archive/articles",
        "/archive/related_links",
        "/archive/ticker_entries",
        "/archive/datelines_by_month?source=&place=",
    ):
        text = (await opened.client.get(path)).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript' not in text
        assert 'href="data:text' not in text


async def test_the_front_page_leads_in(opened: Datasette, ids: dict[str, int]) -> None:
    html, _ = await read(opened, "/archive/front")
    assert html.texts("h1") == ["News archive"]
    links = html.links()
    assert links["6 articles"] == "/archive/articles"
    assert links["北京专家赴金边参与古建筑修复"] == f"/archive/articles/{ids['zhuanjia']}"
    assert links["Salt Growers Ask for Later Start"] == f"/archive/articles/{ids['salt']}"  # from the ticker
    (alert,) = html.texts("div", class_="ns-alert")
    assert (
        alert
        == "1 source is red. Mekong Courier, since Tue 24 Nov: courier: 1 article found, at least 10 expected"
    )
    form = next(attrs for tag, attrs, _ in html.found if tag == "form")
    assert (form["action"], form["method"]) == ("/archive/search", "get")


async def test_home_is_the_front_page_where_only_an_archive_is_open(opened: Datasette) -> None:
    answer = await opened.client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/archive/front")


@pytest.mark.parametrize("number", ["99", "9" * 19])
async def test_an_article_that_is_not_there_is_a_page_with_a_search_box(
    opened: Datasette, number: str
) -> None:
    html, _ = await read(opened, f"/archive/articles/{number}", status=404)
    assert html.texts("h1") == [f"There is no article {number}"]


async def test_json_of_an_article_is_datasettes_own(opened: Datasette, ids: dict[str, int]) -> None:
    answer = await opened.client.get(f"/archive/articles/{ids['ferry']}.json?_shape=array")
    assert "River Ferry" in answer.text


async def test_an_archive_without_articles_has_a_front_page(make: Any, tmp_path: Path) -> None:
    make("archive.db").end()
    datasette: Any = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    html, _ = await read(datasette, "/archive/front")
    assert html.texts("p", class_="ns-off") == ["The archive has no articles yet."]


async def test_pages_keep_to_the_rights_of_the_tables(archive_path: Path, ids: dict[str, int]) -> None:
    closed = {"databases": {"archive": {"tables": {"revisions": {"allow": {"id": "root"}}}}}}
    datasette: Any = Datasette([str(archive_path)], metadata=closed)
    await datasette.invoke_startup()
    assert (await datasette.client.get(f"/archive/articles/{ids['ferry']}")).status_code == 403
    assert (await datasette.client.get("/archive/front")).status_code == 403


async def test_a_base_url_stands_before_every_link(archive_path: Path, ids: dict[str, int]) -> None:
    datasette: Any = Datasette([str(archive_path)], settings={"base_url": "/news/"})
    await datasette.invoke_startup()
    html, _ = await read(datasette, f"/archive/articles/{ids['ferry']}")
    inside = [href for href in html.links().values() if href and href.startswith("/")]
    assert inside
    assert all(href.startswith("/news/") for href in inside)


def test_cells_are_cut_and_readable() -> None:
    row = {"id": 7, "language": "km"}
    long = "word " * 1000
    assert len(str(cell(row, long, "body", "articles", lambda: "/a/articles"))) < 400
    assert (
        str(cell(row, "ក", "headline", "articles", lambda: "/a/articles"))
        == '<span lang="km" dir="ltr"><a href="/a/articles/7">ក</a></span>'
    )
    assert str(cell(row, "2026-11-24T12:02:05Z", "published", "articles", str)) == (
        '<time class="ns-when" datetime="2026-11-24T12:02:05Z">2026-11-24 12:02</time>'
    )
    assert str(cell(row, '["A", "<b>"]', "authors", "articles", str)) == (
        '<ul class="ns-cell"><li dir=auto>A</li><li dir=auto>&lt;b&gt;</li></ul>'
    )
    assert cell(row, "no list", "authors", "articles", str) is None
    assert cell(row, "https://x.example/", "url", "articles", str) is None  # Datasette links it


def test_the_plugin_loads_neither_scrapy_nor_a_parser() -> None:
    code = "import sys, newsspider.browse.plugin, newsspider.browse.serve; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "datasette" in done.stdout.split()
    assert not {"scrapy", "lxml", "bs4"} & set(done.stdout.split())


@pytest.mark.parametrize(
    "path", ["front", "search?q=ferry", "tickers", "places", "health", "articles/1", "search.atom"]
)
async def test_an_archive_of_an_older_version_says_what_is_to_be_done(archive_path: Path, path: str) -> None:
    with closing(sqlite3.connect(archive_path)) as db:
        db.execute("PRAGMA user_version = 5")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    answer = await datasette.client.get(f"/archive/{path}")
    assert answer.status_code == 503
    assert "This archive is of an older newsspider" in answer.text
    assert "<code>newsspider browse</code>" in answer.text


async def test_the_tables_of_an_archive_of_an_older_version_are_shown_as_they_are(archive_path: Path) -> None:
    make_older(archive_path)
    with closing(sqlite3.connect(archive_path)) as db:
        for table in ("day_counts", "place_counts", "ticker_wordings"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    for path in ("articles", "articles?source=1", "articles?dateline_place=Phnom+Penh", "captures"):
        assert (await datasette.client.get(f"/archive/{path}")).status_code == 200, path
    for path in ("articles.jsonl", "articles/1.excel"):
        answer = await datasette.client.get(f"/archive/{path}")
        assert (answer.status_code, answer.text[:35]) == (503, "This archive is of another version ")


@pytest.mark.parametrize(
    "path",
    [
        "search?q=river&author=%00",
        "search.atom?q=river&author=a%22+OR+%22b",
        "health/nobody",
        "health/-1",
        "health/~00",
    ],
)
async def test_what_nobody_is_called_is_no_error(opened: Any, path: str) -> None:
    answer = await opened.client.get(f"/archive/{path}")
    assert answer.status_code == (404 if path.startswith("health") else 200)
    assert "body class=" in answer.text or path.startswith("search.atom")


@pytest.mark.parametrize(
    "damaged", ["{", "[", "5", "[5, [6]]", '{"headline": "much"}', pytest.param("[" * 100_000, id="deep")]
)
async def test_a_damaged_value_takes_no_page_down(archive_path: Path, damaged: str) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        columns = (
            "red = :value, fields = :value, notes = :value, articles = 5, state = coalesce(state, 'green')"
        )
        db.execute(f"UPDATE crawl_sources SET {columns}", {"value": damaged})
        lists = ", ".join(f"{name} = :value" for name in ("authors", "tags", "flags", "asides", "provenance"))
        db.execute(f"UPDATE articles SET {lists}", {"value": damaged})
        db.execute("UPDATE revisions SET changed = :value", {"value": damaged})
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    pages = [
        "front",
        "health",
        "health/courier",
        "search.atom",
        "search?q=ferry",
        "articles/1",
        "places",
        "tickers",
    ]
    for path in [*pages, "queries/silent_edits"]:
        assert (await datasette.client.get(f"/archive/{path}")).status_code == 200, path


async def test_what_is_as_long_as_a_book_stands_in_no_list(archive_path: Path, ids: dict[str, int]) -> None:
    long = "river " + "x" * 100_000
    with closing(sqlite3.connect(archive_path)) as db, db:
        register(db)
        lines = ", ".join(
            f"{name} = :text" for name in ("headline", "kicker", "byline", "section", "dateline_place")
        )
        lists = ", ".join(f"{name} = :list" for name in ("authors", "tags", "flags"))
        values = {"text": long, "list": json.dumps([long]), "id": ids["ferry"]}
        db.execute(f"UPDATE articles SET {lines}, {lists} WHERE id = :id", values)
        db.execute("UPDATE sources SET name = ? WHERE source = 'courier'", (long,))
        db.execute("UPDATE ticker_entries SET text = ?", (long,))
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    pages = [
        "front",
        "places",
        "tickers",
        "tickers/courier",
        "health",
        "search?q=river",
        "queries/headline_changes",
    ]
    for path in [*pages, "search.atom", "captures/2/page", "queries/bylines", f"articles/{ids['ferry']}"]:
        answer = await datasette.client.get(f"/archive/{path}")
        assert len(answer.text) < 60_000, path
    html, _ = await read(datasette, f"/archive/articles/{ids['ferry']}")
    assert [len(text) for text in html.texts("h1")] == [HEADLINE]
    assert len(html.texts("title")[0]) < 2 * NAME + 100
    assert [len(text) for text in html.texts("p", class_="ns-byline")] == [NAME]


async def test_a_state_is_cited_that_was_captured_more_than_a_hundred_times_since(
    archive_path: Path, ids: dict[str, int]
) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        db.executemany(
            "INSERT INTO captures (page, url, fetched_at, status, warc_file, warc_offset, warc_length, revisits)"
            " SELECT page, url, ?, 304, 'later.warc.gz', ?, 9, id FROM captures WHERE id = 2",
            [(f"2026-12-{1 + number // 24:02}T{number % 24:02}:00:00Z", number) for number in range(101)],
        )
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    for state, capture in (("", 7), ("?state=0", 2)):
        html, _ = await read(datasette, f"/archive/articles/{ids['ferry']}{state}")
        assert f", capture {capture}." in html.texts("p", class_="ns-cite")[0]


async def test_a_text_as_long_as_a_book_is_shown_from_its_beginning(
    archive_path: Path, ids: dict[str, int]
) -> None:
    many = json.dumps([f"name {number}" for number in range(5_000)])
    asides = json.dumps([{"kind": "post", "text": f"post {number}", "after": 0} for number in range(5_000)])
    with closing(sqlite3.connect(archive_path)) as db, db:
        register(db)
        db.execute("UPDATE revisions SET body = ?", ("b\n\n" * 5_000,))
        lists = dict.fromkeys(("authors", "tags", "flags"), many)
        values = {
            "body": "a\n\n" * 5_000,
            "asides": asides,
            "provenance": json.dumps(dict.fromkeys(json.loads(many), "x" * 1000)),
            "url": f"https://courier.example/{'x' * 1_000_000}",
            "image": f"data:image/png;base64,{'x' * 1_000_000}",
            **lists,
        }
        db.execute(
            f"UPDATE articles SET {', '.join(f'{name} = :{name}' for name in values)} WHERE id = :id",
            {**values, "id": ids["ferry"]},
        )
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    for path in (f"articles/{ids['ferry']}", f"articles/{ids['ferry']}?state=0", "search.atom"):
        answer = await datasette.client.get(f"/archive/{path}")
        assert answer.status_code == 200
        assert len(answer.text) < 700_000, path
    html, answer = await read(datasette, f"/archive/articles/{ids['ferry']}")
    assert (
        "The text goes on: shown and compared is its beginning, of 15,000 characters in all." in answer.text
    )
    assert len(html.texts("div", class_="ns-body")[0]) < 100_000


@pytest.mark.parametrize("path", ["front", "places", "health", "queries/bylines", "tickers?entry=1"])
async def test_a_page_that_takes_too_long_says_so(
    archive_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()

    async def give_up(sql: str, params: Any = None, **named: Any) -> Any:
        raise QueryInterrupted(sqlite3.OperationalError("interrupted"), sql, params)

    monkeypatch.setattr(datasette.databases["archive"], "execute", give_up)
    html, answer = await read(datasette, f"/archive/{path}", 503)
    assert html.texts("h1") == ["That took too long"]
    assert "SELECT" not in answer.text


async def test_a_damaged_archive_is_said(archive_path: Path) -> None:
    with closing(sqlite3.connect(archive_path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        [root] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()
        [size] = db.execute("PRAGMA page_size").fetchone()
    with archive_path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    html, answer = await read(datasette, "/archive/articles/1", 503)
    assert html.texts("h1") == ["The archive can’t be read"]
    assert "<code>newsspider check</code>" in answer.text


async def test_sql_may_call_anything_a_language(opened: Any) -> None:
    sql = "select headline, count(distinct language) as language, x'00' as text from articles"
    answer = await opened.client.get(
        "/archive" if compat.LEGACY else "/archive/-/query", params={"sql": sql}, follow_redirects=True
    )
    assert answer.status_code == 200


async def test_a_time_at_the_end_of_the_calendar_is_shown(archive_path: Path, ids: dict[str, int]) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        db.execute("UPDATE articles SET published = '9999-12-31T23:59:59Z', day = '9999-12-31'")
        db.execute("UPDATE ticker_entries SET article = ?", (ids["ferry"],))
    datasette: Any = Datasette([str(archive_path)])
    await datasette.invoke_startup()
    for path in ("front", "search?q=river", "tickers/courier", "places", f"articles/{ids['ferry']}"):
        assert (await datasette.client.get(f"/archive/{path}")).status_code == 200, path
