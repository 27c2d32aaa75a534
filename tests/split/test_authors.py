"""Who wrote it: people only, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.authors import find_authors
from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.names import names_in
from newsspider.split.parse import open_page
from newsspider.split.persons import is_person

HEAD = "<h1>Bridge opens after nine years</h1>"


def authors(html: str) -> tuple[tuple[str, ...], str | None]:
    page = open_page(html, "https://www.dailypost.example/story/1")
    machine = read_machine(page)
    found = find_authors(page, machine, find_headline(page, machine))
    return (found.value, found.source) if found else ((), None)


def ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Okoye", ("Ada Okoye",)),
        ("ByJ.R. Okoye", ("J.R. Okoye",)),
        ("By ADA OKOYE, JUAN DÍAZ and Mia van der Berg", ("ADA OKOYE", "JUAN DÍAZ", "Mia van der Berg")),
        ("By Ada Okoye and Daily Post Staff | 5 March 2021", ("Ada Okoye",)),
        ("By Ada Okoye, Senior Reporter, Harare", ("Ada Okoye",)),
        ("Von Jörg Öhler und Anna-Lena Groß, Berlin", ("Jörg Öhler", "Anna-Lena Groß")),
        ("Par Zoé Le Goff", ("Zoé Le Goff",)),
        ("Por Ana Ruiz y Luis Peña C.", ("Ana Ruiz", "Luis Peña C.")),
        ("Text: Ana Ruiz | Fotos: Pia Kern", ("Ana Ruiz",)),
        ("Автор: Анна Белова", ("Анна Белова",)),
        ("山田太郎 記者", ("山田太郎",)),
        ("홍길동 기자 hong@daily.example", ("홍길동",)),
        ("Ada Okoye Dec 29, 2016, 10:00am", ("Ada Okoye",)),
        ("By Reuters", ()),
        ("Redaktion", ()),
        ("Von unserer Redaktion", ()),
        ("dailypost.com", ()),
        ("By the end of the year, traffic doubles", ()),
    ],
)
def test_names_in_bylines(text: str, names: tuple[str, ...]) -> None:
    """Without "by", place, job, desk and agency."""
    assert names_in(text) == names


@given(st.text(max_size=200))
def test_any_text_can_be_a_byline(text: str) -> None:
    """Nothing is raised, and what comes out is a name by our own rule."""
    assert all(is_person(name, strong=True) for name in names_in(text, strong=True))


def test_json_ld_decides_where_it_names_people() -> None:
    """Objects, strings, lists, given and family names; organisations fall away."""
    people = '[{"@type": "Person", "name": "Ada Okoye"}, {"givenName": "Juan", "familyName": "Díaz"}]'
    assert authors(ld(people) + HEAD + "<p>By Someone Else</p>") == (("Ada Okoye", "Juan Díaz"), "json-ld")
    assert authors(ld('"Ada Okoye and Juan Díaz"') + HEAD)[0] == ("Ada Okoye", "Juan Díaz")
    assert authors(ld('{"@type": "Organization", "name": "Post Press"}') + HEAD) == ((), None)


def test_the_site_is_not_its_own_author() -> None:
    """Whatever type the page gives it; the printed byline is read instead."""
    site = '<meta property="og:site_name" content="Daily Post">'
    assert authors(site + ld('{"@type": "Person", "name": "Daily Post"}') + HEAD) == ((), None)
    html = site + ld('{"@type": "Person", "name": "Daily Post"}') + HEAD + "<p>By Ada Okoye</p>"
    assert authors(html) == (("Ada Okoye",), "text")


def test_a_nickname_gives_way_to_the_printed_full_name() -> None:
    """adaokoye in the data, Ada Okoye on the page."""
    html = ld('{"@type": "Person", "name": "adaokoye"}') + HEAD + '<p class="byline">By Ada Okoye</p>'
    assert authors(html)[0] == ("Ada Okoye",)


def test_classes_links_and_lines_name_authors() -> None:
    """Each alone is enough near the headline."""
    assert authors(HEAD + '<div class="post-author">Ada Okoye</div>')[0] == ("Ada Okoye",)
    assert authors(HEAD + '<p><a href="/author/ada">Ada Okoye</a> 5 March</p>')[0] == ("Ada Okoye",)
    assert authors(HEAD + '<p><a rel="author" href="/x">Ada Okoye</a></p>')[0] == ("Ada Okoye",)
    assert authors(HEAD + '<p><span itemprop="author">Ada Okoye</span></p>')[0] == ("Ada Okoye",)
    assert authors(HEAD + "<p>By Ada Okoye</p>") == (("Ada Okoye",), "text")


def test_two_authors_in_neighbouring_elements_are_one_byline() -> None:
    """In their order."""
    html = (
        HEAD
        + '<div><span class="author">Ada Okoye</span></div><div><span class="author">Juan Díaz</span></div>'
    )
    assert authors(html)[0] == ("Ada Okoye", "Juan Díaz")


def test_authors_of_other_stories_comments_and_pictures_are_not_ours() -> None:
    """Cards, comments and captions beside the story name other people."""
    html = (
        HEAD
        + "<p>A first paragraph of the story.</p><figure><figcaption>By Pia Kern</figcaption></figure>"
        + '<div class="related"><div class="card"><a rel="author" href="/author/b">Bob Stone</a></div></div>'
        + '<div class="comments"><span class="author">Carl Lund</span></div>'
    )
    assert authors(html) == ((), None)


def test_the_names_that_most_places_agree_on_win() -> None:
    """One stray element does not outvote metas and byline."""
    html = (
        '<meta name="author" content="Ada Okoye">' + HEAD + "<p>By Ada Okoye</p><p>Text</p><p>Text</p>"
        '<p class="author">Bob Stone</p>'
    )
    assert authors(html)[0] == ("Ada Okoye",)


TEXT = "".join(
    f"<p>{sentence} It took three firms from the region and the neighbours a good deal of patience.</p>"
    for sentence in (
        "The bridge was opened on Sunday.",
        "The ferry stopped at noon.",
        "A second one is planned.",
    )
)


def filled(html: str) -> str:
    """A page with the headline and the text in their places."""
    return html.replace("[HEAD]", HEAD).replace("[TEXT]", TEXT)


@pytest.mark.parametrize(
    ("html", "names"),
    [
        (
            (
                '[HEAD]<div class="d-flex"><img class="rounded-circle" src="u.jpg" width=25><span>Ada Okoye'
                "</span></div>[TEXT]"
            ),
            ("Ada Okoye",),
        ),
        (
            (
                '[HEAD][TEXT]<div class="d-flex justify-content-between"><div class="d-flex">'
                '<img class="rounded-circle mr-2" src="u.jpg" width=25>Ada Okoye</div><div><span>31</span>'
                "</div></div>"
            ),
            ("Ada Okoye",),
        ),
        ('[HEAD]<div class="meta-info">5 March 2021 Ada Okoye</div>[TEXT]', ("Ada Okoye",)),
        ("[HEAD]<div><span>Ada Okoye</span> | <span>5 March 2021</span></div>[TEXT]", ("Ada Okoye",)),
        ("[HEAD]<p>Ada Okoye</p><p>5 March 2021, 10:00</p>[TEXT]", ("Ada Okoye",)),
        ('[HEAD][TEXT]<p style="text-align:right"><strong>Nguyễn Văn An</strong></p>', ("Nguyễn Văn An",)),
        ("[HEAD][TEXT]<p><em>Ada Okoye</em></p>", ("Ada Okoye",)),
        ("[HEAD][TEXT]<p>(Reporting by Ada Okoye; Editing by Juan Díaz)</p>", ("Ada Okoye",)),
        ('<meta name="author" content="Ada">[HEAD]<p>Ein Kommentar von Ada Okoye</p>[TEXT]', ("Ada Okoye",)),
        (
            (
                '[HEAD]<span class="author vcard"><a class="url fn n" href="/author/ada/">Ada Okoye</a>'
                '</span><time>5 March 2021</time>[TEXT]<div class="author-box"><h4>About Ada Okoye</h4>'
                "<p>Ada Okoye is a reporter who covers roads. She lives in Harare with two dogs.</p></div>"
            ),
            ("Ada Okoye",),
        ),
        (
            (
                '[HEAD]<div class="td-post-author-name"><div class="td-author-by">By</div> '
                '<a href="/author/ada/">Ada Okoye</a><div class="td-author-line"> - </div></div>[TEXT]'
            ),
            ("Ada Okoye",),
        ),
        (
            (
                "[HEAD]<figure><img src=x><figcaption>The bridge. Photo: Pia Kern</figcaption></figure>"
                "<p>By Ada Okoye</p>[TEXT]"
            ),
            ("Ada Okoye",),
        ),
        (
            '[HEAD]<p class="byline">By Ada Okoye</p><p class="byline">Photos by Pia Kern</p>[TEXT]',
            ("Ada Okoye",),
        ),
        ('[HEAD]<p class="byline">Words by Ada Okoye. Photography by Pia Kern.</p>[TEXT]', ("Ada Okoye",)),
        ('[HEAD]<p class="author">Ada Okoye<br>Senior Reporter</p>[TEXT]', ("Ada Okoye",)),
        (
            (
                '[HEAD]<div class="author"><span class="name">Ada Okoye</span>'
                '<span class="role">Political Editor</span><span class="tw">@adaokoye</span></div>[TEXT]'
            ),
            ("Ada Okoye",),
        ),
        ('[HEAD]<div class="byline"><span>By</span><span>Ann Writer</span></div>[TEXT]', ("Ann Writer",)),
        (
            '[HEAD]<div class="author-info">Publicado por <b>Ana Ruiz</b> el 5 de marzo de 2021</div>[TEXT]',
            ("Ana Ruiz",),
        ),
        ('[HEAD]<div class="author">Suharto</div>[TEXT]', ("Suharto",)),
        (
            (
                '[HEAD]<div class="penulis">Penulis: <a href="/author/budi">Budi Santoso</a></div>'
                '<div class="editor">Editor: Siti Aminah</div>[TEXT]'
            ),
            ("Budi Santoso",),
        ),
        (
            '[HEAD]<a rel="author" href="/u/1">홍길동 기자</a><span>입력 2021.03.05 10:00</span>[TEXT]',
            ("홍길동",),
        ),
        ("[HEAD]<p>입력 2021.03.05 10:00 | 홍길동 기자 hong@x.example</p>[TEXT]", ("홍길동",)),
        ("[HEAD]<p>記者王小明／台北報導</p>[TEXT]", ("王小明",)),
        ('[HEAD]<div class="author">文/王小明</div>[TEXT]', ("王小明",)),
        ("[HEAD]<p>2021-03-05 10:00 来源：新华社 作者：王小明</p>[TEXT]", ("王小明",)),
        ('[HEAD]<p class="writer">【山田太郎】</p>[TEXT]', ("山田太郎",)),
        (
            '<html dir=rtl>[HEAD]<div class="post-author">بقلم: <a href="/author/a">أحمد علي</a></div>[TEXT]',
            ("أحمد علي",),
        ),
        ("<html dir=rtl>[HEAD]<p>كتب : أحمد علي</p>[TEXT]", ("أحمد علي",)),
        ('<html dir=rtl>[HEAD]<div class="author">מאת דנה כהן</div>[TEXT]', ("דנה כהן",)),
        ("[HEAD]<p>ដោយ៖ សុខ ចាន់ | ០៥ មីនា ២០២១</p>[TEXT]", ("សុខ ចាន់",)),
        ('[HEAD]<div class="author-name">सचिन शर्मा</div><div>नवभारत डेस्क</div>[TEXT]', ("सचिन शर्मा",)),
        ("[HEAD]<p>โดย สมชาย ใจดี</p><p>5 มีนาคม 2564</p>[TEXT]", ("สมชาย ใจดี",)),
        ("[HEAD]<p>Автор: Иван Петров, фото: Анна Белова</p>[TEXT]", ("Иван Петров",)),
        ("[HEAD]<p>Иван Петров</p><p>5 марта 2021, 10:00</p>[TEXT]", ("Иван Петров",)),
        (
            (
                '[HEAD]<div itemprop="author" itemscope><span itemprop="name">Ada Okoye</span>'
                '<meta itemprop="url" content="x"></div><div itemprop="publisher" itemscope>'
                '<meta itemprop="name" content="Daily Post"></div>[TEXT]'
            ),
            ("Ada Okoye",),
        ),
        (
            (
                '<meta name="twitter:label1" content="Written by">'
                '<meta name="twitter:data1" content="Ada Okoye">'
                '<meta name="twitter:label2" content="Est. reading time">'
                '<meta name="twitter:data2" content="3 minutes">[HEAD][TEXT]'
            ),
            ("Ada Okoye",),
        ),
        ('<meta name="author" content="Okoye, Ada">[HEAD][TEXT]', ("Ada Okoye",)),
        ("[HEAD]<p>By <b>Ada Okoye</b>, <i>Harare</i></p>[TEXT]", ("Ada Okoye",)),
        (
            (
                '[HEAD]<p><a href="/authors/ada-okoye"><img alt="Ada Okoye"></a>'
                '<a href="/authors/ada-okoye">Ada Okoye</a></p>[TEXT]'
            ),
            ("Ada Okoye",),
        ),
        (
            (
                '[HEAD]<div class="contributors"><span>Ada Okoye</span><span>,</span><span>Juan Díaz</span>'
                "<span> and </span><span>Mia Berg</span></div>[TEXT]"
            ),
            ("Ada Okoye", "Juan Díaz", "Mia Berg"),
        ),
        ('[HEAD]<address>Av <a href="mailto:a@b.example">Åsa Öberg</a></address>[TEXT]', ("Åsa Öberg",)),
        ("[HEAD]<p>Jón Gnarr Kristinsson skrifar</p>[TEXT]", ("Jón Gnarr Kristinsson",)),
        (
            (
                '[HEAD]<div class="byline">By Ada Okoye, The Daily Post</div>'
                '<meta property="og:site_name" content="Daily Post">[TEXT]'
            ),
            ("Ada Okoye",),
        ),
        (
            (
                "[HEAD]<p>Ada Okoye, Daily Post</p><p>Published 5 March 2021</p>"
                '<meta property="og:site_name" content="Daily Post">[TEXT]'
            ),
            ("Ada Okoye",),
        ),
        (
            (
                '[HEAD]<div class="entry-meta">Posted on March 5, 2021 by <a href="/author/ada">Ada Okoye'
                '</a> in <a href="/c/x">City Hall</a></div>[TEXT]'
            ),
            ("Ada Okoye",),
        ),
        ("[HEAD]<h5>Na Juma Hamisi</h5>[TEXT]", ("Juma Hamisi",)),
    ],
)
def test_bylines_as_systems_and_themes_print_them(html: str, names: tuple[str, ...]) -> None:
    """Portrait, date, signature, classes, microdata, metas; in many languages."""
    assert authors(filled(html))[0] == names


@pytest.mark.parametrize(
    "html",
    [
        "[HEAD]<p>New York</p><p>5 March 2021, 10:00</p>[TEXT]",
        "[HEAD]<p>World News</p><p>5 March 2021, 10:00</p>[TEXT]",
        (
            '[HEAD]<ul class="post-meta"><li><a href="/category/world">World Affairs</a></li>'
            "<li>5 March 2021</li></ul>[TEXT]"
        ),
        "[HEAD][TEXT]<p><strong>What happens next</strong></p>",
        "[HEAD][TEXT]<p><strong>Editing by Juan Díaz</strong></p>",
        (
            '[HEAD][TEXT]<div class="related-posts"><div class="post"><h3>Other</h3>'
            '<span class="author">Bob Stone</span></div></div><div class="comments">'
            '<div class="comment"><cite class="fn">Carl Lund</cite> says</div></div>'
        ),
        (
            '[HEAD][TEXT]<aside><h3>Opinion</h3><div class="card"><a href="/author/bob-stone">Bob Stone'
            '</a></div><div class="card"><a href="/author/pia-kern">Pia Kern</a></div></aside>'
        ),
        '[HEAD]<div class="author">Staff Reporter</div>[TEXT]',
        '[HEAD]<div class="author">Web Desk</div><div>March 5, 2021</div>[TEXT]',
        "[HEAD]<p>नई दिल्ली, संवाददाता</p>[TEXT]",
        (
            '<meta property="article:author" content="https://www.facebook.com/dailypost">'
            '<meta name="author" content="Daily Post">'
            '<meta property="og:site_name" content="Daily Post">[HEAD][TEXT]'
        ),
        "[HEAD]<button>Share This Story</button><p>Follow Us</p><p>Subscribe Now</p>[TEXT]",
        "[HEAD]<p>Source: Reuters</p>[TEXT]",
        '[HEAD]<div class="byline">Reuters</div>[TEXT]',
        (
            '[HEAD]<div class="byline">By The Daily Post</div>'
            '<meta property="og:site_name" content="Daily Post">[TEXT]'
        ),
    ],
)
def test_pages_without_an_author(html: str) -> None:
    """Places, sections, desks, agencies, buttons, the site, people of other stories, editors."""
    assert authors(filled(html)) == ((), None)


@pytest.mark.parametrize("nickname", ["Ada", "adaokoye", "ada.okoye", "aokoye", "okoye"])
def test_a_nickname_is_told_from_the_printed_name(nickname: str) -> None:
    """Its beginning, or initials and family name; from JSON-LD and from a meta."""
    line = HEAD + "<p>By Ada Okoye</p>"
    assert authors(ld(f'{{"@type": "Person", "name": "{nickname}"}}') + line)[0] == ("Ada Okoye",)
    assert authors(f'<meta name="author" content="{nickname}">{line}')[0] == ("Ada Okoye",)


def test_the_byline_adds_those_that_json_ld_leaves_out() -> None:
    """Where a meta names the same; a crowd of helpers is not added."""
    one = ld('{"@type": "Person", "name": "Ada Okoye"}')
    line = HEAD + '<p class="byline">By Ada Okoye and Juan Díaz</p>'
    meta = '<meta name="author" content="Ada Okoye, Juan Díaz">'
    assert authors(one + meta + line) == (("Ada Okoye", "Juan Díaz"), "html")
    assert authors(one + line) == (("Ada Okoye",), "json-ld")


def test_a_line_between_breaks_can_be_a_byline() -> None:
    """On old pages, where the headline's cell holds everything."""
    line = (
        "<td>5 March 2021<br><b>Bridge opens after nine years</b><br><i>By Ada Okoye</i><br>It is open.</td>"
    )
    assert authors(f"<title>Bridge opens after nine years</title><table><tr>{line}</table>")[0] == (
        "Ada Okoye",
    )


def test_branches_of_the_site_are_no_people() -> None:
    """Its domain, and a word more."""
    assert authors(ld('{"@type": "Person", "name": "Daily Post Africa"}') + HEAD) == ((), None)


def test_many_lines_with_by_cost_little() -> None:
    """Comments can have thousands."""
    html = HEAD + '<div class="comments">' + "By Ada Okoye<br>text<br>" * 20_000 + "</div>"
    assert authors(html) == ((), None)


def test_what_stands_before_a_date_says_what_the_date_is() -> None:
    lines = (
        "آخر تحديث: 20/11/2026 06:31 م (توقيت مكة المكرمة)",
        "Oluşturulma Tarihi: 20.11.2026 11:20",
        "Publication Date: 20 Nov 2026",
        "승인 2026.11.14 20:05",
        "입력 2026.11.14. 오후 8:05",
        "עודכן לאחרונה: 20.11.2026",
    )
    for line in lines:
        text = (
            "<p>The bridge over the river opened on Sunday after nine years of work, the mayor said.</p>" * 3
        )
        page = open_page(f"<h1>The bridge opens</h1><div class=meta>{line}</div>{text}")
        machine = read_machine(page)
        assert find_authors(page, machine, find_headline(page, machine)) is None, line
