"""JSON-LD, metas and microdata as pages really write them."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.jsonld import Graph, parse, text_of
from newsspider.split.machine import live_address, read_machine
from newsspider.split.parse import open_page

ARTICLE = '{"@type": "NewsArticle", "headline": "Bridge opens after nine years"}'


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"<![CDATA[{ARTICLE}]]>",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"/*<![CDATA[*/ {ARTICLE} /*]]>*/",
        f"<!-- {ARTICLE} -->",
        ARTICLE + ";",
        ARTICLE.replace("}", ",\n}"),
        ARTICLE.replace("{", '{"description": "one\nline\tand\x01another",'),
        ARTICLE.replace("{", '{"description": "a stray \\| stroke",'),
        ARTICLE.replace('"', "&quot;"),
        f"{ARTICLE}\n{ARTICLE}",
        f'{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite"}}, {ARTICLE}]}}',
        ARTICLE.replace("{", '{"description": "unescaped "marks" inside",'),
    ],
)
def test_json_ld_is_read_however_it_is_broken(script: str) -> None:
    """CDATA, comments, commas, control characters, entities: the headline comes out."""
    headlines = [thing.data.get("headline") for thing in Graph([script]).things]
    assert "Bridge opens after nine years" in headlines


@pytest.mark.parametrize("script", ["", "{", "[[[", "var a = 1;", '{"a": }', "[" * 100_000, "null", "\ud800"])
def test_what_is_no_json_ld_gives_nothing(script: str) -> None:
    """Nothing is raised for garbage, empty text or deep nesting."""
    assert [thing for thing in Graph([script]).things if thing.data] == []


@given(
    st.dictionaries(
        st.text(max_size=8), st.text(max_size=20) | st.lists(st.integers(), max_size=3), max_size=4
    )
)
def test_clean_json_ld_is_read_as_it_is(value: dict[str, object]) -> None:
    """Whatever json.dumps writes is read back."""
    assert parse(json.dumps(value)) == [value]


def test_a_reference_is_followed_to_the_object_it_names() -> None:
    """{"@id": ..} stands for the object with that @id, anywhere on the page."""
    graph = Graph(
        [
            '{"@type": "Article", "author": {"@id": "#p1"}}',
            '[{"@type": "Person", "@id": "#p1", "name": "Ada Okoye"}]',
        ]
    )
    assert text_of(graph.objects(graph.things[0].data["author"])) == "Ada Okoye"


def test_entities_and_tags_in_a_value_are_undone() -> None:
    """Also those that were escaped twice."""
    assert text_of("Fish &amp;amp; <i>chips</i>") == "Fish & chips"


def test_the_article_is_the_object_whose_headline_the_title_has() -> None:
    """Not the teasers in a list, even when they come first."""
    teasers = (
        '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another story", '
        '"datePublished": "2024-01-01"}]}'
    )
    page = open_page(
        "<title>Bridge opens after nine years | Daily</title>"
        f'<script type="application/ld+json">[{teasers}, {ARTICLE}]</script>',
        "https://daily.example/1",
    )
    assert read_machine(page).said("headline") == "Bridge opens after nine years"


def test_metas_are_known_by_name_property_and_value() -> None:
    """`value` counts where `content` is missing; the first name asked for wins."""
    page = open_page('<meta name="Author" value="Ada Okoye"><meta property="og:title" content="A &amp; B">')
    machine = read_machine(page)
    assert machine.meta("byline", "author") == "Ada Okoye"
    assert machine.meta("og:title") == "A & B"


def test_the_site_is_known_by_its_names_whatever_the_case() -> None:
    """og:site_name, the publisher and the domain's own label."""
    page = open_page(
        '<meta property="og:site_name" content="The Daily Post">', "https://www.dailypost.example/x/1"
    )
    machine = read_machine(page)
    assert machine.is_site("THE DAILY POST")
    assert machine.is_site("Dailypost")
    assert not machine.is_site("Ada Okoye")


def test_an_archives_copy_has_the_address_of_its_original() -> None:
    """The day of the copy is not in it any more."""
    url = "https://web.archive.example/web/20130217000000/http://daily.example/2012/05/story"
    assert live_address(url) == "http://daily.example/2012/05/story"
    assert live_address("https://daily.example/20130217/https") == "https://daily.example/20130217/https"


def test_a_script_of_blanks_takes_linear_time() -> None:
    begun = time.process_time()
    assert parse(" " * 300_000 + "x") == []
    assert time.process_time() - begun < 60
