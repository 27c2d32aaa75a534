"""What kind of page it is."""

import pytest

from newsspider.split import split_page

TEXT = "".join(
    f"<p>The beekeeper of house {n} has moved his hives to the roof, where the wind is less.</p>"
    for n in range(8)
)
CARDS = "".join(
    f'<div class="card"><h2><a href="/2026/{n}">A story about bees and roofs, part {n}</a></h2></div>'
    for n in range(15)
)


def kind(html: str, url: str = "https://paper.example/2026/bees") -> str:
    return split_page(html, url, content_type="text/html").kind


def test_a_headline_over_text_is_an_article() -> None:
    assert kind(f"<h1>Bees move to the roof</h1>{TEXT}") == "article"


def test_a_page_of_teasers_is_a_listing() -> None:
    assert kind(f"<h1>Nature</h1>{CARDS}", "https://paper.example/nature") == "listing"


def test_the_front_page_is_a_listing_whatever_it_says() -> None:
    assert kind(f"<h1>The Roof Paper</h1>{CARDS}<p>Bees move.</p>", "https://paper.example/") == "listing"


def test_a_page_with_neither_is_other() -> None:
    assert kind("<form><input name=q></form><p>Search.</p>", "https://paper.example/search") == "other"


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Attention Required!", "403 Forbidden", "Seite nicht gefunden", "页面不存在"],
)
def test_checks_and_errors_are_blocked_in_any_language(title: str) -> None:
    article = split_page(f"<title>{title}</title><h1>{title}</h1><p>Code 1</p>", content_type="text/html")
    assert (article.kind, article.flags, article.headline) == ("other", ("blocked",), None)


def test_a_consent_wall_is_blocked() -> None:
    wall = (
        "<title>The Roof Paper</title><h2>We value your privacy</h2>"
        "<p>We and our partners store and/or access information on a device.</p>"
    )
    assert split_page(wall, content_type="text/html").flags == ("blocked",)


def test_a_story_about_robots_is_not_blocked() -> None:
    story = f"<title>Not a robot: the man who counts bees</title><h1>Not a robot: the man who counts bees</h1>{TEXT}{TEXT}"
    article = split_page(story, "https://paper.example/2026/robot")
    assert (article.kind, article.flags) == ("article", ())
