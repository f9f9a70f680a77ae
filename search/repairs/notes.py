"""Makes the notes that tell the reader how a query was read, what was searched besides it, and what was left out.

In: what happened to a query. Out: `Note`s with a kind and values, some with the query of a link that undoes it;
`search/pages/sentences.py` has the sentence of each kind. Called by
`search/answering.py`, `search/results_page.py` and whatever else answers queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from search.budget import Budget
from search.limits import MOST_LISTED
from search.pages.plurals import number
from search.pages.records import Note, SearchRequest
from search.query.highlights import Highlights
from search.query.plan import Plan
from search.query.spoken_dates import spoken_date
from search.query.tree import Parsed, Remark
from search.repairs.arabizi import Offered
from search.repairs.query_repairs import Repair


def of_remarks(remarks: Iterable[Remark]) -> tuple[Note, ...]:
    """Return the remarks of the parser and the rewriter as notes."""
    return tuple(Note(remark.kind, remark.values) for remark in remarks)


def of_outdated(outdated: bool, plan: Plan, parsed: Parsed) -> tuple[Note, ...]:
    """Return the note that words may be missing from an index of another analyser, if the query has words or names."""
    return () if not outdated or (plan.highlights == Highlights() and not parsed.names) else of_state(outdated)


def of_state(outdated: bool) -> tuple[Note, ...]:
    """Return the note that the index was made by another analyser, whatever the query is."""
    return (Note("outdated"),) if outdated else ()


def of_spellings(
    spellings: Iterable[tuple[str, tuple[str, ...]]], query: str, written: Callable[[str], str] = str
) -> tuple[Note, ...]:
    """Return the note that other spellings of foreign names are searched too; written: gives them as articles do."""
    names = tuple(dict.fromkeys(written(name) for _, others in spellings for name in others))
    return (Note("names", (("names", names),), query, without="names"),) if names else ()


def of_latin(names: tuple[str, ...], query: str) -> tuple[Note, ...]:
    """Return the note that words in Latin letters are searched as these names in Arabic letters too."""
    return (Note("latin", (("names", names),), query, without="names"),) if names else ()


def of_arabizi(offered: Offered | None) -> tuple[Note, ...]:
    """Return the note that words look like Arabic typed in Latin letters and digits, with the query in Arabic ones."""
    if offered is None:
        return ()
    return (Note("arabizi", _values(offered), offered.query),)


def of_possible_names(offered: Offered | None) -> tuple[Note, ...]:
    """Return the note that words in Latin letters may be names in Arabic ones, with the query that searches those."""
    return () if offered is None else (Note("possible-names", _values(offered), offered.query),)


def _values(offered: Offered) -> tuple[tuple[str, str], ...]:
    return (("piece", offered.typed), ("nearest", offered.query))


def of_synonyms(synonyms: tuple[str, ...], query: str) -> tuple[Note, ...]:
    """Return the note that words are searched too that mean the same (`search/naming/expansion.py`)."""
    return (Note("synonyms", (("names", synonyms),), query, without="names"),) if synonyms else ()


def of_days(*, swapped: bool) -> tuple[Note, ...]:
    """Return the note that the days to filter by were given with the later one first, if they were."""
    return (Note("swapped-days"),) if swapped else ()


def of_spoken_date(request: SearchRequest, parsed: Parsed, *, today: date) -> tuple[Note, ...]:
    """Return the note that words of the query may be a date of publication, with the query that searches those days."""
    if request.filters.first or request.filters.last:
        return ()
    found = spoken_date(request.query, parsed, today=today)
    return (Note("spoken-date", (("piece", found.words),), found.query),) if found else ()


def relaxed(least: int, wanted: int) -> Note:
    """Return the note that no article has all `wanted` words, and the hits have at least `least` of them."""
    return Note("relaxed", (("least", least), ("wanted", wanted)))


def of_repair(repair: Repair, query: str) -> Note:
    """Return the note that another reading of the query was searched, with a link to the query as typed."""
    return Note(repair.kind, (("found", repair.query),), query, without="repair")


def of_other_forms(words: Iterable[tuple[str, str]]) -> tuple[Note, ...]:
    """Return a note for each word that no article has as typed, with the word that was found in its place."""
    return tuple(Note("other-form", (("piece", typed), ("found", found))) for typed, found in words)


def out_of_time() -> Note:
    """Return the note that other readings of the query were not tried for want of time."""
    return Note("budget-attempts")


def of_cut(budget: Budget) -> tuple[Note, ...]:
    """Return the note that not all articles were searched for want of time."""
    return (Note("budget-articles"),) if budget.cut else ()


def of_unanswered(parts: int) -> tuple[Note, ...]:
    """Return the note that so many parts of the index do not answer, and that what is shown is of the others."""
    return (Note("unanswered", (("parts", parts),)),) if parts else ()


def of_list_end(*, ends: bool) -> tuple[Note, ...]:
    """Return the note that a list ends where the longest list does, with hits behind it."""
    return (Note("list-end", (("limit", number(MOST_LISTED)),)),) if ends else ()


def of_budget(*, counted: bool, highlighted: bool) -> tuple[Note, ...]:
    """Return the notes on what was left out for want of time.

    counted: whether facets, pages and copies were all counted. highlighted: whether all hits of the page were.
    """
    return (() if counted else (Note("budget-counts"),)) + (() if highlighted else (Note("budget-marks"),))
