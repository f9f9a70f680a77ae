"""Progress bars on stderr while an archive is read or checked; none where stderr is no terminal.

In: counts of bytes read or articles checked. Out: a bar with its share, rate and remaining time. `indexer/commands.py`
shows one around a run of `indexer/build.py` or `indexer/verification/verify.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int], None]  # takes the bytes read so far


def no_progress(bytes_read: int) -> None:
    """Show nothing."""


@contextmanager
def counting_bar(unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar that counts things. The function it gives takes how many are done so far, and of how many."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", file=sys.stderr, dynamic_ncols=True) as bar:

        def update(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield update


@contextmanager
def progress_bar(size: Callable[[], int]) -> Iterator[Progress]:
    """Show a bar up to `size()` bytes. `size` may take long, so it is called only where a bar is shown."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    from tqdm import tqdm

    with tqdm(total=size(), unit="B", unit_scale=True, file=sys.stderr, dynamic_ncols=True) as bar:
        yield lambda bytes_read: bar.update(bytes_read - bar.n) and None
