"""A tree of words → a clause over index terms: which articles match. Scores are `search/ranking.py`'s business.

In: the reader's tree, the analyser, the index's terms (for prefixes). Out: the clause, the words that were asked for
in order (for ranking and lights) and remarks. Called by `search/service.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis import letters
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold, strip_marks
from search.analysis.vocalisation import INNER_MARKS, marked_prefix, vocalisation_agrees, written_of
from search.query import clauses, written
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
_ARTICLE = letters.ALEF + letters.LAM
Terms = Callable[[str, str, int], list[tuple[str, int]]]
Spellings = Callable[[AnalyzedToken], tuple[str, ...]]


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
    lights: Lights
    spellings: tuple[tuple[str, tuple[str, ...]], ...]
    wanted: tuple[Clause, ...]
    remarks: tuple[Remark, ...]
    kept: tuple[Clause, ...] = ()
    preferred: tuple[Clause, ...] = ()


@dataclass(slots=True)
class _Gathered:
    words: list[AnalyzedToken] = field(default_factory=list)
    preferred: list[Clause] = field(default_factory=list)
    lights: LightsBuilder = field(default_factory=LightsBuilder)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


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
        self._frequencies = frequencies

    def plan(self, tree: Tree) -> Plan:
        """The plan for a whole query."""
        gathered = _Gathered()
        match = self._clause(tree, gathered)
        wanted, kept = self._wanted(tree)
        return Plan(
            match,
            tuple(gathered.words),
            gathered.lights.build(),
            tuple(gathered.spellings.items()),
            wanted,
            tuple(gathered.remarks),
            kept,
            tuple(gathered.preferred),
        )

    def _wanted(self, tree: Tree) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
        """Clauses of the plain content words, and where there are several, of all else but function words."""
        wanted, others = list[Tree](), list[Tree]()
        for part in tree.parts if isinstance(tree, And) else (tree,):
            if not isinstance(part, Word) or part.exact or part.field in NAME_FIELDS:
                others.append(part)
            elif not self._is_function(part):
                wanted.append(part)
        aside = _Gathered()
        kept = others if len(wanted) > 1 else []
        return tuple(self._clause(part, aside) for part in wanted), tuple(self._clause(part, aside) for part in kept)

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
                return Combine(must=(Everything(),), must_not=(self._unwanted(part, gathered),))
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
                must_not.append(self._unwanted(part.part, gathered))
            elif isinstance(part, Word) and self._is_function(part):
                optional.append(self._clause(part, gathered))
            else:
                must.append(self._clause(part, gathered))
        must = must or optional or [Everything()]
        return Combine(must=tuple(must), must_not=tuple(must_not)) if must_not else all_of(*must)

    def _unwanted(self, tree: Tree, gathered: _Gathered) -> Clause:
        """What is not to be there: remarked on like the rest, but neither ranked nor lit."""
        return self._clause(tree, _Gathered(remarks=gathered.remarks))

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
                _light(token, gathered.lights, exact=word.exact)
        return all_of(*(self._token(word, token, gathered) for token in tokens))

    def _token(self, word: Word, token: AnalyzedToken, gathered: _Gathered) -> Clause:
        if word.field in NAME_FIELDS:
            return Term(f"{word.field}_word", token.word)
        names = _fields(word.field)
        agreeing, others = self._vocalised(token, exact=word.exact)
        if word.exact:
            clause = any_of(*(written.exact_row(name, (token.exact,), self._frequencies) for name in names))
            return all_of(clause, _not_contradicted(agreeing, others)) if others else clause
        if agreeing:
            gathered.preferred.append(TermSet("marked", agreeing))
        spelled = self._spellings(token) if self._spellings else ()
        if spelled:
            gathered.spellings[token.word] = spelled
            gathered.lights.words.update(spelled)
        alike = [TermSet(f"{name}_word", spelled) for name in names] if spelled else []
        return any_of(*(Term(f"{name}_stem", stem) for stem in token.stems for name in names), *alike)

    def _vocalised(self, token: AnalyzedToken, *, exact: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The index's vocalised writings of a word typed with harakat: those that agree, and those that contradict."""
        if not INNER_MARKS.search(token.text):
            return (), ()
        terms = [text for text, _ in self._terms("marked", marked_prefix(token.word), MOST_EXPANSIONS)]
        if exact:
            terms = [term for term in terms if fold(strip_marks(written_of(term))) == token.exact]
        agreeing = tuple(term for term in terms if vocalisation_agrees(token.text, written_of(term)))
        return agreeing, tuple(term for term in terms if term not in agreeing)

    def _phrase(self, phrase: Phrase, gathered: _Gathered) -> Clause:
        tokens = self._analyzer.query_tokens(phrase.text)
        if not tokens:
            return Everything()
        if phrase.field in NAME_FIELDS:
            return all_of(*(Term(f"{phrase.field}_word", token.word) for token in tokens))
        gathered.words += tokens
        texts = tuple(token.exact if phrase.exact else token.word for token in tokens)
        if phrase.slop is not None:
            (gathered.lights.exact if phrase.exact else gathered.lights.words).update(texts)
        else:
            (gathered.lights.exact_phrases if phrase.exact else gathered.lights.phrases).append(texts)
        return any_of(*(self._row(name, phrase, texts) for name in _fields(phrase.field)))

    def _row(self, name: str, phrase: Phrase, texts: tuple[str, ...]) -> Clause:
        slop = phrase.slop
        pairs = [(first, second) for first, second in pairwise(texts) if first != second]
        if slop is not None and not pairs:
            texts = texts[:1]
        if slop is None or not pairs:
            return written.exact_row(name, texts, self._frequencies) if phrase.exact else written.word_row(name, texts)
        if phrase.exact:
            return all_of(*(written.near_exact(name, pair, slop, self._frequencies) for pair in pairs))
        return all_of(*(written.near_words(name, pair, slop) for pair in pairs))

    def _prefix(self, prefix: Prefix, gathered: _Gathered) -> Clause:
        start = fold(strip_marks(prefix.text))
        begin = start.removeprefix(_ARTICLE) or start if prefix.field in NAME_FIELDS else start
        sets: list[Clause] = []
        for listing in _listings(prefix.field):
            found = self._terms(listing.field, listing.opening + begin, MOST_EXPANSIONS + 1)
            if len(found) > MOST_EXPANSIONS and (remark := _prefix_cut(prefix)) not in gathered.remarks:
                gathered.remarks.append(remark)
            texts = listing.texts(term for term, _ in found[:MOST_EXPANSIONS])
            sets += [listing.any_of(texts)] if texts else []
            if prefix.field not in NAME_FIELDS:
                lights = gathered.lights
                (lights.exact if listing.exact else lights.words).update(texts)
        return any_of(*sets)

    def _fuzzy(self, fuzzy: Fuzzy, gathered: _Gathered) -> Clause:
        word = fold(strip_marks(fuzzy.text))
        if fuzzy.field in NAME_FIELDS:
            word = next((token.word for token in self._analyzer.query_tokens(fuzzy.text)), word)
        else:
            gathered.lights.similar.append((word, fuzzy.distance))
        listings = _listings(fuzzy.field)
        return any_of(*(Similar(each.field, each.opening + word, fuzzy.distance) for each in listings))


def _not_contradicted(agreeing: tuple[str, ...], others: tuple[str, ...]) -> Clause:
    """Articles with a writing that agrees, or with none that contradicts."""
    unmarked = Combine(must=(Everything(),), must_not=(TermSet("marked", others),))
    return any_of(TermSet("marked", agreeing), unmarked) if agreeing else unmarked


def _prefix_cut(prefix: Prefix) -> Remark:
    text = f"بداية «{prefix.text}» واسعة: بُحث عن أكثر {MOST_EXPANSIONS} كلمة شيوعًا مما يبدأ بها"
    return Remark("prefix-cut", text)


def _light(token: AnalyzedToken, lights: LightsBuilder, *, exact: bool) -> None:
    if exact and INNER_MARKS.search(token.text):
        lights.vocalised.append((token.exact, token.text))
    elif exact:
        lights.exact.add(token.exact)
    else:
        (lights.function_stems if token.function else lights.stems).update(token.stems)


def _fields(name: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if name is None else (name,)


def _listings(name: str | None) -> tuple[written.Listing, ...]:
    return tuple(listing for field_name in _fields(name) for listing in written.listings(field_name))
