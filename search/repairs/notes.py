"""Notes for the reader about how a query was read, widened or mended, each with its way back.

Here are kinds and values; `search/pages/sentences.py` has the sentences. Called by `search/service.py` and
`search/answering.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from search.budget import Budget
from search.pages.records import Note, SearchRequest
from search.query.highlights import Highlights
from search.query.rewrite import Plan
from search.query.spoken_dates import spoken_date
from search.query.tree import Parsed, Remark
from search.repairs.readings import Repair


def of_remarks(remarks: Iterable[Remark]) -> tuple[Note, ...]:
    """The parser's and the rewriter's remarks as notes."""
    return tuple(Note(remark.kind, remark.values) for remark in remarks)


def of_outdated(outdated: bool, plan: Plan) -> tuple[Note, ...]:
    """An index whose terms another analyser made misses words: said where the query asks for any."""
    return () if plan.highlights == Highlights() else of_state(outdated)


def of_state(outdated: bool) -> tuple[Note, ...]:
    """What to know of an index whatever is asked of it."""
    return (Note("outdated"),) if outdated else ()


def of_spellings(
    spellings: Iterable[tuple[str, tuple[str, ...]]], query: str, written: Callable[[str], str] = str
) -> tuple[Note, ...]:
    """Other spellings of foreign names that are searched too, as articles write them."""
    names = tuple(dict.fromkeys(written(name) for _, others in spellings for name in others))
    return (Note("names", (("names", names),), query, without="names"),) if names else ()


def of_synonyms(synonyms: tuple[str, ...], query: str) -> tuple[Note, ...]:
    """Words that the owner of the archive says mean the same are searched too."""
    return (Note("synonyms", (("names", synonyms),), query, without="names"),) if synonyms else ()


def of_days(*, swapped: bool) -> tuple[Note, ...]:
    """The days to narrow by were given with the later one first."""
    return (Note("swapped-days"),) if swapped else ()


def of_spoken_date(request: SearchRequest, parsed: Parsed, *, today: date) -> tuple[Note, ...]:
    """Ordinary words of the query say a date: the query that searches those days is offered."""
    if request.filters.first or request.filters.last:
        return ()
    found = spoken_date(request.query, parsed, today=today)
    return (Note("spoken-date", (("piece", found.words),), found.query),) if found else ()


def relaxed(least: int, wanted: int) -> Note:
    """No article holds all the words: these hold most of them."""
    return Note("relaxed", (("least", least), ("wanted", wanted)))


def of_repair(repair: Repair, query: str) -> Note:
    """Another reading of the query was searched."""
    return Note(repair.kind, (("found", repair.query),), query, without="repair")


def out_of_time() -> Note:
    """Other readings of the query were not tried."""
    return Note("budget-attempts")


def of_cut(budget: Budget) -> tuple[Note, ...]:
    """Not all articles were searched for want of time."""
    return (Note("budget-articles"),) if budget.cut else ()


def of_budget(*, counted: bool, highlighted: bool) -> tuple[Note, ...]:
    """What was left out for want of time: the counts beside the hits, of pages and of copies, which then go as far as
    was read; the marks of the later hits of a long page.
    """
    return (() if counted else (Note("budget-counts"),)) + (() if highlighted else (Note("budget-marks"),))
