"""The tree of a parsed query: its words and operators as the reader wrote them, before analysis.

`search/query/parser.py` makes it from a query string; `search/query/rewrite.py` turns it into clauses over index terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import is_

import msgspec
from msgspec.structs import replace

TEXT_FIELDS = ("title", "body")
NAME_FIELDS = ("source", "section", "author", "agency", "place")


class Role(Enum):
    """What a function word is in a query: `search/query/name_parts.py` finds those that are more than that.

    FUNCTION  a function word, or any word that is none
    PART      part of a name, as it is written: أم القرى
    NOUN      a noun or name with the letters of a function word and a lemma of its own: علي (Ali), إمام (imam)
    """

    FUNCTION = "function"
    PART = "part"
    NOUN = "noun"


class Word(msgspec.Struct, frozen=True, eq=False):
    """One word. field: the field to search, None for title and body. exact: whether it has the operator `=`.

    repeated: whether it stands twice in a row (بي بي سي); it is one part of its tree nevertheless. Words are equal
    without that and without their role.
    """

    text: str
    field: str | None = None
    exact: bool = False
    repeated: bool = False
    role: Role = Role.FUNCTION

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Word) and (self.text, self.field, self.exact) == (other.text, other.field, other.exact)

    def __ne__(self, other: object) -> bool:  # in place of that of a Struct, which here tells objects apart
        return not self.__eq__(other)

    def __hash__(self) -> int:
        return hash((self.text, self.field, self.exact))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another (`"…"`), or in any order with at most `slop` words between neighbours (`"…"~5`)."""

    text: str
    field: str | None = None
    exact: bool = False
    slop: int | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words with this beginning: `بداية*`."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """All words at most `distance` (1 or 2) edits of a letter away: `كلمة~`, `كلمة~2`."""

    text: str
    distance: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Articles published from the first day to the last, both included; None: unbounded."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match every part; a function word among other parts is optional."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match at least one part."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match the part."""

    part: Tree


@dataclass(frozen=True, slots=True)
class All:
    """Every article: what the empty query means."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article: what a query without any word means, such as punctuation alone."""


Tree = Word | Phrase | Prefix | Fuzzy | Range | And | Or | Not | All | Nothing


def parts_of(tree: Tree, joined: type[And | Or]) -> tuple[Tree, ...]:
    """Return the parts of an And or of an Or; a tree of another kind is its own only part."""
    return tree.parts if isinstance(tree, joined) else (tree,)


def words_as_typed(tree: Tree) -> Iterator[Word | Phrase]:
    """Yield the words and phrases of a tree that may be read otherwise: none that is exact, excluded or a name of a
    field."""
    match tree:
        case Word() | Phrase() if not tree.exact and tree.field in (None, *TEXT_FIELDS):
            yield tree
        case And(parts) | Or(parts):
            for part in parts:
                if not isinstance(part, Not):
                    yield from words_as_typed(part)


def all_of(trees: Iterable[Tree]) -> Tree | None:
    """Return the And of the trees, without And directly within it and without repetitions; None if there are none."""
    row: list[Tree] = []
    for part in (part for tree in trees for part in parts_of(tree, And)):
        if row and isinstance(part, Word) and part == row[-1]:
            row[-1] = replace(part, repeated=True)
        else:
            row.append(part)
    parts = dict.fromkeys(row)
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def and_again(tree: And, parts: Sequence[Tree]) -> Tree:
    """Return the And of these parts of a tree, or what was made of them; the tree itself if nothing was."""
    if len(parts) == len(tree.parts) and all(map(is_, parts, tree.parts)):
        return tree
    return all_of(parts) or tree


def any_of(trees: Iterable[Tree]) -> Tree | None:
    """Return the Or of the trees, without Or directly within it and without repetitions; None if there are none."""
    parts = dict.fromkeys(part for tree in trees for part in parts_of(tree, Or))
    return Or(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def not_(tree: Tree) -> Tree:
    """Return the negation of a tree; of a Not it is the part within it, so that a Not never holds another."""
    return tree.part if isinstance(tree, Not) else Not(tree)


def same(one: Tree, other: Tree) -> bool:
    """Whether two trees mean the same; the order of the parts of an And does not count."""
    return one == other or (isinstance(one, And) and isinstance(other, And) and set(one.parts) == set(other.parts))


NoteValues = tuple[tuple[str, str | int | tuple[str, ...]], ...]  # name of a blank in a sentence → its value


@dataclass(frozen=True, slots=True)
class Remark:
    """A decision of the parser that readers are told; `values` fill the blanks of its sentence (pages/sentences.py)."""

    kind: str
    values: NoteValues = ()


@dataclass(frozen=True, slots=True)
class LocatedPart:
    """A part of the tree and its offsets, `start` to `end`, in the query as `operators.clean` leaves it."""

    tree: Tree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed query: its tree and the parser's remarks.

    dates  the parts that consist of dates alone and limit the whole search, not one side of an أو or of a negation
    names  every value of a field of names
    """

    tree: Tree
    remarks: tuple[Remark, ...] = ()
    dates: tuple[LocatedPart, ...] = ()
    names: tuple[LocatedPart, ...] = ()
