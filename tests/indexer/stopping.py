"""A command that stops at a step of its work, to be looked at or killed there.

The step is a function of the program, at one of its calls. When the process comes to it, it writes a line and waits, so
that whoever kills it does so at that step, whatever the machine does meanwhile.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from threading import current_thread, main_thread
from typing import Final

from tests import forked
from tests.indexer.building import take_small_batches

_REACHED: Final = "reached the step"


@dataclass(frozen=True, slots=True)
class Step:
    """Before or after a function, named by its module and its path there, is done the `turn`-th time."""

    module: str
    path: str
    when: str
    turn: int = 1

    def __str__(self) -> str:
        return f"{self.when} {self.path} {self.turn}"


def stop_at(module: str, path: str, when: str, turn: str) -> None:
    """Has this process take small batches, and say so and wait for ever when it comes to this step."""
    take_small_batches(5)
    calls = 0

    def stops(original: Callable[..., object], *args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        here = calls == int(turn)
        if here and when == "before":
            _wait()
        result = original(*args, **kwargs)
        if here and when == "after":
            _wait()
        return result

    _replace(module, path, stops)


def die_at(module: str, path: str, when: str) -> None:
    """Has this process kill itself before or after the first call of this function."""

    def dies(original: Callable[..., object], *args: object, **kwargs: object) -> None:
        if when == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    _replace(module, path, dies)


def _replace(module: str, path: str, instead: Callable[..., object]) -> None:
    """Has `instead` called for this function, with the function before its arguments."""
    *owners, name = path.split(".")
    owner: object = import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    original = getattr(owner, name)

    def replaced(*args: object, **kwargs: object) -> object:
        return instead(original, *args, **kwargs)

    setattr(owner, name, replaced)


def _wait() -> None:
    """Say that the step is reached and wait. A signal that comes between the two is not missed, as it is by a pause."""
    woken, wakes = os.pipe()
    if current_thread() is main_thread():  # which alone handles signals, whatever thread the system interrupts
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
    print(_REACHED, flush=True)
    while True:
        os.read(woken, 1)


@contextmanager
def brought_to(step: Step, *arguments: object) -> Iterator[forked.Command]:
    """The command, which stands at this step; killed at the end. Fails where it does not come to it."""
    prepared = ("tests.indexer.stopping.stop_at", step.module, step.path, step.when, step.turn)
    with forked.started(*arguments, prepared=prepared, piped=True) as command:
        with (command.output / "stdout").open(encoding="utf-8") as printed:
            reached = printed.readline().strip() == _REACHED
        try:
            assert reached, f"the command ended without {step}: {command.printed('stderr')}"
            yield command
        finally:
            if not command.ended:
                os.kill(command.pid, signal.SIGKILL)
                command.wait()


@contextmanager
def stopped_at(step: Step, *arguments: object) -> Iterator[None]:
    """The command as long as it stands at this step, which it does until the end."""
    with brought_to(step, *arguments) as command:
        yield
        assert not command.ended, "the command went on"


def writing_steps(engine: str) -> list[Step]:
    """Steps all over a run that writes a hundred articles: articles, commits before and after merges, the end."""
    module = {"tantivy": "search.engines.tantivy.engine", "whoosh": "search.engines.whoosh.writer"}[engine]
    writer = f"{engine.title()}Writer"
    added = [Step(module, f"{writer}.add", "after", turn) for turn in (1, 75)]
    commits = [Step(module, f"{writer}.commit", when, turn) for when, turn in (("before", 1), ("after", 9))]
    return [*added, *commits, Step(module, f"{writer}.close", "before")]
