"""Readers who search at a steady rate, whatever becomes of the cluster: what each was answered, and when.

In: the address of a site, queries, searches a second. Out: `Answer`s. A search begins at its moment even if those
before it are not answered yet, as readers do. Used by `tests/bench/cluster_faults.py`.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlencode, urlsplit

_AT_ONCE: Final = 200  # searches that may be without an answer; who comes then is turned away, which is an error
_PATIENCE: Final = 30.0  # seconds, then a reader goes away


@dataclass(frozen=True, slots=True)
class Answer:
    """at: the moment of the search on `time.monotonic`; status: 0 where none came; part: whether a notice said so.

    found: whether any article matches. told: what came in place of articles.
    """

    at: float
    seconds: float
    status: int
    part: bool = False
    found: bool = False
    traceback: bool = False
    told: str = ""

    @property
    def failed(self) -> bool:
        return self.status != 200


@dataclass
class SteadyReaders:
    """Searches from `with` to its end."""

    address: str
    queries: Sequence[str]
    rate: float = 20.0
    answers: list[Answer] = field(default_factory=list)
    _ended: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _waiting: int = 0

    def __enter__(self) -> Self:
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._thread = Thread(target=self._search, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        self._pool.shutdown()

    def _search(self) -> None:
        began, number = time.monotonic(), 0
        while not self._ended.wait(max(0.0, began + number / self.rate - time.monotonic())):
            if self._waiting >= _AT_ONCE:
                self.answers.append(Answer(time.monotonic(), 0.0, 0, told=f"{_AT_ONCE} searches wait for an answer"))
            else:
                with self._lock:
                    self._waiting += 1
                self._pool.submit(self._ask, self.queries[number % len(self.queries)])
            number += 1

    def _ask(self, query: str) -> None:
        at = time.monotonic()
        place = urlsplit(self.address)
        asked = f"/api/search?{urlencode({'q': query, 'limit': 10})}"
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=_PATIENCE)
        try:
            connection.request("GET", asked)
            answer = connection.getresponse()
            status, text = answer.status, answer.read().decode(errors="replace")
            page = json.loads(text) if status == 200 else {"notes": (), "total": 0}
            self.answers.append(
                Answer(
                    at,
                    time.monotonic() - at,
                    status,
                    part=any(note["kind"] == "unanswered" for note in page["notes"]),
                    found=page["total"] > 0,
                    traceback="Traceback" in text,
                    told="" if status == 200 else text[:300],
                )
            )
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            self.answers.append(Answer(at, time.monotonic() - at, 0, told=repr(error)))
        finally:
            connection.close()
            with self._lock:
                self._waiting -= 1
