"""An engine that is asked only while a budget allows it, for what is left out as a whole where there is no time.

In: an engine and the budget of a request. Out: what the engine finds, or `TimeIsUp`. Called by `search/extent.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from search.budget import Budget
from search.engines.base import Engine, Found
from search.query.clauses import Clause

Seen = TypeVar("Seen")


class TimeIsUp(Exception):
    """There is no time for another question, or there was none to answer it in full; never reaches a reader."""


@dataclass(frozen=True, slots=True)
class HurriedEngine:
    """Part of `search.engines.base.Engine`; raises TimeIsUp."""

    engine: Engine
    budget: Budget

    def search(self, clause: Clause, *, limit: int, total: bool = True) -> Found:
        return self._asked(partial(self.engine.search, clause, limit=limit, total=total))

    def counts(self, clause: Clause, fields: Sequence[str], *, least: int = 1) -> dict[str, dict[str | int, int]]:
        return self._asked(partial(self.engine.counts, clause, fields, least=least))

    def _asked(self, question: Callable[[], Seen]) -> Seen:
        if not self.budget.allows():
            raise TimeIsUp
        found = self.budget.spend(question)
        if self.budget.cut:
            raise TimeIsUp
        return found
