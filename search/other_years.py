"""Notes that offer other years for a date without a year in a query that finds nothing.

A date without a year («تاريخ:أغسطس») is read as the latest that has begun, which an archive of former years does not
have. In: the answerer of a request and the parsed query. Out: a note that says how the date was read, with the years
in whose August the rest of the query finds articles and the query of the latest of them. Called by `search/service.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.answering import Answerer
from search.engines.budgeted_engine import BudgetedEngine, TimeIsUp
from search.pages.records import Note
from search.query.clauses import Constant, filtered
from search.query.operators import clean
from search.query.parser import parse
from search.query.read_dates import read_dates
from search.query.tree import LocatedPart, Parsed
from search.results.facets import filter_clauses

_MOST_YEARS: Final = 5  # years that a note names
_MOST_TRIED: Final = 20  # years in which the rest of the query is searched, the latest first
_CLOSING: Final = "\"'”»)"  # signs behind a date between which and the date its year is written


def other_years_note(answerer: Answerer, parsed: Parsed) -> tuple[Note, ...]:
    """Return the note for the query's only date, () if it names a year, or if no year of it has articles."""
    request, today = answerer.request, answerer.today
    dates = read_dates(request.query, parsed, today=today)
    if len(dates) != 1 or len(parsed.dates) != 1:
        return ()
    read = dates[0]
    if read.excluded or read.without is None or len(read.spans) != 1:
        return ()
    try:
        found = list(_years_with_articles(answerer, parsed.dates[0], read.without))
    except TimeIsUp:
        return ()
    if not found:
        return ()
    values = (("piece", read.typed), ("names", tuple(str(year) for year, _ in found)))
    return (Note("other-years", values, found[0][1]),)


def _years_with_articles(answerer: Answerer, part: LocatedPart, without: str) -> Iterator[tuple[int, str]]:
    """Yield the latest years for which the query finds articles, each with the query that names it."""
    found = 0
    for year in _years(answerer, without)[:_MOST_TRIED]:
        query = _with_year(clean(answerer.request.query), part, year)
        parsed = parse(query, today=answerer.today)
        read = read_dates(query, parsed, today=answerer.today)
        years = {day.year for span in read[0].spans for day in (span.first, span.last) if day} if read else set()
        if parsed.remarks or len(read) != 1 or read[0].without != without or year not in years:
            return  # the date names a year already, or says nothing that a year could follow
        if answerer.budget.allows() and _finds(answerer, query):
            yield year, query
            found += 1
            if found == _MOST_YEARS:
                return


def _years(answerer: Answerer, without: str) -> list[int]:
    """Return the years in which the rest of the query finds articles, the latest first."""
    request = answerer.request
    match = answerer.plan(parse(without, today=answerer.today).tree).match
    narrowed = filtered(match, *filter_clauses(request.filters))
    months = BudgetedEngine(answerer.index.engine, answerer.budget).counts(narrowed, ("month",))["month"]
    return sorted({int(month) // 12 for month in months}, reverse=True)


def _finds(answerer: Answerer, query: str) -> bool:
    match = answerer.plan(parse(query, today=answerer.today).tree).match
    clause = filtered(Constant(match), *filter_clauses(answerer.request.filters))
    return bool(answerer.index.engine.search(clause, limit=1, total=False).matches)


def _with_year(text: str, part: LocatedPart, year: int) -> str:
    """Return the query with a year behind its date, within the quotes or parentheses that hold the date."""
    end = len(text[: part.end].rstrip(" ،؛,;"))
    while end > part.start and text[end - 1] in _CLOSING:
        end -= 1
    return f"{text[:end]} {year}{text[end:]}"
