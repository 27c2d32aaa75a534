"""Where Datasette 0.65 and the 1.0 alphas differ.

0.65 asks the hook ``get_metadata`` for everything. 1.0 keeps titles and descriptions in an own database,
settings of tables in its configuration, queries in a table of their own; all are written at startup.
What the user configured stays in either case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from copy import copy
from typing import Any
from urllib.parse import quote

from datasette import hookspecs
from datasette.utils.asgi import Forbidden

from newsspider.browse.metadata import with_own_columns

LEGACY = hasattr(hookspecs, "get_metadata")  # 0.65
_NARROWING = ("_search", "_where", "_through")
_TEXTS = ("title", "description", "description_html")

_FACET_TIME = 30  # ms for each facet of a table that is narrowed
_NO_TIME = 1  # ms for one of the hits of a common word, which can't be had in 30 either

_ours: ContextVar[bool] = ContextVar("newsspider_table", default=False)
_narrowed: ContextVar[bool] = ContextVar("newsspider_narrowed", default=False)
_common: ContextVar[bool] = ContextVar("newsspider_common_word", default=False)


async def set_metadata(datasette: Any, database: str, metadata: dict[str, Any]) -> None:
    """Tell Datasette 1.0 what 0.65 asks for."""
    known = await datasette.get_database_metadata(database)
    for key in _TEXTS:
        if (
            key in metadata
            and key not in known
            and not (key == "description_html" and "description" in known)
        ):
            await datasette.set_database_metadata(database, key, metadata[key])
    for table, entry in metadata["tables"].items():
        await _set_table(datasette, database, table, entry)
    for name, query in metadata["queries"].items():
        if await datasette.get_query(database, name) is None:
            texts = {"title": query["title"], "description": query["description"]}
            await datasette.add_query(
                database, name, query["sql"], is_trusted=True, source="newsspider", **texts
            )


async def _set_table(datasette: Any, database: str, table: str, entry: dict[str, Any]) -> None:
    known = await datasette.get_resource_metadata(database, table)
    for key in _TEXTS:
        if key in entry and key not in known:
            await datasette.set_resource_metadata(database, table, key, entry[key])
    for column, description in entry.get("columns", {}).items():
        if "description" not in await datasette.get_column_metadata(database, table, column):
            await datasette.set_column_metadata(database, table, column, "description", description)
    if datasette.config is None:
        datasette.config = {}
    databases = datasette.config.setdefault("databases", {})
    settings = databases.setdefault(database, {}).setdefault("tables", {}).setdefault(table, {})
    sorts = _sorts(settings, entry)
    for key, value in entry.items():
        if key in (*_TEXTS, "columns") or (key == "sort_desc" and not sorts):
            continue
        settings.setdefault(key, value)


def beside_own(datasette: Any, database: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata without what the user's own would be mixed with or hidden by: 0.65 merges both, key by key."""
    from datasette.plugins import pm  # which loads us

    own = (datasette._metadata_local.get("databases") or {}).get(database) or {}
    others = len(pm.hook.get_metadata.get_hookimpls()) > 1
    with_own_columns(metadata, metadata["tables"] if others else own.get("tables") or ())
    if "description" in own:
        metadata.pop("description_html")
    for table, entry in (own.get("tables") or {}).items():
        ours = metadata["tables"].get(table, {})
        if not _sorts(entry, ours):
            ours.pop("sort_desc", None)
    for query in own.get("queries") or {}:
        metadata["queries"].pop(query, None)
    return metadata


def _sorts(own: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    """Whether a table may be sorted as we say, beside what the user says of it."""
    return not {"sort", "sort_desc"} & set(own) and ours.get("sort_desc") in own.get(
        "sortable_columns", (ours.get("sort_desc"),)
    )


async def require(datasette: Any, request: Any, database: str, tables: tuple[str, ...]) -> None:
    """Raise ``Forbidden`` unless the reader may see the database and all these tables."""
    for table in tables:
        if not await may_see(datasette, request.actor, database, table):
            raise Forbidden("You do not have permission to view this page")


async def may_see(datasette: Any, actor: Any, database: str, table: str) -> bool:
    """Whether somebody may see a table."""
    if LEGACY:
        rights = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        try:
            await datasette.ensure_permissions(actor, rights)
        except Forbidden:
            return False
        return True
    from datasette.resources import TableResource

    known: bool = await datasette.allowed(
        action="view-table", resource=TableResource(database, table), actor=actor
    )
    return known


def templates(datasette: Any) -> Any:
    """The environment of Datasette's own templates."""
    return datasette.jinja_env if LEGACY else datasette.get_jinja_environment()


async def canned_sql(datasette: Any, request: Any, database: str, name: str) -> str | None:
    """The SQL of a canned query, the user's own one where he has one of that name; None where there is none.

    Raises ``Forbidden`` unless the reader may see it.
    """
    if LEGACY:
        rights = [("view-query", (database, name)), ("view-database", database), "view-instance"]
        await datasette.ensure_permissions(request.actor, rights)
        known = await datasette.get_canned_query(database, name, request.actor)
        return known["sql"] if known else None
    from datasette.resources import QueryResource

    resource = QueryResource(database, name)
    if not await datasette.allowed(action="view-query", resource=resource, actor=request.actor):
        raise Forbidden("You do not have permission to view this query")
    stored = await datasette.get_query(database, name)
    return stored.sql if stored else None


def allow_fewer_facets(datasette: Any) -> None:
    """Let ``facets_of`` say for the request that is being answered which facets are worth their time.

    Suggested ones cost more than the page itself; so do those of a narrowed table, which no index counts. Datasette has
    but one setting for all databases, or an argument in every address.
    """
    setting = datasette.setting

    def of_request(key: str) -> Any:
        if key == "suggest_facets" and _ours.get():
            return False
        value = setting(key)
        if key == "facet_time_limit_ms" and _narrowed.get():
            return min(value, _NO_TIME if _common.get() else _FACET_TIME)
        return value

    datasette.setting = of_request


def facets_of(ours: bool, arguments: Iterable[str]) -> None:
    """What table is shown in the request that is being answered: one of ours or not, and the names of the
    address's arguments. Who asks for a facet of his own waits for it.
    """
    names = list(arguments)
    asked = any(name.startswith("_facet") for name in names)
    narrowed = any("__" in name or not name.startswith("_") or name.startswith(_NARROWING) for name in names)
    _ours.set(ours)
    _narrowed.set(ours and narrowed and not asked)
    _common.set(False)


def common_word(common: bool) -> None:
    """Whether the articles with a word that more have than can be sorted are asked for in this request."""
    _common.set(common)


def is_common_word() -> bool:
    """What ``common_word`` said in this request."""
    return _common.get()


def read_only(db: Any) -> None:
    """Whatever asks Datasette to write to a database, be it allowed to, gets a connection that can't. Datasette takes the path
    as it is for a part of an address: behind ``#`` or ``?`` it would open, or make, another file.
    """
    opened = copy(db)
    opened.path = quote(str(db.path))
    db.connect = lambda write=False: opened.connect()


# What 1.0 may be allowed to do to a database.
_WRITES = frozenset(
    "execute-write-sql create-table create-view insert-row delete-row update-row alter-table drop-table drop-view".split()
)


def denied(databases: list[str], action: str) -> Any:
    """For 1.0: nobody may do that to these databases, so that nothing of the kind is offered; None for what only reads."""
    if action not in _WRITES:
        return None
    from datasette.permissions import PermissionSQL

    rows = (
        f"SELECT :newsspider_{number} AS parent, NULL AS child, 0 AS allow, 'archives are only read' AS reason"
        for number, _ in enumerate(databases)
    )
    names = {f"newsspider_{number}": name for number, name in enumerate(databases)}
    return PermissionSQL(sql=" UNION ALL ".join(rows), params=names)
