"""Which articles of a few days tell the same story, by the words of their headlines and first lines.

An SQL function, so that a canned query can ask it: in go articles as JSON, out come stories as JSON. Words that few articles
of these days have (names, places, numbers) weigh most, so that copies of an agency's text and reports of one event come
together, and reports of one kind (weather, share prices) do not. It compares words: the same story in two languages is two.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations
from typing import Any

from newsspider.browse.snippets import folded
from newsspider.store.folding import NO_SPACES

LEAD = 200  # characters of the text that are compared
_SIGNATURE = 14  # the rarest words of an article, by which it is compared
_COMMON = 40  # a word that more articles have says nothing of a story
_LIKE = 0.3  # cosine of the signatures, from which two articles tell the same
_HEADLINE = 2  # a headline's words count so often
_RUNS = re.compile(f"((?:{NO_SPACES.pattern.strip('()')})+)")


def register(connection: Any) -> None:
    """Give a connection the function ``same_stories``."""
    connection.create_function("same_stories", 1, same_stories, deterministic=True)


@lru_cache(maxsize=4)  # between crawls the same is asked again
def same_stories(articles: str | None) -> str:
    """The stories of several sources among articles.

    In: a JSON array of [article, source, headline, text]. Out: a JSON array of [story, article, likeness], a story being the
    number of its first article in the order given, likeness (0 to 1) how near an article is to that one.
    """
    rows = [row for row in json.loads(articles or "[]") if row[2] or row[3]]
    signatures = _signatures([(str(row[2] or ""), str(row[3] or "")[:LEAD]) for row in rows])
    likeness = _likeness(signatures, [row[1] for row in rows])
    groups = _groups(len(rows), likeness)
    made = []
    for group in groups:
        if len({rows[place][1] for place in group}) > 1:
            first = group[0]
            made += [[rows[first][0], rows[place][0], _cosine(signatures, first, place)] for place in group]
    return json.dumps(made)


def _words(text: str) -> list[str]:
    """The words of a text; in scripts without blanks every two neighbours, since no letter alone is a word."""
    made: list[str] = []
    for part in _RUNS.split(folded(text)):
        if _RUNS.match(part):
            made += [part[place : place + 2] for place in range(len(part) - 1)] or [part]
        else:
            made += [word for word in part.split() if len(word) > 1]
    return made


@lru_cache(maxsize=4096)  # what is asked again is about the same articles but for the newest
def _counted(headline: str, lead: str) -> Mapping[str, float]:
    """The words of an article, each with what it weighs there for being repeated."""
    counted = Counter(_words(headline) * _HEADLINE + _words(lead))
    return {word: 1 + math.log(count) for word, count in counted.items()}


def _signatures(texts: Sequence[tuple[str, str]]) -> list[dict[str, float]]:
    """Of each text its rarest words with their weights, of length 1."""
    counted = [_counted(headline, lead) for headline, lead in texts]
    articles = Counter(chain.from_iterable(counted))
    most = max(_COMMON, len(texts) // 50)
    rare = {word: math.log(len(texts) / count + 1) for word, count in articles.items() if count <= most}
    made = []
    for words in counted:
        # Below zero, so that the heaviest are first, and of these the first by alphabet.
        weighed = sorted([(-rare[word] * words[word], word) for word in words.keys() & rare.keys()])
        best = weighed[:_SIGNATURE]
        length = math.sqrt(sum(weight**2 for weight, _ in best)) or 1
        made.append({word: -weight / length for weight, word in best})
    return made


def _likeness(signatures: Sequence[dict[str, float]], sources: Sequence[Any]) -> list[tuple[int, int]]:
    """The pairs of articles of different sources that are alike."""
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, words in enumerate(signatures):
        for word, weight in words.items():
            having[word].append((place, weight))
    shared: list[dict[int, float]] = [{} for _ in signatures]  # of each article, by the later ones
    for places in having.values():
        if len(places) <= _COMMON:
            for (one, weight), (other, others) in combinations(places, 2):
                so_far = shared[one]
                so_far[other] = so_far.get(other, 0) + weight * others
    return [
        (one, other)
        for one, alike in enumerate(shared)
        for other, cosine in alike.items()
        if cosine >= _LIKE and sources[one] != sources[other]
    ]


def _groups(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Articles that are alike, or alike to one that is: in their order."""
    of = list(range(count))

    def root(place: int) -> int:
        while of[place] != place:
            of[place] = of[of[place]]
            place = of[place]
        return place

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        of[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(count):
        groups[root(place)].append(place)
    return [group for group in groups.values() if len(group) > 1]


def _cosine(signatures: Sequence[dict[str, float]], one: int, other: int) -> float:
    words = signatures[other]
    return round(min(1.0, sum(weight * words.get(word, 0) for word, weight in signatures[one].items())), 2)
