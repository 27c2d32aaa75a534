"""What is made of articles is shown to whom articles are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from newsspider.browse.compat import LEGACY
from newsspider.browse.rights import INDEX

CLOSED = {"articles": {"allow": {"id": "editor"}}}
QUERIES = ("same_story", "headline_changes", "bylines", "headline_changes.json", "headline_changes.atom")


async def opened(path: Path, **archive: Any) -> Any:
    """Datasette with what it is told of the archive."""
    told = {"databases": {"archive": archive}}
    datasette: Any = Datasette([str(path)], **({"metadata": told} if LEGACY else {"config": told}))
    await datasette.invoke_startup()
    return datasette


async def status(datasette: Any, path: str, actor: str | None = None) -> int:
    cookies = {"ds_actor": datasette.sign({"a": {"id": actor}}, "actor")} if actor else {}
    return int((await datasette.client.get(f"/archive/{path}", cookies=cookies)).status_code)


@pytest.mark.parametrize("path", [name for name in INDEX if name != "articles_fts_content"] + list(QUERIES))
async def test_who_may_not_see_articles_sees_nothing_made_of_them(archive_path: Path, path: str) -> None:
    datasette = await opened(archive_path, tables=CLOSED)
    assert await status(datasette, path) == 403
    if LEGACY or not path.startswith("articles_fts_"):  # which 1.0 shows to nobody
        assert await status(datasette, path, "editor") == 200


async def test_a_list_does_not_name_what_is_refused(archive_path: Path) -> None:
    datasette = await opened(archive_path, tables=CLOSED)
    told = (await datasette.client.get("/archive.json")).json()
    named = [one["name"] for kind in ("tables", "views", "queries") for one in told[kind]]
    assert "sources" in named
    assert not {"articles", "articles_search", "articles_fts", "same_story"} & set(named)


async def test_a_right_of_its_own_wins(archive_path: Path) -> None:
    datasette = await opened(archive_path, tables=CLOSED | {"articles_search": {"allow": True}})
    assert await status(datasette, "articles_search") == 200
    assert await status(datasette, "articles_fts") == 403


async def test_a_query_of_the_users_own_is_his_affair(archive_path: Path) -> None:
    own = {"bylines": {"sql": "select 1 as one"}}
    datasette = await opened(archive_path, tables=CLOSED, queries=own)
    assert await status(datasette, "bylines") == 200


async def test_the_menu_names_only_what_may_be_seen(archive_path: Path, tmp_path: Path) -> None:
    datasette = await opened(archive_path, tables=CLOSED)
    datasette.add_memory_database("other")
    assert "/archive/search" not in (await datasette.client.get("/other")).text
    open_ = await opened(archive_path)
    open_.add_memory_database("other")
    assert "/archive/search" in (await open_.client.get("/other")).text
