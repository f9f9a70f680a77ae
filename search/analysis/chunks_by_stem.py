"""Finds the chunks of a text that have one of the stems of a query, so that few chunks are looked at word by word.

In: the chunks of an article (what stands between white spaces) and the stems that a query asks for. Out: the numbers of
the chunks that may have one of the stems. The stems of a chunk are remembered; before they are looked up, arrays tell
which chunks have the letters of a stem at all (`stem_letters.py`, `chunk_letters.py`), a twentieth of them. Loading
arrays and letters takes as long as reading some hundred texts, so the first ones are read without. Called by the
highlighter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from search.analysis.context import IN_DOUBT
from search.analysis.memo import LONGEST, Memo

if TYPE_CHECKING:
    from search.analysis.chunk_letters import TextChunks
    from search.analysis.stem_letters import StemLetters

_CHUNKS: Final = 2**17  # chunks whose stems are remembered, and as many of the generation before
_FEW: Final = 64  # texts that are read without arrays first: the titles and bodies of three pages


class Chunks(Protocol):
    """The chunks of a text (`search/results/chunk_offsets.py`). by_arrays: the same, where arrays have found them."""

    text: str
    by_arrays: TextChunks | None

    @property
    def texts(self) -> list[str]: ...


class ChunksByStem:
    """Finds chunks by stem. Safe to share between threads.

    stems: the function that returns the stems of a chunk, joined by spaces. letters: makes what knows the letters of
    stems, which takes some hundredths of a second, when enough texts were read; None: every chunk is looked up.
    """

    def __init__(self, stems: Callable[[str], str], letters: Callable[[], StemLetters] | None = None) -> None:
        self._stems = Memo(stems, limit=_CHUNKS)
        self._make_letters = letters
        self._letters: StemLetters | None = None
        self._texts = 0

    def having(self, stems: Collection[str], *, by_letters: bool) -> ChunksHaving:
        """Return what finds the chunks that have one of these stems.

        by_letters: whether such words may be left out as have none of the stems by their letters.
        """
        return ChunksHaving(self._stems, frozenset(stems), self._masks(stems) if by_letters else None, self._count)

    def warm(self) -> None:
        """Make what leaves chunks out, now and from the first text on."""
        self._texts = _FEW
        if self._make_letters and self._letters is None:
            self._letters = self._make_letters()

    def _count(self, texts: int) -> None:
        self._texts += texts

    def _masks(self, stems: Collection[str]) -> frozenset[int] | None:
        """Return the masks of which each chunk has one that has one of the stems; None if that is not told."""
        if self._make_letters is None or self._texts < _FEW:
            return None
        self.warm()
        assert self._letters
        return frozenset(mask for stem in stems for mask in self._letters.masks(stem))


class ChunksHaving:
    """Finds the chunks that have one of the stems of one query. Not safe to share between threads.

    known: gives the stems of a chunk, joined by spaces. masks: of which each such chunk has one; None: unknown. read:
    is told how many texts are read.
    """

    def __init__(
        self, known: Memo[str], stems: frozenset[str], masks: frozenset[int] | None, read: Callable[[int], None]
    ) -> None:
        self._known = known
        self._wanted = stems
        self._masks = masks
        self._read = read

    def numbers(self, chunks: Chunks) -> list[int]:
        """Return the numbers of the chunks that have one of the stems, and of those that may have one: words that their
        neighbours decide, and chunks that are too long to be remembered.
        """
        return self.in_each((chunks,))[0]

    def in_each(self, texts: Sequence[Chunks]) -> list[list[int]]:
        """Return what `numbers` returns for each of these texts; looked at together they cost half."""
        self._read(len(texts))
        if self._masks is None:
            return [self._having(range(len(each)), each) for each in (chunks.texts for chunks in texts)]
        from search.analysis.chunk_letters import LetteredTexts  # loads numpy, for which a command does not wait

        lettered = LetteredTexts([chunks.text for chunks in texts])
        for chunks, by_arrays in zip(texts, lettered.each(), strict=True):
            chunks.by_arrays = by_arrays
        return lettered.parted(self._having(*lettered.having(self._masks)))

    def _having(self, numbers: Iterable[int], chunks: Iterable[str]) -> list[int]:
        """Return the numbers of those of these chunks that have or may have one of the stems."""
        known, wanted = self._known, self._wanted
        return [
            number
            for number, chunk in zip(numbers, chunks, strict=True)
            if len(chunk) > LONGEST
            or (stems := known[chunk]) in wanted
            or (" " in stems and not wanted.isdisjoint(stems.split()))
            or IN_DOUBT in stems
        ]
