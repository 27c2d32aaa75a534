"""Section, tags, image, canonical address, last change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsspider.split.about import find_canonical, find_image, find_modified, find_section, find_tags
from newsspider.split.headline import find_headline
from newsspider.split.machine import Machine, read_machine
from newsspider.split.parse import open_page
from newsspider.split.table import Page

URL = "https://daily.example/story/1?utm_source=x"


def both(html: str, url: str | None = URL) -> tuple[Page, Machine]:
    page = open_page(html, url)
    return page, read_machine(page)


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_the_section_is_the_one_that_the_page_names() -> None:
    """JSON-LD, then metas; of a path its first level."""
    named = ld('{"@type": "NewsArticle", "articleSection": ["Traffic", "Region"]}')
    meta = '<meta property="article:section" content="Home > Region > North">'
    for html, wanted in ((named + meta, ("Traffic", "json-ld")), (meta, ("Region", "meta"))):
        found = find_section(*both(html))
        assert found is not None
        assert (found.value, found.source) == wanted


def test_of_a_breadcrumb_the_first_level_below_home_is_the_section() -> None:
    """Neither home nor the story itself, in any order of the list."""
    crumbs = ld(
        '{"@type": "BreadcrumbList", "itemListElement": [{"position": 2, "name": "Region"},'
        '{"position": 1, "item": {"@id": "https://daily.example/", "name": "Daily"}},'
        '{"position": 3, "name": "North"}]}'
    )
    found = find_section(*both(crumbs))
    assert found is not None
    assert found.value == "Region"
    page, machine = both(
        '<nav aria-label="Breadcrumb"><a href="/">Startseite</a> › <a href="/r">Region</a></nav>'
    )
    found = find_section(page, machine)
    assert found is not None
    assert (found.value, found.source) == ("Region", "html")


def test_a_breadcrumb_of_home_and_story_names_no_section() -> None:
    """The story is not its own section."""
    html = '<div class="breadcrumbs"><a href="/">Home</a><a href="#">Bridge opens after nine years</a></div>'
    page, machine = both(html + "<h1>Bridge opens after nine years</h1>")
    assert find_section(page, machine, find_headline(page, machine)) is None


def test_tags_are_distinct_and_in_order() -> None:
    """From lists, from text with commas, from several metas, from links with rel=tag."""
    said = ld('{"@type": "NewsArticle", "keywords": "bridge, Ferry; bridge, river "}')
    metas = '<meta property="article:tag" content="Bridge"><meta property="article:tag" content="Ferry">'
    links = '<a rel="tag" href="/t/b">Bridge</a><a rel="tag" href="/t/f">Ferry, old</a>'
    for html, wanted in (
        (said + metas, (("bridge", "Ferry", "river"), "json-ld")),
        (metas + links, (("Bridge", "Ferry"), "meta")),
        (links, (("Bridge", "Ferry, old"), "html")),
    ):
        found = find_tags(*both(html))
        assert found is not None
        assert (found.value, found.source) == wanted
    assert find_tags(*both("<p>x")) is None


def test_the_image_is_absolute_and_no_data_address() -> None:
    """From objects, lists and og:image."""
    for image in ('"/a.jpg"', '["/a.jpg", "/b.jpg"]', '{"@type": "ImageObject", "url": "/a.jpg"}'):
        found = find_image(*both(ld(f'{{"@type": "NewsArticle", "image": {image}}}')))
        assert found is not None
        assert (found.value, found.source) == ("https://daily.example/a.jpg", "json-ld")
    html = ld('{"@type": "NewsArticle", "image": "data:image/png;base64,x"}')
    found = find_image(*both(html + '<meta property="og:image" content="/b.jpg">'))
    assert found is not None
    assert found.value == "https://daily.example/b.jpg"


def test_the_canonical_address_is_the_pages_own_word_cleaned() -> None:
    """Else the page's address without tracking; a home page stands for no story."""
    link = '<link rel="canonical" href="/story/bridge#top">'
    for html, wanted in (
        (link, ("https://daily.example/story/bridge", "html")),
        ('<meta property="og:url" content="https://daily.example/s">', ("https://daily.example/s", "meta")),
        ('<link rel="canonical" href="/">', ("https://daily.example/story/1", "url")),
        ("", ("https://daily.example/story/1", "url")),
    ):
        found = find_canonical(*both(html))
        assert found is not None
        assert (found.value, found.source) == wanted
    assert find_canonical(*both("<p>x", None)) is None


def test_the_last_change_is_never_after_the_fetch() -> None:
    """The next witness is asked; the zone is as the page gives it."""
    html = ld('{"@type": "NewsArticle", "dateModified": "2031-01-01T10:00:00+02:00"}')
    html += '<meta property="article:modified_time" content="2021-01-01T10:00:00+02:00">'
    found = find_modified(*both(html), datetime(2022, 1, 1, tzinfo=UTC))
    assert found is not None
    assert (found.value, found.source) == ("2021-01-01T10:00:00+02:00", "meta")
    assert find_modified(*both("<p>x")) is None


# ---- sections as systems and themes print them -------------------------------------------------------
STORY = "<h1>Bridge opens after nine years</h1>" + "".join(
    f"<p>In part {n} of the story the builders tell how the bridge over the river grew, span after span.</p>"
    for n in range(4)
)


def crumb_list(*names: str) -> str:
    items = ",".join(
        f'{{"@type": "ListItem", "position": {n}, "name": "{name}", "item": "https://daily.example/{"x" * n}"}}'
        for n, name in enumerate(names)
    )
    return ld(f'{{"@type": "BreadcrumbList", "itemListElement": [{items}]}}')


MENU = (
    '<nav><ul><li><a href="/">Home</a></li><li class="{0}"><a href="/welt/">Welt</a></li>'
    '<li class="{1}"><a href="/wirtschaft/">Wirtschaft</a></li></ul></nav>'
)
SECTIONS = {
    "entities": (ld('{"@type": "NewsArticle", "articleSection": "Arts &amp; Culture"}'), "Arts & Culture"),
    "first meta of several": (
        '<meta property="article:section" content="Gesellschaft"><meta property="article:section" content="Top">',
        "Gesellschaft",
    ),
    "unnamed category, breadcrumb": (
        '<meta property="article:section" content="Uncategorized">'
        + crumb_list("Inicio", "Política", "Leyes"),
        "Política",
    ),
    "site name before the section": (
        crumb_list("Daily", "ข่าวท้องถิ่น", "สะพานใหม่เปิดแล้ว"),
        "ข่าวท้องถิ่น",
    ),
    "crumbs that are named by position": (
        ld(
            '{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": "2",'
            ' "item": {"@id": "/mundo", "name": "Mundo"}}, {"@type": "ListItem", "position": "1",'
            ' "item": {"@id": "/", "name": "Portada"}}]}'
        ),
        "Mundo",
    ),
    "Newspaper's crumbs": (
        (
            '<div class="td-crumb-container"><div class="entry-crumbs"><span><a class="entry-crumb" href="/">Home</a>'
            '</span> <i class="td-bread-sep"></i> <span><a class="entry-crumb" href="/category/sport/">Deportes</a>'
            '</span> <i class="td-bread-sep"></i> <span class="td-bread-no-url-last">Bridge opens</span></div></div>'
        ),
        "Deportes",
    ),
    "crumbs of an SEO plugin": (
        (
            '<p id="breadcrumbs"><span><span><a href="https://daily.example/">Strona główna</a></span> » <span>'
            '<a href="https://daily.example/kraj/">Kraj</a></span> » <span class="breadcrumb_last">Bridge</span></span></p>'
        ),
        "Kraj",
    ),
    "crumbs as microdata alone": (
        (
            '<ol itemscope itemtype="https://schema.org/BreadcrumbList" class="trail"><li itemprop="itemListElement">'
            '<a itemprop="item" href="/"><span itemprop="name">Domů</span></a></li><li itemprop="itemListElement">'
            '<a itemprop="item" href="/domaci"><span itemprop="name">Domácí</span></a></li></ol>'
        ),
        "Domácí",
    ),
    "you are here": (
        '<div class="weizhi">当前位置：<a href="/">首页</a> &gt; <a href="/shehui/">社会</a> &gt; 正文</div>',
        "社会",
    ),
    "home as a picture": (
        (
            '<nav aria-label="breadcrumb"><ol class="breadcrumb"><li><a href="/"><img src="/home.svg"></a></li>'
            '<li><a href="/afya">Afya</a></li></ol></nav>'
        ),
        "Afya",
    ),
    "category link over the headline": (
        '<span class="cat-links"><a href="/economie/" rel="category tag">Économie</a></span>',
        "Économie",
    ),
    "Newspaper's categories": (
        '<ul class="td-category"><li class="entry-category"><a href="/category/mundo/">Mundo</a></li></ul>',
        "Mundo",
    ),
    "microdata of the article": (
        '<meta itemprop="articleSection" content="Νομός">',
        "Νομός",
    ),
    "labels over the headline": (
        '<div><ul><li class="c-entry-group-labels__item"><a href="/pumps"><span>Pumps</span></a></li></ul></div>',
        "Pumps",
    ),
    "metas of a publisher's measuring": ('<meta property="mrf:sections" content="Esportes">', "Esportes"),
    "meta of a category": ('<meta name="category" content="Ekonomi">', "Ekonomi"),
    "active entry of the menu": (MENU.format("menu-item", "menu-item current-menu-parent"), "Wirtschaft"),
    "the marked page of a menu": (
        '<nav><a href="/a">Sverige</a> <a href="/b" aria-current="page">Världen</a></nav>',
        "Världen",
    ),
}


@pytest.mark.parametrize(("html", "wanted"), SECTIONS.values(), ids=SECTIONS)
def test_sections_are_read_as_systems_print_them(html: str, wanted: str) -> None:
    page, machine = both(f"<html><body>{html}{STORY}</body></html>", "https://daily.example/story-1.html")
    found = find_section(page, machine, find_headline(page, machine))
    assert found is not None
    assert found.value == wanted


ADDRESSES = {
    "https://daily.example/wirtschaft/bruecke-offen-12.html": "Wirtschaft",
    "https://daily.example/welt/2026/05/bruecke-offen": "Welt",
    "https://daily.example/2026/05/bruecke-offen": None,
    "https://daily.example/sport/fussball/bruecke-offen": "sport",
    "https://daily.example/climate-and-energy/bruecke-offen": "climate and energy",
    "https://daily.example/de/news/bruecke-offen": None,
    "https://daily.example/article/bruecke-offen": None,
    "https://daily.example/node/77123": None,
    "https://daily.example/bruecke-offen": None,
    "https://daily.example/%D1%81%D0%BF%D0%BE%D1%80%D1%82/most-12": "спорт",
}


@pytest.mark.parametrize(("url", "wanted"), ADDRESSES.items())
def test_a_section_that_only_the_address_has_is_named_as_the_menu_names_it(
    url: str, wanted: str | None
) -> None:
    """Without a link of the menu to it by the address's own word; dates, languages and what all stories share
    are no sections."""
    page, machine = both(f"<html><body>{MENU.format('', '')}{STORY}</body></html>", url)
    found = find_section(page, machine, find_headline(page, machine))
    assert (found.value if found else None) == wanted


def test_sections_of_listed_stories_are_not_the_storys() -> None:
    listed = ld(
        '[{"@type": "WebPage", "name": "x"}, {"@type": "ItemList", "itemListElement": [{"@type": "ListItem",'
        '"item": {"@type": "NewsArticle", "headline": "Goats", "articleSection": "Farming"}}]}]'
    )
    page, machine = both(listed + STORY, "https://daily.example/1.html")
    assert find_section(page, machine, find_headline(page, machine)) is None


# ---- tags --------------------------------------------------------------------------------------------
def links(*names: str, rel: str = "") -> str:
    return " ".join(f'<a href="/t/{n}"{rel}>{name}</a>' for n, name in enumerate(names))


TAGS = {
    "rel=tag": (f'<div class="x">{links("Bridge", "Ferry", rel=" rel=tag")}</div>', ("Bridge", "Ferry")),
    "categories are no tags": (
        '<a href="/c/1" rel="category tag">Region</a>' + STORY + links("Bridge", rel=' rel="tag"'),
        ("Bridge",),
    ),
    "Newspaper's list": (
        STORY + f'<ul class="td-tags td-post-small-box"><li><span>TAGS</span></li><li>{links("pont")}</li>'
        f'<li>{links("fleuve")}</li></ul>',
        ("pont", "fleuve"),
    ),
    "Drupal's field": (
        STORY + '<div class="field field--name-field-tags"><div class="field__label">Tagi</div>'
        f'<div class="field__items">{links("most", "rzeka")}</div></div>',
        ("most", "rzeka"),
    ),
    "JNews": (STORY + f'<div class="jeg_post_tags"><span>Tags:</span> {links("jembatan", "sungai")}</div>',
              ("jembatan", "sungai")),
    "Joomla": (STORY + f'<ul class="tags list-inline"><li>{links("γέφυρα")}</li></ul>', ("γέφυρα",)),
    "Ghost": (STORY + f'<section class="post-tags">{links("#ponte", "rio")}</section>', ("ponte", "rio")),
    "Blogger": (STORY + f'<span class="post-labels">Labels: {links("ব্রিজ", "নদী", rel=" rel=tag")}</span>',
                ("ব্রিজ", "নদী")),
    "addresses of tags": (
        STORY + '<div class="c2"><a href="/tema/puente">puente</a> <a href="/tema/rio">río</a></div>',
        ("puente", "río"),
    ),
    "a sidebar's cloud is none": (
        STORY + f'<div class="widget tagcloud">{links("a1", "b2", "c3")}</div>', None,
    ),
    "popular tags of the header are none": (
        f'<div class="trending-tags">{links("Election", "Cup")}</div>' + STORY, None,
    ),
    "metas of tags, one each": (
        '<meta property="article:tag" content="ponte"><meta property="article:tag" content="rio, cheia">' + STORY,
        ("ponte", "rio", "cheia"),
    ),
    "keywords with the site's name and the headline": (
        '<meta property="og:site_name" content="The Daily"><meta name="keywords"'
        ' content="bridge, river, The Daily, Bridge opens after nine years">' + STORY,
        ("bridge", "river"),
    ),
    "the site's own keywords are none": (
        '<meta name="keywords" content="news, breaking news, sports news, business, videos, weather">' + STORY,
        None,
    ),
    "the site's keywords beside the story's links": (
        '<meta name="keywords" content="online newspaper, latest, headlines">' + STORY
        + f'<div class="entry-tags">{links("bridge")}</div>',
        ("bridge",),
    ),
    "keywords in Chinese": (
        ('<meta name="keywords" content="大桥、通车，河流"><h1>大桥今日通车</h1>'
         "<p>经过九年的建设，河流上的大桥终于在今天通车，市民纷纷前来参观并拍照留念，现场十分热闹，很多人从早上就来了。</p>"),
        ("大桥", "通车", "河流"),
    ),
    "strokes and hashes": (
        '<meta name="news_keywords" content="#bridge | #river">' + STORY, ("bridge", "river"),
    ),
    "objects": (
        ld('{"@type": "NewsArticle", "keywords": [{"@type": "DefinedTerm", "name": "bridge"}, "river"]}'),
        ("bridge", "river"),
    ),
    "addresses among keywords": (
        ld('{"@type": "NewsArticle", "keywords": ["bridge", "https://daily.example/x", ""]}'), ("bridge",),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "wanted"), TAGS.values(), ids=TAGS)
def test_tags_are_the_storys_own(html: str, wanted: tuple[str, ...] | None) -> None:
    page, machine = both(f"<html><body>{html}</body></html>")
    found = find_tags(page, machine)
    assert (found.value if found else None) == wanted


# ---- last change -------------------------------------------------------------------------------------
FETCHED = datetime(2026, 5, 10, 12, 0, tzinfo=UTC)


def times(published: str, modified: str) -> str:
    return ld(f'{{"@type": "NewsArticle", "datePublished": "{published}", "dateModified": "{modified}"}}')


CHANGES = {
    "json-ld": (times("2026-05-01T08:00:00+02:00", "2026-05-02T09:30:00+02:00"), "2026-05-02T09:30:00+02:00"),
    "before publication": (times("2026-05-01T08:00:00Z", "2026-04-30T09:30:00Z"), None),
    "before publication, a meta later": (
        times("2026-05-01T08:00:00Z", "2026-04-30T09:30:00Z")
        + '<meta property="article:modified_time" content="2026-05-03T10:00:00Z">',
        "2026-05-03T10:00:00+00:00",
    ),
    "after the fetch": (times("2026-05-01T08:00:00Z", "2026-05-11T09:30:00Z"), None),
    "og": ('<meta property="og:updated_time" content="2026-05-02T09:30:00+07:00">', "2026-05-02T09:30:00+07:00"),
    "seconds since 1970": ('<meta property="og:updated_time" content="1777700000">', "2026-05-02T05:33:20+00:00"),
    "meta of a system": ('<meta name="article.updated" content="2026-05-02T09:30:00Z">', "2026-05-02T09:30:00+00:00"),
    "time element of a theme": (
        STORY + '<time class="entry-date published" datetime="2026-05-01T08:00:00+00:00">May 1</time>'
        '<time class="updated" datetime="2026-05-02T09:30:00+00:00">May 2</time>',
        "2026-05-02T09:30:00+00:00",
    ),
    "time element after a label": (
        STORY + '<p>Last updated: <time datetime="2026-05-02T09:30:00-03:00">2 May</time></p>',
        "2026-05-02T09:30:00-03:00",
    ),
    "German": ("<h1>Brücke offen</h1><p>Stand: 02.05.2026, 09:30 Uhr</p>" + STORY, "2026-05-02T09:30"),
    "French": (
        "<p>Publié le 1er mai 2026 à 08h00 - Mis à jour le 2 mai 2026 à 09h30</p>" + STORY, "2026-05-02T09:30",
    ),
    "Spanish": ("<p>Actualizado el 02/05/2026 a las 09:30</p>" + STORY, "2026-05-02T09:30"),
    "Portuguese": ("<p>01/05/2026 08h00 Atualizado em 02/05/2026 09h30</p>" + STORY, "2026-05-02T09:30"),
    "Russian": ("<div>Обновлено: 2 мая 2026, 09:30</div>" + STORY, "2026-05-02T09:30"),
    "Turkish": ("<span>Güncelleme: 02.05.2026 09:30</span>" + STORY, "2026-05-02T09:30"),
    "Indonesian": ("<div>Diperbarui 2 Mei 2026 09:30</div>" + STORY, "2026-05-02T09:30"),
    "Japanese": ("<p>公開 2026年5月1日 8時00分 更新 2026年5月2日 9時30分</p>" + STORY, "2026-05-02T09:30"),
    "Korean": ("<span>입력 2026.05.01 08:00</span> <span>수정 2026.05.02 09:30</span>" + STORY, "2026-05-02T09:30"),
    "Arabic": ("<div>آخر تحديث: 2 مايو 2026 09:30</div>" + STORY, "2026-05-02T09:30"),
    "Polish": ("<div>Aktualizacja: 2 maja 2026, 09:30</div>" + STORY, "2026-05-02T09:30"),
    "Vietnamese": ("<div>Cập nhật: 02/05/2026 09:30</div>" + STORY, "2026-05-02T09:30"),
    "Hindi": ("<div>अपडेटेड: 2 मई 2026 09:30</div>" + STORY, "2026-05-02T09:30"),
    "hours ago": ("<div>Updated 3 hours ago</div>" + STORY, None),
    "told in the text": (
        STORY + "<p>The ministry said that it had updated its count on 2 May 2026, when the river had fallen.</p>",
        None,
    ),
    "another story's": (
        STORY + '<div class="related"><p>Updated: 2 May 2026 09:30</p></div>', None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "wanted"), CHANGES.values(), ids=CHANGES)
def test_the_last_change_is_the_storys_own(html: str, wanted: str | None) -> None:
    page, machine = both(f"<html><body>{html}</body></html>")
    found = find_modified(page, machine, FETCHED)
    value = found.value if found else None
    assert (value and value.removesuffix(":00")) == (wanted and wanted.removesuffix(":00"))


TAGS = '<a href="/n/wells/">Wells</a> <a href="/n/water/">Water</a>'


@pytest.mark.parametrize(
    "label",
    [
        "Archivado En",
        "Tópicos",
        "Mots-clés :",
        "Schlagwörter",
        "Теги:",
        "キーワード",
        "الكلمات المفتاحية",
        "Từ khóa",
    ],
)
def test_links_under_a_heading_that_says_so_are_tags(label: str) -> None:
    """Or behind the word in one line."""
    for markup in (f"<h3>{label}</h3><ul><li>{TAGS}</li></ul>", f"<p><span>{label}</span> {TAGS}</p>"):
        found = find_tags(*both(f"<h1>The well is deep</h1><p>Text.</p><div class=x>{markup}</div>"))
        assert found is not None
        assert found.value == ("Wells", "Water")


@pytest.mark.parametrize(
    "markup",
    [
        "<h3>Topics</h3><p><a href=/2026/1-2-3>A long story of the wells and of those who dug them</a></p>",
        "<h3>Labels</h3><p><a href=/share>Share</a></p>",
        f"<nav><h3>Topics</h3>{TAGS}</nav>",
        f"<h3>Topics</h3><p>Nothing but text.</p><p>{TAGS}</p>",
        "<h3>More on this topic</h3><p><a href=/2026/well-dry>Well is dry</a> <a href=/2026/rain>Rain falls</a></p>",
        f"<div class=foot><h3>Topics</h3>{TAGS}</div>",
        "<p>Themen: <a href=/n/wells>Brunnen</a> und <a href=/n/water>Wasser</a> beschäftigen den Rat.</p>",
    ],
)
def test_stories_buttons_and_menus_under_such_a_heading_are_none(markup: str) -> None:
    assert find_tags(*both(f"<h1>The well is deep</h1><p>Text.</p><div class=x>{markup}</div>")) is None


@pytest.mark.parametrize(
    "link", ["<a rel='category tag' href=/c/isles/>Isles</a>", "<a href=/c/isles/>Isles</a>"]
)
def test_the_category_can_stand_in_the_articles_own_footer(link: str) -> None:
    """In the page's it is none of the story."""
    line = f"<footer><span class=cat-links>Posted in {link}</span></footer>"
    story = "<h1>The ferry is back</h1><p>Text.</p>"
    page, machine = both(f"<article>{story}{line}</article>")
    found = find_section(page, machine, find_headline(page, machine))
    assert found is not None
    assert found.value == "Isles"
    page, machine = both(f"<article>{story}</article>{line}")
    assert find_section(page, machine, find_headline(page, machine)) is None


def test_home_pages_of_any_name_and_words_of_systems_are_no_sections() -> None:
    crumbs = '<nav class=breadcrumbs><a href="/0,0.html">Gazetka</a> <a href="/w/0,1.html">Region</a></nav>'
    found = find_section(*both(crumbs))
    assert found is not None
    assert found.value == "Region"
    assert find_section(*both("", "https://daily.example/mnews/articles/1")) is None
