"""A tree of words → a clause over index terms: which articles match. Scores are `search/ranking.py`'s business.

In: the reader's tree, the analyser, the index's terms (for prefixes). Out: the clause, the words that were asked for
in order (for ranking and lights) and remarks. Called by `search/service.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold, strip_marks
from search.query import clauses
from search.query.clauses import Between, Clause, Combine, Everything, Similar, Term, TermSet, all_of, any_of
from search.query.lights import Lights, LightsBuilder
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

MOST_EXPANSIONS = 256  # terms that one prefix may stand for
Terms = Callable[[str, str, int], list[tuple[str, int]]]
Spellings = Callable[[AnalyzedToken], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to search, to rank and to light.

    match      which articles
    words      the words asked for, in order: what ranking scores
    spellings  word-level terms of foreign names → the other spellings that are searched too
    wanted     for a query of plain words: the clause of each content word, for "those with most"; else ()
    """

    match: Clause
    words: tuple[AnalyzedToken, ...]
    lights: Lights
    spellings: tuple[tuple[str, tuple[str, ...]], ...]
    wanted: tuple[Clause, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Gathered:
    words: list[AnalyzedToken] = field(default_factory=list)
    lights: LightsBuilder = field(default_factory=LightsBuilder)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


class Rewriter:
    """Rewrites trees for one open index. `terms(field, prefix, limit)` and `spellings(word)` look into the index."""

    def __init__(self, analyzer: Analyzer, terms: Terms, spellings: Spellings | None = None) -> None:
        self._analyzer = analyzer
        self._terms = terms
        self._spellings = spellings

    def plan(self, tree: Tree) -> Plan:
        """The plan for a whole query."""
        gathered = _Gathered()
        match = self._clause(tree, gathered)
        return Plan(
            match,
            tuple(gathered.words),
            gathered.lights.build(),
            tuple(gathered.spellings.items()),
            self._wanted(tree),
            tuple(gathered.remarks),
        )

    def _wanted(self, tree: Tree) -> tuple[Clause, ...]:
        """The clause of each plain content word of a query of words alone; () for any other query."""
        parts = tree.parts if isinstance(tree, And) else (tree,)
        aside = _Gathered()
        if not all(isinstance(part, Word) for part in parts):
            return ()
        tokens = [(part, token) for part in parts for token in self._analyzer.tokens(part.text)]  # type: ignore[union-attr]
        content = [(part, token) for part, token in tokens if not token.function]
        return tuple(self._token(part, token, aside) for part, token in content)  # type: ignore[arg-type]

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
            case Not(part):
                return Combine(must=(Everything(),), must_not=(self._clause(part, _Gathered()),))
            case All():
                return Everything()
            case Nothing():
                return clauses.Nothing()

    def _and(self, parts: tuple[Tree, ...], gathered: _Gathered) -> Clause:
        """Every part; a function word among other parts does not have to be there."""
        must: list[Clause] = []
        optional: list[Clause] = []
        must_not: list[Clause] = []
        for part in parts:
            if isinstance(part, Not):
                must_not.append(self._clause(part.part, _Gathered()))
            elif isinstance(part, Word) and self._is_function(part):
                optional.append(self._clause(part, gathered))
            else:
                must.append(self._clause(part, gathered))
        must = must or optional or [Everything()]
        return Combine(must=tuple(must), must_not=tuple(must_not)) if must_not else all_of(*must)

    def _is_function(self, word: Word) -> bool:
        tokens = self._analyzer.tokens(word.text)
        return not word.exact and word.field is None and all(token.function for token in tokens)

    def _word(self, word: Word, gathered: _Gathered) -> Clause:
        tokens = self._analyzer.tokens(word.text)
        if word.field not in NAME_FIELDS:
            gathered.words += tokens
            for token in tokens:
                _light(token, gathered.lights, exact=word.exact)
        return all_of(*(self._token(word, token, gathered) for token in tokens))

    def _token(self, word: Word, token: AnalyzedToken, gathered: _Gathered) -> Clause:
        if word.field in NAME_FIELDS:
            return Term(f"{word.field}_word", token.word)
        names = _fields(word.field)
        if word.exact:
            return any_of(*(Term(f"{name}_exact", token.exact) for name in names))
        spelled = self._spellings(token) if self._spellings else ()
        if spelled:
            gathered.spellings[token.word] = spelled
            gathered.lights.words.update(spelled)
        alike = [TermSet(f"{name}_word", spelled) for name in names] if spelled else []
        return any_of(*(Term(f"{name}_stem", stem) for stem in token.stems for name in names), *alike)

    def _phrase(self, phrase: Phrase, gathered: _Gathered) -> Clause:
        tokens = self._analyzer.tokens(phrase.text)
        if not tokens:
            return Everything()
        if phrase.field in NAME_FIELDS:
            return all_of(*(Term(f"{phrase.field}_word", token.word) for token in tokens))
        gathered.words += tokens
        level = "exact" if phrase.exact else "word"
        texts = tuple(token.exact if phrase.exact else token.word for token in tokens)
        if phrase.slop is not None:
            (gathered.lights.exact if phrase.exact else gathered.lights.words).update(texts)
        else:
            (gathered.lights.exact_phrases if phrase.exact else gathered.lights.phrases).append(texts)
        return any_of(*(_sequence(f"{name}_{level}", texts, phrase.slop) for name in _fields(phrase.field)))

    def _prefix(self, prefix: Prefix, gathered: _Gathered) -> Clause:
        start = fold(strip_marks(prefix.text))
        suffix = "_word" if prefix.field in NAME_FIELDS else ""
        names = (f"{prefix.field}{suffix}",) if suffix else tuple(_levels(prefix.field))
        found = [(name, self._terms(name, start, MOST_EXPANSIONS + 1)) for name in names]
        if any(len(terms) > MOST_EXPANSIONS for _, terms in found):
            text = f"بداية «{prefix.text}» واسعة: بُحث عن أكثر {MOST_EXPANSIONS} كلمة شيوعًا مما يبدأ بها"
            gathered.remarks.append(Remark("prefix-cut", text))
        sets = [TermSet(name, tuple(text for text, _ in terms[:MOST_EXPANSIONS])) for name, terms in found if terms]
        gathered.lights.words.update(text for terms in sets for text in terms.texts)
        return any_of(*sets)

    def _fuzzy(self, fuzzy: Fuzzy, gathered: _Gathered) -> Clause:
        word = fold(strip_marks(fuzzy.text))
        gathered.lights.similar.append((word, fuzzy.distance))
        names = (f"{fuzzy.field}_word",) if fuzzy.field in NAME_FIELDS else tuple(_levels(fuzzy.field))
        return any_of(*(Similar(name, word, fuzzy.distance) for name in names))


def _light(token: AnalyzedToken, lights: LightsBuilder, *, exact: bool) -> None:
    if exact:
        lights.exact.add(token.exact)
    else:
        (lights.function_stems if token.function else lights.stems).update(token.stems)


def _fields(name: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if name is None else (name,)


def _levels(name: str | None) -> Iterator[str]:
    for field_name in _fields(name):
        yield f"{field_name}_word"
        yield f"{field_name}_exact"


def _sequence(name: str, texts: tuple[str, ...], slop: int | None) -> Clause:
    if len(texts) == 1:
        return Term(name, texts[0])
    if slop is None:
        return clauses.Sequence(name, texts)
    pairs = [(first, second) for first, second in pairwise(texts) if first != second]
    return all_of(*(_near(name, pair, slop) for pair in pairs)) if pairs else Term(name, texts[0])


def _near(name: str, pair: tuple[str, str], slop: int) -> Clause:
    """The two terms in any order with at most `slop` others between them."""
    if slop == 0:
        return any_of(clauses.Sequence(name, pair), clauses.Sequence(name, pair[::-1]))
    return any_of(clauses.Sequence(name, pair, slop), clauses.Sequence(name, pair[::-1], slop))
