"""The pages: every kind of site in the languages that have such sites, and what its record must be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from invented.stories import ASIDES, BODY, Story, Writer, language, printed_time

FETCHED = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ALL = frozenset(
    {"kicker", "summary", "authors", "ticker", "related", "section", "tags", "modified", "dateline"}
)
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class InventedPage:
    """A page as a server sends it, and its gold."""

    name: str
    url: str
    content_type: str
    payload: bytes
    gold: Gold


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of site. ``lacks``: what its pages do not say; ``time``: with a ``zone``, in ``utc``, or as
    ``printed``; ``desk``: the byline is that of a desk; ``legacy``: in the language's old encoding; ``plain``: the
    ticker has no links.
    """

    name: str
    path: str
    languages: str
    extras: str
    paragraphs: tuple[int, int]
    lacks: str = ""
    time: str = "zone"
    desk: bool = False
    legacy: bool = False
    plain: bool = False


FORMS = (
    Form("wordpress", "/2026/11/{slug}/", "en de es pt tr sw vi", "caption also heading quote prose", (6, 10),
         "kicker ticker"),
    Form("blocks", "/{slug}/", "en fr it pl el sw", "caption heading pull item prose", (6, 9),
         "kicker ticker summary modified"),
    Form("magazine", "/{slug}-{id}/", "en es id it ar tr bn", "caption also advert heading item", (6, 9),
         "kicker summary modified"),
    Form("drupal", "/node/{id}", "fr de uk sw en pl es", "caption heading heading2 row prose", (6, 9),
         "kicker ticker modified", time="printed"),
    Form("joomla", "/index.php?option=com_content&view=article&id={id}", "es it el ru id fr tr", "caption item", (4, 8),
         "kicker summary section tags modified", time="printed", legacy=True),
    Form("blogger", "/2026/11/{slug}.html", "en id hi th pt he", "caption heading quote", (4, 8),
         "kicker summary ticker section modified dateline"),
    Form("publisher", "/{id}/{slug}", "en de fr es pt it pl sw", "caption also advert heading pull letter fact heading2 prose",
         (8, 12), "ticker"),
    Form("hashed", "/story/{slug}-{id}", "en de fr ja ko id vi", "caption also advert heading letter prose", (7, 11),
         "kicker ticker tags", time="utc"),
    Form("tables", "/news/show.php?id={id}", "en de ru zh pl el ko", "", (4, 9),
         "kicker summary section tags modified", time="printed", legacy=True, plain=True),
    Form("agency", "/202611{day}/{slug}-{id}.html", "ru uk ru uk en", "caption also pull heading post", (5, 9), "kicker ticker"),
    Form("portal", "/article/{id}", "ko zh ja vi th", "caption heading", (5, 10), "kicker summary ticker tags", time="clock"),
    Form("righttoleft", "/news/{id}", "ar he fa ar he fa", "caption also heading quote advert", (5, 9), ""),
    Form("bazaar", "/details/{id}/{slug}", "hi bn km th bn km", "caption also heading advert", (5, 9),
         "summary kicker modified", time="printed", desk=True),
    Form("live", "/live/{slug}-{id}", "en de fr ru ja ar", "entry", (5, 8), "kicker ticker tags dateline"),
    Form("brief", "/kurz/{id}", "de en pl zh vi ar hi", "", (1, 2), "kicker summary ticker related modified tags"),
    Form("longread", "/lang/{slug}", "en de fr es it uk pl el zh",
         "caption also advert heading quote pull item letter fact heading2 row post notice prose", (10, 14), "ticker"),
    Form("utility", "/a/{id}", "en de fr ja pt hi", "caption also heading pull item prose", (7, 10), "kicker ticker modified"),
    Form("endless", "/{id}-{slug}", "en es it ru th", "caption also heading pull", (5, 8), "kicker ticker modified"),
    Form("paywall", "/plus/{id}/{slug}", "de en fr", "caption", (2, 2), "ticker"),
)  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment


def pages() -> Iterator[InventedPage]:
    """All pages, articles first."""
    for form in FORMS:
        for number, code in enumerate(form.languages.split()):
            yield _article(form, code, number)
    for name, codes, kind in _OTHERS:
        for code in codes.split():
            yield _other(name, code, kind)


def _article(form: Form, code: str, number: int) -> InventedPage:
    writer = Writer(code, f"{form.name}/{number}", form.path)
    has = ALL - set(form.lacks.split())
    story = writer.story(form.extras.split(), form.paragraphs, filed="dateline" in has)
    base = f"https://www.{form.name}{number}-{code}.example"
    path = form.path.format(id=story.number, slug=story.slug, day=story.published.day)
    kind, payload = draw(form, code, story, base, path)
    gold = _gold(story, form, base, path, has)
    if form.name == "paywall":
        gold["flags"] = ["paywalled"]
    if form.name == "magazine":
        del gold["modified"]  # its one time is marked as the last change, too: right either way
    return InventedPage(gold["id"], base + path, kind, payload, gold)


def draw(
    form: Form,
    code: str,
    story: Story,
    base: str,
    path: str,
    change: Callable[[str], str] = lambda html: html,
) -> tuple[str, bytes]:
    """The page of a story as its server sends it: Content-Type and body; ``change`` is done to the HTML before."""
    follow = Writer(code, f"{form.name}/{story.number}/next", form.path).story((), (4, 6))
    html = _render(
        f"{form.name}.html", code, base, path, s=story, form=form, follow=follow, **_printed(story, form)
    )
    charset = language(code).get("charset", "utf-8") if form.legacy else "utf-8"
    # An old server names no charset; the page's own meta does, as the template writes it.
    html = change(html.replace("CHARSET", charset))
    kind = "text/html" if form.legacy else "text/html; charset=utf-8"
    return kind, html.encode(charset, "xmlcharrefreplace")


def _printed(story: Story, form: Form) -> dict[str, str]:
    """Byline and times in the forms that templates print or state."""
    pieces = language(story.language)
    moments = {"published": story.published, "modified": story.modified}
    iso = {
        name: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        if form.time == "utc"
        else moment.isoformat()
        for name, moment in moments.items()
    }
    return {
        "byline": pieces["desk"] if form.desk else pieces["by"].format(x=pieces["join"].join(story.people)),
        "published": printed_time(story.language, story.published),
        "modified": printed_time(story.language, story.modified),
        "published_iso": iso["published"],
        "modified_iso": iso["modified"],
        "today": printed_time(story.language, FETCHED),
    }


def _render(template: str, code: str, base: str, path: str, **more: Any) -> str:
    pieces = language(code)
    return (
        _environment()
        .get_template(template)
        .render(
            code=code,
            base=base,
            path=path,
            w=pieces,
            l=pieces["label"],
            site=pieces["site"],
            dir=pieces.get("dir", "ltr"),
            **more,
        )
    )


def _gold(story: Story, form: Form, base: str, path: str, has: frozenset[str]) -> Gold:
    filed = story.dateline
    body = [block.text for block in story.blocks if block.kind in BODY]
    inside = [block.link for block in story.blocks if block.kind == "also" and block.link]
    links = [*inside, *(story.related if "related" in has else [])]
    return {
        "id": f"{form.name}/{base.removeprefix('https://www.').removesuffix('.example')}",
        "lang": story.language,
        "url": base + path,
        "kind": "article",
        "flags": [],
        "language": story.language,
        "headline": story.headline,
        "kicker": story.kicker if "kicker" in has else None,
        "summary": story.summary if "summary" in has else None,
        "authors": [] if form.desk else story.people,
        "published": _time(story.published, story.language, form),
        "modified": _time(story.modified, story.language, form) if "modified" in has else None,
        "dateline": filed.text if filed else None,
        "dateline_place": filed.place if filed else None,
        "dateline_date": f"--11-{story.published.day}" if filed and filed.dated else None,
        "body": "\n\n".join(body),
        "asides": [{"kind": ASIDES[b.kind], "text": b.text} for b in story.blocks if b.kind in ASIDES],
        "ticker": [
            {"text": link.text, "url": None if form.plain else base + link.path}
            for link in (story.ticker if "ticker" in has else [])
        ],
        "related": [{"text": link.text, "url": base + link.path} for link in links],
        "acceptable": [{"text": link.text, "url": base + link.path} for link in story.neighbours],
        "section": story.section if "section" in has else None,
        "tags": story.tags if "tags" in has else [],
    }


_PRINTED_ZONES = {"vi": "+07:00", "id": "+07:00"}  # languages whose printed times name their zone


def _time(moment: datetime, code: str, form: Form) -> str:
    """The moment with the zone that the page gives it."""
    if form.time == "clock" or (form.time == "printed" and code not in _PRINTED_ZONES):
        moment = moment.replace(tzinfo=None)
    return moment.isoformat()


# ---- pages that are no articles -------------------------------------------------------------------
_OTHERS = (
    ("home", "en de ru ar ja", "listing"),
    ("section", "fr es uk zh", "listing"),
    ("tag", "en pt vi", "listing"),
    ("search", "de it ko", "listing"),
    ("author", "en pl he", "listing"),
    ("check", "en fr", "other"),
    ("consent", "de es", "other"),
    ("notfound", "en ru id", "other"),
)
_PATHS = {
    "home": "/", "section": "/culture/", "tag": "/tag/harbours", "search": "/?s=ferry", "author": "/author/m-quill/",
    "check": "/news/ferry-returns-482113", "consent": "/news/ferry-returns-482113", "notfound": "/news/no-such-story-1",
}  # fmt: skip


def _other(name: str, code: str, kind: str) -> InventedPage:
    writer = Writer(code, name, "/news/{slug}-{id}")
    base = f"https://www.{name}-{code}.example"
    cards = [
        {
            "link": writer.link(),
            "text": writer.sentence(),
            "time": printed_time(code, FETCHED - timedelta(hours=n)),
        }
        for n in range(24 if name == "home" else 12)
    ]
    words = {"cards": cards, "name": name, "person": writer.authors[0], "latest": writer.links(6)}
    template = "listing.html" if kind == "listing" else f"{name}.html"
    html = _render(template, code, base, _PATHS[name], **words)
    gold: Gold = {
        "id": f"{name}/{code}",
        "lang": code,
        "url": base + _PATHS[name],
        "kind": kind,
        "flags": ["blocked"] if kind == "other" else [],
    }
    if kind == "listing":
        gold["language"] = code  # checks and errors mix languages
    return InventedPage(gold["id"], gold["url"], "text/html; charset=utf-8", html.encode(), gold)
