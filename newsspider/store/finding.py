"""What a check finds, in words."""

from __future__ import annotations

from dataclasses import dataclass

EXAMPLES = 3  # of a fault, that are named


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: where, in words, how many, the first examples.

    ``repair`` says what a repair does about it (None: it can't), ``advice`` what a person can do. ``wrong`` is False
    for what is worth knowing and no fault.
    """

    kind: str
    where: str
    what: str
    count: int = 1
    examples: tuple[str, ...] = ()
    repair: str | None = None
    advice: str = ""
    wrong: bool = True


def number(count: int, what: str) -> str:
    """A count in words: ``1 page``, ``2,000 pages``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
