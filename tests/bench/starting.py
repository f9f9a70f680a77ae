"""`kashaf search` as a whole process, beside the interpreter that does nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from statistics import median

from tests.bench.figures import Figure
from tests.bench.places import SAUDI, index_of, topics, two_words
from tests.bench.processes import kashaf, run

_TURNS = 9


def measure(rows: int) -> Iterator[Figure]:
    """Milliseconds from start to exit."""
    place = index_of((SAUDI,), rows)
    query = two_words(topics()[0].query)
    turns = [
        (run(sys.executable, "-c", "pass"), kashaf("search", "--json", "--index", place, query)) for _ in range(_TURNS)
    ]
    assert all(json.loads(searched.printed)["query"] == query for _, searched in turns)
    assert rows or all(json.loads(searched.printed)["total"] for _, searched in turns)
    yield Figure("an empty Python program", median(empty.seconds for empty, _ in turns) * 1000, "ms")
    yield Figure("kashaf search", median(searched.seconds for _, searched in turns) * 1000, "ms", at_most=300)
