"""How texts, times and addresses of a page are shown."""

from zoneinfo import ZoneInfo

import pytest

from newsspider.browse import text


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-11-24T19:02:00+07:00", "24 Nov 2026, 19:02 +07:00"),
        ("2026-11-24T12:02:00Z", "24 Nov 2026, 12:02 UTC"),
        ("2026-11-24T12:02", "24 Nov 2026, 12:02"),
        ("2026-11-24", "24 Nov 2026"),
        ("some day", "some day"),
        (None, ""),
    ],
)
def test_a_time_is_shown_as_it_was_given(stored: str | None, shown: str) -> None:
    assert text.when(stored) == shown


def test_a_time_of_ours_is_shown_in_the_zone_of_the_source() -> None:
    assert text.when("2026-11-24T19:30:00Z", ZoneInfo("Asia/Phnom_Penh")) == "25 Nov 2026, 02:30"
    assert text.zone_of("Nowhere/Town") == text.zone_of(None)
    assert text.day("2026-11-24") == "24 November 2026"
    assert text.day("--11-24") == "--11-24"


def test_a_span_of_time_is_short() -> None:
    start = "2026-11-24T12:00:00Z"
    assert text.hours(start, "2026-11-24T12:02:59Z") == "2 min"
    assert text.hours(start, "2026-11-24T15:20:00Z") == "3 h 20 min"
    assert text.hours(start, "2026-11-29T16:00:00Z") == "5 d 4 h"
    assert text.hours(start, None) == ""


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("ميناء الشرق MV Nasim", "rtl"),
        ("BBC: ميناء الشرق يستقبل", "rtl"),
        ("A ship named ميناء", "ltr"),
        ("שלום", "rtl"),
        ("北京", "ltr"),
        ("1234", "ltr"),
        ("", "ltr"),
        (None, "ltr"),
    ],
)
def test_the_side_that_most_letters_begin_from(words: str | None, side: str) -> None:
    assert text.direction(words) == side


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http:",
        "http://[",
        "/a",
        "",
        None,
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert text.web_address(url) is None
    assert text.web_address("https://a.example/b") == "https://a.example/b"


def test_languages_have_names() -> None:
    assert text.language_name("km") == "Khmer"
    assert text.language_name("qqq") == "qqq"
    assert text.language_name(None) is None
    assert str(text.script("x", 'en" onload="')) == ' dir="ltr"'


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-24T12:02:00Z", "19:02"),
        ("2026-11-24T18:00:00Z", "25 Nov"),  # there, it is the next day
        ("2026-11-23", "23 Nov"),
        ("2025-11-24T12:00:00Z", "24 Nov 2025"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_a_time_beside_others_of_its_day_is_written_in_few_characters(moment: str | None, shown: str) -> None:
    assert text.brief(moment, text.zone_of("Asia/Phnom_Penh"), "2026-11-24") == shown
