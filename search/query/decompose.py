"""A query string → the fields of the advanced search form that mean the same; the inverse of `compose.py`.

In: a query as typed. Out: an `AdvancedQuery`, or None where the form cannot express the query. The result is composed
and parsed again before it is returned, and kept only if its tree is the tree of the query. Called by
`web/routes/advanced.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from search.query.compose import AdvancedQuery, compose
from search.query.parser import parse
from search.query.tree import NAME_FIELDS, All, And, Not, Or, Phrase, Range, Tree, Word, parts_of, same


def decompose(query: str, *, today: date) -> AdvancedQuery | None:
    """Return the fields of the form; `today` is the day from which أمس (yesterday) is counted."""
    parsed = parse(query, today=today)
    if isinstance(parsed.tree, All):
        return AdvancedQuery()
    parts = parts_of(parsed.tree, And)
    wanted = AdvancedQuery(exact=_exact(parts[0]))
    for part in parts:
        found = _with(wanted, part)
        if found is None:
            return None
        wanted = found
    return wanted if same(parse(compose(wanted), today=today).tree, parsed.tree) else None


def _with(wanted: AdvancedQuery, part: Tree) -> AdvancedQuery | None:
    """The form with this part of the tree added; None if no field can hold it, or its field is filled already."""
    match part:
        case Word(text, None):
            return replace(wanted, words=_more(wanted.words, text))
        case Word(text, "title"):
            return replace(wanted, title=_more(wanted.title, text))
        case Not(Word(text, None)):
            return replace(wanted, none=_more(wanted.none, text))
        case Phrase(text, None, _, None) if not wanted.phrase:
            return replace(wanted, phrase=text)
        case Phrase(text, None, _, int(slop)) if not wanted.near:
            return replace(wanted, near=text, distance=slop)
        case Word(text, str(field)) | Phrase(text, str(field)) if field in NAME_FIELDS and not getattr(wanted, field):
            changes: dict[str, str] = {field: text}
            return replace(wanted, **changes)  # type: ignore[arg-type]
        case Or(parts) if not wanted.any and all(isinstance(each, Word) and each.field is None for each in parts):
            return replace(wanted, any=" ".join(each.text for each in parts if isinstance(each, Word)))
        case Range(first, last) if wanted.first is None and wanted.last is None:
            return replace(wanted, first=first, last=last)
    return None


def _exact(tree: Tree) -> bool:
    """Whether the first word has the operator `=`; `decompose` finds by comparing trees whether all have it."""
    match tree:
        case Word(_, _, exact) | Phrase(_, _, exact):
            return exact
        case Not(part):
            return _exact(part)
        case Or(parts):
            return _exact(parts[0])
    return False


def _more(words: str, word: str) -> str:
    return f"{words} {word}" if words else word
