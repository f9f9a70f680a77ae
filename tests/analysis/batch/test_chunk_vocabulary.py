"""The vocabulary of chunks: it analyses a chunk once while it remembers it, and forgets before it grows too large."""

from __future__ import annotations

from itertools import pairwise

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.batch import chunk_vocabulary
from search.analysis.batch.chunk_vocabulary import PAIR, STEM, ChunkVocabulary, Piece
from search.analysis.batch.term_pool import BLOCK
from search.analysis.levels import Levels
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.term_encoding import decode_terms


class Counting(Analyzer):
    """An analyser by the rules alone that notes the chunks which it is asked to analyse."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(FrequencyTable.load())

    def chunk_levels(self, chunk: str) -> Levels:
        self.asked.append(chunk)
        return super().chunk_levels(chunk)


def terms(piece: Piece, field: int) -> list[str]:
    """The terms of a piece, chunk by chunk."""
    written, ends = piece.blocks[field].tobytes(), [0, *(piece.ends[field] * BLOCK).tolist()]
    return [decode_terms(written[a:b].decode().strip()) for a, b in pairwise(ends)]


def test_a_chunk_is_analysed_once() -> None:
    analyzer = Counting()
    vocabulary = ChunkVocabulary(analyzer)
    first = vocabulary.read(0, "قال الوزير قال")
    again = vocabulary.read(0, "الوزير قال وزير")
    assert sorted(analyzer.asked) == sorted(["قال", "الوزير", "وزير"])
    assert terms(first, STEM) == ["قال", "وزير", "قال"]
    assert terms(again, STEM) == ["وزير", "قال", "وزير"]


def test_all_chunks_are_forgotten_before_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk_vocabulary, "_CHUNKS", 4)
    analyzer = Counting()
    vocabulary = ChunkVocabulary(analyzer)
    vocabulary.read(0, "وزير قُتِل 1")
    vocabulary.read(0, "وزير 2")
    assert analyzer.asked.count("وزير") == 1, "four chunks can be remembered"
    vocabulary.read(0, "3")
    piece = vocabulary.read(0, "وزير قُتِل")
    assert analyzer.asked.count("وزير") == 2, "the fifth made the vocabulary forget the others"
    assert terms(piece, STEM)[0] == "وزير"
    assert [*piece.vocalised] == [1]
    assert len(vocabulary._vocalised) == 1, "what was vocalised is forgotten too"


def test_all_chunks_are_forgotten_when_their_terms_fill_the_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk_vocabulary, "_POOL_BLOCKS", 200)
    vocabulary = ChunkVocabulary(Counting())
    for number in range(300):
        piece = vocabulary.read(0, f"{number} وزير{number}")
        assert terms(piece, PAIR)[0].split()[0] == str(number)
        assert vocabulary._pool.used < 200 + 30, "one piece more than the limit at most"
