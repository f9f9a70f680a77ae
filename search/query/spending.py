"""How a query's allowance is spent while its tree is walked through, and what is said where it is not enough.

In: a clause and what finds more at less cost. Out: one of the two. Called by `rewrite.py` and `rows.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from search.query.clauses import Clause, Nothing
from search.query.costs import Allowance, cost
from search.query.remarks import Remarks
from search.query.written import Frequencies


@dataclass(frozen=True, slots=True)
class Spending:
    """frequencies: of terms, None where they are not known and rows cost nothing; unwanted: within what is not to be
    there, where a clause that finds more would lose articles.
    """

    allowance: Allowance
    frequencies: Frequencies | None
    remarks: Remarks = field(default_factory=Remarks)
    unwanted: bool = False

    def of_unwanted(self) -> Spending:
        """The same for what a "not" stands before."""
        return replace(self, unwanted=not self.unwanted)

    def within(self, clause: Clause, instead: Clause, kind: str, text: str) -> Clause:
        """The clause where there is room for it, else what finds more, and of what is unwanted nothing; remarked on
        by the sentence `kind` about `text`.
        """
        if self.allowance.takes(cost(clause, self.frequencies)):
            return clause
        self.remarks.add("budget-without" if self.unwanted else kind, text)
        return Nothing() if self.unwanted else instead
