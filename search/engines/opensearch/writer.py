"""Writes an index on a cluster: articles are sent while others are read and analysed, and seen once they are committed.

In: documents. Out: commits, as `commits.py` explains them. Made by `engine.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

from search.engines.base import Document
from search.engines.opensearch.bulk import Bulk, Rejected
from search.engines.opensearch.cluster import Cluster, path_of
from search.engines.opensearch.commits import Turn
from search.engines.opensearch.folder import Place
from search.engines.opensearch.lock import WriterLock
from search.engines.opensearch.mapping import SINCE, as_sent, document_id, index_term
from search.engines.opensearch.published import require_own
from search.engines.opensearch.view import LARGEST, View
from search.errors import EngineError

_WAITING_SHARE: Final = 0.4  # of a writer's memory: for requests that are under way, and their answers
_AT_ONCE: Final = 5_000  # ids that one request asks for
_REFRESH_SECONDS: Final = 300.0
_WHOLE: Final = {"allow_partial_search_results": "false"}  # what a part was sent that is missing must not come back


class OpenSearchWriter:
    """See `search.engines.base.Writer`. folder: of the generation, in the index directory that writes the archive.

    Raises IndexBusy, and IndexForeign: whose the archive is stays as it is from the moment that the lock is taken.
    """

    def __init__(self, cluster: Cluster, place: Place, folder: Path, *, fresh: bool, memory: int) -> None:
        self._cluster = cluster
        self._index = place.index
        self._lock = WriterLock(cluster, place.name)
        self._closed = False
        try:
            require_own(cluster, place.name, folder)
            self._bulk = Bulk(cluster, place.index, most=int(memory * _WAITING_SHARE))
            self._turn = Turn(cluster, place.index)
            if not fresh:
                self._remove_leftovers()
            self._view = View(cluster, place.index)
        except BaseException:
            self._lock.release()
            raise
        self._sent: set[str] = set()  # ids of the articles that were sent since the last commit, and taken
        self._unanswered: set[str] = set()  # ids of those of which the answer may not have come yet
        self._kept: set[str] = set()  # ids of those that were put or deleted before they were put again
        self._is_unused = True  # nothing was sent under the number of this turn
        self._rejected: list[Rejected] = []
        self._replaced: set[str] = set()  # ids of which the committed version is replaced or deleted

    def put(self, document: Document) -> None:
        self._check_open()
        if document.id in self._sent:
            if document.id in self._unanswered:
                self._finish()  # two requests under way have no order
            self._note_rejected()
        if document.id in self._sent or document.id in self._replaced:
            self._kept.add(document.id)
        if self._turn.last.number:
            self._replaced.add(document.id)
        self._send(document)

    def add(self, document: Document) -> None:
        self._check_open()
        self._send(document)

    def delete(self, id: str) -> None:
        self._check_open()
        if id in self._sent:
            self._finish()
            self._sent.discard(id)
            self._bulk.delete(id, document_id(id, self._turn.number))
            self._finish()
        if self._turn.last.number:
            self._replaced.add(id)

    def digests(self, ids: Iterable[str]) -> dict[str, int]:
        return digests(self._view, ids)

    def commit(self) -> None:
        self._check_open()
        self._finish()
        self._note_rejected()
        self._lock.check()
        if not self._sent and not self._replaced:
            return
        superseded = [name for _, name in versions(self._view, self._replaced)] if self._replaced else []
        refresh(self._cluster, self._index)
        self._turn.commit(superseded)
        self._is_unused = True
        self._remove(superseded)
        self._turn.note_removed()
        for noted in (self._sent, self._replaced, self._kept):
            noted.clear()
        self._view = View(self._cluster, self._index)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        try:
            self._bulk.close()
            if self._is_unused:
                with suppress(EngineError):  # then nobody gets it
                    self._turn.give_back()
            else:
                refresh(self._cluster, self._index)
                self._remove(_names(self._cluster, self._index, self._turn.own))
        finally:
            self._lock.release()

    def take_rejected(self) -> list[tuple[str, str]]:
        """See `search.engines.base.Writer.take_rejected`."""
        self._note_rejected()
        rejected, self._rejected = self._rejected, []
        return [(each.article, each.reason) for each in rejected]

    def _finish(self) -> None:
        """Return when all that was sent is answered."""
        self._bulk.finish()
        self._unanswered.clear()

    def _note_rejected(self) -> None:
        for each in self._bulk.take_rejected():
            if each.article not in self._kept:  # the version before stays
                self._replaced.discard(each.article)
                self._sent.discard(each.article)
            self._rejected.append(each)

    def _send(self, document: Document) -> None:
        number = self._turn.number
        self._is_unused = False
        self._sent.add(document.id)
        self._unanswered.add(document.id)
        self._bulk.index(document.id, document_id(document.id, number), as_sent(document, number))

    def _check_open(self) -> None:
        if self._closed:
            raise EngineError(f"the writer of {self._index} is closed: open another")

    def _remove_leftovers(self) -> None:
        """Remove what a run sent and did not commit, and what it superseded and did not remove."""
        refresh(self._cluster, self._index)
        self._remove([*self._turn.last.superseded, *_names(self._cluster, self._index, self._turn.before)])
        self._turn.note_removed()

    def _remove(self, names: Sequence[str]) -> None:
        """Remove what the cluster has under these names."""
        if not names:
            return
        bulk = Bulk(self._cluster, self._index, most=0)
        try:
            for name in names:
                bulk.remove(name)
            bulk.finish()
        finally:
            bulk.close()
        for kept in bulk.take_rejected():
            raise EngineError(f"the cluster does not remove a version that was replaced ({kept.reason})")
        refresh(self._cluster, self._index)


def refresh(cluster: Cluster, index: str) -> None:
    """Make durable and visible what the index was sent. Raises EngineError where a shard did neither."""
    for step in ("_flush", "_refresh"):
        answer = cluster.ask("POST", path_of(index, step), timeout=_REFRESH_SECONDS)
        if answer["_shards"]["failed"]:
            raise EngineError(f"the index {index} could not be committed on all shards: look at GET _cluster/health")


def digests(view: View, ids: Iterable[str]) -> dict[str, int]:
    """Return the digests of those of these articles that the view has."""
    found: dict[str, int] = {}
    for part in _parts(ids):
        by_term = {index_term("id", id): id for id in part}
        for fields in _columns(view, {"terms": {"id": list(by_term)}}, ["id", "digest"]):
            found[by_term[fields["id"][0]]] = fields["digest"][0]
    return found


def versions(view: View, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give for each version of these articles that the view has the id, and the cluster's name of it."""
    for part in _parts(ids):
        for fields in _columns(view, {"terms": {"id": [index_term("id", id) for id in part]}}, ["id", SINCE]):
            id = fields["id"][0]
            yield id, document_id(id, fields[SINCE][0])


def _names(cluster: Cluster, index: str, query: dict[str, Any]) -> list[str]:
    """The cluster's names of the versions that match."""
    names: list[str] = []
    sort = [{"id_number": "asc"}]
    body: dict[str, Any] = {"query": query, "size": LARGEST, "sort": sort, "track_total_hits": False}
    body |= {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id", SINCE]}
    while True:
        hits = cluster.ask("POST", path_of(index, "_search"), body, params=_WHOLE)["hits"]["hits"]
        names += [document_id(hit["fields"]["id"][0], hit["fields"][SINCE][0]) for hit in hits]
        if len(hits) < LARGEST:
            return names
        body["search_after"] = hits[-1]["sort"]


def _columns(view: View, query: dict[str, Any], names: list[str]) -> Iterator[dict[str, list[Any]]]:
    body = {"query": query, "size": LARGEST, "_source": False, "stored_fields": "_none_", "docvalue_fields": names}
    for hit in view.ask({**body, "track_total_hits": False})["hits"]["hits"]:
        yield hit["fields"]


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    rows = iter(ids)
    while part := list(islice(rows, _AT_ONCE)):
        yield part
