"""Why something was not fetched: the exceptions that the modules of this folder raise to each other.

NotFetched
├── BadAddress    the address itself cannot be asked, or must not be
├── Forbidden     robots.txt does not allow it
├── Unreached     the host gave no answer, or one that cannot be read
│   └── TooLarge  the answer is larger than it may be
├── Refused       the host answered with a status that is no success
├── Resting       the host failed a short while ago and is not asked yet
└── Stopped       the run was interrupted, or its time is over

None of them leaves the folder: what a user sees is a report, or a SourceError of `introduction.py`.
"""

from __future__ import annotations


class NotFetched(Exception):
    """Base of all; `reason` is a clause for the report, without the address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadAddress(NotFetched):
    """The address cannot be asked."""


class Forbidden(NotFetched):
    """The rules of robots.txt forbid the address."""


class Unreached(NotFetched):
    """No answer that can be read.

    at_all: the host could not be asked; False: it was, and has not answered this address in time, or not well
    """

    def __init__(self, reason: str, *, at_all: bool = False) -> None:
        super().__init__(reason)
        self.at_all = at_all


class TooLarge(Unreached):
    """An answer that is not read to its end; nothing is wrong with the host."""


class Refused(NotFetched):
    """An answer that is no success.

    status      of HTTP
    wait        seconds that the host asks to be left alone; None where it names none
    """

    def __init__(self, reason: str, status: int, wait: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.wait = wait


class Resting(NotFetched):
    """The host is not asked before the moment `until`, in seconds since 1970."""

    def __init__(self, reason: str, until: float) -> None:
        super().__init__(reason)
        self.until = until


class Stopped(NotFetched):
    """The run ends; nothing is wrong with the address."""


def is_passing(failure: NotFetched) -> bool:
    """Return whether asking again later may help."""
    if isinstance(failure, Refused):
        return failure.status in (408, 425, 429) or failure.status >= 500
    return isinstance(failure, Unreached | Resting | Stopped)
