"""The text of a PDF page as its program drew it → as it is read: words and letters in order, letters without forms.

In: letters and where each stands on the page. Out: lines. Called by `pdf.py`. Programs draw Arabic from the left or
from the right, word by word or letter by letter, and what is extracted follows the drawing. Where a letter stands
tells more than any dictionary: in a word that is read, each letter stands to the left of the one before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from indexer.repairs.letter_forms import as_letters
from search.analysis.fold import fold
from search.analysis.lexicon.frequencies import bundled_table

Place = Callable[[int], float]  # the left edge of the letter at this index of the text, in points

_ARABIC_RUN: Final = re.compile(
    r"[\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+"
)
_CLUSTER: Final = re.compile(r"[0-9\u0660-\u0669]+|.")  # a number, or a letter
_WORD: Final = re.compile(r"\S+")
_SWAPPED: Final = re.compile("[اأإآ]ل")  # of لا, where the program drew the ligature from the left
_SIGN_OF_SWAPS: Final = re.compile("ا[اأإآ]ل|ل[اأإآ]ا")  # of الا, and the same from the left: no word of Arabic has it
_MOST_SWAPS: Final = 3  # in one word
_MOST_CANDIDATES: Final = 200
_FAR_COMMONER: Final = 20  # times; the news has the mistake, too


def lines_in_order(text: str, place: Place | None) -> list[str]:
    """The lines of a page's text; `place` is None where letters cannot be found on the page."""
    lines = []
    start = 0
    swapped = _SIGN_OF_SWAPS.search(text) is not None
    for line in re.split(r"(\r\n|\r|\n)", text):
        if line.strip():
            ordered = line if place is None else _ordered(line, start, place)
            lines.append(_mended(" ".join(ordered.split()), swapped=swapped))
        start += len(line)
    return lines


def _ordered(line: str, start: int, place: Place) -> str:
    """The words of a line from the right where most are Arabic, and the letters of each word in order."""
    words = [_word(found[0], start + found.start(), place) for found in _WORD.finditer(line)]
    places = [place(start + found.start()) for found in _WORD.finditer(line)]
    arabic = [at for at, word in enumerate(words) if _ARABIC_RUN.search(word)]
    if len(arabic) < 2 or 2 * len(arabic) < sum(not word.isdecimal() for word in words):
        return " ".join(words)
    rising = sum(places[a] < places[b] for a, b in pairwise(arabic))
    return " ".join(_from_the_right(words) if 2 * rising > len(arabic) - 1 else words)


def _from_the_right(words: list[str]) -> list[str]:
    """The same words backwards; words in other letters that stand side by side keep their order."""
    runs: list[list[str]] = []
    for word in words:
        if runs and not _ARABIC_RUN.search(word) and not _ARABIC_RUN.search(runs[-1][0]):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [word for run in reversed(runs) for word in run]


def _word(word: str, start: int, place: Place) -> str:
    """A word with its Arabic letters in order."""
    return _ARABIC_RUN.sub(lambda run: _letters_in_order(run[0], start + run.start(), place), word)


def _letters_in_order(run: str, start: int, place: Place) -> str:
    """Letters from the right, each with the marks above it; a mark drawn beside its letter has a place of its own."""
    clusters: list[tuple[str, float]] = []
    for found in _CLUSTER.finditer(run):
        at = place(start + found.start())
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
