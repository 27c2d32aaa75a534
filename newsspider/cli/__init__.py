"""The ``newsspider`` command: parses, calls, prints. Heavy parts are imported by the command that needs them.

In come arguments; out go words on stdout and stderr and an exit code. It holds no logic.
"""

from newsspider.cli import archive, backfill, crawling, pages, sources
from newsspider.cli.common import main

__all__ = ["archive", "backfill", "crawling", "main", "pages", "sources"]
