"""``sources new``: sites of many kinds on loopback, the file that comes of each, and a crawl with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from loopback import Answer
from newspaper import Project
from press import front, report, robots, rss, urlset, whole_paper, with_articles

from newsspider.errors import PageError, UsageError
from newsspider.fetch.limits import LIMITS
from newsspider.records import Role
from newsspider.runs.sourcing.making import Made, new_source
from newsspider.runs.sourcing.words import made_summary
from newsspider.source import Source, load_source


def new(folder: Path, url: str, name: str | None = "paper") -> Made:
    return new_source(folder, url, name=name, delay=0.0, tell=lambda url: None)


def written(made: Made) -> tuple[str, Source]:
    assert made.file is not None
    return made.file.read_text("utf-8"), load_source(made.file)


def ways(made: Made) -> dict[str, int]:
    return {way.url.split("/", 3)[3]: len(way.articles) for way in made.look.ways}


def said(made: Made) -> str:
    return "\n".join(map(str, made.remarks))


def test_what_a_crawl_finds_by_itself_needs_no_line(site: Any, tmp_path: Path) -> None:
    made = new(tmp_path / "not" / "there", whole_paper(site).url, None)
    text, source = written(made)
    assert (source.id, source.name, source.home) == ("river-post", "The River Post", f"{site.url}/")
    assert source.language == "en"
    assert source.discover == Source("", "", "").discover
    assert source.fetch.allow_private is True
    assert f"#   feed {site.url}/feed.xml (6 articles, the newest of 2026-11-20)" in text
    assert "#   the links of the home page (5 articles, 2 sections)" in text
    assert ways(made) == {"feed.xml": 6, "sitemap.xml": 12, "news.xml": 3, "": 5, "politics": 2, "sport": 2}
    assert all(one.article and one.article.headline for one in made.look.tries)
    assert len(site.asked) < 20
    assert site.paths().count("/robots.txt") == 1


def test_each_line_of_the_file_has_its_reason(site: Any, tmp_path: Path) -> None:
    text, _ = written(new(tmp_path, whole_paper(site).url))
    for line in text.splitlines():
        assert not line or line.startswith(("#", "[")) or "  # " in line


def test_the_table_shows_ways_articles_and_what_is_missing(site: Any, tmp_path: Path) -> None:
    shown = made_summary(new(tmp_path, whole_paper(site).url), "newsspider crawl paper")
    assert "news sitemap" in shown
    assert "2026-11-20 01:00" in shown or "2026-11-20 08:00" in shown
    assert "5 of 5" in shown
    assert "Authors, dateline, ticker, related: on none of 5. It may be that the site has none." in shown
    assert shown.endswith("Next: newsspider crawl paper")


def test_a_crawl_with_the_file_finds_all_articles(site: Any, project: Project) -> None:
    new(project.folder, whole_paper(site).url)
    done = project.crawl()
    assert done.returncode == 0, done.stderr
    assert project.rows("SELECT count(*) FROM articles") == [(12,)]


def test_lists_that_nothing_names_get_a_line(site: Any, project: Project) -> None:
    """A crawl does not guess addresses, so that what was found by guessing must be written down."""
    with_articles(site, [f"/2026/ward-{n}-has-a-new-market-at-last" for n in range(8)])
    urls = [f"{site.url}/2026/ward-{n}-has-a-new-market-at-last" for n in range(8)]
    site.pages["/"] = front([])
    site.pages["/rss"], site.pages["/sitemap.xml"] = rss(urls[:3]), urlset(urls)
    _, source = written(new(project.folder, site.url))
    assert source.discover.feeds == (f"{site.url}/rss",)
    assert source.discover.sitemaps == (f"{site.url}/sitemap.xml",)
    assert project.crawl().returncode == 0
    assert project.rows("SELECT count(*) FROM articles") == [(8,)]


def test_a_site_with_nothing_but_links_says_that_it_has_no_feed(site: Any, tmp_path: Path) -> None:
    made = new(tmp_path, with_articles(site, [f"/story/ward-{n}-has-a-new-market" for n in range(6)]).url)
    text, source = written(made)
    assert source.name == "Evening Bell"
    assert "feed" not in text
    assert "No feed and no sitemap" in said(made)


@pytest.mark.parametrize("language", ["ar", "km"])
def test_scripts_of_any_kind(site: Any, tmp_path: Path, language: str) -> None:
    made = new(tmp_path, with_articles(site, [f"/article/{n}00{n}" for n in range(11, 17)], language).url)
    _, source = written(made)
    assert source.language == language
    assert all(one.article for one in made.look.tries)
    assert made_summary(made, "")


def test_pages_in_an_old_encoding(site: Any, tmp_path: Path) -> None:
    with_articles(site, [f"/article/{n}00{n}" for n in range(11, 17)], "ar")
    for path, page in site.pages.items():
        headers = {"Content-Type": "text/html; charset=windows-1256"}
        site.pages[path] = Answer(page.encode("windows-1256", "replace"), headers=headers)
    assert written(new(tmp_path, site.url))[1].language == "ar"


def test_pages_in_several_languages_have_none_in_common(site: Any, tmp_path: Path) -> None:
    with_articles(site, [f"/article/{n}00{n}" for n in range(11, 17)])
    for number in (12, 14, 16):
        site.pages[f"/article/{number}00{number}"] = report(number, "km")
    text, source = written(new(tmp_path, site.url))
    assert source.language is None
    assert "# language: not set" in text


def test_a_zone_is_never_written_but_what_pages_say_is_told(site: Any, tmp_path: Path) -> None:
    text, source = written(new(tmp_path, whole_paper(site).url))
    assert source.timezone is None
    assert "# Times on pages: +07:00. Which zone that is, you know" in text
    assert '# timezone = ".."' in text


def test_times_without_a_zone_are_told_as_missing(site: Any, tmp_path: Path) -> None:
    made = new(tmp_path, with_articles(site, [f"/article/{n}00{n}" for n in range(11, 17)], zone="").url)
    assert "5 of 5 times have no zone, and are read as UTC. Set timezone in paper.toml." in said(made)


def test_a_body_far_shorter_than_the_others_is_told_with_an_address_to_copy(
    site: Any, tmp_path: Path
) -> None:
    with_articles(site, [f"/article/{n}00{n}" for n in range(11, 16)])
    text = "<p>The rest of this is for those who have paid for it.</p>"
    page = report(3)
    site.pages["/article/130013"] = page[: page.index("<p>")] + text + page[page.index("</article>") :]
    shown = said(new(tmp_path, site.url))
    assert "Body: 1 of 5 far shorter than the others" in shown
    assert f"newsspider split --explain {site.url}/article/130013\n" in shown + "\n"


def test_a_part_of_a_site_is_told_from_the_rest(site: Any, tmp_path: Path) -> None:
    """Sitemaps are those of a whole host."""
    urls = [f"{site.url}/{part}/ward-{n}-has-a-new-market" for part in ("km", "en") for n in range(3)]
    site.pages.update({url.removeprefix(site.url): report(n) for n, url in enumerate(urls)})
    site.pages["/km/"], site.pages["/robots.txt"] = front([]), robots("/sitemap.xml")
    site.pages["/sitemap.xml"] = urlset(urls)
    made = new(tmp_path, f"{site.url}/km/", None)
    text, source = written(made)
    assert source.id.endswith("-km")
    assert source.discover.articles is None
    assert re.search(r"^# articles = '\^https\?://.*/km/'$", text, re.MULTILINE)
    assert f"name articles that are not under {site.url}/km/" in said(made)


def test_a_home_page_that_moved_is_described_where_it_is(site: Any, new_site: Any, tmp_path: Path) -> None:
    """To another host and, by a page that sends its readers on, to another path there."""
    whole_paper(site)
    site.pages["/en/"] = site.pages["/"]
    site.pages["/"] = '<meta http-equiv="refresh" content="0; url=/en/">'
    old = new_site()
    old.pages["/"] = Answer(status=301, headers={"Location": f"{site.url}/"})
    made = new(tmp_path, old.url)
    text, source = written(made)
    assert source.home == f"{site.url}/en/"
    assert f"# {old.url}/ leads there" in text
    assert f"leads to another site, of which the file is now: {site.url}/en/" in said(made)


@pytest.mark.parametrize(
    ("home", "told"),
    [
        (Answer("<h1>Forbidden</h1>", 403), "The home page answers 403 Forbidden"),
        (
            "<title>Just a moment...</title><p>Checking your browser before you continue.</p>",
            "is a robot check, a consent",
        ),
        ("<title>Post</title><div id=app></div><script src=/app.js></script>", "The home page has no links"),
    ],
    ids=["forbidden", "check", "script"],
)
def test_a_home_page_of_no_use_is_told_and_the_rest_is_taken(
    site: Any, tmp_path: Path, home: Any, told: str
) -> None:
    whole_paper(site).pages["/"] = home
    made = new(tmp_path, site.url)
    text, source = written(made)
    assert told in said(made)
    assert source.home == f"{site.url}/"
    assert source.discover.feeds == (
        f"{site.url}/feed.xml",
    )  # at its usual address: the home page names none now
    assert "name = " not in text or source.name == "Post"


def test_where_nothing_names_an_article_no_file_is_written(site: Any, tmp_path: Path) -> None:
    site.pages["/"] = front([("/about", "About us"), ("/contact", "Contact")])
    made = new(tmp_path, site.url)
    assert made.file is None
    assert "Nothing that was looked at names an article" in said(made)
    assert not list(tmp_path.rglob("*.toml"))


def test_a_site_that_hangs_is_left_after_two_pages(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "DOWNLOAD_TIMEOUT", (0.5, ""))
    whole_paper(site)
    for path in site.pages:
        if path not in ("/robots.txt", "/"):
            site.pages[path] = Answer("", seconds=3.0)
    made = new(tmp_path, site.url)
    assert "takes longer than" in said(made)
    assert "was not asked for, since the site did not answer 2 times in a row" in said(made)


def test_a_busy_site_is_not_asked_again(site: Any, tmp_path: Path) -> None:
    whole_paper(site).pages["/feed.xml"] = Answer("later", 429)
    made = new(tmp_path, site.url)
    assert site.paths() == ["/robots.txt", "/", "/feed.xml"]
    assert "since the site is busy (it answered 429)" in said(made)


def test_a_site_without_rules_to_be_had_is_an_error(site: Any, tmp_path: Path) -> None:
    whole_paper(site).pages["/robots.txt"] = Answer("", 503)
    with pytest.raises(PageError, match=r"robots\.txt: answers 503"):
        new(tmp_path, site.url)
    with pytest.raises(PageError, match="no such host"):
        new(tmp_path, "http://no-such-host.invalid/")
    assert not list(tmp_path.rglob("*.toml"))


def test_a_public_home_page_leads_to_no_private_address(
    site: Any, new_site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = new_site()
    whole_paper(site)
    site.pages["/"] = front([], f'<link rel="alternate" type="application/rss+xml" href="{inside.url}/feed">')
    monkeypatch.setattr("newsspider.runs.visit.is_local", lambda url: url.startswith(inside.url))
    monkeypatch.setattr("newsspider.runs.sourcing.look.is_local", lambda url: url.startswith(inside.url))
    made = new(tmp_path, site.url)
    assert "is a private address" in said(made)
    assert inside.asked == []
    assert written(made)[1].fetch.allow_private is False


def test_a_feed_at_another_site_that_names_articles_of_this_one_gets_a_line(
    site: Any, new_site: Any, tmp_path: Path
) -> None:
    """A crawl believes no feed of another site, unless the file names it."""
    burner = new_site()
    whole_paper(site)
    burner.pages["/post"] = rss([f"{site.url}/news/2026/11/01/ward-1-agrees-on-a-new-market"])
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{url}">'
        for url in ("/feed.xml", f"{burner.url}/post")
    )
    site.pages["/"] = front([], links)
    assert written(new(tmp_path, site.url))[1].discover.feeds == (
        f"{site.url}/feed.xml",
        f"{burner.url}/post",
    )


def test_of_an_index_the_newest_sitemaps_are_opened(site: Any, tmp_path: Path) -> None:
    with_articles(site, [f"/a/{n}000" for n in range(10, 16)])
    months = "".join(
        f"<sitemap><loc>{site.url}/s{n}.xml</loc><lastmod>2026-{n:02}-01</lastmod></sitemap>"
        for n in range(1, 12)
    )
    site.pages["/robots.txt"] = robots("/index.xml")
    site.pages["/index.xml"] = Answer(
        f"<sitemapindex>{months}</sitemapindex>", headers={"Content-Type": "text/xml"}
    )
    site.pages["/s11.xml"] = urlset([f"{site.url}/a/{n}000" for n in range(10, 16)])
    made = new(tmp_path, site.url)
    opened = [way.url for way in made.look.ways if way.role is Role.SITEMAP]
    assert opened == [f"{site.url}/index.xml", f"{site.url}/s11.xml", f"{site.url}/s10.xml"]
    assert "9 sitemaps more were not opened" in said(made)


# ---- what is there already -----------------------------------------------------------------------------------
def test_a_file_that_is_there_is_never_changed(site: Any, tmp_path: Path) -> None:
    file = tmp_path / "sources" / "paper.toml"
    file.parent.mkdir()
    file.write_text('home = "https://www.example.com/"')
    with pytest.raises(UsageError, match=r"paper\.toml: is there already"):
        new(tmp_path, whole_paper(site).url)
    assert site.asked == []
    assert file.read_text() == 'home = "https://www.example.com/"'


def test_a_site_has_one_source_only(site: Any, tmp_path: Path) -> None:
    new(tmp_path, whole_paper(site).url)
    with pytest.raises(UsageError, match="is the source of"):
        new(tmp_path, f"{site.url}/", "other")


def test_an_id_that_can_be_none_and_an_address_that_is_none(site: Any, tmp_path: Path) -> None:
    for name in ("a b", "../x", "news"):
        with pytest.raises(UsageError, match="--id"):
            new(tmp_path, site.url, name)
    with pytest.raises(UsageError, match=r"write it with its scheme: http://127\.0\.0\.1:8911"):
        new(tmp_path, "127.0.0.1:8911")
    with pytest.raises(UsageError, match=r"https://www\.example\.com"):
        new(tmp_path, "www.example.com")
    assert site.asked == []


def test_the_archive_knows_the_site_by_an_id_already(site: Any, project: Project, tmp_path: Path) -> None:
    """Its pages are that source's: a file with another name would describe none of them."""
    whole_paper(site)
    project.source(site.url, "former-name")
    project.crawl()
    (project.folder / "sources" / "former-name.toml").unlink()
    made = new(project.folder, site.url, None)
    assert made.file == project.folder / "sources" / "former-name.toml"
