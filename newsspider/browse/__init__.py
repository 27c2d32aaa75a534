"""Browsing an archive: a Datasette plugin, its pages, and the server behind ``newsspider browse``.

In comes an archive's database, opened by Datasette for reading (a crawl may be writing to it), and for archived pages the
WARC files beside it; out go pages.
It works on Datasette 0.65 and on the 1.0 alphas. It must not know of crawling: neither Scrapy nor a parser
of HTML is imported, and nothing is written.
"""
