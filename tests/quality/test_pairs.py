"""Each row of pairs.tsv: two written words of the news that must share a stem-level key, or must not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from search.analysis.analyzer import Analyzer

MEET, PART = "meet", "part"


class Pair(NamedTuple):
    """One row: two words as the news writes them, what must become of them, and the phenomenon."""

    first: str
    second: str
    verdict: str
    phenomenon: str


def read_pairs() -> list[Pair]:
    """All rows."""
    rows = Path(__file__).with_name("pairs.tsv").read_text(encoding="utf-8").splitlines()
    return [Pair(*row.split("\t")) for row in rows]


PAIRS = read_pairs()


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair.first}-{pair.verdict}-{pair.second}" for pair in PAIRS])
def test_the_pair_meets_or_parts(pair: Pair) -> None:
    analyzer = Analyzer.default()
    first, second = analyzer.keys(pair.first), analyzer.keys(pair.second)
    assert first and second
    assert bool(set(first) & set(second)) is (pair.verdict == MEET), (
        f"{pair.phenomenon}: {pair.first} has {first}, {pair.second} has {second}"
    )


def test_there_are_as_many_pairs_of_each_verdict() -> None:
    assert Counter(pair.verdict for pair in PAIRS) == {MEET: 130, PART: 130}


def test_no_pair_stands_there_twice() -> None:
    seen = Counter(frozenset((pair.first, pair.second)) for pair in PAIRS)
    assert [tuple(pair) for pair, times in seen.items() if times > 1 or len(pair) < 2] == []


def test_every_pair_names_its_phenomenon() -> None:
    assert [pair for pair in PAIRS if not pair.phenomenon.strip()] == []
