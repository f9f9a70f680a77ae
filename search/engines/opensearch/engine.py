"""The engine on an OpenSearch cluster: articles on other machines, searched by any number of programs.

In: the documents and clauses of `search/engines/base.py`. Out: matches. The cluster splits joined terms on white space
and analyses nothing. The folder of a generation holds one small file, which says where its index is. Called through
`search/engines/registry.py`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

from search.engines.base import (
    MOST_COUNTED,
    WRITER_MEMORY,
    Digests,
    Engine,
    Found,
    Match,
    Order,
    Stored,
    Writer,
)
from search.engines.opensearch.access import access
from search.engines.opensearch.cluster import Cluster, allow_clauses, connect, make_index, path_of
from search.engines.opensearch.commits import forget_commits
from search.engines.opensearch.copies import make_copies, missing_copies, missing_parts
from search.engines.opensearch.counting import counts, frequencies, terms
from search.engines.opensearch.folder import (
    FILE,
    damaged,
    new_place,
    opened,
    read_place,
    remembered_addresses,
    write_place,
)
from search.engines.opensearch.lock import WriterLock
from search.engines.opensearch.mapping import BINARY, index_body, length_column
from search.engines.opensearch.matching import BY_SCORE, Rows, best_rows, first_rows
from search.engines.opensearch.order import dated_rows
from search.engines.opensearch.published import forget_files, publish, require_own
from search.engines.opensearch.published import published_files as published_of
from search.engines.opensearch.published import take_over as take_over_archive
from search.engines.opensearch.queries import Query, idf, translate
from search.engines.opensearch.refusals import Missing
from search.engines.opensearch.view import LARGEST, View, is_whole
from search.engines.opensearch.writer import OpenSearchWriter, digests
from search.errors import ClusterRefused, ClusterUnreachable, IndexDamaged, KashafError, Unsupported
from search.query.clauses import Clause

__all__ = (
    "create",
    "discard",
    "files",
    "lacking",
    "open_digests",
    "open_engine",
    "open_writer",
    "prepare",
    "published",
    "published_files",
    "require_copyable",
    "size",
    "sound",
    "take_over",
    "unready",
)
_REMEMBERED: Final = 500_000  # frequencies that are kept of one open index


def create(folder: Path) -> None:
    """Makes an empty index on the cluster, and in this empty folder the file that names it."""
    chosen = access(remembered_addresses(folder))
    place, cluster = new_place(chosen), connect(chosen)
    require_own(cluster, chosen.name, folder)
    with suppress(ClusterRefused):  # whoever runs the cluster allows it: see `refusals.py`
        allow_clauses(cluster)
    write_place(folder, place)  # first: what is made without an answer can be removed
    make_index(cluster, place.index, index_body(chosen))


def open_engine(folder: Path) -> Engine:
    """Opens an index for searching, as it is now."""
    place, cluster = opened(folder)
    try:
        return OpenSearchEngine(cluster, place.index)
    except Missing as error:
        raise _gone(folder, place.index) from error


def open_writer(folder: Path, *, fresh: bool = False, memory: int = WRITER_MEMORY) -> Writer:
    """Opens an index for writing; raises IndexBusy, which names the holder, where another process writes,
    and IndexForeign where another directory wrote the archive last."""
    place, cluster = opened(folder)
    try:
        return OpenSearchWriter(cluster, place, folder, fresh=fresh, memory=memory)
    except Missing as error:
        raise _gone(folder, place.index) from error


def open_digests(folder: Path) -> Digests:
    """Opens an index for looking up digests."""
    place, cluster = opened(folder)
    try:
        return partial(digests, View(cluster, place.index))
    except Missing as error:
        raise _gone(folder, place.index) from error


def files(folder: Path) -> Mapping[str, bool]:
    """See `search.engines.base.Backend.files`: the file that names the index."""
    read_place(folder)
    return {FILE: True}


def sound(folder: Path, name: str) -> bool | None:
    """See `search.engines.base.Backend.sound`."""
    try:
        read_place(folder)
    except IndexDamaged:
        return False
    return True


def prepare(folder: Path) -> None:
    """Gives the index the replicas and the refreshes that it was loaded without, and waits for the copies."""
    place, cluster = opened(folder)
    make_copies(cluster, place.index)


def lacking(folder: Path) -> str | None:
    """See `search.engines.base.Elsewhere.lacking`."""
    place, cluster = opened(folder)
    return missing_copies(cluster, place.index)


def published(folder: Path, files: Mapping[str, bytes]) -> None:
    """Has the alias lead to this index, in one step, and stores the files for programs on other machines."""
    place, cluster = opened(folder)
    publish(cluster, place, folder, files)


def take_over(folder: Path) -> None:
    """See `search.engines.base.Elsewhere.take_over`."""
    chosen = access(remembered_addresses(folder))
    cluster = connect(chosen)
    with closing(WriterLock(cluster, chosen.name)):
        take_over_archive(cluster, chosen.name, folder)


def published_files(known: str) -> tuple[str, Mapping[str, bytes]] | None:
    """See `search.engines.base.Elsewhere.published_files`."""
    chosen = access()
    return published_of(connect(chosen), chosen.name, known)


def size(folder: Path) -> int:
    """See `search.engines.base.Elsewhere.size`."""
    place, cluster = opened(folder)
    found = cluster.ask("GET", path_of(place.index, "_stats", "store"))
    return int(found["_all"]["primaries"]["store"]["size_in_bytes"])


def discard(folder: Path) -> None:
    """Removes the index from the cluster, if the folder names one."""
    try:
        place, cluster = opened(folder)
    except IndexDamaged:
        return
    with suppress(Missing):
        cluster.ask("DELETE", path_of(place.index))
    forget_commits(cluster, place.index)
    forget_files(cluster, place.name, folder)


def unready(folder: Path) -> str | None:
    """See `search.engines.base.Backend.unready`."""
    try:
        place, cluster = opened(folder)
        return missing_parts(cluster, place.index)
    except (Missing, IndexDamaged):
        return "the index is not on the cluster"
    except ClusterUnreachable:
        return "the cluster cannot be reached"
    except KashafError:
        return "the cluster refuses to tell its health"


def require_copyable(folder: Path) -> None:
    """See `search.engines.base.Backend.require_copyable`."""
    place = read_place(folder)
    raise Unsupported(
        f"the articles of this index are on a cluster ({', '.join(place.addresses)}), not in files: back them up "
        f"there, with a snapshot of the indices {place.name}* and kashaf-state (docs/cluster.md)"
    )


class OpenSearchEngine:
    """See `search.engines.base.Engine`. A ref is the article's id."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._view = View(cluster, index)
        self._frequencies: dict[tuple[str, str], int] = {}
        self._means: dict[str, float] = {}
        self._lock = Lock()

    @property
    def documents(self) -> int:
        return self._view.documents

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        query = self._translated(clause)
        if limit < 1:
            return Found(self._view.count(query) if total else -1, ())
        if order is Order.RELEVANCE:
            found = first_rows(self._view, query, limit, BY_SCORE, total=total)
        else:
            found = dated_rows(self._view, query, limit, order, total=total)
        return _found(found, scored=order is Order.RELEVANCE)

    def search_each(self, clauses: Sequence[Clause], *, limit: int) -> list[Found]:
        """See `search.engines.base.SearchesAtOnce`."""
        rows = best_rows(self._view, [self._translated(clause) for clause in clauses], limit)
        return [_found(Rows(-1, each), scored=True) for each in rows]

    def load(self, refs: Sequence[object]) -> list[Stored]:
        ids = cast("Sequence[str]", refs)
        kept: dict[str, Stored] = {}
        for start in range(0, len(ids), LARGEST):
            asked = list(dict.fromkeys(ids[start : start + LARGEST]))
            body = {"query": {"terms": {"id": asked}}, "size": len(asked), "track_total_hits": False}
            for hit in self._view.ask({**body, "_source": ["id", "raw", BINARY]})["hits"]["hits"]:
                stored = _stored(hit["_source"])
                kept[stored.id] = stored
        try:
            return [kept[id] for id in ids]
        except KeyError as error:
            raise ClusterUnreachable(f"article {error} was removed since it was found: search again") from error

    def ids(self, refs: Sequence[object]) -> list[str]:
        return list(cast("Sequence[str]", refs))

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        return counts(self._view, self._translated(clause), fields, limit=limit, least=least)

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        return terms(self._view, field, prefix, limit)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        known = self._frequencies
        found = {text: known.get((field, text)) for text in dict.fromkeys(texts)}
        unknown = [text for text, count in found.items() if count is None]
        counts, whole = frequencies(self._view, field, unknown)
        counted = dict(zip(unknown, counts, strict=True))
        with self._lock:
            if len(known) > _REMEMBERED:
                known.clear()
            if whole:
                known.update(((field, text), count) for text, count in counted.items())
        return [counted[text] if text in counted else found[text] or 0 for text in texts]

    def _translated(self, clause: Clause) -> Query:
        return translate(clause, self)

    def mean_length(self, field: str) -> float:
        """See `search.engines.opensearch.queries.Statistics`."""
        if field not in self._means:
            request = {"mean": {"avg": {"field": length_column(field)}}}
            answer = self._view.ask({"size": 0, "track_total_hits": False, "aggs": request})
            mean = float(answer["aggregations"]["mean"]["value"] or 1.0)
            if not is_whole(answer):
                return mean
            self._means[field] = mean
        return self._means[field]

    def rarity(self, field: str, texts: Sequence[str]) -> list[float]:
        """See `search.engines.opensearch.queries.Statistics`."""
        return [idf(count, self.documents) for count in self.frequencies(field, texts)]


def _found(rows: Rows, *, scored: bool) -> Found:
    matches = tuple(Match(row.id, max(0.0, row.score) if scored else 0.0, row.group) for row in rows.rows)
    return Found(rows.total, matches)


def _stored(source: dict[str, Any]) -> Stored:
    raw = source["raw"].encode() if "raw" in source else base64.b64decode(source[BINARY])
    return Stored(source["id"], raw)


def _gone(folder: Path, index: str) -> IndexDamaged:
    return damaged(folder, f"index {index} is not on the cluster")
