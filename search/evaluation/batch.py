"""Searches a file of topics and scores the rankings by relevance judgments, in the formats of TREC.

In: an open index, topics (plain words, all optional, no operators) and judgments (qrels). Out: the rows of a run, and
the mean of each measure. Called by the commands batch and evaluate (`search/commands.py`) and by `compare.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.errors import SourceError
from search.evaluation.ranking import rank
from search.extras import library
from search.index.open_index import OpenIndex
from search.ranking.profile import RankingProfile

MEASURES = ("nDCG@10", "RR@10", "R@100")


@dataclass(frozen=True, slots=True)
class Topic:
    """One information need: its name, and the words that a reader would type."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One line of a TREC run: the article `id` at this rank, from 1, of the topic's ranking."""

    topic: str
    id: str
    rank: int
    score: float

    def __str__(self) -> str:
        return f"{self.topic} Q0 {self.id} {self.rank} {self.score:.6f} kashaf"


def read_topics(path: Path) -> list[Topic]:
    """Read topics from a file of lines `topic<TAB>query`. Raises SourceError, which names the file and the line."""
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
    """Search each topic and yield its best articles, at most `limit`, the best first."""
    for topic in topics:
        found = rank(index, topic.query, limit=limit, profile=profile)
        ids = index.engine.ids([match.ref for match in found.matches])
        for number, (match, id) in enumerate(zip(found.matches, ids, strict=True), 1):
            yield RunRow(topic.name, id, number, match.score)


def read_judgments(path: Path) -> list[Any]:
    """Read judgments from a file of TREC qrels. Raises SourceError, which names the file, and LibraryMissing."""
    read: Callable[[str], Iterable[Any]] = ir_measures().read_trec_qrels
    try:
        return list(read(_read(path)))
    except ValueError as error:
        raise SourceError(f"{path} is no TREC qrels file ({error}): write topic 0 id grade on each line") from error


def score(rows: Iterable[RunRow], judgments: list[Any]) -> Mapping[str, float]:
    """Return the mean of each of MEASURES over the judged topics, 0 to 1; a topic without a hit counts 0."""
    library = ir_measures()
    run = [library.ScoredDoc(row.topic, row.id, row.score) for row in rows]
    found = library.calc_aggregate(measures(), judgments, run)
    return {str(measure): value for measure, value in found.items()}


def measures() -> list[Any]:
    """Return MEASURES as objects of ir-measures, whose parser of their names uses what Python 3.14 removes."""
    library = ir_measures()
    return [library.nDCG @ 10, library.RR @ 10, library.R @ 100]


def ir_measures() -> Any:
    """Import and return the library ir-measures, which the extra `evaluate` installs. Raises LibraryMissing.

    Only the evaluation of rankings needs it, and with scipy it would be half of an installation.
    """
    return library("ir_measures", extra="evaluate", purpose="the evaluation of rankings")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror or error}): name another file") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text ({error}): convert it, or name another file") from error
