"""The limits that more than one layer keeps, each stated once.

The service enforces them; pages, the JSON API and the command line show what the service says, and the indexer cuts
names so that every value of a facet can be asked for again.
"""

from __future__ import annotations

from typing import Final

HITS_A_PAGE: Final = 10  # unless a request says otherwise
LARGEST_PAGE: Final = 100  # hits
DEEPEST_HIT: Final = 10_000  # how far down a ranked list can be read
FACET_VALUES: Final = 30  # values of a facet that a page gets, the commonest
MOST_FILTER_VALUES: Final = 50  # values that one request may narrow one facet by
LONGEST_NAME: Final = 300  # characters of a source, section or author
MOST_COMPARED: Final = 4  # queries that one comparison over time draws
SOURCES_COVERED: Final = 40  # sources that the coverage of an archive tells one by one, the commonest
LONGEST_QUERY: Final = 2_000  # characters that a request may carry; the parser says where it stops reading


def deepest_page(limit: int) -> int:
    """The last page that can be asked for where a page has `limit` hits (1 to LARGEST_PAGE)."""
    return DEEPEST_HIT // limit
