"""The limits that more than one package keeps, such as the most hits on a page; each is stated here and nowhere else.

The records, the service and the site refuse or cut what exceeds them, and the indexer cuts names to `LONGEST_NAME`, so
that every value of a facet can be used as a filter.
"""

from __future__ import annotations

from typing import Final

HITS_A_PAGE: Final = 10  # unless a request asks for another number
LARGEST_PAGE: Final = 100  # hits
DEEPEST_HIT: Final = 10_000  # the last hit of a ranked list that can be asked for
MOST_LISTED: Final = 100_000  # the last hit that a list of all hits, such as an export, has
LISTS_KEPT: Final = 3  # whole lists that are remembered to be read on, some 20 MB each if they have all of 100,000 hits
FACET_VALUES: Final = 30  # values of a facet on a page, the commonest; chosen ones come beside them
MOST_FILTER_VALUES: Final = 50  # values that one request may narrow one facet by
LONGEST_NAME: Final = 300  # characters of a source, section or author
MOST_COMPARED: Final = 4  # queries that one comparison over time draws
SOURCES_COVERED: Final = 40  # sources that the coverage of an archive lists one by one, the commonest
LONGEST_QUERY: Final = 2_000  # characters of a query in an address; the parser reads fewer, and notes where it stopped
MOST_TOLD_HITS: Final = 20  # hits on a page for an assistant, which reads all of them
READING: Final = 4_000  # characters of an article that an assistant gets unless it asks for another number
LONGEST_READING: Final = 20_000  # the most that it can ask for
MOST_ALERTS: Final = 1_000  # searches that one file of alerts has
MOST_FEED_ENTRIES: Final = 200  # articles that a feed of alerts keeps, the latest
LARGEST_LIST: Final = 50_000_000  # bytes of a list of queries in a file
MOST_ROWS: Final = 100_000  # rows of a list of queries in a file
MOST_TYPED_ROWS: Final = 100  # queries of a list that is typed into the site's form
LONGEST_TYPED_LIST: Final = 50_000  # characters of such a list


def deepest_page(limit: int) -> int:
    """Return the number of the last page that can be asked for, with `limit` hits (1 to LARGEST_PAGE) on a page."""
    return DEEPEST_HIT // limit
