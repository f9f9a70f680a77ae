"""From query string to ten ranked ids: whole headlines, all words optional, in process, beside Lucene.

Lucene prints its median and 95th percentile alone, so our mean is set beside its median, which is less than its mean:
that ratio errs against us. Both run the queries three times and count the last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import mean, median

from search.opened import OpenIndex, open_index
from search.ranking import NEWS
from search.service import rank
from tests.bench.figures import Figure, milliseconds, percentile
from tests.bench.places import LUCENE, SAUDI, TITLES, cache_folder, first_rows, index_of, topics
from tests.bench.processes import run

_PASSES = 3


def measure(rows: int) -> Iterator[Figure]:
    """Means, medians and 95th percentiles."""
    index = open_index(index_of((SAUDI,), rows))
    queries = [topic.query for topic in topics()]
    for _ in range(_PASSES):
        taken = milliseconds(lambda query: _ids(index, query), queries)
    if not rows:
        _assert_found(index)
    lucene = _lucene(rows)
    yield Figure("kashaf, mean", mean(taken), "ms")
    yield Figure("kashaf, median", median(taken), "ms")
    yield Figure("Lucene, median", lucene["p50_ms"], "ms")
    yield Figure("kashaf's mean : Lucene's median", mean(taken) / lucene["p50_ms"], at_most=2)
    yield Figure("kashaf's median : Lucene's median", median(taken) / lucene["p50_ms"])
    yield Figure("kashaf's 95th percentile : Lucene's", percentile(taken, 0.95) / lucene["p95_ms"])


def _ids(index: OpenIndex, query: str) -> list[str]:
    found = rank(index, query, limit=10, profile=NEWS)
    return [kept.id for kept in index.engine.load([match.ref for match in found.matches])]


def _assert_found(index: OpenIndex) -> None:
    """With its headline indexed, nearly every article is among the ten that its headline finds."""
    found = sum(topic.name.removeprefix("t-") in _ids(index, topic.query) for topic in topics())
    assert found >= 0.9 * len(topics()), f"only {found:,} headlines find their own article"


def _lucene(rows: int) -> dict[str, float]:
    place = cache_folder() / f"lucene-{rows}"
    if not place.exists():
        run(LUCENE, "index", place, first_rows(SAUDI, rows), "2")
    found: dict[str, float] = json.loads(run(LUCENE, "search", place, TITLES, "0", "title,body").printed)
    assert found["queries"] == len(topics())
    return found
