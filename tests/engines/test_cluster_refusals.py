"""What becomes of searches and new indexes that a cluster refuses: nodes that are gone are told from all else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.engines.opensearch import engine, state, view
from search.engines.opensearch.access import Access
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.engine import create, discard
from search.engines.opensearch.folder import read_place
from search.engines.opensearch.refusals import Missing, NodeGone, ServerFailed, TooLarge, TooMany, refusal
from search.engines.opensearch.view import View
from search.errors import ClusterUnreachable, EngineError

_ACCESS = Access(("http://localhost:9",), name="archive")
_SEARCH: dict[str, Any] = {"query": {"match_all": {}}}
_ANSWER: dict[str, Any] = {
    **{"hits": {"total": {"value": 3}}, "aggregations": {"foreign": {"doc_count": 0}}},
    "_shards": {"failed": 0},
}


class Scripted(Cluster):
    """A cluster with one index, of which all can be asked. asked: what it was asked, with the seconds for it.

    answers: from a path to what is to come of it in place of the usual.
    """

    def __init__(self) -> None:
        super().__init__(_ACCESS)
        self.asked: list[tuple[str, str, float | None]] = []
        self.answers: dict[str, Callable[[], Any]] = {}

    def ask(self, method: str, path: str, body: object = None, *, timeout: float | None = None, **_: Any) -> Any:
        self.asked.append((method, path, timeout))
        if path in self.answers:
            return self.answers[path]()
        if "/_doc/" in path:
            if method == "PUT":
                return {"_seq_no": 1, "_primary_term": 1}
            raise Missing("no such document")
        if path.endswith("/point_in_time"):
            return {"pit_id": f"point {len(self.asked)}", "_shards": {"successful": 1}}
        return {**_ANSWER, "_shards": {"failed": 0}}

    def times(self, path: str) -> int:
        return sum(asked == path for _, asked, _ in self.asked)


def raising(error: Exception) -> Callable[[], Any]:
    def fail() -> Any:
        raise error

    return fail


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    monkeypatch.setattr(view, "_WAITS", (0.0, 0.0, 0.0))
    return Scripted()


def failed(*causes: dict[str, Any], roots: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """What a cluster says of a search that failed on all parts. causes: of each part; roots: what it puts first."""
    shards = [{"shard": number, "index": "index", "reason": cause} for number, cause in enumerate(causes)]
    error = {"type": "search_phase_execution_exception", "reason": "all shards failed", "phase": "query"}
    return {"error": {**error, "grouped": True, "root_cause": list(roots), "failed_shards": shards}}


def cause(kind: str, reason: str | None = None, by: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": kind, "reason": reason, **({"caused_by": by} if by else {})}


_TOO_MANY = cause("too_many_buckets_exception", "Trying to create too many buckets. Must be less than or equal to: 9")
_ILLEGAL = cause("illegal_argument_exception", "field [x] has no doc values")
_NOT_CONNECTED = cause("node_not_connected_exception", "[node-2][10.0.0.2:9300] Node not connected")


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(failed(), id="no cause at all"),
        pytest.param({"error": {"type": "search_phase_execution_exception", "reason": None}}, id="no causes named"),
        pytest.param(failed(roots=(cause("illegal_state_exception", "no node found for id: fFaKQ"),)), id="no node"),
        pytest.param(failed(roots=(cause("no_shard_available_action_exception"),)), id="no part"),
        pytest.param(failed(_NOT_CONNECTED), id="of a part"),
        pytest.param(failed(_ILLEGAL, _NOT_CONNECTED, roots=(_ILLEGAL,)), id="of one part"),
        pytest.param(failed(cause("exception", "x" * 900, by=_NOT_CONNECTED)), id="within a long cause"),
        pytest.param({"error": {**_NOT_CONNECTED, "root_cause": [_NOT_CONNECTED]}}, id="no search"),
        pytest.param({"error": "node_closed_exception"}, id="in a word"),
    ],
)
@pytest.mark.parametrize("status", [500, 503])
def test_a_node_is_gone_where_a_cause_says_so_or_no_cause_is_told(told: dict[str, Any], status: int) -> None:
    assert isinstance(refusal(status, told, "", _ACCESS), NodeGone)


@pytest.mark.parametrize(
    ("status", "told", "kind", "reason"),
    [
        (503, failed(_TOO_MANY), ClusterUnreachable, "too many buckets"),
        (503, failed(cause("exception", "failed", by=_TOO_MANY)), ClusterUnreachable, "too many buckets"),
        (500, failed(_ILLEGAL, roots=(_ILLEGAL,)), ServerFailed, "has no doc values"),
        (400, failed(_NOT_CONNECTED), EngineError, "Node not connected"),
        (503, {"error": cause("cluster_manager_not_discovered_exception")}, ClusterUnreachable, "cluster_manager"),
        (502, "<html>", ClusterUnreachable, "bad gateway"),
    ],
)
def test_a_search_that_fails_by_itself_is_told_with_its_reason_and_no_node_is_gone(
    cluster: Scripted, status: int, told: Any, kind: type[EngineError], reason: str
) -> None:
    error = refusal(status, told, "bad gateway", _ACCESS)
    assert type(error) is kind
    seen = View(cluster, "index")
    cluster.answers["/_search"] = raising(error)
    before = len(cluster.asked)
    with pytest.raises(kind, match=reason):
        seen.ask(_SEARCH)
    assert [path for _, path, _ in cluster.asked[before:]] == ["/_search"]


def test_a_view_that_is_lost_again_and_again_is_told_with_the_reason(cluster: Scripted) -> None:
    seen = View(cluster, "index")
    lost = refusal(503, failed(_NOT_CONNECTED), "", _ACCESS)
    cluster.answers["/_search"] = raising(lost)
    with pytest.raises(ClusterUnreachable, match=r"lost again and again .*Node not connected.*: try later") as raised:
        seen.ask(_SEARCH)
    assert raised.value.__cause__ is lost


@pytest.mark.parametrize(
    "error",
    [
        ClusterUnreachable("it did not answer within 120 s"),
        refusal(503, failed(_NOT_CONNECTED), "", _ACCESS),
        TooMany("it has too much to do"),
        TooLarge("a proxy takes no request as large as this one"),
    ],
)
def test_searches_asked_at_once_are_asked_one_by_one_where_their_request_fails(
    cluster: Scripted, error: EngineError
) -> None:
    seen = View(cluster, "index")
    cluster.answers["/_msearch"] = raising(error)
    before = cluster.times("/_search")
    assert seen.ask_each([_SEARCH] * 3) == [_ANSWER] * 3
    assert (cluster.times("/_msearch"), cluster.times("/_search") - before) == (1, 3)


def test_searches_asked_at_once_have_more_time_than_one(cluster: Scripted) -> None:
    seen = View(cluster, "index")
    cluster.answers["/_msearch"] = lambda: {"responses": [_ANSWER] * 2}
    assert seen.ask_each([_SEARCH] * 2) == [_ANSWER] * 2
    assert cluster.asked[-1] == ("POST", "/_msearch", 120.0)


@pytest.fixture
def folder(cluster: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a generation, empty, of an archive on this cluster."""
    monkeypatch.setenv("KASHAF_CLUSTER", _ACCESS.place)
    monkeypatch.setattr(engine, "connect", lambda _: cluster)
    monkeypatch.setattr(engine, "opened", lambda folder: (read_place(folder), cluster))
    monkeypatch.setattr(engine, "allow_clauses", lambda _: None)
    made = tmp_path / "generations" / "1"
    made.mkdir(parents=True)
    return made


_THERE = {"error": {"root_cause": [cause("resource_already_exists_exception", "index [x/y] already exists")]}}


def test_an_index_whose_request_was_sent_twice_since_its_answer_was_lost_is_made(
    cluster: Scripted, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = cluster.ask

    def twice(method: str, path: str, body: object = None, **named: Any) -> Any:
        answer = ask(method, path, body, **named)
        if method == "PUT" and path.count("/") == 1:
            raise refusal(400, _THERE, "", _ACCESS)
        return answer

    monkeypatch.setattr(cluster, "ask", twice)
    create(folder)
    assert cluster.asked[-1][:2] == ("PUT", f"/{read_place(folder).index}")
    assert state.write(cluster, "document", {}) == (1, 1)


def test_an_index_that_was_made_without_an_answer_can_be_removed(
    cluster: Scripted, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = cluster.ask

    def unanswered(method: str, path: str, body: object = None, **named: Any) -> Any:
        answer = ask(method, path, body, **named)
        if method == "PUT":
            raise refusal("N/A", "", "", _ACCESS, late=True)
        return answer

    with monkeypatch.context() as patch, pytest.raises(ClusterUnreachable, match="did not answer"):
        patch.setattr(cluster, "ask", unanswered)
        create(folder)
    discard(folder)
    (made,) = {path for method, path, _ in cluster.asked if method == "PUT"}
    assert ("DELETE", made, None) in cluster.asked
