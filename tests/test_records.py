"""The record as it is printed."""

import json
from dataclasses import asdict, fields

from newsspider.records import Article, Aside, Dateline, Link


def test_the_plain_record_is_what_the_dataclasses_hold_in_the_order_of_the_contract() -> None:
    article = Article(
        url="https://news.example/1",
        flags=("partial",),
        headline="A headline",
        authors=("Ann Bee", "Cy Dee"),
        dateline=Dateline("PHNOM PENH, May 18", "PHNOM PENH", "--05-18"),
        body=("One.", "Two."),
        asides=(Aside("caption", "A picture", 1),),
        ticker=(Link("Elsewhere", None), Link("Here", "https://news.example/2")),
        provenance={"body": "html"},
    )
    plain = article.as_dict()
    assert list(plain) == [field.name for field in fields(Article)]
    assert json.dumps(plain) == json.dumps(asdict(article))
    assert plain["body"] == ["One.", "Two."]
    assert Article().as_dict()["dateline"] is None
