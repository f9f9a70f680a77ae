"""Where a cluster is and how it is spoken to: the settings of an installation, and what an index remembers of them.

In: settings, or the folder of a generation. Out: an `Access`. Called by the other modules of this folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final

from search.engines.opensearch.login import authorization
from search.errors import SettingsError
from search.settings import load_settings

_CONNECTIONS: Final = 16
_MORE: Final = 8  # beside those of a site's threads: what follows the index, health checks
_HINT: Final = "name it with --cluster, KASHAF_CLUSTER or cluster = in kashaf.toml, such as http://localhost:9200"


@dataclass(frozen=True, slots=True)
class Access:
    """How a cluster is reached.

    addresses   the nodes, such as "https://one.example:9200"
    name        the archive's name on the cluster: the alias of what is served, the beginning of each index
    ca          the path of a file of certificates that are trusted; "": those of the system
    login       the value of the header `Authorization`; None: no login
    timeout     the seconds that one request may take
    connections that are kept to each node: as many as threads ask at once
    shards, replicas, refresh   what a new index is made with
    """

    addresses: tuple[str, ...]
    name: str = "kashaf"
    ca: str = ""
    login: str | None = field(default=None, repr=False)
    timeout: float = 10.0
    connections: int = 16
    shards: int = 1
    replicas: int = 1
    refresh: str = "60s"

    @property
    def place(self) -> str:
        """The addresses as a sentence names them."""
        return ", ".join(self.addresses)


def access(remembered: tuple[str, ...] = (), name: str = "") -> Access:
    """Return how the cluster is reached by the settings in force, else by the addresses that an index remembers.

    name: the archive's name, where an index has one already. Raises SettingsError.
    """
    settings = load_settings()
    addresses = tuple(part.strip().rstrip("/") for part in settings.cluster.split(",") if part.strip()) or remembered
    if not addresses:
        raise SettingsError(f"no cluster is named for the engine opensearch: {_HINT}")
    return Access(
        addresses,
        name=name or settings.cluster_index,
        ca=settings.cluster_ca,
        login=authorization(os.environ, settings.cluster_login),
        timeout=settings.cluster_timeout,
        connections=max(_CONNECTIONS, settings.threads + _MORE),
        shards=settings.cluster_shards,
        replicas=settings.cluster_replicas,
        refresh=settings.cluster_refresh,
    )
