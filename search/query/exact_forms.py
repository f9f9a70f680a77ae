"""A query with one plain word → the same query with exact forms in place of that word, to be offered to readers.

In: a query, its tree and the word, and the forms. Out: a query string that is read as the tree with `=form`, or with
`=form أو =form`, where the word was. Called by `search/repeated_line_note.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from search.query.lexer import Kind, lex
from search.query.operators import clean
from search.query.parser import parse
from search.query.remarks import Remarks
from search.query.tree import And, Tree, Word, all_of, any_of, parts_of, same


def in_exact_forms(query: str, tree: Tree, word: Word, *, forms: Iterable[str], today: date) -> str | None:
    """Return the query with these forms, of which there is at least one, each as it is written, in place of the word.

    None where that would be read otherwise, as where a form is an operator or the word stands there twice.
    """
    forms = tuple(dict.fromkeys(forms))
    exact = any_of(Word(form, exact=True) for form in forms) or word
    wanted = all_of(exact if part is word else part for part in parts_of(tree, And)) or exact
    typed = " أو ".join(f"={form}" for form in forms)
    if len(forms) > 1 and tree is not word:
        typed = f"({typed})"
    text = clean(query)
    # Each that has its letters is tried: another may be the value of a field, or excluded.
    for lexeme in lex(text, Remarks()):
        if lexeme.kind is Kind.WORD and lexeme.text == word.text:
            offered = text[: lexeme.start] + typed + text[lexeme.end :]
            if same(parse(offered, today=today).tree, wanted):
                return offered
    return None
