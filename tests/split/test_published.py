"""Which of a page's dates is that of publication: what it is called, where it stands, what else the page says."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page
from newsspider.split.published import find_published

STORY = "<h1>Ferry terminal reopens after repairs</h1>"
TEXT = (
    "<p>The terminal took in its first passengers at dawn, the port authority told reporters on the quay.</p>"
    "<p>Repairs had cost nine million, and the work took the better part of a year to be done with.</p>"
)
FETCHED = datetime(2024, 3, 20, 12, tzinfo=UTC)
DAY, MINUTE = "2024-03-05", "2024-03-05T14:05:00"


def published(html: str, url: str = "https://daily.example/news/ferry", lang: str = "en") -> str | None:
    title = "" if html.startswith("<title>") else "<title>Ferry terminal reopens after repairs</title>"
    page = open_page(f'<html lang="{lang}">{title}{html}', url)
    machine = read_machine(page)
    found = find_published(page, machine, find_headline(page, machine), fetched_at=FETCHED)
    return found.value if found else None


def ld(kind: str = "NewsArticle", **data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, **data})}</script>'


@pytest.mark.parametrize(
    "name",
    [
        "article:published:time", "published_at", "publishedAt", "firstPublished", "publicationDate", "bt:pubdate",
        "article:post_date", "article_date_original", "news:publication_date", "prism.publicationDate",
        "cse-pubdate", "page_publish_date", "publish:date", "release_date", "dc.created", "create_time", "issued",
    ],
)  # fmt: skip
def test_metas_of_publishers_own_naming_are_read(name: str) -> None:
    """Their names say what they hold, however they are put together."""
    assert published(f'<meta name="{name}" content="{MINUTE}+02:00">' + STORY + TEXT) == MINUTE + "+02:00"


@pytest.mark.parametrize("name", ["revised", "build-date", "expires", "video:release_date", "event_date"])
def test_metas_of_other_dates_are_not(name: str) -> None:
    """The day of a change, of the site's build, of a film is none."""
    assert (
        published(f'<meta name="{name}" content="2024-03-09">' + STORY + f"<p>5 March 2024</p>{TEXT}") == DAY
    )


@pytest.mark.parametrize("kind", ["WebSite", "NewsMediaOrganization", "ImageObject", "Person"])
def test_dates_of_things_that_are_no_stories_are_passed_over(kind: str) -> None:
    assert published(ld(kind, datePublished="2010-01-01") + STORY + f"<p>5 March 2024</p>{TEXT}") == DAY


@pytest.mark.parametrize(
    ("stated", "line", "wanted"),
    [
        (MINUTE, "Selasa, 5 Maret 2024 14:05 WIB", MINUTE + "+07:00"),
        (MINUTE, "March 5, 2024 2:05 p.m. ET", MINUTE + "-05:00"),
        (MINUTE + "Z", "5 March 2024, 14:05 IST", MINUTE + "+05:30"),
        ("2024-03-05T08:35:00Z", "5 March 2024, 14:05 IST", "2024-03-05T08:35:00+00:00"),
        ("2024-03-05T00:00:00Z", "5 March 2024, 14:05", MINUTE),
        (MINUTE, "4 March 2024, 14:05 IST", MINUTE),
    ],
)
def test_the_printed_line_completes_what_the_data_leave_open(stated: str, line: str, wanted: str) -> None:
    """The zone of the same minute, the time of the same day; nothing else."""
    assert published(ld(datePublished=stated) + STORY + f"<p>{line}</p>{TEXT}") == wanted


def test_a_change_in_the_same_minute_tells_the_zone() -> None:
    assert published(ld(datePublished=MINUTE, dateModified=MINUTE + "+03:00") + STORY) == MINUTE + "+03:00"


def test_figures_that_would_lie_ahead_are_read_the_other_way_round() -> None:
    """The fifth of March, not the third of May after the fetch."""
    assert published(ld(datePublished="3/5/2024 2:05 PM") + STORY) == MINUTE
    assert published(STORY + f"<p>3/5/2024</p>{TEXT}") == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Published 14:05, 5 March 2024 | Updated 09:10, 9 March 2024",
        "Last updated 9 March 2024 09:10 First published 5 March 2024 14:05",
        "Aktualisiert am 09.03.2024, 09:10 Uhr - Veröffentlicht am 05.03.2024, 14:05 Uhr",
        "Actualizado: 09/03/2024 09:10 | Creado: 05/03/2024 14:05",
        "Mis à jour le 09/03/2024 à 09:10, publié le 05/03/2024 à 14:05",
        "Diperbarui 9 Maret 2024, 09:10 / Terbit 5 Maret 2024, 14:05",
        "Ενημερώθηκε: 09 Μαρτίου 2024, 09:10 Δημοσιεύτηκε: 05 Μαρτίου 2024, 14:05",
        "آخر تحديث: 9 مارس 2024 - 09:10 نشر: 5 مارس 2024 - 14:05",
        "আপডেট: ০৯ মার্চ ২০২৪, ০৯:১০ প্রকাশ: ০৫ মার্চ ২০২৪, ১৪:০৫",
        "Son Güncelleme: 09.03.2024 09:10 Oluşturulma: 05.03.2024 14:05",
        "수정 2024.03.09. 오전 9:10 입력 2024.03.05. 오후 2:05",
        "2024年3月9日 9時10分 更新 2024年3月5日 14時05分 公開",
        "อัปเดต: 9 มี.ค. 2567 09:10 น. เผยแพร่: 5 มี.ค. 2567 14:05 น.",
        "Päivitetty 9.3.2024 klo 09.10 Julkaistu 5.3.2024 klo 14.05",
        "Módosítva: 2024. 03. 09. 09:10 Megjelent: 2024. 03. 05. 14:05",
        "Cập nhật 09/03/2024 09:10 Đăng lúc 05/03/2024 14:05",
        "به‌روزرسانی: ۱۹ اسفند ۱۴۰۲ - ۰۹:۱۰ انتشار: ۱۵ اسفند ۱۴۰۲ - ۱۴:۰۵",
        "עודכן: 09.03.24, 09:10 פורסם: 05.03.24, 14:05",
        '<time datetime="2024-03-09T09:10:00" class="updated">x</time> <time datetime="2024-03-05T14:05:00">y</time>',
        'Updated: <time datetime="2024-03-09T09:10">x</time> Published: <time datetime="2024-03-05T14:05">y</time>',
    ],
)
def test_a_line_with_both_dates_gives_that_of_publication(line: str) -> None:
    """The nearest word before each date says which it is; after it where the line begins with a date."""
    assert published(STORY + f"<div>{line}</div>" + TEXT, lang="xx") == MINUTE


@pytest.mark.parametrize(
    "markup",
    [
        '<span class="date" data-timestamp="1709647500">2 weeks ago</span>',
        '<span class="post-time" data-datetime="2024-03-05T14:05:00+00:00">il y a 2 jours</span>',
        '<abbr class="published" title="2024-03-05T14:05:00+00:00">vor 2 Wochen</abbr>',
    ],
)
def test_the_moment_behind_a_relative_time_is_read(markup: str) -> None:
    assert published(STORY + markup + TEXT) == MINUTE + "+00:00"
    assert published(STORY + "<p>2 hours ago</p>" + TEXT) is None


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<p>5 March 2024</p><p>14:05</p>", MINUTE),
        ("<p>at 2:05 pm</p><p>5 March 2024</p>", MINUTE),
        ("<ul><li>5 March 2024</li><li>14:05 GMT</li></ul>", MINUTE + "+00:00"),
        ("<span>5 March 2024</span><span>14:05</span>", MINUTE),
        ('<p>5 March 2024</p><div class="video"><p>14:05</p></div>', DAY),
    ],
)
def test_the_time_can_stand_in_the_next_line_of_the_box(markup: str, wanted: str) -> None:
    assert published(STORY + f"<div>{markup}</div>" + TEXT) == wanted


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="date-today">Wednesday, March 20, 2024</div>{STORY}',
        f'<div class="topbar"><span>Wednesday, March 20, 2024</span></div>{STORY}',
        f"<div>Today is Wednesday, March 20, 2024</div>{STORY}",
        f"{STORY}<p>The ferry sank on 5 January 2021 after a long storm in the harbour.</p>",
        f"{STORY}<p>The owners were fined for it on 5 January 2021.</p>",
        f"{STORY}<figure><img src=a><figcaption>The terminal on 2 March 2024. Photo: Port</figcaption></figure>",
        f'{STORY}{TEXT}<div class="comments"><div class="comment"><p>Joe</p><p>6 March 2024 at 10:00</p></div></div>',
    ],
)
def test_clocks_told_dates_captions_and_comments_are_no_evidence(html: str) -> None:
    """Alone they give nothing, beside the real date they do not win."""
    assert published(html) is None
    assert published(html.replace("</h1>", "</h1><p>by Ann Bell, 5 March 2024</p>")) == DAY


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        ("5 March 2024 - The terminal", DAY),
        ("Press release of 5 March 2024 | The terminal", DAY),
        (
            "This entry was posted on Tuesday, March 5th, 2024 at 2:05 pm and is filed under News. The terminal",
            MINUTE,
        ),
        ("On 5 March 2024 the terminal", None),
    ],
)
def test_long_paragraphs_give_a_date_at_their_head(paragraph: str, wanted: str | None) -> None:
    """Where it is printed there, not told."""
    rest = " took in its first passengers at dawn, the port authority told reporters on the quay." * 3
    assert published(STORY + f"<p>{paragraph}{rest}</p>") == wanted


def test_the_address_gives_way_to_a_printed_moment_within_a_day() -> None:
    """And to none that lies further away."""
    url = "https://daily.example/2024/03/05/ferry"
    assert published(STORY + f'<p class="date">4 March 2024, 23:05</p>{TEXT}', url) == "2024-03-04T23:05:00"
    assert published(STORY + f'<p class="date">1 March 2024, 23:05</p>{TEXT}', url) == DAY


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("The well is deep | Europe | Daily | 28.04.2023", "2023-04-28"),
        ("The well is deep – Daily – April 28, 2023", "2023-04-28"),
        ("Horoscope for 28.04.2023 | Daily", None),
        ("28.04.2023", None),
    ],
)
def test_a_day_that_ends_the_title_is_that_of_publication(title: str, wanted: str | None) -> None:
    """In a segment of its own; a teaser's date beside the text is not."""
    teaser = (
        "<div class=related><h2>Another story <span class=date>24.04.2023</span></h2></div>" if wanted else ""
    )
    assert published(f"<title>{title}</title><h1>The well is deep</h1><p>Text.</p>{teaser}") == wanted
