"""Whoosh stops where the budget of a step ends: what it finds till then is true, and the budget is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from math import inf
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from search.budget import Budget
from search.engines.base import Engine, Order
from search.engines.registry import backend
from search.engines.whoosh import time_limit as whoosh_time
from search.query.clauses import Clause, Combine, Everything, PhraseClause, Similar, Term, TermSet
from tests.contracts.engine_bench import article, scored

WORDS = ("خبر", "نفط", "وزير", "مدينه", "رياض")
Found = TypeVar("Found")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Sixty articles in two segments, some of them deleted."""
    folder: Path = tmp_path_factory.mktemp("whoosh")
    backend("whoosh").create(folder)
    random = Random(5)
    for start in (0, 40):
        writer = backend("whoosh").open_writer(folder)
        for number in range(start, start + (40 if not start else 20)):
            text = " ".join(random.choice(WORDS) for _ in range(12))
            writer.put(article(str(number), body_word=text, moment=number, source=(random.choice(WORDS),)))
        if start:
            for number in (3, 30, 39):
                writer.delete(str(number))
        writer.commit()
        writer.close()
    return backend("whoosh").open_engine(folder)


@pytest.fixture(autouse=True)
def small_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first range is three articles."""
    monkeypatch.setattr(whoosh_time, "FIRST", 3)


def clauses() -> list[Clause]:
    one, other, third = (Term("body_word", word) for word in WORDS[:3])
    row, near = PhraseClause("body_word", WORDS[:2]), PhraseClause("body_word", WORDS[1:3], 2)
    return [
        Everything(),
        one,
        row,
        near,
        Similar("body_word", "خبز", 1),
        TermSet("source", WORDS[:2]),
        Combine(must=(one, row), should=(other, near)),
        Combine(should=(one, other, third, near), least=2),
        Combine(must=(Everything(), one), must_not=(row, TermSet("source", WORDS[3:]))),
    ]


def within(budget: Budget, step: Callable[[], Found]) -> tuple[Found, int]:
    return budget.spend(step), budget.cut


def steps(seconds: float) -> Budget:
    """A budget of so many looks at the clock."""
    ticks = count()
    return Budget(seconds, clock=lambda: float(next(ticks)))


@pytest.mark.parametrize("clause", clauses())
def test_in_ranges_it_finds_what_it_finds_in_one(engine: Engine, clause: Clause) -> None:
    whole = scored(engine, clause)
    assert len(whole) > 5
    assert within(Budget(inf), partial(scored, engine, clause)) == (whole, 0)
    counted = engine.counts(clause, ("source", "moment"))
    assert within(Budget(inf), partial(engine.counts, clause, ("source", "moment"))) == (counted, 0)


@pytest.mark.parametrize("clause", clauses())
def test_what_it_finds_until_the_time_is_up_is_part_of_that(engine: Engine, clause: Clause) -> None:
    whole = scored(engine, clause)
    lengths = set()
    for seconds in range(300):
        budget = steps(seconds)
        found = budget.spend(partial(scored, engine, clause))
        assert found.items() <= whole.items()
        assert len(found) == len(whole) or budget.cut == 1
        lengths.add(len(found))
    assert len(whole) in lengths and len(lengths) > 2


def test_the_latest_articles_are_looked_at_however_little_time_there_is(engine: Engine) -> None:
    found, cut = within(steps(0), partial(engine.search, Everything(), limit=10, order=Order.NEWEST))
    assert (found.total, cut) == (3, 1)
    assert [kept.id for kept in engine.load([match.ref for match in found.matches])] == ["59", "58", "57"]


def test_after_a_cut_nothing_is_allowed(engine: Engine) -> None:
    budget = Budget(1e9, clock=lambda: 0.0)
    assert budget.allows()
    budget.cut_short()
    assert not budget.allows(0)


def test_outside_of_a_step_there_is_no_time_limit(engine: Engine) -> None:
    budget = steps(0)
    budget.spend(lambda: None)
    assert engine.search(Everything(), limit=1).total == 57
    assert budget.cut == 0
