"""A query string → a tree and remarks for the reader. Total: any string gives a tree; linear in its length.

`docs/query-language.md` is the language as the reader knows it. `أو` binds its two neighbours, as readers mean it:
أسعار النفط أو الغاز is أسعار and one of the other two. The tree is canonical: no And within And, nothing twice.
Called by `search/service.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from search.analysis.tokens import spans
from search.query.date_fields import DateReader
from search.query.lexer import Kind, Lexeme, lex
from search.query.operators import DATE_FIELDS, MOST_CHARACTERS, MOST_DEPTH, MOST_WORDS, clean
from search.query.remarks import Remarks
from search.query.tree import (
    NAME_FIELDS,
    All,
    And,
    Fuzzy,
    Not,
    Nothing,
    Or,
    Parsed,
    Phrase,
    Place,
    Prefix,
    Range,
    Tree,
    Word,
    all_of,
    any_of,
    not_,
)


class _Scope(NamedTuple):
    """What holds for an operand: the field and its name as written, `=`, and whether it stands in parentheses."""

    field: str | None = None
    exact: bool = False
    grouped: bool = False
    name: Lexeme | None = None


_TOP: Final = _Scope()
_MOST_UNCLEAN: Final = 10 * MOST_CHARACTERS  # what cannot be seen is not counted, but not read without end either
_BEFORE_OPERANDS: Final = frozenset((Kind.NOT, Kind.EXACT, Kind.FIELD, Kind.AND))
_OR_SIGNS: Final = frozenset(("OR", "ＯＲ", "|"))


def parse(query: str, *, today: date) -> Parsed:
    """The query as read; `today` is what أمس and آخر 7 أيام are counted from."""
    remarks = Remarks()
    text = _cut(query, remarks)
    if not text or text.isspace():
        return Parsed(All(), remarks.build())
    lexemes = _shallow(lex(text, remarks), remarks)
    parser = _Parser(lexemes, DateReader(text, today), remarks)
    tree = parser.all(_TOP)
    if tree is None:
        remarks.add("empty")
    elif _only_negative(tree):
        remarks.add("only-negative")
    return Parsed(tree or Nothing(), remarks.build(), tuple(parser.dates), tuple(parser.names))


def _cut(query: str, remarks: Remarks) -> str:
    """The query cleaned; of one that is too long its first characters, up to the end of a word."""
    text = clean(query[:_MOST_UNCLEAN])
    if len(text) <= MOST_CHARACTERS and len(query) <= _MOST_UNCLEAN:
        return text
    remarks.add("cut-length")
    whole = text[:MOST_CHARACTERS].rsplit(maxsplit=1) if not text[MOST_CHARACTERS:][:1].isspace() else []
    return whole[0] if len(whole) > 1 else text[:MOST_CHARACTERS]


def _only_negative(tree: Tree) -> bool:
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return all(isinstance(part, Not) for part in parts)


def _dated(tree: Tree) -> bool:
    """Whether a tree says one thing of the date: some days, any of some, or none of them."""
    parts = tree.part if isinstance(tree, Not) else tree
    return all(isinstance(part, Range) for part in (parts.parts if isinstance(parts, Or) else (parts,)))


class _Begun(NamedTuple):
    """Where a row of operands begins, and how many dates stand before it."""

    start: int
    dates: int


class _Parser:
    def __init__(self, lexemes: list[Lexeme], reader: DateReader, remarks: Remarks) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._reader = reader
        self._remarks = remarks
        self._words_left = MOST_WORDS
        self.dates: list[Place] = []
        self.names: list[Place] = []

    def all(self, scope: _Scope) -> Tree | None:
        """Operands up to the closing parenthesis or the end; those with `أو` between them belong together."""
        rows: list[list[Tree]] = []
        waiting: Lexeme | None = None  # the `أو` whose second operand has not come yet
        begins = _Begun(0, 0)
        plain = scope.field not in DATE_FIELDS
        while (lexeme := self._next()) is not None:
            if lexeme.size == 1 and plain and waiting is None:  # most words of most queries
                self._at += 1
                if (word := self._leaf(lexeme, scope)) is not None:
                    rows.append([word])
                    begins = _Begun(lexeme.start, len(self.dates))
            elif lexeme.kind is Kind.CLOSE and scope.grouped:
                break
            if lexeme.kind is Kind.OR and rows and waiting is None:
                waiting = lexeme
                self._at += 1
            elif lexeme.kind is Kind.OR or lexeme.kind is Kind.CLOSE:
                self._stray(lexeme, rows)
                self._at += 1
            else:
                begun = self._begun() if waiting is None else begins
                if (tree := self._operand(scope)) is not None:
                    if waiting is None:
                        rows.append([])
                    begins, waiting = begun, None
                    rows[-1].append(tree)
                    self._place(any_of(rows[-1]), begins)
        if waiting:
            self._stray(waiting, rows)
        return all_of(tree for row in rows if (tree := any_of(row)))

    def _begun(self) -> _Begun:
        lexeme = self._next()
        return _Begun(lexeme.start if lexeme else 0, len(self.dates))

    def _place(self, tree: Tree | None, begun: _Begun) -> None:
        """Of a row of operands that has been read so far: the dates in it that limit whatever the row stands in."""
        if tree is None or isinstance(tree, And):  # each part of a group limits by itself
            return
        del self.dates[begun.dates :]
        if _dated(tree):
            last = self._lexemes[min(self._at, len(self._lexemes)) - 1]
            self.dates.append(Place(tree, begun.start, last.end))

    def _next(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _stray(self, lexeme: Lexeme, rows: list[list[Tree]]) -> None:
        """A sign in the wrong place; an `أو` without two operands is the function word, which may be all there is."""
        if lexeme.kind is Kind.CLOSE:
            self._remarks.add("stray-parenthesis")
        elif lexeme.text in _OR_SIGNS:
            self._remarks.add("stray-operator", lexeme.text)
        elif not rows and self._at == len(self._lexemes) - 1:
            rows.append([Word(lexeme.text)])

    def _operand(self, scope: _Scope) -> Tree | None:
        """One word, phrase or group with what stands before it; None where there is nothing after all."""
        negated, last = False, None
        while (lexeme := self._next()) is not None and lexeme.kind in _BEFORE_OPERANDS:
            last = lexeme
            if lexeme.kind is Kind.NOT:
                negated = True
            elif lexeme.kind is Kind.EXACT:
                scope = scope._replace(exact=True)
            elif lexeme.kind is Kind.FIELD:
                scope = scope._replace(field=lexeme.field, name=lexeme)
            self._at += 1
        if lexeme is None or lexeme.kind is Kind.CLOSE or lexeme.kind is Kind.OR:
            return self._missing(last)
        tree = self._bare(lexeme, scope)
        return not_(tree) if negated and tree is not None else tree

    def _missing(self, last: Lexeme | None) -> Tree | None:
        """Nothing follows an operator: of a field its name remains, as a word."""
        if last is None or last.kind is Kind.AND:
            return None
        if last.kind is not Kind.FIELD:
            self._remarks.add("stray-operator", last.text)
            return None
        self._remarks.add("empty-field", last.text + ":")
        return self._leaf(last._replace(kind=Kind.WORD), _TOP)

    def _bare(self, lexeme: Lexeme, scope: _Scope) -> Tree | None:
        if lexeme.kind is Kind.OPEN:
            return self._group(scope)
        if scope.field in DATE_FIELDS:
            return self._dated(lexeme, scope)
        self._at += 1
        return self._leaf(lexeme, scope)

    def _group(self, scope: _Scope) -> Tree | None:
        self._at += 1
        tree = self.all(scope._replace(grouped=True, name=None))  # a word inside is no part of the name before it
        if self._next() is None:
            self._remarks.add("unclosed-parenthesis")
        self._at += 1
        return tree

    def _dated(self, lexeme: Lexeme, scope: _Scope) -> Tree | None:
        """The days of a date, in as many words as it takes; what is no date is words."""
        if found := self._reader.read(scope.field or "", self._lexemes, self._at):
            days, count = found
            self._at += count
            return days
        name = scope.name
        if name is not None and not name.attached and not lexeme.text[:1].isdecimal():
            return self._leaf(name._replace(kind=Kind.WORD), _TOP)  # «بعد: …» in ordinary text
        self._remarks.add("bad-date", lexeme.text or '""')
        self._at += 1
        return self._leaf(lexeme, scope._replace(field=None))

    def _leaf(self, lexeme: Lexeme, scope: _Scope) -> Tree | None:
        leaf = self._read_leaf(lexeme, scope)
        if leaf is not None and scope.field in NAME_FIELDS:
            self.names.append(Place(leaf, lexeme.start, lexeme.end))
        return leaf

    def _read_leaf(self, lexeme: Lexeme, scope: _Scope) -> Tree | None:
        text, left = lexeme.text, self._words_left
        if lexeme.size == 1 and left > 0:
            self._words_left -= 1
            return Word(text, scope.field, scope.exact)
        tokens = list(spans(text))
        self._words_left -= len(tokens)
        if not tokens or left <= 0 or (len(tokens) > left and lexeme.kind is not Kind.PHRASE):
            if tokens:
                self._remarks.add("cut-words")
            return None
        if len(tokens) > left:
            self._remarks.add("cut-words")
            text = text[: tokens[left - 1][1]]
        match lexeme.kind:
            case Kind.PHRASE:
                return Phrase(text, scope.field, scope.exact, lexeme.number)
            case Kind.PREFIX:
                return Prefix(text, scope.field)
            case Kind.FUZZY:
                return Fuzzy(text, lexeme.number or 1, scope.field)
        return Word(text, scope.field, scope.exact)


def _shallow(lexemes: list[Lexeme], remarks: Remarks) -> list[Lexeme]:
    """The lexemes without the parentheses that lie too deep."""
    if sum(lexeme.kind is Kind.OPEN for lexeme in lexemes) <= MOST_DEPTH:
        return lexemes
    kept, depth = [], 0
    for lexeme in lexemes:
        opens, closes = lexeme.kind is Kind.OPEN, lexeme.kind is Kind.CLOSE and depth > 0
        depth += opens
        if (opens or closes) and depth > MOST_DEPTH:
            remarks.add("deep-parentheses")
        else:
            kept.append(lexeme)
        depth -= closes
    return kept
