"""A news site on loopback that lives for some simulated nights, and the crawls of them: what happened there, what a crawl
should report, and what it did.
"""

from nights.crawls import Nights, Seen, differences
from nights.paper import Paper
from nights.script import SHORT, STILL, Change, Expected, Script, time_of

__all__ = [
    "SHORT",
    "STILL",
    "Change",
    "Expected",
    "Nights",
    "Paper",
    "Script",
    "Seen",
    "differences",
    "time_of",
]
