"""How much was changed, and which paragraphs of the newest text by which change."""

from __future__ import annotations

from typing import Any

import pytest

from newsspider.history.amounts import length_of
from newsspider.history.changes import FIELDS, changes, difference, touched

TEXT = ("The council met by the river.", "Nobody was against the plan.", "Work on it begins in spring.")


def state(**fields: Any) -> dict[str, str | None]:
    body = "\n\n".join(fields.pop("body", TEXT))
    return dict.fromkeys(FIELDS) | {"body": body} | fields


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (state(headline="Fares fall by a quarter"), state(headline="Fares fall by a fifth"), (1, 1, "words")),
        (state(), state(body=(*TEXT[:2], "Work on it begins in May, 2027.")), (2, 1, "words")),
        (state(), state(body=TEXT[1:]), (0, 6, "words")),
        (state(), state(body=(TEXT[2], *TEXT[:2])), (0, 0, "words")),  # moved alone
        (state(headline="市议会周二开会"), state(headline="市议会周三开会"), (1, 1, "characters")),
        (state(published="2026-11-24"), state(published="2026-11-25"), (0, 0, "words")),
    ],
)
def test_words_that_came_and_went_are_counted(old: Any, new: Any, expected: tuple[int, int, str]) -> None:
    found = difference(old, new).amount
    assert (found.come, found.gone, found.unit) == expected


def test_a_text_has_words_or_characters() -> None:
    assert length_of("Fares, at 1,500 riel, don’t fall.") == (6, "words")
    assert length_of("ស្ពានថ្មី") == (3, "characters")


def test_each_paragraph_knows_its_last_change() -> None:
    former = [
        TEXT,
        ("The council met by the river.", "Nobody was against the new plan.", TEXT[2]),  # edited
        ("The mayor was away.", *TEXT[:1], "Nobody was against the new plan.", TEXT[2]),  # one came
        ("The mayor was away.", TEXT[2], *TEXT[:1], "Nobody was against the new plan."),  # one moved
    ]
    rows = [
        {
            "id": n,
            "capture": n,
            "seen_at": "",
            "kind": "edited",
            "silent": 0,
            "modified": None,
            "changed": "[]",
        }
        | state(body=body)
        for n, body in enumerate(former[:-1], 1)
    ]
    article = {**state(body=former[-1]), "modified": None}
    found = touched(changes(article, rows), 4)
    assert [mark and (mark.change.number, str(mark.became)) for mark in found] == [
        (2, "come"),
        (3, "moved"),
        None,
        (1, "changed"),
    ]
