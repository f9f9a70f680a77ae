"""Clause → the matching articles of a segment with their scores. Called by `time_limit.py`.

A clause is worked out as a whole, term by term, into a dictionary: in Python that is faster than Whoosh's tree of
matchers, and every clause means exactly what `search/query/clauses.py` says. Deleted articles are still among the
results; the engine drops them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search import schema
from search.engines.edit_distance import similar_among
from search.engines.whoosh.segment import Segment
from search.query.clauses import (
    Between,
    Boost,
    Clause,
    Combine,
    Constant,
    Everything,
    Nothing,
    PhraseClause,
    Similar,
    Term,
    TermSet,
)
from search.schema import Kind

Scores = dict[int, float]
Among = range | Scores

_K1 = 1.2
_B = 0.75
_REMEMBERED = 256  # words whose similar ones are remembered
_ROW = 8  # articles with a term that are read in the time that one takes in which terms in a row are looked for


def _rounded_lengths() -> list[int]:
    """The lengths that Lucene and Tantivy tell apart: each up to 40, then eight steps of 2, eight of 4, of 8 …"""
    lengths = list(range(41))
    step = 2
    while len(lengths) < 256:
        lengths += [lengths[-1] + step * n for n in range(1, 9)]
        step *= 2
    return lengths[:256]


_LENGTHS = _rounded_lengths()


class Scorer:
    """BM25 with the statistics of all segments of an open index."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._articles = sum(segment.size for segment in segments)
        self._norms: dict[tuple[Segment, str], list[float]] = {}
        self.similar = lru_cache(maxsize=_REMEMBERED)(_similar)  # a request asks several times

    def bm25(self, field: str, texts: Sequence[str], weights: Iterable[tuple[int, float]], segment: Segment) -> Scores:
        """BM25 of a term, or of a run of terms taken as one whose rarity is the sum of theirs."""
        pairs = list(weights)
        if not pairs:
            return {}
        rarity = (1 + _K1) * sum(self._rarity(field, text) for text in texts)
        norms = self._field_norms(field, segment)
        return {article: rarity * weight / (weight + norms[article]) for article, weight in pairs}

    def _rarity(self, field: str, text: str) -> float:
        frequency = sum(segment.frequency(field, text) for segment in self._segments)
        return math.log(1 + (self._articles - frequency + 0.5) / (frequency + 0.5))

    def _field_norms(self, field: str, segment: Segment) -> list[float]:
        """What BM25 adds to the frequency: k1 × (1 - b + b × length / mean length), for each article."""
        key = (segment, field)
        if key not in self._norms:
            mean = sum(sum(each.lengths(field)) for each in self._segments) / self._articles
            steps = [_K1 * (1 - _B + _B * length / mean) for length in _LENGTHS]
            self._norms[key] = [steps[bisect_right(_LENGTHS, length) - 1] for length in segment.lengths(field)]
        return self._norms[key]


@dataclass(frozen=True, slots=True)
class Reading:
    """Works out clauses over a range of a segment's articles. `pause` is called between two pieces of work, and ends it
    by an exception where there is no time left.
    """

    scorer: Scorer
    segment: Segment
    within: range
    pause: Callable[[], None]

    def scores(self, clause: Clause, among: Among | None = None) -> Scores:
        """article → score, for the articles that match; of the range, or of those of the range that are asked for."""
        self.pause()
        among = self.within if among is None else among
        match clause:
            case Term(field, text):
                return self._term(field, text, among)
            case TermSet(field, texts):
                return _constant(self._holding(field, set(texts), among))
            case PhraseClause():
                return self._sequence(clause, among)
            case Similar(field, text, distance):
                return _constant(self._holding(field, self.scorer.similar(self.segment, field, text, distance), among))
            case Between(field):
                return _constant(_between(clause, self.segment.numbers(field), among))
            case Combine():
                return self._combine(clause, among)
            case Boost(inner, factor):
                return {article: factor * score for article, score in self.scores(inner, among).items()}
            case Constant(inner, score):
                return dict.fromkeys(self.scores(inner, among), score)
            case Everything():
                return _constant(among)
            case Nothing():
                return {}

    def _holding(self, field: str, texts: Iterable[str], among: Among) -> Iterator[int]:
        for text in texts:
            self.pause()
            held = self.segment.holds(field, text, self.within)
            yield from held if len(among) == self.segment.size else (article for article in held if article in among)

    def _term(self, field: str, text: str, among: Among) -> Scores:
        if field in schema.BY_NAME and schema.BY_NAME[field].kind is Kind.KEYWORD:
            return _constant(self._holding(field, (text,), among))
        weights = self.segment.weights(field, text, self.within)
        if len(among) < self.segment.size:
            weights = (pair for pair in weights if pair[0] in among)
        return self.scorer.bm25(field, (text,), weights, self.segment)

    def _sequence(self, clause: PhraseClause, among: Among) -> Scores:
        """From the rarest term on, so that of the common ones only a few articles are read."""
        found: dict[str, dict[int, tuple[int, ...]]] = {}
        common: Collection[int] = among
        for text in sorted(set(clause.texts), key=lambda text: self.segment.frequency(clause.field, text)):
            self.pause()
            common = found[text] = self.segment.positions(clause.field, text, self.within, common)
            if not common:
                return {}
        counted = ((article, float(self._runs(clause, found, article))) for article in sorted(common))
        return self.scorer.bm25(clause.field, clause.texts, (pair for pair in counted if pair[1]), self.segment)

    def _runs(self, clause: PhraseClause, found: Mapping[str, Mapping[int, tuple[int, ...]]], article: int) -> int:
        self.pause()
        return _runs([found[text][article] for text in clause.texts], clause.term_positions, clause.slop)

    def _combine(self, clause: Combine, among: Among) -> Scores:
        must = self._all_of(clause.must, among)
        if must is None:
            return {}
        if must:
            among = min(must, key=len)
        should = [self.scores(c, among) for c in clause.should]
        extra = _sum(should)
        found = _all(must, extra) if must else extra
        least = clause.least if must else max(1, clause.least)
        if least > (0 if must else 1):
            times = Counter(article for scores in should for article in scores)
            found = {article: score for article, score in found.items() if times[article] >= least}
        for unwanted in clause.must_not if found else ():
            for article in self.scores(unwanted, found):
                del found[article]
        return found

    def _all_of(self, clauses: Sequence[Clause], among: Among) -> list[Scores] | None:
        """The scores of each of the clauses, of the articles that those before it have in common, the rarest first;
        None where there are no such articles.
        """
        scores: dict[int, Scores] = {}
        for place in sorted(range(len(clauses)), key=lambda place: self._least(clauses[place])):
            among = scores[place] = self.scores(clauses[place], among)
            if not among:
                return None
        return [scores[place] for place in range(len(clauses))]

    def _least(self, clause: Clause) -> int:
        """About how many articles have to be read for a clause."""
        match clause:
            case Term(field, text):
                return self.segment.frequency(field, text)
            case TermSet(field, texts):
                return sum(self.segment.frequency(field, text) for text in texts)
            case PhraseClause(field, texts):
                return _ROW * min(self.segment.frequency(field, text) for text in texts)
            case Combine(must, should, must_not):
                return sum(map(self._least, (*must, *should, *must_not)))
            case Boost(inner, _) | Constant(inner, _):
                return self._least(inner)
            case Nothing():
                return 0
            case _:
                return self.segment.size


def _similar(segment: Segment, field: str, text: str, distance: int) -> tuple[str, ...]:
    words = segment.vocabulary(field).texts
    return tuple(words[place] for place in similar_among(words, ((text, distance),)))


def _constant(articles: Iterable[int]) -> Scores:
    return dict.fromkeys(articles, 1.0)


def _between(clause: Between, numbers: Sequence[int | None], among: Among) -> Iterable[int]:
    low = -math.inf if clause.low is None else clause.low
    high = math.inf if clause.high is None else clause.high
    return (article for article in among if (number := numbers[article]) is not None and low <= number <= high)


def _all(must: Sequence[Scores], extra: Scores) -> Scores:
    """The articles that are in all of `must`, with the sum of their scores and what they have in `extra`."""
    fewest = min(must, key=len)
    common = (article for article in fewest if all(article in scores for scores in must))
    return {article: sum(scores[article] for scores in must) + extra.get(article, 0.0) for article in common}


def _sum(parts: Sequence[Scores]) -> Scores:
    if not parts:
        return {}
    total = dict(parts[0])
    for scores in parts[1:]:
        for article, score in scores.items():
            total[article] = total.get(article, 0.0) + score
    return total


def _runs(positions: Sequence[Sequence[int]], offsets: Sequence[int], slop: int) -> int:
    """How often terms at these positions stand as far apart; with slop, how often the second is near its place."""
    if slop == 0:
        starts = set(positions[0])
        for offset, places in zip(offsets[1:], positions[1:], strict=True):
            starts &= {place - offset for place in places}
        return len(starts)
    first, second = positions
    return sum(1 for one in first for other in second if abs(other - one - offsets[1]) <= slop)
