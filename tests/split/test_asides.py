"""What stands in the article and is not its text."""

import pytest

from newsspider.records import Aside
from newsspider.split import split_page

STORY = [
    f"In week {n} the ferry carried more people than in the week before, and the crew was glad."
    for n in range(6)
]


def asides(aside: str, before: int = 2) -> tuple[Aside, ...]:
    told = [f"<p>{text}</p>" for text in STORY]
    told.insert(before, aside)
    article = split_page(
        f"<article><h1>Ferry carries more</h1>{''.join(told)}</article>", "https://paper.example/f"
    )
    assert article.body == tuple(STORY)
    return article.asides


@pytest.mark.parametrize(
    ("kind", "markup"),
    [
        ("caption", "<figure><img src=/f.jpg><figcaption>{}</figcaption></figure>"),
        ("caption", '<div class="wp-caption"><img src=/f.jpg><p class="wp-caption-text">{}</p></div>'),
        ("post", '<blockquote class="twitter-tweet"><p>{}</p></blockquote>'),
        ("pullquote", '<div class="pull-quote">{}</div>'),
        ("pullquote", "<aside><blockquote>{}</blockquote></aside>"),
        ("pullquote", '<div class="wide"><q class="c-pullquote">{}</q></div>'),
        ("factbox", '<div class="fact-box"><p>{}</p></div>'),
        ("factbox", '<div class="css-fact"><p>{}</p></div>'),
        ("notice", '<p class="correction">{}</p>'),
    ],
)
def test_each_kind_is_told_by_its_markup(kind: str, markup: str) -> None:
    text = "The ferry at the eastern pier on the morning of the count."
    assert asides(markup.format(text)) == (Aside(kind, text, 2),)


def test_an_aside_that_explains_under_a_heading_of_its_own_is_a_fact_box() -> None:
    told = "A wall of stone or wood in the sea, at which the ships of an island lie."
    box = f"<aside class=c-box><h4>What is a pier?</h4><p>{told}</p></aside>"
    assert asides(box) == (Aside("factbox", f"What is a pier? {told}", 2),)


@pytest.mark.parametrize(
    ("of", "heading", "told"),
    [
        (
            "newsletter",
            "The ferry letter",
            "What happens at the pier, in your inbox each Friday at noon, for nothing.",
        ),
        ("x", "Upcoming events", "There are none."),
        ("x", "About the author", "Ada Okoye has covered the harbour and its ferries for twenty years now."),
        ("x", "What do you think?", "Tell us in the comments what you think of the ferry and of its price."),
        ("x", "Related stories", "A day at the pier with those who wait, and with those who went home."),
    ],
)
def test_an_aside_that_offers_something_is_none(of: str, heading: str, told: str) -> None:
    assert asides(f"<aside class={of}><h4>{heading}</h4><p>{told}</p></aside>") == ()


def test_a_caption_over_the_first_paragraph_comes_after_none() -> None:
    found = asides("<figure><img src=/f.jpg><figcaption>The eastern pier.</figcaption></figure>", before=0)
    assert found == (Aside("caption", "The eastern pier.", 0),)


def test_the_blocks_of_one_post_are_one_aside() -> None:
    post = '<blockquote class="instagram-media"><p>We are full today.</p><p>The ferry crew</p></blockquote>'
    assert asides(post) == (Aside("post", "We are full today. The ferry crew", 2),)


def test_a_page_without_body_has_no_asides() -> None:
    assert (
        split_page("<figure><figcaption>A pier.</figcaption></figure>", "https://paper.example/f").asides
        == ()
    )


# ---- as systems, themes and networks write them ------------------------------------------------------
TEXT = "Ada Okoye: The ferry is full again, and we thank all who waited."
MARKED = {
    # captions
    "a figure of the block editor": ("caption", ('<figure class="wp-block-image size-large"><img src=/f.jpg><figcaption class='
                                     '"wp-element-caption">{}</figcaption></figure>')),
    "Blogger's table": ("caption", ('<table class="tr-caption-container"><tr><td><img src=/f.jpg></td></tr><tr><td class='
                        '"tr-caption">{}</td></tr></table>')),
    "one word of class": ("caption", '<div class="imgcaption">{}</div>'),
    "a Korean portal": ("caption", '<span class="end_photo_org"><img src=/f.jpg><em class="img_desc">{}</em></span>'),
    "Spanish": ("caption", '<div class="foto"><img src=/f.jpg><p class="pie-de-foto">{}</p></div>'),
    "Italian": ("caption", '<div><img src=/f.jpg><span class="didascalia">{}</span></div>'),
    "Dutch": ("caption", '<div class="beeld"><img src=/f.jpg><p class="bijschrift">{}</p></div>'),
    "Norwegian": ("caption", '<div><img src=/f.jpg><p class="bildetekst">{}</p></div>'),
    "Swedish": ("caption", '<div><img src=/f.jpg><p class="bildtext">{}</p></div>'),
    "Polish": ("caption", '<div><img src=/f.jpg><p class="podpis-zdjecia">{}</p></div>'),
    "Portuguese": ("caption", '<div><img src=/f.jpg><p class="legenda-foto">{}</p></div>'),
    "a described image": ("caption", '<p class="imagedescription">{}</p>'),
    "Drupal": ("caption", '<div class="field--name-field-image-caption">{}</div>'),
    "emphasis under the picture": ("caption", "<p><img src=/f.jpg><br><em>{}</em></p>"),
    # posts
    "X, without its class": ("post", ('<blockquote><p>{}</p><a href="https://twitter.com/ferry/status/17000001">May 2</a>'
                             "</blockquote>")),
    "X, new address": ("post", ('<div class="embed"><blockquote><p>{}</p><a href="https://x.com/ferry/status/17000001"></a>'
                       "</blockquote></div>")),
    "a block of X": ("post", ('<figure class="wp-block-embed is-provider-twitter wp-block-embed-twitter"><div class='
                     '"wp-block-embed__wrapper"><blockquote class="twitter-tweet"><p>{}</p></blockquote></div></figure>')),
    "Facebook": ("post", ('<div class="fb-post" data-href="https://www.facebook.com/f/posts/1"><blockquote cite="x"><p>{}</p>'
                 "</blockquote></div>")),
    "Instagram": ("post", ('<blockquote class="instagram-media"><div><a href="https://www.instagram.com/p/Abc/">{}</a></div>'
                  "</blockquote>")),
    "TikTok": ("post", '<blockquote class="tiktok-embed"><section><p>{}</p></section></blockquote>'),
    "Telegram": ("post", '<blockquote><p>{}</p><cite><a href="https://t.me/ferrynews/812">Ferry</a></cite></blockquote>'),
    "Bluesky": ("post", '<blockquote class="bluesky-embed" data-bluesky-uri="at://x"><p lang="en">{}</p></blockquote>'),
    "Mastodon": ("post", '<blockquote class="mastodon-embed"><p>{}</p></blockquote>'),
    "Threads": ("post", '<blockquote class="text-post-media"><p>{}</p></blockquote>'),
    "Reddit": ("post", '<blockquote class="reddit-embed-bq"><p>{}</p></blockquote>'),
    "VK": ("post", '<div id="vk_post_1_2" class="vk-post"><p>{}</p></div>'),
    "Weibo": ("post", '<blockquote><p>{}</p><a href="https://weibo.com/100/Abc1">@ferry</a></blockquote>'),
    # pull quotes
    "the block editor's": ("pullquote", '<figure class="wp-block-pullquote"><blockquote><p>{}</p></blockquote></figure>'),
    "Newspaper's": ("pullquote", '<blockquote class="td_pull_quote td_pull_left"><p>{}</p></blockquote>'),
    "Newspaper's box": ("pullquote", '<blockquote class="td_quote_box td_box_center"><p>{}</p></blockquote>'),
    "French exergue": ("pullquote", '<p class="article__exergue">{}</p>'),
    "Dutch streamer": ("pullquote", '<div class="streamer"><p>{}</p></div>'),
    "what the text repeats": ("pullquote", f"<blockquote><p>“{STORY[3][:50]}”</p></blockquote>"),
    # fact boxes
    "Swedish fakta": ("factbox", '<aside class="faktaruta"><p>{}</p></aside>'),
    "Norwegian fakta": ("factbox", '<div class="faktaboks"><p>{}</p></div>'),
    "Danish fakta": ("factbox", '<div class="article-faktaboks"><p>{}</p></div>'),
    "French encadré": ("factbox", '<div class="encadre"><p>{}</p></div>'),
    "Spanish despiece": ("factbox", '<div class="despiece"><p>{}</p></div>'),
    "German Infobox": ("factbox", '<div class="infokasten"><p>{}</p></div>'),
    "a box with such a heading": ("factbox", "<aside><h3>Zur Sache</h3><p>{}</p></aside>"),
    "a box headed Fakta": ("factbox", '<div class="box-2"><h4>FAKTA</h4><p>{}</p></div>'),
    "key points": ("factbox", '<section class="key-points"><p>{}</p></section>'),
    # notices
    "corrections": ("notice", '<div class="article-corrections"><p>{}</p></div>'),
    "an editor's note": ("notice", '<p class="editors-note">{}</p>'),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "markup"), MARKED.values(), ids=MARKED)
def test_asides_are_told_as_systems_write_them(kind: str, markup: str) -> None:
    found = asides(markup.replace("{}", TEXT))
    assert [aside.kind for aside in found] == [kind]
    assert found[0].after == 2


NOTICES = {
    "first published": "This article was first published in the Harbour Review and is reprinted with permission.",
    "originally": "This story originally appeared on Harbour Review.",
    "correction": "Correction: An earlier version of this story gave a wrong number of ferries.",
    "earlier version": "An earlier version of this article misstated the year of the ferry's first trip.",
    "editor's note": "Editor’s note: The writer has shares in the ferry company.",
    "sponsor": "This content is sponsored by the Harbour Council.",
    "translated": "Translated from the Portuguese by Rui Alvarenga.",
    "German, first": "Dieser Artikel erschien zuerst in der Hafenschau.",
    "German, note": "Anmerkung der Redaktion: In einer früheren Fassung stand eine falsche Zahl.",
    "German, translation": "Aus dem Englischen von Greta Halvorsen.",
    "French, first": "Cet article a été publié initialement dans la Revue du Port.",
    "French, translation": "Traduit de l’anglais par Odile Ferrand.",
    "Spanish, first": "Este artículo fue publicado originalmente en la Revista del Puerto.",
    "Spanish, correction": "Fe de errores: en una versión anterior se dio otro número.",
    "Portuguese": "Texto publicado originalmente na Revista do Porto.",
    "Portuguese, translation": "Tradução: Rui Alvarenga",
    "Italian": "Questo articolo è stato pubblicato originariamente sulla Rivista del Porto.",
    "Italian, translation": "Traduzione di Livia Marchesan.",
    "Dutch": "Dit artikel verscheen eerder in de Havenkrant.",
    "Swedish": "Rättelse: I en tidigare version av artikeln angavs fel antal färjor.",
    "Norwegian": "Rettelse: I en tidligere versjon sto det feil antall ferger.",
    "Finnish": "Oikaisu: Jutussa kerrottiin aiemmin väärä määrä lauttoja.",
    "Polish": "Sprostowanie: w poprzedniej wersji podano błędną liczbę promów.",
    "Russian": "Исправление: в прежней версии было указано неверное число паромов.",
    "Russian, translation": "Перевод с английского Анны Рябовой.",
    "Ukrainian": "Виправлення: у попередній версії було вказано неправильну кількість поромів.",
    "Turkish": "Düzeltme: Haberin önceki halinde feribot sayısı yanlış verilmişti.",
    "Japanese": "【訂正】以前の記事でフェリーの便数が誤っていました。おわびして訂正します。",
    "Chinese": "本文首发于《港口评论》，经授权转载。",
    "Chinese, correction": "更正：本文先前版本中的渡轮数量有误。",
    "Korean": "바로잡습니다: 앞선 기사에서 여객선 수가 잘못 표기됐습니다.",
    "Arabic": "تصحيح: ذكرت نسخة سابقة من هذا الخبر عددا خاطئا من العبارات.",
    "Hebrew": "תיקון: בגרסה קודמת של הכתבה צוין מספר שגוי של מעבורות.",
    "Indonesian": "Koreksi: Versi sebelumnya dari berita ini memuat jumlah feri yang salah.",
    "Vietnamese": "Đính chính: Bản trước của bài viết nêu sai số lượng phà.",
    "Hindi": "भूल सुधार: इस खबर के पिछले संस्करण में नौकाओं की संख्या गलत थी।",
    "Swahili": "Marekebisho: Toleo la awali la habari hii lilikuwa na idadi isiyo sahihi ya vivuko.",
    # dated, changed, unedited, an opinion
    "correction of a day": "CORRECTION (Nov. 15): The story now gives the right number of ferries.",
    "correction, day": "Correction, Nov. 15: The ferry has four decks.",
    "German, of a day": "Korrektur, 15. November 2026: Die Fähre hat vier Decks.",
    "update, said": "Update: This story has been updated with the number of the second day.",
    "German, changed": "Dieser Artikel wurde am 15. November um 12 Uhr aktualisiert.",
    "French, changed": "Cet article a été mis à jour le 15 novembre.",
    "Spanish, changed": "Esta nota ha sido actualizada con los datos del puerto.",
    "Russian, changed": "Материал обновлен в 12:40.",
    "Turkish, changed": "Bu haber saat 12.40'ta güncellendi.",
    "Chinese, changed": "本文已于11月15日更新。",
    "Arabic, changed": "تم تحديث هذا الخبر في الساعة 12.",
    "unedited": "(This story has not been edited by our staff and is auto-generated from a syndicated feed.)",
    "opinion": "The views expressed in this article are the author’s own and not those of the Harbour Review.",
    "French, opinion": "Les opinions exprimées dans cette tribune n’engagent que leur auteur.",
    "Russian, opinion": "Мнение автора может не совпадать с позицией редакции.",
    "Arabic, opinion": "المقالات لا تعبر بالضرورة عن رأي الصحيفة.",
}


@pytest.mark.parametrize("text", NOTICES.values(), ids=NOTICES)
@pytest.mark.parametrize("before", [0, 6], ids=["over the text", "under it"])
def test_notices_are_told_by_their_words(text: str, before: int) -> None:
    assert asides(f"<p><em>{text}</em></p>", before) == (Aside("notice", text, before),)


REAL = {
    "a quotation": "<blockquote><p>We have never seen so many people wait at the eastern pier in one week.</p></blockquote>",
    "a quotation with its source": "<blockquote><p>We have never seen so many people wait.</p><cite>The crew</cite></blockquote>",
    "the block editor's quotation": '<blockquote class="wp-block-quote"><p>We have never seen so many wait.</p></blockquote>',
    "a link to a network in running text": "<p>The crew wrote <a href='https://x.com/ferry/status/1'>on X</a> that it was glad"
    " of each of them, and that it would come back.</p>",
    "a correction told": "<p>Corrections to the timetable will be made in June, when the second ferry comes back.</p>",
    "correction officers": "<p>Correction officers met on Nov. 15: they want a ferry of their own, and free coffee on it.</p>",
    "an update that tells": "<p>Update, 14.30 Uhr: Die Fähre liegt noch immer am östlichen Anleger, sagt die Polizei.</p>",
    "an opinion told": "<p>The opinion of the court was read on Monday, and the views of the crew on Tuesday.</p>",
    "an epidemic": "<p>Dịch Covid-19: Số ca mắc ở cảng tăng trong tuần này, theo lời thuyền trưởng.</p>",
    "a sponsor told": "<p>The trip was sponsored by the harbour council, which paid for coffee and bread on board.</p>",
    "a translation told": "<p>Translated into numbers, the ferry carried a third more people than a year ago.</p>",
    "facts told": "<p>Facts are few so far, said the harbour master, who counts the people at the pier each day.</p>",
    "a table in a figure": "<figure class='wp-block-table'><table><tr><td>Monday</td><td>812</td></tr><tr><td>Sunday</td>"
    "<td>1204</td></tr></table></figure>",
    "opinions of others": "<p>The views expressed by the crew are far apart: some want a new ferry, others an old one.</p>",
    "others' words, in French": "<p>Les propos tenus par le capitaine ont choqué les habitants du port.</p>",
    "others' meanings, in Dutch": "<p>De meningen in dit dorp zijn verdeeld over de veerboot en over het geld.</p>",
    "a play that was changed": "<p>Dit stuk is aangepast door een regisseur, die de rol van de kapitein zelf speelt.</p>",
    "a report that was not edited": "<p>This report, the captain said, has not been edited by anybody at the harbour.</p>",
    "prices that were put right": "<p>Korrektur (15 Prozent): So stark fielen die Preise der Überfahrt in einer Nacht.</p>",
    "a subheading": "<h2>What the crew says</h2>",
}


@pytest.mark.parametrize("markup", REAL.values(), ids=REAL)
def test_what_belongs_to_the_text_is_no_aside(markup: str) -> None:
    told = [f"<p>{text}</p>" for text in STORY]
    told.insert(2, markup)
    article = split_page(
        f"<article><h1>Ferry carries more</h1>{''.join(told)}</article>", "https://paper.example/f"
    )
    assert article.asides == ()
    assert len(article.body) > len(STORY)


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><blockquote><p>We have never seen so many people wait.</p></blockquote></figure>",
        (
            "<div class='wp-block-media-text'><figure><img src=/f.jpg></figure><div class='wp-block-media-text__content'><p>The"
            " second ferry is in the dock, where its engine is taken out.</p></div></div>"
        ),
    ],
)
def test_quotations_in_figures_and_text_beside_pictures_are_no_captions(markup: str) -> None:
    assert asides(markup) == ()


def test_several_asides_stand_where_they_stood() -> None:
    told = [f"<p>{text}</p>" for text in STORY]
    told[0] = (
        "<figure><img src=/f.jpg><figcaption>The pier. <span>Photo: Ada Okoye</span></figcaption></figure>"
        + told[0]
    )
    told[2] += '<blockquote class="twitter-tweet"><p>Full again.</p>— Ferry (@ferry)</blockquote>'
    told[5] += '<div class="infobox"><h3>The ferry</h3><ul><li>Built 1921</li><li>Carries 80</li></ul></div>'
    article = split_page(
        f"<article><h1>Ferry carries more</h1>{''.join(told)}</article>", "https://paper.example/f"
    )
    assert article.body == tuple(STORY)
    assert [(aside.kind, aside.after) for aside in article.asides] == [
        ("caption", 0),
        ("post", 3),
        ("factbox", 6),
    ]
    assert article.asides[2].text == "The ferry Built 1921 Carries 80"


def test_a_long_text_beside_a_picture_and_under_a_heading_is_no_caption() -> None:
    told = "The pier is of stone, and older than the town. " * 8
    inside = "".join(f"<p>{text}</p>" for text in STORY)
    module = f"<div class=image-text><img src=/f.jpg><h3>What a pier is</h3><p>{told}</p></div>"
    page = f"<article><h1>Ferry carries more</h1>{inside}{module}<p>{STORY[0]}</p></article>"
    assert told.strip() in split_page(page).body


def test_emphasis_behind_an_emoji_is_no_caption() -> None:
    told = "All of the paragraph is set in italics, because whoever wrote it liked them very much."
    inside = "".join(f"<p>{text}</p>" for text in STORY)
    emphasis = f'<p><img class="emoji" src=/e.png width=12> <em>{told}</em></p>'
    article = split_page(f"<article><h1>Ferry carries more</h1>{inside}{emphasis}<p>{STORY[0]}</p></article>")
    assert (article.asides, told in article.body) == ((), True)


def test_the_paid_part_of_a_text_is_no_offer_to_pay() -> None:
    paid = (
        "The paid part tells that the deck was older than anybody had thought, said the builder.",
        "He found a coin of the second king under one of the planks, and gave it to the museum.",
    )
    inside = "".join(f"<p>{text}</p>" for text in STORY)
    page = f"<html><title>Ferry carries more</title><article><h1>Ferry carries more</h1><div>{inside}</div>"
    told = "".join(f"<p>{text}</p>" for text in paid)
    assert split_page(f"{page}<section class=subscription>{told}</section></article>").body[-2:] == paid
    offer = "<p>Subscribe now for one pound a week.</p>"
    assert list(split_page(f"{page}<section class=subscription>{offer}</section></article>").body) == STORY


def test_a_caption_between_line_breaks_is_one() -> None:
    """In an element of its own among lines that nothing but breaks divides, in a short text, too."""
    for story in (STORY, STORY[:3]):
        photo = "<span class=photo><div><img src=/f.jpg></div><em class=img_desc>The eastern pier at noon</em></span>"
        html = f"<h1>Ferry carries more</h1><div class=text>{'<br><br>'.join([photo, *story])}</div>"
        article = split_page(html, content_type="text/html")
        assert article.body == tuple(story)
        assert article.asides == (Aside("caption", "The eastern pier at noon", 0),)
