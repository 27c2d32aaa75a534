"""What a response turns out to be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsspider.records import Outcome, Role
from newsspider.runs.reading import Reading, Task, read
from newsspider.source import Source

HOME = "https://www.paper.example/"
CHECK = "<title>Just a moment...</title><h1>Checking your browser</h1><p>Please enable cookies and JavaScript.</p>"
LINK = "<a href=/2026/11/24/ward-one-agrees-on-a-new-market>Ward one agrees on a new market at last</a>"


def section(body: str) -> Reading:
    source = Source("paper", "The Paper", HOME, "en")
    return read(
        Task(HOME, HOME, Role.SECTION, body.encode(), "text/html", None, datetime.now(UTC), source, 1 << 20)
    )


def test_a_robot_check_in_place_of_a_list_is_blocked() -> None:
    read = section(CHECK)
    assert (read.outcome, read.reason) == (Outcome.BLOCKED, "block_page")


@pytest.mark.parametrize("body", [f"<title>The Paper</title>{LINK}", f"{CHECK}{LINK}", "<h1>The Paper</h1>"])
def test_a_list_that_names_stories_or_says_nothing_of_a_check_is_read(body: str) -> None:
    assert section(body).outcome is Outcome.STORED
