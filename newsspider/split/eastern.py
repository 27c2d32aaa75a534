"""Bylines in Chinese, Japanese and Korean, which set no blanks: a word for "reporter" or "text" stands before the
names or behind them, and place and "reports" may follow at once ("記者王小明台北報導", "서울=홍길동 특파원", "文・山田太郎").

The words were collected by hand from how newspapers of the three languages sign.
"""

from __future__ import annotations

import re

from newsspider.split.places import is_city

WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")

_MARK = r"\s*[/／:：|｜丨・=＝ \u3000]?\s*"
_WHO = (
    "作者|撰文|撰稿人?|(?:本[报報刊台]|特派|特约|特約|实习|實習|见习|見習|首席|驻.{1,4})?[记記]者|特派[员員]|采写|採訪|通[讯訊][员員]"
    "|執筆者?|筆者|著者|取材・文|取材|ライター|編集委員|論説委員|작성자|작성|필자|취재|글쓴이"
)
_HEAD = re.compile(
    rf"^\W*(?:{_WHO}){_MARK}(?![\u3040-\u309f])|^\W*(?:文字?|글|기자|사진·글|글·사진)\s*[/／:：|｜丨・=＝]\s*|^\W*글\s+"
)
# With an agency or a paper before it; at the head of a line or in brackets.
_INSIDE = re.compile(rf"^\W*[\u3400-\u9fff]{{2,8}}?[记記]者{_MARK}(?=[\u3400-\u9fff])")
_AFTER_NAME = re.compile(
    r"\s*(?:記者|记者|特派員|特派员|論説委員|編集委員|ライター|(?:인턴|수습|선임|전문|객원)?기자|특파원|논설위원|앵커|칼럼니스트|선임기자)"
)
_BEFORE_JOB = re.compile(
    r"([가-힣]{2,4}(?:\s?[·,ㆍ]\s?[가-힣]{2,4}){0,4})\s?(?:인턴|수습|선임|전문|객원)?(?:기자|특파원|논설위원)(?![가-힣])"
)
_END = re.compile(
    r"[)）】\]|｜/／＝=\d<＜@]|報導|报道|報道|[摄攝]影|[编編][辑輯]|[电電]$|[讯訊]$|综合|綜合|專題|专题|整理|撰$|译$"
)
_BETWEEN = re.compile(
    r"\s*[、，,;；·ㆍ/／&]\s*|\s+(?:和|与|與|及)\s+|(?<=[\u3400-\u9fff]{3})\s+(?=[\u3400-\u9fff]{2,4}(?:\s|$))"
)
_NO_PERSON = re.compile(
    r"編集|编辑|編輯|新聞|新闻|新华|新華|中新|央视|央視|通信|通讯|通訊|放送|取材班|デジタル|デスク|スタッフ|株式会社|支局|報道|公式|事務局|ニュース|本报|本報|责编|責編"
    r"|综合|綜合|来源|來源|日报|日報|晚报|晚報|电视|電視|公司|委员会|委員會|委員会|政府|中心|網站|网站|社説|小编|小編|管理员|管理員|匿名|転載|转载|轉載"
    r"|浏览|瀏覽|阅读|閱讀|閲覧|评论|評論|次数|次數|字号|字體|字体|文字サイズ|打印|列印|印刷|分享"
    r"|뉴스|편집|연합|온라인|디지털|취재|데스크|닷컴|일보|신문|방송|팀$|제공|조회|댓글|글자|글씨|크기|인쇄|공유|[社网網报報]$"
)
_REPORTED = frozenset(("報導", "报道", "報道", "電", "电", "/", "／"))
# A word of everyday life rather than a name: kana without a dot or a blank between given and family name; a particle first.
_KANA = re.compile(r"[\u3040-\u30ff]+|[のはがをにでともへや].*")
_OPENERS, _CLOSERS = "【（([［〈<", "】）)]］〉>"


def is_wide_person(name: str, *, strong: bool) -> bool:
    """Whether a name in these scripts can be a person's: short, and no paper, agency or desk."""
    bare = re.sub(r"[ \u3000・]", "", name)
    if _KANA.fullmatch(name) and not strong:
        return False
    return 1 < len(bare) <= 14 and (strong or len(name) <= 8) and not _NO_PERSON.search(name)


def opening(text: str) -> int:
    """Where the first name begins, after a word for "reporter" or "text" at the head; 0 where there is none."""
    found = _HEAD.match(text) or _INSIDE.match(text)
    return found.end() if found and found.end() < len(text) else 0


def mid_line(text: str) -> str | None:
    """The names before "reporter" inside a short Korean line ("입력 2021.03.05 홍길동 기자"), or None."""
    found = _BEFORE_JOB.search(text)
    return found[1] if found else None


def parts_of(text: str) -> list[str]:
    """What can be names in a byline, without jobs, places and marks; the words before the names are gone."""
    named = mid_line(text)
    if named:
        return _BETWEEN.split(named)
    text = text.strip(_OPENERS + _CLOSERS + " ")
    end = _END.search(text, 1)
    if end and text[end.end() :].lstrip()[:1] in (":", "：", "/", "／"):
        return []  # an editor, a photographer
    reported = end is not None and (end[0] in _REPORTED or end[0].isdigit())
    text = text[: end.start()] if end else text
    parts = [_AFTER_NAME.sub("", part) for part in _BETWEEN.split(text)]
    return [_without_place(part) if reported else part for part in parts]


def _without_place(part: str) -> str:
    """A Chinese name (two to four letters) without the place at its end."""
    part = part.strip()
    if len(part) < 4:
        return part
    known = next((n for n in (3, 2, 4) if len(part) > n and is_city(part[n:])), None)
    return part[: known or 3] if known or len(part) > 4 else part
