"""What the analyser hands out for queries and snippets: a token with its terms. Defined once, for all callers."""

from dataclasses import dataclass


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
