"""Ticker entries over time: their summary, and which wordings are one entry."""

import random
import sqlite3
from dataclasses import replace
from typing import Any

import pytest
from desk import HOME, Desk

from newsspider.records import Article, Link
from newsspider.store import Store
from newsspider.store.check import examine, reading

FERRY = Article(kind="article", headline="Ferry fares fall", body=("The ferry is cheaper.",))
BLAZE, OUT = "Night market fire: four engines at the scene", "Blaze put out, no one hurt"
LIVE = HOME + "live"


def show(desk: Any, *texts: str, url: str | None = None, hours: float = 1, page: str = "a") -> None:
    """A page that shows a ticker, so many hours later."""
    desk.next_crawl(hours)
    links = tuple(Link(text, url) for text in texts)
    desk.read(page, replace(FERRY, headline=f"Page {page}", ticker=links))


def entries(desk: Any) -> list[list[str]]:
    """The wordings of each entry, in the order of their times."""
    found: dict[int, list[str]] = {}
    for row in desk.rows("SELECT entry, text FROM ticker_wordings ORDER BY first_seen, text"):
        found.setdefault(row["entry"], []).append(row["text"])
    return sorted(found.values())


def test_the_summary_of_an_entry_tells_where_it_was_seen(desk: Any) -> None:
    show(desk, "Salt", "Fire", page="a")
    show(desk, "Rain", "Salt", page="a")
    show(desk, "Storm", "Rain", "Salt", page="b")
    row = desk.rows("SELECT * FROM ticker_entries WHERE text = 'Salt'")[0]
    assert (row["first_seen"], row["last_seen"]) == ("2026-11-24T13:00:00Z", "2026-11-24T15:00:00Z")
    assert (row["sightings"], row["pages"], row["highest"], row["lowest"], row["wordings"]) == (3, 2, 1, 3, 1)


def test_pages_of_one_batch_and_of_one_page_count_once(desk: Any) -> None:
    filed = [desk.filed(name, replace(FERRY, ticker=(Link("Salt"),))) for name in ("a", "b", "a")]
    desk.store.store(desk.crawl, filed)
    assert desk.rows("SELECT sightings, pages FROM ticker_entries") == [{"sightings": 3, "pages": 2}]


def test_another_text_at_the_address_of_an_article_is_the_same_entry(desk: Any) -> None:
    desk.read("fire", replace(FERRY, headline="Fire at the night market"))
    show(desk, BLAZE, url=HOME + "fire")
    show(desk, OUT, url=HOME + "fire")
    row = desk.rows("SELECT * FROM ticker_entries")[0]
    assert entries(desk) == [[BLAZE, OUT]]
    assert (row["text"], row["sightings"], row["pages"], row["wordings"]) == (OUT, 2, 1, 2)
    assert desk.one("SELECT count(DISTINCT entry) FROM ticker_sightings") == 1
    assert row["article"] == desk.one("SELECT id FROM articles WHERE headline LIKE 'Fire%'")


def test_texts_that_share_nothing_are_one_entry_once_their_article_is_archived(desk: Any) -> None:
    """Whichever comes first: the article, or its wordings."""
    show(desk, BLAZE, url=HOME + "fire")
    show(desk, OUT, url=HOME + "fire")
    assert len(entries(desk)) == 2
    desk.read("fire", replace(FERRY, headline="Fire at the night market"))
    assert entries(desk) == [[BLAZE, OUT]]
    assert desk.one("SELECT count(*) FROM ticker_entries WHERE article IS NOT NULL") == 1


def test_an_address_that_carries_one_story_after_the_other_is_several_entries(desk: Any) -> None:
    stories = [
        "Parliament opens its autumn session",
        "Parliament opens its session with a row",
        "Harbour closed by fog",
    ]
    for text in stories:
        show(desk, text, url=LIVE)
    assert entries(desk) == sorted([stories[:2], stories[2:]])


def test_an_address_with_two_texts_at_once_tells_nothing(desk: Any) -> None:
    show(desk, "Fire in Ward 2 put out", url=LIVE)
    show(desk, "Fire in Ward 2 put out at night", url=LIVE)
    assert len(entries(desk)) == 1
    show(desk, "Fire in Ward 2 put out", "Fire in Ward 2 put out at night", url=LIVE, page="b")
    assert len(entries(desk)) == 2
    assert [row["pages"] for row in desk.rows("SELECT pages FROM ticker_entries")] == [2, 2]
    show(desk, "Fire in Ward 2 is out", url=LIVE)
    assert len(entries(desk)) == 3


REWORDED = {
    "words": ("Ministry delays exam results again", "Ministry delays exam results once again"),
    "capitals": ("Flood Warning Lifted In The South", "Flood warning lifted in the south."),
    "Chinese": ("湄公河水位：两省发布预警", "湄公河水位：三省发布预警"),
    "Khmer": ("សាលាដំបូងបង្គាប់ឲ្យវាស់វែងព្រំបឹងឡើងវិញ", "សាលាដំបូងបង្គាប់ឲ្យវាស់វែងព្រំបឹងម្តងទៀត"),
    "Arabic": ("الميناء يغلق أبوابه بسبب الضباب", "الميناء يغلق أبوابه ليلا بسبب الضباب"),
}


@pytest.mark.parametrize("case", REWORDED)
def test_without_an_address_much_the_same_words_in_its_place_are_the_same_entry(desk: Any, case: str) -> None:
    old, new = REWORDED[case]
    show(desk, old, "Salt growers wait")
    show(desk, new, "Salt growers wait", hours=24)
    assert entries(desk) == sorted([[old, new], ["Salt growers wait"]])


OTHERS = {
    "side by side": (
        ("Ministry delays exam results again", "Ministry delays exam results once again"),
        (),
        1,
    ),
    "days later": (("Ministry delays exam results again",), ("Ministry delays exam results once again",), 48),
    "other words": ((BLAZE,), (OUT,), 1),
    "figures of the next day": (("Gold price today: 1,200 a gram",), ("Gold price today: 1,215 a gram",), 24),
    "short": (("Live: court",), ("Live: port",), 1),
}


@pytest.mark.parametrize("case", OTHERS)
def test_without_an_address_all_else_are_two_entries(desk: Any, case: str) -> None:
    first, then, hours = OTHERS[case]
    show(desk, *first, "Salt growers wait")
    show(desk, *then, "Salt growers wait", hours=hours)
    assert len(entries(desk)) == 3


def test_figures_that_change_while_it_runs_are_one_entry(desk: Any) -> None:
    show(desk, "Ferry fares to fall by 25 percent in May")
    show(desk, "Ferry fares to fall by 20 percent in May")
    assert len(entries(desk)) == 1


def test_a_wording_that_comes_back_was_none_of_that_entry(desk: Any) -> None:
    old, new = REWORDED["words"]
    show(desk, old)
    show(desk, new)
    assert entries(desk) == [[old, new]]
    show(desk, old, page="b")
    assert entries(desk) == [[old], [new]]
    assert desk.rows("SELECT pages, sightings FROM ticker_entries ORDER BY text") == [
        {"pages": 2, "sightings": 2},
        {"pages": 1, "sightings": 1},
    ]


def test_headlines_of_two_articles_are_two_entries(desk: Any) -> None:
    old, new = REWORDED["words"]
    show(desk, old)
    show(desk, new)
    assert len(entries(desk)) == 1
    for name, headline in (("x", old), ("y", new)):
        desk.read(name, replace(FERRY, headline=headline))
    assert len(entries(desk)) == 2
    assert desk.one("SELECT count(DISTINCT article) FROM ticker_entries") == 2


def test_the_same_text_with_and_without_an_address_is_one_entry(desk: Any) -> None:
    """Some pages print the ticker without links: whichever was first, the address stands for the entry."""
    show(desk, "Salt growers wait", page="plain")
    show(desk, "Salt growers wait", url=HOME + "salt")
    show(desk, "Salt growers wait for sun", url=HOME + "salt")
    show(desk, "Salt growers wait", page="plain")
    (row,) = desk.rows("SELECT * FROM ticker_entries")
    assert (row["text"], row["url"]) == ("Salt growers wait for sun", HOME + "salt")
    assert (row["wordings"], row["sightings"], row["pages"]) == (2, 4, 2)
    with reading(desk.path) as db:
        assert not [finding for finding in examine(db, lambda: None) if finding.wrong]


def test_the_same_text_at_two_addresses_leaves_one_without_alone(desk: Any) -> None:
    """The second address takes away what was certain, and the wording before it is one that was reworded again."""
    show(desk, REWORDED["words"][0])
    show(desk, REWORDED["words"][1])
    assert len(entries(desk)) == 1
    show(desk, REWORDED["words"][1], url=HOME + "a", page="b")
    assert len(entries(desk)) == 2
    show(desk, REWORDED["words"][1], url=HOME + "b", page="c")
    assert desk.one("SELECT count(*) FROM ticker_entries") == 3
    assert desk.one("SELECT wordings FROM ticker_entries WHERE url IS NULL") == 2


@pytest.mark.parametrize(("hours", "count"), [(35, 1), (37, 2)])
def test_the_same_text_after_more_than_36_hours_is_another_entry(desk: Any, hours: float, count: int) -> None:
    show(desk, "Weather for the weekend", url=HOME + "weather")
    show(desk, "Weather for the weekend", hours=hours, page="b")
    assert desk.one("SELECT count(*) FROM ticker_entries") == count


def state(desk: Any) -> list[Any]:
    summary = "first_seen, last_seen, sightings, pages, highest, lowest, wordings"
    rows = desk.rows(f"SELECT text, url, {summary} FROM ticker_entries ORDER BY text, url, first_seen")
    return [entries(desk), [tuple(row.values()) for row in rows]]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_captures_changes_nothing(tmp_path: Any, seed: int) -> None:
    chance = random.Random(seed)
    shown = []
    for hour in range(0, 120, 8):
        texts = [
            f"Ministry delays {what} results {how}"
            for what in ("exam", "vote", "court")
            for how in ("again", "once again", "at last")
        ]
        links = [
            Link(text, chance.choice((None, None, LIVE, HOME + text[16:20])))
            for text in chance.sample(texts, 2)
        ]
        shown.append((hour, f"p{chance.randrange(3)}", tuple(links)))
    states = []
    for order in (shown, chance.sample(shown, len(shown)), shown[::-1]):
        desk = Desk(tmp_path / f"{len(states)}.db")
        begun = desk.now
        for hour, page, links in order:
            desk.now = begun
            desk.next_crawl(hour)
            desk.read(page, replace(FERRY, headline=page, ticker=links))
        states.append(state(desk))
        desk.store.close()
    assert states[0] == states[1] == states[2]


OLDER = (
    "DROP INDEX ticker_wordings_identity",
    "DROP INDEX idx_ticker_entries_source_first_seen_last_seen",
    "DROP TABLE ticker_wordings",
    "CREATE UNIQUE INDEX ticker_entries_identity ON ticker_entries (source, text, coalesce(url, ''))",
    *(
        f"ALTER TABLE ticker_entries DROP COLUMN {name}"
        for name in ("pages", "highest", "lowest", "wordings")
    ),
    "ALTER TABLE ticker_sightings DROP COLUMN wording",
    "DELETE FROM _sqlite_migrations WHERE name IN ('tickers_are_summed_up', 'texts_are_joined')",
    "PRAGMA user_version = 5",
)


def test_the_entries_of_an_older_archive_are_summed_up_and_joined(tmp_path: Any) -> None:
    """In an older archive each wording was an entry."""
    desk = Desk(tmp_path / "archive.db")
    for text in REWORDED["words"]:
        show(desk, text)
    for text in ("Fire in Ward 2", "Fire in Ward 2 put out"):
        show(desk, "Salt growers wait", text, url=LIVE)
        show(desk, text, url=HOME + "fire", page="b")
    show(desk, "Salt growers wait", page="c")
    before = state(desk)
    desk.store.close()
    with sqlite3.connect(desk.path) as db:
        for number, wording in db.execute("SELECT entry, id FROM ticker_wordings").fetchall():
            apart(db, number, wording)
        for statement in OLDER:
            db.execute(statement)
    Store.open(desk.path).close()
    assert state(desk) == before
    with reading(desk.path) as db:
        assert not [finding for finding in examine(db, lambda: None) if finding.wrong]


def apart(db: sqlite3.Connection, entry: int, wording: int) -> None:
    """Give a wording that is not its entry's first a row of its own, as it had one."""
    columns = "source, text, url, first_seen, last_seen, sightings"
    new = db.execute(
        f"INSERT INTO ticker_entries ({columns}) SELECT {columns} FROM ticker_wordings WHERE id = ?",
        (wording,),
    )
    db.execute(
        "UPDATE ticker_sightings SET entry = ? WHERE entry = ? AND wording = ?",
        (new.lastrowid, entry, wording),
    )
    db.execute("UPDATE ticker_wordings SET entry = ? WHERE id = ?", (new.lastrowid, wording))
    db.execute(
        "DELETE FROM ticker_entries WHERE id = ? AND id NOT IN (SELECT entry FROM ticker_wordings)", (entry,)
    )
