"""A swap waits for the copies of an index that are being made, for no others, and says which are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Any

import pytest

from search.engines.opensearch.access import Access
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.copies import make_copies, missing_copies, missing_parts
from search.engines.opensearch.refusals import Missing, refusal
from search.errors import ClusterUnreachable, EngineError


def health(active: int, *, status: str = "yellow", nodes: int = 3, made: int = 0, parts: int = 3) -> dict[str, Any]:
    """What a cluster says of an index of three parts, of which so many copies, the first ones included, are active."""
    told = {"status": status, "active_shards": active, "active_primary_shards": parts, "number_of_data_nodes": nodes}
    return told | {"initializing_shards": made, "relocating_shards": 0, "delayed_unassigned_shards": 0}


class Scripted(Cluster):
    """A cluster that says one after another of its health, or fails to, and the last of it again and again.

    refused: what comes of the first requests to change settings.
    """

    def __init__(self, *told: dict[str, Any] | Exception, replicas: int = 1, refused: Sequence[Exception] = ()) -> None:
        super().__init__(Access(("http://localhost:9",), replicas=replicas))
        self.told: Iterator[dict[str, Any] | Exception] = chain(told, repeat(told[-1]))
        self.refused = list(refused)
        self.settings: list[object] = []

    def ask(self, method: str, path: str, body: object = None, **_: Any) -> Any:
        if method == "PUT":
            if self.refused:
                raise self.refused.pop(0)
            self.settings.append(body)
            return {}
        told = next(self.told)
        if isinstance(told, Exception):
            raise told
        return told


def waited(cluster: Cluster, pauses: list[float] | None = None) -> int:
    """How many times it was looked again. pauses: gets how long it was waited each time."""
    made: list[float] = [] if pauses is None else pauses
    make_copies(cluster, "index", pause=made.append, clock=lambda: sum(made))
    return len(made)


@pytest.mark.parametrize(
    ("told", "times"),
    [
        pytest.param([health(6, status="green")], 0, id="they are there"),
        pytest.param([health(3), health(3, made=2), health(5, made=1), health(6)], 3, id="they are being made"),
        pytest.param([health(3, nodes=1)], 0, id="one node has each part once"),
        pytest.param([health(3)], 10, id="nobody makes them"),
        pytest.param([*[health(3)] * 9, *[health(4, made=1)] * 5, health(4)], 24, id="nobody makes the others"),
        pytest.param([health(3, made=1)], 600, id="they take too long"),
    ],
)
def test_copies_are_waited_for_as_long_as_they_are_made(told: Sequence[dict[str, Any]], times: int) -> None:
    cluster = Scripted(*told)
    assert waited(cluster) == times
    assert cluster.settings == [{"index": {"number_of_replicas": 1, "refresh_interval": "60s"}}]


def test_an_index_without_copies_waits_for_none() -> None:
    assert waited(Scripted(health(3), replicas=0)) == 0


_RED = health(2, status="red", parts=2)
_FAILED = refusal(500, {"error": {"type": "null_pointer_exception", "reason": None}}, "", Access(("http://one:9",)))
_NO_MANAGER = ClusterUnreachable("the cluster cannot answer now (cluster_manager_not_discovered_exception)")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (_RED, "a part of the index index is on no node"),
        (_NO_MANAGER, "cannot answer now"),
        (_FAILED, "refused: null_pointer_exception"),
    ],
)
def test_an_index_of_which_a_part_is_on_no_node_for_five_minutes_or_nothing_is_told_is_not_served(
    told: dict[str, Any] | Exception, sentence: str
) -> None:
    pauses: list[float] = []
    with pytest.raises(EngineError, match=sentence):
        waited(Scripted(health(3, made=1), told), pauses)
    assert sum(pauses) == 300


@pytest.mark.parametrize("told", [_RED, _NO_MANAGER, _FAILED])
def test_a_cluster_that_has_no_manager_or_lacks_parts_for_a_while_is_asked_again(
    told: dict[str, Any] | Exception,
) -> None:
    between = [health(3, made=1), *[told] * 299]
    assert waited(Scripted(*between, *between, health(6))) == 600
    assert waited(Scripted(*[health(3)] * 9, told, health(3))) == 20


def test_settings_are_given_again_to_a_cluster_that_does_not_answer_at_first() -> None:
    cluster = Scripted(health(6), refused=[_NO_MANAGER] * 2)
    assert waited(cluster) == 2
    assert len(cluster.settings) == 1
    pauses: list[float] = []
    with pytest.raises(ClusterUnreachable):
        waited(Scripted(health(6), refused=[_NO_MANAGER] * 1000), pauses)
    assert sum(pauses) == 300


def test_an_index_that_is_gone_has_no_copies_to_wait_for() -> None:
    pauses: list[float] = []
    with pytest.raises(Missing):
        waited(Scripted(Missing("no such index")), pauses)
    assert not pauses


@pytest.mark.parametrize(
    ("told", "replicas", "sentence"),
    [
        (health(6), 1, None),
        (health(3), 0, None),
        (health(4), 1, "2 of 3 on the 3 nodes of the cluster at http://localhost:9: see whether the disks .* are full"),
        (health(3, nodes=1), 1, "3 of 3 on the 1 nodes .*: add a node, or set cluster_replicas = 0"),
        (health(6, nodes=2), 2, "3 of 6 on the 2 nodes .*: add a node, or set cluster_replicas = 1"),
    ],
)
def test_copies_that_are_missing_are_told_with_the_remedy(
    told: dict[str, Any], replicas: int, sentence: str | None
) -> None:
    found = missing_copies(Scripted(told, replicas=replicas), "index")
    assert found is None if sentence is None else re.fullmatch(sentence, str(found))


def of_index(status: str, *, active: int) -> dict[str, Any]:
    """What a node says of a cluster without a manager, which counts as red, and of its index of three parts."""
    index = {"status": status, "number_of_shards": 3, "active_primary_shards": active}
    return {"status": "red", "discovered_cluster_manager": False, "indices": {"index": index}}


def test_an_index_is_there_while_nodes_choose_another_cluster_manager_and_not_where_a_part_of_it_is_lost() -> None:
    assert missing_parts(Scripted(of_index("yellow", active=3)), "index") is None
    assert missing_parts(Scripted(of_index("red", active=1)), "index") == (
        "the index on the cluster is red: 2 of its 3 parts are on no node"
    )
    with pytest.raises(Missing):
        missing_parts(Scripted(of_index("green", active=3)), "another")
