"""The demo newspaper: invented news in three languages. Nothing comes in; a small news site goes out.

``DemoSite`` serves it on this machine, ``demo_source`` describes it as a source, ``expected`` says what the
splitter must make of a page. It knows nothing of crawling or of the archive.
"""

from newsspider.demo.expected import expected
from newsspider.demo.paper import Paper, Story, load_paper
from newsspider.demo.server import DemoSite, demo_source

__all__ = ["DemoSite", "Paper", "Story", "demo_source", "expected", "load_paper"]
