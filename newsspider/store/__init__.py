"""The database of an archive: schema, the one writer, the frontier, articles and their revisions, the search
index.

In come results with the places of their WARC records; out go due pages and counts. It must not know of HTML,
of WARC files or of Scrapy, and reads no clock: every moment is handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsspider.store.backfills import Backfill as Backfill
    from newsspider.store.filing import Filed as Filed
    from newsspider.store.measures import Listing as Listing
    from newsspider.store.measures import Measures as Measures
    from newsspider.store.nights import Night as Night
    from newsspider.store.nights import SourceNight as SourceNight
    from newsspider.store.notices import Notice as Notice
    from newsspider.store.rebuild import Change as Change
    from newsspider.store.relinking import ToLink as ToLink
    from newsspider.store.report import CrawlSummary as CrawlSummary
    from newsspider.store.report import OutcomeRow as OutcomeRow
    from newsspider.store.report import Totals as Totals
    from newsspider.store.store import Store as Store
    from newsspider.store.waiting import Arrival as Arrival
    from newsspider.store.waiting import Waiting as Waiting

__all__ = [
    "Arrival",
    "Backfill",
    "Change",
    "CrawlSummary",
    "Filed",
    "Listing",
    "Measures",
    "Night",
    "Notice",
    "OutcomeRow",
    "SourceNight",
    "Store",
    "ToLink",
    "Totals",
    "Waiting",
]
_HOMES = {
    "Backfill": "backfills",
    "Store": "store",
    "Filed": "filing",
    "CrawlSummary": "report",
    "Listing": "measures",
    "Measures": "measures",
    "Night": "nights",
    "Notice": "notices",
    "OutcomeRow": "report",
    "SourceNight": "nights",
    "Totals": "report",
    "Arrival": "waiting",
    "Change": "rebuild",
    "ToLink": "relinking",
    "Waiting": "waiting",
}


def __getattr__(name: str) -> Any:
    """Browsing needs the schema and the search functions alone: the writer is loaded when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"newsspider.store.{_HOMES[name]}"), name)
