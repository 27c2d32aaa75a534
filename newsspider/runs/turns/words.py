"""Turns of a source's pages in words, side by side, with the lines that its file needs; and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newsspider.runs.amounts import number
from newsspider.runs.drift import ENOUGH
from newsspider.runs.sourcing.writing import quoted
from newsspider.runs.tables import drawn, plain, row, table
from newsspider.runs.turns.finding import Stop
from newsspider.runs.turns.looking import Part, Side, StillRed, Turned
from newsspider.store.measures import PAST_DAYS

_CODE = 44  # columns of a line before its comment


def turns_summary(turned: Sequence[Turned]) -> str:
    """The turns of one source; nothing where there are none."""
    parts = []
    for one in turned:
        parts += ["\n".join(_head(one)), drawn(_sides(one)), "\n".join(_links(one)), _advice(one)]
    if sum(bool(one.proposals or one.layout) for one in turned) > 1:
        parts.append(
            "Take the lines of one alone, the oldest first, and run this again for those of the next."
        )
    return "\n\n".join(parts)


def still_red_summary(reasons: Sequence[StillRed]) -> str:
    """A line for each reason, and what is still missing to find out more."""
    lines = []
    for one in reasons:
        lines.append(f"Red: {plain(one.sentence)}")
        if one.bad is not None and one.bad < ENOUGH:
            lines.append(f"  {number(one.bad, 'bad page')} of the {ENOUGH} that are needed so far")
        elif one.bad is not None:
            lines.append(
                f"  {number(one.bad, 'bad page')} so far, among good ones: no page from which on it is so"
            )
    return "\n".join(lines)


def _head(one: Turned) -> Iterator[str]:
    for stop in one.turn.stops:
        yield plain(f"{one.source.id}: {stop_in_words(stop)}")


def stop_in_words(stop: Stop) -> str:
    """What stopped, and since when."""
    what = f"the layout's selector for {stop.field}, {stop.selector!r}," if stop.selector else stop.field
    if stop.good is None:
        return f"{what} found nothing on any of {number(stop.count, 'page')} that were read again"
    found = "found it" if stop.selector else "was"
    return (
        f"{what} {found} on {stop.usual:.0%} of {number(stop.known, 'page')} up to {stop.good.at:%Y-%m-%d},"
        f" and on {stop.share:.0%} of {stop.count} since {stop.bad.at:%Y-%m-%d}"
    )


# ---- side by side --------------------------------------------------------------------------------------------------
def _sides(one: Turned) -> Any:
    sides = [side for side in (one.good, one.bad) if side]
    heads = [f"last good page, {one.good.sample.at:%Y-%m-%d %H:%M}"] if one.good else []
    heads.append(f"{'first bad' if one.good else 'the newest'} page, {one.bad.sample.at:%Y-%m-%d %H:%M}")
    made = table("", *heads, firm=("",))
    stopped = [stop.field for stop in one.turn.stops]
    for field in [*stopped, *(name for name in _fields(sides) if name not in stopped)]:
        parts = [side.parts.get(field) for side in sides]
        row(
            made,
            f"{'>' if field in stopped else ' '} {field}",
            *(part.value if part else "-" for part in parts),
        )
        if any(parts):
            row(made, "", *(_origin(part) for part in parts))
    return made


def _fields(sides: Sequence[Side]) -> list[str]:
    return list(dict.fromkeys(field for side in sides for field in side.parts))


def _origin(part: Part | None) -> str:
    """Where a part came from: the end of a long path says more than its beginning."""
    if part is None:
        return ""
    return f"  {part.source}: {part.path}" if part.path else f"  {part.source}"


def _links(one: Turned) -> Iterator[str]:
    for word, side in (("good", one.good), ("bad", one.bad)):
        if side:
            yield f"  {word:<5}{plain(side.sample.task.url)}"


# ---- what to do ----------------------------------------------------------------------------------------------------
def _advice(one: Turned) -> str:
    parts = []
    if one.proposals or one.layout:
        lines = "\n".join(f"    {line}" for line in lines_of(one))
        parts.append(
            f"In {one.source.id}.toml{', for the present [[layout]]' if one.layout else ''}:\n\n{lines}\n\n"
            "newsspider rebuild --changed then says what of the archive is read otherwise, newsspider rebuild makes it so."
        )
    missing = [stop.field for stop in one.turn.stops if stop.field not in one.proposals]
    if missing:
        parts.append(
            f"No selector for {', '.join(missing)} could be verified on these pages. What each part of one is taken for says\n"
            f"    newsspider split --explain {plain(one.bad.sample.task.url)}\n"
            "Where the site has none of it any more, nothing is to be done."
        )
    if not one.is_fault:
        parts.append(f"It is so for more than {number(PAST_DAYS, 'day')}, and no fault any more.")
    return "\n\n".join(parts)


def lines_of(one: Turned) -> list[str]:
    """The layouts that take the place of the present one: it until the turn, and one for the pages since then."""
    stopped = {stop.field: stop for stop in one.turn.stops}
    now = one.layout.selectors if one.layout else {}
    lines = []
    if one.turn.until:
        same = one.bad.sample.at.date() == one.turn.until
        why = "of this day there are pages of both kinds" if same else "the last good page is of this day"
        lines += ["[[layout]]", _line(f"valid_until = {one.turn.until}", why)]
        lines += [f"{name} = {quoted(selector)}" for name, selector in now.items()]
    lines.append("[[layout]]")
    if one.layout and one.layout.valid_until:
        lines.append(f"valid_until = {one.layout.valid_until}")
    for name in [*now, *(field for field in stopped if field not in now)]:
        lines.append(_selector(one, name) if name in stopped else f"{name} = {quoted(now[name])}")
    return lines


def _selector(one: Turned, name: str) -> str:
    proposal = one.proposals.get(name)
    if proposal is None:
        return _line(f"# {name} = '..'", "none was found: it is read without one, as far as it can be")
    counts = {
        "as the same page said before": proposal.before,
        "as is read without it": proposal.right - proposal.before,
    }
    by = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
    return _line(
        f"{name} = {quoted(proposal.selector)}", f"right on {proposal.right} of {proposal.tried} pages: {by}"
    )


def _line(code: str, why: str) -> str:
    return f"{code:<{_CODE}} # {why}"


# ---- for machines --------------------------------------------------------------------------------------------------
def turns_data(turned: Sequence[Turned]) -> list[dict[str, Any]]:
    """Plain data: for each turn what stopped, the two pages with their parts, and the lines."""
    return [
        {
            "id": one.source.id,
            "stopped": [_stop(stop) for stop in one.turn.stops],
            "fault": one.is_fault,
            "until": one.turn.until.isoformat() if one.turn.until else None,
            "good": _side(one.good) if one.good else None,
            "bad": _side(one.bad),
            "selectors": {name: proposal.selector for name, proposal in one.proposals.items()},
            "lines": lines_of(one) if one.proposals or one.layout else [],
        }
        for one in turned
    ]


def _stop(stop: Stop) -> dict[str, Any]:
    return {
        "field": stop.field,
        "selector": stop.selector,
        "before": {"share": round(stop.usual, 4), "pages": stop.known},
        "since": {"share": round(stop.share, 4), "pages": stop.count},
    }


def _side(side: Side) -> dict[str, Any]:
    parts = {
        name: {"value": part.value, "source": part.source, "path": part.path or None}
        for name, part in side.parts.items()
    }
    return {"url": side.sample.task.url, "at": side.sample.at.isoformat(), "parts": parts}
