"""Finds function words that are parts of names in a query: أم القرى, مهرجان كان, بي بي سي, بان كي مون, علي النعيمي.

In: words beside one another, and how often the index pairs them. Out: what each function word is, and the names.

A function word is part of a name if articles pair it with its neighbour far more often than chance would: of 89,546
articles 140 have أم القرى, where 1,356 have القرى at all. Grammar pairs function words as firmly (ضد الإرهاب, against
terrorism), so that is asked only of words that also write a noun or a letter (`NAME_PARTS` of function_words.py), and
of others where the neighbour seldom stands without them (بين النهرين). A word with a lemma of its own as it is typed
(إمام, imam, beside أمام, before) is a noun; where only ي tells it apart, as in علي, the articles with the pair decide:
most of them have that lemma. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Final, NamedTuple

from search.analysis import letters
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold
from search.analysis.function_words import FUNCTION_FORMS, NAME_PARTS, NameSide
from search.query.clauses import Clause, Term, all_of
from search.query.field_clauses import DocumentFrequencies, word_phrase
from search.query.tree import Role
from search.whole_answers import remembered

Count = Callable[[Clause], int]  # a clause → the number of articles that match it

MOST_PAIRS: Final = 12  # pairs of one query that are looked up in the index
_REMEMBERED: Final = 2**14  # pairs of an open index
# The least number of articles with a pair, as a multiple of those that chance would give both words anywhere.
_BODY, _TITLE, _GRAMMAR = 0.15, 4.0, 1.5  # in bodies, in headlines, of words that are nothing but function words
_LEAST_OF_TITLES: Final = 3
_LEAST_OF_GRAMMAR: Final = 5
_SHARE_OF_GRAMMAR: Final = 0.5  # of the articles with the neighbour that have it beside the function word
# Pairs whose rarer word more articles have are not looked up: 3 ms at most, 0.3 ms where most pairs are no names.
_MOST_READ, _MOST_READ_OF_GRAMMAR = 10_000, 1_000
_HAMZAS: Final = frozenset(letters.ALEFS_WITH_HAMZA)
_LETTER_N: Final = "إن"
_IMPERFECT: Final = (letters.YEH, letters.TEH, letters.NOON, letters.ALEF)  # the first letters of imperfect verbs
_ALSO_NAMES: Final = frozenset(map(fold, NAME_PARTS))


class Named(NamedTuple):
    """What the function words among some words are, and the names that they are parts of.

    roles  the role of each word; FUNCTION also for a word that is no function word
    names  the first place of each name among the words, and the place after its last
    """

    roles: tuple[Role, ...]
    names: tuple[tuple[int, int], ...]


class _Pair(NamedTuple):
    """A function word and its neighbour, without what does not matter for the answer, so that it can be remembered.

    written   the function word as it is typed, without harakat and particles; word, stem: its terms
    particle  whether a particle is typed before it
    other     the neighbour's term at the level word, which stands `before` the function word or behind it
    definite  whether the neighbour is typed with the article; verb, imperfect, function: what kind of word it is
    """

    written: str
    word: str
    stem: str
    particle: bool
    other: str
    before: bool
    definite: bool
    verb: bool
    imperfect: bool
    function: bool

    @property
    def texts(self) -> tuple[str, str]:
        return (self.other, self.word) if self.before else (self.word, self.other)


def _pair(token: AnalyzedToken, other: AnalyzedToken, *, before: bool) -> _Pair:
    verb = other.stems[0].endswith("/V")
    return _Pair(
        written=token.without_particles,
        word=token.word,
        stem=token.stems[0],
        particle=len(token.exact) > len(token.word),
        other=other.word,
        before=before,
        definite=other.exact.startswith(letters.ARTICLE) and other.exact != other.word,
        verb=verb,
        imperfect=verb and other.word.startswith(_IMPERFECT),
        function=other.function,
    )


class NameParts:
    """Finds the names in queries over one open index. Safe to share between threads.

    count, frequencies: how many articles match a clause, and have a term. documents: the articles of the index
    """

    def __init__(self, analyzer: Analyzer, count: Count, frequencies: DocumentFrequencies, documents: int) -> None:
        self._count, self._frequencies, self._documents = count, frequencies, documents
        self._analyzer = analyzer
        self._role = remembered(self._look_up, most=_REMEMBERED)

    @cached_property
    def _grammar(self) -> Mapping[str, frozenset[str]]:
        """Function word → the stems of the forms in which it is written, such as أن and إن."""
        stems = defaultdict[str, set[str]](set)
        for token in self._analyzer.tokens(" ".join(sorted(FUNCTION_FORMS))):
            stems[token.word].update(token.stems)
        return {word: frozenset(found) for word, found in stems.items()}

    def warm(self) -> None:
        """Read the function words now, so that no request waits for it."""
        len(self._grammar)

    def of(self, tokens: Sequence[AnalyzedToken]) -> Named:
        """Return the roles and names of words that stand beside one another in a query."""
        roles = [Role.NOUN if token.function and self._noun(token) else Role.FUNCTION for token in tokens]
        joined = [False] * len(tokens)  # whether the word and the next one are parts of one name
        left = MOST_PAIRS
        for at in range(len(tokens) - 1):
            for place, other, before in ((at, at + 1, False), (at + 1, at, True)):
                if left and tokens[place].function:
                    left -= 1
                    role = self._role(_pair(tokens[place], tokens[other], before=before))
                    if role is not Role.FUNCTION:
                        joined[at] = True
                        roles[place] = role if roles[place] is Role.FUNCTION else roles[place]
            if at and joined[at - 1] and tokens[at].function and tokens[at].word == tokens[at + 1].word:
                joined[at], roles[at + 1] = True, roles[at]  # سي إن إن
        return Named(tuple(roles), tuple(_runs(joined)))

    def _noun(self, token: AnalyzedToken) -> bool:
        """Whether the hamza that is typed makes it another word than the function word of the same folded letters."""
        stem = token.stems[0]
        return stem.endswith("/N") and not _HAMZAS.isdisjoint(token.text) and stem not in self._grammar[token.word]

    def _look_up(self, pair: _Pair) -> Role:
        """Return what the function word of the pair is, by how often the index has the pair."""
        if pair.written[-1] == letters.YEH and pair.stem.endswith("/N") and pair.stem not in self._grammar[pair.word]:
            return self._lemma_of_most(pair)
        is_part = self._named if pair.word in _ALSO_NAMES else self._bound
        return Role.PART if is_part(pair) else Role.FUNCTION

    def _lemma_of_most(self, pair: _Pair) -> Role:
        """NOUN if most articles with the pair have the lemma of the word as it is typed."""
        name = "body" if min(self._frequencies("body_word", pair.texts)) <= _MOST_READ else "title"
        phrase = word_phrase(name, pair.texts)
        found = 0 if pair.function else self._count(phrase)
        own = self._count(all_of(phrase, Term(f"{name}_stem", pair.stem))) if found else 0
        return Role.NOUN if 2 * own > found else Role.FUNCTION

    def _named(self, pair: _Pair) -> bool:
        """Whether articles pair a word that may be part of a name with this neighbour, in bodies or in headlines."""
        if not _may_be_named(pair):
            return False
        return self._times_chance("body", pair) >= _BODY or self._times_chance("title", pair) >= _TITLE

    def _bound(self, pair: _Pair) -> bool:
        """Whether the neighbour, a noun, seldom stands without this word, which is nothing but a function word."""
        if pair.function or pair.verb:
            return False
        word, other = self._frequencies("body_word", (pair.word, pair.other))
        if not _LEAST_OF_GRAMMAR <= other <= _MOST_READ_OF_GRAMMAR or _GRAMMAR * word > self._documents:
            return False
        found = self._count(word_phrase("body", pair.texts))
        return found >= max(_LEAST_OF_GRAMMAR, _SHARE_OF_GRAMMAR * other, _GRAMMAR * word * other / self._documents)

    def _times_chance(self, name: str, pair: _Pair) -> float:
        """How many articles have the pair in this text, as a multiple of those that chance would give both words.

        Half an article is taken off, since one that has a rare pair may have it by chance.
        """
        one, other = self._frequencies(f"{name}_word", pair.texts)
        if not one or not other or min(one, other) > _MOST_READ:
            return 0.0
        found = self._count(word_phrase(name, pair.texts))
        if found < (_LEAST_OF_TITLES if name == "title" else 1):
            return 0.0
        return (found - 0.5) * self._documents / (one * other)


def _may_be_named(pair: _Pair) -> bool:
    """Whether the word also writes a noun, a name or a letter, as it is typed, and grammar allows a name here."""
    if pair.function and pair.other not in _ALSO_NAMES:
        return False
    if pair.before:
        return NameSide.BEFORE in _sides(pair.written) and not (pair.particle or pair.definite or pair.verb)
    return NameSide.BEHIND in _sides(pair.written) and not pair.imperfect


def _sides(written: str) -> NameSide:
    """Where the rest of a name stands whose part is typed so; typed without hamza it may be any of these words.

    Only إن has to be typed with it: most of what is typed ان is a conjunction.
    """
    if not _HAMZAS.isdisjoint(written):
        return NAME_PARTS.get(written, NameSide(0))
    sides = (side for word, side in NAME_PARTS.items() if fold(word) == written and word != _LETTER_N)
    return reduce(or_, sides, NameSide(0))


def _runs(joined: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first place of each run of words that are joined, and the place after its last."""
    start = 0
    for at, together in enumerate((*joined, False)):
        if not together:
            if at > start:
                yield start, at + 1
            start = at + 1
