"""Many topics at once, as TREC runs, and their scores: what `kashaf batch` and `kashaf evaluate` do.

In: an open index, topics and judgments. Out: run rows and measures. Topics are plain words, all optional.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from search.errors import LibraryMissing, SourceError
from search.index.open_index import OpenIndex
from search.ranking import RankingProfile
from search.service import rank

MEASURES = ("nDCG@10", "RR@10", "R@100")


@dataclass(frozen=True, slots=True)
class Topic:
    """One information need: a name and the words a reader would type."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One line of a TREC run."""

    topic: str
    id: str
    rank: int
    score: float

    def __str__(self) -> str:
        return f"{self.topic} Q0 {self.id} {self.rank} {self.score:.6f} kashaf"


def read_topics(path: Path) -> list[Topic]:
    """The topics of a TSV file `topic<TAB>query`. Raises SourceError naming the file and the line."""
    topics = []
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        name, tab, query = line.partition("\t")
        if not tab or not name.strip() or len(name.split()) != 1:
            raise SourceError(f"{path} line {number} is not topic<TAB>query: {line[:60]!r}")
        topics.append(Topic(name.strip(), query))
    if not topics:
        raise SourceError(f"{path} holds no topics: write one topic<TAB>query a line")
    return topics


def run_topics(index: OpenIndex, topics: Iterable[Topic], *, limit: int, profile: RankingProfile) -> Iterator[RunRow]:
    """The ranked articles of each topic, at most `limit` a topic, best first."""
    for topic in topics:
        found = rank(index, topic.query, limit=limit, profile=profile)
        stored = index.engine.load([match.ref for match in found.matches])
        for place, (match, kept) in enumerate(zip(found.matches, stored, strict=True), 1):
            yield RunRow(topic.name, kept.id, place, match.score)


def read_judgments(path: Path) -> list[Any]:
    """TREC qrels. Raises SourceError naming the file, LibraryMissing."""
    read: Callable[[str], Iterable[Any]] = ir_measures().read_trec_qrels
    try:
        return list(read(_read(path)))
    except ValueError as error:
        raise SourceError(f"{path} is no TREC qrels file ({error}): write topic 0 id grade on each line") from error


def score(rows: Iterable[RunRow], judgments: list[Any]) -> Mapping[str, float]:
    """The mean of each of MEASURES over the judged topics, 0 to 1; a topic without a hit counts 0."""
    library = ir_measures()
    run = [library.ScoredDoc(row.topic, row.id, row.score) for row in rows]
    found = library.calc_aggregate(measures(), judgments, run)
    return {str(measure): value for measure, value in found.items()}


def measures() -> list[Any]:
    """MEASURES as ir-measures computes them; its own parser of their names asks for what Python 3.14 removes."""
    library = ir_measures()
    return [library.nDCG @ 10, library.RR @ 10, library.R @ 100]


def ir_measures() -> Any:
    """The library ir-measures, which the extra `evaluate` brings: only the evaluation of rankings needs it, and with
    scipy it is half of an installation. Raises LibraryMissing."""
    try:
        return import_module("ir_measures")
    except ImportError as error:
        raise LibraryMissing(
            f"the evaluation of rankings needs a library that is not installed ({error}): "
            "pip install 'kashaf[evaluate]'"
        ) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read as UTF-8 text ({error}): name another file") from error
