"""Finds function words that are parts of names in a query: أم القرى, مهرجان كان, بي بي سي, بان كي مون, علي النعيمي.

In: words beside one another, and how often the index pairs them. Out: what each function word is, and the names.

A function word is part of a name if articles pair it with its neighbour far more often than chance would: of 89,546
articles 140 have أم القرى, where 1,356 have القرى at all. Grammar pairs function words as firmly (ضد الإرهاب, against
terrorism), so that is asked only of words that also write a noun or a letter (`NAME_PARTS` of function_words.py), and
of others where the neighbour seldom stands without them (بين النهرين). A word that is another one as it is typed
(`typed_nouns.py`: إمام, imam, beside أمام, before) is that. Where careless letters may be either, as in علي, the
articles with the pair decide: most of them have the noun's lemma. So do they where the first letter may be a particle
or the word's own (ولي): most have the whole word. In front of a noun it begins a query, or ends one, as the whole
word, for no conjunction stands there. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from search.analysis import letters
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import fold
from search.analysis.function_words import NAME_PARTS, NameSide
from search.analysis.token_pairs import other_form
from search.query.clauses import Clause, Term, all_of
from search.query.field_clauses import DocumentFrequencies, form_before_word, near_terms, word_phrase
from search.query.tree import Role
from search.query.typed_nouns import typed_nouns
from search.whole_answers import remembered

Count = Callable[[Clause], int]  # a clause → the number of articles that match it

MOST_PAIRS: Final = 12  # pairs of one query that are looked up in the index
_REMEMBERED: Final = 2**14  # pairs of an open index
# The least number of articles with a pair, as a multiple of those that chance would give both words anywhere.
_BODY, _TITLE, _GRAMMAR = 0.15, 4.0, 1.5  # in bodies, in headlines, of words that are nothing but function words
_BEFORE_NOUNS: Final = {"لولا": 2.0}  # in bodies, of a function word that stands before nouns: لولا تدخل (but for)
_LEAST_OF_TITLES: Final = 3
_LEAST_OF_GRAMMAR: Final = 5
_SHARE_OF_GRAMMAR: Final = 0.5  # of the articles with the neighbour that have it beside the function word
# Pairs whose rarer word more articles have are not looked up: 3 ms at most, 0.3 ms where most pairs are no names.
_MOST_READ, _MOST_READ_OF_GRAMMAR = 10_000, 1_000
_CAREFUL: Final = frozenset((*letters.ALEFS_WITH_HAMZA, letters.TEH_MARBUTA))
_MUST_BE_TYPED: Final = frozenset(("إن", "منة"))  # with hamza and ة: most of what is typed ان and منه is grammar
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

    written   the function word as it is typed, without harakat and particles; word: its term
    noun      the stem of the noun that it may be besides; "" if it may be none that the index tells apart
    whole     the form typed, if its first letter may be its own in place of a particle; else ""
    particle  whether a particle is typed before it
    other     the neighbour's term at the level word, which stands `before` the function word or behind it
    form      the neighbour as it is typed, where its term is mostly another word's (برايان, البين); else ""
    definite  whether the neighbour is typed with the article; verb, imperfect, function: what kind of word it is
    """

    written: str
    word: str
    noun: str
    whole: str
    particle: bool
    other: str
    form: str
    before: bool
    definite: bool
    verb: bool
    imperfect: bool
    function: bool

    def terms(self, name: str) -> tuple[str, ...]:
        """Return the two terms in this text, of a body the neighbour's as it is typed."""
        other = other_form(self.form) if self.form and name == "body" else self.other
        return (other, self.word) if self.before else (self.word, other)

    def phrase(self, name: str) -> Clause:
        """Return the clause for the pair in this text."""
        if name != "body" or not self.form:
            return word_phrase(name, self.terms(name))
        word, other = (0, self.word), (1, other_form(self.form))
        return near_terms(*((other, word) if self.before else (word, other)), 0)


class NameParts:
    """Finds the names in queries over one open index. Safe to share between threads.

    count, frequencies: how many articles match a clause, and have a term. documents: the articles of the index
    """

    def __init__(self, analyzer: Analyzer, count: Count, frequencies: DocumentFrequencies, documents: int) -> None:
        self._count, self._frequencies, self._documents = count, frequencies, documents
        self._nouns = typed_nouns(analyzer)
        self._role = remembered(self._look_up, most=_REMEMBERED)

    def warm(self) -> None:
        """Read the function words now, so that no request waits for it."""
        self._nouns.warm()

    def of(self, tokens: Sequence[AnalyzedToken]) -> Named:
        """Return the roles and names of words that stand beside one another in a query."""
        roles = [self._alone(tokens, at) for at in range(len(tokens))]
        joined = [False] * len(tokens)  # whether the word and the next one are parts of one name
        left = MOST_PAIRS
        for at in range(len(tokens) - 1):
            for place, other, before in ((at, at + 1, False), (at + 1, at, True)):
                if left and tokens[place].function and _is_asked(tokens[place], roles[place]):
                    left -= 1
                    role = self._role(self._pair(tokens[place], tokens[other], before=before))
                    if role is not Role.FUNCTION:
                        joined[at] = True
                        roles[place] = role if roles[place] is Role.FUNCTION else roles[place]
            if at and joined[at - 1] and tokens[at].function and tokens[at].word == tokens[at + 1].word:
                joined[at], roles[at + 1] = True, roles[at]  # سي إن إن
        return Named(tuple(roles), tuple(_runs(joined)))

    def _alone(self, tokens: Sequence[AnalyzedToken], at: int) -> Role:
        """Return what a word is by its letters and its place: NOUN or, until neighbours say otherwise, FUNCTION."""
        noun = self._nouns.of(tokens[at])
        if noun is None or not (noun.sure or noun.whole):
            return Role.FUNCTION
        if noun.sure or at == len(tokens) - 1:
            return Role.NOUN
        after = self._nouns.as_typed(tokens[at + 1])
        begins = at == 0 and not after.function and not after.stems[0].endswith("/V")
        return Role.NOUN if begins else Role.FUNCTION

    def _pair(self, token: AnalyzedToken, other: AnalyzedToken, *, before: bool) -> _Pair:
        noun = self._nouns.of(token)
        verb = other.stems[0].endswith("/V")
        return _Pair(
            written=token.without_particles,
            word=token.word,
            noun=noun.stems[0] if noun and not (noun.sure or noun.whole) else "",
            whole=token.exact if noun and noun.whole else "",
            particle=len(token.exact) > len(token.word),
            other=other.word,
            form=other.exact if _is_misread(other, beside=token.word) else "",
            before=before,
            definite=other.exact.startswith(letters.ARTICLE) and other.exact != other.word,
            verb=verb,
            imperfect=verb and other.word.startswith(_IMPERFECT),
            function=self._nouns.as_typed(other).function,
        )

    def _look_up(self, pair: _Pair) -> Role:
        """Return what the function word of the pair is, by how often the index has the pair."""
        forms = (pair._replace(form=""), pair) if pair.form else (pair,)
        return next((role for role in map(self._counted, forms) if role is not Role.FUNCTION), Role.FUNCTION)

    def _counted(self, pair: _Pair) -> Role:
        if (pair.noun and self._has_its_lemma(pair)) or (pair.whole and self._is_whole(pair)):
            return Role.NOUN
        if pair.noun and pair.written[-1] == letters.YEH:
            return Role.FUNCTION
        is_part = self._named if pair.word in _ALSO_NAMES else self._bound
        return Role.PART if is_part(pair) else Role.FUNCTION

    def _has_its_lemma(self, pair: _Pair) -> bool:
        """Whether most articles with the pair have the lemma of the noun as it is typed."""
        if pair.function:
            return False
        name = "body" if min(self._frequencies("body_word", pair.terms("body"))) <= _MOST_READ else "title"
        phrase = pair.phrase(name)
        found = self._count(phrase)
        own = self._count(all_of(phrase, Term(f"{name}_stem", pair.noun))) if found else 0
        return 2 * own > found

    def _is_whole(self, pair: _Pair) -> bool:
        """Whether most articles with the pair, a noun behind, have no particle but the whole word: ولي الأمر."""
        texts = (pair.word, pair.other)
        if pair.function or pair.verb or pair.before or min(self._frequencies("body_word", texts)) > _MOST_READ:
            return False
        found = self._count(word_phrase("body", texts))
        return 0 < found <= 2 * self._count(form_before_word(pair.whole, pair.other))

    def _named(self, pair: _Pair) -> bool:
        """Whether articles pair a word that may be part of a name with this neighbour, in bodies or in headlines."""
        if not _may_be_named(pair):
            return False
        least = _BEFORE_NOUNS.get(pair.word, _BODY)
        return self._times_chance("body", pair) >= least or self._times_chance("title", pair) >= _TITLE

    def _bound(self, pair: _Pair) -> bool:
        """Whether the neighbour, a noun, seldom stands without this word, which is nothing but a function word."""
        if pair.function or pair.verb:
            return False
        both = self._frequencies("body_word", pair.terms("body"))
        word, other = reversed(both) if pair.before else both
        if not _LEAST_OF_GRAMMAR <= other <= _MOST_READ_OF_GRAMMAR or _GRAMMAR * word > self._documents:
            return False
        found = self._count(pair.phrase("body"))
        return found >= max(_LEAST_OF_GRAMMAR, _SHARE_OF_GRAMMAR * other, _GRAMMAR * word * other / self._documents)

    def _times_chance(self, name: str, pair: _Pair) -> float:
        """How many articles have the pair in this text, as a multiple of those that chance would give both words.

        Half an article is taken off, since one that has a rare pair may have it by chance.
        """
        one, other = self._frequencies(f"{name}_word", pair.terms(name))
        if not one or not other or min(one, other) > _MOST_READ:
            return 0.0
        found = self._count(pair.phrase(name))
        if found < (_LEAST_OF_TITLES if name == "title" else 1):
            return 0.0
        return (found - 0.5) * self._documents / (one * other)


def _is_misread(token: AnalyzedToken, *, beside: str) -> bool:
    """Whether a neighbour's term at the level word may be another word's: a noun's is a function word's (البين), or
    beside a word that may be part of a name a particle is taken off that may be a letter of its own (برايان)."""
    particles = token.exact[: -len(token.word)] if token.exact.endswith(token.word) else ""
    own = beside in _ALSO_NAMES and not particles.endswith(letters.ARTICLE)
    return bool(particles) and (token.function or own)


def _is_asked(token: AnalyzedToken, role: Role) -> bool:
    """Whether neighbours matter for a function word: those that are something else by themselves may begin names."""
    return role is Role.FUNCTION or token.word in _ALSO_NAMES


def _may_be_named(pair: _Pair) -> bool:
    """Whether the word also writes a noun, a name or a letter, as it is typed, and grammar allows a name here."""
    if pair.function and pair.other not in _ALSO_NAMES:
        return False
    if pair.before:
        return NameSide.BEFORE in _sides(pair.written) and not (pair.particle or pair.definite or pair.verb)
    return NameSide.BEHIND in _sides(pair.written) and not pair.imperfect


def _sides(written: str) -> NameSide:
    """Where the rest of a name stands whose part is typed so; typed without hamza and ة it may be any of these words
    but some."""
    if not _CAREFUL.isdisjoint(written):
        return NAME_PARTS.get(written, NameSide(0))
    sides = (side for word, side in NAME_PARTS.items() if fold(word) == written and word not in _MUST_BE_TYPED)
    return reduce(or_, sides, NameSide(0))


def _runs(joined: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first place of each run of words that are joined, and the place after its last."""
    start = 0
    for at, together in enumerate((*joined, False)):
        if not together:
            if at > start:
                yield start, at + 1
            start = at + 1
