"""Questions that an archive is asked again and again, as canned queries.

Columns named ``article`` hold an article's number; the query page makes them links to the article. Where there is a time
beside it (``feeds.TIMES``), the query has an Atom feed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsspider.browse.stories import LEAD


@dataclass(frozen=True, slots=True)
class Query:
    """A canned query: what it tells, and of which days where none are given. Its named parameters may be empty."""

    name: str
    title: str
    about: str
    without_days: str
    sql: str

    @property
    def parameters(self) -> list[str]:
        """The names of its parameters, in the order in which a form asks for them."""
        return sorted(set(_PARAMETER.findall(self.sql)), key=list(_TAKES).index)

    @property
    def limit(self) -> int | None:
        """How many rows it tells at most."""
        known = _LIMIT.search(self.sql)
        return int(known[1]) if known else None

    @property
    def description(self) -> str:
        """What it tells and takes, for who fills in its parameters by name."""
        takes = "; ".join(f"{name}: {_TAKES[name]}" for name in self.parameters)
        return " ".join(filter(None, (self.about, f"{takes}. All may be empty.", self.without_days)))


_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
_LIMIT = re.compile(r"LIMIT (\d+)\s*$")
_TAKES = {
    "words": "as in the search box",
    "place": "as the dateline writes it",
    "source": "a source's ID",
    "article": "an article's number",
    "from_day": "YYYY-MM-DD",
    "until_day": "YYYY-MM-DD",
}
_SOURCE = "(:source = '' OR sources.source = :source)"
_UNTIL = "(:until_day = '' OR {0} <= :until_day)"
_COMPARED = 3000  # articles that are compared with each other
_SHOWN_DAYS = 90  # where no first day is given, and older ones would take their time
_NEWEST_SAID = f"Without days: the last {_SHOWN_DAYS} days that have articles."
_DAY_INDEX = "INDEXED BY idx_articles_day_source_byline"


def _span(days: int, last: str = "NULL") -> str:
    """A table ``span`` of one row, the first and last day; where none are given, those up to ``last`` or the newest ones."""
    return f"""span AS (
  SELECT last, CASE WHEN :from_day = '' THEN date(last, '-{days - 1} days') ELSE :from_day END AS first
  FROM (SELECT CASE WHEN :until_day = '' THEN coalesce({last},
    (SELECT max(day) FROM articles WHERE day <= strftime('%Y-%m-%d', 'now', '+1 day'))) ELSE :until_day END AS last)
)"""


QUERIES = (
    Query(
        "articles_per_day",
        "Articles per day and source",
        "How many articles each source published on each day, and how many of them say where they were filed.",
        "",
        f"""
SELECT day_counts.day, sources.source, day_counts.articles, day_counts.datelines
FROM day_counts JOIN sources ON sources.id = day_counts.source
WHERE day_counts.day >= :from_day AND {_UNTIL.format("day_counts.day")} AND {_SOURCE}
ORDER BY day_counts.day DESC, day_counts.articles DESC LIMIT 1000
""",
    ),
    Query(
        "words_by_day",
        "Words by day",
        "How many articles of each day have certain words, and their share of the day's articles.",
        "",
        f"""
WITH found AS (
  SELECT hits.day, count(*) AS articles
  FROM articles_fts CROSS JOIN articles hits INDEXED BY articles_hits ON hits.id = articles_fts.rowid
  JOIN sources ON sources.id = hits.source
  WHERE articles_fts MATCH escape_fts(:words) AND {_SOURCE} GROUP BY hits.day
), days AS (
  SELECT day_counts.day, sum(day_counts.articles) AS articles
  FROM day_counts JOIN sources ON sources.id = day_counts.source
  WHERE day_counts.day IS NOT NULL AND {_SOURCE} GROUP BY day_counts.day
)
SELECT days.day, coalesce(found.articles, 0) AS with_words, days.articles,
  round(100.0 * coalesce(found.articles, 0) / days.articles, 2) AS percent
FROM days LEFT JOIN found ON found.day = days.day ORDER BY days.day DESC LIMIT 1000
""",
    ),
    Query(
        "same_story",
        "The same story in several sources",
        f"Articles of different sources whose headlines and first lines ({LEAD} characters) share their rarest words: reports "
        "of one event, copies of an agency's text. The story of most sources first; likeness (0 to 1) is to the newest article "
        f"of the story. Compared are the newest {_COMPARED:,} articles of the days given. It compares words, so that a story in "
        "two languages is two.",
        "Without days: the last three that have articles. With a source: the stories that it has, too; with an article: "
        "its story alone, of its day and the ones beside it.",
        f"""
WITH {_span(3, "(SELECT date(day, '+1 day') FROM articles WHERE id = :article)")}, newest AS (
  SELECT articles.id FROM span CROSS JOIN articles {_DAY_INDEX} ON articles.day BETWEEN span.first AND span.last
  ORDER BY articles.day DESC, articles.id DESC LIMIT {_COMPARED}
), compared AS (
  SELECT articles.id, articles.source, articles.headline, substr(articles.body, 1, {LEAD}) AS lead
  FROM newest CROSS JOIN articles ON articles.id = newest.id ORDER BY articles.day DESC, articles.id DESC
), told AS MATERIALIZED (
  SELECT value ->> 0 AS story, value ->> 1 AS article, value ->> 2 AS likeness
  FROM json_each(same_stories((SELECT json_group_array(json_array(id, source, headline, lead)) FROM compared)))
), sized AS MATERIALIZED (
  SELECT told.story, count(DISTINCT articles.source) AS sources, max(sources.source = :source) AS wanted
  FROM told JOIN articles ON articles.id = told.article JOIN sources ON sources.id = articles.source GROUP BY told.story
)
SELECT told.story, sized.sources, articles.published, sources.source, articles.headline, told.likeness,
  articles.id AS article
FROM told JOIN sized ON sized.story = told.story JOIN articles ON articles.id = told.article
JOIN sources ON sources.id = articles.source
WHERE (:source = '' OR sized.wanted)
  AND (:article = '' OR told.story = (SELECT story FROM told WHERE told.article = CAST(:article AS INTEGER)))
ORDER BY sized.sources DESC, told.story DESC, articles.published, articles.id LIMIT 1000
""",
    ),
    Query(
        "headline_changes",
        "Changed headlines",
        "Headlines that were changed after publication, newest change first: what was there, what came next.",
        "Days are those on which the change was seen.",
        f"""
SELECT revisions.seen_at, sources.source, revisions.headline AS former_headline,
  coalesce((SELECT later.headline FROM revisions later
    WHERE later.article = revisions.article AND later.id > revisions.id AND later.headline IS NOT NULL
    ORDER BY later.id LIMIT 1), articles.headline) AS new_headline,
  revisions.silent, articles.id AS article
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
WHERE revisions.headline IS NOT NULL AND {_SOURCE}
  AND revisions.seen_at >= :from_day AND {_UNTIL.format("substr(revisions.seen_at, 1, 10)")}
ORDER BY revisions.seen_at DESC LIMIT 500
""",
    ),
    Query(
        "silent_edits",
        "Silent edits",
        "Edits at which the page's own date of modification did not move, newest first.",
        "Days are those on which the edit was seen.",
        f"""
SELECT revisions.seen_at, sources.source, articles.headline, revisions.changed, revisions.id AS revision,
  articles.id AS article
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
WHERE revisions.silent = 1 AND {_SOURCE}
  AND revisions.seen_at >= :from_day AND {_UNTIL.format("substr(revisions.seen_at, 1, 10)")}
ORDER BY revisions.seen_at DESC LIMIT 500
""",
    ),
    Query(
        "deleted_articles",
        "Deleted articles",
        "Articles whose page was found to be gone and has not come back since, the last one first.",
        "Days are those on which it was found gone.",
        f"""
SELECT revisions.seen_at AS gone_at, sources.source, articles.headline, articles.published, articles.url,
  articles.id AS article
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
WHERE revisions.kind = 'deleted' AND revisions.seen_at = articles.gone_at AND {_SOURCE}
  AND revisions.seen_at >= :from_day AND {_UNTIL.format("substr(revisions.seen_at, 1, 10)")}
ORDER BY revisions.seen_at DESC LIMIT 500
""",
    ),
    Query(
        "ticker_time",
        "Time in the ticker",
        "How long each headline was seen in a source's ticker (first to last capture that showed it) "
        "on how many pages and in how many wordings, and which became an article; longest first.",
        f"Last seen on that day or later; without a day: the last {_SHOWN_DAYS} days on which a ticker was seen.",
        f"""
SELECT sources.source, ticker_entries.text,
  round((julianday(ticker_entries.last_seen) - julianday(ticker_entries.first_seen)) * 24, 1) AS hours,
  ticker_entries.pages, ticker_entries.wordings, ticker_entries.first_seen, ticker_entries.last_seen, ticker_entries.article
FROM ticker_entries JOIN sources ON sources.id = ticker_entries.source
WHERE {_SOURCE} AND ticker_entries.last_seen >= CASE WHEN :from_day = ''
  THEN date((SELECT max(last_seen) FROM ticker_entries), '-{_SHOWN_DAYS - 1} days') ELSE :from_day END
ORDER BY hours DESC, ticker_entries.pages DESC LIMIT 500
""",
    ),
    Query(
        "most_linked",
        "Most linked articles",
        "Articles that the related links of most other articles lead to, whichever source these are of.",
        f"Days are those of publication. {_NEWEST_SAID}",
        f"""
WITH {_span(_SHOWN_DAYS)}, linked AS MATERIALIZED (
  SELECT articles.id, sources.source, articles.day,
    (SELECT count(*) FROM related_links WHERE related_links.leads_to = articles.id) AS linked_from
  FROM span CROSS JOIN articles {_DAY_INDEX} ON articles.day BETWEEN span.first AND span.last
  JOIN sources ON sources.id = articles.source
  WHERE {_SOURCE} ORDER BY linked_from DESC, articles.id DESC LIMIT 200
)
SELECT articles.headline, linked.source, linked.day, linked.linked_from, linked.id AS article
FROM linked JOIN articles ON articles.id = linked.id
WHERE linked.linked_from > 0 ORDER BY linked.linked_from DESC, linked.id DESC
""",
    ),
    Query(
        "bylines",
        "Bylines",
        "Who wrote most: the authors as the byline names them (several in one line count as one), for how many sources, from "
        "when to when, and the last article.",
        f"{_NEWEST_SAID}",
        f"""
WITH {_span(_SHOWN_DAYS)}
SELECT articles.byline, count(*) AS articles, count(DISTINCT articles.source) AS sources,
  min(articles.day) AS first_day, max(articles.day) AS last_day, max(articles.id) AS article
FROM span CROSS JOIN articles {_DAY_INDEX} ON articles.day BETWEEN span.first AND span.last
WHERE articles.byline IS NOT NULL
  AND (:source = '' OR articles.source = (SELECT id FROM sources WHERE source = :source))
GROUP BY articles.byline ORDER BY articles DESC, articles.byline LIMIT 500
""",
    ),
    Query(
        "datelines_by_month",
        "Datelines by month",
        "Where news was filed from, by month, the latest first: how many articles, of how many sources.",
        "",
        f"""
SELECT place_counts.month, place_counts.place AS dateline_place,
  sum(place_counts.articles) AS articles, count(*) AS sources
FROM place_counts JOIN sources ON sources.id = place_counts.source
WHERE {_SOURCE} AND (:place = '' OR place_counts.place = :place)
GROUP BY place_counts.month, place_counts.place
ORDER BY place_counts.month DESC, articles DESC LIMIT 1000
""",
    ),
    Query(
        "coverage_gaps",
        "Gaps in the coverage",
        "Days of a source on which no crawl of it began (between its first and its last one), or of which it has less than "
        "half as many articles as is usual: the mean of that day of the week in the four weeks before, where that is three or "
        "more. Why a crawl was red stands beside. A day without crawl can have all its articles, if a later crawl found them.",
        f"Without days: the {_SHOWN_DAYS} before today. Crawls are of the day (UTC) on which they began, articles of the "
        "day in the source's zone.",
        f"""
WITH RECURSIVE span AS (
  SELECT CASE WHEN :until_day = '' THEN date('now', '-1 day') ELSE :until_day END AS last
), days(day) AS (
  SELECT date(CASE WHEN :from_day = '' THEN date(last, '-{_SHOWN_DAYS - 1} days') ELSE :from_day END, '-28 days') FROM span
  UNION ALL SELECT date(day, '+1 day') FROM days, span WHERE day < last LIMIT 1200
), begun AS MATERIALIZED (
  SELECT crawl_sources.source, substr(crawls.started_at, 1, 10) AS day, count(*) AS crawls,
    group_concat(nullif(crawl_sources.red, '[]'), ' ') AS red
  FROM crawls CROSS JOIN crawl_sources ON crawl_sources.crawl = crawls.id
  WHERE crawls.started_at >= (SELECT min(day) FROM days) GROUP BY 1, 2
), known AS MATERIALIZED (
  SELECT sources.id, sources.source, substr(sources.added_at, 1, 10) AS first, max(
    coalesce(substr(sources.last_crawl_at, 1, 10), ''),
    coalesce((SELECT max(begun.day) FROM begun WHERE begun.source = sources.id), '')) AS last
  FROM sources WHERE {_SOURCE}
), counted AS (
  SELECT days.day, known.*, coalesce(day_counts.articles, 0) AS articles,
    avg(coalesce(day_counts.articles, 0)) OVER
      (PARTITION BY known.id, strftime('%w', days.day) ORDER BY days.day ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING) AS usual
  FROM days CROSS JOIN known LEFT JOIN day_counts
    ON day_counts.source = known.id AND coalesce(day_counts.day, '') = days.day
)
SELECT counted.day, counted.source,
  CASE WHEN begun.crawls IS NULL AND counted.day BETWEEN counted.first AND counted.last THEN 'no crawl' ELSE '' END
    AS crawl,
  counted.articles, round(counted.usual, 1) AS usual, begun.red
FROM counted LEFT JOIN begun ON begun.source = counted.id AND begun.day = counted.day
WHERE counted.day >= (SELECT date(min(day), '+28 days') FROM days)
  AND ((begun.crawls IS NULL AND counted.day BETWEEN counted.first AND counted.last)
    OR (counted.usual >= 3 AND counted.articles < 0.5 * counted.usual))
ORDER BY counted.day DESC, counted.source LIMIT 1000
""",
    ),
)

# SQL to begin from, for who writes it.
EXAMPLE = """SELECT articles.day, sources.name, articles.headline, articles.id AS article
FROM articles_fts
JOIN articles ON articles.id = articles_fts.rowid
JOIN sources ON sources.id = articles.source
WHERE articles_fts MATCH escape_fts('river OR 洪水')
ORDER BY articles.day DESC LIMIT 50"""
