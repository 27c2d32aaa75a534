"""The article's blocks: what rules put right after the learned choice."""

from __future__ import annotations

import pytest

from newsspider.split import split_page

HEADLINE = "Ferry fares fall by a tenth from Monday"
STORY = [
    f"In paragraph {n} of this invented story the harbour council speaks again, at some length."
    for n in ("one", "two", "three", "four", "five", "six")
]


def body(inside: str) -> list[str]:
    page = (
        f"<html><title>{HEADLINE}</title><body><article><h1>{HEADLINE}</h1>{inside}</article></body></html>"
    )
    return list(split_page(page, "https://paper.example/ferry").body)


def told(*pieces: str) -> str:
    """Paragraphs one, two and so on, with a piece behind each."""
    return "".join(f"<p>{text}</p>{pieces[n] if n < len(pieces) else ''}" for n, text in enumerate(STORY))


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>Who pays for it</h2>",
        "<span class=x1><h3 class=x2>Who pays for it</h3></span>",
        "<div class=x1><div><h4>Who pays for it</h4></div></div>",
        "<h3><div class=x>Who pays for it</div></h3>",
        "<h2>Who pays for it</h2><figure><img src=a.jpg><figcaption>The pier</figcaption></figure>",
    ],
)
def test_headings_between_paragraphs_are_text_however_they_are_wrapped(heading: str) -> None:
    assert body(told("", heading)) == [*STORY[:2], "Who pays for it", *STORY[2:]]


def test_a_heading_that_opens_a_section_of_the_text_is_text() -> None:
    first, second = ("".join(f"<p>{text}</p>" for text in part) for part in (STORY[:3], STORY[3:]))
    page = f"<div class=part>{first}</div><div class=part><h2>Who pays for it</h2>{second}</div>"
    assert body(page) == [*STORY[:3], "Who pays for it", *STORY[3:]]


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>Related articles</h3><ul><li><a href=/a-story-of-wards-7>Three wards vote on the market</a></ul>",
        "<h3 style='display:none'>For machines alone</h3>",
    ],
)
def test_headings_over_something_else_are_none(heading: str) -> None:
    assert body(told("", heading)) == STORY


@pytest.mark.parametrize(
    "line",
    [
        "© 2026 The Harbour Paper. No part of this text may be used elsewhere without a word to us.",
        "Copyright 2026 The Harbour Paper and its readers, wherever they may be sitting.",
        "Tous droits réservés à ce journal du port et à ses lecteurs du matin.",
        "<저작권자 ⓒ 항구신문, 무단전재 및 재배포 금지>".replace("<", "&lt;"),
        "Все права защищены, сказано в газете порта и во всех её приложениях.",
    ],
)
def test_a_line_that_says_whose_the_text_is_is_no_text(line: str) -> None:
    assert body(told() + f"<p>{line}</p>") == STORY


def test_a_story_about_copyright_is_told() -> None:
    line = "Copyright law is what the council spoke of, and all rights that come with it."
    assert line in body(told(f"<p>{line}</p>"))


def test_a_class_that_says_caption_over_the_whole_text_is_not_believed() -> None:
    assert body(f"<div class='image-caption-layout caption'>{told()}</div>") == STORY


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT - Story continues below",
        "Article continues after this message",
        "- Anzeige -",
        "(Publicité)",
        "Publicidad",
        "Реклама",
        "広告",
        "إعلان",
        "Quảng cáo",
        "Juttu jatkuu mainoksen jälkeen",
    ],
)
def test_the_label_of_an_advert_is_no_text(line: str) -> None:
    assert body(told("", f"<p>{line}</p>")) == STORY


@pytest.mark.parametrize(
    "line", ["Advertisements on ferries are to be forbidden, says the council.", "Anzeige gegen Unbekannt"]
)
def test_a_sentence_about_adverts_is_told(line: str) -> None:
    assert line in body(told("", f"<p>{line}</p>"))


@pytest.mark.parametrize(
    "line",
    [
        "17:41 JST, October 13, 2024",
        "By Chea Rattana",
        "CHEA RATTANA",
        "Chea Rattana, 13.10.2024, 17:41",
        "Updated: 13 October 2024",
    ],
)
def test_a_line_that_only_names_the_author_or_a_time_is_no_text(line: str) -> None:
    page = f"<article><h1>{HEADLINE}</h1><p class=x>{line}</p>{told()}</article><span class=author>Chea Rattana</span>"
    head = '<meta name=author content="Chea Rattana">'
    article = split_page(f"<html><title>{HEADLINE}</title>{head}<body>{page}</body></html>")
    assert list(article.body) == STORY


@pytest.mark.parametrize(
    "name", ["cookielawinfo-row", "cli-modal-body", "cookie-consent", "onetrust", "gdpr-box"]
)
def test_the_tables_of_a_consent_box_are_no_text(name: str) -> None:
    rows = "".join(
        f"<tr><td>_id{n}</td><td>1 year</td><td>This cookie remembers you for us, and us alone.</td></tr>"
        for n in "abc"
    )
    assert (
        body(f"{told()}<div class='{name}'><p>We store what you like.</p><table>{rows}</table></div>")
        == STORY
    )


def test_a_paragraph_that_names_the_author_and_more_is_told() -> None:
    line = "Chea Rattana was there, too."
    page = f"<meta name=author content='Chea Rattana'><article><h1>{HEADLINE}</h1>{told()}<p>{line}</p></article>"
    assert line in split_page(page).body


def test_a_list_between_paragraphs_is_told_whatever_its_class_says_of_lists() -> None:
    items = "<ul class=wp-block-list><li>Two ferries</li><li>One bridge</li><li>No toll</li></ul>"
    assert body(told("", items)) == [*STORY[:2], "Two ferries", "One bridge", "No toll", *STORY[2:]]


def test_marks_and_calls_at_the_end_are_no_text() -> None:
    text = [
        f"The council of ward {n} met on the river bank and talked about the market, said the chair."
        for n in range(4)
    ]
    ends = (
        "###",
        "(dpa/mri)",
        "- 30 -",
        "Follow us on <a href='https://t.me/thepaper'>Telegram</a>",
        "Download our app for <a href='https://play.google.com/store/apps/x'>Android</a>.",
    )
    for end in ends:
        paragraphs = "".join(f"<p>{line}</p>" for line in (*text, end))
        assert split_page(f"<article><h1>The council meets</h1>{paragraphs}</article>").body == tuple(text), (
            end
        )


@pytest.mark.parametrize(
    "name",
    [
        "newsletter", "c-newsletter", "signup-box", "donate-box", "app-promo", "inline-cta", "cookie-embed", "embed-placeholder",
        "paywall-message",
    ],
)  # fmt: skip
def test_a_box_whose_class_says_that_it_offers_something_is_no_text(name: str) -> None:
    offer = "<h3>The harbour post</h3><p>All that a harbour needs to know in the morning, from us to you.</p>"
    assert body(told("", f"<div class='{name}'>{offer}</div>")) == STORY


@pytest.mark.parametrize("name", ["newsletter-post", "subscriber-only", "paywall"])
def test_a_class_of_the_text_itself_is_no_offer(name: str) -> None:
    assert body("".join(f"<p class='{name}'>{text}</p>" for text in STORY)) == STORY


def test_short_sentences_whose_ids_differ_are_set_like_the_text() -> None:
    first = (
        "On the roof of the grocery is a paint can with a radio in it, and it carries the mail of the island."
    )
    lines = [first, "“Pens freeze,” the grocer says.", "There are eight more like it."]
    aside = "<aside><h3>Related</h3><ul><li><a href=/2026/10/mesh-explained-1>Mesh networks, explained</a></ul></aside>"
    quote = "<div class=wide><q class=pullquote>It carries the mail</q></div>"
    ids = [f"<p id='{name}'>{line}</p>" for name, line in zip(("qf", "zk", "hw"), lines, strict=True)]
    assert body(f"<div class=text>{ids[0]}{aside}{ids[1]}{quote}{ids[2]}</div>") == lines


@pytest.mark.parametrize(
    "behind",
    [
        "<p>What else is on:</p><p><a href=/f/1>Ferry is late</a></p><p><a href=/f/2>Harbour wins</a></p>",
        "<h3>All of the harbour</h3><ul><li><a href=/f/1>Ferry is late</a></li><li><a href=/f/2>Harbour wins</a></li></ul>",
        "<p>Schon gelesen?</p><blockquote class=wp-embedded-content><p><a href=/f/1>Ferry is late</a></p></blockquote>",
    ],
)
def test_lines_over_links_behind_the_text_are_none_of_it(behind: str) -> None:
    assert body(f"<div>{told()}{behind}</div>") == STORY


@pytest.mark.parametrize("promise", ["<p>The council says how it goes on:</p>", "<h2>How it goes on</h2>"])
def test_a_list_that_the_last_line_promises_is_text(promise: str) -> None:
    items = ["A new pier", "Two more ferries", "Lamps along the quay"]
    found = body(f"<div>{told()}{promise}<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul></div>")
    assert found[-3:] == items


def test_what_readers_wrote_behind_a_story_is_no_live_blog() -> None:
    wrote = "I think that this ferry is much too dear for a harbour as small as ours, really."
    comments = "".join(
        f"<div class=item><h4>Anna {n}</h4><time datetime='2026-11-2{n}T10:00:00Z'>2{n} November</time><p>{wrote} {n}</p></div>"
        for n in range(3)
    )
    page = (
        f"<html><title>{HEADLINE}</title><body><article><h1>{HEADLINE}</h1><div class=content>{told()}</div>"
    )
    assert list(split_page(f"{page}</article><section class=reactions>{comments}</section>").body) == STORY


@pytest.mark.parametrize("among_others", [False, True])
@pytest.mark.parametrize(
    "clock", ["<time>14:0{}</time>", "<a href='#e{0}'>14:0{0} Uhr</a>", "<div>14.0{}</div>"]
)
def test_the_headings_of_a_live_blogs_entries_are_text_however_short_they_are(
    clock: str, among_others: bool
) -> None:
    short = [
        ("Bridge reopens", "The first of them have crossed, among them two dogs."),
        ("Crowd grows", "Some 150 people wait on the east bank, the police say."),
        ("Welcome", "Good afternoon from the river, where a new bridge opens today."),
    ]
    named = "Fishermen of the east bank want their bridge to be named after nobody"
    long = [(f"{named} {n}", text) for n, text in enumerate(STORY)] if among_others else []
    entries = [*long[:3], *short, *long[3:]]
    markup = "".join(
        f"<div class='entry e{n}'>{clock.format(n)}<h2>{heading}</h2><p>{told}</p></div>"
        for n, (heading, told) in enumerate(entries)
    )
    assert body(f"<div class=feed>{markup}</div>") == [line for entry in entries for line in entry]


@pytest.mark.parametrize(
    "note",
    [
        "Chea Rattana is a columnist for The Harbour Paper.",
        "Chea Rattana ist Reporterin für den Hafen und die Werft.",
        "Chea Rattana est journaliste et vit sur une île.",
        "Chea Rattana, dziennikarka, mieszka nad morzem.",
    ],
)
def test_what_a_paper_says_of_the_author_under_the_text_is_no_text(note: str) -> None:
    letters = "<em>Do you have an opinion on this? Email us a letter of up to 250 words.</em>"
    head = "<meta name=author content='Chea Rattana'>"
    page = f"{head}<article><h1>{HEADLINE}</h1>{told()}<p><em>{note}</em></p><p>{letters}</p></article>"
    assert list(split_page(f"<html><title>{HEADLINE}</title>{page}</html>").body) == STORY


def test_what_an_author_did_to_one_of_the_same_work_is_text() -> None:
    line = "Chea Rattana asked the editor of the harbour paper to come along."
    page = f"<meta name=author content='Chea Rattana'><article><h1>{HEADLINE}</h1>{told()}<p>{line}</p></article>"
    assert list(split_page(f"<html><title>{HEADLINE}</title>{page}</html>").body) == [*STORY, line]
