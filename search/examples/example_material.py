"""Collects the words, phrases, names and dates of an index from which example queries are made.

In: an open engine and its analyser. Out: one dictionary for each of some recent headlines, or of the beginnings of
bodies without headlines: placeholder, as `search/query/guide/sections.py` has it, → text. Called by
`index_examples.py`.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.months import MONTH_NAMES
from search.article import Article, decode_article
from search.engines.base import Engine, Order
from search.query.clauses import Everything
from search.query.compose import quoted, words_of
from search.query.tree import NAME_FIELDS

#: The placeholders of patterns; the material of one headline may lack some of them.
_NAME_PLACEHOLDERS: Final = ("a_source", "a_section", "an_author", "an_agency", "a_place")  # in the order of the fields
PLACEHOLDERS: Final = frozenset(
    (
        *("word", "other", "apart", "linked", "joined", "phrase", "far", "form", "beginning", "misspelt"),
        *_NAME_PLACEHOLDERS,
        *("month", "day", "first_year", "last_year", "lately"),
    )
)
Material = Mapping[str, str]

_READ: Final = 300  # articles that are read, the newest
_LINES: Final = 12  # headlines that examples are made of
_LONGEST_LINE: Final = 150  # characters of a headline that are used
_SHORTEST: Final = 3  # letters of a word in an example
_LONG_ENOUGH_TO_CUT: Final = 7  # letters of a word whose beginning, or misspelling, is an example
_LATELY: Final = (
    (7, {"ar": "آخر 7 أيام", "en": "last 7 days"}),
    (30, {"ar": "آخر 30 يوما", "en": "last 30 days"}),
    (360, {"ar": "آخر 12 شهرا", "en": "last 12 months"}),
)


def gather(
    engine: Engine, analyzer: Analyzer, names: Mapping[str, Sequence[str]], days: tuple[date | None, date | None]
) -> list[dict[str, str]]:
    """Return the material of the headlines whose two commonest words are the commonest, without dates in words.

    names: field of names → its commonest values. days: the first and last day of the index.
    """
    articles = _recent(engine)
    lines = [(article, analyzer.tokens(line)) for article in articles if (line := _line(article))]
    uses = Counter(stem for _, tokens in lines for stem in {token.stems[0] for token in tokens if _content(token)})
    lines.sort(key=lambda row: -sum(sorted((uses[t.stems[0]] for t in row[1] if _content(t)), reverse=True)[:2]))
    common = [tokens for _, tokens in lines[:_LINES]]
    years = {} if None in days else {"first_year": f"{days[0]:%Y}", "last_year": f"{days[1]:%Y}"}
    found = []
    for number, (article, tokens) in enumerate(lines[:_LINES]):
        others = common[(number + _LINES // 2) % len(common)]
        material = years | dict(_named(names, number)) | dict(_words(_line(article), tokens, uses))
        apart = [word for word in _commonest(others, uses)[:2] if word != material.get("word")]
        material |= dict(_first("apart", reversed(apart)))
        if article.day:
            material["day"] = article.day.isoformat()
        found.append(material)
    return found


def dated(material: Material, language: str, last: date | None, today: date) -> dict[str, str]:
    """Return the material with dates in words of the language, "ar" or "en"; last: the last day of the index."""
    found = dict(material)
    if "day" in material:
        day = date.fromisoformat(material["day"])
        names = MONTH_NAMES if language == "ar" else calendar.month_name[1:]
        found["month"] = f"{names[day.month - 1]} {day.year}"
    passed = (today - last).days if last else None
    if passed is not None and (lately := next((words for reach, words in _LATELY if 0 <= passed < reach), None)):
        found["lately"] = lately[language]
    return found


def _recent(engine: Engine) -> list[Article]:
    matches = engine.search(Everything(), limit=_READ, order=Order.NEWEST, total=False).matches
    return [decode_article(kept.raw) for kept in engine.load([match.ref for match in matches])]


def _line(article: Article) -> str:
    """Return the headline, or the first line of the body if there is none."""
    return (article.title.strip() or article.body.strip().split("\n", 1)[0])[:_LONGEST_LINE]


def _content(token: AnalyzedToken) -> bool:
    """Return whether the token is a word of letters only that an example may have: no function word, not too short."""
    return token.text.isalpha() and not token.function and len(token.text) >= _SHORTEST


def _named(names: Mapping[str, Sequence[str]], number: int) -> Iterator[tuple[str, str]]:
    for placeholder, field in zip(_NAME_PLACEHOLDERS, NAME_FIELDS, strict=True):
        values = [value for name in names[field] if (value := quoted(name))]
        if values:
            yield placeholder, values[number % len(values)]


def _commonest(tokens: Sequence[AnalyzedToken], uses: Counter[str]) -> list[str]:
    content = [token for token in tokens if _content(token)]
    return list(dict.fromkeys(t.text for t in sorted(content, key=lambda token: -uses[token.stems[0]])))


def _words(line: str, tokens: Sequence[AnalyzedToken], uses: Counter[str]) -> Iterator[tuple[str, str]]:
    yield from zip(("word", "other"), _commonest(tokens, uses), strict=False)
    yield from _rows(line, tokens)
    yield from _first("joined", (word for word in words_of(line) if "-" in word))
    yield from _first("form", (t.text for t in tokens if _content(t) and t.exact != t.word))
    long = [token.text for token in tokens if _content(token) and len(token.text) >= _LONG_ENOUGH_TO_CUT]
    yield from _first("beginning", (word[:-2] for word in long))
    longer = [word for word in long if len(word) > _LONG_ENOUGH_TO_CUT]
    yield from _first("misspelt", (word[: len(word) // 2] + word[len(word) // 2 + 1 :] for word in longer))


def _rows(line: str, tokens: Sequence[AnalyzedToken]) -> Iterator[tuple[str, str]]:
    """Yield neighbouring words of a line: two in a row, two with a function word between, two further apart."""
    near = [(a, b) for a, b in pairwise(tokens) if line[a.end : b.start] == " "]
    yield from _first("phrase", (line[a.start : b.end] for a, b in near if _content(a) and _content(b)))
    joined = {(a.start, b.start) for a, b in near}
    threes = zip(tokens, tokens[1:], tokens[2:], strict=False)
    linked = (
        (a, c)
        for a, b, c in threes
        if b.function and _content(a) and _content(c) and {(a.start, b.start), (b.start, c.start)} <= joined
    )
    yield from _first("linked", (line[a.start : c.end] for a, c in linked))
    yield from _first("far", (f"{b.text} {a.text}" for a, b in zip(tokens, tokens[3:], strict=False) if _pair(a, b)))


def _pair(one: AnalyzedToken, other: AnalyzedToken) -> bool:
    return _content(one) and _content(other) and one.word != other.word


def _first(name: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        yield name, text
        return
