"""``sources check`` and ``sources list``: files with faults, sites that changed, last nights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from loopback import Answer
from newspaper import Project
from press import front, report, rss, whole_paper

from newsspider.runs.sourcing.checking import Checked, check_files, check_sites

PRIVATE = "[fetch]\ndelay = 0\nallow_private = true\n"


def live(folder: Path) -> Checked:
    (checked,) = check_sites(check_files(folder).sources, lambda url: None)
    return checked


def wrong(checked: Checked) -> str:
    return "\n".join(str(remark) for remark in checked.remarks if remark.wrong)


def write(project: Project, text: str, name: str = "paper") -> None:
    (project.folder / "sources" / f"{name}.toml").write_text(text, "utf-8")


# ---- files ---------------------------------------------------------------------------------------------------
def test_files_without_fault(project: Project) -> None:
    for name in ("a", "b"):
        write(project, f'home = "https://{name}.example/"', name)
    done = project.run("sources", "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 files, no fault\n", "")


def test_all_faults_of_all_files_come_at_once(project: Project) -> None:
    write(project, 'home = "https://a.example/"', "a")
    write(project, 'hme = "x"\n[fetch]\ndelay = -1', "b")
    write(project, "no toml", "c")
    done = project.run("sources", "check")
    assert done.returncode == 1
    assert "3 files, faults: 4" in done.stdout
    assert all(
        part in done.stdout
        for part in ("b.toml: hme:", "b.toml: fetch.delay", "b.toml: home: missing", "c.toml: is no")
    )
    told = json.loads(project.run("sources", "check", "--json").stdout)
    assert (told["files"], len(told["faults"]), told["sites"]) == (3, 4, [])


def test_one_file_can_be_checked_alone(project: Project) -> None:
    write(project, 'home = "https://a.example/"', "a")
    write(project, 'hme = "x"', "b")
    assert project.run("sources", "check", "a").returncode == 0
    done = project.run("sources", "check", "b")
    assert (done.returncode, "b.toml: hme" in done.stdout) == (1, True)
    assert project.run("sources", "check", "nobody").returncode == 2


def test_a_folder_without_sources_says_how_to_make_one(tmp_path: Path) -> None:
    done = Project(tmp_path).run("sources", "check")
    assert done.returncode == 2
    assert "newsspider sources new https://" in done.stderr


# ---- sites ---------------------------------------------------------------------------------------------------
def test_a_site_that_is_as_the_file_says(site: Any, project: Project) -> None:
    whole_paper(site)
    write(project, f'home = "{site.url}/"\n[discover]\narticles = "/news/"\n{PRIVATE}')
    done = project.run("sources", "check", "--live")
    assert done.returncode == 0, done.stdout
    assert "paper: works" in done.stdout
    assert "3 of 3" in done.stdout


def test_a_feed_that_is_gone_is_wrong(site: Any, project: Project) -> None:
    whole_paper(site).pages["/page"] = front([])
    write(
        project,
        f'home = "{site.url}/"\n[discover]\nfeeds = ["{site.url}/old-feed", "{site.url}/page"]\n{PRIVATE}',
    )
    told = wrong(live(project.folder))
    assert "/old-feed answers 404 Not Found. Take it out of paper.toml" in told
    assert "/page is no feed" in told


def test_a_pattern_that_fits_nothing_is_wrong(site: Any, project: Project) -> None:
    whole_paper(site)
    write(project, f'home = "{site.url}/"\n[discover]\narticles = "/article/"\n{PRIVATE}')
    told = wrong(live(project.folder))
    assert "The pattern articles = '/article/' fits none of the 6 addresses that" in told
    assert f"One of them: {site.url}/news/2026/11/01/ward-1-agrees-on-a-new-market" in told


def test_a_selector_that_finds_nothing_is_wrong(site: Any, project: Project) -> None:
    whole_paper(site)
    write(project, f'home = "{site.url}/"\n{PRIVATE}[[layout]]\nheadline = "h1"\nticker = "div.breaking a"\n')
    told = wrong(live(project.folder))
    assert "The layout's selector for ticker, 'div.breaking a', finds nothing on 3 articles" in told
    assert "headline" not in told


def test_a_private_site_that_the_file_does_not_allow_is_not_asked(site: Any, project: Project) -> None:
    write(project, f'home = "{whole_paper(site).url}/"')
    assert "Write allow_private = true under [fetch] in paper.toml" in wrong(live(project.folder))
    assert site.asked == []
    write(project, f'home = "{site.url}/"\n[fetch]\ndelay = 0\nallow_private = ["127.0.0.1"]')
    assert live(project.folder).is_sound


def test_a_site_that_cannot_be_had_or_moved_away_is_wrong(site: Any, new_site: Any, project: Project) -> None:
    write(project, f'home = "{site.url}/"\n{PRIVATE}')
    site.pages["/robots.txt"] = Answer("", 503)
    assert "robots.txt: answers 503" in wrong(live(project.folder))
    site.pages["/robots.txt"] = Answer("")
    site.pages["/"] = Answer(status=301, headers={"Location": f"{whole_paper(new_site()).url}/"})
    assert "The home page leads to another site" in wrong(live(project.folder))


def test_expectations_and_old_feeds_are_notes(site: Any, project: Project) -> None:
    whole_paper(site).pages["/feed.xml"] = Answer(
        str(rss([f"{site.url}/news/2026/11/01/ward-1-agrees-on-a-new-market"]).body).replace("2026", "2019"),
        headers={"Content-Type": "application/xml"},
    )
    site.pages["/feed.xml"] = Answer(
        str(site.pages["/feed.xml"].body).replace("news/2019", "news/2026"),
        headers={"Content-Type": "text/xml"},
    )
    write(project, f'home = "{site.url}/"\n{PRIVATE}[expect]\ndateline = 0.8\n')
    checked = live(project.folder)
    told = "\n".join(map(str, checked.remarks))
    assert checked.is_sound
    assert "[expect] wants dateline on 80% of the articles; 0 of 3 have it" in told
    assert f"The newest article of {site.url}/feed.xml is of 2019-11-20" in told


def test_a_check_of_sites_for_machines(site: Any, project: Project) -> None:
    write(project, f'home = "{whole_paper(site).url}/"\n{PRIVATE}')
    done = project.run("sources", "check", "--live", "--json")
    (told,) = json.loads(done.stdout)["sites"]
    assert (told["id"], told["works"], told["wrong"]) == ("paper", True, [])
    assert told["ways"][0]["newest"] == "2026-11-20T08:00:00+07:00"
    assert [one["headline"] for one in told["tries"]] == [True] * 3


# ---- the list ------------------------------------------------------------------------------------------------
def test_a_list_without_sources_or_without_an_archive(project: Project) -> None:
    done = project.run("sources")
    assert (done.returncode, "There is no source yet" in done.stdout) == (0, True)
    write(project, 'home = "https://a.example/"\nname = "Ville \\u001b[31m"', "a")
    done = project.run("sources", "list")
    assert "none yet" in done.stdout
    assert "\x1b" not in done.stdout
    assert not (project.folder / "archive.db").exists()


def test_a_list_shows_the_last_night_of_each_source(new_site: Any, project: Project) -> None:
    """One that crawls well, twice, one that is red, one that was never crawled, one whose file is gone."""
    well, bad, gone = new_site(), new_site(), new_site()
    for site in (well, gone):
        whole_paper(site)
    for name, site in (("well", well), ("bad", bad), ("gone", gone)):
        write(project, f'home = "{site.url}/"\n{PRIVATE}', name)
    assert project.crawl().returncode == 3
    well.pages["/news/2026/11/20/the-ferry-comes-back-to-town"] = report(20)
    well.pages["/"] = front(
        [("/news/2026/11/20/the-ferry-comes-back-to-town", "The ferry comes back to town today")]
    )
    project.crawl("well")
    (project.folder / "sources" / "gone.toml").unlink()
    write(project, 'home = "https://new.example/"', "new")
    told = {one["id"]: one for one in json.loads(project.run("sources", "--json").stdout)["sources"]}
    nights = {name: one["last_night"] for name, one in told.items()}
    assert (nights["well"]["crawl"], nights["well"]["new_articles"], nights["well"]["red"]) == (2, 1, [])
    assert (nights["gone"]["crawl"], nights["gone"]["new_articles"], told["gone"]["file"]) == (1, 12, False)
    assert nights["bad"]["red"][0].startswith("bad: none of its feeds, sitemaps and sections could be read")
    assert nights["new"] is None
    shown = project.run("sources", "list").stdout
    assert all(word in shown for word in ("bad: none of its feeds, sitemaps", "fine, no file", "none yet"))


def test_a_list_names_faulty_files_and_shows_the_others(project: Project) -> None:
    write(project, 'home = "https://a.example/"', "a")
    write(project, 'hme = "x"', "b")
    done = project.run("sources", "list")
    assert done.returncode == 1
    assert "https://a.example/" in done.stdout
    assert "b.toml" in done.stderr


@pytest.mark.parametrize("option", ["--json", "--data"])
def test_options_stand_behind_the_command(project: Project, option: str) -> None:
    given = [option, *(["elsewhere"] if option == "--data" else [])]
    done = project.run("sources", *given, "check")
    assert done.returncode == 2
    assert f"{option} stands after the command" in done.stderr
