"""What a page of results shows of its hits."""

from __future__ import annotations

from search.pages.records import Hit, SearchPage


def ids(page: SearchPage) -> list[str]:
    """The ids of the hits, in order."""
    return [hit.article.id for hit in page.hits]


def highlighted(hit: Hit) -> list[str]:
    """The highlighted words of its snippets, in order."""
    return [segment.text for snippet in hit.snippets for segment in snippet if segment.highlighted]
