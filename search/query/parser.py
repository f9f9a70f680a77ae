"""A query string → its tree, and remarks for the reader about what had to be guessed.

In: any string; none raises an error, and the time is proportional to its length. Out: a `Parsed`. The language is
described in `docs/query-language.md`. `أو` binds its two neighbours, as readers mean it: أسعار النفط أو الغاز is أسعار
and one of the other two. No And of the tree holds another And, no Or another Or, and no part occurs twice in one.
Called wherever a query is read.
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
    LocatedPart,
    Not,
    Nothing,
    Or,
    Parsed,
    Phrase,
    Prefix,
    Range,
    Tree,
    Word,
    all_of,
    any_of,
    not_,
    parts_of,
)


class _Scope(NamedTuple):
    """The context of an operand: its field, whether `=` stands before it, whether it is in parentheses, and the lexeme
    of the field.
    """

    field: str | None = None
    exact: bool = False
    grouped: bool = False
    name: Lexeme | None = None


_TOP: Final = _Scope()
_MOST_UNCLEAN: Final = 10 * MOST_CHARACTERS  # characters read of a query before invisible ones are removed
_BEFORE_OPERANDS: Final = frozenset((Kind.NOT, Kind.EXACT, Kind.FIELD, Kind.AND))
_OR_SIGNS: Final = frozenset(("OR", "ＯＲ", "|"))


def parse(query: str, *, today: date) -> Parsed:
    """Return the parsed query; `today` is the day from which أمس and آخر 7 أيام are counted."""
    remarks = Remarks()
    text = _cut(query, remarks)
    if not text or text.isspace():
        return Parsed(All(), remarks.build())
    lexemes = _without_deep_parentheses(lex(text, remarks), remarks)
    parser = _Parser(lexemes, DateReader(text, today), remarks)
    tree = parser.all(_TOP)
    if tree is None:
        remarks.add("empty")
    elif _only_negative(tree):
        remarks.add("only-negative")
    return Parsed(tree or Nothing(), remarks.build(), tuple(parser.dates), tuple(parser.names))


def _cut(query: str, remarks: Remarks) -> str:
    """Clean the query; cut one that is too long at the end of a word."""
    text = clean(query[:_MOST_UNCLEAN])
    if len(text) <= MOST_CHARACTERS and len(query) <= _MOST_UNCLEAN:
        return text
    remarks.add("cut-length")
    whole = text[:MOST_CHARACTERS].rsplit(maxsplit=1) if not text[MOST_CHARACTERS:][:1].isspace() else []
    return whole[0] if len(whole) > 1 else text[:MOST_CHARACTERS]


def _only_negative(tree: Tree) -> bool:
    return all(isinstance(part, Not) for part in parts_of(tree, And))


def _dated(tree: Tree) -> bool:
    """Whether a tree consists of dates: one, an Or of several, or the negation of these."""
    dates = tree.part if isinstance(tree, Not) else tree
    return all(isinstance(part, Range) for part in parts_of(dates, Or))


class _GroupStart(NamedTuple):
    """Where operands joined by `أو` begin: the offset in the query, and how many dates were found before."""

    start: int
    dates: int


class _Parser:
    def __init__(self, lexemes: list[Lexeme], reader: DateReader, remarks: Remarks) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._reader = reader
        self._remarks = remarks
        self._words_left = MOST_WORDS
        self.dates: list[LocatedPart] = []
        self.names: list[LocatedPart] = []

    def all(self, scope: _Scope) -> Tree | None:
        """Read operands up to the closing parenthesis or the end, and return the And of them.

        Each item of `groups` holds the operands that `أو` joins: mostly one.
        """
        groups: list[list[Tree]] = []
        waiting: Lexeme | None = None  # the `أو` whose second operand has not come yet
        begins = _GroupStart(0, 0)
        plain = scope.field not in DATE_FIELDS
        while (lexeme := self._next()) is not None:
            if lexeme.size == 1 and plain and waiting is None:  # most words of most queries
                self._at += 1
                if (word := self._leaf(lexeme, scope)) is not None:
                    groups.append([word])
                    begins = _GroupStart(lexeme.start, len(self.dates))
            elif lexeme.kind is Kind.CLOSE and scope.grouped:
                break
            elif lexeme.kind is Kind.OR and groups and waiting is None:
                waiting = lexeme
                self._at += 1
            elif lexeme.kind is Kind.OR or lexeme.kind is Kind.CLOSE:
                self._stray(lexeme, groups)
                self._at += 1
            else:
                begun = self._group_start() if waiting is None else begins
                if (tree := self._operand(scope)) is not None:
                    if waiting is None:
                        groups.append([])
                    begins, waiting = begun, None
                    groups[-1].append(tree)
                    self._note_dates(any_of(groups[-1]), begins)
        if waiting:
            self._stray(waiting, groups)
        return all_of(tree for group in groups if (tree := any_of(group)))

    def _group_start(self) -> _GroupStart:
        lexeme = self._next()
        return _GroupStart(lexeme.start if lexeme else 0, len(self.dates))

    def _note_dates(self, tree: Tree | None, begun: _GroupStart) -> None:
        """Record operands joined by `أو`, as far as they are read, if they are dates that limit the whole search."""
        if tree is None or isinstance(tree, And):  # the dates in parentheses are recorded one by one
            return
        del self.dates[begun.dates :]
        if _dated(tree):
            last = self._lexemes[min(self._at, len(self._lexemes)) - 1]
            self.dates.append(LocatedPart(tree, begun.start, last.end))

    def _next(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _stray(self, lexeme: Lexeme, groups: list[list[Tree]]) -> None:
        """Remark on an operator without operands. A lone `أو` is the function word, which may be the whole query."""
        if lexeme.kind is Kind.CLOSE:
            self._remarks.add("stray-parenthesis")
        elif lexeme.text in _OR_SIGNS:
            self._remarks.add("stray-operator", lexeme.text)
        elif not groups and self._at == len(self._lexemes) - 1:
            groups.append([Word(lexeme.text)])

    def _operand(self, scope: _Scope) -> Tree | None:
        """Read a word, phrase or group with the operators before it; return None if nothing follows them."""
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
        """What an operator without operand means: a field is read as a word, all others are left out."""
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
        tree = self.all(scope._replace(grouped=True, name=None))  # words inside do not belong to the field's name
        if self._next() is None:
            self._remarks.add("unclosed-parenthesis")
        self._at += 1
        return tree

    def _dated(self, lexeme: Lexeme, scope: _Scope) -> Tree | None:
        """Read a date from as many words as make one; if there is none, read the words as words."""
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
            self.names.append(LocatedPart(leaf, lexeme.start, lexeme.end))
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


def _without_deep_parentheses(lexemes: list[Lexeme], remarks: Remarks) -> list[Lexeme]:
    """The lexemes without parentheses that are nested deeper than MOST_DEPTH."""
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
