"""Notes that offer other years for a date without a year in a query that finds nothing.

A date without a year («تاريخ:أغسطس») is read as the latest that has begun, which an archive of former years does not
have. In: the answerer of a request and the parsed query. Out: a note that says which year was taken, with the
years in whose August the rest of the query finds articles and the query of the latest. Called by
`search/results_page.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from search.answering import Answerer
from search.engines.budgeted_engine import BudgetedEngine, TimeIsUp
from search.pages.records import Note
from search.query.clauses import Clause, Constant, filtered
from search.query.operators import QUOTES, clean, field_of
from search.query.parser import parse
from search.query.read_dates import ReadDate, read_dates
from search.query.tree import LocatedPart, Parsed
from search.results.facets import filter_clauses

_MOST_YEARS: Final = 5  # years that a note names
_MOST_TRIED: Final = 20  # years in which the rest of the query is searched, the latest first
_CLOSING: Final = "\"'”»)"  # signs behind a date between which and the date its year is written


def other_years_note(answerer: Answerer, parsed: Parsed, dates: Sequence[ReadDate]) -> tuple[Note, ...]:
    """Return the note for the query's only date, () if it names a year, or if no year of it has articles.

    dates: those of the query, as `read_dates` gives them.
    """
    if len(dates) != 1 or len(parsed.dates) != 1:
        return ()
    read = dates[0]
    if read.excluded or read.without is None or len(read.spans) != 1:
        return ()
    try:
        found = list(islice(_years_with_articles(answerer, parsed.dates[0], read.without), _MOST_YEARS))
    except TimeIsUp:
        return ()
    if not found:
        return ()
    values = (("piece", _without_field(read)), ("year", _taken(read)), ("names", tuple(str(year) for year, _ in found)))
    return (Note("other-years", values, found[0][1]),)


def _without_field(read: ReadDate) -> str:
    """Return the date as typed, without the name of its field and quotes; one before or after which is asked, whole."""
    field, colon, typed = read.typed.partition(":")
    return typed.strip(f" {QUOTES}()") if colon and field_of(field) == "date" else read.typed


def _taken(read: ReadDate) -> str:
    """Return the year in which a date without one was read."""
    span = read.spans[0]
    day = span.first or span.last
    return str(day.year) if day else ""


def _years_with_articles(answerer: Answerer, part: LocatedPart, without: str) -> Iterator[tuple[int, str]]:
    """Yield the years for which the query finds articles, the latest first, each with the query that names it.

    Raises TimeIsUp.
    """
    today = answerer.today
    engine = BudgetedEngine(answerer.index.engine, answerer.budget)
    months = engine.counts(_within_filters(answerer, parse(without, today=today)), ("month",))["month"]
    years = sorted({int(month) // 12 for month in months}, reverse=True)
    for year in years[:_MOST_TRIED]:
        query = _with_year(clean(answerer.request.query), part, year)
        parsed = parse(query, today=today)
        if parsed.remarks or not _names_year(read_dates(query, parsed, today=today), year, without):
            return  # the date names a year already, or says nothing that a year could follow
        if engine.search(_within_filters(answerer, parsed), limit=1, total=False).matches:
            yield year, query


def _names_year(dates: Sequence[ReadDate], year: int, without: str) -> bool:
    """Return whether a query has one date, which is of this year, and is otherwise the same."""
    if len(dates) != 1 or dates[0].without != without:
        return False
    return any(day.year == year for span in dates[0].spans for day in (span.first, span.last) if day)


def _within_filters(answerer: Answerer, parsed: Parsed) -> Clause:
    """Return the clause of the articles that match within the filters of the request."""
    match = answerer.plan(parsed.tree).match
    return filtered(Constant(match), *filter_clauses(answerer.request.filters))


def _with_year(text: str, part: LocatedPart, year: int) -> str:
    """Return the query with a year behind its date, within the quotes or parentheses that hold the date."""
    end = len(text[: part.end].rstrip(" ،؛,;"))
    while end > part.start and text[end - 1] in _CLOSING:
        end -= 1
    return f"{text[:end]} {year}{text[end:]}"
