"""Notes on names of sources, sections and authors that a request asks for and no article of the index has.

In: the answerer of a request and the parsed query. Out: a note for each such name, in the query or in its filters,
which offers the same search with the most similar name that the index has. Called by `search/results_page.py` and by
what counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search import unanswered
from search.answering import Answerer
from search.pages.records import Filters, Note
from search.query.clauses import TermSet
from search.query.compose import quoted
from search.query.operators import clean
from search.query.tree import Fuzzy, LocatedPart, Parsed, Phrase, Prefix, Word

_MOST_ASKED: Final = 8  # names of a query, and of its filters, that are looked up
_LONGEST: Final = 60  # characters of a name that a note repeats


def unknown_name_notes(answerer: Answerer, parsed: Parsed) -> tuple[Note, ...]:
    """Return a note for each name that no article has; a name that the query has twice gets one note.

    None where a part of the index does not answer, which may have it.
    """
    named = {part.tree: part for part in reversed(parsed.names)}
    typed = (_note_on(answerer, part) for part in list(reversed(named.values()))[:_MOST_ASKED])
    found = tuple(note for note in (*typed, *_of_filters(answerer)) if note)
    return () if unanswered.parts() else found


def _note_on(answerer: Answerer, part: LocatedPart) -> Note | None:
    leaf = part.tree
    if not isinstance(leaf, Word | Phrase | Prefix | Fuzzy) or leaf.field is None:
        return None
    index = answerer.index
    tree = index.expander.expanded(leaf, synonyms=False).tree
    if index.engine.search(answerer.plan(tree).match, limit=1, total=False).matches:
        return None
    nearest = _nearest(answerer, leaf.field, leaf.text)
    if nearest is None or not quoted(nearest):
        return _note(leaf.field, leaf.text)
    text = clean(answerer.request.query)
    return _note(leaf.field, leaf.text, nearest, query=text[: part.start] + quoted(nearest) + text[part.end :])


def _of_filters(answerer: Answerer) -> Iterator[Note]:
    index, filters = answerer.index, answerer.request.filters
    asked = [(field, name) for field, names in filters.names.items() for name in names]
    for field, name in asked[:_MOST_ASKED]:
        if not index.engine.search(TermSet(field, (name,)), limit=1, total=False).matches:
            yield _of_filter(answerer, field, name)


def _of_filter(answerer: Answerer, field: str, name: str) -> Note:
    nearest = _nearest(answerer, field, name)
    if nearest is None:
        return _note(field, name)
    filters = answerer.request.filters
    names = dict.fromkeys(nearest if each == name else each for each in filters.names[field])
    return _note(field, name, nearest, query=answerer.request.query, filters=filters.with_names(field, tuple(names)))


def _nearest(answerer: Answerer, field: str, name: str) -> str | None:
    """Return the most similar name of the index; None if there is none, or no time to look for it."""
    return answerer.index.nearest.nearest(field, name) if answerer.budget.allows() else None


def _note(
    field: str, name: str, nearest: str | None = None, *, query: str | None = None, filters: Filters | None = None
) -> Note:
    offered = () if nearest is None else (("nearest", nearest[:_LONGEST]),)
    return Note(f"unknown-{field}", (("piece", name[:_LONGEST]), *offered), query, filters=filters)
