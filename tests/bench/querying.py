"""From query string to ten ranked ids: whole headlines, all words optional, in process, beside Lucene.

Lucene prints its median and 95th percentile alone, so our mean is set beside its median, which is less than its mean:
that ratio errs against us. Both count a pass over the queries for which everything is warm, several times in turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import mean, median

from search.evaluation.ranking import rank
from search.index.open_index import OpenIndex, open_index
from search.ranking.profile import NEWS
from tests.bench.figures import Figure, milliseconds, paired_ratio, percentile
from tests.bench.places import LUCENE, SAUDI, TITLES, cache_folder, first_rows, index_of, topics
from tests.bench.processes import run

_TURNS = 7


def measure(rows: int) -> Iterator[Figure]:
    """Means, medians and 95th percentiles."""
    index = open_index(index_of((SAUDI,), rows))
    queries = [topic.query for topic in topics()]
    milliseconds(lambda query: _ids(index, query), queries)  # to be warm
    if not rows:
        _assert_found(index)
    turns = [(milliseconds(lambda query: _ids(index, query), queries), _lucene(rows)) for _ in range(_TURNS)]
    means = [(mean(taken), lucene["p50_ms"]) for taken, lucene in turns]
    yield Figure("kashaf, mean", median(ours for ours, _ in means), "ms")
    yield Figure("Lucene, median", median(theirs for _, theirs in means), "ms")
    yield Figure("kashaf's mean : Lucene's median", paired_ratio(means), at_most=1)
    medians = [(median(taken), lucene["p50_ms"]) for taken, lucene in turns]
    yield Figure("kashaf's median : Lucene's median", paired_ratio(medians))
    slow = [(percentile(taken, 0.95), lucene["p95_ms"]) for taken, lucene in turns]
    yield Figure("kashaf's 95th percentile : Lucene's", paired_ratio(slow), at_most=1)


def _ids(index: OpenIndex, query: str) -> list[str]:
    found = rank(index, query, limit=10, profile=NEWS)
    return index.engine.ids([match.ref for match in found.matches])


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
