"""An engine whose sources, authors and other names have display names: all aliases count as one value, the name.

In: an engine and `Names`. Out: an engine with the same contract, so that filters, facets, coverage, completion and the
articles that are shown use display names without code of their own. Made by `search/index/open_index.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

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
        aliases = {name: self._aliases(name) for name in fields}
        most = min(MOST_COUNTED, limit + max(map(len, aliases.values()), default=0))
        fewest = 1 if any(aliases.values()) else least  # aliases that are rare one by one may be frequent together
        found = self._engine.counts(unnamed, fields, limit=most, least=fewest)
        for name, counts in found.items():
            if aliases[name]:
                counts = self._merged(name, counts, unnamed, limit=limit, most=most, least=least)
            found[name] = counts
        return {name: _commonest(name, counts, limit=limit, least=least) for name, counts in found.items()}

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        return self._engine.terms(field, prefix, limit=limit)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        return self._engine.frequencies(field, texts)

    def _aliases(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that are shown by a display name."""
        return tuple(value for values in self._names.groups.get(name, {}).values() for value in values)

    def _merged(
        self, name: str, counts: dict[str | int, int], unnamed: Clause, *, limit: int, most: int, least: int
    ) -> dict[str | int, int]:
        """The counts of the values without a display name, and those of the display names that may be listed. An
        article with two aliases of one name is counted once.

        counts: those of the commonest values, `most` where others were left out
        """
        aliases = self._aliases(name)
        of_aliases = counts
        if len(counts) >= most:  # each alias may be rarer than those counted, and all of a name be commoner
            of_aliases = self._engine.counts(filtered(unnamed, TermSet(name, aliases)), (name,))[name]
        own = set(aliases)
        merged = {value: count for value, count in counts.items() if value not in own}
        named = {
            shown: parts
            for shown, values in self._names.groups[name].items()
            if (parts := [of_aliases[value] for value in values if value in of_aliases])
        }
        surely = sorted((*merged.values(), *map(max, named.values())), reverse=True)
        needed = max(least, surely[limit - 1] if len(surely) >= limit else 1)
        for shown, parts in named.items():
            if sum(parts) >= needed:
                merged[shown] = parts[0] if len(parts) == 1 else self._together(name, shown, unnamed)
        return merged

    def _together(self, name: str, shown: str, unnamed: Clause) -> int:
        """Return how many articles have any alias of a display name."""
        values = TermSet(name, self._names.values(name, shown))
        return self._engine.search(filtered(unnamed, values), limit=1).total

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


def _commonest(name: str, counts: dict[str | int, int], *, limit: int, least: int) -> dict[str | int, int]:
    """Return the commonest values of a field, of equally common ones the first by the alphabet; all of a number."""
    if schema.BY_NAME[name].kind is Kind.NUMBER:
        return {value: count for value, count in counts.items() if count >= least}
    ranked = sorted(((str(value), count) for value, count in counts.items()), key=lambda row: (-row[1], row[0]))
    return {value: count for value, count in ranked[:limit] if count >= least}
