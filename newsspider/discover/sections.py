"""Links of a home or section page: which of them are articles, and which lead to further sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from newsspider.addresses import canonical, parts_of, same_site
from newsspider.discover.judge import ENOUGH, NEVER, is_article, is_service, points, read_path
from newsspider.discover.shapes import Shapes, judged
from newsspider.records import Found, PageLink, Role
from newsspider.source import Source

MOST_SECTIONS = 40  # of one home page
_DEEPEST_SECTION = 3  # parts of its path
_LONGEST_NAME = 40  # characters of a section's name
_HEADLINE = 24  # characters of a link's text from which it may be a headline
_HEADLINE_WITHOUT_SPACES = 10
Grouped = Mapping[str, Sequence[PageLink]]


def read_links(
    links: Sequence[PageLink],
    page_url: str,
    source: Source,
    *,
    is_home: bool | None = None,
    shapes: Shapes = MappingProxyType({}),
) -> list[Found]:
    """The articles of a page in its order; on the home page of a source without ``sections`` those as well.

    ``is_home``: whether this is the source's home page, where the address does not show it (it redirects). ``shapes``:
    what is known of the site's addresses; it goes before what they look like. Links to other registered domains, to
    services, files, calendars and other pages of the same list are left out; each address comes once.
    """
    grouped = _by_address(links, page_url, source)
    articles = {url: group for url, group in grouped.items() if _leads_to_article(url, group, source, shapes)}
    found = [Found(url) for url in articles]
    home = canonical(page_url) == canonical(source.home) if is_home is None else is_home
    if home and not source.discover.sections:
        rest = {url: group for url, group in grouped.items() if url not in articles}
        found += [Found(url, Role.SECTION) for url in _sections(rest, source)]
    return found


def _by_address(links: Iterable[PageLink], page_url: str, source: Source) -> Grouped:
    """All links to each page of the site, without those to this page and the home page."""
    grouped: dict[str, list[PageLink]] = {}
    own = {canonical(page_url), canonical(source.home)}
    for link in links:
        url = canonical(link.url)
        if url not in own and same_site(url, source.home):
            grouped.setdefault(url, []).append(link)
    return grouped


def _leads_to_article(url: str, links: Iterable[PageLink], source: Source, shapes: Shapes) -> bool:
    """By the source's pattern; else by what pages with such addresses were; else by the address together with the best
    of the texts that link to it.
    """
    if source.discover.articles is not None:
        return is_article(url, source)
    found = points(url)
    if found > NEVER and (known := judged(url, shapes)) is not None:
        return known
    return found > NEVER and found + max(map(_of_link, links)) >= ENOUGH + 1


def _of_link(link: PageLink) -> int:
    """Points for how a link stands on its page: headlines are long, names of sections short."""
    length = len(link.text)
    in_menu = link.part in ("nav", "footer")
    if length >= _HEADLINE or (length >= _HEADLINE_WITHOUT_SPACES and _is_without_spaces(link.text)):
        return 1 if in_menu else 2
    if not length:
        return 1  # a picture
    return -1 if in_menu else 0


def _is_without_spaces(text: str) -> bool:
    return not text.isascii() and text.count(" ") < len(text) / 12


def _sections(grouped: Grouped, source: Source) -> list[str]:
    """Addresses that the menus name, those with a short path first; without menus, those of one part."""
    home = _host(canonical(source.home))
    depths = {url: _section_depth(url, home) for url, links in grouped.items() if _is_named(links)}
    candidates = sorted((url for url, depth in depths.items() if depth), key=depths.__getitem__)
    in_menus = [url for url in candidates if any(link.part in ("nav", "header") for link in grouped[url])]
    sections = in_menus or [url for url in candidates if depths[url] == 1 and points(url) < ENOUGH]
    return sections[:MOST_SECTIONS]


def _section_depth(url: str, home: str) -> int:
    """How many parts the path of a possible section has; 0 where it can be none."""
    parts = parts_of(url)
    path, segments = read_path(parts.path)
    if parts.query or _host(url) != home or len(segments) > _DEEPEST_SECTION:
        return 0
    return 0 if is_service(path, segments) or points(url) == NEVER else len(segments)


def _is_named(links: Iterable[PageLink]) -> bool:
    return any(0 < len(link.text) <= _LONGEST_NAME for link in links)


def _host(url: str) -> str:
    return parts_of(url).netloc.removeprefix("www.")
