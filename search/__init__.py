"""From a query string to a page of results; imports neither indexer nor web.

What other programs may import is in `__all__`, each name from here: `from search import open_index, SearchRequest`. It
is loaded when it is first asked for, so that `import search` costs nothing. docs/library.md shows it at work.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.all_hits import AllHits, ListedHit
    from search.article import Article
    from search.budget import Budget
    from search.engines.order import Order
    from search.errors import EngineError, IndexMissing, IndexStateError, KashafError, RequestError, SettingsError
    from search.library import open_index
    from search.over_time.records import CompareRequest, Comparison, Coverage
    from search.pages.as_json import highlighted_html, page_object
    from search.pages.display_title import display_title
    from search.pages.positions import Position, read_position
    from search.pages.records import ArticlePage, Filters, Hit, IndexFacts, Note, SearchPage, SearchRequest, Segment
    from search.pages.sentences import note_text
    from search.service import SearchService

_MODULES = {
    "search.all_hits": ("AllHits", "ListedHit"),
    "search.article": ("Article",),
    "search.budget": ("Budget",),
    "search.engines.order": ("Order",),
    "search.errors": (
        "EngineError",
        "IndexMissing",
        "IndexStateError",
        "KashafError",
        "RequestError",
        "SettingsError",
    ),
    "search.library": ("open_index",),
    "search.over_time.records": ("CompareRequest", "Comparison", "Coverage"),
    "search.pages.as_json": ("highlighted_html", "page_object"),
    "search.pages.display_title": ("display_title",),
    "search.pages.positions": ("Position", "read_position"),
    "search.pages.records": (
        "ArticlePage",
        "Filters",
        "Hit",
        "IndexFacts",
        "Note",
        "SearchPage",
        "SearchRequest",
        "Segment",
    ),
    "search.pages.sentences": ("note_text",),
    "search.service": ("SearchService",),
}
_PLACES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "AllHits",
    "Article",
    "ArticlePage",
    "Budget",
    "CompareRequest",
    "Comparison",
    "Coverage",
    "EngineError",
    "Filters",
    "Hit",
    "IndexFacts",
    "IndexMissing",
    "IndexStateError",
    "KashafError",
    "ListedHit",
    "Note",
    "Order",
    "Position",
    "RequestError",
    "SearchPage",
    "SearchRequest",
    "SearchService",
    "Segment",
    "SettingsError",
    "display_title",
    "highlighted_html",
    "note_text",
    "open_index",
    "page_object",
    "read_position",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_PLACES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
