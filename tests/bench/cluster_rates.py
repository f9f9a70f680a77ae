"""python -m tests.bench cluster_rates [--rows N]: one node, 86,668 articles: the rate of indexing, and first pages.

The rate of `kashaf index` stands beside that of the plain bulk of opensearch-py, which sends the same documents when
they are prepared already: both times are those of the processors that node and programs take together, since a machine
that runs both is what they share. The rate by the clock stands beside it: the plain bulk sends one request after
another, from one process. First pages have snippets and facets; each query is asked twice, the second counts.
--rows N reads the first N articles of each of three files.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from opensearchpy import OpenSearch, helpers

from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article
from search.engines.opensearch.access import access
from search.engines.opensearch.mapping import as_sent, document_id, index_body
from search.engines.registry import DEFAULT, backend
from search.index.directory import IndexDirectory
from search.index.documents import analyse_articles, assemble_document
from search.pages.records import SearchRequest
from search.query.clauses import Everything
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure, percentile
from tests.bench.places import NEWS, first_rows, index_of, topics, two_words
from tests.bench.processes import kashaf, processor_seconds
from tests.opensearch.node import Node
from tests.opensearch.nodes import AS_SHIPPED, Cluster

_BATCH: Final = 500
_PREPARED: Final = 4_000  # articles that are prepared before they are sent: they take 150 MB
_BYTES: Final = 5_000_000
_QUERIES: Final = 200
_SECONDS: Final = 600  # that a request may take, on a machine that does other things too


def measure(rows: int) -> Iterator[Figure]:
    """Rates and times. Raises where articles are missing."""
    sources = [first_rows(source, rows) for source in NEWS]
    with ExitStack() as ended:
        folder = Path(ended.enter_context(TemporaryDirectory()))
        cluster = ended.enter_context(Cluster(1, memory="700m", options=AS_SHIPPED))
        os.environ |= {
            "KASHAF_CLUSTER": ",".join(cluster.addresses),
            "KASHAF_CLUSTER_REPLICAS": "0",
            "KASHAF_CLUSTER_TIMEOUT": str(_SECONDS),
        }
        (node,) = cluster.nodes
        plain = _plain_bulk(node, rows)
        before = processor_seconds(node.pid)
        ran = kashaf("index", "--json", "--engine", "opensearch", "--index", folder / "cluster", *sources)
        ours = processor_seconds(node.pid) - before + ran.cpu
        assert json.loads(ran.printed)["articles"] == plain.articles
        yield Figure("plain bulk, articles a second of processors", plain.articles / plain.processors, "/s")
        yield Figure("kashaf index, articles a second of processors", plain.articles / ours, "/s")
        yield Figure("kashaf index : plain bulk, rate", plain.processors / ours, at_least=0.7)
        yield Figure("kashaf index : plain bulk, rate by the clock", plain.clock / ran.seconds)
        yield from _first_pages(folder / "cluster")


class _Plain(NamedTuple):
    """What a plain bulk of so many articles takes without what prepares it: seconds of processors, and by the clock."""

    processors: float
    clock: float
    articles: int


def _plain_bulk(node: Node, rows: int) -> _Plain:
    documents = _prepared(index_of(NEWS, rows))
    client = OpenSearch([node.address], timeout=_SECONDS)
    client.indices.create(index="plain", body=index_body(access()))
    before, own, clock, sent = processor_seconds(node.pid), 0.0, 0.0, 0
    while part := list(islice(documents, _PREPARED)):
        began, started = _own_seconds(), time.perf_counter()
        sent += helpers.bulk(client, iter(part), max_chunk_bytes=_BYTES, chunk_size=10_000)[0]
        own += _own_seconds() - began
        clock += time.perf_counter() - started
    started = time.perf_counter()
    client.indices.flush(index="plain")
    client.indices.refresh(index="plain")
    plain = _Plain(processor_seconds(node.pid) - before + own, clock + time.perf_counter() - started, sent)
    client.indices.delete(index="plain")
    return plain


def _prepared(index: Path) -> Iterator[dict[str, Any]]:
    """The articles of this index as the engine sends them, for opensearch-py."""
    manifest = IndexDirectory(index).read()
    engine = backend(DEFAULT).open_engine(IndexDirectory(index).generation(manifest.generation))
    refs = iter([match.ref for match in engine.search(Everything(), limit=engine.documents, total=False).matches])
    analyzer = BatchAnalyzer(Analyzer.default("bundled"))
    while part := engine.load(list(islice(refs, _BATCH))):
        found = analyse_articles([decode_article(stored.raw) for stored in part], analyzer)
        for stored, analysed in zip(part, found, strict=True):
            document = assemble_document(stored.id, analysed, raw=stored.raw, digest=1)
            yield {"_index": "plain", "_id": document_id(stored.id, 1), "_source": as_sent(document, 1)}


def _first_pages(index: Path) -> Iterator[Figure]:
    service = SearchService.open(Settings(index=index))
    service.index.warm()
    queries = [two_words(topic.query) for topic in topics()[:_QUERIES]]
    taken: list[float] = []
    for query in queries:
        for _ in range(2):
            started = time.perf_counter()
            service.search(SearchRequest(query))
            last = (time.perf_counter() - started) * 1000
        taken.append(last)
    yield Figure("first page, median", median(taken), "ms", at_most=30)
    yield Figure("first page, 95th percentile", percentile(taken, 0.95), "ms")


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
