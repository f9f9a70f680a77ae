"""The tokens of a text → its written words: عبدالله and أبو ظبي are one word of two tokens each, in either spelling.

In: the tokens of a text or of a query, in order. Out: the places of the tokens of each word, and where the word of each
token stands in the text. Called by `search/ranking`, where a name counts as one word, by
`search/results/highlighter.py`, which highlights no part of one, and by `search/query/named_words.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.lexicon.compound_table import bundled_compounds


def written_words(tokens: Sequence[AnalyzedToken]) -> list[range]:
    """Return the places of the tokens of each word: mostly of one, of a name of the table (`is_name`) of two."""
    table = bundled_compounds()
    if table.beginnings.isdisjoint(token.exact for token in tokens):  # as in most queries
        return [range(at, at + 1) for at in range(len(tokens))]
    found: list[range] = []
    at = 0
    while at < len(tokens):
        exact = tokens[at].exact
        is_name = exact in table.beginnings and at + 1 < len(tokens) and table.is_name(exact, tokens[at + 1].exact)
        found.append(range(at, at + 1 + is_name))
        at += len(found[-1])
    return found


def whole_spans(tokens: Sequence[AnalyzedToken]) -> list[tuple[int, int]]:
    """Return for each token the offsets of the word that it is a part of: of all tokens of a name in one word (عبدالله,
    إنشاءالله) those of the whole; its own where a space parts the name, or was lost between two words (وزارةالصحة)."""
    table = bundled_compounds()
    found = [(token.start, token.end) for token in tokens]
    done = 0
    for at, token in enumerate(tokens):
        if at < done or token.exact not in table.beginnings:
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].start == tokens[end - 1].end:
            end += 1
        if end > at + 1 and table.is_name(token.exact, "".join(each.exact for each in tokens[at + 1 : end])):
            found[at:end] = [(token.start, tokens[end - 1].end)] * (end - at)
            done = end
    return found
