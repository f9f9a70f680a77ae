"""Tells which chunks of a text may be one of a few written forms, without analysing any of them.

In: folded forms, and a text with its chunks. Out: the chunks that may be one of the forms: far more than are, and far
fewer than there are. Called by `highlighter.py` for other spellings of names and for readings as one form.

Of each form it looks for the longest run of letters that folding leaves as they are written: of مسءول and اسره «ول» and
«سر». Where a text has harakat, tatweel, invisible signs, Persian letters or presentation forms, chunks with them may be
any form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from search.analysis import letters as ar

# Letters that stand for others in a folded form: only the hamza's carrier, or the dots, tell those apart.
_EXCHANGED: Final = f"{ar.ALEF}{ar.HEH}{ar.YEH}{ar.HAMZA}"
_RUNS: Final = re.compile(f"[^{_EXCHANGED}]+")
_ODD: Final = re.compile(f"[{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}\u066e-\u06ef\ufb50-\ufeff]")


class FormFilter:
    """Looks for these forms, at the level word."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._runs = {max(_RUNS.findall(form), key=len, default="") for form in forms}

    def near(self, text: str, chunks: Collection[str]) -> list[str]:
        """Return those of the chunks of the text that may be one of the forms."""
        found = {chunk for run in self._runs if run in text for chunk in chunks if run in chunk}
        if _ODD.search(text):
            found.update(chunk for chunk in chunks if _ODD.search(chunk))
        return list(found)
