"""The title of a page of results, as browsers show it in tabs, bookmarks and histories.

In: the heading, the filters and the `SearchPage`. Out: one line. Pure; called by `web/views/results_view.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.pages.plurals import number
from search.pages.records import SearchPage
from web.messages.table import say
from web.text.shortening import LONGEST_QUERY_IN_HEADING, shortened


def page_title(heading: str, filters: Sequence[str], page: SearchPage, language: str) -> str:
    """The heading, the filters where the heading does not name them, and the number of any page that there is
    but the first."""
    parts = [heading]
    if page.query and filters:
        parts.append(shortened(say(language, "and").join(filters), LONGEST_QUERY_IN_HEADING))
    if 1 < page.request.page <= page.pages:
        parts.append(say(language, "page_of", page=number(page.request.page), pages=number(page.pages)))
    return " · ".join(parts)
