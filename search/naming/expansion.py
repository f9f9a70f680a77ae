"""A query's tree → the same tree with the owner's synonyms, and with all names of a source or section.

In: a tree of the parser and the index's names. Out: the tree in which a word or phrase that has synonyms is one of them
all, as many as a query may cost, and those that were added, for the notes that say so. Pure. Called by
`search/answering.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.analysis.analyzer import Analyzer
from search.analysis.fold import fold, strip_marks
from search.naming.names import Names
from search.query.costs import MOST_SYNONYMS
from search.query.remarks import Remarks
from search.query.tree import TEXT_FIELDS, And, Not, Or, Phrase, Remark, Tree, Word, all_of, any_of

_Key = tuple[str, ...]  # the words of a synonym, without particles


@dataclass(frozen=True, slots=True)
class Expanded:
    """The tree, the synonyms that it gained, and a remark on each word of which some were left out."""

    tree: Tree
    synonyms: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


class _Gained:
    """The synonyms that were added, in order, and how many words more may be."""

    def __init__(self, most: int) -> None:
        self.synonyms: dict[str, None] = {}
        self.remarks = Remarks()
        self._left = most

    def take(self, text: str, others: Sequence[str]) -> list[str]:
        """Those of the synonyms of a text for which there is room."""
        taken = []
        for other in others:
            self._left -= len(other.split())
            if self._left < 0:
                self.remarks.add("budget-synonyms", text)
                break
            taken.append(other)
        self.synonyms.update(dict.fromkeys(taken))
        return taken


class Expander:
    """Expands queries of one open index."""

    def __init__(self, names: Names, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._synonyms: dict[_Key, tuple[str, ...]] = {}
        for group in names.synonyms:
            for word in group:
                others = tuple(other for other in group if other != word)
                self._synonyms[self._key(word)] = self._synonyms.get(self._key(word), ()) + others
        self._longest = max(map(len, self._synonyms), default=0)
        self._named = {
            (name, _folded(value)): values
            for name, groups in names.groups.items()
            for values in groups.values()
            for value in values
            if len(values) > 1
        }

    def expanded(self, tree: Tree, *, synonyms: bool = True) -> Expanded:
        """The tree with synonyms, unless they are switched off, and names."""
        if not self._named and not (synonyms and self._synonyms):
            return Expanded(tree)
        gained = _Gained(MOST_SYNONYMS)
        made = self._expand(tree, gained if synonyms else None)
        return Expanded(made, tuple(gained.synonyms), gained.remarks.build())

    def _expand(self, tree: Tree, gained: _Gained | None) -> Tree:
        match tree:
            case Word() | Phrase():
                return self._any_name(tree) or self._any_synonym(tree, tree.text, gained) or tree
            case Not(part):
                return Not(self._expand(part, gained))
            case Or(parts):
                return any_of(self._expand(part, gained) for part in parts) or tree
            case And(parts):
                return all_of(self._runs(parts, gained)) or tree
        return tree

    def _runs(self, parts: tuple[Tree, ...], gained: _Gained | None) -> Iterator[Tree]:
        """The parts; neighbouring plain words that are a synonym together are taken together."""
        at = 0
        while at < len(parts):
            length, found = self._longest_run(parts[at:], gained)
            yield found or self._expand(parts[at], gained)
            at += length

    def _longest_run(self, parts: tuple[Tree, ...], gained: _Gained | None) -> tuple[int, Tree | None]:
        words: list[Word] = []
        for part in parts[: self._longest]:
            if not isinstance(part, Word) or part.exact or part.field != getattr(parts[0], "field", None):
                break
            words.append(part)
        for length in range(len(words), 1, -1):
            together = all_of(words[:length])
            text = " ".join(word.text for word in words[:length])
            if together and (found := self._any_synonym(together, text, gained, field=words[0].field)):
                return length, found
        return 1, None

    def _any_synonym(self, tree: Tree, text: str, gained: _Gained | None, *, field: str | None = None) -> Tree | None:
        """The tree or any of its synonyms; None where it has none, or gains none."""
        if isinstance(tree, Word | Phrase):
            field = tree.field
            if tree.exact or (isinstance(tree, Phrase) and tree.slop is not None):
                return None
        if gained is None or field not in (None, *TEXT_FIELDS):
            return None
        others = gained.take(text, self._synonyms.get(self._key(text), ()))
        return any_of((tree, *(_written(other, field) for other in others))) if others else None

    def _any_name(self, tree: Word | Phrase) -> Tree | None:
        """All names of a source or section that the tree names; None where it has one."""
        values = self._named.get((tree.field or "", _folded(tree.text)))
        return any_of(Phrase(value, tree.field) for value in values) if values else None

    def _key(self, text: str) -> _Key:
        return tuple(token.word for token in self._analyzer.query_tokens(text))


def _written(text: str, field: str | None) -> Tree:
    return Phrase(text, field) if len(text.split()) > 1 else Word(text, field)


def _folded(text: str) -> str:
    return fold(strip_marks(text)).strip().lower()
