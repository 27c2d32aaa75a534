"""Looking at a site: its home page, robots.txt, feeds, sitemaps and sections, with few requests.

What is looked at is what a crawl of the source would find by itself; where that is nothing, for a new source, the
addresses that feeds and sitemaps usually have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from newsspider import clock, discover, split
from newsspider.addresses import canonical, same_site
from newsspider.coding import TooLarge
from newsspider.errors import PageError
from newsspider.records import Found, Role
from newsspider.runs.sourcing.asking import Asking
from newsspider.runs.sourcing.tries import Try, choose, try_article
from newsspider.runs.visit import is_local
from newsspider.source import Source
from newsspider.split.machine import Machine

# Where feeds and sitemaps are, where nothing says so: WordPress, Blogger and Ghost, Drupal, static sites; sitemaps.org.
_USUAL_FEEDS = ("feed/", "rss", "rss.xml", "feed.xml")
_USUAL_SITEMAPS = ("sitemap.xml", "news-sitemap.xml")
MOST_FEEDS = 4  # of those that are named, that are asked for
MOST_SITEMAPS = 5  # with those that indexes name
MOST_SECTIONS = 2
_REFRESHES = 2  # pages that send a reader on, in a row
_TOMORROW = timedelta(days=1)  # a date that lies further ahead is none


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: where it was in the end, why it could not be read, what it says."""

    url: str
    fault: str | None = None
    private: bool = False  # on this machine or in its network
    name: str | None = None
    language: str | None = None  # as its markup says
    feeds: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()  # articles and sections


@dataclass(frozen=True, slots=True)
class Robots:
    """What the robots.txt of the home page's host says."""

    exists: bool
    delay: float | None = None  # seconds between requests that it asks for
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A page that names articles. ``origin``: who named it (file, home, robots, usual, index)."""

    role: Role
    url: str
    origin: str
    fault: str | None = None  # why it is of no use
    named: tuple[Found, ...] = ()  # pages of the site that it names
    articles: tuple[Found, ...] = ()  # of them those that a crawl takes for articles
    indexed: int = 0  # sitemaps that it names
    is_news: bool = False  # a sitemap that says when its articles were published

    @property
    def newest(self) -> datetime | None:
        """When the newest of its articles is of; in UTC where it says no zone."""
        latest = clock.now() + _TOMORROW
        return max((at for found in self.articles if (at := moment(found)) and at < latest), default=None)


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a site. ``more``: named and not looked at, by role."""

    source: Source
    asked: str  # the address that was given
    home: Home
    robots: Robots
    ways: tuple[Way, ...]
    tries: tuple[Try, ...]
    more: tuple[tuple[Role, int], ...] = ()

    @property
    def useful(self) -> list[Way]:
        """The ways that name articles."""
        return [way for way in self.ways if way.articles]


def moment(found: Found) -> datetime | None:
    """When a feed or sitemap says that an article was published, else changed."""
    said = found.published or found.modified
    try:
        at = datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def look(source: Source, asking: Asking, *, guess: bool, articles: int) -> Look:
    """Look at a source's site and try so many of its articles. ``guess``: whether usual addresses are tried where
    nothing is named.

    Raises ``PageError`` where no page of the site may be fetched: there is no such host, it does not answer, or its
    robots.txt can't be had.
    """
    asked = source.home
    asking.private = is_local(asked)
    try:
        text, delay = asking.robots(asked)
    except PageError as error:
        raise PageError(asked, error.found) from error
    home = _home(source, asking, moves=guess)
    if canonical(home.url) != canonical(asked):
        source = replace(source, home=home.url) if guess else source
        text, delay = _robots_there(asking, home.url)
    sitemaps = tuple(discover.robots_sitemaps(text, urljoin(home.url, "/robots.txt")))
    looker = _Looker(source, asking, home, Robots(bool(text.strip()), delay, sitemaps), guess)
    ways = [*looker.feeds(), *looker.sitemaps(), *looker.sections()]
    chosen = choose([way.articles for way in ways], articles)
    tries = tuple(try_article(found, source, asking) for found in chosen)
    return Look(source, asked, home, looker.robots, tuple(ways), tries, tuple(looker.more))


def _robots_there(asking: Asking, url: str) -> tuple[str, float | None]:
    try:
        return asking.robots(url)
    except PageError:
        return "", None


def _home(source: Source, asking: Asking, *, moves: bool) -> Home:
    """The home page, behind its redirects of any kind. ``moves``: whether the source's pages are those of the site that
    it leads to.
    """
    url = source.home
    try:
        for _ in range(_REFRESHES + 1):
            visited = asking.page(url)
            page = split.open_page(visited.body, visited.url, visited.content_type)
            if not page.refresh or canonical(page.refresh) == canonical(visited.url):
                break
            url = page.refresh
    except PageError as error:
        return Home(source.home, error.found, asking.private)
    article = split.split_page(visited.body, visited.url, content_type=visited.content_type)
    if "blocked" in article.flags:
        return Home(source.home, "is a robot check, a consent or an error page", asking.private)
    url = canonical(visited.url)
    here = replace(source, home=url) if moves else source
    found = discover.read_links(page.links(), url, here, is_home=True)
    return Home(
        url,
        None,
        asking.private,
        _name_of(page),
        page.language,
        tuple(dict.fromkeys(page.feeds)),
        tuple(found),
    )


def _name_of(page: split.Page) -> str | None:
    """What a home page calls its site."""
    machine = Machine(page)
    said = machine.meta("og:site_name", "application-name")
    return " ".join((said or page.title).split()) or None


class _Looker:
    """Follows what a home page and a robots.txt name."""

    def __init__(self, source: Source, asking: Asking, home: Home, robots: Robots, guess: bool) -> None:
        self.robots = robots
        self.more: list[tuple[Role, int]] = []
        self._source = source
        self._asking = asking
        self._home = home
        self._guess = guess

    # ---- feeds ---------------------------------------------------------------------------------------------
    def feeds(self) -> list[Way]:
        """Those of the file, else those that the home page names, else the first at a usual address."""
        given = self._source.discover.feeds
        named, origin = (given, "file") if given else (self._home.feeds, "home")
        ways = [self._way(Role.FEED, url, origin) for url in self._some(Role.FEED, named, MOST_FEEDS)]
        if self._guess and not any(way.articles for way in ways):
            ways += self._usual(Role.FEED, _USUAL_FEEDS, named)
        return ways

    def _usual(self, role: Role, paths: Iterable[str], known: Sequence[str]) -> list[Way]:
        """The first of these addresses that is of use; what is not there is not told."""
        for path in paths:
            url = urljoin(self._home.url, "/" + path)
            if url not in known:
                way = self._way(role, url, "usual")
                if way.articles or way.indexed:
                    return [way]
        return []

    def _some(self, role: Role, named: Sequence[str], most: int) -> Sequence[str]:
        if len(named) > most:
            self.more.append((role, len(named) - most))
        return named[:most]

    # ---- sitemaps ------------------------------------------------------------------------------------------
    def sitemaps(self) -> list[Way]:
        """Those of the file, else those that robots.txt names, else the usual one; of what an index names the newest."""
        given = self._source.discover.sitemaps
        named, origin = (given, "file") if given else (self.robots.sitemaps, "robots")
        ways = self._opened((url, origin) for url in self._some(Role.SITEMAP, named, MOST_SITEMAPS - 1))
        if self._guess and not any(way.articles for way in ways):
            found = self._usual(Role.SITEMAP, _USUAL_SITEMAPS, named)
            ways += found + self._opened(self._children(found), len(found))
        return ways

    def _opened(self, wanted: Iterable[tuple[str, str]], asked: int = 0) -> list[Way]:
        """These sitemaps and, as far as there is room, what they name, an index's best first."""
        ways: list[Way] = []
        waiting = list(wanted)
        while waiting and asked + len(ways) < MOST_SITEMAPS:
            url, origin = waiting.pop(0)
            if all(way.url != url for way in ways):
                ways.append(self._way(Role.SITEMAP, url, origin))
                waiting += self._children(ways[-1:])
        return ways

    def _children(self, ways: Iterable[Way]) -> list[tuple[str, str]]:
        """Of the sitemaps that an index names the two that promise most: news, else what changed last."""
        return [
            (found.url, "index")
            for way in ways
            for found in sorted((f for f in way.named if f.role is Role.SITEMAP), key=_promise, reverse=True)[
                :2
            ]
        ]

    # ---- sections ------------------------------------------------------------------------------------------
    def sections(self) -> Iterator[Way]:
        """The home page, and some of the sections that the file or its menus name."""
        home, given = self._home, self._source.discover.sections
        articles = tuple(f for f in home.found if f.role is Role.ARTICLE and self._is_wanted(f))
        yield Way(Role.SECTION, home.url, "home", home.fault, articles, articles)
        named = tuple(found.url for found in home.found if found.role is Role.SECTION)
        for url in self._some(Role.SECTION, given or named, len(given) or MOST_SECTIONS):
            yield self._way(Role.SECTION, url, "file" if given else "home")

    # ---- one page ------------------------------------------------------------------------------------------
    def _way(self, role: Role, url: str, origin: str) -> Way:
        try:
            found = self._read(role, url)
        except PageError as error:
            return Way(role, url, origin, error.found)
        if found is None:
            return Way(role, url, origin, f"is no {role.value}")
        pages = [one for one in found if one.role is Role.ARTICLE]
        indexed = len(found) - len(pages) if role is Role.SITEMAP else 0
        articles = tuple(one for one in pages if self._is_wanted(one))
        named = tuple(
            one for one in found if one.role is Role.SITEMAP or same_site(one.url, self._source.home)
        )
        is_news = role is Role.SITEMAP and any(one.published for one in pages)
        return Way(
            role,
            url,
            origin,
            _why_none(pages, articles, named, indexed, role),
            named,
            articles,
            indexed,
            is_news,
        )

    def _read(self, role: Role, url: str) -> list[Found] | None:
        """What a page of this role names. Raises ``PageError``."""
        if role is Role.SECTION:
            visited = self._asking.page(url)
            page = split.open_page(visited.body, visited.url, visited.content_type)
            return discover.read_links(page.links(), visited.url, self._source, is_home=False)
        visited = self._asking.listing(url)
        try:
            read = discover.read_feed if role is Role.FEED else discover.read_sitemap
            return read(visited.body, visited.url)
        except TooLarge:
            raise PageError(url, "is too large when it is unpacked") from None

    def _is_wanted(self, found: Found) -> bool:
        return discover.may_be_article(found.url, self._source)


def _why_none(
    pages: Sequence[Found], articles: Sequence[Found], named: Sequence[Found], indexed: int, role: Role
) -> str | None:
    """Why nothing that was named is of use."""
    if articles or indexed:
        return None
    if not pages:
        return "names no article" if role is Role.SECTION else "names nothing"
    if not named:
        return f"names {len(pages)} pages, all of other sites"
    return f"names {len(pages)} pages, none with the address of an article"


def _promise(found: Found) -> tuple[bool, datetime, bool]:
    """How likely a sitemap of an index is to name new articles: news first, then the last changed, then posts."""
    name = found.url.rpartition("/")[2].lower()
    words = ("post", "article", "story", "stories")
    return (
        "news" in name,
        moment(found) or datetime.min.replace(tzinfo=UTC),
        any(word in name for word in words),
    )
