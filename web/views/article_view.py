"""ArticlePage and IndexFacts → what the article page and the home page show. Pure; `web/routes/pages.py` calls it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from search.article import Article
from search.engines.base import MOST_COUNTED, Order
from search.pages.dates_in_words import day_text, month_text
from search.pages.plurals import counted, number
from search.pages.records import ArticlePage, Filters, IndexFacts, SearchPage, SearchRequest
from web.addresses.links import Link, Links, web_address
from web.messages.table import say
from web.views.article_blocks import Block, blocks
from web.views.article_highlights import Marks, Portions, marks_of, portions
from web.views.bylines import Byline, byline
from web.views.copies_view import CopiesView, tell_copies
from web.views.heading import Heading, heading, in_a_list
from web.views.results_view import HitView, hit_views
from web.views.saving import Savable, savable

HOME_SECTIONS = 14
HOME_SOURCES = 10


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All that the article page shows; `original` is a web address or None, `back` the search it was found by."""

    heading: Heading
    byline: Byline
    facets: dict[tuple[str, str], str]
    blocks: tuple[Block, ...]
    savable: Savable
    marks: Marks
    portions: Portions | None
    copies: CopiesView | None
    original: str | None
    original_host: str
    related: tuple[tuple[Heading, str, Byline], ...]
    query: str
    back: str | None
    not_highlighted: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page shows; `facts` are sentences about the index."""

    articles: int
    facts: tuple[str, ...]
    examples: tuple[Link, ...]
    sections: tuple[Link, ...]
    sources: tuple[Link, ...]
    latest: tuple[HitView, ...]
    all_latest: str


def tell_article(page: ArticlePage, request: SearchRequest | None, links: Links, today: date) -> ArticleView:
    """The article's page; `request` is the search the reader came from, if any."""
    article = page.article
    original = web_address(article.url)
    head = heading(article, page.title)
    narrowings = [("source", value) for value in article.source]
    narrowings += [(name, value) for name in ("section", "author") if (value := getattr(article, name))]
    return ArticleView(
        heading=head,
        byline=byline(article, links.language, today),
        facets={(name, value): links.search(_only(name, value)) for name, value in narrowings},
        blocks=blocks(page.body, beginning=page.portion is None or page.portion.start == 0),
        savable=savable(article, head, links),
        marks=marks_of(page.body),
        portions=portions(page.portion, article.id, request, links),
        copies=tell_copies(page.copies, article.id, links, today),
        original=original,
        original_host=(urlsplit(original).hostname or "").removeprefix("www.") if original else "",
        related=tuple(_related(other, links, today) for other in page.related),
        query=request.query if request else "",
        back=links.hit(request, article.id) if request else None,
        not_highlighted=links.article(article.id),
    )


def tell_home(facts: IndexFacts, latest: SearchPage, examples: tuple[str, ...], links: Links, today: date) -> HomeView:
    """The home page of this index."""
    language = links.language
    unsearched = replace(latest, request=SearchRequest(""))  # no reader searched for these: no way back to results
    return HomeView(
        articles=facts.articles,
        facts=tuple(_facts(facts, language)),
        examples=tuple(Link(text, links.search(SearchRequest(text))) for text in examples),
        sections=tuple(
            Link(value, links.search(_only("section", value)), count=number(count))
            for value, count in facts.sections[:HOME_SECTIONS]
        ),
        sources=tuple(
            Link(value, links.search(_only("source", value)), count=number(count))
            for value, count in facts.sources[:HOME_SOURCES]
        ),
        latest=tuple(hit_views(unsearched, links, today)),
        all_latest=links.search(SearchRequest("", order=Order.NEWEST)),
    )


def _related(article: Article, links: Links, today: date) -> tuple[Heading, str, Byline]:
    return in_a_list(heading(article)), links.article(article.id), byline(article, links.language, today)


def _facts(facts: IndexFacts, language: str) -> list[str]:
    told = [counted(facts.articles, "article", language)]
    for noun, values in (("source", facts.sources), ("section", facts.sections)):
        if values:
            told.append(_at_least(len(values), noun, language))
    if facts.first and facts.last:
        told.append(span_text(facts.first, facts.last, language))
    return told


def _at_least(values: int, noun: str, language: str) -> str:
    """How many different values there are; engines count so many of them and no more."""
    told = counted(values, noun, language)
    return say(language, "at_least", told=told) if values >= MOST_COUNTED else told


def span_text(first: date, last: date, language: str) -> str:
    """The months from the first to the last day; one day where they are the same."""
    if first == last:
        return day_text(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return month_text(first, language)
    return say(language, "span", first=month_text(first, language), last=month_text(last, language))


def _only(field: str, value: str) -> SearchRequest:
    changes: dict[str, Any] = {f"{field}s": (value,)}
    return SearchRequest("", filters=replace(Filters(), **changes))
