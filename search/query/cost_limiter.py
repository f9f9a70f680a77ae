"""Replaces clauses of one query by cheaper ones once the query's allowance of estimated cost is used up.

In: a clause, and a cheaper clause that matches at least the same articles. Out: one of the two, and a remark for the
reader where it is the cheaper one. Called by `rewrite.py` and `affordable_phrases.py`; `costs.py` has the estimates.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from search.query.clauses import Clause, Nothing
from search.query.costs import Allowance, cost
from search.query.field_clauses import DocumentFrequencies
from search.query.remarks import Remarks


@dataclass(frozen=True, slots=True)
class CostLimiter:
    """The cost limit of one query while its tree is rewritten.

    allowance    how much estimated cost is left
    frequencies  looks up document frequencies; None: they are not known, and phrases are taken to cost nothing
    remarks      collects what the reader is told about clauses that were replaced
    excluded     whether the clauses stand within a "not": there a clause that matches more would exclude too much
    """

    allowance: Allowance
    frequencies: DocumentFrequencies | None
    remarks: Remarks = field(default_factory=Remarks)
    excluded: bool = False

    def within_not(self) -> CostLimiter:
        """Return the limiter for the part of the tree behind a "not", which shares allowance and remarks."""
        return replace(self, excluded=not self.excluded)

    def afford(self, clause: Clause, cheaper: Clause, kind: str, text: str) -> Clause:
        """Return the clause if the allowance covers it, else the cheaper one, or within a "not" no article at all.

        The remark is of this kind (see `remarks.KINDS`) and about `text`, a part of the query.
        """
        if self.allowance.spend(cost(clause, self.frequencies)):
            return clause
        self.remarks.add("budget-without" if self.excluded else kind, text)
        return Nothing() if self.excluded else cheaper
