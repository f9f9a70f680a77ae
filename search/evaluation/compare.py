"""Compares two rankings of the same topics, for `kashaf evaluate --compare`.

In: two runs and the judgments. Out: for each measure both means, on how many topics each run is better, and the p-value
of a paired t-test; and the topics that changed most. Called by `search/commands.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.evaluation.batch import MEASURES, RunRow, Topic, ir_measures, measures

_SHOWN = 10  # topics that are listed, those that changed most
_SAME = 1e-9  # values that differ by at most this are equal


@dataclass(frozen=True, slots=True)
class TopicChange:
    """One topic's value of the first measure under both profiles."""

    topic: str
    query: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """The means of one measure under two profiles, and the topics on which the second is better, worse or equal.

    p: of a two-sided paired t-test over the topics; 1.0 if no topic differs
    """

    measure: str
    before: float
    after: float
    wins: int
    losses: int
    ties: int
    p: float


@dataclass(frozen=True, slots=True)
class RunComparison:
    """All measures, and the topics whose first measure changed most, the largest change first."""

    measures: tuple[MeasureComparison, ...]
    changes: tuple[TopicChange, ...]


def compare(
    before: Iterable[RunRow], after: Iterable[RunRow], judgments: Sequence[Any], topics: Iterable[Topic]
) -> RunComparison:
    """Compare two runs over the judged topics; a topic without a hit counts 0."""
    first, second = _by_topic(before, judgments), _by_topic(after, judgments)
    judged = sorted({judgment.query_id for judgment in judgments})
    rows = tuple(_comparison(name, first[name], second[name], judged) for name in MEASURES)
    return RunComparison(rows, _changes(first[MEASURES[0]], second[MEASURES[0]], judged, topics))


def compared_lines(found: RunComparison, names: tuple[str, str]) -> Iterator[str]:
    """Yield the comparison as lines for a terminal; names: those of the two profiles."""
    yield f"{'measure':<9} {names[0]:>12} {names[1]:>12} {'change':>8} {'wins':>6} {'losses':>6} {'ties':>6} {'p':>8}"
    for row in found.measures:
        change = row.after - row.before
        counts = f"{row.wins:>6} {row.losses:>6} {row.ties:>6} {row.p:>8.4f}"
        yield f"{row.measure:<9} {row.before:>12.4f} {row.after:>12.4f} {change:>+8.4f} {counts}"
    for topic in found.changes:
        yield f"{topic.after - topic.before:+.4f}  {topic.before:.4f} → {topic.after:.4f}  {topic.topic}  {topic.query}"


def _by_topic(rows: Iterable[RunRow], judgments: Sequence[Any]) -> dict[str, dict[str, float]]:
    library = ir_measures()
    run = [library.ScoredDoc(row.topic, row.id, row.score) for row in rows]
    values: dict[str, dict[str, float]] = {name: {} for name in MEASURES}
    for metric in library.iter_calc(measures(), judgments, run):
        values[str(metric.measure)][metric.query_id] = metric.value
    return values


def _comparison(
    name: str, first: Mapping[str, float], second: Mapping[str, float], judged: Sequence[str]
) -> MeasureComparison:
    before = [first.get(topic, 0.0) for topic in judged]
    after = [second.get(topic, 0.0) for topic in judged]
    differences = [b - a for a, b in zip(before, after, strict=True)]
    wins, losses = sum(d > _SAME for d in differences), sum(d < -_SAME for d in differences)
    ties = len(judged) - wins - losses
    return MeasureComparison(name, _mean(before), _mean(after), wins, losses, ties, _significance(before, after))


def _significance(before: Sequence[float], after: Sequence[float]) -> float:
    if len(before) < 2 or all(abs(a - b) <= _SAME for a, b in zip(before, after, strict=True)):
        return 1.0
    from scipy.stats import ttest_rel

    p = float(ttest_rel(before, after).pvalue)
    return 1.0 if math.isnan(p) else p


def _changes(
    first: Mapping[str, float], second: Mapping[str, float], judged: Sequence[str], topics: Iterable[Topic]
) -> tuple[TopicChange, ...]:
    queries = {topic.name: topic.query for topic in topics}
    rows = [TopicChange(name, queries.get(name, ""), first.get(name, 0.0), second.get(name, 0.0)) for name in judged]
    changed = [row for row in rows if abs(row.after - row.before) > _SAME]
    return tuple(sorted(changed, key=lambda row: (-abs(row.after - row.before), row.topic))[:_SHOWN])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
