"""A nightly run, end to end: what it follows, when it ends, what it leaves alone, what it reports."""

from __future__ import annotations

import json
from collections.abc import Callable

from loopback import Answer, Site
from newspaper import Project, fill, sitemap, story

HTML = {"Content-Type": "text/html; charset=utf-8"}


def titles(*paths: str) -> str:
    """A section page: headlines that lead to stories."""
    return "<h1>World</h1>" + "".join(
        f'<p><a href="{path}">Ward agrees on market {path}</a></p>' for path in paths
    )


def test_a_page_that_sends_its_visitors_to_itself_for_a_cookie_is_read(
    paper: Callable[..., Site], project: Project
) -> None:
    def page(headers: dict[str, str]) -> Answer:
        if headers.get("cookie") == "seen=1":
            return Answer(story(1), headers=HTML)
        return Answer("", 302, {"Location": "/story/1", "Set-Cookie": "seen=1; Path=/"})

    site = paper({"/story/1": page})
    assert project.crawl().returncode == 0
    assert project.reasons("/story/1") == ("stored", "ok")
    assert site.paths().count("/story/1") == 2


def test_a_section_is_paged_through_as_long_as_it_brings_news(
    paper: Callable[..., Site], project: Project
) -> None:
    site = paper({"/story/1": story(1)})
    file = project.folder / "sources" / "paper.toml"
    file.write_text(file.read_text().replace("[fetch]", f'sections = ["{site.url}/world"]\n[fetch]'))
    for page in (1, 2, 3):
        here = "/world" if page == 1 else f"/world?page={page}"
        number = page * 10
        following = f'<a href="/world?page={page + 1}">Next</a>' if page < 3 else ""
        site.pages[here] = titles(f"/story/{number}") + following
        site.pages[f"/story/{number}"] = story(number)
    project.crawl()
    assert project.rows("SELECT count(*) FROM articles") == [(4,)]
    site.asked.clear()
    project.crawl()
    assert "/world" in site.paths()
    assert "/world?page=2" not in site.paths()


def test_a_ticker_leads_to_its_stories_and_no_further(paper: Callable[..., Site], project: Project) -> None:
    def ticking(number: int, to: int) -> str:
        links = "".join(f'<a href="/story/{n}">Ward {n} agrees on a new market</a> ' for n in (to, to * 10))
        return story(number).replace("<body>", f'<body><div class="breaking-news">Breaking: {links}</div>')

    site = paper({"/story/1": ticking(1, 2)})
    for number in (2, 20):
        site.pages[f"/story/{number}"] = ticking(number, number + 1)
    project.crawl()
    assert {path for path in site.paths() if "/story/" in path} == {"/story/1", "/story/2", "/story/20"}


def test_days_keep_older_articles_for_another_run(paper: Callable[..., Site], project: Project) -> None:
    site = paper({"/story/1": story(1), "/story/2": story(2)})
    dated = sitemap([site.url + "/story/1", site.url + "/story/2"])
    site.pages["/sitemap.xml"] = (
        dated.replace("</loc>", "</loc><lastmod>2026-11-0{}</lastmod>")
        .replace("{}", "1", 1)
        .replace("{}", "9")
    )
    done = project.crawl("--since", "2026-11-05")
    assert (
        done.returncode,
        "paper: 1 due pages were left for the next run: they are of other days" in done.stderr,
    ) == (0, True)
    assert project.rows("SELECT url LIKE '%/2' FROM articles") == [(1,)]
    assert "other days" not in project.crawl().stderr
    assert project.rows("SELECT count(*) FROM articles") == [(2,)]


def test_a_time_limit_ends_a_run_cleanly_and_the_next_goes_on(
    paper: Callable[..., Site], project: Project
) -> None:
    paper({f"/story/{n}": story(n) for n in range(12)}, fetch="delay = 1\nallow_private = true")
    done = project.run("nightly", "--time-limit", "4s", "-s", "NEWSSPIDER_WORKERS=1")
    assert done.returncode == 0, done.stderr
    assert "due pages were left for the next run: the time limit was reached" in done.stderr
    ((stored, outcome),) = project.rows("SELECT count(*), (SELECT outcome FROM crawls) FROM articles")
    assert stored < 12
    assert outcome == "finished"


def test_nothing_waits_for_a_busy_site_behind_the_time_limit(
    paper: Callable[..., Site], project: Project
) -> None:
    site = paper({"/story/1": story(1)})
    site.pages["/sitemap.xml"] = Answer("busy", 503, {"Retry-After": "600"})
    project.run("nightly", "--time-limit", "60s", "-s", "NEWSSPIDER_WORKERS=1")
    assert site.paths().count("/sitemap.xml") == 1
    assert project.reasons("/sitemap.xml") == ("failed", "retry_after")


def test_a_sitemap_that_its_index_no_longer_names_turns_nothing_red(
    paper: Callable[..., Site], project: Project
) -> None:
    """Sitemaps by month: the old one goes when the new one comes, and then the index stays as it is."""

    def index(name: str) -> Callable[[dict[str, str]], Answer]:
        body = f"<sitemapindex><sitemap><loc>{site.url}/{name}.xml</loc></sitemap></sitemapindex>"
        new, same = Answer(body, 200, {"ETag": name}), Answer("", 304, {"ETag": name})
        return lambda headers: same if headers.get("if-none-match") == name else new

    site = paper({"/story/1": story(1), "/story/2": story(2)})
    site.pages["/october.xml"] = sitemap([f"{site.url}/story/1"])
    site.pages["/sitemap.xml"] = index("october")
    codes = [project.crawl(NEWSSPIDER_NOW="2026-10-31T02:00:00+00:00").returncode]
    site.pages["/november.xml"] = sitemap([f"{site.url}/story/2"])
    site.pages["/sitemap.xml"] = index("november")
    del site.pages["/october.xml"]
    codes += [
        project.crawl(NEWSSPIDER_NOW=f"2026-11-0{day}T02:00:00+00:00").returncode for day in range(1, 5)
    ]
    assert codes == [0] * 5
    assert site.paths().count("/october.xml") == 2


def test_a_site_that_hangs_is_left_alone_and_the_others_are_read(
    new_site: Callable[[], Site], project: Project
) -> None:
    good, bad = fill(new_site(), project, {"/story/1": story(1)}), new_site()
    fill(
        bad,
        project,
        {f"/story/{n}": Answer("", seconds=30) for n in range(20)},
        name="hanging",
        fetch="delay = 0.1\nallow_private = true",
    )
    done = project.run(
        "nightly",
        "--json",
        *("-s", "DOWNLOAD_TIMEOUT=1"),
        *("-s", "RETRY_TIMES=0"),
        *("-s", "NEWSSPIDER_MAX_FAILURES=4"),
    )
    assert done.returncode == 3
    night = json.loads(done.stdout)
    by_source = {source["source"]: source for source in night["sources"]}
    assert (by_source["paper"]["state"], by_source["paper"]["new_articles"]) == ("green", 1)
    assert by_source["hanging"]["state"] == "red"
    assert sum("/story/" in path for path in bad.paths()) < 12
    assert "left for the next run: its site is down" in done.stderr
    assert good.paths()


def test_what_a_run_did_at_every_source_is_told_afterwards(
    paper: Callable[..., Site], project: Project
) -> None:
    paper({"/story/1": story(1), "/story/2": Answer("", 404)})
    done = project.run("nightly", "-s", "NEWSSPIDER_WORKERS=1")
    assert "Crawl 1 (nightly)" in done.stdout
    assert "paper: gone http_404 1" in done.stdout
    assert project.run("runs", "1").stdout == done.stdout
    assert "Note: NEWSSPIDER_CONTACT is not set" in done.stderr
    last = json.loads(project.run("runs", "--json").stdout)
    assert [(night["crawl"], night["sources"][0]["named"]) for night in last] == [(1, 2)]
    assert "there is no crawl of this number" in project.run("runs", "7").stderr


def test_a_group_of_sources_is_run_alone(new_site: Callable[[], Site], project: Project) -> None:
    one, other = new_site(), new_site()
    for site, name in ((one, "one"), (other, "other")):
        fill(site, project, {"/story/1": story(1)}, name=name)
    file = project.folder / "sources" / "one.toml"
    file.write_text('groups = ["asia"]\n' + file.read_text())
    assert project.run("nightly", "--group", "asia", "-s", "NEWSSPIDER_WORKERS=1").returncode == 0
    assert one.asked
    assert not other.asked
    assert "there are: asia" in project.run("nightly", "--group", "europe").stderr
