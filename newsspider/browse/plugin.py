"""The hooks by which Datasette knows of us.

Loaded by entry point, in ``newsspider browse`` and in plain ``datasette`` alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

from datasette import hookimpl

from newsspider.browse import amended, compat, downloads, feeds, frame, headers, pages, rights, stories
from newsspider.browse.archives import archive, archives
from newsspider.browse.cells import cell
from newsspider.browse.metadata import metadata
from newsspider.browse.summed import asked_cheaply
from newsspider.store.search import register

F = TypeVar("F", bound=Callable[..., Any])


def hook(*, trylast: bool = False) -> Callable[[F], F]:
    """Datasette's mark for a hook, with its type."""
    return cast("Callable[[F], F]", hookimpl(trylast=trylast))


def _metadata(datasette: Any, db: Any) -> dict[str, Any]:
    return metadata(db.name, datasette.urls.database(db.name), datasette.setting("max_returned_rows"))


@hook()
def startup(datasette: Any) -> Any:
    """Tell Datasette of our databases; on 1.0 that is done once."""
    compat.allow_fewer_facets(datasette)
    for db in archives(datasette):
        asked_cheaply(db)

    async def tell() -> None:
        for db in archives(datasette):
            await compat.set_metadata(datasette, db.name, _metadata(datasette, db))

    return None if compat.LEGACY else tell


if compat.LEGACY:

    @hook()
    def get_metadata(datasette: Any) -> dict[str, Any]:
        """Titles, descriptions, sort, facets, labels, search index and queries of our databases."""
        return {
            "databases": {
                db.name: compat.beside_own(datasette, db.name, _metadata(datasette, db))
                for db in archives(datasette)
            }
        }

    @hook(trylast=True)
    def permission_allowed(datasette: Any, actor: Any, action: str, resource: Any) -> Any:
        """What is made of articles keeps to their right; last, since the last one that says a word has its way."""
        return partial(rights.refused, datasette, actor, action, resource)


else:

    @hook()
    async def permission_resources_sql(datasette: Any, actor: Any, action: str) -> Any:
        """Nobody writes to our databases; what is made of articles keeps to their right."""
        known = [db.name for db in archives(datasette)]
        denied = compat.denied(known, action) if known else None
        return denied or await rights.refused_sql(datasette, actor, action)


@hook(trylast=True)
def prepare_connection(conn: Any, database: str | None, datasette: Any) -> None:
    """Our search functions on our databases; last, since Datasette has an ``escape_fts`` of its own."""
    if archive(datasette, database):
        register(conn)
        stories.register(conn)


@hook()
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Our own pages."""
    return pages.routes(datasette)


@hook()
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Scripts that templates hold may run on our pages; screen readers find their way there, and to our own pages.

    It is the first hook that is called: 1.0 opens the databases before ``startup``. Ours are only read.
    """
    for db in archives(datasette):
        compat.read_only(db)
    amended.amend(env, partial(frame.navigation, datasette))


@hook(trylast=True)
def asgi_wrapper(datasette: Any) -> Callable[[headers.App], headers.App]:
    """Headers on all answers for our databases; last, so that it sees what other plugins have set."""
    return partial(headers.guarded, datasette)


@hook()
def extra_css_urls(database: str | None, datasette: Any) -> list[str]:
    """Our style sheet on Datasette's pages of our databases."""
    return [frame.style_url(datasette)] if archive(datasette, database) else []


@hook()
def register_output_renderer() -> list[dict[str, Any]]:
    """Tables and rows in the forms of our exports, queries as feeds."""
    return [*downloads.renderers(), feeds.renderer()]


@hook()
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """A feed that took too long says so in its own way."""
    return feeds.out_of_time(datasette, request, exception)


@hook()
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Readable cells in the tables and queries of our databases."""
    if value is None or not archive(datasette, database):
        return None
    return cell(row, value, column, table, lambda: f"{datasette.urls.database(database)}/articles")


@hook()
def filters_from_request(request: Any, database: str, datasette: Any) -> None:
    """Called for each table that is shown: of ours, no suggested facets, and no dear ones where it is narrowed."""
    compat.facets_of(archive(datasette, database) is not None, request.args)


@hook()
async def menu_links(datasette: Any, actor: Any) -> list[dict[str, str]]:
    """The same links as on our own pages, in Datasette's menu of pages that don't have them; of what the reader may see."""
    open_ = [] if frame.navigation(datasette, amended.path.get()) else archives(datasette)
    known = [db for db in open_ if await compat.may_see(datasette, actor, db.name, "articles")]
    links = []
    for db in known:
        base, of = datasette.urls.database(db.name), f" of {db.name}" if len(known) > 1 else ""
        links += [{"href": f"{base}/{path}", "label": f"{label}{of}"} for path, label in frame.NAVIGATION]
    return links
