"""Phrases, words near each other and exact words → clauses, as close to what was asked for as a query may cost.

In: names of fields, terms of a level, the phrase as read. Out: clauses by `written.py`. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.query import written
from search.query.clauses import Clause, any_of
from search.query.costs import cost
from search.query.spending import Spending
from search.query.tree import Phrase


def row(names: Sequence[str], texts: tuple[str, ...], phrase: Phrase, spending: Spending) -> tuple[Clause, bool]:
    """Words one after another in any of these fields, else all of them anywhere; and whether they are in a row."""
    if phrase.exact:
        clause = any_of(*(written.exact_row(name, texts, spending.frequencies) for name in names))
    else:
        clause = any_of(*(written.word_row(name, texts) for name in names))
    instead = any_of(*(written.anywhere(name, texts, exact=phrase.exact) for name in names))
    found = spending.within(clause, instead, "budget-phrase" if len(texts) > 1 else "budget-exact", phrase.text)
    return found, found is clause


def near(name: str, pair: tuple[str, str], phrase: Phrase, spending: Spending) -> Clause:
    """Two words near each other in one field; else, if they are exact, near in any form; else anywhere."""
    slop = phrase.slop or 0
    if not phrase.exact:
        clause = written.near_words(name, pair, slop)
    elif spending.allowance.holds(_cost_of_near_exact(name, pair, slop, spending)):
        return written.near_exact(name, pair, slop, spending.frequencies)
    else:
        clause = written.near_loosely(name, pair, slop, spending.frequencies)
    found = spending.within(clause, written.anywhere(name, pair, exact=phrase.exact), "budget-phrase", phrase.text)
    if phrase.exact and found is clause:
        spending.remarks.add("budget-near", " ".join(pair))
    return found


def _cost_of_near_exact(name: str, pair: tuple[str, str], slop: int, spending: Spending) -> float:
    """What asking for each distance by itself costs, worked out from one of them."""
    return written.rows_of_near(name, slop) * cost(
        written.exact_row(name, pair, spending.frequencies), spending.frequencies
    )
