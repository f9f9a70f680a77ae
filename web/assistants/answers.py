"""What the tools answer: a page of hits, a portion of an article; as records with a schema, and as text.

In: a `SearchPage` or an `Article`. Out: models that the protocol publishes with the descriptions below. Called by
`web/assistants/tools.py`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from search.article import Article
from search.pages.display_title import display_title
from search.pages.portions import portion_end
from search.pages.records import Hit, SearchPage
from search.pages.sentences import note_text
from web.addresses.links import Links

LANGUAGE = "en"  # of what the tools say themselves; articles stay as they are


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class ArticleFacts(_Record):
    """What identifies an article."""

    id: Annotated[str, Field(description="Give it to the tool read.")]
    title: Annotated[str, Field(description="Its headline, or the beginning of its text where it has none.")]
    sources: Annotated[list[str], Field(description="Who published it.")]
    authors: Annotated[list[str], Field(description="Who wrote it, if that is known.")]
    published: Annotated[str | None, Field(description="A day or a moment in ISO 8601; null: not known.")]
    page: Annotated[str | None, Field(description="The page of print that it stands on; null: not known.")]
    link: Annotated[str | None, Field(description="Its lasting address on this archive's site, to cite it by.")]
    url: Annotated[str | None, Field(description="Its address at the publisher's.")]


class FoundArticle(ArticleFacts):
    """One hit."""

    passage: Annotated[str, Field(description="The part of its text that matches; … stands where text is left out.")]
    copies: Annotated[int, Field(description="Near-duplicates of it that match too and are not listed.")]


class FoundPage(_Record):
    """One page of hits, the best first."""

    query: str
    total: Annotated[int, Field(description="Matching articles, near-duplicates included.")]
    page: int
    pages: Annotated[int, Field(description="Pages that can be asked for.")]
    notes: Annotated[list[str], Field(description="How the query was read, what was left out or added.")]
    suggestion: Annotated[str | None, Field(description="A query that finds more; null: none.")]
    hits: list[FoundArticle]


class ReadPortion(ArticleFacts):
    """A portion of an article's text."""

    text: str
    offset: Annotated[int, Field(description="The character of the whole text at which this portion begins.")]
    total: Annotated[int, Field(description="Characters of the whole text.")]
    left: Annotated[int, Field(description="Characters behind this portion.")]
    next_offset: Annotated[int | None, Field(description="The offset to read on from; null: this is the end.")]


def found_page(page: SearchPage, site: Links | None) -> FoundPage:
    """The record of a page of results. site: its addresses; None where they are not known."""
    return FoundPage(
        query=page.query,
        total=page.total,
        page=page.request.page,
        pages=page.pages,
        notes=[note_text(note, LANGUAGE) for note in page.notes],
        suggestion=page.suggestion,
        hits=[_found_article(hit, site) for hit in page.hits],
    )


def read_portion(article: Article, site: Links | None, *, offset: int, length: int) -> ReadPortion:
    """The record of the text from `offset` on, at most `length` characters, which end between words if they can."""
    end = portion_end(article.body, offset, length)
    left = len(article.body) - end
    return ReadPortion(
        **_facts(article, site),
        text=article.body[offset:end],
        offset=offset,
        total=len(article.body),
        left=left,
        next_offset=end if left else None,
    )


def page_text(page: FoundPage) -> str:
    """The same page for assistants that read text."""
    matching = "1 article matches" if page.total == 1 else f"{page.total:,} articles match"
    lines = [f"{matching}; page {page.page} of {page.pages}.", *page.notes]
    if page.suggestion:
        lines.append(f"Did you mean: {page.suggestion}")
    for hit in page.hits:
        lines += ["", *_lines(hit), *_copies(hit.copies), hit.passage]
    return "\n".join(lines)


def portion_text(portion: ReadPortion) -> str:
    """The same portion for assistants that read text."""
    end = portion.total - portion.left
    where = f"characters {portion.offset:,} to {end:,} of {portion.total:,}"
    onward = (
        "" if portion.next_offset is None else f"; {portion.left:,} left, read on with offset {portion.next_offset}"
    )
    return "\n".join([*_lines(portion), f"[{where}{onward}]", "", portion.text])


def _copies(count: int) -> list[str]:
    """The line that says how many copies match too, if any."""
    if not count:
        return []
    return ["(1 copy of it matches too)"] if count == 1 else [f"({count} copies of it match too)"]


def _found_article(hit: Hit, site: Links | None) -> FoundArticle:
    return FoundArticle(**_facts(hit.article, site), passage=hit.passage, copies=hit.copies)


def _facts(article: Article, site: Links | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": display_title(article),
        "sources": list(article.source),
        "authors": list(article.writers),
        "published": article.published,
        "page": article.page,
        "link": site.alone(article.id) if site else None,
        "url": article.url,
    }


def _lines(article: ArticleFacts) -> list[str]:
    facts = [" + ".join(article.sources), ", ".join(article.authors), article.published]
    addresses = [address for address in (article.link, article.url) if address]
    return [article.title, " · ".join(fact for fact in facts if fact), f"id: {article.id}", *addresses]
