"""Puts the levels together: text → index terms. The one door to this package for the indexer and the query side.

In: any text. Out: terms of the levels exact, word and stem, joined for an engine (`terms`) or token by token with
offsets (`tokens`). Written chunks are remembered, so an archive is mostly dictionary look-ups; rules and tables run
on new words only.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from search.analysis.clitics import ARTICLE, Clitics, Split
from search.analysis.explanation import Explanation
from search.analysis.fold import fold, strip_marks
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.memo import Memo
from search.analysis.numbers import number_term
from search.analysis.stem import RuleStemmer
from search.analysis.tokens import spans

LEAD_WORDS: Final = 30
RULES_VERSION: Final = 1  # raise when a rule of this package changes what any word becomes
_CHUNK: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Terms:
    """Space-joined index terms of one text, for an engine field that splits on white space (runs of spaces may
    occur).
    """

    exact: str
    word: str
    stem: str
    lead: str


@dataclass(frozen=True, slots=True)
class AnalyzedToken:
    """One token of a text: raw[start:end] == text, and its term or terms at each level."""

    start: int
    end: int
    text: str
    exact: str
    word: str
    stems: tuple[str, ...]
    function: bool


class Levels(NamedTuple):
    """The terms of one word; `stem` is the stems joined by spaces."""

    exact: str
    word: str
    stem: str


class Analyzer:
    """Arabic analysis over its tables. Safe to share between threads."""

    def __init__(self, frequencies: FrequencyTable, lemmas: LemmaTable | None = None) -> None:
        self._frequencies = frequencies
        self._clitics = Clitics(frequencies)
        self._stemmer = RuleStemmer(frequencies)
        self._lemmas = lemmas
        tables = f"{RULES_VERSION} {frequencies.fingerprint} {lemmas.fingerprint if lemmas else 'none'}"
        self.fingerprint = hashlib.blake2b(tables.encode(), digest_size=8).hexdigest()
        self._words = Memo(self._levels, limit=2**18)
        self._chunks = Memo(self._chunk_levels, limit=2**19)

    @classmethod
    def default(cls, lexicon: str | None = None) -> "Analyzer":
        """Return the shared analyser over the bundled counts and this lexicon: None the bundled, "none" no, else a
        path.
        """
        return _default(lexicon)

    def terms(self, text: str, *, lead: bool = False) -> Terms:
        """Analyse a text for the index."""
        chunks = text.split()
        if not chunks:
            return Terms("", "", "", "")
        exact, word, stem = zip(*map(self._chunks.__getitem__, chunks), strict=True)
        return Terms(" ".join(exact), " ".join(word), " ".join(stem), " ".join(stem[:LEAD_WORDS]) if lead else "")

    def tokens(self, text: str) -> list[AnalyzedToken]:
        """Analyse a text token by token."""
        found = []
        for start, end in spans(text):
            written = text[start:end]
            levels = self._words[strip_marks(written)]
            stems = tuple(levels.stem.split())
            found.append(
                AnalyzedToken(start, end, written, levels.exact, levels.word, stems, levels.word in FUNCTION_WORDS)
            )
        return found

    def keys(self, word: str) -> tuple[str, ...]:
        """Return the stem-level terms of what is one word to a reader (all of them where it is several tokens)."""
        return tuple(dict.fromkeys(key for token in self.tokens(word) for key in token.stems))

    def explain(self, text: str) -> list[Explanation]:
        """Explain every decision about a text."""
        return [
            Explanation(
                t.start,
                t.end,
                t.text,
                strip_marks(t.text),
                t.exact,
                t.word,
                t.stems,
                t.function,
                (),
                "",
                "rule",
                "",
                (),
                (),
            )
            for t in self.tokens(text)
        ]

    def _chunk_levels(self, chunk: str) -> Levels:
        rows = [self._words[strip_marks(chunk[start:end])] for start, end in spans(chunk)]
        if len(rows) == 1:
            return rows[0]
        return Levels(*map(" ".join, zip(*rows, strict=True))) if rows else Levels("", "", "")

    def _levels(self, bare: str) -> Levels:
        if bare[0].isdecimal() and not bare[-1].isalpha():
            number = number_term(bare)
            return Levels(number, number, number)
        exact = fold(bare)
        if bare.isascii():
            return Levels(exact, exact, exact)
        split = self._clitics.split(exact, bare)
        return Levels(exact, split.rest, " ".join(self._stems(bare, exact, split)))

    def _stems(self, bare: str, exact: str, split: Split) -> tuple[str, ...]:
        lemmas, word = self._lemmas, split.rest
        if lemmas is None:
            return (self._stemmer.stem(word, split.written, definite=ARTICLE in split.particles),)
        found = lemmas.lookup(bare) or lemmas.lookup_folded(exact)
        if not found and word != exact:
            found = lemmas.lookup(split.written) or lemmas.lookup_folded(word)
        if not found:
            for step in self._stemmer.steps(word, split.written, definite=ARTICLE in split.particles):
                word = step.form
                found = lemmas.lookup_folded(word)
                if found:
                    break
        return found or (word,)


@lru_cache(maxsize=4)
def _default(lexicon: str | None) -> Analyzer:
    return Analyzer(FrequencyTable.load(), _lemmas(lexicon))


def _lemmas(lexicon: str | None) -> LemmaTable | None:
    if lexicon == "none" or (lexicon is None and not _bundled_lemmas_exist()):
        return None
    return LemmaTable.load(Path(lexicon) if lexicon else None)


def _bundled_lemmas_exist() -> bool:
    from search.analysis.lexicon.lemmas import BUNDLED

    return BUNDLED.exists()
