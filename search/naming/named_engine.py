"""An engine whose sources, authors and other names have display names: all aliases count as one value, the name.

In: an engine and `Names`. Out: an engine with the same contract, so that filters, facets, coverage, completion and the
articles that are shown use display names without code of their own. Made by `search/index/open_index.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from search import schema
from search.article import decode_article, encode_article
from search.engines.base import MOST_COUNTED, Engine, Found, Order, Stored
from search.naming.names import Names
from search.query.clauses import Boost, Clause, Combine, Constant, Term, TermSet, filtered
from search.query.tree import NAME_FIELDS
from search.schema import Kind

_FIELDS = NAME_FIELDS


class NamedEngine:
    """See `search.engines.base.Engine`."""

    def __init__(self, engine: Engine, names: Names) -> None:
        self._engine = engine
        self._names = names

    @property
    def documents(self) -> int:
        return self._engine.documents

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        return self._engine.search(self._with_index_values(clause), limit=limit, order=order, total=total)

    def load(self, refs: Sequence[object]) -> list[Stored]:
        return [
            Stored(kept.id, encode_article(self._names.shown(decode_article(kept.raw))))
            for kept in self._engine.load(refs)
        ]

    def ids(self, refs: Sequence[object]) -> list[str]:
        return self._engine.ids(refs)

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        unnamed = self._with_index_values(clause)
        aliases = sum(len(values) for groups in self._names.groups.values() for values in groups.values())
        renamed = any(name in _FIELDS for name in fields)  # aliases that are rare one by one may be frequent together
        most, fewest = min(MOST_COUNTED, limit + aliases), 1 if renamed else least
        found = self._engine.counts(unnamed, fields, limit=most, least=fewest)
        named = {name: self._named(name, counts, unnamed, limit) for name, counts in found.items()}
        return {name: {v: n for v, n in counts.items() if n >= least} for name, counts in named.items()}

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        return self._engine.terms(field, prefix, limit=limit)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        return self._engine.frequencies(field, texts)

    def _named(self, name: str, counts: dict[str | int, int], unnamed: Clause, limit: int) -> dict[str | int, int]:
        if name in _FIELDS:
            return self._merged(name, counts, unnamed, limit)
        return counts if schema.BY_NAME[name].kind is Kind.NUMBER else dict(islice(counts.items(), limit))

    def _merged(self, name: str, counts: dict[str | int, int], unnamed: Clause, limit: int) -> dict[str | int, int]:
        """The counts of display names. An article with two aliases of one name is counted once."""
        merged: dict[str, int] = {}
        for value, count in counts.items():
            shown = self._names.display(name, str(value))
            merged[shown] = merged.get(shown, 0) + count
        for shown in merged:
            values = self._names.values(name, shown)
            if len(values) > 1:
                together = filtered(unnamed, TermSet(name, values))
                merged[shown] = self._engine.search(together, limit=1).total
        ranked = sorted(merged.items(), key=lambda row: (-row[1], row[0]))
        return dict(ranked[:limit])

    def _with_index_values(self, clause: Clause) -> Clause:
        """The clause with the values of the index instead of display names."""
        match clause:
            case TermSet(field, texts) if field in _FIELDS:
                return TermSet(field, tuple(value for text in texts for value in self._names.values(field, text)))
            case Term(field, text) if field in _FIELDS:
                return TermSet(field, self._names.values(field, text))
            case Boost(inner, factor):
                return Boost(self._with_index_values(inner), factor)
            case Constant(inner, score):
                return Constant(self._with_index_values(inner), score)
            case Combine(must, should, must_not, least):
                wanted, optional, unwanted = (
                    tuple(map(self._with_index_values, part)) for part in (must, should, must_not)
                )
                return Combine(wanted, optional, unwanted, least)
        return clause
