"""A map from each stem to the written chunks that have it, filled as articles are shown, to find words to highlight.

In: the chunks of an article (what stands between white spaces) and the stems that a query asks for. Out: the chunks
that may have one of the stems. Each different chunk is analysed once; from then on sets tell which of an article's
hundreds of chunks to look at, in a third of the time that looking up and comparing each of them takes. Called by the
highlighter.
"""

from collections.abc import Callable, Iterable
from typing import Final

from search.analysis.context import IN_DOUBT
from search.analysis.memo import LONGEST

_CHUNKS: Final = 2**18  # that many are remembered; then all are forgotten and learned anew


class ChunksByStem:
    """The chunks met so far, by stem. Safe to share between threads.

    stems: the function that returns the stems of a chunk, joined by spaces.
    """

    def __init__(self, stems: Callable[[str], str]) -> None:
        self._stems = stems
        self._known = _Known()

    def with_any(self, chunks: set[str], stems: Iterable[str]) -> set[str]:
        """Return the chunks that have one of these stems, and those that may have one: words that
        their neighbours decide, and chunks that are too long to be remembered.
        """
        known = self._known
        if len(known.chunks) > _CHUNKS:
            known = self._known = _Known()
        new = chunks - known.chunks
        found = {chunk for chunk in new if len(chunk) > LONGEST}
        known.learn((chunk, self._stems(chunk)) for chunk in new - found)
        found.update(chunks & known.in_doubt)
        for stem in stems:
            if stem in known.by_stem:
                found.update(chunks.intersection(known.by_stem[stem]))
        return found


class _Known:
    """The chunks that are remembered; replaced as a whole, so that threads which still use the old one may."""

    def __init__(self) -> None:
        self.chunks: set[str] = set()
        self.by_stem: dict[str, list[str]] = {}
        self.in_doubt: set[str] = set()

    def learn(self, chunks: Iterable[tuple[str, str]]) -> None:
        """Remember chunks with their stems."""
        for chunk, stems in chunks:
            if IN_DOUBT in stems:
                self.in_doubt.add(chunk)
            for stem in stems.split():
                self.by_stem.setdefault(stem, []).append(chunk)
            self.chunks.add(chunk)
