"""A query that is being typed → its unfinished end, which completion replaces, and what stands before it.

In: the text in the search box. Out: one `UnfinishedText` or two, where the end can be read in two ways. Every text is
accepted. Called by `search/results/completion.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.query.lexer import Kind, Lexeme, lex
from search.query.operators import CLOSERS
from search.query.remarks import Remarks
from search.query.tree import NAME_FIELDS, TEXT_FIELDS

_SIGNS = frozenset((Kind.NOT, Kind.EXACT))
_CLOSED = frozenset((Kind.PHRASE, Kind.CLOSE))


@dataclass(frozen=True, slots=True)
class UnfinishedText:
    """The unfinished end of a query.

    head       the query up to the unfinished text, which stays as it is
    text       the unfinished text; `head + text` is the query
    field      the field that the text is a value of; None: it is searched in the whole article
    before     the plain words right before the text, which the completion is likely to stand beside; "" for names
    single     whether the query has plain words only, so that a whole headline may replace it
    in_phrase  whether the text stands behind an open quote, so that it has to follow the words before it
    """

    head: str
    text: str
    field: str | None
    before: str = ""
    single: bool = False
    in_phrase: bool = False


def unfinished_texts(query: str) -> tuple[UnfinishedText, ...]:
    """Return the readings of the end of a query (as `operators.clean` leaves it), the likelier one first.

    `مصدر:وكالة الأنا` may be the beginning of a name of two words, or a source and one word more.
    """
    lexemes = lex(query, Remarks())
    named = _named(query, lexemes)
    if named is None:
        return (_word(query, lexemes),)
    return (named, _word(query, lexemes)) if " " in named.text else (named,)


def _word(query: str, lexemes: Sequence[Lexeme]) -> UnfinishedText:
    if not lexemes:
        return UnfinishedText(query, "", None, single=True)
    last = lexemes[-1]
    if last.kind is Kind.PHRASE:
        return _in_phrase(query, last)
    start = len(query) - len(last.text) if last.kind is Kind.WORD and query.endswith(last.text) else len(query)
    field = _field(lexemes, len(lexemes) - 1) if start < len(query) else None
    plain = all(lexeme.kind is Kind.WORD for lexeme in lexemes)
    return UnfinishedText(query[:start], query[start:], field, _before(query, lexemes), single=plain)


def _named(query: str, lexemes: Sequence[Lexeme]) -> UnfinishedText | None:
    """The unfinished value of the last source, section or author field; None if no value may go on."""
    at = max((at for at, lexeme in enumerate(lexemes) if lexeme.kind is Kind.FIELD), default=-1)
    if at < 0 or lexemes[at].field not in NAME_FIELDS:
        return None
    after = lexemes[at + 1 :]
    start = lexemes[at].end
    value = query[start:].lstrip()
    opened = value[:1] in CLOSERS and value[:1] != ""
    if opened and len(after) <= 1 and not _closed(value):
        return UnfinishedText(query[:start], value[1:].lstrip(), lexemes[at].field)
    if all(lexeme.kind is Kind.WORD for lexeme in after) or (
        len(after) == 1 and value.isalpha()
    ):  # a lone أو may be the beginning of a name
        return UnfinishedText(query[:start], value, lexemes[at].field)
    return None


def _closed(value: str) -> bool:
    return any(sign in CLOSERS[value[0]] for sign in value[1:])


def _in_phrase(query: str, phrase: Lexeme) -> UnfinishedText:
    """The last word of a phrase whose quote is not closed; after a closed phrase there is no text to complete."""
    if not query.endswith(phrase.text) or not phrase.text:
        return UnfinishedText(query, "", None)
    *_, last = phrase.text.split()
    start = len(query) - len(last)
    return UnfinishedText(query[:start], last, None, query[phrase.start + 1 : start], in_phrase=True)


def _field(lexemes: Sequence[Lexeme], at: int) -> str | None:
    """The field that a lexeme is the value of, `-` and `=` between them aside."""
    while at > 0 and lexemes[at - 1].kind in _SIGNS:
        at -= 1
    return lexemes[at - 1].field if at > 0 and lexemes[at - 1].kind is Kind.FIELD else None


def _before(query: str, lexemes: Sequence[Lexeme]) -> str:
    """The plain words right before the last lexeme.

    The first word behind an operator or a field of names or dates belongs to that; what stands behind عنوان: is a word
    of the headline, as those are that follow it there.
    """
    first = len(lexemes) - 1
    while first > 0 and lexemes[first - 1].kind is Kind.WORD:
        first -= 1
    if first > 0 and lexemes[first - 1].kind not in _CLOSED and lexemes[first - 1].field not in TEXT_FIELDS:
        first += 1
    return " ".join(lexeme.text for lexeme in lexemes[first:-1])
