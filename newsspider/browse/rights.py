"""Who may not see the table of articles may not see what is made of it: the search index and our queries.

That table's right is Datasette's matter, by whatever its configuration and other plugins say. SQL of one's own has a right of
its own there, ``execute-sql``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from newsspider.browse.archives import archive, archives
from newsspider.browse.compat import may_see
from newsspider.browse.queries import QUERIES

_ARTICLES = "articles"
# What the search index reads, and the index with the tables in which it stands:
# https://www.sqlite.org/fts5.html#fts5_data_structures
INDEX = (
    "articles_search",
    "articles_fts",
    *(f"articles_fts_{part}" for part in ("data", "idx", "content", "docsize", "config")),
)
_MADE = {
    "view-table": """
SELECT value ->> 0 AS parent, value ->> 1 AS child, 0 AS allow, 'it is made of articles' AS reason
FROM json_each(:newsspider_made)
""",
    "view-query": """
SELECT database_name AS parent, name AS child, 0 AS allow, 'it is made of articles' AS reason
FROM queries WHERE source = 'newsspider' AND database_name IN (SELECT value FROM json_each(:newsspider_made))
""",
}
_asking: ContextVar[bool] = ContextVar("newsspider_asking", default=False)


async def refused(datasette: Any, actor: Any, action: str, resource: Any) -> bool | None:
    """For 0.65: False for what is made of articles that somebody may not see; None leaves it to whoever else is asked. A table
    for which the metadata have a rule keeps to that.
    """
    if action not in ("view-table", "view-query") or not archive(datasette, resource[0]):
        return None
    database, name = resource
    if action == "view-table":
        own = datasette.metadata("allow", database=database, table=name, fallback=False)
        made = name in INDEX and own is None
    else:
        made = await _is_ours(datasette, actor, database, name)
    return None if not made or await may_see(datasette, actor, database, _ARTICLES) else False


async def _is_ours(datasette: Any, actor: Any, database: str, name: str) -> bool:
    """Whether a query of 0.65 is ours, and not one of the user's that has its name."""
    ours = next((query.sql.strip() for query in QUERIES if query.name == name), None)
    known = await datasette.get_canned_query(database, name, actor) if ours else None
    return known is not None and known["sql"] == ours


async def refused_sql(datasette: Any, actor: Any, action: str) -> Any:
    """For 1.0: the same, as SQL for its own database. A table for which the configuration has a rule keeps to that."""
    if action not in ("view-table", "view-query") or _asking.get():
        return None
    before = _asking.set(True)
    try:
        closed = [
            db.name for db in archives(datasette) if not await may_see(datasette, actor, db.name, _ARTICLES)
        ]
    finally:
        _asking.reset(before)
    if not closed:
        return None
    from datasette.permissions import PermissionSQL

    made = (
        closed if action == "view-query" else [(db, table) for db in closed for table in _left(datasette, db)]
    )
    return PermissionSQL(sql=_MADE[action], params={"newsspider_made": json.dumps(made)})


def _left(datasette: Any, database: str) -> Sequence[str]:
    """The tables of the index for which the configuration of 1.0 has no rule."""
    tables = (((datasette.config or {}).get("databases") or {}).get(database) or {}).get("tables") or {}
    ruled = {name for name, entry in tables.items() if {"allow", "permissions"} & set(entry or ())}
    return [table for table in INDEX if table not in ruled]
