"""Words in the class names of elements."""

from __future__ import annotations

import re
from functools import lru_cache


class ClassWords:
    """A pattern of such words. What it says of class names is remembered, for pages repeat them."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)
        self.search = lru_cache(maxsize=8192)(self._search)

    def _search(self, classes: str) -> bool:
        """Whether one of the words is found."""
        return self._pattern.search(classes) is not None
