"""The copies of the parts of an index, which keep its articles where a machine is lost: asked for and waited for.

In: an index that was loaded without copies. Out: nothing once they are there, or cannot be had now; and a sentence that
says which are missing; and whether all parts are there. Called by `engine.py`, before the alias leads to the index.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from search.engines.opensearch.cluster import PATIENCE, Cluster, path_of
from search.engines.opensearch.refusals import Missing, ServerFailed
from search.errors import ClusterIncomplete, ClusterUnreachable

_LONGEST: Final = 600  # seconds for which copies that are being made are waited for
_IDLE: Final = 10  # seconds after which copies that nobody makes are waited for no longer
_BETWEEN: Final = 1.0  # seconds
_HEALTH_SECONDS: Final = 3.0  # that a health check waits for an answer


def make_copies(
    cluster: Cluster,
    index: str,
    *,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Have the index kept and refreshed as the settings say, and return when the copies are made that can be.

    While the cluster does not answer, because it chooses another manager or lost a node, fails at it, or says that
    parts of the index are on no node, it is asked again. pause, clock: wait so many seconds, and tell the time; others
    in tests. Raises what the cluster says where that lasts five minutes.
    """
    settings = {"number_of_replicas": cluster.access.replicas, "refresh_interval": cluster.access.refresh}
    is_set = False
    begun = served = clock()  # served: when all parts were on nodes last
    idle: float | None = None  # since when nobody makes copies
    while True:
        try:
            if not is_set:
                cluster.ask("PUT", path_of(index, "_settings"), {"index": settings})
                is_set = True
            health = _health_of_whole(cluster, index)
        except (ClusterUnreachable, ServerFailed):
            idle = None
            if clock() - served >= PATIENCE:
                raise
        else:
            served = clock()
            missing = _missing(health, cluster.access.replicas, of_nodes=health["number_of_data_nodes"])
            if missing <= 0 or served - begun >= _LONGEST:
                return
            moves = health["initializing_shards"] or health["relocating_shards"] or health["delayed_unassigned_shards"]
            idle = None if moves else served if idle is None else idle
            if idle is not None and served - idle >= _IDLE:
                return
        pause(_BETWEEN)


def missing_copies(cluster: Cluster, index: str) -> str | None:
    """Return which copies that the settings ask for are not there, and the remedy; None if all are."""
    replicas = cluster.access.replicas
    health = _health(cluster, index)
    missing = _missing(health, replicas)
    if missing <= 0:
        return None
    copies, nodes = health["active_primary_shards"] * replicas, health["number_of_data_nodes"]
    remedy = "see whether the disks of its nodes are full"
    if nodes <= replicas:
        remedy = f"add a node, or set cluster_replicas = {nodes - 1}"
    return f"{missing} of {copies} on the {nodes} nodes of the cluster at {cluster.access.place}: {remedy}"


def missing_parts(cluster: Cluster, index: str) -> str | None:
    """Return that parts of the index are on no node, in a sentence without addresses; None if all are. Costs little.

    As any node knows it, of this index alone: while nodes choose another cluster manager all of the cluster counts as
    red, but searches go on. Raises Missing where there is no such index.
    """
    here = {"local": "true", "level": "indices"}
    health = cluster.ask("GET", "/_cluster/health", params=here, timeout=_HEALTH_SECONDS)["indices"].get(index)
    if health is None:
        raise Missing(f"no index {index} on the cluster")
    if health["status"] != "red":
        return None
    lost = health["number_of_shards"] - health["active_primary_shards"]
    return f"the index on the cluster is red: {lost} of its {health['number_of_shards']} parts are on no node"


def _missing(health: dict[str, Any], replicas: int, *, of_nodes: int | None = None) -> int:
    """How many copies are not there, of those that so many nodes can have: one node has a part once."""
    each = replicas + 1 if of_nodes is None else min(replicas + 1, of_nodes)
    parts = health["active_primary_shards"]
    return int(parts * each - health["active_shards"] + (health["status"] == "red"))


def _health_of_whole(cluster: Cluster, index: str) -> dict[str, Any]:
    """The health of an index of which no part is missing. Raises ClusterIncomplete if one is."""
    health = _health(cluster, index)
    if health["status"] == "red":
        raise ClusterIncomplete(
            f"a part of the index {index} is on no node, so it is not served: look at GET _cluster/health/{index}"
        )
    return health


def _health(cluster: Cluster, index: str) -> dict[str, Any]:
    health: dict[str, Any] = cluster.ask("GET", path_of("_cluster", "health", index))
    return health
