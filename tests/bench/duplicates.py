"""Near-duplicates: what finding them adds to indexing, and how many of the true ones are found, by brute force.

The true ones are the pairs of articles whose five-word shingles, at level `word`, have a Jaccard similarity of 0.8 or
more; every pair that shares a shingle is compared. Also run by itself: python -m tests.bench.duplicates.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_array

from indexer.build import Choices, index
from indexer.sources import Sources
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.engines.base import Document
from search.index.directory import IndexDirectory
from search.index.minhash import Sketch
from search.index.near_duplicates import NearDuplicateFinder
from search.query.clauses import Everything
from tests.bench.figures import Figure, paired_ratio
from tests.bench.places import SAUDI, first_rows, index_of
from tests.bench.processes import run

_TURNS = 3
_STEP = 500  # articles compared with all at once

Pairs = dict[tuple[int, int], float]


def measure(rows: int) -> Iterator[Figure]:
    """Cost of the whole of `kashaf index` with and without, and the share found."""
    yield from _costs(first_rows(SAUDI, rows))
    yield from _shares(rows)


def _costs(source: Path) -> Iterator[Figure]:
    """Processor time, which other programs on the machine disturb least; processes of their own, in turn."""
    turns = [(_cost("index_all", source), _cost("index_without", source)) for _ in range(_TURNS)]
    yield Figure("processor time of indexing : without duplicates", paired_ratio(turns), at_most=1.2)


def _cost(work: str, source: Path) -> float:
    program = f"from tests.bench import duplicates; print(duplicates.{work}({str(source)!r}))"
    return float(run(sys.executable, "-c", program).printed)


def index_all(source: str) -> float:
    """Seconds of processor time, all threads, that indexing takes."""
    with TemporaryDirectory() as folder:
        started = _processor_seconds()
        index(IndexDirectory(Path(folder) / "index"), Sources([source]), Choices())
        return _processor_seconds() - started


def index_without(source: str) -> float:
    """The same without a look for near-duplicates."""
    with patch.object(NearDuplicateFinder, "assign_groups", _leave):
        return index_all(source)


def _processor_seconds() -> float:
    """Of this process and of those that it has started and that have ended."""
    return sum(os.times()[:4])


def _leave(_: NearDuplicateFinder, documents: Sequence[tuple[Document, Sketch | None]]) -> Sequence[Document]:
    return [document for document, _ in documents]


def _shares(rows: int) -> Iterator[Figure]:
    """What the groups of a finished index say of the pairs."""
    groups = _groups(index_of((SAUDI,), rows))
    with gzip.open(SAUDI, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in islice(lines, rows or None)]
    analyzer = BatchAnalyzer(Analyzer.default())
    ids = [article["id"] for article in articles]
    similar = _similar_pairs([terms.word for terms in analyzer.terms([article["body"] or "" for article in articles])])
    copies = [pair for pair, jaccard in similar.items() if jaccard >= 0.8]
    found = sum(groups[ids[a]] == groups[ids[b]] is not None for a, b in copies)
    yield Figure(f"pairs at 0.8 or more found, of {len(copies):,}", found / len(copies), "", at_least=0.95)
    joined = _pairs_of_one_group([groups[article["id"]] if article["body"] else None for article in articles])
    under = sum(similar.get(pair, 0) < 0.4 for pair in joined)
    yield Figure(f"pairs under 0.4 joined, of {len(joined):,}", under, "", at_most=0)


def _groups(place: Path) -> dict[str, int | None]:
    _, engine = IndexDirectory(place).open_engine()
    found = engine.search(Everything(), limit=engine.documents).matches
    stored = engine.load([match.ref for match in found])
    return {article.id: match.group for article, match in zip(stored, found, strict=True)}


def _pairs_of_one_group(groups: Sequence[int | None]) -> list[tuple[int, int]]:
    members: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        if group is not None:
            members.setdefault(group, []).append(number)
    return [pair for numbers in members.values() for pair in combinations(numbers, 2)]


def _similar_pairs(texts: Sequence[str]) -> Pairs:
    """Every pair of texts (by number, the lower first) with a similarity of 0.3 or more: products of sets as rows."""
    numbers: dict[tuple[str, ...], int] = {}
    sets = [sorted({numbers.setdefault(shingle, len(numbers)) for shingle in _shingles(text)}) for text in texts]
    sizes = np.array([len(own) for own in sets])
    places = np.concatenate(([0], np.cumsum(sizes)))
    table = csr_array((np.ones(places[-1], np.int32), np.concatenate(sets).astype(np.int64), places))
    pairs: Pairs = {}
    for first in range(0, len(texts), _STEP):
        common = (table[first : first + _STEP] @ table.T).tocoo()
        one, other = common.row + first, common.col
        jaccard = common.data / (sizes[one] + sizes[other] - common.data)
        kept = (one < other) & (jaccard >= 0.3)
        found = np.stack((one, other, jaccard), axis=1)[kept].tolist()
        pairs.update({(int(a), int(b)): similarity for a, b, similarity in found})
    return pairs


def _shingles(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    return zip(*(words[start:] for start in range(5)), strict=False)


if __name__ == "__main__":
    for figure in measure(int(sys.argv[1]) if sys.argv[1:] else 0):
        print(figure, flush=True)
