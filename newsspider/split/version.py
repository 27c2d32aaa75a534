"""The version of the splitter: raised whenever the same page may come out otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsspider.source import Layout

SPLIT_VERSION = "7"


def version_with(layouts: Sequence[Layout]) -> str:
    """The version, and where a layout is used after a plus a digest of its selectors: with others the same page may come
    out otherwise, too.
    """
    if not layouts or not layouts[0].selectors:
        return SPLIT_VERSION
    said = "\n".join(f"{name}={selector}" for name, selector in sorted(layouts[0].selectors.items()))
    return f"{SPLIT_VERSION}+{hashlib.blake2b(said.encode(), digest_size=4).hexdigest()}"
