"""By which index Datasette's questions of a narrowed table are answered; the answers are the same.

SQLite, which knows of no table how often a value occurs, takes any index that begins with one of the columns, and reads the
articles themselves for the others: half a million of them, where a table is narrowed to a language and a place. Here it
is told to begin with what is rare, or to look for all columns in the one index that has them. A question of any other kind is
asked as it is.
"""

from __future__ import annotations

import re

# What the index articles_hits holds, which is some hundredth of the articles.
_HELD = ("id", "source", "day", "published", "language", "dateline_place", "byline")
# Indexes that begin with what few articles share, the rarest first; some places have many.
_FEW = {"byline": "idx_articles_byline", "day": "idx_articles_day_source_byline"}
_RARE = {**_FEW, "dateline_place": "idx_articles_dateline_place_published"}
# With these and the time, one index has all that is asked for.
_WITH_TIME = ("source", "language", "dateline_place", "section")
_OWN = "idx_articles_source_published"
_COMMON = 20_000  # articles of a place or source; of more, the index of all is read faster than they are

# One condition, as Datasette's filters write it, and that of a further page.
_CONDITION = re.compile(
    r"\"?(\w+)\"? (=|!=|<|<=|>|>=|like|not like|is null|is not null|(?:not )?in)(?: (:p\d+)| \((?::p\d+,? ?)+\)|)"
)
_FURTHER = re.compile(r" and \(((?:published|id)\b[\w<>=:() ]+)\)$")
_ROWS = re.compile(
    rf"select (?P<columns>[\w, ]+) from articles where (?P<where>.+)"
    rf" order by (?P<order>(?:{'|'.join(_HELD)})(?: desc)?)(?:, id)? limit (?P<most>\d+)"
)
_COUNT = re.compile(
    r"select count\(\*\) from (?:articles where (?P<all>[^()]+(?:\([:\w, ]+\)[^()]*)*)"
    r"|\( ?select \* from articles where (?P<some>.+) limit (?P<most>\d+) ?\))"
)
# By headline no index begins; one holds all headlines, and of the articles only those of the page are read then.
_BY_HEADLINE = re.compile(
    r"select (?P<columns>[\w, ]+) from articles(?P<further> where \((?:headline|id|or|and|is|not|null|[<>=() ]|:p\d+)+\))?"
    r" order by (?P<order>headline(?: desc)?)(?:, id)? limit (?P<most>\d+)"
)
# A source's pages, newest first: by its own index SQLite reads and sorts them all, by number it stops at a full page.
_OF_SOURCE = re.compile(
    r"(select [\w, ]+ from (?:pages|ticker_wordings)) (where \"source\" = :p\d+(?: and .+)? order by id(?: desc)? limit \d+)"
)


def narrowed(sql: str) -> str:
    """The question with the plan that costs least; else the question itself."""
    plain = " ".join(sql.split())
    if match := _OF_SOURCE.fullmatch(plain):
        known = _conditions(match[2].removeprefix("where ").partition(" order by ")[0])
        return f"{match[1]} NOT INDEXED {match[2]}" if known and known.keys() <= {"source", "role"} else sql
    if match := _ROWS.fullmatch(plain):
        return _rows(match) or sql
    if match := _BY_HEADLINE.fullmatch(plain):
        further = match["further"] or ""
        return _of_page(match, f"idx_articles_source_headline{further}", f"{match['order']}, id")
    if match := _COUNT.fullmatch(plain):
        return _count(match) or sql
    return sql


def to_be_tried(sql: str) -> str | None:
    """A plan that may soon meet a full page, going through the articles by time: what is common is met at once, of a place or
    source with few articles all are seen soon, and only of what is rare in a big one would it read them all. None where no
    try is needed.
    """
    match = _ROWS.fullmatch(" ".join(sql.split()))
    known = _narrowing(match["where"]) if match else None
    if match is None or known is None or (rare := _rare(known)) in _FEW:
        return None
    index = _RARE[rare] if rare else _OWN if known.get("source") else ""
    return match[0].replace("from articles", f"from articles INDEXED BY {index}", 1) if index else sql


def _rows(match: re.Match[str]) -> str | None:
    where = match["where"]
    known = _narrowing(where)
    if known is None:
        return None
    order = match["order"] if match["order"].startswith("id") else f"{match['order']}, id"
    if (rare := _rare(known)) in _FEW:
        return (
            f"SELECT {match['columns']} FROM articles INDEXED BY {_FEW[rare]} WHERE {where}"
            f" ORDER BY {order} LIMIT {match['most']}"
        )
    return _of_page(match, f"articles_hits WHERE {where}", order)


def _of_page(match: re.Match[str], index: str, order: str) -> str:
    """The rows of a page, which an index alone finds."""
    ids = f"SELECT id FROM articles INDEXED BY {index} ORDER BY {order} LIMIT {match['most']}"
    return f"SELECT {match['columns']} FROM articles WHERE id IN ({ids}) ORDER BY {order}"


def _count(match: re.Match[str]) -> str | None:
    where = match["all"] or match["some"]
    known = _narrowing(where)
    if known is None:
        return None
    most = f" LIMIT {match['most']}" if match["most"] else ""
    rare = _rare(known)
    is_of_two = known.keys() == {"dateline_place", "source"} and where.count(" and ") == 1
    if not most and is_of_two and all(known.values()):
        place, source = known["dateline_place"], known["source"]
        return (
            f"SELECT coalesce(sum(articles), 0) FROM place_counts WHERE place = {place} AND source = {source}"
        )

    def counted(index: str) -> str:
        return f"SELECT count(*) FROM (SELECT 1 FROM articles INDEXED BY {index} WHERE {where}{most})"

    if rare == "dateline_place":
        few = f"SELECT sum(articles) FROM place_counts WHERE place = {known[rare]}"
    elif not rare and known.get("source"):
        few = f"SELECT sum(articles) FROM day_counts WHERE source = {known['source']}"
    else:
        return counted(_RARE[rare] if rare else "articles_hits")
    by_own, by_all = counted(_RARE[rare] if rare else _OWN), counted("articles_hits")
    return f"SELECT CASE WHEN ({few}) > {_COMMON} THEN ({by_all}) ELSE ({by_own}) END"


def _narrowing(where: str) -> dict[str, str | None] | None:
    """The columns of the conditions, with the parameter that each is to be equal to, if any; None where they need no help, or
    are not all of columns of the index of all.
    """
    known = _conditions(where)
    if known is None or len(known) < 2 or not set(known) <= {*_HELD}:
        return None
    others = set(known) - {"published"}
    alone = next(iter(others)) if len(others) == 1 else ""
    return None if "id" in known or (alone in _WITH_TIME and known[alone]) else known


def _conditions(where: str) -> dict[str, str | None] | None:
    """The columns that are compared; None where there is more than that."""
    if (further := _FURTHER.search(where)) and _is_one(further[1]):
        where = where[: further.start()]
    known: dict[str, str | None] = {}
    for part in where.split(" and "):
        match = _CONDITION.fullmatch(part)
        if match is None:
            return None
        known[match[1]] = match[3] if match[2] == "=" else known.get(match[1])
    return known


def _is_one(text: str) -> bool:
    """Whether no parenthesis that was opened before a text is closed in it."""
    depth = 0
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


def _rare(known: dict[str, str | None]) -> str | None:
    return next((column for column in _RARE if known.get(column)), None)
