"""A page of results as the JSON object that `kashaf search --json` prints and `/api/search` answers.

In: a `SearchPage`. Out: a dictionary of JSON types. Titles and snippets become HTML, in which everything is escaped and
highlighted words stand in <mark>. Called by `search/commands.py`, `search/over_time/as_json.py` and `web/routes`.
"""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Any

from msgspec import structs

from search.article import Article
from search.pages.dates_in_words import date_in_words
from search.pages.display_title import display_title
from search.pages.records import ArticlePage, Filters, HighlightedText, Hit, Note, SearchPage
from search.pages.sentences import action_text, note_text
from search.query.read_dates import ReadDate


def highlighted_html(text: HighlightedText) -> str:
    """Return the text as HTML: every highlighted segment in <mark>, everything escaped."""
    return "".join(f"<mark>{escape(s.text)}</mark>" if s.highlighted else escape(s.text) for s in text)


def article_object(article: Article) -> dict[str, Any]:
    """Return what lists show of an article; absent values are None. `source` joins several sources with " + ".

    `display_title` is never None: it is the title, else the beginning of the text, the address or the id.
    """
    return {
        "id": article.id,
        "title": article.title or None,
        "display_title": display_title(article),
        "source": " + ".join(article.source) or None,
        "sources": list(article.source),
        "section": article.section,
        "author": article.author,
        "persons": list(article.writers),
        "agencies": list(article.agencies),
        "places": list(article.places),
        "url": article.url,
        "published": article.published,
        "page": article.page,
    }


def article_page_object(page: ArticlePage) -> dict[str, Any]:
    """Return an article with its text, and as HTML with the words of a search highlighted."""
    return article_object(page.article) | {
        "body": page.article.body,
        "title_html": highlighted_html(page.title),
        "body_html": highlighted_html(page.body),
        "related": [article_object(other) for other in page.related],
        "incomplete": page.incomplete,
    }


def note_object(note: Note) -> dict[str, Any]:
    """Return a note: its kind and values for programs, and its sentence and the words of its link in both languages."""
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
    """Return the names of the filters as parameters of /api/search; the days stay those of the request."""
    return {field: list(names) for field, names in filters.names.items()}


def date_object(read: ReadDate) -> dict[str, Any]:
    """Return a date of the query: its words, its spans of days, both ends included, and the query without the date."""
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
    """Return the page as JSON types. Programs rely on its keys: some may be added, none removed."""
    return {
        "query": page.query,
        "total": page.total,
        "reachable": page.reachable,
        "truncated": page.truncated,
        "cut": page.cut,
        "page": page.request.page,
        "pages": page.pages,
        "sort": page.order.value,
        "took_ms": round(page.took_ms, 3),
        "notes": [note_object(note) for note in page.notes],
        "understood": [date_object(read) for read in page.dates],
        "suggestion": page.suggestion,
        "hits": [hit_object(hit, explain=page.request.explain) for hit in page.hits],
        "facets": {
            name: [{"value": value, "count": count} for value, count in rows] for name, rows in page.facets.items()
        },
        "undated": page.undated,
        "timeline": [structs.asdict(period) for period in page.timeline],
    }


def hit_object(hit: Hit, *, explain: bool) -> dict[str, Any]:
    """Return a hit as JSON types. explain: whether it says why it matched."""
    shown = article_object(hit.article) | {
        "title_html": highlighted_html(hit.title),
        "score": hit.score,
        "snippets": [highlighted_html(snippet) for snippet in hit.snippets],
        "copies": hit.copies,
        "group": hit.group,
    }
    return shown | {"reasons": [asdict(reason) for reason in hit.reasons]} if explain else shown
