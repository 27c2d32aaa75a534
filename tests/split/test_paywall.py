"""Stories that are for payers alone."""

import pytest

from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page
from newsspider.split.paywall import is_paywalled
from newsspider.split.text import weight

TEASER = (
    "<p>The harbour council has met for the third time this week, and again its door stayed closed to the public.</p>"
    "<p>What was said behind it is told by a paper of nine pages, which</p>"
)
WHOLE = "".join(
    f"<p>In part {n} of the paper the council counts its ferries, and says what each of them has cost.</p>"
    for n in range(40)
)


def walled(after: str, text: str = TEASER, head: str = "") -> bool:
    page = open_page(
        f"<head>{head}</head><body><article><h1>Ferries cost more</h1>{text}{after}</article></body>",
        "https://p.example/1",
    )
    body = [b.number for b in page.blocks if f"<p>{b.text}</p>" in text]
    return is_paywalled(page, read_machine(page), body, sum(weight(page.blocks[i].text) for i in body))


def ld(more: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferries cost more", {more}}}</script>'


STATED = {
    "no": ld('"isAccessibleForFree": false'),
    "no, in words": ld('"isAccessibleForFree": "False"'),
    "no, as an address": ld('"isAccessibleForFree": "https://schema.org/False"'),
    "a part": ld('"isAccessibleForFree": true, "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false,'
                 ' "cssSelector": ".paywall"}'),
    "one of several parts": ld('"hasPart": [{"isAccessibleForFree": "True"}, {"isAccessibleForFree": "False"}]'),
    "the page around it": '<script type="application/ld+json">{"@type": "WebPage", "isAccessibleForFree": false}</script>',
    "a meta": '<meta property="article:content_tier" content="locked">',
}  # fmt: skip


@pytest.mark.parametrize("head", STATED.values(), ids=STATED)
def test_a_page_that_says_so_is_paywalled_however_much_it_shows(head: str) -> None:
    assert walled("", WHOLE, head)


WALLS = [
    "Subscribe to continue reading", "Already a subscriber? Log in", "This article is for subscribers only.",
    "Jetzt weiterlesen mit Hafen+", "Exklusiv für Abonnenten", "Réservé aux abonnés", "Il vous reste 78% de cet article à lire.",
    "Contenido exclusivo para suscriptores", "Suscríbete para seguir leyendo", "Conteúdo exclusivo para assinantes",
    "Contenuto riservato agli abbonati", "Exclusief voor abonnees", "Logga in för att läsa hela artikeln",
    "Artikkelen er kun for abonnenter", "Tämä sisältö on tilaajille", "Artykuł tylko dla prenumeratorów",
    "Pouze pro předplatitele",
    "A cikk elolvasásához előfizetés kell, csak előfizetőknek", "Doar pentru abonați",
    "Samo za pretplatnike", "Доступно только подписчикам",
    "Лише для передплатників", "Μόνο για συνδρομητές", "Abonelere özel", "Artikel khusus pelanggan", "Đăng nhập để đọc tiếp",
    "เนื้อหาเฉพาะสมาชิก", "この記事は有料会員限定です。残り 812文字", "订阅后继续阅读", "구독자 전용 기사입니다",
    "هذا المحتوى للمشتركين فقط", "למנויים בלבד",
    "केवल सब्सक्राइबर के लिए", "Slegs vir intekenare",
]  # fmt: skip


@pytest.mark.parametrize("words", WALLS)
def test_a_teaser_under_which_a_wall_speaks_is_paywalled(words: str) -> None:
    assert walled(f"<div class='x1'><h3>{words}</h3></div>")


def test_a_teaser_over_an_element_that_is_called_a_wall_is_paywalled() -> None:
    assert walled("<div class='c-paywall'><p>Four weeks for one pound, and the whole archive.</p></div>")


@pytest.mark.parametrize(
    ("after", "text", "head"),
    [
        ("", TEASER, ""),
        ("", TEASER, ld('"isAccessibleForFree": true')),
        ("<p>Subscribe to our newsletter</p>", TEASER, ""),
        ("<p>Subscribe to continue reading</p>", WHOLE, ""),
        (
            "<div class='paywall' style='display:none'><p>Four weeks for one pound, and the archive.</p></div>",
            TEASER,
            "",
        ),
        ("<footer><p>Already a subscriber? Log in</p></footer>", TEASER, ""),
        ("<p>Continue reading</p><p>Read more: the old pier</p>", TEASER, ""),
        ("</div><p>Published in the evening paper</p>", f"<div class='paywall-container'>{TEASER}", ""),
        ("<p>Members of the council have until June.</p>", TEASER, ""),
    ],
    ids=[
        "nothing",
        "free",
        "newsletter",
        "the whole text",
        "hidden",
        "footer",
        "read more",
        "the frame",
        "members",
    ],
)
def test_what_is_free_is_not_paywalled(after: str, text: str, head: str) -> None:
    assert not walled(after, text, head)
