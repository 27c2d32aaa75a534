"""What stands in the article and is not its text: captions, pull quotes, posts of social networks, notices,
fact boxes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from newsspider.records import Aside
from newsspider.split.classwords import ClassWords
from newsspider.split.edges import is_call
from newsspider.split.heads import heads_others
from newsspider.split.names import is_on_author
from newsspider.split.notices import BOX_HEADING, is_notice
from newsspider.split.table import HEADINGS, Block, Node, Page
from newsspider.split.text import ends_sentence, weight
from newsspider.split.words import ADVERT

# Class names, as embeds, systems and newsrooms of many countries have them.
_NAMES = {
    "post": "twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-(?:post|video)|bluesky-embed|mastodon-embed"
    r"|text-post-media|telegram-post|reddit-(?:card|embed(?:-bq)?)|vk[-_]post\w*|weibo-(?:card|embed)|social-embed|tweet",
    "pullquote": "pull[-_]?quotes?|quote[-_]?box|blockquote[-_]?highlight|exergue|streamer|uttrekkssitat|citat-stor",
    "factbox": "facts?(?!-?check)|fact[-_]?box|info[-_]?box|info[-_]?kasten|key[-_]?(?:facts|points|takeaways)|glossary"
    "|fakta[-_]?(?:ruta|boks|box|laatikko)|fakta|(?<!type_)encadre|despiece|recuadro|scheda-box|kaderstuk|steckbrief",
    "notice": "corrections?|clarification|editors?[-_]?note|disclaimer|sponsor(?:ed)?[-_]?(?:line|note)|advertorial[-_]?note"
    "|(?:article|story|post)[-_]?corrections?|erratum|translator[-_]?(?:note|credit)",
    "caption": "wp-caption(?:-text)?|captions?|figcaption"
    "|(?:img|image|photo|pic|media|tr)[-_]?(?:credit|caption)|image-?text|(?:img|photo|pic)[-_]desc"
    "|(?:img|image|photo|pic(?:ture)?)[-_]?description|i?caption_\\w{3,20}"
    "|bildunterschrift|legende|bild-?text|bilde-?tekst|billed-?tekst|kuvateksti|bijschrift|onderschrift|didascalia"
    "|legenda(?:-foto)?"
    "|pie-?(?:de-?)?foto|epigrafe-foto|podpis[-_]?(?:zdjecia|foto)?|popisek|kepalairas|resim-?alti",
}
_KINDS = [(kind, re.compile(rf"(?<![a-z])(?:{names})(?![a-z])")) for kind, names in _NAMES.items()]
# Addresses of posts, by which an embedded one is known whose class is none of the networks'.
_POST = re.compile(
    r"(?:twitter|//x|www\.x)\.com/[^/]+/status/|instagram\.com/(?:[^/]+/)?(?:p|reel|tv)/|tiktok\.com/@[^/]+/video/"
    r"|facebook\.com/(?:[^/]+/(?:posts|videos|photos)/|permalink|watch|photo|story)|//t\.me/(?:s/)?[^/]+/\d"
    r"|bsky\.app/profile/[^/]+/post/|threads\.(?:net|com)/@[^/]+/post/|reddit\.com/r/[^/]+/comments/|weibo\.com/\d+/\w"
    r"|vk\.com/wall|/@[\w.]+/\d{15,}|linkedin\.com/(?:posts|feed/update)|truthsocial\.com/@\w+"
)
_BOX = ClassWords(r"box|kasten|ruta|boks|info|frame|aside|inset|panel|callout|fact|fakt|dato|scheda")
_TOLD_IN_FIGURES = (
    "td",
    "th",
    "blockquote",
    "pre",
    "li",
    "dd",
)  # a figure can hold a table or a quotation, too
_LEVELS = 4
_NEAR = 12  # blocks around a quotation in which the sentence can stand that it repeats
_REPEATED = 30  # characters of such a sentence
_CAPTION = 300  # characters of a caption that only its place tells
_SIGN = re.compile(r"(?<![a-z])(?:emoji|smiley|icon)")
_SIGN_SIDE = 32  # pixels
_INLINE = 12  # elements in a paragraph that is such a caption
_NOTICE = 450  # characters of a notice
_BOX_HEADING = 60  # characters of a fact box's heading
_BOX_BLOCKS = 25  # blocks of a fact box
_EXPLAINED = 60  # characters of what an aside tells under a heading that is not of a fact box's words
_IN_COMMENTS = re.compile(  # where readers are asked to write
    r"(?<!\w)(?:in|below in|in den|dans les|en|en los|nos|nei|in de|i|w|в|yorumlarda)\s+(?:the |our )?(?:comments?|kommentare?n?"
    r"|commentaires?|comentarios?|comentários?|commenti|reacties|kommentarer|kommentarerne|komentarzach|комментариях)(?!\w)",
    re.IGNORECASE,
)
_LINKS = 40  # of an embedded post that are looked at
_QUOTES = " \"'“”„«»‘’‚‹›「」『』"
# As WordPress, Drupal, Blogger, Disqus and the widely used forums have it in class names; and the consent boxes of
# the widely used managers.
_BESIDE = re.compile(
    r"(?<![a-z])(?:comments?|comment-?(?:list|area|thread|body|content|form)|respond|disqus\w*|reactions(?:-?list)?|(?:leser)?kommentare|kommentarer"
    r"|commentaires|comentarios|comentários|commenti|reacties|kommentit|komentarze|komentáře|komentari|yorumlar|(?:site|page)?-?footer"
    r"|cookie-?(?:law\w*|banner|bar|box|consent|notice|table|dialog|popup|modal)|cookielawinfo\w*|cli-(?:modal|cookie|tab)\w*"
    r"|(?:gdpr|consent|privacy)-?(?:banner|box|dialog|popup|modal|manager|notice)|onetrust|didomi|usercentrics|cmplz|borlabs-cookie"
    r"|cybotcookiebot\w*)(?![a-z])"
)
_BESIDE_LEVELS = 10
# Boxes that offer the reader something of the site's: newsletters, subscriptions, apps, gifts; and those that stand where
# an embed waits for the reader's consent.
_OFFER = re.compile(
    r"(?<![a-z])(?:newsletters?|news-?letter-?\w*|sign-?up|subscribe|subscription|opt-?in|mc4wp|mailchimp|donat(?:e|ions?)|donor"
    r"|promo(?:tion)?s?|cta|call-?to-?action|registration-?(?:banner|box)|app-?(?:promo|banner|download)|(?:paywall|regwall)-(?:box|message|prompt|banner|cta)"
    r"|(?:cookie|consent|third-?party)-?embed|embed-?(?:consent|placeholder|privacy)|(?:consent|privacy)-?placeholder|2click"
    r"|whatsapp-?(?:channel|box|cta)|telegram-?(?:channel|box|cta))(?![a-z])"
)
_PAID_CLASS = re.compile(r"(?<![a-z])(?:subscription|(?:paywall|regwall)-box)(?![a-z])")
_PAID = 60  # weight of a paragraph of such a text
_OFFER_LEVELS = 3
_OFFER_SHARE = 2  # the text is this many times longer than all such boxes


def aside_kind(page: Page, number: int) -> str | None:
    """The kind of aside that a block is, by its markup or how it begins; None for what may be body."""
    block = page.blocks[number]
    chain = page.chain(block.node, _LEVELS + 1)
    for depth, node in enumerate(chain):
        if node.tag in ("article", "main", "body") or _holds_headline(page, node):
            break
        if kind := _kind_of_node(page, block, chain, depth):
            return kind
    if _is_notice(page, block):
        return "notice"
    return _kind_inside(page, block)


def _kind_of_node(page: Page, block: Block, chain: Sequence[Node], depth: int) -> str | None:
    """What the element so many levels around a block makes of it."""
    node, inner = chain[depth], chain[:depth]
    kind = _kind_of_classes(node.classes) if node.classes else None
    if kind and not (
        kind == "caption"
        and (
            any(n.tag in _TOLD_IN_FIGURES for n in inner[1:])
            or (len(block.text) > _CAPTION and _holds_heading(page, node, inner))
        )
    ):
        return kind
    if node.tag == "figcaption":
        return "caption"
    if node.tag == "figure":
        return None if any(n.tag in _TOLD_IN_FIGURES for n in inner) else "caption"
    if node.tag == "blockquote" or "embed" in node.classes:
        if _holds_post(page, node):
            return "post"
        if node.tag == "blockquote" and _is_repeated(page, block):
            return "pullquote"
    if node.tag == "aside" and any(n.tag == "blockquote" for n in inner):
        return "pullquote"
    return "factbox" if node.tag in ("aside", "div", "section", "details") and _is_box(page, node) else None


def _holds_heading(page: Page, node: Node, inner: Sequence[Node]) -> bool:
    """Whether an element around a block has a heading, too: text beside a picture has, captions hardly ever."""
    at = bisect_left(page.headings, node.number)
    return bool(inner) and at < len(page.headings) and page.headings[at] <= node.end


def _holds_headline(page: Page, node: Node) -> bool:
    """Whether an element holds an h1: then it is the article's own frame, whatever it is called."""
    at = bisect_left(page.headings, node.number)
    for number in page.headings[at : at + 3]:
        if number > node.end:
            break
        if page.nodes[number].tag == "h1":
            return True
    return False


def _holds_post(page: Page, node: Node) -> bool:
    """Whether a quotation or embed links to a post of a social network."""
    first = bisect_left(page.anchors, node.number, key=lambda anchor: anchor.node)
    return any(
        anchor.node <= node.end and _POST.search(anchor.href)
        for anchor in page.anchors[first : first + _LINKS]
    )


def _is_repeated(page: Page, block: Block) -> bool:
    """Whether a paragraph nearby has a quotation's words, too: then it is there to catch the eye."""
    said = block.text.strip(_QUOTES).rstrip(".!?…")
    if len(said) < _REPEATED:
        return False
    near = page.blocks[max(0, block.number - _NEAR) : block.number + _NEAR]
    return any(said in other.text for other in near if len(other.text) > len(said) + _REPEATED)


def _is_box(page: Page, node: Node) -> bool:
    """Whether an element is an aside or called a box, and begins with the heading of a fact box; an aside may have any
    heading where what follows is prose without links.
    """
    if node.tag != "aside" and not (node.classes and _BOX.search(node.classes)):
        return False
    if node.block >= len(page.blocks):
        return False
    first = page.blocks[node.block]
    after = page.blocks[min(node.block + _BOX_BLOCKS, len(page.blocks) - 1)]
    if len(first.text) > _BOX_HEADING or first.node > node.end:
        return False
    if not BOX_HEADING.fullmatch(first.text) and not (node.tag == "aside" and _explains(page, node)):
        return False
    return after.node > node.end or after.number < node.block + _BOX_BLOCKS


def _explains(page: Page, node: Node) -> bool:
    """Whether an aside has a heading of its own, and under it nothing but prose."""
    heading, *told = page.blocks_in(node.number)
    if (
        page.nodes[heading.node].tag not in HEADINGS
        or heads_others(heading.text)
        or is_on_author(heading.text)
        or _is_offer(page, heading.node)
    ):
        return False
    if ADVERT.search(heading.text) or any(
        is_call(block.text) or _IN_COMMENTS.search(block.text) for block in (heading, *told)
    ):
        return False
    size = sum(len(block.text) for block in told)
    return size >= _EXPLAINED and all(not block.anchors and ends_sentence(block.text) for block in told)


def _is_notice(page: Page, block: Block) -> bool:
    return len(block.text) <= _NOTICE and page.nodes[block.node].tag not in HEADINGS and is_notice(block.text)


def _kind_inside(page: Page, block: Block) -> str | None:
    """The kind of a line all of which stands in an inline element that is called so; beside a picture, emphasis and small
    print are a caption.
    """
    node = page.nodes[block.node]
    if len(block.text) > _CAPTION or node.end == node.number:
        return None
    short = node.end - node.number <= _INLINE
    inner = page.nodes[node.number + 1 : node.end + 1] if short else _of_line(page, block)
    pictured = short and any(n.tag == "img" and not _is_sign(n) for n in inner)
    for n in inner:
        kind = _kind_of_classes(n.classes) if n.classes else None
        if kind not in ("caption", "pullquote"):
            kind = "caption" if pictured and n.tag in ("em", "i", "small") else None
        if kind and page.text_of(n.number) == block.text:
            return kind
    return None


def _is_sign(node: Node) -> bool:
    """Whether a picture is set among the letters: an icon or emoji."""
    sides = [node.attributes[side] for side in ("width", "height") if side in node.attributes]
    return _SIGN.search(node.classes) is not None or any(
        side.removesuffix("px").isdecimal() and int(side.removesuffix("px")) <= _SIGN_SIDE for side in sides
    )


def _of_line(page: Page, block: Block) -> list[Node]:
    """The nodes of one of the lines that breaks make of a long element."""
    node = page.nodes[block.node]
    first = bisect_left(page.nodes, block.number, node.number + 1, node.end + 1, key=lambda n: n.block)
    return [n for n in page.nodes[first : min(first + _INLINE, node.end + 1)] if n.block == block.number]


def is_beside(page: Page, number: int, headline_node: int | None) -> bool:
    """Whether a block stands among readers' comments or in the page's footer: in an element called so that does
    not hold the headline.
    """
    return any(
        node.classes
        and _names_beside(node.classes)
        and node.tag not in ("html", "body")
        and not (headline_node is not None and node.number <= headline_node <= node.end)
        for node in page.chain(page.blocks[number].node, _BESIDE_LEVELS)
    )


def offers(page: Page, blocks: Sequence[int]) -> list[int]:
    """Those of the blocks that stand in a box whose class says that it offers the reader something; none where much of
    the text does: then the class is one of the article's own.
    """
    found = [
        i for i in blocks if _is_offer(page, page.blocks[i].node) and not _is_paid_text(page, page.blocks[i])
    ]
    size = sum(len(page.blocks[i].text) for i in found)
    return found if _OFFER_SHARE * size < sum(len(page.blocks[i].text) for i in blocks) else []


def _is_offer(page: Page, number: int) -> bool:
    for node in page.chain(number, _OFFER_LEVELS):
        if node.tag in ("article", "main", "body") or _holds_headline(page, node):
            return False
        if node.classes and _names_offer(node.classes):
            return True
    return False


def _is_paid_text(page: Page, block: Block) -> bool:
    """Whether a block is prose in a box whose class says that one pays: so is an article's own text named as often as the
    offer to pay for it.
    """
    if block.anchors or weight(block.text) < _PAID or not ends_sentence(block.text) or is_call(block.text):
        return False
    return any(
        node.classes and _PAID_CLASS.search(node.classes) for node in page.chain(block.node, _OFFER_LEVELS)
    )


@lru_cache(maxsize=8192)
def _names_offer(classes: str) -> bool:
    return _OFFER.search(classes) is not None


@lru_cache(maxsize=8192)
def _names_beside(classes: str) -> bool:
    return _BESIDE.search(classes) is not None


@lru_cache(maxsize=8192)
def _kind_of_classes(classes: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(classes)), None)


def asides_of(page: Page, region: int, body: Sequence[int], kinds: dict[int, str]) -> tuple[Aside, ...]:
    """The asides of the article's region, and those before its last paragraph, in order. ``kinds``: kind by
    block; ``body``: first blocks of paragraphs.
    """
    if not body:
        return ()
    chosen = set(body)
    found, before = [], 0
    last = page.nodes[region].end
    for block in page.blocks:
        if block.number in chosen:
            before += 1
        elif block.number in kinds and (region <= block.node <= last or block.number < body[-1]):
            found.append(Aside(kinds[block.number], block.text, before))
    return tuple(_joined(found))


def _joined(asides: Iterable[Aside]) -> list[Aside]:
    """Blocks of one post or box at one place are one aside."""
    joined: list[Aside] = []
    for aside in asides:
        if (
            joined
            and aside.kind in ("post", "factbox")
            and (joined[-1].kind, joined[-1].after) == (aside.kind, aside.after)
        ):
            joined[-1] = Aside(aside.kind, f"{joined[-1].text} {aside.text}", aside.after)
        elif aside not in joined:
            joined.append(aside)
    return joined
