"""A map from each stem to the written chunks that have it, filled as articles are shown, to find words to highlight.

In: the chunks of an article (what stands between white spaces) and the stems that a query asks for. Out: the chunks
that may have one of the stems. Each different chunk is analysed once; from then on sets tell which of an article's
hundreds of chunks to look at, in a third of the time that looking up and comparing each of them takes. Most new chunks
are met once: so as soon as the common ones are known, those are left out whose letters show that they have none of the
stems (`stem_letters.py`), but for every sixteenth text, so that a chunk that is met again and again becomes known.
Called by the highlighter.
"""

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Final, Protocol

from search.analysis.context import IN_DOUBT
from search.analysis.memo import LONGEST

_CHUNKS: Final = 2**18  # that many are remembered; then all are forgotten and learned anew
_COMMON: Final = 10_000  # that many are learned from whole texts first
_ALL_OF: Final = 16  # of one text of so many chunks are learned that may have none of the stems
_LEARNED: Final = 256  # chunks of such a text at most, so that a long one is not read as a whole


class Likely(Protocol):
    """Tells which of the chunks of a text may have one of the stems (`StemLetters.likely`)."""

    def __call__(self, chunks: Collection[str], stems: Collection[str], /) -> Collection[str]: ...


class ChunksByStem:
    """The chunks met so far, by stem. Safe to share between threads.

    stems: the function that returns the stems of a chunk, joined by spaces. likely: makes the function that leaves
    chunks out, which takes some hundredths of a second, when there are enough of them; None: none is left out.
    """

    def __init__(self, stems: Callable[[str], str], likely: Callable[[], Likely] | None = None) -> None:
        self._stems = stems
        self._make_likely = likely
        self._likely: Likely | None = None
        self._known = _Known()
        self._texts = 0

    def with_any(self, chunks: set[str], stems: Collection[str], *, by_letters: bool = False) -> set[str]:
        """Return the chunks that have one of these stems, and those that may have one: words that
        their neighbours decide, and chunks that are too long to be remembered.

        by_letters: whether such words may be left out as have none of the stems by their letters.
        """
        known = self._known
        if len(known.chunks) > _CHUNKS:
            known = self._known = _Known()
        new: Collection[str] = chunks - known.chunks
        if by_letters and new and self._make_likely and len(known.chunks) >= _COMMON:
            self._texts += 1
            self._likely = self._likely or self._make_likely()
            learned = () if self._texts % _ALL_OF else islice(new, _LEARNED)
            new = {*self._likely(new, stems), *learned}
        found = {chunk for chunk in new if len(chunk) > LONGEST}
        known.learn((chunk, self._stems(chunk)) for chunk in new if chunk not in found)
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
        by_stem = self.by_stem
        for chunk, stems in chunks:
            if IN_DOUBT in stems:
                self.in_doubt.add(chunk)
            for stem in stems.split():
                if stem in by_stem:
                    by_stem[stem].append(chunk)
                else:
                    by_stem[stem] = [chunk]
            self.chunks.add(chunk)
