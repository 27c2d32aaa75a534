"""Where, when and by which agency a report was filed."""

import pytest

from newsspider.split.dateline import split_dateline

PUBLISHED = "2026-11-21T08:00:00+07:00"
REST = "The council opened the bridge on Saturday."


@pytest.mark.parametrize(
    ("head", "text", "place", "day", "agency"),
    [
        ("PHNOM PENH – ", "PHNOM PENH", "PHNOM PENH", None, None),
        ("HAYWARD, Calif. (AP) — ", "HAYWARD, Calif. (AP)", "HAYWARD, Calif.", None, "AP"),
        ("PUTRAJAYA, Nov 20 — ", "PUTRAJAYA, Nov 20", "PUTRAJAYA", "2026-11-20", None),
        ("PHNOM PENH May 18, 2024: ", "PHNOM PENH May 18, 2024", "PHNOM PENH", "2024-05-18", None),
        ("NEW DELHI: ", "NEW DELHI", "NEW DELHI", None, None),
        ("Paris, le 17 novembre – ", "Paris, le 17 novembre", "Paris", "2026-11-17", None),
        ("Madrid, 3 mar (EFE).- ", "Madrid, 3 mar (EFE)", "Madrid", "2026-03-03", "EFE"),
        ("(CNN) ", "(CNN)", None, None, "CNN"),
        ("ភ្នំពេញ៖ ", "ភ្នំពេញ", "ភ្នំពេញ", None, None),
        ("القاهرة (رويترز) - ", "القاهرة (رويترز)", "القاهرة", None, "رويترز"),
    ],
)
def test_forms(head: str, text: str, place: str | None, day: str | None, agency: str | None) -> None:
    found = split_dateline(head + REST, PUBLISHED)
    assert found is not None
    dateline, rest = found[0], found[1]
    assert (dateline.text, dateline.place, dateline.date, dateline.agency) == (text, place, day, agency)
    assert rest == REST


@pytest.mark.parametrize(
    "text",
    [
        "The lesson was simple: do not build on sand.",
        "Update: The minister has said that he stays.",
        "Von Max Muster - Die Brücke ist offen.",
        "Live: three bridges open today in the harbour.",
        "The United Nations (UN) top court met on Friday.",
        "Prime minister in the harbour - who came and who did not",
        "",
        "–",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert split_dateline(text, PUBLISHED) is None


def test_without_a_date_of_publication_the_year_stays_open() -> None:
    found = split_dateline(f"PUTRAJAYA, Nov 22 — {REST}", None)
    assert found is not None
    assert found[0].date == "--11-22"
