"""The analyser: turns any text into tokens with their index terms. Queries, snippets and commands call it.

In: any text. Out: its tokens, with offsets into the text and their terms at the levels exact, word and stem. The text
is cut at white space; the terms of each chunk between are remembered, so that rules and tables run for new chunks only.
A written word that consists of several (`compounds.py`: عبدالله) is a token for each of them.
`batch/batch_analyzer.py` gives the same terms to the indexer, for many texts at once.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.careless_typing import with_careless_reading
from search.analysis.chunk_tokens import are_in_doubt, chunks_of, tokens_of_chunks
from search.analysis.chunks_by_stem import ChunksByStem
from search.analysis.compounds import part_spans
from search.analysis.context import CONTEXT_VERSION, IN_DOUBT, is_settled, readings, without_tags
from search.analysis.final_yeh import FinalYeh, other_stem
from search.analysis.fold import MARKED_ARABIC, PLAIN_ARABIC, strip_marks
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.letters import ALEF_MAKSURA
from search.analysis.levels import NOTHING, Levels, WordLevels
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemma_letters import LemmaLetters
from search.analysis.lexicon.lemmas import BUNDLED, LemmaTable
from search.analysis.memo import Memo
from search.analysis.readings import ReadingSource, with_readings
from search.analysis.stem_letters import StemLetters
from search.analysis.table_readings import TableReadings
from search.analysis.tokens import spans
from search.analysis.vocalisation import INNER_MARKS, MARKS_INSIDE, vocalised_term
from search.analysis.word_rules import stamping_rules

if TYPE_CHECKING:
    from search.analysis.explanation import Explanation

__all__ = ["AnalyzedToken", "Analyzer"]

_CHUNKS: Final = 2**17  # chunks whose terms are remembered, and as many of the generation before
_TOKENS: Final = 2**14  # chunks whose tokens are remembered, likewise
_EDGES: Final = ".,;:!?()[]{}<>\"'«»“”„‘’،؛؟…-–—/\\|*#"


class Analyzer:
    """Analyses texts by word counts and, if there is one, a lemma table. Safe to share between threads.

    fingerprint: changes when the rules or a table do; an index made under another one is not added to.
    reading_sources: find further readings of a query's words without an index
    """

    def __init__(
        self,
        frequencies: FrequencyTable,
        lemmas: LemmaTable | None = None,
        reading_sources: tuple[ReadingSource, ...] = (),
    ) -> None:
        rules = f"{stamping_rules(frequencies)} {CONTEXT_VERSION}"
        tables = f"{rules} {lemmas.fingerprint if lemmas else 'none'}"
        self.fingerprint = hashlib.blake2b(tables.encode(), digest_size=8).hexdigest()
        self.frequencies, self.lemmas = frequencies, lemmas
        self._levels = WordLevels(frequencies, lemmas)
        self._final_yeh = FinalYeh(self._levels) if lemmas else None
        self.reading_sources = (*reading_sources, self._final_yeh) if self._final_yeh else reading_sources
        self._chunks = Memo(self.chunk_levels, limit=_CHUNKS)
        self._tokens = Memo(self._chunk_tokens, limit=_TOKENS)
        self.chunks_by_stem = ChunksByStem(self.chunk_stems, self._stem_letters if lemmas else None)

    @classmethod
    def default(cls, lexicon: str | None = None) -> "Analyzer":
        """Return the analyser over the bundled word counts and this lemma table, made once and shared.

        lexicon: None or "bundled" for the bundled table, "none" for the rules alone, else the path of a table. Raises
        LexiconError if that cannot be read.
        """
        return _default(None if lexicon == "bundled" else lexicon)

    def tokens(self, text: str) -> list[AnalyzedToken]:
        """Return the tokens of a text, in order."""
        known = self._tokens.get(text)  # the text is one chunk, as words of queries are
        found = tokens_of_chunks(text, self._tokens.__getitem__) if known is None else list(known)
        return self._in_context(found, text) if are_in_doubt(found) else found

    def query_tokens(self, text: str) -> list[AnalyzedToken]:
        """Return the tokens of what a reader typed: as `tokens`, but words typed without care have a second reading.

        Readers type وزاره for وزارة (ministry); as a newspaper writes it, it is a verb with a pronoun (and they visited
        him). So a word without hamza, ة, ى and harakat stands for the commonest word that folds to the same letters,
        and only as a further reading for what its letters say. Where ى surely stands for ي, as Egypt writes it, the
        token has that word's text and terms.
        """
        return [self._as_meant(token) for token in self.tokens(text)]

    def typed_chunk(self, chunk: str) -> list[AnalyzedToken]:
        """Return the tokens of a chunk as `query_tokens` does, but what `context.py` decides by neighbours left open:
        where one is in doubt, none is read further."""
        found = self._tokens[chunk]
        return list(found) if are_in_doubt(found) else [self._as_meant(token) for token in found]

    def unfinished_readings(self, text: str) -> list[list[AnalyzedToken]]:
        """Return the tokens of what a reader is typing, as `query_tokens` does; then again with the last word cut where
        it may be the beginning of a name that is written as one: أبوظ is أبو and ظ.
        """
        tokens = self.query_tokens(text)
        if not tokens or tokens[-1].end < len(text):
            return [tokens]
        *whole, last = tokens
        names = self._levels.begun_names(last.exact) if last.text == strip_marks(last.text) else []
        cuts = dict.fromkeys(len(first) for first, _ in names)
        return [tokens, *([*whole, *self._cut(last, cut)] for cut in cuts)]

    def _cut(self, token: AnalyzedToken, cut: int) -> Iterator[AnalyzedToken]:
        for text, at in ((token.text[:cut], token.start), (token.text[cut:], token.start + cut)):
            yield from (replace(part, start=part.start + at, end=part.end + at) for part in self.query_tokens(text))

    def begun_names(self, word: str) -> list[tuple[str, str]]:
        """Return the names in two folded words of which a word that may go on is the beginning: أبو ظبي for أبوظ."""
        return self._levels.begun_names(strip_marks(word))

    def _as_meant(self, token: AnalyzedToken) -> AnalyzedToken:
        meant = self._final_yeh.meant(token) if self._final_yeh and token.text.endswith(ALEF_MAKSURA) else token
        return with_careless_reading(meant, self.lemmas)

    def _in_context(self, tokens: list[AnalyzedToken], text: str) -> list[AnalyzedToken]:
        """Return the tokens read beside their neighbours (context.py): some become one token, some get other terms."""
        read: list[AnalyzedToken] = []
        done = 0
        for first, end, term in readings([token.word for token in tokens]):
            token, last = tokens[first], tokens[end - 1]
            if term is None:
                token = replace(token, word=token.word[1:], stems=without_tags(token.stems[0]))
            else:
                stems, exact = self._levels.stems_of_term(term), token.exact if end - first == 1 else term
                written = text[token.start : last.end]
                token = AnalyzedToken(token.start, last.end, written, exact, term, stems, function=False)
            read += [*tokens[done:first], token]
            done = end
        return read + tokens[done:]

    def chunk_vocalised(self, chunk: str) -> tuple[str, ...]:
        """Return the terms `word|written` of the words of a chunk that are written with harakat inside."""
        if MARKS_INSIDE.isdisjoint(chunk):
            return ()
        written = ((bare, chunk[start:end]) for start, end, bare in self._words(chunk))
        return tuple(
            vocalised_term(self._word_levels(bare)[1].lstrip(IN_DOUBT), word)
            for bare, word in written
            if INNER_MARKS.search(word)
        )

    def other_stem(self, token: AnalyzedToken) -> str | None:
        """Return the first stem of a token in ى with ي in its place, or the reverse; None if it ends otherwise or has
        that stem too."""
        return other_stem(self._levels, strip_marks(token.text), token.word, token.stems)

    def is_hardly_written_in_maksura(self, token: AnalyzedToken) -> bool:
        """Return whether the list of such words has a token in ي."""
        return self._final_yeh is not None and self._final_yeh.listed(strip_marks(token.text)) is not None

    def stems_of_term(self, term: str) -> tuple[str, ...]:
        """Return the stem-level keys of a term that context.py gives a word."""
        return self._levels.stems_of_term(term)

    def levels(self, chunks: Sequence[str]) -> list[Levels]:
        """Return the terms at each level, joined by spaces, of chunks that stood between white space.

        What `context.py` decides by neighbouring words is left open: such terms begin with its IN_DOUBT.
        """
        return list(map(self._chunks.__getitem__, chunks))

    def keys(self, word: str) -> tuple[str, ...]:
        """Return the different terms at the level stem of what a reader calls one word; it may be several tokens."""
        return tuple(dict.fromkeys(key for token in self.tokens(word) for key in token.stems))

    def explain(self, text: str, sources: Sequence[ReadingSource] = ()) -> "list[Explanation]":
        """Return for each token of a text every decision that led to its terms, and its further readings in a query.

        sources: find further readings in an index, beside those of the analyser's tables.
        """
        from search.analysis.explanation import explain  # no search needs it

        words, found = self._levels, []
        written = {start: row for chunk, at in chunks_of(text) for start, row in self._parts_of_words(chunk, at)}
        for token in self.tokens(text):
            bare, joined, why = written[token.start]  # of the first of several words that are one token (في المئة)
            token = with_readings(token, (*self.reading_sources, *sources))
            found.append(explain(token, words.decisions(bare), words, joined=joined, why=why))
        return found

    @property
    def stamped_lemmas(self) -> LemmaTable | None:
        """The lemma table, if it was stamped by the rules and word counts of this analyser."""
        return self._levels.stamped_lemmas

    def stems_of_sets(self, numbers: Sequence[int]) -> list[str]:
        """Return the stem-level keys of reading sets of the lemma table, those of each set joined by spaces."""
        return self._levels.stems_of_sets(numbers)

    def chunk_levels(self, chunk: str) -> Levels:
        """Return what `levels` returns for one chunk, without remembering it."""
        if PLAIN_ARABIC.fullmatch(chunk):
            return self._levels.levels(chunk)
        if chunk.isascii() and chunk.isdecimal():
            return chunk, chunk, chunk
        inside = chunk.strip(_EDGES)
        if MARKED_ARABIC.fullmatch(inside):  # one word with its harakat
            bare = strip_marks(inside)
            return self._word_levels(bare) if bare else NOTHING
        rows = [self._word_levels(strip_marks(chunk[start:end])) for start, end in spans(chunk)]
        if len(rows) == 1:
            return rows[0]
        for at, (_, after, _) in enumerate(rows[1:]):
            if is_settled(rows[at][1], after):
                rows[at] = _untagged(rows[at])
        exact, word, stem = map(" ".join, zip(*rows, strict=True)) if rows else NOTHING
        return exact, word, stem

    def chunk_stems(self, chunk: str) -> str:
        """Return the terms of one chunk at the level stem, joined by spaces."""
        inside = chunk.strip(_EDGES)
        if PLAIN_ARABIC.fullmatch(inside):
            return self._levels.stems(inside)
        if MARKED_ARABIC.fullmatch(inside) and (bare := strip_marks(inside)):  # one word with its harakat
            return self._levels.stems(bare)
        return self._chunks[chunk][2]

    def _stem_letters(self) -> StemLetters:
        assert self.lemmas is not None
        letters = LemmaLetters.beside(self.lemmas)
        return StemLetters(self.lemmas, letters, self.chunk_stems, self.stems_of_term)

    def _word_levels(self, bare: str) -> Levels:
        """Return the terms of one bare word; those of an Arabic one are remembered, as it is mostly a chunk too."""
        return self._chunks[bare] if PLAIN_ARABIC.fullmatch(bare) else self._levels.levels(bare)

    def _chunk_tokens(self, chunk: str) -> tuple[AnalyzedToken, ...]:
        if lone := self.lone_token(chunk):
            return (lone,)
        found = []
        for start, end, bare in self._words(chunk):
            exact, word, stem = self._word_levels(bare)
            stems, function = tuple(stem.split()), word in FUNCTION_WORDS
            found.append(AnalyzedToken(start, end, chunk[start:end], exact, word, stems, function))
        return tuple(found)  # which Python's search for reference cycles passes over, unlike a list

    def lone_token(self, chunk: str) -> AnalyzedToken | None:
        """Return the token of a chunk that is one word of the lemma table, whatever its neighbours, between signs; None
        of any other chunk. It takes a fifth of the time of `tokens` for a chunk that is not remembered.
        """
        bare = chunk.strip(_EDGES)
        levels = self._levels.stamped(bare) if PLAIN_ARABIC.fullmatch(bare) else None
        if levels is None:
            return None
        exact, word, stem = levels
        start = chunk.index(bare)
        stems, function = tuple(stem.split()), word in FUNCTION_WORDS
        return AnalyzedToken(start, start + len(bare), bare, exact, word, stems, function)

    def _parts_of_words(self, chunk: str, at: int) -> Iterator[tuple[int, tuple[str, str, str]]]:
        """Yield for each word of a chunk at this offset its own offset, and its bare form with the written word that it
        is a part of and the reason; "" and "" for a word that is written by itself.
        """
        starts = (at + start for start, _, _ in self._words(chunk))
        for start, end in spans(chunk):
            bare = strip_marks(chunk[start:end])
            why = self._levels.cut(bare)[1]
            yield from ((next(starts), (part, bare if why else "", why)) for part in self._levels.parts(bare))

    def _words(self, chunk: str) -> Iterator[tuple[int, int, str]]:
        """Yield the offsets of each word of a chunk, and its bare form; a written word may consist of several."""
        for start, end in spans(chunk):
            written = chunk[start:end]
            parts = self._levels.parts(strip_marks(written))
            for (begin, stop), bare in zip(part_spans(written, parts), parts, strict=True):
                yield start + begin, start + stop, bare


def _untagged(levels: Levels) -> Levels:
    exact, word, stem = (" ".join(without_tags(term)) for term in levels)
    return exact, word, stem


@lru_cache(maxsize=4)
def _default(lexicon: str | None) -> Analyzer:
    lemmas = _lemmas(lexicon)
    readings = TableReadings.beside(lemmas.path, lemmas) if lemmas else None
    return Analyzer(FrequencyTable.load(), lemmas, (readings,) if readings else ())


def _lemmas(lexicon: str | None) -> LemmaTable | None:
    if lexicon is None:
        return LemmaTable.load() if BUNDLED.exists() else None
    return None if lexicon == "none" else LemmaTable.load(Path(lexicon))
