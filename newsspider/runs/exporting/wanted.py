"""What is to be exported, checked: which table, in which form, where to, which rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self

from newsspider.errors import UsageError
from newsspider.exports import corpus
from newsspider.exports.rows import FLAT, RECORD, Field, Filters, Kind
from newsspider.runs.exporting.folders import Per
from newsspider.runs.exporting.target import STDOUT


class Form(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    TEXT = "text"


_SUFFIXES = {
    "": Form.CSV,
    ".csv": Form.CSV,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".parquet": Form.PARQUET,
    ".txt": Form.TEXT,
}

_IN_CSV = {
    Kind.FLAG: "0 or 1",
    Kind.LIST: 'list, joined by "; "',
    Kind.PARTS: "JSON",
    Kind.OBJECT: "JSON",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written. ``output``: a path, "-" is standard output; ``per``: of text, a folder of files instead of
    one; ``excel``: of CSV, with a byte order mark. Raises ``UsageError`` for what does not go together.
    """

    form: Form = Form.CSV
    table: str = "articles"
    output: str = STDOUT
    filters: Filters = field(default_factory=Filters)
    per: Per | None = None
    excel: bool = False

    @classmethod
    def asked(
        cls, form: str | None, table: str, output: str, filters: Filters, per: str | None, excel: bool
    ) -> Self:
        """From the words of a command; where the form is not said, the target's suffix says it."""
        chosen = Form(form) if form else Form.TEXT if per else _by_suffix(output)
        return cls(chosen, table, output, filters, Per(per) if per else None, excel)

    def __post_init__(self) -> None:
        if not self.output:
            raise UsageError("--output", "is empty", f"name a target; {STDOUT} is standard output")
        if self.excel and self.form is not Form.CSV:
            raise UsageError("--excel", f"is for csv, not for {self.form}")
        if self.per and self.form is not Form.TEXT:
            raise UsageError("--per", f"is for text, not for {self.form}")
        if self.form is Form.TEXT and self.table != "articles":
            raise UsageError("--table", f"{self.table} have no text form", "give another --format")

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns in the order in which they are written."""
        if self.form is Form.TEXT:
            return corpus.FIELDS
        return RECORD if self.form is Form.JSONL and self.table == "articles" else FLAT[self.table]


def _by_suffix(output: str) -> Form:
    suffix = "" if output == STDOUT else Path(output).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(
            "--output", f"{suffix} is no form of export", f"say which: --format {'|'.join(Form)}"
        )
    return _SUFFIXES[suffix]


def columns(wanted: Wanted) -> str:
    """The columns of an export and what they mean, as a table in plain text."""
    words = _IN_CSV if wanted.form is Form.CSV else {}
    rows = [
        (field.name, words.get(field.kind, str(field.kind)), field.description) for field in wanted.fields
    ]
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    lines = [f"{name:<{widths[0]}}  {kind:<{widths[1]}}  {text}" for name, kind, text in rows]
    return "\n".join([*lines, *([corpus.LAYOUT] if wanted.form is Form.TEXT else [])])
