"""The results of a list of queries as two tables in CSV: a row for each hit, and rows of counts for each query.

In: a row of the list, and what was found for it. Out: lines of CSV, each ended by CRLF. Called by
`search/lists/searching.py` and `web/routes/lists.py`. The column `line` is in both tables, by which they can be joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search.export.table import table_text
from search.lists.rows import ListRow
from search.pages.display_title import display_title
from search.pages.permalinks import Permalink
from search.pages.records import Hit
from search.pages.sentences import note_text
from search.value_counts import YEAR, ValueCounts

HIT_COLUMNS = ("line", "query", "rank", "title", "source", "section", "author", "date", "snippet", "link", "id")
_NONE = "(none)"  # the source or section of an article without one
_UNDATED = "undated"


def hits_header() -> str:
    """Return the first line of the table of hits."""
    return table_text([HIT_COLUMNS])


def counts_header(by: str) -> str:
    """Return the first line of the table of counts. by: what is counted by, one of `COUNTED`."""
    return table_text([("line", "query", "total", by, "articles", "notes")])


def hit_lines(row: ListRow, hits: Iterable[Hit], permalink: Permalink) -> str:
    """Return a line for each hit of a row, the best first.

    It links to the article at its publisher, or where no address of that is known, to its page in the archive.
    """
    return table_text(_hit_cells(row, rank, hit, permalink) for rank, hit in enumerate(hits, 1))


def count_lines(row: ListRow, found: ValueCounts | None, by: str, language: str) -> str:
    """Return a line for each value that matches have, or one line for a row without matches or without a search.

    `total` stands in each line: an article of two sources counts for both, so their sum may be larger.
    """
    if found is None:
        said = note_text(row.problem, language) if row.problem else ""
        return table_text([(row.line, row.query, "", "", "", said)])
    said = "; ".join(note_text(note, language) for note in found.notes)
    counts = list(_value_counts(found, by)) or [("", 0)]
    return table_text((row.line, row.query, found.total, value, count, said) for value, count in counts)


def _value_counts(found: ValueCounts, by: str) -> Iterator[tuple[str, int]]:
    yield from found.values.items()
    if found.none:
        yield _UNDATED if by == YEAR else _NONE, found.none


def _hit_cells(row: ListRow, rank: int, hit: Hit, permalink: Permalink) -> tuple[object, ...]:
    article = hit.article
    return (
        row.line,
        row.query,
        rank,
        display_title(article),
        " + ".join(article.source),
        article.section or "",
        article.author or "",
        article.published or "",
        " ".join(hit.passage.split()),
        article.url or permalink(article.id) or "",
        article.id,
    )
