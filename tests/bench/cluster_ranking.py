"""python -m tests.bench cluster_ranking [--rows N]: nDCG@10 on a node with three parts beside the embedded engine's.

The topics of the sample and the three sets of ../shared/relevance, all of them, are asked of both engines over the same
articles, as `tests/quality` asks those sets. An archive in several parts ranks by the statistics of all of them, so
the two differ by no more than how the engines round. --rows N asks only the first N topics of each set.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import corpus
from search.evaluation.batch import RunRow, read_judgments, read_topics, run_topics, score
from search.index.open_index import open_index
from search.ranking import NEWS, RankingProfile
from tests.bench.figures import Figure
from tests.bench.places import SAUDI, SHARED
from tests.bench.processes import kashaf
from tests.opensearch.nodes import AS_SHIPPED, Cluster
from tests.quality.floors import BODIES_ALONE

_PARTS: Final = 3
_APART: Final = 0.005  # nDCG@10
_HITS: Final = 10
_ENGINES: Final = ("tantivy", "opensearch")
_RELEVANCE: Final = SHARED / "relevance"


@dataclass(frozen=True, slots=True)
class _Set:
    """Topics and judgments, by their files, and the ranking they are asked with."""

    name: str
    topics: Path
    judgments: Path
    profile: RankingProfile


def _judged(name: str) -> _Set:
    return _Set(name, _RELEVANCE / f"{name}.topics.tsv", _RELEVANCE / f"{name}.qrels.txt", BODIES_ALONE)


_SAMPLE: Final = _Set("sample", corpus.TOPICS, corpus.QRELS, NEWS)
#: Archive → the file of its articles, and the sets that are asked of it.
_ARCHIVES: Final = {
    "sample": (corpus.ARTICLES, (_SAMPLE,)),
    "passages": (_RELEVANCE / "passages.jsonl.gz", (_judged("tydi"), _judged("xquad"))),
    "newspapers": (SAUDI, (_judged("saudi-titles"),)),
}


def measure(rows: int) -> Iterator[Figure]:
    """nDCG@10 of both engines and how far they are apart, for each set."""
    with ExitStack() as ended:
        folder = Path(ended.enter_context(TemporaryDirectory(prefix="kashaf-cluster-ranking-")))
        cluster = ended.enter_context(Cluster(1, memory="700m", options=AS_SHIPPED))
        os.environ |= {
            "KASHAF_CLUSTER": ",".join(cluster.addresses),
            "KASHAF_CLUSTER_SHARDS": str(_PARTS),
            "KASHAF_CLUSTER_REPLICAS": "0",
        }
        for archive, (articles, sets) in _ARCHIVES.items():
            os.environ["KASHAF_CLUSTER_INDEX"] = archive
            indexes = [folder / archive / engine for engine in _ENGINES]
            for engine, index in zip(_ENGINES, indexes, strict=True):
                kashaf("index", "--engine", engine, "--index", index, articles)
            for each in sets:
                yield from _compared(each, indexes, rows)


def _compared(asked: _Set, indexes: list[Path], rows: int) -> Iterator[Figure]:
    topics = read_topics(asked.topics)[: rows or None]
    named = {topic.name for topic in topics}
    judgments = [each for each in read_judgments(asked.judgments) if each.query_id in named]
    found: list[float] = []
    hits: list[dict[str, list[str]]] = []
    for engine, index in zip(_ENGINES, indexes, strict=True):
        run = list(run_topics(open_index(index), topics, limit=_HITS, profile=asked.profile))
        found.append(score(run, judgments)["nDCG@10"])
        hits.append(_by_topic(run))
        yield Figure(f"{asked.name}, {len(topics):,} topics, nDCG@10, {engine}", found[-1], "")
    same = sum(hits[0].get(name) == hits[1].get(name) for name in named)
    yield Figure(f"{asked.name}: topics with the same ten hits in the same order", 100 * same / len(named), "%")
    yield Figure(f"{asked.name}: nDCG@10, difference", abs(found[0] - found[1]), "", at_most=_APART)


def _by_topic(run: list[RunRow]) -> dict[str, list[str]]:
    hits: dict[str, list[str]] = {}
    for row in run:
        hits.setdefault(row.topic, []).append(row.id)
    return hits
