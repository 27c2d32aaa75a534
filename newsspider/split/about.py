"""What the page says about the story: section, tags, image, canonical address, time of the last change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from newsspider.addresses import canonical, parts_of
from newsspider.split.cards import before_links
from newsspider.split.classwords import ClassWords
from newsspider.split.dates import Moment, find_dates, read_stamp, tidy
from newsspider.split.datewords import UPDATED
from newsspider.split.jsonld import as_list, plain, text_of
from newsspider.split.likeness import same_text
from newsspider.split.machine import Given, Machine
from newsspider.split.published import Dates
from newsspider.split.sections import LONGEST_NAME, find_section, is_root
from newsspider.split.table import Anchor, Block, Page
from newsspider.split.text import weight
from newsspider.split.words import TAGGED

__all__ = ["find_canonical", "find_image", "find_modified", "find_section", "find_tags"]

_MOST_TAGS = 40
_TAG_METAS = (
    "news_keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "cxenseparse:tags",
    "mrf:tags", "video:tag",
)  # fmt: skip
_TAG_CUT = re.compile(r"\s*[,;|،、，；؛]\s*|\s+(?=#)")
# What systems and themes call the list of a story's tags, and where lists of tags are the site's.
_TAG_LIST = ClassWords(
    r"(?<![a-z])(?:tags|hashtags|schlagworte|schlagwörter|stichworte|etiquetas|mots-?cles|tag-?list|tag-?links|taglist"
    r"|tags?-?box|etiketler|tagi|(?:article|post|story|entry|news|content|single)[-_]{0,2}"
    r"(?:topics|keywords|themes|temas|themen|labels))(?![a-z])"
)
_TAG_PATH = re.compile(
    r"/(?:tags?|topics?|tagged|hashtag|keywords?|labels?|etiquetas?|temas?|themen|thema|schlagworte?|stichwort|sujets?"
    r"|mots?-cles?|argomenti|argomento|onderwerp|onderwerpen|amne|emne|emner|avainsana|temat|tagi|stitky|cimke|eticheta"
    r"|oznaka|tema|teg|tegi|etiket|konu|chu-de|tu-khoa)/[^/]"
)
_STORY_PATH = re.compile(r"/(?:19|20)\d\d[/-]|(?:[-_][^/]*){3}")  # a year, four words
_OTHERS = ClassWords(
    r"cloud|popular|trend|hot-|menu|navbar|widget|sidebar|related|recommend|card|teaser|most-?read|latest|recent-"
    r"|(?:site|page|main)-?footer|(?<![a-z-])foot(?![a-z])|colophon|comment|promo(?!ted)|filter|ticker"
)
_APART = 15  # blocks between two tags of one list
_TAG_LINK, _TOPIC_LINK = (
    60,
    30,
)  # characters of a link that is marked as tag, and of one that its address tells
_BETWEEN = 5  # characters that part two tags
_TAG_BLOCK = 400  # characters of a line with all of them
_PROSE = 40  # weight of a block that is taken for the story's text
_SAMPLE = 20_000  # characters of it that are looked at
_UPDATE_LINE = 160  # characters of a line that says when the story was changed
_UPDATE_WITHIN = 3000  # blocks that are looked at
_UPDATE_BEFORE = 6  # blocks before the first h1 in which it can stand
_UPDATED = re.compile(rf"(?:{UPDATED})[^\W\d]*", re.IGNORECASE)
_SOON = 24  # characters between such a word and its date
_CHANGE_METAS = (
    "article:modified_time", "og:article:modified_time", "og:modified_time", "article:updated_time", "article:modified",
    "article.updated", "article.modified", "og:updated_time", "updated_time", "dcterms.modified", "dc.date.modified",
    "dc.modified", "date_modified", "datemodified", "date-modified", "modified", "modified_time", "last-modified",
    "last_modified", "lastmodified", "last-updated", "lastmod", "cxenseparse:modifiedtime", "bt:moddate", "revised",
)  # fmt: skip


# ---- tags ------------------------------------------------------------------------------------------------
def find_tags(page: Page, machine: Machine) -> Given[tuple[str, ...]] | None:
    """The story's keywords, from the first place that has any: JSON-LD, metas of tags, the list of links under the
    story, meta ``keywords`` where the story bears them out, links under a heading that says so.
    """
    said = [k if isinstance(k, str) else text_of(k) for k in as_list(machine.main.get("keywords"))]
    if tags := tidy_tags(said, machine):
        return Given(tags, "json-ld")
    for name in _TAG_METAS:
        if tags := tidy_tags(machine.metas.get(name, ()), machine):
            return Given(tags, "meta")
    if tags := tidy_tags((anchor.text for anchor in _linked_tags(page)), machine, cut=False):
        return Given(tags, "html")
    tags = tidy_tags(machine.metas.get("keywords", ()), machine)
    if tags and _borne_out(page, tags):
        return Given(tags, "meta")
    tags = tidy_tags((anchor.text for anchor in _headed_tags(page)), machine, cut=False)
    return Given(tags, "html") if tags else None


def tidy_tags(texts: Iterable[str | None], machine: Machine, *, cut: bool = True) -> tuple[str, ...]:
    """Distinct tags in order, neither the site's name nor the headline; a text with commas or the like is a list of
    them.
    """
    written = [text for text in texts if text]
    if not written:
        return ()
    titles = [
        machine.said("headline"),
        machine.meta("og:title"),
        machine.page.title,
        *_headings(machine.page),
    ]
    found: dict[str, str] = {}
    for text in (TAGGED.sub("", text, count=1) if cut else text for text in written):
        for part in _TAG_CUT.split(plain(text)) if cut else [text]:
            tag = plain(part).strip(" #\"'")
            if (
                1 < len(tag) <= LONGEST_NAME
                and not tag.startswith("http")
                and not machine.is_site(tag)
                and not any(title and same_text(tag, title) for title in titles)
            ):
                found.setdefault(tag.casefold(), tag)
    return tuple(found.values())[:_MOST_TAGS]


def _linked_tags(page: Page) -> list[Anchor]:
    """The links to tags under the story: by their relation or the class of their list, else by their addresses."""
    start = _first_heading(page)
    marked: list[Anchor] = []
    topics: list[Anchor] = []
    for anchor in page.anchors:
        if not 0 < len(anchor.text) <= _TAG_LINK or page.nodes[anchor.node].part in ("nav", "aside"):
            continue
        if _is_marked(page, anchor, anchor.block > start):
            found = marked
        elif anchor.block > start and _is_topic(page, anchor):
            found = topics
        else:
            continue
        near = not found or anchor.block <= found[-1].block + _APART
        if near and not any(n.classes and _OTHERS.search(n.classes) for n in page.chain(anchor.node, 8)[:-2]):
            found.append(anchor)
    return marked or (topics if len(topics) > 1 else [])


def _headed_tags(page: Page) -> list[Anchor]:
    """The links under the first heading behind the headline that says "tags" or "topics", or behind that word in their
    line: short ones, with nothing between.
    """
    for block in page.blocks[_first_heading(page) + 1 :]:
        if len(block.text) > _TAG_BLOCK or page.nodes[block.node].part in ("nav", "aside"):
            continue
        label = before_links(page, block) if block.anchors else block.text
        if not label or not TAGGED.match(label) or _is_others(page, block.node):
            continue
        anchors = [page.anchors[i] for i in block.anchors] or _links_under(page, block)
        tagged = any(_TAG_PATH.search(parts_of(a.href).path) for a in anchors)
        if not tagged and (_is_prose(page, block) or any(map(_leads_to_story, anchors))):
            continue
        if (tagged or len(anchors) > 1) and all(0 < len(a.text.strip()) <= _TOPIC_LINK for a in anchors):
            return anchors
    return []


def _leads_to_story(anchor: Anchor) -> bool:
    return _STORY_PATH.search(parts_of(anchor.href).path) is not None


def _is_prose(page: Page, block: Block) -> bool:
    """Whether a line with links has words beside them and its label."""
    beside = len(block.text) - len(before_links(page, block)) - block.link_chars
    return bool(block.anchors) and beside > _BETWEEN * len(block.anchors)


def _links_under(page: Page, heading: Block) -> list[Anchor]:
    """The links of the blocks behind a heading, up to the first that holds more than links or stands elsewhere."""
    around = page.chain(heading.node, 3)[-1]
    found: list[Anchor] = []
    for block in page.blocks[heading.number + 1 : heading.number + 1 + _MOST_TAGS]:
        if not around.number < block.node <= around.end or block.link_chars * 10 < len(block.text) * 9:
            break
        found += (page.anchors[i] for i in block.anchors)
    return found


def _is_marked(page: Page, anchor: Anchor, after_headline: bool) -> bool:
    relations = page.nodes[anchor.node].attributes.get("rel", "").lower().split()
    if "category" in relations or "tag" in relations or not after_headline:
        return "tag" in relations and "category" not in relations
    around = page.chain(anchor.node, 4)
    return any(n.classes and n.tag not in ("body", "article") and _TAG_LIST.search(n.classes) for n in around)


def _is_topic(page: Page, anchor: Anchor) -> bool:
    """Whether a link's address is a tag's and it stands in no running text."""
    if len(anchor.text) > _TOPIC_LINK or anchor.block >= len(page.blocks):
        return False
    block = page.blocks[anchor.block]
    return 2 * block.link_chars > len(block.text) and _TAG_PATH.search(parts_of(anchor.href).path) is not None


def _headings(page: Page) -> list[str]:
    """The texts of the first h1, if any."""
    return [page.text_of(n) for n in page.headings[:40] if page.nodes[n].tag == "h1"][:2]


def _first_heading(page: Page) -> int:
    """The block of the first h1, -1 where there is none."""
    return next((page.nodes[n].block for n in page.headings if page.nodes[n].tag == "h1"), -1)


def _borne_out(page: Page, tags: Sequence[str]) -> bool:
    """Whether a quarter of the tags stand in title or text: the others are the same on all pages of the site."""
    told, length = [page.title], 0
    for block in page.blocks:
        heading = page.nodes[block.node].tag == "h1"
        if heading or (weight(block.text) >= _PROSE and block.link_chars * 3 < len(block.text)):
            told.append(block.text)
            length += len(block.text)
        if length > _SAMPLE:
            break
    text = _folded("\n".join(told))
    hits = sum(_stem(max(_folded(tag).split(), key=len, default="\n\n")) in text for tag in tags)
    return hits * 4 >= len(tags)


def _folded(text: str) -> str:
    """A text without capitals and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _stem(word: str) -> str:
    """A word without what its ending may be."""
    return word[:-2] if len(word) > 5 else word


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
            and (not is_root(absolute) or own is None or is_root(own))
        ):
            return Given(canonical(absolute), source)
    return Given(canonical(own), "url") if own else None


# ---- last change -----------------------------------------------------------------------------------------
def find_modified(page: Page, machine: Machine, fetched_at: datetime | None = None) -> Given[str] | None:
    """When the story was last changed, as the page says: ISO 8601 with the zone that it gave. Never after
    ``fetched_at`` (aware), never before the publication that the page's data names.
    """
    dates = Dates(page, machine, None, fetched_at)
    said = machine.said("datePublished") or machine.meta("article:published_time")
    published = read_stamp(said, month_first=dates.month_first) if said else None
    for moment, source in _changes(page, machine, dates.month_first):
        if dates.allowed(moment) and not (published and _is_before(moment, published)):
            return Given(moment.iso(), source)
    return None


def _changes(page: Page, machine: Machine, month_first: bool) -> Iterator[tuple[Moment, str]]:
    for text, source in _stated_changes(page, machine):
        moment = read_stamp(text, month_first=month_first) if text else None
        if moment:
            yield moment, source
    for moment in _shown_changes(page, month_first):
        yield moment, "text"


def _stated_changes(page: Page, machine: Machine) -> Iterator[tuple[str | None, str]]:
    yield machine.said("dateModified"), "json-ld"
    for name in _CHANGE_METAS:
        yield machine.meta(name), "meta"
    for number in machine.props("datemodified")[:2]:
        yield machine.prop_text(number), "meta" if page.nodes[number].tag == "meta" else "html"
    for thing in machine.others():
        yield text_of(thing.data.get("dateModified")), "json-ld"
    for number in page.times[:12]:
        node = page.nodes[number]
        before = "".join(page.pieces[max(0, node.first - 3) : node.first])[-30:]
        said = re.search(r"updat|modif", node.classes) or _UPDATED.search(before)
        if said and "publi" not in node.classes and not _is_others(page, number):
            yield node.attributes.get("datetime") or page.text_of(number), "html"


def _shown_changes(page: Page, month_first: bool) -> Iterator[Moment]:
    """The dates in lines that say "Updated", from the headline on."""
    language = (page.language or "")[:2].lower() or None
    first = max(0, _first_heading(page) - _UPDATE_BEFORE)
    for block in page.blocks[first : first + _UPDATE_WITHIN]:
        if len(block.text) > _UPDATE_LINE or not any(map(str.isdecimal, block.text)):
            continue
        text = tidy(block.text)
        said = next((m for m in _UPDATED.finditer(text) if _is_label(text, m.start())), None)
        if said is None or page.nodes[block.node].hidden or _is_others(page, block.node):
            continue
        dates = list(find_dates(text, month_first=month_first, language=language))
        behind = [d.moment for d in dates if 0 <= d.start - said.end() <= _SOON]
        before = [d.moment for d in dates if d.end <= said.start() and not text[said.end() :].strip(" :.)")]
        yield from behind[:1] or before[-1:]


def _is_label(text: str, start: int) -> bool:
    """Whether a word begins a statement of its own: first in the line, no small letter, or after a mark or figure."""
    before = text[:start].rstrip()
    return (
        len(before.split()) <= 2
        or not before[-1].isalpha()
        or (not text[start].islower() and text[start - 1] == " ")
    )


def _is_others(page: Page, number: int) -> bool:
    """Whether a node stands in a box of other stories or among comments."""
    return any(node.classes and _OTHERS.search(node.classes) for node in page.chain(number, 6)[:-2])


def _is_before(moment: Moment, published: Moment) -> bool:
    """Whether a moment lies before another: by the clock on the wall where only one of them has a zone."""
    one, other = moment.clock, published.clock
    if one is None or other is None:
        return moment.day < published.day
    if one.tzinfo is None or other.tzinfo is None:
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return datetime.combine(moment.day, one) < datetime.combine(published.day, other)
