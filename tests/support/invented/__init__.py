"""Invented news pages with known answers: stories in 24 languages, set in the markup of the kinds of sites that there
are (``templates/``, one a kind), and pages that are no articles.

``pages()`` yields them, the same ones each time. The gold follows the convention of the record: what a reader would
write into it, whatever the splitter finds today. A page is as messy as real ones of its kind, and nothing in it
(text, names, markup) is copied from any.
"""

from invented.pages import FETCHED, InventedPage, pages

__all__ = ["FETCHED", "InventedPage", "pages"]
