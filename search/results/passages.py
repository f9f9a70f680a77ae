"""Cuts passages out of a highlighted text, beginning and ending at sentences where they can, as segments to show.

In: the chunks of a text and its highlighted spans. Out: the best passages, each as the numbers of its first and last
chunk, and its segments. Called by `search/results/highlighter.py`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from search.pages.records import HighlightedText, Segment
from search.results.chunk_offsets import Chunks

PASSAGE_WORDS = 34  # chunks of a full passage
BACK = 12  # chunks before the first highlighted word in which the beginning of its sentence is looked for
# What a highlighted word adds to the score of a passage; one that no passage has yet adds 1.
_SEEN_BEFORE = 0.2  # that an earlier passage has
_REPEATED = 0.02  # that stands in the passage before it
_LEAST_OF_FURTHER = 0.5  # the score of a passage behind the first
_ROUNDING = 0.01  # more than sums of scores are wrong by
_SPACE = re.compile(r"\s+")
_WIDE = re.compile(r"[^\S ]|  ")  # white space that is shown as one space
_SENTENCE_ENDS = ".!?؟…"


class Span(NamedTuple):
    """A part of a text that is highlighted.

    start, end  its offsets in the text
    chunk       the number of the chunk in which it begins
    key         the term or phrase that it matched; passages with several different keys are preferred
    """

    start: int
    end: int
    chunk: int
    key: str


def without_overlaps(spans: list[Span]) -> list[Span]:
    """Return the spans without those that overlap an earlier one; of spans with one start the longest stays."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def put_together(parts: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Return parts of a text (start, end and key, in order) with those as one between which nothing stands."""
    found: list[tuple[int, int, str]] = []
    for start, end, key in parts:
        if found and start <= found[-1][1]:
            start, _, before = found.pop()
            key = f"{before} {key}"
        found.append((start, end, key))
    return tuple(found)


def choose(chunks: Chunks, spans: Sequence[Span], passages: int) -> list[tuple[int, int]]:
    """Return the passages with the most different highlighted words: first chunk and one past the last.

    No two of them overlap. A second passage is added only if it has something that the first has not.
    """
    at, keys = [span.chunk for span in spans], [span.key for span in spans]
    chosen: list[tuple[int, int]] = []
    seen: set[str] = set()
    different = len(set(keys))
    most_of_seen = _SEEN_BEFORE * different + _REPEATED * (len(keys) - different)  # if one passage had all words again
    for _ in range(passages):
        if len(seen) == different and most_of_seen < _LEAST_OF_FURTHER - _ROUNDING:
            break
        worth, best = _best(at, keys, chosen, seen)
        if worth <= 0 or (chosen and worth < _LEAST_OF_FURTHER):
            break
        first = _sentence_start(chunks, at[best])
        last = _sentence_end(chunks, first, at[best])
        if chosen and any(first < end and start < last for start, end in chosen):
            first = max([first] + [end for start, end in chosen if start <= at[best]])
            last = min([last] + [start for start, end in chosen if start > at[best]])
        chosen.append((first, last))
        seen.update(key for key, chunk in zip(keys, at, strict=True) if first <= chunk < last)
    return chosen


def _best(
    at: Sequence[int], keys: Sequence[str], chosen: Sequence[tuple[int, int]], seen: Container[str]
) -> tuple[float, int]:
    """Return the score of the best passage that begins with a span outside the chosen ones, and the number of that
    span.

    at: the chunk of each span. keys: its key. seen: the keys of the chosen passages. Of passages with one score the
    first is the best; where none is left, the score is 0.
    """
    highest, best, end = 0.0, 0, 0
    for begin, chunk in enumerate(at):
        if chosen and any(first - PASSAGE_WORDS < chunk < last for first, last in chosen):
            continue
        beyond = chunk + PASSAGE_WORDS - BACK
        while end < len(at) and at[end] < beyond:
            end += 1
        if end - begin <= highest:  # each of them adds 1 at most
            continue
        worth, here = 0.0, set[str]()
        for key in keys[begin:end]:
            worth += _REPEATED if key in here else _SEEN_BEFORE if key in seen else 1.0
            here.add(key)
        if worth > highest:
            highest, best = worth, begin
    return highest, best


def _sentence_start(chunks: Chunks, chunk: int) -> int:
    """Return the number of the first chunk of a passage around `chunk`: the first of the text or of the sentence if it
    is at most `BACK` chunks before, else the fifth chunk before."""
    if chunk <= BACK:
        return 0
    text, (starts, ends) = chunks.text, chunks.edges
    has_lines = "\n" in text[ends[chunk - BACK - 1] : starts[chunk]]
    for number in range(chunk, chunk - BACK - 1, -1):
        end = ends[number - 1]
        if text[end - 1] in _SENTENCE_ENDS or (has_lines and "\n" in text[end : starts[number]]):
            return number
    return max(0, chunk - 5)


def _sentence_end(chunks: Chunks, first: int, chunk: int) -> int:
    """Return one past the last chunk of a passage that begins at `first` and has `chunk`: at the end of a sentence in
    the last third of its full length, else at its full length."""
    text, (starts, ends) = chunks.text, chunks.edges
    full = min(len(starts), max(first + PASSAGE_WORDS, chunk + 1))
    least, most = max(first + 2 * PASSAGE_WORDS // 3, chunk + 1) + 1, min(full, len(starts) - 1)
    has_lines = least <= most and "\n" in text[ends[least - 1] : starts[most]]
    for number in range(most, least - 1, -1):
        end = ends[number - 1]
        if text[end - 1] in ".!؟?" or (has_lines and "\n" in text[end : starts[number]]):
            return number
    return full


def passage(
    chunks: Chunks, spans: Sequence[Span], shown: tuple[int, int], *, start: int, whole: int
) -> HighlightedText:
    """Return the chunks of one passage as segments, with «…» on each side on which the text goes on.

    shown: the number of its first chunk and one past the number of its last. start: the offset of the chunks' text in
    the whole text; whole: the length of the whole text in characters. Offsets of segments are those of the whole text.
    """
    first, last = shown
    begin, end = chunks.start(first), chunks.end(last - 1)
    inside = [span for span in spans if begin <= span.start and span.end <= end]
    segments = segments_of(chunks.text, inside, begin, end, moved=start)
    if _WIDE.search(chunks.text, begin, end):
        segments = tuple(
            Segment(_SPACE.sub(" ", s.text), s.highlighted, s.offset) if _WIDE.search(s.text) else s for s in segments
        )
    before = (Segment("… "),) if start or first > 0 else ()
    after = (Segment(" …"),) if last < len(chunks) or start + len(chunks.text) < whole else ()
    return before + segments + after


def segments_of(text: str, spans: Sequence[Span], start: int, end: int, *, moved: int = 0) -> HighlightedText:
    """Return the text from start to end as segments: one for each span, highlighted, and one for the text between.

    moved: how much is added to offsets in the text.
    """
    segments: list[Segment] = []
    reached = start
    for span in spans:
        if span.start > reached:
            segments.append(Segment(text[reached : span.start]))
        segments.append(Segment(text[span.start : span.end], True, span.start + moved))
        reached = span.end
    if reached < end:
        segments.append(Segment(text[reached:end]))
    return tuple(segments)


def positions(terms: Sequence[str], row: tuple[str, ...]) -> list[int]:
    """Return the positions in `terms` at which the terms of the phrase follow one another."""
    size = len(row)
    return [i for i in range(len(terms) - size + 1) if terms[i] == row[0] and tuple(terms[i : i + size]) == row]
