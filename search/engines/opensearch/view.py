"""An index as it was at its last commit: every question to an open engine is asked of this view.

In: an index of the cluster. Out: the answers to searches, all of the same state: the view is a point in time, which the
cluster keeps while it is asked for. If the cluster has lost it, because a node stopped or nobody asked for half a
minute, it is taken anew: with a node go the views of what lay on it, though other nodes have the same. Made by
`engine.py`, which opens it; called by all modules that search.
"""

from __future__ import annotations

import atexit
import os
import weakref
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil, inf
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final

import msgspec

from search import unanswered
from search.engines.opensearch.cluster import LONG_REQUEST, NDJSON, Cluster, path_of
from search.engines.opensearch.commits import Commit, last_commit
from search.engines.opensearch.queries import Query
from search.engines.opensearch.refusals import Missing, NodeGone, TooLarge
from search.errors import ClusterIncomplete, ClusterUnreachable, EngineError, IndexBusy

# How long the cluster keeps the view after each question. No longer: a node that was cut off and is back can take up a
# part again only when no view of before is left on it.
_KEPT: Final = "30s"
_LOOKS: Final = 20
_PAUSE: Final = 1.0  # seconds for which a part that does not answer is not looked for again
_WAITS: Final = (0.0, 0.3, 1.0)  # seconds before a lost view is taken anew: a cluster notices soon that a node is gone
_LAST_SECONDS: Final = 2.0  # that the end of a process waits for a cluster
_LOST: Final = (Missing, NodeGone)  # what a search of a view raises that no node knows any more
LARGEST: Final = 10_000  # matches of one answer
_OF_EACH: Final = b"{}"  # shard its statistics: the header of one of several searches
_OF_ALL: Final = b'{"search_type":"dfs_query_then_fetch"}'
_encode = msgspec.json.Encoder().encode
_EVERYTHING: Final[Query] = {"match_all": {}}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is asked: the cluster's name of a point in time, and what of it does not belong to the commit.

    missing: how many parts of the index are not in it, since they were on no node when it was taken.
    """

    point: str
    unwanted: tuple[Query, ...]
    missing: int = 0

    def narrowed(self, query: Query | None) -> Query:
        query = query or _EVERYTHING
        return {"bool": {"must": [query], "must_not": list(self.unwanted)}} if self.unwanted else query


class View:
    """The view of one index. Safe to use from several threads.

    documents  how many articles it has
    shards     in how many parts the cluster has them
    """

    def __init__(self, cluster: Cluster, index: str) -> None:
        self.cluster = cluster
        self._index = index
        self._lock = Lock()
        self._reopened = -inf  # when the view was taken anew last
        _drop_abandoned(cluster)
        self._commit, point, self.shards, missing = self._consistent()
        superseded = self._commit.superseded
        self._process = os.getpid()  # a process that this one forks has the view too, and must not give it back
        self._finalizer = weakref.finalize(self, _abandon, self._process, cluster, point)
        self._seen = _Seen(point, ({"ids": {"values": list(superseded)}},) if superseded else (), missing)
        _open_views.add(self)
        self.documents = self._count()

    def ask(self, body: dict[str, Any], *, scored: bool = False) -> dict[str, Any]:
        """Return the answer to a search of this view.

        scored: scores are computed with the statistics of all shards. Raises ClusterIncomplete if a part of the index
        does not answer, unless `search/unanswered.py` tolerates that; then `is_whole` tells it of the answer.
        """
        seen = self._seen
        if seen.missing:  # they may be back
            seen = self._reopen(seen, hurry=False)
        try:
            answer = self._search(body, seen, scored)
        except _LOST as error:
            answer = self._search_anew(body, seen, scored, error)
        if answer["_shards"]["failed"]:  # where only the time ran out, asking again takes it twice
            again = self._reopen(seen, hurry=False)
            if again is not seen:
                with suppress(*_LOST):
                    answer = self._search(body, again, scored)
        if missing := _unanswered(answer):
            if not unanswered.tolerates():
                raise ClusterIncomplete(
                    f"{missing} of {self.shards} parts of the index {self._index} do not answer: "
                    "look at the health of the cluster with GET _cluster/health"
                )
            unanswered.note(missing)
        return answer

    def ask_each(self, bodies: Sequence[dict[str, Any]], *, scored: bool = False) -> list[dict[str, Any]]:
        """Return the answer to each of these searches, asked in one request, or each by itself where that fails.

        See `ask`. The request may take longer than one search, which has a time of its own.
        """
        seen = self._seen
        if seen.missing or not bodies:
            return [self.ask(body, scored=scored) for body in bodies]
        header = _OF_ALL if scored and self.shards > 1 else _OF_EACH
        lines = b"".join(b"%s\n%s\n" % (header, _encode(self._request(body, seen))) for body in bodies)
        limit = max(LONG_REQUEST, self.cluster.access.timeout)
        try:
            answers = self.cluster.ask("POST", "/_msearch", lines, headers=NDJSON, timeout=limit)["responses"]
        except (ClusterUnreachable, TooLarge):
            return [self.ask(body, scored=scored) for body in bodies]
        return [
            answer if "error" not in answer and is_whole(answer) else self.ask(body, scored=scored)
            for body, answer in zip(bodies, answers, strict=True)
        ]

    def count(self, query: Query) -> int:
        """Return how many articles match."""
        found = self.ask({"query": query, "size": 0, "track_total_hits": True})
        return int(found["hits"]["total"]["value"])

    def _search_anew(self, body: dict[str, Any], lost: _Seen, scored: bool, why: EngineError) -> dict[str, Any]:
        """The answer of a view in place of the lost one. why: how the cluster said that it is lost."""
        for tries, wait in enumerate(_WAITS, start=1):
            sleep(wait)
            try:
                lost = self._reopen(lost, hurry=True)
                return self._search(body, lost, scored)
            except ClusterIncomplete:
                if tries == len(_WAITS):
                    raise
            except _LOST as error:
                why = error
        raise ClusterUnreachable(f"the view of {self._index} was lost again and again ({why}): try later") from why

    def _search(self, body: dict[str, Any], seen: _Seen, scored: bool) -> dict[str, Any]:
        """The answer, in which what the view lacks counts as unanswered. Raises `_LOST` if no node knows the view any
        more."""
        request = self._request(body, seen)
        params = {"search_type": "dfs_query_then_fetch"} if scored and self.shards > 1 else None
        answer: dict[str, Any] = self.cluster.ask("POST", "/_search", request, params=params)
        answer["_shards"]["failed"] = max(seen.missing, int(answer["_shards"]["failed"]))
        return answer

    def _request(self, body: dict[str, Any], seen: _Seen) -> dict[str, Any]:
        limit = f"{ceil(self.cluster.access.timeout * 900)}ms"  # before the request itself is given up
        point = {"id": seen.point, "keep_alive": _KEPT}
        return {**body, "query": seen.narrowed(body.get("query")), "timeout": limit, "pit": point}

    def _count(self) -> int:
        """The articles of the commit; from now on what does not belong to it is left out, if there is anything."""
        foreign = {"foreign": {"filter": self._commit.foreign}}
        found = self.ask({"size": 0, "track_total_hits": True, "aggs": foreign})
        count, uncommitted = int(found["hits"]["total"]["value"]), found["aggregations"]["foreign"]["doc_count"]
        if uncommitted:
            self._leave_out_foreign()
        return count - int(uncommitted)

    def _leave_out_foreign(self) -> None:
        if self._commit.foreign not in self._seen.unwanted:
            self._seen = replace(self._seen, unwanted=(*self._seen.unwanted, self._commit.foreign))

    def _consistent(self) -> tuple[Commit, str, int, int]:
        """The last commit, a point in time at which it was the last, of how many parts, and how many it lacks."""
        for _ in range(_LOOKS):
            commit = last_commit(self.cluster, self._index)
            point, shards, missing = self._first_point()
            if last_commit(self.cluster, self._index) == commit:
                return commit, point, shards, missing
            _close(self.cluster, [point])
        raise IndexBusy(f"index {self._index} is committed again and again: try later")

    def _open_point(self, *, partial: bool = False) -> tuple[str, int]:
        """A point in time of the index, and of how many parts. Raises ClusterIncomplete if one is missing and may not
        be (`partial`)."""
        path = path_of(self._index, "_search", "point_in_time")
        params = {"keep_alive": _KEPT, "allow_partial_pit_creation": str(partial).lower()}
        try:
            found = self.cluster.ask("POST", path, params=params)
        except (ClusterUnreachable, Missing) as error:
            if isinstance(error, Missing) and "no such index" in str(error):
                raise
            raise ClusterIncomplete(f"a part of the index {self._index} is on no node ({error})") from error
        return found["pit_id"], found["_shards"]["successful"]

    def _first_point(self) -> tuple[str, int, int]:
        """A point in time, how many parts the index has, and how many it lacks, if that is tolerated."""
        try:
            point, shards = self._open_point()
            return point, shards, 0
        except ClusterIncomplete:
            if not unanswered.tolerates():
                raise
        point, parts = self._open_point(partial=True)
        found = self.cluster.ask(
            "GET", path_of(self._index, "_settings"), params={"flat_settings": "true", "local": "true"}
        )
        shards = max(int(each["settings"]["index.number_of_shards"]) for each in found.values())
        return point, shards, max(1, shards - parts)

    def _taken_anew(self) -> tuple[str, int]:
        """A point in time, and how many parts it lacks, if that is tolerated."""
        try:
            point, _, missing = self._first_point()
            return point, missing
        except Missing as error:
            raise ClusterUnreachable(
                f"the index {self._index} was removed from the cluster while it was searched: search again"
            ) from error

    def _reopen(self, lost: _Seen, *, hurry: bool) -> _Seen:
        """Take the view anew, unless another thread did; not `hurry`: nor if that was done a moment ago.

        What was committed since is left out, what that removed is gone: whoever follows the index opens it again soon.
        """
        with self._lock:
            if self._seen.point != lost.point or (not hurry and monotonic() - self._reopened < _PAUSE):
                return self._seen
            self._reopened = monotonic()
            point, missing = self._taken_anew()
            _abandon(self._process, self.cluster, lost.point)
            self._finalizer.detach()
            self._process = os.getpid()
            self._finalizer = weakref.finalize(self, _abandon, self._process, self.cluster, point)
            foreign = self._commit.foreign
            unwanted = lost.unwanted if foreign in lost.unwanted else (*lost.unwanted, foreign)
            self._seen = _Seen(point, unwanted, missing)  # all at once, for threads that ask meanwhile
            return self._seen


def _unanswered(answer: dict[str, Any]) -> int:
    """How many shards did not answer, or not in time."""
    return max(int(answer["_shards"]["failed"]), int(bool(answer.get("timed_out"))))


def is_whole(answer: dict[str, Any]) -> bool:
    """Return whether all parts of the index answered, and in time."""
    return not _unanswered(answer)


# Views that nobody uses any more, with their clusters. A cluster keeps few at once, so they are given back soon.
_abandoned: deque[tuple[Cluster, str]] = deque()
_open_views: weakref.WeakSet[View] = weakref.WeakSet()


def _abandon(process: int, cluster: Cluster, point: str) -> None:
    """Have this point in time given back soon, if it is this process that took it."""
    if process == os.getpid():
        _abandoned.append((cluster, point))


def _drop_abandoned(cluster: Cluster) -> None:
    points: list[str] = []
    for _ in range(len(_abandoned)):
        with suppress(IndexError):
            owner, point = _abandoned.popleft()
            if owner is cluster:
                points.append(point)
            else:
                _abandoned.append((owner, point))
    if points:
        _close(cluster, points)


@atexit.register
def _give_back() -> None:
    """Give back what this process took: a cluster keeps few views at once, and each hinders a node that comes back."""
    for view in list(_open_views):
        _abandon(view._process, view.cluster, view._seen.point)
    points: dict[Cluster, set[str]] = {}
    while _abandoned:
        cluster, point = _abandoned.popleft()
        points.setdefault(cluster, set()).add(point)
    for cluster, own in points.items():
        _close(cluster, sorted(own), timeout=_LAST_SECONDS)


def _close(cluster: Cluster, points: Sequence[str], timeout: float | None = None) -> None:
    with suppress(EngineError):
        cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": list(points)}, timeout=timeout)
