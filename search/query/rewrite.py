"""The tree of a query → a `Plan`: the clause that says which articles match, and what ranking and highlights need.

In: the tree from the parser, the analyser, and the terms and document frequencies of the index. Out: a `Plan`. What an
article scores is decided by `search/ranking`. Called by `search/answering.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from search.analysis.amounts import written_orders
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold, strip_marks
from search.query import affordable_phrases, clauses, field_clauses
from search.query.clauses import Between, Clause, Combine, Everything, Similar, Term, TermSet, all_of, any_of
from search.query.cost_limiter import CostLimiter
from search.query.costs import Allowance, cached_frequencies, cost
from search.query.highlights import HighlightsBuilder
from search.query.lone_words import is_lone, without_unlikely
from search.query.name_parts import NameParts
from search.query.named_words import highlighted, with_names
from search.query.neighbouring_words import in_context
from search.query.plan import Plan
from search.query.prefixes import prefix_clause
from search.query.query_harakat import TermLookup, vocalised_terms, without_contradicting
from search.query.query_words import LatinReader, QueryWords
from search.query.spaces import Joined, with_spaces
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
    Role,
    Tree,
    Word,
    parts_of,
)


class Spellings(Protocol):
    """Finds other spellings of a word that may be a foreign name, as terms of the level word."""

    def may_be_name(self, token: AnalyzedToken) -> bool: ...
    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]: ...


@dataclass(slots=True)
class _Gathered:
    """What the rewriter collects while it walks through a tree."""

    limiter: CostLimiter
    lone: bool = False  # whether the query has one content word
    words: list[AnalyzedToken] = field(default_factory=list)
    preferred: list[Clause] = field(default_factory=list)
    highlights: HighlightsBuilder = field(default_factory=HighlightsBuilder)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    latin: dict[str, None] = field(default_factory=dict)


class Rewriter:
    """Rewrites the trees of queries for one open index.

    terms        looks up the commonest terms of a field with a prefix
    spellings    looks up other spellings of a name; None: only the typed spelling is searched
    frequencies  looks up document frequencies; None: phrases are taken to cost nothing
    words        reads words with the further readings that the index has of them; None: with those of the tables alone
    name_parts   finds function words that are parts of names; None: none is
    latin        reads words in Latin letters as names in Arabic ones; None: they stand for themselves only
    joined       finds two words that the index has as one; None: they stand for themselves only
    """

    def __init__(
        self,
        analyzer: Analyzer,
        terms: TermLookup,
        spellings: Spellings | None = None,
        frequencies: field_clauses.DocumentFrequencies | None = None,
        words: QueryWords | None = None,
        name_parts: NameParts | None = None,
        latin: LatinReader | None = None,
        joined: Joined | None = None,
    ) -> None:
        self._analyzer, self._name_parts, self._joined_words = analyzer, name_parts, joined
        self._query_words, self._latin = words or QueryWords(analyzer), latin
        self._terms = terms
        self._spellings = spellings
        self._frequencies = cached_frequencies(frequencies) if frequencies else None

    def plan(self, tree: Tree) -> Plan:
        """Return the plan for the tree of a whole query, within the cost limits of `costs.py`."""
        tree = with_spaces(in_context(tree, self._analyzer), self._analyzer, self._joined_words)
        tree, names = with_names(tree, self._analyzer, self._name_parts)
        parts = parts_of(tree, And)
        functions = self._functions(parts)
        lone = is_lone(part for part, is_function in zip(parts, functions, strict=True) if not is_function)
        gathered = _Gathered(CostLimiter(Allowance(tree), self._frequencies), lone=lone)
        gathered.highlights.phrases += highlighted(names)
        made = [self._part(part, gathered) for part in parts]
        match = _joined(parts, made, functions)
        wanted, kept = _wanted(parts, made, functions)
        return Plan(
            match,
            tuple(gathered.words),
            gathered.highlights.build(),
            tuple(gathered.spellings.items()),
            wanted,
            gathered.limiter.remarks.build(),
            kept,
            tuple(gathered.preferred),
            names,
            tuple(gathered.latin),
        )

    def _functions(self, parts: Sequence[Tree]) -> list[bool]:
        """Whether each part is nothing but a function word."""
        return [isinstance(part, Word) and self._query_words.is_function(part) for part in parts]

    def _clause(self, tree: Tree, gathered: _Gathered) -> Clause:
        match tree:
            case Word():
                return self._word(tree, gathered)
            case Phrase():
                return self._phrase(tree, gathered)
            case Prefix():
                return prefix_clause(tree, self._terms, self._analyzer, gathered.limiter, gathered.highlights)
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
        return _joined(parts, [self._part(part, gathered) for part in parts], self._functions(parts))

    def _part(self, part: Tree, gathered: _Gathered) -> Clause:
        """The clause of a part, of a Not that of the part within. What is negated is neither ranked nor highlighted."""
        if not isinstance(part, Not):
            return self._clause(part, gathered)
        return self._clause(part.part, _Gathered(gathered.limiter.within_not()))

    def _word(self, word: Word, gathered: _Gathered) -> Clause:
        read = self._query_words.of_word(word, gathered.limiter, self._latin)
        gathered.latin.update(dict.fromkeys(read.latin.shown))
        tokens = read.tokens
        if gathered.lone and self._frequencies:
            tokens = [without_unlikely(token, self._frequencies) for token in tokens]
        typed = self._tokens(word, tokens, gathered)
        return any_of(typed, *(self._phrase(Phrase(name, word.field), gathered) for name in read.latin.compounds))

    def _tokens(self, word: Word, tokens: list[AnalyzedToken], gathered: _Gathered) -> Clause:
        if word.field not in NAME_FIELDS:
            if len(tokens) > 1:  # COVID-19, هاشتاغ_طويل: one word for the reader, several tokens in the index
                return self._phrase(Phrase(word.text, word.field, word.exact), gathered)
            gathered.words += tokens * (2 if word.repeated and word.role is Role.PART else 1)
            for token in tokens if word.role is not Role.PART else ():
                gathered.highlights.add_word(token, exact=word.exact)
        return all_of(*(self._token(word, token, gathered) for token in tokens))

    def _token(self, word: Word, token: AnalyzedToken, gathered: _Gathered) -> Clause:
        if word.field in NAME_FIELDS:
            return Term(f"{word.field}_word", token.word)
        names = _fields(word.field)
        if word.role is Role.PART:
            return any_of(*(Term(f"{name}_word", token.word) for name in names))
        agreeing, others = vocalised_terms(token, self._terms, gathered.limiter.allowance, exact=word.exact)
        if word.exact:
            clause, _ = affordable_phrases.phrase_clause(
                names, (token.exact,), Phrase(word.text, exact=True), gathered.limiter
            )
            return without_contradicting(clause, agreeing, others) if others else clause
        if agreeing:
            gathered.preferred.append(TermSet("marked", agreeing))
        spelled = self._spelled(token, gathered)
        if spelled:
            gathered.spellings[token.word] = spelled
            gathered.highlights.forms.update(spelled)
        alike = [TermSet(f"{name}_word", spelled) for name in names] if spelled else []
        stems = [("stem", stem) for stem in token.stems]
        terms = [*stems, *((each.level, each.term) for each in token.readings if each.level != "particles")]
        forms = [each.term for each in token.readings if each.level == "particles"]
        written = (field_clauses.with_particles(name, token.word, form) for form in forms for name in names)
        found = (field_clauses.at_level(name, level, term) for level, term in terms for name in names)
        return any_of(*found, *written, *alike)

    def _spelled(self, token: AnalyzedToken, gathered: _Gathered) -> tuple[str, ...]:
        """The other spellings of a token that may be a name; none beyond `costs.MOST_NAMES` names of a query."""
        if self._spellings is None or not self._spellings.may_be_name(token):
            return ()
        if not gathered.limiter.allowance.spend_name():
            gathered.limiter.remarks.add("budget-names", token.text)
            return ()
        return self._spellings(token)

    def _phrase(self, phrase: Phrase, gathered: _Gathered) -> Clause:
        tokens = self._query_words.of_phrase(phrase)
        if not tokens:
            return Everything()
        if phrase.field in NAME_FIELDS:
            return all_of(*(Term(f"{phrase.field}_word", token.word) for token in tokens))
        gathered.words += tokens
        texts = tuple(token.exact if phrase.exact else token.word for token in tokens)
        if phrase.slop is not None:
            (gathered.highlights.exact if phrase.exact else gathered.highlights.words).update(texts)
        else:
            phrases = gathered.highlights.exact_phrases if phrase.exact else gathered.highlights.phrases
            phrases += written_orders(texts)
        names = _fields(phrase.field)
        pairs = [(first, second) for first, second in pairwise(texts) if first != second]
        if phrase.slop is None or not pairs:
            row = texts if phrase.slop is None else texts[:1]
            clause, in_order = affordable_phrases.phrase_clause(names, row, phrase, gathered.limiter)
            if not in_order:
                (gathered.highlights.exact if phrase.exact else gathered.highlights.words).update(texts)
            return clause
        near = (
            [affordable_phrases.near_clause(name, pair, phrase, gathered.limiter) for pair in pairs] for name in names
        )
        return any_of(*(all_of(*parts) for parts in near))

    def _fuzzy(self, fuzzy: Fuzzy, gathered: _Gathered) -> Clause:
        """The clause for words that are nearly this one; of a name such as عبدالفتاح its last word is meant."""
        last = max((token.start for token in self._analyzer.tokens(fuzzy.text)), default=0)
        if last:
            first = self._clause(Word(fuzzy.text[:last], fuzzy.field), gathered)
            return all_of(first, self._fuzzy(replace(fuzzy, text=fuzzy.text[last:]), gathered))
        word = fold(strip_marks(fuzzy.text))
        if fuzzy.field in NAME_FIELDS:
            word = next((token.word for token in self._analyzer.query_tokens(fuzzy.text)), word)
        level_fields = _level_fields(fuzzy.field)
        similar = any_of(*(Similar(each.field, each.prefix + word, fuzzy.distance) for each in level_fields))
        alike = gathered.limiter.allowance.spend(cost(similar, self._frequencies))
        if fuzzy.field not in NAME_FIELDS and alike:
            gathered.highlights.similar.append((word, fuzzy.distance))
        elif fuzzy.field not in NAME_FIELDS:
            gathered.highlights.words.add(word)
            gathered.highlights.exact.add(word)
        if not alike:
            gathered.limiter.remarks.add("budget-similar", fuzzy.text)
        return similar if alike else any_of(*(each.term(word) for each in level_fields))


def _joined(parts: Sequence[Tree], made: Sequence[Clause], functions: Sequence[bool]) -> Clause:
    """Return the clause for every part; a function word among other parts does not have to match."""
    must: list[Clause] = []
    optional: list[Clause] = []
    must_not: list[Clause] = []
    for part, clause, function in zip(parts, made, functions, strict=True):
        if isinstance(part, Not):
            must_not.append(clause)
        else:
            (optional if function else must).append(clause)
    must = must or optional or [Everything()]
    return Combine(must=tuple(must), must_not=tuple(must_not)) if must_not else all_of(*must)


def _wanted(
    parts: Sequence[Tree], made: Sequence[Clause], functions: Sequence[bool]
) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """Return the clauses of plain content words; if there are several, also those of other parts but function words."""
    wanted, others = list[Clause](), list[Clause]()
    for part, clause, function in zip(parts, made, functions, strict=True):
        if not isinstance(part, Word) or part.exact or part.field in NAME_FIELDS:
            others.append(_without(clause) if isinstance(part, Not) else clause)
        elif not function:
            wanted.append(clause)
    return tuple(wanted), tuple(others) if len(wanted) > 1 else ()


def _without(clause: Clause) -> Clause:
    """Return the clause for every article that does not match this one."""
    return Combine(must=(Everything(),), must_not=(clause,))


def _fields(name: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if name is None else (name,)


def _level_fields(name: str | None) -> tuple[field_clauses.LevelField, ...]:
    return tuple(each for field_name in _fields(name) for each in field_clauses.level_fields(field_name))
