"""Completes the names of sources, sections and authors.

In: an open index, one of these fields and the beginning of a name. Out: values of the field as articles write them, the
commonest first. Only the values of articles with the typed words are counted, so the time does not grow with the number
of values. Called by `search/results/completion.py`.
"""

from __future__ import annotations

from typing import Final

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold, folded, strip_marks
from search.analysis.letters import ARTICLE
from search.engines.base import Engine
from search.naming.names import Names
from search.query.clauses import Clause, Everything, Term, TermSet, all_of, any_of
from search.whole_answers import remembered

MOST_COUNTED: Final = 200  # values that are looked at, the commonest
LONGEST: Final = 100  # characters of a value that is offered
_MOST_WORDS: Final = 256  # words that an unfinished word may become


class FieldValues:
    """Completes names for one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer, names: Names) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._names = names
        self._known = remembered(self._found, most=1024)

    def beginning(self, field: str, text: str) -> tuple[str, ...]:
        """Return the values that have these words, the last of which may be unfinished; for "" the commonest values."""
        text = text.strip()
        return self._known(field, "" if folded(text) == ARTICLE else text)  # names are indexed without the article ال

    def _found(self, field: str, text: str) -> tuple[str, ...]:
        readings = self._analyzer.unfinished_readings(text)
        if text and not readings[0]:
            return ()
        start = folded(text)
        clause = any_of(*(self._clause(field, tokens) for tokens in readings))
        counts = dict(self._engine.counts(clause, (field,), limit=MOST_COUNTED)[field])
        displayed = self._display_names(field, start) if text else ()
        counts |= {name: self._count(field, name) for name in displayed}
        rows = sorted(
            (not folded(value).startswith(start), -count, value)
            for value, count in ((str(value), count) for value, count in counts.items())
            if count and len(value) <= LONGEST
            if value in displayed or any(self._has_words(value, tokens) for tokens in readings)
        )
        return tuple(value for _, _, value in rows)

    def _display_names(self, field: str, start: str) -> tuple[str, ...]:
        """Return the owner's display names of which one alias begins with `start`: the index may have only aliases."""
        groups = self._names.groups.get(field, {})
        return tuple(name for name, values in groups.items() if any(folded(v).startswith(start) for v in values))

    def _count(self, field: str, name: str) -> int:
        return self._engine.search(TermSet(field, (name,)), limit=1).total

    def _clause(self, field: str, tokens: list[AnalyzedToken]) -> Clause:
        """Return the clause of articles whose field has all the words, or for the last one a word that begins so."""
        if not tokens:
            return Everything()
        name = f"{field}_word"
        begun = [
            term for begin in _begins(tokens[-1]) for term, _ in self._engine.terms(name, begin, limit=_MOST_WORDS)
        ]
        last = TermSet(name, tuple(dict.fromkeys((*begun, tokens[-1].word))))
        return all_of(*(Term(name, token.word) for token in tokens[:-1]), last)

    def _has_words(self, value: str, tokens: list[AnalyzedToken]) -> bool:
        """Return whether this one value has all the words: an article that has them may have several sources."""
        words = {token.word for token in self._analyzer.tokens(value)}
        begins = _begins(tokens[-1]) if tokens else ()
        return all(token.word in words for token in tokens[:-1]) and (
            not tokens or tokens[-1].word in words or any(word.startswith(begins) for word in words)
        )


def _begins(token: AnalyzedToken) -> tuple[str, ...]:
    """Return what the terms of names begin with that continue the token: names are indexed without the article ال, and
    الله with it.
    """
    whole = fold(strip_marks(token.text))
    return tuple(dict.fromkeys((whole.removeprefix(ARTICLE), whole)))
