"""A tree of words → a clause over index terms: which articles match. Scores are `search/ranking.py`'s business.

In: the reader's tree, the analyser, the index's terms (for prefixes). Out: the clause, the words that were asked for
in order (for ranking and highlights) and remarks. Called by `search/service.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from search.analysis import letters
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold, strip_marks
from search.analysis.vocalisation import INNER_MARKS
from search.query import clauses, rows, written
from search.query.clauses import Between, Clause, Combine, Everything, Similar, Term, TermSet, all_of, any_of
from search.query.costs import Allowance, cost, remembered
from search.query.highlights import Highlights, HighlightsBuilder
from search.query.spending import Spending
from search.query.tree import (
    NAME_FIELDS,
    TEXT_FIELDS,
    All,
    And,
    Fuzzy,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Range,
    Remark,
    Tree,
    Word,
)
from search.query.vocalised import Terms, not_contradicted, writings

_ARTICLE = letters.ALEF + letters.LAM


class Spellings(Protocol):
    """Other spellings of a word that may be a foreign name, as word-level terms."""

    def may_be_name(self, token: AnalyzedToken) -> bool: ...
    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What to search, to rank and to light.

    match      which articles
    words      the words asked for, in order: what ranking scores
    spellings  word-level terms of foreign names → the other spellings that are searched too
    wanted     the clause of each plain content word, of which "those with most" may lack some
    preferred  articles whose harakat agree with those of a query word, to be ranked higher
    kept       what such articles have to fulfil all the same: dates, phrases, exact words, what is not wanted
    """

    match: Clause
    words: tuple[AnalyzedToken, ...]
    highlights: Highlights
    spellings: tuple[tuple[str, tuple[str, ...]], ...]
    wanted: tuple[Clause, ...]
    remarks: tuple[Remark, ...]
    kept: tuple[Clause, ...] = ()
    preferred: tuple[Clause, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """What a walk through a tree collects."""

    spending: Spending
    words: list[AnalyzedToken] = field(default_factory=list)
    preferred: list[Clause] = field(default_factory=list)
    highlights: HighlightsBuilder = field(default_factory=HighlightsBuilder)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Rewriter:
    """Rewrites trees for one open index, into which `terms(field, prefix, limit)`, `spellings(word)` and
    `frequencies(field, terms)` look.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        terms: Terms,
        spellings: Spellings | None = None,
        frequencies: written.Frequencies | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._terms = terms
        self._spellings = spellings
        self._frequencies = remembered(frequencies) if frequencies else None

    def plan(self, tree: Tree) -> Plan:
        """The plan for a whole query, within what a query may cost."""
        gathered = _Gathered(Spending(Allowance(tree), self._frequencies))
        parts = tree.parts if isinstance(tree, And) else (tree,)
        made = [self._part(part, gathered) for part in parts]
        match = self._joined(parts, made)
        wanted, kept = self._wanted(parts, made)
        return Plan(
            match,
            tuple(gathered.words),
            gathered.highlights.build(),
            tuple(gathered.spellings.items()),
            wanted,
            gathered.spending.remarks.build(),
            kept,
            tuple(gathered.preferred),
        )

    def _wanted(self, parts: Sequence[Tree], made: Sequence[Clause]) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
        """Clauses of the plain content words, and where there are several, of all else but function words."""
        wanted, others = list[Clause](), list[Clause]()
        for part, clause in zip(parts, made, strict=True):
            if not isinstance(part, Word) or part.exact or part.field in NAME_FIELDS:
                others.append(_without(clause) if isinstance(part, Not) else clause)
            elif not self._is_function(part):
                wanted.append(clause)
        return tuple(wanted), tuple(others) if len(wanted) > 1 else ()

    def _clause(self, tree: Tree, gathered: _Gathered) -> Clause:
        match tree:
            case Word():
                return self._word(tree, gathered)
            case Phrase():
                return self._phrase(tree, gathered)
            case Prefix():
                return self._prefix(tree, gathered)
            case Fuzzy():
                return self._fuzzy(tree, gathered)
            case Range(first, last):
                return Between("day", first.toordinal() if first else None, last.toordinal() if last else None)
            case And(parts):
                return self._and(parts, gathered)
            case Or(parts):
                return any_of(*(self._clause(part, gathered) for part in parts))
            case Not():
                return _without(self._part(tree, gathered))
            case All():
                return Everything()
            case Nothing():
                return clauses.Nothing()

    def _and(self, parts: tuple[Tree, ...], gathered: _Gathered) -> Clause:
        return self._joined(parts, [self._part(part, gathered) for part in parts])

    def _part(self, part: Tree, gathered: _Gathered) -> Clause:
        """The clause of a part. What is not to be there is neither ranked nor highlighted."""
        if not isinstance(part, Not):
            return self._clause(part, gathered)
        return self._clause(part.part, _Gathered(gathered.spending.of_unwanted()))

    def _joined(self, parts: Sequence[Tree], made: Sequence[Clause]) -> Clause:
        """Every part; a function word among other parts does not have to be there."""
        must: list[Clause] = []
        optional: list[Clause] = []
        must_not: list[Clause] = []
        for part, clause in zip(parts, made, strict=True):
            if isinstance(part, Not):
                must_not.append(clause)
            elif isinstance(part, Word) and self._is_function(part):
                optional.append(clause)
            else:
                must.append(clause)
        must = must or optional or [Everything()]
        return Combine(must=tuple(must), must_not=tuple(must_not)) if must_not else all_of(*must)

    def _is_function(self, word: Word) -> bool:
        tokens = self._analyzer.query_tokens(word.text)
        return not word.exact and word.field is None and all(token.function for token in tokens)

    def _word(self, word: Word, gathered: _Gathered) -> Clause:
        tokens = self._analyzer.query_tokens(word.text)
        if word.field not in NAME_FIELDS:
            if len(tokens) > 1:  # COVID-19, هاشتاغ_طويل: one word to the reader, several to the index
                return self._phrase(Phrase(word.text, word.field, word.exact), gathered)
            gathered.words += tokens
            for token in tokens:
                _light(token, gathered.highlights, exact=word.exact)
        return all_of(*(self._token(word, token, gathered) for token in tokens))

    def _token(self, word: Word, token: AnalyzedToken, gathered: _Gathered) -> Clause:
        if word.field in NAME_FIELDS:
            return Term(f"{word.field}_word", token.word)
        names = _fields(word.field)
        most = gathered.spending.allowance.marked
        agreeing, others = writings(token, self._terms, most=most, exact=word.exact)
        if word.exact:
            clause, _ = rows.row(names, (token.exact,), Phrase(word.text, exact=True), gathered.spending)
            return not_contradicted(clause, agreeing, others) if others else clause
        if agreeing:
            gathered.preferred.append(TermSet("marked", agreeing))
        spelled = self._spelled(token, gathered)
        if spelled:
            gathered.spellings[token.word] = spelled
            gathered.highlights.words.update(spelled)
        alike = [TermSet(f"{name}_word", spelled) for name in names] if spelled else []
        return any_of(*(Term(f"{name}_stem", stem) for stem in token.stems for name in names), *alike)

    def _spelled(self, token: AnalyzedToken, gathered: _Gathered) -> tuple[str, ...]:
        """The other spellings of a name, looked for as long as there are not too many names."""
        if self._spellings is None or not self._spellings.may_be_name(token):
            return ()
        if not gathered.spending.allowance.takes_name():
            gathered.spending.remarks.add("budget-names", token.text)
            return ()
        return self._spellings(token)

    def _phrase(self, phrase: Phrase, gathered: _Gathered) -> Clause:
        tokens = self._analyzer.query_tokens(phrase.text)
        if not tokens:
            return Everything()
        if phrase.field in NAME_FIELDS:
            return all_of(*(Term(f"{phrase.field}_word", token.word) for token in tokens))
        gathered.words += tokens
        texts = tuple(token.exact if phrase.exact else token.word for token in tokens)
        if phrase.slop is not None:
            (gathered.highlights.exact if phrase.exact else gathered.highlights.words).update(texts)
        else:
            (gathered.highlights.exact_phrases if phrase.exact else gathered.highlights.phrases).append(texts)
        names = _fields(phrase.field)
        pairs = [(first, second) for first, second in pairwise(texts) if first != second]
        if phrase.slop is None or not pairs:
            row = texts if phrase.slop is None else texts[:1]
            clause, whole = rows.row(names, row, phrase, gathered.spending)
            if not whole:
                (gathered.highlights.exact if phrase.exact else gathered.highlights.words).update(texts)
            return clause
        near = ([rows.near(name, pair, phrase, gathered.spending) for pair in pairs] for name in names)
        return any_of(*(all_of(*parts) for parts in near))

    def _prefix(self, prefix: Prefix, gathered: _Gathered) -> Clause:
        start = fold(strip_marks(prefix.text))
        begin = start.removeprefix(_ARTICLE) or start if prefix.field in NAME_FIELDS else start
        most = gathered.spending.allowance.prefixed
        sets: list[Clause] = []
        for listing in _listings(prefix.field):
            found = self._terms(listing.field, listing.opening + begin, most + 1)
            if len(found) > most:
                gathered.spending.remarks.add("prefix-cut", prefix.text)
            texts = listing.texts(term for term, _ in found[:most])
            sets += [listing.any_of(texts)] if texts else []
            if prefix.field not in NAME_FIELDS:
                highlights = gathered.highlights
                (highlights.exact if listing.exact else highlights.words).update(texts)
        return any_of(*sets)

    def _fuzzy(self, fuzzy: Fuzzy, gathered: _Gathered) -> Clause:
        word = fold(strip_marks(fuzzy.text))
        if fuzzy.field in NAME_FIELDS:
            word = next((token.word for token in self._analyzer.query_tokens(fuzzy.text)), word)
        listings = _listings(fuzzy.field)
        similar = any_of(*(Similar(each.field, each.opening + word, fuzzy.distance) for each in listings))
        alike = gathered.spending.allowance.takes(cost(similar, self._frequencies))
        if fuzzy.field not in NAME_FIELDS and alike:
            gathered.highlights.similar.append((word, fuzzy.distance))
        elif fuzzy.field not in NAME_FIELDS:
            gathered.highlights.words.add(word)
            gathered.highlights.exact.add(word)
        if not alike:
            gathered.spending.remarks.add("budget-similar", fuzzy.text)
        return similar if alike else any_of(*(each.term(word) for each in listings))


def _without(clause: Clause) -> Clause:
    """Every article but those of the clause."""
    return Combine(must=(Everything(),), must_not=(clause,))


def _light(token: AnalyzedToken, highlights: HighlightsBuilder, *, exact: bool) -> None:
    if exact and INNER_MARKS.search(token.text):
        highlights.vocalised.append((token.exact, token.text))
    elif exact:
        highlights.exact.add(token.exact)
    else:
        (highlights.function_stems if token.function else highlights.stems).update(token.stems)


def _fields(name: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if name is None else (name,)


def _listings(name: str | None) -> tuple[written.Listing, ...]:
    return tuple(listing for field_name in _fields(name) for listing in written.listings(field_name))
