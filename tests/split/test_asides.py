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
        ("factbox", '<div class="fact-box"><p>{}</p></div>'),
        ("notice", '<p class="correction">{}</p>'),
    ],
)
def test_each_kind_is_told_by_its_markup(kind: str, markup: str) -> None:
    text = "The ferry at the eastern pier on the morning of the count."
    assert asides(markup.format(text)) == (Aside(kind, text, 2),)


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
