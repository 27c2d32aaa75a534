"""newsspider: crawl news sites, split their pages into records, keep the pages as WARC, browse them in
Datasette.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsspider.split import split_page as split_page

__version__ = "0.1.0"
__all__ = ["__version__", "split_page"]


def __getattr__(name: str) -> Any:
    """Load ``split_page`` when it is first used: the command's help must not wait for a parser."""
    if name == "split_page":
        from newsspider.split import split_page

        return split_page
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
