"""The words of lines that publishers repeat → the forms by which articles that have them only there are found.

In: the repeated lines of an open index, and words of queries. Out: terms of the level word. Such a line is no part of
what an article is about, so that its stems are not among those of the article (`repeated_lines.py`); its words are in
the fields of words. With these forms a word finds the articles that its exact form or a phrase with it finds, below
those that are about it. Called by `search/query/rewrite.py` for each word that is matched by its stems.
"""

from __future__ import annotations

from collections.abc import Iterable

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.analyzer import Analyzer


class RepeatedWords:
    """Finds the forms in which repeated lines have a word. Safe to share between threads.

    lines: their texts. Numbers in them differ from article to article (`18:35 ت م`), so where one has any, a number
    that is searched for may stand there.
    """

    def __init__(self, lines: Iterable[str], analyzer: Analyzer) -> None:
        forms: dict[str, dict[str, None]] = {}
        for token in (token for line in lines for token in analyzer.tokens(line)):
            for stem in token.stems:
                forms.setdefault(stem, {})[token.word] = None
        self._forms = {stem: tuple(words) for stem, words in forms.items()}
        self._has_numbers = any(word.isdecimal() for words in self._forms.values() for word in words)

    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]:
        """Return the forms of this word of a query, in any of its readings; () if no repeated line has it."""
        readings = (reading.term for reading in token.readings if reading.level == "stem")
        found = [form for stem in (*token.stems, *readings) for form in self._forms.get(stem, ())]
        if self._has_numbers and token.word.isdecimal():
            found.append(token.word)
        return tuple(dict.fromkeys(found))
