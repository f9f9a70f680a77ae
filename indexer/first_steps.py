"""What a run does before it loads its own program: its settings, its share of the machine, its first process.

In: the options of a command and the paths that it names. Out: `FirstSteps`. Called by `indexer/commands.py`; imports
little, for the process that reads should load its program while this one loads its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from indexer.large_pages import use_large_pages
from indexer.memory import Shares, shared_out
from indexer.workers.beginning import Begun, begun
from search.index.manifest import FILE
from search.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Settings and shares of a run, and a process that reads; None where there may be nothing for it to do."""

    settings: Settings
    shares: Shares
    begun: Begun | None


@contextmanager
def first_steps(paths: Sequence[str], *, everything: bool, **options: object) -> Iterator[FirstSteps]:
    """Take the first steps of a run; the process ends with the block at the latest. Raises SettingsError.

    everything  whether all files are read, not only those that changed; it is so in a new index
    options     those that `load_settings` takes
    """
    settings = load_settings(None, **options)
    shares = shared_out(settings.jobs, settings.memory)
    use_large_pages(shares.in_large_pages)
    reads_all = everything or not os.path.exists(settings.index / FILE)  # `Path.exists` may raise
    with begun(paths if shares.workers and reads_all else ()) as first:
        yield FirstSteps(settings, shares, first)
