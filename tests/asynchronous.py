"""Runs coroutines in tests: in a thread of their own, for the main thread may have an event loop of the browser's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio

T = TypeVar("T")


def run(function: Callable[[], Awaitable[T]]) -> T:
    """Return what the function returns once it is awaited."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, function).result()
