"""What happens at the invented paper, night for night, and what a crawl should report of it.

A night begins ten minutes later than the one before: so what is to be looked at again after whole days is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

FIRST = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
SECTIONS = ("nation", "trade", "culture")
EDITS = ("loud", "silent")  # the page's date of its last change moves, or does not


def time_of(night: int) -> datetime:
    """When a night's crawl begins; the first night is 1."""
    return FIRST + (night - 1) * timedelta(days=1, minutes=10)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the story ``of`` (night, number) on a night: loud, silent, gone, back or moved. A crawl sees it
    that night, or ``seen`` where the story is not due for a look before.
    """

    night: int
    kind: str
    of: tuple[int, int]
    seen: int = 0
    status: int = 404  # of one that is gone

    @property
    def seen_on(self) -> int:
        """The night that should report it."""
        return self.seen or self.night


@dataclass(frozen=True, slots=True)
class Story:
    """A story and all that will become of it. ``place``: "front" (feed, sitemap, section), "section" (there alone) or
    "archive" (in the archive's sitemap alone).
    """

    night: int  # of its first edition; 0: before all nights
    number: int
    place: str
    changes: tuple[Change, ...] = ()

    @property
    def section(self) -> str:
        """The section that it stands in."""
        return SECTIONS[0] if self.place == "section" else SECTIONS[self.number % len(SECTIONS)]

    @property
    def published(self) -> datetime:
        """Its date of publication, the newest of a night first."""
        if self.place == "archive":
            return FIRST - timedelta(days=400, minutes=self.number)
        return time_of(self.night) - timedelta(minutes=60 + 7 * self.number)

    def after(self, night: int, *kinds: str) -> list[Change]:
        """Its changes of these kinds up to a night."""
        return [change for change in self.changes if change.night <= night and change.kind in kinds]

    def is_gone(self, night: int) -> int:
        """The status that it answers where it is gone; 0 where it is there."""
        last = self.after(night, "gone", "back")[-1:]
        return last[0].status if last and last[0].kind == "gone" else 0


@dataclass(frozen=True, slots=True)
class Expected:
    """What a night should report: paths of stories by what became of them, those in the ticker, and whether the source is
    red.
    """

    new: frozenset[str] = frozenset()
    loud: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    restored: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    ticker: frozenset[str] = frozenset()
    red: bool = False


@dataclass(frozen=True)
class Script:
    """The paper's nights. Those named by a number are special; 0: there is none of the kind."""

    nights: int = 14
    first: int = 30  # stories on the first night
    daily: int = 12  # new ones on each further night but the last, the quiet one
    archive: int = 50_000  # addresses of the archive's sitemap, known from the years before
    archive_news: int = 40
    archive_night: int = 10
    paged: int = 25  # stories of one night that section pages alone name, over several of their pages
    paged_night: int = 4
    redesign: int = 8
    outage: int = 9
    blocked: int = 11
    torn_feed: int = 12
    lost_feed: int = 13
    all_tagged: bool = False  # every page has an ETag; else half of the stories, feeds and sitemaps
    changes: tuple[Change, ...] = field(
        default=(
            Change(5, "loud", (4, 0)),
            Change(5, "loud", (4, 1)),
            Change(5, "loud", (2, 2)),  # not due for a look, but its sitemap says that it changed
            Change(5, "silent", (4, 3)),
            Change(5, "silent", (2, 4), seen=6),
            Change(6, "gone", (5, 0)),
            Change(6, "gone", (4, 5), status=410),
            Change(7, "back", (5, 0)),
            Change(7, "moved", (6, 1)),
            Change(8, "loud", (7, 0)),  # with the redesign
            Change(13, "silent", (12, 0)),
            Change(13, "gone", (12, 1)),
        )
    )

    @cached_property
    def stories(self) -> list[Story]:
        """All stories but those that the archive had before the first night."""
        return list(self._stories())

    def _stories(self) -> Iterator[Story]:
        for night in range(1, self.nights + 1):
            quiet = night == self.nights
            for number in range(self.first if night == 1 else 0 if quiet else self.daily):
                yield self._story(night, number, "front")
            if night == self.paged_night:
                yield from (self._story(night, 100 + number, "section") for number in range(self.paged))
            if night == self.archive_night:
                behind = range(self.archive, self.archive + self.archive_news)
                yield from (self._story(night, number, "archive") for number in behind)

    def _story(self, night: int, number: int, place: str) -> Story:
        changes = tuple(change for change in self.changes if change.of == (night, number))
        return Story(night, number, place, changes)

    def listed(self, night: int, *places: str) -> list[Story]:
        """Stories that lists name on a night, the newest first."""
        there = (
            story
            for story in self.stories
            if story.night <= night and story.place in places and not story.is_gone(night)
        )
        return sorted(there, key=lambda story: story.published, reverse=True)

    def ticker(self, night: int) -> list[Story]:
        """Stories in the ticker of a night, which is on every page of a story but its AMP version."""
        return self.listed(night, "front")[:4]

    def told(self, night: int) -> str:
        """The state of the source that a night should tell of: red, worse (for another reason), well (again), or none that is
        new.
        """
        red, before = self.expected(night).red, night > 1 and self.expected(night - 1).red
        if red and before:
            return "worse" if self.is_dark(night) and self.is_dark(night - 1) else ""
        return "" if red == before else "red" if red else "well"

    def is_dark(self, night: int) -> bool:
        """Whether the paper shows nothing of itself on a night."""
        return night in (self.outage, self.blocked)

    def expected(self, night: int) -> Expected:
        """What the night should report."""
        if self.is_dark(night):
            return Expected(red=True)
        nights = {night, *(dark for dark in range(1, night) if self._lit_again(dark) == night)}
        seen: dict[str, set[str]] = {"ticker": {path_of(story, night) for story in self.ticker(night)}}
        for story in self.stories:
            if story.night in nights:
                seen.setdefault("new", set()).add(path_of(story, story.night))
            for change in story.changes:
                if change.seen_on == night:
                    kind = {"gone": "deleted", "back": "restored"}.get(change.kind, change.kind)
                    seen.setdefault(kind, set()).add(path_of(story, night))
        return Expected(**{kind: frozenset(paths) for kind, paths in seen.items()})

    def _lit_again(self, night: int) -> int:
        """The first night from this one on that the paper can be read."""
        while self.is_dark(night):
            night += 1
        return night


def path_of(story: Story, night: int) -> str:
    """The story's address on a night, from the root on."""
    if story.place == "archive":
        return f"/archive/2025/how-the-old-quay-was-built-{1_000_000 + story.number}.html"
    moved = "-again" if story.after(night, "moved") else ""
    serial = story.night * 1000 + story.number
    return f"/{story.section}/2026/11/what-the-town-says-{100_000 + serial}{moved}.html"


# Six nights with a little of everything.
SHORT = Script(
    nights=6,
    first=6,
    daily=2,
    archive=5,
    archive_news=2,
    archive_night=3,
    paged=0,
    redesign=3,
    outage=4,
    blocked=5,
    torn_feed=2,
    lost_feed=3,
    changes=(
        Change(2, "loud", (1, 0)),
        Change(2, "silent", (1, 1)),
        Change(2, "gone", (1, 3)),
        Change(3, "back", (1, 3)),
        Change(3, "moved", (2, 1)),
        Change(3, "gone", (2, 0), status=410),
    ),
)

# Two nights without anything new.
STILL = Script(
    nights=2, first=8, daily=0, archive=5, archive_news=0, archive_night=9, paged=0, redesign=9, outage=0, blocked=0,
    torn_feed=0, lost_feed=0, all_tagged=True, changes=(),
)  # fmt: skip
