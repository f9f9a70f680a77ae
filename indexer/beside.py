"""Work in a thread of its own for as long as a block lasts. Used where a run waits for something else meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def running_beside(work: Callable[[Event], object], *, name: str) -> Iterator[None]:
    """Have a thread of this name do the work, which ends soon after the event is set: with the block."""
    stopped = Event()
    thread = Thread(target=work, args=(stopped,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
