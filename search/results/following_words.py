"""Finds which words really follow others in an archive, as its headlines, leads and bodies write them.

In: the words that a reader has typed, and the first letters of the next one. Out: the words that begin so and that
articles have right behind those typed, the most used first: وزير ال gives الخارجية and التعليم. The engine is asked
each time, so nothing is built for it and only the last answers are kept. Called by `completion.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.letters import WAW
from search.analysis.lexicon.compound_table import bundled_compounds
from search.engines.base import Engine
from search.query.clauses import Clause, Combine, TermSet, all_of, any_of
from search.query.field_clauses import anywhere, exact_phrase
from search.query.tree import TEXT_FIELDS
from search.results.careful_form import careful_form, pieces_with
from search.results.first_articles import first_articles
from search.whole_answers import remembered

_CONTEXT: Final = 2  # words before that are taken together, at most
_HEADLINES: Final = 64  # read for one question; where fewer have the words, what they show is all there is
_COUNTED: Final = 12  # words seen in them that are counted in all headlines, and as many of the commonest words
_FEW: Final = 4  # a word seen more seldom has more headlines read for its written form
_FORMS: Final = 12  # headlines read for the written form of one word
_ENOUGH: Final = 3  # words that follow in headlines; with fewer, leads are read too
_LEADS: Final = 40  # articles whose first words are read where headlines show too little
_LEAD: Final = 300  # characters
_BODIES: Final = 12  # articles that are read where leads show nothing either
_BODY: Final = 5_000  # characters
_SON: Final = "ابن"  # the term of بن too
_COMPARED: Final = 8  # words seen behind others whose articles are counted, at least
_LOOKED_FOR: Final = 24  # words, the commonest that begin as typed, of which a lead has one, and half of them a body
_REMEMBERED: Final = 1024

Uses = dict[str, Counter[str]]  # exact term, of a name of two words both terms → how often it was seen in each form


class FollowingWords:
    """What follows what in one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._remembered = remembered(self._find, most=_REMEMBERED)

    def __call__(
        self, before: Sequence[AnalyzedToken], prefix: str, terms: Sequence[str], *, limit: int
    ) -> tuple[str, ...]:
        """Return at most `limit` words as they are written, none if no following is known.

        before: the words typed. prefix: the exact term of the unfinished word. terms: the exact terms that begin with
        it, the commonest first. What follows the last two words is wanted; where nothing does and a word is begun, what
        follows the last one in articles that have both.
        """
        if not before:
            return ()
        typed = tuple(token.exact for token in before[-_CONTEXT:])
        return self._remembered(typed, before[-1].stems, prefix, tuple(terms), limit)

    def _find(
        self, typed: tuple[str, ...], stems: tuple[str, ...], prefix: str, terms: tuple[str, ...], limit: int
    ) -> tuple[str, ...]:
        last = typed[-1:]
        seen: dict[str, str] = {}
        for context in (typed[at:] for at in range(len(typed))):
            if terms and len(seen) < limit:
                often, forms = self._in_headlines(context, prefix, terms, limit)
                seen |= _new(forms, seen)
                if (
                    often and context == typed and len(forms) >= min(limit, _ENOUGH)
                ):  # all are side by side, and counted
                    return tuple(sorted(forms.values(), key=self._follows_any))[:limit]
        if len(seen) < min(limit, _ENOUGH) or all(map(self._follows_any, seen.values())):
            seen |= _new(_ranked(self._in_leads(last, stems, prefix, terms), terms), seen)
        found = self._side_by_side(typed, seen, limit)
        if terms and not found:
            seen |= _new(_ranked(self._in_bodies(typed, prefix, terms), terms), seen)
            found = self._side_by_side(typed, seen, limit)
        if not found and prefix and len(typed) > 1:
            found = [each for each in self._side_by_side(last, seen, limit) if self.has_all((*typed, *each.split()))]
        return tuple(seen[term] for term in found[:limit])

    def _side_by_side(self, context: tuple[str, ...], seen: Mapping[str, str], limit: int) -> list[str]:
        """Return those of these words that articles have behind the words of the context, in most articles first.

        What follows any word comes behind the others, which are mostly names and what belongs to the word.
        """
        counts = {term: self._articles((*context, *term.split())) for term in islice(seen, max(limit, _COMPARED))}
        found = (term for term in counts if counts[term])
        return sorted(found, key=lambda term: (self._follows_any(seen[term]), -counts[term], term))

    def _articles(self, row: tuple[str, ...]) -> int:
        """Return how many articles have these words one behind the other, in their headline or their body."""
        phrases = (exact_phrase(name, row, self._engine.frequencies) for name in TEXT_FIELDS)
        return self._engine.search(any_of(*phrases), limit=0).total

    def has_all(self, words: tuple[str, ...]) -> bool:
        """Return whether an article has all these words in its headline, or in its body."""
        fields = (anywhere(name, words, exact=True) for name in TEXT_FIELDS)
        return self._engine.search(any_of(*fields), limit=0).total > 0

    def _follows_any(self, form: str) -> bool:
        """Return whether a word may follow any other: a verb, a function word, بن, and what begins with و."""
        token = self._analyzer.tokens(form)[0]
        with_waw = token.exact != token.word and token.exact.startswith(WAW)
        return token.function or with_waw or token.word == _SON or token.stems[0].endswith("/V")

    def _in_headlines(
        self, context: tuple[str, ...], prefix: str, terms: Sequence[str], limit: int
    ) -> tuple[bool, dict[str, str]]:
        """Return whether so many headlines have the words that these were counted in all, and those that follow there,
        the most used first: exact term → written form."""
        clause = all_of(exact_phrase("title", context), TermSet("title_exact", tuple(terms)))
        titles = [article.title for article in first_articles(self._engine, clause, _HEADLINES)]
        seen = self._following(titles, context, prefix)
        if len(titles) < _HEADLINES:
            return False, dict(list(_ranked(seen, terms).items())[:limit])
        often = sorted(seen, key=lambda term: (-seen[term].total(), term))[:_COUNTED]
        phrases = {term: exact_phrase("title", (*context, *term.split())) for term in (*often, *terms[:_COUNTED])}
        counts = {term: self._engine.search(phrase, limit=0).total for term, phrase in phrases.items()}
        most = sorted(
            (term for term in counts if counts[term]), key=lambda term: (term in FUNCTION_WORDS, -counts[term])
        )
        forms: dict[str, str] = {}
        for term in most[:limit]:
            written = seen.get(term, Counter())
            if written.total() < _FEW:
                written = self._forms(phrases[term], context, term)
            if written:
                forms[term] = careful_form(written)
        return True, forms

    def _forms(self, phrase: Clause, context: tuple[str, ...], term: str) -> Counter[str]:
        titles = (article.title for article in first_articles(self._engine, phrase, _FORMS))
        return self._following(titles, context, term).get(term, Counter())

    def _in_leads(self, context: tuple[str, ...], stems: tuple[str, ...], prefix: str, terms: Sequence[str]) -> Uses:
        """Return the words that follow in the first words of articles."""
        wanted = {stem: None for term in terms[:_LOOKED_FOR] for stem in self._analyzer.keys(term)}
        likely = (TermSet("lead", tuple(wanted)),) if wanted else ()  # come first; headlines may lack the right word
        clause = Combine(must=(TermSet("lead", stems),), should=likely)
        bodies = (article.body[:_LEAD] for article in first_articles(self._engine, clause, _LEADS))
        return self._following(bodies, context, prefix)

    def _in_bodies(self, context: tuple[str, ...], prefix: str, terms: Sequence[str]) -> Uses:
        """Return the words that follow anywhere in articles, of the commonest that begin as typed."""
        known = self._engine.frequencies
        phrases = (exact_phrase("body", (*context, term), known) for term in terms[: _LOOKED_FOR // 2])
        bodies = (article.body[:_BODY] for article in first_articles(self._engine, any_of(*phrases), _BODIES))
        return self._following(bodies, context, prefix)

    def _following(self, texts: Iterable[str], context: tuple[str, ...], prefix: str) -> Uses:
        """Return the words of these texts that begin with the prefix and stand right behind those of the context."""
        uses: Uses = {}
        for text in texts:
            for piece in pieces_with(text, context[-1], prefix, before=len(context) - 1):
                tokens = self._analyzer.tokens(piece)
                for at in _behind(tokens, context, piece):
                    term, end = _whole_name(tokens, at)
                    if term.startswith(prefix):
                        uses.setdefault(term, Counter())[piece[tokens[at].start : end]] += 1
        return uses


def _behind(tokens: Sequence[AnalyzedToken], context: tuple[str, ...], text: str) -> Iterator[int]:
    """Yield the numbers of the tokens right behind those of the context, with nothing but space between, or nothing
    where both are written as one (عبدالله)."""
    exacts = [token.exact for token in tokens]
    for at in range(len(context), len(tokens)):
        if exacts[at - 1] != context[-1] or tuple(exacts[at - len(context) : at]) != context:
            continue
        if not text[tokens[at - 1].end : tokens[at].start].strip():
            yield at


def _whole_name(tokens: Sequence[AnalyzedToken], at: int) -> tuple[str, int]:
    """Return the exact terms of the name that begins with a token, and the offset of its end: mostly those of the token
    itself; of two words that are one name (عبد الله, أبو ظبي) those of both."""
    token = tokens[at]
    if at + 1 < len(tokens) and bundled_compounds().is_name(token.exact, tokens[at + 1].exact):
        return f"{token.exact} {tokens[at + 1].exact}", tokens[at + 1].end
    return token.exact, token.end


def _ranked(uses: Uses, terms: Sequence[str]) -> dict[str, str]:
    """Return the terms, the most used first and then the commonest, each with its written form."""
    commonness = {term: number for number, term in enumerate(terms)}
    rank = {term: (-use.total(), commonness.get(term, len(terms)), term) for term, use in uses.items()}
    most = sorted(uses, key=lambda term: (term in FUNCTION_WORDS, *rank[term]))
    return {term: careful_form(uses[term]) for term in most}


def _new(forms: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    return {term: form for term, form in forms.items() if term not in found}
