"""Progress on stderr while an archive is read: share, rate, time left; nothing where stderr is no terminal.

`indexer/commands.py` shows it around a run of `indexer/build.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int], None]  # told the bytes read so far


def no_progress(bytes_read: int) -> None:
    """Shows nothing."""


@contextmanager
def counting_bar(unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many there are so far, and of how many."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", file=sys.stderr, dynamic_ncols=True) as bar:

        def told(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield told


@contextmanager
def progress_bar(size: Callable[[], int]) -> Iterator[Progress]:
    """A bar up to `size()` bytes, which is asked for only where the bar is shown."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    from tqdm import tqdm

    with tqdm(total=size(), unit="B", unit_scale=True, file=sys.stderr, dynamic_ncols=True) as bar:
        yield lambda bytes_read: bar.update(bytes_read - bar.n) and None
