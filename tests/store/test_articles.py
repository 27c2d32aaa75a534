"""One article a story, its changes, its ticker and its related links."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from newsspider.records import Article, Dateline, Link, Outcome

HOME = "https://courier.example/"
FERRY = Article(
    kind="article",
    headline="Ferry fares fall",
    authors=("Chea Rattana", "Tom Aldous"),
    published="2026-11-24T19:02:00+07:00",
    modified="2026-11-24T19:02:00+07:00",
    dateline=Dateline("PHNOM PENH, Nov. 24 (MRP)", "Phnom Penh", "2026-11-24", "MRP"),
    body=("Fares fall by a fifth.", "A bridge opens next month."),
)


def revisions(desk: Any) -> list[dict[str, Any]]:
    return desk.rows("SELECT kind, changed, silent, headline, body FROM revisions ORDER BY id")


# ---- one row a story ---------------------------------------------------------------------------------------
def test_pages_with_one_canonical_address_are_one_article(desk: Any) -> None:
    assert desk.read("a?page=print", FERRY, story="a") is Outcome.STORED
    assert desk.read("a", FERRY) is Outcome.UNCHANGED
    assert desk.one("SELECT url FROM articles") == HOME + "a"
    assert desk.one("SELECT count(DISTINCT article) FROM pages") == 1
    assert revisions(desk) == []


AMP = replace(FERRY, section=None, body=(*FERRY.body, "Share this story."))


def test_a_variant_that_shows_the_story_otherwise_makes_no_change(desk: Any) -> None:
    for _ in range(2):
        desk.read("a", FERRY)
        assert desk.read("amp/a", AMP, story="a") is Outcome.UNCHANGED
    assert desk.one("SELECT count(DISTINCT article) FROM pages") == 1
    assert desk.one("SELECT body FROM articles") == "\n\n".join(FERRY.body)
    assert revisions(desk) == []


def test_the_storys_own_page_goes_before_a_variant_that_was_read_first(desk: Any) -> None:
    desk.read("amp/a", AMP, story="a")
    assert desk.read("a", FERRY) is Outcome.UNCHANGED
    assert desk.one("SELECT body FROM articles") == "\n\n".join(FERRY.body)
    assert revisions(desk) == []
    desk.read("a", replace(FERRY, headline="Ferry fares fell"))
    assert [row["kind"] for row in revisions(desk)] == ["edited"]


def test_two_variants_of_a_story_that_can_not_be_read_itself_make_no_changes(desk: Any) -> None:
    printed = replace(FERRY, body=FERRY.body[:1])
    for _ in range(2):
        desk.read("amp/a", AMP, story="a")
        desk.read("print/a", printed, story="a")
    assert desk.one("SELECT body FROM articles") == "\n\n".join(AMP.body)
    assert revisions(desk) == []
    desk.read("amp/a", replace(AMP, headline="Ferry fares fell"), story="a")
    assert [row["kind"] for row in revisions(desk)] == ["edited"]


def test_where_the_variant_that_was_read_is_gone_the_other_one_is_read_on(desk: Any) -> None:
    printed = replace(FERRY, body=FERRY.body[:1])
    desk.read("amp/a", AMP, story="a")
    desk.read("print/a", printed, story="a")
    desk.read("amp/a", outcome=Outcome.GONE, reason="http_404")
    desk.read("print/a", printed, story="a")
    assert revisions(desk) == []
    desk.read("print/a", replace(printed, headline="Ferry fares fell"), story="a")
    assert [row["changed"] for row in revisions(desk)] == ['["headline"]']


def test_a_story_that_is_read_through_a_redirect_alone_still_changes(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("a", replace(FERRY, headline="Ferry fares fell"), answered="b", story="a")
    assert [row["kind"] for row in revisions(desk)] == ["edited"]


def test_a_story_that_is_always_read_through_a_redirect_changes_too(desk: Any) -> None:
    for number in range(3):
        desk.read("a", replace(FERRY, headline=f"Ferry fares fell {number}"), answered="a-slug", story="a")
    assert [row["changed"] for row in revisions(desk)] == ['["headline"]', '["headline"]']


def test_a_story_of_which_all_variants_are_gone_is_gone_whatever_is_known_of_its_own_page(desk: Any) -> None:
    desk.seed("a")
    for _ in range(2):
        desk.read("m/1", FERRY, story="a")
        desk.read("m/2", FERRY, story="a")
    for name in ("m/1", "m/2"):
        assert revisions(desk) == []
        desk.read(name, outcome=Outcome.GONE, reason="http_404", status=404)
    assert [row["kind"] for row in revisions(desk)] == ["deleted"]


def test_a_new_address_that_turns_out_to_be_a_known_story_is_no_new_article(desk: Any) -> None:
    desk.read("a", FERRY)
    crawl = desk.next_crawl(hours=24)
    desk.read("b", FERRY)
    desk.read("a", FERRY, answered="b", moved_permanently=True)
    assert desk.one("SELECT new_articles FROM crawls WHERE id = ?", crawl) == 0
    assert desk.one("SELECT new_articles FROM crawl_sources WHERE crawl = ?", crawl) == 0


def test_a_story_that_moved_keeps_its_row_and_says_so(desk: Any) -> None:
    desk.read("a", FERRY)
    assert desk.read("a", FERRY, answered="b", moved_permanently=True) is Outcome.MOVED
    assert desk.one("SELECT url FROM articles") == HOME + "b"
    assert [row["kind"] for row in revisions(desk)] == ["moved"]
    assert desk.one("SELECT count(DISTINCT article) FROM pages WHERE article IS NOT NULL") == 1


def test_two_articles_are_joined_when_one_redirects_to_the_other(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("a", replace(FERRY, headline="Ferry fares fell"))
    desk.read("b", replace(FERRY, headline="Ferry fares: the story"))
    desk.read("a", replace(FERRY, headline="Ferry fares: the story"), answered="b", moved_permanently=True)
    assert desk.one("SELECT url FROM articles") == HOME + "b"
    assert [row["kind"] for row in revisions(desk)] == ["edited", "moved"]
    assert desk.one("SELECT count(*) FROM pages WHERE article = (SELECT id FROM articles)") == 2


def test_a_page_that_changes_its_canonical_address_does_not_take_other_pages_along(desk: Any) -> None:
    desk.read("c", FERRY)
    desk.read("a", FERRY, story="c")
    other = replace(FERRY, headline="Something else")
    desk.read("b", other)
    desk.read("a", other, story="b")
    urls = desk.rows(
        "SELECT pages.url, articles.headline FROM pages JOIN articles ON articles.id = article ORDER BY 1"
    )
    assert [row["headline"] for row in urls] == [other.headline, other.headline, FERRY.headline]


def test_the_record_becomes_columns(desk: Any) -> None:
    desk.read("a", FERRY)
    row = desk.rows("SELECT * FROM articles")[0]
    assert row["byline"] == "Chea Rattana, Tom Aldous"
    assert json.loads(row["authors"]) == ["Chea Rattana", "Tom Aldous"]
    assert row["dateline_place"] == "Phnom Penh"
    assert row["body"] == "Fares fall by a fifth.\n\nA bridge opens next month."
    assert (row["published"], row["day"]) == ("2026-11-24T12:02:00Z", "2026-11-24")
    assert row["published_local"] == "2026-11-24T19:02:00+07:00"


def test_a_date_without_a_zone_is_read_in_the_sources_zone_and_says_so(desk: Any) -> None:
    desk.read("a", replace(FERRY, published="2026-11-25T01:00:00"))
    row = desk.rows("SELECT published, day, provenance FROM articles")[0]
    assert (row["published"], row["day"]) == ("2026-11-24T18:00:00Z", "2026-11-25")
    assert json.loads(row["provenance"]) == {"published_zone": "source"}


# ---- changes -----------------------------------------------------------------------------------------------
def test_an_edit_leaves_the_former_values_of_what_changed(desk: Any) -> None:
    desk.read("a", FERRY)
    later = "2026-11-24T20:00:00+07:00"
    desk.read("a", replace(FERRY, headline="Ferry fares rise", modified=later))
    assert revisions(desk) == [
        {"kind": "edited", "changed": '["headline"]', "silent": 0, "headline": FERRY.headline, "body": None}
    ]
    assert desk.one("SELECT headline FROM articles") == "Ferry fares rise"


def test_an_edit_without_a_new_modified_date_is_silent(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("a", replace(FERRY, body=("Fares fall by a tenth.",)))
    assert [(row["changed"], row["silent"]) for row in revisions(desk)] == [('["body"]', 1)]


@pytest.mark.parametrize(
    "same",
    [
        replace(FERRY, headline="Ferry\u00a0fares  fall"),
        replace(FERRY, body=("Fares\u200b fall by a fifth.", "A bridge opens next month.")),
        replace(FERRY, ticker=(Link("Salt", HOME + "salt"),)),
        replace(FERRY, modified="2026-11-24T22:00:00+07:00"),
        replace(FERRY, published="2026-11-24T12:02:00Z"),
    ],
    ids=["blanks", "invisible", "ticker", "modified", "zone"],
)
def test_what_no_reader_would_call_a_change_makes_none(desk: Any, same: Article) -> None:
    desk.read("a", FERRY)
    assert desk.read("a", same) is Outcome.UNCHANGED
    assert revisions(desk) == []


def test_a_deleted_page_keeps_its_last_text_and_comes_back_restored(desk: Any) -> None:
    desk.read("a", FERRY)
    for _ in range(2):
        desk.read("a", outcome=Outcome.GONE, reason="http_410", status=410)
    assert (
        desk.rows("SELECT headline FROM articles WHERE gone_at IS NOT NULL")[0]["headline"] == FERRY.headline
    )
    desk.read("a", FERRY)
    assert [row["kind"] for row in revisions(desk)] == ["deleted", "restored"]
    assert desk.one("SELECT gone_at FROM articles") is None


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.FAILED, Outcome.REFUSED])
def test_a_page_that_was_not_read_never_overwrites(desk: Any, outcome: Outcome) -> None:
    desk.read("a", FERRY)
    before = desk.rows("SELECT * FROM articles")
    consent = replace(FERRY, headline="Are you a robot?", body=())
    desk.read("a", consent, outcome=outcome, reason="consent", status=403)
    assert desk.rows("SELECT * FROM articles") == before


def test_a_page_without_text_never_overwrites_one_with_text(desk: Any) -> None:
    desk.read("a", FERRY)
    assert desk.read("a", replace(FERRY, body=())) is Outcome.UNCHANGED
    assert "Fares fall" in desk.one("SELECT body FROM articles")
    assert desk.one("SELECT reason FROM problems") == "thin"


def test_a_page_without_text_neither_restores_nor_moves(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("a", outcome=Outcome.GONE, status=404)
    desk.read("a", replace(FERRY, body=()), answered="sorry")
    assert desk.rows("SELECT url FROM articles WHERE gone_at IS NOT NULL") == [{"url": HOME + "a"}]
    assert [row["kind"] for row in revisions(desk)] == ["deleted"]


def test_the_gone_page_of_no_article_is_no_change(desk: Any) -> None:
    desk.read("a", outcome=Outcome.GONE, status=404)
    assert revisions(desk) == []


# ---- ticker ------------------------------------------------------------------------------------------------
SALT, FIRE = Link("Salt growers wait", HOME + "salt"), Link("Fire contained")


def test_a_ticker_entry_is_one_row_with_its_sightings(desk: Any) -> None:
    desk.read("a", replace(FERRY, ticker=(SALT, FIRE)))
    desk.next_crawl(2)
    desk.read("b", replace(FERRY, headline="B", ticker=(FIRE, SALT)))
    entries = desk.rows("SELECT text, sightings, first_seen, last_seen FROM ticker_entries ORDER BY text")
    times = ("2026-11-24T12:00:00Z", "2026-11-24T14:00:00Z")
    assert [tuple(row.values()) for row in entries] == [(FIRE.text, 2, *times), (SALT.text, 2, *times)]
    stood = desk.rows(
        "SELECT capture, position, text FROM ticker_sightings"
        " JOIN ticker_entries ON ticker_entries.id = entry ORDER BY 1, 2"
    )
    assert [row["text"] for row in stood] == [SALT.text, FIRE.text, FIRE.text, SALT.text]


def test_one_batch_makes_the_same_ticker_as_many(desk: Any) -> None:
    pages = [replace(FERRY, headline=f"No. {n}", ticker=(SALT, FIRE)) for n in range(5)]
    desk.store.store(desk.crawl, [desk.filed(f"a{n}", page) for n, page in enumerate(pages)])
    assert [row["sightings"] for row in desk.rows("SELECT sightings FROM ticker_entries")] == [5, 5]
    assert desk.one("SELECT count(*) FROM ticker_sightings") == 10


def test_a_capture_stored_again_is_not_another_sighting(desk: Any) -> None:
    filed = desk.filed("a", replace(FERRY, ticker=(SALT,)))
    for _ in range(2):
        desk.store.store(desk.crawl, [filed])
    assert desk.one("SELECT sightings FROM ticker_entries") == 1


def test_an_entry_that_stands_twice_on_a_capture_was_seen_on_one(desk: Any) -> None:
    desk.read("a", replace(FERRY, ticker=(SALT, FIRE, SALT)))
    entries = desk.rows("SELECT sightings FROM ticker_entries ORDER BY id")
    assert [row["sightings"] for row in entries] == [1, 1]
    assert desk.one("SELECT count(*) FROM ticker_sightings") == 3


def test_a_ticker_that_fails_with_its_result_leaves_no_trace_in_the_batch(desk: Any) -> None:
    broken = desk.filed("x", replace(FERRY, ticker=(SALT,), related=(Link("\ud83d", None),)))
    good = desk.filed("a", replace(FERRY, ticker=(SALT,)))
    assert desk.store.store(desk.crawl, [broken, good]) == [Outcome.FAILED, Outcome.STORED]
    assert desk.one("SELECT sightings FROM ticker_entries") == 1
    assert desk.rows("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("first", ["entry", "article"])
def test_an_entry_without_an_address_leads_to_the_article_of_that_headline(desk: Any, first: str) -> None:
    pages = [
        ("a", replace(FERRY, ticker=(Link(SALT.text, None),))),
        ("b", replace(FERRY, headline=SALT.text)),
    ]
    for name, page in pages if first == "entry" else reversed(pages):
        desk.read(name, page)
    story = desk.one("SELECT id FROM articles WHERE headline <> 'Ferry fares fall'")
    assert desk.rows("SELECT article FROM ticker_entries") == [{"article": story}]


LEADS = {
    "ticker": ("ticker_entries", "article"),
    "related": ("related_links", "leads_to"),
}


@pytest.mark.parametrize("part", LEADS)
@pytest.mark.parametrize("first", ["link", "article"])
@pytest.mark.parametrize("way", ["plain", "redirect", "canonical", "joins"])
def test_a_link_leads_to_its_article_whichever_is_stored_first(
    desk: Any, part: str, first: str, way: str
) -> None:
    if way == "joins":  # the story is there already, under another address
        desk.read("salt-2026", replace(FERRY, headline=SALT.text))
    how = {"redirect": {"answered": "salt-2026"}, "plain": {}}.get(way, {"story": "salt-2026"})
    reads = [lambda: desk.read("a", replace(FERRY, **{part: (SALT,)}))]
    reads.append(lambda: desk.read("salt", replace(FERRY, headline=SALT.text), **how))
    for read in reads if first == "link" else reversed(reads):
        read()
    table, column = LEADS[part]
    story = desk.one("SELECT id FROM articles WHERE headline = ?", SALT.text)
    assert desk.rows(f"SELECT {column} AS story FROM {table}") == [{"story": story}]


def test_related_links_are_replaced_as_a_whole(desk: Any) -> None:
    desk.read("a", replace(FERRY, related=(SALT, FIRE)))
    desk.read("a", replace(FERRY, related=(FIRE,)))
    assert desk.rows("SELECT position, text FROM related_links") == [{"position": 1, "text": FIRE.text}]
    assert revisions(desk) == []


def test_a_page_that_leads_to_another_story_for_a_day_keeps_its_own(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", replace(FERRY, headline="B"))
    desk.read("a", replace(FERRY, headline="B"), answered="b")
    assert desk.one("SELECT count(*) FROM articles") == 2
    assert desk.one(
        "SELECT headline FROM articles JOIN pages ON article = articles.id WHERE pages.url LIKE '%/a'"
    )
    assert desk.one("SELECT count(*) FROM revisions") == 0


def test_a_variant_that_is_gone_takes_nothing_from_its_story(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("a-mob", FERRY, article_url=HOME + "a")
    for _ in range(2):
        desk.read("a-mob", None, outcome=Outcome.GONE)
        desk.read("a", FERRY)
    assert desk.one("SELECT count(*) FROM revisions") == 0
    desk.read("a", None, outcome=Outcome.GONE)
    assert desk.one("SELECT group_concat(kind) FROM revisions") == "deleted"


def test_a_link_to_a_joined_article_leads_to_the_one_that_stayed(desk: Any) -> None:
    desk.read("a", FERRY)
    desk.read("b", replace(FERRY, headline="B"))
    desk.read(
        "c", replace(FERRY, headline="C", related=(Link("A", HOME + "a"),), ticker=(Link("A", HOME + "a"),))
    )
    desk.read("a", replace(FERRY, headline="B"), answered="b", moved_permanently=True)
    stayed = desk.one("SELECT id FROM articles WHERE url = ?", HOME + "b")
    assert desk.one("SELECT leads_to FROM related_links") == stayed
    assert desk.one("SELECT article FROM ticker_entries") == stayed
