"""An article → its cite box, and the metadata in the head of its page for search engines, Zotero and link previews.

Pure; called by `web/views/article_view.py`. Which names Zotero reads, and which it prefers:

* its translator "Embedded Metadata" takes the type of an item from `z:itemType` before all else. `citation_title` alone
  would make it an article of a journal, and `citation_journal_title` would do so whatever else is said: there is none.
* the newspaper is `prism.publicationName`; without it `og:site_name`, the archive, would be taken for the newspaper.
* `citation_*` go before all else where they exist: title, authors, date, page, language, and the address as published.
* its translator "COinS" reads the span that `search/export/coins.py` writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec
from markupsafe import Markup

from search.article import Article
from search.export.citation import Citation, Place, cite
from search.export.coins import context_object
from search.export.plain import END_OF_ISOLATE, ISOLATE, plain_citation
from search.pages.printed_page import page_ends
from web.addresses.links import Link, Links, web_address
from web.text.bidi import showable
from web.text.escaping import escape

_FORMS: Final = {"ris": "RIS", "bibtex": "BibTeX"}
_LONGEST_CONTEXT: Final = 2_000  # bytes of a context object: a longer one is left out of lists
# In a script, "</script>" and "<!--" would end or change it; two line separators are none in JSON and were in scripts.
_IN_SCRIPT: Final = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


@dataclass(frozen=True, slots=True)
class Meta:
    """An element <meta>; attribute: "name" or "property"."""

    attribute: str
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class CiteView:
    """What the page of an article says for citing it.

    sentences  language → the citation as HTML, each value isolated
    forms      links to the citation as a file
    canonical  the address that lasts, absolute
    metas      the metadata of the head, in order
    json_ld    the article in the words of schema.org, as the text of a script
    coins      the title of its COinS span
    """

    sentences: dict[str, Markup]
    forms: tuple[Link, ...]
    canonical: str
    metas: tuple[Meta, ...]
    json_ld: Markup
    coins: str


def build_cite_view(article: Article, links: Links, public: Links, archive: str, today: date) -> CiteView:
    """What the page of this article says for citing it. public: the absolute addresses; archive: the site's name."""
    canonical = public.alone(article.id)
    citation = cite(shown(article), Place(showable(archive), canonical))
    return CiteView(
        sentences={language: _sentence(citation, language, today) for language in ("ar", "en")},
        forms=tuple(Link(name, links.citation(article.id, form)) for form, name in _FORMS.items()),
        canonical=canonical,
        metas=tuple(meta for meta in _metas(citation) if meta.content),
        json_ld=_script(_news_article(citation)),
        coins=context_object(citation),
    )


def hit_context(article: Article, public: Links, archive: str) -> str:
    """The title of the COinS span of an article in a list; "" for one of excessive length."""
    found = context_object(cite(shown(article), Place(archive, public.alone(article.id)), abstract=False))
    return found if len(found) <= _LONGEST_CONTEXT else ""


def shown(article: Article) -> Article:
    """The article with no address but one where a reader may be sent."""
    return msgspec.structs.replace(article, url=web_address(article.url)) if article.url else article


def _sentence(citation: Citation, language: str, today: date) -> Markup:
    text = str(escape(showable(plain_citation(citation, language, read_on=today, isolated=True))))
    return Markup(text.replace(ISOLATE, "<bdi>").replace(END_OF_ISOLATE, "</bdi>"))


def _metas(citation: Citation) -> Iterator[Meta]:
    canonical = citation.place.permalink or ""
    day = citation.day.strftime("%Y/%m/%d") if citation.day else ""
    names = [name for name, _ in citation.names]
    yield Meta("name", "description", citation.abstract)
    yield Meta("property", "og:type", "article")
    yield Meta("property", "og:title", citation.title)
    yield Meta("property", "og:description", citation.abstract)
    yield Meta("property", "og:url", canonical)
    yield Meta("property", "og:site_name", citation.place.archive)
    yield Meta("property", "og:locale", "ar_AR")
    yield Meta("property", "article:published_time", citation.published)
    yield from (Meta("property", "article:author", name) for name in names)
    yield Meta("property", "article:section", citation.section)
    yield Meta("name", "z:itemType", "newspaperArticle")
    yield Meta("name", "prism.publicationName", citation.newspaper)
    yield Meta("name", "citation_title", citation.title)
    yield from (Meta("name", "citation_author", name) for name in names)
    yield Meta("name", "citation_publication_date", day)
    first, last = page_ends(citation.page)
    yield Meta("name", "citation_firstpage", first)
    yield Meta("name", "citation_lastpage", last)
    yield Meta("name", "citation_language", "ar")
    yield Meta("name", "citation_public_url", citation.addresses[0])
    yield Meta("name", "citation_abstract_html_url", canonical)


def _news_article(citation: Citation) -> dict[str, Any]:
    canonical = citation.place.permalink
    authors = [{"@type": "Organization" if agency else "Person", "name": name} for name, agency in citation.names]
    found = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": citation.title,
        "description": citation.abstract,
        "datePublished": citation.published,
        "author": authors,
        "publisher": {"@type": "Organization", "name": citation.newspaper} if citation.newspaper else None,
        "articleSection": citation.section,
        "pagination": citation.page,
        "inLanguage": "ar",
        "url": canonical,
        "mainEntityOfPage": canonical,
        "isBasedOn": citation.url,
    }
    return {name: value for name, value in found.items() if value}


def _script(value: dict[str, Any]) -> Markup:
    text = showable(msgspec.json.encode(value).decode())
    for sign, escaped in _IN_SCRIPT.items():
        text = text.replace(sign, escaped)
    return Markup(text)
