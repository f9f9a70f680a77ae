"""The text of a PDF page as its program drew it → as it is read: words and letters in order, letters without forms.

In: letters and where each stands on the page. Out: lines. Called by `pdf.py`. Programs draw Arabic from the left or
from the right, word by word or letter by letter, and what is extracted follows the drawing. Where a letter stands
tells more than any dictionary: in a word that is read, each letter stands to the left of the one before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Final, NamedTuple

from indexer.readers.mirrored_signs import with_signs_mended
from indexer.repairs.letter_forms import as_letters
from search.analysis.fold import fold
from search.analysis.lexicon.frequencies import bundled_table

# The left and right edge of the letter at this index of the text, in points.
Place = Callable[[int], tuple[float, float]]

_ARABIC_RUN: Final = re.compile(
    r"[\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+"
)
_LETTERS: Final = r"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]"
_ARABIC_LETTERS: Final = re.compile(_LETTERS)
_PIECE: Final = re.compile(rf"{_LETTERS}+|.")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f]")
# What runs from the left in a line that runs from the right (Unicode Standard Annex 9): all between the first and last
# Latin letter or digit where there is a letter, else each number alone; signs around it do not.
_LATIN_RUN: Final = re.compile(r"(?<![^\W_])[^\W_](?:.*[^\W_])?|.")
_NUMBER: Final = re.compile(r"\d+(?:[.,:/\u066b\u066c]\d+)*|.")
_NARROW: Final = 0.3  # of the width of a letter: nothing stands between two that are no farther apart
_CLUSTER: Final = re.compile(r"[0-9\u0660-\u0669]+|.")  # a number, or a letter
_WORD: Final = re.compile(r"\S+")
_SWAPPED: Final = re.compile("[اأإآ]ل")  # of لا, where the program drew the ligature from the left
_SIGN_OF_SWAPS: Final = re.compile("ا[اأإآ]ل|ل[اأإآ]ا")  # of الا, and the same from the left: no word of Arabic has it
_MOST_SWAPS: Final = 3  # in one word
_MOST_CANDIDATES: Final = 200
_FAR_COMMONER: Final = 20  # times; the news has the mistake, too


class _Piece(NamedTuple):
    """A part of a line: its edges on the page, and the number of the word that it was told in."""

    text: str
    left: float
    right: float
    word: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def lines_in_order(text: str, place: Place | None) -> list[str]:
    """The lines of a page's text; `place` is None where letters cannot be found on the page."""
    lines = []
    start = 0
    place = None if place is None else cache(place)  # a letter is asked for its place as a part of a line and of a word
    swapped = _SIGN_OF_SWAPS.search(text) is not None
    for line in re.split(r"(\r\n|\r|\n)", text):
        if line.strip():
            ordered = line if place is None else _ordered(line, start, place)
            lines.append(_mended(" ".join(ordered.split()), swapped=swapped))
        start += len(line)
    return with_signs_mended(lines)


def _ordered(line: str, start: int, place: Place) -> str:
    """A line in order: from the right where most of its words are Arabic."""
    words = [found[0] for found in _WORD.finditer(line)]
    arabic = sum(_ARABIC_RUN.search(word) is not None for word in words)
    if arabic < 2 or 2 * arabic < sum(any(map(str.isalpha, word)) for word in words):
        return _WORD.sub(lambda word: _word(word[0], start + word.start(), place), line)
    pieces = sorted(_pieces(line, start, place), key=lambda piece: -piece.middle)
    return "".join(_in_reading_order(_spaced(pieces)))


def _pieces(line: str, start: int, place: Place) -> Iterator[_Piece]:
    """What a line consists of: Arabic letters that stand together, other letters, digits and signs each by itself."""
    for number, word in enumerate(_WORD.finditer(line)):
        for found in _PIECE.finditer(word[0]):
            at = start + word.start() + found.start()
            boxes = [place(at + letter) for letter in range(len(found[0]))]
            text = found[0] if len(boxes) == 1 else _letters_in_order(found[0], at, place)
            yield _Piece(text, min(left for left, _ in boxes), max(right for _, right in boxes), number)


def _spaced(pieces: Sequence[_Piece]) -> Iterator[str]:
    """The texts of pieces from the right, and a space where two of different words follow one another.

    A sign is often told in the word at its other side: beside it there is a space where one is seen.
    """
    letters = sum(len(piece.text) for piece in pieces)
    narrow = _NARROW * sum(piece.right - piece.left for piece in pieces) / max(letters, 1)
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        if before is not None:
            is_seen = before.left - piece.right > narrow
            is_told = piece.word != before.word
            if is_told if before.text.isalnum() and piece.text.isalnum() else is_seen:
                yield " "
        yield piece.text


def _in_reading_order(texts: Iterable[str]) -> Iterator[str]:
    """The texts from the right; Latin words that stand side by side, and numbers, from the left."""
    run: list[str] = []
    for text in chain(texts, [""]):
        if text and not _ARABIC_LETTERS.match(text):
            run.append(text)
            continue
        drawn = "".join(reversed(run))
        form = _LATIN_RUN if _LATIN.search(drawn) else _NUMBER
        yield "".join(reversed([found[0] for found in form.finditer(drawn)]))
        yield text
        run = []


def _word(word: str, start: int, place: Place) -> str:
    """A word with its Arabic letters in order."""
    return _ARABIC_RUN.sub(lambda run: _letters_in_order(run[0], start + run.start(), place), word)


def _letters_in_order(run: str, start: int, place: Place) -> str:
    """Letters from the right, each with the marks above it; a mark drawn beside its letter has a place of its own."""
    clusters: list[tuple[str, float]] = []
    for found in _CLUSTER.finditer(run):
        at, _ = place(start + found.start())
        if clusters and unicodedata.combining(found[0][0]) and at >= clusters[-1][1]:
            clusters[-1] = (clusters[-1][0] + found[0], clusters[-1][1])
        else:
            clusters.append((found[0], at))
    if all(right >= left for (_, right), (_, left) in pairwise(clusters)):
        return run
    if clusters[0][1] < clusters[-1][1]:
        clusters.reverse()  # so that letters in one place, as of a ligature, are turned as well
    return "".join(cluster for cluster, _ in sorted(clusters, key=lambda cluster: -cluster[1]))


def _mended(line: str, *, swapped: bool) -> str:
    """Letters in place of their forms, and لا where it was drawn as ال."""
    line = as_letters(line)
    return _ARABIC_RUN.sub(lambda word: _with_lam_alef(word[0]), line) if swapped else line


def _with_lam_alef(word: str) -> str:
    """The word with لا for ال where that makes a far commoner word."""
    candidates = {word}
    for _ in range(_MOST_SWAPS):
        candidates |= {
            made[: at.start()] + at[0][::-1] + made[at.end() :]
            for made in tuple(candidates)
            for start in range(len(made))
            if (at := _SWAPPED.match(made, start))
        }
        if len(candidates) > _MOST_CANDIDATES:
            break
    best = max(sorted(candidates), key=_count)
    return best if _count(best) > _FAR_COMMONER * _count(word) else word


def _count(word: str) -> int:
    return bundled_table().count(fold(word))
