"""What stands around Datasette's own pages: a policy by which only scripts of templates run, and no search engines."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from newsspider.browse import compat

if TYPE_CHECKING:
    from watching import Watch

POLICY = "content-security-policy"


@pytest.fixture
async def beside(archive_path: Path, tmp_path: Path) -> Datasette:
    """The archive, and a database of somebody else."""
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE articles (headline)")
    datasette: Any = Datasette([str(archive_path), str(tmp_path / "other.db")])
    await datasette.invoke_startup()
    return datasette


@pytest.mark.parametrize(
    "path", ["/archive", "/archive/articles", "/archive/articles?_sort=x", "/archive/captures/1"]
)
async def test_only_scripts_of_templates_may_run(opened: Datasette, path: str) -> None:
    first, second = [await opened.client.get(path) for _ in range(2)]
    marks = [re.findall(r"'nonce-([^']{16,})'", answer.headers[POLICY]) for answer in (first, second)]
    assert marks[0] != marks[1]
    opening = re.findall(r"<script[^>]*>", first.text)
    assert opening
    assert all(f'nonce="{marks[0][0]}"' in tag for tag in opening)
    assert "script-src 'self' 'nonce-" in first.headers[POLICY]
    assert "default-src 'none'" in first.headers[POLICY]


async def test_our_own_pages_run_nothing_and_send_nothing_elsewhere(opened: Datasette) -> None:
    for path in ("front", "articles/1", "search?q=x", "articles/999"):
        answer = await opened.client.get(f"/archive/{path}")
        policy = (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
        )
        assert answer.headers[POLICY] == f"{policy}; frame-ancestors 'self'"
        assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_script_that_came_in_with_a_value_has_no_mark(archive_path: Path) -> None:
    described = {
        "databases": {"archive": {"tables": {"pages": {"description_html": "<script>alert(1)</script>"}}}}
    }
    datasette: Any = Datasette([str(archive_path)], metadata=described)
    await datasette.invoke_startup()
    assert "<script>alert(1)</script>" in (await datasette.client.get("/archive/pages")).text


@pytest.mark.parametrize("path", ["/archive/articles.json", "/archive/articles.csv", "/archive.json"])
async def test_data_is_left_as_it_is(opened: Datasette, path: str) -> None:
    answer = await opened.client.get(path)
    assert answer.status_code == 200
    assert POLICY not in answer.headers


async def test_pages_of_other_databases_are_left_alone(beside: Datasette) -> None:
    for path in ("/other/articles", "/other", "/", "/-/versions"):
        answer = await beside.client.get(path)
        assert answer.status_code == 200
        assert not {POLICY, "x-robots-tag"} & set(answer.headers)
    for path in ("/archive", "/archive/articles", "/archive/front", "/archive.json"):
        assert (await beside.client.get(path)).headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert POLICY in (await beside.client.get("/archive/articles")).headers


async def test_a_policy_of_another_plugin_stays(archive_path: Path) -> None:
    class Own:
        __name__ = "own_policy"

        @hookimpl
        def asgi_wrapper(self) -> Any:
            def wrapped(app: Any) -> Any:
                async def answer(scope: Any, receive: Any, send: Any) -> None:
                    async def sent(message: Any) -> None:
                        if message["type"] == "http.response.start":
                            message["headers"] = [*message["headers"], (b"Content-Security-Policy", b"own")]
                        await send(message)

                    await app(scope, receive, sent)

                return answer

            return wrapped

    plugin = Own()
    pm.register(plugin)
    try:
        datasette: Any = Datasette([str(archive_path)])
        await datasette.invoke_startup()
        answer = await datasette.client.get("/archive/articles")
    finally:
        pm.unregister(plugin)
    assert answer.headers.get_list(POLICY) == ["own"]


async def test_search_engines_stay_away(opened: Datasette, beside: Datasette) -> None:
    assert (await opened.client.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"
    assert (await beside.client.get("/robots.txt")).text == "User-agent: *\nDisallow: /archive\n"


def unnamed(html: str) -> list[str]:
    """The fields of a page that have no name for a screen reader."""
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    fields = re.findall(r"<(?:select|textarea|input)\b[^>]*>", html)
    return [
        field
        for field in fields
        if not re.search(r'aria-label="|type="?(?:hidden|submit|checkbox)', field)
        and not labelled & set(re.findall(r' id="([^"]+)"', field))
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/archive",
        "/archive/articles?_facet=source&source=1",
        "/archive/captures",
        "/archive/headline_changes?source=",
    ],
)
async def test_datasettes_own_pages_have_names_for_a_screen_reader(opened: Datasette, path: str) -> None:
    html = (await opened.client.get(path)).text
    assert unnamed(html) == []
    assert html.count('<html lang="en"') == 1
    assert html.count(' role="main"') == 1


async def test_the_rows_of_a_table_are_handed_on_in_one_piece(opened: Datasette) -> None:
    rows = [[{"column": "headline", "value_type": "str", "value": "<b>"}]] * 100
    pieces = [
        piece
        async for piece in compat.templates(opened)
        .get_template("_table.html")
        .generate_async(display_columns=[{"name": "headline", "type": "text"}], display_rows=rows)
    ]
    assert "".join(pieces).count("&lt;b&gt;</td>") == 100
    assert len(pieces) < 20


async def test_pages_of_other_databases_are_not_amended(beside: Datasette) -> None:
    html = (await beside.client.get("/other/articles")).text
    assert ' role="main"' not in html
    assert 'aria-label="Value' not in html


@pytest.mark.parametrize("path", ["/~61rchive/articles/1", "/~61rchive/articles.csv", "/~61rchive"])
async def test_an_archive_is_known_however_its_name_is_coded(beside: Datasette, path: str) -> None:
    answer = await beside.client.get(path, follow_redirects=True)
    assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"


async def test_what_is_read_from_all_databases_at_once_is_guarded_too(
    archive_path: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE articles (headline)")
    datasette: Any = Datasette([str(archive_path), str(tmp_path / "other.db")], crossdb=True)
    await datasette.invoke_startup()
    sql = "select '=cmd' as a from [archive].articles limit 1"
    answer = await datasette.client.get("/_memory.csv", params={"sql": sql}, follow_redirects=True)
    assert answer.text.split() == ["a", "'=cmd"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_our_pages_can_only_be_read(opened: Datasette, method: str) -> None:
    answer = await opened.client.request(method, "/archive/front")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_datasettes_own_pages_work_under_the_policy(
    start: Callable[..., tuple[subprocess.Popen[str], str]], watch: Watch
) -> None:
    """In a real browser: the menu of a column, the SQL editor, a query that takes too long; nothing is blocked."""
    _, address = start()
    base = address.removesuffix("/front")
    tab = watch.tab(f"{base}/articles?_facet=source", may_say="400")
    tab.locator("th.col-day .dropdown-menu-icon").click()
    tab.get_by_role("link", name="Sort descending").click()
    assert "_sort_desc=day" in tab.url
    tab.goto(f"{base}?sql=select+1")
    editor = tab.locator(".CodeMirror, .cm-editor").first
    editor.click()
    tab.keyboard.press("End")
    tab.keyboard.type(" + 41 as answer")
    assert tab.locator("[aria-label=SQL]").count() >= 1
    tab.locator("input[type=submit][value*=Run]").click()
    assert tab.locator("td.col-answer").inner_text() == "42"
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    tab.goto(f"{base}?sql={endless.replace('+', '%2B')}")
    assert "SQL query took too long" in tab.locator("section.content").inner_text()
