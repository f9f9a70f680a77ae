"""The nodes of a cluster: which of them a request is asked of, and what becomes of it where one does not answer.

In: requests, from `cluster.py`. Out: their answers, within the time that a request may take. A node that cannot be
reached, or that says nothing, is left out until it answers again, and its requests are asked of another at once: so a
node that hangs costs the requests that it had a few seconds, and no error. A thread asks those that are left out each
second whether they are back; no request waits for that.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from itertools import count
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any, Final

import opensearchpy
from opensearchpy.exceptions import ConnectionError as ConnectionLost
from opensearchpy.exceptions import ConnectionTimeout, TransportError
from urllib3.exceptions import HTTPError

from search.engines.opensearch.refusals import fails_everywhere
from search.engines.opensearch.watching import watch

_SILENT: Final = 1.0  # seconds without a word from a node, after which it is asked whether it is there
_ANSWERS_WITHIN: Final = 1.5  # seconds that it has to say so
_LOOKED_FOR: Final = 1.0  # seconds between two looks for nodes that are left out
_TRIES: Final = 3  # at least, also where there is one node
_SERVER_ERROR: Final = 500  # a node that begins or is on its own answers so


class Node(opensearchpy.Urllib3HttpConnection):
    """The connections to one node, and whether it answers. Safe to use from several threads."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._heard = monotonic()  # when it answered last
        self._missed = 0.0  # when it was found silent last
        self._asking = Lock()
        self.nodes: Nodes | None = None
        super().__init__(*arguments, **named)
        self._probes = self._urllib3_pool_factory()  # type: ignore[no-untyped-call]

    def _create_urllib3_pool(self) -> None:
        super()._create_urllib3_pool()
        watch(self.pool, self._is_to_be_left)

    def perform_request(self, *arguments: Any, **named: Any) -> Any:
        """See `opensearchpy.Connection.perform_request`."""
        try:
            answer = super().perform_request(*arguments, **named)
        except ConnectionLost:
            raise
        except TransportError:
            self._heard = monotonic()
            raise
        self._heard = monotonic()
        return answer

    def _is_to_be_left(self) -> bool:
        """Whether who waits for this node does better to ask another: it is silent, and there is another."""
        return self.nodes is not None and self.nodes.has_other(self) and not self._answers()

    def _answers(self) -> bool:
        """Whether it has said something of late, or does so now. One thread asks for all that wait."""
        asked = monotonic()
        with self._asking:
            if self._heard >= asked - _SILENT:
                return True
            if self._missed >= asked:
                return False
            if self.status() is None:
                self._missed = monotonic()
                return False
            self._heard = monotonic()
            return True

    def status(self) -> int | None:
        """What it answers to the shortest question; None if it does not answer soon."""
        with suppress(HTTPError, OSError):
            return int(
                self._probes.urlopen(
                    "HEAD", f"{self.url_prefix}/", timeout=_ANSWERS_WITHIN, retries=False, headers=self.headers
                ).status
            )
        return None


class Nodes:
    """All nodes of a cluster, those that are left out for now among them. Safe to use from several threads."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._all = random.sample(nodes, k=len(nodes))  # so that not all processes begin with the same
        self._left_out: list[Node] = []
        self._turn = count()
        self._lock = Lock()
        for node in nodes:
            node.nodes = self

    def __len__(self) -> int:
        return len(self._all)

    def next(self, tried: Sequence[Node]) -> Node:
        """The node to ask: each in turn, those that were tried and those that are left out where there is no other."""
        with self._lock:
            left_out = list(self._left_out)
        live = [node for node in self._all if node not in left_out]
        fresh = [node for node in live if node not in tried]
        among = fresh or [node for node in self._all if node not in tried] or live or self._all
        return among[next(self._turn) % len(among)]

    def has_other(self, node: Node) -> bool:
        """Whether another node may be asked in place of this one."""
        with self._lock:
            return any(each is not node and each not in self._left_out for each in self._all)

    def leave_out(self, node: Node) -> None:
        """Ask this node nothing until it answers again."""
        with self._lock:
            if len(self._all) == 1 or node in self._left_out:
                return
            self._left_out.append(node)
            if len(self._left_out) > 1:  # they are looked for already
                return
            try:
                Thread(target=self._look_for, name="kashaf-nodes", daemon=True).start()
            except RuntimeError:  # the system gives no thread now: a node that nobody looks for is asked again
                self._left_out.clear()

    def _look_for(self) -> None:
        while True:
            sleep(_LOOKED_FOR)
            back = [node for node in list(self._left_out) if _is_ready(node)]
            with self._lock:
                self._left_out = [node for node in self._left_out if node not in back]
                if not self._left_out:
                    return


def _is_ready(node: Node) -> bool:
    status = node.status()
    return status is not None and status < _SERVER_ERROR


class Transport(opensearchpy.Transport):
    """Asks the nodes of a cluster, one after another where one does not answer, within the time of one request."""

    def __init__(self, hosts: Any, **named: Any) -> None:
        super().__init__(hosts, connection_class=Node, **named)
        self._nodes = Nodes([node for node, _ in self.connection_pool.connection_opts])
        self._seconds: float = named["timeout"]

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Return the answer to this request. timeout: the seconds for all that are asked. Raises TransportError."""
        limit = monotonic() + (timeout or self._seconds)
        tried: list[Node] = []
        while True:
            node = self._nodes.next(tried)
            tried.append(node)
            try:
                status, told, data = node.perform_request(
                    method, url, params, body, timeout=max(0.001, limit - monotonic()), ignore=ignore, headers=headers
                )
            except TransportError as error:
                if isinstance(error, ConnectionTimeout) and monotonic() >= limit:
                    raise  # it may be slow and well: what hangs is left before
                if isinstance(error, ConnectionLost):
                    self._nodes.leave_out(node)
                elif error.status_code not in self.retry_on_status or fails_everywhere(error.info):
                    raise
                if len(tried) >= max(_TRIES, len(self._nodes) + 1) or monotonic() >= limit:
                    raise
                continue
            if method == "HEAD":
                return 200 <= status < 300
            kind = {name.lower(): value for name, value in told.items()}.get("content-type")
            return self.deserializer.loads(data, kind) if data else data
