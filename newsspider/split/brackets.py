"""Datelines as East Asian papers write them: in brackets (``【ソウル＝共同】``, ``[東京 12日 ロイター]``, ``(서울=연합뉴스)``,
``（中央社台北24日電）``) or closed by the word for a dispatch (``新华社北京4月24日电``, ``記者王小明／台北報導``)."""

from __future__ import annotations

import re

from newsspider.records import Dateline
from newsspider.split.agencies import is_agency
from newsspider.split.places import is_city

_BRACKET = re.compile(
    r"(?:【([^【】]{2,40})】|[\[［]([^\[\]［］]{2,40})[\]］]|[(（]([^()（）]{2,40})[)）]|〔([^〔〕]{2,40})〕)\s*(?:[-–—]\s*)?"
)
_KOREAN_BYLINE = re.compile(r"[가-힣·, ]{2,24}(?:기자|특파원)\s*=\s*")
_CHINESE_BYLINE = re.compile(r"\s*[（(][记記]者[^（）()]{1,60}[）)]")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_NEWSROOM = re.compile(
    r"(?:社|通信|共同|時事|ロイター|聯合|联合|뉴스\d?|뉴시스|통신|일보|신문|ニュース)|[A-Z]{2,8}"
    r"|.*(?:社|通信|뉴스\d?|통신|タイムズ|ニュース|日報|日报)"
)
_JOINED_HOUSE = re.compile(r"(.{2,10}?)((?:共同|時事|ロイター|聯合|中央社|[A-Z]{2,6})(?:通信|社|ニュース)?)")
_CLOSED = re.compile(r"(?:综合|綜合)?(?:外[电電]|[专專][电電])?(?:[电電讯訊]|報導|报道|報道|(?<=[电電]))$")
_HOUSE = re.compile(r"[据據]?([\u4e00-\u9fff]{1,6}?(?:社|网|網|报|報))")
_REPORTER = re.compile(r"[记記]者([\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){0,3})")
_NAME = (3, 2, 4)  # characters of a Chinese name, the usual number first
_DAY = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日")
_DISPATCH = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:社|网|網|报|報)(?:[\u4e00-\u9fff]{2,8}?)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:综合|綜合)?[电電讯訊]"
)
_REPORTED = re.compile(
    r"(?:[\u4e00-\u9fff]{1,6}(?:社|網|網|報))?[记記]者[\u4e00-\u9fff]{2,4}\s?[／/]\s?([\u4e00-\u9fff]{2,6})[报報][導道导](?!者)"
)


def bracketed(head: str) -> tuple[Dateline, int] | None:
    """A dateline in brackets at the head of a text, and where the text goes on."""
    match = _BRACKET.match(head)
    inner = next(filter(None, match.groups()), "") if match else ""
    if not match or not (_EAST.search(inner) or _DAY.search(inner)):
        return None
    text, end = head[: match.end()].rstrip(" -–—"), match.end()
    if "=" in inner or "＝" in inner:
        left, right = re.split("[=＝]", inner, maxsplit=1)
        byline = _KOREAN_BYLINE.match(head, end)
        found = _place_and_house(text, left.strip(), right.strip(), match[1] is not None)
        return found, byline.end() if byline else end
    if _CLOSED.search(inner):
        filed = _from_dispatch(text, re.split("[／/]", inner)[-1])
        return (filed, end) if filed.place or filed.agency else None
    dateline = _listed(text, inner)
    return (dateline, end) if dateline else None


def _listed(text: str, inner: str) -> Dateline | None:
    """``[東京 12日 ロイター]``, ``【3月3日 AFP】``, ``【北京共同】``: the parts beside each other."""
    words = inner.split()
    if len(words) > 1 and _DAY.search(inner):
        house = words[-1] if not _DAY.search(words[-1]) else None
        if is_city(words[0]):
            return Dateline(text, words[0], _day(inner), house)
        return Dateline(text, None, _day(inner), house) if house and _NEWSROOM.fullmatch(house) else None
    joined = _JOINED_HOUSE.fullmatch(inner)
    if joined and is_city(joined[1].strip()):
        return Dateline(text, joined[1].strip(), agency=joined[2])
    return None


def dispatch(head: str) -> tuple[Dateline, int] | None:
    """``新华社北京4月24日电``: agency, place, day, and the word for a dispatch; ``記者王小明／台北報導``."""
    reported = _REPORTED.match(head)
    if reported:
        return Dateline(reported.group(), reported[1]), _behind(head, reported.end())
    match = _DISPATCH.match(head)
    if not match:
        return None
    found = _from_dispatch(match.group(), match.group())
    if not found.agency or (found.place and not is_city(found.place) and not _DAY.search(match.group())):
        return None
    if not (found.date or found.place or match.group().endswith(("讯", "訊"))):
        return None
    byline = _CHINESE_BYLINE.match(head, match.end())
    return found, _behind(head, byline.end() if byline else match.end())


def _behind(head: str, end: int) -> int:
    return end + len(head[end:]) - len(head[end:].lstrip(" :：\u3000"))


def _place_and_house(text: str, left: str, right: str, japanese: bool) -> Dateline:
    """Place and newsroom of ``place=newsroom``; behind a place a person may stand, before a person a newsroom.
    In Korea the person stands behind the brackets.
    """
    korean = (
        _HANGUL.search(right)
        and " " not in right
        and is_city(left)
        and not right.endswith(("기자", "특파원"))
    )
    house = right if _NEWSROOM.fullmatch(right) or korean else None
    if is_agency(left) and not is_city(left):
        return Dateline(text, agency=left)
    if japanese or is_city(left) or house:
        return Dateline(text, left, agency=house)
    return Dateline(text, agency=left)


def _from_dispatch(text: str, inner: str) -> Dateline:
    left = _without_reporter(_DAY.sub("", _CLOSED.sub("", inner))).strip()
    house = _HOUSE.match(left)
    place = left[house.end() :] if house else left
    return Dateline(text, place.strip() or None, _day(inner), house[1] if house else None)


def _without_reporter(text: str) -> str:
    """Without the reporters that stand before the place; no mark says where the last one's name ends."""
    match = _REPORTER.search(text)
    if not match:
        return text
    start = match.start(1) + match[1].rfind("、") + 1
    ends = [start + length for length in _NAME if start + length <= len(text)]
    end = next((end for end in ends if is_city(text[end:])), ends[0] if ends else match.end())
    return text[: match.start()] + text[end:]


def _day(text: str) -> str | None:
    found = _DAY.search(text)
    if not found or not found[1] or not (1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31):
        return None
    return f"--{int(found[1]):02d}-{int(found[2]):02d}"
