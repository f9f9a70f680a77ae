"""A command that stops at a step of its work, to be looked at or killed there.

The step is a function of the program, at one of its calls. When the process comes to it, it writes a line and waits, so
that whoever kills it does so at that step, whatever the machine does meanwhile.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from tests.indexer.archives import ROOT

_REACHED: Final = "reached the step"
_PROGRAM: Final = f"""
import sys
from importlib import import_module
from indexer import intake

module, path, when, turn, *sys.argv[1:] = sys.argv[1:]
intake.BATCH, intake.COMMIT_ARTICLES = 10, 20  # so that a small archive takes several commits, and so merges
*owners, name = path.split(".")
owner = import_module(module)
for each in owners:
    owner = getattr(owner, each)
original, done = getattr(owner, name), 0

def stopping(*args, **kwargs):
    global done
    done += 1
    stops = done == int(turn)
    if stops and when == "before":
        stop()
    result = original(*args, **kwargs)
    if stops and when == "after":
        stop()
    return result

def stop():
    print({_REACHED!r}, flush=True)
    sys.stdin.read()

setattr(owner, name, stopping)
from kashaf import main
main()
"""


@dataclass(frozen=True, slots=True)
class Step:
    """Before or after a function, named by its module and its path there, is done the `turn`-th time."""

    module: str
    path: str
    when: str
    turn: int = 1

    def __str__(self) -> str:
        return f"{self.when} {self.path} {self.turn}"


@contextmanager
def stopped_at(step: Step, *arguments: object) -> Iterator[None]:
    """The command as long as it stands at this step; killed at the end. Fails where it does not come to the step."""
    options = (step.module, step.path, step.when, str(step.turn), *map(str, arguments))
    started = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *options],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with started:
        assert started.stdout is not None
        try:
            assert started.stdout.readline().strip() == _REACHED, f"the command ended without {step}"
            yield
            assert started.poll() is None, "the command went on"
        finally:
            started.kill()


def writing_steps(engine: str) -> list[Step]:
    """Steps all over a run that writes 200 articles: articles, commits before and after merges, the end."""
    module = {"tantivy": "search.engines.tantivy.engine", "whoosh": "search.engines.whoosh.writer"}[engine]
    writer = f"{engine.title()}Writer"
    puts = [Step(module, f"{writer}.put", "after", turn) for turn in (1, 150)]
    commits = [Step(module, f"{writer}.commit", when, turn) for when, turn in (("before", 1), ("after", 9))]
    return [*puts, *commits, Step(module, f"{writer}.close", "before")]
