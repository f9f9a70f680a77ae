"""Makes example queries for each operator of the query language, of the words, names and dates of an index.

In: the rows of `search/query/guide/sections.py` and an open index. Out: for each row, queries that were searched and
found something, with the number of articles. Also the searches that the home page offers. Called by
`search/service.py`; each open index has its examples (`search/index/open_index.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from threading import Lock
from typing import Final

from search.analysis.analyzer import Analyzer
from search.engines.base import Engine
from search.examples.example_material import PLACEHOLDERS, dated, gather
from search.pages.languages import LANGUAGES
from search.pages.records import IndexFacts
from search.query.clauses import Everything
from search.query.compose import field_name
from search.query.guide.sections import SECTIONS, Row
from search.query.operators import FIELD_NAMES
from search.whole_answers import answered, remembered

__all__ = ["PLACEHOLDERS", "ExampleQuery", "IndexExamples"]

MOST_SHOWN: Final = 2  # examples of a row
MOST_TRIED: Final = 4  # searches for each pattern of a row
LONGEST_SECONDS: Final = 5.0  # what making all examples may take; the rows that are left then get none
#: Searches that show what the engine can do; the home page offers the first of them that find something.
SHOWCASE: Final = (
    "وزراء الخارجية",
    "أسعار النفط",
    "هيلكوبتر",
    "الانتخابات",
    "المنتخب الوطني",
    "القوات العراقية",
    "الذكاء الاصطناعي",
    "COVID-19",
    "غوتيريش",
    "الأمطار والسيول",
    "التعليم",
    "كأس العالم",
)
MOST_SHOWCASED: Final = 6
_NAMES: Final = 3
_OR: Final = {"ar": "أو", "en": "OR"}
Count = Callable[[str], int]
Examples = Mapping[str, tuple["ExampleQuery", ...]]


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """An example query and the number of articles that it finds."""

    query: str
    articles: int


class IndexExamples:
    """The examples of one open index, made once for each language and day. Safe to share between threads.

    `of` and `showcase` search for examples that have not been made yet; `made` and `showcased` return at once those
    that have. `count` returns how many articles a query finds, as the page of results counts them.
    """

    def __init__(self, engine: Engine, analyzer: Analyzer, facts: IndexFacts) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._facts = facts
        self._lock = Lock()
        self._known: dict[str, tuple[date, Examples]] = {}
        self._showcase: tuple[str, ...] | None = None
        self._material = remembered(self._gathered, most=1)

    def of(self, language: str, today: date, count: Count) -> Examples:
        """Return the form of each row → its examples, made for this day."""
        with self._lock:
            if self._known.get(language, (None,))[0] != today:
                made, is_whole = answered(lambda: self._made(language, today, count))
                if not is_whole:
                    return made
                self._known[language] = today, made
            return self._known[language][1]

    def made(self, language: str) -> Examples:
        """Return the examples that were made last, perhaps for an earlier day; none if none were made."""
        return self._known[language][1] if language in self._known else {}

    @property
    def complete(self) -> bool:
        """Whether examples in all languages, and those of the home page, were made."""
        return self._showcase is not None and all(language in self._known for language in LANGUAGES)

    @property
    def state(self) -> str:
        """A text that changes when other examples are made."""
        days = sorted((language, day.isoformat()) for language, (day, _) in list(self._known.items()))
        return f"{days} {self._showcase is not None}"

    def showcase(self, count: Count) -> tuple[str, ...]:
        """Return the first searches of SHOWCASE that find something."""
        with self._lock:
            if self._showcase is None:
                found, is_whole = answered(lambda: tuple(islice(filter(count, SHOWCASE), MOST_SHOWCASED)))
                if not is_whole:
                    return found
                self._showcase = found
            return self._showcase

    def showcased(self) -> tuple[str, ...]:
        """Return what `showcase` returned; () if it was not called."""
        return self._showcase or ()

    def _gathered(self) -> list[dict[str, str]]:
        facts = self._facts
        counts = self._engine.counts(Everything(), ("author", "agency", "place"), limit=_NAMES)
        names = {
            "source": [value for value, _ in facts.sources[:_NAMES]],
            "section": [value for value, _ in facts.sections[:_NAMES]],
            **{name: sorted(map(str, each), key=lambda value: (-each[value], value)) for name, each in counts.items()},
        }
        return gather(self._engine, self._analyzer, names, (facts.first, facts.last))

    def _made(self, language: str, today: date, count: Count) -> Examples:
        operators = {field: field_name(field, language) for field in FIELD_NAMES} | {"or": _OR[language]}
        material = [dated(piece, language, self._facts.last, today) | operators for piece in self._material()]
        counts: dict[str, int] = {}
        for day, known in self._known.values():  # most examples are the same in both languages
            if day == today:
                counts |= {each.query: each.articles for row in known.values() for each in row}
        deadline = time.monotonic() + LONGEST_SECONDS
        rows = [row for section in SECTIONS for row in section.rows]
        made: dict[str, tuple[ExampleQuery, ...]] = {}
        for number, row in enumerate(rows):
            begin = number % max(1, len(material))
            turned = material[begin:] + material[:begin]
            made[row.form] = tuple(_found(row, turned, lambda query: counts.get(query) or count(query), deadline))
        return made


def _found(row: Row, material: list[dict[str, str]], count: Count, deadline: float) -> Iterator[ExampleQuery]:
    """Yield the first examples of the row that find something, until the deadline."""
    shown = 0
    for pattern in row.live:
        for query in list(_filled(pattern, material))[:MOST_TRIED]:
            if shown == MOST_SHOWN or time.monotonic() > deadline:
                return
            if articles := count(query):
                shown += 1
                yield ExampleQuery(query, articles)


def _filled(pattern: str, material: list[dict[str, str]]) -> Iterator[str]:
    """Yield the pattern filled from each piece of material that has all its placeholders, each query once."""
    queries = []
    for piece in material:
        try:
            queries.append(pattern.format_map(piece))
        except KeyError:  # this headline has no text for a placeholder of the pattern
            continue
    yield from dict.fromkeys(queries)
