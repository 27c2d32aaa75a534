"""What a page's machine data says its headline is: JSON-LD, the titles for sharing and the title, whole and in runs of
their segments, for a title carries the names of section and site, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from newsspider.addresses import parts_of
from newsspider.split.jsonld import plain
from newsspider.split.likeness import letters, likeness
from newsspider.split.machine import Machine
from newsspider.split.table import Page

LONGEST = 400  # characters of a headline or title

# What joins a headline to a section or a site: dashes, bars, dots, arrows, stars between blanks; some without.
_DASHES, _BARS = (
    "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d",
    "|\uff5c\u2223\u2758\u00a6\u2016\u2502\u01c0«»‹›＜＞",
)
SEPARATOR = re.compile(
    rf"\s+[{_DASHES}{_BARS}:：·•●◦∙/<>_~～*＊►▶▸◄■◆★☆⋆→←]+\s+|\s*[{_BARS}]+\s*|:\s+|\s*(?:：|_|--|——)\s*|\s+-|-\s+"
    r"|(?<=[\u3040-\u9fff\uff00-\uff5e\uac00-\ud7a3”」』）])[-—](?=[\u3040-\u9fff\uac00-\ud7a3])"
)
# What sites call the segment of a title, or the h1, that is a section or a template: "news", "article".
GENERIC = frozenset(
    (
        "news article articles story home blog post nachrichten artikel aktuelles neuigkeiten noticias noticia artículo"
        " notícias notícia artigo actualités actualité article notizie notizia articolo nieuws nieuwsbericht nyheter nyhet"
        " nyheder frétt fréttir uutiset uutinen uudised ziņas naujienos wiadomości artykuł zprávy článek správy článok hírek cikk"
        " știri articol vijesti vesti вести novice новости статья новини стаття статия навіны ειδήσεις άρθρο lajme haberler haber"
        " xəbərlər yangiliklar жаңалықтар ახალიამბები լուրեր أخبار اخبار الأخبار مقال مقالات خبر خبرها خبریں חדשות כתבה समाचार"
        " खबरें লেখা খবর সংবাদ செய்திகள் వార్తలు ವಾರ್ತೆ വാർത്തകൾ පුවත් ข่าว ຂ່າວ ព័ត៌មាន សំឡេង သတင်း berita artikel tintức bàiviết"
        " balita habari makala labarai ìròyìn izindaba iindaba wararka ዜና amakuru vaovao ニュース 記事 新闻 新聞 正文 资讯"
        " 뉴스 기사 기사본문 мэдээ detail details single"
    ).split()
)
_EXTENSION = re.compile(r"\.\w{2,5}$")
_WORDS = re.compile(r"[^\W\d_][-_ ][^\W\d_]")


class Witnesses:
    """What the page's machine data says its headline is."""

    def __init__(self, page: Page, machine: Machine) -> None:
        self.said = machine.said("headline") or (machine.said("name") if machine.main else None)
        shared = machine.meta("og:title"), machine.meta("twitter:title")
        self.whole = [
            (t, w) for t, w in ((self.said, "json-ld"), (shared[0], "meta"), (shared[1], "meta")) if t
        ]
        self.titles = list(dict.fromkeys(t for t in (self.said, *shared, unescaped(page.title)) if t))
        self._runs: dict[str, str] = {}
        for title in self.titles:
            for run in runs(title):
                self._runs.setdefault(letters(run), run)

    def support(self, text: str) -> float:
        """How well the best run of segments of a witness bears a text out, 0 to 1."""
        if letters(text) in self._runs:
            return 1.0
        return max((likeness(text, run) for run in self._runs.values()), default=0.0)

    def has(self, text: str) -> bool:
        """Whether a run of segments of a witness has the same letters."""
        return letters(text) in self._runs


def names_of_address(url: str) -> set[str]:
    """The letters of an address's last part, and of its last two, where these are words: systems make them of the headline."""
    parts = [unquote(part) for part in parts_of(url).path.split("/") if part]
    if not parts:
        return set()
    last = _EXTENSION.sub("", parts[-1])
    names = last, " ".join([*parts[-2:-1], last])
    return {plain_letters(name) for name in names if _WORDS.search(name)}


def plain_letters(text: str) -> str:
    """The letters of a text without accents, which addresses lack."""
    return letters("".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)))


def runs(title: str) -> Iterator[str]:
    """A title and all runs of neighbouring segments of it, cut at the marks that join a headline to a section
    or a site.
    """
    title = title[:LONGEST]
    yield title
    cuts = [(0, 0), *((m.start(), m.end()) for m in SEPARATOR.finditer(title)), (len(title), len(title))][:14]
    for i, (_, start) in enumerate(cuts[:-1]):
        for end, _ in cuts[i + 1 :]:
            run = title[start:end].strip()
            if run and run != title:
                yield run


def unescaped(text: str) -> str:
    """A text without what was escaped twice."""
    return plain(text) or text if "&" in text or "<" in text else text


def has_section(run: str) -> bool:
    """Whether the first or the last segment of a run only says "news" or the like."""
    parts = [letters(part) for part in SEPARATOR.split(run)]
    return parts[0] in GENERIC or parts[-1] in GENERIC
