"""Terms at the levels word and exact → clauses over the index fields that hold these levels.

In: the name of a text ("title", "body") or of a field of names ("source", "section", "author"), and terms. Out: clauses
for the terms as a phrase, near each other, or anywhere. A headline has a field for each of the two levels. A body has
one field for both: each token is two terms of it, and there are two ways to write an exact term so (see
search/analysis/token_pairs.py). Called by `rewrite.py`, `affordable_phrases.py`, `search/ranking`,
`search/results/completion.py` and `search/results/written_forms.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from search.analysis.token_pairs import OTHER_FORM, TERMS_PER_TOKEN, is_word_term, other_form, same_form
from search.query.clauses import Clause, PhraseClause, Term, TermSet, all_of, any_of, filtered
from search.query.tree import NAME_FIELDS

DocumentFrequencies = Callable[[str, tuple[str, ...]], list[int]]  # field, terms → the document frequency of each

_BODY: Final = "body"
TokenTerm = tuple[
    int, str
]  # a term of a token in the field of a body: its position after that of the word, and the term
_TokenTerms = tuple[TokenTerm, ...]  # the terms that stand for an exact term
_MOST_PHRASES: Final = 64  # clauses for one exact phrase; beyond that it is searched as two overlapping halves


@dataclass(frozen=True, slots=True)
class LevelField:
    """A field that holds the level exact, or else word; its terms at this level are those that begin with `prefix`."""

    field: str
    exact: bool
    prefix: str = ""

    def texts(self, terms: Iterable[str]) -> list[str]:
        """Return the terms of the level, without the prefix, among these terms of the field that begin with it."""
        return [text for text in (term.removeprefix(self.prefix) for term in terms) if is_word_term(text)]

    def term(self, text: str) -> Term:
        """Return the clause for articles with this term of the level."""
        return Term(self.field, self.prefix + text)

    def any_of(self, texts: Iterable[str]) -> TermSet:
        """Return the clause for articles with any of these terms of the level."""
        return TermSet(self.field, tuple(self.prefix + text for text in texts))


def word_phrase(name: str, texts: tuple[str, ...], *, slop: int = 0) -> Clause:
    """Return the clause for these word terms one after another.

    With `slop` for two terms: the second at most `slop` tokens away from the position right after the first.
    """
    field = _field(name)
    if len(texts) == 1:
        return Term(field, texts[0])
    if name != _BODY:
        return PhraseClause(field, texts, slop)
    return PhraseClause(
        field, texts, TERMS_PER_TOKEN * slop, tuple(range(0, TERMS_PER_TOKEN * len(texts), TERMS_PER_TOKEN))
    )


def form_before_word(exact: str, word: str) -> Clause:
    """Return the clause for bodies with a word of which particles were taken off, by its exact term, and right behind
    it a word, by its term at the level word."""
    return PhraseClause(_field(_BODY), (other_form(exact), word), positions=(0, TERMS_PER_TOKEN - 1))


def near_words(name: str, pair: tuple[str, str], slop: int) -> Clause:
    """Return the clause for two different word terms in any order, with at most `slop` tokens between them."""
    return any_of(word_phrase(name, pair, slop=slop), word_phrase(name, pair[::-1], slop=slop))


def exact_phrase(
    name: str, texts: tuple[str, ...], frequencies: DocumentFrequencies | None = None, *, gap: int = 1
) -> Clause:
    """Return the clause for these exact terms one after another, each `gap` tokens after the one before.

    If document frequencies are given, clauses over terms that no article has are left out.
    """
    if name != _BODY:
        field, positions = f"{name}_exact", tuple(range(0, gap * len(texts), gap))
        return (
            PhraseClause(field, texts, positions=positions if gap > 1 else ())
            if len(texts) > 1
            else Term(field, texts[0])
        )
    field = _field(name)
    choices = [_known_token_terms(field, text, frequencies) for text in texts]
    if prod(map(len, choices)) > _MOST_PHRASES:
        half = len(texts) // 2
        first, second = texts[: half + 1], texts[half:]
        return all_of(exact_phrase(name, first, frequencies, gap=gap), exact_phrase(name, second, frequencies, gap=gap))
    return any_of(*(_phrase_of(field, phrase, gap) for phrase in product(*choices)))


def at_level(name: str, level: str, term: str) -> Clause:
    """Return the clause for a term of a text at one of the levels of a `Reading`, but "particles"."""
    return exact_phrase(name, (term,)) if level == "exact" else Term(f"{name}_{level}", term)


def with_particles(name: str, word: str, exact: str) -> Clause:
    """Return the clause for texts with a word of which particles were taken off, given at the levels word and exact.

    Of a headline the two terms may be those of different words.
    """
    if name != _BODY:
        return filtered(Term(f"{name}_exact", exact), Term(f"{name}_word", word))
    return PhraseClause(_field(name), (word, other_form(exact)))


def form_typed(name: str, word: str, exact: str) -> Term:
    """Return the clause for the form typed of a word, given at the levels word and exact: of a body only its particles
    count, so that it is a single term."""
    if name != _BODY:
        return Term(f"{name}_exact", exact)
    return Term(_field(name), other_form(exact) if exact != word else word)


def near_exact(name: str, pair: tuple[str, str], slop: int, frequencies: DocumentFrequencies | None = None) -> Clause:
    """Return the clause for two different exact terms in any order, with at most `slop` tokens between them."""
    if name != _BODY:
        return any_of(*(PhraseClause(f"{name}_exact", order, slop) for order in (pair, pair[::-1])))
    gaps = range(1, slop + 2)
    return any_of(*(exact_phrase(name, order, frequencies, gap=gap) for order in (pair, pair[::-1]) for gap in gaps))


def count_near_exact(name: str, slop: int) -> int:
    """Return how many exact phrases `near_exact` consists of: one for each order, in a body also for each distance."""
    return 2 * (slop + 1) if name == _BODY else 2


def near_terms(first: TokenTerm, second: TokenTerm, slop: int) -> Clause:
    """Return the clause for bodies with a term of one token and, at most `slop` tokens from right behind it, a term of
    another."""
    positions = (0, TERMS_PER_TOKEN + second[0] - first[0])
    return PhraseClause(_field(_BODY), (first[1], second[1]), TERMS_PER_TOKEN * slop, positions)


def near_in_any_form(
    name: str, pair: tuple[str, str], slop: int, frequencies: DocumentFrequencies | None = None
) -> Clause:
    """Return a clause for articles with two exact terms anywhere and their words, in any form, near each other.

    It matches all articles that `near_exact` matches and some more, with a few phrases where that needs hundreds.
    """
    if name != _BODY:
        return near_exact(name, pair, slop, frequencies)
    field = _field(name)
    choices = [[terms[0] for terms in _known_token_terms(field, text, frequencies)] for text in pair]
    orders = (order for one, other in product(*choices) for order in ((one, other), (other, one)))
    near = any_of(*(near_terms(*order, slop) for order in orders))
    return all_of(*(exact_phrase(name, (text,), frequencies) for text in pair), near)


def anywhere(name: str, texts: Iterable[str], *, exact: bool) -> Clause:
    """Return the clause for articles with all of these terms of the level exact, or else word, anywhere in the text."""
    fields = [each for each in level_fields(name) if each.exact == exact or name == _BODY]
    return all_of(*(any_of(*(each.term(text) for each in fields)) for text in dict.fromkeys(texts)))


def level_fields(name: str) -> tuple[LevelField, ...]:
    """Return the fields that hold the levels word and exact of a text, or the level word of a field of names."""
    if name == _BODY:
        return LevelField(_field(name), exact=False), LevelField(_field(name), exact=True, prefix=OTHER_FORM)
    if name in NAME_FIELDS:
        return (LevelField(_field(name), exact=False),)
    return LevelField(_field(name), exact=False), LevelField(f"{name}_exact", exact=True)


def _field(name: str) -> str:
    return f"{name}_word"


def _token_terms(text: str) -> tuple[_TokenTerms, _TokenTerms]:
    """The terms of a token with this exact term: where its word is the same, and where its word differs."""
    return ((0, text), (1, same_form(text))), ((1, other_form(text)),)


def _known_token_terms(field: str, text: str, frequencies: DocumentFrequencies | None) -> list[_TokenTerms]:
    """Those of `_token_terms` whose terms the index has."""
    return [each for each in _token_terms(text) if not frequencies or all(frequencies(field, _terms(each)))]


def _terms(token: _TokenTerms) -> tuple[str, ...]:
    return tuple(term for _, term in token)


def _phrase_of(field: str, tokens: Iterable[_TokenTerms], gap: int) -> Clause:
    """The phrase of the terms of these tokens, each token `gap` tokens after the one before."""
    rows = enumerate(tokens)
    terms = [(TERMS_PER_TOKEN * gap * index + position, term) for index, token in rows for position, term in token]
    first = terms[0][0]
    if len(terms) == 1:
        return Term(field, terms[0][1])
    positions = tuple(position - first for position, _ in terms)
    return PhraseClause(field, tuple(term for _, term in terms), positions=positions)
