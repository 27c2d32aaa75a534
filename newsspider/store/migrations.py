"""The steps that bring a database to the newest schema, each in its own transaction."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from newsspider.store import dividing, schema, search, summaries

migrations = Migrations("newsspider")


@migrations()
def first_tables(db: Database) -> None:
    """All tables of the first version, their indexes and the search index."""
    for name in schema.TABLES:
        _add_table(db, name)
    for name, columns in schema.UNIQUE_INDEXES.items():
        db.execute(f"CREATE UNIQUE INDEX {name} ON {columns}")
    for statement in search.create_index():
        db.execute(statement)


@migrations()
def captures_wait(db: Database) -> None:
    """Captures can wait to be read; those of older archives were read when they were made."""
    if _add_column(db, "captures", "read_at"):
        db.execute("UPDATE captures SET read_at = fetched_at")
    _add_index(db, "captures_waiting")


@migrations()
def pages_are_seen_again(db: Database) -> None:
    """Captures of pages that were as they had been refer to the one that has the body; pages know who named them; what
    was never fetched, and former headlines, are found by indexes.
    """
    for table, column in (("captures", "revisits"), ("pages", "named_by"), ("pages", "hops")):
        _add_column(db, table, column)
    for column in ("rechecks", "edits"):
        _add_column(db, "sources", column)
    for name in ("pages_new", "pages_named_by", "revisions_headline"):
        _add_index(db, name)


@migrations()
def what_a_crawl_did(db: Database) -> None:
    """What addresses of articles look like is learned, and what a crawl did at each source is kept."""
    _add_table(db, "shapes")
    _add_table(db, "crawl_sources")
    _add_column(db, "crawls", "notes")


@migrations()
def captures_of_other_archives(db: Database) -> None:
    """Captures say where they were taken from, and how far that came is kept."""
    _add_column(db, "captures", "origin")
    _add_table(db, "backfills")


@migrations()
def crawls_are_compared(db: Database) -> None:
    """A crawl's articles are measured, so that the next ones can be compared; lists know when they last named news."""
    for column in ("articles", "fields", "length", "newest"):
        _add_column(db, "crawl_sources", column)
    _add_column(db, "pages", "last_new_at")


@migrations()
def what_was_told(db: Database) -> None:
    """Notices of sources that changed their state are kept."""
    _add_table(db, "notices")


@migrations()
def articles_are_counted_by_indexes(db: Database) -> None:
    """Articles that lists go on naming when they are not watched any more are found by an index."""
    _add_index(db, "pages_unwatched")


@migrations()
def search_folds_more(db: Database) -> None:
    """What hits are narrowed by stands in an index of its own. (The words of that version are indexed anew further down.)"""
    _add_index(db, "articles_hits")


@migrations()
def articles_are_counted(db: Database) -> None:
    """How many articles there are by day and place is counted when they are written; silent edits are found by an index."""
    for name in ("day_counts", "place_counts"):
        _add_table(db, name)
    identity = "day_counts_identity"
    db.execute(f"CREATE UNIQUE INDEX IF NOT EXISTS {identity} ON {schema.UNIQUE_INDEXES[identity]}")
    summaries.count(db.conn)
    _add_index(db, "revisions_silent")
    # The articles of a place are listed by date: found and sorted by one index.
    db.execute("DROP INDEX IF EXISTS idx_articles_dateline_place")
    sorted_too = "idx_articles_dateline_place_published"
    db.execute(f"CREATE INDEX IF NOT EXISTS {sorted_too} ON articles (dateline_place, published)")


@migrations()
def tickers_are_summed_up(db: Database) -> None:
    """Ticker entries have wordings, and a summary of where they were seen; each of an older archive's had one."""
    older = "pages" not in {row[1] for row in db.execute("PRAGMA table_info(ticker_entries)")}
    _add_table(db, "ticker_wordings")
    for column in ("pages", "highest", "lowest", "wordings"):
        _add_column(db, "ticker_entries", column)
    _add_column(db, "ticker_sightings", "wording")
    for name in ("ticker_wordings_come", "ticker_wordings_gone"):
        _add_index(db, name)
    if older:
        dividing.divide(db.conn)


@migrations()
def lists_are_sorted_by_indexes(db: Database) -> None:
    """The articles of a language are listed by date, and those of some days counted by source and author, by one index."""
    for column, more in (("language", "published"), ("day", "source, byline")):
        db.execute(f"DROP INDEX IF EXISTS idx_articles_{column}")
        name = f"idx_articles_{column}_{more.replace(', ', '_')}"
        db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON articles ({column}, {more})")


@migrations()
def search_folds_all_spellings(db: Database) -> None:
    """Words are found in all their spellings (``folding``), so the index holds other words."""
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


@migrations()
def texts_are_joined(db: Database) -> None:
    """A ticker's text without an address is the entry that has it with one."""
    dividing.join_texts(db.conn)


@migrations()
def sections_are_listed_by_date(db: Database) -> None:
    """The articles of a section are listed by date, by one index."""
    db.execute("DROP INDEX IF EXISTS idx_articles_section")
    db.execute("CREATE INDEX IF NOT EXISTS idx_articles_section_published ON articles (section, published)")


def _add_table(db: Database, name: str) -> None:
    if name not in db.table_names():
        db.execute(schema.create_table(name))
        for statement in schema.create_indexes(name):
            db.execute(statement)


def _add_column(db: Database, table: str, column: str) -> bool:
    """Add a column to a table that was made before there was one; whether it was."""
    if column in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}:
        return False
    db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {schema.TABLES[table].columns[column].sql}")
    return True


def _add_index(db: Database, name: str) -> None:
    db.execute(f"CREATE INDEX {name} ON {schema.PARTIAL_INDEXES[name]}")
