"""Invented articles that live through scripted edits, and what an archive should report of each.

Every article is one page of the invented kinds of sites; each of its versions is fetched a day after the one before.
What changes is either the article (``CHANGES``) or something around or between its words (``NOISE``), of which an archive
should report nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from invented.pages import ALL, FORMS, Form, draw
from invented.stories import Block, Story, Writer

BASE = "https://www.paper.example"
_FORMS = tuple(form for form in FORMS if form.name != "paywall")
CHANGES = ("headline", "summary", "kicker", "byline", "section", "published", "typo", "rewritten", "added", "removed",
           "deleted", "restored", "moved")  # fmt: skip
NOISE = ("blanks", "advert", "counter", "ago", "boxes", "comments", "invisible", "forms")
_BODY = frozenset({"typo", "rewritten", "added", "removed"})
_AGO = {
    "en": "{} hours ago", "de": "vor {} Stunden", "fr": "il y a {} heures", "es": "hace {} horas", "it": "{} ore fa",
    "pt": "há {} horas", "ru": "{} часов назад", "uk": "{} годин тому", "pl": "{} godz. temu", "tr": "{} saat önce",
    "ar": "منذ {} ساعات", "zh": "{}小时前", "ja": "{}時間前", "ko": "{}시간 전", "vi": "{} giờ trước", "id": "{} jam yang lalu",
    "th": "{} ชั่วโมงที่แล้ว", "hi": "{} घंटे पहले", "fa": "{} ساعت پیش", "he": "לפני {} שעות", "el": "πριν από {} ώρες",
    "sw": "saa {} zilizopita", "km": "{} ម៉ោងមុន", "bn": "{} ঘণ্টা আগে",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """One fetch of an article's page: exchanges (path, status, body), the edit's name, and what is to be reported of it:
    kind, field that changed, whether silent; None: nothing.
    """

    edit: str
    exchanges: tuple[tuple[str, int, bytes], ...]
    content_type: str
    expected: tuple[str, str | None, bool] | None = None


@dataclass
class Life:
    """An article through its versions."""

    number: int
    form: Form
    code: str
    random: Random
    writer: Writer
    story: Story
    path: str
    gone: bool = False
    noise: dict[str, int] = field(default_factory=dict)  # what now stands around the article: kind, number

    @classmethod
    def begin(cls, number: int) -> Life:
        """The article of a number: its kind of site and language go by turns."""
        form = _FORMS[number % len(_FORMS)]
        codes = form.languages.split()
        code = codes[number // len(_FORMS) % len(codes)]
        writer = Writer(code, f"history/{number}", form.path)
        story = writer.story(form.extras.split(), form.paragraphs, filed="dateline" not in form.lacks)
        story.number, story.slug = 1_000_000 + number, f"{story.slug}-{number}"
        path = form.path.format(id=story.number, slug=story.slug, day=story.published.day)
        return cls(number, form, code, Random(f"life/{number}"), writer, story, path)

    def has(self, name: str) -> bool:
        """Whether such pages show a field."""
        return name in ALL and name not in self.form.lacks.split()

    def versions(self, edits: int, noise: float) -> Iterator[Version]:
        """The first state, and so many edits, of which a share is noise."""
        yield self._shown("first")
        for _ in range(edits):
            if self.gone:
                yield self._restore()
            elif self.random.random() < noise:
                yield self._noise(self.random.choice(NOISE))
            else:
                yield self._change(self.random.choice([name for name in CHANGES if self._can(name)]))

    def _can(self, name: str) -> bool:
        if name == "restored":
            return False  # comes by itself after what was deleted
        if name in ("summary", "kicker", "section"):
            return self.has(name)
        if name == "byline":
            return not self.form.desk
        return name not in _BODY or len(self._texts()) > (4 if name == "removed" else 0)

    def _texts(self) -> list[Block]:
        """Paragraphs that can be edited: not the first, which a dateline stands before."""
        return [block for block in self.story.blocks if block.kind == "text" and not block.pieces][1:]

    # ---- changes ---------------------------------------------------------------------------------
    def _change(self, name: str) -> Version:
        if name == "deleted":
            self.gone = True
            gone = (self.path, 404, b"<title>Not found</title><h1>Not found</h1>")
            return Version(name, (gone,), "text/html", ("deleted", None, False))
        if name == "moved":
            return self._move()
        self.story = deepcopy(self.story)
        getattr(self, f"_{name}")()
        loud = self.has("modified") and self.random.random() < 0.5
        if loud:
            self.story.changed += timedelta(hours=self.random.randint(1, 9))
        shown = self._shown(name)
        return Version(
            name, shown.exchanges, shown.content_type, ("edited", "body" if name in _BODY else name, not loud)
        )

    def _restore(self) -> Version:
        self.gone = False
        shown = self._shown("restored")
        return Version("restored", shown.exchanges, shown.content_type, ("restored", None, False))

    def _move(self) -> Version:
        before = self.path
        self.story = deepcopy(self.story)
        self.story.slug += "-again"
        self.path = f"/moved{len(before)}{before}"
        shown = self._shown("moved")
        hop = (before, 301, self.path.encode())
        return Version("moved", (hop, *shown.exchanges), shown.content_type, ("moved", "url", False))

    def _headline(self) -> None:
        self.story.headline = self.writer.new(self.writer.pieces["headlines"])

    def _summary(self) -> None:
        self.story.summary = self.writer.new(self.writer.pieces["summaries"])

    def _kicker(self) -> None:
        others = [kicker for kicker in self.writer.pieces["kickers"] if kicker != self.story.kicker]
        self.story.kicker = self.random.choice(others)

    def _byline(self) -> None:
        others = [name for name in self.writer.authors + self.writer.others if name not in self.story.people]
        self.story.people = [self.random.choice(others), *self.story.people[:1]][: self.random.randint(1, 2)]

    def _section(self) -> None:
        others = [name for name in self.writer.pieces["sections"] if name != self.story.section]
        self.story.section = self.random.choice(others)

    def _published(self) -> None:
        changed = self.story.modified
        self.story.published += timedelta(hours=self.random.choice([-30, -5, 1]))
        self.story.changed = changed - self.story.published  # the last change stays when it was

    def _typo(self) -> None:
        """A letter is lost."""
        block = self.random.choice(self._texts())
        letters = [i for i in range(1, len(block.text) - 1) if block.text[i].isalpha()]
        place = self.random.choice(letters)
        self._set(block, block.text[:place] + block.text[place + 1 :])

    def _rewritten(self) -> None:
        self._set(self.random.choice(self._texts()), self.writer.paragraph(2))

    def _added(self) -> None:
        behind = self.story.blocks.index(self.random.choice(self._texts()))
        self.story.blocks.insert(behind + 1, Block("text", self.writer.paragraph(2)))

    def _removed(self) -> None:
        self.story.blocks.remove(self.random.choice(self._texts()))

    def _set(self, block: Block, text: str) -> None:
        self.story.blocks[self.story.blocks.index(block)] = Block(block.kind, text)

    # ---- noise -----------------------------------------------------------------------------------
    def _noise(self, name: str) -> Version:
        self.noise[name] = self.random.randint(2, 11)
        if name == "boxes":
            self.story = deepcopy(self.story)
            self.story.ticker, self.story.related = self.writer.links(4), self.writer.links(3)
            self.story.mostread, self.story.latest = self.writer.links(5), self.writer.links(5)
        shown = self._shown(name)
        return Version(name, shown.exchanges, shown.content_type)

    def _shown(self, edit: str) -> Version:
        story = deepcopy(self.story)
        if number := self.noise.get("invisible"):
            story.blocks = [self._changed(block, _invisible(block.text, number)) for block in story.blocks]
        if number := self.noise.get("forms"):
            story.blocks = [
                self._changed(
                    block,
                    unicodedata.normalize(("NFC", "NFD")[number % 2], block.text).replace(
                        " ", "\u00a0", number
                    ),
                )
                for block in story.blocks
            ]
        content_type, page = draw(
            self.form, self.code, story, BASE, self.path, lambda html: self._around(html)
        )
        return Version(edit, ((self.path, 200, page),), content_type)

    @staticmethod
    def _changed(block: Block, text: str) -> Block:
        return Block(block.kind, text) if block.kind == "text" and not block.pieces else block

    def _around(self, html: str) -> str:
        """The page with what stands around the article's words now."""
        label, noise = self.writer.pieces["label"], self.noise
        if number := noise.get("blanks"):
            html = re.sub(
                r"(?<=[^\s>]) (?=[^\s<=])",
                " " * number,
                html.replace("</p>", "</p>\n" + " " * number),
                count=40,
            )
        meta = ""
        if number := noise.get("counter"):
            meta += f'<span class="views">{label["comments"]}: {number * 37}</span>'
        if number := noise.get("ago"):
            meta += f'<span class="time-ago">{_AGO[self.code].format(number)}</span>'
        if meta:
            html = html.replace("</h1>", f'</h1><div class="meta">{meta}</div>', 1)
        if number := noise.get("advert"):
            link = f'<a href="https://shop.example/{number}">Umbrellas -{number}%</a>'
            html = html.replace(
                "</p>", f'</p><div class="ad-slot"><small>{label["advert"]}</small>{link}</div>', 1
            )
        if number := noise.get("comments"):
            said = "".join(
                f'<li class="comment"><b>quill{n}</b><p>{self.writer.pieces["sentences"][n]}</p></li>'.replace(
                    "{", ""
                ).replace("}", "")
                for n in range(number % 3 + 1)
            )
            html = html.replace(
                "</body>",
                f'<section id="comments"><h3>{label["comments"]}</h3><ul>{said}</ul></section></body>',
            )
        return html


def _invisible(text: str, number: int) -> str:
    """Zero-width spaces and soft hyphens between letters."""
    pieces = [text[i : i + number] for i in range(0, len(text), number)]
    return ("\u200b", "\u00ad")[number % 2].join(pieces)


def lives(count: int) -> Iterator[Life]:
    """So many articles."""
    return (Life.begin(number) for number in range(count))
