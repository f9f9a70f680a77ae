"""What the analyser hands out: the terms of a text, and its tokens with their terms. Defined once, for all
callers.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Terms(NamedTuple):
    """Space-joined index terms of one text, for an engine field that splits on white space (runs of spaces may
    occur).

    lead: the stem level of the first words. marked: the words written with harakat inside, each once, as terms
    `word|written`; by them the index knows whether an article's vocalisation contradicts a reader's.
    """

    exact: str
    word: str
    stem: str
    lead: str
    marked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnalyzedToken:
    """One token of a text, text == raw[start:end], and its terms at each level.

    stems: best first; two where the word is truly ambiguous. function: a function word (من، في، ما).
    """

    start: int
    end: int
    text: str
    exact: str
    word: str
    stems: tuple[str, ...]
    function: bool
