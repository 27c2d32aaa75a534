"""Pages that come as plain text: a ticker, the headline, who wrote it when, the story, a heading of related news at
the end; and newswire stories, with what is left of their markup.
"""

from __future__ import annotations

import re
from typing import Any

from newsspider.records import Article, Link
from newsspider.split.agencies import is_agency
from newsspider.split.dateline import find_dateline
from newsspider.split.dates import find_dates, read_date, tidy
from newsspider.split.edges import ends_release
from newsspider.split.filed import read_filed
from newsspider.split.language import language_of
from newsspider.split.names import names_in, strip_by
from newsspider.split.places import begins_small, first_of, is_city
from newsspider.split.text import clean, ends_sentence, weight
from newsspider.split.ticker import SHORTEST
from newsspider.split.version import SPLIT_VERSION
from newsspider.split.words import ALSO, MORE, RELATED, SITEWIDE, TICKER

_LONGEST_HEADLINE = 300
_LONGEST_CREDIT = 120
_LONGEST_STAMP = 60
_WORDS_BESIDE = 4  # a date of publication: "last updated", "GMT"
_HEADING = 40  # characters of a heading of related news
_SAMPLE = 20_000  # characters by which the language is told
_PARAGRAPH = re.compile(r"\n[ \t\u00a0]*\n")
_INDENTED = re.compile(r"\n(?=(?: {3,}|\t)\S)")
# Markup of newswire archives that ends a part, and Markdown's underlines; stock symbols ("<ABC.X>") are text.
_BREAK = re.compile(r"</?(?:TITLE|HEADLINE|BODY|TEXT|BYLINE|AUTHOR)>|\n[ \t]*(?:={3,}|-{3,})[ \t]*(?=\n)")
_GONE = re.compile(r"</DATELINE>\s*<BODY>|</?DATELINE>|&#3;")
_HEADED = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(r"\A[*•▪◦‣]\s+(?=\S)")
_QUOTED = re.compile(r"\A(?:>\s?)+(?=\S)")
_ITEM = re.compile(r"\A(?:[*•▪◦‣–-]|\d{1,2}[.)])\s+(?=\S)")  # of a list
_EMPHASIS = re.compile(r"(\*\*|__|(?<![\w*])[*_])(?=[^\s*_])([^*_\n]{1,200})(?<=\S)\1(?![\w*])")
_LINKED = re.compile(r"!?\[([^][\n]{1,200})\]\([^()\s]{1,500}(?: \"[^\"\n]{0,200}\")?\)")
# The head of a mail (RFC 5322), as the programs of larger languages print it.
_MAIL_FIELD = re.compile(
    r"(?:(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|tárgy|subiect|konu|тема"
    r"|θέμα|perihal|chủ đề|件名|主题|主旨|제목|الموضوع)\s?[:：]\s*(?P<subject>\S.*)"
    r"|(?:date|datum|sent|gesendet|envoyé|fecha|enviado|data|inviato|verzonden|dato|skickat|sendt|päiväys|wysłano|odesláno"
    r"|дата|отправлено|ημερομηνία|tarih|tanggal|日時|日期|날짜|التاريخ)\s?[:：]\s*(?P<sent>\S.*)"
    r"|(?:from|to|cc|bcc|reply-to|message-id|attachments?|von|an|kopie|antwort an|de|à|pour|para|da|a|per|van|aan|från|till"
    r"|fra|til|od|do|от|кому|kimden|kime|dari|kepada|差出人|宛先|发件人|收件人|보낸사람|받는사람|من|إلى)\s?[:：].*)",
    re.IGNORECASE,
)
_MAIL_FIELDS = 2
# As news agencies have it over their stories (ANPA 1312): cycle or category, place or subject, the take, its words.
_SLUG = re.compile(
    r"(?:AM|PM|BC|AP|[A-Z]{1,3})-{1,2}\S.{2,90}?(?:,\s?\d{2,4}|\d(?:st|nd|rd|th) [LA]d.*|-Writethru.*)"
)
_TO_EDITORS = re.compile(r"(?:eds|editors?|note to editors|with photos?|advisory)\s?[:.—-]", re.IGNORECASE)
# Between the headlines of a ticker on one line; a dash stands in headlines, too.
_STRONG = re.compile(r"\s*(?:[|｜•●■◆◇♦★▪►▶]|\*{2,}|\+{2,}|/{2,}|::)\s*|\s+(?:[*·›»~#]|>{1,2})(?:\s+|$)")
_WEAK = re.compile(r"\s+[+—–…؛](?:\s+|$)")


def split_text(text: str, url: str | None, published: str | None = None) -> Article:
    """Split a page of plain text. Paragraphs stand between blank lines, or on lines of their own where there
    are none.
    """
    blocks = _blocks(text)
    if (
        blocks
        and len(blocks[-1]) + len(blocks) > 2
        and len(blocks[-1][-1]) < _HEADING
        and is_agency(blocks[-1][-1])
    ):
        blocks[-1].pop()  # the agency's name closes its stories
    blocks = [lines for lines in blocks if lines]
    ticker = _take_ticker(blocks)
    headline, sent = _take_mail_head(blocks)
    _take_wire_head(blocks)
    if not headline and blocks and _can_be_headline(blocks):
        headline = _plain(" ".join(blocks.pop(0)))
    authors, day = _take_credits(blocks) if headline else ((), None)
    day = day or sent
    body, related = _without_related(blocks)
    found = find_dateline(body, headline=headline, published=published or day) if body else None
    body = list(found.body) if found else body
    given: dict[str, Any] = {
        "headline": headline, "dateline": found.dateline if found else None, "body": tuple(body), "authors": authors,
        "published": day, "ticker": tuple(map(Link, ticker)), "related": tuple(map(Link, related)),
    }  # fmt: skip
    provenance = {name: "text" for name, value in given.items() if value}
    if found and found.year:
        provenance["dateline_year"] = found.year
    return Article(
        **given,
        url=url,
        kind="article" if headline and body else "other",
        language=language_of((" ".join(body[:50]) or headline or "")[:_SAMPLE]),
        split_version=SPLIT_VERSION,
        provenance=provenance,
    )


# ---- lines and paragraphs ------------------------------------------------------------------------
def _blocks(text: str) -> list[list[str]]:
    """The paragraphs, each as its lines."""
    text = _BREAK.sub("\n\n", _GONE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    parts = _PARAGRAPH.split(text.strip("\n \t\ufeff"))
    parts = [each for part in parts for each in _INDENTED.split(part)]
    if len(parts) == 1:
        parts = parts[0].split("\n")
    blocks = [[line for each in part.split("\n") if (line := clean(each))] for part in parts]
    return [lines for lines in blocks if lines]


def _plain(text: str) -> str:
    """A text without Markdown's marks."""
    if not text.startswith("#") and not any(mark in text for mark in ("*", "_", "](")):
        return text
    headed = _HEADED.match(text)
    text = _LINKED.sub(r"\1", text)
    return _EMPHASIS.sub(r"\2", text[headed.end() :] if headed else text)


def _can_be_headline(blocks: list[list[str]]) -> bool:
    length = weight(" ".join(blocks[0]))
    return length < _LONGEST_HEADLINE or (len(blocks) > 1 and length == _LONGEST_HEADLINE)


# ---- heads of mails and of agencies' stories -------------------------------------------------------
def _take_mail_head(blocks: list[list[str]]) -> tuple[str | None, str | None]:
    """Subject and date of a mail, whose head is taken away; None where the first paragraph is no head of one."""
    fields = [_MAIL_FIELD.match(line) for line in blocks[0]] if len(blocks) > 1 else []
    if len(fields) < _MAIL_FIELDS or not all(fields):
        return None, None
    told = {kind: value for field in fields if field for kind, value in field.groupdict().items() if value}
    if "subject" not in told:
        return None, None
    blocks.pop(0)
    sent = read_date(told["sent"]) if "sent" in told else None
    return told["subject"], sent.iso() if sent else None


def _take_wire_head(blocks: list[list[str]]) -> None:
    """Put the lines over an agency's story in order, where its slug stands first ("BC-US--Bridge Opens, 1st Ld,0412"): the
    headline, and who wrote it; notes to editors and the agency's name go.
    """
    if len(blocks) < 2 or not _SLUG.fullmatch(blocks[0][0]):
        return
    blocks[0].pop(0)
    if not blocks[0]:
        blocks.pop(0)
    lines = [line for line in blocks[0] if not _TO_EDITORS.match(line) and not is_agency(line)]
    signed = [line for line in lines if _is_byline(line)]
    headed = [line for line in lines if line not in signed]
    blocks[:1] = [each for each in (headed, signed) if each]


# ---- the ticker ----------------------------------------------------------------------------------
def _take_ticker(blocks: list[list[str]]) -> list[str]:
    """The headlines of the ticker, distinct; its paragraphs are taken away."""
    found: list[str] = []
    while blocks and len(blocks) > 1:
        label = len(blocks[0]) == 1 and TICKER.match(blocks[0][0])
        if label and label.end() == len(blocks[0][0]) and len(blocks) > 2 and _entries(blocks[1], blocks[2]):
            blocks.pop(0)
        entries = _entries(blocks[0], blocks[1])
        if not entries:
            break
        found += entries
        blocks.pop(0)
    return list(dict.fromkeys(found))


def _entries(lines: list[str], following: list[str]) -> list[str]:
    """The headlines in a paragraph that is a ticker: between marks, or one a line before a headline."""
    label = TICKER.match(lines[0].lstrip("+*|/• "))
    marked = [_between_marks(line, following) for line in lines]
    if all(marked):
        return [entry for entries in marked for entry in entries]
    if label and len(lines) > 1 and label.end() == len(lines[0]):
        lines = lines[1:]
    if len(lines) < 3 or len(following) > 2 or ends_sentence(following[-1]):
        return []
    if weight(following[0]) < SHORTEST or weight(" ".join(following)) > _LONGEST_HEADLINE:
        return []
    plain = [_ITEM.sub("", line) for line in lines]
    told = all(SHORTEST <= weight(line) < _LONGEST_HEADLINE / 2 for line in plain)
    return plain if told and not any(ends_sentence(line) or begins_small(line) for line in plain) else []


def _between_marks(line: str, following: list[str]) -> list[str]:
    """The headlines on a line between two or more marks; two headlines alone only before a headline, for a paper
    sets its own name behind one.
    """
    label = TICKER.match(line)
    line = line[label.end() :] if label else line
    for marks, fewest in ((_STRONG, 2), (_WEAK, 3)):
        parts = [part for part in marks.split(f" {line} ") if part.strip()]
        parts = [part.strip() for part in parts if not TICKER.fullmatch(part.strip())]
        long_enough = [part for part in parts if weight(part) >= SHORTEST]
        if len(long_enough) < fewest or (marks is _WEAK and len(long_enough) < len(parts)):
            continue
        if len(long_enough) > 2 or not ends_sentence(following[-1]):
            return long_enough
    return []


# ---- who and when --------------------------------------------------------------------------------
def _take_credits(blocks: list[list[str]]) -> tuple[tuple[str, ...], str | None]:
    """The authors and the day of publication that stand under the headline; their lines are taken away."""
    authors: tuple[str, ...] = ()
    day = None
    for _ in range(4):
        if len(blocks) < 2 or sum(map(len, blocks[0])) > _LONGEST_CREDIT:
            break
        pieces = [_plain(piece) for line in blocks[0] for piece in re.split(r"\s+[|·•]\s+", line)]
        if not all(_is_byline(piece) or _is_stamp(piece) for piece in pieces):
            break
        for piece in pieces:
            if _is_byline(piece):
                authors = authors or names_in(piece)
            else:
                moment = read_date(piece)
                day = day or (moment.iso() if moment else None)
        blocks.pop(0)
    return authors, day


def _is_byline(text: str) -> bool:
    return len(text) <= 80 and not ends_sentence(text) and strip_by(text)[1] and bool(names_in(text))


def _is_stamp(text: str) -> bool:
    """Whether a line tells when the page was published and not where the report was filed."""
    dated = next(find_dates(text), None) if len(text) <= _LONGEST_STAMP else None
    if dated is None:
        return False
    plain = tidy(text)
    beside = re.findall(r"[^\W\d_]{2,}", plain[: dated.start] + " " + plain[dated.end :])
    filed = read_filed(text)
    return len(beside) <= _WORDS_BESIDE and not (filed and filed.place and is_city(first_of(filed.place)))


# ---- the end -------------------------------------------------------------------------------------
def _without_related(blocks: list[list[str]]) -> tuple[list[str], list[str]]:
    """The body, and the texts under a heading of related news at the end."""
    for i, lines in enumerate(blocks):
        heading = _plain(lines[0])
        if i == 0 or len(heading) >= _HEADING or not _heads_others(heading):
            continue
        after = [*lines[1:], *(line for block in blocks[i + 1 :] for line in block)]
        after = [_ITEM.sub("", _plain(line)) for line in after]
        sure = RELATED.match(heading) or SITEWIDE.match(heading)
        if all(weight(line) < _LONGEST_HEADLINE and (sure or not ends_sentence(line)) for line in after):
            return _paragraphs(blocks[:i]), [] if SITEWIDE.match(heading) else after
    return _paragraphs(blocks), []


def _heads_others(heading: str) -> bool:
    if RELATED.match(heading) or SITEWIDE.match(heading):
        return True
    return (
        len(heading.split()) < 4
        and not ends_sentence(heading)
        and bool(MORE.match(heading) or ALSO.match(heading))
    )


def _paragraphs(blocks: list[list[str]]) -> list[str]:
    """Each block as a paragraph, a list as one for each of its lines; without the marks of Markdown's quotations, and the
    mark that ends a press release.
    """
    found: list[str] = []
    for lines in blocks:
        told = [_QUOTED.sub("", line) for line in lines]
        listed = len(told) > 1 and all(map(_ITEM.match, told))
        found += [_ITEM.sub("", _plain(line)) for line in told] if listed else [_plain(" ".join(told))]
    while len(found) > 1 and ends_release(found[-1]):
        found.pop()
    return [_BULLET.sub("", text) for text in found]
