"""The tables of an archive, described once: migrations make them from this, browsing shows the descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

APPLICATION_ID = 0x6E737072  # "nspr" in PRAGMA application_id marks a database as an archive of ours
VERSION = 5  # PRAGMA user_version; a database with a higher one was made by a newer newsspider


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its SQL after the name, and what it holds. ``form``: time, day, array or object (both JSON), or the words
    that it may hold, divided by blanks; empty where that is free.
    """

    sql: str
    description: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, UNIQUE constraints and indexes (columns, comma-separated)."""

    description: str
    columns: Mapping[str, Column]
    unique: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    label: str | None = None  # the column that stands for a row where it is referred to


def _id() -> Column:
    return Column("INTEGER PRIMARY KEY", "Number of the row")


def _time(description: str) -> Column:
    return Column("TEXT", f"{description} (UTC, YYYY-MM-DDTHH:MM:SSZ)", "time")


def _to(table: str, description: str, required: bool = False) -> Column:
    return Column(f"INTEGER {'NOT NULL ' if required else ''}REFERENCES {table}(id)", description)


def _text(description: str, required: bool = False, form: str = "") -> Column:
    return Column("TEXT NOT NULL" if required else "TEXT", description, form)


def _count(description: str) -> Column:
    return Column("INTEGER NOT NULL DEFAULT 0", description)


_OUTCOMES = "stored unchanged moved gone refused blocked failed"
_FORMER = {
    name: _text(f"The former {what}, where it changed")
    for name, what in {
        "headline": "headline",
        "kicker": "kicker",
        "summary": "summary",
        "byline": "byline",
        "body": "body",
        "published": "date of publication",
        "modified": "date of modification",
        "dateline": "dateline",
        "section": "section",
    }.items()
}

TABLES: Mapping[str, Table] = {
    "sources": Table(
        "News sites, one row for each source file.",
        {
            "id": _id(),
            "source": Column("TEXT NOT NULL UNIQUE", "The source's ID: the name of its file"),
            "name": _text("Its name", required=True),
            "home": _text("Address of its home page", required=True),
            "language": _text("Its main language (BCP 47)"),
            "timezone": _text("Its time zone (IANA); dates without a zone are read in it"),
            "added_at": _time("When it was first crawled"),
            "last_crawl_at": _time("When the last crawl of it began"),
            "rechecks": _count("Times that known articles were looked at again, of late"),
            "edits": _count("of them found changed: by this its articles are looked at more or less often"),
        },
        label="name",
    ),
    "crawls": Table(
        "Runs of the crawler, one row each, with what became of the pages.",
        {
            "id": _id(),
            "started_at": _time("When it began"),
            "ended_at": _time("When it ended; empty while it runs or after it was killed"),
            "command": _text("What was typed"),
            "outcome": _text(
                "running, finished, stopped (Ctrl-C, SIGTERM), failed or killed",
                True,
                "running finished stopped failed killed",
            ),
            "red": _text("Why sources were red: JSON array of sentences", form="array"),
            "notes": _text("What else is worth a look: JSON array of sentences", form="array"),
            "pages": _count("Pages that ended in this run, whatever the outcome"),
            "stored": _count("of them stored, new or changed"),
            "unchanged": _count("unchanged since the last time"),
            "moved": _count("moved to another address"),
            "gone": _count("gone (404, 410)"),
            "refused": _count("refused (robots.txt, limits, not an article ..)"),
            "blocked": _count("blocked by the site"),
            "failed": _count("failed after all tries"),
            "new_articles": _count("Articles that the archive did not hold before"),
            "bytes": _count("Bytes on the wire"),
            "version": _text("Version of newsspider"),
            "host": _text("Machine that it ran on"),
            "pid": Column("INTEGER", "Its process"),
        },
        indexes=("started_at",),
        label="started_at",
    ),
    "crawl_outcomes": Table(
        "What became of the pages of a crawl, counted by source, role, outcome and reason. A page that was asked for counts"
        " once, with the addresses that it redirected to and the tries that failed; robots.txt does not count. Every"
        " exchange has its row in captures.",
        {
            "id": _id(),
            "crawl": _to("crawls", "The crawl", required=True),
            "source": _to("sources", "The source", required=True),
            "role": _text("feed, sitemap, section or article", True, "feed sitemap section article"),
            "outcome": _text("stored, unchanged, moved, gone, refused, blocked or failed", True, _OUTCOMES),
            "reason": _text("Why, in a word", required=True),
            "pages": _count("How many pages"),
        },
        unique=("crawl, source, role, outcome, reason",),
        indexes=("source",),
    ),
    "crawl_sources": Table(
        "What a crawl did at each source, in numbers, and whether the source was well.",
        {
            "id": _id(),
            "crawl": _to("crawls", "The crawl", required=True),
            "source": _to("sources", "The source", required=True),
            "state": _text(
                "green or red; empty while the crawl runs, and where it did not come to its end or to this source"
            ),
            "red": _text("Why it was red: JSON array of sentences", form="array"),
            "notes": _text("What else is worth a look: JSON array of sentences", form="array"),
            "pages": _count("Pages that ended in this crawl, whatever the outcome"),
            "named": _count("Articles that its feeds, sitemaps and sections named, each time counted"),
            "new_articles": _count("Articles that the archive did not hold before"),
            "edits": _count("Articles that were found changed"),
            "bytes": _count("Bytes on the wire"),
            "articles": Column(
                "INTEGER", "Articles whose state it read, new or changed; the next three are of these"
            ),
            "fields": _text("Share of them that have each field: a JSON object", form="object"),
            "length": Column("INTEGER", "Characters of their texts, the median"),
            "newest": _time("Publication of the newest article that the source then had"),
        },
        unique=("crawl, source",),
        indexes=("source",),
    ),
    "notices": Table(
        "What was told, by webhook and e-mail, of sources that changed their state and of nightly runs that failed.",
        {
            "id": _id(),
            "crawl": _to("crawls", "The crawl whose state it tells", required=True),
            "source": _to("sources", "The source; empty where it tells of the run itself"),
            "kind": _text(
                "Of a source: red, still_red (each week) or well (again); of a run: failed or killed",
                True,
                "red still_red well failed killed",
            ),
            "channel": _text("Which way: mail, or the name of a webhook", required=True),
            "since": _time("Of a source: when the first of the red crawls began; of a run: when it began"),
            "made_at": _time("When it was made"),
            "delivered_at": _time("When it was delivered; empty: it was not"),
            "error": _text("Why it was not delivered, or not to all"),
        },
        indexes=("channel, source", "source", "crawl"),
        label="kind",
    ),
    "pages": Table(
        "The frontier: one row for every address that was found, what became of it and when it is due again.",
        {
            "id": _id(),
            "url": Column("TEXT NOT NULL UNIQUE", "The address, canonical"),
            "source": _to("sources", "Its source", required=True),
            "role": _text("feed, sitemap, section or article", True, "feed sitemap section article"),
            "state": _text("due, stored, moved, gone, refused, blocked or failed", True, f"due {_OUTCOMES}"),
            "reason": _text("Why, in a word"),
            "attempts": _count("Times in a row that it was not stored"),
            "found_at": _time("When it was first found"),
            "next_fetch_at": _time("Not before then; empty: not again"),
            "leased": _to("crawls", "The crawl that took it up last"),
            "named": _to("crawls", "The crawl in which a feed, sitemap or section last named it"),
            "named_by": _to("pages", "Of a feed, sitemap or section: the page that last named it"),
            "last_new_at": _time("Of a feed, sitemap or section: when it last named what was not known"),
            "hops": _count("Links to it from the next page that a feed, sitemap or section names"),
            "last_fetched_at": _time("When it was last asked for"),
            "etag": _text("The server's ETag, for conditional requests"),
            "last_modified": _text("The server's Last-Modified, as it came"),
            "digest": _text("Digest of its last body"),
            "article": _to("articles", "The article that it leads to"),
            "title": _text("What a feed or sitemap called it"),
            "published": _text("The date that a feed or sitemap gave, as it came"),
            "modified": _text("The sitemap's lastmod, as it came"),
        },
        indexes=("source, role, next_fetch_at", "article", "state"),
        label="url",
    ),
    "captures": Table(
        "Exchanges with servers: one row for each response, with its place in the WARC files.",
        {
            "id": _id(),
            "page": _to("pages", "The page; empty for robots.txt"),
            "crawl": _to("crawls", "The crawl that made it"),
            "url": _text(
                "The address asked for in this exchange (a redirect hop has its own)", required=True
            ),
            "fetched_at": _time("When the response was complete"),
            "status": Column("INTEGER NOT NULL", "HTTP status"),
            "content_type": _text("Content-Type as it came"),
            "size": _count("Bytes of the body on the wire"),
            "digest": _text("Digest of the body in its content coding (WARC-Payload-Digest)"),
            "warc_file": _text("File in the folder warc/", required=True),
            "warc_offset": Column("INTEGER NOT NULL", "Where the record begins there, in bytes"),
            "warc_length": Column("INTEGER NOT NULL", "How many bytes it has there"),
            "read_at": _time("When it was read, so that its article is as it should be; empty: it waits"),
            "revisits": _to("captures", "The earlier capture that has its body: the page was as it had been"),
            "origin": _text(
                "Where it was taken from, if not from the site: its address in the Wayback Machine, another's file"
            ),
        },
        unique=("warc_file, warc_offset",),
        indexes=("page", "crawl", "fetched_at"),
    ),
    "articles": Table(
        "Articles in their latest state, one row a story.",
        {
            "id": _id(),
            "source": _to("sources", "The source", required=True),
            "headline": _text("The headline"),
            "day": _text("Day of publication in the source's time zone", form="day"),
            "published": _time("When it was published"),
            "dateline_place": _text("Where it was filed, as written"),
            "byline": _text("The authors' names in one line"),
            "section": _text("The section that the page names"),
            "language": _text("Language of the text (ISO 639)"),
            "summary": _text("The standfirst under the headline"),
            "kicker": _text("The words above the headline"),
            "body": _text("The text, a blank line between paragraphs", required=True),
            "url": Column("TEXT NOT NULL UNIQUE", "The address that stands for the story"),
            "authors": _text("Names, a JSON array", form="array"),
            "dateline": _text("The dateline as it stands at the head of the text"),
            "dateline_date": _text("Its date (YYYY-MM-DD, or --MM-DD without a year)"),
            "dateline_agency": _text("Its agency"),
            "published_local": _text("When it was published, as the page says it, with the page's zone"),
            "modified": _time("When the page says that it was changed"),
            "modified_local": _text("When the page says that it was changed, as it says it, with its zone"),
            "tags": _text("Tags, a JSON array", form="array"),
            "asides": _text(
                "What stands in the article and is not its text: JSON array of kind, text, after",
                form="array",
            ),
            "image": _text("Address of its image"),
            "flags": _text("partial, paywalled: JSON array", form="array"),
            "canonical_url": _text("The canonical address that the page claims"),
            "page": _to("pages", "The page that it was last read from"),
            "capture": _to("captures", "The capture of its latest state"),
            "first_seen_at": _time("First capture"),
            "last_seen_at": _time("Last capture"),
            "changed_at": _time("Last change that the crawler saw"),
            "gone_at": _time("When the page was found to be gone"),
            "digest": _text("Digest of the fields that count as a change"),
            "split_version": _text("Version of the splitter"),
            "provenance": _text("Where each field came from, a JSON object", form="object"),
        },
        # Facets and the default sort are served from these.
        indexes=(
            "published",
            "source, published",
            "source, headline",
            "day",
            "dateline_place",
            "byline",
            "language",
            "section",
            "last_seen_at",
            "page",
            "capture",
        ),
        label="headline",
    ),
    "revisions": Table(
        "Changes of articles after their first state, with the former values of what changed.",
        {
            "id": _id(),
            "article": _to("articles", "The article", required=True),
            "capture": _to("captures", "The capture that showed the change"),
            "seen_at": _time("When it was seen"),
            "kind": _text("edited, deleted, restored or moved", True, "edited deleted restored moved"),
            "changed": _text("The fields that changed, a JSON array", form="array"),
            "silent": Column(
                "INTEGER NOT NULL DEFAULT 0",
                "1 for an edit at which the page's own modified date did not move",
            ),
            **_FORMER,
        },
        indexes=("article", "seen_at", "capture"),
    ),
    "ticker_entries": Table(
        "Headlines that ran in a source's ticker.",
        {
            "id": _id(),
            "source": _to("sources", "The source", required=True),
            "text": _text("The entry", required=True),
            "url": _text("Where it leads, if anywhere"),
            "first_seen": _time("First capture that showed it"),
            "last_seen": _time("Last capture that showed it"),
            "sightings": _count("On how many captures"),
            "article": _to("articles", "Its own article, once that is archived"),
        },
        indexes=("source, last_seen", "url", "article", "last_seen"),
        label="text",
    ),
    "ticker_sightings": Table(
        "On which capture which ticker entry stood, and at which position.",
        {
            "id": _id(),
            "capture": _to("captures", "The capture", required=True),
            "entry": _to("ticker_entries", "The entry", required=True),
            "position": Column("INTEGER NOT NULL", "Position in the ticker, from 1"),
        },
        unique=("capture, position",),
        indexes=("entry",),
    ),
    "related_links": Table(
        "Links to other stories that an article's page offers because they belong to it.",
        {
            "id": _id(),
            "article": _to("articles", "The article", required=True),
            "position": Column("INTEGER NOT NULL", "Position on the page, from 1"),
            "text": _text("The link's text", required=True),
            "url": _text("Where it leads"),
            "leads_to": _to("articles", "The article that it leads to, once that is archived"),
        },
        unique=("article, position",),
        indexes=("url", "leads_to"),
        label="text",
    ),
    "backfills": Table(
        "How far a source's past was fetched from other archives; a backfill goes on from here.",
        {
            "id": _id(),
            "source": _to("sources", "The source", required=True),
            "service": _text("wayback or cc-news", required=True),
            "wanted": _text("What was asked for: JSON of days and versions, or of a file", required=True),
            "cursor": _text("Where it stands: the index's resume key, or the bytes of a file that were read"),
            "position": _text("The last entry of that part of the index that was dealt with"),
            "entries": _count("Entries of the index, or records of the file, that were gone through"),
            "captures": _count("Captures that were stored"),
            "begun_at": _time("When it began"),
            "ended_at": _time("When it came to its end; empty: it is not done"),
        },
        unique=("source, service, wanted",),
    ),
    "shapes": Table(
        "What addresses of a source's pages look like, and how many of each shape turned out to be articles.",
        {
            "id": _id(),
            "source": _to("sources", "The source", required=True),
            "shape": _text("The address with kinds of parts for its parts", required=True),
            "articles": _count("Pages that were articles"),
            "others": _count("Pages that were none"),
        },
        unique=("source, shape",),
        label="shape",
    ),
    "problems": Table(
        "What went wrong with a page and is worth a person's look.",
        {
            "id": _id(),
            "crawl": _to("crawls", "The crawl"),
            "source": _to("sources", "The source"),
            "page": _to("pages", "The page"),
            "url": _text("Its address"),
            "at": _time("When"),
            "stage": _text("fetch, split or store", True, "fetch split store"),
            "reason": _text("In a word", required=True),
            "message": _text("In a sentence"),
        },
        indexes=("crawl", "source", "page"),
    ),
}

# Expression indexes for lookups by either form of an address.
UNIQUE_INDEXES = {"ticker_entries_identity": "ticker_entries (source, text, coalesce(url, ''))"}

# What only some rows need, and an order that no plain column has.
PARTIAL_INDEXES = {
    "captures_waiting": "captures (fetched_at, warc_file, warc_offset) WHERE read_at IS NULL",
    "pages_new": "pages (source, coalesce(published, modified, '') DESC, id)"
    " WHERE role = 'article' AND last_fetched_at IS NULL AND next_fetch_at IS NOT NULL",
    "revisions_headline": "revisions (headline) WHERE headline IS NOT NULL",  # ticker entries are looked up there, too
    "pages_named_by": "pages (named_by) WHERE named_by IS NOT NULL",
    "pages_unwatched": "pages (named) WHERE role = 'article' AND next_fetch_at IS NULL AND named IS NOT NULL",
}

SEARCH_COLUMNS = ("headline", "summary", "body", "byline", "dateline")


# A modifier makes SQLite reckon, so that the 31st of February comes out as another day.
_SQL_FORMS = {
    "": "typeof({0}) <> '{1}'",
    "time": "strftime('%Y-%m-%dT%H:%M:%SZ', {0}, '+0 days') IS NOT {0}",
    "day": "date({0}, '+0 days') IS NOT {0}",
    "array": "CASE WHEN json_valid({0}) THEN json_type({0}) ELSE '' END <> 'array'",
    "object": "CASE WHEN json_valid({0}) THEN json_type({0}) ELSE '' END <> 'object'",
}


def can_not_be(table: str, column: str) -> str:
    """SQL: whether a column's value is one that it can't hold."""
    spec = TABLES[table].columns[column]
    words = ", ".join(f"'{word}'" for word in spec.form.split())
    form = _SQL_FORMS.get(spec.form, f"{{0}} NOT IN ({words})")
    return f"({column} IS NOT NULL AND {form.format(column, spec.sql.split(' ')[0].lower())})"


def create_table(name: str) -> str:
    """The statement that makes a table."""
    table = TABLES[name]
    lines = [f'"{column}" {spec.sql}' for column, spec in table.columns.items()]
    lines += [f"UNIQUE ({columns})" for columns in table.unique]
    return f'CREATE TABLE "{name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def create_indexes(name: str) -> list[str]:
    """The statements that make a table's indexes."""
    return [
        f'CREATE INDEX "idx_{name}_{columns.replace(", ", "_")}" ON "{name}" ({columns})'
        for columns in TABLES[name].indexes
    ]
