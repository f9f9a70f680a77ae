"""Clocks, and how long something that failed is left alone: ever longer, by how often it failed.

Called by the other modules of this folder. Tests give a clock of their own, so that nothing here waits in them.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

_FIRST_REST: Final = 15 * 60.0  # seconds after the first failure, twice as many after each further one
_LONGEST_REST: Final = 7 * 86_400.0
_MOST_DOUBLINGS: Final = 30


class Clock(Protocol):
    """The time, and waiting that may be ended."""

    def now(self) -> float:
        """Return the seconds since 1970."""

    def wait(self, seconds: float) -> bool:
        """Wait so long; return whether waiting was ended before, as by `stop`."""

    def stop(self) -> None:
        """End all waiting, from now on."""


class SystemClock:
    """The clock of the machine."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def wait(self, seconds: float) -> bool:
        """Wait so long; return whether waiting was ended before."""
        return self._stopped.wait(max(0.0, seconds))

    def stop(self) -> None:
        """End all waiting, from now on."""
        self._stopped.set()


def rest_after(failures: int, *, asked: float | None = None) -> float:
    """Return the seconds for which something is left alone that failed so many times in a row.

    asked: for how long its host asks to be left alone, which counts where it is longer.
    """
    usual = min(_FIRST_REST * 2.0 ** min(failures - 1, _MOST_DOUBLINGS), _LONGEST_REST)
    return min(max(usual, asked or 0.0), _LONGEST_REST)


def retry_after(written: str | None, now: float) -> float | None:
    """Return the seconds that a header Retry-After means, a number or a moment; None where it says nothing."""
    if not written:
        return None
    text = written.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)


def moment(seconds: float) -> str:
    """Return a moment as reports show it, in the local time zone."""
    return datetime.fromtimestamp(seconds).astimezone().isoformat(" ", "minutes")
