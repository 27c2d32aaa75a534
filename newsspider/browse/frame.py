"""The frame in which our pages stand: navigation, headers, style sheet.

It is one of our own, because Datasette's has inline scripts and styles, which the Content-Security-Policy of our pages
forbids. Whatever is shown comes out of a template that escapes it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from datasette.utils import tilde_encode
from datasette.utils.asgi import Response

from newsspider.browse import headers
from newsspider.browse.archives import archives
from newsspider.browse.metadata import title
from newsspider.browse.templating import environment, style_digest

# What the navigation of each page leads to, below the address of the database.
NAVIGATION = (
    ("front", "Front page"),
    ("search", "Search"),
    ("articles", "Articles"),
    ("tickers", "Tickers"),
    ("places", "Places"),
    ("health", "Sources"),
    ("tables", "Tables"),
    ("queries", "Queries"),
)
STYLE_PATH = "/-/newsspider/newsspider.css"
_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
)
_HEADERS = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def style_url(datasette: Any) -> str:
    """The address of the style sheet."""
    return f"{datasette.urls.path(STYLE_PATH)}?{style_digest()}"


def navigation(datasette: Any, path: str) -> list[tuple[str, str, bool]]:
    """What the pages of the archive that this path belongs to lead to: address, words, and whether it is this path."""
    db = headers.archive_of(datasette, path)
    if db is None:
        return []
    base = datasette.urls.database(db.name)
    own = datasette.urls.path(path)
    return [(f"{base}/{name}", label, own == f"{base}/{name}") for name, label in NAVIGATION]


def render(
    template: str, datasette: Any, db: Any, *, status: int = 200, frames: bool = False, **values: Any
) -> Response:
    """A page of ours, with its headers. ``frames``: it holds another page of this server.

    Templates get the path of the database (``base``) and of a table (``table(name, filter=..)``).
    """
    base = datasette.urls.database(db.name)

    def table(name: str, **filters: Any) -> str:
        query = urlencode({key: value for key, value in filters.items() if value is not None})
        return f"{base}/{name}?{query}" if query else f"{base}/{name}"

    frame = {
        "base": base,
        "home": datasette.urls.instance(),
        "name": db.name,
        "archive": title(db.name),
        "navigation": NAVIGATION,
        "style": style_url(datasette),
        "table": table,
    }
    body = environment().get_template(template).render(**frame, **values)
    own = dict(_HEADERS)
    if frames:  # which also keeps what stands in there on this server
        own["Content-Security-Policy"] += "; frame-src 'self'"
    return Response.html(body, status=status, headers=own)


def database(datasette: Any, request: Any) -> Any:
    """The archive that a page of ours is asked of."""
    routed = request.url_vars["database"]
    return next(db for db in archives(datasette) if tilde_encode(db.route) == routed)


def as_file(name: str) -> dict[str, str]:
    """Headers of a file to save."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-cache",
    }
