"""The lines that publishers repeat → which of them have a word of a query, in whatever form.

In: the repeated lines of an open index, and tokens of queries. Out: the lines with the word, each with the form that it
has of it. Called by `search/repeated_line_note.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.analyzer import Analyzer
from search.analysis.fold import strip_marks
from search.index.repeated_lines import lasting_words


class LineWithWord(NamedTuple):
    """A repeated line that has a word of a query.

    text   the line, as one article has it
    words  the terms at the level word of what all articles have of it: numbers and addresses in it may be others
    form   the word as the line has it, without harakat, with particles
    """

    text: str
    words: tuple[str, ...]
    form: str


class RepeatedWords:
    """Finds the repeated lines that have a word. Safe to share between threads.

    lines: their texts; several publishers may have the same.
    """

    def __init__(self, lines: Iterable[str], analyzer: Analyzer) -> None:
        self._lines: dict[str, dict[LineWithWord, None]] = {}
        for line in lines:
            tokens = analyzer.tokens(lasting_words(line))
            words = tuple(dict.fromkeys(token.word for token in tokens))
            for token in tokens:
                found = LineWithWord(line, words, strip_marks(token.text))
                for term in (token.word, *token.stems):
                    self._lines.setdefault(term, {})[found] = None

    def lines_with(self, token: AnalyzedToken) -> tuple[LineWithWord, ...]:
        """Return the lines that have this word of a query, as it is written or in another form of its lemma."""
        found = (line for term in (token.word, *token.stems) for line in self._lines.get(term, ()))
        return tuple(dict.fromkeys(found))
