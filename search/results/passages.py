"""A highlighted text → the passages of it that are shown: where they begin and end, and as segments.

Called by `search/results/highlighter.py`, which chooses around which highlighted words they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.pages.records import HighlightedText, Segment
from search.results.chunk_offsets import Chunks

PASSAGE_WORDS = 34
BACK = 12  # how far before a passage's first highlighted word a sentence may begin to be shown from its start
_SPACE = re.compile(r"\s+")
_SENTENCE_ENDS = ".!?؟…"


@dataclass(frozen=True, slots=True)
class Span:
    """A highlighted stretch of the raw text, the chunk that it begins in, and what it matched: a passage prefers
    different words.
    """

    start: int
    end: int
    chunk: int
    key: str


def sentence_start(chunks: Chunks, place: int) -> int:
    """The chunk from which a passage around `place` is shown: the text's or its sentence's first, if that is near."""
    if place <= BACK:
        return 0
    for number in range(place, max(-1, place - BACK - 1), -1):
        if chunks.written[number - 1][-1] in _SENTENCE_ENDS or "\n" in chunks.gap(number):
            return number
    return max(0, place - 5)


def sentence_end(chunks: Chunks, first: int, place: int) -> int:
    """One past the passage's last chunk: a full length, or a sentence's end in its last third."""
    full = min(len(chunks), max(first + PASSAGE_WORDS, place + 1))
    for number in range(full, max(first + 2 * PASSAGE_WORDS // 3, place + 1), -1):
        if number < len(chunks) and (chunks.written[number - 1][-1] in ".!؟?" or "\n" in chunks.gap(number)):
            return number
    return full


def passage(
    chunks: Chunks, spans: Sequence[Span], shown: tuple[int, int], *, start: int, whole: int
) -> HighlightedText:
    """The chunks from the first of `shown` to before the last, which begin a stretch at `start` of a text so long.

    A «…» stands where the text goes on; highlighted segments say where in it they begin.
    """
    first, last = shown
    begin, end = chunks.start(first), chunks.end(last - 1)
    inside = [span for span in spans if begin <= span.start and span.end <= end]
    marked = tuple(
        Segment(_SPACE.sub(" ", s.text), s.highlighted, None if s.offset is None else s.offset + start)
        for s in segments_of(chunks.text, inside, begin, end)
    )
    before = (Segment("… "),) if start or first > 0 else ()
    after = (Segment(" …"),) if last < len(chunks) or start + len(chunks.text) < whole else ()
    return before + marked + after


def segments_of(text: str, spans: Sequence[Span], start: int, end: int) -> HighlightedText:
    """The text from start to end, its highlighted stretches apart."""
    segments: list[Segment] = []
    place = start
    for span in spans:
        if span.start > place:
            segments.append(Segment(text[place : span.start]))
        segments.append(Segment(text[span.start : span.end], highlighted=True, offset=span.start))
        place = span.end
    if place < end:
        segments.append(Segment(text[place:end]))
    return tuple(segments)
