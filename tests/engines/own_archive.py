"""An archive of a test's own on a cluster that other tests use at the same time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from search.engines.opensearch.access import access
from search.engines.opensearch.cluster import connect

_USUAL = {"CLUSTER_TIMEOUT": "120"}  # where many tests share two cores, the node answers late


@contextmanager
def own_archive(cluster: str, patch: pytest.MonkeyPatch, **settings: str) -> Iterator[str]:
    """Have the engine opensearch use this cluster and give the name of a new archive, which is removed in the end.

    patch: what a test changes settings by, where it does; of two, one would bring back what the other took away.
    """
    name = f"t{secrets.token_hex(5)}"
    for setting, value in {**_USUAL, "CLUSTER": cluster, "CLUSTER_INDEX": name, **settings}.items():
        patch.setenv(f"KASHAF_{setting}", value)
    reached = connect(access())
    try:
        yield name
    finally:
        reached.ask("DELETE", f"/{name}-*")
