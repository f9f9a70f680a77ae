"""The dates that a query was found to name: as typed, as read, and the query without them.

In: a query and what `parser.py` made of it. Out: `ReadDate`s in order. Only what limits the whole search is told: a
date beside another word with أو, or within a negation of more than dates, limits nothing by itself.
Called by `search/service.py` and `web/views/results_view.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from search.query.operators import clean
from search.query.parser import parse
from search.query.tree import All, And, Not, Or, Parsed, Place, Range, Tree, all_of, same

_SPACE_AT_PARENTHESIS: Final = re.compile(r"(?<=\() +| +(?=\))")
_BETWEEN: Final = (" ", " AND ")  # the second keeps a date before the gap from taking the words behind it


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date of a query.

    typed     the words that say it, with the field's name
    spans     the days that it means, any of them; articles are left out on these days where `excluded`
    without   the query without it; None where it cannot be taken out by itself
    """

    typed: str
    spans: tuple[Range, ...]
    excluded: bool = False
    without: str | None = None


def read_dates(query: str, parsed: Parsed, *, today: date) -> tuple[ReadDate, ...]:
    """The dates of a query, each once; `today` is what أمس was counted from."""
    places: dict[Tree, list[Place]] = {}
    for place in parsed.dates:
        places.setdefault(place.tree, []).append(place)
    return tuple(_read(query, parsed.tree, found, today) for found in places.values())


def without_dates(query: str, dates: Iterable[ReadDate], *, today: date) -> str | None:
    """The query without these dates of it; None where they cannot all be taken out."""
    rest: str | None = query
    for unwanted in dates:
        found = () if rest is None else read_dates(rest, parse(rest, today=today), today=today)
        rest = next((each.without for each in found if _means(each) == _means(unwanted)), None)
    return rest


def _means(read: ReadDate) -> tuple[tuple[Range, ...], bool]:
    return read.spans, read.excluded


def _read(query: str, tree: Tree, places: Sequence[Place], today: date) -> ReadDate:
    first = places[0]
    dated = first.tree.part if isinstance(first.tree, Not) else first.tree
    parts = dated.parts if isinstance(dated, Or) else (dated,)
    return ReadDate(
        clean(query)[first.start : first.end].strip(" ،؛,;"),
        tuple(part for part in parts if isinstance(part, Range)),
        isinstance(first.tree, Not),
        _without(query, tree, places, today),
    )


def _without(query: str, tree: Tree, places: Sequence[Place], today: date) -> str | None:
    """The query without these places, if what remains is read as before."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    expected = all_of(part for part in parts if part != places[0].tree) or All()
    for between in _BETWEEN:
        rest = _cut(query, places, between)
        if same(parse(rest, today=today).tree, expected):
            return rest
    return None


def _cut(query: str, places: Sequence[Place], between: str) -> str:
    cleaned = clean(query)
    text = query if len(query) == len(cleaned) else cleaned  # the places are those of the cleaned query
    for place in reversed(places):
        before, after = text[: place.start].rstrip(), text[place.end :].lstrip()
        joint = between if before and after else ""
        text = _SPACE_AT_PARENTHESIS.sub("", f"{before}{joint}{after}") if joint else before + after
    return text
