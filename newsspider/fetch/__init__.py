"""The Scrapy side of a crawl: politeness, limits and wire bytes, switched on by one add-on.

In come Scrapy requests whose ``meta`` holds an ``exchanges`` list; out go responses whose exchanges, redirect
hops and failed tries included, stand in that list as ``Capture`` records. It must not know of splitting or of
the tables."""
