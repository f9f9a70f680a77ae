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
from search.results.chunk_offsets import Chunks

# Letters that stand for others in a folded form: only the hamza's carrier, or the dots, tell those apart.
_EXCHANGED: Final = f"{ar.ALEF}{ar.HEH}{ar.YEH}{ar.HAMZA}"
_RUNS: Final = re.compile(f"[^{_EXCHANGED}]+")
# Letters that only names have, which fold to letters that stand for themselves elsewhere: پ to ب.
_OF_NAMES: Final = (ar.PEH, ar.VEH, ar.GAF, ar.NG_KAF, ar.TCHEH, ar.JEH, ar.MAGHREB_QAF)
_MARKS: Final = re.compile(f"[{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}]+")
_FOREIGN: Final = re.compile("[\u066e-\u06ef\ufb50-\ufeff]")
_ODD: Final = re.compile(f"[{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}\u066e-\u06ef\ufb50-\ufeff]")


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
        self._runs = set(map(longest_run, forms))

    def near(self, chunks: Chunks) -> set[int]:
        """Return the numbers of the chunks that may be one of the forms."""
        text = chunks.text
        if "" in self._runs:
            return set(range(len(chunks)))
        found = {chunks.number_at(at) for run in self._runs for at in _places(run, text)}
        odd = {chunks.number_at(place.start()) for place in _ODD.finditer(text)}
        found.update(number for number in odd - found if self._may_be(_MARKS.sub("", chunks.chunk(number))))
        return found

    def _may_be(self, chunk: str) -> bool:
        """Return whether a chunk without marks may be one of the forms."""
        return any(run in chunk for run in self._runs) or _FOREIGN.search(chunk) is not None


def _places(run: str, text: str) -> Iterator[int]:
    """Yield where a run of letters stands in a text."""
    at = text.find(run)
    while at >= 0:
        yield at
        at = text.find(run, at + 1)
