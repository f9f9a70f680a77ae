"""The query parser, on plain words and on operators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median

from search.query.parser import parse
from search.query.tree import All
from tests.bench.figures import Figure, milliseconds
from tests.bench.places import topics, two_words

_TODAY = date(2016, 1, 1)


def measure(rows: int) -> Iterator[Figure]:
    """Medians over 2,000 queries of a kind."""
    words = [two_words(topic.query) for topic in topics()]
    kinds = {
        "two words": words,
        "whole headlines": [topic.query for topic in topics()],
        "a phrase, a field and an exclusion": [f'"{query}" مصدر:الرياض -رياضة' for query in words],
    }
    for kind, queries in kinds.items():
        assert not any(isinstance(parse(query, today=_TODAY).tree, All) for query in queries)
        taken = milliseconds(lambda query: parse(query, today=_TODAY), queries)
        yield Figure(f"parser, {kind}, median", median(taken) * 1000, "µs", at_most=100)
