"""One request at a time for each host, and a pause between two. Called by `network.py`; safe for threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from indexer.fetching.failures import Stopped
from indexer.fetching.waiting import Clock

USUAL_PAUSE: Final = 1.0  # seconds between the end of a request and the next one to the same host
LONGEST_PAUSE: Final = 300.0  # that a robots.txt may ask for; a longer one would be an hour for ten pages


class _Host:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free_at = 0.0


class Turns:
    """Whose turn it is to ask a host. until: the moment at which the run ends, whoever still waits."""

    def __init__(self, clock: Clock, *, until: float, pause: float = USUAL_PAUSE) -> None:
        self._clock = clock
        self._until = until
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, pause: float = 0.0) -> Iterator[None]:
        """Wait until this host may be asked, ask it within the block. Raises Stopped where the run ends before.

        pause: seconds between two requests that the host asks for.
        """
        with self._lock:
            state = self._hosts.setdefault(host, _Host())
        with state.lock:
            wait = state.free_at - self._clock.now()
            if self._clock.now() + max(wait, 0.0) > self._until:
                raise Stopped("the time of this run is over")
            if self._clock.wait(max(wait, 0.0)):
                raise Stopped("the run was ended")
            try:
                yield
            finally:
                state.free_at = self._clock.now() + max(self._pause, min(pause, LONGEST_PAUSE))
