"""First pages beside those of another checkout, in process, each over its own index of all news, 89,568 articles.

KASHAF_BESIDE names the other checkout, as `git worktree add` makes one; without it this is left out. Both are asked in
turn, a few queries each, and measured by processor time, which is what a page takes where nothing else runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

from tests.bench.figures import Figure, paired_ratio, percentile
from tests.bench.places import ALL_NEWS, cache_folder, first_rows, index_of, topics, two_words
from tests.bench.processes import ROOT

_PROGRAM = Path(__file__).with_name("first_pages.py")
_EACH = 8  # of so many headlines one is asked for
_AT_ONCE = 10  # queries before it is the other's turn
_ROUNDS = 5
_COMMON = ("قال", "السعودية", "محمد", "")
_PERCENTILES = (("median", 0.5), ("95th percentile", 0.95))
Answers = list[tuple[float, int]]  # milliseconds, matching articles


def measure(rows: int) -> Iterator[Figure]:
    """Medians and 95th percentiles of both, the ratio of those in turn, and the queries that match differently."""
    if not (named := os.environ.get("KASHAF_BESIDE")):
        print("  left out: KASHAF_BESIDE names no other checkout")
        return
    other, whole = Path(named).resolve(), [topic.query for topic in topics()[::_EACH]]
    asked = {"two words": [two_words(query) for query in whole], "common words": _COMMON, "whole headlines": whole}
    with ExitStack() as opened:
        ours = opened.enter_context(_searching(ROOT, index_of(ALL_NEWS, rows)))
        theirs = opened.enter_context(_searching(other, _index_by(other, rows)))
        told = f"{ours.articles} articles beside {theirs.articles}"
        assert rows or abs(ours.articles - theirs.articles) < ours.articles / 1000, told
        for what, queries in asked.items():
            rounds = [_round(ours, theirs, queries, turn) for turn in range(_ROUNDS + 1)]
            yield from _figures(what, rounds[1:])  # the first warms


@dataclass(frozen=True, slots=True)
class _Pages:
    """The program `first_pages.py` as it runs."""

    asked: IO[str]
    answers: IO[str]
    articles: int

    def ask(self, queries: Sequence[str]) -> Answers:
        """What the first page of each took."""
        self.asked.write(json.dumps(queries) + "\n")
        self.asked.flush()
        return [(taken, total) for taken, total in json.loads(self.answers.readline())]


@contextmanager
def _searching(checkout: Path, index: Path) -> Iterator[_Pages]:
    """The program with the packages of this checkout."""
    command = [sys.executable, "-P", str(_PROGRAM), str(index)]
    with subprocess.Popen(command, **_within(checkout), stdin=-1, stdout=-1, text=True) as program:
        assert program.stdin and program.stdout
        yield _Pages(program.stdin, program.stdout, json.loads(program.stdout.readline()))


def _round(ours: _Pages, theirs: _Pages, queries: Sequence[str], turn: int) -> tuple[Answers, Answers]:
    first, second = Answers(), Answers()
    for at in range(0, len(queries), _AT_ONCE):
        some = queries[at : at + _AT_ONCE]
        turns = [(ours, first), (theirs, second)]
        for pages, into in turns if (at // _AT_ONCE + turn) % 2 else reversed(turns):
            into += pages.ask(some)
    return first, second


def _figures(what: str, rounds: Sequence[tuple[Answers, Answers]]) -> Iterator[Figure]:
    totals = [(ours[1], theirs[1]) for ours, theirs in zip(*rounds[0], strict=True)]
    both = sum(bool(ours) == bool(theirs) for ours, theirs in totals)
    assert both >= 0.9 * len(totals), (
        f"{what}: {len(totals) - both} of {len(totals)} queries find nothing in one of both"
    )
    yield Figure(f"{what}: that match other articles", sum(ours != theirs for ours, theirs in totals) / len(totals), "")
    for name, share in _PERCENTILES:
        both = [tuple(percentile([taken for taken, _ in answers], share) for answers in pair) for pair in rounds]
        pairs = [(ours, theirs) for ours, theirs in both]
        yield Figure(f"{what}, {name}", median(ours for ours, _ in pairs), "ms")
        yield Figure(f"{what}, {name}: the other checkout's", median(theirs for _, theirs in pairs), "ms")
        yield Figure(f"{what}, {name}: ours : the other's", paired_ratio(pairs), at_most=1)


def _index_by(checkout: Path, rows: int) -> Path:
    """The index that this checkout makes of all news; made where it is not there yet."""
    place = cache_folder() / f"beside-{rows}-{hashlib.blake2b(os.fsencode(checkout), digest_size=6).hexdigest()}"
    if not (place / "kashaf.json").exists():
        sources = [str(first_rows(source, rows)) for source in ALL_NEWS]
        subprocess.run(
            [sys.executable, "-P", "-m", "kashaf", "index", "--index", place, *sources], **_within(checkout), check=True
        )
    return place


def _within(checkout: Path) -> dict[str, object]:
    return {"cwd": checkout, "env": {**os.environ, "PYTHONPATH": str(checkout)}}
