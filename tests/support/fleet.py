"""Many sites on loopback, each with manners of its own, and what of them a crawl did not keep, as the sites saw it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from loopback import Answer, Asked, Site, served
from newspaper import Project, fill, story

FOR_EVER = 3600.0  # seconds that a hanging site takes to answer


@dataclass(frozen=True, slots=True)
class Manners:
    """How a site answers, and how it is to be asked."""

    stories: int = 6
    delay: float = 0.2  # seconds from start to start, by the source's file
    concurrency: int = 1
    seconds: float = 0.0  # that each story takes
    hangs: str = ""  # "all": answers nothing; "stories": lists only
    crawl_delay: float = 0.0  # of its robots.txt
    retry_after: int = 0  # seconds: its third story answers 429 at first
    forbids: tuple[int, ...] = ()  # stories, by robots.txt


def manners_of_fifty() -> dict[str, Manners]:
    """Fifty sources: two that hang, some with wishes, the others quick and slow."""
    special = {
        "deaf": Manners(hangs="all"),
        "stuck": Manners(hangs="stories"),
        "patient": Manners(stories=12, crawl_delay=1.0),
        "busy": Manners(stories=12, retry_after=3),
        "private": Manners(stories=12, forbids=(2, 5, 7)),
    }
    plain = {
        f"plain{n:02}": Manners(
            stories=8 + n % 13,
            delay=(0.1, 0.25, 0.5, 1.0)[n % 4],
            concurrency=1 + n % 3,
            seconds=(0.0, 0.05, 0.4)[n % 3],
        )
        for n in range(50 - len(special))
    }
    return special | plain


@contextmanager
def fleet(project: Project, manners: Mapping[str, Manners]) -> Iterator[dict[str, Site]]:
    """The sites, each on an address of its own, described as sources of the project."""
    with ExitStack() as stack:
        sites = {}
        for number, (name, wants) in enumerate(manners.items(), 2):
            site = stack.enter_context(served(Site(f"127.0.0.{number}"), poll=0.2))
            _furnish(site, project, name, wants)
            sites[name] = site
        yield sites


def _furnish(site: Site, project: Project, name: str, wants: Manners) -> None:
    seconds = FOR_EVER if wants.hangs else wants.seconds
    html = {"Content-Type": "text/html; charset=utf-8"}
    stories: dict[str, object] = {
        f"/story/{n}": Answer(story(n), headers=html, seconds=seconds) for n in range(wants.stories)
    }
    if wants.retry_after:
        stories["/story/2"] = [
            Answer(b"busy", 429, {"Retry-After": str(wants.retry_after)}, wants.seconds),
            story(2),
        ]
    forbidden = "".join(f"Disallow: /story/{n}$\n" for n in wants.forbids)
    delay = f"Crawl-delay: {wants.crawl_delay}\n" if wants.crawl_delay else ""
    site.pages["/robots.txt"] = f"User-agent: *\n{delay}{forbidden}Allow: /\n"
    fill(site, project, stories, name=name,
         fetch=f"delay = {wants.delay}\nconcurrency = {wants.concurrency}\nallow_private = true")  # fmt: skip
    if wants.hangs == "all":
        site.pages = {path: Answer(seconds=FOR_EVER) for path in site.pages}


def violations(site: Site, wants: Manners, slack: float = 0.0) -> list[str]:
    """What a crawl did not keep, in words. ``slack``: seconds that a request may come too early, for what a busy machine
    adds to the way of the one before it.
    """
    asked = sorted(site.asked, key=lambda one: one.start)
    found = []
    if site.most_at_once(slack) > wants.concurrency:
        found.append(f"{site.most_at_once(slack)} in flight, not {wants.concurrency}")
    for one, following in itertools.pairwise(asked):
        least = max(wants.delay, wants.crawl_delay if one.path != "/robots.txt" else 0.0)
        if following.start - one.start < least - slack:
            found.append(
                f"{following.path} {following.start - one.start:.3f} s behind {one.path}, not {least}"
            )
    found += [
        f"{one.path} is forbidden" for one in asked if one.path in {f"/story/{n}" for n in wants.forbids}
    ]
    for busy in (one for one in asked if one.status == 429):
        early = [one for one in asked if busy.end < one.start < busy.end + wants.retry_after - slack]
        found += [f"{one.path} {one.start - busy.end:.3f} s into the pause" for one in early]
    return found


def least_gap(asked: list[Asked]) -> float:
    """The shortest time from the start of a request to the start of the next."""
    starts = sorted(one.start for one in asked)
    return min((later - earlier for earlier, later in itertools.pairwise(starts)), default=0.0)
