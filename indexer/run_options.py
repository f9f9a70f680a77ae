"""What of a run changes nothing of its result: who hears of its progress and of each case, how often it commits.

`indexer/commands.py` fills it, `indexer/build.py` hands it down to `ingestion.py` and `intake.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

from indexer.memory import Shares
from indexer.progress import Progress, no_progress
from indexer.report import Case
from indexer.workers.beginning import Begun

# That a run takes in before it commits, at most: what it remembers until then is bounded.
COMMIT_ARTICLES: Final = 50_000
COMMIT_BYTES: Final = 500_000_000
COMMIT_SECONDS: Final = 300.0  # that `kashaf index` works before it commits, unless the user names others
_LEAST_ARTICLES: Final = 1_000  # a commit costs as much as some hundred articles
_SECONDS: Final = (5.0, 3600.0)
_WRITTEN: Final = re.compile(r"([0-9]{1,9})(s|m|)")


@dataclass(frozen=True, slots=True)
class CommitEvery:
    """How many articles a run takes in, or how many seconds it works, before it commits; whichever comes first."""

    articles: int = COMMIT_ARTICLES
    seconds: float = inf


NO_SOONER: Final = CommitEvery()


def read_commit_every(written: str) -> CommitEvery:
    """Return what is written as articles (`10000`), seconds (`30s`) or minutes (`5m`). Raises ValueError."""
    found = _WRITTEN.fullmatch(written.strip().replace(",", ""))
    number, unit = (int(found[1]), found[2]) if found else (0, "")
    if unit:
        seconds = number * (60.0 if unit == "m" else 1.0)
        if _SECONDS[0] <= seconds <= _SECONDS[1]:
            return CommitEvery(seconds=seconds)
    elif _LEAST_ARTICLES <= number <= COMMIT_ARTICLES:
        return CommitEvery(articles=number, seconds=COMMIT_SECONDS)
    raise ValueError(
        f"{written!r} is neither a number of articles from {_LEAST_ARTICLES:,} to {COMMIT_ARTICLES:,} nor a time "
        "from 5s to 60m"
    )


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run works.

    progress  hears of the bytes read
    listed    takes each case, beside the report, which only counts them
    read_all  whether files are read that did not change since they were read last
    shares    how many processes work, and what each part of the run may hold; None: what the machine gives
    begun     a process that reads and analyses, which has been started before
    """

    progress: Progress = no_progress
    listed: Callable[[Case], None] | None = None
    commit_every: CommitEvery = NO_SOONER
    read_all: bool = False
    shares: Shares | None = None
    begun: Begun | None = None


USUAL = RunOptions()
