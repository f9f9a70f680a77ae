"""How far a run is, on stderr: a bar on a terminal, a line every half minute elsewhere, as in the log of a nightly run.

In: counts of bytes read or copied, or of articles checked. Out: the share, the rate and the remaining time. The
commands show it around what takes long.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Protocol

import click

from indexer.beside import running_beside

Progress = Callable[[int], None]  # takes the bytes read so far
_PAUSE: Final = 30.0  # seconds between two lines
_MEGABYTE: Final = 1_000_000


def no_progress(bytes_read: int) -> None:
    """Show nothing."""


class Waiting(Protocol):
    """What `ProgressLines` waits on, such as an `Event`."""

    def wait(self, timeout: float) -> bool:
        """Return False when so many seconds have passed, True at once when the work is done."""


class ProgressLines:
    """Says every half minute how far the work is, also while it does not count on.

    done, total  in bytes or articles; shown by `amount`
    """

    def __init__(self, amount: Callable[[int], str], total: Callable[[], int]) -> None:
        self.done = 0
        self.total = total
        self._amount = amount

    def tell(self, stopped: Waiting, clock: Callable[[], float], say: Callable[[str], object]) -> None:
        """Say a line after each pause until it is `stopped`; `clock` gives seconds."""
        started = clock()
        while not stopped.wait(_PAUSE):
            say(self.line(clock() - started))

    def line(self, seconds: float) -> str:
        """Return what is to be said after so many seconds."""
        done, total = self.done, self.total()
        if done >= total:
            return f"kashaf: all {self._amount(total)} after {_time(seconds)}; finishing"
        left = f", about {_time(seconds * (total - done) / done)} left" if done else ""
        return (
            f"kashaf: {self._amount(done)} of {self._amount(total)}, {done / total:.0%}, after {_time(seconds)}{left}"
        )


@contextmanager
def counting_bar(unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many things are done. The function it gives takes how many are done so far, and of how many."""
    if not sys.stderr.isatty():
        total = 0
        lines = ProgressLines(lambda count: f"{count:,} {unit}", lambda: total)

        def note(done: int, all_of_them: int) -> None:
            nonlocal total
            lines.done, total = done, all_of_them

        with _telling(lines):
            yield note
        return
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", file=sys.stderr, dynamic_ncols=True) as bar:

        def update(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield update


@contextmanager
def progress_bar(size: Callable[[], int]) -> Iterator[Progress]:
    """Show how many of `size()` bytes are done. `size` may take long, so it is called only when something is shown."""
    if not sys.stderr.isatty():
        lines = ProgressLines(lambda count: f"{count / _MEGABYTE:,.0f} MB", size)

        def note(done: int) -> None:
            lines.done = done

        with _telling(lines):
            yield note
        return
    from tqdm import tqdm

    with tqdm(total=size(), unit="B", unit_scale=True, file=sys.stderr, dynamic_ncols=True) as bar:
        yield lambda bytes_read: bar.update(bytes_read - bar.n) and None


@contextmanager
def _telling(lines: ProgressLines) -> Iterator[None]:
    """Have a thread say the lines until the block ends."""
    with running_beside(lambda stopped: lines.tell(stopped, time.monotonic, _say), name="progress"):
        yield


def _say(line: str) -> None:
    with suppress(OSError):  # nobody reads it any more: the work goes on
        click.echo(line, err=True)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
