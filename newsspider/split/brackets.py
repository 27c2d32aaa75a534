"""Datelines as East Asian papers write them: in brackets (``【ソウル＝共同】``, ``[東京 12日 ロイター]``, ``(서울=연합뉴스)``,
``（中央社台北24日電）``) or closed by the word for a dispatch (``新华社北京4月24日电``)."""

from __future__ import annotations

import re

from newsspider.records import Dateline
from newsspider.split.places import is_city

_BRACKET = re.compile(
    r"(?:【([^【】]{2,40})】|\[([^\[\]]{2,40})\]|[(（]([^()（）]{2,40})[)）]|〔([^〔〕]{2,40})〕)\s*(?:[-–—]\s*)?"
)
_KOREAN_BYLINE = re.compile(r"[가-힣·, ]{2,24}(?:기자|특파원)\s*=\s*")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NEWSROOM = re.compile(
    r"(?:社|通信|共同|時事|ロイター|聯合|联合|뉴스|뉴시스|통신|일보|신문|ニュース)|[A-Z]{2,8}|.*(?:社|通信|뉴스|통신|タイムズ|ニュース|日報|日报)"
)
_CLOSED = re.compile(r"(?:综合|綜合)?(?:[电電讯訊]|報導|报道|報道)$")
_HOUSE = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:社|网|網|报|報)")
_REPORTER = re.compile(r"[记記]者[\u4e00-\u9fff]{2,4}")
_DAY = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日")
_DISPATCH = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:社|网|網|报|報)(?:[\u4e00-\u9fff]{2,8}?)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:综合"
    r"|綜合)?[电電讯訊](?=[\s（(:：]|[^\u4e00-\u9fff]|[\u4e00-\u9fff])"
)


def bracketed(head: str) -> tuple[Dateline, int] | None:
    """A dateline in brackets at the head of a text, and where the text goes on."""
    match = _BRACKET.match(head)
    inner = next(filter(None, match.groups()), "") if match else ""
    if not match or not _EAST.search(inner):
        return None
    text = head[: match.end()].rstrip(" -–—")
    end = match.end()
    if "=" in inner or "＝" in inner:
        left, right = re.split("[=＝]", inner, maxsplit=1)
        byline = _KOREAN_BYLINE.match(head, end)
        return _place_and_house(
            text, left.strip(), right.strip(), match[1] is not None
        ), byline.end() if byline else end
    if _CLOSED.search(inner):
        found = _from_dispatch(text, re.split("[／/]", inner)[-1])
        return (found, end) if found.place or found.agency else None
    words = inner.split()
    if len(words) > 1 and is_city(words[0]) and _DAY.search(inner):  # [東京 12日 ロイター]
        return Dateline(text, words[0], _day(inner), words[-1] if not _DAY.search(words[-1]) else None), end
    return None


def dispatch(head: str) -> tuple[Dateline, int] | None:
    """``新华社北京4月24日电``: agency, place, day, and the word for a dispatch."""
    match = _DISPATCH.match(head)
    if not match:
        return None
    found = _from_dispatch(match.group(), match.group())
    if not found.agency or not (found.date or found.place or match.group().endswith(("讯", "訊"))):
        return None
    return found, match.end() + len(head[match.end() :]) - len(head[match.end() :].lstrip(" :：\u3000"))


def _place_and_house(text: str, left: str, right: str, japanese: bool) -> Dateline:
    """Place and newsroom of ``place=newsroom``; behind a place a person may stand, before a person a
    newsroom.
    """
    house = right if _NEWSROOM.fullmatch(right) else None
    if japanese or is_city(left) or house:
        return Dateline(text, left, agency=house)
    return Dateline(text, agency=left)


def _from_dispatch(text: str, inner: str) -> Dateline:
    left = _REPORTER.sub("", _DAY.sub("", _CLOSED.sub("", inner))).strip()
    house = _HOUSE.match(left)
    place = left[house.end() :] if house else left
    return Dateline(text, place.strip() or None, _day(inner), house.group() if house else None)


def _day(text: str) -> str | None:
    found = _DAY.search(text)
    if not found or not found[1] or not (1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31):
        return None
    return f"--{int(found[1]):02d}-{int(found[2]):02d}"
