"""What kind of page this is, and whether it is one at all: consent walls, robot checks and error pages are no
articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsspider.addresses import parts_of
from newsspider.split.machine import Machine
from newsspider.split.table import HEADINGS, Page
from newsspider.split.text import weight

# What the checks of the widely used services say, and the names that they leave in the markup.
_CHECK_TITLE = re.compile(
    r"^(?:just a moment|attention required|access (?:to this page has been )?denied|access denied"
    r"|are you (?:a )?(?:robot|human)|robot check|security check|human verification|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|please wait|one more step"
    r"|ddos-guard|pardon our interruption|request blocked|"
    r"before you continue|bevor sie fortfahren|avant de continuer|antes de continuar|un momento|un instant"
    r"|einen moment|"
    r"(?:error )?(?:4(?:0[0-9]|10|29)|50[0-9])(?:\b.*)?|(?:page|seite|site) not found|not found"
    r"|page introuvable|página no encontrada|página não encontrada|pagina non trovata|"
    r"seite nicht gefunden|pagina niet gevonden|sidan (?:kunde inte )?hitta\w*|страница не найдена|页面不存在"
    r"|找不到(?:页面|頁面)|ページが見つかりません|forbidden|service unavailable|bad gateway|"
    r"internal server error|gateway time-?out|too many requests|site maintenance|under maintenance)",
    re.IGNORECASE,
)
_CHECK_TEXT = re.compile(
    r"enable javascript and cookies|javascript and cookies to continue"
    r"|checking (?:if the site connection is secure|your browser)|verify you are (?:a )?human"
    r"|unusual (?:traffic|activity) from your|"
    r"complete the (?:security check|captcha)|please (?:solve|complete) (?:the|this) captcha|not a robot"
    r"|browser supports javascript and cookies|you have been blocked|"
    r"access to this (?:page|site) (?:has been|is) denied|ray id|incident id|reference #\d"
    r"|we value your privacy|store and/or access information on a device",
    re.IGNORECASE,
)
_CHECK_MARKUP = re.compile(
    r"cf-challenge|challenge-(?:form|platform|running)|cf-error|px-captcha|g-recaptcha|h-captcha|datadome|incapsula|distil|_abck|ddg-captcha|captcha"
)
_SHORT = 1200  # characters of text below which a page can be a check
_ARTICLE_TEXT = 250
_TEASERS = 6  # headings that are links between the paragraphs of what is a list of stories
_BRIEF = 40  # characters of text that are an article where no list of stories stands beside it


def is_blocked(page: Page, body_chars: int) -> bool:
    """Whether the page is a consent wall, robot check or error page."""
    title = page.title or (page.blocks[0].text if page.blocks else "")
    if _CHECK_TITLE.match(title) and body_chars < _SHORT:
        return True
    total = sum(len(block.text) for block in page.blocks)
    if total > 3 * _SHORT or body_chars > _SHORT:
        return False
    hits = len({match.group().lower() for block in page.blocks for match in _CHECK_TEXT.finditer(block.text)})
    marked = any(node.classes and _CHECK_MARKUP.search(node.classes) for node in page.nodes)
    return hits >= 2 or bool(hits and (marked or total < _SHORT // 2)) or (marked and total < _SHORT // 3)


def kind_of(page: Page, machine: Machine, headline: str | None, length: int, body: Sequence[int]) -> str:
    """``article``, ``listing`` or ``other``. ``length``: of the body, wide scripts doubled; ``body``: the first
    blocks of its paragraphs.
    """
    address = parts_of(page.url or "")
    said = (
        bool(machine.main)
        or (machine.meta("og:type") or "").lower() in ("article", "news", "newsarticle", "og:article")
        or bool(machine.meta("article:published_time"))
    )
    linked = [size for anchor in page.anchors if (size := weight(anchor.text)) >= 30]
    stories = len(linked)
    home = bool(address.netloc) and not address.path.strip("/") and not address.query
    if home and (length < 4 * _ARTICLE_TEXT or stories > 20):
        return "listing"
    if headline and length >= _ARTICLE_TEXT:
        if not said and _linked_headings(page, body) >= _TEASERS:
            return "listing"
        return "article" if said or length * 2 >= sum(linked) or length > 1000 else "listing"
    if headline and said and length:
        return "article"
    if headline and stories < 10 and (length >= _BRIEF or (length and _has_one_article(page))):
        return "article"
    return "listing" if stories >= 8 else "other"


def _linked_headings(page: Page, body: Sequence[int]) -> int:
    """How many headings that are links to other stories stand before or between the paragraphs."""
    before = page.blocks[: body[-1]] if body else []
    return sum(
        page.nodes[block.node].tag in HEADINGS
        and bool(block.anchors)
        and block.link_chars > 0.9 * len(block.text)
        for block in before[max(0, body[0] - 2) if body else 0 :]
    )


def _has_one_article(page: Page) -> bool:
    return sum(node.tag == "article" for node in page.nodes) == 1
