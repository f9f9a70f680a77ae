"""An index as it was at its last commit: every question to an open engine is asked of this view.

In: an index of the cluster. Out: the answers to searches, all of the same state: the view is a point in time, which the
cluster keeps while it is asked for. If the cluster has lost it, because a node stopped or nobody asked for a quarter of
an hour, it is taken anew. Made by `engine.py`, which opens it; called by all modules that search.
"""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from math import ceil
from threading import Lock
from typing import Any, Final

from search import unanswered
from search.engines.opensearch.cluster import Cluster, path_of
from search.engines.opensearch.commits import Commit, last_commit
from search.engines.opensearch.queries import Query
from search.engines.opensearch.refusals import Missing
from search.errors import ClusterIncomplete, ClusterUnreachable, EngineError, IndexBusy

_KEPT: Final = "15m"  # that the cluster keeps the view after each question
_LOOKS: Final = 20
LARGEST: Final = 10_000  # matches of one answer
_EVERYTHING: Final[Query] = {"match_all": {}}


class View:
    """The view of one index. Safe to use from several threads.

    documents  how many articles it has
    shards     in how many parts the cluster has them
    """

    def __init__(self, cluster: Cluster, index: str) -> None:
        self.cluster = cluster
        self._index = index
        self._lock = Lock()
        _drop_abandoned(cluster)
        self._commit, self._point, self.shards = self._consistent()
        self._finalizer = weakref.finalize(self, _abandoned.append, (cluster, self._point))
        self._unwanted: list[Query] = []
        self.documents = self._count()

    def ask(self, body: dict[str, Any], *, scored: bool = False) -> dict[str, Any]:
        """Return the answer to a search of this view.

        scored: scores are computed with the statistics of all shards. Raises ClusterIncomplete if a part of the index
        does not answer, unless `search/unanswered.py` tolerates that; then `is_whole` tells it of the answer.
        """
        body = {"query": self._narrowed(body.get("query")), **{k: v for k, v in body.items() if k != "query"}}
        answer = self._search(body, self._point, scored)
        if answer is None or not is_whole(answer):
            self._reopen(self._point)
            answer = self._search(body, self._point, scored) or answer
        if answer is None:
            raise ClusterUnreachable(f"the view of {self._index} was lost again and again: try later")
        if missing := _unanswered(answer):
            if not unanswered.tolerates():
                raise ClusterIncomplete(
                    f"{missing} of {self.shards} parts of the index {self._index} do not answer: "
                    "look at the health of the cluster with GET _cluster/health"
                )
            unanswered.note(missing)
        return answer

    def count(self, query: Query) -> int:
        """Return how many articles match."""
        found = self.ask({"query": query, "size": 0, "track_total_hits": True})
        return int(found["hits"]["total"]["value"])

    def _search(self, body: dict[str, Any], point: str, scored: bool) -> dict[str, Any] | None:
        """The answer; None if the cluster does not know the view any more."""
        limit = f"{ceil(self.cluster.access.timeout * 900)}ms"  # before the request itself is given up
        request = {"pit": {"id": point, "keep_alive": _KEPT}, "timeout": limit, **body}
        params = {"search_type": "dfs_query_then_fetch"} if scored and self.shards > 1 else None
        try:
            answer: dict[str, Any] = self.cluster.ask("POST", "/_search", request, params=params)
        except Missing:
            return None
        return answer

    def _narrowed(self, query: Query | None) -> Query:
        query = query or _EVERYTHING
        return {"bool": {"must": [query], "must_not": self._unwanted}} if self._unwanted else query

    def _count(self) -> int:
        """The articles of the commit; from now on what does not belong to it is left out, if there is anything."""
        commit = self._commit
        self._unwanted = [{"ids": {"values": list(commit.superseded)}}] if commit.superseded else []
        later = {"later": {"filter": commit.later}}
        found = self.ask({"size": 0, "track_total_hits": True, "aggs": later})
        count, uncommitted = int(found["hits"]["total"]["value"]), found["aggregations"]["later"]["doc_count"]
        if uncommitted:
            self._unwanted.append(commit.later)
        return count - int(uncommitted)

    def _consistent(self) -> tuple[Commit, str, int]:
        """The last commit, and a point in time at which it was the last."""
        for _ in range(_LOOKS):
            commit = last_commit(self.cluster, self._index)
            point, shards = self._open_point()
            if last_commit(self.cluster, self._index) == commit:
                return commit, point, shards
            _close(self.cluster, [point])
        raise IndexBusy(f"index {self._index} is committed again and again: try later")

    def _open_point(self) -> tuple[str, int]:
        path = path_of(self._index, "_search", "point_in_time")
        found = self.cluster.ask("POST", path, params={"keep_alive": _KEPT})
        return found["pit_id"], found["_shards"]["total"]

    def _reopen(self, lost: str) -> None:
        """Take the view anew, unless another thread did. What was committed since is left out, what it removed is
        gone: whoever follows the index opens it again soon."""
        with self._lock:
            if self._point != lost:
                return
            _abandoned.append((self.cluster, lost))
            self._point, _ = self._open_point()
            self._finalizer.detach()
            self._finalizer = weakref.finalize(self, _abandoned.append, (self.cluster, self._point))
            if self._commit.later not in self._unwanted:
                self._unwanted = [*self._unwanted, self._commit.later]


def _unanswered(answer: dict[str, Any]) -> int:
    """How many shards did not answer, or not in time."""
    return max(int(answer["_shards"]["failed"]), int(bool(answer.get("timed_out"))))


def is_whole(answer: dict[str, Any]) -> bool:
    """Return whether all parts of the index answered, and in time."""
    return not _unanswered(answer)


# Views that nobody uses any more, with their clusters. A cluster keeps few at once, so they are given back soon.
_abandoned: deque[tuple[Cluster, str]] = deque()


def _drop_abandoned(cluster: Cluster) -> None:
    points: list[str] = []
    for _ in range(len(_abandoned)):
        with suppress(IndexError):
            owner, point = _abandoned.popleft()
            if owner is cluster:
                points.append(point)
    if points:
        _close(cluster, points)


def _close(cluster: Cluster, points: Sequence[str]) -> None:
    with suppress(EngineError):
        cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": list(points)})
