"""The history of an article as a page of its own, in the look of the browser's pages."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from newsspider.browse.templating import environment, style
from newsspider.runs.diffing.reading import History


def as_html(history: History) -> str:
    """The page: no scripts, nothing from outside, and a policy that allows neither. All text is escaped."""
    sheet = style()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    template = environment().get_template("diff.html")
    return template.render(history=history, style=Markup(sheet), style_hash=digest)  # our own sheet
