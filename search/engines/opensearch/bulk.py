"""Sends documents to a cluster in requests of some megabytes, a few at a time, again where it has too much to do.

In: lines for the cluster's bulk interface, one operation after another. Out: nothing, or what the cluster rejected and
why. Who adds waits once enough requests are under way, so memory stays bounded and the cluster sets the pace. Called by
`writer.py`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import count
from random import random
from typing import Any, Final

import msgspec

from search.engines.opensearch.cluster import LONG_REQUEST, NDJSON, PATIENCE, Cluster, path_of
from search.engines.opensearch.refusals import TooLarge, disk_is_full, is_full
from search.errors import ClusterUnreachable, EngineError

_REQUEST_BYTES: Final = 5_000_000  # more at once makes indexing no faster
_UNDER_WAY: Final = 3  # requests: while one is read and one is written, the third waits at the server
_LONGEST_PAUSE: Final = 30.0
_FIRST_PAUSE: Final = 0.5
_OUTDATED: Final = 409
_BUSY: Final = (429, 502, 503, 504)
_ANSWER: Final = {"filter_path": "errors,items.*.status,items.*.error"}
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Operation:
    """What is to be done with one article: `lines` for the bulk interface. article: its id."""

    article: str
    lines: bytes


@dataclass(frozen=True, slots=True)
class Rejected:
    """An article that the cluster does not take, and why."""

    article: str
    reason: str


class Bulk:
    """Sends operations on one index.

    most: the bytes that may be under way. pause, clock: wait so many seconds, and tell the time; others in tests.
    """

    def __init__(
        self,
        cluster: Cluster,
        index: str,
        *,
        most: int,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cluster = cluster
        self._path = path_of(index, "_bulk")
        self._request_bytes = min(_REQUEST_BYTES, max(100_000, most // (2 * _UNDER_WAY + 1)))
        self._pause, self._clock = pause, clock
        self._waiting: list[Operation] = []
        self._bytes = 0
        self._threads = ThreadPoolExecutor(_UNDER_WAY, thread_name_prefix="kashaf-bulk")
        self._under_way: set[Future[list[Rejected]]] = set()
        self._rejected: list[Rejected] = []
        self._order = count(1)

    def index(self, article: str, name: str, document: dict[str, Any]) -> None:
        """Send the document to be stored under this name."""
        self._add(Operation(article, b'{"index":%s}\n%s\n' % (self._named(name), _encode(document))))

    def delete(self, article: str, name: str) -> None:
        """Have what was sent to be stored under this name removed."""
        self._add(Operation(article, b'{"delete":%s}\n' % self._named(name)))

    def remove(self, name: str) -> None:
        """Have what any writer stored under this name removed, if anything is.

        The cluster remembers its version for an hour (`mapping.py`), and leaves out what comes late until then.
        """
        self._add(Operation(name, b'{"delete":{"_id":"%s"}}\n' % name.encode()))

    def finish(self) -> None:
        """Return when all was sent and answered. Raises EngineErrors."""
        self._send()
        while self._under_way:
            self._collect()

    def take_rejected(self) -> list[Rejected]:
        """Return what was rejected since this was asked last."""
        taken, self._rejected = self._rejected, []
        return taken

    def close(self) -> None:
        """Send nothing more, and wait for what is under way."""
        self._waiting.clear()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._under_way.clear()

    def _named(self, name: str) -> bytes:
        """What an operation is done to. Its version, a number that grows, has the cluster leave out an earlier one that
        a node which stood still brings after it."""
        return b'{"_id":"%s","version":%d,"version_type":"external_gte"}' % (name.encode(), next(self._order))

    def _add(self, operation: Operation) -> None:
        self._waiting.append(operation)
        self._bytes += len(operation.lines)
        if self._bytes >= self._request_bytes:
            self._send()

    def _send(self) -> None:
        if not self._waiting:
            return
        while len(self._under_way) >= _UNDER_WAY:
            self._collect()
        operations, self._waiting, self._bytes = self._waiting, [], 0
        self._under_way.add(self._threads.submit(self._deliver, operations))

    def _collect(self) -> None:
        done, self._under_way = wait(self._under_way, return_when=FIRST_COMPLETED)
        for future in done:
            self._rejected += future.result()

    def _deliver(self, operations: Sequence[Operation]) -> list[Rejected]:
        """Send these operations until the cluster has taken or rejected each."""
        rejected: list[Rejected] = []
        pause, refused_since = _FIRST_PAUSE, math.inf
        while operations:
            asked = self._clock()
            try:
                again = self._sent(operations, rejected)
                refused = "it had too much to do"
            except TooLarge:
                return rejected + self._halves(operations)
            except ClusterUnreachable as error:
                again, refused = operations, str(error)
            if not again:
                break
            if len(again) < len(operations):
                pause, refused_since = _FIRST_PAUSE, math.inf
            waited = self._clock() - refused_since  # for the answers too, each of which may take minutes
            if waited >= PATIENCE:
                raise ClusterUnreachable(
                    f"the cluster at {self._cluster.access.place} took no articles for {waited:.0f} s ({refused}): "
                    "what was committed stays, run it again when the cluster is well"
                )
            self._pause(min(pause, _LONGEST_PAUSE) * (0.5 + random() / 2))  # not all at the same moment
            pause, refused_since = pause * 2, min(refused_since, asked)
            operations = again
        return rejected

    def _sent(self, operations: Sequence[Operation], rejected: list[Rejected]) -> Sequence[Operation]:
        """Send once; return what is to be sent again, and add what is rejected for good."""
        body = b"".join(operation.lines for operation in operations)
        answer = self._cluster.ask("POST", self._path, body, params=_ANSWER, timeout=LONG_REQUEST, headers=NDJSON)
        if not answer["errors"]:
            return []
        again: list[Operation] = []
        for operation, item in zip(operations, answer["items"], strict=True):
            (found,) = item.values()
            error = found.get("error")
            if error is None or found["status"] == _OUTDATED:  # also where what is to be deleted is not there
                continue
            reason = _reason(error)
            if is_full(reason):
                raise disk_is_full(self._cluster.access)
            if found["status"] in _BUSY:
                again.append(operation)
            elif error.get("type") == "index_not_found_exception":
                raise EngineError(f"the index of {self._cluster.access.name} was removed while it was written: reindex")
            else:
                rejected.append(Rejected(operation.article, reason))
        return again

    def _halves(self, operations: Sequence[Operation]) -> list[Rejected]:
        """Send a request that is too large for the server in two."""
        if len(operations) == 1:
            return [Rejected(operations[0].article, "it is larger than the server takes in one request")]
        half = len(operations) // 2
        return self._deliver(operations[:half]) + self._deliver(operations[half:])


def _reason(error: dict[str, Any]) -> str:
    """Why the cluster rejects a document, with the innermost cause."""
    reasons = [str(error.get("reason", error.get("type", "")))]
    cause = error.get("caused_by")
    while isinstance(cause, dict):
        reasons.append(str(cause.get("reason", "")))
        cause = cause.get("caused_by")
    return ": ".join(dict.fromkeys(each[:200] for each in reasons if each))
