"""Refusals of a cluster → the errors of `search/errors.py`, each with its remedy. Called by `cluster.py`."""

from __future__ import annotations

from typing import Any, Final

from search.engines.opensearch.access import Access
from search.errors import (
    ClusterRefused,
    ClusterTooOld,
    ClusterUnreachable,
    EngineError,
    StorageFull,
    Unsupported,
    shown,
)

_FULL: Final = ("read-only-allow-delete", "flood-stage", "No space left", "disk usage exceeded")
MOST_CLAUSES: Final = 20_000  # of one query: a page of text as a query has some thousands
# What a cluster says of a search, or of a node, when all that hold what is asked for have gone, and others may have it.
_GONE: Final = (
    *("no node found", "node_not_connected_exception", "node_disconnected_exception", "node_closed_exception"),
    *("connect_transport_exception", "receive_timeout_transport_exception", "no_shard_available_action_exception"),
)
_SEARCH_FAILED: Final = "search_phase_execution_exception"  # says nothing by itself: its causes do
_TOO_MANY_BUCKETS: Final = "too_many_buckets_exception"  # told with 503, as by a node that goes
_SERVER_ERROR: Final = 500
_MOST_TOLD: Final = 300  # characters of what a server says


class Missing(EngineError):
    """What was asked for is not there (404): an index, a document, or a point in time that has expired."""


class NodeGone(ClusterUnreachable):
    """The nodes that were to answer have gone (500, 503): others may answer the same."""


class Conflict(EngineError):
    """Somebody else was quicker (409)."""


class TooMany(ClusterUnreachable):
    """The server has too much to do (429): the same may be asked again later."""


class ServerFailed(EngineError):
    """The server failed at what it was asked (500), for a reason of its own: it may do it later."""


class TooLarge(EngineError):
    """The server takes no request as large as this one (413)."""


def refusal(status: Any, info: Any, text: str, access: Access, *, late: bool = False) -> EngineError:
    """Return the error for an answer of this status ("N/A": none came). info: the body of the answer."""
    reason = _reason(info) or text
    if late:
        return ClusterUnreachable(
            f"the cluster at {access.place} did not answer within {access.timeout:g} s: "
            "try again, look at its load, or raise cluster_timeout"
        )
    if not isinstance(status, int):
        return ClusterUnreachable(
            f"no node of the cluster at {access.place} can be reached ({_cause(info, text)}): "
            "start it, or name other addresses with --cluster or KASHAF_CLUSTER"
        )
    if status in (401, 403, 429) and is_full(reason):
        return disk_is_full(access)
    if status == 401:
        return ClusterRefused(
            f"the cluster at {access.place} does not accept the login: set KASHAF_CLUSTER_USER and "
            "KASHAF_CLUSTER_PASSWORD, or KASHAF_CLUSTER_TOKEN, or name a file with cluster_login"
        )
    if status == 403:
        return ClusterRefused(
            f"the cluster at {access.place} does not allow this ({reason}): give the user rights to the indices "
            f"{access.name}* and kashaf-state"
        )
    if "maxClauseCount" in reason:
        return Unsupported(
            f"the query has more clauses than the cluster at {access.place} takes: have it take {MOST_CLAUSES:,}, with "
            "its setting indices.query.bool.max_clause_count"
        )
    gone = int(status) >= _SERVER_ERROR and _is_of_gone_node(info, text)
    if gone or status in (502, 503, 504):
        return (NodeGone if gone else ClusterUnreachable)(
            f"the cluster at {access.place} cannot answer now ({reason}): look at its health with GET _cluster/health"
        )
    if status == 429:
        return TooMany(f"the cluster at {access.place} has too much to do ({reason}): try again later, or add a node")
    kinds: dict[int, type[EngineError]] = {404: Missing, 409: Conflict, 413: TooLarge, _SERVER_ERROR: ServerFailed}
    why = reason or f"status {status}, without a reason"
    return kinds.get(status, EngineError)(f"OpenSearch at {access.place} refused: {why}")


def fails_everywhere(info: Any) -> bool:
    """Return whether a server says in the body of an answer that what it was asked fails wherever it is asked."""
    error = info.get("error") if isinstance(info, dict) else None
    return isinstance(error, dict) and any(each.get("type") == _TOO_MANY_BUCKETS for each in (*_causes(error), error))


def not_understood(access: Access, error: Exception) -> ClusterUnreachable:
    """Return the error for an answer that is no JSON."""
    return ClusterUnreachable(
        f"what answers at {access.place} is no OpenSearch ({shown(str(error))}): look whether a proxy answers in its "
        "place, or name other addresses with --cluster or KASHAF_CLUSTER"
    )


def disk_is_full(access: Access) -> StorageFull:
    """Return the error for a cluster that writes no more because a disk of it is nearly full."""
    return StorageFull(
        f"no space left on the cluster at {access.place}, whose index {access.name} takes nothing more: "
        "make space on its disks or add a node; what was committed stays"
    )


def too_old(access: Access, distribution: str, number: str, least: tuple[int, int]) -> ClusterTooOld:
    """Return the error for a server that this program cannot use."""
    return ClusterTooOld(
        f"the server at {access.place} is {distribution} {number}: "
        f"this program needs OpenSearch {least[0]}.{least[1]} or later"
    )


def is_full(reason: str) -> bool:
    """Return whether a server says with this that its disk is full."""
    return any(sign in reason for sign in _FULL)


def _reason(info: Any) -> str:
    """What the server says, in one line."""
    error = info.get("error") if isinstance(info, dict) else None
    if isinstance(error, str):
        return error[:_MOST_TOLD]
    if not isinstance(error, dict):
        return ""
    return "; ".join(dict.fromkeys(map(_told, (*_causes(error), error)))).replace("\n", " ")[:_MOST_TOLD]


def _is_of_gone_node(info: Any, text: str) -> bool:
    """Whether a server says that a node which was to answer has gone: by a cause of its error, or a search without."""
    error = info.get("error") if isinstance(info, dict) else None
    if not isinstance(error, dict):
        return any(sign in f"{error or ''} {text}" for sign in _GONE)
    causes = [each for each in (*_causes(error), error) if each.get("type") != _SEARCH_FAILED]
    return not causes or any(sign in _told(each) for each in causes for sign in _GONE)


def _causes(error: dict[str, Any]) -> list[dict[str, Any]]:
    """The causes of an error: those that the server puts first, those of each part, and those that these name."""
    found = [*error.get("root_cause", ())]
    found += [each.get("reason") for each in error.get("failed_shards", ()) if isinstance(each, dict)]
    causes = [each for each in found if isinstance(each, dict)]
    for each in (*causes, error):
        cause = each.get("caused_by")
        while isinstance(cause, dict):
            causes.append(cause)
            cause = cause.get("caused_by")
    return causes


def _told(cause: dict[str, Any]) -> str:
    return f"{cause.get('type', '')}: {cause.get('reason') or ''}"


def _cause(info: Any, text: str) -> str:
    """Why nothing answered: the last of the causes that are told one after another."""
    return shown(str(info or text).rpartition(": ")[2]).strip("'\"")
