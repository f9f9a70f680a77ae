"""Phrases, near phrases and exact words → clauses that the query's cost limit allows.

In: the names of the fields to search ("title", "body"), the terms of the phrase at its level (word, or exact after
`=`), the phrase of the query tree, and the query's `CostLimiter`. Out: the clause of `field_clauses.py` for the phrase,
or a cheaper clause that matches more articles where the limit is reached. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.analysis.amounts import written_orders
from search.query import field_clauses
from search.query.clauses import Clause, any_of
from search.query.cost_limiter import CostLimiter
from search.query.costs import cost
from search.query.tree import Phrase


def phrase_clause(
    names: Sequence[str], texts: tuple[str, ...], phrase: Phrase, limiter: CostLimiter
) -> tuple[Clause, bool]:
    """Return the clause for these terms one after another in any of these fields, and True.

    Where that costs too much, return the clause for all of the terms anywhere in a field, and False.
    """
    rows = written_orders(texts)
    if phrase.exact:
        clause = any_of(*(field_clauses.exact_phrase(name, row, limiter.frequencies) for name in names for row in rows))
    else:
        clause = any_of(*(field_clauses.word_phrase(name, row) for name in names for row in rows))
    cheaper = any_of(*(field_clauses.anywhere(name, texts, exact=phrase.exact) for name in names))
    found = limiter.afford(clause, cheaper, "budget-phrase" if len(texts) > 1 else "budget-exact", phrase.text)
    return found, found is clause


def near_clause(name: str, pair: tuple[str, str], phrase: Phrase, limiter: CostLimiter) -> Clause:
    """Return the clause for two terms near each other in one field.

    Where that costs too much for exact terms, their words have to be near each other in any form, and the exact terms
    anywhere; where that too costs too much, both terms may stand anywhere in the field.
    """
    slop = phrase.slop or 0
    if not phrase.exact:
        clause = field_clauses.near_words(name, pair, slop)
    elif limiter.allowance.spend_if_covered(_cost_of_near_exact(name, pair, slop, limiter)):
        return field_clauses.near_exact(name, pair, slop, limiter.frequencies)
    else:
        clause = field_clauses.near_in_any_form(name, pair, slop, limiter.frequencies)
    cheaper = field_clauses.anywhere(name, pair, exact=phrase.exact)
    found = limiter.afford(clause, cheaper, "budget-phrase", phrase.text)
    if phrase.exact and found is clause:
        limiter.remarks.add("budget-near", " ".join(pair))
    return found


def _cost_of_near_exact(name: str, pair: tuple[str, str], slop: int, limiter: CostLimiter) -> float:
    """The cost of one exact phrase of the two terms, in microseconds, times the number of phrases that are needed."""
    one = cost(field_clauses.exact_phrase(name, pair, limiter.frequencies), limiter.frequencies)
    return field_clauses.count_near_exact(name, slop) * one
