"""An engine that remembers what it was asked lately, so that unchanged parts of a page are not worked out again.

In: an engine, as it was at one commit. Out: an engine with the same contract and the same answers. The next page of a
search asks for the same matches, facets and copies; so does a change of the order for the facets and copies, and the
way back for all of them, and for the terms that begin as a word with `*` does, of which an engine may have to read all
to give the commonest. Made by `open_index` for each commit that is opened, so a commit empties it. Questions are
compared by their clauses, whatever was typed. What was cut short, lacks parts of the index or is large is not
remembered, nor what a question of very many terms finds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final, TypeVar

from search.engines.base import MOST_COUNTED, Engine, Found, Order, Stored
from search.index.kept import Kept
from search.query.clauses import Boost, Clause, Combine, Constant, PhraseClause, TermSet
from search.whole_answers import answered

SEARCHES: Final = 128  # answers that are remembered; the matches of one take up to 50 KB, with its clause
COUNTS: Final = 64  # the same of counts, up to 150 KB each
LISTS: Final = 128  # the same of lists of terms, up to 100 KB each
_MOST_MATCHES: Final = 200  # of an answer that is remembered: pages one to five are made of the first hundred
_MOST_VALUES: Final = 1_500  # the same of values: thirty of each facet, and the months of a century
_MOST_LISTED: Final = 1_000  # terms of a list that is remembered; a prefix stands for 256 at most
_MOST_TERMS: Final = 500  # of a clause that is kept with its answer; lists of ids and rare prefixes may have thousands
Answer = TypeVar("Answer")
Counts = dict[str, dict[str | int, int]]


class RememberingEngine:
    """See `search.engines.base.Engine`. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._searches: Kept[Found] = Kept(SEARCHES)
        self._counts: Kept[Counts] = Kept(COUNTS)
        self._lists: Kept[list[tuple[str, int]]] = Kept(LISTS)

    def forget(self) -> None:
        """Remember nothing of what was asked so far: for who measures what an answer takes."""
        self._searches.clear()
        self._counts.clear()
        self._lists.clear()

    @property
    def documents(self) -> int:
        return self._engine.documents

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        def ask() -> Found:
            return self._engine.search(clause, limit=limit, order=order, total=total)

        if _terms(clause) > _MOST_TERMS:
            return ask()
        return _remembered(self._searches, (clause, limit, order, total), ask, fits=_has_few)

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        def ask() -> Counts:
            return self._engine.counts(clause, fields, limit=limit, least=least)

        if _terms(clause) > _MOST_TERMS:
            return ask()
        found = _remembered(self._counts, (clause, tuple(fields), limit, least), ask, fits=_is_small)
        return {name: dict(values) for name, values in found.items()}  # theirs to change

    def load(self, refs: Sequence[object]) -> list[Stored]:
        return self._engine.load(refs)

    def ids(self, refs: Sequence[object]) -> list[str]:
        return self._engine.ids(refs)

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        def ask() -> list[tuple[str, int]]:
            return self._engine.terms(field, prefix, limit=limit)

        if limit > _MOST_LISTED:
            return ask()
        return _remembered(self._lists, (field, prefix, limit), ask).copy()  # theirs to change

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        return self._engine.frequencies(field, texts)


class _Question:
    """What was asked. It is hashed once, for a clause may consist of a hundred others."""

    __slots__ = ("_hash", "_parts")

    def __init__(self, parts: Hashable) -> None:
        self._parts, self._hash = parts, hash(parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Question) and self._hash == other._hash and self._parts == other._parts


def _remembered(
    kept: Kept[Answer], parts: Hashable, ask: Callable[[], Answer], *, fits: Callable[[Answer], bool] = lambda _: True
) -> Answer:
    """Return the answer that is kept for this question, or ask and keep the answer if it is whole and fits."""
    question = _Question(parts)
    known = kept.get(question)
    if known is not None:
        return known
    found, is_whole = answered(ask)
    if is_whole and fits(found):
        kept.put(question, found)
    return found


def _has_few(found: Found) -> bool:
    return len(found.matches) <= _MOST_MATCHES


def _is_small(counts: Counts) -> bool:
    return sum(map(len, counts.values())) <= _MOST_VALUES


def _terms(clause: Clause) -> int:
    """How many terms a clause consists of, and clauses without a term."""
    found, left = 0, [clause]
    for each in left:  # which grows: a query of a few words has a hundred clauses, and a call for each takes longer
        while type(each) is Boost or type(each) is Constant:
            each = each.clause
        if type(each) is Combine:
            left += each.must + each.should + each.must_not
        else:
            found += len(each.texts) if type(each) is TermSet or type(each) is PhraseClause else 1
    return found
