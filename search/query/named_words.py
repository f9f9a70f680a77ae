"""Marks the words of a query's tree that are parts of names, though they have the letters of function words.

In: the tree, the analyser and the `NameParts` of an index. Out: the tree with the roles of its plain words, and the
names as rows of terms. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from msgspec.structs import replace

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.written_words import written_words
from search.query.name_parts import NameParts
from search.query.tree import And, Not, Or, Role, Tree, Word, and_again, any_of

Names = tuple[tuple[str, ...], ...]  # the terms of each name at the level word, one after another
_SON: Final = "ابن"  # the term of بن too


def with_names(tree: Tree, analyzer: Analyzer, name_parts: NameParts | None) -> tuple[Tree, Names]:
    """Return the tree with the roles of its plain words, and the names outside of negations."""
    if name_parts is None:
        return tree, ()
    words = _NamedWords(analyzer, name_parts)
    return words.marked(tree), tuple(words.names)


def highlighted(names: Names) -> Names:
    """Return the phrases to highlight for these names: each name, and of a longer one its neighbouring words.

    Those of a man and his father are words of the query of their own.
    """
    return names + tuple(pair for name in names if len(name) > 2 and _SON not in name for pair in pairwise(name))


class _NamedWords:
    """Marks the words of one tree, and collects the names."""

    def __init__(self, analyzer: Analyzer, name_parts: NameParts) -> None:
        self._analyzer, self._name_parts = analyzer, name_parts
        self.names: list[tuple[str, ...]] = []

    def marked(self, tree: Tree, *, negated: bool = False) -> Tree:
        """Return the tree with the roles of its plain words."""
        match tree:
            case And(parts):
                return and_again(tree, list(self._parts(parts, negated=negated)))
            case Or(parts):
                return any_of(self.marked(part, negated=negated) for part in parts) or tree
            case Not(part):
                return Not(self.marked(part, negated=True))
            case Word() if _plain(tree):
                return next(self._row([tree], negated=negated))
        return tree

    def _parts(self, parts: Sequence[Tree], *, negated: bool) -> Iterator[Tree]:
        for plain, run in groupby(parts, key=_plain):
            if plain:
                yield from self._row([part for part in run if isinstance(part, Word)], negated=negated)
            else:
                yield from (self.marked(part, negated=negated) for part in run)

    def _row(self, words: Sequence[Word], *, negated: bool) -> Iterator[Word]:
        """Yield words that stand beside one another, with their roles; a word of two tokens has none."""
        found = [self._analyzer.tokens(word.text) for word in words]
        if not negated:
            self.names += _fathers(found)
        if not any(token.function for tokens in found for token in tokens):
            yield from words
            return
        rows = [(word, tokens * (2 if word.repeated else 1)) for word, tokens in zip(words, found, strict=True)]
        tokens = [token for _, row in rows for token in row]
        named = self._name_parts.of(tokens)
        if not negated:
            self.names += _of_whole_words(tokens, named.names)
        at = 0
        for (word, row), own in zip(rows, found, strict=True):
            roles = named.roles[at : at + len(row)] if len(own) == 1 else ()
            role = next((each for each in (Role.NOUN, Role.PART) if each in roles), Role.FUNCTION)
            yield word if role is Role.FUNCTION else replace(word, role=role)
            at += len(row)


def _of_whole_words(tokens: Sequence[AnalyzedToken], names: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """Yield the terms of names, given by their first place and that after their last, whose first or last word may be
    a part of a written word: علي and عبد stand beside one another in علي عبدالله, and the name is all three."""
    words = written_words(tokens) if names else []
    for start, end in names:
        places = [at for word in words if word.start < end and start < word.stop for at in word]
        yield tuple(tokens[at].word for at in places)


def _fathers(words: Sequence[Sequence[AnalyzedToken]]) -> Iterator[tuple[str, ...]]:
    """Yield the terms of each man named with his father: خالد بن الوليد is not الوليد بن خالد."""
    for at in range(1, len(words) - 1):
        if [token.word for token in words[at]] == [_SON] and not any(token.function for token in words[at + 1]):
            yield tuple(token.word for word in words[at - 1 : at + 2] for token in word)


def _plain(part: Tree) -> bool:
    return isinstance(part, Word) and not part.exact and part.field is None
