"""Charts: where things stand, what they say, and that what is drawn is well-formed and escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.browse import charts
from newsspider.browse.charts import Axis, Night, Value
from newsspider.browse.templating import environment

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def drawn(macro: str, *args: Any, **named: Any) -> ElementTree.Element:
    """What a macro draws, as elements."""
    return ElementTree.fromstring(
        getattr(environment().get_template("charts.html").module, macro)(*args, **named)
    )


@given(st.floats(0, 1e9), st.integers(1, 8))
def test_a_scale_is_round_begins_at_nothing_and_reaches_the_highest(most: float, lines: int) -> None:
    numbers = charts.scale(most, lines)
    assert numbers[0] == 0
    assert most <= numbers[-1]
    assert len(numbers) <= lines + 1
    assert len({after - before for before, after in pairwise(numbers)}) == 1
    assert str(numbers[1]).rstrip("0") in {"1", "2", "25", "5"}


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=400))
def test_bars_stand_side_by_side_within_the_chart(values: list[float | None]) -> None:
    chart = charts.bars([Value(value, "a day") for value in values])
    edges = [(bar.x, bar.x + bar.width) for bar in chart.bars]
    assert all(before[1] <= after[0] + 0.02 for before, after in pairwise(edges))
    assert all(chart.left <= left and right <= 100.01 for left, right in edges)
    assert all(bar.y >= 0 and bar.y + bar.height <= chart.height - 21.9 for bar in chart.bars)
    assert [bar.gap for bar in chart.bars] == [value is None for value in values]


def test_a_bar_twice_as_high_stands_for_twice_as_many() -> None:
    low, high = charts.bars([Value(100, ""), Value(200, "")]).bars
    assert high.height == pytest.approx(2 * low.height, abs=0.2)


def test_high_scales_have_short_labels() -> None:
    assert [line.label for line in charts.bars([Value(34_000, "")]).lines] == [
        "0",
        "10k",
        "20k",
        "30k",
        "40k",
    ]
    assert [line.label for line in charts.bars([Value(1.5e6, "")]).lines][-1] == "1.5M"


def test_a_night_without_crawl_is_a_gap_and_no_zero() -> None:
    svg = drawn(
        "bars", charts.bars([Value(None, "Sat 7 Nov: no crawl"), Value(0, "Sun: none")]), "Two nights"
    )
    rects = svg.findall("rect")
    assert [rect.get("class") for rect in rects] == ["ns-gap", "ns-bar"]
    assert rects[0].findtext("title") == "Sat 7 Nov: no crawl"
    assert float(rects[1].get("height") or 1) == 0


def test_a_small_line_is_broken_where_nothing_is_known() -> None:
    chart = charts.spark([1, 2, None, 3, None, None])
    assert len(chart.lines) == len(chart.areas) == 2
    assert charts.spark([]).lines == ()
    assert charts.spark([0, 0]).lines == ("0.0,27.0 100.0,27.0",)


def test_a_strip_of_nights_says_which_were_bad() -> None:
    states = [Night("good", "21 Nov", ""), Night("red", "22 Nov", "no dates"), Night("none", "23 Nov", "")]
    strip = charts.nights(states)
    assert strip.label == "3 nights: 1 good, 1 red (22 Nov), 1 without crawl (23 Nov)"
    svg = drawn("nights", strip, of='The "Courier" & <Post>')
    assert svg.get("aria-label") == f'The "Courier" & <Post>, {strip.label}'
    assert [title.text for title in svg.iter("title")] == [None, "no dates", None]


def test_many_bad_nights_are_counted() -> None:
    label = charts.nights([Night("red", f"{day} Nov", "") for day in range(1, 10)]).label
    assert label == "9 nights: 9 red (1 Nov, 2 Nov, 3 Nov, 4 Nov, 5 Nov and 4 more)"


@given(st.integers(-500, 500), st.integers(0, 500))
def test_what_ran_stands_on_the_axis_and_can_be_seen(start: int, lasted: int) -> None:
    axis = Axis(NOON, NOON + timedelta(hours=240))
    begun = NOON + timedelta(hours=start)
    x, width = axis.span(begun, begun + timedelta(hours=lasted))
    assert 0 <= x <= x + width <= 100.01
    assert width >= 0.35


def test_days_of_an_axis_begin_at_midnight_of_their_zone() -> None:
    zone = ZoneInfo("Asia/Phnom_Penh")
    axis = Axis(NOON, NOON + timedelta(days=2))
    assert [tick.label for tick in axis.days(zone)] == ["25 Nov", "26 Nov"]
    assert axis.days(zone)[0].at == axis.at(datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    assert len(Axis(NOON, NOON + timedelta(days=365)).days(zone)) <= 8


def test_the_area_of_a_dot_stands_for_its_count() -> None:
    assert charts.radius(400, 400) == 15
    assert charts.radius(100, 400) == 7.5
    assert charts.radius(1, 400_000) == 2


@pytest.mark.parametrize(
    ("macro", "args"),
    [
        ("spark", (charts.spark([1, 2]), "<b>")),
        ("axis", (Axis(NOON, NOON + timedelta(days=3)).days(UTC),)),
        ("timeline", ((), 1, 2, "<b>", "<b>", False, ((3, "<b>"),), 4)),
        ("share", (0.5,)),
        ("dot", (1, 2, 3, "<b>", "/a?b=1&c=2")),
        ("numbers", (("Day", "Articles"), [("<b>", 1)])),
        ("nights_key", ()),
    ],
)
def test_whatever_is_drawn_is_well_formed_and_needs_no_inline_style(
    macro: str, args: tuple[Any, ...]
) -> None:
    root = drawn(macro, *args)
    assert all("style" not in element.attrib for element in root.iter())
    assert all(element.tag != "b" for element in root.iter())
