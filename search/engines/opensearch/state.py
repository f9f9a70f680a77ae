"""Small documents that programs on several machines share: commits, the lock of the writer, published files.

In: names of documents. Out: what was stored under them, with the version by which a change of it is known. They lie in
one index of the cluster for all archives; a document is read as it was last written, without any refresh. Called by
`commits.py`, `lock.py` and `published.py`.
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, NamedTuple

from search.engines.opensearch.cluster import Cluster, make_index, path_of
from search.engines.opensearch.refusals import Conflict, Missing, NodeGone
from search.errors import EngineError

STATE: Final = "kashaf-state"
_BODY: Final[dict[str, Any]] = {
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": "30s"}},
    "mappings": {"dynamic": False, "properties": {}},
}
_TAKEN_UP: Final = {"wait_for_status": "yellow", "timeout": "10s"}
PATIENCE: Final = 10.0  # seconds
_PAUSE: Final = 0.1  # seconds


class Version(NamedTuple):
    """The version of a document, by which a later one is known."""

    number: int
    term: int


class Kept(NamedTuple):
    """A document as it was last written."""

    content: dict[str, Any]
    version: Version


def read(cluster: Cluster, name: str) -> Kept | None:
    """Return the document of this name; None if there is none."""
    try:
        found = cluster.ask("GET", path_of(STATE, "_doc", name))
    except Missing:
        return None
    return Kept(found["_source"], _version(found))


def read_patiently(cluster: Cluster, name: str) -> Kept | None:
    """Return the document, as `read` does; where its index is being taken up by a node, as just after it was made, wait
    for that some seconds first.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(NodeGone):
            return read(cluster, name)
        with suppress(EngineError):  # what is wrong then, the document says
            cluster.ask("GET", f"/_cluster/health{path_of(STATE)}", params=_TAKEN_UP)
        time.sleep(_PAUSE)  # the part answers a moment after the cluster calls it started
    return read(cluster, name)


def write(
    cluster: Cluster, name: str, content: dict[str, Any], *, create: bool = False, after: Version | None = None
) -> Version:
    """Write the document; return its version.

    create: only if there is none yet; after: only if it still has this version. Raises Conflict, but where the document
    says the same already: a request is sent again where its answer was lost, and then conflicts with itself.
    """
    params = {"op_type": "create"} if create else {}
    if after:
        params = {"if_seq_no": str(after.number), "if_primary_term": str(after.term)}
    _make(cluster)
    try:
        return _version(cluster.ask("PUT", path_of(STATE, "_doc", name), content, params=params))
    except Conflict:
        kept = read(cluster, name)
        if kept is None or kept.content != content:
            raise
        return kept.version


def replace(cluster: Cluster, name: str, content: dict[str, Any], *, before: Kept | None) -> None:
    """Write the document in place of what was read before, None if there was nothing. Raises Conflict."""
    write(cluster, name, content, create=before is None, after=before.version if before else None)


def remove(cluster: Cluster, name: str, *, after: Version | None = None) -> None:
    """Remove the document, if it is there. Raises Conflict if it has another version than `after`."""
    params = {"if_seq_no": str(after.number), "if_primary_term": str(after.term)} if after else {}
    try:
        cluster.ask("DELETE", path_of(STATE, "_doc", name), params=params)
    except Missing:
        return


@lru_cache(maxsize=8)
def _make(cluster: Cluster) -> None:
    """Make the index of these documents, if it is not there; the cluster would make one with a mapping of its own."""
    make_index(cluster, STATE, _BODY)


def _version(found: dict[str, Any]) -> Version:
    return Version(found["_seq_no"], found["_primary_term"])
