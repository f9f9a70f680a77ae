"""Parts of an index that do not answer: who shows a page goes on without them and says so, all others get an error.

An engine on several machines may have parts (shards) that are not there for a while. Whoever makes a page for a
reader, with a notice on it, asks within `tolerated()`; there the engine answers from the parts that are left
(`tolerates()`) and says how many are missing (`note()`), and `search/results_page.py` makes a notice of `parts()`.
Outside of such a block, as in an export or an alert, an engine raises ClusterIncomplete: what is made there would look
whole. Engines on one machine have no parts and need none of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_missing: ContextVar[list[int] | None] = ContextVar("_missing", default=None)
_once: ContextVar[bool] = ContextVar("_once", default=False)


@contextmanager
def tolerated(*, once: bool = False) -> Iterator[None]:
    """Within the block, on this thread, engines may answer in part; the block within another counts for itself.

    once: nothing that is made here outlasts the answer, as in a process that ends with it, so `whole` asks for no more.
    """
    tokens = _missing.set([]), _once.set(once or _once.get())
    try:
        yield
    finally:
        _missing.reset(tokens[0])
        _once.reset(tokens[1])


@contextmanager
def whole() -> Iterator[None]:
    """Within the block, or the function that this decorates, nothing is tolerated: what is kept for all later requests
    is made of a whole index, whoever asks first."""
    if _once.get():
        yield
        return
    token = _missing.set(None)
    try:
        yield
    finally:
        _missing.reset(token)


def tolerates() -> bool:
    """Return whether an engine may answer the request that runs on this thread without all of its parts."""
    return _missing.get() is not None


def note(parts: int) -> None:
    """Record that so many parts did not answer a request. Called by an engine, within `tolerated()`."""
    missing = _missing.get()
    if missing is not None and parts > 0:
        missing.append(parts)


def parts() -> int:
    """Return how many parts were missing, at most, from the answers that this block has had so far."""
    return max(_missing.get() or (), default=0)
