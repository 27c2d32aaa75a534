"""What runs over a whole archive: the crawl and its one writer, the splitting workers, the health of a run; import,
rebuild, check, backup, export and diff.

In come sources and a folder; out go an archive and a report. It puts the stages together and must not know of
HTML or of Scrapy's insides (``crawl`` starts Scrapy and waits)."""
