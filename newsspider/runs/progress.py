"""How far a long run is: written by the run, read by whoever shows it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Progress:
    """What a run does now, and how much of how much is done."""

    doing: str = ""
    done: int = 0
    of: int = 0
    since: float = field(default_factory=time.monotonic)

    def begin(self, doing: str, of: int) -> None:
        """Something new begins."""
        self.doing, self.done, self.of, self.since = doing, 0, of, time.monotonic()


Watch = Callable[[Progress], AbstractContextManager[None]]
