"""The section of a story: what the page's data names, the first level of its breadcrumb, the category over its
headline, the entry of the menu that is marked or that its address stands under, and last the address itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from newsspider.addresses import parts_of
from newsspider.split.classwords import ClassWords
from newsspider.split.headline import Headline
from newsspider.split.jsonld import text_of
from newsspider.split.likeness import letters
from newsspider.split.machine import Given, Machine, is_listed
from newsspider.split.table import Anchor, Page
from newsspider.split.text import weight

LONGEST_NAME = 80
_CUT = re.compile(r"\s*[>›»→/|]\s*")
_MARKS = " ›»>/|:：·"
_STROKES = re.compile(r"[›»>/→▸▶]")
# The first level of a breadcrumb, as sites of CLDR's larger languages call their home page.
_HOME_NAMES = (
    "home|homepage|home page|start|startseite|accueil|inicio|início|página inicial|principal|portada"
    "|página principal|portada|hasiera|tuisblad"
    "|главная|главная страница|головна|на главную|начало|начална страница|почетна|почетна страница|үй|басты бет|нүүр"
    "|úvod|domov|domů|hlavná stránka|hlavní stránka|naslovna|naslovnica|početna|kezdőlap|főoldal|címlap|acasă|ballina"
    "|prima pagină|strona główna|etusivu|hem|hjem|forside|forsiden|forsíða|heim|avaleht|esileht|sākums|pradžia"
    "|ana sayfa|anasayfa|ana səhifə|bosh sahifa|beranda|utama|laman utama|trang chủ|nyumbani|mwanzo|gida"
    "|หน้าแรก|หน้าหลัก|ទំព័រដើម|ໜ້າຫຼັກ|ໜ້າທຳອິດ|ပင်မစာမျက်နှာ|ホーム|トップ|トップページ|首页|首頁|主页|홈|메인"
    "|الرئيسية|الصفحة الرئيسية|خانه|صفحه اصلی|صفحه نخست|ہوم|صفحۂ اول|ראשי|עמוד הבית|דף הבית"
    "|होम|मुख्य पृष्ठ|गृहपृष्ठ|मुखपृष्ठ|হোম|প্রচ্ছদ|মূলপাতা|முகப்பு|హోం|ഹോം|ಮುಖಪುಟ|હોમ|මුල් පිටුව"
    "|αρχική|αρχική σελίδα|მთავარი|գլխավոր|ዋና ገጽ"
)
_HOME = frozenset(_HOME_NAMES.split("|"))
_NO_NAMES = (  # what systems print for want of one
    "undefined|null|none|uncategorized|uncategorised|tags|sin categoría|sin categoria|sem categoria|non classé"
    "|non classifié|senza categoria|allgemein|unkategorisiert|geen categorie|bez kategorii|nezařazené|без рубрики"
    "|genel|未分类|未分類|غير مصنف|article|artikel|beitrag|story|post|blogpost|page|node|content|anzeige|advertisement"
)
_NO_NAME = frozenset(_NO_NAMES.split("|"))
_METAS = (
    "article:section", "og:article:section", "article.section", "article_section", "parsely-section",
    "cxenseparse:section", "mrf:sections", "section", "sections", "dc.subject.section", "sailthru.section",
    "category",
)  # fmt: skip
# How sites head a breadcrumb.
_HERE = re.compile(
    r"\W{0,3}(?:you(?:'|’| a)re here|sie (?:sind|befinden sich) hier|vous êtes ici|est[áa]s? (?:en|aquí)"
    r"|usted está (?:en|aquí)|você está (?:aqui|em)|tu sei qui|ti trovi (?:qui|in)|sei in|u bevindt zich hier|u bent hier"
    r"|du är här|du er her|olet täällä|olet tässä|jesteś (?:tutaj|w)|nacházíte se|nachádzate sa|вы (?:здесь|находитесь)"
    r"|ви (?:тут|знаходитесь)|βρίσκεστε εδώ|buradasınız|anda di sini|bạn đang ở|คุณอยู่ที่|当前位置|您?的?(?:当前|现在"
    r"|目前|所在)的?位置"
    r"|您的位置|您的位置|現在位置|現在地|현재 ?위치|أنت هنا|شما اینجا هستید|आप यहाँ हैं)",
    re.IGNORECASE,
)
_CATEGORY = ClassWords(
    r"(?<![a-z])(?:td-category|taxonomy-category|cat-links|entry-categor(?:y|ies)|post-categor(?:y|ies)|meta-category|article-category"
    r"|jeg_meta_category|post-cats?|entry-cats?|article-section|story-section|entry-group-labels|section-name|rubrik|rubrique|sezione"
    r"|ressort)(?![a-z])"
)
# What a label over the headline is called: more words, since nothing else stands there.
_OVER = ClassWords(
    r"(?<![a-z])(?:categor(?:y|ies|ia|ie|ize\w*)|kategori(?:e|en|a)?|cats?|(?<=[a-z][-_])section|section[-_](?:name|label|title)"
    r"|sezione|seccion|secao|ressort|rubri[ckq]\w*|taxonomy)(?![a-z])"
)
_CURRENT = ClassWords(
    r"(?<![a-z-])(?:current[-_](?:menu|post|page|category)[-_](?:item|parent|ancestor)|active|is-active|selected"
    r"|is-selected|is-current|current)(?![a-z])"
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_HOME_PATH = re.compile(r"/(?:index|home|default|portal|main|[\d,._-]+)(?:\.\w{2,5})?/?", re.IGNORECASE)
_SEGMENT = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,2}")
# Segments of addresses that all stories of a site share.
_SHARED_WORDS = (
    "news|mnews|mobile|wire|viewer|portal|main|default|print|app|apps|cms|static|files|data|feed|article|articles|story|stories|post|posts|blog|blogs|archive|archives|node|content|contents|item|detail"
    "|details|read|view|amp|index|home|web|site|sites|public|page|pages|category|categories|section|sections|tag|tags"
    "|author|video|videos|watch|gallery|photos|photo|live|media|newsroom|press|print|feature|features|newsdetail"
    "|noticia|noticias|nota|notas|articulo|articulos|artigo|artigos|notícia|notícias|artikel|artikelen|nachrichten"
    "|meldung|beitrag|actualite|actualites|actu|actus|info|infos|notizie|notizia|articolo|articoli|nieuws|nyheter"
    "|nyhet|nyheder|uutiset|uutinen|artikkeli|wiadomosci|artykul|clanek|clanky|zpravy|spravy|hir|hirek|cikk|stiri"
    "|ultimas-noticias|latest-news|breaking-news|vijesti|vesti|novosti|novost|haber|haberler|berita|baca|tin-tuc"
    "|bai-viet|habari|khabar|новости|новини"
)
_SHARED = frozenset(_SHARED_WORDS.split("|"))
_MOST_CRUMBS = 12
_LABEL = 40  # characters of a menu's entry or a category's name
_BEFORE = 12  # blocks before the headline in which its category can stand
_BEHIND = 6  # blocks behind it in which it can stand, where it is marked as a category
_OVER_WITHIN = 4  # in which a label can stand that is no category by its markup


def find_section(page: Page, machine: Machine, headline: Headline | None = None) -> Given[str] | None:
    """The section that the page names for the story, from the first place that has one."""
    return _Finder(page, machine, headline).find()


def read_section(page: Page, machine: Machine) -> str | None:
    """The section that a page's only text names: a label, or a breadcrumb."""
    trail = _as_trail(page.anchors)
    if len(trail) > 1:
        return _Finder(page, machine, None)._below_home(trail)
    return section_name(page.text_of(0).strip(_MARKS))


class _Finder:
    """Looks through one page."""

    def __init__(self, page: Page, machine: Machine, headline: Headline | None) -> None:
        self.page, self.machine, self.headline = page, machine, headline
        self.places = [anchor.node for anchor in page.anchors]

    def find(self) -> Given[str] | None:
        for text, source in self._said():
            name = section_name(text)
            if name and self._names_one(name):
                return Given(name, source)
        for names, source in self._trails():
            if name := self._below_home(names):
                return Given(name, source)
        for anchor in self._categories():
            if self._is_place(anchor):
                return Given(_label(anchor), "html")
        if label := self._over_headline():
            return Given(label, "html")
        for anchor in self._current():
            if self._is_place(anchor):
                return Given(_label(anchor), "html")
        return self._by_address()

    def _names_one(self, name: str) -> bool:
        """Whether it is neither the site nor the story."""
        return not self.machine.is_site(name) and not (
            self.headline and letters(name)[:40] == letters(self.headline.text)[:40]
        )

    def _is_home(self, name: str, address: str) -> bool:
        return name.casefold() in _HOME or (address != "" and (is_root(address) or _is_home_page(address)))

    def _is_place(self, anchor: Anchor) -> bool:
        """Whether an entry of a menu or a category can be a section: no figure, home or language."""
        name, path = _label(anchor), _path(anchor.href)
        around = self.page.chain(anchor.node, 5)
        return (
            2 < len(name) + (not name.isascii()) <= _LABEL
            and not name.isdecimal()
            and name.casefold() not in _NO_NAME
            and not self._is_home(name, anchor.href)
            and not _LANGUAGE.fullmatch(path)
            and not any("lang" in node.classes or "hreflang" in node.attributes for node in around)
            and self._names_one(name)
        )

    # ---- what the page's data names ------------------------------------------------------------------
    def _said(self) -> Iterator[tuple[str | None, str]]:
        machine = self.machine
        for thing in machine.articles():
            if thing is machine.thing or not is_listed(thing):
                yield text_of(thing.data.get("articleSection")), "json-ld"
        for name in _METAS:
            yield machine.meta(name), "meta"
        for number in machine.props("articlesection")[:1]:
            yield machine.prop_text(number), "html"

    # ---- breadcrumbs ---------------------------------------------------------------------------------
    def _trails(self) -> Iterator[tuple[list[tuple[str, str]], str]]:
        """Breadcrumbs, each a list of names and addresses."""
        for thing in self.machine.graph.things:
            if "BreadcrumbList" in thing.types:
                yield list(self._crumbs(thing.data.get("itemListElement"))), "json-ld"
        for node in self.page.nodes:
            label = node.attributes.get("aria-label", "") if node.attributes else ""
            if node.tag in ("html", "body") or not (
                "crumb" in node.classes
                or "breadcrumb" in label.lower()
                or "BreadcrumbList" in node.attributes.get("itemtype", "")
            ):
                continue
            anchors = self._anchors_in(node.number)
            if 0 < len(anchors) <= _MOST_CRUMBS:
                yield _as_trail(anchors), "html"
        for block in self.page.blocks:
            if not block.anchors or len(block.anchors) > _MOST_CRUMBS:
                continue
            trail = _as_trail([self.page.anchors[i] for i in block.anchors])
            if _HERE.match(block.text) or (
                self._is_over(block.number) and self._leads_down(block.text, trail)
            ):
                yield trail, "html"

    def _is_over(self, number: int) -> bool:
        """Whether a block stands close over the headline."""
        start = self.headline.block if self.headline else None
        return start is not None and 0 < start - number <= _BEFORE

    def _leads_down(self, text: str, trail: list[tuple[str, str]]) -> bool:
        """Whether links are a way down from the home page: few, the first home in words or as a picture, arrows or strokes
        between them.
        """
        (name, address), *others = trail
        home = is_root(address) and (not name or self._is_home(name, address))
        return home and 0 < len(others) <= 4 and _STROKES.search(text) is not None

    def _anchors_in(self, number: int) -> list[Anchor]:
        """The links in an element, one more than a breadcrumb may have at most."""
        first = bisect_left(self.places, number)
        last = min(bisect_right(self.places, self.page.nodes[number].end), first + _MOST_CRUMBS + 1)
        return self.page.anchors[first:last]

    def _crumbs(self, items: Any) -> Iterator[tuple[str, str]]:
        graph = self.machine.graph
        crumbs = [item for item in graph.objects(items) if isinstance(item, dict)]
        for item in sorted(crumbs, key=_position)[:_MOST_CRUMBS]:
            inner = graph.resolve(item.get("item"))
            address = inner.get("@id") or inner.get("url") if isinstance(inner, dict) else inner
            name = text_of(item.get("name")) or (
                text_of(inner.get("name")) if isinstance(inner, dict) else None
            )
            if name:
                yield name, address if isinstance(address, str) else ""

    def _below_home(self, crumbs: list[tuple[str, str]]) -> str | None:
        """The first level that is neither home nor the story itself."""
        for i, (written, address) in enumerate(crumbs):
            name = written.strip(_MARKS)
            if self.machine.is_site(name) or (i == 0 and self._is_home(name, address)):
                continue
            if not name and i == 0:  # a picture of a house
                continue
            if not self._names_one(name):
                return None
            return name if 1 < len(name) <= LONGEST_NAME and name.casefold() not in _NO_NAME else None
        return None

    # ---- categories over the headline, the menu ------------------------------------------------------
    def _categories(self) -> Iterator[Anchor]:
        """Links to the story's category: marked so by their relation anywhere outside of menus and boxes, or by
        their classes close to the headline.
        """
        start = self.headline.block if self.headline and self.headline.block is not None else None
        for anchor in self.page.anchors:
            node = self.page.nodes[anchor.node]
            if node.part in ("nav", "aside") or (node.part == "footer" and not self._of_story(node.number)):
                continue
            near = start is not None and -_BEFORE <= anchor.block - start <= _BEHIND
            relation = node.attributes.get("rel", "")
            if not near and "category" not in relation and node.part != "footer":
                continue
            marked = "category" in relation.split() or any(
                n.classes and _CATEGORY.search(n.classes) for n in self.page.chain(anchor.node, 3)
            )
            if marked and (start is None or near or anchor.block > start):
                yield anchor

    def _of_story(self, number: int) -> bool:
        """Whether a node stands in the article element that holds the headline, be it in a footer of that."""
        heading = self.headline.node if self.headline else None
        around = next((node for node in self.page.chain(number) if node.tag in ("article", "main")), None)
        return heading is not None and around is not None and around.number < heading <= around.end

    def _over_headline(self) -> str | None:
        """The label over the headline, an element that is called a category and holds nothing else."""
        start = self.headline.block if self.headline else None
        if start is None:
            return None
        for number in range(start - 1, max(-1, start - 1 - _OVER_WITHIN), -1):
            block = self.page.blocks[number]
            anchors = [self.page.anchors[i] for i in block.anchors]
            lowest = anchors[0].node if anchors else block.node
            named = any(
                node.classes and _OVER.search(node.classes) and self._holds_only(node.number, number)
                for node in self.page.chain(lowest, 3)
            )
            if self.page.nodes[block.node].part in ("nav", "aside", "footer") or not named:
                continue
            if anchors:
                if (
                    _label(anchors[0]) == block.text.strip(_MARKS)
                    and not is_root(anchors[0].href)
                    and self._is_place(anchors[0])
                ):
                    return _label(anchors[0])
            elif self._is_label(block.text):
                return " ".join(block.text.split()).strip(_MARKS)
        return None

    def _holds_only(self, node: int, block: int) -> bool:
        """Whether an element has no other block, be it in the block or around it."""
        return all(inside.number == block for inside in self.page.blocks_in(node))

    def _is_label(self, text: str) -> bool:
        """Whether a text that is no link can be a section's name: a word or three."""
        name = " ".join(text.split()).strip(_MARKS)
        return (
            2 <= weight(name) <= _LABEL
            and len(name.split()) <= 3
            and not any(map(str.isdecimal, name))
            and name.casefold() not in (_NO_NAME | _HOME)
            and self._names_one(name)
        )

    def _current(self) -> Iterator[Anchor]:
        """The entries of menus that are marked as the place where the reader is."""
        for node in self.page.nodes:
            if node.part not in ("nav", "header") or node.tag not in ("li", "a", "div", "span"):
                continue
            marked = node.attributes.get("aria-current", "false") != "false"
            if marked or (node.classes and _CURRENT.search(node.classes)):
                yield from self._anchors_in(node.number)[:1]

    # ---- the address ---------------------------------------------------------------------------------
    def _by_address(self) -> Given[str] | None:
        """The level of the address that the story stands under, as the menu calls it or as it is written there."""
        level = section_level(self.machine.url or self.page.canonical or "")
        if level is None:
            return None
        path, name = level
        for anchor in self.page.anchors:
            if _path(anchor.href) == path and self._is_place(anchor):
                return Given(_label(anchor), "html")
        return Given(name, "url") if self._names_one(name) else None


def section_name(text: str | None) -> str | None:
    """One section's name of what was given: the first of a list, the first level of a path."""
    if not text or text.startswith("http") or text.casefold() in _NO_NAME:
        return None
    text = re.split(r"\s*;\s*", text)[0]
    levels = [part for part in _CUT.split(text.partition(",")[0] if text.count(",") > 1 else text) if part]
    levels = [part for part in levels if part.casefold() not in _HOME] or levels
    return levels[0] if levels and len(levels[0]) <= LONGEST_NAME else None


def section_level(url: str) -> tuple[str, str] | None:
    """The first level of an address that can be a section: its path, and its words. None where the address has
    only dates, languages, or what all stories share.
    """
    segments = [unquote(part) for part in parts_of(url).path.split("/") if part]
    for number, segment in enumerate(segments[:-1]):
        word = segment.casefold()
        if any(character.isdecimal() for character in word):
            return None
        if word in _SHARED or word in _NO_NAME or _LANGUAGE.fullmatch(word) or not _SEGMENT.fullmatch(word):
            continue
        if 3 <= weight(word) <= 30:
            return "/".join(segments[: number + 1]).casefold(), segment.replace("-", " ")
    return None


def is_root(address: str) -> bool:
    """Whether an address is that of a home page."""
    parts = parts_of(address)
    return parts.path in ("", "/") and not parts.query and not (parts.fragment or address.startswith("#"))


def _is_home_page(address: str) -> bool:
    """Whether an address is that of a home page under a name of its own ("/index.html", "/0,0.html")."""
    return _HOME_PATH.fullmatch(parts_of(address).path) is not None


def _path(address: str) -> str:
    return unquote(parts_of(address).path).strip("/").casefold()


def _label(anchor: Anchor) -> str:
    return " ".join(anchor.text.split()).strip(_MARKS)


def _as_trail(anchors: list[Anchor]) -> list[tuple[str, str]]:
    return [(" ".join(anchor.text.split()), anchor.href) for anchor in anchors]


def _position(item: dict[str, Any]) -> float:
    try:
        return float(item.get("position", 0))
    except (TypeError, ValueError):
        return 0.0
