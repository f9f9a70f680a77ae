"""Puts the levels together: text → tokens with their terms. The door to this package for the query side.

In: any text. Out: its tokens, with offsets and terms of the levels exact, word and stem. Written chunks are
remembered; rules and tables run on new words. `bulk.py` does the same for the indexer, by the batch.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.chunks_by_stem import ChunksByStem
from search.analysis.explanation import Explanation, explain
from search.analysis.fold import MARKED_ARABIC, PLAIN_ARABIC, strip_marks
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.levels import NOTHING, Levels, WordLevels
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import BUNDLED, LemmaTable
from search.analysis.memo import Memo
from search.analysis.month_context import MAYBE_MONTH, resolve_months
from search.analysis.tokens import spans
from search.analysis.vocalisation import INNER_MARKS, MARKS_INSIDE, vocalised_term
from search.analysis.word_rules import RULES_VERSION

__all__ = ["AnalyzedToken", "Analyzer", "Explanation"]

_CHUNKS: Final = 2**17
_TOKENS: Final = 2**14
_EDGES: Final = ".,;:!?()[]{}<>\"'«»“”„‘’،؛؟…-–—/\\|*#%"


class Analyzer:
    """Arabic analysis over its tables. Safe to share between threads."""

    def __init__(self, frequencies: FrequencyTable, lemmas: LemmaTable | None = None) -> None:
        tables = f"{RULES_VERSION} {frequencies.fingerprint} {lemmas.fingerprint if lemmas else 'none'}"
        self.fingerprint = hashlib.blake2b(tables.encode(), digest_size=8).hexdigest()
        self.frequencies, self.lemmas = frequencies, lemmas
        self._levels = WordLevels(frequencies, lemmas)
        self._chunks = Memo(self.chunk_levels, limit=_CHUNKS)
        self._tokens = Memo(self._chunk_tokens, limit=_TOKENS)
        self.chunks_by_stem = ChunksByStem(self.chunk_stems)

    @classmethod
    def default(cls, lexicon: str | None = None) -> "Analyzer":
        """Return the shared analyser: the bundled counts and this lexicon (None, "bundled": the bundled; "none": none;
        else a path).
        """
        return _default(None if lexicon == "bundled" else lexicon)

    def tokens(self, text: str) -> list[AnalyzedToken]:
        """Analyse a text token by token, for queries and snippets."""
        found: list[AnalyzedToken] = []
        end = 0
        for chunk in text.split():
            at = text.index(chunk, end)
            end = at + len(chunk)
            for start, stop, written, exact, word, stems, function in self._tokens[chunk]:
                found.append(AnalyzedToken(at + start, at + stop, written, exact, word, stems, function))
        return self._settled_tokens(found) if any(token.word.startswith(MAYBE_MONTH) for token in found) else found

    def query_tokens(self, text: str) -> list[AnalyzedToken]:
        """Analyse what a reader typed: as `tokens`, but letters typed without care are read both ways.

        Readers type وزاره for وزارة; written with care it is a verb with a pronoun. So a word without hamza, ة, ى and
        harakat also has the lemma of the commonest word that folds to the same letters, and has it first.
        """
        return [self._read_both_ways(token) for token in self.tokens(text)]

    def _read_both_ways(self, token: AnalyzedToken) -> AnalyzedToken:
        if self.lemmas is None or token.function or token.text != token.exact or "/" not in token.stems[0]:
            return token
        common = self.lemmas.lookup_folded(token.exact)[:1]
        stems = tuple(dict.fromkeys((*common, *token.stems)))
        return token if len(stems) == len(token.stems) else replace(token, stems=stems)

    def _settled_tokens(self, tokens: list[AnalyzedToken]) -> list[AnalyzedToken]:
        settled = []
        for token, word in zip(tokens, resolve_months([token.word for token in tokens]), strict=True):
            if token.word != word:
                is_month = word != token.word[1:]
                stems = self._levels.month_stems(word) if is_month else tuple(token.stems[0][1:].split(MAYBE_MONTH))
                token = replace(token, word=word, stems=stems)
            settled.append(token)
        return settled

    def chunk_vocalised(self, chunk: str) -> tuple[str, ...]:
        """Return the words of a chunk that are written with harakat inside, as terms `word|written`."""
        if MARKS_INSIDE.isdisjoint(chunk):
            return ()
        written = (chunk[start:end] for start, end in spans(chunk))
        return tuple(
            vocalised_term(self._word_levels(strip_marks(word))[1].lstrip(MAYBE_MONTH), word)
            for word in written
            if INNER_MARKS.search(word)
        )

    def month_stems(self, month: str) -> tuple[str, ...]:
        """Return the stem-level keys of the one term of a month."""
        return self._levels.month_stems(month)

    def levels(self, chunks: Sequence[str]) -> list[Levels]:
        """Return the terms at each level, joined by spaces, of what stands between white spaces: a dictionary look-up
        each. What a doubtful month becomes beside its neighbours is not decided here: its terms begin
        with `month_pairs.SIGN`.
        """
        return list(map(self._chunks.__getitem__, chunks))

    def keys(self, word: str) -> tuple[str, ...]:
        """Return the stem-level terms of what is one word to a reader (all of them where it is several tokens)."""
        return tuple(dict.fromkeys(key for token in self.tokens(word) for key in token.stems))

    def explain(self, text: str) -> list[Explanation]:
        """Explain every decision about a text, token by token."""
        words = self._levels
        return [explain(token, words.decisions(strip_marks(token.text)), words) for token in self.tokens(text)]

    @property
    def stamped_lemmas(self) -> LemmaTable | None:
        """The lemma table, if its stamps are of the rules and counts of this analyser."""
        return self._levels.stamped_lemmas

    def stems_of_sets(self, numbers: Sequence[int]) -> list[str]:
        """Return the stem-level keys of reading sets of the lemma table, those of each joined by spaces."""
        return self._levels.stems_of_sets(numbers)

    def chunk_levels(self, chunk: str) -> Levels:
        """Return the terms of what stands between two white spaces, as `levels` does, without remembering them."""
        if PLAIN_ARABIC.fullmatch(chunk):
            return self._levels.levels(chunk)
        inside = chunk.strip(_EDGES)
        if MARKED_ARABIC.fullmatch(inside):  # one word with its harakat
            bare = strip_marks(inside)
            return self._word_levels(bare) if bare else NOTHING
        rows = [self._word_levels(strip_marks(chunk[start:end])) for start, end in spans(chunk)]
        if len(rows) == 1:
            return rows[0]
        exact, word, stem = map(" ".join, zip(*rows, strict=True)) if rows else NOTHING
        return exact, word, stem

    def chunk_stems(self, chunk: str) -> str:
        """Return what `levels` says of one chunk at the level stem."""
        inside = chunk.strip(_EDGES)
        return self._levels.stems(inside) if PLAIN_ARABIC.fullmatch(inside) else self._chunks[chunk][2]

    def _word_levels(self, bare: str) -> Levels:
        """Analyse one bare word; an Arabic one is remembered as the chunk that it mostly is."""
        return self._chunks[bare] if PLAIN_ARABIC.fullmatch(bare) else self._levels.levels(bare)

    def _chunk_tokens(self, chunk: str) -> list[tuple[int, int, str, str, str, tuple[str, ...], bool]]:
        found = []
        for start, end in spans(chunk):
            written = chunk[start:end]
            exact, word, stem = self._word_levels(strip_marks(written))
            found.append((start, end, written, exact, word, tuple(stem.split()), word in FUNCTION_WORDS))
        return found


@lru_cache(maxsize=4)
def _default(lexicon: str | None) -> Analyzer:
    return Analyzer(FrequencyTable.load(), _lemmas(lexicon))


def _lemmas(lexicon: str | None) -> LemmaTable | None:
    if lexicon is None:
        return LemmaTable.load() if BUNDLED.exists() else None
    return None if lexicon == "none" else LemmaTable.load(Path(lexicon))
