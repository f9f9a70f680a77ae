"""The program `first_pages.py` as processes that are asked in turn: two checkouts, or one over two indexes.

In: checkouts, indexes and queries, others in each turn. Out: for each query the milliseconds of processor time that its
first page took, and the articles that match. Called by `beside.py` and `large.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.bench.checkouts import Checkout
from tests.bench.places import topics, two_words

_PROGRAM = Path(__file__).with_name("first_pages.py")
TURNS = 8  # the headlines are divided among; the first turn warms
_AT_ONCE = 10  # queries before it is the other's turn
Answers = list[tuple[float, int]]  # milliseconds, matching articles


@dataclass(frozen=True, slots=True)
class Pages:
    """The program as it runs."""

    asked: IO[str]
    answers: IO[str]
    articles: int

    def ask(self, queries: Sequence[str]) -> Answers:
        """Return what the first page of each took."""
        self.asked.write(json.dumps(queries) + "\n")
        self.asked.flush()
        return [(taken, total) for taken, total in json.loads(self.answers.readline())]


@contextmanager
def searching(checkout: Checkout, index: Path) -> Iterator[Pages]:
    """The program with the packages of this checkout, over this index."""
    command = [sys.executable, "-P", str(_PROGRAM), str(index)]
    started = subprocess.Popen(
        command, cwd=checkout.path, env=checkout.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with started as program:
        assert program.stdin and program.stdout
        yield Pages(program.stdin, program.stdout, json.loads(program.stdout.readline()))


def headlines(turn: int) -> list[str]:
    """Return the headlines of a turn: no other turn asks for them, for a site may remember what it has answered."""
    return [topic.query for topic in topics()[turn::TURNS]]


def beginnings(turn: int) -> list[str]:
    """Return two words of each of these headlines, each pair once."""
    asked = {two_words(topic.query): number % TURNS for number, topic in enumerate(topics())}
    return [query for query, number in asked.items() if number == turn]


def in_turn(one: Pages, other: Pages, queries: Sequence[str], turn: int) -> tuple[Answers, Answers]:
    """Return what both take for all queries, asked a few at a time; who is first changes, from turn to turn too."""
    first, second = Answers(), Answers()
    for at in range(0, len(queries), _AT_ONCE):
        some = queries[at : at + _AT_ONCE]
        turns = [(one, first), (other, second)]
        for pages, into in turns if (at // _AT_ONCE + turn) % 2 else reversed(turns):
            into += pages.ask(some)
    return first, second
