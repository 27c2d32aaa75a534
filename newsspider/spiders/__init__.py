"""The one spider, where Scrapy users look for it.

In come sources and due pages; out go results, one a page. It knows nothing of tables: what leases pages and
stores results is handed to it (``newsspider.runs.archive``)."""
