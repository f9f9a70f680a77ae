"""The pieces of a batch of texts, joined into one.

In: the pieces that `chunk_vocabulary.py` read, and where the texts begin. Out: the terms of all chunks of the
batch, and which chunks are of which text. Called by `batch_analyzer.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis.batch.chunk_vocabulary import FIELDS, Piece
from search.analysis.batch.hashing import Offsets
from search.analysis.batch.term_pool import BLOCK, SPACE, Letters, Numbers, runs


class JoinedPieces:
    """Each attribute that `Piece` has too is the same for all chunks of the batch.

    ends    in bytes, with a 0 in front
    first   the first chunk of each text, and the end of the last
    filled  the indices of the chunks that have terms
    """

    def __init__(self, joined: str, pieces: Sequence[Piece], starts: Offsets) -> None:
        self._joined = joined
        before = np.cumsum([0, *(len(piece.begins) for piece in pieces)]).tolist()  # chunks of the pieces before each
        self.begins = np.concatenate([piece.begins for piece in pieces])
        self.first = self.begins.searchsorted(starts)
        self.hashes = np.concatenate([piece.hashes for piece in pieces])
        self.ends = [_joined_ends([piece.ends[field] for piece in pieces]) for field in range(FIELDS)]
        blocks = (np.concatenate([piece.blocks[field] for piece in pieces]) for field in range(FIELDS))
        self._letters: list[Letters] = [own.view(np.uint8) for own in blocks]
        self._replaced: list[int] = []
        self.in_doubt, self.several = (
            np.concatenate([own + passed for own, passed in zip(some, before, strict=False)])
            for some in ([piece.in_doubt for piece in pieces], [piece.several for piece in pieces])
        )
        self.filled = self.hashes.nonzero()[0]
        self.vocalised_terms = {
            chunk + passed: terms
            for piece, passed in zip(pieces, before, strict=False)
            for chunk, terms in piece.vocalised.items()
        }
        self.vocalised = np.array(list(self.vocalised_terms), np.int64)

    def text(self, first: int, end: int) -> str:
        """Return the text of the chunks from `first` to `end`, and what stands between them."""
        return self._joined[self.begins[first] : self.begins[end] if end < len(self.begins) else None]

    def terms_of(self, field: int, first: int, end: int) -> str:
        """Return the terms of the chunks from `first` to `end`."""
        ends = self.ends[field]
        return self._letters[field][ends[first] : ends[end]].tobytes().decode()

    def terms(self, field: int) -> bytes:
        """Return the terms of all chunks."""
        return self._letters[field].tobytes()

    def have_room(self, field: int, terms: str, first: Offsets, last: Offsets) -> NDArray[np.bool_]:
        """Return for each row of chunks, from `first` to `last`, whether these terms fit into the place of its own."""
        ends = self.ends[field]
        return ends[last + 1] - ends[first] > len(terms)

    def is_replaced(self, first: int, end: int) -> bool:
        """Return whether the terms of any of the chunks from `first` to `end` were replaced."""
        return bisect_left(self._replaced, first) < bisect_left(self._replaced, end)

    def replace(self, field: int, terms: str, first: Offsets, last: Offsets) -> None:
        """Write these terms in place of those of each row of chunks, from `first` to `last`. Once a batch and field."""
        self._replaced = last.tolist()
        ends, letters = self.ends[field], self._letters[field]
        begins = ends[first]
        sizes = ends[last + 1] - begins
        letters[runs(begins, sizes, sizes.cumsum())] = SPACE
        encoded = np.frombuffer(terms.encode(), np.uint8)
        letters[begins[:, None] + np.arange(len(encoded))] = encoded


def _joined_ends(ends: Sequence[Numbers]) -> Offsets:
    """Return the ends of the chunks of all pieces, in bytes of the joined terms, with a 0 in front."""
    passed, joined = np.int64(0), [np.zeros(1, np.int64)]
    for own in ends:
        joined.append(own + passed)
        passed += own[-1] if len(own) else 0
    return np.concatenate(joined) * BLOCK
