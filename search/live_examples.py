"""Examples of every operator that an index answers, each with the number of articles it finds.

In: the rows of `search/query/guide.py` and an open index. Out: for each row's form, queries made of words, names and
dates of the index. Each is searched before it is shown; what finds nothing is left out. Called by the service.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Final

from search.analysis.analyzer import Analyzer
from search.engines.base import Engine
from search.live_material import GIVEN, gather, told
from search.page import IndexFacts
from search.query.clauses import Everything
from search.query.compose import field_name
from search.query.guide import SECTIONS, Row
from search.query.operators import FIELD_NAMES

__all__ = ["GIVEN", "LiveExample", "LiveExamples"]

MOST_SHOWN: Final = 2  # examples of a row
MOST_TRIED: Final = 4  # searches for each pattern of a row
LONGEST_SECONDS: Final = 5.0  # after which the rows that are left stay without
_NAMES: Final = 3
_OR: Final = {"ar": "أو", "en": "OR"}
Count = Callable[[str], int]
Examples = Mapping[str, tuple["LiveExample", ...]]


@dataclass(frozen=True, slots=True)
class LiveExample:
    """A query and how many articles it finds."""

    query: str
    articles: int


class LiveExamples:
    """The examples of one open index, made once for a language and a day. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer, facts: IndexFacts) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._facts = facts
        self._lock = Lock()
        self._known: dict[tuple[str, date], Examples] = {}

    def of(self, language: str, today: date, count: Count) -> Examples:
        """Form of a row → its examples. `count` says how many articles a query finds, as the results page does."""
        with self._lock:
            if (language, today) not in self._known:
                self._known = {key: found for key, found in self._known.items() if key[1] == today}
                self._known[language, today] = self._made(language, today, count)
            return self._known[language, today]

    @cached_property
    def _material(self) -> list[dict[str, str]]:
        facts = self._facts
        authors = self._engine.counts(Everything(), ("author",), limit=_NAMES)["author"]
        names = {
            "source": [value for value, _ in facts.sources[:_NAMES]],
            "section": [value for value, _ in facts.sections[:_NAMES]],
            "author": sorted(map(str, authors), key=lambda value: (-authors[value], value)),
        }
        return gather(self._engine, self._analyzer, names, (facts.first, facts.last))

    def _made(self, language: str, today: date, count: Count) -> Examples:
        operators = {field: field_name(field, language) for field in FIELD_NAMES} | {"or": _OR[language]}
        material = [told(piece, language, self._facts.last, today) | operators for piece in self._material]
        counts: dict[str, int] = {}
        for known in self._known.values():  # most examples are the same in both languages
            counts |= {each.query: each.articles for row in known.values() for each in row}
        deadline = time.monotonic() + LONGEST_SECONDS
        rows = [row for section in SECTIONS for row in section.rows]
        made: dict[str, tuple[LiveExample, ...]] = {}
        for number, row in enumerate(rows):
            turned = material[number % (len(material) or 1) :] + material[: number % (len(material) or 1)]
            made[row.form] = tuple(_found(row, turned, lambda query: counts.get(query) or count(query), deadline))
        return made


def _found(row: Row, material: list[dict[str, str]], count: Count, deadline: float) -> Iterator[LiveExample]:
    """The first queries of the row that find something."""
    shown = 0
    for pattern in row.live:
        for query in list(_filled(pattern, material))[:MOST_TRIED]:
            if shown == MOST_SHOWN or time.monotonic() > deadline:
                return
            if articles := count(query):
                shown += 1
                yield LiveExample(query, articles)


def _filled(pattern: str, material: list[dict[str, str]]) -> Iterator[str]:
    queries = []
    for piece in material:
        try:
            queries.append(pattern.format_map(piece))
        except KeyError:  # this headline has nothing of the kind
            continue
    yield from dict.fromkeys(queries)
