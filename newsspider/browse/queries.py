"""Questions that an archive is asked again and again, as canned queries.

Columns named ``article`` hold an article's number; the query page makes them links to the article.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """A canned query; its named parameters may all be left empty."""

    name: str
    title: str
    description: str
    sql: str


_SOURCE = "(:source = '' OR sources.source = :source)"

QUERIES = (
    Query(
        "articles_per_day",
        "Articles per day and source",
        "How many articles each source published on each day, and how many of them have a dateline. "
        "source: a source's ID, empty for all; from_day: YYYY-MM-DD, empty for all.",
        f"""
SELECT articles.day, sources.source, count(*) AS articles, count(articles.dateline) AS with_dateline
FROM articles JOIN sources ON sources.id = articles.source
WHERE {_SOURCE} AND articles.day >= :from_day
GROUP BY articles.day, articles.source ORDER BY articles.day DESC, articles DESC LIMIT 1000
""",
    ),
    Query(
        "words_by_day",
        "Words by day",
        "How many articles of each day have certain words, and their share of the day's articles. "
        "words: as in the search box; source: a source's ID, empty for all.",
        f"""
WITH found AS (SELECT rowid FROM articles_fts WHERE articles_fts MATCH escape_fts(:words))
SELECT articles.day, count(found.rowid) AS with_words, count(*) AS articles,
  round(100.0 * count(found.rowid) / count(*), 2) AS percent
FROM articles JOIN sources ON sources.id = articles.source LEFT JOIN found ON found.rowid = articles.id
WHERE articles.day IS NOT NULL AND {_SOURCE}
GROUP BY articles.day ORDER BY articles.day DESC LIMIT 1000
""",
    ),
    Query(
        "headline_changes",
        "Changed headlines",
        "Headlines that were changed after publication, newest change first: what was there, what came next. "
        "source: a source's ID, empty for all.",
        f"""
SELECT revisions.seen_at, sources.source, revisions.headline AS former_headline,
  coalesce((SELECT later.headline FROM revisions later
    WHERE later.article = revisions.article AND later.id > revisions.id AND later.headline IS NOT NULL
    ORDER BY later.id LIMIT 1), articles.headline) AS new_headline,
  revisions.silent, articles.id AS article
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
WHERE revisions.headline IS NOT NULL AND {_SOURCE}
ORDER BY revisions.seen_at DESC LIMIT 500
""",
    ),
    Query(
        "silent_edits",
        "Silent edits",
        "Edits at which the page's own date of modification did not move, newest first. "
        "source: a source's ID, empty for all.",
        f"""
SELECT revisions.seen_at, sources.source, articles.headline, revisions.changed, articles.id AS article
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
WHERE revisions.silent = 1 AND {_SOURCE}
ORDER BY revisions.seen_at DESC LIMIT 500
""",
    ),
    Query(
        "deleted_articles",
        "Deleted articles",
        "Articles whose page was found to be gone and has not come back since. "
        "source: a source's ID, empty for all.",
        f"""
SELECT revisions.seen_at AS gone_at, sources.source, articles.headline, articles.published, articles.url,
  articles.id AS article
FROM revisions JOIN articles ON articles.id = revisions.article JOIN sources ON sources.id = articles.source
WHERE revisions.kind = 'deleted' AND revisions.seen_at = articles.gone_at AND {_SOURCE}
ORDER BY revisions.seen_at DESC LIMIT 500
""",
    ),
    Query(
        "ticker_time",
        "Time in the ticker",
        "How long each headline was seen in a source's ticker (first to last capture that showed it) "
        "on how many pages and in how many wordings, and which became an article; longest first. "
        "source: a source's ID, empty for all; from_day: last seen on that day or later, empty for all.",
        f"""
SELECT sources.source, ticker_entries.text,
  round((julianday(ticker_entries.last_seen) - julianday(ticker_entries.first_seen)) * 24, 1) AS hours,
  ticker_entries.pages, ticker_entries.wordings, ticker_entries.first_seen, ticker_entries.last_seen, ticker_entries.article
FROM ticker_entries JOIN sources ON sources.id = ticker_entries.source
WHERE {_SOURCE} AND ticker_entries.last_seen >= :from_day
ORDER BY hours DESC, ticker_entries.pages DESC LIMIT 500
""",
    ),
    Query(
        "most_linked",
        "Most linked articles",
        "Articles that the related links of most other articles lead to.",
        """
SELECT articles.headline, sources.source, articles.day, count(*) AS linked_from, articles.id AS article
FROM related_links JOIN articles ON articles.id = related_links.leads_to
JOIN sources ON sources.id = articles.source
GROUP BY related_links.leads_to ORDER BY linked_from DESC, articles.id DESC LIMIT 200
""",
    ),
    Query(
        "datelines_by_month",
        "Datelines by month",
        "Where news was filed from, by month. "
        "source: a source's ID, empty for all; place: as the dateline writes it, empty for all.",
        f"""
SELECT substr(articles.day, 1, 7) AS month, articles.dateline_place, count(*) AS articles,
  count(DISTINCT articles.source) AS sources
FROM articles JOIN sources ON sources.id = articles.source
WHERE articles.dateline_place IS NOT NULL AND {_SOURCE} AND (:place = '' OR articles.dateline_place = :place)
GROUP BY month, articles.dateline_place ORDER BY month DESC, articles DESC LIMIT 1000
""",
    ),
)
