"""Words that a reader typed → the same, with the two words of a name as one: عبد الله, أبو ظبي, لعبد العزيز.

A reader who types a name in two words means one word, as one who types عبدالله does; both are searched as a phrase of
the same two terms. Called by `lexer.py`, and by `compose.py` for the fields of the advanced form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.analysis.fold import fold_letters, strip_marks
from search.analysis.lexicon.compound_table import bundled_compounds


def name_ends(words: Sequence[str], *, beside: Callable[[int], bool]) -> list[int]:
    """Return for each word or name of a row the number of its last word: mostly its own.

    beside: whether nothing but a space stands between the word of this number and the next.
    """
    table = bundled_compounds()
    beginnings = table.beginnings
    ends: list[int] = []
    passed = -1
    for at, word in enumerate(words):
        if at > passed:
            passed = at
            bare = word if word.isalpha() else strip_marks(word)
            if fold_letters(bare) in beginnings and at + 1 < len(words) and beside(at):
                passed += table.is_name(bare, strip_marks(words[at + 1]))
            ends.append(passed)
    return ends
