"""Who wrote it: people only, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.authors import find_authors
from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.names import is_person, names_in
from newsspider.split.parse import open_page

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
