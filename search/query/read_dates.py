"""The dates that a query was found to name: as typed, as read, and the query without them.

In: a query and what `parser.py` made of it. Out: `ReadDate`s in order. Only what limits the whole search is told: a
date beside another word with أو, or within a negation of more than dates, limits nothing by itself.
Called by `search/service.py` and `web/views/typed_dates.py`.

Whether a date can be taken out is known once what remains has been read, so that is done for a few dates and for all at
once, never date after date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from search.query.operators import clean
from search.query.parser import parse
from search.query.tree import All, And, Not, Or, Parsed, Place, Range, Tree, all_of, same

_BETWEEN: Final = (" ", " AND ")  # the second keeps a date before the gap from taking the words behind it
_MOST_TAKEN_OUT: Final = 8  # dates of a query, each by itself: one or two readings of the query for each


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date of a query.

    typed     the words that say it, with the field's name
    spans     the days that it means, any of them; articles are left out on these days where `excluded`
    without   the query without it; None where it cannot be taken out by itself, and behind the first eight dates
    """

    typed: str
    spans: tuple[Range, ...]
    excluded: bool = False
    without: str | None = None


def read_dates(query: str, parsed: Parsed, *, today: date) -> tuple[ReadDate, ...]:
    """The dates of a query, each once; `today` is what أمس was counted from."""
    cleaned = clean(query)
    return tuple(
        _read(cleaned, places, _without(query, parsed, {tree}, today) if number < _MOST_TAKEN_OUT else None)
        for number, (tree, places) in enumerate(_by_tree(parsed).items())
    )


def without_dates(query: str, dates: Sequence[ReadDate], *, today: date) -> str | None:
    """The query without these dates of it; None where they cannot all be taken out. Reads it three times at most."""
    if not dates:
        return query
    parsed = parse(query, today=today)
    wanted = {_means(read) for read in dates}
    cleaned = clean(query)
    unwanted = {tree for tree, places in _by_tree(parsed).items() if _means(_read(cleaned, places, None)) in wanted}
    return _without(query, parsed, unwanted, today)


def _by_tree(parsed: Parsed) -> dict[Tree, list[Place]]:
    """What is said of the date → where the query says so."""
    places: dict[Tree, list[Place]] = {}
    for place in parsed.dates:
        places.setdefault(place.tree, []).append(place)
    return places


def _means(read: ReadDate) -> tuple[tuple[Range, ...], bool]:
    return read.spans, read.excluded


def _read(cleaned: str, places: Sequence[Place], without: str | None) -> ReadDate:
    first = places[0]
    dated = first.tree.part if isinstance(first.tree, Not) else first.tree
    parts = dated.parts if isinstance(dated, Or) else (dated,)
    return ReadDate(
        cleaned[first.start : first.end].strip(" ،؛,;"),
        tuple(part for part in parts if isinstance(part, Range)),
        isinstance(first.tree, Not),
        without,
    )


def _without(query: str, parsed: Parsed, unwanted: Collection[Tree], today: date) -> str | None:
    """The query without what these trees say of the date, if what remains is read as before."""
    parts = parsed.tree.parts if isinstance(parsed.tree, And) else (parsed.tree,)
    expected = all_of(part for part in parts if part not in unwanted) or All()
    places = [place for place in parsed.dates if place.tree in unwanted]
    for between in _BETWEEN:
        rest = _cut(query, places, between)
        if same(parse(rest, today=today).tree, expected):
            return rest
    return None


def _cut(query: str, places: Sequence[Place], between: str) -> str:
    cleaned = clean(query)
    text = query if len(query) == len(cleaned) else cleaned  # the places are those of the cleaned query
    for start, end in reversed(_gaps(text, places)):
        before, after = _unwrapped(text[:start].rstrip(), text[end:].lstrip())
        bare = not before or not after or before[-1] == "(" or after[0] == ")"
        text = before + ("" if bare else between) + after
    return text


def _gaps(text: str, places: Iterable[Place]) -> list[tuple[int, int]]:
    """From where to where the places lie; those with nothing but space between them are one."""
    gaps: list[tuple[int, int]] = []
    for place in places:
        if gaps and not text[gaps[-1][1] : place.start].strip():
            gaps[-1] = (gaps[-1][0], place.end)
        else:
            gaps.append((place.start, place.end))
    return gaps


def _unwrapped(before: str, after: str) -> tuple[str, str]:
    """What stands around a gap, without the parentheses that held nothing else, closed or not."""
    while before.endswith("(") and after[:1] in ("", ")"):
        before, after = before[:-1].rstrip(), after[1:].lstrip()
    return before, after
