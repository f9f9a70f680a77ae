"""The written chunks of the articles read so far, by their stems: analysis the other way round.

In: the chunks of an article and the stems that a query asks for. Out: those of the chunks that may have one of the
stems. What a chunk's stems are is found out once; from then on sets say which of hundreds of chunks to look at, a
third of what a look-up and a comparison for each of them takes. Called by `search/snippets.py`.
"""

from collections.abc import Callable, Iterable
from typing import Final

from search.analysis.memo import LONGEST
from search.analysis.month_context import MAYBE_MONTH

_CHUNKS: Final = 2**18  # remembered; then all are forgotten and learned anew


class ChunksByStem:
    """Stem → the chunks seen so far that have it. `stems`: those of a chunk, joined by spaces. Safe to share between
    threads.
    """

    def __init__(self, stems: Callable[[str], str]) -> None:
        self._stems = stems
        self._known = _Known()

    def with_any(self, chunks: set[str], stems: Iterable[str]) -> set[str]:
        """Return the chunks that have one of these stems, and those that may have: for their neighbours decide, or
        because they are too long to be kept.
        """
        known = self._known
        if len(known.chunks) > _CHUNKS:
            known = self._known = _Known()
        new = chunks - known.chunks
        found = {chunk for chunk in new if len(chunk) > LONGEST}
        known.learn((chunk, self._stems(chunk)) for chunk in new - found)
        found.update(chunks & known.doubtful)
        for stem in stems:
            if stem in known.by_stem:
                found.update(chunks.intersection(known.by_stem[stem]))
        return found


class _Known:
    """What is known; replaced as a whole."""

    def __init__(self) -> None:
        self.chunks: set[str] = set()
        self.by_stem: dict[str, list[str]] = {}
        self.doubtful: set[str] = set()

    def learn(self, chunks: Iterable[tuple[str, str]]) -> None:
        """File chunks under their stems."""
        for chunk, stems in chunks:
            if MAYBE_MONTH in stems:
                self.doubtful.add(chunk)
            for stem in stems.split():
                self.by_stem.setdefault(stem, []).append(chunk)
            self.chunks.add(chunk)
