"""What was seen of sites, as tables for people and as JSON for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from newsspider.records import Article, Role
from newsspider.runs.sourcing.advice import FIELDS, KINDS, Remark
from newsspider.runs.sourcing.checking import Checked, Files
from newsspider.runs.sourcing.look import Look, Way
from newsspider.runs.sourcing.making import Made
from newsspider.runs.sourcing.nights import Listed
from newsspider.runs.sourcing.tries import Try
from newsspider.runs.tables import drawn, plain, row, table
from newsspider.runs.turns.looking import StillRed, Turned
from newsspider.runs.turns.words import turns_data

_MINUTE = 16  # columns of a day and time
_BY = {
    "file": "its file",
    "home": "home page",
    "robots": "robots.txt",
    "usual": "usual address",
    "index": "an index",
}


_HEADS = {"body": "body: characters in paragraphs"}


# ---- a site ------------------------------------------------------------------------------------------------
def made_summary(made: Made, next_line: str) -> str:
    """What was seen of a new site, the file that was written, and the line to type next."""
    parts = [_look(made.look), _remarks(made.remarks)]
    if made.file:
        parts.append(f"Wrote {made.file}:\n\n{_indented(made.file.read_text('utf-8'))}\nNext: {next_line}")
    return "\n\n".join(filter(None, parts))


def checked_summary(checked: Checked) -> str:
    """What works of a source and what does not."""
    head = f"{checked.source.id}: {'works' if checked.is_sound else 'needs a look'}"
    seen = _look(checked.look) if checked.look else ""
    return "\n\n".join(filter(None, [head, seen, _remarks(checked.remarks)])) + "\n"


def files_summary(files: Files, changed: bool = False) -> str:
    """How many files there are, and what is wrong with them; ``changed``: what a site now does otherwise follows."""
    names = "file" if files.count == 1 else "files"
    if changed and not files.faults:
        return (
            "The file is sound. The site changed:"
            if files.count == 1
            else "The files are sound. Sites changed:"
        )
    if not files.faults:
        return f"{files.count} {names}, no fault"
    return "\n".join(
        [f"{files.count} {names}, faults: {len(files.faults)}", *(f"  {plain(f)}" for f in files.faults)]
    )


def _look(look: Look) -> str:
    name = f" ({plain(look.home.name)})" if look.home.name else ""
    parts = [f"{look.home.url}{name}", "How articles are found", drawn(_ways(look))]
    if look.tries:
        parts += [f"What the splitter got from {len(look.tries)} of them", drawn(_tries(look.tries))]
        parts.append("\n".join(f"  {number}  {plain(one.url)}" for number, one in enumerate(look.tries, 1)))
    return "\n\n".join(parts)


def _ways(look: Look) -> Table:
    made = table("way", "address", "named by", "articles", "newest", "", right=("articles",))
    for way in look.ways:
        is_home = way.role is Role.SECTION and way.url == look.home.url
        newest = f"{way.newest:%Y-%m-%d %H:%M}" if way.newest else ""
        articles = f"{len(way.articles):,}" if way.articles or not (way.fault or way.indexed) else ""
        row(
            made,
            _kind(way, is_home),
            _path(way.url, look),
            "" if is_home else _BY[way.origin],
            articles,
            newest,
            _note(way),
        )
    return made


def _kind(way: Way, is_home: bool) -> str:
    if is_home:
        return "home page"
    return "news sitemap" if way.is_news else KINDS[way.role]


def _note(way: Way) -> str:
    return way.fault or (f"names {way.indexed} sitemaps" if way.indexed else "")


def _path(url: str, look: Look) -> str:
    root = look.home.url.split("/", 3)
    return url.removeprefix("/".join(root[:3])) or "/"


def _tries(tries: Sequence[Try]) -> Table:
    made = table("", *(_HEADS.get(field, field) for field in FIELDS), least={"published": _MINUTE})
    for number, one in enumerate(tries, 1):
        values = _values(one.article) if one.article else [f"({one.fault})", *("" for _ in list(FIELDS)[1:])]
        row(made, str(number), *values)
    made.add_section()
    read = [one.article for one in tries if one.article]
    row(
        made,
        "",
        *(f"{sum(bool(value(article)) for article in read)} of {len(tries)}" for value in FIELDS.values()),
    )
    return made


def _values(article: Article) -> list[str]:
    """An article's fields, in the order of ``FIELDS``."""
    characters = sum(map(len, article.body))
    return [
        article.headline or "-",
        _when(article.published),
        ", ".join(article.authors) or "-",
        article.dateline.text if article.dateline else "-",
        f"{characters:,} in {len(article.body)}" if article.body else "-",
        str(len(article.ticker)) if article.ticker else "-",
        str(len(article.related)) if article.related else "-",
    ]


def _when(published: str | None) -> str:
    """A time without its seconds."""
    return re.sub(r"T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?", r" \1 ", published or "-").strip()


def _remarks(said: Sequence[Remark]) -> str:
    if not said:
        return ""
    return "\n".join(
        ["What is missing, and what to do", "", *(f"  {_sign(one)} {plain(str(one))}" for one in said)]
    )


def _sign(remark: Remark) -> str:
    return "WRONG" if remark.wrong else "-"


# ---- all sources -------------------------------------------------------------------------------------------
def list_summary(listed: Sequence[Listed], next_line: str) -> str:
    """The sources with their last night."""
    if not listed:
        return f"There is no source yet. Make one: {next_line}"
    columns = ("source", "name", "home", "language", "last night", "pages", "new", "state")
    made = table(*columns, firm=("source", "last night", "state"), right=("pages", "new"))
    for one in listed:
        source, night = one.source, one.night
        when = (
            night.started_at.replace("T", " ").removesuffix(":00Z").removesuffix("Z")[:16]
            if night
            else "none yet"
        )
        counts = (f"{one.did.pages:,}", f"{one.did.new_articles:,}") if one.did else ("", "")
        row(made, source.id, source.name, source.home, source.language or "", when, *counts, _state(one))
    red = [f"  {plain(why)}" for one in listed if one.did for why in one.did.red]
    return "\n".join([drawn(made), *(["", "Why a source is red:", *red] if red else [])])


def _state(one: Listed) -> str:
    night = one.night
    ended = (
        []
        if night is None
        else ["red" if one.did and one.did.red else "fine" if night.outcome == "finished" else night.outcome]
    )
    return ", ".join([*ended, *([] if one.file else ["no file"])])


def _indented(text: str) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())


# ---- for machines ------------------------------------------------------------------------------------------
def list_json(listed: Iterable[Listed], faults: Sequence[str]) -> str:
    """One object: the sources with their last nights, and what is wrong with files."""
    return _json({"sources": [_listed(one) for one in listed], "faults": list(faults)})


def _listed(one: Listed) -> dict[str, Any]:
    source, night, did = one.source, one.night, one.did
    told = {key: getattr(source, key) for key in ("id", "name", "home", "language", "timezone")}
    if night is None or did is None:
        return {**told, "file": one.file, "last_night": None}
    head = {"crawl": night.crawl, "started_at": night.started_at, "outcome": night.outcome}
    counts = {"pages": did.pages, "new_articles": did.new_articles, "outcomes": did.outcomes}
    return {**told, "file": one.file, "last_night": {**head, **counts, "red": list(did.red)}}


def check_json(
    files: Files,
    turned: Sequence[Turned],
    checked: Iterable[Checked],
    folder: Path,
    red: Sequence[StillRed] = (),
) -> str:
    """One object: how many files, their faults, what stopped being found, why else a source is red, and of each site that
    was looked at what works.
    """
    told = {
        "data": str(folder),
        "files": files.count,
        "faults": list(files.faults),
        "turns": turns_data(turned),
        "red": [{"reason": one.sentence, "bad_pages": one.bad} for one in red],
    }
    return _json({**told, "sites": [dict(_checked(one)) for one in checked]})


def _checked(checked: Checked) -> Iterator[tuple[str, Any]]:
    look = checked.look
    yield "id", checked.source.id
    yield "works", checked.is_sound
    for key, wrong in (("wrong", True), ("notes", False)):
        yield key, [{"what": r.what, "cure": r.cure} for r in checked.remarks if r.wrong is wrong]
    yield "ways", [_way(way) for way in look.ways] if look else []
    yield "tries", [{"url": t.url, "fault": t.fault, **_has(t)} for t in look.tries] if look else []


def _way(way: Way) -> dict[str, Any]:
    newest = way.newest.isoformat() if way.newest else None
    told = {"role": way.role.value, "url": way.url, "named_by": way.origin, "fault": way.fault}
    return {**told, "articles": len(way.articles), "sitemaps": way.indexed, "newest": newest}


def _has(one: Try) -> dict[str, bool]:
    return {name: bool(one.article and value(one.article)) for name, value in FIELDS.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
