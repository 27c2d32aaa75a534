"""What the page says about the story: section, tags, image, canonical address, time of the last change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from newsspider.addresses import canonical, parts_of
from newsspider.split.dates import Moment, read_stamp
from newsspider.split.headline import Headline
from newsspider.split.jsonld import as_list, plain, text_of
from newsspider.split.likeness import letters, same_text
from newsspider.split.machine import Given, Machine
from newsspider.split.published import FIRST_YEAR, latest_moment
from newsspider.split.table import Page

_LONGEST_NAME, _MOST_TAGS = 80, 40
_CUT = re.compile(r"\s*[>›»→/|]\s*")
# The first level of a breadcrumb, as sites of CLDR's larger languages call their home page.
_HOME_NAMES = (
    "home|homepage|home page|start|startseite|accueil|inicio|início|página inicial|principal|portada"
    "|página principal"
    "|главная|головна|начало|úvod|domov|hlavná stránka|naslovna|naslovnica|kezdőlap|főoldal|acasă"
    "|prima pagină"
    "|strona główna|etusivu|hem|hjem|forside|forsiden|avaleht|sākums|pradžia|ana sayfa|anasayfa|beranda|utama"
    "|laman utama|trang chủ|หน้าแรก|ទំព័រដើម|ໜ້າຫຼັກ|ホーム|トップ|トップページ|首页|首頁|홈|메인|الرئيسية"
    "|الصفحة الرئيسية|خانه|صفحه اصلی|ہوم|ראשי|עמוד הבית|होम|मुख्य पृष्ठ|হোম|প্রচ্ছদ|முகப்பு|αρχική|mwanzo"
)
_HOME = frozenset(_HOME_NAMES.split("|"))
_NO_NAME = ("undefined", "null", "none", "uncategorized", "tags")  # what systems print for want of one
_SECTION_METAS = (
    "article:section",
    "og:article:section",
    "article.section",
    "parsely-section",
    "cxenseparse:section",
    "section",
    "dc.subject.section",
    "sailthru.section",
)
_TAG_METAS = (
    "news_keywords",
    "article:tag",
    "og:article:tag",
    "parsely-tags",
    "sailthru.tags",
    "cxenseparse:tags",
    "keywords",
)


# ---- section ---------------------------------------------------------------------------------------------
def find_section(page: Page, machine: Machine, headline: Headline | None = None) -> Given[str] | None:
    """The section that the page names for the story: JSON-LD, metas, microdata, then the first level of a
    breadcrumb below home.
    """
    for text, source in _sections(page, machine):
        name = _section_name(text)
        if name and not machine.is_site(name) and not (headline and same_text(name, headline.text)):
            return Given(name, source)
    for names, source in _trails(page, machine):
        name = _below_home(names, machine, headline)
        if name:
            return Given(name, source)
    return None


def _sections(page: Page, machine: Machine) -> Iterator[tuple[str | None, str]]:
    for thing in machine.articles():
        yield text_of(thing.data.get("articleSection")), "json-ld"
    for name in _SECTION_METAS:
        yield machine.meta(name), "meta"
    for number in machine.props("articlesection")[:1]:
        yield machine.prop_text(number), "html"


def _section_name(text: str | None) -> str | None:
    """One section's name of what was given: the first of a list, the first level of a path."""
    if not text or text.startswith("http") or text.casefold() in _NO_NAME:
        return None
    levels = [part for part in _CUT.split(text.partition(",")[0] if text.count(",") > 1 else text) if part]
    levels = [part for part in levels if part.casefold() not in _HOME] or levels
    return levels[0] if levels and len(levels[0]) <= _LONGEST_NAME else None


def _trails(page: Page, machine: Machine) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """Breadcrumbs, each a list of names and addresses."""
    for thing in machine.graph.things:
        if "BreadcrumbList" in thing.types:
            yield list(_crumbs(machine, thing.data.get("itemListElement"))), "json-ld"
    for node in page.nodes:
        if (node.classes and "breadcrumb" in node.classes) or "breadcrumb" in node.attributes.get(
            "aria-label", ""
        ).lower():
            anchors = [a for a in page.anchors if node.number <= a.node <= node.end]
            if anchors:
                yield [(" ".join(a.text.split()), a.href) for a in anchors[:10]], "html"
                return


def _crumbs(machine: Machine, items: Any) -> Iterator[tuple[str, str]]:
    crumbs = [item for item in machine.graph.objects(items) if isinstance(item, dict)]
    for item in sorted(crumbs, key=_position)[:12]:
        inner = machine.graph.resolve(item.get("item"))
        address = inner.get("@id") or inner.get("url") if isinstance(inner, dict) else inner
        name = text_of(item.get("name")) or (text_of(inner.get("name")) if isinstance(inner, dict) else None)
        if name:
            yield name, address if isinstance(address, str) else ""


def _position(item: dict[str, Any]) -> float:
    try:
        return float(item.get("position", 0))
    except (TypeError, ValueError):
        return 0.0


def _below_home(crumbs: list[tuple[str, str]], machine: Machine, headline: Headline | None) -> str | None:
    """The first level of a breadcrumb that is neither home nor the story itself."""
    for i, (name, address) in enumerate(crumbs):
        home = name.casefold().strip(" ›»>/") in _HOME and i == 0
        if home or machine.is_site(name) or (i == 0 and address and _is_root(address)):
            continue
        if headline and letters(name)[:40] == letters(headline.text)[:40]:
            return None
        return name.strip(" ›»>/") if 1 < len(name) <= _LONGEST_NAME else None
    return None


def _is_root(address: str) -> bool:
    parts = parts_of(address)
    return parts.path in ("", "/") and not parts.query


# ---- tags ------------------------------------------------------------------------------------------------
def find_tags(page: Page, machine: Machine) -> Given[tuple[str, ...]] | None:
    """The story's keywords, from the first place that has any: JSON-LD, metas, links with rel=tag."""
    said = [k if isinstance(k, str) else text_of(k) for k in as_list(machine.main.get("keywords"))]
    if tags := _tags(said):
        return Given(tags, "json-ld")
    for name in _TAG_METAS:
        if tags := _tags(machine.metas.get(name, ())):
            return Given(tags, "meta")
    linked = [
        a.text for a in page.anchors if "tag" in page.nodes[a.node].attributes.get("rel", "").lower().split()
    ]
    tags = _tags(linked, cut=False)
    return Given(tags, "html") if tags else None


def _tags(texts: Iterable[str | None], *, cut: bool = True) -> tuple[str, ...]:
    """Distinct tags in order; a text with commas or semicolons is a list of them."""
    found: dict[str, str] = {}
    for text in texts:
        for part in re.split(r"\s*[,;，、؛،]\s*", text) if text and cut else [text or ""]:
            tag = plain(part).strip(" #\"'")
            if 1 < len(tag) <= _LONGEST_NAME and not tag.startswith("http"):
                found.setdefault(tag.casefold(), tag)
    return tuple(found.values())[:_MOST_TAGS]


# ---- image, canonical address ----------------------------------------------------------------------------
def find_image(page: Page, machine: Machine) -> Given[str] | None:
    """The address of the story's main picture."""
    said = (_image_address(image) for image in machine.graph.objects(machine.main.get("image")))
    shared = machine.meta(
        "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail"
    )
    marked = (
        page.nodes[n].attributes.get("content") or page.nodes[n].attributes.get("src")
        for n in machine.props("image")[:1]
    )
    candidates = (
        [(address, "json-ld") for address in said]
        + [(shared, "meta")]
        + [(address, "html") for address in marked]
    )
    for address, source in candidates:
        if address and not address.startswith("data:") and (absolute := page.address(address)):
            return Given(absolute, source)
    return None


def _image_address(image: Any) -> str | None:
    if isinstance(image, dict):
        image = image.get("url") or image.get("contentUrl") or image.get("@id")
    if isinstance(image, list):
        image = next((i for i in image if isinstance(i, str)), None)
    return image if isinstance(image, str) else None


def find_canonical(page: Page, machine: Machine) -> Given[str] | None:
    """The cleaned address that stands for the page: what it names itself, else its own. A home page stands
    for no other page.
    """
    own = page.url
    for address, source in ((page.canonical, "html"), (machine.meta("og:url"), "meta")):
        absolute = page.address(address) if address else None
        if (
            absolute
            and absolute.startswith(("http://", "https://"))
            and (not _is_root(absolute) or own is None or _is_root(own))
        ):
            return Given(canonical(absolute), source)
    return Given(canonical(own), "url") if own else None


# ---- last change -----------------------------------------------------------------------------------------
def find_modified(page: Page, machine: Machine, fetched_at: datetime | None = None) -> Given[str] | None:
    """When the story was last changed, as the page says: ISO 8601 with the zone that it gave. Never after
    ``fetched_at`` (aware).
    """
    latest = latest_moment(fetched_at)
    for text, source in _modified(page, machine):
        moment = read_stamp(text) if text else None
        if moment and _possible(moment, latest):
            return Given(moment.iso(), source)
    return None


def _modified(page: Page, machine: Machine) -> Iterator[tuple[str | None, str]]:
    yield machine.said("dateModified"), "json-ld"
    for name in (
        "article:modified_time",
        "og:article:modified_time",
        "og:updated_time",
        "dcterms.modified",
        "dc.date.modified",
        "last-modified",
        "lastmod",
        "revised",
    ):
        yield machine.meta(name), "meta"
    for number in machine.props("datemodified")[:2]:
        yield machine.prop_text(number), "meta" if page.nodes[number].tag == "meta" else "html"
    for thing in machine.graph.things:
        if len(thing.path) == 0 and thing is not machine.thing:
            yield text_of(thing.data.get("dateModified")), "json-ld"
    for number in page.times[:12]:
        if re.search(r"updat|modif", page.nodes[number].classes):
            yield page.nodes[number].attributes.get("datetime"), "html"


def _possible(moment: Moment, latest: datetime | None) -> bool:
    return moment.day.year >= FIRST_YEAR and (latest is None or not moment.is_after(latest))
