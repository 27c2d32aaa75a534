"""What the first visitor would wait for, made ready when the server has started: templates are compiled, the gazetteer and the
map are read. A second of work, which a thread does beside the first answers.
"""

from __future__ import annotations

from threading import Thread
from typing import Any

from jinja2 import Environment

from newsspider.browse import compat, gazetteer, maps
from newsspider.browse.templating import environment

# Of Datasette's own, those of the pages that ours lead to.
_THEIRS = ("table.html", "_table.html", "_facet_results.html", "row.html", "query.html", "database.html")


def warm(datasette: Any) -> None:
    """Make ready what pages need; what there is already costs nothing."""
    compile_templates(environment(), environment().list_templates())
    theirs = compat.templates(datasette)
    compile_templates(theirs, sorted({*_THEIRS} & {*theirs.list_templates()}))
    maps.world()
    gazetteer.load()


def compile_templates(templates: Environment, names: list[str]) -> None:
    """Have templates compiled, the front page first."""
    for name in sorted(names, key=lambda name: name != "front.html"):
        templates.get_template(name)


def start(datasette: Any) -> Thread:
    """Begin with it; the server does not wait for it, neither now nor when it ends."""
    beside = Thread(target=warm, args=(datasette,), daemon=True)
    beside.start()
    return beside
