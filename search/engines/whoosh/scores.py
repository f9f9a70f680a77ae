"""A clause → the articles of a segment that match it, each with its BM25 score.

In: a clause and a range of articles of a segment. Out: a dictionary from article numbers to scores; deleted articles
are still in it. A clause is evaluated term by term into whole dictionaries: in Python that is faster than Whoosh's tree
of matchers, and a clause means exactly what `search/query/clauses.py` says. Called by `time_limit.py`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search import schema
from search.engines.edit_distance import indices_within_distance
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
_Positions = dict[str, dict[int, tuple[int, ...]]]  # term → article → the positions of the term in it

_K1 = 1.2
_B = 0.75
_REMEMBERED = 256  # words with `~` whose similar terms are kept
_PHRASE_COST = 8  # reading one article for a phrase takes as long as reading this many for a term


def _rounded_lengths() -> list[int]:
    """The 256 field lengths that Lucene and Tantivy distinguish: 0 to 40, then eight steps of 2, eight of 4, of 8 …"""
    lengths = list(range(41))
    step = 2
    while len(lengths) < 256:
        lengths += [lengths[-1] + step * n for n in range(1, 9)]
        step *= 2
    return lengths[:256]


_LENGTHS = _rounded_lengths()


class Bm25:
    """Computes BM25 with the document frequencies and mean field lengths of all segments of an open index."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._articles = sum(segment.size for segment in segments)
        self._norms: dict[tuple[Segment, str], list[float]] = {}
        self.similar = lru_cache(maxsize=_REMEMBERED)(_similar)  # a request asks several times

    def scores(self, field: str, texts: Sequence[str], counts: Iterable[tuple[int, float]], segment: Segment) -> Scores:
        """Return BM25 of a term, or of a phrase as one term whose inverse document frequency is the sum of its terms'.

        counts: the articles of the segment that have it, each with how often.
        """
        pairs = list(counts)
        if not pairs:
            return {}
        rarity = (1 + _K1) * sum(self._rarity(field, text) for text in texts)
        norms = self._field_norms(field, segment)
        return {article: rarity * weight / (weight + norms[article]) for article, weight in pairs}

    def _rarity(self, field: str, text: str) -> float:
        frequency = sum(segment.frequency(field, text) for segment in self._segments)
        return math.log(1 + (self._articles - frequency + 0.5) / (frequency + 0.5))

    def _field_norms(self, field: str, segment: Segment) -> list[float]:
        """For each article k1 × (1 - b + b × length / mean length), to which BM25 adds the frequency."""
        key = (segment, field)
        if key not in self._norms:
            mean = sum(sum(each.lengths(field)) for each in self._segments) / self._articles
            steps = [_K1 * (1 - _B + _B * length / mean) for length in _LENGTHS]
            self._norms[key] = [steps[bisect_right(_LENGTHS, length) - 1] for length in segment.lengths(field)]
        return self._norms[key]


@dataclass(frozen=True, slots=True)
class ClauseScorer:
    """Evaluates clauses over a range of the articles of a segment.

    within  the range of article numbers
    pause   called again and again during the work; it raises an exception when the time is up
    """

    bm25: Bm25
    segment: Segment
    within: range
    pause: Callable[[], None]

    def scores(self, clause: Clause, among: Among | None = None) -> Scores:
        """Return article → score for the matching articles of the range, or of `among` if it is given."""
        self.pause()
        among = self.within if among is None else among
        match clause:
            case Term(field, text):
                return self._term(field, text, among)
            case TermSet(field, texts):
                return _constant(self._holding(field, set(texts), among))
            case PhraseClause():
                return self._phrase(clause, among)
            case Similar(field, text, distance):
                return _constant(self._holding(field, self.bm25.similar(self.segment, field, text, distance), among))
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
            held = self.segment.holds(field, text, self._span(among))
            yield from held if len(among) == self.segment.size else (article for article in held if article in among)

    def _term(self, field: str, text: str, among: Among) -> Scores:
        if field in schema.BY_NAME and schema.BY_NAME[field].kind is Kind.KEYWORD:
            return _constant(self._holding(field, (text,), among))
        weights = self.segment.weights(field, text, self._span(among))
        if len(among) < self.segment.size:
            weights = (pair for pair in weights if pair[0] in among)
        return self.bm25.scores(field, (text,), weights, self.segment)

    def _span(self, among: Among) -> range:
        """From the first of these articles to the last: of a long list of postings only blocks of these are read."""
        if isinstance(among, range) or not among:
            return self.within
        return range(min(among), max(among) + 1)

    def _phrase(self, clause: PhraseClause, among: Among) -> Scores:
        """The scores of a phrase. Terms are read from the rarest on, so that few articles are read for common terms."""
        found: _Positions = {}
        common: Collection[int] = among
        for text in sorted(dict.fromkeys(clause.texts), key=lambda text: self.segment.frequency(clause.field, text)):
            self.pause()
            common = found[text] = self.segment.positions(clause.field, text, self.within, common)
            if not common:
                return {}
        counted = ((article, float(self._occurrences(clause, found, article))) for article in sorted(common))
        return self.bm25.scores(clause.field, clause.texts, (pair for pair in counted if pair[1]), self.segment)

    def _occurrences(self, clause: PhraseClause, found: _Positions, article: int) -> int:
        self.pause()
        places = [
            [position - offset for position in found[text][article]]
            for text, offset in zip(clause.texts, clause.term_positions, strict=True)
        ]
        if not clause.slop:
            return len(set(places[0]).intersection(*places[1:]))
        rarer, commoner = places if next(iter(found)) == clause.texts[0] else reversed(places)
        return _count_near(rarer, commoner, clause.slop)

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
        """The scores of each of the clauses, in their order; None if no article matches all of them.

        The clause with the fewest articles is evaluated first, each other one only over the articles found before it.
        """
        scores: dict[int, Scores] = {}
        for index in sorted(range(len(clauses)), key=lambda index: self._least(clauses[index])):
            among = scores[index] = self.scores(clauses[index], among)
            if not among:
                return None
        return [scores[index] for index in range(len(clauses))]

    def _least(self, clause: Clause) -> int:
        """About how many articles have to be read to evaluate a clause."""
        match clause:
            case Term(field, text):
                return self.segment.frequency(field, text)
            case TermSet(field, texts):
                return sum(self.segment.frequency(field, text) for text in texts)
            case PhraseClause(field, texts):
                return _PHRASE_COST * min(self.segment.frequency(field, text) for text in texts)
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
    return tuple(words[index] for index in indices_within_distance(words, ((text, distance),)))


def _constant(articles: Iterable[int]) -> Scores:
    return dict.fromkeys(articles, 1.0)


def _between(clause: Between, numbers: Sequence[int | None], among: Among) -> Iterable[int]:
    low = -math.inf if clause.low is None else clause.low
    high = math.inf if clause.high is None else clause.high
    return (article for article in among if (number := numbers[article]) is not None and low <= number <= high)


def _all(must: Sequence[Scores], extra: Scores) -> Scores:
    """The articles in all of `must`, each with the sum of its scores there and of its score in `extra`, if any."""
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


def _count_near(rarer: Sequence[int], commoner: Sequence[int], slop: int) -> int:
    """How often Tantivy counts two terms that are at most `slop` apart: each place of a term once at most.

    rarer, commoner: the places of the term that fewer articles of the segment have, and of the other, in order. Of
    several places of the rarer term the last that is not behind the other's is taken.
    """
    count = at = 0
    for place in commoner:
        while at < len(rarer) and rarer[at] < place - slop:
            at += 1
        if at < len(rarer) and rarer[at] <= place + slop:
            while at + 1 < len(rarer) and rarer[at + 1] <= place:
                at += 1
            count, at = count + 1, at + 1
    return count
