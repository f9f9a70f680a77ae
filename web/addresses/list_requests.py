"""The names and values of /batch, of its address or its form → a list of queries and what to do with it; total.

In comes werkzeug's MultiDict; out goes an `AskedList`. What cannot be used is left out and named with its sentence; a
list that is too long is refused. `pairs_of_list` writes what is read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict

from search.limits import LONGEST_TYPED_LIST, MOST_TYPED_ROWS
from search.lists.rows import ListOptions, ListRow, read_typed
from search.pages.records import SearchRequest
from search.query.operators import MOST_SLOP, NEAR
from search.value_counts import COUNTED
from web.addresses.links import Pair, pairs
from web.addresses.over_time_requests import read_filters
from web.addresses.requests import Refusal
from web.text.bidi import showable

ANYWHERE: Final = "words"
WAYS: Final = (ANYWHERE, "phrase", "near")  # how the words of a query have to stand


class ListTooLong(Refusal):
    """A list of too many letters."""

    status = 413


@dataclass(frozen=True, slots=True)
class AskedList:
    """A list as it was typed, and its rows, at most `MOST_TYPED_ROWS`.

    way      one of WAYS; distance: words between neighbours where it is "near"
    by       what counts are by, one of `COUNTED`
    dropped  rows beyond the last one
    swapped  whether the later day was given first
    refused  what could not be used, by its name
    """

    text: str
    rows: tuple[ListRow, ...]
    options: ListOptions
    way: str = ANYWHERE
    distance: int = NEAR
    by: str = COUNTED[0]
    dropped: int = 0
    swapped: bool = False
    refused: Mapping[str, Refusal] = field(default_factory=dict)


def read_typed_list(args: MultiDict[str, str], *, today: date) -> AskedList:
    """Return what is asked. Raises ListTooLong."""
    text = "\n".join(showable(line).rstrip() for line in args.get("list", "").splitlines()).strip("\n")
    if len(text) > LONGEST_TYPED_LIST:
        raise ListTooLong("refused_list", f"{len(text):,}", f"{LONGEST_TYPED_LIST:,}")
    narrowed, refused = read_filters(args, today=today)
    way = _one_of(args.get("as", ""), WAYS)
    distance = _distance(args.get("distance", ""))
    options = ListOptions(
        today,
        narrowed.filters,
        names=args.get("names") != "0",
        phrase=way == "phrase",
        near=distance if way == "near" else None,
    )
    listed, dropped = read_typed(text, options, most=MOST_TYPED_ROWS)
    by = _one_of(args.get("by", ""), COUNTED)
    return AskedList(text, listed.rows, options, way, distance, by, dropped, narrowed.swapped, refused)


def pairs_of_list(asked: AskedList, text: str | None = None) -> tuple[Pair, ...]:
    """Return the list, or another text in place of it, and its options as names and values; defaults are left out."""
    found = [("list", asked.text if text is None else text)]
    found += [("as", asked.way)] if asked.way != ANYWHERE else []
    found += [("distance", str(asked.distance))] if asked.way == "near" and asked.distance != NEAR else []
    found += [("by", asked.by)] if asked.by != COUNTED[0] else []
    options = asked.options
    return (*found, *pairs(SearchRequest("", filters=options.filters, names=options.names)))


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]


def _distance(value: str) -> int:
    text = value.strip()
    return min(int(text), MOST_SLOP) if text.isdecimal() and len(text) <= 3 else NEAR
