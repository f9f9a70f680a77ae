"""The links below a page of results: to the first page, the last, and those beside this one.

In: a `SearchPage` and the site's `Links`. Out: a `Pager`. Pure; called by `web/views/results_view.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.pages.plurals import number
from search.pages.records import SearchPage
from web.addresses.links import Link, Links
from web.messages.table import say

PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Pager:
    """Links to pages; a None in `pages` is a gap. `short` is shown in place of `pages` on narrow screens."""

    previous: str | None
    next: str | None
    pages: tuple[Link | None, ...]
    here: str
    short: str


def build_pager(page: SearchPage, links: Links) -> Pager:
    """The pages around the one that is shown."""
    here, last = page.request.page, page.pages
    near = range(max(1, here - PAGES_AROUND), min(last, here + PAGES_AROUND) + 1)
    shown: list[Link | None] = []
    previous = 0
    for n in sorted({1, *near, last}):
        if n > previous + 1:
            shown.append(None)
        shown.append(Link(number(n), links.page(page.request, n), n == here))
        previous = n
    return Pager(
        links.page(page.request, here - 1) if here > 1 else None,
        links.page(page.request, here + 1) if here < last else None,
        tuple(shown),
        say(links.language, "page_of", page=number(here), pages=number(last)),
        f"{number(here)} / {number(last)}",
    )
