"""The states of an article, from its row back through its revisions, as the real writer made them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

from newsspider.history.changes import FIELDS, REVISIONS, changes, states
from newsspider.records import Article, Dateline, Outcome

FERRY = Article(
    kind="article",
    headline="Ferry fares fall",
    summary="The state takes back the timetable.",
    authors=("Chea Rattana",),
    modified="2026-11-24T19:02:00+07:00",
    dateline=Dateline("PHNOM PENH, Nov. 24 (MRP)"),
    body=("Fares fall by a fifth.", "A bridge opens next month."),
)
STEPS: list[dict[str, Any]] = [
    {},
    {"headline": "Ferry fares fall again", "modified": "2026-11-25T09:00:00+07:00"},
    {
        "headline": "Ferry fares fall at last",
        "summary": "The state  takes back the timetable.",
    },  # blanks alone
    {
        "headline": "Ferry fares fall again",
        "kicker": "Transport",
        "body": ("Fares  fall by a third.", "A bridge opens."),
    },
    {"headline": None, "summary": None, "body": ("Fares fall by a third.",)},
    {"headline": "Ferry fares fall", "dateline": None},
]


def history(desk: Any) -> tuple[Any, list[Any]]:
    """The article's row and its revisions, the oldest first."""
    article = desk.rows("SELECT * FROM articles")[0]
    with closing(sqlite3.connect(desk.path)) as db:
        db.row_factory = sqlite3.Row
        return article, db.execute(REVISIONS, {"id": article["id"], "most": -1}).fetchall()[::-1]


def read_steps(desk: Any) -> list[dict[str, Any]]:
    """The article in all its steps; the states that the writer had after each."""
    found = []
    for step in STEPS:
        desk.now += timedelta(hours=1)
        desk.read("a", replace(FERRY, **step))
        found.append({name: desk.rows("SELECT * FROM articles")[0][name] for name in FIELDS})
    return found


def test_each_former_state_is_what_it_was(desk: Any) -> None:
    known = read_steps(desk)
    assert states(*history(desk)) == known


def test_what_changed_is_told_with_time_kind_and_fields(desk: Any) -> None:
    read_steps(desk)
    found = changes(*history(desk))
    assert [change.number for change in found] == [1, 2, 3, 4, 5]
    assert [change.silent for change in found] == [False, False, True, True, True]
    assert [change.difference.fields for change in found] == [
        ("headline",),
        ("headline",),
        ("headline", "kicker", "body"),
        ("headline", "kicker", "summary", "body"),
        ("headline", "summary", "dateline", "body"),
    ]
    assert found[0].modified == "2026-11-24T12:02:00Z"


def test_a_page_that_was_gone_and_moved_has_the_same_words(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.now += timedelta(hours=1)
    desk.read("a", status=410, outcome=Outcome.GONE, reason="http_410")
    desk.now += timedelta(hours=1)
    desk.read("a", FERRY)
    desk.now += timedelta(hours=1)
    desk.read("a", replace(FERRY, headline="Ferry fares rise"), answered="b")
    found = changes(*history(desk))
    assert [(change.kind, change.difference.fields) for change in found] == [
        ("deleted", ()),
        ("restored", ()),
        ("moved", ()),
        ("edited", ("headline",)),
    ]
    assert len({state["headline"] for state in states(*history(desk))[:4]}) == 1
