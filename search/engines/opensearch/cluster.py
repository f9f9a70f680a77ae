"""Requests to a cluster: one HTTP request each, within a time limit, its refusals as errors of `search/errors.py`.

In: an `Access`. Out: a `Cluster`, whose nodes share the requests; one that does not answer is left out for a while.
Made by `connect`, once a process for each access. Called by the other modules of this folder.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote, urlsplit

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionTimeout, SerializationError, TransportError
from opensearchpy.serializer import JSONSerializer
from urllib3.util import parse_url

from search.engines.opensearch.access import Access
from search.engines.opensearch.nodes import Transport
from search.engines.opensearch.refusals import MOST_CLAUSES, not_understood, refusal, too_old
from search.errors import EngineError, SettingsError

_LEAST_VERSION: Final = (3, 0)
_CLAUSES: Final = "indices.query.bool.max_clause_count"
_ROOT: Final = "/"  # tells the version
_UNAVAILABLE: Final = (502, 503, 504)
NDJSON: Final = {"content-type": "application/x-ndjson"}
LONG_REQUEST: Final = 120.0  # seconds that one request with megabytes of articles, or with many searches, may take
PATIENCE: Final = 300.0  # seconds for which a cluster may not do what a run needs, before the run is given up
logging.getLogger("opensearch").setLevel(logging.ERROR)  # it warns of each answer that becomes an error of ours
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class _Serializer(JSONSerializer):
    """Reads answers several times faster than the standard library."""

    def loads(self, s: str) -> Any:
        return _decode(s)


class Cluster:
    """A cluster that is spoken to. Safe to use from several threads."""

    def __init__(self, access: Access) -> None:
        self.access = access
        for address in access.addresses:
            _require_address(address)
        self._client = OpenSearch(
            list(access.addresses),
            headers={"authorization": access.login} if access.login else None,
            ssl_context=_ssl_context(access),
            timeout=access.timeout,
            transport_class=Transport,
            retry_on_status=_UNAVAILABLE,
            pool_maxsize=access.connections,
            serializer=_Serializer(),
        )
        self._version_is_known = False

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: Mapping[str, str] | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Return the answer to one request. body: bytes as they are, anything else as JSON.

        Raises ClusterUnreachable, ClusterRefused, StorageFull, `Missing` and other EngineErrors.
        """
        if not self._version_is_known and path != _ROOT:
            self._check_version()
        content = body if body is None or isinstance(body, bytes) else _encode(body)
        try:
            return self._client.transport.perform_request(
                method, path, params=dict(params or {}), body=content, headers=headers, timeout=timeout
            )
        except TransportError as error:
            late = isinstance(error, ConnectionTimeout)
            raise refusal(error.status_code, error.info, str(error.error), self.access, late=late) from error
        except (SerializationError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise not_understood(self.access, error) from error

    def _check_version(self) -> None:
        found = self.ask("GET", _ROOT)
        told = found.get("version") if isinstance(found, dict) else None
        version = told if isinstance(told, dict) else {}
        number = str(version.get("number", ""))
        parts = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
        if version.get("distribution") != "opensearch" or parts < _LEAST_VERSION:
            raise too_old(self.access, str(version.get("distribution", "another server")), number, _LEAST_VERSION)
        self._version_is_known = True


@lru_cache(maxsize=8)
def connect(access: Access) -> Cluster:
    """Return the cluster of this access; nothing is sent yet. Raises SettingsError for a file of certificates."""
    return Cluster(access)


@lru_cache(maxsize=8)
def allow_clauses(cluster: Cluster) -> None:
    """Have the cluster take queries of as many clauses as those of long texts have; more than that stays as it is."""
    settings = cluster.ask("GET", "/_cluster/settings", params={"include_defaults": "true", "flat_settings": "true"})
    for kind in ("transient", "persistent", "defaults"):
        if _CLAUSES in settings[kind]:
            if int(settings[kind][_CLAUSES]) < MOST_CLAUSES:
                cluster.ask("PUT", "/_cluster/settings", {"persistent": {_CLAUSES: MOST_CLAUSES}})
            return


def make_index(cluster: Cluster, index: str, body: Mapping[str, Any]) -> None:
    """Make this index, if it is not there: a request is sent again where its answer was lost, and then is refused."""
    try:
        cluster.ask("PUT", path_of(index), body)
    except EngineError as error:
        if "resource_already_exists" not in str(error):
            raise


def path_of(*parts: str) -> str:
    """Return the path of these parts, each quoted."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _require_address(address: str) -> None:
    """Raise SettingsError if no server can have this address."""
    try:
        parts = urlsplit(address)
        if parts.hostname and parts.port != 0 and parse_url(address).host:
            return
        reason = "no host or no port"
    except ValueError as error:
        reason = str(error)
    raise SettingsError(
        f"the address of a cluster {address!r} leads nowhere ({reason}): "
        "write one such as http://localhost:9200 with --cluster or KASHAF_CLUSTER"
    )


def _ssl_context(access: Access) -> ssl.SSLContext | None:
    if not any(address.startswith("https:") for address in access.addresses):
        return None
    try:
        return ssl.create_default_context(cafile=access.ca or None)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(
            f"cluster_ca {access.ca!r} is no file of certificates ({error}): name a PEM file"
        ) from error
