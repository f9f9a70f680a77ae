"""A search → how to follow it: its feed, and the lines by which `kashaf alerts` tells what comes for it.

In: a request and the site's `Links`. Out: a `Subscription`. Pure; called by `web/views/results_view.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.alerts.alerts_file import alert_lines
from search.pages.records import SearchRequest
from search.query.operators import MOST_CHARACTERS
from web.addresses.links import Links
from web.text.bidi import showable
from web.text.shortening import shortened


@dataclass(frozen=True, slots=True)
class Subscription:
    """The address of the feed; the table of alerts.toml, "" where a search cannot stand in one."""

    feed: str
    lines: str


def subscription(request: SearchRequest, heading: str, links: Links) -> Subscription:
    """How to follow this search. heading: what it is called where it has no query."""
    named = request.query or any(request.filters.names.values())
    alone = request.filters.undated or request.filters.group is not None
    if not named or alone or len(request.query) > MOST_CHARACTERS:
        return Subscription(links.feed(request), "")
    name = " ".join(showable(shortened(request.query or heading)).split())
    return Subscription(links.feed(request), alert_lines(request, name, links.language))
