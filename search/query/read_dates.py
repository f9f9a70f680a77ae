"""The dates that a query was found to name: as typed, as read, and the query without them.

In: a query and what `parser.py` made of it. Out: `ReadDate`s in order. Only dates that limit the whole search
are among them: one beside another word with أو, or within a negation of more than dates, limits nothing by itself.
Called by `search/results_page.py` and `web/views/typed_dates.py`.

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
from search.query.tree import All, And, LocatedPart, Not, Or, Parsed, Range, Tree, all_of, parts_of, same

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
        _read(cleaned, date_parts, _without(query, parsed, {tree}, today) if number < _MOST_TAKEN_OUT else None)
        for number, (tree, date_parts) in enumerate(_by_tree(parsed).items())
    )


def without_dates(query: str, dates: Sequence[ReadDate], *, today: date) -> str | None:
    """The query without these dates of it; None where they cannot all be taken out. Reads it three times at most."""
    if not dates:
        return query
    parsed = parse(query, today=today)
    wanted = {_means(read) for read in dates}
    cleaned = clean(query)
    unwanted = {
        tree for tree, date_parts in _by_tree(parsed).items() if _means(_read(cleaned, date_parts, None)) in wanted
    }
    return _without(query, parsed, unwanted, today)


def _by_tree(parsed: Parsed) -> dict[Tree, list[LocatedPart]]:
    """What is said of the date → where the query says so."""
    date_parts: dict[Tree, list[LocatedPart]] = {}
    for date_part in parsed.dates:
        date_parts.setdefault(date_part.tree, []).append(date_part)
    return date_parts


def _means(read: ReadDate) -> tuple[tuple[Range, ...], bool]:
    return read.spans, read.excluded


def _read(cleaned: str, date_parts: Sequence[LocatedPart], without: str | None) -> ReadDate:
    first = date_parts[0]
    dated = first.tree.part if isinstance(first.tree, Not) else first.tree
    return ReadDate(
        cleaned[first.start : first.end].strip(" ،؛,;"),
        tuple(part for part in parts_of(dated, Or) if isinstance(part, Range)),
        isinstance(first.tree, Not),
        without,
    )


def _without(query: str, parsed: Parsed, unwanted: Collection[Tree], today: date) -> str | None:
    """The query without what these trees say of the date, if what remains is read as before."""
    expected = all_of(part for part in parts_of(parsed.tree, And) if part not in unwanted) or All()
    date_parts = [date_part for date_part in parsed.dates if date_part.tree in unwanted]
    for between in _BETWEEN:
        rest = _cut(query, date_parts, between)
        if same(parse(rest, today=today).tree, expected):
            return rest
    return None


def _cut(query: str, date_parts: Sequence[LocatedPart], between: str) -> str:
    cleaned = clean(query)
    text = query if len(query) == len(cleaned) else cleaned  # the offsets are those of the cleaned query
    for start, end in reversed(_gaps(text, date_parts)):
        before, after = _unwrapped(text[:start].rstrip(), text[end:].lstrip())
        bare = not before or not after or before[-1] == "(" or after[0] == ")"
        text = before + ("" if bare else between) + after
    return text


def _gaps(text: str, date_parts: Iterable[LocatedPart]) -> list[tuple[int, int]]:
    """The start and end offsets of the date parts; parts with only white space between them become one gap."""
    gaps: list[tuple[int, int]] = []
    for date_part in date_parts:
        if gaps and not text[gaps[-1][1] : date_part.start].strip():
            gaps[-1] = (gaps[-1][0], date_part.end)
        else:
            gaps.append((date_part.start, date_part.end))
    return gaps


def _unwrapped(before: str, after: str) -> tuple[str, str]:
    """What stands around a gap, without the parentheses that held nothing else, closed or not."""
    while before.endswith("(") and after[:1] in ("", ")"):
        before, after = before[:-1].rstrip(), after[1:].lstrip()
    return before, after
