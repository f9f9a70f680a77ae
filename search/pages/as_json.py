"""A page of results as the JSON object that `kashaf search --json` and `/api/search` share.

Here, and only here for JSON, raw text becomes HTML: everything escaped but <mark>.
"""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Any

from search.article import Article
from search.pages.dates_in_words import date_in_words
from search.pages.display_title import display_title
from search.pages.records import Filters, HighlightedText, Hit, Note, SearchPage
from search.pages.sentences import action_text, note_text
from search.query.read_dates import ReadDate


def highlighted_html(marked: HighlightedText) -> str:
    """The text with every highlighted segment in <mark>, everything else escaped."""
    return "".join(f"<mark>{escape(s.text)}</mark>" if s.highlighted else escape(s.text) for s in marked)


def article_object(article: Article) -> dict[str, Any]:
    """The facts of an article that lists show; absent values are None. Several sources are joined by " + ".

    `display_title` is never None: the title, else the beginning of the text, the address or the id.
    """
    return {
        "id": article.id,
        "title": article.title or None,
        "display_title": display_title(article),
        "source": " + ".join(article.source) or None,
        "sources": list(article.source),
        "section": article.section,
        "author": article.author,
        "url": article.url,
        "published": article.published,
    }


def note_object(note: Note) -> dict[str, Any]:
    """A note with its kind and values for programs, and its sentence and link in both languages."""
    return {
        "kind": note.kind,
        "values": dict(note.values),
        "text": note_text(note, "ar"),
        "text_en": note_text(note, "en"),
        "query": note.query,
        "action": action_text(note, "ar"),
        "action_en": action_text(note, "en"),
        "without": note.without,
        "filters": None if note.filters is None else _filters_object(note.filters),
    }


def _filters_object(filters: Filters) -> dict[str, list[str]]:
    """The names to narrow by, as /api/search takes them; the days stay those of the request."""
    return {"source": list(filters.sources), "section": list(filters.sections), "author": list(filters.authors)}


def date_object(read: ReadDate) -> dict[str, Any]:
    """A date that the query names: its words, the days it means, both ends included, and the query without it."""
    days = [
        {"first": span.first and span.first.isoformat(), "last": span.last and span.last.isoformat()}
        for span in read.spans
    ]
    return {
        "kind": "date",
        "typed": read.typed,
        "days": days,
        "excluded": read.excluded,
        "text": date_in_words(read, "ar"),
        "text_en": date_in_words(read, "en"),
        "without": read.without,
    }


def page_object(page: SearchPage) -> dict[str, Any]:
    """The page as JSON types; the shape is DESIGN's contract: keys may come, none go."""
    return {
        "query": page.query,
        "total": page.total,
        "reachable": page.reachable,
        "truncated": page.truncated,
        "page": page.request.page,
        "pages": page.pages,
        "sort": page.order.value,
        "took_ms": round(page.took_ms, 3),
        "notes": [note_object(note) for note in page.notes],
        "understood": [date_object(read) for read in page.dates],
        "suggestion": page.suggestion,
        "hits": [_hit_object(hit, explain=page.request.explain) for hit in page.hits],
        "facets": {
            name: [{"value": value, "count": count} for value, count in rows] for name, rows in page.facets.items()
        },
        "undated": page.undated,
        "timeline": [asdict(period) for period in page.timeline],
    }


def _hit_object(hit: Hit, *, explain: bool) -> dict[str, Any]:
    shown = article_object(hit.article) | {
        "title_html": highlighted_html(hit.title),
        "score": hit.score,
        "snippets": [highlighted_html(snippet) for snippet in hit.snippets],
        "copies": hit.copies,
        "group": hit.group,
    }
    return shown | {"reasons": [asdict(reason) for reason in hit.reasons]} if explain else shown
