"""What nightly runs tell: of sources that changed, of runs that did not end well, and what could not be told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback import Answer, Site
from mail import Post
from newspaper import Project, story

from newsspider import clock
from newsspider.errors import ArchiveError, UsageError
from newsspider.records import Article
from newsspider.runs.holding import held
from newsspider.runs.notices.telling import Telling
from newsspider.store import Night, Store

FERRY = Article(kind="article", headline="Ferry fares fall", body=("Fares fall.",), split_version="1")
RED = ["courier: articles 0, expected at least 10"]


def through(folder: Path, hook: str, post: Post | None = None) -> None:
    """Notices go to this webhook and to this mail server."""
    mail = (
        '[mail]\nto = ["me@example.com"]\nfrom = "spider@example.com"\nhost = "127.0.0.1"\nsecurity = "none"\n'
        f"port = {post.port}\n"
        if post
        else ""
    )
    (folder / "notices.toml").write_text(f'[[webhook]]\nname = "chat"\nurl = "{hook}"\n{mail}')


def texts(hook: Site) -> list[str]:
    """The subjects of what was posted."""
    return [json.loads(asked.sent)["text"].splitlines()[0] for asked in hook.asked]


def subjects(post: Post) -> list[str]:
    """The subjects of the mails."""
    return [made["Subject"] for made in post.messages]


def night(desk: Any, outcome: str = "finished", *red: str) -> Night:
    """A night of the courier that ends so, and is red for these reasons."""
    crawl = desk.store.begin_crawl("nightly", desk.now)
    desk.crawl = crawl
    desk.read("a", FERRY)
    desk.store.end_crawl(crawl, outcome, desk.now, {"courier": red} if outcome == "finished" else {})
    (made,) = desk.store.nights(1, crawl)
    assert isinstance(made, Night)
    return made


def test_what_one_channel_did_not_take_it_gets_the_next_night_and_no_other(
    desk: Any, tmp_path: Path, site: Site, post: Post
) -> None:
    site.pages["/hook"] = [Answer("", 503), Answer("ok")]
    through(tmp_path, f"{site.url}/hook", post)
    fault = "a notice was not delivered through chat: answers 503 Service Unavailable; the next nightly run tries again"
    first = night(desk, "finished", *RED)
    assert Telling(tmp_path).after(first).notes == (fault,)
    assert desk.store.nights(1, first.crawl)[0].notes == (fault,)
    assert Telling(tmp_path).after(night(desk, "finished", *RED)).notes == ()
    assert Telling(tmp_path).after(night(desk, "finished", *RED)).notes == ()
    assert texts(site) == ["newsspider: courier is red"] * 2
    assert Telling(tmp_path).after(night(desk)).notes == ()
    assert texts(site)[2:] == ["newsspider: courier is well again"]
    assert subjects(post) == ["newsspider: courier is red", "newsspider: courier is well again"]


def test_a_run_that_was_killed_is_told_of_once_before_the_next(desk: Any, tmp_path: Path, site: Site) -> None:
    site.pages["/hook"] = Answer("ok")
    through(tmp_path, f"{site.url}/hook")
    killed = desk.store.begin_crawl("nightly", desk.now)
    for _ in range(2):
        assert Telling(tmp_path).before() == []
    assert texts(site) == [f"newsspider: crawl {killed} was killed"]


def test_a_run_that_fails_says_why_at_once_and_the_next_is_silent(
    desk: Any, tmp_path: Path, site: Site
) -> None:
    site.pages["/hook"] = Answer("ok")
    through(tmp_path, f"{site.url}/hook")
    night(desk, "failed")
    assert Telling(tmp_path).failed(ArchiveError("archive.db", "the disk is full")) == []
    assert Telling(tmp_path).before() == []
    assert Telling(tmp_path).after(night(desk)).notes == ()
    assert texts(site) == ["newsspider: the nightly run failed"]
    assert json.loads(site.asked[0].sent)["error"] == "archive.db: the disk is full"


@pytest.mark.parametrize("outcome", ["stopped", "finished"])
def test_who_stops_a_run_does_not_wait_for_notices(
    desk: Any, tmp_path: Path, site: Site, outcome: str
) -> None:
    site.pages["/hook"] = Answer("", 503)
    through(tmp_path, f"{site.url}/hook")
    Telling(tmp_path).after(night(desk, "finished", *RED))
    site.asked.clear()
    Telling(tmp_path).after(night(desk, outcome, *RED))
    assert len(site.asked) == (outcome == "finished")


def test_what_was_typed_wrong_is_told_to_who_typed_it_alone(tmp_path: Path, site: Site) -> None:
    through(tmp_path, f"{site.url}/hook")
    assert Telling(tmp_path).failed(UsageError("--group x", "no source is in this group")) == []
    assert site.asked == []


def test_an_archive_that_another_holds_meanwhile_is_told_of_later(
    desk: Any, tmp_path: Path, site: Site
) -> None:
    site.pages["/hook"] = Answer("ok")
    through(tmp_path, f"{site.url}/hook")
    made = night(desk, "finished", *RED)
    with held(tmp_path, "crawl"):
        (note,) = Telling(tmp_path).after(made).notes
    assert note.startswith("notices were not sent or not noted as sent")
    assert site.asked == []
    Telling(tmp_path).after(night(desk, "finished", *RED))
    assert texts(site) == ["newsspider: courier is red"]


# ---- the commands ------------------------------------------------------------------------------------------
def test_only_a_nightly_run_tells_and_by_all_channels(
    paper: Callable[..., Site], new_site: Callable[[], Site], project: Project, post: Post
) -> None:
    paper({"/story/1": Answer("", 404)}).pages = {}
    hook = new_site()
    hook.pages["/hook"] = Answer("ok")
    through(project.folder, f"{hook.url}/hook", post)
    assert project.crawl().returncode == 3
    assert hook.asked == []
    with Store.open(project.folder / "archive.db") as store:
        store.begin_crawl("nightly", clock.now() - timedelta(days=1))
    assert project.run("nightly").returncode == 3
    expected = ["newsspider: crawl 2 was killed", "newsspider: paper is red"]
    assert (texts(hook), subjects(post)) == (expected, expected)
    listed = json.loads(project.run("notices", "--json").stdout)
    assert [(one["source"], one["kind"], one["channel"]) for one in listed] == [
        ("paper", "red", "mail"), ("paper", "red", "chat"), (None, "killed", "mail"), (None, "killed", "chat")
    ]  # fmt: skip


def test_a_fault_of_the_file_is_told_at_once_and_the_other_channels_are_used(
    paper: Callable[..., Site], project: Project, post: Post
) -> None:
    paper({"/story/1": story(1)})
    through(project.folder, "hooks.example/x", post)
    with held(project.folder, "crawl"):
        done = project.run("nightly")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "webhook 1: url: 'hooks.example/x' must be an address" in done.stderr
    assert subjects(post) == ["newsspider: the nightly run failed"]
    assert "is held by process" in post.messages[0].get_content()
    assert project.run("notices").returncode == 1


def test_a_fault_of_the_file_is_a_note_of_the_night(desk: Any, tmp_path: Path) -> None:
    through(tmp_path, "hooks.example/x")
    (note,) = Telling(tmp_path).after(night(desk)).notes
    assert note.startswith("notices.toml has 1 fault")


def test_a_test_goes_through_every_channel_and_says_what_became_of_it(
    site: Site, project: Project, post: Post
) -> None:
    assert "write one that says" in project.run("notices", "--test").stderr
    site.pages["/hook"] = Answer("", 404)
    through(project.folder, f"{site.url}/hook", post)
    done = project.run("notices", "--test")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "mail: delivered\n",
        "chat: answers 404 Not Found\n",
    )
    assert subjects(post) == ["newsspider: this is a test"]
    assert not (project.folder / "archive.db").exists()
