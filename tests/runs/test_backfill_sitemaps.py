"""``newsspider backfill SOURCE --from-sitemaps``: all that a site's sitemaps name, however old."""

from __future__ import annotations

from typing import Any

import pytest
from loopback import Site
from newspaper import Project, sitemap, story

ONE = ("-s", "NEWSSPIDER_WORKERS=1")


def dated(urls: dict[str, str], kind: str = "url") -> str:
    """A sitemap, or an index of sitemaps, that gives a day for each address."""
    entries = "".join(
        f"<{kind}><loc>{url}</loc><lastmod>{day}</lastmod></{kind}>" for url, day in urls.items()
    )
    root = "urlset" if kind == "url" else "sitemapindex"
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'
    )


@pytest.fixture
def site(site: Site, project: Project) -> Site:
    """A paper whose robots.txt leads to an index of two years, and whose usual place has another sitemap."""
    site.pages["/robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {site.url}/index.xml\n"
    site.pages["/index.xml"] = dated(
        {f"{site.url}/{year}.xml": f"{year}-12-31" for year in (2019, 2020)}, "sitemap"
    )
    site.pages["/2019.xml"] = dated({f"{site.url}/story/{n}": f"2019-0{n}-10" for n in (1, 2)})
    site.pages["/2020.xml"] = dated({f"{site.url}/story/{n}": f"2020-0{n}-10" for n in (3, 4)})
    site.pages["/sitemap.xml"] = sitemap([f"{site.url}/story/5"])
    site.pages |= {f"/story/{n}": story(n) for n in range(1, 7)}
    site.pages["/"] = "<title>The Paper</title><a href=/story/6>Ward 6 agrees on a new market</a>"
    (project.folder / "sources" / "paper.toml").write_text(
        f'home = "{site.url}/"\n[discover]\narticles = "/story/"\n[fetch]\ndelay = 0\nallow_private = true\n'
    )
    return site


def asked(site: Any) -> list[str]:
    return sorted(path for path in site.paths() if path.startswith("/story/"))


def test_all_that_sitemaps_name_comes_and_nothing_else(site: Site, project: Project) -> None:
    done = project.run("backfill", "paper", "--from-sitemaps", *ONE)
    assert done.returncode == 0, done.stderr
    assert asked(site) == [f"/story/{n}" for n in range(1, 6)]
    assert "/" not in site.paths()
    assert "5 new articles" in done.stdout
    assert project.rows("SELECT command FROM crawls") == [("backfill paper --from-sitemaps",)]


def test_days_are_those_of_the_sitemaps_and_what_has_none_comes(site: Site, project: Project) -> None:
    days = ("--since", "2019-02-01", "--until", "2020-03-10")
    project.run("backfill", "paper", "--from-sitemaps", *days, *ONE)
    assert asked(site) == ["/story/2", "/story/3", "/story/5"]


def test_sitemaps_that_were_read_are_opened_again_and_their_articles_are_not_fetched_twice(
    site: Site, project: Project
) -> None:
    project.run("backfill", "paper", "--from-sitemaps", "--since", "2020-01-01", *ONE)
    assert asked(site) == ["/story/3", "/story/4", "/story/5"]
    site.asked.clear()
    site.pages["/2019.xml"] = dated({f"{site.url}/story/{n}": "2019-01-10" for n in (1, 2, 6)})
    project.run("backfill", "paper", "--from-sitemaps", *ONE)
    assert "/2019.xml" in site.paths()
    assert asked(site) == ["/story/1", "/story/2", "/story/6"]
