"""What the archive tells of invented articles that live through scripted edits, and through fetches that change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from histories import Seen, live
from lives import lives


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """An article of every kind of site through four edits."""
    return live(tmp_path_factory.mktemp("history"), lives(18), 4, 0.3)


def test_what_stands_around_an_article_is_no_change_of_it(seen: list[Seen]) -> None:
    same = [one for one in seen if one.expected is None]
    assert len({one.edit for one in same}) > 5
    assert [one for one in same if one.told] == []


def test_changes_are_told_with_the_field_that_changed(seen: list[Seen]) -> None:
    changes = [one for one in seen if one.expected]
    wrong = [one for one in changes if not one.is_right]
    assert len(changes) > 40
    assert len(wrong) <= 0.05 * len(changes), wrong


def test_edits_are_marked_silent_where_the_pages_own_date_did_not_move(seen: list[Seen]) -> None:
    told = [one for one in seen if one.expected and one.is_right]
    assert {one.expected[2] for one in told if one.expected} == {True, False}
    assert [one for one in told if not one.is_mark_right] == []


def test_an_edit_right_after_a_move_is_told(tmp_path: Path) -> None:
    """Life 13 moves on the third night, and has another headline on the fourth."""
    lived = live(tmp_path, [life for life in lives(14) if life.number == 13], 5, 0.2)
    assert [(one.edit, one.is_right) for one in lived if one.night in (3, 4)] == [
        ("moved", True),
        ("headline", True),
    ]
