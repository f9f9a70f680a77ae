"""The tree of a query → the same tree, with the words that their neighbours decide read as an article's would be.

In: a tree and the analyser. Out: a tree in which جوان of جوان 2016 is the word يونيو, as it is in the index. Only plain
words that stand beside each other in one And are neighbours, for the same field. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.query.tree import NAME_FIELDS, And, Not, Or, Tree, Word, all_of, any_of

_NO_FIELD: Final = "-"  # what groups the parts that are no plain words: no field has this name


def in_context(tree: Tree, analyzer: Analyzer) -> Tree:
    """Return the tree with the words replaced that their neighbours give another term."""
    match tree:
        case And(parts):
            return all_of(_in_context(parts, analyzer)) or tree
        case Or(parts):
            return any_of(in_context(part, analyzer) for part in parts) or tree
        case Not(part):
            return Not(in_context(part, analyzer))
    return tree


def _in_context(parts: Sequence[Tree], analyzer: Analyzer) -> Iterator[Tree]:
    for field, run in groupby(parts, key=_run):
        if field == _NO_FIELD:
            yield from (in_context(part, analyzer) for part in run)
        else:
            yield from _words_in_context([part for part in run if isinstance(part, Word)], analyzer)


def _run(part: Tree) -> str | None:
    """Return the field of a plain word, _NO_FIELD for everything else."""
    plain = isinstance(part, Word) and not part.exact and part.field not in NAME_FIELDS
    return part.field if plain and isinstance(part, Word) else _NO_FIELD


def _words_in_context(words: Sequence[Word], analyzer: Analyzer) -> Iterator[Word]:
    tokens = analyzer.tokens(" ".join(word.text for word in words)) if len(words) > 1 else []
    start = 0
    for word in words:
        end = start + len(word.text)
        beside = [token for token in tokens if start <= token.start < end]
        yield Word(beside[0].word, word.field) if _differs(word, beside, analyzer) else word
        start = end + 1


def _differs(word: Word, beside: Sequence[AnalyzedToken], analyzer: Analyzer) -> bool:
    """Whether a word of one token has another term beside its neighbours than by itself."""
    alone = analyzer.tokens(word.text) if len(beside) == 1 else []
    return len(alone) == 1 and alone[0].word != beside[0].word
