"""How ``newsspider split --explain`` shows an ``Explanation``: a table for a terminal, or a page with the regions
coloured.
"""

from __future__ import annotations

from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from newsspider.split.explain import BlockLine, Explanation
from newsspider.split.table import HEADINGS

_PART = 16  # columns of the part's name
_WHY = 52
_TEXT = 90
_FEW = 3  # blocks in a row that the splitter passed over and that are still shown one by one


def as_text(explained: Explanation) -> str:
    """The record's fields with their sources, then a line for each block; long runs of blocks that stand far from
    the article are counted only.
    """
    article = explained.article
    lines = [article.url or article.headline or "A page", ""]
    lines += [
        f"  {field.name:<14} {_cut(field.value, _TEXT):<{_TEXT}} {field.source}".rstrip()
        for field in explained.fields
    ]
    lines += ["", f"{'block':>6}  {'part':<{_PART}} {'chance':>6}  {'why':<{_WHY}} text"]
    for passed, run in groupby(
        explained.blocks, key=lambda block: block.part is None and block.chance is None
    ):
        blocks = list(run)
        if passed and len(blocks) > _FEW:
            lines.append(f"{'..':>6}  {len(blocks)} blocks {blocks[0].why}")
        else:
            lines += map(_line, blocks)
    if explained.least is not None:
        lines += [
            "",
            f"A block is body from a chance of {explained.least:.2f} on; where a rule decided, it is named.",
        ]
    return "\n".join(lines) + "\n"


def _line(block: BlockLine) -> str:
    chance = "" if block.chance is None else f"{block.chance:.2f}"
    why = _cut(block.why, _WHY)
    return f"{block.number:>6}  {block.part or '-':<{_PART}} {chance:>6}  {why:<{_WHY}} {_cut(block.text, _TEXT)}"


def _cut(text: str, most: int) -> str:
    text = "".join(c if c.isprintable() else " " for c in text)  # a page must not write to the terminal
    return text if len(text) <= most else text[: most - 2] + ".."


def as_html(explained: Explanation) -> str:
    """A page of its own, without scripts or anything from outside: the text of the page with the regions
    coloured. All text is escaped.
    """
    environment = Environment(
        loader=PackageLoader("newsspider.runs"), autoescape=True, undefined=StrictUndefined
    )
    article = explained.article
    return environment.get_template("explained.html").render(
        address=article.url,
        headline=article.headline,
        language=article.language or "",
        fields=explained.fields,
        blocks=explained.blocks,
        least=explained.least,
        headings=HEADINGS,
    )
