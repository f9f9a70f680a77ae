"""A page of results → the menu that takes all of its results along: formats, their links, how many rows a file has.

Pure; called by `web/views/results_view.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from search.limits import MOST_LISTED
from search.pages.plurals import number
from search.pages.records import SearchPage
from web.addresses.links import Link, Links
from web.messages.table import say

_FORMS: Final = (  # format, its name, and the sentence that says what it is for
    ("csv", "CSV", "take_csv"),
    ("jsonl", "JSONL", "take_jsonl"),
    ("ris", "RIS", "take_ris"),
    ("bibtex", "BibTeX", "take_bibtex"),
)


@dataclass(frozen=True, slots=True)
class TakingAlong:
    """The menu. rows: how many rows a file has; cut: that there are more results; forms: links, and what for."""

    rows: str
    cut: str
    forms: tuple[tuple[Link, str], ...]


def taking_along(page: SearchPage, links: Links) -> TakingAlong | None:
    """The menu; None where there is nothing to take along."""
    if not page.total:
        return None
    language = links.language
    most = min(page.total, MOST_LISTED)
    exact = not page.truncated and not page.cut
    return TakingAlong(
        rows=say(language, "take_rows" if exact else "take_most", rows=number(page.reachable if exact else most)),
        cut=say(language, "take_cut", rows=number(MOST_LISTED)) if page.total > MOST_LISTED else "",
        forms=tuple((Link(name, links.export(page.request, form)), say(language, what)) for form, name, what in _FORMS),
    )
