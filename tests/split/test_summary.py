"""Standfirst and kicker: what stands on the page, decided together with the body."""

from __future__ import annotations

from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page
from newsspider.split.summary import Standfirst, find_kicker, find_standfirst

HEAD = "<h1>Bridge opens after nine years</h1>"
LEAD = "The ferry that has crossed the river since 1921 makes its last trip on Sunday."
BODY = "".join(
    f"<p>Paragraph number {i} tells of the bridge, its builders and its cost at some length.</p>"
    for i in range(4)
)


def standfirst(html: str) -> Standfirst | None:
    page = open_page(html, "https://daily.example/1")
    machine = read_machine(page)
    body = [
        block.number for block in page.blocks if page.nodes[block.node].tag == "p" and len(block.text) > 60
    ]
    return find_standfirst(page, machine, find_headline(page, machine), body)


def test_a_block_called_so_is_the_standfirst() -> None:
    """By the words that systems and newsrooms use in class names."""
    for name in ("standfirst", "article-subtitle", "dek", "post__lead", "sapo", "entry-excerpt"):
        found = standfirst(HEAD + f'<p class="{name}">{LEAD}</p><div>{BODY}</div>')
        assert found is not None
        assert found.text == LEAD
        assert len(found.blocks) == 1


def test_a_block_that_the_description_repeats_is_the_standfirst() -> None:
    """Where its markup is not that of the paragraphs."""
    meta = f'<meta name="description" content="{LEAD}">'
    found = standfirst(meta + HEAD + f"<div>{LEAD}</div><article>{BODY}</article>")
    assert found is not None
    assert found.text == LEAD


def test_the_first_paragraph_is_no_standfirst_though_the_description_repeats_it() -> None:
    """It is marked up like the paragraphs after it: the body keeps it."""
    meta = f'<meta name="description" content="{LEAD}">'
    assert standfirst(meta + HEAD + f"<article><p>{LEAD}</p>{BODY}</article>") is None


def test_the_description_alone_is_no_standfirst() -> None:
    """What does not stand on the page is not given."""
    assert standfirst(f'<meta name="description" content="{LEAD}">' + HEAD + BODY) is None


def test_captions_bylines_and_times_are_none() -> None:
    """Even between headline and text."""
    html = (
        HEAD
        + f"<figure><figcaption>{LEAD}</figcaption></figure><h2>By Ada Okoye</h2><p>5 March 2021, 10:30</p>"
    )
    assert standfirst(html + f"<article>{BODY}</article>") is None


def test_the_kicker_stands_over_the_headline() -> None:
    """In an element called so; without one there is none."""
    page = open_page('<p class="kicker">Traffic</p>' + HEAD)
    kicker = find_kicker(page, find_headline(page, read_machine(page)))
    assert kicker is not None
    assert kicker.value == "Traffic"
    page = open_page("<p>Traffic</p>" + HEAD)
    assert find_kicker(page, find_headline(page, read_machine(page))) is None
