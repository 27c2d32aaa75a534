"""Where articles are found: feeds, sitemaps, robots.txt and links of section pages.

In come decoded bodies and links with the address that they stand at; out go addresses (``Found``), with what
was said of them. It knows nothing of the network, of tables and of what an article page holds.
"""

from newsspider.discover.feeds import read_feed
from newsspider.discover.judge import is_article, may_be_article
from newsspider.discover.listing import is_whole
from newsspider.discover.paging import next_page
from newsspider.discover.robots import robots_sitemaps
from newsspider.discover.sections import read_links
from newsspider.discover.shapes import Shapes, judged, shape_of
from newsspider.discover.sitemaps import read_sitemap

__all__ = [
    "Shapes",
    "is_article",
    "is_whole",
    "judged",
    "may_be_article",
    "next_page",
    "read_feed",
    "read_links",
    "read_sitemap",
    "robots_sitemaps",
    "shape_of",
]
