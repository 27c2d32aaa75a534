"""A page of the browser as its elements: what they say and where their links lead."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class Elements(HTMLParser):
    """The elements of a page: tag, attributes, and the text that stands in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))
        if tag not in ("meta", "link", "input", "br", "img", "wbr"):
            self._open.append(len(self.found) - 1)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self.found[self._open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for index in self._open:
            self.found[index][2].append(data)

    def texts(self, tag: str, **attrs: str) -> list[str]:
        """The texts of the elements with that tag and these attributes (``class_`` for ``class``, ``data_l`` for ``data-l``)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            " ".join("".join(text).split())
            for name, own, text in self.found
            if name == tag and all(value in (own.get(key) or "").split() for key, value in wanted.items())
        ]

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        """The attributes of the elements with one of these tags."""
        return [own for tag, own, _ in self.found if tag in tags]

    def links(self) -> dict[str, str | None]:
        """Where the links lead, by their text."""
        return {
            " ".join("".join(text).split()): own.get("href") for tag, own, text in self.found if tag == "a"
        }


async def read(datasette: Any, path: str, status: int = 200) -> tuple[Elements, Any]:
    answer = await datasette.client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return Elements(answer.text), answer
