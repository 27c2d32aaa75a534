"""What stands in the article and is not its text: captions, pull quotes, posts of social networks, notices,
fact boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from newsspider.records import Aside
from newsspider.split.table import Page

_KINDS = (
    (
        "post",
        re.compile(
            r"(?<![a-z])(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|bluesky-embed"
            r"|telegram-post|reddit-(?:card|embed)|social-embed|tweet)(?![a-z])"
        ),
    ),
    (
        "pullquote",
        re.compile(
            r"(?<![a-z])(?:pull[-_]?quotes?|pullquote|quote[-_]?box|blockquote[-_]?highlight)(?![a-z])"
        ),
    ),
    (
        "factbox",
        re.compile(
            r"(?<![a-z])(?:fact[-_]?box|info[-_]?box|infobox|factbox|info[-_]?kasten|key[-_]?facts"
            r"|glossary)(?![a-z])"
        ),
    ),
    (
        "notice",
        re.compile(
            r"(?<![a-z])(?:corrections?|clarification|editors?[-_]?note|disclaimer"
            r"|sponsor(?:ed)?[-_]?(?:line|note)|advertorial[-_]?note)(?![a-z])"
        ),
    ),
    (
        "caption",
        re.compile(
            r"(?<![a-z])(?:wp-caption(?:-text)?|captions?|figcaption|image-?(?:text|credit|caption)"
            r"|photo-?(?:credit|caption)|bildunterschrift|legende)(?![a-z])"
        ),
    ),
)
_LEVELS = 4
# As WordPress, Drupal, Blogger, Disqus and the widely used forums have it in class names.
_BESIDE = re.compile(
    r"(?<![a-z])(?:comments?|comment-?(?:list|area|thread|body|content)|disqus\w*|(?:site|page)?-?footer)(?![a-z])"
)
_BESIDE_LEVELS = 10


def aside_kind(page: Page, number: int) -> str | None:
    """The kind of aside that a block is by its markup; None for what may be body."""
    for depth, node in enumerate(page.chain(page.blocks[number].node, _LEVELS + 1)):
        if node.tag in ("article", "main", "body"):
            return None
        if node.tag in ("figcaption", "figure"):
            return "caption"
        if node.classes and (kind := _kind_of_classes(node.classes)):
            return kind
        if node.tag == "aside" and any(
            above.tag == "blockquote" for above in page.chain(page.blocks[number].node, depth)
        ):
            return "pullquote"
    return None


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
