"""An article's row and its revisions -> its states and what changed from one to the next.

A revision holds the former values of what changed, so the states are found backwards from the newest one, the article's
row. Values that differ only in what makes no change (blanks ..) may have been renewed without a revision, and the page's own
date of modification moves without one: of that, only what a revision says is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsspider.history.amounts import Amount, amount, origins
from newsspider.history.passages import Became, Passage, compare_paragraphs
from newsspider.history.pieces import BREAK, Kind, Piece, compare
from newsspider.store.plain import plain
from newsspider.store.values import strings

Row = Mapping[str, Any]
State = Mapping[str, str | None]

LINES = (
    "headline",
    "kicker",
    "summary",
    "byline",
    "dateline",
    "section",
    "published",
)  # in the order of a page
FIELDS = (*LINES, "body")
# The newest first; ``most``: -1 for all.
REVISIONS = "SELECT * FROM revisions WHERE article = :id ORDER BY seen_at DESC, id DESC LIMIT :most"
_NOTES = {
    "deleted": "The page answered that it is gone. Its last text is kept.",
    "restored": "The page was there again.",
    "moved": "The page leads to another address of the same site now.",
}
_UNMOVED = "The page’s own date of modification did not move."
_UNDATED = "The page gives no date of modification."


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two states: by field the pieces of its text, and the passages of the body."""

    lines: Mapping[str, tuple[Piece, ...]]
    body: tuple[Passage, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that changed, in the order of a page."""
        return (*self.lines, *(("body",) if self.body else ()))

    @property
    def amount(self) -> Amount:
        """How much came and went."""
        return amount(self.lines, self.body)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an article. ``number``: 1 for its first; the state behind it has the same number, 0 is the first state.

    ``revision``, ``capture``: its rows; ``seen_at``: UTC, as the database writes times; ``kind``: edited, deleted, restored or
    moved; ``silent``: the page's own date of modification did not move; ``modified``: that date before, where it moved;
    ``dated``: the page gives such a date now.
    """

    number: int
    revision: int
    capture: int | None
    seen_at: str
    kind: str
    silent: bool
    modified: str | None
    dated: bool
    difference: Difference

    @property
    def note(self) -> str:
        """What a reader should know of a change of this kind, if anything."""
        if self.silent:
            return _UNMOVED if self.dated else _UNDATED
        return _NOTES.get(self.kind, "")


def states(article: Row, revisions: Sequence[Row]) -> list[State]:
    """The states of an article, the oldest first: one more than it has revisions.

    ``revisions``: all from some time on until now, the oldest first.
    """
    state: dict[str, str | None] = {name: article[name] for name in FIELDS}
    found: list[State] = [state]
    for revision in reversed(revisions):
        former = {name: revision[name] for name in FIELDS if revision[name] is not None}
        changed = _names(revision["changed"])
        state = state | {name: revision[name] for name in FIELDS if name in changed} | former
        found.append(state)
    return found[::-1]


def changes(article: Row, revisions: Sequence[Row], first: int = 1) -> list[Change]:
    """The changes of an article, the oldest first. ``revisions`` as for ``states``; ``first``: the number of the oldest."""
    known = states(article, revisions)
    return [
        Change(
            number=first + index,
            revision=revision["id"],
            capture=revision["capture"],
            seen_at=revision["seen_at"],
            kind=revision["kind"],
            silent=bool(revision["silent"]),
            modified=revision["modified"],
            dated=article["modified"] is not None,
            difference=difference(known[index], known[index + 1]),
        )
        for index, revision in enumerate(revisions)
    ]


@dataclass(frozen=True, slots=True)
class Touched:
    """The last change of a paragraph: edited (``changed``), added (``come``) or ``moved`` there."""

    change: Change
    became: Became


def touched(changes: Sequence[Change], paragraphs: int) -> list[Touched | None]:
    """For each of the newest text's paragraphs the last of these changes (the oldest first) that touched it."""
    found: list[Touched | None] = [None] * paragraphs
    places = {
        number: number for number in range(paragraphs)
    }  # of those not found yet, in the state looked at
    for change in reversed(changes):
        if not change.difference.body:
            continue
        was = origins(change.difference.body)
        for number, place in list(places.items()):
            if place >= len(was):  # its paragraphs were divided anew since, without a change
                del places[number]
                continue
            became, places[number] = was[place]
            if became is not Became.KEPT:
                found[number] = Touched(change, became)
                del places[number]
    return found


def difference(old: State, new: State) -> Difference:
    """What changed from one state to another. A date is replaced as a whole."""
    lines = {}
    for name in LINES:
        before, after = old[name] or "", new[name] or ""
        if plain(before) != plain(after):
            whole = (Piece(Kind.GONE, before, ""), Piece(Kind.COME, "", after))
            pieces = whole if name == "published" else compare(before, after)
            lines[name] = tuple(piece for piece in pieces if piece.old or piece.new)
    if plain(old["body"]) == plain(new["body"]):
        return Difference(lines)
    return Difference(lines, compare_paragraphs(_paragraphs(old["body"]), _paragraphs(new["body"])))


def _paragraphs(body: str | None) -> list[str]:
    return [text for text in (body or "").split(BREAK) if text.strip()]


def _names(changed: str | None) -> set[str]:
    return set(strings(changed))
