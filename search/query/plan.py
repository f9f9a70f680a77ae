"""What is searched for a query: the record that `rewrite.py` makes, and that answering, notes and highlights read."""

from __future__ import annotations

import msgspec

from search.analysis.analyzer import AnalyzedToken
from search.query.clauses import Clause
from search.query.highlights import Highlights
from search.query.tree import Remark


class Plan(msgspec.Struct, frozen=True):
    """What an engine searches for a query, and what ranking and highlighting need of it.

    match       the clause for the articles that match
    words       the tokens of the query's words and phrases, in order, which ranking scores; their `readings` are
                those that are searched
    highlights  the terms whose words are highlighted
    spellings   terms at the level word of foreign names, each with the other spellings that are searched too
    wanted      the clause of each plain content word; if no article has all, articles with most of them are shown
    remarks     what the reader is told about limits that the rewriter kept
    kept        the clauses that those articles still have to match: dates, phrases, exact words, negations
    preferred   clauses for articles whose harakat agree with those of a query word; they rank higher
    names       the terms at the level word of each name that a function word is part of: they rank higher as a phrase
    latin       the names in Arabic letters that words in Latin letters are searched as too, as readers are told
    """

    match: Clause
    words: tuple[AnalyzedToken, ...]
    highlights: Highlights
    spellings: tuple[tuple[str, tuple[str, ...]], ...]
    wanted: tuple[Clause, ...]
    remarks: tuple[Remark, ...]
    kept: tuple[Clause, ...] = ()
    preferred: tuple[Clause, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    latin: tuple[str, ...] = ()
