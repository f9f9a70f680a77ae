"""An engine that searches only while the time budget of a request lasts.

In: an engine and the budget. Out: what the engine finds in full, or the exception `TimeIsUp`: for parts of a page that
are left out when there is no time for them. Made by `search/results_page.py` for `search/results/facets.py`, and by
what counts copies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from search.budget import Budget
from search.engines.base import MOST_COUNTED, Engine, Found
from search.query.clauses import Clause

Seen = TypeVar("Seen")


class TimeIsUp(Exception):
    """The budget is used up, or did not suffice for all matches. Callers catch it; readers never see it."""


@dataclass(frozen=True, slots=True)
class BudgetedEngine:
    """The methods `search` and `counts` of `search.engines.base.Engine`, which raise TimeIsUp."""

    engine: Engine
    budget: Budget

    def search(self, clause: Clause, *, limit: int, total: bool = True) -> Found:
        return self._asked(partial(self.engine.search, clause, limit=limit, total=total))

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        return self._asked(partial(self.engine.counts, clause, fields, limit=limit, least=least))

    def _asked(self, question: Callable[[], Seen]) -> Seen:
        if not self.budget.allows():
            raise TimeIsUp
        found = self.budget.spend(question)
        if self.budget.cut:
            raise TimeIsUp
        return found
