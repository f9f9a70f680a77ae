"""Memory of a process that analyses for weeks: it does not grow with the number of different words, on any Python."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import islice, product

import pytest

from search.analysis import analyzer as analyzer_module
from search.analysis import levels
from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.names import skeletons

LIMIT = 300
ROUND = 6000


def strange_words() -> Iterator[str]:
    """Words no table holds, each with a particle, so that its terms are strings of their own; every other Latin."""
    for number, letters in enumerate(product("بتثجحخدذرزسش", repeat=5)):
        yield f"وال{''.join(letters)}ون" if number % 2 else f"X{number}Y"


def test_words_read_are_forgotten_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "_SHARED", LIMIT)
    monkeypatch.setattr(analyzer_module, "_CHUNKS", LIMIT)
    monkeypatch.setattr(analyzer_module, "_TOKENS", LIMIT)
    analyzer = Analyzer(FrequencyTable.load())
    words = strange_words()
    tracemalloc.start()
    try:
        held = []
        for _ in range(3):
            analyzer.levels(list(islice(words, ROUND)))
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert held[2] - held[0] < 100_000, "bytes that stay of 12,000 words"


def test_what_is_remembered_of_names_in_queries_is_bounded() -> None:
    assert skeletons._variants.cache_info().maxsize is not None
    assert list(skeletons.nearby("12" * 500)) == ["12" * 500]
