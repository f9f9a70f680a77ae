"""What of a run changes nothing of its result: who hears of its progress and of each case, how often it commits.

`indexer/commands.py` fills it, `indexer/build.py` hands it down to `ingestion.py` and `intake.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.progress import Progress, no_progress
from indexer.report import Case


@dataclass(frozen=True, slots=True)
class RunOptions:
    """progress: hears of the bytes read. listed: takes each case, beside the report, which only counts them."""

    progress: Progress = no_progress
    listed: Callable[[Case], None] | None = None


USUAL = RunOptions()
