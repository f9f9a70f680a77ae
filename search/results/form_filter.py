"""Tells which chunks of a text may be one of a few written forms, without analysing any of them.

In: folded forms, and a text with its chunks. Out: the chunks that may be one of the forms: far more than are, and far
fewer than there are. Called by `highlighter.py` for other spellings of names and for readings as one form, and by
`careful_form.py`, which finds how articles write a word.

Of each form it looks for the longest run of letters that folding leaves as they are written: of مسءول and اسره «ول» and
«سر». Harakat, tatweel and invisible signs are taken out before; chunks with Persian letters or presentation forms may
be any form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from search.analysis import letters as ar
from search.results.chunk_offsets import FOREIGN_CLASS, Chunks

# Letters that stand for others in a folded form: only the hamza's carrier, or the dots, tell those apart.
_EXCHANGED: Final = f"{ar.ALEF}{ar.HEH}{ar.YEH}{ar.HAMZA}"
_RUNS: Final = re.compile(f"[^{_EXCHANGED}]+")
# Letters that only names have, which fold to letters that stand for themselves elsewhere: پ to ب.
_OF_NAMES: Final = (ar.PEH, ar.VEH, ar.GAF, ar.NG_KAF, ar.TCHEH, ar.JEH, ar.MAGHREB_QAF)
_FOREIGN: Final = re.compile(f"[{FOREIGN_CLASS}]")


def longest_run(form: str) -> str:
    """Return the longest run of letters of a folded form that stand as they are in each text that has the form."""
    return max(_RUNS.findall(form), key=len, default="")


def chunks_with(chunks: Sequence[str], text: str, form: str) -> Iterator[int]:
    """Yield the numbers of the chunks of a text without harakat that may have this folded form in them."""
    run = "" if any(letter in text for letter in _OF_NAMES) else longest_run(form)
    return (number for number, chunk in enumerate(chunks) if run in chunk) if run in text else iter(())


class FormFilter:
    """Looks for these forms, at the level word."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._runs: dict[str, list[frozenset[str]]] = {}  # the longest run of forms → the other runs of each
        for form in forms:
            longest = longest_run(form)
            self._runs.setdefault(longest, []).append(frozenset(_RUNS.findall(form)) - {longest})

    def near(self, chunks: Chunks) -> set[int]:
        """Return the numbers of the chunks that may be one of the forms."""
        if "" in self._runs:
            return set(range(len(chunks)))
        found: set[int] = set()
        for run, others in self._runs.items():
            numbers = chunks.numbers_with(run)
            if frozenset() not in others:  # else the run is a form by itself
                numbers = {number for number in numbers if _have(chunks.chunk(number), others)}
            found |= numbers
        found.update(number for number, bare in chunks.odd if number not in found and self._may_be(bare))
        return found

    def _may_be(self, bare: str) -> bool:
        """Return whether a chunk without marks may be one of the forms."""
        have = any(run in bare and _have(bare, others) for run, others in self._runs.items())
        return have or _FOREIGN.search(bare) is not None


def _have(chunk: str, runs: Iterable[Iterable[str]]) -> bool:
    """Return whether a chunk has all runs of one of these forms."""
    return any(all(run in chunk for run in each) for each in runs)
