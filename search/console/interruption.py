"""Ctrl-C and SIGTERM, by which a service manager or a shutdown ends a command: one sentence, and nothing half done.

Called by the commands that write. SIGTERM would end the process on the spot, with what it was writing aside left there.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import click

from search.console.help import INTERRUPTED

TERMINATED: Final = 128 + 15  # exit status, as shells report a program that SIGTERM ended
AGAIN: Final = "the same command again does what is left"


class Terminated(KeyboardInterrupt):
    """SIGTERM came."""


@contextmanager
def interruptible(sentence: str = AGAIN) -> Iterator[None]:
    """Within the block SIGTERM undoes what is half done, as Ctrl-C does; after either the process says the sentence and
    ends. A function may be decorated by it.
    """
    here = threading.current_thread() is threading.main_thread()
    usual = signal.signal(signal.SIGTERM, _terminate) if here else None
    try:
        yield
    except KeyboardInterrupt as interruption:
        end(interruption, sentence)
    finally:
        if here:
            signal.signal(signal.SIGTERM, usual)


def end(interruption: KeyboardInterrupt, sentence: str) -> NoReturn:
    """Say why the process ends, and end it."""
    click.echo(f"kashaf: interrupted: {sentence}", err=True)
    raise SystemExit(TERMINATED if isinstance(interruption, Terminated) else INTERRUPTED) from None


def _terminate(*_: object) -> NoReturn:
    raise Terminated
