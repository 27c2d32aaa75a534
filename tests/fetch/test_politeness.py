"""Rules for sites, and how long a busy one wants to be left alone."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from newsspider.fetch.politeness import SiteRule, retry_after, site_rules
from newsspider.source import Fetch, Source


def source(home: str, delay: float, concurrency: int) -> Source:
    return Source(
        id=home.split("/")[2].replace(".", "-"),
        name=home,
        home=home,
        fetch=Fetch(delay=delay, concurrency=concurrency),
    )


def test_sources_that_share_a_site_get_the_most_careful_rule() -> None:
    rules = site_rules(
        [source("https://www.example.com/", 1.0, 4), source("https://sport.example.com/", 5.0, 8)]
    )
    assert rules == {"example.com": SiteRule(5.0, 4)}


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(b"120", 120.0), (b" 0 ", 0.0), (b"soon", None), (b"-5", None), (None, None), (b"", None)],
)
def test_retry_after_in_seconds(header: bytes | None, seconds: float | None) -> None:
    assert retry_after(header) == seconds


def test_retry_after_as_a_date_is_the_time_until_then() -> None:
    header = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True).encode()
    assert 50 < (retry_after(header) or 0) <= 60


def test_retry_after_in_the_past_means_now() -> None:
    assert retry_after(b"Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
