"""``sources check ID``: a paper that builds its pages otherwise from one night on, and the layout that it needs then."""

from __future__ import annotations

import json
import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from newsspider.runs.turns.finding import boundary

NIGHTS = ("2026-11-05T02:00:00+00:00", "2026-11-06T02:10:00+00:00")
LATER = ("2026-11-12T02:00:00+00:00", "2027-01-05T02:00:00+00:00")
TOWNS = ("PORT MERRIN", "KEDROVSK", "LOWER BAY", "TARN ISLAND", "ELMSBY")
WRITERS = ("Mara Lund", "Tomas Hill", "Ines Okoro", "Petra Vance", "Jonas Amsel")
LAYOUT = (
    '[[layout]]\nheadline = "h1.title"\nticker = "div.breaking a"\ndateline = "p.place"\nbody = "div.text"\n'
)
OLD = {"ticker": "breaking", "head": "h1 class=title", "place": "p class=place", "text": "div class=text"}
NEW = {
    "ticker": "breaking-strip",
    "head": "h1 class=story-head",
    "place": "p class=where",
    "text": "div class=story-body",
}


def page(number: int, look: dict[str, str], said: str = "", **more: Any) -> str:
    """An invented story in the looks of before or after; ``more``: other values of these. ``said``: with the writer's name
    for the dateline.
    """
    look = look | more
    strip = "".join(f"<a href=/story/{n}>Ward {n} agrees on a new market</a> " for n in range(40, 45))
    tell = {key: f"<{tag}>" for key, tag in look.items()}
    ends = {key: f"</{tag.split()[0]}>" for key, tag in look.items() if tag}
    text = "".join(
        f"<p>The council of ward {number} met on the river bank and talked about point {part} of the plan for the market, "
        f"which has waited for {part + 2} years. Nobody was against it, said the chair.</p>"
        for part in range(4)
    )
    place = f"{tell['place']}{said.format(WRITERS[number % 5]) or TOWNS[number % 5]}{ends['place']}"
    ticker = f"<div class={look['ticker']}>{strip}</div>" if look["ticker"] else ""
    return (
        f"<!doctype html><html lang=en><head><title>Ward {number} and its market</title></head><body><header>{ticker}</header>"
        f"<main><article>{tell['head']}Ward {number} agrees on market {number * 7}{ends['head']}{place}{tell['text']}{text}"
        f"{ends['text']}</article></main></body></html>"
    )


def nights(
    paper: Callable[..., Any], project: Any, first: dict[str, Any], second: dict[str, Any], rest: str = ""
) -> Any:
    """The paper crawled on two nights; the second one brings new stories and has those of the first again."""
    paper(first, rest=rest)
    project.crawl(NEWSSPIDER_NOW=NIGHTS[0])
    paper(second, rest=rest)
    project.crawl("--recheck", NEWSSPIDER_NOW=NIGHTS[1])
    return project.run("sources", "check", "paper", NEWSSPIDER_NOW=NIGHTS[1])


def stories(numbers: range, look: dict[str, str], **more: Any) -> dict[str, Any]:
    return {f"/story/{n}": page(n, look, **more) for n in numbers}


def test_a_redesign_is_shown_side_by_side_with_the_layout_that_it_needs(
    paper: Callable[..., Any], project: Any
) -> None:
    done = nights(paper, project, stories(range(1, 31), OLD), stories(range(1, 46), NEW), rest=LAYOUT)
    assert done.returncode == 1, done.stdout + done.stderr
    for old in ("h1.title", "div.breaking a", "p.place", "div.text"):
        assert f"{old}', found it on 100% of 30 pages up to 2026-11-05, and on 0% of" in done.stdout
    assert "layout: main > article > h1.title" in done.stdout
    assert "html: main > article > h1.story-head" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 140
    told = json.loads(project.run("sources", "check", "paper", "--json", NEWSSPIDER_NOW=NIGHTS[1]).stdout)
    (turn,) = told["turns"]
    assert turn["until"] == "2026-11-05"
    assert turn["selectors"] == {
        "headline": "h1.story-head",
        "dateline": "p.where",
        "body": "div.story-body",
        "ticker": "div.breaking-strip a",
    }
    # Some of these pages are new since then, others were there before.
    assert re.search(
        r"h1\.story-head\" +# right on 8 of 8 pages: [1-7] as the same page said before, [1-7] as is read without it",
        "\n".join(turn["lines"]),
    )
    file = project.folder / "sources" / "paper.toml"
    file.write_text(file.read_text("utf-8").replace(LAYOUT, "\n".join(turn["lines"]) + "\n"), "utf-8")
    done = project.run("sources", "check", "paper", NEWSSPIDER_NOW=NIGHTS[1])
    assert (done.returncode, done.stdout) == (0, "1 file, no fault\n")  # with these lines all is well


def test_a_field_that_vanished_without_a_layout_is_looked_for_by_what_the_same_pages_said_before(
    paper: Callable[..., Any], project: Any
) -> None:
    first = stories(range(1, 31), OLD, place="p class=byline", said="By {}")
    second = stories(range(1, 46), OLD, place="footer class=w-line", said="{}", ticker="")
    done = nights(paper, project, first, second)
    assert (
        "paper: ticker was on 100% of 30 pages up to 2026-11-05, and on 0% of 45 since 2026-11-06"
        in done.stdout
    )
    assert "No selector for ticker could be verified" in done.stdout  # it is gone, and none is made up
    assert (
        "paper: authors was on 100% of 30 pages up to 2026-11-05, and on 0% of 45 since 2026-11-06"
        in done.stdout
    )
    lines = [line.strip().split("  #")[0].strip() for line in done.stdout.splitlines()]
    begin = lines.index("[[layout]]")
    assert lines[begin : begin + 5] == [
        "[[layout]]",
        "valid_until = 2026-11-05",
        "[[layout]]",
        'authors = "footer.w-line"',
        "# ticker = '..'",
    ]


def test_a_selector_that_never_found_anything_is_told_with_one_that_does(
    paper: Callable[..., Any], project: Any
) -> None:
    wrong = '[[layout]]\nheadline = "h1.titel"\n'
    done = nights(paper, project, stories(range(1, 13), OLD), stories(range(1, 13), OLD), rest=wrong)
    assert done.returncode == 1
    assert "'h1.titel', found nothing on any of 12 pages that were read again" in done.stdout
    assert 'headline = "h1.title"' in done.stdout


def test_pages_of_an_older_layout_tell_nothing_of_the_present_one(
    paper: Callable[..., Any], project: Any
) -> None:
    older = '[[layout]]\nvalid_until = 2026-11-05\nticker = "div.breaking a"\nheadline = "h1.title"\n'
    present = '[[layout]]\nheadline = "h1.titel"\n'
    second = stories(range(1, 46), NEW, ticker="")
    nights(paper, project, stories(range(1, 31), OLD), second, rest=older + present)
    told = json.loads(project.run("sources", "check", "paper", "--json", NEWSSPIDER_NOW=NIGHTS[1]).stdout)
    (turn,) = told["turns"]
    fields = [stop["field"] for stop in turn["stopped"]]
    assert fields == ["headline"]  # not the ticker, which older pages had
    assert turn["selectors"] == {"headline": "h1.story-head"}
    assert turn["until"] is None


def test_each_turn_has_its_advice_and_one_that_nothing_can_mend_is_no_fault_after_five_weeks(
    paper: Callable[..., Any], project: Any
) -> None:
    rest = '[[layout]]\nheadline = "h1.title"\n'
    done = nights(
        paper, project, stories(range(1, 31), OLD), stories(range(1, 46), OLD, ticker=""), rest=rest
    )
    assert (done.returncode, "no fault any more" in done.stdout) == (1, False)
    done = project.run("sources", "check", "paper", NEWSSPIDER_NOW=LATER[1])
    assert (done.returncode, "no fault any more" in done.stdout) == (0, True)
    paper(stories(range(40, 70), OLD, ticker="", head=NEW["head"]), rest=rest)
    project.crawl(NEWSSPIDER_NOW=LATER[0])
    done = project.run("sources", "check", "paper", NEWSSPIDER_NOW=LATER[1])
    assert done.returncode == 1
    assert "No selector for ticker could be verified" in done.stdout
    assert 'headline = "h1.story-head"' in done.stdout  # of the second turn, whatever becomes of the first


def test_pages_that_were_edited_since_the_turn_prevent_no_proposal(
    paper: Callable[..., Any], project: Any
) -> None:
    second = stories(range(1, 46), NEW)
    for number in range(1, 16):
        address = f"/story/{number}"
        second[address] = second[address].replace("agrees on market", "turns down market")
    done = nights(paper, project, stories(range(1, 31), OLD), second, rest=LAYOUT)
    (headline,) = [line for line in done.stdout.splitlines() if 'headline = "h1.story-head"' in line]
    assert re.search(r"right on [3-7] of [3-7] pages: [1-7] as the same page said before", headline)


@pytest.mark.parametrize("seed", range(4))
def test_the_boundary_is_found_though_single_pages_are_odd(seed: int) -> None:
    rng = random.Random(seed)
    for place in (30, 60, 300):
        has = [rng.random() < 0.9 for _ in range(place)] + [rng.random() < 0.03 for _ in range(40)]
        found = boundary(has)
        assert found in range(place - 2, place + 3)
        assert boundary([rng.random() < 0.5 for _ in range(place + 40)]) is None
    assert boundary([True] * 20 + [False] * 7) is None
    assert boundary([True] * 16 + [False] * 30) is None  # what was before the turn is too little
    assert boundary([False] * 100 + [True] * 60 + [False] * 12) == 160


def test_a_field_that_few_pages_lack_yet_is_said_to_be_red(paper: Callable[..., Any], project: Any) -> None:
    old = stories(range(1, 31), OLD)
    nights(paper, project, old, old)
    paper(stories(range(41, 47), OLD, ticker=""))
    project.crawl(NEWSSPIDER_NOW=LATER[0])
    red = "paper: ticker on 0% of 9 articles, 100% before; since 2026-11-12; look at https://paper.example/story/41"
    with closing(sqlite3.connect(project.folder / "archive.db")) as db, db:
        db.execute(
            "UPDATE crawl_sources SET state = 'red', red = json_array(?) WHERE crawl = (SELECT max(crawl) FROM crawl_sources)",
            (red,),
        )
    done = project.run("sources", "check", "paper", NEWSSPIDER_NOW=LATER[0])
    assert (done.returncode, done.stdout) == (
        1,
        f"1 file, no fault\n\nRed: {red}\n  6 bad pages of the 8 that are needed so far\n",
    )
