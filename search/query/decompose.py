"""A query → the parts of the advanced form that say the same; the way back of `compose.py`.

In: a query as typed. Out: a `Wanted`, or None where the form has no place for what the query says. What is returned
has been composed and read again: it means exactly what the query means. Called by `web/routes/advanced.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from search.query.compose import Wanted, compose
from search.query.parser import parse
from search.query.tree import NAME_FIELDS, All, And, Not, Or, Phrase, Range, Tree, Word, same


def decompose(query: str, *, today: date) -> Wanted | None:
    """The parts of the query; `today` is what أمس is counted from."""
    parsed = parse(query, today=today)
    if isinstance(parsed.tree, All):
        return Wanted()
    parts = parsed.tree.parts if isinstance(parsed.tree, And) else (parsed.tree,)
    wanted = Wanted(exact=_exact(parts[0]))
    for part in parts:
        found = _with(wanted, part)
        if found is None:
            return None
        wanted = found
    return wanted if same(parse(compose(wanted), today=today).tree, parsed.tree) else None


def _with(wanted: Wanted, part: Tree) -> Wanted | None:
    """The parts so far and this one; None where it has no place, or its place is taken."""
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
    """Whether the first word asks for its very form; the comparison afterwards tells whether all others do."""
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
