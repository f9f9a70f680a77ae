"""How well the first ten hits are ordered, by queries made from headlines and judged by rule: what weights are set by.

beginning  the first three or four words of a headline: the reciprocal rank of the first hit whose headline begins so
together   two or three words that stand beside one another in headlines: nDCG of hits that have them so in the
           headline (3), in the body (1), or not (0)
typed      a word of a headline: nDCG of hits that have the form typed in the headline (3), that form in the body and
           another in the headline (2), one of these two (1), or neither (0)

The queries of half of the headlines, by digest, are for setting weights, the others are held out. KASHAF_PROFILE names
another ranking profile to measure. Nothing of the news is kept: the same articles give the same queries.
"""

from __future__ import annotations

import gzip
import json
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import islice
from statistics import fmean

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.index.open_index import OpenIndex
from search.pages.records import Hit, SearchRequest
from search.query.clauses import Clause, Combine, TermSet, all_of, any_of
from search.query.field_clauses import exact_phrase, word_phrase
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure
from tests.bench.places import ALL_NEWS, NEWS, index_of

HALVES = ("to set weights", "held out")
EACH = 400  # queries of a kind and half
_TODAY = date(2016, 1, 1)
_TOP = 10
_LEAST_WORDS = 6  # of a headline whose beginning is asked for
_LEAST_HEADLINES = 3  # that have the words of a query, beside one another
_MOST_HEADLINES = 300
Headline = tuple[AnalyzedToken, ...]
Grades = tuple[tuple[int, Clause], ...]  # the gain of articles that match the clause and none before it


def measure(rows: int) -> Iterator[Figure]:
    """The mean of each kind, over each half."""
    settings = Settings(index=index_of(ALL_NEWS, rows), profile=os.environ.get("KASHAF_PROFILE", "news"))
    service = SearchService.open(settings)
    for half, name in enumerate(HALVES):
        for kind, score in means(service, half).items():
            yield Figure(f"{kind}, {name}", score, "")


def means(service: SearchService, half: int) -> dict[str, float]:
    """Kind of queries → the mean score of those of one half."""
    headlines = [headline for headline in _headlines(service.index.analyzer) if _digest(headline) % 2 == half]
    kinds = {"together": (_together, _together_grades), "typed": (_words, _typed_grades)}
    found = {"beginning: reciprocal rank": fmean(_rank(service, *asked) for asked in _beginnings(headlines))}
    for kind, (queries, grades) in kinds.items():
        asked = list(islice(queries(headlines), EACH))
        found[f"{kind}: nDCG@{_TOP}"] = fmean(_ndcg(service, _typed(row), grades(row)) for row in asked)
    return found


@cache
def _headlines(analyzer: Analyzer) -> list[Headline]:
    """The different headlines of the news that has some, in the order of their digests."""
    found: dict[str, None] = {}
    for source in NEWS:
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            found.update(dict.fromkeys(json.loads(line)["title"] or "" for line in lines))
    return sorted((tuple(analyzer.tokens(title)) for title in found), key=_digest)


def _digest(headline: Headline) -> int:
    return int.from_bytes(blake2b(_typed(headline).encode(), digest_size=8).digest(), "little")


def _typed(tokens: Iterable[AnalyzedToken]) -> str:
    return " ".join(token.text for token in tokens)


def _beginnings(headlines: Sequence[Headline]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first three or four words of headlines: as a query, and their exact terms."""
    long = (headline for headline in headlines if len(headline) >= _LEAST_WORDS)
    for at, headline in enumerate(islice(long, EACH)):
        begin = headline[: 3 + at % 2]
        yield _typed(begin), tuple(token.exact for token in begin)


def _together(headlines: Sequence[Headline]) -> Iterator[Headline]:
    """Two or three content words of headlines that stand beside one another in several."""
    counts = Counter(_terms(row) for headline in headlines for row in _rows(headline))
    seen = set[tuple[str, ...]]()
    for headline in headlines:
        rows = [row for row in _rows(headline) if _LEAST_HEADLINES <= counts[_terms(row)] <= _MOST_HEADLINES]
        new = [row for row in rows if _terms(row) not in seen]
        if new:
            chosen = new[_digest(headline) // 2 % len(new)]
            seen.add(_terms(chosen))
            yield chosen


def _rows(headline: Headline) -> Iterator[Headline]:
    for size in (2, 3):
        for at in range(len(headline) - size + 1):
            row = headline[at : at + size]
            if not any(token.function or len(token.word) < 3 for token in row) and len(set(_terms(row))) == size:
                yield row


def _words(headlines: Sequence[Headline]) -> Iterator[Headline]:
    """Single content words in a form that several headlines have."""
    counts = Counter(token.exact for headline in headlines for token in headline)
    seen = set[str]()
    for headline in headlines:
        fit = (token for token in headline if not token.function and len(token.word) > 2 and token.exact not in seen)
        new = [token for token in fit if _LEAST_HEADLINES <= counts[token.exact] <= _MOST_HEADLINES]
        if new:
            chosen = new[_digest(headline) // 2 % len(new)]
            seen.add(chosen.exact)
            yield (chosen,)


def _terms(tokens: Iterable[AnalyzedToken]) -> tuple[str, ...]:
    return tuple(token.word for token in tokens)


def _together_grades(row: Headline) -> Grades:
    return (3, word_phrase("title", _terms(row))), (1, word_phrase("body", _terms(row)))


def _typed_grades(row: Headline) -> Grades:
    (token,) = row
    in_title, in_body = (exact_phrase(name, (token.exact,)) for name in ("title", "body"))
    other_form = TermSet("title_stem", token.stems)
    return (3, in_title), (2, all_of(in_body, other_form)), (1, any_of(in_body, other_form))


def _rank(service: SearchService, query: str, exacts: tuple[str, ...]) -> float:
    """The reciprocal rank of the first hit whose headline begins with these terms; 0 if none of the first ten does."""
    tokens = service.index.analyzer.tokens
    for rank, hit in enumerate(_hits(service, query), 1):
        if tuple(token.exact for token in tokens(hit.article.title)[: len(exacts)]) == exacts:
            return 1 / rank
    return 0.0


def _ndcg(service: SearchService, query: str, grades: Grades) -> float:
    index, ideal = service.index, list[int]()
    gains: dict[str, int] = {}
    ids = [hit.article.id for hit in _hits(service, query)]
    before: tuple[Clause, ...] = ()
    for gain, clause in grades:
        graded = Combine(must=(clause,), must_not=before)
        ideal += [gain] * min(_TOP, _count(index, graded))
        gains |= dict.fromkeys(_ids(index, graded, ids), gain)
        before += (clause,)
    best = _dcg(ideal[:_TOP])
    return _dcg([gains.get(id, 0) for id in ids]) / best if best else 1.0


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _hits(service: SearchService, query: str) -> tuple[Hit, ...]:
    request = SearchRequest(query, limit=_TOP, facets=False, repair=False, collapse=False, today=_TODAY)
    return service.search(request).hits


def _count(index: OpenIndex, clause: Clause) -> int:
    return index.engine.search(clause, limit=0).total


def _ids(index: OpenIndex, clause: Clause, among: Sequence[str]) -> list[str]:
    """Those of these articles that match the clause."""
    found = index.engine.search(all_of(clause, TermSet("id", tuple(among))), limit=_TOP, total=False).matches
    return [kept.id for kept in index.engine.load([match.ref for match in found])]
