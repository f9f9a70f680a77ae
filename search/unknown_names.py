"""Notes on names of sources, sections and authors that a request asks for and no article of the index has.

In: the answerer of a request and the parsed query. Out: a note for each such name, in the query or in its filters,
which offers the same search with the most similar name that the index has. Called by `search/service.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from search.answering import Answerer
from search.pages.records import Note
from search.query.clauses import TermSet
from search.query.compose import quoted
from search.query.operators import clean
from search.query.tree import Fuzzy, LocatedPart, Parsed, Phrase, Prefix, Word

_FILTERS: Final = {"source": "sources", "section": "sections", "author": "authors"}
_MOST_ASKED: Final = 8  # names of a query, and of its filters, that are looked up
_LONGEST: Final = 60  # characters of a name that a note repeats


def unknown_name_notes(answerer: Answerer, parsed: Parsed) -> tuple[Note, ...]:
    """Return a note for each name that no article has; a name that the query has twice gets one note."""
    named = {part.tree: part for part in reversed(parsed.names)}
    typed = (_note_on(answerer, part) for part in list(reversed(named.values()))[:_MOST_ASKED])
    return tuple(note for note in (*typed, *_of_filters(answerer)) if note)


def _note_on(answerer: Answerer, part: LocatedPart) -> Note | None:
    leaf = part.tree
    if not isinstance(leaf, Word | Phrase | Prefix | Fuzzy) or leaf.field is None:
        return None
    index = answerer.index
    tree = index.expander.expanded(leaf, synonyms=False).tree
    if index.engine.search(answerer.plan(tree).match, limit=1, total=False).matches:
        return None
    nearest = index.nearest.nearest(leaf.field, leaf.text) if answerer.budget.allows() else None
    if nearest is None or not quoted(nearest):
        return Note(f"unknown-{leaf.field}", (("piece", leaf.text[:_LONGEST]),))
    text = clean(answerer.request.query)
    query = text[: part.start] + quoted(nearest) + text[part.end :]
    return Note(f"unknown-{leaf.field}", (("piece", leaf.text[:_LONGEST]), ("nearest", nearest[:_LONGEST])), query)


def _of_filters(answerer: Answerer) -> Iterator[Note]:
    index, filters = answerer.index, answerer.request.filters
    asked = [(name, value) for name, field in _FILTERS.items() for value in getattr(filters, field)]
    for name, value in asked[:_MOST_ASKED]:
        if not index.engine.search(TermSet(name, (value,)), limit=1, total=False).matches:
            yield _of_filter(answerer, name, value)


def _of_filter(answerer: Answerer, name: str, value: str) -> Note:
    nearest = answerer.index.nearest.nearest(name, value) if answerer.budget.allows() else None
    if nearest is None:
        return Note(f"unknown-{name}", (("piece", value[:_LONGEST]),))
    filters, field = answerer.request.filters, _FILTERS[name]
    changes: dict[str, Any] = {
        field: tuple(dict.fromkeys(nearest if each == value else each for each in getattr(filters, field)))
    }
    values = (("piece", value[:_LONGEST]), ("nearest", nearest[:_LONGEST]))
    return Note(f"unknown-{name}", values, answerer.request.query, filters=replace(filters, **changes))
