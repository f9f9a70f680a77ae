"""What a reader is typing just now: the last piece of a query that is not finished, and what stands before it.

In: the text in the search box. Out: `Piece`s. No text raises. Called by `search/results/completion.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.query.lexer import Kind, Lexeme, lex
from search.query.operators import CLOSERS
from search.query.remarks import Remarks
from search.query.tree import NAME_FIELDS

_SIGNS = frozenset((Kind.NOT, Kind.EXACT))


@dataclass(frozen=True, slots=True)
class Piece:
    """The end of a query: `head` and `text` joined are the query.

    field    the field that the text belongs to, None for the whole article
    before   the plain words right before a text without a field of names: what it is likely to stand with
    single   whether the query is words alone, so that a whole headline may take its place
    """

    head: str
    text: str
    field: str | None
    before: str = ""
    single: bool = False


def last_pieces(query: str) -> tuple[Piece, ...]:
    """What the end of a cleaned query may be, the likelier first.

    `مصدر:وكالة الأنا` may be the beginning of a name of two words, or a source and one word more.
    """
    lexemes = lex(query, Remarks())
    named = _named(query, lexemes)
    if named is None:
        return (_word(query, lexemes),)
    return (named, _word(query, lexemes)) if " " in named.text else (named,)


def _word(query: str, lexemes: Sequence[Lexeme]) -> Piece:
    if not lexemes:
        return Piece(query, "", None, single=True)
    last = lexemes[-1]
    if last.kind is Kind.PHRASE:
        return _in_phrase(query, last)
    start = len(query) - len(last.text) if last.kind is Kind.WORD and query.endswith(last.text) else len(query)
    field = _field(lexemes, len(lexemes) - 1) if start < len(query) else None
    plain = all(lexeme.kind is Kind.WORD for lexeme in lexemes)
    return Piece(query[:start], query[start:], field, _before(query, lexemes), single=plain)


def _named(query: str, lexemes: Sequence[Lexeme]) -> Piece | None:
    """The value of a field of names that is being typed: what follows the last such field, where it may still go on."""
    at = max((at for at, lexeme in enumerate(lexemes) if lexeme.kind is Kind.FIELD), default=-1)
    if at < 0 or lexemes[at].field not in NAME_FIELDS:
        return None
    after = lexemes[at + 1 :]
    start = lexemes[at].end
    value = query[start:].lstrip()
    opened = value[:1] in CLOSERS and value[:1] != ""
    if opened and len(after) <= 1 and not _closed(value):
        return Piece(query[:start], value[1:].lstrip(), lexemes[at].field)
    if all(lexeme.kind is Kind.WORD for lexeme in after) or (len(after) == 1 and value.isalpha()):  # أو may go on
        return Piece(query[:start], value, lexemes[at].field)
    return None


def _closed(value: str) -> bool:
    return any(sign in CLOSERS[value[0]] for sign in value[1:])


def _in_phrase(query: str, phrase: Lexeme) -> Piece:
    """The last word of a phrase that is still open; a closed one has nothing to complete."""
    if not query.endswith(phrase.text) or not phrase.text:
        return Piece(query, "", None)
    *_, last = phrase.text.split()
    start = len(query) - len(last)
    return Piece(query[:start], last, None, query[phrase.start + 1 : start])


def _field(lexemes: Sequence[Lexeme], at: int) -> str | None:
    """The field right before a lexeme, signs aside."""
    while at > 0 and lexemes[at - 1].kind in _SIGNS:
        at -= 1
    return lexemes[at - 1].field if at > 0 and lexemes[at - 1].kind is Kind.FIELD else None


def _before(query: str, lexemes: Sequence[Lexeme]) -> str:
    """The plain words right before the last lexeme, back to an operator or a field; the word after those is its own."""
    first = len(lexemes) - 1
    while first > 0 and lexemes[first - 1].kind is Kind.WORD:
        first -= 1
    if first > 0:
        first += 1
    return " ".join(lexeme.text for lexeme in lexemes[first:-1])
