"""What a page of results is called in tabs, bookmarks and histories: its words, its filters, its number.

Pure; `web/views/results_view.py` calls it.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.pages.plurals import number
from search.pages.records import SearchPage
from web.messages.table import say
from web.text.shortening import LONGEST_TOLD, shortened


def title(heading: str, filters: Sequence[str], page: SearchPage, language: str) -> str:
    """The heading, the filters where it does not name them itself, and which page it is if not the first."""
    told = [heading]
    if page.query and filters:
        told.append(shortened(say(language, "and").join(filters), LONGEST_TOLD))
    if page.request.page > 1:
        told.append(say(language, "page_of", page=number(page.request.page), pages=number(page.pages)))
    return " · ".join(told)
