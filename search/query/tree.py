"""What the reader wrote, as a tree: words and operators, nothing analysed yet.

`search/query/parser.py` makes it from a string, `search/query/rewrite.py` turns it into clauses over index terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

TEXT_FIELDS = ("title", "body")
NAME_FIELDS = ("source", "section", "author")


@dataclass(frozen=True, slots=True)
class Word:
    """One written word. field: None for title or body. exact: `=word`, letters as written."""

    text: str
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another (`"…"`), or near each other in any order (`"…"~5`: `slop` words between neighbours)."""

    text: str
    field: str | None = None
    exact: bool = False
    slop: int | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so: `بداية*`."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words at most `distance` (1 or 2) letters away: `كلمة~`."""

    text: str
    distance: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Published within the inclusive days; None is open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Every part is wanted; function words among plain words are optional."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any part will do."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles without this."""

    part: Tree


@dataclass(frozen=True, slots=True)
class All:
    """Every article: the empty query."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article: a query that asks for nothing that can be found, such as punctuation alone."""


Tree = Word | Phrase | Prefix | Fuzzy | Range | And | Or | Not | All | Nothing


def all_of(trees: Iterable[Tree]) -> Tree | None:
    """Every tree is wanted: flat, each once; None for none."""
    parts = dict.fromkeys(part for tree in trees for part in (tree.parts if isinstance(tree, And) else (tree,)))
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def any_of(trees: Iterable[Tree]) -> Tree | None:
    """Any of the trees will do: flat, each once; None for none."""
    parts = dict.fromkeys(part for tree in trees for part in (tree.parts if isinstance(tree, Or) else (tree,)))
    return Or(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def not_(tree: Tree) -> Tree:
    """Articles without this; without "without" where it was that already."""
    return tree.part if isinstance(tree, Not) else Not(tree)


def same(one: Tree, other: Tree) -> bool:
    """Whether both trees say the same; the order of the parts is of no account."""
    return one == other or (isinstance(one, And) and isinstance(other, And) and set(one.parts) == set(other.parts))


NoteValues = tuple[tuple[str, str | int | tuple[str, ...]], ...]  # name → what a sentence says in its place


@dataclass(frozen=True, slots=True)
class Remark:
    """What the parser had to decide; `values` fill the blanks of its sentence in `search/pages/sentences.py`."""

    kind: str
    values: NoteValues = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of the tree stands in the query, as `operators.clean` leaves it: from `start` to `end`."""

    tree: Tree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as read, with the parser's remarks.

    dates  what consists of dates alone and limits the whole search: neither beside أو nor within a negation of others
    names  each value of a source, section or author, wherever it stands
    """

    tree: Tree
    remarks: tuple[Remark, ...] = ()
    dates: tuple[Place, ...] = ()
    names: tuple[Place, ...] = ()
