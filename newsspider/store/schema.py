"""The tables of an archive, described once: migrations make them from this, browsing shows the descriptions."""

from __future__ import annotations

from collections.abc import Mapping

from newsspider.store.columns import Column, Table, count, key, text, time, to

APPLICATION_ID = 0x6E737072  # "nspr" in PRAGMA application_id marks a database as an archive of ours
VERSION = 7  # PRAGMA user_version; a database with a higher one was made by a newer newsspider


_OUTCOMES = "stored unchanged moved gone refused blocked failed"
_FORMER = {
    name: text(f"The former {what}, where it changed")
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
            "id": key(),
            "source": Column("TEXT NOT NULL UNIQUE", "The source's ID: the name of its file"),
            "name": text("Its name", required=True),
            "home": text("Address of its home page", required=True),
            "language": text("Its main language (BCP 47)"),
            "timezone": text("Its time zone (IANA); dates without a zone are read in it"),
            "added_at": time("When it was first crawled"),
            "last_crawl_at": time("When the last crawl of it began"),
            "rechecks": count("Times that known articles were looked at again, of late"),
            "edits": count("of them found changed: by this its articles are looked at more or less often"),
        },
        label="name",
    ),
    "crawls": Table(
        "Runs of the crawler, one row each, with what became of the pages.",
        {
            "id": key(),
            "started_at": time("When it began"),
            "ended_at": time("When it ended; empty while it runs or after it was killed"),
            "command": text("What was typed"),
            "outcome": text(
                "running, finished, stopped (Ctrl-C, SIGTERM), failed or killed",
                True,
                "running finished stopped failed killed",
            ),
            "red": text("Why sources were red: JSON array of sentences", form="array"),
            "notes": text("What else is worth a look: JSON array of sentences", form="array"),
            "pages": count("Pages that ended in this run, whatever the outcome"),
            "stored": count("of them stored, new or changed"),
            "unchanged": count("unchanged since the last time"),
            "moved": count("moved to another address"),
            "gone": count("gone (404, 410)"),
            "refused": count("refused (robots.txt, limits, not an article ..)"),
            "blocked": count("blocked by the site"),
            "failed": count("failed after all tries"),
            "new_articles": count("Articles that the archive did not hold before"),
            "bytes": count("Bytes on the wire"),
            "version": text("Version of newsspider"),
            "host": text("Machine that it ran on"),
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
            "id": key(),
            "crawl": to("crawls", "The crawl", required=True),
            "source": to("sources", "The source", required=True),
            "role": text("feed, sitemap, section or article", True, "feed sitemap section article"),
            "outcome": text("stored, unchanged, moved, gone, refused, blocked or failed", True, _OUTCOMES),
            "reason": text("Why, in a word", required=True),
            "pages": count("How many pages"),
        },
        unique=("crawl, source, role, outcome, reason",),
        indexes=("source",),
    ),
    "crawl_sources": Table(
        "What a crawl did at each source, in numbers, and whether the source was well.",
        {
            "id": key(),
            "crawl": to("crawls", "The crawl", required=True),
            "source": to("sources", "The source", required=True),
            "state": text(
                "green or red; empty while the crawl runs, and where it did not come to its end or to this source"
            ),
            "red": text("Why it was red: JSON array of sentences", form="array"),
            "notes": text("What else is worth a look: JSON array of sentences", form="array"),
            "pages": count("Pages that ended in this crawl, whatever the outcome"),
            "named": count("Articles that its feeds, sitemaps and sections named, each time counted"),
            "new_articles": count("Articles that the archive did not hold before"),
            "edits": count("Articles that were found changed"),
            "bytes": count("Bytes on the wire"),
            "articles": Column(
                "INTEGER",
                "Articles of the five weeks before whose state it read, new or changed; the next two are of these",
            ),
            "fields": text("Share of them that have each field: a JSON object", form="object"),
            "length": Column("INTEGER", "Characters of their texts, the median"),
            "newest": time("Publication of the newest article that the source then had"),
        },
        unique=("crawl, source",),
        indexes=("source",),
    ),
    "notices": Table(
        "What was told, by webhook and e-mail, of sources that changed their state and of nightly runs that failed.",
        {
            "id": key(),
            "crawl": to("crawls", "The crawl whose state it tells", required=True),
            "source": to("sources", "The source; empty where it tells of the run itself"),
            "kind": text(
                "Of a source: red, worse (red for a new reason), still_red (each week) or well (again); of a run: failed, killed",
                True,
                "red worse still_red well failed killed",
            ),
            "channel": text("Which way: mail, or the name of a webhook", required=True),
            "since": time("Of a source: when the first of the red crawls began; of a run: when it began"),
            "made_at": time("When it was made"),
            "delivered_at": time("When it was delivered; empty: it was not"),
            "error": text("Why it was not delivered, or not to all"),
        },
        indexes=("channel, source", "source", "crawl"),
        label="kind",
    ),
    "pages": Table(
        "The frontier: one row for every address that was found, what became of it and when it is due again.",
        {
            "id": key(),
            "url": Column("TEXT NOT NULL UNIQUE", "The address, canonical"),
            "source": to("sources", "Its source", required=True),
            "role": text("feed, sitemap, section or article", True, "feed sitemap section article"),
            "state": text("due, stored, moved, gone, refused, blocked or failed", True, f"due {_OUTCOMES}"),
            "reason": text("Why, in a word"),
            "attempts": count("Times in a row that it was not stored, nor named anything"),
            "found_at": time("When it was first found"),
            "next_fetch_at": time("Not before then; empty: not again"),
            "leased": to("crawls", "The crawl that took it up last"),
            "named": to("crawls", "The crawl in which a feed, sitemap or section last named it"),
            "named_by": to("pages", "Of a feed, sitemap or section: the page that last named it"),
            "last_new_at": time("Of a feed, sitemap or section: when it last named what was not known"),
            "hops": count("Links to it from the next page that a feed, sitemap or section names"),
            "last_fetched_at": time("When it was last asked for"),
            "etag": text("The server's ETag, for conditional requests"),
            "last_modified": text("The server's Last-Modified, as it came"),
            "digest": text("Digest of its last body"),
            "article": to("articles", "The article that it leads to"),
            "title": text("What a feed or sitemap called it"),
            "published": text("The date that a feed or sitemap gave, as it came"),
            "modified": text("The sitemap's lastmod, as it came"),
        },
        indexes=("source, role, next_fetch_at", "article", "state"),
        label="url",
    ),
    "captures": Table(
        "Exchanges with servers: one row for each response, with its place in the WARC files.",
        {
            "id": key(),
            "page": to("pages", "The page; empty for robots.txt"),
            "crawl": to("crawls", "The crawl that made it"),
            "url": text("The address asked for in this exchange (a redirect hop has its own)", required=True),
            "fetched_at": time("When the response was complete"),
            "status": Column("INTEGER NOT NULL", "HTTP status"),
            "content_type": text("Content-Type as it came"),
            "size": count("Bytes of the body on the wire"),
            "digest": text("Digest of the body in its content coding (WARC-Payload-Digest)"),
            "warc_file": text("File in the folder warc/", required=True),
            "warc_offset": Column("INTEGER NOT NULL", "Where the record begins there, in bytes"),
            "warc_length": Column("INTEGER NOT NULL", "How many bytes it has there"),
            "read_at": time("When it was read, so that its article is as it should be; empty: it waits"),
            "revisits": to("captures", "The earlier capture that has its body: the page was as it had been"),
            "origin": text(
                "Where it was taken from, if not from the site: its address in the Wayback Machine, another's file"
            ),
        },
        unique=("warc_file, warc_offset",),
        indexes=("page", "crawl", "fetched_at"),
    ),
    "articles": Table(
        "Articles in their latest state, one row a story.",
        {
            "id": key(),
            "source": to("sources", "The source", required=True),
            "headline": text("The headline"),
            "day": text("Day of publication in the source's time zone", form="day"),
            "published": time("When it was published"),
            "dateline_place": text("Where it was filed, as written"),
            "byline": text("The authors' names in one line"),
            "section": text("The section that the page names"),
            "language": text("Language of the text (ISO 639)"),
            "summary": text("The standfirst under the headline"),
            "kicker": text("The words above the headline"),
            "body": text("The text, a blank line between paragraphs", required=True),
            "url": Column("TEXT NOT NULL UNIQUE", "The address that stands for the story"),
            "authors": text("Names, a JSON array", form="array"),
            "dateline": text("The dateline as it stands at the head of the text"),
            "dateline_date": text("Its date (YYYY-MM-DD, or --MM-DD without a year)"),
            "dateline_agency": text("Its agency"),
            "published_local": text("When it was published, as the page says it, with the page's zone"),
            "modified": time("When the page says that it was changed"),
            "modified_local": text("When the page says that it was changed, as it says it, with its zone"),
            "tags": text("Tags, a JSON array", form="array"),
            "asides": text(
                "What stands in the article and is not its text: JSON array of kind, text, after",
                form="array",
            ),
            "image": text("Address of its image"),
            "flags": text("partial, paywalled: JSON array", form="array"),
            "canonical_url": text("The canonical address that the page claims"),
            "page": to("pages", "The page that it was last read from"),
            "capture": to("captures", "The capture of its latest state"),
            "first_seen_at": time("First capture"),
            "last_seen_at": time("Last capture"),
            "changed_at": time("Last change that the crawler saw"),
            "gone_at": time("When the page was found to be gone"),
            "digest": text("Digest of the fields that count as a change"),
            "split_version": text("Version of the splitter"),
            "provenance": text("Where each field came from, a JSON object", form="object"),
        },
        # Facets and the default sort are served from these.
        indexes=(
            "published",
            "source, published",
            "source, headline",
            "day, source, byline",
            "dateline_place, published",
            "byline",
            "language, published",
            "section, published",
            "last_seen_at",
            "page",
            "capture",
        ),
        label="headline",
    ),
    "day_counts": Table(
        "How many articles each source published on each day; kept in step with the table of articles.",
        {
            "id": key(),
            "source": to("sources", "The source", required=True),
            "day": text("Day of publication in the source's time zone; empty: of no known day", form="day"),
            "articles": count("How many articles"),
            "datelines": count("of them say where they were filed"),
        },
        indexes=("day",),
    ),
    "place_counts": Table(
        "How many articles each source filed from each place in each month; kept in step with the table of articles.",
        {
            "id": key(),
            "place": text("Where they were filed, as written", required=True),
            "source": to("sources", "The source", required=True),
            "month": text("Month of publication (YYYY-MM); empty: of no known day", required=True),
            "articles": count("How many articles"),
        },
        unique=("place, source, month",),
        indexes=("month, place, source, articles",),
        label="place",
    ),
    "revisions": Table(
        "Changes of articles after their first state, with the former values of what changed.",
        {
            "id": key(),
            "article": to("articles", "The article", required=True),
            "capture": to("captures", "The capture that showed the change"),
            "seen_at": time("When it was seen"),
            "kind": text("edited, deleted, restored or moved", True, "edited deleted restored moved"),
            "changed": text("The fields that changed, a JSON array", form="array"),
            "silent": Column(
                "INTEGER NOT NULL DEFAULT 0",
                "1 for an edit at which the page's own modified date did not move",
            ),
            **_FORMER,
        },
        indexes=("article", "seen_at", "capture"),
    ),
    "ticker_entries": Table(
        "Headlines that ran in a source's ticker, each with all its wordings, summed up.",
        {
            "id": key(),
            "source": to("sources", "The source", required=True),
            "text": text("The entry, as it was worded last", required=True),
            "url": text("Where it leads, if anywhere"),
            "first_seen": time("First capture that showed it"),
            "last_seen": time("Last capture that showed it"),
            "sightings": count("On how many captures"),
            "pages": count("On how many pages"),
            "highest": Column("INTEGER", "The highest position that it had in the ticker; 1 is the first"),
            "lowest": Column("INTEGER", "The lowest position that it had"),
            "wordings": count("How many wordings it had"),
            "article": to("articles", "Its own article, once that is archived"),
        },
        indexes=("source, last_seen", "source, first_seen, last_seen", "url", "article", "last_seen"),
        label="text",
    ),
    "ticker_wordings": Table(
        "The wordings of ticker entries, one row for each text and address that a source's ticker had.",
        {
            "id": key(),
            "entry": to("ticker_entries", "The entry", required=True),
            "source": to("sources", "The source", required=True),
            "text": text("How it was worded", required=True),
            "url": text("Where it led, if anywhere"),
            "first_seen": time("First capture that showed it so"),
            "last_seen": time("Last capture that showed it so"),
            "sightings": count("On how many captures"),
            "highest": Column("INTEGER", "The highest position that it had in the ticker; 1 is the first"),
            "lowest": Column("INTEGER", "The lowest position that it had"),
            "shared": count("1 where a capture shows another text with its address"),
            "follows": Column(
                "INTEGER",
                "Number of the wording of the entry in whose place it came, or without an address of the one that it is",
            ),
            "article": to(
                "articles", "The article of its address; without one: of which it is or was the headline"
            ),
        },
        indexes=("entry", "url", "article"),
        label="text",
    ),
    "ticker_sightings": Table(
        "On which capture which ticker entry stood, and at which position.",
        {
            "id": key(),
            "capture": to("captures", "The capture", required=True),
            "entry": to("ticker_entries", "The entry", required=True),
            "wording": count("How it was worded there: the number of a row of ticker_wordings"),
            "position": Column("INTEGER NOT NULL", "Position in the ticker, from 1"),
        },
        unique=("capture, position",),
        indexes=("entry",),
    ),
    "related_links": Table(
        "Links to other stories that an article's page offers because they belong to it.",
        {
            "id": key(),
            "article": to("articles", "The article", required=True),
            "position": Column("INTEGER NOT NULL", "Position on the page, from 1"),
            "text": text("The link's text", required=True),
            "url": text("Where it leads"),
            "leads_to": to("articles", "The article that it leads to, once that is archived"),
        },
        unique=("article, position",),
        indexes=("url", "leads_to"),
        label="text",
    ),
    "backfills": Table(
        "How far a source's past was fetched from other archives; a backfill goes on from here.",
        {
            "id": key(),
            "source": to("sources", "The source", required=True),
            "service": text("wayback or cc-news", required=True),
            "wanted": text("What was asked for: JSON of days and versions, or of a file", required=True),
            "cursor": text("Where it stands: the index's resume key, or the bytes of a file that were read"),
            "position": text("The last entry of that part of the index that was dealt with"),
            "entries": count("Entries of the index, or records of the file, that were gone through"),
            "captures": count("Captures that were stored"),
            "begun_at": time("When it began"),
            "ended_at": time("When it came to its end; empty: it is not done"),
        },
        unique=("source, service, wanted",),
    ),
    "shapes": Table(
        "What addresses of a source's pages look like, and how many of each shape turned out to be articles.",
        {
            "id": key(),
            "source": to("sources", "The source", required=True),
            "shape": text("The address with kinds of parts for its parts", required=True),
            "articles": count("Pages that were articles"),
            "others": count("Pages that were none"),
        },
        unique=("source, shape",),
        label="shape",
    ),
    "problems": Table(
        "What went wrong with a page and is worth a person's look.",
        {
            "id": key(),
            "crawl": to("crawls", "The crawl"),
            "source": to("sources", "The source"),
            "page": to("pages", "The page"),
            "url": text("Its address"),
            "at": time("When"),
            "stage": text("fetch, split or store", True, "fetch split store"),
            "reason": text("In a word", required=True),
            "message": text("In a sentence"),
        },
        indexes=("crawl", "source", "page"),
    ),
}

# What tells rows apart where a part of that can be empty.
UNIQUE_INDEXES = {
    "ticker_wordings_identity": "ticker_wordings (source, text, coalesce(url, ''))",
    "day_counts_identity": "day_counts (source, coalesce(day, ''))",
}

# What only some rows need, and an order that no plain column has.
PARTIAL_INDEXES = {
    # By number, so that what hits of a search are ranked, counted and narrowed by is read without their rows.
    "articles_hits": "articles (id, source, day, published, language, dateline_place, byline)",
    "captures_waiting": "captures (fetched_at, warc_file, warc_offset) WHERE read_at IS NULL",
    "pages_new": "pages (source, coalesce(published, modified, '') DESC, id)"
    " WHERE role = 'article' AND last_fetched_at IS NULL AND next_fetch_at IS NOT NULL",
    "revisions_silent": "revisions (seen_at) WHERE silent = 1",
    "revisions_headline": "revisions (headline) WHERE headline IS NOT NULL",  # ticker entries are looked up there, too
    "ticker_wordings_come": "ticker_wordings (source, first_seen) WHERE url IS NULL",
    "ticker_wordings_gone": "ticker_wordings (source, last_seen) WHERE url IS NULL",
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
