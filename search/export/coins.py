"""A citation → the title of a COinS span: an OpenURL ContextObject, which Zotero finds on pages with several articles.

The format is that of Dublin Core with the type `newspaperArticle`, as Zotero itself writes newspaper articles: in the
format of journals they would become articles of a journal. Zotero takes this before all else that a page says, and
knows no name by which it could hold the section.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from search.export.citation import Citation


def context_object(citation: Citation) -> str:
    """Return the ContextObject, percent-encoded; as an attribute of HTML it has to be escaped."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in _fields(citation) if value)


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", "newspaperArticle"
    yield "rft.title", citation.title
    yield "rft.source", citation.newspaper
    for name, agency in citation.names:
        yield "rft.aucorp" if agency else "rft.au", name
    yield "rft.description", citation.abstract
    yield "rft.date", citation.day.isoformat() if citation.day else ""
    yield "rft.pages", citation.page
    yield "rft.language", "ar"
    yield "rft.identifier", citation.addresses[0] if citation.addresses else ""
