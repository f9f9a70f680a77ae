"""Which lines of the news are repeated, and how often pages of results show them with and without the table.

KASHAF_LINES=1 prints the lines. Queries are the headlines that ../shared has as topics.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

from search.index.repeated_lines import RepeatedLines
from search.pages.records import SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure
from tests.bench.places import SAUDI, index_of, topics

_QUERIES = 500
_SHORTEST = 8  # characters of a line that is looked for in snippets


def measure(rows: int) -> Iterator[Figure]:
    """How many lines are repeated; how many hits of 500 queries show one, with the table and without."""
    service = SearchService.open(Settings(index=index_of((SAUDI,), rows)))
    index = service.index
    counted = index.repeated_lines
    lines = [line for line in counted.texts() if len(line) >= _SHORTEST]
    if os.environ.get("KASHAF_LINES"):
        print("\n".join(f"    {line}" for line in sorted(lines)))
    yield Figure("repeated lines", len(lines), "")
    queries = [" ".join(topic.query.split()[:3]) for topic in islice(topics(), _QUERIES)]
    with_table = sum(_showing(service.search(SearchRequest(query)), lines) for query in queries)
    vars(index)["repeated_lines"] = RepeatedLines()
    without = sum(_showing(service.search(SearchRequest(query)), lines) for query in queries)
    yield Figure("hits of 500 queries that showed one without the table", without, "")
    yield Figure("hits of 500 queries that show one", with_table, "", at_most=0)


def _showing(page: SearchPage, lines: list[str]) -> int:
    """How many hits of a page show one of the lines in a snippet that has nothing else highlighted there."""
    shown = 0
    for hit in page.hits:
        texts = ["".join(segment.text for segment in each) for each in hit.snippets]
        shown += any(line in text for line in lines for text in texts)
    return shown
