"""Which source a capture is of, where another crawler made it: the one of its site, or a new one."""

from __future__ import annotations

import re

from newsspider import clock
from newsspider.addresses import absolute, parts_of, site
from newsspider.source import Source
from newsspider.store import Store

_ODD = re.compile(r"[^a-z0-9.-]+")


class Hosts:
    """The sources of an archive by site. Those of source files go before those that the archive alone knows."""

    def __init__(self, store: Store, files: list[Source], forced: str | None = None) -> None:
        """``forced``: the ID of the source that everything is of."""
        self.sources = {source.id: source for source in (*store.sources(), *files)}
        self.made: list[str] = []  # IDs of sources that were not known
        self._store = store
        self._forced = forced
        self._by_site: dict[str, list[Source]] = {}
        for source in self.sources.values():
            self._by_site.setdefault(site(source.home), []).append(source)

    def source_of(self, url: str) -> str | None:
        """The ID of the source of an address; None where that is no http or https address."""
        home = absolute(None, url)
        if home is None:
            return None
        if self._forced:
            return self._made(self._forced, home)
        mine = self._by_site.get(site(home), ())
        if not mine:
            return self._made(clean_id(site(home)), home)
        return max(mine, key=lambda source: len(source.home) * home.startswith(source.home)).id

    def let_wait(self) -> int:
        """Let the captures of pages that nothing has read wait to be read; returns how many."""
        found = {capture: self.source_of(url) for capture, url in self._store.strays().items()}
        waiting = {capture: source for capture, source in found.items() if source is not None}
        if waiting:
            self._store.let_wait(waiting)
        return len(waiting)

    def _made(self, name: str, url: str) -> str:
        if name not in self.sources:
            parts = parts_of(url)
            source = Source(name, parts.netloc, f"{parts.scheme}://{parts.netloc}/")
            self.sources[name] = source
            self.made.append(name)
            self._by_site.setdefault(site(url), []).append(source)
            self._store.sync_sources([source], clock.now(), crawled=False)
        return name


def clean_id(name: str) -> str:
    """A site's name as a source's ID."""
    name = _ODD.sub("-", name.lower()).strip("-.").replace(".", "-") or "site"
    return f"{name}-site" if name == "news" else name
