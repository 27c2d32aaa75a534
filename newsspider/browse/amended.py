"""Datasette's templates, amended when they are loaded, before anything is filled into them: their scripts are marked, and
on pages of our archives its forms, tables and landmarks have the names that a screen reader says, and the navigation of our own
pages.

What a template doesn't have (any more) is not amended; own templates of the user's are, too, where they have the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from jinja2.ext import Extension
from markupsafe import Markup

# The word of the request that is being answered, by which scripts of templates are known; empty: none of our pages.
nonce: ContextVar[str] = ContextVar("newsspider_nonce", default="")
# The path of the request that is being answered.
path: ContextVar[str] = ContextVar("newsspider_path", default="")

_SCRIPT = re.compile(r"<script(?=[\s>{])", re.IGNORECASE)
# What is looked for in a template; what is added behind it.
_ADDITIONS = (
    (r"<html(?=>)", ' lang="en"'),
    (r"\{% block nav %\}", '<a class="ns-skip" href="#main">Skip to content</a>'),
    (r'<section(?= class="content">)', ' role="main" id="main"'),
    (r'<select(?= name="_filter_column)', ' aria-label="Column to filter by"'),
    (r'<select(?= name="_filter_op)', ' aria-label="How to compare it"'),
    (r'<input(?= type="text" name="_filter_value)', ' aria-label="Value to compare it with"'),
    (r'<select(?= name="_sort")', ' aria-label="Sort by"'),
    (r'<dl(?= class="column-descriptions">)', ' tabindex="0" aria-label="What the columns hold"'),
    (r'<a(?= [^<>]*class="cross">)', ' aria-label="Take it away"'),
    (r'<textarea(?= id="sql-editor")', ' aria-label="SQL"'),
    # The editors that take the place of that: CodeMirror 5 (0.65) and 6 (1.0).
    (r"(?=cmResize\(editor)", 'editor.getInputField().setAttribute("aria-label", "SQL"); '),
    (
        r"cm\.editorFromTextArea\(sqlInput, \{\s*schema,?\s*\}\)\);",
        ' editor.contentDOM.setAttribute("aria-label", "SQL");',
    ),
)
_CRUMBS = re.compile(r"\{% block crumbs %\}\{\{ crumbs\.nav\(request=request\) \}\}\{% endblock %\}")
# The rows of a table, thousands of pieces: each is handed on through all templates that hold the table, unless they are joined.
_ROWS = re.compile(r'<table class="rows-and-columns">(?:(?!</table>|\{%-? *block).)*</table>', re.DOTALL)
_JOINED = r"{% set newsspider_rows %}\g<0>{% endset %}{{ newsspider_rows }}"
_PATTERNS = [(re.compile(wanted), more) for wanted, more in _ADDITIONS]


class Amended(Extension):
    """Amends templates."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template as it shall be loaded."""
        source = _ROWS.sub(_JOINED, source)
        source = _CRUMBS.sub(r"\g<0>{{ newsspider_navigation() }}", source)
        source = _SCRIPT.sub('<script nonce="{{ newsspider_nonce() }}"', source)
        for number, (wanted, _) in enumerate(_PATTERNS):
            source = wanted.sub(rf"\g<0>{{{{ newsspider_added({number}) }}}}", source)
        return source


def _added(number: int) -> Markup:
    return Markup(_PATTERNS[number][1] if nonce.get() else "")


def amend(env: Any, navigation: Callable[[str], Iterable[tuple[str, str, bool]]]) -> None:
    """Have the templates of an environment amended.

    ``navigation``: of a path, the addresses and words of what our own pages lead to, and whether one is that path.
    """

    def shown() -> Markup:
        links = [
            Markup('<li><a href="{}"{}>{}</a></li>').format(
                address, Markup(' aria-current="page"' if here else ""), label
            )
            for address, label, here in navigation(path.get())
        ]
        return Markup('<ul class="ns-nav">{}</ul>').format(Markup("").join(links)) if links else Markup("")

    env.globals |= {"newsspider_nonce": nonce.get, "newsspider_added": _added, "newsspider_navigation": shown}
    env.add_extension(Amended)
