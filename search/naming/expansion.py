"""The tree of a query → the tree with synonyms added, and with all aliases of a source or section.

In: a tree from the parser, and the `Names` of the archive's owner. A spelling of a phrase that is another phrase counts
as a synonym: إنشاء الله for إن شاء الله. Out: an `Expanded`: the tree in which a word or phrase with synonyms is the Or
of itself and its synonyms, up to a limit for each query, and the synonyms that were added, which readers are told.
Called by `search/answering.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from search.analysis.analyzer import Analyzer
from search.analysis.context import IN_DOUBT
from search.analysis.fold import fold, strip_marks
from search.analysis.memo import Memo
from search.analysis.weak_methods import weakly
from search.naming.names import Names
from search.query.costs import MOST_SYNONYMS
from search.query.remarks import Remarks
from search.query.tree import TEXT_FIELDS, And, Not, Or, Phrase, Remark, Tree, Word, all_of, any_of

#: What is written in two ways of different words, by habit.
_SPELLINGS: Final = (("إن شاء الله", "إنشاء الله"),)
_REMEMBERED: Final = 2**13  # words of queries of which it is remembered whether a synonym begins so
_Key = tuple[str, ...]  # the terms of a synonym at the level word


@dataclass(frozen=True, slots=True)
class Expanded:
    """The expanded tree, the synonyms that were added, and a remark on each word with synonyms beyond the limit."""

    tree: Tree
    synonyms: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


class _AddedSynonyms:
    """Collects the synonyms that are added to a query, in order; `most` limits how many words they have in all."""

    def __init__(self, most: int) -> None:
        self.synonyms: dict[str, None] = {}
        self.remarks = Remarks()
        self._left = most

    def take(self, text: str, others: Sequence[str]) -> list[str]:
        """Add the synonyms of a text up to the limit, and return those that were added."""
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
    """Expands the queries of one open index."""

    def __init__(self, names: Names, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._synonyms: dict[_Key, tuple[str, ...]] = {}
        for group in (*_SPELLINGS, *names.synonyms):
            for word in group:
                others = tuple(other for other in group if other != word)
                self._synonyms[self._key(word)] = self._synonyms.get(self._key(word), ()) + others
        self._longest = max(map(len, self._synonyms), default=0)
        self._begins = {key[0] for key in self._synonyms if key}
        self._may_begin = Memo(weakly(self._begins_like), limit=_REMEMBERED)
        self._named = {
            (name, _folded(value)): values
            for name, groups in names.groups.items()
            for values in groups.values()
            for value in values
            if len(values) > 1
        }

    def expanded(self, tree: Tree, *, synonyms: bool = True) -> Expanded:
        """Return the tree with all aliases of its sources and sections, and with synonyms unless switched off."""
        synonyms = synonyms and self._may_have_synonyms(tree)
        if not self._named and not synonyms:
            return Expanded(tree)
        added = _AddedSynonyms(MOST_SYNONYMS)
        made = self._expand(tree, added if synonyms else None)
        return Expanded(made, tuple(added.synonyms), added.remarks.build())

    def _may_have_synonyms(self, tree: Tree) -> bool:
        """Return whether a word of the tree begins what has synonyms; few queries have one."""
        match tree:
            case Word() | Phrase():
                return self._may_begin[tree.text]
            case Not(part):
                return self._may_have_synonyms(part)
            case And(parts) | Or(parts):
                return any(map(self._may_have_synonyms, parts))
        return False

    def _begins_like(self, text: str) -> bool:
        """Return whether a synonym begins like a text, or may because neighbours decide a word of it (جوان 2016)."""
        terms = [term for _, term, _ in self._analyzer.levels(text.split()) if term]
        return any(IN_DOUBT in term for term in terms) or any(t.partition(" ")[0] in self._begins for t in terms[:1])

    def _expand(self, tree: Tree, added: _AddedSynonyms | None) -> Tree:
        match tree:
            case Word() | Phrase():
                return self._any_name(tree) or self._any_synonym(tree, tree.text, added) or tree
            case Not(part):
                return Not(self._expand(part, added))
            case Or(parts):
                return any_of(self._expand(part, added) for part in parts) or tree
            case And(parts):
                return all_of(self._runs(parts, added)) or tree
        return tree

    def _runs(self, parts: tuple[Tree, ...], added: _AddedSynonyms | None) -> Iterator[Tree]:
        """The parts of an And; plain words in a row that have a synonym together become one part."""
        at = 0
        while at < len(parts):
            length, found = self._longest_run(parts[at:], added)
            yield found or self._expand(parts[at], added)
            at += length

    def _longest_run(self, parts: tuple[Tree, ...], added: _AddedSynonyms | None) -> tuple[int, Tree | None]:
        words: list[Word] = []
        for part in parts[: self._longest]:
            if not isinstance(part, Word) or part.exact or part.field != getattr(parts[0], "field", None):
                break
            words.append(part)
        for length in range(len(words), 1, -1):
            together = all_of(words[:length])
            text = " ".join(word.text for word in words[:length])
            if together and (found := self._any_synonym(together, text, added, field=words[0].field)):
                return length, found
        return 1, None

    def _any_synonym(
        self, tree: Tree, text: str, added: _AddedSynonyms | None, *, field: str | None = None
    ) -> Tree | None:
        """The Or of a tree and its synonyms; None if none are added."""
        if isinstance(tree, Word | Phrase):
            field = tree.field
            if tree.exact or (isinstance(tree, Phrase) and tree.slop is not None):
                return None
        if added is None or field not in (None, *TEXT_FIELDS):
            return None
        others = added.take(text, self._synonyms.get(self._key(text), ()))
        return any_of((tree, *(_written(other, field) for other in others))) if others else None

    def _any_name(self, tree: Word | Phrase) -> Tree | None:
        """The Or of all aliases of a source or section; None if it has no others."""
        values = self._named.get((tree.field or "", _folded(tree.text)))
        return any_of(Phrase(value, tree.field) for value in values) if values else None

    def _key(self, text: str) -> _Key:
        return tuple(token.word for token in self._analyzer.query_tokens(text))


def _written(text: str, field: str | None) -> Tree:
    return Phrase(text, field) if len(text.split()) > 1 else Word(text, field)


def _folded(text: str) -> str:
    return fold(strip_marks(text)).strip().lower()
