"""``newsspider backfill``: a source's past, from its own sitemaps, from the Wayback Machine, from Common Crawl News.

``service`` asks a service of the web within its limits, ``wayback`` and ``ccnews`` say which captures are wanted,
``job`` keeps them: each into a WARC file of the archive with its own address and time and with where it was taken
from, then read as imported captures are. In come a source and days; out goes a report. All of it goes on where it was.
"""
