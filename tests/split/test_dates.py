"""Dates for machines and in words, and which of a page's dates is that of its publication."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.dates import Moment, find_dates, month_of, read_date, read_stamp
from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page
from newsspider.split.published import date_in_address, find_published


def iso(moment: Moment | None) -> str | None:
    return moment.iso() if moment else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2021-03-05", "2021-03-05"),
        ("2021-03-05T10:30:00.123+0100", "2021-03-05T10:30:00+01:00"),
        ("2021-03-05 10:30 UTC", "2021-03-05T10:30:00+00:00"),
        ("2021-03-05T10:30Z[UTC]", "2021-03-05T10:30:00+00:00"),
        ("20210305T103000Z", "2021-03-05T10:30:00+00:00"),
        ("20210305", "2021-03-05"),
        ("1614940200", "2021-03-05T10:30:00+00:00"),
        ("1614940200000", "2021-03-05T10:30:00+00:00"),
        ("Fri, 05 Mar 2021 10:30:00 GMT", "2021-03-05T10:30:00+00:00"),
        ("Fri Mar 05 2021 10:30:00 GMT+0200 (EET)", "2021-03-05T10:30:00+02:00"),
        ("Fri Mar 05 10:30:00 CET 2021", "2021-03-05T10:30:00+01:00"),
        ("2021-03-05 10:30 PM", "2021-03-05T22:30:00"),
        ("2021-03-05T10:30:00 02:00", "2021-03-05T10:30:00+02:00"),
        ("2021-03-05T10:30:00\u221205:00", "2021-03-05T10:30:00-05:00"),
        ("2021-03-05T10:30:00+05.30", "2021-03-05T10:30:00+05:30"),
        ("20210305 103000", "2021-03-05T10:30:00"),
        ("/Date(1614940200000)/", "2021-03-05T10:30:00+00:00"),
        ("1614940200.5", "2021-03-05T10:30:00+00:00"),
        ("{{date}}", None),
        ("2021-13-45", None),
        ("yesterday", None),
        ("", None),
        ("99999999999999999999", None),
    ],
)
def test_stamps(text: str, wanted: str | None) -> None:
    """ISO 8601 in all its forms, Unix time, RFC 5322, what java.util.Date prints."""
    assert iso(read_stamp(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Published March 5th, 2021 at 7:28 p.m. ET", "2021-03-05T19:28:00-05:00"),
        ("Updated 7:28 AM ET, Thu August 5, 2021", "2021-08-05T07:28:00-04:00"),
        ("5. März 2021, 10.30 Uhr", "2021-03-05T10:30:00"),
        ("5 de marzo de 2021 a las 10:30", "2021-03-05T10:30:00"),
        ("le 5 mars 2021 à 10h30 - mis à jour le 6 mars 2021 à 11h", "2021-03-05T10:30:00"),
        ("13.45 klo 5.3.2021", "2021-03-05T13:45:00"),
        ("2021年3月5日(金)10時30分", "2021-03-05T10:30:00"),
        ("令和3年3月5日", "2021-03-05"),
        ("2021 03/05 16:22:07", "2021-03-05T16:22:07"),
        ("5 Mart 2021 Cuma 08:05", "2021-03-05T08:05:00"),
        ("5 marzo 2021 viernes 08:05", "2021-03-05T08:05:00"),
        ("5 मार्च 2021 शुक्रवार 08:05", "2021-03-05T08:05:00"),
        ("5.3.2021 | Freitag | 08:05 Uhr", "2021-03-05T08:05:00"),
        ("5.3.2021 | Aktualisiert 09:10 Uhr", "2021-03-05"),
        ("2021. 3. 5. 오후 3:07", "2021-03-05T15:07:00"),
        ("5 มี.ค. 2564 เวลา 10:20 น.", "2021-03-05T10:20:00"),
        ("ថ្ងៃទី៥ ខែមីនា ឆ្នាំ២០២១", "2021-03-05"),
        ("Thứ sáu, 5/3/2021, 10:30 (GMT+7)", "2021-03-05T10:30:00+07:00"),
        ("ngày 5 tháng 3 năm 2021", "2021-03-05"),
        ("2021 m. kovo 5 d. 10:20", "2021-03-05T10:20:00"),
        ("2021. március 5. 10:20", "2021-03-05T10:20:00"),
        ("5 آذار/مارس 2021", "2021-03-05"),
        ("۱۴۰۰/۰۱/۰۵ - ۱۰:۲۰", "2021-03-25T10:20:00"),
        ("१५ मार्च २०२१, ०५:३० IST", "2021-03-15T05:30:00+05:30"),
        ("5 במרץ 2021", "2021-03-05"),
        ("05.03.2021 | 10:30 WIB", "2021-03-05T10:30:00+07:00"),
        ("5-Mar-21", "2021-03-05"),
        ("Apr 042013", "2013-04-04"),
        ("26 | 01 | 2022", "2022-01-26"),
        ("기사입력 2021년 3월 5일 14시 5분", "2021-03-05T14:05:00"),
        ("2021年3月5日 午後2時5分", "2021-03-05T14:05:00"),
        ("民國110年3月5日", "2021-03-05"),
        ("05 มี.ค. 64 14:05 น.", "2021-03-05T14:05:00"),
        ("ថ្ងៃទី ០៥ ខែ មីនា ឆ្នាំ ២០២១ ម៉ោង ២:០៥ រសៀល", "2021-03-05T14:05:00"),
        ("Ngày 5 tháng 3, 2021 lúc 14:05", "2021-03-05T14:05:00"),
        ("5 Ogos 2021 2:05 petang", "2021-08-05T14:05:00"),
        ("5 Ogos 2021 9:05 malam", "2021-08-05T21:05:00"),
        ("5 de marzo del 2021, 2:05 p. m.", "2021-03-05T14:05:00"),
        ("2021ko martxoaren 5a, 14:05", "2021-03-05T14:05:00"),
        ("5. mars 2021 klukkan 14:05", "2021-03-05T14:05:00"),
        ("5 марта 2021, 14:05 (МСК)", "2021-03-05T14:05:00+03:00"),
        ("5 ΑΥΓΟΥΣΤΟΥ 2021 14:05", "2021-08-05T14:05:00"),
        ("5 HAZİRAN 2021", "2021-06-05"),
        ("5 KASIM 2021", "2021-11-05"),
        ("2021-yil 5-mart", "2021-03-05"),
        ("2021 жылғы 5 наурыз", "2021-03-05"),
        ("2021-жылдын 5-марты", "2021-03-05"),
        ("2021 оны 3 сарын 5", "2021-03-05"),
        ("5 მარტს, 2021", "2021-03-05"),
        ("5 במרס 2021", "2021-03-05"),
        ("5 كانون الثاني 2021", "2021-01-05"),
        ("5 تشرين الأول / أكتوبر 2021 14:05", "2021-10-05T14:05:00"),
        ("5 أيلول/سبتمبر 2021", "2021-09-05"),
        ("5 اكتوبر 2021 02:05 م", "2021-10-05T14:05:00"),
        ("5 مارس 2021 14:05 بتوقيت غرينتش", "2021-03-05T14:05:00+00:00"),
        ("۱۵ حوت ۱۳۹۹", "2021-03-05"),
        ("05 मार्च 2021, दोपहर 2:05", "2021-03-05T14:05:00"),
        ("5 फरवरी 2021", "2021-02-05"),
        ("০২:০৫ পিএম, ০৫ জানুয়ারি ২০২১", "2021-01-05T14:05:00"),
        ("2021 അപ്‌ഡേറ്റ് ഒക്‌ടോബർ 5, 2021", "2021-10-05"),
        ("5 Deireadh Fómhair 2021", "2021-10-05"),
        ("Mar 05, 2021, 14:05 hrs IST", "2021-03-05T14:05:00+05:30"),
        ("05.03.202114:05", "2021-03-05T14:05:00"),
        ("05.03.2114:05", "2021-03-05T14:05:00"),
        ("5-Mar-98", "1998-03-05"),
        ("Published 14:05, 5 March 2021 | Updated 09:10, 9 March 2021", "2021-03-05T14:05:00"),
        ("5 March 2021 | Updated 09:10", "2021-03-05"),
    ],
)
def test_dates_in_words(text: str, wanted: str) -> None:
    """Month names, digits, eras, clocks and zones of many languages; a zone only where one is printed."""
    assert iso(read_date(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "5 March",
        "March 2021",
        "3 hours ago",
        "© 2021 Foo. 12 March",
        "1.2.3.2021",
        "Call 030-12-2021",
        "5.3. 14:05",
        "Vol. 5, No. 3, March 2021",
        "10:30",
        "31 February 2021",
    ],
)
def test_no_date_is_made_up(text: str) -> None:
    """Without day, month and year in one place there is no date."""
    assert read_date(text) is None


def test_figures_are_read_day_first_unless_told_otherwise() -> None:
    """And whichever way round is the only possible one."""
    assert iso(read_date("3/4/2020")) == "2020-04-03"
    assert iso(read_date("3/4/2020", month_first=True)) == "2020-03-04"
    assert iso(read_date("3/14/2020")) == "2020-03-14"
    assert iso(read_date("14/3/2020", month_first=True)) == "2020-03-14"


def test_a_name_that_two_languages_share_is_read_in_the_pages_own() -> None:
    """`listopad` is October in Croatian and November in Polish and Czech."""
    assert (month_of("listopad", "hr"), month_of("listopad", "pl"), month_of("LISTOPAD")) == (10, 11, 11)


def test_all_dates_of_a_line_come_in_order() -> None:
    """With the place where each stands."""
    found = list(find_dates("Posted 1 May 2020, changed 3 June 2021"))
    assert [dated.moment.day for dated in found] == [date(2020, 5, 1), date(2021, 6, 3)]
    assert found[0].end < found[1].start


@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001
def test_what_is_written_is_read(at: datetime) -> None:
    """A moment's ISO form and its English form give the same moment."""
    moment = Moment(at.date(), time(at.hour, at.minute, at.second, tzinfo=UTC))
    assert read_stamp(moment.iso()) == moment
    assert read_date(f"{at.day} {at:%B} {at.year}") == Moment(at.date())


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing is raised, whatever the text."""
    read_stamp(text)
    list(find_dates(text))


def test_long_rows_of_figures_cost_little() -> None:
    """Only the head of a text is read, so a page can't hold the reader up."""
    assert read_date("1 2 3 4 5 6 7 8 9 " * 200_000) is None


# ---- publication -----------------------------------------------------------------------------------------
def published(
    html: str, url: str = "https://daily.example/x", fetched: datetime | None = None
) -> tuple[str, str] | None:
    page = open_page(html, url)
    machine = read_machine(page)
    found = find_published(page, machine, find_headline(page, machine), fetched_at=fetched)
    return (found.value, found.source) if found else None


STORY = "<h1>Bridge opens after nine years</h1>"
LD = '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{}"}}</script>'


def test_json_ld_goes_before_metas_and_those_before_text() -> None:
    """In the order in which they were found to be right."""
    meta = '<meta property="article:published_time" content="2020-02-02T02:02:00+02:00">'
    text = STORY + "<p>3 March 2020</p>"
    assert published(LD.format("2020-01-01T01:01:00Z") + meta + text) == (
        "2020-01-01T01:01:00+00:00",
        "json-ld",
    )
    assert published(meta + text) == ("2020-02-02T02:02:00+02:00", "meta")
    assert published(text) == ("2020-03-03", "text")


def test_the_time_comes_from_the_first_witness_that_has_one_on_the_day() -> None:
    """A day without a time is completed from another place on the page, never from another day."""
    assert published(LD.format("2020-01-01") + STORY + "<p>1 January 2020, 17:45</p>") == (
        "2020-01-01T17:45:00",
        "text",
    )
    assert published(LD.format("2020-01-01") + STORY + "<p>2 January 2020, 17:45</p>") == (
        "2020-01-01",
        "json-ld",
    )


def test_a_zone_is_taken_from_where_the_same_time_has_one() -> None:
    """And is left away where the page prints none."""
    element = '<time datetime="2020-01-01T17:45:00+09:00">1/1/2020</time>'
    assert published(LD.format("2020-01-01T17:45:00") + STORY + element) == (
        "2020-01-01T17:45:00+09:00",
        "html",
    )
    assert published(STORY + "<p>1 January 2020, 17:45</p>") == ("2020-01-01T17:45:00", "text")


def test_dates_after_the_fetch_and_before_1995_are_refused() -> None:
    """The next witness is taken, or none."""
    fetched = datetime(2021, 6, 1, 12, tzinfo=UTC)
    assert published(LD.format("2021-06-01T13:00:00Z") + STORY, fetched=fetched) is None
    assert published(LD.format("2031-01-01") + STORY + "<p>1 May 2021</p>", fetched=fetched) == (
        "2021-05-01",
        "text",
    )
    assert published(LD.format("1970-01-01T00:00:00Z") + STORY) is None


def test_a_copyright_line_is_no_date() -> None:
    """Nor is a number in an address that is none."""
    assert published(STORY + "<footer><p>© 1 January 2020 Daily</p></footer>") is None
    assert published(STORY, url="https://daily.example/id-20209999/story-20201") is None


def test_the_address_can_be_the_only_witness() -> None:
    """With slashes, strokes or none, and months by name."""
    assert published(STORY, url="https://daily.example/2020/03/04/bridge") == ("2020-03-04", "url")
    assert iso(date_in_address("https://daily.example/news/20200304/bridge")) == "2020-03-04"
    assert iso(date_in_address("https://daily.example/2020/mar/04/bridge")) == "2020-03-04"
    assert date_in_address("https://daily.example/story-1234567890") is None


def test_dates_of_other_stories_and_comments_are_passed_over() -> None:
    """The date near the headline wins over those of a sidebar, of comments and of the last change."""
    html = (
        '<aside class="sidebar"><p>9 May 2020</p></aside>'
        + STORY
        + "<p>Updated: 8 May 2020</p><p>7 May 2020</p>"
        '<div class="comments"><p>10 May 2020</p></div>'
    )
    assert published(html) == ("2020-05-07", "text")


def test_a_feeds_date_comes_last() -> None:
    """It counts only where the page says nothing."""
    page = open_page(STORY, "https://daily.example/x")
    machine = read_machine(page)
    found = find_published(page, machine, find_headline(page, machine), feed="2020-01-01T10:00:00Z")
    assert found is not None
    assert (found.value, found.source) == ("2020-01-01T10:00:00+00:00", "feed")
