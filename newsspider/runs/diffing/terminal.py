"""The history of an article for a terminal: ``[-went-]``, ``{+came+}``, in colours where these are wanted.

The marks are those of ``wdiff`` and ``git diff --word-diff``; they stay beside colours, for copying and for eyes that don't tell
red from green. What is written from right to left stands in isolates (Unicode Standard Annex 9), so that neither marks nor
what stands beside it change its order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from rich.cells import cell_len

from newsspider.browse.text import direction, when
from newsspider.history.changes import Change, Difference
from newsspider.history.passages import Became, Passage
from newsspider.history.pieces import BREAK, Kind, Piece
from newsspider.history.words import chunks
from newsspider.runs.amounts import number
from newsspider.runs.diffing.reading import Between, History

_MARKS = {Kind.KEPT: ("", ""), Kind.GONE: ("[-", "-]"), Kind.COME: ("{+", "+}")}
_COLOURS = {Kind.KEPT: ("", ""), Kind.GONE: ("\x1b[31m", "\x1b[0m"), Kind.COME: ("\x1b[32m", "\x1b[0m")}
_LTR, _RTL, _FIRST_STRONG, _END = "\u2066", "\u2067", "\u2068", "\u2069"
# Of a page's own they might reach out of its text.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONG = 160  # columns of unchanged text, before and behind changes, that are shortened
_HEAD, _TAIL = 50, 70  # what is left of it
_CUT = " […] "
_BESIDE = 20  # the least columns of a text


@dataclass(frozen=True, slots=True)
class Look:
    """How wide lines may be, and whether colours are wanted."""

    width: int
    colours: bool


def as_text(history: History, look: Look) -> str:
    """All changes, the oldest first, or what is other between two states."""
    article = history.article
    text = _Text(look, history)
    text.line(f"Article {article['id']}: ", article["headline"] or "(without a headline)")
    text.line("", article["url"])
    if history.between:
        text.between(history.between)
        return text.whole()
    known = f"first seen {when(article['first_seen_at'], history.zone)}"
    if not history.changes:
        last = when(article["last_seen_at"], history.zone)
        text.line(f"No changes: {known}, the same when last seen, {last} ({history.zone}).", "")
        return text.whole()
    silent = f", {history.silent} silent" if history.silent else ""
    text.line(f"{number(len(history.changes), 'change')}{silent}; {known}. Times in {history.zone}.", "")
    for change in history.changes:
        text.change(change)
    return text.whole()


class _Text:
    """The lines of the answer, one after the other."""

    def __init__(self, look: Look, history: History) -> None:
        self._look = look
        self._zone = history.zone
        self._lines: list[str] = []

    def whole(self) -> str:
        return "\n".join(line.rstrip() for line in self._lines)

    def line(self, ours: str, theirs: str) -> None:
        """A line that begins with our words."""
        self._lines += _wrapped([Piece(Kind.KEPT, theirs, theirs)], self._look, ours, len(ours) and 2)

    def change(self, change: Change) -> None:
        fields = ", ".join(change.difference.fields)
        head = f"{change.number}  {when(change.seen_at, self._zone)}  {change.kind}"
        head += f": {fields}" if fields else ""
        self._lines += ["", head + ("  (silent)" if change.silent else "")]
        if change.note:
            self._lines.append(f"   {change.note}")
        if change.modified:
            moved = when(change.modified, self._zone)
            self._lines.append(f"   The page’s own date of modification was {moved}; it moved.")
        self._difference(change.difference)

    def between(self, between: Between) -> None:
        first, last = between.first, between.last
        states = (f"state {point.number} ({when(point.since, self._zone)})" for point in (first, last))
        self._lines += ["From " + " to ".join(states) + f", times in {self._zone}", ""]
        if not between.difference.fields:
            self._lines.append("No changes between them.")
        self._difference(between.difference)

    def _difference(self, difference: Difference) -> None:
        for name, pieces in difference.lines.items():
            if name == "published":
                pieces = tuple(
                    Piece(p.kind, when(p.old, self._zone), when(p.new, self._zone)) for p in pieces
                )
            self._lines += [f"   {name}", *_wrapped(pieces, self._look, "     ")]
        if difference.body:
            self._lines.append("   body")
        for passage in difference.body:
            self._lines += _passage(passage, self._look)


def _passage(passage: Passage, look: Look) -> Iterator[str]:
    count = number(len(passage.old or passage.new), "paragraph")
    if passage.became is Became.KEPT:
        yield f"     ({count} unchanged)"
    elif passage.became is Became.MOVED:
        whole = (passage.old or passage.new)[0]
        text = "".join(_first(list(chunks(whole)), _TAIL))
        text += _CUT.rstrip() if text != whole else ""
        told = "     (moved away) " if passage.old else "     (moved here) "
        yield from _wrapped([Piece(Kind.KEPT, text, text)], look, told, 5)
    elif passage.became is Became.CHANGED:
        yield from _wrapped(passage.pieces, look, "     ")
    else:
        for text in passage.old or passage.new:
            piece = Piece(Kind.GONE, text, "") if passage.old else Piece(Kind.COME, "", text)
            yield from _wrapped([piece], look, "     ")


# ---- lines ---------------------------------------------------------------------------------------------------------
Bit = tuple[str, Kind]  # some text on a line


def _wrapped(pieces: Iterable[Piece], look: Look, first: str, indent: int | None = None) -> list[str]:
    """The pieces in lines, the first of which begins with our own ``first``, the others with blanks."""
    bits = list(_marked(_shortened([(_safe(piece.text), piece.kind) for piece in pieces if piece.text])))
    plain = "".join(text for text, _ in bits)
    indent = len(first) if indent is None else indent
    lines: list[list[Bit]] = [[]]
    room = max(_BESIDE, look.width - cell_len(first))
    for chunk in _unbroken(bits):
        size = cell_len("".join(text for text, _ in chunk).rstrip())
        if size > room and lines[-1]:
            lines.append([])
            room = max(_BESIDE, look.width - indent)
        lines[-1] += chunk
        room -= cell_len("".join(text for text, _ in chunk))
    side = _side(plain)
    starts = [first, *[" " * indent] * (len(lines) - 1)]
    return [start + _drawn(line, side, look) for start, line in zip(starts, lines, strict=True)]


def _safe(text: str) -> str:
    """A page's words: they must not write to the terminal. Joiners stay, as they change how words read."""
    return "".join(
        " " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char
        for char in text.replace(BREAK, "¶ ")
        if char not in _BIDI
    )


def _shortened(bits: Sequence[Bit]) -> Iterator[Bit]:
    """Long stretches that stayed beside changes are left out, but for what stands next to the changes."""
    for place, (text, kind) in enumerate(bits):
        if kind is Kind.KEPT and len(bits) > 1 and cell_len(text) > _LONG:
            found = list(chunks(text))
            head = _first(found, _HEAD if place else _HEAD // 2)
            tail = _first(found[::-1], _TAIL) if place < len(bits) - 1 else []
            text = "".join(head).rstrip() + _CUT + "".join(reversed(tail))
        yield text, kind


def _first(found: Sequence[str], most: int) -> list[str]:
    """As many of these as fit into so many columns."""
    sizes = accumulate(map(cell_len, found))
    return [chunk for chunk, size in zip(found, sizes, strict=True) if size <= most]


def _marked(bits: Iterable[Bit]) -> Iterator[Bit]:
    for text, kind in bits:
        before, after = _MARKS[kind]
        yield before + text + after, kind


def _unbroken(bits: Iterable[Bit]) -> Iterator[list[Bit]]:
    """What can't be parted by the end of a line. What went may be parted from what came in its place."""
    together: list[Bit] = []
    for text, kind in bits:
        if together and Kind.KEPT not in (together[-1][1], kind):
            yield together
            together = []
        *inner, last = chunks(text)
        for chunk in inner:
            yield [*together, (chunk, kind)]
            together = []
        together.append((last, kind))
        if last[-1].isspace():
            yield together
            together = []
    if together:
        yield together


def _side(text: str) -> str:
    """The isolate that a text wants; none where nothing of it runs from right to left."""
    if direction(text) == "rtl":
        return _RTL
    return _LTR if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text) else ""


def _drawn(line: Sequence[Bit], side: str, look: Look) -> str:
    drawn = ""
    ends = [(text.rstrip(), kind) for text, kind in line[-1:]]
    for kind, bits in groupby([*line[:-1], *ends], key=lambda bit: bit[1]):
        text = "".join(text for text, _ in bits)
        if kind is not Kind.KEPT and side:
            text = _FIRST_STRONG + text + _END
        before, after = _COLOURS[kind] if look.colours else ("", "")
        drawn += before + text + after
    return side + drawn + (_END if side else "")
