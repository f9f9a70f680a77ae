"""The words and phrases of a query → tokens, those of plain words with their further readings.

In: a word or phrase of the query's tree, the analyser, and the sources of readings that need an index. Out: tokens. An
exact word (`=`), a word of a field of names and a phrase have no further readings. Called by `rewrite.py` and, for
words without operators, by `search/evaluation/ranking.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import msgspec
from msgspec.structs import replace

from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.analyzer import Analyzer
from search.analysis.chunk_tokens import are_in_doubt, tokens_of_chunks
from search.analysis.function_words import LATIN_ARTICLES
from search.analysis.memo import LONGEST
from search.analysis.readings import ReadingSource, with_readings
from search.query.cost_limiter import CostLimiter
from search.query.tree import NAME_FIELDS, Phrase, Role, Word
from search.query.typed_nouns import typed_nouns
from search.whole_answers import remembered

_REMEMBERED: Final = 2**14  # chunks whose tokens are remembered, at 0.5 KB each


@dataclass(frozen=True, slots=True)
class LatinNames:
    """The names in Arabic letters that a word in Latin letters is searched as too.

    readings   of names of one word
    compounds  names of two words, as articles write them: Abdulaziz, عبد العزيز
    shown      all of them as readers are told, the likeliest first
    """

    readings: tuple[Reading, ...] = ()
    compounds: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


class LatinReader(Protocol):
    """Reads words in Latin letters as names in Arabic letters."""

    def looked_for(self, text: str, tokens: Sequence[AnalyzedToken]) -> AnalyzedToken | None:
        """Return the tokens of a word as one, if they are Latin letters that are looked for in Arabic ones."""
        ...

    def names(self, token: AnalyzedToken) -> LatinNames:
        """Return the names of the index that such a token may be."""
        ...


class ReadWord(msgspec.Struct, frozen=True):
    """The tokens of a word of a query, and what else it is searched as if it is one of Latin letters."""

    tokens: list[AnalyzedToken]
    latin: LatinNames = LatinNames()


class QueryWords:
    """Analyses the words of queries of one open index, which has one: it remembers words from query to query.

    sources: find further readings of a word in the index.
    """

    def __init__(self, analyzer: Analyzer, sources: Sequence[ReadingSource] = ()) -> None:
        self._analyzer = analyzer
        self._sources = (*analyzer.reading_sources, *sources)
        self._nouns = typed_nouns(analyzer)
        self._remembered = remembered(self._of_chunk, most=_REMEMBERED)

    def of_text(self, text: str) -> list[AnalyzedToken]:
        """Return the tokens of a text without operators, with all their readings."""
        found = tokens_of_chunks(text, self._of_word_or_more)
        return self._with_readings(self._analyzer.query_tokens(text)) if are_in_doubt(found) else found

    def of_word(self, word: Word, limiter: CostLimiter, latin: LatinReader | None = None) -> ReadWord:
        """Return the tokens of a word, with readings as far as the query's allowance covers them.

        latin: finds the readings of a word in Latin letters; None: it has none.
        """
        if word.exact or word.field in NAME_FIELDS:
            return ReadWord(self._analyzer.query_tokens(word.text))
        tokens = self._of_noun(word) if word.role is Role.NOUN else self.of_text(word.text)
        read = self._in_arabic(word, tokens, limiter, latin) if latin else ReadWord(tokens)
        wanted = sum(len(token.readings) for token in read.tokens) if len(read.tokens) == 1 else 0
        if not wanted or limiter.allowance.spend_readings(wanted):
            return read
        limiter.remarks.add("budget-readings", word.text)
        return ReadWord(_without_readings(tokens))

    def _of_word_or_more(self, chunk: str) -> tuple[AnalyzedToken, ...]:
        return self._remembered(chunk) if len(chunk) <= LONGEST else self._of_chunk(chunk)

    def _of_chunk(self, chunk: str) -> tuple[AnalyzedToken, ...]:
        return tuple(self._with_readings(self._analyzer.typed_chunk(chunk)))

    def _with_readings(self, tokens: list[AnalyzedToken]) -> list[AnalyzedToken]:
        """Return the tokens with their readings; of a noun with the letters of a function word that is none."""
        nouns, sources = self._nouns, self._sources
        return [nouns.as_typed(token) if token.function else with_readings(token, sources) for token in tokens]

    def _of_noun(self, word: Word) -> list[AnalyzedToken]:
        """The tokens of a noun with the letters of a function word, which is none of its readings."""
        return [self._nouns.as_noun(token) for token in self._analyzer.query_tokens(word.text)]

    @staticmethod
    def _in_arabic(word: Word, tokens: list[AnalyzedToken], limiter: CostLimiter, latin: LatinReader) -> ReadWord:
        """Return the tokens of a Latin word, as one if it has readings, and its names; none beyond `costs.MOST_NAMES`
        names of a query."""
        token = latin.looked_for(word.text, tokens)
        if token is None:
            return ReadWord(tokens)
        if not limiter.allowance.spend_name():
            limiter.remarks.add("budget-names", word.text)
            return ReadWord(tokens)
        names = latin.names(token)
        return ReadWord([replace(token, readings=names.readings)] if names.readings else tokens, names)

    def is_function(self, word: Word) -> bool:
        """Return whether a word is nothing but a function word, which does not have to match beside other words."""
        if word.exact or word.field is not None or word.role is not Role.FUNCTION:
            return False
        for token in self._analyzer.tokens(word.text):
            if not self._nouns.as_typed(token).function:
                return word.text.lower() in LATIN_ARTICLES
        return True

    def of_phrase(self, phrase: Phrase) -> list[AnalyzedToken]:
        """Return the tokens of a phrase, which stands for its words as they are."""
        return self._analyzer.query_tokens(phrase.text)


def _without_readings(tokens: list[AnalyzedToken]) -> list[AnalyzedToken]:
    return [replace(token, readings=()) if token.readings else token for token in tokens]
