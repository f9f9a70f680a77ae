"""Finds how articles write folded words, and chooses the form that is shown to readers.

In: texts and folded words; then how often each written form of one word was seen. Out: the pieces of a text that are
worth analysing; then one form. Called by `completion.py`, `following_words.py` and `written_forms.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from search.analysis import letters as ar
from search.analysis.context import DECIDED_BY_NEIGHBOURS
from search.analysis.fold import PLAIN_ARABIC, fold_letters
from search.results.form_filter import chunks_with

_MARKS: Final = re.compile(f"[{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}]+")
_WITHOUT_HAMZA: Final = str.maketrans(
    {ar.ALEF_HAMZA_ABOVE: ar.ALEF, ar.ALEF_HAMZA_BELOW: ar.ALEF, ar.ALEF_MADDA: ar.ALEF}
)
# What may be a letter of another script, or a presentation form: what Arabic texts consist of never is.
_OF_OTHER_SCRIPTS: Final = re.compile(r"[A-Za-z\u0080-\u05ff\u0700-\U0010ffff]")
_CARELESS: Final = (
    4  # times as often as the form with its hamzas a form without them may be written, and still gives way
)


def pieces_with(text: str, *folded: str, before: int = 0) -> Iterator[str]:
    """Yield pieces of a text, without harakat, that have these folded words or beginnings of words in a row, in one
    word too (عبدالله).

    before: how many words in front each piece includes; one behind is included. Analysing the pieces is much cheaper
    than analysing the text; where a folded word has a hamza, which is not folded letter by letter, or other letters, it
    is one piece.
    """
    text = _MARKS.sub("", text)
    if any(ar.HAMZA in word or not PLAIN_ARABIC.fullmatch(word) for word in folded):
        yield text
        return
    chunks, joined = text.split(), "".join(folded)
    for at in chunks_with(chunks, text, folded[0]):
        row = [fold_letters(chunk) for chunk in chunks[at : at + len(folded)]]
        if joined in row[0] or (len(row) == len(folded) and all(map(str.__contains__, row, folded))):
            yield " ".join(chunks[max(0, at - before) : at + len(folded) + 1])


def chunks_having(text: str, word: str) -> Iterator[str]:
    """Yield the chunks of a text, without harakat, that may have a folded word in them, each for itself.

    Their terms are those that they have in the text, unless neighbours decide what the word is (`context.py`). Of
    a word with a hamza, which is not folded letter by letter, these are all chunks with the longest run of its other
    letters; of one with letters of another script all chunks that have any such letter.
    """
    if word not in DECIDED_BY_NEIGHBOURS and _OF_OTHER_SCRIPTS.search(word):
        yield from filter(_OF_OTHER_SCRIPTS.search, _MARKS.sub("", text).split())
        return
    if word in DECIDED_BY_NEIGHBOURS or not PLAIN_ARABIC.fullmatch(word):
        yield from pieces_with(text, word)
        return
    text = _MARKS.sub("", text)
    chunks = text.split()
    for at in chunks_with(chunks, text, word):
        if ar.HAMZA in word or word in fold_letters(chunks[at]):
            yield chunks[at]


def careful_form(uses: Mapping[str, int]) -> str:
    """Return the commonest form; but the one with its hamzas where only they are left out of the commonest.

    Newspapers leave the hamza of an alef out more often than they put one where none belongs, so أسعار is right, though
    three of four headlines may write اسعار.
    """
    commonest = min(uses, key=lambda form: (-uses[form], form))
    careful = (form for form in uses if form != commonest and form.translate(_WITHOUT_HAMZA) == commonest)
    best = min(careful, key=lambda form: (-uses[form], form), default=commonest)
    return best if uses[best] * _CARELESS >= uses[commonest] else commonest
