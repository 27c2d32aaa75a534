"""Dates of pages: UTC for sorting, a day in the source's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.store.dates import moment, zone_of

PENH = ZoneInfo("Asia/Phnom_Penh")


@pytest.mark.parametrize(
    ("text", "utc", "day", "assumed"),
    [
        ("2026-11-25T00:30:00+07:00", "2026-11-24T17:30:00Z", "2026-11-25", False),
        ("2026-11-24T23:00:00-05:00", "2026-11-25T04:00:00Z", "2026-11-25", False),
        ("2026-11-24T18:00:00Z", "2026-11-24T18:00:00Z", "2026-11-25", False),
        ("2026-11-25T00:30:00", "2026-11-24T17:30:00Z", "2026-11-25", True),
        ("2026-11-25", "2026-11-24T17:00:00Z", "2026-11-25", True),
    ],
)
def test_a_date_is_kept_in_utc_with_its_day_where_the_source_is(
    text: str, utc: str, day: str, assumed: bool
) -> None:
    read = moment(text, PENH)
    assert read is not None
    assert (read.utc, read.day, read.zone_assumed) == (utc, day, assumed)


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "2026-13-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert moment(text, UTC) is None


@given(st.datetimes(), st.sampled_from([UTC, PENH, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]))
def test_utc_sorts_as_time_does(naive: datetime, zone: ZoneInfo) -> None:
    read = moment(naive.replace(microsecond=0).isoformat(), zone)
    if read is not None:
        assert datetime.fromisoformat(read.utc) == naive.replace(microsecond=0, tzinfo=zone)
        assert len(read.utc) == len("2026-11-24T17:30:00Z")


@given(st.text(max_size=30))
def test_no_text_is_an_error(text: str) -> None:
    moment(text, PENH)


def test_without_a_zone_a_source_is_in_utc() -> None:
    assert zone_of(None) is UTC
